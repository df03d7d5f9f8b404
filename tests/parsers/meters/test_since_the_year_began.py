"""What was used since the year or the season began stands beside what was used this month, and is booked nowhere."""

from __future__ import annotations

import pytest

from parsers.fields import extract
from tests.parsers.test_fields_samples import told
from tests.parsers.typed import ruled, typed

HEAD = """
Договор № 03117      ИНН 301234567
Отчет за ноябрь 2026 г.
Дата снятия показаний: 23.11.2026
"""

TABLE = (
    HEAD
    + """
┌────────────┬────────────────────────┬────────────────────────────┬───────────┐
│ Зав.       │ Показания, Гкал        │ Израсходовано              │ Лимит     │
│ номер      ├────────────┬───────────┼────────────┬───────────────┤ на месяц  │
│            │ на начало  │ на конец  │ за месяц   │ с начала года │           │
├────────────┼────────────┼───────────┼────────────┼───────────────┼───────────┤
│ 4411223    │ 1204,50    │ 1310,75   │ 106,25     │ 807,31        │ 120,00    │
├────────────┼────────────┼───────────┼────────────┼───────────────┼───────────┤
│ 5500667    │ 33,10      │ 48,60     │ 15,50      │ 301,00        │ 50,00     │
└────────────┴────────────┴───────────┴────────────┴───────────────┴───────────┘
"""
)


def numbers(text: str) -> list[tuple[str, ...]]:
    (report,) = extract([ruled(text)], "report.pdf")
    return [told(meter)[3:] for meter in report.meters]


@pytest.mark.parametrize("heading", ["с начала года", "с нач. сезона", "за 2025 год", "в пред. месяце", "расход"])
def test_of_two_columns_of_what_was_used_the_month_s_counts(heading: str) -> None:
    assert numbers(TABLE.replace("с начала года", heading.ljust(13))) == [("1204.50", "1310.75", "106.25"), ("33.10", "48.60", "15.50")]


def test_a_column_since_the_year_began_is_no_consumption_either_where_the_month_s_own_is_wrong() -> None:
    (report,) = extract([ruled(TABLE.replace("106,25", "106,52"))], "report.pdf")
    meter = report.meters[0]
    assert told(meter)[3:] == ("1204.50", "1310.75", "106.52")
    assert meter.consumption is not None
    assert not meter.consumption.certain


def test_two_columns_that_both_add_up_nowhere_make_nothing_certain() -> None:
    (report,) = extract(
        [ruled(TABLE.replace("с начала года", "расход       ").replace("106,25", "106,52").replace("15,50", "15,05"))], "r.pdf"
    )
    assert not any(meter.consumption is not None and meter.consumption.certain for meter in report.meters)


def test_a_sentence_tells_what_was_used_since_the_season_began() -> None:
    text = HEAD + "По теплосчетчику № 4411223 с начала сезона израсходовано 807,31 Гкал, за ноябрь 106,25 Гкал (с 1204,50 до 1310,75).\n"
    (report,) = extract([typed(text)], "letter.pdf")
    assert [told(meter)[3:] for meter in report.meters] == [("1204.50", "1310.75", "106.25")]
