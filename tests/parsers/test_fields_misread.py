"""One misreading or one speck, as engines make them on paper, loses no field and moves none: what a page says stays said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.pages import Box, Word
from metering.units import Unit
from parsers.meters.garbled_units import misread_unit
from parsers.page.lines import lines_of
from parsers.wording.dates import find_dates
from parsers.wording.numbers import parse_misread_number
from tests.parsers.read_twice import PRINTED, Print, read, scanned
from tests.parsers.test_fields_paper import told
from tests.parsers.typed import ruled, typed


@pytest.mark.parametrize(
    "misread",
    [
        {"Договор": "noroBop"},
        {"Договор": "Дого|8ор"},
        {"Организация:": "Opraни3ация:"},
        {"Предыдущие": "{Предыдущие}", "Текущие": "{Текущие}"},
    ],
)
def test_words_of_the_other_alphabet_with_digits_or_in_braces_lose_nothing(misread: dict[str, str]) -> None:
    report = read(scanned(PRINTED, misread), Print(PRINTED))
    (meter,) = report.meters
    assert report.contract_number is not None
    assert report.contract_number.value == "03117"
    assert told(meter) == ("4411223", "593772.09", "593810.50", "38.41")


BRACKETED = """
Отчет за ноябрь 2026 г.
ООО «Сув Йўли»
03117
(номер договора)
23.11.2026
(дата снятия показаний)
4411223        593772,09                593810,50             38,41 Гкал
(зав. номер)   (предыдущее показание)   (текущее показание)   (расход)
"""


def test_brackets_read_as_braces_are_those_of_captions() -> None:
    whole = read(scanned(BRACKETED), Print(BRACKETED))
    torn = read(scanned(BRACKETED, {"(номер": "{номер", "(расход)": "{расход}"}), Print(BRACKETED))
    assert (
        [told(meter) for meter in torn.meters]
        == [told(meter) for meter in whole.meters]
        == [("4411223", "593772.09", "593810.50", "38.41")]
    )


@pytest.mark.parametrize("sign", ["G)", "С)", "GI", "Gl"])
def test_gigajoules_whose_hook_is_a_stroke_or_a_bracket(sign: str) -> None:
    printed = PRINTED.replace("38,41 Гкал", f"38,41 {sign}")
    (meter,) = read(scanned(printed), Print(printed)).meters
    assert meter.unit is Unit.GJ


@pytest.mark.parametrize("sign", ["MBru", "MBr-u"])
def test_megawatt_hours_in_slanted_letters(sign: str) -> None:
    printed = PRINTED.replace("38,41 Гкал", f"38,41 {sign}")
    (meter,) = read(scanned(printed), Print(printed)).meters
    assert meter.unit is Unit.MWH


def test_a_closing_bracket_behind_a_letter_is_no_unit() -> None:
    printed = PRINTED.replace("38,41 Гкал", "38,41 (С)")
    (meter,) = read(scanned(printed), Print(printed)).meters
    assert meter.unit is None


@pytest.mark.parametrize(("cell", "unit"), [("6", Unit.GJ), ("©", Unit.GJ), ("G)", Unit.GJ), ("12", None), ("шт", None)])
def test_what_is_left_of_a_unit_alone_in_its_cell(cell: str, unit: Unit | None) -> None:
    assert misread_unit(cell) is unit


@pytest.mark.parametrize("torn", ["20/1 1/2025", "20.11.20 25", "20.11.2 025", "20.11.202 5"])
def test_a_blank_inside_a_date_is_mended_and_never_certain(torn: str) -> None:
    (date,) = find_dates(f"снятые {torn}:") if "/" in torn else find_dates(f"снятые {torn}")
    assert date.date.isoformat() == "2025-11-20"
    assert date.repaired


@pytest.mark.parametrize("behind", ["24:00", "25,5", "12", "250"])
def test_what_stands_behind_half_a_year_and_is_none_of_it_stays(behind: str) -> None:
    (date,) = find_dates(f"на 20.11.20 {behind}")
    assert (date.date.isoformat(), date.repaired) == ("2020-11-20", False)


SENT = """
Исх. № 533 от 21/11/2025
В соответствии с договором № 03117 направляем показания приборов учета
за ноябрь 2025 года, снятые 2O/?1/2O25:
Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41 Гкал
"""


def test_the_day_a_letter_was_sent_is_not_that_of_readings_whose_own_day_is_torn() -> None:
    report = read(scanned(SENT, {"2O/?1/2O25:": "20 71 2025:"}), Print(SENT))
    assert report.reading_date is None or not report.reading_date.certain


FRAMED = """
Дата обхода 18 марта 2026 года
┌───┬──────────┬───────────┬──────────┬──────────┬─────────┐
│ N │ Система  │ Зав. №    │ Начало   │ Конец    │ Расход  │
├───┼──────────┼───────────┼──────────┼──────────┼─────────┤
│ 1 │ Отопление│ 78581262  │ 92,364   │ 278,633  │ 186,269 │
└───┴──────────┴───────────┴──────────┴──────────┴─────────┘
  19.03.26     ниц,
