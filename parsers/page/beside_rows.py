"""Who signs at the right of a narrow table or a calculator's tape is read behind its rows, from the top down."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.page.lines import Line, cells_of, cut, numbered
from parsers.page.tokens import Form, Token
from parsers.wording.lexicon import find_labels, opening_label

_SIGNERS = frozenset({"position", "position_label", "signature", "full_name", "stamp"})
_POSTS = frozenset({"position"})
_VALUE = re.compile(r"\d+[.,]\d+")
_CELL = 1.5  # letters, and half as many again: what stands so far from the word before it is a cell of its own
_GUTTER = 1.5  # letters without print between the two, on all lines
_INDENT = 3.0  # letters by which lines of who signs begin further left than the first one
_LEAST_ROWS = 2  # with values
_ABOVE = 2  # lines of the table above the first of who signs that count as rows
_ROW_GAP = 1.0  # heights between two rows of one table
_REACH, _MOST = 6, 24  # lines from one of who signs to the next, and of both together


def after_rows(lines: list[Line]) -> list[Line]:
    """The lines of a page, with those of who signs that stand beside rows of values cut off and put behind these."""
    out: list[Line] = []
    done = 0
    for start, line in enumerate(lines):
        place = _signer(line) if start >= done else None
        if place is None or (parted := _parted(lines, start, place)) is None:
            continue
        end, gutter = parted
        out += [*lines[done:start], *cut(lines[start:end], [gutter])]
        done = end
    return numbered([*out, *lines[done:]]) if out else lines


def _signer(line: Line) -> float | None:
    """Where the first cell of a line begins that opens with a word of who signs, points."""
    return next((cell[0].box.left for cell in cells_of(line.tokens, _CELL * line.letter) if _opens(cell, _SIGNERS)), None)


def _opens(cell: Sequence[Token], meanings: frozenset[str]) -> bool:
    """Whether a cell's first word is one of such a meaning."""
    words = [t for t in cell if t.form is Form.WORD]
    label = opening_label([t.fold for t in words]) if words and words[0] is cell[0] else None
    return label is not None and label.key in meanings


def _parted(lines: Sequence[Line], start: int, edge: float) -> tuple[int, float] | None:
    """The line behind the two, and the x between them, where the block of who signs begins at `edge` on the line `start`; None where rows
    of values do not stand beside it, apart from it on every line."""
    left, end = 0.0, start + 1
    for n, line in enumerate(lines[start : start + _MOST], start):
        theirs = [t for t in line.tokens if t.box.left >= edge - _INDENT * line.letter and t.form is not Form.BAR]
        ours = max((t.box.right for t in line.tokens if t.box.left < edge - _INDENT * line.letter), default=0.0)
        first = min((t.box.left for t in theirs), default=edge)
        if n - end >= _REACH or min(edge, first) - max(left, ours) < _GUTTER * line.letter:
            break
        left = max(left, ours)
        if theirs:
            edge, end = min(edge, first), n + 1
    block = [t for line in lines[start:end] for t in line.tokens if t.box.left >= edge]
    posts = sum(_has_value(line.tokens) and _opens([t for t in line.tokens if t.box.left >= edge], _POSTS) for line in lines[start:end])
    while end < len(lines) and lines[end].box.right < edge and _is_next(lines[end - 1], lines[end]):
        end += 1  # the last rows of the table
    rows = [[t for t in line.tokens if t.box.left < edge] for line in lines[max(0, start - _ABOVE) : end]]
    beside = any(_has_value(line.tokens) for line in lines[start:end])
    if not beside or posts > 1 or _has_value(block) or sum(map(_has_value, rows)) < _LEAST_ROWS or any(_signs(row) for row in rows):
        return None  # posts of several rows are a column of their table
    return end, edge - 0.1


def _is_next(above: Line, below: Line) -> bool:
    return below.box.top - above.box.bottom < _ROW_GAP * below.box.height


def _has_value(tokens: Sequence[Token]) -> bool:
    return any(t.form is Form.NUMBER and _VALUE.fullmatch(t.text) for t in tokens)


def _signs(tokens: Sequence[Token]) -> bool:
    """Whether words of who signs stand among tokens."""
    return any(label.key in _SIGNERS for label in find_labels([t.fold for t in tokens if t.form is Form.WORD]))
