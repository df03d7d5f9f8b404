"""Layouts that no sample shows: columns in any order, sideways tables, blocks, wrapped cells, two alphabets in a word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.reports import Report
from metering.units import MeterKind, Unit
from parsers.fields import extract
from tests.parsers.test_fields_samples import read, told, value
from tests.parsers.typed import typed

HEAD = """
                 Отчет о потреблении тепловой энергии за ноябрь 2026 г.
Организация: ООО «Сув Йўли»
Договор № 03117      ИНН 301234567
Дата снятия показаний: 23.11.2026
"""


def one(body: str) -> tuple[object, ...]:
    report = read(HEAD + "\n" + body)
    assert value(report.contract_number) == "03117"
    assert len(report.meters) == 1
    return told(report.meters[0])


WANTED = ("4411223", MeterKind.HEAT, Unit.GCAL, "1204.50", "1310.75", "106.25")


@pytest.mark.parametrize(
    "body",
    [
        """
 №   Зав. №    Система   Показания прибора учета                  К начислению, Гкал
 1   4411223   ЦО        пред.: 1204,50 посл.: 1310,75            106,25
""",
        """
 №   Зав. №    Система   Показания прибора               К начислению, Гкал
 1   4411223   ЦО        тек. 1310,75 пред. 1204,50      106,25
""",
        """
Заводской №   Расход, Гкал   Текущие    Предыдущие
4411223       106,25         1310,75    1204,50
""",
        """
 №   Показания    Показания      Разница     Номер       Ед.
п/п  на конец     на начало      показаний   прибора     изм.
 1   1 310,75     1 204,50       106,25      4411223     Гкал
""",
        """
Ҳисоблагич     Тизим  Ой бошидаги    Жорий        Сарфи   Ўлч.
рақами                кўрсаткич      кўрсаткич            бирл.
4411223        Иситиш 1204,50        1310,75      106,25  Гкал
""",
        """
| Зав.№    | Было     | Стало    | Потреблено    |
|----------|----------|----------|---------------|
| 4411223  | 1204.50  | 1310.75  | 106.25 Гкал   |
""",
        """
Теплосчетчик: ТЭМ-104
Заводской номер:          4411223
Предыдущее показание:     1204,50 Гкал
Текущее показание:        1310,75 Гкал
Расход:                   106,25 Гкал
""",
        """
Счетчик тепла ТЭМ-104 зав. № 4411223: было 1204,50, стало 1310,75, израсходовано 106,25 Гкал.
""",
        """
По состоянию на 24.10.2026 показания теплосчетчика № 4411223 - 1204,50 Гкал, на 23.11.2026 - 1310,75 Гкал,
потребление составило 106,25 Гкал.
""",
        """
Зав. №      Показания на 24.10.2026    Показания на 23.11.2026    Расход, Гкал
4411223     1204,50                    1310,75                    106,25
""",
        """
Показания прибора учета № 4411223 (Гкал)
    начальные показания        1204,50
    конечные показания         1310,75
    количество тепловой энергии  106,25
""",
        """
Прибор            Предыдущее       Текущее         Потребление
учета             показание        показание
                                                   106,25
4411223           1204,50          1310,75
                                                   Гкал
""",
    ],
    ids=[
        "both-in-a-cell",
        "both-in-a-cell-the-other-way",
        "order",
        "header-lines",
        "near-columns",
        "typed-rules",
        "key-value",
        "sentence",
        "dated-sentence",
        "dated-columns",
        "under-a-heading",
        "wrapped-cell",
    ],
)
def test_one_meter_is_read_from_any_layout(body: str) -> None:
    assert one(body) == WANTED


def test_a_sum_by_the_readings_of_a_covering_letter_is_no_meter_beside_those_of_its_annex() -> None:
    letter = typed(HEAD + "\nОбщее потребление по показаниям приборов составило 206,25 Гкал.\n")
    annex = typed(
        """
