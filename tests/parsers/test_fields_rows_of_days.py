"""Printouts of which most rows of days were left out: their heat is asked for, and nothing else of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from metering.pages import UNREAD, Page, Word
from metering.reports import Report
from parsers.fields import extract
from tests.parsers.read_twice import Print, scanned

HEATS = [Decimal(4000 + n * 370 % 1000) / 1000 for n in range(20)]
DAYS = "\n".join(f"{n + 1:02}.11.26   {heat:.3f}   {200 + n % 7}.25   {60 + n % 5}.4   24.0" for n, heat in enumerate(HEATS))
TOTAL = f"{sum(HEATS):.3f}"
END = f"{Decimal('1204.500') + sum(HEATS):.3f}"
PRINTED = f"""
          Отчет о суточных параметрах за период с 01.11.2026 по 20.11.2026
Абонент: ООО «Сув Йўли»          Договор № 03117
Тепловычислитель ВКТ-7 зав. № 4411223

Дата       Q, Гкал   M1, т    t1, °C  Tраб, ч
{DAYS}
Итого      {TOTAL}  4060.25           480.0

Показания интегратора Q, Гкал: на начало 1204.500 на 20.11.2026 {END} расход {TOTAL}

Дата: 21.11.2026     Директор             Каримов Ш.Р.
"""
LEFT_OUT = range(3, 17)


def left_out(page: Page) -> tuple[Page, list[Word]]:
    """The page with the rows of the days in the middle unread, and their words."""
    rows = {f"{n + 1:02}.11.26" for n in LEFT_OUT}
    tops = {word.box.top for word in page.words if word.text in rows}
    hidden = [word for word in page.words if word.box.top in tops]
    return replace(page, words=tuple(replace(w, text=UNREAD, symbols=()) if w in hidden else w for w in page.words)), hidden


def read(text: str) -> tuple[Report, list[Sequence[float]]]:
    """The report of a page, and the columns that were asked for."""
    page, hidden = left_out(scanned(text))
    asked: list[Sequence[float]] = []

    def days(number: int, columns: Sequence[float]) -> tuple[Word, ...]:
        asked.append(columns)
        first = min(word.box.left for word in hidden)
        return tuple(w for w in hidden if not columns or w.box.left == first or any(w.box.left <= x <= w.box.right for x in columns))

    (report,) = extract([page], "scan.pdf", Print(text), days=days)
    return report, asked


def test_the_column_of_heat_is_asked_for_and_the_days_are_a_cross_check() -> None:
    report, asked = read(PRINTED)
    heat = next(word for word in scanned(PRINTED).words if word.text == f"{HEATS[0]:.3f}")
    assert [[heat.box.left <= x <= heat.box.right for x in columns] for columns in asked] == [[True]]
    (meter,) = report.meters
    assert meter.daily == tuple(HEATS)
    assert meter.current is not None
    assert meter.current.value == END
    assert meter.current.certain


def test_a_day_that_misses_the_total_is_seen() -> None:
    wrong = PRINTED.replace(f"11.11.26   {HEATS[10]:.3f}", f"11.11.26   {HEATS[10] + 3:.3f}")
    report, _ = read(wrong)
    (meter,) = report.meters
    assert sum(meter.daily) == sum(HEATS) + 3
    assert meter.daily_total == sum(HEATS)


def test_where_no_column_is_known_as_heat_the_rows_are_asked_for_whole() -> None:
    report, asked = read(PRINTED.replace("Дата       Q, Гкал   M1, т    t1, °C  Tраб, ч", "Дата      Время      M1, т    t1, °C  Tраб, ч"))
    assert asked[-1] == []
    assert report.meters


def test_where_rows_of_two_numbers_are_none_of_the_table_they_are_asked_for_whole() -> None:
    page, hidden = left_out(scanned(PRINTED))
    asked: list[Sequence[float]] = []

    def days(number: int, columns: Sequence[float]) -> tuple[Word, ...]:
        asked.append(columns)
        return () if columns else tuple(hidden)

    (report,) = extract([page], "scan.pdf", Print(PRINTED), days=days)
    (meter,) = report.meters
    assert [bool(columns) for columns in asked] == [True, False]
    assert meter.daily == tuple(HEATS)


def test_a_stroke_zero_of_a_day_is_no_sign_of_heat() -> None:
    page, hidden = left_out(scanned(PRINTED))
    torn = [replace(w, text=w.text.replace("05.11.26", "Q5.11.26").replace("10.11.26", "1@.11.26"), symbols=()) for w in hidden]
    (report,) = extract([page], "scan.pdf", Print(PRINTED), days=lambda number, columns: tuple(torn))
    (meter,) = report.meters
    assert meter.daily == tuple(HEATS)


def test_a_further_reading_of_the_page_spares_its_days() -> None:
    asked: list[tuple[float, float]] = []

    def third(number: int, top: float, bottom: float) -> tuple[Word, ...]:
        asked.append((top, bottom))
        return tuple(word for word in scanned(PRINTED).words if top <= word.box.middle[1] <= bottom)

    torn = PRINTED.replace("1204.500", "~~~~~~~~").replace(f"{END} расход", f"{'~' * len(END)} расход")
    rows = [word.box for word in scanned(PRINTED).words if word.text.endswith(".11.26")]
    (report,) = extract([scanned(torn)], "scan.pdf", Print(PRINTED), third)
    (meter,) = report.meters
    assert meter.previous is not None
    assert meter.previous.value == "1204.500"
    assert asked
    assert not any(top < row.middle[1] < bottom for top, bottom in asked for row in rows)
