"""Ways in which people put the same things: where the label stands, how a date is written, what one sentence leaves to another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.pages import Page, Word
from metering.units import MeterKind, Unit
from parsers.fields import extract
from tests.parsers.test_fields_meaning import drawn
from tests.parsers.test_fields_samples import read, told, value
from tests.parsers.typed import typed

HEAT, WATER = MeterKind.HEAT, MeterKind.HOT_WATER
ONE = [("4411223", HEAT, Unit.GCAL, "1204.50", "1310.75", "106.25")]


@pytest.mark.parametrize(
    "text",
    [
        """
Теплосчетчик КМ-5-4 № 4411223
1204,50 Гкал (показание предыдущее, на 24.10.2026)
1310,75 Гкал (показание текущее, на 23.11.2026)
106,25 Гкал (израсходовано за ноябрь 2026 года)
""",
        """
Теплосчетчик ТЭМ-104 зав. № 4411223. В ноябре израсходовано 106,25 Гкал: показания увеличились с 1204,50
Гкал на 24.10.2026 г. до 1310,75 Гкал на 23.11.2026 г.
""",
        """
т/сч ТЭМ-104 зав.№ 4411223: пред. пок. 1204,50 (24.10.26), тек. 1310,75
(23.11.26), разн. 106,25 Гкал
""",
        """
Архив месячных значений     Серийный номер: 4411223
  Дата          Энергия, Гкал     Объем, м3
  01.08.2026      1160,11          8120,1
  23.09.2026      1180,20          8911,4
  24.10.2026      1204,50          9720,2
  23.11.2026      1310,75         10399,9
Отчет за ноябрь 2026 года: расход 106,25 Гкал
""",
        """
ULTRAHEAT T550   S/N 4411223
MONTHLY VALUES          Energy Gcal
23.11.2026              1310.75
24.10.2026              1204.50
22.09.2026              1180.20
Потребление за ноябрь 2026 г. составило 106.25 Гкал
""",
        """
Дата записи    Энергия, Гкал   Дата записи    Энергия, Гкал
22.07.2026     1160,11         24.10.2026     1204,50
22.09.2026     1180,20         23.11.2026     1310,75
Прибор Sharky 775, заводской номер 4411223. Израсходовано за ноябрь 2026 г.: 106,25 Гкал
""",
        """
Ҳисоблагич тури ва рақами:  SA-94/2, № 4411223
Олдинги кўрсаткич (24.10.2026):  1 204,50 Гкал
Жорий кўрсаткич (23.11.2026):    1 310,75 Гкал
Сарф:  106,25 Гкал
""",
        """
Meter: ULTRAHEAT, serial number 4411223
Opening reading (24 October 2026): 1204.50 Gcal
Closing reading (November 23, 2026): 1310.75 Gcal
Consumption: 106.25 Gcal
""",
        """
1-uy: № 4411223 — 1204,50 dan 1310,75 gacha, sarf 106,25 Gkal. Ko'rsatkichlar 23.11.2026 da olindi.
""",
        """
По счетчику SA-94/1 № 4411223 показания на 23.11.2026 были 1204,50 Гкал, стали 1310,75 Гкал, потребление 106,25 Гкал
""",
        """
№ счетчика            4411223    4411224
24.10.2026, Гкал      1204,50    2000,00
23.11.2026, Гкал      1310,75    2010,00
Разница, Гкал          106,25      10,00
""",
        """
 ТВ-7   Заводской номер 4411223
Итоговые значения (тотальные счетчики)
                    Начало периода         Конец периода         За период
                    24.10.26 00:00         23.11.26 24:00
Q тв1    Гкал         1204.50                1310.75              106.25
M1 тв1   т           51200.7                52711.3              1510.6
""",
        """
