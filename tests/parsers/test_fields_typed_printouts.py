"""Printouts of calculators typed in one width of letters: heads a plain space apart, columns drawn with signs, days whose head was lost."""

from __future__ import annotations

import pytest

from metering.units import MeterKind, Unit
from tests.parsers.test_fields_paper import on_paper, told
from tests.parsers.test_fields_samples import read as of_text

HEAD = """
Отчет за месяц   с 25.02.2026 по 17.03.2026
Организация ООО «Лола Косметик»     Договор: 25934
Карат-307    Заводской номер: 59489249
"""

BLOCK = """
Интеграторы
Параметр 24.02.26 24:00 17.03.26 24:00 Разность
Qот, Гкал         572.2          763.4    191.2
    M1, т       60876.0        64231.5   3355.5
"""


@pytest.mark.parametrize(
    "head",
    [
        "Параметр 24.02.26 24:00 17.03.26 24:00 Разность",
        " Начало  24.02.26 24:00 17.03.26 24:00 Разность",
        "Показания на 24.02.26 00 на 17.03.2026 Разность",
    ],
)
def test_days_a_plain_space_apart_over_integrators_head_a_column_each(head: str) -> None:
    printed = HEAD + BLOCK.replace("Параметр 24.02.26 24:00 17.03.26 24:00 Разность", head.replace(" Начало ", "Параметр"))
    (meter,) = of_text(printed).meters
    assert told(meter) == ("59489249", "572.2", "763.4", "191.2")


def test_the_end_may_stand_before_the_beginning_a_plain_space_apart() -> None:
    printed = """
Тип: ВИСТ   Сер.ном. 00491649
Договор № 06294
Накоплено
            Конец 21.03.2026 24:00:00 Начало 20.02.2026 24:00:00 Разность
Qтеп [Гкал]                     58.25                      32.00    26.25
     G1 [т]                   41506.7                    36896.4   4610.3
"""
    (meter,) = of_text(printed).meters
    assert told(meter) == ("00491649", "32.00", "58.25", "26.25")


def test_a_day_behind_its_label_stays_with_it() -> None:
    printed = """
Договор № 06294
Зав. №    Показание на 24.10.2026 Показание на 24.11.2026 Расход, Гкал
4411223                    572.20                  763.40       191.20
4411224                    172.20                  263.40        91.20
"""
    assert [told(meter) for meter in of_text(printed).meters] == [
        ("4411223", "572.20", "763.40", "191.20"),
        ("4411224", "172.20", "263.40", "91.20"),
    ]


def _marked(sign: str) -> str:
    days = "".join(f"! {day:02d}.10.25!  0.34!  73.04!  72.50! 74.8! 43.2! 24.0!\n" for day in range(1, 25))
    return f"""
Отчет о показаниях теплосчетчика с 01.10.2025 по 24.10.2025
Договор № 07964    SA-94/2   Номер прибора: 97224453
!   Дата  !Q, Гкал! M1, т!  M2, т!t под!t обр!  h !
{days}!   Итого !  8.16!1752.96!1740.00! 74.8! 43.2! 576 !

Показания интеграторов
! Дата, время     !  Q, Гкал!    M1, т!
! 30.09.25 24:00  ! 59527.70! 54301.74!
! 24.10.25 24:00  ! 59535.86! 56054.70!
! Разность        !     8.16!  1752.96!
""".replace("!", sign)


def test_columns_drawn_with_exclamation_marks_are_columns() -> None:
    report = of_text(_marked("!"))
    assert [(m.kind, m.unit, *told(m)) for m in report.meters] == [(MeterKind.HEAT, Unit.GCAL, "97224453", "59527.70", "59535.86", "8.16")]
    assert [told(m) for m in of_text(_marked("|")).meters] == [told(m) for m in report.meters]


def test_a_few_exclamation_marks_are_no_bars() -> None:
    printed = """
ВНИМАНИЕ! Договор № 03117
Зав. №     Предыдущие   Текущие    Расход
4411223    593772,09    593810,50  38,41 Гкал
"""
    (meter,) = of_text(printed).meters
    assert told(meter) == ("4411223", "593772.09", "593810.50", "38.41")


DAYS = "".join(f"{day:02d}-01    0,20   120,15   119,37    74,2   55,9   24,0\n" for day in range(2, 28))
TORN = f"""
Посуточная ведомость показаний прибора учета зас 02.01.2026 по 27.01.2026
Договор: 23758   КМ-5-2   Номер теплосчетчика 23930115
+     1        1    р    i      +
Qava  Q [Гкал]  М1, т    M2, т     t1     +&2    Тнар [ч]
+     +     1       р    О      +
{DAYS}Итого    5,20  3123,90  3103,62                624,0
+    р р   [Об    р     +
Показания интеграторов КМ-5-2
Наименование     Начало     Конец     Разница
О, Гкал         7719,15   7724,35        5,20
М2, т          48680,58  51784,20     3103,62
"""


def test_days_under_a_head_that_was_misread_are_no_meters_nor_is_a_drawn_line_part_of_it() -> None:
    report = on_paper(TORN)
    assert [told(m) for m in report.meters] == [("23930115", "7719.15", "7724.35", "5.20")]
    assert report.reading_date is not None
    assert report.reading_date.value == "2026-01-27"
