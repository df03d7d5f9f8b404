"""Cells of a form's table that are for a unit alone: the value stands in the next one (docs/handwriting.md, "Places")."""

from __future__ import annotations

from collections.abc import Sequence

from metering.pages import Box
from parsers.page.marked import MarkedPage

_APART, _LIKE = 8.0, 6.0  # points between two cells of a row at most, and by which the sides of a column's cells differ


def unit_cells(page: MarkedPage, frames: Sequence[Box]) -> frozenset[Box]:
    """The frames in which a unit is printed and nothing else that a label says, if a cell follows, and all of a column whose head says
    that it is the units'."""
    units = [i.box for i in page.items if i.sort == "unit"]
    labels = [i.box for i in page.items if i.sort == "label"]
    heads = [f for i in page.items if i.sort == "label" and i.key == "unit_column" for f in frames if f.holds(i.box)]

    def is_unit(frame: Box) -> bool:
        if any(_is_below(frame, head) for head in heads):
            return True
        alone = any(frame.holds(unit) for unit in units) and not any(frame.holds(label) for label in labels)
        return alone and any(-2 < f.left - frame.right < _APART and f.top < frame.middle[1] < f.bottom for f in frames)

    return frozenset(frame for frame in frames if is_unit(frame))


def _is_below(frame: Box, head: Box) -> bool:
    return abs(head.left - frame.left) < _LIKE and abs(head.right - frame.right) < _LIKE and head.top <= frame.top
