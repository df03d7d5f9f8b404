"""Printouts of calculators as OCR gives them: misread dates and heads, rows as a cross-check, integrators without dates."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from metering.reports import MeterLine
from metering.units import MeterKind, Unit
from parsers.certainty.daily_rows import weigh_daily_rows
from parsers.certainty.opinions import Readers
from parsers.fields import extract
from parsers.page.found import Draft, Found
from tests.parsers.read_twice import Print, scanned
from tests.parsers.typed import typed

PRINTED = """
              Месячный протокол учета тепловой энергии
               (с 19.11.2026 по 24.11.2026)
Потребитель: ООО «Сув Йўли»      ИНН 301234567
Договор № 03117
Прибор: -       Сер.номер: 4411223      Расход под.: 0.04-40.00 м3/ч
Модель: КМ-5-2  Версия ПО: 2.300000     Расход обр.: 0.04-40.00 м3/ч

Дата       Q [Гкал]   Gпод [тонн]   Gобр [тонн]    tпод    tобр   Тнар [ч]
19.11.26      6,410        141,20        140,15    80,1    43,6      24,00
20.11.26      7,502        142,75        141,68    81,3    43,6      24,00
21.11.26      5,611        142,10        141,04    81,0    43,3      24,00
22.11.26      6,587        143,00        142,93    81,9    43,8      24,00
23.11.26      7,140        144,15        143,07    82,7    44,1      24,00
24.11.26      5,160        143,30        142,24    82,2    44,0      24,00
Итого:       38,410        856,50        851,11    81,5    43,7     144,00

Нарастающим итогом на:      Q [Гкал]     Gпод [тонн]
24.11.2026 24:00:00       593810,500        24310,75
19.11.2026 00:00:00       593772,090        23454,25
Итого:                        38,410          856,50

Дата: 25.11.2026
"""
ROWS = ("6.410", "7.502", "5.611", "6.587", "7.140", "5.160")


def meter_of(misread: dict[str, str] | None = None, errors: dict[str, str] | None = None, printed: str = PRINTED) -> MeterLine:
    """The one meter that is read off a scan: misread by the first reader, and with the digit reader's errors."""
    (report,) = extract([scanned(printed, misread)], "scan.pdf", Print(printed, errors))
    (meter,) = report.meters
    return meter


def told(meter: MeterLine) -> tuple[str | None, ...]:
    return tuple(f.value if f is not None else None for f in (meter.serial, meter.previous, meter.current, meter.consumption))


WHOLE = ("4411223", "593772.090", "593810.500", "38.410")


@pytest.mark.parametrize("misread", [{}, {"Q": "О", "Gпод": "бпод", "Gобр": "бобр", "tпод": "под", "tобр": "обр"}, {"Q": "0"}, {"Q": "©"}])
def test_a_scanned_printout_is_one_meter_with_its_rows(misread: dict[str, str]) -> None:
    meter = meter_of(misread)
    assert told(meter) == WHOLE
    assert (meter.kind, meter.unit) == (MeterKind.HEAT, Unit.GCAL)
    assert meter.daily == tuple(Decimal(row) for row in ROWS)
    assert meter.daily_total == Decimal("38.410")


def test_a_day_whose_date_was_misread_is_a_day() -> None:
    meter = meter_of({"20.11.26": "29.71.26", "23.11.26": "@3.11.26", "22.11.26": "22612625"})
    assert sum(meter.daily) == Decimal("38.410")


def test_a_misread_row_is_taken_from_the_other_reader() -> None:
    meter = meter_of({"7,502": "1,502", "5,160": "5,760"})
    assert meter.daily == tuple(Decimal(row) for row in ROWS)


def test_a_row_without_a_number_is_asked_of_the_digit_reader_at_its_place() -> None:
    meter = meter_of({"5,611": "Sep"})
    assert sorted(meter.daily) == sorted(Decimal(row) for row in ROWS)


def test_rows_that_close_are_not_asked_about() -> None:
    asked = Print(PRINTED)
    extract([scanned(PRINTED)], "scan.pdf", asked)
    assert not {"6,410", "7,502"} & set(asked.asked)


def test_rows_that_the_readers_see_differently_are_no_evidence() -> None:
    meter = meter_of({"7,502": "1,502"}, {"7,502": "7,902"})
    assert meter.daily == ()
    assert told(meter) == WHOLE