Приложение. Показания приборов учета
Заводской №   Предыдущие   Текущие    Расход, Гкал
4411223       1204,50      1310,75    106,25
4411224       2204,50      2304,50    100,00
"""
    )
    (report,) = extract([letter, replace(annex, number=2)], "letter.pdf")
    assert [told(m)[0] for m in report.meters] == ["4411223", "4411224"]


def test_a_common_reading_of_the_meter_is_one() -> None:
    assert one("Заводской № 4411223\nОбщее показание счетчика 1310,75 Гкал") == (*WANTED[:3], None, "1310.75", None)


def test_a_table_on_its_side_has_a_meter_in_each_column() -> None:
    report = read(
        HEAD
        + """
Показатель               Отопление         ГВС
Заводской №              4411223           0099887
Предыдущие показания     1204,50 Гкал      815,3 м3
Текущие показания        1310,75 Гкал      901,8 м3
Расход                   106,25 Гкал       86,5 м3
"""
    )
    assert [told(m) for m in report.meters] == [WANTED, ("0099887", MeterKind.HOT_WATER, Unit.M3, "815.3", "901.8", "86.5")]


def test_blocks_one_after_another_are_meters_one_after_another() -> None:
    report = read(
        HEAD
        + """
Hisoblagich №: 4411223 (isitish)
oldingi: 1204,50   hozirgi: 1310,75   farqi: 106,25 Gkal

Hisoblagich №: 0099887 (issiq suv)
oldingi: 815,3     hozirgi: 901,8     farqi: 86,5 kub.m
"""
    )
    assert [told(m) for m in report.meters] == [WANTED, ("0099887", MeterKind.HOT_WATER, Unit.M3, "815.3", "901.8", "86.5")]


def test_an_act_with_two_dated_columns_and_the_serial_under_its_model() -> None:
    report = read(
        """
            АКТ снятия показаний приборов учета за ноябрь 2026 года
Потребитель – ООО «Сув Йўли»
Договор № – 03117

Заводской №      Назначение     Показание на       Показание на       Потребление,
                                24.10.2026         23.11.2026         Гкал
ТЭМ-106
№ 4411223        Отопление      1204,50            1310,75            106,25

Sharky 774
№ 4411224        Отопление      815,30             901,80             86,50

Дата – 24.11.2026 г.
"""
    )
    assert [told(m) for m in report.meters] == [WANTED, ("4411224", MeterKind.HEAT, Unit.GCAL, "815.30", "901.80", "86.50")]
    assert value(report.reading_date) == "2026-11-23"


def test_a_calculators_list_of_integrators_has_one_meter_and_no_masses() -> None:
    report = read(
        """
Отчет об интеграторах ТВ-7
Период: 24.10.2026 00:00 - 23.11.2026 24:00
Потребитель: ООО «Сув Йўли»
Договор: 03117
Заводской номер: 4411223   Сетевой адрес: 1
Параметр          Начало        Конец         За период
Qот, Гкал         1 204.50      1 310.75      106.25
M1, т             21 679.4      24 799.6      3 120.2
ВНР, ч            6 696         7 440         744
"""
    )
    assert [told(m) for m in report.meters] == [WANTED]
    assert value(report.reading_date) == "2026-11-23"
    assert value(report.period) == "2026-11"


def test_integrators_in_columns_go_with_the_daily_rows() -> None:
    days = "\n".join(f"{day:02d}.11.26      5,00    82,17    81,99    64,3    40,9    24" for day in range(1, 21))
    report = read(
        f"""
Абонент: ООО «Сув Йўли»     Договор №: 03117
Номер теплосчетчика 4411223
Дата       Eцо-ц, Гкал   Mц, т    Mцо, т   Tц      Tцо    Chцо-ц, час
{days}
Итого        100,00    1643,40  1639,80                  480

Показания интеграторов    на 01.11.2026    на 20.11.2026    Результат за период
Eцо-ц, Гкал               1204,50          1304,50          100,00
Mц, т                     66138,00         67781,40         1643,40
"""
    )
    (meter,) = report.meters
    assert told(meter) == ("4411223", MeterKind.HEAT, Unit.GCAL, "1204.50", "1304.50", "100.00")
    assert len(meter.daily) == 20
    assert str(meter.daily_total) == "100.00"


@pytest.mark.parametrize(
    "told",
    [
        "Ko'rsatkichlar 23.11.2026 kuni olindi.",
        "23.11.2026 kungi ko'rsatkichlarini qabul qilishingizni so'raymiz:",
        "иссиқлик ҳисоблагичларининг 23.11.2026 кунги кўрсаткичларини юборамиз:",
    ],
)
def test_a_reading_date_in_the_middle_of_a_sentence(told: str) -> None:
    report = read(f"24.11.2026 № 8-170\nShartnoma 03117\n{told}\nsarf 5,00 Gkal")
    assert value(report.reading_date) == "2026-11-23"
    assert report.reading_date is not None
    assert report.reading_date.certain


def test_the_day_behind_a_model_and_a_serial_in_a_sentence_is_that_of_the_readings() -> None:
    report = read(
        """
