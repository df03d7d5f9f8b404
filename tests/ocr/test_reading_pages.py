"""Drawn pages, as scanners and telephones show them, are read with their numbers whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import pytest

from metering.errors import PermanentError
from metering.pages import Box, Page, PageSource, Word
from ocr.read_page import ReadPage
from ocr.reader import PageReader
from tests.ocr.drawing import BLACK, DPI, GREY, SERIF, Report, Signature, Stamp, draw_report, photograph, press, scan, sign


def tokens(page: Page) -> set[str]:
    return {word.text.strip(".:;,|[]") for word in page.words}


@pytest.mark.parametrize("kind", ["colour", "grey", "black"])
@pytest.mark.parametrize("skew", [0.0, -3.5])
def test_a_scan_is_read_whatever_its_colours_and_lean(read, kind: str, skew: float):
    report = Report()
    page = read(scan(draw_report(report), kind, skew)).page
    assert set(report.numbers) <= tokens(page)
    assert {"Заводской", "Расход", "Мирабадский"} <= tokens(page)
    assert page.source is PageSource.OCR


@pytest.mark.parametrize("turn", [cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE])
def test_a_page_that_lies_on_its_side_or_head_is_turned_upright(read, turn: int):
    report = Report(font=SERIF, further=("Прибор учета исправен, пломбы на месте.",))
    page = read(cv2.rotate(scan(draw_report(report), "grey", 1.0), turn)).page
    assert page.height > page.width
    assert set(report.numbers) <= tokens(page)


@pytest.mark.parametrize(("hard", "seed"), [(False, 1), (True, 2), (True, 5)])
def test_a_photo_is_flattened_to_an_a4_sheet_and_read(read, hard: bool, seed: int):
    report = Report()
    page = read(photograph(draw_report(report), hard, seed), None).page
    assert (page.width, page.height) == (pytest.approx(595, abs=6), pytest.approx(842, abs=6))
    assert set(report.numbers) <= tokens(page)


def test_a_photo_taken_sideways_is_read_too(read):
    report = Report()
    page = read(cv2.rotate(photograph(draw_report(report), False, 3), cv2.ROTATE_90_CLOCKWISE), None).page
    assert set(report.numbers) <= tokens(page)


def test_a_photo_inside_a_pdf_is_flattened_although_its_resolution_is_known(read):
    report = Report()
    page = read(photograph(draw_report(report), True, 7), 230).page
    assert page.width == pytest.approx(595, abs=6)
    assert set(report.numbers) <= tokens(page)


def test_words_stand_where_they_are_on_the_paper(plain: ReadPage):
    page = plain.page
    serial = next(word for word in page.words if word.text == "52816679")
    assert (serial.box.left, serial.box.top) == (pytest.approx(32 / 25.4 * 72, abs=4), pytest.approx(90.5 / 25.4 * 72, abs=4))
    assert len(serial.symbols) == len(serial.text)
    assert all(serial.box.left - 1 <= symbol.left < symbol.right <= serial.box.right + 1 for symbol in serial.symbols)


def test_the_cells_of_the_table_are_found_row_by_row(read):
    page = read(scan(draw_report(Report()), skew=1.0))
    cells = page.cells
    assert len(cells) == 12
    serial = next(word for word in page.page.words if word.text == "52816679")
    assert cells[7].left < serial.box.left < serial.box.right < cells[7].right
    assert cells[7].top < serial.box.middle[1] < cells[7].bottom
    across = [rule for rule in page.page.rules if rule.width > 400]
    assert len(across) == 3


def test_text_without_a_table_has_no_long_rules_and_no_cells(read, page_reader: PageReader):
    blurred = cv2.GaussianBlur(scan(draw_report(Report(further=("Прибор учета исправен, пломбы на месте.",) * 8))), (0, 0), 1.5)
    blurred[: round(100 / 25.4 * DPI)] = 255
    page = read(blurred)
    assert page.cells == ()
    assert [rule for rule in page.page.rules if rule.width < 140] == []


def test_the_third_reading_and_one_line_again_give_the_same_numbers(plain: ReadPage):
    assert set(Report().numbers) <= {word.text.strip(".:;,|[]") for word in plain.sparse()}
    address = next(word for word in plain.page.words if word.text.startswith("Мирабадск"))
    again = plain.again(address.box)
    assert [word.text for word in again] == [address.text]
    assert abs(again[0].box.left - address.box.left) < 3


def test_an_empty_page_is_read_as_no_words(read):
    page = read(scan(draw_report(Report()))[-400:, :] * 0 + 255)
    assert page.page.words == ()
    assert page.cells == ()


def test_a_page_with_a_text_layer_keeps_its_words_and_gets_its_rules(page_reader: PageReader, tmp_path: Path):
    path = tmp_path / "page.ppm"
    cv2.imwrite(str(path), scan(draw_report(Report()), dpi=100))
    words = (Word("52816679", 1.0, Box(90, 256, 150, 270), ()),)
    shown = page_reader.show(path, Page(3, 595.4, 841.7, words, PageSource.TEXT_LAYER))
    assert shown.page.words == words
    assert shown.page.number == 3
    assert len(shown.cells) == 12


@pytest.mark.parametrize("content", [b"", b"not a picture", b"P6\n2 2\n255\n" + b"x" * 11, b"P6\n0 0\n255\n"])
def test_a_file_that_is_no_picture_of_ours_is_a_permanent_error(page_reader: PageReader, tmp_path: Path, content: bytes):
    path = tmp_path / "page.ppm"
    path.write_bytes(content)
    with pytest.raises(PermanentError):
        page_reader.read(path, None, 1)


def test_a_name_of_which_a_page_shows_nothing_is_read_beside_its_signature(read):
    """The engine finds no line between pen and stamp; with the ink faded, and cut off where the signature ends, it does."""
    page = press(sign(draw_report(), Signature(x=97, y=137, width=24, colour=BLACK)), Stamp(x=130, y=142, colour=GREY))
    sheet = read(scan(page, "grey"))
    position = Box.around([word.box for word in sheet.page.words if word.text in ("Главный", "инженер")])
    assert not any("урсунов" in word.text for word in sheet.page.words)
    readings = list(sheet.beside_signature(replace(position, left=0.0, right=sheet.page.width)))
    assert sum("Турсунов" in [word.text for word in words] for words in readings) >= 2
    assert not list(sheet.beside_signature(Box(0.0, 100.0, sheet.page.width, 115.0)))


@pytest.mark.parametrize(("right", "ways"), [(82, 6), (118, 4)])
def test_a_name_is_first_read_from_the_end_of_the_line_that_a_shorter_signature_stands_on(read, right: int, ways: int):
    """What is left of that line before the name spoils the engine's reading of it."""
    sheet = read(scan(press(sign(draw_report(), Signature(x=right - 12, width=24)), Stamp(x=135, y=142))))
    position = Box.around([word.box for word in sheet.page.words if word.text in ("Главный", "инженер")])
    readings = list(sheet.beside_signature(replace(position, left=0.0, right=sheet.page.width)))
    assert len(readings) == ways
    assert "Турсунов" in [word.text for word in readings[0]] or ways == 4