schetchik N 4411223  (otoplenie)
predydushee  1204.50
tekushee     1310.75
rashod        106.25  Gkal
data snyatiya 23.11.2026
""",
    ],
)
def test_the_same_meter_in_other_words(text: str) -> None:
    report = read(f"Договор № 03117 за ноябрь 2026 г.\n{text.strip()}")
    assert value(report.contract_number) == "03117"
    assert value(report.reading_date) == "2026-11-23"
    assert [(m[0], m[2], *m[3:]) for m in map(told, report.meters)][:1] == [(m[0], m[2], *m[3:]) for m in ONE]


def test_a_table_by_two_dates_has_its_consumption_under_the_unit() -> None:
    report = drawn("""
┌────────────────┬─────────────┬──────────┬──────────┬─────────┐
│ №              │ Показания   │ 24.10.26 │ 23.11.26 │ Гкал    │
├────────────────┼─────────────┼──────────┼──────────┼─────────┤
│ т/сч 4411223   │             │ 1204,50  │ 1310,75  │ 106,25  │
└────────────────┴─────────────┴──────────┴──────────┴─────────┘
""")
    assert [told(m) for m in report.meters] == ONE
    assert value(report.reading_date) == "2026-11-23"


def test_days_under_the_readings_have_columns_of_their_own() -> None:
    report = drawn("""
┌────────────┬────────────────────────┬────────────────────────┬────────────┐
│ Прибор     │ предыдущие             │ текущие                │ Потреблено │
│            ├────────────┬───────────┼────────────┬───────────┤            │
│            │ дата       │ Гкал      │ дата       │ Гкал      │ Гкал       │
├────────────┼────────────┼───────────┼────────────┼───────────┼────────────┤
│ № 4411223  │ 24.10.2026 │ 1 204,50  │ 23.11.2026 │ 1 310,75  │ 106,25     │
└────────────┴────────────┴───────────┴────────────┴───────────┴────────────┘
""")
    assert [told(m) for m in report.meters] == ONE
    assert value(report.reading_date) == "2026-11-23"


def test_the_heading_of_the_second_table_is_no_row_of_the_first() -> None:
    report = drawn("""
Таблица 1. Тепловая энергия на отопление, Гкал
┌─────────────────────────┬──────────────────┬─────────────────┬────────────┐
│ Заводской номер прибора │ На начало месяца │ На конец месяца │ Потреблено │
├─────────────────────────┼──────────────────┼─────────────────┼────────────┤
│ 104-08812               │ 1204,50          │ 1310,75         │ 106,25     │
└─────────────────────────┴──────────────────┴─────────────────┴────────────┘
Таблица 2. Горячая вода, м3
┌─────────────────────────┬──────────────────┬─────────────────┬────────────┐
│ Заводской номер прибора │ На начало месяца │ На конец месяца │ Потреблено │
├─────────────────────────┼──────────────────┼─────────────────┼────────────┤
│ 00671204                │ 915              │ 953             │ 38         │
└─────────────────────────┴──────────────────┴─────────────────┴────────────┘
""")
    assert [told(m) for m in report.meters] == [
        ("104-08812", HEAT, Unit.GCAL, "1204.50", "1310.75", "106.25"),
        ("00671204", WATER, Unit.M3, "915", "953", "38"),
    ]


def test_what_stands_below_the_lines_of_a_table_is_none_of_its_rows() -> None:
    report = drawn("""
