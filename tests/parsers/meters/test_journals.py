"""A meter told twice: in the rows of a journal and in the lines below it, in two units; and a meter's name that looks like a serial."""

from __future__ import annotations

import pytest

from metering.units import Unit
from parsers.fields import extract
from parsers.meters.combining import join_page
from parsers.page.found import NUMBERS, Draft, Found
from tests.parsers.test_fields_samples import told
from tests.parsers.typed import typed

JOURNAL = """
               Журнал учета тепловой энергии
                       ноябрь 2026 г.
Договор теплоснабжения: 03117
Прибор: Карат-307, зав. № 5763221, система отопления

     Дата      Время    Показание счетчика, Гкал   t под.   t обр.   Снял
22.10.2026     09:00                     8 123,41     71,0     43,9
05.11.2026     09:00                     8 128,28     85,5     66,9
12.11.2026     09:00                     8 134,66     69,2     51,0
17.11.2026     09:00                     8 142,54     60,8     37,5

Показание предыдущего отчета: 8 123,41 Гкал.
Показание на дату отчета: 8 142,54 Гкал.
Ушло за месяц: 19,13 Гкал.
"""

ARCHIVE = """
АРХИВ МЕСЯЧНЫЙ   КАРАТ-307   Зав. № 26666787
Договор: 41168
Дата печати: 24.11.2026   Показания на 22.11.2026

Месяц      Q нач, Гкал    Q кон, Гкал    dQ, Гкал    Траб, ч
08.2026        1843,38        2031,09      187,71        744
09.2026        2031,09        2245,06      213,97        720
10.2026        2245,06        2247,96        2,90        744
11.2026        2247,96        2289,88       41,92        504
"""

BLOCKS = """
Договор № 03117
       Показания приборов на 22 февраля 2026 года:

                                    Прибор учета 1
Вычислитель, Зав. номер вычислителя         SA-94/1, 05763221
Показание по прошлому отчету                8 123,410 GJ
Показание по этому отчету                   8 142,541 GJ
Расход за месяц                             19,131 GJ
                                    Прибор учета 2
Вычислитель, Зав. номер вычислителя         Sharky 774, 17263831
Показание по прошлому отчету                609 204,2 GJ
Показание по этому отчету                   610 373,2 GJ
Расход за месяц                             1 169,0 GJ
"""


def meters_of(page: str) -> list[tuple[str | None, ...]]:
    (report,) = extract([typed(page)], "report.pdf")
    fields = [(m.serial, m.previous, m.current, m.consumption) for m in report.meters]
    return [tuple(field.value if field is not None else None for field in meter) for meter in fields]


def test_the_last_days_of_a_journal_are_no_second_meter_beside_its_month() -> None:
    assert meters_of(JOURNAL) == [("5763221", "8123.41", "8142.54", "19.13")]


def test_the_number_in_a_meters_name_is_no_serial() -> None:
    assert meters_of(BLOCKS) == [
        ("05763221", "8123.410", "8142.541", "19.131"),
        ("17263831", "609204.2", "610373.2", "1169.0"),
    ]


def test_one_meter_whose_unit_two_readings_tell_differently_is_no_second_one() -> None:
    def draft(unit: Unit) -> Draft:
        numbers = {name: Found(value, 1, []) for name, value in zip(NUMBERS, ("8123.410", "8142.541", "19.131"), strict=True)}
        return Draft(1, serial=Found("5763221", 1, []), unit=unit, **numbers)

    (meter,) = join_page([draft(Unit.GCAL), draft(Unit.GJ)])
    assert meter.unit is Unit.GCAL


DAYS = """
Журнал показаний теплосчетчика, ноябрь 2026 г. Договор 02094
ВКТ-9 зав. № 1100734, система отопления

Дата          Показание, МВт·ч     Расход за сутки, МВт·ч
01.11.2026    884,20               {first}
02.11.2026    887,00               2,80
03.11.2026    889,73               2,73
04.11.2026    891,65               1,92
05.11.2026    893,84               2,19
06.11.2026    897,12               3,28
07.11.2026    899,12               2,00
08.11.2026    901,13               2,01
09.11.2026    903,33               2,20
Сумма                              {total}

Отчет составлен 10.11.2026
"""


def test_an_index_beside_what_was_used_in_a_day_is_the_meters() -> None:
    assert meters_of(DAYS.format(first="    ", total="19,13")) == [("1100734", "884.20", "903.33", "19.13")]


def test_a_first_day_in_which_heat_was_used_leaves_the_previous_index_open() -> None:
    assert meters_of(DAYS.format(first="2,40", total="21,53")) == [("1100734", None, "903.33", "21.53")]


@pytest.mark.parametrize("head", ["Месяц ", "Период"])
def test_an_archive_with_a_row_a_month_is_about_its_last_month(head: str) -> None:
    (report,) = extract([typed(ARCHIVE.replace("Месяц ", head))], "archive.pdf")
    assert report.period is not None
    assert report.period.value == "2026-11"
    assert [told(meter)[3:] for meter in report.meters] == [("2247.96", "2289.88", "41.92")]


def test_the_month_that_a_title_names_comes_before_those_of_its_rows() -> None:
    (report,) = extract([typed(ARCHIVE.replace("АРХИВ МЕСЯЧНЫЙ", "Отчет за октябрь 2026 г."))], "archive.pdf")
    assert report.period is not None
    assert report.period.value == "2026-10"
