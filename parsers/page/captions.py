"""Labels that stand beneath their value or behind it: the small print under a form's line, «1204,50 Гкал - предыдущее показание»."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from metering.pages import Box
from parsers.page.lines import Line, box_of, cells_of
from parsers.page.tokens import Form, Token

#: A caption is printed smaller than its value, or stands in brackets.
_SMALL = 0.85
_NEAR = 1.5  # of a line's height, between a value and its caption
_NEARER = 0.8  # of the gap to what stands under it: small print over a value is that value's label


@dataclass(frozen=True, slots=True)
class Caption:
    """The words of a caption and what stands over it."""

    words: list[Token]
    value: list[Token]


def find_captions(lines: Sequence[Line]) -> list[Caption]:
    """The captions of a page: all cells of a line in brackets, or printed small, right under a line with values."""
    found: list[Caption] = []
    captions: set[int] = set()
    for place, (above, line) in enumerate(itertools.pairwise(lines)):
        gap = line.box.top - above.box.bottom
        if gap > _NEAR * line.box.height or above.number in captions:
            continue
        below = lines[place + 2].box.top - line.box.bottom if place + 2 < len(lines) else float("inf")
        cells = [cell for cell in cells_of(line.tokens, line.letter) if any(t.form is Form.WORD for t in cell)]
        paired = len(cells) > 1 and _pairs(cells, above) and not (place + 2 < len(lines) and _pairs(cells, lines[place + 2]))
        if (
            not cells
            or not all(_is_bracketed(cell) or (_is_small(cell, above) and (gap < _NEARER * below or paired)) for cell in cells)
            or any(t.form is Form.NUMBER for t in line.tokens)
        ):
            continue
        captions.add(line.number)
        boxes = [box_of(cell) for cell in cells]
        values: list[list[Token]] = [[] for _ in cells]
        for cell in cells_of([t for t in above.tokens if t.text != "_"], above.letter):
            nearest = _nearest(box_of(cell), boxes)
            if nearest is not None:
                values[nearest] += cell
        found += [Caption(words, value) for words, value in zip(cells, values, strict=True) if value and not _opens(value)]
    return found


def _pairs(cells: Sequence[Sequence[Token]], line: Line) -> bool:
    """Whether each of a line's cells has a cell of another line over or under it, and that line no others."""
    boxes = [box_of(cell) for cell in cells]
    others = [box_of(cell) for cell in cells_of(line.tokens, line.letter)]
    return len(boxes) == len(others) and all(min(a.right, b.right) > max(a.left, b.left) for a, b in zip(boxes, others, strict=True))


def _is_bracketed(cell: Sequence[Token]) -> bool:
    return cell[0].text == "(" and cell[-1].text == ")"


def _is_small(cell: Sequence[Token], above: Line) -> bool:
    return box_of(cell).height < _SMALL * above.box.height


def _nearest(value: Box, captions: Sequence[Box]) -> int | None:
    """The caption under a value; one beside it is none."""
    under = [n for n, box in enumerate(captions) if min(value.right, box.right) - max(value.left, box.left) > 0]
    return min(under, key=lambda n: abs(captions[n].middle[0] - value.middle[0]), default=None)


def _opens(value: Sequence[Token]) -> bool:
    """Whether what stands over a caption is a label itself («Организация:» with its value beneath in brackets)."""
    return value[-1].text == ":"
