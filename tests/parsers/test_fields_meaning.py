"""Pages that no layout of the corpus has: what a number means is told by its label, its date, the arithmetic and the cell it stands in."""

from __future__ import annotations

import pytest

from metering.reports import Report
from metering.units import MeterKind, Unit
from parsers.fields import extract
from tests.parsers.test_fields_samples import read, told, value
from tests.parsers.typed import ruled

HEAT, WATER = MeterKind.HEAT, MeterKind.HOT_WATER


def drawn(text: str) -> Report:
    (report,) = extract([ruled(text)], "report.pdf")
    return report


def test_a_printed_spreadsheet_with_wrapped_cells_and_numbered_rows_is_read_cell_by_cell() -> None:
    report = drawn("""
┌───┬──────────────┬────────────────────┬────────────┬────────────┬───────────┬─────────┐
│ 1 │ Отчет        │                    │            │            │           │         │
│   │ потребителя  │                    │            │            │           │         │
├───┼──────────────┼────────────────────┼────────────┼────────────┼───────────┼─────────┤
│ 2 │              │ ООО «Сув           │            │            │           │         │
│   │ Наименование │ Йўли               │            │            │           │         │
│   │ потребителя  │ Савдо»             │            │            │           │         │
├───┼──────────────┼────────────────────┼────────────┼────────────┼───────────┼─────────┤
│ 3 │ Договор      │                    │            │ ИНН        │           │         │
│   │              │ 03117              │            │ потреби-   │ 301234567 │         │
│   │ №            │                    │            │ теля       │           │         │
├───┼──────────────┼────────────────────┼────────────┼────────────┼───────────┼─────────┤
│ 4 │ Дата снятия  │ 23.11.2026         │            │ Период     │ ноябрь    │         │
│   │ показаний    │                    │            │            │ 2026      │         │
├───┼──────────────┼────────────────────┼────────────┼────────────┼───────────┼─────────┤
│   │              │                    │ Показания  │ Показания  │ Кол-во    │         │
│ 5 │ Зав. номер   │ Назначение         │ на начало  │ на конец   │ тепловой  │ Ед.     │
│   │              │                    │ периода    │ периода    │ энергии   │ изм.    │
├───┼──────────────┼────────────────────┼────────────┼────────────┼───────────┼─────────┤
│ 6 │ 4411223      │ Отопление          │ 1204,50    │ 1310,75    │ 106,25    │ Гкал    │
├───┼──────────────┼────────────────────┼────────────┼────────────┼───────────┼─────────┤
│ 7 │ 5500667      │ Горячее            │ 33,10      │ 48,60      │ 15,50     │ м3      │
│   │              │ водоснабжение      │            │            │           │         │
└───┴──────────────┴────────────────────┴────────────┴────────────┴───────────┴─────────┘
""")
    assert value(report.organization) == "ООО «Сув Йўли Савдо»"
    assert (value(report.contract_number), value(report.inn)) == ("03117", "301234567")
    assert (value(report.reading_date), value(report.period)) == ("2026-11-23", "2026-11")
    assert [told(m) for m in report.meters] == [
        ("4411223", HEAT, Unit.GCAL, "1204.50", "1310.75", "106.25"),
        ("5500667", WATER, Unit.M3, "33.10", "48.60", "15.50"),
    ]


def test_the_date_behind_a_number_is_its_own_and_the_sum_tells_the_rest() -> None:
    report = read("""
Договор
№ 03117. Просим принять показания за ноябрь 2026 г.
Отопление, прибор ТЭМ-104, зав. № 4411223: за отчетный месяц потреблено 106,25 Гкал. (с 1204,50 Гкал. на 24.10.2026
до 1310,75 Гкал. на 23.11.2026).
""")
    assert value(report.contract_number) == "03117"
    assert value(report.reading_date) == "2026-11-23"
    assert [told(m) for m in report.meters] == [("4411223", HEAT, Unit.GCAL, "1204.50", "1310.75", "106.25")]


def test_integrators_of_one_line_each_end_their_line() -> None:
    report = read("""
Теплосчетчик ТЭМ-106 Зав. № 4411223
Отчет за период 24.10.2026 - 23.11.2026      Договор № 03117
Интеграторы:
  на 23.11.2026 24:00:00   Q, Гкал = 1310.75   Tнар, ч = 11765
  на 24.10.2026 24:00:00   Q, Гкал = 1204.50   Tнар, ч = 5823
""")
    assert [told(m)[3:5] for m in report.meters] == [("1204.50", "1310.75")]


def test_sentences_of_two_meters_that_look_alike_are_no_cards() -> None:
    report = read("""
Договор № 03117, ноябрь 2026 г.
Отопление, зав. № 4411223: на 24.10.2026 было 1204,50 Гкал, на 23.11.2026 стало 1310,75 Гкал, разница 106,25 Гкал.
Отопление, зав. № 5500667: на 24.10.2026 было  333,10 Гкал, на 23.11.2026 стало  348,60 Гкал, разница 15,50 Гкал.
""")
    assert value(report.reading_date) == "2026-11-23"
    assert [told(m) for m in report.meters] == [
        ("4411223", HEAT, Unit.GCAL, "1204.50", "1310.75", "106.25"),
        ("5500667", HEAT, Unit.GCAL, "333.10", "348.60", "15.50"),
    ]


