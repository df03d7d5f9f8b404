"""The digits that belong to a label with a number of known length (contract, INN): behind it, over it, under it, or in a row
behind several labels."""

from __future__ import annotations

from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.lines import box_of, cells_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token

_STOPS = frozenset({"inn", "account", "phone", "mfo", "bank_account", "oked", "vat_code", "organization", "address", "serial",
    "outgoing", "reading_date", "report_date",
                    "previous", "current", "consumption", "person_number"})  # fmt: skip

_FULL_LINE = 0.85  # of the page's width
NO_ROW_NUMBER = 3  # digits: «3. Дог. №» counts the rows of a blank


def digits_jointly(page: MarkedPage, label: Item, want: int) -> Found | None:
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
    """Whether two labels stand together («ИНН / № договора»)."""
    return "".join(t.text for t in page.tokens[one.last + 1 : two.first] if t.fold != "№") in ("/", ",", "и", "va", "ва")


def digits_over(page: MarkedPage, label: Item, want: int) -> Found | None:
    """The number over a caption («03117 от 12.01.2024» over «(номер и дата договора)»)."""
    tokens = page.over.get(label.first, [])
    place = next((n for n, t in enumerate(tokens) if t.form is Form.NUMBER), None)
    if place is None:
        return None
    run = _run(tokens, place, want)
    value = "".join(t.text for t in run)
    return Found(value, page.page.number, run, trust=0.95) if value.isdigit() and len(value) <= want else None


def digits_behind(page: MarkedPage, label: Item, want: int) -> Found | None:
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
        if token.line > end and (len(token.text) < NO_ROW_NUMBER or not is_wrapped(page, label, token)):
            return None
        run = _run(tokens, place, want)
        value = "".join(t.text for t in run)
        if value.isdigit() and len(value) <= want:
            return Found(value, page.page.number, run, trust=1.0 if len(value) == want else 0.9)
        if not value.isdigit() or len(value) > want:
            return None
    return None


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
    valued = any(t.form is Form.NUMBER for t in above.tokens)  # a line of labels alone stands over its values
    goes_on = goes_on or (alone and valued and above.tokens[-1] is label.tokens[-1])  # «Договор № 03924   ИНН | 276482959»
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


def _opens_cell(page: MarkedPage, token: Token) -> bool:
    """Whether a token begins a cell of its line, a number sign or a mark before it aside."""
    line = page.lines[token.line]
    cell = next(cell for cell in cells_of(line.tokens, 1.5 * line.letter) if any(t is token for t in cell))
    before = cell[: next(n for n, t in enumerate(cell) if t is token)]
    return all(t.form is not Form.WORD for t in before) and sum(t.form is Form.NUMBER for t in before) <= 4


def digits_under(page: MarkedPage, label: Item, want: int) -> Found | None:
    """Digits in the cell under a label (a header over its value), in one piece or parted. Neither stands in a sentence."""
    drawn = any(t.form is Form.BAR for t in page.lines[label.line].tokens)
    if not drawn and not _opens_cell(page, label.tokens[0]):
        return None
    for line in page.lines[label.line + 1 : label.line + 3]:
        for place, token in enumerate(line.tokens):
            over = min(token.box.right, label.box.right) - max(token.box.left, label.box.left)
            narrow = min(token.box.width, label.box.width)
            if over > 0.3 * narrow and token.form is Form.NUMBER and token.text.isdigit() and (drawn or _opens_cell(page, token)):
                run = _run(line.tokens, place, want)
                value = "".join(t.text for t in run)
                if len(value) == want:
                    return Found(value, page.page.number, run, trust=0.9)
    return None
