"""A digit typed in each cell of a row: the number that they are, never a meter a cell; tables whose columns are narrow stay tables."""

from __future__ import annotations

import pytest

from metering.pages import Box, PageSource, Word
from parsers.fields import extract
from parsers.page.lines import lines_of
from tests.parsers.typed import typed

FORM = """
           Бланк передачи показаний прибора учета за ноябрь 2026 г.
Потребитель: ООО «Сув Йўли»
Номер договора:  0  3  1  1  7
Прибор учета: Карат-307, заводской №  4  4  1  1  2  2  3
Дата снятия показаний:  2  3  .  1  1  .  2  0  2  6

Предыдущее показание, Гкал     {previous}
Текущее показание, Гкал        {current}
Потребление, Гкал              {used}
"""
APART = "  "


def form(previous: str, current: str, used: str) -> str:
    return FORM.format(previous=APART.join(previous), current=APART.join(current), used=APART.join(used))


def test_digits_in_cells_are_one_number() -> None:
    report = extract([typed(form("1204,50", "1310,75", "106,25"))], "form.pdf")[0]
    meter = report.meters[0]
    assert report.contract_number is not None
    assert report.contract_number.value == "03117"
    assert report.reading_date is not None
    assert report.reading_date.value == "2026-11-23"
    assert [f.value for f in (meter.serial, meter.previous, meter.current, meter.consumption) if f] == [
        "4411223",
        "1204.50",
        "1310.75",
        "106.25",
    ]
    assert len(report.meters) == 1
    assert meter.previous is not None
    assert meter.previous.certain


def test_single_digits_that_add_up_by_chance_are_not_certain() -> None:
    text = f"{form('', '', '')}\nПредыдущее показание 3 Гкал\nТекущее показание 4 Гкал\nРасход 1 Гкал"
    meters = extract([typed(text)], "form.pdf")[0].meters
    numbers = [field for meter in meters for field in (meter.previous, meter.current, meter.consumption) if field]
    assert numbers
    assert not any(f.certain for f in numbers)


@pytest.mark.parametrize("row", ["1  2  3  4  5", "0         0         0", "12  34  56", "7  1"])
def test_what_stands_in_columns_is_no_comb(row: str) -> None:
    """Numbers of the columns, columns far apart, numbers of two digits, and two digits that no other comb of the page explains."""
    (line,) = lines_of(typed(row))
    assert line.text() == " ".join(row.split())


def test_two_digits_are_one_number_where_another_comb_has_their_distance() -> None:
    assert [line.text() for line in lines_of(typed("Было  1  2  0  4\nУшло  7  1"))] == ["Было 1204", "Ушло 71"]


def test_marks_are_part_of_a_comb_wherever_they_stand_between_its_digits() -> None:
    words = [Word(sign, 1.0, Box(x, 10, x + 6, 20)) for sign, x in (("1", 10), ("6", 25), (",", 34), ("2", 44))]
    page = typed("")
    page = type(page)(1, 595, 842, tuple(words), PageSource.TEXT_LAYER)
    assert lines_of(page)[0].text() == "16,2"