ONE = [("4411223", HEAT, Unit.GCAL, "1204.50", "1310.75", "106.25")]
TWO = [*ONE, ("5500667", WATER, Unit.M3, "33.10", "48.60", "15.50")]
LIST = [*ONE, ("5500667", HEAT, Unit.GCAL, "333.10", "348.60", "15.50")]
PAGES = {
    "a heading over two columns, units in the cells": (
        """
Отчет о потреблении тепловой энергии за ноябрь 2026 г.
Договор № 03117    Дата снятия показаний: 23.11.2026
┌────┬───────────┬──────────┬───────────────────────┬──────────┐
│ №  │ Заводской │ Система  │  Показания прибора    │ Расход   │
│п/п │ номер     │          ├───────────┬───────────┤          │
│    │           │          │ предыд.   │ текущ.    │          │
├────┼───────────┼──────────┼───────────┼───────────┼──────────┤
│ 1  │ 4411223   │ отопление│ 1204,50   │ 1310,75   │ 106,25   │
│    │           │          │           │           │ Гкал     │
├────┼───────────┼──────────┼───────────┼───────────┼──────────┤
│ 2  │ 5500667   │ горячая  │ 33,10     │ 48,60     │ 15,50    │
│    │           │ вода     │           │           │ м3       │
└────┴───────────┴──────────┴───────────┴───────────┴──────────┘
""",
        TWO,
    ),
    "captions beneath the values": (
        """
                         ОТЧЕТ
             о потреблении тепловой энергии
                 за  ноябрь 2026 г.

        ООО «Сув Йўли»
   (наименование организации)
        г. Ташкент, ул. Нукус, 12
        (адрес)
        03117
   (номер договора)
        301234567
        (ИНН)
        23.11.2026
   (дата снятия показаний)
        ТЭМ-104                    4411223
   (тип прибора учета)         (заводской номер)
        1204,50            1310,75           106,25 Гкал
   (предыдущее показание) (текущее показание)  (расход)
""",
        ONE,
    ),
    "labels over the values": (
        """
Отчет о потреблении тепловой энергии
Организация              Договор №      ИНН           Отчетный период    Дата снятия показаний
ООО «Сув Йўли»           03117          301234567     ноябрь 2026        23.11.2026

Тип прибора     Зав. №      Предыдущее показание    Текущее показание    Расход, Гкал
ТЭМ-104         4411223     1204,50                 1310,75              106,25
""",
        ONE,
    ),
    "English": (
        """
HEAT ENERGY REPORT
Customer: "SUV YOLI" LLC
Contract No. 03117        TIN 301234567
Billing period: 11.2026
Reading date: 23.11.2026
Meter      S/N        Previous     Current      Consumption   Unit
T550       4411223    1204.50      1310.75      106.25        Gcal
""",
        ONE,
    ),
    "units in brackets": (
        """
Issiqlik energiyasi iste'moli to'g'risida hisobot
2026-yil noyabr
Tashkilot: "Suv yo'li" MChJ      Shartnoma № 03117
Ko'rsatkichlar olingan sana - 23.11.2026
№   Hisoblagich raqami   Oy boshida (Gkal)   Oy oxirida (Gkal)   Farq (Gkal)
1   4411223              1 204,50            1 310,75            106,25
""",
        ONE,
    ),
    "leader dots": (
        """
Отчет за ноябрь 2026 г.
Договор ............................ 03117
Тип теплосчетчика .................. ТЭМ-104
Заводской номер .................... 4411223
Показания на начало периода ........ 1204,50 Гкал
Показания на конец периода ......... 1310,75 Гкал
Потреблено тепловой энергии ........ 106,25 Гкал
Дата снятия показаний .............. 23.11.2026
""",
        ONE,
    ),
    "dates before the readings, Uzbek": (
        """
Shartnoma № 03117. 2026-yil noyabr oyi uchun ma'lumot.
Zavod raqami 4411223 bo'lgan issiqlik hisoblagichi ko'rsatkichi 24.10.2026 holatiga 1204,50 Gkal,
23.11.2026 holatiga 1310,75 Gkal bo'lib, iste'mol 106,25 Gkalni tashkil etdi.
""",
        ONE,
    ),
    "numbers before their words": (
        """
03117-сонли шартнома бўйича 2026 йил ноябрь ойи учун
4411223 рақамли иссиқлик ҳисоблагичи кўрсаткичи 2026 йил 23 ноябрь ҳолатига 1310,75 Гкал (ўтган ойда 1204,50 Гкал),
ойлик сарф 106,25 Гкал.
""",
        ONE,
    ),
    "rows by their dates": (
        """
Отчет по договору № 03117 за ноябрь 2026 г.
Теплосчетчик ТЭМ-104 № 4411223 (отопление)
Показания на 24.10.2026 г.        1204,50 Гкал
Показания на 23.11.2026 г.        1310,75 Гкал
Итого за период                    106,25 Гкал
""",
        ONE,
    ),
    "columns by their dates": (
        """
Сведения о показаниях приборов учета за ноябрь 2026 г., договор № 03117
Прибор            24.10.2026     23.11.2026     Расход, Гкал
№ 4411223         1204,50        1310,75        106,25
""",
        ONE,
    ),
    "thousands with an apostrophe": (
        """
Отчет за ноябрь 2026, дог. 03117, дата снятия 23.11.2026
Зав.№ 4411223: пред. 1'204,50 тек. 1'310,75 разн. 106,25 Гкал
""",
        ONE,
    ),
    "a few words": (
        """
Дог 03117 ноябрь 2026
Отопление сч 4411223
24.10.2026 - 1204,50
23.11.2026 - 1310,75
Расход 106,25 гкал
""",
        ONE,
    ),
    "seal and verification beside the readings": (
        """
Акт снятия показаний за ноябрь 2026 г. к договору № 03117
Показания сняты 23.11.2026
Прибор учета         Зав. №     Поверен до    Пломба №   Было       Стало      Итого, Гкал
ТЭМ-104              4411223    14.05.2028    0098123    1204,50    1310,75    106,25
""",
        ONE,
    ),
    "a Roman month": (
        """
Отчет за ноябрь 2026г. Договор N 03117
Показания сняты « 23 » XI 2026 г.
Зав. N 4411223 отопление. Показания: предыдущие 1204,50; текущие 1310,75; расход 106,25 Гкал
""",
        ONE,
    ),
    "a row of units under the heading": (
        """
Отчет за ноябрь 2026 г. Договор № 03117. Снято 23.11.2026
Номер        Начало       Конец        Расход
счетчика     Гкал         Гкал         Гкал
4411223      1204,50      1310,75      106,25
""",
        ONE,
    ),
    "the volume of the heating medium under the heat": (
        """
Договор № 03117. Отчет за ноябрь 2026 г. Дата снятия показаний: 23.11.2026
Прибор              Параметр            Начало      Конец       Разность   Ед.
Multical 4411223    Тепловая энергия    1204,50     1310,75     106,25     Гкал
                    Объем V1            5214,70     5366,20     151,50     м3
""",
        ONE,
    ),
    "labels behind the values": (
        """
Отчет за ноябрь 2026 г. по договору № 03117, 23.11.2026 сняты показания
прибора № 4411223:
1204,50 Гкал - предыдущее показание
1310,75 Гкал - текущее показание
106,25 Гкал - расход за месяц
""",
        ONE,
    ),
    "the sum written out": (
        """
Договор № 03117, ноябрь 2026 г., показания на 23.11.2026
Счетчик 4411223 (отопление): 1310,75 - 1204,50 = 106,25 Гкал
""",
        ONE,
    ),
    "a meter a line of a list": (
        """
Отчет за ноябрь 2026 г. (договор № 03117)
Показания приборов учета (Гкал) по состоянию на 23.11.2026:
отопление, зав. № 4411223 - 1310,75 (было 1204,50), расход 106,25;
отопление, зав. № 5500667 - 348,60 (было 333,10), расход 15,50.
""",
        LIST,
    ),
    "case endings glued to units": (
        """
Shartnoma № 03117 bo'yicha 2026-yil noyabr oyi
Isitish: zavod raqami 4411223 bo'lgan hisoblagich ko'rsatkichi 24.10.2026 dagi 1204,50 Gkaldan 23.11.2026 da 1310,75 Gkalga yetdi,
oylik sarf 106,25 Gkalni tashkil etdi. Issiq suv: zavod raqami 5500667 bo'lgan hisoblagich ko'rsatkichi 24.10.2026 dagi 33,10 kub.mdan
23.11.2026 da 48,60 m³ga yetdi, oylik sarf 15,50 m³ni tashkil etdi.
""",
        TWO,
    ),
    "a table for the start, one for the end, one for the difference": (
        """
Договор № 03117, ноябрь 2026 г.
1. Показания на начало месяца (24.10.2026)
№ прибора    Система         Показание    Ед. изм.
4411223      отопление       1204,50      Гкал
5500667      горячая вода    33,10        м3
2. Показания на конец месяца (по состоянию на 23.11.2026)
№ прибора    Показание    Ед. изм.
4411223      1310,75      Гкал
5500667      48,60        м3
3. Потребление за месяц
№ прибора    Количество   Ед. изм.
4411223      106,25       Гкал
5500667      15,50        м3
""",
        TWO,
    ),
    "the volume under the heat of a narrow printer": (
        """
ПУЛЬСАР  S/N 4411223
Договор 03117
Месяц 11.2026
Снято 23.11.2026 09:52
ЭНЕРГИЯ (отопление)
 нач. 24.10.26  1204,50 Гкал
 кон. 23.11.26  1310,75 Гкал
 итого           106,25 Гкал
ОБЪЕМ
 нач.  5888,42 м3
 кон. 11808,74 м3
Отчет от 24.11.2026
""",
        ONE,
    ),
    "indexes that a calculator kept for months": (
        """
SHARKY 775   S/N 4411223
Договор № 03117    ноябрь 2026 г.
Текущее показание   1310,75 Гкал   23.11.2026
Расход за месяц      106,25 Гкал
Дата            Энергия, Гкал     Объем, м3
24.10.2026      1204,50           5214,70
23.09.2026      1100,00           5000,10
24.08.2026      1040,20           4800,30
""",
        ONE,
    ),
    "two languages with a slash": (
        """
Tashkilot / Организация: «Suv yo'li» MChJ
Shartnoma / Договор №: 03117       2026 yil noyabr / ноябрь 2026 г.
Ko'rsatkichlar / Показатели                             1-pribor
Zavod raqami / Заводской №                              4411223
Tizim / Система                                         Isitish / Отопление
Oldingi ko'rsatkich / Предыдущее показание              1204,50
Joriy ko'rsatkich / Текущее показание, 23.11.2026       1310,75
Farqi / Разница, Gkal                                   106,25
Rahbar / Руководитель        Imzo / Подпись        F.I.Sh. / Ф.И.О.
Bosh direktor                                      Xo'jayev Y.X.
""",
        ONE,
    ),
    "a sum of whole numbers written out": (
        """
Показания за ноябрь 2026 г., договор № 03117. Сняты 23.11.2026
Отопление, счетчик № 4411223: 131075 – 24825 = 106250 кВт*ч
""",
        [("4411223", HEAT, Unit.KWH, "24825", "131075", "106250")],
    ),
    "a journal with a row a month": (
        """
Договор теплоснабжения № 03117
Прибор: ТЭМ-104 № 4411223, отопление, поверен до 01.2028
Месяц       Год     Дата снятия    Показание, Гкал    Расход за месяц, Гкал
сентябрь    2026    23.09.2026     1100,00            80,00
октябрь     2026    24.10.2026     1204,50            104,50
ноябрь      2026    23.11.2026     1310,75            106,25
Выписка за ноябрь 2026 г. верна.
""",
        ONE,
    ),
    "two readings in one cell": (
        """
Shartnoma № 03117      2026-yil noyabr
┌───────────────┬─────────┬────────────┬────────────┬─────────┬────────────┐
│ Pribor raqami │ Tizim   │ Sana       │ Ko'rsatkich│ Birlik  │ Oylik sarf │
├───────────────┼─────────┼────────────┼────────────┼─────────┼────────────┤
│               │         │ 24.10.2026 │ 1 204,50   │         │            │
│ 4411223       │ isitish ├────────────┼────────────┤ Gkal    │ 106,25     │
│               │         │ 23.11.2026 │ 1 310,75   │         │            │
└───────────────┴─────────┴────────────┴────────────┴─────────┴────────────┘
""",
        ONE,
    ),
    "numbers of lines and two values under a joint label": (
        """
1      Отчетный месяц                                 ноябрь 2026 года
2      Полное наименование абонента                   ООО «Сув Йўли»
3      Номер договора / ИНН                           03117 / 301234567
4      Узел учета: отопление
4.1    Тип и заводской номер теплосчетчика            MULTICAL 603, № 4411223
4.2    Показание на начало отчетного месяца           1 204,50 Гкал
4.3    Показание на конец отчетного месяца            1 310,75 Гкал
4.4    Количество потребленной энергии                106,25 Гкал
5      Дата снятия показаний                          23.11.2026
""",
        ONE,
    ),
    "a log of a calculator in English": (
        """
Shartnoma № 03117, 2026-yil noyabr oyi
Meter type: Sharky 774    Serial number: 4411223    Customer number: 37546856
Printed: 23.11.2026 11:58
Date           Heat energy [Gcal]    Delta [Gcal]    Volume [m3]    Hours    Info
24.10.2026     1204,50                               29437,76       51965    0
23.11.2026     1310,75               106,25          30092,76       52685    0
""",
        ONE,
    ),
    "integrators before the days, the span in one word": (
        """
ТЕПЛОСЧЕТЧИК ТЭМ-104   зав.№ 4411223    Договор 03117
Отчет за 24.10.26-23.11.26
Показания счетчиков            Q, Гкал      V1, м3      V2, м3     Tраб, ч
на конец  23.11.26 24:00       1310.75      5366.20     5301.10    11765
на начало 24.10.26 00:00       1204.50      5214.70     5150.30    11045
Дата       Q, Гкал    V1, м3    V2, м3   t1     t2    Tраб
24.10.26   53.00      75.00     75.00    66.1   42.5  24
25.10.26   53.25      76.50     76.50    66.1   42.5  24
26.10.26   0.00       0.00      0.00     66.1   42.5  24
Итого      106.25     151.50    151.50
""",
        ONE,
    ),
    "losses and what is to be paid beside the meter": (
        """
Отчет за ноябрь 2026 г. Договор № 03117. Показания сняты 23.11.2026
Зав. № 4411223, отопление
Предыдущее показание      1204,50
Текущее показание         1310,75
Расход по прибору         106,25 Гкал
Потери в сетях            2,13 Гкал
Всего к оплате            108,38 Гкал
""",
        ONE,
    ),
    "labels over two lines above the values": (
        """
Hisobot  2026-yil noyabr
Tashkilot nomi        Shartnoma      STIR            Ko'rsatkich
                      raqami                         olingan sana
"Suv yo'li" MChJ      03117          301 234 567     23.11.2026

Hisoblagich    Zavod       Oldingi        Joriy          Iste'mol,
turi           raqami      ko'rsatkich    ko'rsatkich    Gkal
TEM-104        4411223     1204,50        1310,75        106,25
""",
        ONE,
    ),
    "labels in brackets behind the values": (
        """
Договор № 03117, ноябрь 2026 г. Показания сняты 23.11.2026
Теплосчетчик ТЭМ-104 № 4411223, отопление: 1310,75 Гкал (текущее показание), 1204,50 Гкал (предыдущее показание),
106,25 Гкал (расход за месяц)
""",
        ONE,
    ),
    "days without a year": (
        """
03117 рақамли шартнома, 2026 йил ноябрь ойи учун маълумот
Ҳисоблагич № 4411223 (иситиш): 24 октябрда 1204,50 Гкал, 23 ноябрда 1310,75 Гкал, сарф 106,25 Гкал.
""",
        ONE,
    ),
    "two columns of requisites, a serial under its label": (
        """
Договор № 03117, ноябрь 2026 г.                 Прибор: ТЭМ-104
Адрес: г. Ташкент, ул. Нукус,                   Заводской номер:
188                                             4411223
Показания сняты 23.11.2026. Отопление
Было 1204,50 Стало 1310,75 Расход 106,25 Гкал
""",
        ONE,
    ),
    "a title over the first of two days": (
        """
Договор № 03117, ноябрь 2026 г. ТЭМ-104 № 4411223, отопление
Показания интеграторов
                 24.10.2026 00:00    23.11.2026 00:00     Разность
Q , Гкал             1 204,50            1 310,75          106,25
M1 , т             352 118,40          354 001,22        1 882,82
Tраб, ч                42 118              42 838             720
""",
        ONE,
    ),
    "a row of days under the heads of both indexes": (
        """
Номер и дата договора     03117, 14.02.2019
Отчет за ноябрь 2026 г.  ТЭМ-104 № 4411223, отопление
                     Тек.показ.     Пред.показ.    Разность
Энергия   Гкал        1310,75        1204,50        106,25
Объем     м3         40211,8        38800,2        1411,6
Дата                 23.11.26       24.10.26
""",
        ONE,
    ),
    "counters below the days, each with its own": (
        """
ТЭМ-104-4   № 4411223   Отчет суточный  Ноябрь 2026
Система: Отопление        Дог. 03117
  Дата      Q,Гкал    G1,т     G2,т    Тр,ч
22.11.26    3.902   28.22    28.10    24.0
23.11.26    3.921   28.51    28.44    24.0
Всего     106.25   624.10   622.87   720.0


Счетчик на 24.10.26 00:00  Q = 1204.50
Счетчик на 23.11.26 24:00  Q = 1310.75
""",
        ONE,
    ),
    "the months of two indexes": (
        """
Договор 03117, ТЭМ-104 № 4411223, отопление
Показания за октябрь 2026: 1204,50 Гкал
Показания за ноябрь 2026: 1310,75 Гкал
Расход за ноябрь 2026: 106,25 Гкал
Дата снятия 23.11.2026 г.
""",
        ONE,
    ),
    "what was used since the month began, below its days": (
        """
Ведомость ежедневных показаний теплосчётчика за ноябрь 2026 г. Договор 03117, ТЭМ-104 № 4411223, отопление
Дата             Показание, Гкал      Расход за сутки, Гкал
14.11.2026       1272,50              4,25
15.11.2026       1276,75              4,25
16.11.2026       1281,00              4,25
17.11.2026       1285,25              4,25
18.11.2026       1289,50              4,25
19.11.2026       1293,75              4,25
20.11.2026       1298,00              4,25
21.11.2026       1302,25              4,25
22.11.2026       1306,50              4,25
23.11.2026       1310,75              4,25

Показание на 31.10.2026: 1204,50 Гкал. Показание на 23.11.2026: 1310,75 Гкал. Расход с начала месяца: 106,25 Гкал
""",
        ONE,
    ),
    "a sum of the month in whole numbers": (
        """
Договор 03117, отопление. Прибор / зав. №      ТЭМ-104 / 4411223
Показание 24.10.2026, Гкал           1204,50
Показание 23.11.2026, Гкал           1310,75
Итого за ноябрь 2026, Гкал           106,25
""",
        ONE,
    ),
    "an act of taking readings": (
        """
Акт снятия показаний теплосчетчика
г. Ташкент                                                «23» ноября 2026 г.
Мы, нижеподписавшиеся, представители АО «Умид» (договор
теплоснабжения № 03117 от 14.02.2019), составили настоящий акт о том, что сняты
показания:
Теплосчетчик ТЭМ-104 зав. № 4411223, отопление: на начало периода 1204,50 Гкал,
на конец периода 1310,75 Гкал, потребление 106,25 Гкал.
Отчетный период: ноябрь 2026 г.
""",
        ONE,
    ),
}


