"""Several meters in one sentence, and a meter a column over rows of days."""

from __future__ import annotations

from metering.units import MeterKind, Unit
from tests.parsers.test_fields_meaning import drawn
from tests.parsers.test_fields_samples import read, told

HEAT = MeterKind.HEAT

LETTER = """
Настоящим ООО «Сув Йўли» (договор теплоснабжения № 32920) сообщает,
что по состоянию на 22 ноября 2025 г. показания теплосчётчика, зав. № 3560154,
установленного в тепловом пункте главного корпуса, составили 25634,55 Гкал (на
23.10.2025 – 25418,27 Гкал), теплосчётчика, зав. № 66395, во втором корпусе – 666,48
Гкал (на 23.10.2025 – 608,30 Гкал). Таким образом, за ноябрь 2025 г. потреблено
соответственно {first} Гкал и 58,18 Гкал.
"""


def test_what_a_sentence_tells_as_of_a_day_is_of_each_meter_with_the_difference_of_its_readings() -> None:
    report = read(LETTER.format(first="216,28"))
    assert [told(meter) for meter in report.meters] == [
        ("3560154", HEAT, Unit.GCAL, "25418.27", "25634.55", "216.28"),
        ("66395", HEAT, Unit.GCAL, "608.30", "666.48", "58.18"),
    ]
    assert report.reading_date is not None
    assert report.reading_date.value == "2025-11-22"


def test_a_number_by_which_readings_do_not_differ_is_no_consumption_of_theirs() -> None:
    first, _ = read(LETTER.format(first="216,29")).meters
    assert told(first) == ("3560154", HEAT, Unit.GCAL, "25418.27", "25634.55", None)


def test_heads_that_number_a_meter_each_over_rows_of_days_are_its_serials() -> None:
    text = """
Договор № 14480
Показания приборов учета тепла за октябрь 2025 г.
┌────────────┬───────────────────────────────┬────────────────────────────────┐
│ Дата       │ Теплосчётчик № 3694732, Гкал  │ Теплосчётчик № 81357121, Гкал  │
├────────────┼───────────────────────────────┼────────────────────────────────┤
│ 22.09.2025 │            562,47             │           30023,12             │
├────────────┼───────────────────────────────┼────────────────────────────────┤
│ 16.10.2025 │            708,92             │           30360,26             │
├────────────┼───────────────────────────────┼────────────────────────────────┤
│ Расход     │            146,45             │             337,14             │
└────────────┴───────────────────────────────┴────────────────────────────────┘
"""
    assert [told(meter) for meter in drawn(text).meters] == [
        ("3694732", HEAT, Unit.GCAL, "562.47", "708.92", "146.45"),
        ("81357121", HEAT, Unit.GCAL, "30023.12", "30360.26", "337.14"),
    ]


def test_names_a_plain_space_apart_head_the_numbers_below_a_word_that_wraps_in_one_of_them() -> None:
    text = """
Договор № 14480
            Номер
Вид                   Предыдущее Текущее   Потребление Ед.
            прибора
Отопление   45046         553,22    840,45      287,23 Гкал
Отопление   94243879    19530,87  19732,71      201,84 Гкал
"""
    assert [told(meter) for meter in read(text).meters] == [
        ("45046", HEAT, Unit.GCAL, "553.22", "840.45", "287.23"),
        ("94243879", HEAT, Unit.GCAL, "19530.87", "19732.71", "201.84"),
    ]


def test_five_digits_between_the_word_for_a_meter_and_a_colon_are_its_serial() -> None:
    text = """
Просим принять показания за ноябрь 2025 г. по договору № 35350:
1) Склад, счетчик 12426: пред. 82301,31; тек. 82643,09; расход 341,78 Гкал
2) Общежитие, счетчик 6853342: пред. 65354,50; тек. 65506,22; расход 151,72 Гкал
"""
    assert [told(meter) for meter in read(text).meters] == [
        ("12426", HEAT, Unit.GCAL, "82301.31", "82643.09", "341.78"),
        ("6853342", HEAT, Unit.GCAL, "65354.50", "65506.22", "151.72"),
    ]
    assert read(text.partition("12426:")[0] + "12426").meters == ()  # the page ends with it
    (meter,) = read(text.replace("12426:", "показывал").partition("\n2)")[0]).meters
    assert told(meter)[0] is None
