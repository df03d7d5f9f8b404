"""What desks and statistical forms add to a table: codes of lines, a line that names the meter across all columns, remarks, prices."""

from __future__ import annotations

import pytest

from metering.pages import PageSource
from metering.units import MeterKind, Unit
from parsers.fields import extract
from tests.parsers.test_fields_samples import read, told, value
from tests.parsers.typed import ruled, typed

HEAT, WATER = MeterKind.HEAT, MeterKind.HOT_WATER
ONE = [("4411223", HEAT, Unit.GCAL, "1204.50", "1310.75", "106.25")]


def test_codes_of_a_form_s_lines_are_no_values() -> None:
    report = read(
        """
Договор № 01234, отчет за ноябрь 2026 г., показания сняты 23.11.2026
Показатели                     Код строки    Ед. изм.    Прибор 1
А                              Б             В           1
Тип теплосчетчика              010                       Карат-307
Заводской №                    020                       4411223
Контур                         030                       отопление
Показание на начало месяца     040           Гкал        1204,50
Показание на конец месяца      050           Гкал        1310,75
Израсходовано                  060           Гкал        106,25
"""
    )
    assert [told(m) for m in report.meters] == ONE


def test_a_line_across_the_table_names_the_meter_of_the_row_under_it() -> None:
    report = read(
        """
Договор № 01234, отчет за ноябрь 2026 г.
Дата пред.    Показание    Дата текущ.    Показание    Расход    Ед.    Цена, сум    Сумма без НДС
Система отопления: ВКТ-7, Зав. № 4411223
24.10.26      1204,50      23.11.26       1310,75      106,25    Гкал   342 296      36 368 950
Г/в: ВИСТ, Зав. № 85358318
24.10.26      73,45        23.11.26       86,67        13,22     Гкал   342 296      4 525 153
Всего к оплате с НДС 45 801 395 сум
"""
    )
    assert [told(m) for m in report.meters] == [*ONE, ("85358318", WATER, Unit.GCAL, "73.45", "86.67", "13.22")]
    assert [value(m.model) for m in report.meters] == ["ВКТ-7", "ВИСТ"]


def test_the_number_of_a_seal_is_no_serial() -> None:
    report = read(
        """
Sh-ma № 01234, 2026 yil noyabr
Iste'mol turi    Hisoblagich    Korpusdagi raqam    O'tgan oy    Shu oy     Farqi     O'lchovi    Izoh
isitish          SA-94/1        4411223             1204,50      1310,75    106,25    Gkal        plomba № 462261 butun
"""
    )
    assert [told(m) for m in report.meters] == ONE


def test_a_column_of_numbers_as_long_as_serials_is_that_of_the_serials() -> None:
    report = read(
        """
Договор № 01234, ноябрь 2026 г.
Назначение    Номер по описи    Предыдущее    Текущее    Расход, Гкал    Примечание
отопление     4411223           1204,50       1310,75    106,25          исправен
"""
    )
    assert [told(m) for m in report.meters] == ONE
    assert report.meters[0].serial is not None
    assert not report.meters[0].serial.certain  # it may be another number


def test_a_serial_beneath_its_model_goes_to_the_row_where_one_other_column_is_known() -> None:
    (report,) = extract(
        [
            ruled(
                """
Shartnoma № 01234, 2025 yil noyabr
┌───┬──────────────────┬─────────────┬──────────┬──────────┬────────────────────────┐
│ № │ Bino             │ Pribor №    │ O'tgan oy│ Hozircha │ Olingan issiqlik (Gkal)│
├───┼──────────────────┼─────────────┼──────────┼──────────┼────────────────────────┤
│   │                  │ Multical 603│          │          │                        │
│ 1 │ A korpus, Isitish│             │ 1204,50  │ 1310,75  │ 106,25                 │
│   │                  │ 4411223     │          │          │                        │
└───┴──────────────────┴─────────────┴──────────┴──────────┴────────────────────────┘
"""
            )
        ],
        "report.pdf",
    )
    assert [told(m) for m in report.meters] == ONE


def test_whole_numbers_from_and_to_before_a_unit_are_both_readings() -> None:
    report = read("Договор № 01234. Отопление, зав. № 4411223:\nпоказания с 9734 по 73891 кВтч, потребление 64157 кВтч")
    assert [told(m) for m in report.meters] == [("4411223", HEAT, Unit.KWH, "9734", "73891", "64157")]