def test_rows_that_both_readers_see_alike_are_evidence_against_the_page() -> None:
    meter = meter_of(printed=PRINTED.replace("7,502", "7,902"))
    assert sum(meter.daily) == Decimal("38.810")
    assert meter.daily_total == Decimal("38.410")


def test_an_overlooked_row_is_no_evidence_against_the_page() -> None:
    page = scanned(PRINTED)
    top = next(word.box.top for word in page.words if word.text == "21.11.26")
    page = replace(page, words=tuple(word for word in page.words if word.box.top != top))
    (report,) = extract([page], "scan.pdf", Print(PRINTED))
    assert report.meters[0].daily == ()


def test_rows_of_what_the_meter_showed_are_no_days_of_use() -> None:
    """A journal with a reading a week: the meter's own two indexes are among its rows."""
    shown = [Found(value, 1, []) for value in ("39.31", "333.21", "637.20", "1203.88")]
    draft = Draft(1, previous=shown[0], current=shown[-1], consumption=Found("1164.57", 1, []), daily=shown)
    readers = Readers({1: typed(PRINTED)})
    assert weigh_daily_rows(draft, "1164.57", readers) == ((), None)
    draft.previous = Found("39.30", 1, [])
    assert len(weigh_daily_rows(draft, "1164.57", readers)[0]) == len(shown)


def test_rows_of_a_text_layer_always_count() -> None:
    (report,) = extract([typed(PRINTED.replace("7,502", "7,902"))], "printout.pdf")
    assert sum(report.meters[0].daily) == Decimal("38.810")


def test_a_misread_total_becomes_the_consumption_where_the_digit_reader_sees_that() -> None:
    words = scanned(PRINTED).words
    total = next(n for n, word in enumerate(words) if word.text == "38,410")
    page = replace(scanned(PRINTED), words=(*words[:total], replace(words[total], text="33,410"), *words[total + 1 :]))
    (report,) = extract([page], "scan.pdf", Print(PRINTED))
    assert report.meters[0].daily_total == Decimal("38.410")
    assert told(report.meters[0]) == WHOLE


def test_integrators_without_readable_dates_are_told_by_size() -> None:
    meter = meter_of({"24.11.2026": "24.11.2926", "19.11.2026": "79.11.2026"})
    assert told(meter) == WHOLE


FAMILIES = {
    "SPT: a table of parameters with volumes, masses and hours beside heat": (
        """
               ОТЧЕТ О ТЕПЛОПОТРЕБЛЕНИИ  СПТ943.1
Заводской номер: 07590     идентификатор ИД=62434     Сетевой номер NT=12345
Абонент: ООО "Нур Савдо"      Договор № 00452
Отчетный период: с 24.11.2026 по 23.12.2026

Параметр    Ед.изм    На начало     На конец     За период
Q           Гкал      1204,551      1251,663     47,112
M1          т         45120,12      46500,44     1380,32
V1          м3        46020,00      47430,10     1410,10
Ti          ч         8800,0        9520,0       720,0
""",
        ("07590", "1204.551", "1251.663", "47.112"),
    ),
    "TEM: integrators as dated rows under a heading": (
        """
Отчет теплосчетчика ТЭМ-104   Зав. № 0452118
Потребитель: Школа № 45    Договор 01233
Период отчета 24.11.2026 - 23.12.2026
        Показания интеграторов
Дата/время           Q, Гкал     M1, т       M2, т       Траб, ч
24.11.26 00:00       3315,08     80120,1     80001,5     9100,2
23.12.26 24:00       3361,55     82200,7     82070,3     9820,2
Итого:               46,47       2080,6      2068,8      720,0
""",
        ("0452118", "3315.08", "3361.55", "46.47"),
    ),
    "Multical: rows named at the left of all columns": (
        """
MULTICAL 603   S/N 81234567
Iste'molchi: «Oydin Hayot» MChJ    Shartnoma raqami: 00088
Davr: 24.11.2026 - 23.12.2026
              Boshlanish    Tugash      Farq
E1  MWh       48.615        61.870      13.255
V1  m3        795.10        812.47      17.37
Ish vaqti h   8100          8820        720
""",
        ("81234567", "48.615", "61.870", "13.255"),
    ),
    "Elteko: a span of dates right above start and end as columns": (
        """
Абонент: АО «Бахор»     Договор №: 02210
Номер теплосчетчика _______
                     407648
за период с 24.11.2026 по 23.12.2026
Показания интеграторов   на 24.11.2026   на 23.12.2026   Результат за период
Eцо-ц, Гкал              2 150,600       2 188,900       38,300
Mц, т                    80120,10        81400,20        1280,10
Chцо-ц, час              9000            9720            720
""",
        ("407648", "2150.600", "2188.900", "38.300"),
    ),
    "abbreviations in one line": (
        """
Показания приборов учета за декабрь 2026 г.  Абонент ТСЖ «Лола»  Дог.№ 01501
Отопление: Ultraheat UH50 S/N 68124154  нач. 182,4  кон. 231,9  разн. 49,5 ГДж
""",
        ("68124154", "182.4", "231.9", "49.5"),
    ),
}


