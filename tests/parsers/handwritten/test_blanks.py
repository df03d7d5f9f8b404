"""Blanks of a form whose label says little: behind the word for a meter alone, beside a table, below the readings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from metering.handwriting import HandReading, WrittenText
from metering.pages import Box, Page, PageSource, Word
from metering.reports import Report
from parsers.fields import extract
from parsers.handwritten.written_dates import torn_date
from tests.parsers.handwritten.test_date_parts import line, places, printed
from tests.parsers.handwritten.test_pages import LABELS, VALUES, page, writing

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


def test_a_day_that_was_read_as_a_century_makes_no_date_below_the_readings() -> None:
    lines = (line(186, 300, 271), *(line(a, b, 331) for a, b in ((126, 160), (170, 220), (298, 330))))
    torn = printed(("М.П.", 60, 82), ("20", 110, 122), ("20", 285, 297), ("г.", 332, 338), top=320)
    assert "report_date" not in places([*NUMBERS, *torn], lines).dates


Hand = Callable[[int, Box, bool, bool], HandReading]


def dated(reading: Hand, engine: tuple[tuple[str, float], ...] = (), stamp: Box | None = None, look: float = 0.95) -> Report:
    """A form with one blank each for the two dates (at 450 and 500), their values by a hand; engine: what that read on the first blank."""
    sheet = page(LABELS | {450.0: "Дата снятия показаний", 500.0: "Дата составления"})
    words = tuple(Word(text, 0.7, Box(left, 450, left + 6.0 * len(text), 460)) for text, left in engine)
    asked = writing(sheet, look, stamp=stamp, values=VALUES | {500.0: "24,11,2026"})

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        return reading(number, place, boxed, dated) if place.bottom > 440 else asked.hand(number, place, boxed, dated)

    (report,) = extract([replace(sheet, words=(*sheet.words, *words))], "form.pdf", writing=replace(asked, hand=hand))
    return report


def said(text: str, cost: float = 0.0) -> HandReading:
    return HandReading((WrittenText(text, (cost, cost)),), (text, text), 0.9)


@pytest.mark.parametrize(
    ("engine", "parts"),
    [
        ((("21", 200.0), ("ноября", 220.0), ("2026", 262.0)), {200: "21", 270: "2026"}),
        ((("2026", 200.0), ("йил", 230.0), ("21", 254.0), ("ноябрь", 270.0)), {210: "2026", 258: "21"}),
    ],
)
def test_a_date_with_its_month_in_a_word_on_one_blank_is_parted_by_that_word(
    engine: tuple[tuple[str, float], ...], parts: dict[int, str]
) -> None:
    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        if place.bottom > 490:
            return said("24,11,2026")
        whole = place.right - place.left > 130 and all(place.left < x < place.right for x in (205, 290))
        return said("211101712026", 9.0) if whole else said(next(t for x, t in parts.items() if place.left < x < place.right))

    read = dated(hand, engine).reading_date
    assert read is not None
    assert (read.value, read.certain) == ("2026-11-21", False)  # the word was read by the engine alone


def test_a_date_in_digits_is_not_parted_by_what_looks_like_a_month() -> None:
    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        return said("24,11,2026") if place.bottom > 490 else said("23,11,2026")

    read = dated(hand, (("march", 220.0),)).reading_date
    assert read is not None
    assert (read.value, read.certain) == ("2026-11-23", True)


def test_a_report_s_date_of_which_a_stamp_hides_the_end_is_what_stands_before_the_ring() -> None:
    stamp = Box(220, 450, 330, 560)

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        if place.bottom < 490:
            return said("23,11,2026")
        return said(",24,11,2") if place.right < 230 else said("01,02,2020", 9.0)

    report = dated(hand, stamp=stamp)
    assert report.report_date is not None
    assert report.reading_date is not None
    assert (report.report_date.value, report.report_date.certain) == ("2026-11-24", False)
    assert not report.reading_date.certain  # a torn date says nothing for another
    assert dated(hand).report_date is None  # without a stamp it is rubbish


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("19,12,22", "2025-12-19"),
        ("2012", "2025-12-20"),
        ("20,XII", "2025-12-20"),
        ("202025", "2025-12-20"),
        ("20,11,2025", None),
        ("20,1", None),
        ("18,12,2025", None),
        ("5,1,2026", None),
    ],
)
def test_a_torn_date_is_one_of_the_days_soon_after_the_readings(text: str, date: str | None) -> None:
    assert torn_date("2025-12-19")(text) == date
