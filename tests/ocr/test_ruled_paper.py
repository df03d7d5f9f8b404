"""Squared and lined paper loses its ruling; tables, and what is written on the lines, stay."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.ruled_paper import cleared_alike, without_ruling

INCH = 200
PITCH = round(5 / 25.4 * INCH)


def paper(*, squared: bool, line: int = 205, margin: int = 0, wide: int = PITCH) -> np.ndarray:
    """A page with level lines, upright ones too, of such a brightness and so far apart, with a written stroke across them and print on
    one; around them a margin, of four such below."""
    page = np.full((1600, 1100), 254, np.uint8)
    for y in range(max(PITCH, margin), 1600 - 4 * margin, PITCH):
        page[y : y + 2, margin : 1100 - margin] = line
    for x in range(max(PITCH, margin), 1100 - margin, wide) if squared else ():
        page[margin : 1600 - 4 * margin, x : x + 2] = line
    cv2.line(page, (500, 300), (520, 420), 60, 4)
    cv2.putText(page, "Dogovor", (100, 10 * PITCH), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 20, 2)
    return page


@pytest.mark.parametrize("squared", [True, False])
def test_ruling_goes_and_strokes_across_it_stay(squared: bool) -> None:
    ruled = paper(squared=squared)
    cleaned = without_ruling(ruled, INCH)
    assert np.mean(cleaned < 240) < 0.25 * np.mean(ruled < 240)
    strokes = ruled < 100
    assert cleaned[strokes].max() < 110


def test_squares_with_a_margin_go_and_print_that_hides_lines_keeps_none() -> None:
    ruled = paper(squared=True, margin=110)
    for y in range(310, 900, 60):  # a label on every other line or so, in two strips
        cv2.putText(ruled, "HHHHHHHH", (120, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 20, 9)
    cleaned = without_ruling(ruled, INCH)
    assert np.mean(cleaned[ruled >= 100] < 240) < 0.1 * np.mean(ruled[ruled >= 100] < 240)
    assert cleaned[ruled < 100].max() < 110


def test_a_table_of_black_lines_and_those_with_margins_stay() -> None:
    tables = (paper(squared=False, margin=110), paper(squared=True, margin=110, wide=2 * PITCH), paper(squared=True, margin=110, line=30))
    for page in (paper(squared=True, line=30), *tables, np.full((1600, 1100), 254, np.uint8)):
        assert without_ruling(page, INCH) is page


def test_the_ruling_goes_from_the_colours_too_and_ink_stays() -> None:
    grey = paper(squared=True)
    colour = cv2.cvtColor(cv2.resize(grey, None, fx=0.625, fy=0.625, interpolation=cv2.INTER_AREA), cv2.COLOR_GRAY2BGR)
    colour[..., 0][colour[..., 0] < 250] = 255  # blue lines, blue ink
    cleaned = cleared_alike(colour, grey, without_ruling(grey, INCH))
    written = colour[..., 1] < 100
    assert np.mean(cleaned[..., 1] < 240) < 0.25 * np.mean(colour[..., 1] < 240)
    assert np.mean(cleaned[written][:, 1] < 120) > 0.9
