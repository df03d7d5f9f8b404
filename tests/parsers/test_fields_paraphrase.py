"""The same report in words that nobody listed: abbreviations, another alphabet, spelling errors, labels that say no more than "date"."""

from __future__ import annotations

import pytest

from metering.pages import Box, Page, PageSource, Word
from metering.units import MeterKind, Unit
from parsers.fields import extract
from tests.parsers.test_fields_samples import read, told, value

HEAT, WATER = MeterKind.HEAT, MeterKind.HOT_WATER
ONE = [("4411223", HEAT, Unit.GCAL, "1204.50", "1310.75", "106.25")]


@pytest.mark.parametrize(
    "text",
    [
        """
"Yulduz Savdo" MChJ, shart. № 01234, 2026-yil noyabr
Zav. raq.    Old. ko'rs.    Joriy ko'rs.    Iste'm. (Gkal)
4411223      1204,50        1310,75         106,25
Ko'rs. olingan: 23.11.2026
""",
        """
«Юлдуз Савдо» МЧЖ, шарт. № 01234, 2026 йил ноябрь
Зав. рақ.    Олд. кўрс.    Жор. кўрс.    Истеъм. (Гкал)
4411223      1204,50       1310,75       106,25
Кўрс. олинган: 23.11.2026
""",
        """
Наименовние организаци: ООО «АЛЬФА ПЛЮС», Договр № 01234
ОТЧОТ за ноябрь 2026 г.
Заводской нoмер   Предидущие показания   Текушие показания   Росход, Гкал
4411223           1204,50                1310,75             106,25
Дата сняттия показаний: 23.11.2026
""",
        """
Dogovor teplosnabzheniya N 01234
Otchet za noyabr 2026 g.
Zavod. nomer    Predyduschie    Posleduyushchie    Izrashodovano, Gkal
4411223         1204,50         1310,75            106,25
Data snyatiya pokazaniy 23.11.2026
""",
        """
Кўрсаткичлар варақаси
Ой                          ноябрь 2026
Мижоз                       «Юлдуз Савдо» МЧЖ
Шартнома №                  01234
Асбоб рақами                4411223
Ёзиб олинган кун            23.11.2026
Эски кўрсаткич              1204,50
Янги кўрсаткич              1310,75
Айирма (Гкал)               106,25
""",
        """
Карточка, ноябрь 2026, № договора 01234
Номер изготовителя          4411223
Дата обхода                 23.11.2026
Показание прошлое           1204,50
Показание новое             1310,75
Использовано (Гкал)         106,25
""",
        """
01234-sonli shartnoma bo'yicha 2026-yil noyabr oyi uchun ma'lumot: zavod raqami 4411223, Gkal
Davr boshidagi ko'rsatkich 1204,50
Davr oxiridagi ko'rsatkich 1310,75
Farqi 106,25
Ko'rsatkichlar 2026-yil noyabr oyining 23-sanasida olindi
""",
        """
01234-сонли шартнома бўйича маълумот
Ноябрь ойининг 23-санасида олинган кўрсаткичлар:
Ҳисоблагич КМ-5, завод рақами 4411223
Аввалгиси: 1204,50 Гкал
Ҳозиргиси: 1310,75 Гкал
Ишлатилди: 106,25 Гкал
2026 йил 24 ноябрь
""",
    ],
)
def test_other_words_for_the_same(text: str) -> None:
    report = read(text)
    assert [told(m) for m in report.meters] == ONE
    assert (value(report.contract_number), value(report.reading_date), value(report.period)) == ("01234", "2026-11-23", "2026-11")


@pytest.mark.parametrize("label", ["Дата обхода", "Дата осмотра прибора", "O'qilgan sana", "Қайд этилган сана", "Date read", "День съёма"])
def test_a_date_on_which_meters_were_looked_at_is_that_of_the_readings(label: str) -> None:
    report = read(f"Договор № 01234\nПоказание текущее: 1310,75 Гкал\n{label}: 23.11.2026\nДата: 24.11.2026")
    assert (value(report.reading_date), value(report.report_date)) == ("2026-11-23", "2026-11-24")


@pytest.mark.parametrize("label", ["Дата ввода", "Ishga tushirilgan sana", "Дата пуска прибора"])
def test_a_date_of_something_unknown_is_not_surely_that_of_the_report(label: str) -> None:
    report = read(f"Договор № 01234\nПоказание текущее: 1310,75 Гкал\n{label}: 23.11.2020")
    assert report.report_date is None or not report.report_date.certain


def test_an_abbreviation_of_several_things_says_nothing() -> None:
    report = read("Договор № 01234\nТеплосчетчик зав. № 4411223\nПр. 1204,50 Гкал\nКонтр. 1310,75 Гкал")
    assert all(number is None or not number.certain for m in report.meters for number in (m.previous, m.current, m.consumption))