┌──────────────┬───────────────┬───────────────┬─────────────┐
│ Зав. номер   │ Нач. 24.10.26 │ Кон. 23.11.26 │ Разн., Гкал │
├──────────────┼───────────────┼───────────────┼─────────────┤
│ 4411223      │ 1204,50       │ 1310,75       │ 106,25      │
└──────────────┴───────────────┴───────────────┴─────────────┘
Рук-ль   Азизов М.М.   25.11.26 г.
""")
    assert [told(m) for m in report.meters] == ONE
    assert (value(report.position), value(report.signatory), value(report.report_date)) == ("Рук-ль", "Азизов М.М.", "2026-11-25")


def test_readings_told_below_the_days_total_are_the_integrators() -> None:
    rows = "\n".join(f" {day}.11.26    1.25{n}   30.11   30.02  70.1   48.0   24" for n, day in enumerate(range(18, 24)))
    report = read(f"""
 Прибор ТЭМ-106 Зав.№ 4411223    Договор № 03117   за период с 18.11.2026 по 23.11.2026
 Дата       Q,Гкал   M1,т    M2,т   t1,C   t2,C   Траб,ч
{rows}
 Итого       7.515  180.66  180.12                144
 Показания счетчика на 18.11.26 00:00    640.118 Гкал
 Показания счетчика на 23.11.26 24:00    647.633 Гкал
""")
    assert [told(m) for m in report.meters] == [("4411223", HEAT, Unit.GCAL, "640.118", "647.633", "7.515")]
    assert value(report.reading_date) == "2026-11-23"


def test_a_weekly_journal_runs_from_its_first_row_to_its_last() -> None:
    report = drawn("""
Прибор: ТСРВ-043, зав. № 4411223, единица измерения: Гкал
┌────────────┬───────────┬────────────────────────┬─────────┐
│ Дата       │ Показание │ Расход с начала месяца │ Подпись │
├────────────┼───────────┼────────────────────────┼─────────┤
│ 26.10.2026 │ 1204,50   │ –                      │         │
├────────────┼───────────┼────────────────────────┼─────────┤
│ 02.11.2026 │ 1250,10   │ 45,60                  │         │
├────────────┼───────────┼────────────────────────┼─────────┤
│ 23.11.2026 │ 1310,75   │ 106,25                 │         │
└────────────┴───────────┴────────────────────────┴─────────┘
""")
    assert [told(m) for m in report.meters] == ONE
    assert value(report.reading_date) == "2026-11-23"


def test_the_kind_over_one_column_says_nothing_of_the_others() -> None:
    report = drawn("""
┌──────────────────────┬─────────┬─────────┬─────────┐
│ Показатель           │ Цех 1   │ Цех 2   │ ГВС     │
├──────────────────────┼─────────┼─────────┼─────────┤
│ Заводской номер      │ 30117   │ 30118   │ 0099120 │
├──────────────────────┼─────────┼─────────┼─────────┤
│ Предыдущее показание │ 2004,10 │ 1877,00 │ 310     │
├──────────────────────┼─────────┼─────────┼─────────┤
│ Текущее показание    │ 2050,60 │ 1911,25 │ 338     │
├──────────────────────┼─────────┼─────────┼─────────┤
│ Разница              │ 46,50   │ 34,25   │ 28      │
├──────────────────────┼─────────┼─────────┼─────────┤
│ Ед. изм.             │ Гкал    │ Гкал    │ м3      │
└──────────────────────┴─────────┴─────────┴─────────┘
""")
    assert [m.kind for m in report.meters] == [HEAT, HEAT, WATER]


@pytest.mark.parametrize(
    ("text", "reading", "report_date"),
    [
        (
            "Сообщаем показания приборов учета за ноябрь 2026 г. на 23.11.2026 г.:\nДиректор Ким А.В.  24.11.2026",
            "2026-11-23",
            "2026-11-24",
        ),
        ("Показания снял: завхоз Умаров Д., 23.11.2026\nДата: 24.11.2026", "2026-11-23", "2026-11-24"),
        ("Показания сняты 23.11.2026. Директор Ф. Ибрагимова. 24.11.2026", "2026-11-23", "2026-11-24"),
        ("2026 йил 23 ноябрь куни масъул шахс Н. Раҳимов томонидан ҳисоблагич кўрсаткичлари олинди.", "2026-11-23", None),
        ("Показания сняты 23.11.2026          Подал: 24.11.2026", "2026-11-23", "2026-11-24"),
        ("№ 05-12/981 от 24.11.2026\nПоказания сняты 23.11.2026, предыдущие 24.10.2026", "2026-11-23", "2026-11-24"),
        ("24 ноября 2026 г. № 01-14/252\nПоказания сняты 23.11.2026, предыдущие 24.10.2026", "2026-11-23", "2026-11-24"),
        ("24.11.2026 № 534\nПоказания сняты 23.11.2026, предыдущие 24.10.2026", "2026-11-23", "2026-11-24"),
    ],
)
def test_when_the_readings_were_taken_and_the_report_drawn_up(text: str, reading: str, report_date: str | None) -> None:
    report = read(f"ООО «Сув Йўли Савдо»  договор № 03117\n{text}\nЗав. № 4411223: было 1204,50, стало 1310,75, расход 106,25 Гкал")
    assert (value(report.reading_date), value(report.report_date)) == (reading, report_date)


def test_the_head_of_a_column_of_days_dates_no_report() -> None:
    report = drawn("""
