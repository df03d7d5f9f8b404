"""What a lost head, a speck or a word misread does to the rows below it: nothing that the other rows and the sums still tell."""

from __future__ import annotations

from dataclasses import replace

from metering.pages import Box, Word
from metering.units import Unit
from parsers.fields import extract
from parsers.pagefacts import read_page
from tests.parsers.read_twice import Print, read, scanned
from tests.parsers.typed import ruled, typed

CARD = """
Карта считывания за октябрь 2026 г. Договор № 19388
Прибор: Sharky 775, S/N 7959705, система отопления

┌─────────┬──────────────────┬─────┬────────────┬────────────┬─────────┐
│ Регистр │ Наименование     │ Ед. │ 23.09.2026 │ 17.10.2026 │ {head}  │
├─────────┼──────────────────┼─────┼────────────┼────────────┼─────────┤
│ E1      │ Тепловая энергия │ MWh │ 751,163    │ 1147,411   │ 396,248 │
├─────────┼──────────────────┼─────┼────────────┼────────────┼─────────┤
│ V1      │ Объем, подающий  │ м3  │ 86479,18   │ 87091,18   │ 612,00  │
└─────────┴──────────────────┴─────┴────────────┴────────────┴─────────┘
"""


def test_a_column_whose_head_was_lost_is_still_one() -> None:
    (meter,) = extract([ruled(CARD.format(head="       "))], "card.pdf")[0].meters
    assert meter.consumption is not None
    assert meter.consumption.value == "396.248"


def test_whole_numbers_under_a_head_that_lost_a_word_are_readings() -> None:
    text = """
Договор № 05123, декабрь 2025 г.
Зав. №      Вид потребления   Текущее показание   показание   Разность
37900763    отопл.            67284               7676        59608
"""
    previous = read(scanned(text), Print(text)).meters[0].previous
    assert previous is not None
    assert previous.value == "7676"


def test_a_unit_said_twice_of_which_one_was_misread_is_no_load() -> None:
    text = "Договор № 05123\nСчетчик зав. № 4411223: расход 286,2 Gkal/длкал, предыдущее 752,7, текущее 1038,9"
    (meter,) = read(scanned(text), Print(text)).meters
    assert meter.unit is Unit.GCAL


LETTER = """
05123-sonli shartnoma. Isitish, zavod raqami 278904. 19.11.2025 holatiga ko‘rsatkich 111755,5
kVt·soat, o‘tgan oy ko‘rsatkichi (22.10.2025) 49473,3 kVt·soat, iste’mol miqdori 62282,2

kVt·soat. Issiq suv, zavod raqami 514165. 19.11.2025 holatiga ko‘rsatkich 1865,15
kub. m, o‘tgan oy ko‘rsatkichi (22.10.2025) 1690,62 kub. m, iste’mol miqdori 174,53 kub. m.
"""


def test_dirt_between_two_lines_leaves_each_number_its_own_unit() -> None:
    page = typed(LETTER)
    speck = Word("—", 0.6, Box(96.0, 40.0 + 2 * 14, 104.0, 40.0 + 2 * 14 + 10))
    drafts = read_page(replace(page, words=(*page.words, speck))).drafts
    assert [(d.unit, d.consumption.value if d.consumption else None) for d in drafts] == [(Unit.KWH, "62282.2"), (Unit.M3, "174.53")]


def test_a_reading_before_the_current_one_is_what_the_sum_makes_of_it() -> None:
    text = "Договор № 27121\nЗав. № 16239332, отопление\nnpen. показ., Гкал   83,24\nТекущее показание, Гкал   101,43\nРасход, Гкал   18,19"
    (meter,) = read(scanned(text), Print(text)).meters
    assert meter.previous is not None
    assert meter.previous.value == "83.24"


TITLE = """
Iste'mol qilingan {word} energiyasi to'g'risida HISOBOT

Shartnoma raqami 02138
Zavod raqami     29085508

Oldingi          95051,469
Joriy            95173,673

Iste'mol         122,204 MWh
"""


def test_a_word_of_the_title_read_as_a_number_is_no_consumption() -> None:
    text = TITLE.format(word="15514 K")
    (meter,) = read(scanned(text), Print(text)).meters
    assert meter.consumption is not None
    assert (meter.consumption.value, meter.unit) == ("122.204", Unit.MWH)


def test_a_consumption_with_its_unit_that_contradicts_another_stays() -> None:
    text = TITLE.format(word="15514 MWh")
    meters = read(scanned(text), Print(text)).meters
    assert not any(m.consumption and m.consumption.value == "122.204" and m.current and m.current.certain for m in meters)


def test_a_number_without_a_unit_before_the_meters_gives_way_to_the_consumption_that_their_indexes_differ_by() -> None:
    text = """
12066-sonli shartnoma bo'yicha iste'mol qilingan 13319 lik energiyasi sarfi:
1) Isitish, zavod raqami 11981:
   avvalgi ko'rsatkich: 624682,60 Gkal;
   hozirgi ko'rsatkich: 624763,59 Gkal;
   sarf: {used} Gkal.
2) Isitish, zavod raqami 93925874:
   avvalgi ko'rsatkich: 685839,02 Gkal;
   hozirgi ko'rsatkich: 685937,07 Gkal;
   sarf: 98,05 Gkal.
"""
    for used in ("80,99", "81,99"):
        typed_so = text.format(used=used)
        meters = read(scanned(typed_so), Print(typed_so)).meters
        told = [(m.serial.value, m.consumption.value, m.consumption.certain) for m in meters if m.serial and m.consumption]
        right = [("11981", "80.99", True), ("93925874", "98.05", True)]
        assert (told == right) == (used == "80,99")
