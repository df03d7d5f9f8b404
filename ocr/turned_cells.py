"""Heads of narrow columns that run up the page (or down): the first reading makes rubbish of them or nothing, and then nothing says which
column is which, nor in what the numbers are. Each such cell is turned and read by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from metering.pages import Box, Word
from metering.turned import stacked
from ocr.cell_words import RUBBISH, surety, tells
from ocr.rules import in_rows

_FEWEST = 3  # cells of a row
_SLIM = 1.3  # times its width a cell of turned print is high at least
_LOWEST, _HIGHEST = 30.0, 250.0  # points
_WELL = 0.7  # mean confidence from which a cell was read as it stands
_MOST = 16  # cells of a row that are turned

#: Reads a cell turned by a quarter, so that what runs up (or down) the page stands upright; the words in their order.
TurnedReading = Callable[[Box, bool], Sequence[Word]]


def with_turned_heads(
    words: tuple[Word, ...], cells: Sequence[Box], is_inked: Callable[[Box], bool], turned: TurnedReading
) -> tuple[Word, ...]:
    """The words of a page, those of rows of slim, high cells in which hardly anything was read as they say it once turned, upright."""
    slim = [cell for cell in cells if _LOWEST <= cell.height <= _HIGHEST and cell.height >= _SLIM * cell.width]
    for row in in_rows(slim):
        unread = [cell for cell in row if surety(_held(words, cell)) < _WELL and is_inked(cell)]
        if len(unread) < _FEWEST:
            continue
        for cell, read in _readings(unread, turned):
            if surety(read) > max(surety(_held(words, cell)), RUBBISH) and tells(read):
                words = (*(word for word in words if not cell.holds(word.box)), *stacked(read, cell))
    return words


def _held(words: Sequence[Word], cell: Box) -> list[Word]:
    return [word for word in words if cell.holds(word.box)]


def _readings(cells: Sequence[Box], turned: TurnedReading) -> list[tuple[Box, Sequence[Word]]]:
    """The cells of a row with what each says once turned: as the largest is read better, up the page or down. None where that one is read
    well in neither."""
    largest = max(cells, key=lambda cell: cell.height * cell.width)
    up, down = turned(largest, True), turned(largest, False)
    upwards = surety(up) >= surety(down)
    better = up if upwards else down
    if surety(better) < _WELL:
        return []
    return [(cell, better if cell is largest else turned(cell, upwards)) for cell in cells[:_MOST]]