17.11.2026 г. № 882
Просим принять показания по договору № 03117 за ноябрь 2026 года.
Показания теплосчетчика Multical 603 (зав. № 4411223, отопление) на 17.11.2026 г.
составили 963745 кВтч, предыдущее показание (на 22.10.2026 г.) – 950638 кВтч. Расход 13107 кВтч.
"""
    )
    assert report.reading_date is not None
    assert (report.reading_date.value, report.reading_date.certain) == ("2026-11-17", True)


def test_a_number_broken_over_two_lines_of_a_letter_is_one_number() -> None:
    report = read(
        """
Просим принять по договору № 03117 показания теплосчетчика (зав. № 4411223) на 23.11.2026 г.
составили 963 745 кВтч, предыдущее показание – 950 638 кВтч. Расход за отчетный период 13
107 кВтч.
"""
    )
    assert told(report.meters[0]) == ("4411223", MeterKind.HEAT, Unit.KWH, "950638", "963745", "13107")


def test_units_other_than_gcal_are_named() -> None:
    report = read(
        HEAD
        + """
Зав. №     Предыдущие   Текущие    Расход     Ед. изм.
4411223    100,5        112,5      12,0       МВт·ч
4411224    2000         2450       450        кВт·ч
4411225    300,25       310,50     10,25      ГДж
"""
    )
    assert [(m.unit, m.kind) for m in report.meters] == [(Unit.MWH, MeterKind.HEAT), (Unit.KWH, MeterKind.HEAT), (Unit.GJ, MeterKind.HEAT)]


def test_tonnes_averages_and_parts_are_no_meters() -> None:
    report = read(
        HEAD
        + """