def test_systems_beside_each_other_with_days_and_what_was_used_between_them() -> None:
    report = read(
        """
ВИС.Т  ТС-200   зав. N 30418        Договор: 03117
Отчёт за : ноябрь 2026 г.
 Интегратор        Отопление       ГВС
                     Гкал          Гкал
 на 24.10.26       3301,44        911,08
 на 23.11.26       3388,60        930,55
 за период           87,16         19,47
"""
    )
    told_of = {meter.kind: (value(meter.previous), value(meter.current), value(meter.consumption)) for meter in report.meters}
    assert told_of == {MeterKind.HEAT: ("3301.44", "3388.60", "87.16"), MeterKind.HOT_WATER: ("911.08", "930.55", "19.47")}


def test_rows_of_days_in_a_table_on_its_side_are_no_rows_of_indexes() -> None:
    report = read(
        """
Отчёт о теплопотреблении. Месяц: ноябрь 2026. Контракт № 03117.
Параметр                        Блок А        Блок Б
№ теплосчётчика                 2011887       2011893
Дата предыдущего снятия         22.10.2026    22.10.2026
Предыдущее показание, МВт·ч     3012,4        1877,9
Дата текущего снятия            23.11.2026    23.11.2026
Текущее показание, МВт·ч        3118,0        1940,2
Расход, МВт·ч                   105,6         62,3
"""
    )
    assert [(value(m.serial), value(m.current)) for m in report.meters] == [("2011887", "3118.0"), ("2011893", "1940.2")]
    assert value(report.reading_date) == "2026-11-23"


