"""Lines that spoil the print beside them: rows of dots below it, a table's upright line read as a 1."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import ImageDraw

from metering.pages import Box, Word
from ocr.dotted import without_dotted_lines
from ocr.rule_marks import without_rule_marks
from tests.ocr.drawing import DPI, draw_report


def with_dots(lean: float) -> tuple[np.ndarray, np.ndarray]:
    """A page as it is printed, and with rows of dots below its fields, which lean by so many pixels over its width."""
    page = draw_report()
    plain = np.asarray(page.convert("L"))
    pen = ImageDraw.Draw(page)
    for row in range(5):
        for left in range(150, 1500, 4):
            top = round(340 + 55 * row + lean * left / 1500)
            pen.rectangle((left, top, left + 1, top + 1), fill=(90, 90, 90))
    return plain, np.asarray(page.convert("L"))


def test_rows_of_dots_are_taken_out_and_what_crosses_them_stays() -> None:
    plain, dotted = with_dots(lean=5)
    cleaned = without_dotted_lines(dotted, DPI)
    spoilt, left = (np.count_nonzero(cv2.absdiff(one, plain) > 60) for one in (dotted, cleaned))
    assert left < 0.03 * spoilt
    lost = np.count_nonzero((plain < 100) & (cleaned > 200))
    assert lost < 0.002 * np.count_nonzero(plain < 100)


def test_a_page_without_rows_of_dots_is_left_as_it_is() -> None:
    plain, _ = with_dots(lean=0)
    assert without_dotted_lines(plain, DPI) is plain


def word(text: str, *sides: tuple[float, float]) -> Word:
    symbols = tuple(Box(left, 100.0, right, 110.0) for left, right in sides)
    return Word(text, 0.25, Box.around(list(symbols)), symbols)


LINE = Box(154.0, 60.0, 156.0, 200.0)
DIGITS = ((159.3, 166.5), (168.2, 174.8), (176.3, 183.2), (184.3, 191.5))


def test_what_a_tables_line_left_on_a_number_is_taken_off() -> None:
    (kept,) = without_rule_marks([word("14564", (159.3, 159.6), *DIGITS)], [LINE])
    assert kept.text == "4564"
    assert len(kept.symbols) == 4


def test_a_printed_one_stays_beside_a_line_and_without_one() -> None:
    printed = word("14564", (154.5, 156.5), *DIGITS)
    assert without_rule_marks([printed], [LINE]) == (printed,)
    mark = word("14564", (159.3, 159.6), *DIGITS)
    assert without_rule_marks([mark], []) == (mark,)