def test_a_number_broken_at_a_line_s_end_goes_on_behind_dates_and_serials() -> None:
    report = read(
        """
По договору № 01234: счетчик на отопление КМ-5-2 (зав. № 4411223) 18.10.2026г. показывал 22
407,16 ГКал, в прошлый раз, 25-09-2026, 22 109,53 ГКал. За месяц ушло 297,63 ГКал.
"""
    )
    assert [told(m) for m in report.meters] == [("4411223", HEAT, Unit.GCAL, "22109.53", "22407.16", "297.63")]


def test_a_number_broken_at_a_line_s_end_goes_on_before_a_comma() -> None:
    report = read(
        """
Шартнома: № 01234
     Иситиш тизими, ТСРВ-024М ҳисоблагичи, завод рақами 881607: олдинги кўрсаткич 40
607,0, жорий кўрсаткич 116 614,8, сарфи 76 007,8 кВт·соат.
"""
    )
    assert [told(m) for m in report.meters] == [("881607", HEAT, Unit.KWH, "40607.0", "116614.8", "76007.8")]


def test_a_day_whose_month_begins_the_next_line_is_that_of_the_verb_behind_it() -> None:
    report = read(
        """
Тошкент шаҳри                                                        2026-йил 21-март
Биз, 05029-сонли шартномага мувофиқ 2026 йил март ойи учун ҳисоблагичларнинг 2026-йил 20-
март ҳолатига кўрсаткичларини ёзиб олдик:
Завод рақами    Эди        Бўлди      Фарқи     Ўлч. бирл.
97110537        82347,10   82647,60   300,50    МВт·соат
"""
    )
    assert (value(report.reading_date), value(report.report_date)) == ("2026-03-20", "2026-03-21")


def test_the_day_on_which_a_report_was_written_is_none_of_the_readings() -> None:
    report = read("Shartnoma № 01234\nKo'rsatkichlar 2025-yil 22-dekabr holatiga olindi.\nHisobot yozilgan kun: 24.XII.2025")
    assert (value(report.reading_date), value(report.report_date)) == ("2025-12-22", "2025-12-24")


@pytest.mark.parametrize(
    "heads",
    [
        "Ег-х, Гкал   Mr T       Mro, т     Chr-x, час",
        "Er-x, Kan    Мет        Mro, т     Chr-x, час",
        "Er-x         Мет        Mro        Chr-x",
    ],
)
def test_integrators_of_masses_and_hours_are_no_meters_however_their_heads_were_read(heads: str) -> None:
    page = typed(
        f"""
Номер теплосчетчика 002816, единица измерения Гкал
Интеграторы
             {heads}
01.10.2026   5211.374     88122.40   87411.10   22114.0
01.11.2026   5264.867     90762.51   90052.87   22858.0
Разность     53.493       2640.11    2641.77    744.0
""",
        source=PageSource.OCR,
        confidence=0.9,
    )
    (report,) = extract([page], "printout.pdf")
    assert [told(m) for m in report.meters] == [("002816", HEAT, Unit.GCAL, "5211.374", "5264.867", "53.493")]


@pytest.mark.parametrize(
    "text",
    [
        """
Зав. №      Предыдущее, МВт·ч   Текущее, МВт·ч   Расход, МВт·ч   Расход, Гкал
4411223     1204,50             1310,75          106,25          91,36
""",
        """
Прибор            Зав. №      Ед.      Начало     Конец      Расход
Sharky 775        4411223     МВт·ч    1204,50    1310,75    106,25
                              Гкал     1035,70    1127,06    91,36
""",
        """
Прибор            Зав. №      Начало, МВт·ч     Конец, МВт·ч      Расход, МВт·ч
Sharky 775        4411223     1204,50           1310,75           106,25
В пересчете на Гкал: 106,25 × 0,8598 = 91,36 Гкал
""",
        """
Теплосчетчик SHARKY 775 зав. № 4411223
Предыдущее показание 1204,50 МВт·ч (1035,70 Гкал)
Текущее показание 1310,75 МВт·ч (1127,06 Гкал)
Потребление 106,25 МВт·ч = 91,36 Гкал
""",
    ],
)
def test_a_quantity_told_in_two_units_is_one_meter_s(text: str) -> None:
    report = read("Договор № 01234, отчет за ноябрь 2026 г.\n" + text + "Дата снятия показаний: 23.11.2026")
    assert [told(m) for m in report.meters] == [("4411223", HEAT, Unit.MWH, "1204.50", "1310.75", "106.25")]


