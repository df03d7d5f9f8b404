"""A page that gives the same numbers two units of energy: one of them is wrong, and a person looks."""

from __future__ import annotations

import pytest

from metering.reports import Report
from parsers.fields import extract
from tests.parsers.typed import ruled, typed

PAGE = """
             Отчет о потреблении тепловой энергии за ноябрь 2026 г.
Договор № 03117      ИНН 301234567
Дата снятия показаний: 23.11.2026
{}
Директор             Каримов Ш.Р.
"""
TABLE = """
┌──────────┬─────────┬──────────────────┬──────────────────┬──────────────┐
│ Зав. №   │ {:7} │ Предыдущие{:6} │ Текущие{:9} │ Расход{:6} │
├──────────┼─────────┼──────────────────┼──────────────────┼──────────────┤
│ 4411223  │ {:7} │ 593772,09        │ 593810,50        │ 38,41        │
└──────────┴─────────┴──────────────────┴──────────────────┴──────────────┘
"""
IN_GCAL = TABLE.format("Ед.изм.", "", "", "", "Гкал")


def read(text: str) -> Report:
    (report,) = extract([(ruled if "┌" in text else typed)(PAGE.format(text))], "report.pdf")
    return report


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (TABLE.format("Система", ", Гкал", ", Гкал", ", ГДж", ""), "GJ, Gcal"),
        (TABLE.format("Ед.изм.", "", "", ", Гкал", "ГДж"), "GJ, Gcal"),
        (f"{IN_GCAL}Всего израсходовано: 38,41 МВт·ч", "Gcal, MWh"),
        ("Счетчик № 4411223\nПредыдущее показание: 1204,50 Гкал\nТекущее показание: 1310,75 Гкал\nРасход: 106,25 ГДж", "GJ, Gcal"),
        ("По счетчику № 4411223: было 1204,50 Гкал, стало 1310,75 Гкал, расход 106,25 МВт·ч", "Gcal, MWh"),
    ],
)
def test_two_units_of_energy_for_numbers_that_add_up_are_for_a_person(text: str, units: str) -> None:
    assert read(text).caution == units


@pytest.mark.parametrize(
    "text",
    [
        IN_GCAL,
        TABLE.format("Система", ", Гкал", ", Гкал", ", Гкал", ""),
        f"{IN_GCAL}Всего израсходовано: 160,82 ГДж",
        "Счетчик № 4411223\nПредыдущее показание: 1204,50 Гкал\nТекущее показание: 1310,75 Гкал\nРасход: 106,25 Гкал (444,85 ГДж)",
        "Счетчик № 4411223: было 1204,50, стало 1310,75, расход 106,25 Гкал\nСчетчик ГВС № 5512888: было 10,5, стало 20,5, расход 10,0 м3",
    ],
)
def test_another_unit_of_another_number_is_no_contradiction(text: str) -> None:
    assert read(text).caution == ""
