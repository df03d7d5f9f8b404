"""What paper does to a page and what still tells: dirt, years half under ink, labels that lost a word, heads read as numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.pages import Box, PageSource, Word
from metering.reports import Field, MeterLine, Report, SecondReading
from metering.units import MeterKind, Unit
from parsers.fields import extract
from parsers.handwritten.plain_print import is_plainly_print
from parsers.page.lines import lines_of
from parsers.pagefacts import read_page
from tests.parsers.read_twice import PRINTED, Print, read, scanned
from tests.parsers.typed import typed


def on_paper(text: str) -> Report:
    return read(scanned(text), Print(text))


def told(meter: MeterLine) -> tuple[str | None, ...]:
    fields = (meter.serial, meter.previous, meter.current, meter.consumption)
    return tuple(field.value if field is not None else None for field in fields)


def test_a_speck_between_two_numbers_of_a_row_is_nothing() -> None:
    printed = """
Суточный архив. Карат, отопление. Заводской номер: 775508
Договор № 25245

Накоплено     21.11.2025 24:00    23.12.2025 24:00
Q, ГДж        5376,66             5907,85
ВНР ч         8811                9579
"""
    page = scanned(printed)
    row = next(w.box for w in page.words if w.text == "5907,85")
    speck = Word("и", 0.13, Box(row.left - 40, row.top, row.left - 38, row.top + 1))
    (with_speck,) = read(replace(page, words=(*page.words, speck)), Print(printed)).meters
    assert told(with_speck) == ("775508", "5376.66", "5907.85", None)


def test_beside_a_printouts_heat_indexes_without_a_name_are_no_meter() -> None:
    heat = ("8,31", "7,14", "9,20", "6,75", "8,02", "7,77", "9,45", "6,36")
    days = "\n".join(f"{day}.11.25    24    {used}     70,68    83,7    52,7" for day, used in enumerate(heat, 20))
    printed = f"""
Суточный архив. Карат, отопление. Заводской номер: 775508
Договор № 25245      Период: 20.11.2025 - 27.11.2025

Дата        ВНР   Qот, ГДж   М1, т    t1, °С   t2, °С
{days}
ИТОГО       192   63,00     565,44

Накоплено     19.11.25 24:00    27.11.25 24:00
Qот, ГДж        5376,66           5439,66
МЬт            54694,48          55259,92
ВНРч             8811              9003
"""
    (meter,) = on_paper(printed).meters
    assert told(meter) == ("775508", "5376.66", "5439.66", "63.00")


def test_a_date_whose_year_is_half_under_ink_is_of_the_year_of_the_others_and_never_certain() -> None:
    report = read(scanned(PRINTED, {"24.11.2026": "24.11.20"}), Print(PRINTED))
    assert report.report_date is not None
    assert (report.report_date.value, report.report_date.certain) == ("2026-11-24", False)
    assert report.reading_date is not None
    assert report.reading_date.certain


def test_a_year_of_two_digits_is_whole_where_the_page_writes_years_so() -> None:
    text = PRINTED.replace("24.11.2026", "24.11.20").replace("23.11.2026", "23.11.20").replace("2026", "2020")
    report = on_paper(text)
    assert report.report_date is not None
    assert report.report_date.value == "2020-11-24"


def test_the_day_of_a_verification_whose_word_was_misread_dates_no_report_and_speaks_against_no_reading() -> None:
    text = PRINTED.replace("Зав. №  ", "Киёслов санаси 01.07.2024\n\nЗав. №  ").replace("Дата: 24.11.2026", "")
    report = on_paper(text)
    assert report.report_date is None
    assert report.reading_date is not None
    assert report.reading_date.certain


def test_the_date_at_a_lines_end_belongs_to_the_words_that_the_next_line_begins_with() -> None:
    text = """
2026 йил ноябр ойида 23353-сонли шартнома бўйича кўрсаткичлар қуйидагича.

Иссиқлик ҳисоблагичи (завод рақами 95065612) бўйича 19.11.2026 куни
ҳолатига кўра жорий кўрсаткич 7374,5 Гкал, аввалги кўрсаткич (23.10.2026) 7123,3 Гкал. Сарф 251,2 Гкал ни ташкил этди.

Бош энергетик      Уринов Э.М.
"""
    report = on_paper(text)
    assert report.reading_date is not None
    assert (report.reading_date.value, report.reading_date.certain) == ("2026-11-19", True)


def test_the_date_at_a_lines_end_is_not_that_of_the_label_below_it() -> None:
    text = PRINTED.replace("Дата снятия показаний: 23.11.2026", "Akt muddati 01.11.2026\nKo'rsatkich olingan sana")
    for page in (scanned(text), typed(text)):
        (report,) = extract([page], "report.pdf", Print(text))
        assert report.reading_date is None or not report.reading_date.certain


def test_a_label_in_two_languages_dates_though_a_word_of_one_was_misread() -> None:
    text = PRINTED.replace("Дата снятия показаний: 23.11.2026", "Ko'rsatkich olingan sana / Дата снятия показаний: 23.11.2026")
    report = read(scanned(text, {"sana": "запа"}), Print(text))
    assert report.reading_date is not None
    assert report.reading_date.certain


TWO_UNITS = """
Договор № 15125