def test_letters_before_a_serial_and_a_number_in_brackets_before_the_contract() -> None:
    report = read(
        """
Истеъмолчи: "Мафтуна" болалар боғчаси (8-сонли)
Шартнома № 26114    Ой: ноябрь 2026
                             Иситиш       Иссиқ сув
Завод рақами                ТС-77120      ТС-77131
Аввалги кўрсаткич, ГЖ        1204,8         330,5
Ҳозирги кўрсаткич, ГЖ        1290,3         351,0
Фарқ, ГЖ                       85,5          20,5
"""
    )
    assert value(report.contract_number) == "26114"
    assert [value(meter.serial) for meter in report.meters] == ["77120", "77131"]
    assert not any(meter.serial.certain for meter in report.meters if meter.serial is not None)


def test_numbers_with_others_beside_them_that_nothing_takes_are_not_certain() -> None:
    report = read(
        """
ВКТ-7  зав.№ 00180655        Договор №: 03117       ноябрь 2026
Предыдущее показание, Гкал:      1204,50        297,406
Текущее показание, Гкал:         1310,75        308,117
Расход, Гкал:                    106,25         10,711
Расход с начала года, Гкал:     2106,25        310,711
"""
    )
    meter = report.meters[0]
    assert value(meter.current) == "1310.75"
    assert not any(found.certain for found in (meter.previous, meter.current, meter.consumption) if found is not None)


