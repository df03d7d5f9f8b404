"""Blanks of a form whose label says little: behind the word for a meter alone, beside a table, below the readings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.handwriting import HandReading, WrittenText
from metering.pages import Box, Page, PageSource, Word
from parsers.fields import extract
from tests.parsers.handwritten.test_date_parts import line, places, printed
from tests.parsers.handwritten.test_pages import writing

NUMBERS = printed(("предыдущее", 60, 120), ("показание", 124, 180), top=260)


def test_what_is_written_behind_the_word_for_a_meter_is_its_serial_where_no_label_asks_for_that() -> None:
    meter = printed(("Счетчик", 60, 110), (":", 110, 113))
    lines = (line(118, 300), line(186, 300, 271))
    (serial,) = (place for key, place in places([*meter, *NUMBERS], lines).loose if key == "serial")
    assert 112 < serial.box.left < serial.box.right < 340
    asked = printed(("Зав.", 60, 80), ("№", 84, 92), top=230)
    (serial,) = (place for key, place in places([*meter, *asked, *NUMBERS], (*lines, line(98, 300, 241))).loose if key == "serial")
    assert serial.box.bottom > 240


def test_a_blank_for_the_type_of_a_meter_is_none_for_its_serial() -> None:
    words = [*printed(("Теплосчетчик", 60, 130), ("тип", 134, 150)), *NUMBERS]
    assert [key for key, _ in places(words, (line(156, 300), line(186, 300, 271))).loose] == ["previous"]


HEADS = {60: "Предыдущее показание, Гкал", 220: "Текущее показание, Гкал", 380: "Расход, Гкал"}


@pytest.mark.parametrize(("typed", "serial"), [(False, "1306457"), (True, "1306451")])
def test_of_a_table_without_a_column_for_the_serial_it_stands_elsewhere_by_hand_or_typed(typed: bool, serial: str) -> None:
    words = [
        Word(part, 0.95, Box(left + 2, 300 + 12 * n, left + 2 + 6.0 * len(part), 310 + 12 * n))
        for left, head in HEADS.items()
        for n, part in enumerate(head.split())
    ]
    words += printed(("Заводской", 60, 110), ("№", 114, 122))
    words += [Word("1306451", 0.96, Box(130, 200, 172, 210))] if typed else []
    cells = [Box(left, top, left + 150, top + high) for top, high in ((295, 45), (342, 24)) for left in HEADS]
    values = {200: "1306457", **dict(zip(HEADS, ("1284,37", "1331,92", "47,55"), strict=True))}

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        text = values.get(round(place.left) if place.top > 340 else 200 if place.top < 205 < place.bottom else 0, "")
        return HandReading((WrittenText(text, (0.0, 0.0)),), (text, text), 0.9) if text else HandReading()

    def look(number: int, place: Box, boxed: bool) -> float:
        return 0.01 if typed and place.top < 205 < place.bottom else 0.95

    sheet = Page(1, 595, 842, tuple(words), PageSource.OCR, (line(126, 300),))
    asked = replace(writing(sheet, 0.95), hand=hand, look=look, frames=lambda number, form: tuple(cells))
    (report,) = extract([sheet], "form.pdf", writing=asked)
    (meter,) = report.meters
    assert meter.current is not None
    assert meter.serial is not None
    assert (meter.current.value, meter.serial.value, meter.serial.certain) == ("1331.92", serial, False)


def test_the_one_date_in_parts_below_the_readings_is_the_reports() -> None:
    reading = printed(("Дата", 60, 82), ("снятия", 86, 120), ("показаний", 124, 176), ("«", 180, 185), ("»", 222, 227), ("20", 285, 297))
    parts = ((186, 221), (230, 282), (298, 330))
    lines = (*(line(a, b) for a, b in parts), line(186, 300, 271))
    last = printed(("М.П.", 60, 82), ("«", 180, 185), ("»", 222, 227), ("20", 285, 297), top=320)
    found = places([*reading, *NUMBERS, *last], (*lines, *(line(a, b, 331) for a, b in parts)))
    (report,) = found.dates["report_date"]
    assert report.box.top > 271
    assert not report.labelled
    above = printed(("на", 60, 82), ("«", 180, 185), ("»", 222, 227), ("20", 285, 297), top=160)
    found = places([*above, *reading, *NUMBERS], (*lines, *(line(a, b, 171) for a, b in parts)))
    assert "report_date" not in found.dates
