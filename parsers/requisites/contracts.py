"""Requisites by their labels: contract number and INN of a report, and the contract numbers that a mail names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.lines import Form, Token, box_of, cells_of, text_of
from parsers.page.marked import MarkedPage
from parsers.requisites.phrases import is_supplier
from parsers.wording.folding import fold

_SONLI = frozenset({fold(word) for word in ("sonli", "сонли", "sonlı", "raqamli", "рақамли", "рақамдаги", "raqamdagi")})


_STOPS = frozenset({"inn", "account", "phone", "mfo", "bank_account", "oked", "vat_code", "organization", "address", "serial",
    "outgoing", "reading_date", "report_date",
                    "previous", "current", "consumption", "person_number"})  # fmt: skip


_CONTRACT_LENGTH, _INN_LENGTH = 5, 9
_JOINING = frozenset({",", ";", "/", "&", "+", "и", "va", "ва", "hamda", "ҳамда"})
_OF_A_DAY = frozenset({"от", "г", "года"})
_FULL_LINE = 0.85  # of the page's width
_NO_ROW_NUMBER = 3  # digits: «3. Дог. №» counts the rows of a blank


def find_contracts(page: MarkedPage) -> list[Found]:
    """Contract numbers of a page, the surest first: after their label, before it (`03340-sonli shartnoma`), or under it."""
    found: list[Found] = []
    for item in page.items:
        if item.sort != "label" or item.key != "contract":
            continue
        if item.first in page.over:
            found += [over] if (over := _over(page, item, _CONTRACT_LENGTH)) is not None else []
            continue
        if (joint := _jointly(page, item, _CONTRACT_LENGTH)) is not None:
            found.append(joint)
            continue
        before = _before(page, item)
        after = _behind_its_day(page, item) or _digits_after(page, item, _CONTRACT_LENGTH)
        candidates = (
            [before]
            if before is not None and before.trust > 0.95
            else [c for c in (after, _below(page, item, _CONTRACT_LENGTH), before) if c]
        )
        found += candidates[:1]
    found = [_padded(f) for f in found]
    return sorted(found, key=lambda f: -f.trust)


def joined_contracts(page: MarkedPage, found: Found | None) -> str:
    """The words that name another contract beside the one that was found («Договор № 03117 и 04321»); "" where there are none."""
    if found is None:
        return ""
    tokens = page.tokens
    own = [n for n, token in enumerate(tokens) if any(token is one for one in found.tokens)]
    for start, step in ((own[0], -1), (own[-1], 1)) if own else ():
        end = start + 2 * step
        if 0 <= end < len(tokens) and tokens[end].fold == "№":
            end += step
        if not 0 <= end < len(tokens) or tokens[end].line != tokens[start].line or tokens[start + step].text.lower() not in _JOINING:
            continue
        other = tokens[end].text
        if other.isdigit() and len(other) == _CONTRACT_LENGTH and other != found.value:
            return text_of(tokens[min(start, end) : max(start, end) + 1])
    return ""


def _padded(found: Found) -> Found:
    if len(found.value) >= _CONTRACT_LENGTH:
        return found
    note = f"printed as {found.value}: leading zeros added"
    return Found(found.value.zfill(_CONTRACT_LENGTH), found.page, found.tokens, note, 0.6 * found.trust)


def find_inn(page: MarkedPage) -> Found | None:
    """The INN of who reports: not the one behind the supplier's name, if there is another."""
    found = [(is_supplier([t for t in page.lines[i.line].tokens if t.box.right <= i.box.left]), inn) for i, inn in _inns(page)]
    others = [inn for of_supplier, inn in found if not of_supplier]
    return others[0] if others else replace(found[0][1], trust=0.6) if found else None


def _inns(page: MarkedPage) -> Iterator[tuple[Item, Found]]:
    for item in page.items:
        if item.sort == "label" and item.key == "inn":
            found = (
                _over(page, item, _INN_LENGTH)
                or _jointly(page, item, _INN_LENGTH)
                or _digits_after(page, item, _INN_LENGTH)
                or _below(page, item, _INN_LENGTH)
            )
            if found is not None and len(found.value) == _INN_LENGTH:
                yield item, found


