"""A meter's serial and kind in cells that span the rows of its numbers; what stands beside them, or above in a column of its own."""

from __future__ import annotations

import pytest

from metering.units import MeterKind
from parsers.fields import extract
from parsers.pagefacts import read_page
from tests.parsers.read_twice import Print, read, scanned
from tests.parsers.typed import ruled, typed

SPANNED = """
Корхона: «Юлдуз Авто» НТМ      Шартнома № 03117      2026 йил ноябрь

┌────────────┬──────────┬───────────────────┬────────────┬──────────┐
│ Завод №    │ Мақсади  │ Кўрсаткичлар      │ Сана       │Қиймати,  │
│            │          │                   │            │    Гкал  │
├────────────┼──────────┼───────────────────┼────────────┼──────────┤
│            │          │ Олдинги кўрсаткич │ 24.10.2026 │ 1204,50  │
│            │          ├───────────────────┼────────────┼──────────┤
│ № 5763221  │ Иситиш   │ Жорий кўрсаткич   │ 24.11.2026 │ 1310,75  │
│            │          ├───────────────────┼────────────┼──────────┤
│            │          │ Сарфи             │            │  106,25  │
├────────────┼──────────┼───────────────────┼────────────┼──────────┤
│            │          │ Олдинги кўрсаткич │ 24.10.2026 │   20,10  │
│            │          ├───────────────────┼────────────┼──────────┤
│ № 8812456  │ Иссиқ    │ Жорий кўрсаткич   │ 24.11.2026 │   31,60  │
│            │ сув      ├───────────────────┼────────────┼──────────┤
│            │          │ Сарфи             │            │   11,50  │
└────────────┴──────────┴───────────────────┴────────────┴──────────┘
"""


def test_what_spans_rows_says_which_meter_they_tell_of() -> None:
    meters = extract([ruled(SPANNED)], "report.pdf")[0].meters
    told = [(m.serial, m.previous, m.current, m.consumption, m.reading_date) for m in meters]
    assert [[field.value if field else None for field in fields] for fields in told] == [
        ["5763221", "1204.50", "1310.75", "106.25", "2026-11-24"],
        ["8812456", "20.10", "31.60", "11.50", "2026-11-24"],
    ]
    assert [m.kind for m in meters] == [MeterKind.HEAT, MeterKind.HOT_WATER]


def test_rows_that_only_days_tell_apart() -> None:
    days = SPANNED.replace("Олдинги кўрсаткич", "Кўрсаткич        ").replace("Жорий кўрсаткич  ", "Кўрсаткич        ")
    meter = extract([ruled(days)], "report.pdf")[0].meters[0]
    assert meter.previous is not None
    assert (meter.previous.value, meter.serial.value if meter.serial else None) == ("1204.50", "5763221")


HOURS = """
Hisobot. Issiqlik energiyasi sarfi, 2026-yil noyabr      Shartnoma № 03117
Hisoblagich: MULTICAL 603, S/N 67303732 (isitish)

                                 E1               V1              T1      T2      h
Oldingi ko‘rsatkich, 24.10.2026  584 471,4 MWh    42 527,76 m3                    18720
Joriy ko‘rsatkich, 23.11.2026    584 766,3 MWh    42 998,76 m3    68,4    39,4    19440
Farqi                            294,9 MWh        471,00 m3                       720
"""


@pytest.mark.parametrize("lost", [{}, {"h": "п", "T1": "Tl"}])
def test_hours_and_temperatures_beside_heat_are_no_meters(lost: dict[str, str]) -> None:
    (meter,) = read(scanned(HOURS, lost), Print(HOURS)).meters
    assert meter.current is not None
    assert meter.current.value == "584766.3"


def test_hours_that_nothing_names_are_no_meter_of_a_file() -> None:
    rows = "Farqi                            294,9 MWh        471,00 m3                       720"
    assert len(extract([typed(HOURS.replace("T1      T2      h", "").replace(rows, rows))], "report.pdf")[0].meters) == 1


WRAPPED = """
Iste’molchi                              Shartnoma raqami
«Durdona» XK                             22765
Manzili
                                         Hisoblagich raqami
Toshkent shahri, Mirobod tumani, Nukus
                                         8709971
ko‘chasi, 135-uy, 2-kirish
Hisoblagich                              Ko‘rsatkichlar olingan sana
Multical 603                             25.11.2026

Oy boshidagi ko‘rsatkich, Gkal   Joriy ko‘rsatkich, Gkal   Sarf, Gkal
98326,60                         98608,59                  281,99
"""