@pytest.mark.parametrize(("text", "wanted"), FAMILIES.values(), ids=FAMILIES)
def test_families_of_calculators_are_read(text: str, wanted: tuple[str, ...]) -> None:
    (report,) = extract([typed(text)], "printout.pdf")
    (meter,) = report.meters
    assert tuple(f.value if f else None for f in (meter.serial, meter.previous, meter.current, meter.consumption)) == wanted


BELOW = """
Отчет о суточных параметрах теплоснабжения
за период с 19.11.2026 по 24.11.2026
Договор № 03117      Заводской номер: 4411223

Время                       t1         M1      t2         M2          Qот      ВНР
                            °C          т      °C          т         Гкал        ч
19.11.2026                80,1     141,20    43,6     140,15        6,410    24,00
20.11.2026                81,3     142,75    43,6     141,68        7,502    24,00
21.11.2026                81,0     142,10    43,3     141,04        5,611    24,00
22.11.2026                81,9     143,00    43,8     142,93        6,587    24,00
23.11.2026                82,7     144,15    44,1     143,07        7,140    24,00
24.11.2026                82,2     143,30    44,0     142,24        5,160    24,00
Итого                              856,50             851,11       38,410   144,00
Показания на 19.11.2026          23454,25           23400,11   593772,090   100,00
Показания на 25.11.2026          24310,75           24251,22   593810,500   244,00
"""


def test_integrators_below_the_total_stand_in_the_columns_of_the_days() -> None:
    """The first number of such a row is a mass."""
    (report,) = extract([typed(BELOW)], "report.pdf")
    (meter,) = report.meters
    assert told(meter) == WHOLE
    assert [str(used) for used in meter.daily] == list(ROWS)
    assert meter.reading_date is not None
    assert meter.reading_date.value == "2026-11-25"


UNITS = """
ОТЧЕТ О ТЕПЛОПОТРЕБЛЕНИИ за Ноябрь 2026
Договор     : 03117           Тип прибора: СПТ943.1   Зав.N 4411223

 Дата        Q        V1       M1      t1     P1     P2   Ти
            Гкал      м3       т       °C   кг/см2 кг/см2 ч
 ------------------------------------------------------------
 19-11-26    6.41   141.20   140.15   80.1   6.12   4.40  24.00
 20-11-26    7.50   142.75   141.68   81.3   6.12   4.40  24.00
 21-11-26    5.61   142.10   141.04   81.0   6.12   4.40  24.00
 ------------------------------------------------------------
 Итого      19.52   426.05   422.87                       72.00

 Показания тотальных счетчиков:
   19-11-26 00:00   Q= 593790.98 Гкал   M1= 912011.4 т   Ти= 30011.2 ч
   22-11-26 00:00   Q= 593810.50 Гкал   M1= 912434.3 т   Ти= 30083.2 ч
"""


def test_units_below_a_head_are_no_part_of_the_first_day_and_a_day_that_opens_its_line_tells_of_what_follows() -> None:
    (report,) = extract([typed(UNITS)], "report.pdf")
    (meter,) = report.meters
    assert told(meter) == ("4411223", "593790.98", "593810.50", "19.52")
    assert [str(used) for used in meter.daily] == ["6.41", "7.50", "5.61"]
    assert meter.reading_date is not None
    assert meter.reading_date.value == "2026-11-22"