Зав. №       Система     Предыдущие   Текущие    Расход    Ед. изм.
50861909     отопление       24,417   170,996   146,579    ГДж
29073548     отопление     5524,860  5648,560   123,700    {unit}
90167862     ГВС           4011,300  4436,450   425,150    м3
{word}                                          270,279
"""


@pytest.mark.parametrize("word", ["Barchasi", "Барчаси", "Bcex"])
def test_a_sum_of_the_meters_of_one_unit_is_no_meter(word: str) -> None:
    assert len(on_paper(TWO_UNITS.format(unit="ГДж", word=word)).meters) == 3


def test_a_row_of_sums_of_all_columns_is_no_meter_whatever_it_is_called() -> None:
    text = TWO_UNITS.format(unit="ГДж", word="ZZZ").replace(
        "ZZZ                                          270,279", "Bcex                     5549,277  5819,556   270,279"
    )
    assert len(on_paper(text).meters) == 3


def test_a_unit_that_was_garbled_is_never_cubic_metres_of_heat() -> None:
    text = TWO_UNITS.format(unit="ГДж", word="Barchasi")
    page = scanned(text)
    heat = [w for w in page.words if w.text == "ГДж"]
    torn = tuple(replace(w, text="TO", symbols=()) if w is heat[1] else w for w in page.words)
    meters = read(replace(page, words=torn), Print(text)).meters
    assert [(m.kind, m.unit) for m in meters] == [(MeterKind.HEAT, Unit.GJ), (MeterKind.HEAT, Unit.GJ), (MeterKind.HOT_WATER, Unit.M3)]


def test_a_head_whose_word_was_taken_for_a_number_is_a_head() -> None:
    text = """
Договор № 04835

Зав. номер   Система     Предыдущее   Текущее    Расход    Ед. изм.
20196463     отопление      3108164   3112766      4602    кВт*ч
01417380     отопление        50870    105300     54430    кВт*ч
"""
    meters = read(scanned(text, {"Предыдущее": "0194791"}), Print(text)).meters
    assert [told(meter) for meter in meters] == [
        ("20196463", "3108164", "3112766", "4602"),
        ("01417380", "50870", "105300", "54430"),
    ]


TORN = {"593810,50": "593606.42", "38,41": "38"}


def as_words(text: str, misread: dict[str, str]) -> tuple[Word, ...]:
    return scanned(text, misread).words


def torn_page(*further: dict[str, str]) -> Report:
    """The printed page whose current index was misread, by the digit reader otherwise than by the first; with further readings, each
    with its own errors."""
    printed = Print(PRINTED, {"593810,50": "59380"})
    ways = [as_words(PRINTED, errors) for errors in further]

    def fade(page: int, way: int) -> tuple[Box, tuple[Word, ...]] | None:
        return (Box(0, 0, 2000, 2000), ways[way]) if way < len(ways) else None

    (report,) = extract([scanned(PRINTED, TORN)], "scan.pdf", printed, fade=fade)
    return report


def current(report: Report) -> Field:
    (meter,) = report.meters
    assert meter.current is not None
    return meter.current


def test_a_number_is_what_any_reading_of_its_place_says_if_only_that_adds_up() -> None:
    """No reading has all three numbers, each has some."""
    report = torn_page({"593772,09": "59", "38,41": "36,41"}, {"593772,09": "59", "593810,50": "593600,5"})
    assert current(report).value == "593810.50"
    assert current(report).repair is not None


def test_what_no_reading_says_is_never_taken_though_it_would_add_up() -> None:
    report = torn_page({"593772,09": "59", "593810,50": "593610,50"}, {"593772,09": "59", "593810,50": "593600,5"})
    assert current(report).value != "593810.50"
    assert not current(report).certain


def test_a_serial_from_its_own_place_counts_more_than_one_that_only_stood_near() -> None:
    text = """
Договор № 24471

Hisoblagich    Oldingi     Joriy       Farqi    Birlik
810868         829,88      990,33      160,45   Gkal
{serial}       4414,11     4457,92     43,81    Gkal
{below}
"""
    first = scanned(text.format(serial="613813", below="Plomba 15914"), {"613813": "b1зв"})
    printed = Print(text.format(serial="613813", below="Plomba 15914"))

    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        return scanned(text.format(serial="613813", below="")).words

    meters = read(first, printed, third).meters
    assert meters[1].serial is not None
    assert meters[1].serial.value == "613813"


def test_the_ring_of_a_number_sign_is_no_zero_of_the_serial() -> None:
    text = PRINTED.replace("4411223", "№87209047")
    report = read(scanned(text), Print(text, {"87209047": "087209047"}))
    (meter,) = report.meters
    assert meter.serial is not None
    assert (meter.serial.value, meter.serial.certain) == ("87209047", False)
    assert meter.serial.alternatives == ("087209047",)


def test_meters_of_one_number_each_that_were_read_surely_are_print() -> None:
    text = """