Зав. №     Предыдущие   Текущие    Расход     Ед. изм.
4411223    1204,50      1310,75    106,25     Гкал
4411224    500,0        540,0      40,0       тн
в т.ч. арендатор                   10,00      Гкал
Среднее                            53,13      Гкал
Всего                              106,25     Гкал
"""
    )
    assert [told(m) for m in report.meters] == [WANTED]
    assert [t.value.value for t in report.totals] == ["106.25"]


def test_a_wrong_sum_stays_as_printed_and_nothing_is_certain() -> None:
    report = read(HEAD + "\nЗав. №     Предыдущие   Текущие    Расход\n4411223    1204,50      1310,75    116,25 Гкал\n")
    (meter,) = report.meters
    assert told(meter) == ("4411223", MeterKind.HEAT, Unit.GCAL, "1204.50", "1310.75", "116.25")
    assert meter.consumption is not None
    assert not meter.consumption.certain


def test_what_a_sound_text_layer_says_in_full_is_certain() -> None:
    report = read(HEAD + "\nЗав. №     Предыдущие   Текущие    Расход\n4411223    1204,50      1310,75    106,25 Гкал\n")
    (meter,) = report.meters
    fields = [report.contract_number, report.reading_date, report.period, meter.serial, meter.previous, meter.current, meter.consumption]
    assert all(f is not None and f.certain and f.confidence >= 0.97 for f in fields)
    assert all(f.box is not None for f in fields if f is not None)


def test_a_consumption_alone_stays_a_consumption() -> None:
    report = read(HEAD + "\nКоличество потребленной тепловой энергии за ноябрь составило 106,25 Гкал.\n")
    assert [told(m)[2:] for m in report.meters] == [(Unit.GCAL, None, None, "106.25")]


def test_an_index_alone_stays_an_index() -> None:
    report = read(HEAD + "\nПоказание теплосчетчика № 4411223 на 23.11.2026: 1310,75 Гкал\n")
    assert [told(m) for m in report.meters] == [("4411223", MeterKind.HEAT, Unit.GCAL, None, "1310.75", None)]


def test_phones_accounts_and_limits_are_no_readings() -> None:
    report = read(
        HEAD
        + "\nтел. 71-200-00-00, р/с 20208 000 9 00000000 001, МФО 00999, ОКЭД 13100\nРасход под.: 0.04-40.00 м3/ч\nQmax = 1,25 Гкал/ч\n"
    )
    assert report.meters == ()


def test_months_of_a_span_and_of_the_reading_date() -> None:
    assert value(read("Договор 03117\nза период с 26.10.2026 по 25.11.2026\nрасход 5,00 Гкал").period) == "2026-11"
    assert value(read("Договор 03117\nпериод: 01.11.2026 - 01.12.2026\nрасход 5,00 Гкал").period) == "2026-11"
    derived = read("Договор 03117\nДата снятия показаний: 25.11.2026\nрасход 5,00 Гкал").period
    assert value(derived) == "2026-11"
    assert derived is not None
    assert derived.note


def test_two_contracts_in_one_file_are_two_reports() -> None:
    pages = [
        typed("Договор № 03117\nЗав. № 4411223 предыдущее 1,00 текущее 2,50 расход 1,50 Гкал", 1),
        typed("Договор № 03118\nЗав. № 4411224 предыдущее 5,00 текущее 7,00 расход 2,00 Гкал", 2),
        typed("Зав. № 4411225 предыдущее 8,00 текущее 9,00 расход 1,00 Гкал", 3),
    ]
    reports: list[Report] = extract(pages, "two.pdf")
    assert [value(r.contract_number) for r in reports] == ["03117", "03118"]
    assert [[value(m.serial) for m in r.meters] for r in reports] == [["4411223"], ["4411224", "4411225"]]
    assert [r.pages for r in reports] == [1, 2]


def test_two_months_of_a_meter_in_one_file_are_two_reports() -> None:
    month = "Отчет за {} 2026 г.\nДоговор № 03117\nЗав. № 4411223 предыдущее {} текущее {} расход 1,00 Гкал"
    pages = [
        typed(month.format("сентябрь", "1,00", "2,00"), 1),
        typed(month.format("октябрь", "2,00", "3,00"), 2),
        typed("Договор № 03117\nДиректор Каримов А.А.", 3),
        typed("Отчет за сентябрь 2026 г.\nДоговор № 03117\nЗав. № 4411225 предыдущее 8,00 текущее 9,00 расход 1,00 Гкал", 4),
    ]
    reports: list[Report] = extract(pages, "two.pdf")
    assert [(value(r.period), r.pages) for r in reports] == [("2026-09", 2), ("2026-10", 2)]
    assert [[value(m.serial) for m in r.meters] for r in reports] == [["4411223", "4411225"], ["4411223"]]


def test_a_month_alone_makes_no_second_report() -> None:
    page = "Отчет за {} 2026 г.\nДоговор № 03117\nЗав. № {} предыдущее 1,00 текущее 2,00 расход 1,00 Гкал"
    assert len(extract([typed(page.format("сентябрь", "4411223"), 1), typed(page.format("октябрь", "4411225"), 2)], "a.pdf")) == 1


def test_nothing_to_read_is_a_report_without_meters() -> None:
    (report,) = extract([typed("Добрый день!\nС уважением")], "hello.pdf")
    assert report.meters == ()
    assert report.contract_number is None
    assert extract([], "empty.pdf")[0].meters == ()


def test_a_label_with_nothing_behind_it_is_a_blank() -> None:
    report = read("Организация: ООО «Сув Йўли»\nАдрес:\nДоговор № 03117\nрасход 5,00 Гкал\n\nДата составления: ____________")
    assert report.address is None
    assert report.blank == {"address", "report_date"}
    assert read(HEAD + "\nрасход 5,00 Гкал").blank == frozenset()


@pytest.mark.parametrize(("beside", "blank"), [("", {"organization"}), ("          Теплоснабжающая организация:", set())])
def test_who_signs_for_which_side_is_no_blank(beside: str, blank: set[str]) -> None:
    report = read(
        f"""
