"""Pages that no layout of the corpus has: what a number means is told by its label, its date, the arithmetic and the cell it stands in."""

from __future__ import annotations

from metering.reports import Report
from metering.units import MeterKind, Unit
from parsers.fields import extract
from tests.parsers.test_fields_samples import read, told, value
from tests.parsers.typed import ruled

HEAT, WATER = MeterKind.HEAT, MeterKind.HOT_WATER


def drawn(text: str) -> Report:
    (report,) = extract([ruled(text)], "report.pdf")
    return report


def test_a_printed_spreadsheet_with_wrapped_cells_and_numbered_rows_is_read_cell_by_cell() -> None:
    report = drawn("""
┌───┬──────────────┬────────────────────┬────────────┬────────────┬───────────┬─────────┐
│ 1 │ Отчет        │                    │            │            │           │         │
│   │ потребителя  │                    │            │            │           │         │
├───┼──────────────┼────────────────────┼────────────┼────────────┼───────────┼─────────┤
│ 2 │              │ ООО «Сув           │            │            │           │         │
│   │ Наименование │ Йўли               │            │            │           │         │
│   │ потребителя  │ Савдо»             │            │            │           │         │
├───┼──────────────┼────────────────────┼────────────┼────────────┼───────────┼─────────┤
│ 3 │ Договор      │                    │            │ ИНН        │           │         │
│   │              │ 03117              │            │ потреби-   │ 301234567 │         │
│   │ №            │                    │            │ теля       │           │         │
├───┼──────────────┼────────────────────┼────────────┼────────────┼───────────┼─────────┤
│ 4 │ Дата снятия  │ 23.11.2026         │            │ Период     │ ноябрь    │         │
│   │ показаний    │                    │            │            │ 2026      │         │
├───┼──────────────┼────────────────────┼────────────┼────────────┼───────────┼─────────┤
│   │              │                    │ Показания  │ Показания  │ Кол-во    │         │
│ 5 │ Зав. номер   │ Назначение         │ на начало  │ на конец   │ тепловой  │ Ед.     │
│   │              │                    │ периода    │ периода    │ энергии   │ изм.    │
├───┼──────────────┼────────────────────┼────────────┼────────────┼───────────┼─────────┤
│ 6 │ 4411223      │ Отопление          │ 1204,50    │ 1310,75    │ 106,25    │ Гкал    │
├───┼──────────────┼────────────────────┼────────────┼────────────┼───────────┼─────────┤
│ 7 │ 5500667      │ Горячее            │ 33,10      │ 48,60      │ 15,50     │ м3      │
│   │              │ водоснабжение      │            │            │           │         │
└───┴──────────────┴────────────────────┴────────────┴────────────┴───────────┴─────────┘
""")
    assert value(report.organization) == "ООО «Сув Йўли Савдо»"
    assert (value(report.contract_number), value(report.inn)) == ("03117", "301234567")
    assert (value(report.reading_date), value(report.period)) == ("2026-11-23", "2026-11")
    assert [told(m) for m in report.meters] == [
        ("4411223", HEAT, Unit.GCAL, "1204.50", "1310.75", "106.25"),
        ("5500667", WATER, Unit.M3, "33.10", "48.60", "15.50"),
    ]


def test_the_date_behind_a_number_is_its_own_and_the_sum_tells_the_rest() -> None:
    report = read("""
Договор
№ 03117. Просим принять показания за ноябрь 2026 г.
Отопление, прибор ТЭМ-104, зав. № 4411223: за отчетный месяц потреблено 106,25 Гкал. (с 1204,50 Гкал. на 24.10.2026
до 1310,75 Гкал. на 23.11.2026).
""")
    assert value(report.contract_number) == "03117"
    assert value(report.reading_date) == "2026-11-23"
    assert [told(m) for m in report.meters] == [("4411223", HEAT, Unit.GCAL, "1204.50", "1310.75", "106.25")]


def test_integrators_of_one_line_each_end_their_line() -> None:
    report = read("""
Теплосчетчик ТЭМ-106 Зав. № 4411223
Отчет за период 24.10.2026 - 23.11.2026      Договор № 03117
Интеграторы:
  на 23.11.2026 24:00:00   Q, Гкал = 1310.75   Tнар, ч = 11765
  на 24.10.2026 24:00:00   Q, Гкал = 1204.50   Tнар, ч = 5823
""")
    assert [told(m)[3:5] for m in report.meters] == [("1204.50", "1310.75")]


def test_sentences_of_two_meters_that_look_alike_are_no_cards() -> None:
    report = read("""
Договор № 03117, ноябрь 2026 г.
Отопление, зав. № 4411223: на 24.10.2026 было 1204,50 Гкал, на 23.11.2026 стало 1310,75 Гкал, разница 106,25 Гкал.
Отопление, зав. № 5500667: на 24.10.2026 было  333,10 Гкал, на 23.11.2026 стало  348,60 Гкал, разница 15,50 Гкал.
""")
    assert value(report.reading_date) == "2026-11-23"
    assert [told(m) for m in report.meters] == [
        ("4411223", HEAT, Unit.GCAL, "1204.50", "1310.75", "106.25"),
        ("5500667", HEAT, Unit.GCAL, "333.10", "348.60", "15.50"),
    ]
