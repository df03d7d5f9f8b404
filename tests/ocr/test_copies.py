"""Two copies of a report on one sheet: the signature of the first stands above the readings of the second."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import cv2
import numpy as np
import pytest

from metering.pages import Box, Page
from ocr.copies import first_copy
from ocr.reader import PageReader
from tests.parsers.typed import LINE, MARGIN, typed

COPY = """Отчет о потреблении тепловой энергии
Договор № 03117   ИНН 301234567   {day}.11.2026

Зав. №       Предыдущие     Текущие        Расход
{serial}      593772,09      {current}      38,41

{foot}

"""
DIRECTOR, RECEIVED = "Директор ____________ Каримов Ш.Р.", "Отчет принял ____________"
FIRST = COPY.format(day=24, serial="4411223", current="593810,50", foot=DIRECTOR)
AGAIN = FIRST.replace(DIRECTOR, RECEIVED)
OTHERS = COPY.format(day=24, serial="5512888", current="104,77", foot=RECEIVED).replace("593772,09", "66,36    ")
CUT = Box(40, MARGIN + 7.6 * LINE, 540, MARGIN + 7.6 * LINE + 1)


def sheet(*parts: str) -> Page:
    return dataclasses.replace(typed("".join(parts)), rules=(CUT,))


def test_the_first_of_two_copies_ends_where_the_second_begins_and_the_line_between_is_of_none() -> None:
    copy = first_copy(sheet(FIRST, AGAIN))
    assert copy is not None
    page, end = copy
    assert end == pytest.approx(MARGIN + 8 * LINE, abs=3)
    assert [word.text for word in page.words][-1] == "Ш.Р."
    assert page.rules == ()


@pytest.mark.parametrize("parts", [(FIRST,), (FIRST, OTHERS), ("", "")])
def test_one_report_or_blocks_of_two_meters_are_no_copies(parts: tuple[str, ...]) -> None:
    assert first_copy(sheet(*parts)) is None


@pytest.mark.parametrize("second", [AGAIN, OTHERS])
def test_a_signature_above_the_readings_below_is_sure_only_where_those_are_a_copy(
    page_reader: PageReader, tmp_path: Path, second: str
) -> None:
    picture, scale = np.full((1169, 827, 3), 255, np.uint8), 100 / 72
    row = int((MARGIN + 6 * LINE) * scale)
    stroke = np.array([[180 + 12 * n, row + (14 if n % 2 else -12)] for n in range(8)], np.int32)
    cv2.polylines(picture, [stroke], False, (180, 40, 20), 2, cv2.LINE_AA)
    cv2.line(picture, (int(CUT.left * scale), int(CUT.top * scale)), (int(CUT.right * scale), int(CUT.top * scale)), (0, 0, 0), 1)
    path = tmp_path / "sheet.ppm"
    cv2.imwrite(str(path), picture)
    mark = page_reader.show(path, dataclasses.replace(sheet(FIRST, second), width=595.4, height=841.7)).signature()
    assert (mark.value and mark.confidence > 0.9) is (second is AGAIN)
