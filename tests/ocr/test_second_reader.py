"""The second reader reads numbers by itself, and shows when a crop lost a digit or holds no number."""

from __future__ import annotations

import dataclasses

import cv2
import numpy as np
import pytest

from metering.pages import Box, Page, PageSource, Word
from ocr.crops import NumberCrops
from ocr.geometry import UprightPicture
from ocr.pen_ink import is_written_at
from ocr.read_page import ReadPage
from ocr.second_reader import SecondReader
from tests.ocr.drawing import MONO, SERIF, Report, draw_report, photograph, scan


@pytest.mark.parametrize("font", [Report.font, SERIF, MONO])
def test_both_readers_agree_on_every_number_of_a_scan(read, font: str):
    report = Report(font=font)
    page = read(scan(draw_report(report, points=10), "grey", 1.5))
    found = {word.text.strip(".:;,|[]"): word for word in page.page.words}
    for number in set(report.numbers) & set(found):
        second = page.second(found[number].box)
        assert (second.text, second.wide_text) == (number, number)
        assert second.confidence > 0.9
    assert len(set(report.numbers) & set(found)) >= 4


def test_both_readers_agree_on_a_photo(read):
    report = Report()
    page = read(photograph(draw_report(report), True, 2), None)
    found = {word.text.strip(".:;,|[]"): word for word in page.page.words}
    assert [page.second(found[number].box).text for number in report.numbers] == list(report.numbers)


def test_a_box_that_lost_a_digit_is_betrayed_by_the_wide_crop(plain: ReadPage):
    serial = next(word for word in plain.page.words if word.text == "52816679")
    clipped = dataclasses.replace(serial.box, right=serial.symbols[-2].right)
    assert plain.second(clipped).wide_text == "52816679"


def test_a_whole_cell_of_the_table_is_read_as_its_number(plain: ReadPage):
    assert plain.second(plain.cells[8]).text == "36066,11"


def test_letters_forced_into_digits_have_a_low_confidence(plain: ReadPage):
    word = next(word for word in plain.page.words if word.text.startswith("Мирабадск"))
    assert plain.second(word.box).confidence < 0.6


def test_a_number_struck_out_by_pen_is_told(plain: ReadPage):
    picture, page = scan(draw_report()), plain.page
    box = next(word.box for word in page.words if word.text == "52816679")
    scale = picture.shape[1] / page.width
    for before, start, part, end, struck in (
        (0, 0, 0, 0, False),
        (-6, 0.45, 1.02, 0.55, True),
        (-2, 0.62, 1.0, 0.4, True),  # aslant
        (-6, 1.05, 1.1, 1.05, False),  # a line below it
        (-6, 0.5, 0.3, 0.5, False),  # a dash before it
    ):
        inked = picture.copy()
        first = int((box.left + before) * scale), int((box.top + start * box.height) * scale)
        last = int((box.left + part * box.width) * scale), int((box.top + end * box.height) * scale)
        cv2.line(inked, first, last, (170, 70, 40), 3 if part else 1, cv2.LINE_AA)
        assert NumberCrops(cv2.cvtColor(inked, cv2.COLOR_BGR2GRAY), page).is_struck(box) == struck


def test_a_digit_that_a_pen_wrote_at_a_printed_number_is_told(plain: ReadPage):
    picture, page = scan(draw_report()), plain.page
    box = next(word.box for word in page.words if word.text == "52816679")
    scale = picture.shape[1] / page.width
    left, right, top, bottom = (round(edge * scale) for edge in (box.left, box.right, box.top, box.bottom))
    blue, black, size = (168, 63, 28), (20, 20, 20), (bottom - top) / 22
    for place, colour, inked in (
        ((right - 14, bottom), blue, True),  # over the last digit
        ((left - 16, bottom), blue, True),  # before the first
        ((left - 16, bottom), black, False),  # as print is: nothing tells it from that
        ((right + 60, bottom), blue, False),  # away from it
    ):
        written = picture.copy()
        cv2.putText(written, "2", place, cv2.FONT_HERSHEY_SIMPLEX, size, colour, 2, cv2.LINE_AA)
        assert is_written_at(UprightPicture.already(written, scale * 72), box) == inked
    whole = np.where(picture < 128, np.array(blue, np.uint8), picture)
    assert not is_written_at(UprightPicture.already(whole, scale * 72), box)  # printed in blue


def test_nothing_is_read_from_white_paper_or_from_a_box_without_extent(plain: ReadPage):
    assert plain.second(Box(300, 700, 360, 712)).text == ""
    assert plain.second(Box(300, 700, 300, 700)).text == ""


def test_a_crop_of_any_size_is_accepted():
    reader = SecondReader()
    digits = np.full((60, 4000), 255, np.uint8)
    cv2.putText(digits, "12345", (20, 50), cv2.FONT_HERSHEY_SIMPLEX, 1.6, 0, 4)
    assert reader.read(digits[:, :300])[0] == "12345"
    assert isinstance(reader.read(digits)[0], str)
    assert reader.read(digits[:3])[0] == ""


@pytest.mark.parametrize(("beside", "spared"), [(None, True), (0, False), (200, False), (254, True)])
def test_the_second_look_is_spared_only_where_no_ink_stands_beside(beside: int | None, spared: bool):
    grey = np.full((200, 400), 255, np.uint8)
    grey[90:110, 100:160] = 0  # the number, 20 pixels high
    if beside is not None:
        grey[95:105, 168:171] = beside
    page = Page(1, 400.0, 200.0, (), PageSource.OCR)
    _, wide = NumberCrops(grey, page).tight_and_wide(Box(100, 90, 160, 110))
    assert (wide is None) is spared


@pytest.mark.parametrize(("top", "seen"), [(60, True), (88, False)])
def test_digits_that_a_word_over_two_lines_swallowed_show_beside_the_number(top: int, seen: bool):
    grey = np.full((200, 400), 255, np.uint8)
    grey[90:110, 100:160] = 0
    grey[90:110, 88:96] = 0  # its first digit, which the engine took to the word above
    page = Page(1, 400.0, 200.0, (Word("ВИСТ", 0.85, Box(40, top, 97, 112)),), PageSource.OCR)
    tight, _ = NumberCrops(grey, page).tight_and_wide(Box(100, 90, 160, 110))
    assert bool((tight < 150).any(axis=0).sum() > 60) is seen
