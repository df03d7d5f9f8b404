"""The address of the organisation that reports."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.lines import cells_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token
from parsers.page.trust import UNCLEAR
from parsers.requisites.phrases import is_supplier, known_words, line_above, next_line, pieces_of, printed, text_after
from parsers.requisites.trimmed_addresses import Tokens, address_alone, is_street, reads_as_address, within_bracket

_INDENT = 12  # letters
_NO_STREET = 0.7  # trust in an address without a word of streets
_LEAST = 4  # letters of an address
_HOUSE = 3  # digits of a house's number
#: Labels of addresses: of who reports, else of the building.
_LABELS = frozenset({"address", "object", "meter_point"})
_STREETS = 2  # words of streets in an address inside a sentence


def find_address(page: MarkedPage, organization: Found | None, without: Collection[int]) -> Found | None:
    """The consumer's address: behind its label with what wraps under it, else the lines under the letterhead that read as one."""
    best: tuple[float, Found] | None = None
    for item in page.items:
        if item.sort != "label" or item.key not in _LABELS or item.line in without:
            continue
        found = text_after(page, item)
        if found is None or "@" in found.value:
            continue
        tokens = found.tokens
        while above := line_above(page, tokens) or _begun_above(page, tokens):
            tokens = [*above, *tokens]
        closed = _is_before_label(page, tokens)
        while not closed and len(tokens) < 60 and (more := next_line(page, tokens)) and _goes_on(page, tokens, more, item):
            tokens = [*tokens, *more]
        if not closed and len({t.line for t in tokens}) == 1 and (more := _next_of_text(page, tokens)):
            tokens = [*tokens, *more]
        tokens = address_alone(tokens)
        streets = sum(t.fold in known_words("street") for t in tokens)
        if sum(c.isalpha() for c in printed(tokens)) < _LEAST or (item.key != "address" and (streets < _STREETS or is_supplier(tokens))):
            continue
        weight = min(streets, 4) + 0.5 * (item.last == item.first or "юр" in item.tokens[0].fold) - 0.01 * item.line
        weight -= 4.0 * (item.key != "address")
        if best is None or weight > best[0]:
            trust = _NO_STREET if not streets else 0.95 if reads_as_address(tokens) else UNCLEAR
            best = weight, Found(printed(tokens), page.page.number, tokens, trust=trust)
    if best is not None and best[1].trust > _NO_STREET:
        return best[1]
    found = _address_under(page, organization, without) or _address_in_table(page, without) or _address_in_text(page, without)
    return found or (best[1] if best is not None else None)


def _begun_above(page: MarkedPage, tokens: list[Token]) -> list[Token]:
    """The cell over a value that is only an address's end («148-uy», «ko'chasi 113»): its label is wrapped, too."""
    line = page.lines[tokens[0].line]
    ends = tokens[0].fold in known_words("behind_names") or (tokens[0].form is Form.NUMBER and len(tokens[0].text) <= _HOUSE)
    if not ends or not line.number or line.box.top - page.lines[line.number - 1].box.bottom > 0.6 * line.box.height:
        return []
    above = page.lines[line.number - 1]
    cells = [c for c in cells_of(above.tokens, 2.5 * above.letter) if abs(c[0].box.left - tokens[0].box.left) < line.letter]
    return cells[0] if cells and sum(map(is_street, cells[0])) >= _STREETS else []


def _is_before_label(page: MarkedPage, tokens: list[Token]) -> bool:
    """Whether the next label ends a value's line («…, 85-uy, STIR | 230037020»): the next line is its."""
    line = page.lines[tokens[-1].line]
    ends = [t for t in tokens if t.line == line.number]
    behind = line.tokens[next(n for n, t in enumerate(line.tokens) if t is tokens[-1]) + 1 :]
    behind = _before_addressee([*ends, *behind])[len(ends) :]
    labels = [i for i in page.on_line(line.number) if i.sort == "label" and i.key == "inn" and any(t is i.tokens[-1] for t in behind)]
    return bool(labels) and all(t.form is not Form.NUMBER for t in behind)


def _goes_on(page: MarkedPage, tokens: list[Token], more: list[Token], label: Item) -> bool:
    """A value wraps when its next line begins under it (not under its label) and is no new label or sentence."""
    if any(
        i.sort in ("label", "month", "date", "kind") and i.key not in ("object", "supplier", "meter_point") and i.tokens[0] in more
        for i in page.on_line(more[0].line)
    ):
        return False
    left = min(t.box.left for t in tokens)
    if abs(more[0].box.left - left) > 4 * max(1.0, more[0].box.height) or more[0].box.left < label.box.right - 1 < left - 3:
        return False
    width = page.page.width
    return tokens[-1].text in ",." or tokens[-1].box.right > 0.75 * width or tokens[-1].fold in known_words("street")


def _address_under(page: MarkedPage, organization: Found | None, without: Collection[int]) -> Found | None:
    place = organization.tokens[-1].line if organization is not None and organization.tokens else -1
    left = min((t.box.left for t in organization.tokens), default=0.0) if organization is not None else 0.0
    own = {id(t) for t in organization.tokens} if organization is not None else set()
    for line in page.lines[max(0, place) : place + 6]:
        if line.number in without:
            continue
        rest = [_before_addressee(part) for cell in cells_of(line.tokens, 2.5 * line.letter) for part in _around(cell, own)]
        for tokens in (address_alone(piece) for part in rest for piece in pieces_of(page, part)):
            streets = sum(t.fold in known_words("street") for t in tokens)
            if streets < 2 or is_supplier(tokens) or abs(tokens[0].box.left - left) > 0.5 * page.page.width:
                continue
            while len(tokens) < 60 and (more := next_line(page, tokens) or _next_of_text(page, tokens)) and _is_address_part(page, more):
                tokens = [*tokens, *more]
            tokens = address_alone(tokens)
            return _unlabelled(page, tokens)
    return None


