"""Values of words behind a label: as far as the next label or a wide gap, and on to the next line where they wrap."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources

from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.lines import Line, box_of, cells_of, text_of
from parsers.page.marked import MarkedPage, beside
from parsers.page.tokens import Form, Token
from parsers.wording.folding import fold
from parsers.wording.shapes import in_its_alphabet


@functools.cache
def known_words(name: str) -> frozenset[str]:
    """A list of words.toml, folded."""
    return frozenset(fold(word) for word in word_list(name))


@functools.cache
def word_list(name: str) -> tuple[str, ...]:
    """A list of words.toml as it is written there."""
    return tuple(tomllib.loads((resources.files("parsers.wording") / "words.toml").read_text(encoding="utf-8"))[name])


def text_after(page: MarkedPage, label: Item, goes_on: object = None) -> Found | None:
    """The words behind a label up to the next label or a wide gap; from the next line where nothing stands behind it."""
    if label.first in page.over:
        tokens = trim(page.over[label.first])
        return Found(printed(tokens), page.page.number, tokens) if tokens else None
    label = _in_other_words(page, label)
    line = page.lines[label.line]
    behind = [t for t in line.tokens if t.box.left >= label.tokens[-1].box.right - 1 and t not in label.tokens]
    tokens = _until_label(page, line, _next_cell(behind), label)
    if _is_rest_of_label(label, tokens):
        label, tokens = replace(label, last=label.last + len(tokens), tokens=[*label.tokens, *tokens]), []
    if not any(t.form is Form.WORD for t in tokens):
        aside = beside(page, label) if len({t.line for t in label.tokens}) == 1 or label.box.width < 0.5 * page.page.width else []
        if any(t.form is Form.WORD for t in aside) and not any(
            i.sort == "label" and i.group == "requisites" and i.tokens[0] in aside and i.key not in ("object", "organization")
            for i in page.items
        ):
            return Found(printed(trim(aside)), page.page.number, trim(aside))
    if not any(t.form is Form.WORD for t in tokens) and label.line + 1 < len(page.lines):
        below = page.lines[label.line + 1]
        first = page.on_line(below.number)[:1]
        if (
            not (first and first[0].sort == "label" and first[0].group == "requisites")
            and below.box.top - line.box.bottom < 1.5 * line.box.height
        ):
            tokens = _until_label(page, below, _under(line, below, label), label)
    tokens = trim(tokens)
    if not tokens:
        return None
    if callable(goes_on):
        while goes_on(text_of(tokens)):
            more = next_line(page, tokens) or rest_of_quote(page, tokens)
            if not more:
                break
            tokens = [*tokens, *more]
    return Found(printed(tokens), page.page.number, tokens)


def _is_rest_of_label(label: Item, tokens: Sequence[Token]) -> bool:
    """Whether what stands behind a label of names is only what that label says besides («Адрес узла учета», its value beside it)."""
    near = bool(tokens) and tokens[0].box.left - label.tokens[-1].box.right < tokens[0].box.height
    return label.key in _OF_NAMES and near and all(t.form is Form.WORD and t.text.islower() for t in tokens)


def _under(line: Line, below: Line, label: Item) -> list[Token]:
    """What stands under a label, as far as the next cell of its line goes («Потребитель | Договор | ИНН» over their values); all of the
    line below where the label ends a line of running text («…» MChJ (manzil: | Toshkent sh., …»)."""
    if _ends_text(line, label) and below.box.left < label.box.left:
        return list(below.tokens)
    edge = label.tokens[-1].box.right
    cells = cells_of(line.tokens, 2.5 * line.letter)
    limit = min((box_of(cell).left for cell in cells if cell[0].box.left > edge), default=float("inf"))
    bars = [t.box.left for t in line.tokens if t.form is Form.BAR and t.box.left >= edge]
    limit = min([limit, *bars])
    near = [t for t in below.tokens if t.box.right > label.box.left]
    return [t for t in near if t.box.left < limit - 1]


def _ends_text(line: Line, label: Item) -> bool:
    """Whether a label with its colon ends a line of a single cell that begins otherwise."""
    ends = line.tokens[-1].text == ":" and line.tokens[-2:][0] is label.tokens[-1]
    return ends and line.tokens[0] not in label.tokens and len(cells_of(line.tokens, 2.5 * line.letter)) == 1


def _next_cell(behind: list[Token]) -> list[Token]:
    """What stands behind a label, without what is left of the label in its own cell («Полное наименование абонента | ООО …»)."""
    bar = next((n for n, t in enumerate(behind) if t.form is Form.BAR), None)
    if bar is None or any(t.form is not Form.WORD for t in behind[:bar]) or not any(t.form is Form.WORD for t in behind[bar:]):
        return behind
    return behind[bar + 1 :]


def _in_other_words(page: MarkedPage, label: Item) -> Item:
    """The same label again behind a slash («Tashkilot / Организация»): the value stands behind the last."""
    after = page.tokens[label.last + 1 : label.last + 2]
    again = next((i for i in page.on_line(label.line) if i.first == label.last + 2 and i.key == label.key), None)
    return _in_other_words(page, again) if again is not None and after[0].text in "/|(" else label


#: Labels of what begins with a capital or a word of streets.
_OF_NAMES = frozenset({"organization", "address", "object"})
#: Labels whose words occur inside names and addresses.
_IN_NAMES = frozenset(
    {"title", "organization", "supplier", "meter_point", "meter", "object", "position", "model", "part", "total", "report_date", "order"}
)


def _until_label(page: MarkedPage, line: Line, tokens: list[Token], label: Item) -> list[Token]:
    labels = [i for i in page.on_line(line.number) if i.sort == "label" and i is not label]
    stops = {id(i.tokens[0]) for i in labels if i.group in ("requisites", "people", "meters") and i.key not in _IN_NAMES}
    out: list[Token] = []
    for token in tokens:
        gap = token.box.left - out[-1].box.right if any(t.form is not Form.SIGN for t in out) else 0.0
        if id(token) in stops or gap > 4 * line.box.height:
            break
        out.append(token)
    return out


def pieces_of(page: MarkedPage, cell: list[Token]) -> list[list[Token]]:
    """A cell cut at its semicolons, middle dots, dates and labels; a piece begins behind its label and colon («Объект: ООО «…»; г. …»)."""
    inside = {id(t) for t in cell}
    cuts = [
        i
        for i in page.on_line(cell[0].line)
        if id(i.tokens[0]) in inside
        and (i.sort in ("date", "month") or (i.sort == "label" and i.group == "requisites" and i.key not in _IN_NAMES))
    ]
    starts, ends = {id(i.tokens[0]) for i in cuts}, {id(i.tokens[-1]): i for i in cuts}
    pieces: list[list[Token]] = [[]]
    dated = False  # right behind a date, of which «г.» is still a part
    for token in cell:
        if token.text in _PARTING or id(token) in starts:
            pieces.append([])
        dated = dated and token.text.lower() in _YEAR_SIGNS
        if token.text not in _PARTING and not dated:
            pieces[-1].append(token)
        if id(token) in ends:
            dated = ends[id(token)].sort != "label"
            pieces.append([])
    whole = [trim(_behind_colon(piece)) for piece in pieces if not any(id(t) in starts for t in piece)]
    return [piece for piece in whole if piece]


_PARTING = frozenset(";·•")
_YEAR_SIGNS = frozenset({"г", "y", "й", ".", "-"})


def _behind_colon(piece: list[Token]) -> list[Token]:
    if len(piece) > 2 and piece[0].form is Form.NUMBER and len(piece[0].text) <= 2 and piece[1].text in ".)" and piece[1].glued:
        return _behind_colon(piece[2:])  # the number of the line
    colon = next((n for n, t in enumerate(piece[:5]) if t.text == ":"), None)
    return piece[colon + 1 :] if colon is not None and all(t.form is Form.WORD for t in piece[:colon]) else piece


def trim(tokens: list[Token]) -> list[Token]:
    while tokens and (tokens[0].text in ":-–—.,;_=|)" or tokens[0].form is Form.BAR):
        tokens = tokens[1:]
    while tokens and (tokens[-1].text in ":-–—,;_=|(" or tokens[-1].form is Form.BAR):
        tokens = tokens[:-1]
    return tokens


_LIMITED = re.compile(r"(?<!\S)[0OО]{3}(?=\s?[«\"“„])")


def printed(tokens: list[Token]) -> str:
    """The text of tokens as printed, over several lines and in one alphabet; ООО is what OCR read as 000."""
    lines: dict[int, list[Token]] = {}
    for token in tokens:
        lines.setdefault(token.line, []).append(token)
    return in_its_alphabet(_LIMITED.sub("ООО", " ".join(text_of(part) for part in lines.values())), known_words("legal_forms"))


def next_line(page: MarkedPage, tokens: list[Token]) -> list[Token]:
    """What stands under a value on the next line, from its left edge on and in the same column."""
    last = tokens[-1]
    left, right = min(t.box.left for t in tokens), max(t.box.right for t in tokens)
    height = max(t.box.height for t in tokens if t.line == last.line)  # the last may be a point, which is low on a picture
    for below in page.lines[last.line + 1 : last.line + 1 + _BETWEEN]:
        if below.box.top - last.box.bottom > 1.2 * height:
            return []
        if below.tokens[0].form is Form.NUMBER and len(below.tokens[0].text) <= 2 and below.tokens[0].right in (".", ")"):
            return []  # the next item of a form («3. Договор»)
        cells = [c for c in cells_of(below.tokens, 2.5 * below.letter) if left - 3 * below.letter <= c[0].box.left <= right]
        labels = [i for i in page.on_line(below.number)[:1] if i.sort == "label" and i.group == "requisites" and i.key not in _IN_VALUES]
        if labels and cells:
            return []
        if cells:
            return cells[0]
        if below.box.right > left:
            return []
    return []


def rest_of_quote(page: MarkedPage, tokens: list[Token]) -> list[Token]:
    """The end of a name in quotation marks that a line of text breaks off, from the next one's margin («ООО «Глобал | Текс» (адрес: …»)."""
    line = page.lines[tokens[-1].line]
    if tokens[-1] is not line.tokens[-1] or line.number + 1 >= len(page.lines):
        return []
    below = page.lines[line.number + 1]
    close = next((n for n, t in enumerate(below.tokens[:_OF_A_NAME]) if t.text in '»”"'), None)
    near = below.box.top - line.box.bottom < 1.2 * line.box.height and below.box.left < tokens[0].box.left
    return list(below.tokens[: close + 1]) if close is not None and near else []


_OF_A_NAME = 8  # tokens of it on one line
_BETWEEN = 2  # lines of the columns beside a value, half a line apart from its own
_IN_VALUES = frozenset({"supplier", "title", "object", "organization"})


def line_above(page: MarkedPage, tokens: list[Token]) -> list[Token]:
    """What a value's cell begins with on the line over its label's: there is nothing else on that line, and no label."""
    line = page.lines[tokens[0].line]
    if not line.number:
        return []
    above = page.lines[line.number - 1]
    first = next((t for t in above.tokens if t.form is not Form.BAR), None)
    near = first is not None and abs(first.box.left - tokens[0].box.left) < line.letter and line.box.left < tokens[0].box.left - line.letter
    close = line.box.top - above.box.bottom < 0.5 * line.box.height
    return list(above.tokens) if near and close and not page.on_line(above.number) else []


def is_open(text: str) -> bool:
    """Whether a name must go on: a quotation mark is open, or a branch's name is to follow."""
    if fold(text.split()[-1]) in ("филиал", "filial", "филиали", "filiali"):
        return True
    return text.count("«") > text.count("»") or text.count("“") > text.count("”")


def is_supplier(tokens: list[Token]) -> bool:
    words = {t.fold for t in tokens}
    return any(word.startswith(tuple(known_words("supplier"))) for word in words)