def test_systems_beside_each_other_are_meters_whose_rows_have_names_in_two_parts() -> None:
    report = read(
        """
ВКТ-7-03  зав.№ 00180655        Договор №: 03117       ноябрь 2026
                 ТВ1 (отопл.)      ТВ2 (ГВС)
Q, Гкал  тек.       1310,75         308,117
Q, Гкал  пред.      1204,50         297,406
Q, Гкал  разн.       106,25          10,711
V1, м3             30114,2         8011,7
"""
    )
    heat, hot_water = sorted(report.meters, key=lambda meter: str(meter.kind))
    assert (heat.kind, value(heat.current), value(heat.previous)) == (MeterKind.HEAT, "1310.75", "1204.50")
    assert (hot_water.kind, value(hot_water.current), value(hot_water.consumption)) == (MeterKind.HOT_WATER, "308.117", "10.711")


def test_a_letter_of_heat_misread_over_integrators_is_known_by_its_unit() -> None:
    report = read(
        """
ТСРВ-034        Заводской № 4411223        Договор 03117
Итого:     106,25
Показания счетчиков        M1, Гкал
23/11/26 23:59             1310,75
24/10/26 23:59             1204,50
"""
    )
    (meter,) = report.meters
    assert (value(meter.previous), value(meter.current)) == ("1204.50", "1310.75")