def _jointly(page: MarkedPage, label: Item, want: int) -> Found | None:
    """«Номер договора / ИНН: 11487 / 202081864»: the values of labels that stand together stand together behind them."""
    labels = [i for i in page.on_line(label.line) if i.sort == "label" and i.group == "requisites"]
    chain = [labels.index(label)]
    while chain[-1] + 1 < len(labels) and _beside(page, labels[chain[-1]], labels[chain[-1] + 1]):
        chain.append(chain[-1] + 1)
    while chain[0] and _beside(page, labels[chain[0] - 1], labels[chain[0]]):
        chain.insert(0, chain[0] - 1)
    if len(chain) < 2:
        return None
    behind = page.tokens[labels[chain[-1]].last + 1 :][:12]
    values: list[list[Token]] = [[]]
    for token in behind:
        if token.line != label.line:
            break
        if token.text in "/,;":
            values.append([])
        elif token.form is Form.NUMBER:
            values[-1].append(token)
    place = chain.index(labels.index(label))
    value = "".join(t.text for t in values[place]) if len(values) == len(chain) else ""
    return Found(value, page.page.number, values[place], trust=0.95) if value.isdigit() and len(value) == want else None


def _beside(page: MarkedPage, one: Item, two: Item) -> bool:
    return "".join(t.text for t in page.tokens[one.last + 1 : two.first]) in ("/", ",", "и", "va", "ва")


def _over(page: MarkedPage, label: Item, want: int) -> Found | None:
    """The number over a caption («03117 от 12.01.2024» over «(номер и дата договора)»)."""
    tokens = page.over.get(label.first, [])
    place = next((n for n, t in enumerate(tokens) if t.form is Form.NUMBER), None)
    if place is None:
        return None
    run = _run(tokens, place, want)
    value = "".join(t.text for t in run)
    return Found(value, page.page.number, run, trust=0.95) if value.isdigit() and len(value) <= want else None


def _digits_after(page: MarkedPage, label: Item, want: int) -> Found | None:
    """The first digits behind a label, in one piece or parted (comb boxes, OCR), on its line or at the next one's start."""
    barred = {i.first for i in page.items if (i.sort == "label" and i.key in _STOPS) or i.sort == "unit"}
    dates = {n for i in page.items if i.sort in ("date", "month") for n in range(i.first, i.last + 1)}
    words, end = 0, label.tokens[-1].line  # a label may go on over a line's end
    tokens = page.tokens
    for place in range(label.last + 1, min(label.last + 16, len(tokens))):
        token = tokens[place]
        if place in barred or token.line > end + 1:
            return None
        if place in dates or token.form is Form.SIGN:
            continue
        if token.form is Form.NUMBER and len(token.text) < want and _in_brackets(tokens, place):
            continue  # «STIR (9 raqam): 349…»
        if token.form is not Form.NUMBER:
            words += 1
            if words > 6 or (token.line > end and words > 1):
                return None
            continue
        if token.line > end and (len(token.text) < _NO_ROW_NUMBER or not is_wrapped(page, label, token)):
            return None
        run = _run(tokens, place, want)
        value = "".join(t.text for t in run)
        if value.isdigit() and len(value) <= want:
            return Found(value, page.page.number, run, trust=1.0 if len(value) == want else 0.9)
        if not value.isdigit() or len(value) > want:
            return None
    return None


