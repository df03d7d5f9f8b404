"""A journal that is kept by hand, a row a month: its newest row is the meter's, and the index of the row before."""

from __future__ import annotations

import pytest

from metering.pages import Box, Word
from metering.reports import Report
from tests.parsers.handwritten.test_places import page_of, words
from tests.parsers.handwritten.test_side_by_side import read

HEADS = ("Дата снятия", "Показание, Гкал", "Расход, Гкал")
MONTHS = [("23,08,2026", "1284,37", "10,20"), ("22,09,2026", "1331,92", "47,55"), ("21,10,2026", "1400,00", "68,08")]
EMPTY = ("", "", "")


def journal(rows: list[tuple[str, str, str]], heads: tuple[str, ...] = HEADS, printed: str = "") -> Report:
    """A contract and a serial over a table; printed: what is typed in its second row."""
    cells = [[Box(60 + n * 150, 220 + 25 * y, 207 + n * 150, 242 + 25 * y) for n in range(len(heads))] for y in range(len(rows) + 1)]
    head = [word for cell, text in zip(cells[0], heads, strict=True) for word in words(text, cell.left + 4, cell.top + 5)]
    above: list[Word] = [*words("Договор №", 60, 120), *words("Зав. №", 60, 160), *words(printed, 520, cells[1][0].top + 5)]
    sheet = page_of([*above, *head], (Box(120, 131, 200, 132), Box(110, 171, 200, 172)))
    frames = tuple(cell for row in cells for cell in row)

    def tell(place: Box) -> str:
        if place.top < 200:
            return "00417" if place.top < 140 else "1306457"
        y, n = round((place.top - 220) / 25) - 1, round((place.left - 60) / 150)
        return rows[y][n] if 0 <= y < len(rows) and n < len(heads) else ""

    return read(sheet, frames, tell)


def numbers(report: Report) -> list[str | None]:
    (meter,) = report.meters
    return [field.value if field is not None else None for field in (meter.serial, meter.previous, meter.current, meter.consumption)]


@pytest.mark.parametrize("rows", [[*MONTHS, EMPTY, EMPTY], MONTHS[::-1]], ids=["the newest last", "the newest first"])
def test_the_newest_row_is_the_meter_s_and_the_index_before_it_the_previous_one(rows: list[tuple[str, str, str]]) -> None:
    report = journal(rows)
    assert numbers(report) == ["1306457", "1331.92", "1400.00", "68.08"]
    assert report.reading_date is not None
    assert report.reading_date.value == "2026-10-21"


def test_a_stamp_s_edge_below_the_rows_is_no_month_and_a_day_without_an_index_is_one() -> None:
    assert numbers(journal([*MONTHS, ("", "5", "")])) == ["1306457", "1331.92", "1400.00", "68.08"]
    (meter,) = journal([*MONTHS, ("20,11,2026", "", "12,00")]).meters
    assert meter.current is None
    assert meter.previous is not None
    assert meter.previous.value == "1400.00"


def test_a_month_of_a_row_is_not_the_report_s() -> None:
    report = journal(MONTHS, printed="август 2026")
    assert report.period is not None
    assert report.period.value == "2026-10"


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        (("Зав. №", "Показание, Гкал", "Расход, Гкал"), [("12345", "1284,37", "10,20"), ("54321", "2331,92", "47,55")]),
        (HEADS, [("23,08,2026", "1284,37", "10,20"), ("23,08,2026", "2331,92", "47,55")]),
    ],
    ids=["serials", "one day"],
)
def test_rows_of_several_meters_are_no_journal(heads: tuple[str, ...], rows: list[tuple[str, str, str]]) -> None:
    read = [(m.previous and m.previous.value, m.current and m.current.value) for m in journal(rows, heads).meters]
    assert ("1284.37", "2331.92") not in read


def test_a_month_of_a_day_in_the_head_of_an_index_is_not_the_report_s() -> None:
    """«Олдинги кўрсаткич | сана 24.09.2026» over the cells: of its ink the engine made a month."""
    heads, sides = ("Завод рақами", "Олдинги кўрсаткич", "Охирги кўрсаткич", "Истеъмол"), (40.0, 170.0, 310.0, 450.0)
    head = [w for name, left in zip(heads, sides, strict=True) for w in words(name, left + 4, 203)]
    head += [*words("сана сентябрь 2026", 174, 219), *words("сана", 314, 219)]
    frames = tuple(Box(left, top, left + 128, top + high) for left in sides for top, high in ((200.0, 34.0), (236.0, 24.0)))
    sheet = page_of([*words("Шартнома №", 60, 120), *head], (Box(130, 131, 200, 132),))

    def tell(place: Box) -> str:
        if place.top < 234:
            return "00417" if place.top < 150 else "21,10,2026" if place.left > 300 else "24,09,2026"
        return dict(zip(sides, ("1306457", "1331,92", "1400,00", "68,08"), strict=True)).get(place.left, "")

    report = read(sheet, frames, tell)
    assert numbers(report) == ["1306457", "1331.92", "1400.00", "68.08"]
    assert report.reading_date is not None
    assert report.period is not None
    assert (report.reading_date.value, report.period.value) == ("2026-10-21", "2026-10")