def test_a_long_number_behind_a_model_and_a_slash_is_the_serial() -> None:
    report = read(
        """
ООО «АЛЬФА ПЛЮС», договор № 01234, ноябрь 2026 г.
Узел          Тип/зав. номер          Показания, Гкал               Потребление,
учета         прибора                 начало        конец           Гкал
Корпус А      Multical 602/4411223    1204,50       1310,75         106,25
"""
    )
    assert [told(m) for m in report.meters] == ONE


def test_days_and_whole_indexes_under_their_unit_are_readings() -> None:
    report = read(
        """
ООО «АЛЬФА ПЛЮС», договор № 01234, ноябрь 2026 г.
Прибор: Kamstrup 403, серийный 71234567
Показания          кВт*ч
24.10.2026         1107578
23.11.2026         1133995
Израсходовано      26417
"""
    )
    assert [told(m) for m in report.meters] == [("71234567", HEAT, Unit.KWH, "1107578", "1133995", "26417")]


def test_a_list_whose_words_nobody_knows_is_read_by_its_sums_and_not_certain() -> None:
    report = read("Договор № 01234\n1) счётчик 4411223 (отопление): старое 1204,50; новое 1310,75; итого 106,25 Гкал")
    assert [told(m) for m in report.meters] == ONE
    assert not any(number.certain for m in report.meters for number in (m.previous, m.current, m.consumption) if number is not None)


@pytest.mark.parametrize(
    ("line", "certain"),
    [
        ("Показания переписаны с прибора – 23.11.2026", True),
        ("Hisoblagich ko'rilgan vaqt: 23.11.2026-yil", False),
        ("2026-yil noyabr oyining 23-sanasida KM-5 hisoblagichi 1310,75 Gkalni ko'rsatdi, o'tgan oyda 1204,50 Gkal edi.", False),
    ],
)
def test_the_day_of_a_line_that_speaks_of_readings_is_theirs(line: str, certain: bool) -> None:
    report = read(f"Договор № 01234\nПоказание текущее: 1310,75 Гкал\n{line}\nДата: 24.11.2026")
    assert value(report.reading_date) == "2026-11-23"
    assert report.reading_date is not None
    assert report.reading_date.certain is certain


def test_the_one_day_of_a_card_of_integrators_is_likely_that_of_the_readings() -> None:
    report = read(
        "ТЭМ-106-2   Зав. № 4411223     Дата: 23.11.2026    Время: 10:05\nИнтеграторы\nQ, Гкал        1310.75\nТраб, ч        8721.0"
    )
    assert value(report.reading_date) == "2026-11-23"
    assert report.reading_date is not None
    assert not report.reading_date.certain


def test_the_row_that_nothing_names_among_three_is_named_by_the_sums() -> None:
    report = read(
        """
Договор № 01234, ноябрь 2026 г.
Показатели                    Прибор 1     Прибор 2
Заводской №                   4411223      4411224
Показание в начале            1204,50      204,50
Показание под занавес         1310,75      210,75
Потреблено, Гкал              106,25       6,25
"""
    )
    assert [told(m) for m in report.meters] == [*ONE, ("4411224", HEAT, Unit.GCAL, "204.50", "210.75", "6.25")]


def test_a_total_that_is_one_meter_s_consumption_is_none_of_all() -> None:
    report = read(
        """
Shartnoma raqami: 01234. Ko'rsatkichlar 23.11.2026 holatiga yozib olingan.
Isitish hisoblagichi: Ultraheat, № 4411223. Ko'rsatkichlari: boshida 1204,50, oxirida 1310,75. Jami sarflangan issiqlik: 106,25 Gcal.
Zavod raqami 18671103 bo'lgan isitish hisoblagichining o'tgan oydagi ko'rsatkichi 18727,91 Gcal, shu oydagi ko'rsatkichi 18891,65 Gcal,
sarf 163,74 Gcalni tashkil etdi.
"""
    )
    assert [told(m) for m in report.meters] == [*ONE, ("18671103", HEAT, Unit.GCAL, "18727.91", "18891.65", "163.74")]
    assert report.totals == ()


def test_two_columns_of_readings_and_one_of_heat_are_told_apart_by_the_sums() -> None:
    report = read(
        """
Договор № 01234, ноябрь 2026 г.
Вид           Зав. номер    Ед. изм.    Показание А    Показание Б    Тепло за месяц    Примечание
отопление     4411223       Гкал        1204,50        1310,75        106,25            исправен
"""
    )
    assert [told(m) for m in report.meters] == ONE


def test_columns_that_may_change_places_are_not_certain() -> None:
    report = read(
        """
Договор № 01234, ноябрь 2026 г.
Вид           Зав. номер    Ед. изм.    Первая графа   Текущее        Вторая графа
отопление     4411223       Гкал        1204,50        1310,75        106,25
"""
    )
    assert [told(m) for m in report.meters] == ONE
    assert not any(number.certain for m in report.meters for number in (m.previous, m.consumption) if number is not None)


