"""What a cabinet or a readout program prints: label and value twice on a line, a day beside each reading, power and flow beside heat."""

from __future__ import annotations

from parsers.fields import extract
from tests.parsers.test_fields_samples import told, value
from tests.parsers.typed import ruled, typed

SHEET = """
Hujjat № TH-771166    yaratilgan: 22.01.2026 10:36
┌─────────────────────┬──────────────────────┬─────────────────┬────────────────┐
│ Tashkilot           │ “Shifo Nur” MChJ     │ STIR            │ 392207595      │
├─────────────────────┼──────────────────────┼─────────────────┼────────────────┤
│ Davr                │ 2026-yil yanvar      │ Shartnoma       │ 05810          │
├─────────────────────┼──────────────────────┼─────────────────┼────────────────┤
│ Zavod raqami        │ 50289770             │ O‘lchov birligi │ Gkal           │
├─────────────────────┼──────────────────────┼─────────────────┼────────────────┤
│ Oldingi ko‘rsatkich │ 655.93               │ Oldingi sana    │ 22.12.2025     │
├─────────────────────┼──────────────────────┼─────────────────┼────────────────┤
│ Joriy ko‘rsatkich   │ 679.24               │ Joriy sana      │ 21.01.2026     │
├─────────────────────┼──────────────────────┼─────────────────┼────────────────┤
│ Sarf                │ 23.31                │ Holati          │ Kutilmoqda     │
└─────────────────────┴──────────────────────┴─────────────────┴────────────────┘
Hisobot sanasi: 22.01.2026
"""

READOUT = """
СЧИТЫВАНИЕ ТЕПЛОСЧЕТЧИКА
Дата/время считывания: 21.12.2025 9:29
Договор: 39719   ИНН: 390018776
Серийный номер                           47553675
Энергия на отчетную дату 22.11.2025      14369.700 MWh
Энергия на момент считывания             14530.933 MWh
Разница                                  161.233 MWh
Расход                                   7.885 m3/h
Мощность                                 90.9 kW
"""


def test_the_day_beside_the_current_reading_is_that_of_the_readings() -> None:
    (report,) = extract([ruled(SHEET)], "sheet.pdf")
    assert (value(report.reading_date), value(report.report_date)) == ("2026-01-21", "2026-01-22")
    (meter,) = report.meters
    assert told(meter)[3:] == ("655.93", "679.24", "23.31")
    assert meter.reading_date is None or meter.reading_date.value == "2026-01-21"


def test_flow_and_power_of_a_readout_are_no_meter() -> None:
    (report,) = extract([typed(READOUT)], "readout.pdf")
    assert [told(meter)[3:] for meter in report.meters] == [("14369.700", "14530.933", "161.233")]


def test_a_number_sign_before_the_word_for_the_meter_tells_its_serial() -> None:
    text = """
Korxonamiz 45735-raqamli shartnomaga asosan 2026-yil mart oyi uchun
issiqlik energiyasi hisoblagichlarining 24.03.2026 holatiga olingan
ko‘rsatkichlarini ma’lum qiladi:
1) № 27700935 hisoblagich: oldingi – 2770,70; joriy – 2877,70; farqi –
107,00 Gkal;
2) № 32459480 hisoblagich: oldingi – 1471,41; joriy – 1694,04; farqi –
222,63 Gkal;
"""
    (report,) = extract([typed(text)], "letter.pdf")
    assert [(meter[0], *meter[3:]) for meter in map(told, report.meters)] == [
        ("27700935", "2770.70", "2877.70", "107.00"),
        ("32459480", "1471.41", "1694.04", "222.63"),
    ]


DAYS = """
Показания теплосчетчиков за январь 2026 года по договору 03033
┌─────┬────────────────┬────────────┬────────────────────────┬─────────┐
│ №   │ Наименование   │ Счетчик №  │    Показания, Гкал     │ Расход, │
│     │ системы        │            ├───────────┬────────────┤ Гкал    │
│     │                │            │ на 24.12  │ на 20.01   │         │
├─────┼────────────────┼────────────┼───────────┼────────────┼─────────┤
│ 1.  │ Отопление      │ 4078000    │ 1642,55   │ 1682,93    │ 40,38   │
└─────┴────────────────┴────────────┴───────────┴────────────┴─────────┘
Показания снял заведующий хозяйством Тошматов О.Б. 20.01.2026 г.
"""


def test_days_without_a_year_over_two_columns_are_no_numbers() -> None:
    (report,) = extract([ruled(DAYS)], "report.pdf")
    assert [told(meter)[3:] for meter in report.meters] == [("1642.55", "1682.93", "40.38")]
    assert value(report.reading_date) == "2026-01-20"
    assert value(report.position) == "заведующий хозяйством"


def test_two_quantities_behind_the_same_word_are_no_days() -> None:
    text = "Договор 03033, отчет за январь 2026 г.\nЗав. № 4411223: расход вырос на 24.12 Гкал и на 20.01 Гкал, всего 44,13 Гкал\n"
    (report,) = extract([typed(text)], "letter.pdf")
    assert report.reading_date is None or not report.reading_date.certain