┌────────────┬───────────┐
│ Дата       │ Показание │
├────────────┼───────────┤
│ 24.10.2026 │ 4511,7    │
├────────────┼───────────┤
│ 23.11.2026 │ 4640,2    │
└────────────┴───────────┘
""")
    assert value(report.report_date) is None


def test_an_unknown_word_before_the_only_date_of_a_line_leaves_it_in_doubt() -> None:
    report = read("Договор № 03117\nГлавбух   24.11.2026\nналадка   12.11.2026\nот 25.11.2026")
    assert report.report_date is None or not report.report_date.certain


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Мы, нижеподписавшиеся, представитель ООО «Кумуш Тола» главный инженер", "ООО «Кумуш Тола»"),
        ("ООО «Global Med System» во исполнение п. 4.2 договора № 03117", "ООО «Global Med System»"),
        ("2026 йил 24 декабрь куни «Қурилиш Инвест» АЖ (04980-сонли шартнома)", "«Қурилиш Инвест» АЖ"),
        ("Добрый день! ООО «Мир Света», дог. 03117", "ООО «Мир Света»"),
        ("«БАҲОР» мактабгача таълим ташкилоти", "«БАҲОР» мактабгача таълим ташкилоти"),
        ("За потребителя: Саидов Р.Б.", None),
    ],
)
def test_a_name_in_a_sentence_is_taken_without_it(line: str, name: str | None) -> None:
    assert value(read(line).organization) == name


def test_values_under_a_row_of_labels_stay_in_their_columns() -> None:
    report = drawn("""
┌──────────────┬───────────┬───────────┐
│ Потребитель  │ Договор № │ ИНН       │
├──────────────┼───────────┼───────────┤
│ АО «Сарбон»  │ 00734     │ 201558713 │
└──────────────┴───────────┴───────────┘
""")
    assert (value(report.organization), value(report.contract_number), value(report.inn)) == ("АО «Сарбон»", "00734", "201558713")


def test_the_suppliers_inn_is_not_the_consumers() -> None:
    report = read("""
Поставщик: ИП ООО «Veolia Energy Tashkent», ИНН 200123456
Потребитель: ООО «Боғишамол», ИНН 306778120, договор № 04823
""")
    assert value(report.inn) == "306778120"
    lone = read("Поставщик: ИП ООО «Veolia Energy Tashkent», ИНН 200123456").inn
    assert lone is not None
    assert not lone.certain


@pytest.mark.parametrize("line", ["Директор    Х.Р. Турсунов", "Директор    Турсунов Х.Р.          М.П.", "Директор    Турсунов Х.Р."])
def test_initials_are_no_labels_and_no_mark_for_the_stamp(line: str) -> None:
    assert value(read(line).signatory) == "Турсунов Х.Р."


def _half_a_line_lower(page: Page) -> list[Word]:
    return [replace(w, box=replace(w.box, top=w.box.top + 7, bottom=w.box.bottom + 7), symbols=()) for w in page.words]


def test_cells_without_lines_that_wrap_half_a_line_apart_are_whole() -> None:
    labels = typed("""
