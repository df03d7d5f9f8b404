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


def test_the_number_before_the_words_for_a_serial_may_end_the_line_above() -> None:
    text = """
34579-сонли шартномага мувофиқ 2025 йил ноябрь ойи учун 62398687
рақамли иссиқлик ҳисоблагичининг кўрсаткичларини юборамиз. Кўрсаткич
22.10.2025 ҳолатига 17668,35 Гкал, 24.11.2025 ҳолатига 17765,15 Гкал бўлиб, бир
ойда 96,80 Гкал иссиқлик энергияси сарфланган.
"""
    (report,) = extract([typed(text)], "letter.pdf")
    assert [(meter[0], *meter[3:]) for meter in map(told, report.meters)] == [("62398687", "17668.35", "17765.15", "96.80")]


WEEKS = """
Договор: 35095
Прибор: ТВ7 зав. № 93776797
Q на начало (20.02.2026 24:00): 262.860 Гкал
Q на конец (21.03.2026 24:00): 408.969 Гкал

Период       Q, Гкал     Q накопл., Гкал     M1, т      Tнар, ч
1 неделя     71.593      334.453             1014.82    336
2 неделя     74.516      408.969             1087.68    336
Итого        146.109                                    672
"""


def test_the_weeks_of_a_calculator_are_no_meters_and_their_total_is_what_was_used() -> None:
    (report,) = extract([typed(WEEKS)], "printout.pdf")
    assert [(meter[0], *meter[3:]) for meter in map(told, report.meters)] == [("93776797", "262.860", "408.969", "146.109")]


def test_a_total_of_weeks_that_is_not_the_difference_makes_nothing_certain() -> None:
    (report,) = extract([typed(WEEKS.replace("146.109", "164.109"))], "printout.pdf")
    assert not any(found.certain for meter in report.meters for found in (meter.previous, meter.consumption) if found is not None)


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