def test_names_in_quotation_marks_hold_no_labels_of_meters() -> None:
    report = read("Абонент: АО «Олтин Сарф Жорий»\nДоговор № 01234\nЗав. № 4411223, показание текущее 1310,75 Гкал")
    assert value(report.organization) == "АО «Олтин Сарф Жорий»"
    assert [told(m) for m in report.meters] == [("4411223", HEAT, Unit.GCAL, None, "1310.75", None)]


def test_a_date_line_in_two_cells_is_no_head_of_the_table_under_it() -> None:
    report = read(
        """
Шартнома №              28552
Кўрсаткич олинган сана  18.11.2026
Т/р    Номи                             Ўлч. бирл.   Миқдори
1      Иситиш, ҳисоблагич №48133980     Гкал         106,86
"""
    )
    assert value(report.reading_date) == "2026-11-18"


def test_the_report_s_date_is_not_taken_for_that_before_it() -> None:
    report = read(
        "Шартнома: 01234\nHisoblagich 4411223 ko'rsatkichlari 2026-yil 23-noyabr holatiga\nRahbar: Karimov A.B.\n2026-yil 24-noyabr"
    )
    assert (value(report.reading_date), value(report.report_date)) == ("2026-11-23", "2026-11-24")


def test_masses_and_hours_beside_heat_on_one_line_are_no_meters() -> None:
    report = read(
        """
ТЭМ-104   Зав. № 4411223   Договор 01234  Отчет за ноябрь 2026
Показания на начало периода (24.10.2026):  Q=1204.50 Гкал  M1=20410.2 т  Tн=8001.0 ч
Показания на конец периода (23.11.2026):   Q=1310.75 Гкал  M1=22410.1 т  Tн=8721.0 ч
Приращение за период:                      Q=106.25 Гкал   M1=1999.9 т   Tн=720.0 ч
"""
    )
    assert [told(m) for m in report.meters] == ONE


def test_rows_of_integrators_begin_with_their_day_where_no_head_says_so() -> None:
    report = read(
        """
ТЭМ-104   Зав. № 4411223
              Q[Гкал]     M1[т]      M2[т]     T[ч]
23.11.26      1310.75     22410.1    22310.0   8721.0
24.10.26      1204.50     20410.2    20310.2   8001.0
Разница       106.25      1999.9     1999.8    720.0
"""
    )
    assert [told(m) for m in report.meters] == ONE
    assert value(report.reading_date) == "2026-11-23"


def test_a_label_in_two_languages_is_one() -> None:
    report = read("Shartnoma/Договор №: 01234\nOlingan sana/Дата снятия: 23.11.2026\nHisobot sanasi / Дата составления: 24.11.2026")
    assert report.reading_date is not None
    assert report.reading_date.certain
    assert (value(report.reading_date), value(report.report_date)) == ("2026-11-23", "2026-11-24")


def test_a_model_s_number_in_the_next_card_is_no_serial_of_this_one() -> None:
    report = read(
        """
Шартнома № 29366, 2026 йил март
Иситиш                              Иситиш
ТЭМ-106, Ҳисоблагич рақами          Multical 603, Ҳисоблагич рақами
68439604                            59467641
Олдинги кўрсаткич: 81546,48         Олдинги кўрсаткич: 62,3 Гкал
Жорий кўрсаткич: 81714,48           Жорий кўрсаткич: 120,7 Гкал
Сарфи: 168,00 Гкал                  Сарфи: 58,4 Гкал
"""
    )
    assert [told(m) for m in report.meters] == [
        ("68439604", HEAT, Unit.GCAL, "81546.48", "81714.48", "168.00"),
        ("59467641", HEAT, Unit.GCAL, "62.3", "120.7", "58.4"),
    ]


def test_heads_half_a_line_apart_are_of_two_columns_however_near() -> None:
    heads = [
        ("Завод", 57, 214),
        ("рақами", 57, 225),
        ("Олдинги", 128, 219),
        ("Жорий", 206, 219),
        ("Истеъмол", 300, 219),
        ("Ўлчов", 358, 214),
        ("бирлиги", 358, 225),
    ]
    values = [("2466772", 57, 250), ("1204,50", 128, 250), ("1310,75", 206, 250), ("106,25", 300, 250), ("Гкал", 358, 250)]
    words = tuple(Word(text, 1.0, Box(left, top, left + 6.0 * len(text), top + 10)) for text, left, top in (*heads, *values))
    (report,) = extract([Page(1, 595, 842, words, PageSource.TEXT_LAYER)], "report.pdf")
    assert [told(m) for m in report.meters] == [("2466772", HEAT, Unit.GCAL, "1204.50", "1310.75", "106.25")]
