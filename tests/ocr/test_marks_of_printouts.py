"""What a calculator's printout is typed with, bars between its columns and rows of dashes, is neither a signature nor a stamp."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from metering.pages import Box, Page, PageSource, Word
from ocr.geometry import UprightPicture
from ocr.ink import Ink
from ocr.signatures import signature_mark
from ocr.stamps import find_ring, stamp_mark

BLACK = (0, 0, 0)
BARS, ROWS = (150, 260, 370, 480), range(500, 640, 14)


def printout() -> tuple[np.ndarray, Page]:
    """Rows between bars, beside each of which the last digits of a number touch it that was not read."""
    picture = np.full((1169, 827, 3), 255, np.uint8)
    words = [Word("1204,11", 0.95, Box(500 * 0.72, top * 0.72, 550 * 0.72, (top + 9) * 0.72)) for top in ROWS]
    for x in BARS:
        for top in ROWS:
            cv2.line(picture, (x, top), (x, top + 11), BLACK, 1)
            cv2.polylines(picture, [np.array([[x - 18, top + 8], [x - 12, top + 1], [x - 7, top + 8], [x - 3, top + 1]])], False, BLACK, 1)
            words.append(Word("|", 0.9, Box(x * 0.72, top * 0.72, (x + 1) * 0.72, (top + 11) * 0.72)))
    return picture, Page(1, 595.4, 841.7, tuple(words), PageSource.OCR)


def test_bars_that_touch_numbers_of_which_some_were_not_read_are_no_signature():
    picture, page = printout()
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert (mark.value, mark.confidence > 0.9) == (False, True)


@pytest.mark.parametrize(("row", "is_sure"), [(800, True), (560, False)])
def test_a_pen_on_a_printout_is_a_signature_below_its_rows_and_no_sure_absence_across_them(row: int, is_sure: bool):
    picture, page = printout()
    stroke = np.array([[200 + 14 * n, row + (22 if n % 2 else -18)] for n in range(9)], np.int32)
    cv2.polylines(picture, [stroke], False, BLACK, 2, cv2.LINE_AA)
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert mark.value if is_sure else mark.confidence < 0.9


@pytest.mark.parametrize("stamped", [True, False])
def test_rows_of_dashes_are_no_stamp_and_hide_none(stamped: bool):
    picture = np.full((1169, 827, 3), 255, np.uint8)
    for y in range(400, 620, 12):
        for x in range(60, 760, 11):
            cv2.line(picture, (x, y), (x + 6, y), BLACK, 1)
    if stamped:
        cv2.circle(picture, (400, 510), 70, (90, 90, 90), 3, cv2.LINE_AA)
    page = Page(1, 595.4, 841.7, (), PageSource.OCR)
    ink = Ink.of(UprightPicture.already(picture, 100), page)
    mark = stamp_mark(find_ring(ink), ink, 1)
    assert (mark.value, mark.confidence > 0.9) == (stamped, True)