def test_a_serial_stands_under_its_label_whatever_wraps_beside_it() -> None:
    serials = [draft.serial.value for draft in read_page(typed(WRAPPED)).drafts if draft.serial]
    assert set(serials) == {"8709971"}


def test_the_number_behind_a_brand_is_its_name() -> None:
    text = WRAPPED.replace("8709971", "       ")
    assert not any(draft.serial for draft in read_page(typed(text)).drafts)


def test_a_number_with_the_kind_behind_it_is_the_serial() -> None:
    text = "Shartnoma 16159\n"
    text += "КМ-5-2 № 29280339 (Isitish): oldingi ko‘rsatkich 18351,93 Gcal, joriy\nko‘rsatkich 18400,68 Gcal, sarf 48,75 Gcal."
    serial = extract([typed(text)], "letter.pdf")[0].meters[0].serial
    assert serial is not None
    assert serial.value == "29280339"


def test_the_post_code_of_the_next_column_is_no_serial() -> None:
    text = WRAPPED.replace("Toshkent shahri, Mirobod tumani, Nukus", "100120, Toshkent sh., Mirobod tumani   ").replace(
        "8709971", "       "
    )
    assert not any(draft.serial for draft in read_page(typed(text)).drafts)


def test_heads_that_were_not_read_leave_the_order_of_three_columns_to_the_sums() -> None:
    text = """
Ведомость за январь 2026 г.  Договор № 10005

№    Система      Тип прибора   Заводской номер   Е5     я8      =Е     $
1    Отопление    КМ-5-2        98129561          16,07  172,41  156,34  Гкал
2    Отопление    ВКТ-7         77994093          78,59  254,90  176,31  Гкал
"""
    first = read(scanned(text), Print(text)).meters[0]
    numbers = (first.previous, first.current, first.consumption)
    assert [field.value if field else None for field in numbers] == ["16.07", "172.41", "156.34"]
    assert not any(field.certain for field in numbers if field)


SIDEWAYS = """
Hisobot, 2026-yil noyabr      Shartnoma № 00333
Ko‘rsatkich olingan sana: 19.11.2026

Ko‘rsatkich           isitish tizimi   Issiq suv
Pribor turi           Sharky 774       Karat-307
Zavod raqami          3705166          4187204
Qiyoslov sanasi       21.08.2026       20.09.2025
O‘lchov birligi       MVt·soat         MVt·soat
Oldingi ko‘rsatkich   93943,658        47125,30
Joriy ko‘rsatkich     94152,083        47170,91
Sarf                  208,425          45,61
"""


def test_days_of_verification_in_a_table_on_its_side_are_no_days_of_readings() -> None:
    meters = extract([typed(SIDEWAYS)], "report.pdf")[0].meters
    told = [(m.serial, m.previous, m.current, m.consumption, m.reading_date) for m in meters]
    assert [[field.value if field else None for field in fields] for fields in told] == [
        ["3705166", "93943.658", "94152.083", "208.425", None],
        ["4187204", "47125.30", "47170.91", "45.61", None],
    ]


BUILDINGS = """
Договор № 04092, январь 2026 г.
┌─────────────────────┬───────────┬───────┬─────────┬─────────┬─────────┬────────────┐
│ Объект              │ Вид       │ №     │ начало  │ конец   │ Расход  │ Дата       │
├─────────────────────┼───────────┼───────┼─────────┼─────────┼─────────┼────────────┤
│ Лабораторный корпус │ отопление │ 33914 │ 8114,3  │ 8290,8  │ 176,5   │ 20.01.2026 │
│                     ├───────────┼───────┼─────────┼─────────┼─────────┼────────────┤
│                     │ ГВС       │ 33915 │ 1006,2  │ 1031,7  │ 25,5    │ 20.01.2026 │
└─────────────────────┴───────────┴───────┴─────────┴─────────┴─────────┴────────────┘
"""


def test_a_building_over_rows_of_one_day_is_no_meter() -> None:
    meters = extract([ruled(BUILDINGS)], "form.pdf")[0].meters
    assert [(m.serial and m.serial.value, m.current and m.current.value) for m in meters] == [("33914", "8290.8"), ("33915", "1031.7")]
