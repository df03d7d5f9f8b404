"""Printouts of calculators typed in one width of letters: heads a plain space apart, columns drawn with signs, days whose head was lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.pages import Box
from metering.units import MeterKind, Unit
from parsers.meters.table_headers import find_headers
from parsers.page.marked import mark
from tests.parsers.read_twice import scanned
from tests.parsers.test_fields_paper import on_paper, told
from tests.parsers.test_fields_samples import read as of_text
from tests.parsers.test_fields_samples import value
from tests.parsers.typed import LETTER, LINE, MARGIN

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


STACKED = """
Сведения о потреблении тепловой энергии за октябрь 2026 года
Организация: ООО «Мадина Нон Савдо»
Дог. № 59036
СПТ-941.20                 v 2.08
Зав. N...................34455322
    ТВ1  25-09-26 / 24-10-26
Qтв, Гкал
 на нач.................609670.72
 на кон.................609912.37
 за период.................241.65
M1, т
 на нач..................28790.02
 на кон..................41757.65
 за период...............12967.63
Ti, ч......................720.00
"""


def test_rows_of_readings_under_the_name_of_a_mass_are_no_meter_and_a_span_may_be_parted_by_a_stroke() -> None:
    report = of_text(STACKED)
    assert [told(meter) for meter in report.meters] == [("34455322", "609670.72", "609912.37", "241.65")]
    assert report.reading_date is not None
    assert report.reading_date.value == "2026-10-24"


def test_rows_of_readings_under_the_name_of_heat_again_are_a_further_meter() -> None:
    printed = STACKED.replace("M1, т\n", "Зав. N 34455323\nQ2, Гкал\n")
    assert [told(meter)[1:] for meter in of_text(printed).meters] == [
        ("609670.72", "609912.37", "241.65"),
        ("28790.02", "41757.65", "12967.63"),
    ]


SYSTEMS = """
Показания интеграторов теплосчетчиков      Дог. № 59036
Месяц: декабрь 2025 г.  Показания сняты 25.12.2025, предыдущие 25.11.2025

ТЭМ-106    Зав. № 1267342    Система 1: отопление

Параметр       Стало        Было    Разность
Q, Гкал     24685.97    24605.20       80.77
М1, т       15315.83    14705.33      610.50
{misread}      75.2        40.0

ТЭМ-106    Зав. № 99598822    Система 2: отопление

Параметр       Стало        Было    Разность
Q, Гкал     26274.10    26123.65      150.45
М1, т       56529.14    54542.64     1986.50
"""


@pytest.mark.parametrize("misread", ["t1/t2, °C", "51/52, °С"])
def test_a_line_of_several_cells_over_a_table_names_its_meter(misread: str) -> None:
    assert [told(meter) for meter in on_paper(SYSTEMS.format(misread=misread)).meters] == [
        ("1267342", "24605.20", "24685.97", "80.77"),
        ("99598822", "26123.65", "26274.10", "150.45"),
    ]


def test_a_row_called_by_the_sign_of_hours_is_no_meter() -> None:
    printed = """
Счетчик MULTICAL 603   Serial: 6515682
Договор № 26154
Параметр     22.12.2025    23.01.2026    Разность
E1, МВт*ч      96720,99      96908,95      187,96
h               40864,0       41648,7       784,7
"""
    assert [told(meter) for meter in of_text(printed).meters] == [("6515682", "96720.99", "96908.95", "187.96")]


def test_a_rule_that_was_read_as_a_letter_behind_a_day_is_no_part_of_its_head() -> None:
    printed = """
Номер теплосчетчика 66675242
Договор № 57666
Показания интеграторов
Параметр    i  23.01.26 00:00 i  22.02.26 24:00    Результат за период
Ецо-ц, Гкал        113582.46         113752.79                  170.33
Мц, т               29142.71          37610.61                 8467.90
"""
    assert [told(meter) for meter in on_paper(printed).meters] == [("66675242", "113582.46", "113752.79", "170.33")]


def test_columns_under_one_name_whose_rules_were_not_found_part_where_their_numbers_do() -> None:
    printed = """
Дата        Масса теплоносителя, т        Энергия     Время
         под. М1   обр. М2   Разность     Q, Гкал     час
01-02     125,26    125,05      0,21         2,46     24,0
02-02     125,26    125,05      0,21         2,46     24,0
"""
    across = [MARGIN + LETTER * n for n in (-1, 7, 40, 50, 59)]
    rules = tuple(Box(x, MARGIN - 2, x + 0.5, MARGIN + 4 * LINE) for x in across)
    (header,) = find_headers(mark(replace(scanned(printed), rules=rules)))
    assert [column.role for column in header.columns] == ["report_date", "mass", "mass", "consumption", "energy", "date_column"]


@pytest.mark.parametrize("first", ["MULTICAL 603   Serial: 6515682", "Сер.номер: 6515682", "Номер теплосчетчика 6515682", "Зав. № 6515682"])
def test_a_serial_before_the_contract_of_its_line_is_one(first: str) -> None:
    printed = f"""
{first}      Договор № 26154
Параметр     22.12.2025    23.01.2026    Разность
E1, МВт*ч      96720,99      96908,95      187,96
"""
    assert [told(meter)[0] for meter in of_text(printed).meters] == ["6515682"]


def test_a_system_behind_a_serial_is_no_unit_of_it() -> None:
    report = of_text("""
Договор      : 13562
Теплосчетчик : ТС-201     Сер.ном. 02853     Т/С Отопление
Предыдущее показание 42,19 Гкал, текущее показание 50,47 Гкал, расход 8,28 Гкал
""")
    assert [value(m.serial) for m in report.meters] == ["02853"]


def test_tonnes_in_an_hour_behind_a_number_are_its_unit_still() -> None:
    report = of_text("""
Договор      : 13562
Теплосчетчик : ТС-201     Зав. № 4411223     расход 02853 т/ч
Предыдущее показание 42,19 Гкал, текущее показание 50,47 Гкал, расход 8,28 Гкал
""")
    assert [value(m.serial) for m in report.meters] == ["4411223"]


def test_temperatures_whose_names_were_misread_are_no_meter_though_they_add_up() -> None:
    report = of_text("""
Договор № 06453
Теплосчетчик ТЭМ-104        Зав. № 40491981
Показания интеграторов
Параметр       21.12.2025     25.01.2026    Разность
Q, Гкал         850889.62      850928.07       38.45
V1, м3           14857.47       16403.72     1546.24
Траб, ч             12339          13179         840
{1 = 68.2   {2 = 46.9   ЧЕ = 21.3   Ошибки: нет
""")
    assert [(value(m.serial), value(m.consumption)) for m in report.meters] == [("40491981", "38.45")]
