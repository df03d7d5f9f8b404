"""Scans that are hard on the eye: halftones, dense tables on their side, what is left of a stamp in black and white."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
import pytest
from PIL import Image

from metering.pages import Page, PageSource
from metering.units import Unit
from ocr.curl import find_bend, unbent_places
from ocr.direction import DirectionReader
from ocr.dotted_stamps import find_dotted_ring
from ocr.geometry import SMALL, UprightPicture, _is_sideways, _upright_turn
from ocr.halftone import without_dots
from ocr.ink import Ink
from ocr.pen_on_stamp import pen_on_stamp
from ocr.stamps import find_ring, stamp_mark
from tests.bench.hand_forms import draw_form
from tests.bench.hand_sheet import PIXELS_PER_INCH
from tests.bench.written_hands import Hands
from tests.corpus.facts import Demand, complete, invent
from tests.ocr.drawing import draw_report


def one_bit(page: Image.Image, dither: Image.Dither) -> np.ndarray:
    pale = page.convert("L").resize((1240, 1754)).point(lambda v: 40 + v * 200 // 255)
    return cv2.cvtColor(np.asarray(pale.convert("1", dither=dither)).astype(np.uint8) * 255, cv2.COLOR_GRAY2BGR)


def test_a_halftone_becomes_grey_and_clean_print_stays() -> None:
    page = draw_report()
    halftone, clean = one_bit(page, Image.Dither.FLOYDSTEINBERG), one_bit(page, Image.Dither.NONE)
    assert len(np.unique(without_dots(halftone))) > 100
    assert without_dots(clean) is clean


def test_the_grain_of_a_sheets_edge_is_no_word_down_the_page() -> None:
    """As a scanner of one bit leaves it along one side."""
    letters = np.zeros((1460, 1030), np.uint8)
    for line in range(6):
        for left in range(60, 60 + 90 * (line % 3 + 2), 9):
            letters[100 + 24 * line : 110 + 24 * line, left : left + 7] = 255
    grain = np.random.default_rng(3).random((1460, 16)) < 0.4
    letters[:, -18:-2][grain] = 255
    assert not _is_sideways(letters)
    assert _is_sideways(cv2.rotate(letters, cv2.ROTATE_90_CLOCKWISE))


@pytest.mark.parametrize("pitch", [12, 13, 17])
def test_lines_of_small_digits_that_stand_close_are_no_words_down_the_page(pitch: int) -> None:
    """A month of days in the small print of a calculator's program: columns of digits, as long as the table is high."""
    letters = np.zeros((900, 700), np.uint8)
    for top in range(50, 800, pitch):  # nine pixels high
        for left in range(40, 640, 9):
            if (left - 40) // 9 % 8 < 6:  # words of six, two pixels between their letters
                letters[top : top + 9, left : left + 7] = 255
    assert not _is_sideways(letters)
    assert _is_sideways(cv2.rotate(letters, cv2.ROTATE_90_CLOCKWISE))


def test_bars_of_a_typed_table_are_no_words_that_run_down() -> None:
    """A calculator's printout in small type that leans a little: its bars stand under one another as close as the letters of a word."""
    letters = np.zeros((900, 700), np.uint8)
    for top in range(50, 800, 16):
        lean = round(0.012 * top)
        for left in range(40 + lean, 640 + lean, 9):
            if (left - 40 - lean) // 9 % 16 < 5:
                letters[top : top + 9, left : left + 7] = 255
            if (left - 40 - lean) // 9 % 4 == 3:
                letters[top - 2 : top + 12, left : left + 3] = 255
    assert not _is_sideways(letters)
    assert _is_sideways(cv2.rotate(letters, cv2.ROTATE_90_CLOCKWISE))


def test_dotted_letters_of_wide_spaced_words_are_no_words_that_run_down() -> None:
    """A large hand: its letters stand too far apart to be joined, an i and its dot do not."""
    letters = np.zeros((900, 700), np.uint8)
    for top in range(50, 800, 60):
        for left in range(40, 640, 22):
            if (left - 40) // 22 % 7:
                letters[top + 9 : top + 26, left : left + 18] = 255
            else:
                letters[top : top + 5, left + 6 : left + 12] = letters[top + 7 : top + 26, left + 6 : left + 12] = 255
    assert not _is_sideways(letters)
    assert _is_sideways(cv2.rotate(letters, cv2.ROTATE_90_CLOCKWISE))


@pytest.mark.parametrize(("kind", "quarters"), [("lines", 1), ("boxed", 2)])
def test_a_form_filled_in_by_hand_is_turned_upright_by_its_print(kind: str, quarters: int) -> None:
    """Most of its longest lines are written ones, and few of its letters make words."""
    chance = Random(0)
    facts = complete(invent(chance, "uz", Demand(most_meters=1, units=(Unit.GCAL,), one_unit=True, hot_water=False)))
    page = np.asarray(draw_form(kind, facts, Hands({}), [], chance).convert("L"))
    small = cv2.resize(page, None, fx=SMALL / PIXELS_PER_INCH, fy=SMALL / PIXELS_PER_INCH, interpolation=cv2.INTER_AREA)
    turn, _, _ = _upright_turn(np.ascontiguousarray(np.rot90(small, quarters)), DirectionReader(), is_photo=False)
    assert round(np.degrees(np.arctan2(turn[1, 0], turn[0, 0])) / 90) % 4 == quarters


def dotted_ring(dots: int) -> Ink:
    """A page with so many specks on the circle of a stamp."""
    picture = np.full((1461, 1033, 3), 255, np.uint8)
    for angle in np.linspace(0, 2 * np.pi, dots, endpoint=False):
        centre = round(500 + 95 * np.cos(angle)), round(900 + 95 * np.sin(angle))
        cv2.circle(picture, centre, 1, (0, 0, 0), -1)
    upright = UprightPicture(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), picture, 125)
    return Ink.of(upright, Page(1, *upright.points, (), PageSource.OCR))


