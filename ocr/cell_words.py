"""Cells of ruled tables that the first reading read badly are read again one by one: of a head with two small lines in each cell it makes
one line across them («t1/°C», «Qот/Гкал»), and then nothing says which column is which."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from metering.pages import Box, Word
from ocr.rules import in_rows

_DOUBTFUL = 0.7  # mean confidence of a cell's letters below which it is read again
RUBBISH = 0.3  # of what is read again: no better than what was there
_HIGHEST = 60.0  # points; what is higher is the frame of a form
_ON_EACH_OTHER = 0.2  # of the smaller word's box
_FEWEST = 3  # letters and digits that are no dirt
_MOST = 40  # cells of a page


def with_doubtful_cells(
    words: tuple[Word, ...], cells: Sequence[Box], is_inked: Callable[[Box], bool], again: Callable[[Box], Sequence[Word]]
) -> tuple[Word, ...]:
    """The words of a page, those of doubtful cells (row by row from the top) as `again` reads the cell alone, where that is surer. Where
    most cells of a row are doubtful all of them are: the engine went wrong in the whole line."""
    held = {cell: [word for word in words if cell.holds(word.box)] for cell in cells if cell.height <= _HIGHEST}
    known = {cell: 0.0 if _is_doubled(inside) else surety(inside) for cell, inside in held.items()}
    better: dict[Box, Sequence[Word]] = {}
    asked = 0
    for row in in_rows(list(held)):
        inked = [cell for cell in row if held[cell] or is_inked(cell)]
        doubtful = [cell for cell in inked if known[cell] < _DOUBTFUL]
        for cell in inked if 2 * len(doubtful) > len(inked) > 2 else doubtful:
            asked += 1
            if asked <= _MOST and surety(read := again(cell)) > max(known[cell], RUBBISH) and (held[cell] or tells(read)):
                better[cell] = read
    gone = {id(word) for cell in better for word in held[cell]}
    return (*(word for word in words if id(word) not in gone), *(word for read in better.values() for word in read))


def tells(read: Sequence[Word]) -> bool:
    """Whether what was read where the first reading saw nothing is more than the mark of a hole or of the cell's own lines."""
    return sum(c.isalnum() for word in read for c in word.text) >= _FEWEST


def _is_doubled(words: Sequence[Word]) -> bool:
    """Whether words lie on each other: the engine saw two lines where one is."""
    return any(_share(one.box, other.box) > _ON_EACH_OTHER for one, other in itertools.combinations(words, 2))


def _share(one: Box, other: Box) -> float:
    """What two boxes have in common, of the smaller one."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0.0, across) * max(0.0, down) / max(0.01, min(one.width * one.height, other.width * other.height))


def surety(words: Sequence[Word]) -> float:
    """How well words were read, 0 for none: their confidence by their letters."""
    return sum(word.confidence * len(word.text) for word in words) / max(1, sum(len(word.text) for word in words))