def _behind_its_day(page: MarkedPage, label: Item) -> Found | None:
    """The whole number behind the contract's day, on the line under a label that ends its own: «к договору теплоснабжения |
    от 14.02.2024 г. № 06183», as annexes have it in their corner."""
    line = page.lines[label.tokens[-1].line]
    below = page.lines[line.number + 1].tokens if line.number + 1 < len(page.lines) else []
    rest = line.tokens[next(n for n, t in enumerate(line.tokens) if t is label.tokens[-1]) + 1 :]
    if len(below) < 4 or len(rest) > 1 or any(t.form is not Form.WORD for t in rest) or not is_in_column(page, label, below[0]):
        return None
    *words, sign, number = below
    dated = {id(t) for i in page.on_line(line.number + 1) if i.sort == "date" for t in i.tokens}
    said = {t.fold for t in words if id(t) not in dated and t.form is not Form.SIGN}
    if sign.fold != "№" or not dated or not said <= _OF_A_DAY or not number.text.isdigit() or len(number.text) != _CONTRACT_LENGTH:
        return None
    return Found(number.text, page.page.number, [number], trust=0.95)


def _in_brackets(tokens: list[Token], place: int) -> bool:
    """Whether a number stands in brackets with a word or two: it says how many digits are meant."""
    behind = [t.text for t in tokens[place + 1 : place + 4]]
    return tokens[place - 1].text == "(" and ")" in behind and tokens[place + 1].form is Form.WORD


def is_wrapped(page: MarkedPage, label: Item, token: Token) -> bool:
    """Whether a number at a line's start goes on from the line before: the label stood at that line's end, in the same column."""
    above = page.lines[label.line]
    first = next((t for t in page.lines[token.line].tokens if t.form is not Form.SIGN), None)
    if token is first and token.line == above.number + 1 and above.tokens[-1].fold == "№":
        return True  # «договор от 01.10.2021 г. № | 21940»
    ends = above.tokens[-1].box.right - label.tokens[-1].box.right < 6 * above.letter
    # A whole line goes on at the text's margin, whatever stood before the label on it.
    alone = all(t is token or t.form is Form.SIGN for t in page.lines[token.line].tokens)
    goes_on = alone and above.tokens[-1].text == ":" and above.box.right > _FULL_LINE * page.page.width
    return ends and token is first and (goes_on or is_in_column(page, label, token))


def is_in_column(page: MarkedPage, label: Item, token: Token) -> bool:
    """Whether a token on a later line can belong to a label: not if it stands under the cells at the left of the label's own, or wholly at
    the left of a label that begins its line."""
    line = page.lines[label.tokens[-1].line]
    begins = line.tokens[0] is label.tokens[0]
    if token.line != line.number and (begins or _has_under(page, label, token.line)) and token.box.right < label.box.left:
        return False
    cells = cells_of(line.tokens, 2.5 * line.letter)
    own = next((n for n, cell in enumerate(cells) if any(t is label.tokens[-1] for t in cell)), 0)
    return own == 0 or token.line == line.number or token.box.right > box_of(cells[own]).left - 2 * line.letter


def _has_under(page: MarkedPage, label: Item, line: int) -> bool:
    """Whether a number stands right under a label that a colon ends («Заводской номер:» in the right of two columns)."""
    colon = page.tokens[label.last + 1 : label.last + 2]
    under = [t for t in page.lines[line].tokens if t.form is Form.NUMBER and label.box.left - 2 < t.box.left < label.box.right]
    return bool(colon) and colon[0].text == ":" and bool(under)


def _run(tokens: list[Token], first: int, want: int) -> list[Token]:
    run = [tokens[first]]
    for token in tokens[first + 1 :]:
        last = run[-1]
        apart = token.box.left - last.box.right
        enough = sum(len(t.text) for t in run) >= want
        if (
            enough
            or token.form is not Form.NUMBER
            or token.line != last.line
            or not token.text.isdigit()
            or apart > 3 * max(last.box.height, 1.0)
        ):
            break
        if sum(len(t.text) for t in run) + len(token.text) > want:
            break
        run.append(token)
    return run


def _has_own(page: MarkedPage, label: Item) -> bool:
    """Whether a colon and a whole contract number stand right behind a label."""
    behind = page.tokens[label.last + 1 : label.last + 3]
    return len(behind) == 2 and behind[0].text == ":" and behind[1].text.isdigit() and len(behind[1].text) == _CONTRACT_LENGTH


