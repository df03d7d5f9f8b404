"""A table with a column for each meter: what a row holds stands at its left (docs/handwriting.md, "Places")."""

from __future__ import annotations

from collections.abc import Sequence

from metering.pages import Box
from parsers.handwritten.lines import Place
from parsers.page.items import Item

_LEAST_ROWS = 3  # rows with labels of a meter
_ALIKE = 6.0  # points by which the edges of cells of one column differ
_APART = 8.0  # points between neighbouring cells


def meters_in_columns(labels: Sequence[Item], frames: Sequence[Box]) -> list[tuple[str, Place]]:
    """The places of the meters by column, each column from the top; none where there is no such table, or but one column.

    labels: of a meter's values; frames: insides of all cells.
    """
    heads = [(item, own) for item in labels if (own := min((f for f in frames if f.holds(item.box)), key=lambda f: f.width, default=None))]
    column = [(item, own) for item, own in heads if abs(own.left - heads[0][1].left) < _ALIKE]
    if len({item.key for item, _ in column}) != len(column) or len(column) < _LEAST_ROWS:
        return []
    rows = [_behind(own, frames) for _, own in column]
    widest = max(rows, key=len)
    if (
        len(widest) < 2
        or sum(len(row) == len(widest) for row in rows) < 2
        or any(c.holds(i.box) for row in rows for c in row for i in labels)
    ):
        return []
    return [(item.key, Place(Box(cell.left, own.top, cell.right, own.bottom), boxed=True)) for cell in widest for item, own in column]


def _behind(own: Box, frames: Sequence[Box]) -> list[Box]:
    """The cells of a row that follow a label's."""
    level = sorted((f for f in frames if f.left > own.right - 3 and f.top < own.middle[1] < f.bottom), key=lambda f: f.left)
    cells: list[Box] = []
    for frame in level:
        if frame.left - (cells[-1] if cells else own).right > _APART:
            break
        cells.append(frame)
    return cells