@pytest.mark.parametrize(("used", "is_sure"), [(600, False), (601, True)])
def test_what_rises_by_24_a_day_without_a_unit_of_its_own_is_never_sure(used: int, is_sure: bool) -> None:
    """The row of hours, of which OCR left nothing but numbers."""
    text = f"Договор № 03117\nПоказания\nЗав. № 4411223\nПредыдущее 9120\nТекущее {9120 + used}\nРасход {used}\n"
    (report,) = extract([typed(text)], "report.pdf")
    (meter,) = report.meters
    assert [found is not None and found.certain for found in (meter.previous, meter.current, meter.consumption)] == 3 * [is_sure]


SIDE = """
      Посуточная ведомость         КАРАТ-307     Заводской номер: 21650733
Потребитель: ООО «Сув Йўли»     Договор: 03117     Период: с 01.11.2026 по 07.11.2026
  Дата      Q,Гкал    V1,м3    V2,м3   t1,C   ВНР
01.11.26     1.100    28.11    27.90   71.2  24.0      Итоговые показания
02.11.26     1.200    28.91    28.10   71.0  24.0            Начало  01.11.26 00:00
03.11.26     1.000    27.90    27.40   70.8  24.0      Q,Гкал            1522.087
04.11.26     1.300    29.02    28.80   72.4  24.0      V1,м3             61002.18
05.11.26     1.100    28.15    27.99   71.1  24.0            Конец   07.11.26 24:00
06.11.26     1.150    28.20    28.01   71.3  24.0      Q,Гкал            1530.137
07.11.26     1.200    28.83    28.14   71.5  24.0      V1,м3             61201.30
Итого        8.050   199.12   196.34         168      Расход за период: 8.050 Гкал
"""


@pytest.mark.parametrize("between", [" ", "|"])
def test_integrators_beside_the_days_are_read_behind_them(between: str) -> None:
    rows = [re.sub(r"(?<=\S)  (?=\s*\d)", f" {between}", line, count=5) if ".26 " in line[:12] else line for line in SIDE.split("\n")]
    (report,) = extract([typed("\n".join(rows))], "report.pdf")
    (meter,) = report.meters
    assert told(meter) == ("21650733", "1522.087", "1530.137", "8.050")
    assert len(meter.daily) == 7
    assert meter.reading_date is not None
    assert meter.reading_date.value == "2026-11-07"


def test_a_further_column_of_days_is_no_block_beside_them() -> None:
    """Signs of errors stand in the last column of some days: they are no words with values."""
    flagged = PRINTED.replace("24,00\n", "24,00       U\n", 3)
    assert told(meter_of(printed=flagged)) == WHOLE


ENDS_FIRST = """
СПТ943.2   Сер.№ 48817
Потребитель: Школа № 118       Дог. № 03117
Период: 05-11-26 ... 07-11-26         Дата печати 08-11-26 09:12

Показания на конец периода   (07-11-26 24:00)    Q = 18022,511 Гкал   M1 = 702214,8 т   Ти = 88120 ч
Показания на начало периода  (05-11-26 00:00)    Q = 18017,211 Гкал   M1 = 702048,2 т   Ти = 88048 ч

  Дата         Q       M1      t1     Ти
             Гкал       т      'C      ч
05-11-26     1,700    55,20   72,4  24,00
06-11-26     1,800    55,70   72,0  24,00
07-11-26     1,800    55,70   72,1  24,00
Итого        5,300   166,60         72,00
"""


def test_ends_of_a_period_told_in_rows_above_the_days_have_their_day_in_brackets() -> None:
    (report,) = extract([typed(ENDS_FIRST)], "report.pdf")
    (meter,) = report.meters
    assert told(meter) == ("48817", "18017.211", "18022.511", "5.300")
    assert report.period is not None
    assert report.period.value == "2026-11"
    assert report.reading_date is not None
    assert report.reading_date.value == "2026-11-07"


SYSTEMS = """
Договор № 03117      Номер теплосчетчика 20418
  Дата     Eцо-ц     Mц      Tц     Eг-х     Mг
           Гкал      т       °C     Гкал     т
05.11.26   1.700   55.20    72.4   0.200   9.10
06.11.26   1.800   55.70    72.0   0.210   9.20
07.11.26   1.800   55.70    72.1   0.190   9.00
Итого      5.300  166.60           0.600  27.30

Показания интеграторов
Параметр      05.11.26 00:00    07.11.26 24:00    Результат за период
Eцо-ц, Гкал         3904.410          3909.710                  5.300
Eг-х, Гкал           588.027           588.627                  0.600
M3, т               15440.02          15467.32                  27.30
"""


