"""Rows of days are told by their ink; of most of them no more is read than their days and what is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from metering.pages import UNREAD, Box, Word
from ocr.alike_rows import KEPT, AlikeRows, find_alike_rows
from ocr.ink import is_print
from ocr.rules import LinePicture
from tests.ocr.conftest import Read
from tests.ocr.drawing import DPI, MONO

FIRST = dt.date(2026, 1, 25)
HEATS = [round(4 + (n * 37 % 100) / 50, 3) for n in range(28)]
COLUMNS = (0, 11, 20, 30, 39, 48)  # letters from the left


def day(number: int) -> str:
    return f"{FIRST + dt.timedelta(number):%d.%m.%y}"


def table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    lines = []
    for row in rows:
        line = ""
        for start, text in zip(COLUMNS, row, strict=True):
            line = line.ljust(start) + text
        lines.append(line)
    return lines


def days(heats: Sequence[float] = HEATS) -> list[str]:
    rows = [
        (day(n), f"{heat:.3f}", f"{200 + n * 31 % 90}.25", f"{60 + n * 7 % 20}.4", f"{40 + n * 5 % 9}.1", "24.0")
        for n, heat in enumerate(heats)
    ]
    return table([("Дата", "Q,Гкал", "M1,т", "t1,°C", "t2,°C", "Tраб"), *rows, ("Итого", f"{sum(heats):.3f}", "6521.30", "", "", "672.0")])


def draw(lines: Sequence[str], ruled: bool = False, dashed: bool = False) -> np.ndarray:
    font = ImageFont.truetype(MONO, round(9 * DPI / 72))
    picture = Image.new("RGB", (round(8.27 * DPI), round(11.69 * DPI)), "white")
    pen, step, left, top = ImageDraw.Draw(picture), round(14 * DPI / 72), round(0.8 * DPI), round(0.9 * DPI)
    for row, text in enumerate(lines):
        pen.text((left, top + row * step), text, fill="black", font=font)
        if ruled:
            y = top + row * step - round(2 * DPI / 72)
            pen.line([(left - 20, y), (left + 56 * pen.textlength("0", font=font), y)], fill="black", width=2)
        for x in range(left, left + round(56 * pen.textlength("0", font=font)), 12) if dashed else ():
            y = top + row * step - round(3 * DPI / 72)
            pen.line([(x, y), (x + 7, y)], fill="black", width=1)
    return np.array(picture)[:, :, ::-1].copy()


def alike(picture: np.ndarray) -> AlikeRows | None:
    return find_alike_rows(LinePicture.of(picture[:, :, 1], DPI))


@pytest.mark.parametrize(("ruled", "dashed"), [(False, False), (True, False), (False, True)])
def test_rows_with_the_same_columns_at_one_distance_are_alike(ruled: bool, dashed: bool) -> None:
    found = alike(draw(["Посуточная ведомость", "", *days(), "", "Директор  Каримов Ш.Р."], ruled, dashed))
    assert found is not None
    assert len(found.rows) == len(HEATS) + 2  # their head and their total stand at the same distance
    assert len(found.columns) == len(COLUMNS)
    assert len(found.cells) == (len(found.rows) - 2 * KEPT) * len(COLUMNS)


def test_running_text_and_a_short_table_are_not() -> None:
    text = "Настоящим сообщаем показания прибора учета тепловой энергии за месяц. " * 2
    prose = [text[7 * n % 60 :][:60] for n in range(30)]
    assert alike(draw(prose)) is None
    assert alike(draw(days(HEATS[:9]))) is None
    assert alike(np.full((2339, 1654, 3), 255, np.uint8)) is None


def test_the_middle_of_a_month_is_left_out_until_it_is_asked_for(read: Read) -> None:
    page = read(draw(["Посуточная ведомость за период с 25.01.26 по 21.02.26", "", *days(), "", "Директор  Каримов Ш.Р."], ruled=True))
    assert page.page.has_unread
    texts = {word.text for word in page.page.words}
    assert {day(0), day(len(HEATS) - 1), f"{HEATS[0]:.3f}"} <= texts
    assert day(10) not in texts
    heat = next(word for word in page.page.words if word.text == f"{HEATS[0]:.3f}")
    got = [word.text for word in page.days([heat.box.middle[0]])]
    between = range(KEPT - 1, len(HEATS) - KEPT + 1)
    assert set(got) == {day(n) for n in between} | {f"{HEATS[n]:.3f}" for n in between}
    assert page.page.has_unread  # masses and temperatures
    assert set(got) <= {word.text for word in page.page.words}
    assert len(page.days([])) == len(between) * len(COLUMNS)
    assert not page.page.has_unread
    assert sum(word.text == day(10) for word in page.page.words) == 1  # though asked for twice


def test_rows_that_are_no_days_and_rows_of_indexes_are_read_whole(read: Read) -> None:
    rows = [(f"{41000 + n * 7919 % 9000}", f"{heat:.3f}", "210.25", "60.4", "40.1", "24.0") for n, heat in enumerate(HEATS)]
    assert not read(draw(table(rows))).page.has_unread
    rising = [round(1204.5 + n * 4.25, 2) for n in range(28)]
    page = read(draw(["Показания на конец суток", "", *days(rising)]))
    assert not page.page.has_unread
    assert day(10) in {word.text for word in page.page.words}


def test_a_page_without_rows_of_days_has_none_to_read(read: Read) -> None:
    assert read(draw(["Директор  Каримов Ш.Р."])).days([]) == ()


def test_what_was_left_out_is_print() -> None:
    assert is_print(Word(UNREAD, 1.0, Box(10, 10, 40, 18)))