"""


def test_a_date_below_a_table_is_of_none_of_its_rows_and_the_day_above_it_no_column() -> None:
    page = ruled(FRAMED)
    # The rules of the table reach over the line above it, as those found in pictures do.
    rules = tuple(replace(r, top=r.top - 14) if r.height > r.width and r.top < 70 else r for r in page.rules)
    words = tuple(replace(w, confidence=0.95) for w in page.words)
    scan = replace(scanned(FRAMED), words=words, rules=rules)
    report = read(scan, Print(FRAMED))
    assert report.reading_date is not None
    assert report.reading_date.value == "2026-03-18"
    assert all(meter.reading_date is None for meter in report.meters)


def test_a_line_of_dirt_takes_no_word_from_its_label() -> None:
    page = typed("Договор №      00474\nИНН            301234567", confidence=0.9)
    number = next(w.box for w in page.words if w.text == "00474")
    speck = Word("°", 0.64, Box(number.left - 30, number.top - 2, number.left - 27, number.top + 1))
    raised = tuple(
        replace(w, box=replace(w.box, top=w.box.top - 3, bottom=w.box.bottom - 3)) if w.text == "00474" else w for w in page.words
    )
    lines = [line.text() for line in lines_of(replace(scanned(""), words=(*raised, speck)))]
    assert "Договор № 00474" in lines


SPANS = """
Договор № 20210
Отопление, заводской номер 26279341: за октябрь потреблено 43431 кВт*ч
(с 2768 кВт*ч на 21.09.2026 до 46199 кВт*ч на 18.10.2026).
"""


def test_whole_numbers_with_their_units_have_the_dates_behind_them() -> None:
    (meter,) = read(typed(SPANS), None).meters
    assert told(meter) == ("26279341", "2768", "46199", "43431")
    assert meter.reading_date is not None
    assert meter.reading_date.value == "2026-10-18"


TWO_SYSTEMS = """
          Отчетная ведомость теплопотребления в системе отопления
Договор № 26204     Номер теплосчетчика 3028826
Дата        Eцо-ц, Гкал  Eг-х, Гкал   Mц, т    Tц, °C
22.02.26       10,44       0,000      222,29   80,8
23.02.26       15,19       0,000      262,24   69,9
24.02.26        9,06       0,000      161,41   77,3
25.02.26       10,26       0,000      166,57   64,6
26.02.26       12,29       0,000      216,62   82,7
Итого          57,24       0,000     1029,13

Параметр        22.02.2026 00:00   26.02.2026 24:00   Разность
Eцо-ц, Гкал          1544,36            1601,60         57,24
Eг-х, Гкал             0,000              0,000         0,000
Mц, т               51029,10           52058,23       1029,13
"""


@pytest.mark.parametrize("mass", ["Mц,", "иц", "М!", "Мч"])
def test_a_system_that_is_not_used_and_a_mass_whose_name_was_misread_are_no_meters(mass: str) -> None:
    printed = TWO_SYSTEMS if mass == "Mц," else TWO_SYSTEMS.replace("Mц, т               51029", f"{mass:<20}51029")
    (meter,) = read(scanned(printed), Print(printed)).meters
    assert told(meter) == ("3028826", "1544.36", "1601.60", "57.24")


def test_where_one_of_two_integrators_was_read_its_day_is_not_certain() -> None:
    printed = TWO_SYSTEMS.replace("26.02.2026 24:00", "2б.92.2б2б 24:00")
    report = read(scanned(printed), Print(printed))
    assert report.reading_date is None or report.reading_date.value == "2026-02-26" or not report.reading_date.certain


INTEGRATORS = """
ТВ-7 Заводской номер: 60960512     Договор: 07921
Дата                     Qтв, Гкал   M1, т    t1, °C   ВНР, ч
Показания на 24.10.2025   8685,32    3523,8            18013
Показания на 21.11.2025   8912,70    4223,8            26732
За период                  227,38     700      72,4      720
"""


@pytest.mark.parametrize("torn", ["8912,70", "8912,", "?"])
def test_dirt_before_a_number_takes_no_column_and_one_of_two_days_is_not_certain(torn: str) -> None:
    page = scanned(INTEGRATORS, {"8912,70": torn})
    number = next(w.box for w in page.words if w.text == torn)
    dirt = Word("An,", 0.2, Box(number.left - 22, number.top, number.left - 6, number.bottom))
    report = read(replace(page, words=(*page.words, dirt)), Print(INTEGRATORS))
    (meter,) = report.meters
    if torn == "8912,70":
        assert told(meter) == ("60960512", "8685.32", "8912.70", "227.38")
    date = report.reading_date or meter.reading_date
    assert date is None or date.value == "2025-11-21" or not date.certain


def test_a_rule_between_two_columns_of_readings_that_a_picture_lost() -> None:
    printed = """
