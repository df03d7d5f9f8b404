"""A stamped page is surely unsigned only where the place to sign is known, bare, and not beneath the stamp."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import pytest

from metering.pages import Box, Mark, Page, PageSource, Word
from ocr.geometry import UprightPicture
from ocr.ink import Ink
from ocr.signatures import signature_mark
from ocr.signing_places import end_of_head
from ocr.stamps import find_ring

BLUE, BLACK, PALE = (190, 140, 90), (0, 0, 0), (225, 215, 210)
LINE = (200, 380, 614)  # left, right and height of the line to sign on, pixels


@dataclass(frozen=True)
class Sheet:
    """What is on a page besides a reading, a post and a name (pixels). pen: start, middle and height of a zigzag; row: of other words."""

    stamp: tuple[int, int] = (540, 730)
    colour: tuple[int, int, int] = BLUE
    has_line: bool = True
    pen: tuple[int, int, int] | None = None
    row: int | None = None
    texts: tuple[str, ...] = ("Бухгалтер",)  # on that row


def mark_of(sheet: Sheet) -> Mark:
    picture = np.full((1169, 827, 3), 255, np.uint8)
    for radius in (72, 45):
        cv2.circle(picture, sheet.stamp, radius, sheet.colour, 3, cv2.LINE_AA)
    left, right, down = LINE
    rules = ()
    if sheet.has_line:
        cv2.line(picture, (left, down), (right, down), BLACK, 1)
        rules = (Box(left * 0.72, down * 0.72 - 0.5, right * 0.72, down * 0.72 + 0.5),)
    if sheet.pen is not None:
        across, middle, high = sheet.pen
        points = [[across + 9 * n, middle + (high if n % 2 else -high)] for n in range(5)]
        cv2.polylines(picture, [np.array(points, np.int32)], False, PALE, 2, cv2.LINE_AA)
    printed = [("4410,15", 300, 400), ("Директор", 60, 600), ("Каримов", 460, 600), ("А.Б.", 515, 600)]
    printed += [(text, 60 + 130 * n, sheet.row) for n, text in enumerate(sheet.texts) if sheet.row is not None]
    words = tuple(Word(t, 0.95, Box(x * 0.72, y * 0.72, (x + 7 * len(t)) * 0.72, (y + 14) * 0.72)) for t, x, y in printed)
    page = Page(1, 595.4, 841.7, words, PageSource.OCR, rules)
    ink = Ink.of(UprightPicture.already(picture, 100), page)
    ring = find_ring(ink, end_of_head(page))
    assert ring is not None
    assert ring.is_stamp
    return signature_mark(ink, page, ring)


@pytest.mark.parametrize("has_line", [True, False])  # else the room between post and name
@pytest.mark.parametrize("stamp", [(540, 730), (640, 610), (130, 720)])
def test_a_bare_place_to_sign_beside_a_stamp_is_surely_unsigned(stamp: tuple[int, int], has_line: bool):
    mark = mark_of(Sheet(stamp, has_line=has_line))
    assert (mark.value, mark.confidence >= 0.9) == (False, True)


@pytest.mark.parametrize("date", ["21.02.2026", "2026", "20__"])
def test_on_the_row_of_a_date_beside_the_stamp_nobody_signs(date: str):
    mark = mark_of(Sheet(row=720, texts=("Сана:", date)))
    assert (mark.value, mark.confidence >= 0.9) == (False, True)


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet(stamp=(340, 640)),  # on the place
        Sheet(stamp=(440, 660)),  # on its end
        Sheet(colour=BLACK),  # a scan in black and white leaves nothing of a pale pen
        Sheet(pen=(260, 602, 8)),  # on the line, paler than pens are
        Sheet(pen=(260, 700, 16)),  # elsewhere below the readings
        Sheet(pen=(480, 606, 14)),  # over the name, which is read all the same
        Sheet(row=720),  # somebody may sign on the stamp's row
        Sheet(row=720, texts=("Бухгалтер", "21.02.2026")),
        Sheet(stamp=(540, 900)),  # far from the place
        Sheet(stamp=(540, 230)),  # above the readings
    ],
)
def test_a_stamp_leaves_it_open_wherever_a_pen_might_be_beneath_it_or_unseen(sheet: Sheet):
    mark = mark_of(sheet)
    assert not mark.value
    assert mark.confidence <= 0.7
