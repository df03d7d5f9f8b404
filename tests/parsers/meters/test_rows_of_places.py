"""Rows of a table whose words are also those of requisites, and what a further reading of the page makes of them."""

from __future__ import annotations

from metering.pages import Word
from metering.units import MeterKind, Unit
from parsers.fields import extract
from parsers.pagefacts import read_page
from tests.parsers.read_twice import Print, read, scanned
from tests.parsers.test_fields_meaning import drawn
from tests.parsers.test_fields_samples import told
from tests.parsers.typed import ruled, typed

PLACES = """
Договор № 08840, октябрь 2026 г.
Объект        Зав. №     Система      Предыдущее    Текущее     Расход    Ед.
Адм. корпус   1408233    отопление    4127,552      4188,306    60,754    Гкал
Бокс 3        51906112   отопление     990,118      1002,900    12,782    Гкал

Адм. директор         Ташпулатов Р.К.
"""


def test_a_building_called_like_a_post_is_a_row() -> None:
    drafts = read_page(typed(PLACES)).drafts
    assert [(d.serial and d.serial.value, d.current and d.current.trust) for d in drafts] == [("1408233", 1.0), ("51906112", 1.0)]


def test_a_post_without_readings_ends_the_table() -> None:
    text = PLACES.replace("Бокс 3        51906112   отопление     990,118      1002,900    12,782    Гкал", "Адм. директор  51906112")
    assert [d.serial and d.serial.value for d in read_page(typed(text)).drafts] == ["1408233"]


def test_a_row_in_which_a_further_reading_sees_another_one_is_not_completed_from_it() -> None:
    torn = PLACES.replace("08840", "8840").replace("Бокс 3        51906112 ", "Бокс 3        7102026  ")
    torn = torn.replace("990,118 ", "4127,552").replace("1002,900", "4188,306")
    torn = "\n".join(line for line in torn.split("\n") if not line.startswith("Адм. корпус"))
    third: list[Word] = list(typed(torn).words)
    report = read(scanned(PLACES, {"08840": "###"}), Print(PLACES), lambda *_: tuple(third))
    assert [m.serial and m.serial.value for m in report.meters] == ["1408233", "51906112"]


SIDEWAYS = """
Договор № 01265, ноябрь 2026 г.
┌──────────────────┬──────────────────┬──────────────────┐
│ Номи             │ Иситиш           │ Иссиқ сув        │
├──────────────────┼──────────────────┼──────────────────┤
│ Заводской рақами │         44093186 │         44093190 │
├──────────────────┼──────────────────┼──────────────────┤
│ Ўлчов бирлиги    │ Гкал             │ м3               │
├──────────────────┼──────────────────┼──────────────────┤
│ Олдинги          │          3310,55 │           718,26 │
├──────────────────┼──────────────────┼──────────────────┤
│ Жорий            │          3498,70 │           736,91 │
├──────────────────┼──────────────────┼──────────────────┤
│ Сарф             │           188,15 │            18,65 │
└──────────────────┴──────────────────┴──────────────────┘
"""


def test_a_unit_at_the_left_of_its_cell_is_of_the_numbers_at_its_right() -> None:
    meters = extract([ruled(SIDEWAYS)], "act.pdf")[0].meters
    assert [m.unit for m in meters] == [Unit.GCAL, Unit.M3]


def test_cubic_metres_whose_raised_three_became_a_question_mark_are_no_millimetres() -> None:
    text = (
        PLACES.replace("Адм. корпус", "Контора    ")
        .replace("Бокс 3        51906112   отопление", "Душевая       51906112   ГВС      ")
        .replace("12,782    Гкал", "12,782    mM?")
    )
    assert [m.unit for m in read(scanned(text), Print(text)).meters] == [Unit.GCAL, Unit.M3]


def test_a_line_across_a_table_says_kind_and_unit_of_the_rows_under_it() -> None:
    text = """
Отчет о расходе тепла и горячей воды за ноябрь 2026 г.  № договора: 03117
┌───┬──────────────┬──────────────┬──────────────┬────────────┐
│ № │ № счетчика   │ Нач. показ.  │ Кон. показ.  │ Расход     │
├───┴──────────────┴──────────────┴──────────────┴────────────┤
│                       Отопление, Гкал                       │
├───┬──────────────┬──────────────┬──────────────┬────────────┤
│ 1 │ 76149219     │    56481,78  │    56558,80  │      77,02 │
├───┼──────────────┼──────────────┼──────────────┼────────────┤
│ 2 │ 1862269      │      858,55  │      925,81  │      67,26 │
├───┴──────────────┴──────────────┴──────────────┴────────────┤
│                      Горячая вода, м³                       │
├───┬──────────────┬──────────────┬──────────────┬────────────┤
│ 3 │ 52295839     │    52856,77  │    53238,94  │     382,17 │
└───┴──────────────┴──────────────┴──────────────┴────────────┘
"""
    assert [told(meter) for meter in drawn(text).meters] == [
        ("76149219", MeterKind.HEAT, Unit.GCAL, "56481.78", "56558.80", "77.02"),
        ("1862269", MeterKind.HEAT, Unit.GCAL, "858.55", "925.81", "67.26"),
        ("52295839", MeterKind.HOT_WATER, Unit.M3, "52856.77", "53238.94", "382.17"),
    ]