Договор № 19388   Прибор: Sharky 775, зав. № 7959705, отопление
Показания сняты 17.10.2026
┌─────────┬──────────────────┬─────┬────────────┬────────────────────────┐
│ Регистр │ Наименование     │ Ед. │ 23.09.2026 │ 17.10.2026    Разница  │
├─────────┼──────────────────┼─────┼────────────┼────────────────────────┤
│ Е       │ Тепловая энергия │ MWh │ 751,163    │ 1147,411      396,248  │
└─────────┴──────────────────┴─────┴────────────┴────────────────────────┘
"""
    page = ruled(printed)
    scan = replace(scanned(""), words=tuple(replace(w, confidence=0.95) for w in page.words), rules=page.rules)
    (meter,) = read(scan, Print(printed)).meters
    assert told(meter) == ("7959705", "751.163", "1147.411", "396.248")


def test_dates_over_numbers_head_them_where_the_rule_between_was_not_found() -> None:
    printed = """
Договор № 28477   ВКТ-7 Заводской номер 357709   Отопление
Дата составления: 23.10.2026
┌────────────┬──────────────────┬──────────────────┬───────────┐
│ Интегратор │ на 25.09.2026    │ на 23.10.2026    │ за период │
│ Qо, ГКал   │ 96.0             │ 227.2            │ 131.2     │
├────────────┼──────────────────┼──────────────────┼───────────┤
│ M1, т      │ 33608.93         │ 37775.63         │ 4166.70   │
└────────────┴──────────────────┴──────────────────┴───────────┘
"""
    page = ruled(printed)
    scan = replace(scanned(""), words=tuple(replace(w, confidence=0.95) for w in page.words), rules=page.rules)
    (meter,) = read(scan, Print(printed)).meters
    assert told(meter) == ("357709", "96.0", "227.2", "131.2")


def test_hours_whose_sign_was_read_as_a_digit_are_no_second_meter_of_the_same_serial() -> None:
    printed = """
Теплосчетчик ТЭМ-104   Зав. № 64433039    Договор №: 19912
Система: отопление
Параметр       21.12.2025     25.01.2026     Разность
Q, ГКал          33369,86       33394,97        25,11
M1, т            37754,32       38266,32       512,00
Tpa6, 4              9120           9960          840
"""
    (meter,) = read(scanned(printed), Print(printed)).meters
    assert told(meter) == ("64433039", "33369.86", "33394.97", "25.11")


@pytest.mark.parametrize(("read_as", "value"), [("46 236;08", "46236.08"), ("9 226:36", "9226.36"), ("5:336.7", "5336.7"), ("12:30", None)])
def test_a_mark_behind_thousands_that_was_read_as_a_colon(read_as: str, value: str | None) -> None:
    repaired = parse_misread_number(read_as)
    assert (repaired[0] if repaired else None) == value


def test_two_letters_v_read_as_a_w() -> None:
    printed = """
Shartnoma № 17738
Hisoblagich zavod raqami 685918 (isitish):
- avvalgi oy ko'rsatkichi (Gkal) - 4726,17
- joriy oy ko'rsatkichi (Gkal) - 4968,66
- sarfi (Gkal) - 242,49
"""
    (meter,) = read(scanned(printed, {"avvalgi": "awalgi"}), Print(printed)).meters
    assert told(meter) == ("685918", "4726.17", "4968.66", "242.49")


@pytest.mark.parametrize(
    ("index", "read_as"), [("593810 .50", "593810.50"), ("593810 , 50", None), ("593810 .5", None), ("593810  .50", None)]
)
def test_a_mark_glued_to_its_decimals_a_space_behind_the_number_is_its_mark(index: str, read_as: str | None) -> None:
    printed = PRINTED.replace("593810,50", index)
    assert printed != PRINTED
    (meter,) = read(scanned(printed), Print(printed)).meters
    assert (told(meter)[2] == "593810.50") is (read_as is not None)