def test_days_in_columns_beside_the_indexes_are_theirs() -> None:
    report = read(
        """
Shartnoma N 01234, 2026-yil noyabr
Maqsadi       O'lchagich, ishlab chiqarish raqami    Sana          Boshi      Sana          Oxiri      Farq, Gkal
isitish       Multical 603, 4411223                  24.10.2026    1204,50    23.11.2026    1310,75    106,25
"""
    )
    assert [told(m) for m in report.meters] == ONE
    assert value(report.reading_date) == "2026-11-23"


def test_a_number_behind_an_unknown_word_for_one_beside_a_meter_is_its_serial() -> None:
    report = read(
        """
Shartnoma N 01234, 2026-yil noyabr, kuzatuv raqami: 88123456
ТСРВ-024М, Korxona bergan raqami: 4411223; isitish tarmog'i
Oldingi ko'rsatkich, Gkal      Hozirgi ko'rsatkich, Gkal      Farq, Gkal
1204,50                        1310,75                        106,25
"""
    )
    assert [told(m) for m in report.meters] == ONE


def test_brackets_that_say_how_many_digits_are_meant_are_no_inn() -> None:
    assert value(read("Shartnoma N 01234\nSTIR (9 raqam): 349123456").inn) == "349123456"
    assert value(read("Договор № 01234\nИНН (9 цифр) 349123456").inn) == "349123456"


@pytest.mark.parametrize(
    "line",
    [
        "Счетчик принят на учет 01.10.2026",
        "Пломбы сняты 12.10.2026",
        "Hujjat olingan sana: 12.10.2026",
        "Дата регистрации документа: 12.10.2026",
    ],
)
def test_a_day_of_something_else_is_not_surely_that_of_the_readings(line: str) -> None:
    report = read(f"Договор № 01234, зав. № 4411223\nПоказание текущее: 1310,75 Гкал\n{line}\nДата составления: 24.11.2026")
    assert report.reading_date is None or not report.reading_date.certain


def test_words_in_brackets_do_not_undo_the_head_of_a_column() -> None:
    (report,) = extract(
        [
            ruled("""
┌────────────┬──────────┬─────────────┬────────────┬───────────────────┬──────┐
│            │          │             │            │ Количество        │      │
│ Система    │ Зав.     │ Предыдущее  │ Текущее    │ тепловой энергии  │ Ед.  │
│            │ номер    │ показание   │ показание  │ (теплоносителя)   │ изм. │
├────────────┼──────────┼─────────────┼────────────┼───────────────────┼──────┤
│ Отопление  │ 94445567 │ 407389      │ 438617     │ 31228             │ кВтч │
└────────────┴──────────┴─────────────┴────────────┴───────────────────┴──────┘
""")
        ],
        "report.pdf",
    )
    assert [told(m) for m in report.meters] == [("94445567", HEAT, Unit.KWH, "407389", "438617", "31228")]


@pytest.mark.parametrize("sent", ["18 октября 2026 г. № 01-14/252", "№ 01-14/252 от 18.10.2026", "18.10.2026   № 534"])
def test_the_day_at_the_head_of_a_letter_stands_before_or_behind_its_number(sent: str) -> None:
    report = read(f"""
ООО «Восточный базар»
{sent}
Просим принять показания по договору № 20732, снятые 17.10.2026:
зав. № 9110590, предыдущее показание 9101,04, текущее 9447,68, расход 346,64 Гкал.
""")
    assert (value(report.report_date), value(report.reading_date)) == ("2026-10-18", "2026-10-17")


def test_of_two_who_sign_below_whole_numbers_the_first_is_the_head() -> None:
    report = read("""
Договор 19275

Счетчик   Зав. №   Предыдущее   Текущее   Разница   Ед.
ВКТ-7     935899   815350       905015    89665     кВтч

Зам. директора по АХЧ         Шодиев Г.Т.
Главный бухгалтер             Кадыров О.Д.
""")
    assert (value(report.position), value(report.signatory)) == ("Зам. директора по АХЧ", "Шодиев Г.Т.")


