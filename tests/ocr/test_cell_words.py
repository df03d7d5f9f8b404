"""Cells that the first reading of a page read badly are read again alone; those that it read well are not."""

from __future__ import annotations

from collections.abc import Sequence

from metering.pages import Box, Word
from ocr.cell_words import with_doubtful_cells

CELLS = tuple(Box(left, top, left + 50, top + 14) for top in (100, 116) for left in (0, 52, 104))


def word(text: str, confidence: float, cell: Box, at: float = 2.0, width: float = 20.0) -> Word:
    return Word(text, confidence, Box(cell.left + at, cell.top + 3, cell.left + at + width, cell.top + 11))


class Alone:
    """What each cell is read as by itself, and which were asked for."""

    def __init__(self, confidence: float = 0.9) -> None:
        self.confidence = confidence
        self.asked: list[Box] = []

    def __call__(self, cell: Box) -> Sequence[Word]:
        self.asked.append(cell)
        return [word(f"cell{CELLS.index(cell)}", self.confidence, cell)]


def read(words: Sequence[Word], alone: Alone, empty: Sequence[Box] = ()) -> list[str]:
    return [w.text for w in with_doubtful_cells(tuple(words), CELLS, lambda cell: cell not in empty, alone)]


def test_cells_that_were_read_well_and_empty_ones_are_left_alone():
    alone = Alone()
    words = [word(f"w{n}", 0.9, cell) for n, cell in enumerate(CELLS[:5])]
    assert read(words, alone, empty=CELLS[5:]) == ["w0", "w1", "w2", "w3", "w4"]
    assert alone.asked == []


def test_a_doubtful_cell_counts_as_it_is_read_alone_where_that_is_surer():
    words = [word(f"w{n}", 0.3 if n == 4 else 0.9, cell) for n, cell in enumerate(CELLS)]
    assert read(words, Alone()) == ["w0", "w1", "w2", "w3", "w5", "cell4"]
    assert read(words, Alone(0.2)) == ["w0", "w1", "w2", "w3", "w4", "w5"]


def test_ink_in_which_nothing_was_read_is_read_alone():
    words = [word(f"w{n}", 0.9, cell) for n, cell in enumerate(CELLS) if n != 1]
    assert read(words, Alone()) == ["w0", "w2", "w3", "w4", "w5", "cell1"]


def test_where_most_of_a_row_is_doubtful_all_of_it_is_read_alone():
    words = [word(f"w{n}", 0.2 if n < 2 else 0.8, cell) for n, cell in enumerate(CELLS)]
    assert read(words, Alone()) == ["w3", "w4", "w5", "cell0", "cell1", "cell2"]


def test_a_cell_in_which_words_lie_on_each_other_is_read_alone():
    words = [word(f"w{n}", 0.95, cell) for n, cell in enumerate(CELLS)]
    ghost = word("542.6", 0.9, CELLS[3], at=6.0, width=14.0)
    assert read([*words, ghost], Alone(0.85)) == ["w0", "w1", "w2", "w4", "w5", "cell3"]
