"""What photos and one-bit scans make of units, heads, cards and months, and what the rest of the page still tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.pages import Box, PageSource
from metering.units import MeterKind, Unit
from parsers.handwritten.plain_print import is_plainly_print
from parsers.meters.table_headers import find_headers
from parsers.page.marked import mark
from parsers.pagefacts import read_page
from tests.parsers.read_twice import PRINTED, Print, read, scanned
from tests.parsers.test_fields_layouts import HEAD
from tests.parsers.test_fields_misread import TWO_SYSTEMS
from tests.parsers.test_fields_paper import on_paper, told
from tests.parsers.test_fields_samples import read as of_text
from tests.parsers.test_fields_samples import value
from tests.parsers.typed import LETTER, LINE, MARGIN, typed

TWO_UNITS = """
Hisobot 2026-yil oktabr oyi uchun
Shartnoma raqami 07106
Ko'rsatkich olingan sana: 18.10.2026

Seriya raqami   Maqsadi           oldingi    hozirgi    Sarfi     O'lchov birligi
29719389        isitish tizimi    5435,4     24296,2    18860,8   kVt*soat
85029181        issiq suv         77913,15   77957,09   43,94     m3
"""


@pytest.mark.parametrize("torn", ["kVt:-soat", "kVt-soat", "kVt·soat"])
def test_a_unit_whose_point_was_read_as_other_signs_loses_no_row(torn: str) -> None:
    printed = TWO_UNITS.replace("kVt*soat", torn)
    assert [(m.unit, *told(m)) for m in on_paper(printed).meters] == [
        (Unit.KWH, "29719389", "5435.4", "24296.2", "18860.8"),
        (Unit.M3, "85029181", "77913.15", "77957.09", "43.94"),
    ]


INTEGRATORS = """
Отчет за ноябрь 2026 г.      Договор № 09282
КМ-5-2   Номер теплосчетчика 934149

Показания интеграторов   {head}   M2 [т]     Tp [ч]
на  20.11.2026 24:00:00       139,30    22176,21    21044,10
на  25.10.2026 24:00:00        47,80    18185,77    20324,10
Итого                          91,50     3990,44      624,00
"""


@pytest.mark.parametrize("head", ["Q [Гкал]", "© Нкал.]"])
def test_of_integrators_heat_is_what_its_torn_unit_says(head: str) -> None:
    (meter,) = on_paper(INTEGRATORS.format(head=head)).meters
    assert (meter.unit, *told(meter)) == (Unit.GCAL, "934149", "47.80", "139.30", "91.50")


@pytest.mark.parametrize("unit", ["[MWh]", "(Mih)"])
def test_megawatt_hours_whose_w_lost_its_strokes_stay_in_their_column(unit: str) -> None:
    printed = f"""