_OF_SUPPLY = 3  # words between a number and the contract («04417-sonli issiqlik ta'minoti shartnomasi»)


def _before(page: MarkedPage, label: Item) -> Found | None:
    tokens = page.tokens
    place, trust = label.first - 1, 0.8
    words = list(itertools.takewhile(lambda t: t.form is Form.WORD and t.fold not in _SONLI, reversed(tokens[: label.first])))
    if words and _has_own(page, label):
        return None  # «45-сонли болалар боғчаси   Шартнома рақами: 01440»
    if 0 < len(words) <= _OF_SUPPLY and len(words) < label.first and tokens[place - len(words)].fold in _SONLI:
        place -= len(words)
    while place >= 0 and (tokens[place].text in "-–—()" or tokens[place].fold in _SONLI):
        trust = 1.0 if tokens[place].fold in _SONLI else trust
        place -= 1
    if place < 0 or tokens[place].form is not Form.NUMBER or label.line - tokens[place].line > 1:
        return None
    if place and tokens[place - 1].text == "(" and any(t.text == ")" for t in tokens[place + 1 : label.first]):
        return None  # «(8-сонли) | Шартнома № 26114»: of what stands before it
    value = tokens[place].text
    if not value.isdigit() or not 1 <= len(value) <= _CONTRACT_LENGTH:
        return None
    if trust < 1.0 and len(value) < _NO_ROW_NUMBER:
        return None
    if place + 1 < label.first or tokens[place].line == label.line:
        return Found(value, page.page.number, [tokens[place]], trust=trust)
    return None


def _opens_cell(page: MarkedPage, token: Token) -> bool:
    """Whether a token begins a cell of its line, a number sign or a mark before it aside."""
    line = page.lines[token.line]
    cell = next(cell for cell in cells_of(line.tokens, 1.5 * line.letter) if any(t is token for t in cell))
    before = cell[: next(n for n, t in enumerate(cell) if t is token)]
    return all(t.form is not Form.WORD for t in before) and sum(t.form is Form.NUMBER for t in before) <= 4


def _below(page: MarkedPage, label: Item, want: int) -> Found | None:
    """Digits in the cell under a label (a header over its value), in one piece or parted. Neither stands in a sentence."""
    drawn = any(t.form is Form.BAR for t in page.lines[label.line].tokens)
    if not drawn and not _opens_cell(page, label.tokens[0]):
        return None
    for line in page.lines[label.line + 1 : label.line + 3]:
        for place, token in enumerate(line.tokens):
            over = min(token.box.right, label.box.right) - max(token.box.left, label.box.left)
            if over > 0.3 * token.box.width and token.form is Form.NUMBER and token.text.isdigit() and (drawn or _opens_cell(page, token)):
                run = _run(line.tokens, place, want)
                value = "".join(t.text for t in run)
                if len(value) == want:
                    return Found(value, page.page.number, run, trust=0.9)
    return None


_IN_MAIL = re.compile(
    r"(?i)(?:дог(?:овор\w*)?|контракт\w*|shartnoma\w*|sh-?ma|шартнома\w*|ш-?ма)\s{0,3}\.?\s{0,3}(?:raqami|рақами|раками)?\s{0,3}[:.]?\s{0,3}(?:№|n[oº°]?\.?|ne)?\s{0,3}[:.]?\s{0,3}[«\"_]{0,5}(\d{1,5})(?![\d]|[.,/]\d)"
    r"|(?<![\d.,/])(\d{1,5})\s{0,2}-?\s{0,2}(?:sonli\s{1,3}|сонли\s{1,3})?(?:shartnoma|шартнома)"
)


def contract_numbers_in(text: str) -> tuple[str, ...]:
    """Contract numbers that the words of a mail name (subject, body), padded to 5 digits, each once."""
    numbers = [(m[1] or m[2]).zfill(_CONTRACT_LENGTH) for m in _IN_MAIL.finditer(text[:20_000])]
    return tuple(dict.fromkeys(numbers))