Организация:       ООО «Сув Йўли Савдо»      Договор:          03117
Дата предыдущих                              Дата текущих
показаний:                                   показаний:
Предыдущие         1204,50 Гкал              Текущие           1310,75 Гкал
показания:                                   показания:
Расход:            106,25 Гкал               Зав. номер:       4411223
""")
    dates = typed(
        """

                   24.10.2026                                  23.11.2026
""".replace("\n\n", "\n.\n")
    )
    values = [w for w in _half_a_line_lower(dates) if w.text != "."]
    (report,) = extract([replace(labels, words=(*labels.words, *values))], "report.pdf")
    assert (value(report.reading_date), value(report.contract_number)) == ("2026-11-23", "03117")
    assert [told(m) for m in report.meters] == ONE


def test_heads_and_units_in_two_languages_are_one() -> None:
    report = drawn("""
┌────────┬──────────────────────┬─────────────────────────┬─────────────────────────┬────────────────┬────────────┐
│ T/r/№  │ Zavod                │ Oldingi                 │ Joriy                   │ Farqi/Разность │ O`lchov    │
│        │ raqami/Заводской №   │ ko`rsatkich/Предыдущее  │ ko`rsatkich/Текущее     │                │ birligi/Ед.│
├────────┼──────────────────────┼─────────────────────────┼─────────────────────────┼────────────────┼────────────┤
│ 1      │ 4411223              │ 1204,50                 │ 1310,75                 │ 106,25         │ Gkal/Гкал  │
└────────┴──────────────────────┴─────────────────────────┴─────────────────────────┴────────────────┴────────────┘
""")
    assert [told(m) for m in report.meters] == ONE


def test_the_line_between_two_tables_names_the_meter_of_the_second() -> None:
    table = """
┌───────────────────┬────────────────────┬───────┬───────────────┐
│ Oldingi ko'rsatgich │ Hozirgi ko'rsatgich │ Farqi │ O'lchov birl. │
├───────────────────┼────────────────────┼───────┼───────────────┤
│ {:17} │ {:18} │ {:5} │ MWh           │
└───────────────────┴────────────────────┴───────┴───────────────┘
"""
    first, second = table.format("324127,5", "324370,8", "243,3"), table.format("55207,585", "55219,261", "11,676")
    report = drawn(f"SA-94/1, zavod raqami 03424379 - Isitish\n{first.strip()}\nSHARKY, zavod raqami 73280644 — Isitish\n{second.strip()}")
    assert [told(m)[0] for m in report.meters] == ["03424379", "73280644"]
    assert [told(m)[3:] for m in report.meters] == [("324127.5", "324370.8", "243.3"), ("55207.585", "55219.261", "11.676")]


def test_integrators_in_rows_beside_masses_are_no_meters_on_their_side() -> None:
    report = read("""
 Дата        Qот, Гкал   M1, т     M2, т
 21.11.2026     5,7      180,42    180,40
 22.11.2026     8,1       35,16     35,09
 23.11.2026     6,2      263,60    263,17
 Итого         20,0      479,18    478,66
 Показания на 20.11.2026 24:00     5242,7    24523,38   23867,66
 Показания на 23.11.2026 24:00     5262,7    25002,56   24346,32
""")
    assert len(report.meters) == 1


def test_the_first_of_two_posts_below_the_readings_signed_and_not_who_approves() -> None:
    report = read("""
УТВЕРЖДАЮ  Директор  Ахмедов А.А.
Зав. № 4411223: было 1204,50, стало 1310,75, расход 106,25 Гкал
Директор                М.У. Ким
Главный бухгалтер       Мирзаев Н.В.
""")
    assert (value(report.position), value(report.signatory)) == ("Директор", "Ким М.У.")


@pytest.mark.parametrize(
    "title",
    [
        "   Hisobga olish priborlari ko‘rsatkichlarini olish\n   DALOLATNOMASI",
        "   Ҳисобга олиш приборлари кўрсаткичларини олиш\n   ДАЛОЛАТНОМАСИ",
    ],
)
def test_a_day_below_a_title_over_two_lines_is_the_reports_and_not_that_of_the_readings_in_it(title: str) -> None:
    report = read(f"""
{title}

Toshkent shahri                                          2026 yil «24» mart

Ushbu dalolatnoma: 02452-sonli shartnoma asosida 2026-yil mart oyi uchun hisoblagich ko‘rsatkichlari 2026 yil «20» mart kuni olindi:
Zav. № 4411223: oldingi 1204,50, joriy 1310,75, sarf 106,25 Gkal
""")
    assert value(report.report_date) == "2026-03-24"
    assert value(report.reading_date) == "2026-03-20"


def test_a_label_behind_a_serial_is_the_next_lines_first_numbers_though_another_stands_under_it() -> None:
    """A sentence goes on over the line's end; what stands under its last word is by chance."""
    report = read("""
Маълум қиламизки, 03117-сонли шартнома бўйича 2026 йил январь ойи учун иссиқлик энергияси сарфи:
Иситиш бўйича ТЭМ-106 ҳисоблагичи (завод рақами 40511596): аввалги кўрсаткич
17 863,48 Гкал, 2026 йил 19 январь ҳолатига кўрсаткич     17 881,35 Гкал. Бир ойда 17,87 Гкал
сарфланган.
""")
    (meter,) = report.meters
    numbers = (meter.previous, meter.current, meter.consumption)
    assert [(n.value, n.certain) for n in numbers if n is not None] == [("17863.48", True), ("17881.35", True), ("17.87", True)]


def test_the_end_of_the_span_is_when_readings_were_taken_where_nothing_else_says_so() -> None:
    report = read("За период 25.12.2025 – 24.01.2026 по счетчику № 4411223: было 1204,50, стало 1310,75, расход 106,25 Гкал")
    assert report.reading_date is not None
    assert (report.reading_date.value, report.reading_date.certain) == ("2026-01-24", False)


def test_letterheads_side_by_side_are_not_one_row() -> None:
    left = typed("""
АО «Оазис Тур»
100029, г. Ташкент, ул. Гульобод, 29
ИНН: 202810683
""")
    right = typed("""
                                                    Начальнику РТС-3
                                                    ГУП «Toshissiqquvvati»
""")
    (report,) = extract([replace(left, words=(*left.words, *_half_a_line_lower(right)))], "report.pdf")
    assert value(report.organization) == "АО «Оазис Тур»"


def test_a_serial_behind_a_meter_without_one_is_the_next_meters() -> None:
    report = read("""
– ВКТ-7 № : 1 977,310 → 2 011,884 Гкал;
– ВКТ-7 № 00019308: 1 204,100 → 1 222,950 Гкал.
""")
    assert [(told(m)[0], told(m)[4]) for m in report.meters] == [(None, "2011.884"), ("00019308", "1222.950")]


@pytest.mark.parametrize(
    "text",
    [
        "Показание прибора на 24.10.2026 – 1204,50 Гкал, на 23.11.2026 – Гкал. Расход 106,25 Гкал за ноябрь 2026 г.",
        "1310,75 (на 23.11.) минус 1204,50 (на 24.10.2026) равно 106,25 Гкал",
    ],
)
def test_the_day_of_a_reading_that_may_be_the_previous_one_is_not_certain(text: str) -> None:
    report = read(f"Договор № 03117  Теплосчетчик № 4411223\n{text}")
    assert report.reading_date is None or not report.reading_date.certain
    assert all(m.reading_date is None or not m.reading_date.certain for m in report.meters)


def test_a_number_below_a_contracts_word_in_a_sentence_is_none_of_it() -> None:
    report = read("""
Согласно заключенному нами договору просим принять показания
счетчик зав. №  55120  – 3044,18 Гкал
""")
    assert report.contract_number is None


def test_a_contracts_label_may_go_on_over_a_lines_end() -> None:
    assert value(read("Просим принять по договору\nтеплоснабжения № 29144. Показания сняты 23.11.2026").contract_number) == "29144"


def test_a_house_number_beside_a_label_in_the_right_column_is_no_serial() -> None:
    report = read("""
Потребитель: НОУ «Шарк Логистик»                  Прибор: ТЭМ-05М
Адрес: г. Ташкент, Яккасарайский район, ул. Нукусская, Заводской номер:
161                                                     96821457
Показание предыдущее 995,01, текущее 1289,35, расход 294,34 Гкал
""")
    assert [value(m.serial) for m in report.meters] == ["96821457"]


def test_a_column_of_contracts_holds_no_serials() -> None:
    report = drawn("""
┌───┬──────────────────────┬───────────┬──────────────────┬──────────────┬──────────────┬─────────────┐
│ № │ Наименование объекта │ Договор № │ Прибор, зав. №   │ На 20.10.26  │ На 23.11.26  │ Расход,Гкал │
├───┼──────────────────────┼───────────┼──────────────────┼──────────────┼──────────────┼─────────────┤
│ 1 │ Склад                │ 28146     │ ВИСТ № 4411223   │ 1 204,50     │ 1 310,75     │ 106,25      │
└───┴──────────────────────┴───────────┴──────────────────┴──────────────┴──────────────┴─────────────┘
""")
    assert [told(m) for m in report.meters] == ONE


def test_an_address_is_told_without_the_number_and_the_label_of_its_line() -> None:
    report = read("""
1. Iste'molchi: «Yangi Hayot» MChJ, STIR 234587143
2. Obyekt manzili: Toshkent shahri, Olmazor tumani, Beshyog'och ko'chasi 59
""")
    assert value(report.address) == "Toshkent shahri, Olmazor tumani, Beshyog'och ko'chasi 59"


@pytest.mark.parametrize(
    ("above", "name"),
    [
        ("", "Садыкова В.К."),
        ("Директор ____________ Каримов Ш.Р.\n", "Каримов Ш.Р."),
        ("Директор ____________\n", None),  # whose name is hidden: who drew it up does not sign for him
    ],
)
def test_who_drew_a_report_up_signs_it_where_nobody_else_has_a_post(above: str, name: str | None) -> None:
    meter = "Зав. № 4411223: было 1204,50, стало 1310,75, расход 106,25 Гкал"
    report = read(f"Договор № 03117\n{meter}\n{above}Отчет составил: Гл. энергетик, В.К. Садыкова")
    assert value(report.signatory) == name


def test_the_day_of_the_contract_before_its_number_is_not_that_of_the_act() -> None:
    report = read(
        """
HISOBLAGICH KO‘RSATKICHLARI DALOLATNOMASI
Toshkent shahri                                                        2025-yil 22-oktabr
«Yangi Bozor Savdo» MChJ bilan tuzilgan 2024-yil 8-avgustdagi № 15772 shartnoma bo‘yicha 2025-yil oktabr oyi uchun
ko‘rsatkichlar 2025-yil 21-oktabr kuni holatiga ko‘ra quyidagicha:
Seriya raqami   O‘tgan oy ko‘rsatkichi   Hozirgi ko‘rsatkich   Sarfi, Gkal
25780043        29,83                    280,60                250,77
"""
    )
    assert (value(report.contract_number), value(report.report_date)) == ("15772", "2025-10-22")
    assert value(report.reading_date) == "2025-10-21"


def test_the_day_below_an_outgoing_number_is_the_letters_though_its_addressee_stands_beside() -> None:
    report = read(
        """
Исх. № 07/320                                 В отдел метрологии тепловых сетей города
от «17» ноября 2026 г.                        ИП ООО «Veolia Energy Tashkent»

По договору № 01234. Теплосчетчик зав. № 4411223: показания сняты 16.11.2026 г.
"""
    )
    assert (value(report.report_date), value(report.reading_date)) == ("2026-11-17", "2026-11-16")


@pytest.mark.parametrize(("third", "unit"), [("Sarf, m³", Unit.M3), ("Sarf", Unit.GCAL)])
def test_a_unit_behind_the_label_of_a_value_is_told_of_its_own_meter(third: str, unit: Unit) -> None:
    report = read(
        f"""
1. Issiqlik hisoblagich Sharky 774
Hisoblagich raqami      64271118     Avvalgi ko‘rsatkich   55696,59
Sarf, Gkal                274,47     Oxirgi ko‘rsatkich    55971,06
2. Suv hisoblagichi (issiq suv)
Hisoblagich raqami      83757143     Avvalgi ko‘rsatkich   87231,45
{third}                   955,75     Oxirgi ko‘rsatkich    88187,20
"""
    )
    assert [m.unit and m.unit.value for m in report.meters] == [Unit.GCAL, unit]


def test_a_water_meter_named_below_a_calculators_days_gives_it_no_kind() -> None:
    report = read(
        """
Отчет о суточном потреблении тепловой энергии       Заводской номер: 57958660
Дата         Qот, Гкал   M1, т
18.02.2026       1,244   71,18
19.02.2026       1,551   49,03
20.02.2026       0,831   23,63
21.02.2026       1,236   31,59
Итого:           4,862  175,43
Накоплено по интеграторам прибора
Момент            Qот, Гкал    M1, т
18.02.2026 00:00  23402,823  13156,42
21.02.2026 24:00  23407,685  13331,85
Водосчетчик ГВС, заводской номер 3863673: на начало периода 18527,82 м³, на конец периода 19314,52 м³, расход 786,70 м³
"""
    )
    assert [(value(m.serial), value(m.kind)) for m in report.meters] == [("57958660", "heat"), ("3863673", "hot_water")]


@pytest.mark.parametrize("what", ["теплосчетчиков", "приборов учета", "счетчика тепловой энергии"])
def test_a_day_said_of_a_meters_readings_is_theirs(what: str) -> None:
    report = read(f"Договор 03117\nСообщаем показания {what}, снятые 23.11.2026:\nзав. № 4411223: было 1,00, стало 2,50, расход 1,50 Гкал")
    assert value(report.reading_date) == "2026-11-23"


def test_a_day_said_of_a_meter_that_was_taken_away_is_not_surely_of_its_readings() -> None:
    report = read("Договор № 03117\nСчетчики, снятые 23.11.2026 на поверку:\nзав. № 4411223: было 1,00, стало 2,50, расход 1,50 Гкал")
    assert report.reading_date is None or not report.reading_date.certain


@pytest.mark.parametrize(
    ("label", "is_day"),
    [
        ("Дата и время снятия: 23.11.2026 10:30", True),
        ("Съём показаний произведён 23.11.2026", True),
        ("Ko‘rsatkich olingan sana va vaqti: 23.11.2026 09:00", True),
        ("Дата и время поверки: 23.11.2026", False),
        ("Дата и время печати: 23.11.2026 10:30", False),
    ],
)
def test_the_day_and_time_of_taking_the_readings_is_their_day(label: str, is_day: bool) -> None:
    report = read(f"Исх. № 12 от 24.11.2026\nДоговор 03117\n{label}\nзав. № 4411223: было 1,00, стало 2,50, расход 1,50 Гкал")
    day = report.reading_date
    assert (day is not None and day.certain and day.value == "2026-11-23") == is_day