def test_one_calculator_counts_two_systems_and_its_serial_is_proposed_for_the_other() -> None:
    (report,) = extract([typed(SYSTEMS)], "report.pdf")
    heat, water = report.meters
    assert told(heat) == ("20418", "3904.410", "3909.710", "5.300")
    assert told(water) == ("20418", "588.027", "588.627", "0.600")
    assert (heat.kind, water.kind) == (MeterKind.HEAT, MeterKind.HOT_WATER)
    assert heat.serial is not None
    assert water.serial is not None
    assert (heat.serial.certain, water.serial.certain) == (True, False)


def test_the_letter_of_one_circuit_alone_is_that_of_heat() -> None:
    alone = SYSTEMS.replace("Eцо-ц, Гкал         3904.410          3909.710                  5.300\n", "").replace("Eцо-ц", "Chцо-ц")
    (report,) = extract([typed(alone)], "report.pdf")
    (meter,) = report.meters
    assert meter.kind is MeterKind.HEAT


@pytest.mark.parametrize(("number", "serial"), [("94-30715", "94-30715"), ("-", None)])
def test_a_serial_with_its_type_before_it_and_none_behind_a_further_label(number: str, serial: str | None) -> None:
    text = f"""
Договор № 03117
Прибор: SA-94/2M      Номер прибора: {number}    Конфигурация: 200 - 11
1. Показание на конец отчётного периода (25.10.2026):    11 402,77 Гкал
2. Показание на начало отчётного периода (25.09.2026):   11 339,59 Гкал
3. Потребление за отчётный период:   63,18 Гкал
"""
    (report,) = extract([typed(text)], "report.pdf")
    (meter,) = report.meters
    assert told(meter) == (serial, "11339.59", "11402.77", "63.18")


BLOCKS_OF_SYSTEMS = """
Отчёт о теплопотреблении. ВКТ-7-04 зав. № 00177310
Договор № 03117     Период: 05.11.26 - 07.11.26

 ТВ1  (отопление)
  Дата     Q, Гкал    M1, т    t1     ВНР
05.11.26     1.700    55.20   72.4     24
06.11.26     1.800    55.70   72.0     24
07.11.26     1.800    55.70   72.1     24
Итого        5.300   166.60            72

 ТВ2  (ГВС)
  Дата     Q, Гкал    M1, т    t1     ВНР
05.11.26     0.200     9.10   61.4     24
06.11.26     0.210     9.20   61.0     24
07.11.26     0.190     9.00   61.1     24
Итого        0.600    27.30            72

Показания на конец и начало отчётного периода
            07.11.26 24:00    05.11.26 00:00     Разность
ТВ1 Q             3909.710          3904.410        5.300
ТВ2 Q              588.627           588.027        0.600
"""


def test_the_line_over_the_days_says_what_its_system_heats_and_nothing_of_the_other() -> None:
    (report,) = extract([typed(BLOCKS_OF_SYSTEMS)], "report.pdf")
    kinds = {told(meter): meter.kind for meter in report.meters}
    assert kinds == {
        ("00177310", "3904.410", "3909.710", "5.300"): MeterKind.HEAT,
        ("00177310", "588.027", "588.627", "0.600"): MeterKind.HOT_WATER,
    }


LETTER_W = """
АРХИВ СУТОЧНЫЙ  ТСРВ-034  № 1502217     дог.№ 03117
Wтс(28.10.2026 24:00) = 12044,18 Гкал
Wтс(22.11.2026 24:00) = 12128,84 Гкал
Wтс за период         =    84,66 Гкал
"""


def test_heat_called_w_with_its_day_in_brackets_is_labelled() -> None:
    (report,) = extract([typed(LETTER_W)], "report.pdf")
    (meter,) = report.meters
    assert told(meter) == ("1502217", "12044.18", "12128.84", "84.66")
    assert all(number is not None and number.certain for number in (meter.previous, meter.current, meter.consumption))
