"""The cells of a form's tables: which one something stands in, and which are of one column or of one row."""

from __future__ import annotations

from collections.abc import Sequence

from metering.pages import Box

ALIKE = 6.0  # points by which the sides of one column's cells differ
_SHARED = 0.6  # of the lower one's height


def cell_around(place: Box, frames: Sequence[Box]) -> Box | None:
    """The narrowest frame in which a place's middle lies."""
    return min((frame for frame in frames if frame.holds(place)), key=lambda frame: frame.width, default=None)


def is_of_column(head: Box, cell: Box) -> bool:
    """Whether two cells of a ruled table are as wide and stand over one another, however far."""
    return abs(cell.left - head.left) < ALIKE and abs(cell.right - head.right) < ALIKE


def is_level(one: Box, two: Box) -> bool:
    """Whether two cells stand beside each other."""
    shared = min(one.bottom, two.bottom) - max(one.top, two.top)
    return shared > _SHARED * min(one.height, two.height)