АКТ снятия показаний за октябрь 2026 года по договору № 01234
Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41 Гкал

Потребитель:{beside}

Зав. хозяйством   К.К. Тен                Инженер РТС   Э.А. Носиров
"""
    )
    assert report.blank & {"organization"} == blank


SIGNED = HEAD + "\n4411223      593772,09      593810,50      38,41 Гкал\n\n{}"


@pytest.mark.parametrize(
    ("end", "blank"),
    [
        ("Должность: __________   ______________   Каримов Ш.Р.", {"position"}),
        ("Lavozimi: ________   Imzo: _______   F.I.Sh.: __________", {"position", "signatory"}),
        ("Главный инженер  ____________  Ф.И.О.: ____________", {"signatory"}),
        ("Главный инженер  ____________  Ф.И.О.: ____________\n                         Каримов Шавкат Рустамович", set()),
        ("Главный инженер  ____________  Каримов Ш.Р.\n (должность)     (подпись)      (Ф.И.О.)", set()),
        ("Директор   Каримов Шавкат Рустамович\nПринял: ________   Ф.И.О.: _______", set()),
        ("Директор   Каримов Шавкат Рустамович\n\nФ.И.О.: _______", set()),
        ("Ответственное лицо: _______   Подпись: ______   Каримов Ш.Р.", set()),
    ],
)
def test_a_signers_row_with_nothing_behind_a_label_lacks_what_it_asks_for(end: str, blank: set[str]) -> None:
    assert read(SIGNED.format(end)).blank == blank


def test_the_supplier_is_never_the_organisation() -> None:
    report = read("Директору ГУП «Тошиссиккуввати»\nот ООО «Сув Йўли»\nДоговор № 03117\nрасход 5,00 Гкал")
    assert value(report.organization) != "ГУП «Тошиссиккуввати»"
    assert report.organization is not None
    assert "Сув Йўли" in report.organization.value


def test_cards_side_by_side_are_a_meter_each() -> None:
    report = read(
        HEAD
        + """
   Отопление                          Горячее водоснабжение
   Заводской № 4411223                Заводской № 5500667
   Показание на начало: 1204,50       Показание на начало: 33,10 м3
   Гкал                               Показание на конец: 48,60 м3
   Показание на конец: 1310,75 Гкал   Расход: 15,50 м3
   Расход: 106,25 Гкал

Дата составления: 24.11.2026
"""
    )
    assert [told(m) for m in report.meters] == [
        WANTED,
        ("5500667", MeterKind.HOT_WATER, Unit.M3, "33.10", "48.60", "15.50"),
    ]


def test_pairs_of_one_meter_on_one_line_are_no_cards() -> None:
    body = """
Заводской № 4411223           Тип: ТЭМ-104
Предыдущие: 1204,50 Гкал      Текущие: 1310,75 Гкал      Расход: 106,25 Гкал
"""
    assert one(body) == WANTED


@pytest.mark.parametrize(
    "body",
    [
        """
Нарастающим итогом         на 23.11.2026   на 24.10.2026   За период
Количество тепла Q, Гкал   1310,75         1204,50         106,25
Масса M1, т                60080,3         59268,3         812
Время работы, час          28140           27420           720
""",
        """
                          Дата         E1 [Gcal]   V1 [m3]   T1 [C]   T2 [C]   Hour counter
Previous reading          24.10.2026   1204,50     3793,51   71.4     44.2     24634
Current reading           23.11.2026   1310,75     4387,73   71.4     44.2     16804
Расход за период                       106,25
""",
        """
                          Дата   Qтв, Гкал   M1, т    M2, т    t1, °C   t2, °C   ВНР, ч   НС
