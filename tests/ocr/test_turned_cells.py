"""Heads of narrow columns that run up or down the page are read turned; cells that were read as they stand are left alone."""

from __future__ import annotations

from collections.abc import Sequence

from metering.pages import Box, Word
from ocr.turned_cells import with_turned_heads

CELLS = tuple(Box(left, 100, left + 40, 200) for left in (0, 42, 84, 126))
BELOW = tuple(Box(cell.left, 202, cell.right, 216) for cell in CELLS)
LEVEL = Word("218,38", 0.95, Box(90, 204, 120, 214))


class Turned:
    """What each cell says one way; nothing the other way. asked: how often."""

    def __init__(self, *, upwards: bool = True) -> None:
        self.upwards = upwards
        self.asked = 0

    def __call__(self, cell: Box, upwards: bool) -> Sequence[Word]:
        self.asked += 1
        sure = 0.9 if upwards == self.upwards else 0.2
        return [Word(text, sure, Box(0, 0, 30, 9)) for text in (f"head{CELLS.index(cell)}", "Гкал")]


def read(words: Sequence[Word], turned: Turned, cells: Sequence[Box] = CELLS) -> tuple[Word, ...]:
    return with_turned_heads(tuple(words), [*cells, *BELOW], lambda cell: cell in CELLS, turned)


def test_high_cells_in_which_nothing_was_read_say_their_words_one_under_the_other():
    turned = Turned()
    words = read([LEVEL, Word("=|", 0.2, Box(50, 120, 60, 130))], turned)
    assert [word.text for word in words] == ["218,38", *(text for n in range(4) for text in (f"head{n}", "Гкал"))]
    head, unit = words[1:3]
    assert CELLS[0].holds(head.box)
    assert CELLS[0].holds(unit.box)
    assert head.box.bottom <= unit.box.top
    assert turned.asked == len(CELLS) + 1  # the way is told by one cell, read once each way


def test_print_may_run_down_the_page_too():
    assert {word.text for word in read([], Turned(upwards=False))} == {"Гкал", "head0", "head1", "head2", "head3"}


def test_cells_that_were_read_as_they_stand_and_fewer_than_three_are_not_turned():
    turned = Turned()
    said = [Word("Расход", 0.9, Box(cell.left + 2, 150, cell.right - 2, 160)) for cell in CELLS]
    assert read(said, turned) == tuple(said)
    assert read([], turned, CELLS[:2]) == ()
    assert turned.asked == 0


def test_where_the_largest_cell_says_nothing_either_way_the_others_are_not_asked():
    asked: list[Box] = []

    def rubbish(cell: Box, upwards: bool) -> Sequence[Word]:
        asked.append(cell)
        return [Word("=|", 0.3, cell)]

    assert with_turned_heads((LEVEL,), CELLS, lambda cell: True, rubbish) == (LEVEL,)
    assert len(asked) == 2
