"""What is written in a place falls into groups at its widest gaps, line by line."""

from __future__ import annotations

import numpy as np

from metering.pages import Box, Page, PageSource
from ocr.hand_groups import written_groups

DOTS = 2  # pixels a point
PLACE = Box(100, 100, 300, 140)


def sheet(*strokes: tuple[float, float, float, float]) -> np.ndarray:
    """A grey page of 595 by 842 points with strokes of a pen: left, top, right, bottom."""
    page = np.full((842 * DOTS, 595 * DOTS), 255, np.uint8)
    for left, top, right, bottom in strokes:
        page[round(top * DOTS) : round(bottom * DOTS), round(left * DOTS) : round(right * DOTS)] = 40
    return page


def word(left: float, top: float, letters: int) -> list[tuple[float, float, float, float]]:
    """Upright strokes of ten points, a point apart."""
    return [(left + 4 * n, top, left + 4 * n + 3, top + 10) for n in range(letters)]


def groups(*strokes: tuple[float, float, float, float], boxed: bool = False) -> list[list[tuple[int, int]]]:
    found = written_groups(sheet(*strokes), Page(1, 595.0, 842.0, (), PageSource.OCR), PLACE, boxed)
    return [[(round(box.left), round(box.right)) for box in way] for way in found]


def test_a_line_is_parted_at_its_widest_gap_first() -> None:
    strokes = [*word(110, 115, 4), *word(130, 115, 3), *word(150, 115, 5)]
    assert groups(*strokes) == [[(110, 169)], [(110, 141), (150, 169)], [(110, 125), (130, 141), (150, 169)]]


def test_the_line_to_write_on_joins_nothing_and_lines_stand_apart() -> None:
    rule = (100, 138, 300, 138.8)
    assert groups(*word(110, 104, 4), *word(120, 122, 5), rule)[0] == [(110, 125), (120, 139)]


def test_what_is_lower_than_a_letter_is_no_word_and_paper_has_none() -> None:
    assert groups(*word(110, 115, 4), (140, 122, 143, 125))[1] == [(110, 125)]
    assert groups() == []
    assert groups(*word(110, 115, 4), boxed=True) == [[(110, 125)]]