def _unlabelled(page: MarkedPage, tokens: Tokens) -> Found:
    return Found(printed(tokens), page.page.number, tokens, trust=0.85 if reads_as_address(tokens) else UNCLEAR)


def _address_in_table(page: MarkedPage, lines: Collection[int]) -> Found | None:
    """The address in the cells under the head of a table's column («Адрес объекта»), if all rows tell the same; lines: those of tables."""
    for label in [i for i in page.items if i.sort == "label" and i.key == "address" and i.line in lines]:
        found: list[Tokens] = []
        for line in [page.lines[n] for n in sorted(lines) if n > label.line]:
            cells = cells_of(line.tokens, 2.5 * line.letter)
            under = [c for c in cells if c[0].box.left < label.box.right and c[-1].box.right > label.box.left]
            found += [cell for cell in map(address_alone, under) if sum(map(is_street, cell)) >= _STREETS]
        if found and len({printed(cell) for cell in found}) == 1 and not is_supplier(found[0]):
            return _unlabelled(page, found[0])
    return None


def _address_in_text(page: MarkedPage, without: Collection[int]) -> Found | None:
    """An address inside a sentence: from the town or a street's name to the house, nothing but names and words of streets between."""
    run: list[Token] = []
    dated = {id(t) for i in page.items if i.sort in ("date", "month") for t in i.tokens}  # «Toshkent shahri  2026-yil 23-oktabr»
    for token in [*(t for line in page.lines if line.number not in without for t in line.tokens), None]:
        if token is not None and id(token) not in dated and _is_of_address(token):
            run.append(token)
            continue
        first = next((n for n, t in enumerate(run) if is_street(t)), 0)
        found = address_alone(run[first:])
        if sum(map(is_street, found)) >= _STREETS and any(t.form is Form.NUMBER for t in found) and not is_supplier(found):
            return Found(printed(found), page.page.number, found, "inside a sentence", UNCLEAR)
        run = []
    return None


def _is_of_address(token: Token) -> bool:
    if token.form is Form.WORD:
        return token.text[:1].isupper() or is_street(token)
    return token.text in ",.-«»" or (token.form is Form.NUMBER and len(token.text) <= 6 and "." not in token.text)


def _around(cell: Sequence[Token], own: Collection[int]) -> list[list[Token]]:
    """What stands before and behind the organisation's name in a cell, each by itself; own: the ids of the name's tokens."""
    return [list(part) for is_own, part in itertools.groupby(cell, key=lambda token: id(token) in own) if not is_own]


def _before_addressee(part: list[Token]) -> list[Token]:
    """«…, ул. Беруни,   ООО «Veolia Energy»», «…, ул.   ГУП «Тошиссиккуввати»»: whom a letter is to stands near beside the sender's
    address, which goes on below."""
    forms = (n for n, token in enumerate(part) if token.fold in known_words("legal_forms") and token.text.isupper() and not token.glued)
    return part[: next((n for n in forms if n and _breaks_off(part[:n])), len(part))]


def _breaks_off(tokens: Sequence[Token]) -> bool:
    """Whether an address goes on behind its last token: a comma, or a word that names stand behind («ул.»)."""
    last = next((t for t in reversed(tokens) if t.text != "."), tokens[-1])
    return last.text == "," or last.fold in known_words("before_names")


def _next_of_text(page: MarkedPage, tokens: list[Token]) -> list[Token]:
    """Where an address breaks off at a line's end («…, ул.»): the next line's first words, which begin at the text's margin."""
    line = page.lines[tokens[-1].line]
    starts = {id(i.tokens[0]) for i in page.on_line(line.number) if i.sort == "label" and i.group == "requisites"}
    ends = [t for t in tokens if t.line == line.number]
    behind = line.tokens[next(n for n, t in enumerate(line.tokens) if t is tokens[-1]) + 1 :]
    behind = _before_addressee([*ends, *behind])[len(ends) :]
    rest = list(itertools.takewhile(lambda t: id(t) not in starts, behind))  # the next label may stand near
    if any(t.text not in ",." for t in rest) or line.number + 1 >= len(page.lines):
        return []
    broken = any(t.text == "," for t in (*tokens[-1:], *rest)) or _breaks_off([*tokens, *rest])
    below = page.lines[line.number + 1]
    margin = -_INDENT * line.letter < below.box.left - line.box.left < 3 * line.letter  # a paragraph's first line is indented
    near = below.box.top - line.box.bottom < 1.2 * line.box.height and margin
    first = cells_of(below.tokens, 2.5 * below.letter)[:1]
    broken = broken or tokens[-1].box.right > 0.85 * page.page.width or below.tokens[0].fold in known_words("behind_names")
    beside = [cell for cell in cells_of(below.tokens, 2.5 * below.letter)[1:] if abs(cell[0].box.left - tokens[0].box.left) < below.letter]
    if beside:
        return []  # «Адрес      г. Ташкент, …» over «Основание  Договор № …»: in the column of labels is the next one
    pieces = pieces_of(page, first[0]) if broken and near and first else []
    if not pieces or pieces[0][0] is not below.tokens[0]:
        return []  # behind a label it is another thing's value
    return [*rest, *within_bracket(pieces[0])]


def _is_address_part(page: MarkedPage, tokens: list[Token]) -> bool:
    if any(i.sort in ("label", "date", "month") and i.tokens[0] in tokens for i in page.on_line(tokens[0].line)):
        return False
    return any(t.fold in known_words("street") or t.form is Form.NUMBER for t in tokens) and len(tokens) < 16
