"""Bars of typed tables are no digits: of a drawn printout, read by the engine, and of words by their places."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from metering.pages import Box, Word
from ocr.engine import Layout
from ocr.instruments import Instruments
from ocr.typed_bars import bars_in_columns, with_typed_bars, without_typed
from tests.ocr.drawing import DPI, MONO

DAYS = [(20, 8.14, 198.85), (21, 3.12, 257.49), (22, 10.53, 217.81), (23, 5.14, 224.28), (24, 7.61, 185.27), (25, 9.06, 109.49)]
ROWS = [
    "Дата    | Qo    | M1      |",
    *(f"{day}/02/26|{heat:7.2f}|{mass:9.2f}|" for day, heat, mass in DAYS),
    "",
    "Показания на    |   Q   |   M1    | BHP |",
    "20/02/26        |4537.87|84463.98 |8120 |",
    "25/03/26        |4766.80|89519.62 |8888 |",
]


@pytest.fixture(scope="module")
def read() -> tuple[Word, ...]:
    font = ImageFont.truetype(MONO, round(7 * DPI / 72))
    picture = Image.new("L", (4 * DPI, round(1.8 * DPI)), 255)
    pen = ImageDraw.Draw(picture)
    for row, text in enumerate(ROWS):
        pen.text((DPI // 4, DPI // 8 + row * round(9.1 * DPI / 72)), text, fill=0, font=font)
    instruments = Instruments(None)
    words = instruments.engine.read(np.array(picture), DPI, Layout.COLUMN)
    instruments.engine.close()
    return words


def test_a_bar_before_a_number_is_not_its_first_digit(read: tuple[Word, ...]) -> None:
    """The engine reads 14537.87 and 14766.80 here: with both a sum would hold, too."""
    texts = [word.text for word in read]
    assert "14766.80" in texts
    mended = [word.text for word in with_typed_bars(read)]
    assert {"4537.87", "4766.80"} <= set(mended)
    assert not any(text.startswith(("14537", "14766")) for text in mended)


def test_the_digits_of_a_typed_table_stay(read: tuple[Word, ...]) -> None:
    mended = {word.text for word in with_typed_bars(read)}
    assert {f"{mass:.2f}" for _, _, mass in DAYS} <= {text.strip("]|") for text in mended}


LETTER = 4.0


def row(top: float, text: str) -> list[Word]:
    """Words of a monospaced line; a bar is a third as wide as a digit."""
    words, place = [], 0
    for part in text.split(" "):
        symbols = tuple(symbol((place + n) * LETTER, top, c in "|![]}1" and len(part) == 1) for n, c in enumerate(part))
        words.append(Word(part, 0.9, Box.around(list(symbols)), symbols))
        place += len(part) + 1
    return words


def symbol(left: float, top: float, narrow: bool) -> Box:
    return Box(left + 1.3, top, left + 2.7, top + 7) if narrow else Box(left, top, left + 3.8, top + 7)


TABLE = [word for line in range(5) for word in row(9.0 * line, "| 4.51 | 132.59 | 24 |")]


def test_a_narrow_sign_under_bars_is_one_and_a_digit_as_wide_as_others_is_none() -> None:
    words = [*TABLE, *row(45, "| 4.51 ! 132.59 [ 24 |"), *row(54, "01 4.51 | 132.59 | 24 |")]
    mended = [word.text for word in with_typed_bars(words)][len(TABLE) :]
    assert mended == ["|", "4.51", "|", "132.59", "|", "24", "|", "01", "4.51", "|", "132.59", "|", "24", "|"]


def test_bars_that_were_read_as_closing_brackets_and_ones_are_bars() -> None:
    """A scan of one bit at 200 dpi: of 200 bars eleven were read as such."""
    words = [word for line in range(6) for word in row(9.0 * line, ("] 4.51 ! 132.59 1 24 }", "1 4.51 ] 132.59 ! 24 |")[line % 2])]
    mended = [word.text for word in with_typed_bars(words)]
    assert mended == ["|", "4.51", "|", "132.59", "|", "24", "|"] * 6


def test_brackets_in_pairs_are_no_bars() -> None:
    words = tuple(word for line in range(8) for word in row(9.0 * line, "4.51 [ 132.59 ] 1 [ 24 ]"))
    assert [word.text for word in with_typed_bars(words)] == [word.text for word in words]


def test_a_page_without_typed_tables_stays_as_it_is() -> None:
    words = tuple(TABLE[:7])
    assert with_typed_bars(words) == words


def test_rules_that_are_characters_of_the_text_are_none() -> None:
    """Of a table typed with box characters a picture shows rules only where its font lets them touch from one line to the next."""
    words = [
        Word("│", 1.0, Box(100, 40, 104, 50)),
        Word("│26.10.26│", 1.0, Box(100, 50, 140, 60)),
        Word("├────┼", 1.0, Box(100, 60, 140, 70)),
        Word("----------", 1.0, Box(40, 80, 140, 90)),
        Word("Директор", 1.0, Box(200, 200, 240, 210)),
    ]
    typed = [Box(101, 41, 102.5, 58), Box(139, 51, 140.5, 59), Box(100, 64, 140, 66), Box(40, 84, 140, 86)]
    drawn = [Box(245, 209, 320, 210), Box(170, 40, 171, 70), Box(99, 300, 100, 400)]
    assert without_typed([*typed, *drawn], words) == tuple(drawn)


def test_the_bars_of_a_table_are_those_in_its_columns() -> None:
    aside = row(18, "· · · · · · · · · · · · |")
    assert len(bars_in_columns([*TABLE, *aside])) == sum(word.text == "|" for word in TABLE)
    assert not bars_in_columns(TABLE[:14])
