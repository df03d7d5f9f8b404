"""A report that is approved in its head: signed and stamped above its readings."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import cv2
import numpy as np
import pytest

from metering.pages import Page
from ocr.approvals import approval_place
from ocr.reader import PageReader
from tests.parsers.typed import LINE, MARGIN, typed

SHEET = """
                                                  {word}
                                                  Директор {organization}

                                                  __________ Каримов Ш.Р.
                                                  25.11.2026

                 Отчет о потреблении тепловой энергии
Договор № 03117   ИНН 301234567

Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41
"""
SCALE = 100 / 72


def sheet(word: str, organization: str = "ООО «Лола»") -> Page:
    return dataclasses.replace(typed(SHEET.format(word=word, organization=organization)), width=595.4, height=841.7)


@pytest.mark.parametrize("word", ["УТВЕРЖДАЮ", "«Утверждаю»", "TASDIQLAYMAN", "«Тасдиқлайман»:"])
def test_a_report_is_approved_under_the_word_for_it_above_its_readings(word: str) -> None:
    page = sheet(word)
    place = approval_place(page)
    assert place is not None
    held = [w.text for w in page.words if place.holds(w.box)]
    assert "Ш.Р." in held
    assert "593772,09" not in held


@pytest.mark.parametrize(
    ("word", "organization"), [("СОГЛАСОВАНО", "ООО «Лола»"), ("ОТЧЕТ", "ООО «Лола»"), ("УТВЕРЖДАЮ", "Veolia Energy Tashkent")]
)
def test_the_place_of_somebody_elses_signature_in_the_head_is_none(word: str, organization: str) -> None:
    assert approval_place(sheet(word, organization)) is None


def test_the_place_ends_where_the_other_side_agrees_beside_it() -> None:
    place = approval_place(typed("УТВЕРЖДАЮ                    СОГЛАСОВАНО\nДиректор                     Инспектор"))
    assert place is not None
    assert place.right < 300


@pytest.mark.parametrize(("word", "is_sure"), [("УТВЕРЖДАЮ", True), ("Директору", False)])
@pytest.mark.parametrize(("signed", "across"), [(True, 700), (False, 700), (True, 120)])
def test_ink_above_the_readings_is_sure_only_where_the_report_is_approved(
    page_reader: PageReader, tmp_path: Path, word: str, is_sure: bool, signed: bool, across: int
) -> None:
    """Elsewhere in the head a ring is an emblem, and strokes are a number of incoming mail; an emblem beside the place is none of it."""
    picture, page = np.full((1169, 827, 3), 255, np.uint8), sheet(word)
    down = int((MARGIN + 4 * LINE) * SCALE)
    cv2.circle(picture, (across, down + 20), 70, (190, 140, 90), 3, cv2.LINE_AA)
    cv2.circle(picture, (across, down + 20), 40, (190, 140, 90), 2, cv2.LINE_AA)
    left = next(w.box.left for w in page.words if w.text == word) * SCALE
    stroke = np.array([[left + 12 * n, down + (16 if n % 2 else -14)] for n in range(9)], np.int32)
    if signed:
        cv2.polylines(picture, [stroke], False, (180, 40, 20), 2, cv2.LINE_AA)
    path = tmp_path / "sheet.ppm"
    cv2.imwrite(str(path), picture)
    read = page_reader.show(path, page)
    signature, stamp = read.signature(), read.stamp()
    assert (signature.value and signature.confidence > 0.8) is (is_sure and signed)
    assert stamp.value
    assert (stamp.confidence > 0.9) is (is_sure and across > 500)