Договор № 04923

Наименование                     Ед.изм    Кол-во     Примечание
Тепловая энергия на отопление    Гкал       228,6     сч. № 598694
Тепловая энергия на отопление    Гкал       180,2     сч. № 243287
"""
    page = typed(text, source=PageSource.OCR, confidence=0.92)
    assert is_plainly_print(read_page(page))
    assert not is_plainly_print(read_page(typed(text, source=PageSource.OCR, confidence=0.8)))


def test_a_serial_is_a_number_though_dirt_fills_the_space_before_it() -> None:
    text = PRINTED.replace("Зав. №       Предыдущие     Текущие        Расход", "").replace(
        "4411223      593772,09      593810,50      38,41 Гкал",
        "Счётчик ВКТ-7 (заводской номер`662525): предыдущее 593772,09, текущее 593810,50, расход 38,41 Гкал",
    )
    (meter,) = on_paper(text).meters
    assert told(meter) == ("662525", "593772.09", "593810.50", "38.41")


def test_the_digit_reader_gives_no_meter_the_serial_of_another() -> None:
    text = """
Договор № 24471

Зав. №         Предыдущие  Текущие     Расход   Ед. изм.
509512         829,88      990,33      160,45   Гкал
               4414,11     4457,92     43,81    Гкал
"""
    printed = Print(text)

    def second(page: int, box: Box) -> SecondReading | None:
        reading = printed(page, box)
        return reading if reading is None or reading.text else SecondReading("509512", "509512", 0.99)

    meters = read(scanned(text), second).meters
    assert [meter.serial.value for meter in meters if meter.serial is not None and meter.serial.confidence > 0.5] == ["509512"]
    assert [meter.serial for meter in meters][1:] == [None]


def test_a_word_of_the_title_that_was_taken_for_a_number_is_no_meter() -> None:
    """A further reading that also saw the table would complete it."""
    text = PRINTED.replace("Отчет о потреблении тепловой энергии за ноябрь 2026 г.", "Issiqlik energiyasi sarfi 10 d'iza").replace(
        "38,41 Гкал", "38,42 Гкал"
    )
    printed = Print(text)
    (report,) = extract([scanned(text)], "scan.pdf", printed, third=lambda page, top, bottom: scanned(text).words)
    (meter,) = report.meters
    assert meter.serial is not None


def test_the_numbers_of_a_sheets_rows_are_none_of_its_head_whatever_opens_its_words() -> None:
    """One number was misread, and dirt stands before a word."""
    text = """
1     Сведения о потреблении тепловой энергии
2     }  октябрь 2026
5     «Сув Йўли» ООО
4     Договор            03117
5     Дата снятия показаний     23.10.2026
6     № прибора    Предыдущие     Текущие        Разница    Ед. изм.
7     4411223      593772,09      593810,50      38,41      Гкал
"""
    (meter,) = on_paper(text).meters
    assert told(meter) == ("4411223", "593772.09", "593810.50", "38.41")
    assert meter.current is not None
    assert meter.current.certain


def test_a_further_reading_that_makes_a_meter_of_each_day_is_no_better_one() -> None:
    """One digit of an index was misread, so the page is read again; that reading loses the marks in the dates."""
    heat = ("8,31", "7,14", "9,20", "6,75", "8,02", "7,77", "9,45", "6,36")
    days = [f"{day}.11.26    {used}     170,68     83,7      52,7     24" for day, used in enumerate(heat, 20)]
    head = ["Прибор: СПТ 943   Заводской номер: 55246535    Договор: 29909", "", "Дата        Q         М1        t1        t2       Ти"]
    head += ["            Гкал      т         °С        °С       ч"]
    foot = [
        "Сумма       63,00     1365,44",
        "",
        "Показания      на начало     на конец      за период",
        "Q, Гкал        94808,05      94871,05      63,00",
    ]
    printed = "\n".join([*head, *days, *foot])
    again = "\n".join([*head, *(day.replace(".11.26", " 11 26", 1) for day in days), *foot])
    (report,) = extract(
        [scanned(printed, {"94808,05": "94888,05"})], "scan.pdf", Print(printed), third=lambda page, top, bottom: scanned(again).words
    )
    (meter,) = report.meters
    assert told(meter) == ("55246535", "94808.05", "94871.05", "63.00")


def test_dirt_at_the_foot_of_a_line_tears_nothing_off_it() -> None:
    """Torn off, a number stands before its label: previous index and consumption change places, and add up all the same."""
    page = typed("Предыдущее показание:           593772,09 Гкал", source=PageSource.OCR, confidence=0.9)
    *label, number, unit = page.words
    foot = number.box.bottom
    label = [replace(word, box=replace(word.box, bottom=foot + 1)) for word in label]
    speck = Word(".", 0.4, Box(190.0, foot, 191.0, foot + 1))
    (line,) = lines_of(replace(page, words=(*label, speck, number, unit)))
    assert line.text() == "Предыдущее показание: . 593772,09 Гкал"
