"""Cells drawn around print: a row of a ruled table is one line of cells, in each the words that wrap in it, top to bottom."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from metering.pages import Box
from parsers.page.drawn import horizontals, verticals
from parsers.page.lines import Line, box_of, numbered, text_of
from parsers.page.tokens import Form, Token
from parsers.wording.folding import fold

_OFF = 4.0  # points that a rule may end short of, or beyond, the one it meets
_NARROWEST = 5.0  # points between two columns; what is nearer is one double rule
#: A row of a table; what is higher is a frame around a page or a part of it.
_MOST_LINES = 8
_COMB = 3  # boxes side by side


def row_by_row(lines: list[Line], rules: Sequence[Box]) -> list[Line]:
    """The lines of a page, those that stand in one drawn row as one, its cells parted by bars.

    Only where every cell reaches from the row's upper rule to its lower one; what stands beside the table stays a line of its own.
    """
    across, upright = horizontals(rules), verticals(rules)
    out = list(lines)
    for row in _rows(across):
        inside = [line for line in out if row.top < line.box.middle[1] < row.bottom and any(_in(row, t) for t in line.tokens)]
        if 0 < len(inside) <= _MOST_LINES and (edges := _edges(row, upright)):
            out = _with_row(out, inside, row, edges)
    if len(out) != len(lines) or any(a is not b for a, b in zip(out, lines, strict=True)):
        numbered(out)
    return out


def _rows(across: Sequence[Box]) -> list[Box]:
    """The spaces between two rules of one width, drawn one under the other with none between."""
    rows = []
    for upper in across:
        under = [r for r in across if r.middle[1] > upper.middle[1] + 3 and min(r.right, upper.right) - max(r.left, upper.left) > 10]
        lower = min(under, key=lambda r: r.middle[1], default=None)
        if lower is None or abs(lower.left - upper.left) > _OFF or abs(lower.right - upper.right) > _OFF:
            continue
        rows.append(Box(upper.left, upper.middle[1], upper.right, lower.middle[1]))
    return rows


def _edges(row: Box, upright: Sequence[Box]) -> list[float]:
    """x of the rules between the cells of a row, left to right; none where one is drawn through a part of the row only."""
    near = [
        r for r in upright if row.left + _OFF < r.middle[0] < row.right - _OFF and min(r.bottom, row.bottom) - max(r.top, row.top) > _OFF
    ]
    if any(r.top > row.top + _OFF or r.bottom < row.bottom - _OFF for r in near):
        return []
    places = sorted(r.middle[0] for r in near)
    return [x for n, x in enumerate(places) if n == 0 or x - places[n - 1] > _NARROWEST]


def _with_row(lines: list[Line], inside: list[Line], row: Box, edges: Sequence[float]) -> list[Line]:
    cells: list[list[Token]] = [[] for _ in range(len(edges) + 1)]
    beside: list[Line] = []
    for line in inside:
        rest = [t for t in line.tokens if not _in(row, t)]
        if any(t.form is not Form.BAR for t in rest):
            beside.append(Line(0, rest, box_of(rest), line.letter))
        for token in line.tokens:
            if _in(row, token) and token.form is not Form.BAR:
                cells[sum(token.box.middle[0] > x for x in edges)].append(token)
    tokens: list[Token] = []
    for cell, x in itertools.zip_longest(cells, edges):
        tokens += unbroken(cell)
        if x is not None:
            tokens.append(Token("|", Form.BAR, "|", Box(x, row.top, x, row.bottom), 1.0))
    if sum(bool(cell) for cell in cells) < 2 or (len(inside) == 1 and _is_comb(cells)) or holds_rows(cells):
        return lines
    one = Line(0, tokens, box_of([t for t in tokens if t.form is not Form.BAR]), max(line.letter for line in inside))
    place = lines.index(inside[0])
    return [*lines[:place], one, *beside, *(line for line in lines[place:] if not any(line is other for other in inside))]


_VALUE = re.compile(r"\d[\d ]*[.,]\d+|\d{4,}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.*")
_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})* \d{3}(?:[.,]\d+)?")


def holds_rows(cells: Sequence[Sequence[Token]]) -> bool:
    """Whether a table without rules between its rows has several in this one: a cell with two values, one under the other.

    A number that is broken at its thousands is one value.
    """
    for cell in cells:
        texts = [text_of(list(line)) for _, line in itertools.groupby(cell, key=lambda t: t.line)]
        if sum(_VALUE.fullmatch(text) is not None for text in texts) >= 2 and not _THOUSANDS.fullmatch(" ".join(texts)):
            return True
    return False


def _is_comb(cells: Sequence[Sequence[Token]]) -> bool:
    """Whether cells are the boxes of one number, a digit each."""
    return sum(len(cell) == 1 and len(cell[0].text) == 1 for cell in cells) >= _COMB


def _in(row: Box, token: Token) -> bool:
    return row.left < token.box.middle[0] < row.right


#: Letters of a syllable that a word is divided at; less stands behind the dash of «Кол-во».
_SYLLABLE = 3


def unbroken(cell: list[Token]) -> list[Token]:
    """A cell's tokens with the words that are divided at a line's end («потреби-» over «теля») put together."""
    out: list[Token] = []
    for token in cell:
        divided = len(out) > 1 and out[-1].text == "-" and out[-1].glued and out[-2].form is token.form is Form.WORD
        if divided and token.line != out[-1].line and token.text.islower() and min(len(token.text), len(out[-2].text)) >= _SYLLABLE:
            out.pop()
            first = out.pop()
            text, box = first.text + token.text, first.box.union(token.box)
            out.append(Token(text, Form.WORD, fold(text), box, min(first.confidence, token.confidence), first.glued))
        else:
            out.append(token)
    return out
