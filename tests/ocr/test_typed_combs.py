"""A digit typed in each cell of a row is read as one number, its marks where they stand between cells; a table is no such row."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from metering.pages import Box
from ocr.frames import find_frames
from ocr.rules import LinePicture, find_cells
from ocr.second_reader import SecondReader
from ocr.typed_combs import TypedComb, find_typed_combs
from tests.ocr.drawing import DPI, MILLIMETRE, SANS

CELL, HEIGHT, BETWEEN = 5.2 * MILLIMETRE, 6.6 * MILLIMETRE, 2.2 * MILLIMETRE


def combs(*rows: str, wide: float = CELL) -> list[TypedComb]:
    """Found in a picture of rows: a cell for each sign and each blank, none for a mark."""
    picture = Image.new("L", (5 * DPI, DPI // 2 + len(rows) * DPI // 2), 255)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(SANS, round(11 * DPI / 72))
    for n, row in enumerate(rows):
        x, top = 0.4 * DPI, 0.3 * DPI + n * DPI / 2
        for sign in row.split("|") if "|" in row else row:
            width = BETWEEN if sign in ",." else wide
            if sign not in ",.":
                pen.rectangle((x, top, x + width, top + HEIGHT), outline=70, width=2)
            pen.text((x + width / 2, top + 0.5 * HEIGHT), sign, fill=20, font=font, anchor="mm")
            x += width
    grey = np.array(picture)
    lines = LinePicture.of(grey, DPI)
    return find_typed_combs(grey, lines.black, find_frames(lines, find_cells(lines)), DPI / 72)


def test_the_digits_of_a_row_of_cells_are_read_side_by_side() -> None:
    reader = SecondReader()
    found = combs("  4438,27", "04929", "25.11.2026", "  11,71")
    assert [comb.pattern for comb in found] == ["0000.00", "00000", "00.00.0000", "00.00"]
    assert [comb.spelled(reader.read(comb.line)[0]) for comb in found] == ["4438.27", "04929", "25.11.2026", "11.71"]


def test_a_frame_begins_where_the_first_digit_stands() -> None:
    (comb,) = combs("  443,27")
    assert comb.frame.left == pytest.approx((0.4 * DPI + 2 * CELL) * 72 / DPI, abs=3)


@pytest.mark.parametrize("row", ["4438|1204|77|1310", "4 38 5", "    ", "7  "])
def test_cells_of_a_table_and_empty_ones_are_no_number(row: str) -> None:
    """Several digits in a cell, an empty cell between two, nothing at all, one digit alone."""
    assert combs(row, wide=10.5 * MILLIMETRE if "|" in row else CELL) == []


def test_a_number_that_lacks_a_digit_is_not_spelled() -> None:
    comb = TypedComb(Box(0, 0, 1, 1), np.zeros((4, 4), np.uint8), "000.00")
    assert comb.spelled("17012") == "170.12"
    assert comb.spelled("1712") is None