Hisobot 2026-yil mart oyi uchun     Shartnoma № 07577
ULTRAHEAT T550   S/N: 96669684
Leg               Date         EY {unit}   Vi [m3]    71 [cy   T2 [C)
Previous reading  21.02.2026   145495,29   1590,39    71.4     44.2
Current reading   23.03.2026   145814,83   986,36     71.4     44.2
Sarfi                             319,54
"""
    (meter,) = on_paper(printed).meters
    assert (meter.kind, meter.unit, *told(meter)) == (MeterKind.HEAT, Unit.MWH, "96669684", "145495.29", "145814.83", "319.54")


def test_days_of_a_printout_stand_in_its_first_named_column_though_the_sheets_edge_is_a_rule_too() -> None:
    days = "\n".join(f"  {day}-02        5,80      188,77     63,4     47,0" for day in range(10, 18))
    printed = f"""
Отчётная ведомость  с 10.02.26 по 17.02.26       Договор 07194
SA-94/1   Номер прибора: 2344156

  Дата   Тепло Q, Гкал   М1, т   t под.   & обр.
{days}
Показания счетчика Q, Гкал: на начало периода 433,48, на конец периода (17.02.2026) 479,88
"""
    page = scanned(printed)
    top, bottom = MARGIN + 2.6 * LINE, MARGIN + 12 * LINE
    across = [MARGIN + 6.0 * n for n in (-5, 1, 8, 24, 32, 41, 50)]
    level = [Box(across[0], MARGIN + n * LINE - 2, across[-1], MARGIN + n * LINE - 1) for n in range(3, 13)]
    (meter,) = read(replace(page, rules=(*(Box(x, top, x + 0.5, bottom) for x in across), *level)), Print(printed)).meters
    assert told(meter)[:3] == ("2344156", "433.48", "479.88")


def test_a_corner_of_a_frame_before_a_day_takes_no_integrator_from_it() -> None:
    printed = INTEGRATORS.format(head="Q [Гкал]")
    torn = printed.replace("на  20.11.2026", "T   20.11.2026").replace("на  25.10.2026", "    25.10.2026")
    (meter,) = on_paper(torn).meters
    assert told(meter) == ("934149", "47.80", "139.30", "91.50")
    assert meter.reading_date is not None
    assert meter.reading_date.value == "2026-11-20"


@pytest.mark.parametrize(("total", "is_print"), [("73,92", True), ("73,93", False)])
def test_days_whose_total_is_what_integrators_differ_by_are_print(total: str, is_print: bool) -> None:
    days = "\n".join(f"{day}.11.25    9,24    24" for day in range(20, 28))
    printed = f"""
Суточный архив. Карат, отопление. Заводской номер: 775508
Договор № 25245      Период: 20.11.2025 - 27.11.2025

Дата        Qот, ГДж   ВНР
{days}
ИТОГО       {total}      192

Накоплено     19.11.25 24:00    27.11.25 24:00
Qот, ГДж        5376,66           5450,58
"""
    page = typed(printed, source=PageSource.OCR, confidence=0.6)
    assert is_plainly_print(read_page(page)) is is_print


CARDS = """
   Isitish                                  Isitish
   TCPB-024M, Zavod № 35228371              Ultraheat UH50, Zavod № 48896351
   Oy boshidagi ko'rsatkich: 33260,43 Gcal  Oy boshidagi ko'rsatkich: 881,17 Gcal
   Oy oxiridagi ko'rsatkich: 33392,41 Gcal  Oy oxiridagi ko'rsatkich: 1116,83 Gcal
   Farqi: 131,98 Gcal                       Farqi: 235,66 Gcal
"""


def test_cards_whose_labels_say_readings_too_are_a_meter_each() -> None:
    report = on_paper(HEAD + CARDS)
    assert sorted(told(m) for m in report.meters) == [
        ("35228371", "33260.43", "33392.41", "131.98"),
        ("48896351", "881.17", "1116.83", "235.66"),
    ]


DAYS = """
ТСРВ-026М №62234977     Отчетный период: ноябрь 2025      Договор №: 19166
Показания счетчиков:
W =  71748,114  Гкал  (20.11.2025 24:00)
W =  71822,034  Гкал  (28.11.2025 24:00)

Дата        W, Гкал   m1, т    t1, °C
{days}
Итого       73,920    811,2
"""


def test_of_a_printout_an_index_never_falls_where_the_day_of_one_was_misread() -> None:
    printed = DAYS.format(days="\n".join(f"{day}.11.25    9,240    101,4    61,9" for day in range(21, 29)))
    (whole,) = on_paper(printed).meters
    (torn,) = read(scanned(printed, {"(20.11.2025": "(25.16.2625"}), Print(printed)).meters
    assert told(whole) == told(torn) == ("62234977", "71748.114", "71822.034", "73.920")
    assert torn.previous is not None
    assert not torn.previous.certain


def test_a_falling_index_that_a_customer_states_stays_as_it_is() -> None:
    printed = HEAD + "\nЗаводской № 4411223\nПредыдущие: 1310,75 Гкал   Текущие: 1204,50 Гкал   Расход: 106,25 Гкал\n"
    for report in (on_paper(printed), of_text(printed)):
        (meter,) = report.meters
        assert (meter.previous and meter.previous.value, meter.current and meter.current.value) == ("1310.75", "1204.50")


def test_cubic_metres_of_a_serial_of_their_own_are_hot_water_though_heat_was_said_last() -> None:
    printed = (
        HEAD
        + """
Multical 603, Pribor № 534298, Isitish tizimi
Oldingi: 1445,89 GJ   Joriy: 1516,94 GJ   Sarfi: 71,05 GJ
ОСВХ-40, Pribor № 164361, 15914 suv
Oldingi: 43625,65 m3   Joriy: 44136,87 m3   Sarfi: 511,22 m3
"""
    )
    assert [(m.kind, m.unit) for m in on_paper(printed).meters] == [(MeterKind.HEAT, Unit.GJ), (MeterKind.HOT_WATER, Unit.M3)]


ROMAN = """
Отчет о потреблении тепловой энергии за февраль 2026 г.
Организация: ООО «Сув Йўли»
Договор № 03117      ИНН 301234567
Дата снятия показаний: {day}

Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41 Гкал

Дата: 26.02.2026
Директор             Каримов Ш.Р.
"""


@pytest.mark.parametrize("day", ["25.11.2026", "25.1.2026"])
def test_strokes_that_were_read_as_ones_are_the_month_of_the_report(day: str) -> None:
    report = on_paper(ROMAN.format(day=day))
    assert report.reading_date is not None
    assert (report.reading_date.value, report.reading_date.certain) == ("2026-02-25", False)
    assert report.period is not None
    assert report.period.value == "2026-02"


@pytest.mark.parametrize("day", ["25.01.2026", "25.10.2026", "25.12.2026"])
def test_a_month_that_is_no_row_of_strokes_stays_what_it_is(day: str) -> None:
    report = on_paper(ROMAN.format(day=day))
    assert report.reading_date is not None
    assert report.reading_date.value == f"2026-{day[3:5]}-25"
    assert not report.reading_date.certain


def test_what_a_text_layer_says_is_no_month_in_strokes() -> None:
    report = of_text(ROMAN.format(day="25.11.2026"))
    assert report.reading_date is not None
    assert report.reading_date.value == "2026-11-25"


@pytest.mark.parametrize(("first", "systems"), [("0,000", 1), ("9,000", 1), ("7,000", 2)])
def test_a_system_of_zeros_beside_heat_that_adds_up_lacks_nothing(first: str, systems: int) -> None:
    printed = TWO_SYSTEMS.replace("Eг-х, Гкал             0,000", f"Eг-х, Гкал             {first}")
    assert len([draft for draft in read_page(scanned(printed)).drafts if draft.has_value()]) == systems


def test_the_day_of_an_integrators_line_is_none_of_the_line_above() -> None:
    printed = """
Отчет за ноябрь 2026 г.      Договор № 06686
ВКТ-7   Заводской номер 00063892

Показания интеграторов:
на 19/10/26 00:00 Qo= 2344.303 Гкал
на 21/11/26 24:00 Qo= 2635.359 Гкал
"""
    (meter,) = on_paper(printed).meters
    assert told(meter) == ("00063892", "2344.303", "2635.359", None)
    assert meter.reading_date is not None
    assert meter.reading_date.value == "2026-11-21"


REGISTER = """
Отчет за октябрь 2026 г.      Договор № 02936
Дата снятия показаний: 22.10.2026

  №   Система     Зав. №     Предыдущее   Текущее     Разность    Ед. изм.
  1   Отопление   79011710   446346,10    446529,47   183,37      Гкал
  2   ГВС         79177457   960754,61    961923,27   1168,66     Гкал
"""


@pytest.mark.parametrize("lost", [(), (2,), (6,), (2, 6)])
def test_columns_part_where_the_rule_between_a_system_a_serial_and_a_unit_was_lost(lost: tuple[int, ...]) -> None:
    page = scanned(REGISTER)
    across = [MARGIN + LETTER * n for n in (1, 5, 17, 28, 41, 53, 64, 76)]
    top, bottom = MARGIN + 2.6 * LINE, MARGIN + 7 * LINE
    rules = [Box(x, top, x + 0.5, bottom) for n, x in enumerate(across) if n not in lost]
    rules += [Box(across[0], MARGIN + n * LINE - 2, across[-1], MARGIN + n * LINE - 1) for n in range(3, 7)]
    (header,) = find_headers(mark(replace(page, rules=tuple(rules))))
    roles = [column.role for column in header.columns]
    assert [role for role in roles if role != "number_sign"] == [
        "kind_column",
        "serial",
        "previous",
        "current",
        "consumption",
        "unit_column",
    ]


def test_a_unit_behind_the_last_column_whose_own_head_was_not_read_is_the_rows() -> None:
    printed = REGISTER.replace("    Ед. изм.", "").replace("1168,66     Гкал", "1168,66     м3")
    page = scanned(printed)
    top, bottom = MARGIN + 2.6 * LINE, MARGIN + 7 * LINE
    rules = [Box(MARGIN + LETTER * n, top, MARGIN + LETTER * n + 0.5, bottom) for n in (1, 5, 17, 28, 41, 53, 76)]
    report = read(replace(page, rules=tuple(rules)), Print(printed))
    assert [(m.unit, m.serial and m.serial.value) for m in report.meters] == [(Unit.GCAL, "79011710"), (Unit.M3, "79177457")]


SIDEWAYS = """
Месячный отчет о расходе тепловой энергии за февраль 2026 г.
Договор № 24982

Показатель                 Прибор 1     Прибор 2
Назначение                 Отопление    ГВС
Серийный номер             15125434     99162848
Показания на 22.01.2026    6,13         13,90
Показания на 22.02.2026    315,35       69,21
Расход                     309,22       55,31
Единица измерения          {units}
"""


@pytest.mark.parametrize(
    ("units", "told_units"),
    [
        ("Гкал         Me", [Unit.GCAL, Unit.M3]),
        ("Ткан         м3", [Unit.GCAL, Unit.M3]),
        ("m3           Me", [Unit.M3, Unit.M3]),
    ],
)
def test_a_torn_unit_in_the_row_of_units_is_no_other_meters(units: str, told_units: list[Unit]) -> None:
    assert [m.unit for m in on_paper(SIDEWAYS.format(units=units)).meters] == told_units


GOODS = """
Договор № 07590      Показания на дату: 17.01.2026 г.

№   Наименование                       Ед. изм.   Прошлые     Настоящие   Кол-во    Примечание
1   Тепловая энергия на отопление      Гкал       93666,578   93698,831   32,253    т/сч № 70247080
2   Тепловая энергия на отопление      {unit}       661710,941  661856,003  145,062   Т/С № 42194186
"""


@pytest.mark.parametrize(("unit", "meters"), [("Гкал", 2), ("кал ", 2), ("т   ", 1)])
def test_a_row_whose_unit_is_torn_is_a_meter_whatever_its_note_is_read_as(unit: str, meters: int) -> None:
    assert len(on_paper(GOODS.format(unit=unit)).meters) == meters


def test_cubic_metres_whose_power_was_misread_are_the_unit_behind_a_labels_comma() -> None:
    printed = """
Shartnoma № 01234
Suv hisoblagichi (issiq suv)
Hisoblagich raqami      83757143     Avvalgi ko'rsatkich   87231,45
Sarf, m3                  955,75     Oxirgi ko'rsatkich    88187,20
"""
    report = read(scanned(printed, {"m3": "m?"}), Print(printed))
    assert [m.unit and m.unit.value for m in report.meters] == [Unit.M3]


TAPE = """
Договор № 03117, ноябрь 2026 г.
Зав. № 4411223
Qтв, ГДж
 на нач. ............ 402111.06
 на кон. ............ 402426.44
 за период .......... 315.38

{mass}
 на нач. ............ 69256.14
{dirt}
 на кон. ............ 73004.56
 за период .......... 3748.42
"""


@pytest.mark.parametrize(("mass", "meters"), [("М2, т      5", 1), ("М2, т", 1), ("Qгвс, ГДж    5", 2)])
def test_a_digit_of_what_is_stamped_beside_a_tape_makes_no_meter_of_a_mass(mass: str, meters: int) -> None:
    report = on_paper(TAPE.format(mass=mass, dirt="                                  7"))
    assert [value(m.current) for m in report.meters][:1] == ["402426.44"]
    assert len(report.meters) == meters


@pytest.mark.parametrize(
    ("torn", "position"),
    [
        ("Директор .", "Директор"),
        ("Инженер - теплотехник", "Инженер-теплотехник"),
        ("Зам. директора по АХЧ", "Зам. директора по АХЧ"),
        ("Директор waa", "Директор"),
        ("Инженер м", "Инженер"),
        ("Директор школы", "Директор школы"),
    ],
)
def test_a_position_is_without_stray_signs_and_the_blanks_beside_its_hyphen(torn: str, position: str) -> None:
    assert value(on_paper(PRINTED.replace("Директор ", f"{torn} ")).position) == position


def test_a_position_that_goes_on_under_the_pen_is_not_cut_off_before_that() -> None:
    page = scanned(PRINTED.replace("Директор ", "Ответственный за елок "))
    words = [replace(w, confidence=0.3) if w.text == "елок" else w for w in page.words]
    assert value(read(replace(page, words=tuple(words)), Print(PRINTED)).position) == "Ответственный за елок"


@pytest.mark.parametrize(("taller", "confidence", "position"), [(2.0, 0.95, "Инженер"), (1.0, 0.3, "Инженер"), (1.0, 0.95, "Инженер узла")])
def test_what_stands_higher_than_a_position_or_was_hardly_read_is_none_of_it(taller: float, confidence: float, position: str) -> None:
    page = scanned(PRINTED.replace("Директор ", "Инженер узла "))
    words = [
        replace(w, confidence=confidence, symbols=(), box=replace(w.box, bottom=w.box.top + taller * w.box.height))
        if w.text == "узла"
        else w
        for w in page.words
    ]
    assert value(read(replace(page, words=tuple(words)), Print(PRINTED)).position) == position