def test_traces_of_a_stamp_prove_none_and_leave_its_absence_open() -> None:
    clean, traces = dotted_ring(0), dotted_ring(90)
    assert stamp_mark(find_ring(clean), clean, 1).confidence >= 0.9
    mark = stamp_mark(None, traces, 1)
    assert not mark.value
    assert mark.confidence < 0.9


def dotted_page(*circles: tuple[int, int], strewn: int = 60) -> tuple[np.ndarray, Ink]:
    """A page of 200 dpi with specks all over, and so many on each circle of a radius: grey, and its ink."""
    chance, grey = Random(5), np.full((2338, 1654), 255, np.uint8)
    places = [(chance.randrange(1654), chance.randrange(2338)) for _ in range(strewn)]
    for radius, dots in circles:
        angles = [chance.uniform(0, 2 * np.pi) for _ in range(dots)]
        places += [(round(800 + radius * np.cos(angle)), round(1500 + radius * np.sin(angle))) for angle in angles]
    for x, y in places:
        grey[y : y + 2, x : x + 1] = 0
    upright = UprightPicture(grey, cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), 200)
    return grey, Ink.of(upright, Page(1, *upright.points, (), PageSource.OCR))


@pytest.mark.parametrize(
    ("circles", "head", "value", "confidence"),
    [
        ([(150, 110), (80, 14)], 0, True, 0.9),
        ([(150, 110), (80, 14)], 800, True, 0.7),  # an emblem in the head of the page
        ([(150, 110)], 0, False, 0.7),  # a single circle is a place for a stamp, or a pen's
        ([(150, 24), (80, 6)], 0, False, 0.7),
        ([], 0, False, 0.99),
        ([(120, 3), (300, 60)], 0, False, 0.99),
    ],
)
def test_two_circles_of_dots_are_a_seal_that_a_scan_in_black_and_white_left(
    circles: list[tuple[int, int]], head: float, value: bool, confidence: float
) -> None:
    grey, ink = dotted_page(*circles)
    mark = stamp_mark(None, ink, 1, lambda: find_dotted_ring(grey, 200, ink, head))
    assert (mark.value, mark.confidence) == (value, confidence)


def test_a_dark_pen_on_a_pale_stamp_is_told_from_it_though_both_are_grey() -> None:
    picture = np.full((1461, 1033, 3), 255, np.uint8)
    for radius in (95, 50):
        cv2.circle(picture, (500, 900), radius, (180,) * 3, 4)
    stamped = picture.copy()
    wave = np.array([(430 + x, round(880 + 22 * np.sin(x / 11))) for x in range(160)], np.int32)
    cv2.polylines(picture, [wave], False, (90,) * 3, 4)
    found = []
    for page in (stamped, picture):
        upright = UprightPicture(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), page, 125)
        ink = Ink.of(upright, Page(1, *upright.points, (), PageSource.OCR))
        ring = find_ring(ink)
        assert ring is not None
        found.append(np.count_nonzero(pen_on_stamp(ink, (ink.darkness > 40) * np.uint8(255), ring)))
    assert found[0] == 0
    assert found[1] > 300


@pytest.mark.parametrize(("ink_of", "is_pen"), [((209, 108, 75), True), ((160, 150, 145), False)])
def test_a_blue_pen_on_a_blue_stamp_is_told_from_it_by_a_little_of_its_hue_and_black_print_is_not(
    ink_of: tuple[int, int, int], is_pen: bool
) -> None:
    picture = np.full((1461, 1033, 3), 255, np.uint8)
    for radius in (95, 50):
        cv2.circle(picture, (500, 900), radius, (170, 120, 105), 4)
    wave = np.array([(470 + x, round(828 + 14 * np.sin(x / 9))) for x in range(60)], np.int32)
    cv2.polylines(picture, [wave], False, ink_of, 4)
    upright = UprightPicture(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), picture, 125)
    ink = Ink.of(upright, Page(1, *upright.points, (), PageSource.OCR))
    ring = find_ring(ink)
    assert ring is not None
    _, known = pen_on_stamp(ink, (ink.darkness > 40) * np.uint8(255), ring)
    assert (np.count_nonzero(known) > 50) == is_pen


def test_lines_of_a_sheet_that_curls_are_made_straight() -> None:
    height, width = 1461, 1033
    bowed = np.zeros((height, width), np.uint8)
    x = np.arange(90, 940)
    for top in range(150, 1000, 28):
        fall = 22 * np.sin(np.pi * x / width)
        for column, y in zip(x, np.round(top + fall).astype(int), strict=True):
            if column % 11 < 8:
                bowed[y : y + 10, column] = 255
    joined = cv2.morphologyEx(bowed, cv2.MORPH_CLOSE, np.ones((1, 21), np.uint8))
    lines = [tuple(int(v) for v in row[:4]) for row in cv2.connectedComponentsWithStats(joined)[2][1:]]
    bend = find_bend(bowed, lines)
    assert bend is not None
    flat = cv2.remap(bowed, *unbent_places(np.eye(3), bend, (width, height), 1.0), cv2.INTER_LINEAR)
    inked = [np.flatnonzero(flat[140:200, column] > 128) for column in (100, 517, 930)]
    assert max(places.min() for places in inked if places.size) - min(places.min() for places in inked if places.size) <= 5
    assert find_bend(flat, [(90, top, 850, 10) for top in range(150, 1000, 28)]) is None