@pytest.mark.parametrize("name", ["КМ-5-2", "KM-5", "SA-94/1", "SA94", "ВКТ7", "ТВ7-04", "CNT961.2", "ТЭМ104"])
def test_a_number_behind_a_meters_name_is_its_serial(name: str) -> None:
    integrators = "     24.10.26   23.11.26\nQ, Гкал  1204,50  1310,75\n"
    (meter,) = read(f"{name} №28077 ТВ1   Лист 1\nДоговор 03117, ноябрь 2026 г.\n{integrators}").meters
    assert value(meter.serial) == "28077"


def test_a_head_of_days_of_which_one_was_torn_is_no_sentence() -> None:
    report = read(
        """
Договор № 03117, ноябрь 2026 г. ТЭМ-104 № 4411223, отопление
Показания интеграторов
                 24.10.2026 00:00    23 11.2026 00:00     Разность
Q , Гкал             1 204,50            1 310,75          106,25
"""
    )
    (meter,) = report.meters
    assert value(meter.consumption) == "106.25"


@pytest.mark.parametrize(("text", "meters"), PAGES.values(), ids=PAGES)
def test_a_page_like_no_other_is_read(text: str, meters: list[tuple[object, ...]]) -> None:
    report = drawn(text) if "┌" in text else read(text)
    assert (value(report.contract_number), value(report.period), value(report.reading_date)) == ("03117", "2026-11", "2026-11-23")
    assert [told(m) for m in report.meters] == meters