Показания на 24.10.2026          1204,50     7335,0   5717,4                     8846
Показания на 23.11.2026          1310,75     8035,0   6415,4                     27655
За период                        106,25      700      698      72,4     45,1     720      *
""",
    ],
)
def test_integrators_known_by_dates_or_words_in_two_languages(body: str) -> None:
    assert one("Теплосчетчик МКТС: № 4411223\n" + body) == WANTED


def test_a_serial_on_a_drawn_line_and_one_with_its_channel_are_serials() -> None:
    body = "Предыдущее показание 1204,50 Гкал, текущее показание 1310,75 Гкал, расход 106,25 Гкал"
    assert one(f"Тип КМ-5-6   Номер теплосчетчика _4411223_   Версия ПО 02.30\n{body}") == WANTED
    assert one(f"Теплосчетчик МКТС: №4411223-1\n{body}") == ("4411223-1", *WANTED[1:])


@pytest.mark.parametrize(
    "line",
    [
        "Поверен до 12.09.2027",
        "Дата последней поверки 12.09.2025",
        "Oxirgi qiyoslov 12.09.2025",
        "12.09.2025 йилда қиёсланган",
        "Last verification 12.09.2025",
    ],
)
def test_the_day_of_a_verification_is_no_date_of_the_report(line: str) -> None:
    body = "Зав. № 4411223: было 1204,50, стало 1310,75, израсходовано 106,25 Гкал."
    report = read(HEAD + f"\n{body}\n\n{line}\n")
    assert report.report_date is None or report.report_date.value != line.split()[-1]
    assert value(report.reading_date) == "2026-11-23"
    assert report.report_date is None


@pytest.mark.parametrize(
    "name",
    [
        "Счётчик с заводским номером 4411223:", "ТС № 4411223,", "Теплосчетчик ТЭМ-104 (4411223):", "Теплосчетчик ТЭМ-104 з/н 4411223,",
        "Теплосчетчик ТЭМ-104, номер 4411223:", "Серийн. номер: 4411223,", "Прибор 4411223",
    ],
)  # fmt: skip
def test_serials_in_other_words(name: str) -> None:
    assert one(f"{name} предыдущее показание 1204,50 Гкал, текущее показание 1310,75 Гкал, расход 106,25 Гкал") == WANTED


@pytest.mark.parametrize(
    "body",
    [
        "            Q, Гкал    M1, т   Tр, ч\nНач.        1204,50    100,0   20\n"
        "Кон.        1310,75    110,0   30\nРазн.       106,25     10,0    10",
        "Показания счетчика на начало: 1204,50\nПоказания счетчика на конец: 1310,75\nИтого за период: 106,25 Гкал",
        "Qнач=1204,50 Гкал Qкон=1310,75 Гкал dQ=106,25 Гкал",
    ],
)
def test_integrators_named_in_short(body: str) -> None:
    assert one(f"Зав. № 4411223\n{body}") == WANTED


CODED = """
Показатель                        {head}   1              2
Заводской номер                   030      4411223        4411224
Показание на начало периода       050      {0}            857715,73
Показание на конец периода        060      {1}            858003,97
Потреблено за период, Гкал        070      {2}            288,24
"""


@pytest.mark.parametrize("head", ["Код стр.", "     "])
def test_the_codes_of_the_lines_of_a_form_are_no_meter(head: str):
    meters = read(HEAD + CODED.format("73,04", "349,11", "276,07", head=head)).meters
    assert [told(meter)[0] for meter in meters] == ["4411223", "4411224"]


def test_short_whole_numbers_of_a_meter_are_no_codes():
    body = CODED.replace("030      ", "").replace("050      ", "").replace("060      ", "").replace("070      ", "")
    meters = read(HEAD + body.format("050", "060", "010", head="   ")).meters
    assert [told(meter)[0] for meter in meters] == ["4411223", "4411224"]


@pytest.mark.parametrize("name", ["Ш-ма рақами", "Ш-ма раками", "Sh-ma raqami", "Шарт. рақами"])
def test_a_column_of_the_contract_by_its_short_name(name: str):
    report = read(f"""
            2026 йил ноябрь ойи ҳисоблагичлари кўрсаткичлари
Т/р   {name}   Маркаси    Прибор рақами   Бирлиги   Аввалги    Ҳозирги    Фарқи
1          02839         SA-94/1    4411223         Гкал      1204,50    1310,75    106,25
2          02839         ВКТ-7      4411224         Гкал      2204,50    2310,75    106,25
""")
    assert value(report.contract_number) == "02839"
    assert [told(meter)[0] for meter in report.meters] == ["4411223", "4411224"]
