"""A pen over print: a page crossed out, a word written across it, a value struck out; signatures, ticks and numbers above are none."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import cv2
import pytest
from PIL import Image, ImageDraw

from metering.pages import Page, PageSource
from metering.reports import PenOver
from ocr.reader import PageReader
from tests.ocr.drawing import BLACK, BLUE, MILLIMETRE, Line, Report, Signature, Stamp, draw_report, photograph, press, scan, sign, word

RED = (176, 16, 32)
CROSS: tuple[Line, ...] = (((30, 30), (110, 75), (185, 118)), ((180, 32), (105, 70), (28, 120)))
SLASH: tuple[Line, ...] = (((30, 110), (100, 72), (170, 30)),)
BELOW_ALL: tuple[Line, ...] = (((30, 190), (180, 192), (32, 260), (178, 262)),)
TICKS: tuple[Line, ...] = (((192, 90), (194, 93), (198, 86)), ((85, 63), (110, 62.5)))


def drawn(page: Image.Image, lines: tuple[Line, ...], colour: tuple[int, int, int] = BLUE, pen: float = 0.5) -> Image.Image:
    """The page with strokes of a pen; points and the pen's width in millimetres."""
    page = page.copy()
    for line in lines:
        points = [(x * MILLIMETRE, y * MILLIMETRE) for x, y in line]
        ImageDraw.Draw(page).line(points, fill=colour, width=round(pen * MILLIMETRE), joint="curve")
    return page


@pytest.fixture(scope="module")
def right() -> Image.Image:
    return press(sign(draw_report(), Signature()), Stamp(x=125))


@pytest.fixture(scope="module")
def right_page(right: Image.Image, page_reader: PageReader, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """What is read on its scan: read once, for those who ask where a word of it stands."""
    path = tmp_path_factory.mktemp("right") / "page.ppm"
    assert cv2.imwrite(str(path), scan(right))
    return page_reader.read(path, 200, 1).page


@pytest.mark.parametrize(
    ("lines", "colour", "kind"),
    [(CROSS, BLUE, "colour"), (CROSS, BLACK, "black"), (SLASH, BLACK, "grey"), (SLASH, RED, "colour")],
)
def test_a_page_that_a_pen_crossed_out_is_seen(read, right: Image.Image, lines: tuple[Line, ...], colour: tuple[int, int, int], kind: str):
    assert read(scan(drawn(right, lines, colour), kind, 0.7)).pen_over() is PenOver.CROSSED_OUT


@pytest.mark.parametrize(("text", "size", "kind"), [("НЕТНЕТ", 11, "grey"), ("ОТНЕТ", 8, "black"), ("НЕТО", 14, "colour")])
def test_a_word_in_large_letters_by_hand_across_the_page_is_seen(read, right: Image.Image, text: str, size: float, kind: str):
    assert read(scan(drawn(right, word(text, 60, 75, size)), kind)).pen_over() is PenOver.WRITTEN_OVER


@pytest.mark.parametrize("kind", ["colour", "grey", "black"])
def test_a_signed_page_with_ticks_a_number_in_its_head_and_a_crossed_empty_place_is_as_it_was_printed(read, right: Image.Image, kind: str):
    number = word("НТЕН", 150, 8, 6)
    assert read(scan(drawn(right, (*TICKS, *number, *BELOW_ALL)), kind, -0.6)).pen_over() is None


def test_who_signs_in_the_head_writes_over_nothing(read, right: Image.Image):
    assert read(scan(sign(right, Signature(x=150, y=60, width=32, height=12)))).pen_over() is None


def test_who_signs_beside_a_narrow_table_writes_over_nothing(read):
    page = draw_report(Report(further=("Ср. 12,50", "Ср. 13,75", "Ср. 14,25", "Ср. 15,50")))
    assert read(scan(sign(page, Signature(x=145, y=106, width=36, height=14)))).pen_over() is None


def test_a_photo_of_a_page_is_as_it_was_printed_and_one_crossed_out_is_not(read, right: Image.Image):
    assert read(photograph(right, seed=3), None).pen_over() is None
    assert read(photograph(drawn(right, CROSS), seed=3), None).pen_over() is PenOver.CROSSED_OUT


def test_a_pen_beside_a_text_layer_is_seen(right: Image.Image, right_page: Page, page_reader: PageReader, tmp_path: Path):
    page = dataclasses.replace(right_page, source=PageSource.TEXT_LAYER)
    path = tmp_path / "rendered.ppm"
    for lines, seen in (((), None), (CROSS, PenOver.CROSSED_OUT), (word("НЕТО", 60, 75, 12), PenOver.WRITTEN_OVER)):
        cv2.imwrite(str(path), scan(drawn(right, lines), dpi=100))
        assert page_reader.show(path, page).pen_over() is seen


@pytest.mark.parametrize(("colour", "kind"), [(BLUE, "colour"), (BLACK, "grey")])
def test_a_stroke_through_a_word_strikes_it_out_and_one_under_it_not(read, right: Image.Image, colour: tuple[int, int, int], kind: str):
    clean = read(scan(right, kind))
    month = next(word.box for word in clean.page.words if word.text == "январь")
    assert not clean.is_struck(month)
    edges = month.left / 72 * 25.4, month.right / 72 * 25.4
    middle, below = month.middle[1] / 72 * 25.4, month.bottom / 72 * 25.4 + 0.8
    for down, struck in ((middle, True), (below, False)):
        line = ((edges[0] - 1, down), (edges[1] + 1, down + 0.2))
        assert read(scan(drawn(right, (line,), colour, 0.4), kind)).is_struck(month) is struck


def test_a_pen_to_and_fro_through_a_word_strikes_it_out(read, right: Image.Image, right_page: Page):
    month = next(word.box for word in right_page.words if word.text == "январь")
    left, top, right_edge, bottom = (edge / 72 * 25.4 for edge in (month.left, month.top, month.right, month.bottom))
    steps = 12
    zigzag = tuple((left + (right_edge - left) * n / steps, bottom if n % 2 else top) for n in range(steps + 1))
    assert read(scan(drawn(right, (zigzag,), BLUE, 0.5))).is_struck(month)
    tick = ((left, bottom), (left + 1, bottom + 1), (left + 4, top - 2))
    assert not read(scan(drawn(right, (tick,), BLUE, 0.5))).is_struck(month)


def test_without_readings_a_signature_is_no_word_over_them(right: Image.Image, right_page: Page, page_reader: PageReader, tmp_path: Path):
    signed = sign(right, Signature(x=70, y=110, width=40, height=14))
    path = tmp_path / "rendered.ppm"
    cv2.imwrite(str(path), scan(signed, dpi=100))
    page = dataclasses.replace(right_page, source=PageSource.TEXT_LAYER)
    unread = dataclasses.replace(page, words=tuple(w for w in page.words if not any(c.isdigit() for c in w.text)))
    assert page_reader.show(path, unread).pen_over() is None


def test_a_rule_between_the_lines_of_a_place_strikes_nothing_out(read, right: Image.Image, right_page: Page):
    month = next(word.box for word in right_page.words if word.text == "январь")
    place = dataclasses.replace(month, left=month.left - 150, bottom=month.bottom + 1.6 * month.height)
    middle = (place.top + place.bottom) / 2 / 72 * 25.4
    line = ((place.left / 72 * 25.4 - 3, middle), (place.right / 72 * 25.4 + 3, middle))
    assert not read(scan(drawn(right, (line,), BLACK, 0.4), "grey")).is_struck(place)
