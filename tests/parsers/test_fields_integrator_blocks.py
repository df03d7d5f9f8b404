"""Integrators of a calculator in blocks: at the start and at the end of a period, a block a system, with what is counted beside heat."""

from __future__ import annotations

import pytest

from metering.reports import Report
from metering.units import MeterKind, Unit
from tests.parsers.read_twice import Print, scanned
from tests.parsers.read_twice import read as read_scan
from tests.parsers.test_fields_paper import on_paper, told
from tests.parsers.test_fields_samples import read, value

HEAD = """
          Месячный протокол учёта тепловой энергии и теплоносителя за ноябрь 2026 г.
Потребитель: ООО "Нур Савдо"                                  Договор № 03117
Прибор: КМ-5-4            Сер.номер: 328806           Версия ПО: 2.30
"""
HEAT = ("328806", "4127.316", "4154.666", "27.350")
WATER = ("328806", "812.455", "820.905", "8.450")


def both(text: str) -> list[Report]:
    """As a text layer and as a picture tell it."""
    return [read(text), on_paper(text)]


def test_lines_of_letters_and_what_they_are_equal_to_tell_heat_alone() -> None:
    text = f"""{HEAD}
Показания интеграторов на начало отчетного периода (20.10.2026 24:00)
   Q = 4127,316 Гкал     V1 = 120344,51 м3    M1 = 118220,10 т    Tр = 8122,50 ч
Показания интеграторов на конец отчетного периода (20.11.2026 24:00)
   Q = 4154,666 Гкал     V1 = 121684,60 м3    M1 = 119537,42 т    Tр = 8866,50 ч
Потреблено за период:  Q = 27,350 Гкал
"""
    for report in both(text):
        assert [(m.unit, *told(m)) for m in report.meters] == [(Unit.GCAL, *HEAT)]
        assert value(report.reading_date) == "2026-11-20"


SYSTEM = """
Теплосчетчик КМ-5 зав. № 328806. Контур: {system}
Начальные показания на 20.10.2026:   Q = {previous} Гкал;  V = 120344,51 м3;  M = 118220,10 т
Конечные показания на 20.11.2026:    Q = {current} Гкал;  V = 121684,60 м3;  M = 119537,42 т
Потреблено:                          Q = {used} Гкал;    V = 1340,09 м3;    M = 1317,32 т
"""


def test_a_volume_beside_heat_is_no_hot_water_and_the_second_system_has_the_calculators_serial() -> None:
    text = "Отчет за ноябрь 2026 г.     Договор № 03117\n"
    text += SYSTEM.format(system="отопление", previous="4127,316", current="4154,666", used="27,350")
    text += SYSTEM.format(system="ГВС", previous="812,455", current="820,905", used="8,450")
    for report in both(text):
        assert [(m.unit, m.kind, *told(m)) for m in report.meters] == [
            (Unit.GCAL, MeterKind.HEAT, *HEAT),
            (Unit.GCAL, MeterKind.HOT_WATER, *WATER),
        ]
        second = report.meters[1].serial
        assert second is not None
        assert not second.certain


def test_water_told_without_heat_beside_it_stays_a_meter() -> None:
    text = f"""{HEAD}
Теплосчетчик зав. № 328806: на 20.10.2026 Q = 4127,316 Гкал, на 20.11.2026 Q = 4154,666 Гкал, расход 27,350 Гкал
Счетчик ГВС зав. № 99118822: на 20.10.2026 V = 120,51 м3, на 20.11.2026 V = 131,60 м3, расход 11,09 м3
"""
    for report in both(text):
        assert [(m.unit, *told(m)) for m in report.meters] == [
            (Unit.GCAL, *HEAT),
            (Unit.M3, "99118822", "120.51", "131.60", "11.09"),
        ]


@pytest.mark.parametrize(("first", "second"), [("начало", "конец"), ("конец", "начало")])
def test_a_line_over_a_row_of_integrators_says_which_reading_it_is(first: str, second: str) -> None:
    rows = {
        "начало": ("16.11.2026", "4127,316      24541,70      24141,70"),
        "конец": ("20.11.2026", "4154,666      24720,10      24310,75"),
    }
    block = """
Интеграторы на {end} периода {day}
   Q, Гкал       V1, м3        M1, т
  {row}
"""
    days = """
  Дата       Q      Gпод     Gобр      tпод   tобр    Tнар
           [Гкал]  [тонн]   [тонн]     [°С]   [°С]     [ч]
 17.11.26   9,350   41,20    41,15     80,1   43,6   24,00
 18.11.26   6,611   42,75    42,68     81,3   43,6   24,00
 19.11.26   6,587   42,10    42,04     81,0   43,3   24,00
 20.11.26   4,802   43,00    42,93     81,9   43,8   24,00
 Итого:    27,350  169,05   168,80     81,5   43,7   96,00
"""
    blocks = [block.format(end=end, day=rows[end][0], row=rows[end][1]) for end in (first, second)]
    for report in both(HEAD + blocks[0] + days + blocks[1]):
        (meter,) = report.meters
        assert (meter.unit, *told(meter)) == (Unit.GCAL, *HEAT)
        assert value(report.reading_date) == "2026-11-20"
        assert len(meter.daily) == 4


TWO_SYSTEMS = """
Тепловычислитель ВКТ-7 Заводской номер 00072466     Договор № 22520
Дата         Qо        M1        {water}       {mass}
             Гкал      т         Гкал     т
22/11/26     5.541     309.67    0.553    11.49
23/11/26     6.140     257.59    0.765    16.48
24/11/26     7.253     304.52    0.733    15.92
Итого:       18.934    871.78    2.051    43.89

Показания интеграторов
                     Qо, Гкал     {water}, Гкал     M1, т        {mass}, т
21/11/26 24:00       10297.269    3687.730     60100.40     26844.28
24/11/26 24:00       10316.203    3689.781     60972.18     26888.17
"""


def test_the_second_system_of_a_calculator_is_there_though_its_letter_was_read_in_another_alphabet() -> None:
    misread = TWO_SYSTEMS.format(water="Qr", mass="Mr")
    for report in (read(TWO_SYSTEMS.format(water="Qг", mass="Mг")), on_paper(misread)):
        assert [(m.kind, *told(m)[1:3]) for m in report.meters] == [
            (MeterKind.HEAT, "10297.269", "10316.203"),
            (MeterKind.HOT_WATER, "3687.730", "3689.781"),
        ]
        second = report.meters[1].serial
        assert second is not None
        assert not second.certain


def test_of_two_systems_each_keeps_its_letter_where_their_numbers_were_misread() -> None:
    text = TWO_SYSTEMS.format(water="Qг", mass="Mг")
    report = read_scan(scanned(text, {"0.765": "76500", "10316.203": "1031600.203"}), Print(text))
    assert [m.kind for m in report.meters] == [MeterKind.HEAT, MeterKind.HOT_WATER]
