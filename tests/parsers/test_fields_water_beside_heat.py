"""A calculator's report that has a meter of hot water, in cubic metres, beside heat: which of the two a word for hot water is of."""

from __future__ import annotations

import pytest

from metering.units import MeterKind, Unit
from tests.parsers.test_fields_samples import read, value

HEAD = """
{title}
Расчетный период 23.12.2025 - 22.01.2026         Договор № 04830
"""
DAYS = """
Дата          {heat}, Гкал    M1, т     M2, т     Vгвс, м³    ВНР, ч
20.01.2026    11,89       506,19    504,20    17,16       24
21.01.2026    12,90       708,40    705,58    20,61       24
22.01.2026    10,59       538,45    536,81    21,20       24
ИТОГО         35,38       1753,04   1746,59   58,97       72
"""
METERS = """
Прибор                           Заводской номер    Параметр    На начало    На конец     За период    Ед.
Тепловычислитель КАРАТ-307       48797791           {heat}         217,37       252,75       35,38        Гкал
Счетчик горячей воды СГВ-32      91145772           Vгвс        163941,96    164000,93    58,97        м³
"""
NAMED = """
Тепловычислитель ТВ7-04, зав. № 48797791. {water}, зав. № 91145772
Параметр     Ед.    23.12.2025 24:00   22.01.2026 24:00   Итого
{heat}         Гкал   217,37             252,75             35,38
M1           т      1000,12            2000,12            1000,00
Vгвс         м³     163941,96          164000,93          58,97
"""
SIDEWAYS = """
                  Тепло, Гкал    ГВС, м³
Зав. №            48797791       91145772
Начало периода    217,37         163941,96
Конец периода     252,75         164000,93
Разность          35,38          58,97
"""
TITLE = "Ведомость учета параметров теплопотребления"


def kinds(printed: str) -> list[tuple[str | None, MeterKind | None, Unit | str | None]]:
    return [(value(m.serial), m.kind, m.unit) for m in read(printed).meters]


def heat_and_water(kind: MeterKind) -> list[tuple[str, MeterKind, Unit]]:
    return [("48797791", kind, Unit.GCAL), ("91145772", MeterKind.HOT_WATER, Unit.M3)]


@pytest.mark.parametrize(
    "meters",
    [METERS, *(NAMED.replace("{water}", water) for water in ("Счетчик ГВС СГВ-32", "Водосчетчик горячей воды ВСГ")), SIDEWAYS],
    ids=["grid", "sentence", "two words", "sideways"],
)
def test_words_for_the_meter_of_hot_water_say_nothing_of_heat_beside_it(meters: str) -> None:
    assert kinds((HEAD + meters + DAYS).format(title=TITLE, heat="Qот")) == heat_and_water(MeterKind.HEAT)


@pytest.mark.parametrize("meters", [METERS, NAMED.replace("{water}", "Счетчик ГВС СГВ-32")], ids=["grid", "sentence"])
def test_heat_of_the_circuit_of_hot_water_stays_that(meters: str) -> None:
    assert kinds((HEAD + meters + DAYS).format(title=TITLE, heat="Qгвс")) == heat_and_water(MeterKind.HOT_WATER)


@pytest.mark.parametrize("title", ["Тепловой ввод 2 (ГВС)", "Ведомость учета, система ГВС"])
def test_a_title_that_names_hot_water_is_of_heat_too(title: str) -> None:
    printed = (HEAD + METERS.replace("Счетчик горячей воды", "Расходомер обратной") + DAYS).format(title=title, heat="Q")
    assert kinds(printed) == heat_and_water(MeterKind.HOT_WATER)


def test_where_no_calculator_is_named_the_meter_of_hot_water_may_be_the_only_one() -> None:
    printed = (HEAD + "Счетчик ГВС, зав. № 48797791\n" + DAYS).format(title=TITLE, heat="Q")
    assert kinds(printed + "Показания: на начало 217,37 Гкал, на конец 252,75 Гкал\n") == heat_and_water(MeterKind.HOT_WATER)[:1]
