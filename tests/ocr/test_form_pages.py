"""A form is found by its code, laid flat by its marks, and its boxes are read, however it was scanned or photographed."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
import pytest
from PIL import Image

from metering import form_layout as layout
from metering.form_layout import MILLIMETRE
from metering.forms import FormMeter, is_sealed
from metering.reports import PenOver
from metering.units import MeterKind, Unit
from ocr.form import PIXELS_PER_INCH, find_forms
from ocr.reader import PageReader
from tests.corpus import degrade
from tests.ocr.conftest import Read
from tests.ocr.drawing import word
from tests.support.filled_forms import FONTS, drawn, typed
from tests.support.forms import KEY, blank_form, fill_in

NUMBERS = [("1326.79", "42.42"), ("1300.00", "14.63")]


def combs() -> list[layout.Comb]:
    places = [layout.meter_places(n, FormMeter("", MeterKind.HEAT, Unit.GCAL)) for n in (0, 1)]
    return [comb for place in places for comb in (place.current, place.consumption)]


def arrived(page: np.ndarray, way: str, seed: int = 5) -> np.ndarray:
    """The page as it comes in, BGR."""
    random, picture = Random(seed), Image.fromarray(page)
    if way in degrade.SCANS:
        picture = degrade.scan(picture, way, random)
    else:
        picture = degrade.photograph(picture.point(lambda value: round(value * 0.94)), random, hard=True)
    if way == "messenger":
        picture = degrade.through_messenger(picture, random)
    return cv2.cvtColor(np.asarray(picture.convert("RGB")), cv2.COLOR_RGB2BGR)


@pytest.mark.parametrize("way", ["scan200", "bw200", "rot", "messenger"])
def test_places_are_found_to_a_third_of_a_millimetre(way: str):
    page = blank_form()
    middles = [comb.around.middle for comb in combs()]
    for x, y in middles:  # a dot where the layout has the middle of a comb
        cv2.circle(page, (round(x * 200 / 72), round(y * 200 / 72)), 4, (0, 0, 0), -1)
    (form,) = find_forms(arrived(page, way))
    assert is_sealed(form.text, KEY)
    assert form.upright is not None
    scale, reach = PIXELS_PER_INCH / 72, 20
    for x, y in middles:
        left, top = round(x * scale) - reach, round(y * scale) - reach
        around = 255 - form.upright.grey[top : top + 2 * reach, left : left + 2 * reach].astype(int)
        around[around < 130] = 0
        rows, columns = np.nonzero(around)
        off = np.hypot(columns.mean() - reach, rows.mean() - reach) / scale / MILLIMETRE
        assert off < 0.34


@pytest.mark.parametrize("way", ["scan200", "bw200", "messenger"])
def test_nothing_is_seen_in_empty_boxes(way: str, page_reader: PageReader, read: Read):
    page = read(arrived(blank_form(), way), None if way == "messenger" else 200)
    assert page.is_form
    for comb in (*combs(), layout.READING_DATE, layout.REPORT_DATE):
        assert not any(box.inked for box in page.boxes(comb))
    for place in (layout.POSITION, layout.SIGNATORY):
        assert not page.is_inked(place)
    assert not page.signature().value
    assert not page.stamp().value


@pytest.mark.parametrize(("way", "writing"), [("scan200", "typed"), ("rot", "drawn"), ("messenger", "drawn")])
def test_digits_in_boxes_are_read_by_both_readers(way: str, writing: str, read: Read):
    random = Random(8)
    filled = blank_form()
    fill_in(filled, NUMBERS, typed(FONTS[0]) if writing == "typed" else drawn(random), random)
    page = read(arrived(filled, way), None if way == "messenger" else 200)
    for comb, number in zip(combs(), [n for pair in NUMBERS for n in pair], strict=True):
        boxes = [box for box in page.boxes(comb) if box.inked]
        digits = number.replace(".", "")
        assert "".join(str(int(np.argmax(box.chances))) for box in boxes) == digits
        assert "".join(box.together or box.alone for box in boxes) == digits
    assert page.signature().value
    assert page.stamp().value
    assert page.pen_over() is None


def test_digits_that_fill_their_boxes_are_no_word_across_a_form_and_a_word_is(read: Read):
    page = blank_form(meters=4)
    fill_in(page, [("8296.79", "442.42")] * 4, drawn(Random(2)), Random(2))
    assert read(arrived(page, "scan200")).pen_over() is None
    for line in word("НЕТО", 40, 70, 16):
        points = np.array(line) * MILLIMETRE * 200 / 72
        cv2.polylines(page, [np.round(points).astype(np.int32)], isClosed=False, color=(28, 63, 168), thickness=4)
    assert read(arrived(page, "scan200")).pen_over() is PenOver.WRITTEN_OVER


def test_a_form_without_its_marks_is_read_as_any_page(read: Read):
    page = blank_form()
    for x, y in layout.MARKS[2:]:
        at = tuple(round((v - 4) * MILLIMETRE * 200 / 72) for v in (x, y))
        cv2.rectangle(page, at, (at[0] + 64, at[1] + 64), (255, 255, 255), -1)
    read_page = read(cv2.cvtColor(page, cv2.COLOR_RGB2BGR))
    assert not read_page.is_form
    assert len(read_page.codes) == 1  # what it claims is still known


def test_a_mark_that_is_gone_does_not_matter():
    page = blank_form()
    x, y = (round((v - 4) * MILLIMETRE * 200 / 72) for v in layout.MARKS[3])
    cv2.rectangle(page, (x, y), (x + 64, y + 64), (255, 255, 255), -1)
    (form,) = find_forms(arrived(page, "scan200"))
    assert form.upright is not None


def test_another_code_is_none_of_ours():
    page = np.full((1754, 1240, 3), 255, np.uint8)
    assert find_forms(page) == ()
