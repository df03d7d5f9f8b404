"""Tapes of a calculator's printer: blocks under a span and under a day, the unit before its number, a letter for heat misread."""

from __future__ import annotations

import pytest

from tests.parsers.read_twice import scanned
from tests.parsers.test_fields_paper import on_paper, told
from tests.parsers.test_fields_samples import read, value

TAPE = """
Договор № 18619    Организация: Гостиница «Самарканд Плаза»
СПТ941 Рев.20
Заводской номер 90055188
ИД=20795   NT=00095
МЕСЯЧНЫЙ АРХИВ
с 20-10-25  по 25-11-25
Q     Гкал        195.50
M1    т           8837.9
t1ср  °C           74.03
ТОТАЛЬНЫЕ СЧЕТЧИКИ
на 20-10-25 24:00
Q     Гкал       2750.37
M1    т          13800.5
на 25-11-25 24:00
Q     Гкал       2945.87
M1    т          22638.4
"""
WHOLE = ("90055188", "2750.37", "2945.87", "195.50")


def test_what_stands_under_a_span_is_no_reading_of_its_last_day() -> None:
    report = read(TAPE)
    assert [told(meter) for meter in report.meters] == [WHOLE]
    assert value(report.reading_date) == "2025-11-25"


def test_what_was_used_in_a_span_is_told_under_it_though_it_does_not_add_up() -> None:
    report = read(TAPE.replace("195.50", "995.50"))
    assert [told(meter) for meter in report.meters] == [(*WHOLE[:3], "995.50")]


@pytest.mark.parametrize("misread", ["0", "3", "Qa"])
def test_any_sign_before_a_unit_and_its_value_is_the_letter_of_heat(misread: str) -> None:
    report = on_paper(TAPE.replace("Q     Гкал       2945", f"{misread:5} Гкал       2945"))
    assert [told(meter) for meter in report.meters] == [WHOLE]


def test_a_number_behind_tonnes_is_a_mass_whatever_its_name_was_read_as() -> None:
    report = on_paper(TAPE.replace("M1    т ", "Mi    т "))
    assert [told(meter) for meter in report.meters] == [WHOLE]


def test_a_number_of_which_another_is_counted_in_hours_is_one() -> None:
    page = "Договор № 18619\nЗав. № 90055188\nЗа 744 ч 195.50 Гкал, было 2750.37, стало 2945.87"
    assert [told(meter) for meter in read(page).meters] == [WHOLE]
    assert scanned(page).words
