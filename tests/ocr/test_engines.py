"""Both bindings of tesseract are one engine: they pass one suite."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from metering.errors import TemporaryError
from ocr.engine import Engine, Layout, choose_engine, installed_languages, tessdata_folder
from ocr.pytesseract_engine import PytesseractEngine
from ocr.tesserocr_engine import TesserocrEngine
from tests.ocr.drawing import SANS, Report, draw_report, scan


@pytest.fixture(scope="module", params=[TesserocrEngine, PytesseractEngine])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    made = request.param()
    yield made
    made.close()


def line(text: str) -> np.ndarray:
    picture = Image.new("L", (1500, 120), 255)
    ImageDraw.Draw(picture).text((30, 35), text, fill=0, font=ImageFont.truetype(SANS, 46))
    return np.asarray(picture)


def test_a_page_is_read_with_a_box_for_every_character(engine: Engine):
    report = Report()
    grey = cv2.cvtColor(scan(draw_report(report)), cv2.COLOR_BGR2GRAY)
    words = engine.read(grey, 200, Layout.COLUMN)
    assert set(report.numbers) <= {word.text.strip(".:;,|[]") for word in words}
    assert all(len(word.symbols) == len(word.text) and 0 <= word.confidence <= 1 for word in words)
    serial = next(word for word in words if word.text == "52816679")
    assert serial.confidence > 0.8
    assert serial.box.left == pytest.approx(32 / 25.4 * 72, abs=3)
    assert [s.left for s in serial.symbols] == sorted(s.left for s in serial.symbols)


def test_boxes_are_in_points_whatever_the_resolution(engine: Engine):
    text = line("Договор 04929")
    small = engine.read(text, 300, Layout.LINE)
    large = engine.read(cv2.resize(text, None, fx=1.5, fy=1.5), 450, Layout.LINE)
    assert [word.text for word in small] == [word.text for word in large] == ["Договор", "04929"]
    assert small[1].box.right == pytest.approx(large[1].box.right, abs=1.5)


@pytest.mark.parametrize(("language", "text"), [("uzb", "Shartnoma raqami ko'rsatkich"), ("uzb_cyrl", "Кўрсаткич олинган сана")])
def test_a_line_is_read_in_one_language_alone(engine: Engine, language: str, text: str):
    words = engine.read(line(text), 300, Layout.LINE, language)
    assert " ".join(word.text for word in words).replace("ʻ", "'").replace("’", "'").replace("‘", "'") == text


def test_a_blank_page_has_no_words(engine: Engine):
    assert engine.read(np.full((400, 300), 255, np.uint8), 200, Layout.COLUMN) == ()


def test_a_language_that_is_not_installed_is_a_fault_to_mend(engine: Engine):
    with pytest.raises(TemporaryError, match="xyz"):
        engine.read(line("x"), 300, Layout.LINE, "xyz")


def test_tesserocr_is_chosen_where_it_is_installed():
    engine = choose_engine()
    assert isinstance(engine, TesserocrEngine)
    engine.close()


def test_pytesseract_takes_over_where_tesserocr_cannot_be_imported(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(sys.modules, "ocr.tesserocr_engine")
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    assert type(choose_engine()).__name__ == "PytesseractEngine"


def test_the_languages_of_the_reports_are_installed():
    assert {"rus", "eng", "uzb", "uzb_cyrl"} <= installed_languages()


def test_the_language_files_may_be_named_by_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    for name in ("rus", "eng"):
        (tmp_path / f"{name}.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    tessdata_folder.cache_clear()
    try:
        assert tessdata_folder() == tmp_path
    finally:
        tessdata_folder.cache_clear()
