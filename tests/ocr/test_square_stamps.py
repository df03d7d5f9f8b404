"""Rectangular stamps («ПОЛУЧЕНО», «КОПИЯ ВЕРНА») make no signature, whatever ink they come in and however they are turned."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from metering.pages import Box
from ocr.square_stamps import is_framed, unread_rows
from tests.ocr.drawing import BLACK, BLUE, GREY, MILLIMETRE, SANS, VIOLET, Signature, Stamp, draw_report, press, scan, sign

PAGE = Box(0, 0, 595, 842)


def press_square(
    page: Image.Image, text: str, x: float, y: float, turned: float, colour: tuple[int, int, int], framed: bool = True
) -> Image.Image:
    """The page with one line in a frame on it. x, y: of its middle, millimetres."""
    font = ImageFont.truetype(SANS, round(4.5 * MILLIMETRE))
    mask = Image.new("L", (round(70 * MILLIMETRE), round(60 * MILLIMETRE)), 0)
    pen, middle = ImageDraw.Draw(mask), (mask.width / 2, mask.height / 2)
    pen.text(middle, text, fill=255, font=font, anchor="mm")
    if framed:
        across, down = (round(half * MILLIMETRE) for half in (22, 6))
        pen.rectangle([middle[0] - across, middle[1] - down, middle[0] + across, middle[1] + down], outline=255, width=4)
    mask = mask.rotate(turned, resample=Image.Resampling.BICUBIC)
    page = page.copy()
    page.paste(colour, (round(x * MILLIMETRE - middle[0]), round(y * MILLIMETRE - middle[1])), mask)
    return page


@pytest.mark.parametrize(
    ("text", "turned", "colour", "framed", "kind"),
    [
        ("ПОЛУЧЕНО", 8.0, VIOLET, True, "colour"),
        ("КОПИЯ ВЕРНА", -9.0, BLUE, False, "colour"),
        ("ОПЛАЧЕНО", 12.0, BLACK, True, "black"),
    ],
)
def test_a_rectangular_stamp_beside_the_round_one_is_no_sure_signature(read, text, turned, colour, framed, kind):
    page = press_square(press(draw_report(), Stamp(x=150, y=150)), text, 84, 130, turned, colour, framed)
    mark = read(scan(page, kind)).signature()
    assert not (mark.value and mark.confidence > 0.75)


@pytest.mark.parametrize(("down", "signed"), [(-14.0, False), (-7.0, False), (9.0, False), (60.0, True)])
def test_a_framed_stamp_of_another_ink_half_under_the_round_one_is_no_sure_signature(read, down: float, signed: bool):
    """Nearly level, as print is; what is left of its frame beside the round one tells. Far from a signature it changes nothing."""
    page = press(draw_report(), Stamp(x=120, y=150, colour=GREY))
    page = press_square(sign(page, Signature(x=60)) if signed else page, "КОПИЯ ВЕРНА", 108, 150 + down, 1.5, BLUE)
    mark = read(scan(page)).signature()
    assert (mark.value and mark.confidence > 0.75) is signed


def test_a_signature_stays_sure_though_a_rectangular_stamp_stands_elsewhere_on_the_page(read):
    page = press_square(press(sign(draw_report(), Signature()), Stamp(x=150, y=150)), "ПОЛУЧЕНО", 60, 200, 8.0, VIOLET)
    mark = read(scan(page)).signature()
    assert mark.value
    assert mark.confidence > 0.75


def test_arches_that_the_line_to_sign_on_cuts_apart_are_no_letters():
    pen, rules = np.zeros((400, 600), np.uint8), np.zeros((400, 600), np.uint8)
    for n in range(8):
        cv2.ellipse(pen, (150 + 22 * n, 206 + 2 * n), (8, 14), 0, 180, 360, 255, 2)
    cv2.line(rules, (120, 204), (340, 224), 255, 2)
    nowhere = np.zeros_like(rules)
    pen[rules > 0] = 0
    assert unread_rows(pen, nowhere, PAGE)
    assert not unread_rows(pen, rules, PAGE)


@pytest.mark.parametrize("turned", [0, -7, 14])
def test_a_frame_is_known_however_it_is_turned_and_with_a_part_of_it_lost(turned: int):
    frame = np.zeros((220, 220), np.uint8)
    corners = cv2.boxPoints(((110.0, 110.0), (160.0, 50.0), float(turned))).astype(np.int32)
    cv2.polylines(frame, [corners], isClosed=True, color=1, thickness=2)
    cv2.circle(frame, (180, 90), 40, 0, cv2.FILLED)
    assert is_framed(frame)
    zigzag = np.zeros((60, 170), np.uint8)
    path = [(3, 50), (20, 5), (30, 50), (50, 8), (60, 50), (80, 6), (100, 52), (120, 10), (160, 40), (10, 55), (160, 50)]
    cv2.polylines(zigzag, [np.array(path)], isClosed=False, color=1, thickness=2)
    assert not is_framed(zigzag)


@pytest.mark.parametrize(("slope", "may_be"), [(0.08, False), (0.25, True)], ids=["print", "a stamp aslant"])
def test_a_few_letters_of_print_that_a_pen_crosses_are_no_stamp_aslant(slope: float, may_be: bool):
    """Of «Главный бухгалтер» under the signature five letters were left, whose tails make the row lean."""
    pen = np.zeros((400, 600), np.uint8)
    for n in range(5):
        cv2.rectangle(pen, (150 + 8 * n, round(200 + 8 * slope * n)), (155 + 8 * n, round(210 + 8 * slope * n)), 255, 1)
    (row,) = unread_rows(pen, np.zeros_like(pen), PAGE)
    assert row.may_be(Box(100, 130, 240, 180)) is may_be