def test_captions_beneath_name_the_organisation_the_address_and_the_tax_number() -> None:
    report = read(PAGES["captions beneath the values"][0])
    assert (value(report.organization), value(report.inn)) == ("ООО «Сув Йўли»", "301234567")
    assert value(report.address) == "г. Ташкент, ул. Нукус, 12"


def test_readings_of_another_month_or_after_the_report_are_for_a_person() -> None:
    page = """
Отчет за ноябрь 2026 г. Договор № 03117        Дата снятия показаний: {read}
Зав. № 4411223: предыдущее 1204,50; текущее 1310,75; расход 106,25 Гкал        Дата составления: {drawn_up}
"""
    certain = [read(page.format(read=day, drawn_up="24.11.2026")).reading_date for day in ("23.11.2026", "23.10.2026", "25.11.2026")]
    assert [field.certain for field in certain if field is not None] == [True, False, False]


def test_a_date_beside_a_number_gives_way_to_the_date_that_is_labelled_for_all_readings() -> None:
    page = """
Shartnoma raqami: 10369     Ko'rsatkichlar olingan sana: 2025-yil 18-noyabr
VIST, zavod raqami 320876 - isitish, kVt*soat
Oldingi ko'rsatkich: 695713.7
Joriy ko'rsatkich{beside}: 736246.5
Sarf: 40532.8
{below}"""
    other = read(page.format(beside=" (19.11.2025)", below="")).meters[0].reading_date
    assert (value(other), other is not None and other.certain) == ("2025-11-19", False)
    assert read(page.format(beside=" (18.11.2025)", below="")).meters[0].reading_date is not None
    assert read(page.format(beside="", below="Sana: 2025-yil 19-noyabr")).meters[0].reading_date is None


def test_the_heads_of_two_languages_are_no_names() -> None:
    report = read(PAGES["two languages with a slash"][0])
    assert value(report.organization) == "«Suv yo'li» MChJ"
    assert (value(report.position), value(report.signatory)) == ("Bosh direktor", "Xo'jayev Y.X.")


def test_organisation_and_address_in_one_line_are_told_apart() -> None:
    report = read("""
Объект учета: ООО «Сув Йўли»; 100159, г. Ташкент, Яккасарайский район, ул. Богишамол, 159; ИНН 301234567
Договор № 03117    ноябрь 2026 г.    Расход 5,00 Гкал
""")
    assert value(report.organization) == "ООО «Сув Йўли»"
    assert value(report.address) == "100159, г. Ташкент, Яккасарайский район, ул. Богишамол, 159"


def test_a_date_alone_on_its_line_soon_after_the_readings_is_that_of_the_report() -> None:
    page = """
Договор № 03117, ноябрь 2026 г.      Дата снятия показаний: 20.11.2026
Прибор       Поверен до    Зав. №     Было       Стало      Расход, Гкал
ТЭМ-104      14.05.2028    4411223    1204,50    1310,75    106,25

«{day} 2026 г.
Директор                 Каримов Ш.Р.
"""
    dates = [read(page.format(day=day)).report_date for day in ("22» ноября", "22» декабря")]
    assert [(value(field), field.certain) for field in dates if field is not None] == [("2026-11-22", True), ("2026-12-22", False)]


