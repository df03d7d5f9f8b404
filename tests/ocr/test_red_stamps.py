"""A red stamp that leans across the print is read by itself; a page without red ink has none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PIL import Image, ImageDraw, ImageFont

from metering.pages import Page, PageSource
from ocr.engine import Engine, choose_engine
from ocr.geometry import UprightPicture
from ocr.red_stamps import red_words
from parsers.fields import extract
from tests.ocr.drawing import MILLIMETRE, SANS, draw_report, scan

RED, BLUE = (176, 24, 24), (30, 50, 170)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = choose_engine()
    yield engine
    engine.close()


def stamped(word: str, colour: tuple[int, int, int], lean: float) -> UprightPicture:
    """A report with a word in a frame, 80 mm wide, across its print."""
    page = draw_report()
    stamp = Image.new("RGBA", (int(80 * MILLIMETRE), int(15 * MILLIMETRE)), (255, 255, 255, 0))
    pen, line = ImageDraw.Draw(stamp), int(MILLIMETRE)
    pen.rectangle((line, line, stamp.width - line, stamp.height - line), outline=colour, width=line)
    font = ImageFont.truetype(SANS, int(7 * MILLIMETRE))
    pen.text((stamp.width / 2, stamp.height / 2), word, fill=colour, font=font, anchor="mm")
    leaning = stamp.rotate(lean, expand=True, resample=Image.Resampling.BICUBIC)
    page.paste(leaning, (int(60 * MILLIMETRE), int(60 * MILLIMETRE)), leaning)
    return UprightPicture.already(scan(page), 200)


@pytest.mark.parametrize(("word", "lean"), [("АННУЛИРОВАНО", 8.0), ("BEKOR QILINDI", -6.0), ("НЕДЕЙСТВИТЕЛЬНО", 0.0)])
def test_a_red_stamp_is_read_and_makes_the_page_no_plain_report(engine: Engine, word: str, lean: float) -> None:
    texts = red_words(stamped(word, RED, lean), engine)
    (report,) = extract([Page(1, 595, 842, (), PageSource.OCR, turned=texts)], "scan.pdf", None)
    assert (report.caution,) == texts


def test_ink_of_another_colour_is_no_red_stamp(engine: Engine) -> None:
    assert red_words(stamped("АННУЛИРОВАНО", BLUE, 8.0), engine) == ()