def test_two_rows_whose_words_nobody_knows_are_told_by_the_sums_of_all_columns() -> None:
    report = read("""
Договор № 16998   Отчет за январь 2026 г.

Показатели                     Ед. изм.    Прибор 1      Прибор 2
Зав. номер счетчика                        19406590      13951439
Было в журнале                 ГДж         93658,67      6366,42
Стоит в журнале                ГДж         94393,32      6570,78
Количество тепловой энергии    ГДж         734,65        204,36
""")
    assert [told(m) for m in report.meters] == [
        ("19406590", HEAT, Unit.GJ, "93658.67", "94393.32", "734.65"),
        ("13951439", HEAT, Unit.GJ, "6366.42", "6570.78", "204.36"),
    ]


def test_a_row_of_whole_thousands_in_one_known_column_is_no_wrapped_cell() -> None:
    report = read("""
MULTICAL 603   S/N: 03691184
Heat energy E1, kWh

            Log    Date         E1 [kWh]    V1 [m3]     T1 [C]
  Previous reading   25.10.2026      709      3 383,99     71.4
   Current reading   22.11.2026   60 291      2 456,19     71.4
  Расход за период                59 582
""")
    assert [told(m) for m in report.meters] == [("03691184", HEAT, Unit.KWH, "709", "60291", "59582")]


def test_a_day_over_the_previous_reading_is_none_of_the_current_one() -> None:
    report = read("""
ТЭМ-104   Зав. № 0812345     Договор 00412
Интеграторы          сейчас          на 01.10.2026
Q, Гкал              1840,22         1788,02
Расход за период     52,20
""")
    assert [told(m) for m in report.meters] == [("0812345", HEAT, Unit.GCAL, "1788.02", "1840.22", "52.20")]
    assert report.reading_date is None or not report.reading_date.certain


def test_readings_of_a_first_are_about_the_month_before_and_a_person_looks() -> None:
    report = read("""
Договор № 00412   Sharky 775   S/N 68123455
Дата          Энергия, MWh     Объем, m3
01.11.2026    1840,22          30122,5
01.10.2026    1788,02          29044,1
Расход 52,20 MWh
""")
    assert value(report.reading_date) == "2026-11-01"
    assert report.period is not None
    assert (report.period.value, report.period.certain) == ("2026-10", False)


def test_a_post_stands_below_the_line_of_two_who_sign() -> None:
    report = read("""
Договор № 00412
Зав. № 30412077   Пред. 330,15   Тек. 371,90   Расход 41,75 Гкал

Представитель абонента ____________ Мирзаев А.Т.       Представитель теплоснабжающей организации ____________
       главный энергетик
""")
    assert (value(report.position), value(report.signatory)) == ("главный энергетик", "Мирзаев А.Т.")


def test_a_model_ends_before_the_next_cell_s_label() -> None:
    page = ruled("""
┌───────────────────┬──────────────┬────────────────┬─────────────┐
│ Тип вычислителя   │ ТС-45        │ Номер абонента │ 118         │
├───────────────────┼──────────────┼────────────────┼─────────────┤
│ Заводской номер   │ 0034571      │ Договор        │ 00412       │
└───────────────────┴──────────────┴────────────────┴─────────────┘
Показания: предыдущее 330,15 Гкал, текущее 371,90 Гкал, расход 41,75 Гкал
""")
    (report,) = extract([page], "report.pdf")
    assert value(report.meters[0].model) == "ТС-45"


def test_an_agreement_is_a_contract_and_the_son_of_its_number_no_reading() -> None:
    assert value(read("Битим рақами:  04419").contract_number) == "04419"
    assert value(read("Kelishuv raqami: 12008").contract_number) == "12008"
    report = read("""
Maktab binosidagi hisoblagich (zavod raqami 81220456):
   oy boshiga (25.10.2026)      612,480 Gkal
   oy oxiriga (24.11.2026)      688,115 Gkal
   jami                          75,635 Gkal
Shartnoma 15520-son.
Maktab direktori                     M. Ergasheva
2026-yil 24-noyabr
""")
    assert (value(report.contract_number), value(report.report_date)) == ("15520", "2026-11-24")


def test_a_number_alone_on_the_next_line_belongs_to_the_label_that_ended_a_full_line() -> None:
    report = read("""
Issiqlik energiyasi iste'moli to'g'risida hisobot, fevral 2026-yil
Korxona nomi: «Yangi Hayot Klinika» XK
Ko'rsatkichlar olingan sana: 2026-yil 25-fevral                        Shartnoma raqami:
11983
STIR (INN): 207418849

Hisoblagich raqami  Oy boshidagi ko'rsatkich   Hozirgi ko'rsatkich   Iste'mol, Gkal
18583979            50.96                      278.15                227.19
""")
    assert report.contract_number is not None
    assert report.contract_number.value == "11983"