def test_of_a_sum_whose_numbers_could_be_exchanged_nothing_is_certain_without_a_label() -> None:
    """24825 + 106250 = 131075, and either could be the index: only the signs between them would tell."""
    report = read(
        "Договор № 03117, ноябрь 2026 г.\nСчетчик № 4411223 (отопление): 106250 кВт*ч, 131075 кВт*ч, 24825 кВт*ч. Дата 23.11.2026"
    )
    numbers = [field for m in report.meters for field in (m.previous, m.current, m.consumption) if field is not None]
    assert not any(field.certain for field in numbers)


def test_a_sum_from_zero_proves_nothing() -> None:
    page = "Договор № 03117, ноябрь 2026 г.\nСчетчик № 4411223 (отопление): предыдущее {before}; текущее {now}; расход 106,25 Гкал"
    certain = [read(page.format(before=a, now=b)).meters[0].current for a, b in (("24,50", "130,75"), ("0,00", "106,25"))]
    assert [field.certain for field in certain if field is not None] == [True, False]


def test_a_month_of_a_meters_verification_is_not_the_period() -> None:
    report = read(
        "Договор № 03117. Прибор ТЭМ-104 № 4411223, отопление, поверен до 01.2028\nРасход 106,25 Гкал. Дата снятия показаний: 23.11.2026"
    )
    assert value(report.period) == "2026-11"


def test_a_table_without_rules_between_its_rows_keeps_its_rows() -> None:
    report = drawn("""
Договор № 03117, ноябрь 2026 г., снято 23.11.2026
┌──────────┬───────────┬──────────┬──────────┬─────────┬──────┐
│ Зав. №   │ Система   │ Было     │ Стало    │ Расход  │ Ед.  │
├──────────┼───────────┼──────────┼──────────┼─────────┼──────┤
│ 4411223  │ отопление │ 1204,50  │ 1310,75  │ 106,25  │ Гкал │
│ 5500667  │ ГВС       │ 33,10    │ 48,60    │ 15,50   │ м3   │
└──────────┴───────────┴──────────┴──────────┴─────────┴──────┘
""")
    assert [told(m) for m in report.meters] == TWO


def test_a_total_of_money_is_no_total_of_energy() -> None:
    report = read("""
Акт за ноябрь 2026 г. по договору № 03117 на основании показаний приборов учета, снятых
23.11.2026 г., потребителем принята тепловая энергия:
Прибор учета                     Нач. показ.   Кон. показ.   Кол-во    Ед.     Тариф, сум    Стоимость, сум
отопление, ТЭМ-104 № 4411223     1204,50       1310,75       106,25    Гкал    342296,00     36368950,00
                                                            Итого без НДС                    36368950,00
                                                            НДС 12 %                         4364274,00
""")
    assert [told(m) for m in report.meters] == ONE
    assert report.totals == ()
    assert value(report.reading_date) == "2026-11-23"


def test_a_clinic_without_a_legal_form_is_an_organisation() -> None:
    report = read("""
ТОШКЕНТ ШАҲАР СОҒЛИҚНИ САҚЛАШ БОШ БОШҚАРМАСИ
14-сонли оилавий поликлиника
Шартнома тартиб рақами 03117, 2026 йил ноябрь. Сарфланган: 106,25 Гкал
""")
    assert value(report.organization) == "14-сонли оилавий поликлиника"


def test_a_number_behind_a_known_meter_is_proposed_as_its_serial() -> None:
    report = read("ULTRAHEAT UH50   67512345\nДоговор № 03117, ноябрь 2026 г.\nБыло 1204,50 Стало 1310,75 Расход 106,25 Гкал")
    (meter,) = report.meters
    assert meter.serial is not None
    assert (meter.serial.value, meter.serial.certain) == ("67512345", False)


def test_a_street_that_is_called_after_a_day_is_no_date() -> None:
    report = read("ООО «Сув Йўли», г. Ташкент, ул. 8 Марта, 12\nДоговор № 03117, март 2026 г.\nРасход 5,00 Гкал")
    assert report.report_date is None
    assert value(report.address) == "г. Ташкент, ул. 8 Марта, 12"


def test_an_address_goes_on_over_a_sentences_line_end_and_ends_before_the_next_label() -> None:
    report = read("""
   Дана ООО «Сув Йўли» (ИНН 301234567), расположенным по адресу: г. Ташкент,
Чиланзарский район, ул. Нукусская, 67, в том, что по договору № 03117 за ноябрь 2026 года израсходовано:
 - отопление: 106,25 Гкал (теплосчетчик ТЭМ-104, зав. № 4411223, начальное показание 1204,50, конечное показание 1310,75);
 - отопление: 15,50 Гкал (теплосчетчик ТЭМ-104, зав. № 5500667, начальное показание 333,10, конечное показание 348,60).
""")
    assert value(report.address) == "г. Ташкент, Чиланзарский район, ул. Нукусская, 67"
    assert [told(m) for m in report.meters] == LIST
    cut = read("ООО «Сув Йўли», г. Ташкент, ул. Нукус,\nИНН:\nДоговор № 03117 расход 5,00 Гкал")
    assert value(cut.address) == "г. Ташкент, ул. Нукус"
