"""Light print in dark bars becomes dark on light; dark pictures, and bars that nothing is printed in, stay."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.dark_bars import with_bars_light
from ocr.geometry import UprightPicture

INCH = 200


def page(*, bar: int | None = 60, high: int = 60, text: str = "Zav. nomer 527735") -> np.ndarray:
    """A page with a line of dark print and under it a bar of such a brightness and height, with light print."""
    sheet = np.full((1200, 1400), 255, np.uint8)
    cv2.putText(sheet, "Otchet za noyabr", (100, 200), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 20, 3)
    if bar is not None:
        sheet[400 : 400 + high, 100:1300] = bar
        cv2.putText(sheet, text, (120, 443), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 250, 3)
    return sheet


def test_the_light_print_of_a_bar_is_dark_on_white() -> None:
    sheet = page()
    out = with_bars_light(sheet, INCH)
    bar, was = out[410:450, 110:1290], sheet[410:450, 110:1290]
    assert np.median(bar) > 250
    assert bar[was > 240].mean() < 30
    assert np.array_equal(out[:390], sheet[:390])


def test_print_without_a_bar_and_a_bar_without_print_stay_as_they_are() -> None:
    for sheet in (page(bar=None), page(text="")):
        assert with_bars_light(sheet, INCH) is sheet


def test_a_thick_line_under_print_is_no_bar() -> None:
    sheet = page(bar=None)
    sheet[400:406, 100:1300] = 40  # as the frame of a table
    sheet[400:900, 100:106] = 40
    assert with_bars_light(sheet, INCH) is sheet


def test_a_dark_picture_stays() -> None:
    sheet = page(high=600)
    assert np.array_equal(with_bars_light(sheet, INCH), sheet)


def test_a_page_drawn_from_its_text_layer_has_its_bars_light_too() -> None:
    """Else the bar is a stroke through the number that is printed in it."""
    sheet = page()
    grey = UprightPicture.already(cv2.cvtColor(sheet, cv2.COLOR_GRAY2BGR), INCH).grey
    assert np.median(grey[410:450, 110:1290]) > 250


def test_a_page_drawn_on_white_keeps_its_colours_and_a_tinted_one_is_flattened() -> None:
    drawn = np.full((1170, 827, 3), 255, np.uint8)
    drawn[100:700:12, 50:770] = drawn[100:700, 50:770:24] = 0  # a dense table
    assert np.array_equal(UprightPicture.already(drawn, 100).colour, drawn)
    tinted = np.full((1170, 827, 3), (255, 240, 225), np.uint8)
    tinted[300:320, 100:700] = 20
    assert UprightPicture.already(tinted, 100).colour[600, 400].min() > 250
