"""Cells of a form's table that are for a unit alone, or for the day of an index: the value stands in the next one (docs/handwriting.md,
"Places")."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from metering.pages import Box
from parsers.handwritten.cells import is_of_column
from parsers.handwritten.writing import DATES
from parsers.page.marked import MarkedPage

_APART = 8.0  # points between two cells of a row at most


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


def day_cells(page: MarkedPage, frames: Sequence[Box]) -> dict[Box, str]:
    """The cells under a head for days that stand between the name of an index and the cell for it, with which index's they are: of
    several such tables below each other all («Предыдущее | 21.10.2026 | 16872,27» under «Дата | Показание»)."""
    labels = [i for i in page.items if i.sort == "label"]
    heads = [f for i in labels if i.key in DATES for f in frames if f.holds(i.box)]
    named = [(i.key, f) for i in labels if i.key in ("previous", "current") for f in frames if f.holds(i.box)]
    found: dict[Box, str] = {}
    for key, own in named:
        level = (f for f in frames if f.left > own.right - 2 and f.top < own.middle[1] < f.bottom)
        row = sorted(level, key=lambda f: f.left)[:2]
        if len(row) == 2 and any(_is_below(row[0], head) for head in heads) and _follow([own, *row]):
            found.setdefault(row[0], key)
    return found


def _follow(row: Sequence[Box]) -> bool:
    return all(two.left - one.right < _APART for one, two in itertools.pairwise(row))


def _is_below(frame: Box, head: Box) -> bool:
    return is_of_column(head, frame) and head.top <= frame.top
