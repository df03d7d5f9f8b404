"""Numbers of a scan are read twice: what both readers see and arithmetic ties together is certain, what differs is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from metering.pages import Box, Page, PageSource, Word
from metering.repairs import Repair, RepairReason
from metering.reports import Field, Report, SecondReading
from metering.units import Unit
from parsers.certainty.dates import confirmed_elsewhere, date_field
from parsers.certainty.opinions import Readers
from parsers.fields import extract
from parsers.page.found import Found
from parsers.page.lines import lines_of
from tests.parsers.typed import LETTER, LINE, MARGIN, typed

PRINTED = """
             Отчет о потреблении тепловой энергии за ноябрь 2026 г.
Организация: ООО «Сув Йўли»
Договор № 03117      ИНН 301234567
Дата снятия показаний: 23.11.2026

Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41 Гкал

Дата: 24.11.2026
Директор             Каримов Ш.Р.
"""


class Print:
    """What is printed on a page: the digit reader that looks at it, with the errors it is told to make."""

    def __init__(self, text: str, errors: dict[str, str] | None = None, wider: dict[str, str] | None = None) -> None:
        self.lines = text.strip("\n").split("\n")
        self.errors = errors or {}
        self.wider = wider or {}
        self.asked: list[str] = []

    def __call__(self, page: int, box: Box) -> SecondReading | None:
        line = self.lines[round((box.top - MARGIN) / LINE)] if 0 <= round((box.top - MARGIN) / LINE) < len(self.lines) else ""
        first, last = round((box.left - MARGIN) / LETTER), round((box.right - MARGIN) / LETTER)
        text = "".join(c for c in line[max(0, first) : last] if c in "0123456789.,-").strip(".,-")
        self.asked.append(text)
        return SecondReading(self.errors.get(text, text), self.wider.get(text, self.errors.get(text, text)), 0.999)


def scanned(text: str, misread: dict[str, str] | None = None) -> Page:
    """The page as the first reader sees it; misread words keep their place and lose their symbols' boxes."""
    page = typed(text, source=PageSource.OCR, confidence=0.95)
    wrong = misread or {}
    words = tuple(Word(wrong[w.text], w.confidence, w.box) if w.text in wrong else w for w in page.words)
    return replace(page, words=words)


def read(
    page: Page,
    second: Callable[[int, Box], SecondReading | None] | None,
    third: Callable[[int, float, float], tuple[Word, ...]] | None = None,
) -> Report:
    (report,) = extract([page], "scan.pdf", second, third)
    return report


def numbers(report: Report) -> list[Field]:
    (meter,) = report.meters
    assert meter.previous is not None
    assert meter.current is not None
    assert meter.consumption is not None
    return [meter.previous, meter.current, meter.consumption]


def test_what_both_readers_see_is_certain() -> None:
    report = read(scanned(PRINTED), Print(PRINTED))
    (meter,) = report.meters
    for field in (report.contract_number, report.reading_date, report.period, meter.serial, *numbers(report)):
        assert field is not None
        assert field.certain
        assert field.confidence >= 0.97
    assert [f.value for f in numbers(report)] == ["593772.09", "593810.50", "38.41"]


def test_every_number_that_decides_is_asked_by_its_own_place() -> None:
    printed = Print(PRINTED)
    read(scanned(PRINTED), printed)
    assert {"03117", "23.11.2026", "4411223", "593772,09", "593810,50", "38,41"} <= set(printed.asked)


def test_without_a_second_reader_nothing_of_a_scan_is_certain() -> None:
    report = read(scanned(PRINTED), None)
    (meter,) = report.meters
    assert not any(f.certain for f in (report.contract_number, report.reading_date, meter.serial, *numbers(report)) if f is not None)


def test_a_place_in_which_only_the_wider_look_sees_digits_tells_nothing() -> None:
    """As where print is struck out by pen and others are written above it."""
    report = read(scanned(PRINTED), Print(PRINTED, {"593810,50": ""}, {"593810,50": "7-"}))
    assert not numbers(report)[1].certain


@pytest.mark.parametrize("how", ["struck", "inked"])
def test_numbers_struck_out_or_written_over_are_not_certain_though_they_add_up(how: str) -> None:
    """The customer has corrected them by pen: what is printed may not count any more."""
    printed = Print(PRINTED)

    def second(page: int, box: Box) -> SecondReading | None:
        reading = printed(page, box)
        return replace(reading, **{how: reading.text in {"593810,50", "38,41"}}) if reading is not None else None

    assert [field.certain for field in numbers(read(scanned(PRINTED), second))] == [True, False, False]


@pytest.mark.parametrize(("behind", "certain"), [("24:00", True), ("00:00", False), ("26 Гкал", False), ("", False)])
def test_the_time_of_day_behind_a_date_is_no_further_digit_of_it(behind: str, certain: bool) -> None:
    text = PRINTED.replace("23.11.2026", f"23.11.26 {behind}")
    report = read(scanned(text), Print(text, wider={"23.11.26": "23.11.262"}))
    assert report.reading_date is not None
    assert (report.reading_date.value, report.reading_date.certain) == ("2026-11-23", certain)


def test_a_text_layer_is_not_asked_about() -> None:
    printed = Print(PRINTED)
    read(typed(PRINTED), printed)
    assert printed.asked == []


def test_a_lost_decimal_comma_comes_back_from_the_other_reader() -> None:
    report = read(scanned(PRINTED, {"593772,09": "59377209"}), Print(PRINTED))
    previous = numbers(report)[0]
    assert previous.value == "593772.09"
    assert previous.certain
    assert previous.note is not None
    assert "59377209" in previous.note
    assert previous.repair == Repair("59377209", "593772.09", RepairReason.ARITHMETIC)
    assert "59377209" in previous.alternatives


def test_a_comma_that_neither_reader_saw_comes_back_by_arithmetic_but_is_not_certain() -> None:
    report = read(scanned(PRINTED, {"593772,09": "59377209"}), Print(PRINTED, {"593772,09": "59377209"}))
    previous = numbers(report)[0]
    assert previous.value == "593772.09"
    assert not previous.certain


def test_a_wrong_digit_is_settled_by_the_reading_that_adds_up() -> None:
    report = read(scanned(PRINTED, {"593810,50": "593870,50"}), Print(PRINTED))
    current = numbers(report)[1]
    assert current.value == "593810.50"
    assert current.certain
    assert current.alternatives == ("593870.50",)


def test_arithmetic_never_invents_a_value() -> None:
    report = read(scanned(PRINTED, {"593810,50": "593870,50"}), Print(PRINTED, {"593810,50": "593840,50"}))
    current = numbers(report)[1]
    assert current.value in ("593870.50", "593840.50")
    assert not current.certain
    assert current.confidence <= 0.6


def test_a_report_that_does_not_add_up_stays_as_printed() -> None:
    printed = PRINTED.replace("38,41", "48,41")
    report = read(scanned(printed), Print(printed))
    assert [f.value for f in numbers(report)] == ["593772.09", "593810.50", "48.41"]
    assert not any(f.certain for f in numbers(report))


def test_a_further_digit_in_the_wide_look_makes_a_value_uncertain() -> None:
    report = read(scanned(PRINTED), Print(PRINTED, wider={"4411223": "94411223", "593772,09": "1593772,09"}))
    (meter,) = report.meters
    assert meter.serial is not None
    assert not meter.serial.certain
    assert not numbers(report)[0].certain
    assert numbers(report)[1].certain


def test_a_number_of_which_only_the_wide_look_sees_digits_is_uncertain() -> None:
    report = read(scanned(PRINTED), Print(PRINTED, {"593772,09": ""}, wider={"593772,09": "593772,09"}))
    assert not numbers(report)[0].certain
    assert numbers(report)[1].certain


@pytest.mark.parametrize(
    ("gap", "unit", "wider", "certain"),
    [
        (0.7, "Гкал", "38,411", True),  # «Г» is taken for 1, and between it and the number is no room for a digit
        (1.5, "Гкал", "38,411", False),
        (0.1, "Гкал", "38,411", False),  # «1кал», say
        (0.7, "1кал", "38,411", False),
        (0.7, "Гкал", "938,41", False),
        (0.7, "Гкал", "38,41123", False),
    ],
)
def test_a_further_digit_that_is_the_first_letter_of_the_unit_leaves_a_number_certain(
    gap: float, unit: str, wider: str, certain: bool
) -> None:
    page = scanned(PRINTED)
    number = next(word for word in page.words if word.text == "38,41")
    start = number.box.right + gap * LETTER
    box = replace(number.box, left=start, right=start + 4 * LETTER)
    words = tuple(Word(unit, word.confidence, box) if word.text == "Гкал" else word for word in page.words)
    report = read(replace(page, words=words), Print(PRINTED, wider={"38,41": wider}))
    assert numbers(report)[2].digits_sure is certain


def test_readers_that_differ_on_the_contract_leave_it_open() -> None:
    report = read(scanned(PRINTED), Print(PRINTED, {"03117": "03177"}))
    contract = report.contract_number
    assert contract is not None
    assert not contract.certain
    assert {contract.value, *contract.alternatives} == {"03117", "03177"}


def test_readers_that_differ_on_a_date_leave_it_open() -> None:
    report = read(scanned(PRINTED), Print(PRINTED, {"23.11.2026": "28.11.2026"}))
    date = report.reading_date
    assert date is not None
    assert not date.certain
    assert {date.value, *date.alternatives} == {"2026-11-23", "2026-11-28"}


@pytest.mark.parametrize("seen", ["2371112026", "231112026", "2311122026"])
def test_a_date_with_slashes_agrees_although_the_digit_reader_has_no_slash(seen: str) -> None:
    page = scanned(PRINTED.replace("23.11.2026", "23/11/2026"))
    report = read(page, Print(PRINTED.replace("23.11.2026", "23/11/2026"), {"23112026": seen}))
    assert report.reading_date is not None
    assert report.reading_date.value == "2026-11-23"
    assert report.reading_date.certain


@pytest.mark.parametrize(("seen", "certain"), [("23.11.2026", True), ("23.112026", False), ("28.11.2026", False)])
def test_a_mark_that_the_first_reader_lost_is_seen_by_the_second(seen: str, certain: bool) -> None:
    printed = PRINTED.replace(" за ноябрь 2026 г.", "")
    report = read(scanned(printed, {"23.11.2026": "23.112026"}), Print(printed, {"23.11.2026": seen}))
    assert report.reading_date is not None
    assert report.reading_date.certain is certain


@pytest.mark.parametrize(
    ("month", "seen", "certain"), [("ноябрь", "23.112026", True), ("октябрь", "23.112026", False), ("ноябрь", "28.112026", False)]
)
def test_a_lost_mark_is_made_good_by_the_month_that_the_report_names(month: str, seen: str, certain: bool) -> None:
    printed = PRINTED.replace("ноябрь", month)
    report = read(scanned(printed, {"23.11.2026": "23.112026"}), Print(printed, {"23.11.2026": seen}))
    assert report.reading_date is not None
    assert report.reading_date.certain is certain


def test_a_label_in_two_languages_of_which_a_word_was_misread_leaves_its_day_certain() -> None:
    printed = PRINTED.replace("Дата снятия показаний: 23.11.2026", "Ko'rsatkich olingan запа/Дата снятия показаний - 23.11.2026")
    report = read(scanned(printed), Print(printed))
    assert report.reading_date is not None
    assert report.reading_date.certain


@pytest.mark.parametrize(
    ("seen", "struck", "elsewhere", "certain"),
    [
        ("2", False, "2026-11-23", True),
        ("28.11.2026", False, "2026-11-23", False),
        ("2", True, "2026-11-23", False),
        ("2", False, "2026-11-24", False),
        ("23.11.2026-4", False, "2026-11-23", True),
        ("23.11.2026-4", True, "2026-11-23", False),
    ],
)
def test_a_day_that_the_second_reader_did_not_see_is_confirmed_where_it_stands_once_more(
    seen: str, struck: bool, elsewhere: str, certain: bool
) -> None:
    page = scanned(PRINTED)
    tokens = [token for line in lines_of(page) for token in line.tokens if token.text == "23.11.2026"]
    readers = Readers({1: page}, lambda number, box: SecondReading(seen, seen, 0.9, struck))
    confirmed = confirmed_elsewhere(date_field(readers, Found("2026-11-23", 1, tokens)), {elsewhere})
    assert confirmed is not None
    assert confirmed.certain is certain


@pytest.mark.parametrize("day", ["24.XI.2", "24.11.", "24 ноября"])
def test_a_report_s_date_of_which_the_year_is_under_ink_is_there_and_doubtful(day: str) -> None:
    report = read(scanned(PRINTED.replace("Дата: 24.11.2026", f"Дата составления: {day} ~^v")), None)
    assert report.report_date is not None
    assert (report.report_date.value, report.report_date.note, report.report_date.certain) == ("2026-11-24", "partly covered", False)


@pytest.mark.parametrize("day", ["14.XI.2", "24.09.", "~^v", ""])
def test_ink_or_a_day_before_the_readings_is_no_date_of_the_report(day: str) -> None:
    report = read(scanned(PRINTED.replace("Дата: 24.11.2026", f"Дата составления: {day} ~^v")), None)
    assert report.report_date is None


def test_the_date_of_a_report_is_read_from_its_row_by_itself_where_ink_hid_it() -> None:
    page = scanned(PRINTED, {"24.11.2026": "2~.v"})

    def row(number: int, place: Box) -> tuple[Word, ...]:
        return tuple(word for word in scanned(PRINTED).words if place.top <= word.box.middle[1] <= place.bottom)

    (report,) = extract([page], "scan.pdf", row=row)
    assert report.report_date is not None
    assert report.report_date.value == "2026-11-24"


def test_a_report_that_seems_drawn_up_before_its_month_leaves_the_readings_day_certain() -> None:
    torn = PRINTED.replace("Дата: 24.11.2026", "Дата составления: 24.11.20")
    report = read(scanned(torn), Print(torn))
    assert report.reading_date is not None
    assert report.reading_date.certain
    assert report.report_date is not None
    assert not report.report_date.certain


def test_two_of_three_numbers_are_never_certain() -> None:
    printed = PRINTED.replace("38,41 Гкал", "           ")
    report = read(scanned(printed), Print(printed))
    assert not any(f.certain for m in report.meters for f in (m.previous, m.current, m.consumption) if f is not None)


def test_what_the_first_pass_missed_comes_from_the_third() -> None:
    torn = PRINTED.replace("4411223", "~~~~~~~").replace("03117", "~~~~~")
    report = read(scanned(torn), Print(PRINTED), lambda page, top, bottom: scanned(PRINTED).words)
    (meter,) = report.meters
    assert report.contract_number is not None
    assert report.contract_number.value == "03117"
    assert meter.serial is not None
    assert meter.serial.value == "4411223"


def test_the_third_reading_is_not_asked_for_when_nothing_is_open() -> None:
    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        raise AssertionError("asked")

    assert read(scanned(PRINTED), Print(PRINTED), third).meters


def test_numbers_that_do_not_add_up_are_read_once_more_where_they_stand_and_nowhere_else() -> None:
    asked = []

    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        asked.append((top, bottom))
        return tuple(word for word in scanned(PRINTED).words if top <= word.box.middle[1] <= bottom)

    def block(page: int) -> tuple[Word, ...]:
        raise AssertionError("asked")

    misread = PRINTED.replace("38,41", "33,41")
    (report,) = extract([scanned(misread)], "scan.pdf", Print(PRINTED), third, block=block)
    (meter,) = report.meters
    assert meter.consumption is not None
    assert meter.consumption.value == "38.41"
    consumption = next(word for word in scanned(PRINTED).words if word.text == "38,41")
    assert all(top < consumption.box.top and consumption.box.bottom < bottom for top, bottom in asked)
    assert all(bottom - top < 421 for top, bottom in asked)


def test_the_page_is_not_read_once_more_for_a_name_alone() -> None:
    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        raise AssertionError("it costs as much as the first reading, and finds no name that its own place does not show")

    report = read(scanned(PRINTED.replace("Каримов Ш.Р.", "~~~~~~~ ~~~~")), Print(PRINTED), third)
    assert report.signatory is None


def test_a_page_without_any_meter_is_read_as_one_block_before_the_third_time() -> None:
    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        raise AssertionError("nothing is missing any more")

    torn = "\n".join(line for line in PRINTED.split("\n") if "Зав." not in line and "4411223" not in line)
    (report,) = extract([scanned(torn)], "scan.pdf", Print(PRINTED), third, block=lambda page: scanned(PRINTED).words)
    assert [field.value for field in numbers(report)] == ["593772.09", "593810.50", "38.41"]


@pytest.mark.parametrize("blank", ["03117", "23.11.2026"])
def test_a_blank_behind_its_label_is_asked_of_the_digit_reader_and_is_never_certain(blank: str) -> None:
    report = read(scanned(PRINTED.replace(blank, "~" * len(blank))), Print(PRINTED))
    field = report.contract_number if blank == "03117" else report.reading_date
    assert field is not None
    assert field.value == {"03117": "03117", "23.11.2026": "2026-11-23"}[blank]
    assert not field.certain
    assert field.note


def test_an_empty_cell_is_asked_of_the_digit_reader_and_is_never_certain() -> None:
    report = read(scanned(PRINTED.replace("38,41 Гкал", "~~~~~ Гкал")), Print(PRINTED))
    consumption = numbers(report)[2]
    assert consumption.value == "38.41"
    assert not consumption.certain


@pytest.mark.parametrize(
    ("printed", "misread"),
    [
        ("03117", "О3117"),
        ("593772,09", "593772;09"),
        ("Предыдущие", "Предылушие"),
        ("Расход", "Раехол"),
        ("Договор №", "Договор Мо"),
        ("Гкал", "Гкап"),
    ],
)
def test_common_misreadings_do_not_lose_a_value(printed: str, misread: str) -> None:
    report = read(scanned(PRINTED.replace(printed, misread)), Print(PRINTED))
    assert report.contract_number is not None
    assert report.contract_number.value == "03117"
    assert [f.value for f in numbers(report)] == ["593772.09", "593810.50", "38.41"]
    assert report.meters[0].unit is not None


def test_a_letter_that_was_taken_for_a_digit_is_a_repair_of_the_first_reading() -> None:
    report = read(scanned(PRINTED, {"03117": "О3117"}), Print(PRINTED))
    assert report.contract_number is not None
    assert report.contract_number.value == "03117"
    assert report.contract_number.repair == Repair("О3117", "03117", RepairReason.LOOKALIKE)
    assert report.inn is not None
    assert report.inn.repair is None


def test_what_the_digit_reader_decided_is_a_repair_with_that_reason() -> None:
    report = read(scanned(PRINTED, {"4411223": "4411228"}), Print(PRINTED))
    (meter,) = report.meters
    assert meter.serial is not None
    assert (meter.serial.value, meter.serial.repair) == ("4411223", Repair("4411228", "4411223", RepairReason.READERS))


def test_what_is_read_alike_has_no_repair() -> None:
    report = read(scanned(PRINTED), Print(PRINTED))
    (meter,) = report.meters
    assert all(field is not None and field.repair is None for field in (meter.serial, meter.previous, meter.current, meter.consumption))


def read_beneath(covered: str, *readings: str) -> tuple[Report, list[int]]:
    """A page under whose stamp the last line was read as `covered`, and as each of the readings with the ink faded another way."""
    page = scanned(PRINTED.replace("Директор             Каримов Ш.Р.", covered))
    bottom = [word for word in page.words if word.box.top > 120]
    band = Box.around([word.box for word in bottom])
    asked = []

    def fade(number: int, way: int) -> tuple[Box, tuple[Word, ...]] | None:
        asked.append(way)
        if way >= len(readings):
            return None
        words = scanned(PRINTED.replace("Директор             Каримов Ш.Р.", readings[way])).words
        return band, tuple(word for word in words if band.top <= word.box.middle[1] <= band.bottom)

    (report,) = extract([page], "scan.pdf", fade=fade)
    return report, asked


def test_a_name_under_a_stamp_is_taken_from_the_reading_with_its_ink_faded() -> None:
    report, asked = read_beneath("Директор             Ка~#мо", "Директор             К*", "Директор             Каримов Ш.Р.")
    assert report.signatory is not None
    assert report.signatory.value == "Каримов Ш.Р."
    assert asked == [0, 1]


def test_who_signs_is_read_from_its_row_by_itself_where_ink_hid_it() -> None:
    page = scanned(PRINTED.replace("Директор             Каримов Ш.Р.", "Директор             Ка~#мо"))
    asked = []

    def row(number: int, place: Box) -> tuple[Word, ...]:
        asked.append(place)
        return tuple(word for word in scanned(PRINTED).words if place.top <= word.box.middle[1] <= place.bottom)

    (report,) = extract([page], "scan.pdf", row=row)
    assert report.signatory is not None
    assert report.signatory.value == "Каримов Ш.Р."
    assert len(asked) == 1


def test_the_row_above_a_name_is_read_by_itself_for_its_position() -> None:
    two_lines = PRINTED.replace("Директор             Каримов Ш.Р.", "Директор\n____________ Каримов Ш.Р.")
    page = scanned(two_lines, {"Директор": "~^v^~"})
    page = replace(page, words=tuple(word for word in page.words if word.text != "~^v^~"))

    def row(number: int, place: Box) -> tuple[Word, ...]:
        return tuple(word for word in scanned(two_lines).words if place.top <= word.box.middle[1] <= place.bottom)

    (report,) = extract([page], "scan.pdf", row=row)
    assert report.position is not None
    assert report.position.value == "Директор"


def test_a_position_that_a_pen_crosses_is_told_by_what_is_left_of_its_row() -> None:
    two_lines = PRINTED.replace("Директор             Каримов Ш.Р.", "~^v^~\n____________ Каримов Ш.Р.")
    page = scanned(two_lines)
    page = replace(page, words=tuple(word for word in page.words if word.text != "~^v^~"))

    def row(number: int, place: Box) -> tuple[Word, ...]:
        inside = [word.box for word in scanned(two_lines).words if word.text == "~^v^~" and place.top < word.box.middle[1] < place.bottom]
        return tuple(Word("Бошэнжргтик", 0.1, box) for box in inside)

    (report,) = extract([page], "scan.pdf", row=row)
    assert report.position is not None
    assert (report.position.value, report.position.note) == ("Бош энергетик", "partly covered")


LOST = """
             Отчет о потреблении тепловой энергии за ноябрь 2026 г.

Организация: Школа № 214

Адрес: г. Ташкент, Чиланзарский район, ул. Бунёдкор, 121

Договор № 03117      ИНН 301234567

Дата снятия показаний: 23.11.2026

Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41 Гкал
"""


@pytest.mark.parametrize(("lost", "key"), [("Адрес:", "address"), ("Организация:", "organization")])
def test_a_line_that_was_passed_over_is_read_by_itself_from_the_gap_that_it_left(lost: str, key: str) -> None:
    whole = scanned(LOST)
    line = next(word.box.middle[1] for word in whole.words if word.text == lost)
    page = replace(whole, words=tuple(word for word in whole.words if abs(word.box.middle[1] - line) > 2))
    asked = []

    def row(number: int, place: Box) -> tuple[Word, ...]:
        asked.append(place)
        return tuple(word for word in whole.words if place.top <= word.box.top and word.box.bottom <= place.bottom)

    (report,) = extract([page], "scan.pdf", row=row)
    expected = {"address": "г. Ташкент, Чиланзарский район, ул. Бунёдкор, 121", "organization": "Школа № 214"}[key]
    found = getattr(report, key)
    assert found is not None
    assert found.value == expected
    assert sum(abs(place.middle[1] - line) < 3 for place in asked) == 1


def test_where_no_gap_is_wide_enough_for_a_line_none_is_looked_for() -> None:
    page = scanned("\n".join(line for line in LOST.split("\n") if not line.startswith("Адрес") and line))
    asked = []

    def row(number: int, place: Box) -> tuple[Word, ...]:
        asked.append(place)
        return ()

    (report,) = extract([page], "scan.pdf", row=row)
    assert report.address is None
    assert not [place for place in asked if place.top < next(w.box.top for w in page.words if w.text == "Дата")]


def test_a_name_that_was_read_well_is_not_looked_at_again() -> None:
    report, asked = read_beneath("Директор             Каримов Ш.Р.", "Директор             Коримав Ж.Р.")
    assert report.signatory is not None
    assert report.signatory.value == "Каримов Ш.Р."
    assert asked == []


def test_initials_on_the_next_line_belong_to_the_surname_before_them() -> None:
    wide = PRINTED.replace(
        "Директор             Каримов Ш.Р.",
        "Ответственный за теплохозяйство                                          Каримова\nИ.Т.",
    )
    report = read(scanned(wide), Print(wide))
    assert report.signatory is not None
    assert report.signatory.value == "Каримова И.Т."


@pytest.mark.parametrize(("day", "certain"), [("24.11.2026", True), ("20.12.2026", True), ("26.12.2026", False), ("20.11.2026", False)])
def test_a_report_is_drawn_up_within_a_month_of_its_readings(day: str, certain: bool) -> None:
    text = PRINTED.replace("Дата: 24.11.2026", f"Дата: {day}")
    report = read(scanned(text), Print(text))
    assert report.report_date is not None
    assert report.report_date.certain == certain


def test_who_is_in_charge_is_a_position_where_ink_covers_the_name() -> None:
    report = read(scanned(PRINTED.replace("Директор             Каримов Ш.Р.", "\n" * 20 + "Потребитель: Ответственное лицо ______")), None)
    assert report.position is not None
    assert (report.position.value, report.signatory) == ("Ответственное лицо", None)


@pytest.mark.parametrize(
    ("printed", "position"),
    [
        ("Ответственный за теплово х~#", "Ответственный за тепловое хозяйство"),
        ("Ответственный за узел учёта", "Ответственный за узел учёта"),
    ],
)
def test_a_position_is_completed_from_the_list_only_where_it_goes_on_like_it(printed: str, position: str) -> None:
    report = read(scanned(PRINTED.replace("Директор   ", printed)), Print(PRINTED))
    assert report.position is not None
    assert report.position.value == position


COVERED = PRINTED.replace("593772,09", "~~~~~~~~~")


def test_what_a_stamp_covers_is_read_with_its_ink_faded() -> None:
    def fade(page: int, way: int) -> tuple[Box, tuple[Word, ...]] | None:
        words = scanned(PRINTED).words
        return (Box.around([w.box for w in words]), words) if way == 0 else None

    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        raise AssertionError("nothing is missing any more")

    (report,) = extract([scanned(COVERED)], "scan.pdf", Print(PRINTED), third, fade)
    assert [field.value for field in numbers(report)] == ["593772.09", "593810.50", "38.41"]


def test_a_table_that_was_torn_is_read_cell_by_cell_before_the_whole_page_again() -> None:
    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        raise AssertionError("nothing is missing any more")

    (report,) = extract([scanned(COVERED)], "scan.pdf", Print(PRINTED), third, cells=lambda page: scanned(PRINTED).words)
    assert [field.value for field in numbers(report)] == ["593772.09", "593810.50", "38.41"]


def test_digits_of_a_typewriter_stand_wide_and_are_one_number() -> None:
    page = typed("Зав. № 1130400", source=PageSource.OCR, confidence=0.9)
    serial = page.words[-1]
    thin = tuple(Box(b.left + 0.28 * b.width, b.top, b.right - 0.28 * b.width, b.bottom) for b in serial.symbols)
    (line,) = lines_of(replace(page, words=(*page.words[:-1], replace(serial, symbols=thin))))
    assert line.tokens[-1].text == "1130400"


def test_three_numbers_that_all_lost_their_comma_close_and_are_taken_with_it() -> None:
    lost = {"593772,09": "59377209", "593810,50": "59381050", "38,41": "3841"}
    report = read(scanned(PRINTED, lost), Print(PRINTED))
    assert [field.value for field in numbers(report)] == ["593772.09", "593810.50", "38.41"]
    assert all(field.repair is not None for field in numbers(report))


def test_a_comma_that_one_reader_sees_in_one_of_three_numbers_leaves_them_open() -> None:
    lost = {"593772,09": "59377209", "593810,50": "59381050", "38,41": "3841"}
    report = read(scanned(PRINTED, lost), Print(PRINTED, {"593772,09": "59377209", "593810,50": "59381050"}))
    assert not any(field.certain for field in numbers(report))


def test_a_further_reading_that_closes_only_without_its_commas_is_not_taken() -> None:
    torn, lost = {"593772,09": "593773,09"}, {"593772,09": "59377209", "593810,50": "59381050", "38,41": "3841"}
    (report,) = extract([scanned(PRINTED, torn)], "scan.pdf", Print(PRINTED), cells=lambda page: scanned(PRINTED, lost).words)
    assert [field.value for field in numbers(report)] == ["593772.09", "593810.50", "38.41"]


PARTED = PRINTED.replace("593772,09 ", "593 772,09").replace("593810,50 ", "593 810,50")
BEHEADED = PRINTED.replace("593772,09", "   772,09").replace("593810,50", "   810,50")
SPECKLED = PRINTED.replace("593772,09  ", "593 ‹ 772,09").replace("593810,50  ", "593 ‹ 810,50")


def test_indexes_that_both_lost_their_thousands_add_up_and_are_taken_with_them() -> None:
    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        return scanned(PARTED).words

    head = "Зав. №       Предыдущие     Текущие        Расход"
    (report,) = extract([scanned(BEHEADED.replace(head, "~~~"))], "scan.pdf", Print(PARTED), third)
    assert [field.value for field in numbers(report)] == ["593772.09", "593810.50", "38.41"]


def test_a_number_with_dirt_between_its_thousands_is_not_certain_to_be_whole() -> None:
    assert not any(field.certain for field in numbers(read(scanned(SPECKLED), Print(SPECKLED)))[:2])


HEADLESS = PRINTED.replace("Зав. №       Предыдущие     Текущие        Расход", "~~~~~~")


def test_numbers_whose_columns_have_no_names_are_certain_once_a_further_reading_has_the_names() -> None:
    assert not any(field.certain for field in numbers(read(scanned(HEADLESS), Print(PRINTED))))
    (report,) = extract([scanned(HEADLESS)], "scan.pdf", Print(PRINTED), cells=lambda page: scanned(PRINTED).words)
    assert all(field.certain for field in numbers(report))


def test_a_head_that_was_not_read_is_looked_for_right_above_its_numbers() -> None:
    asked = []

    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        asked.append(top)
        return tuple(word for word in scanned(PRINTED).words if top <= word.box.middle[1] <= bottom)

    assert all(field.certain for field in numbers(read(scanned(HEADLESS), Print(PRINTED), third)))
    head = next(word for word in scanned(PRINTED).words if word.text == "Расход")
    assert all(0 < top < head.box.top for top in asked)


def test_the_number_of_a_model_gives_way_to_the_serial_that_a_further_reading_has() -> None:
    (report,) = extract(
        [scanned(PRINTED.replace("4411223", "603    ").replace("ООО «Сув Йўли»", "~~~~~~~ ~~~~"))],
        "scan.pdf",
        Print(PRINTED),
        cells=lambda page: scanned(PRINTED).words,
    )
    (meter,) = report.meters
    assert meter.serial is not None
    assert meter.serial.value == "4411223"


ROWS = """
Сведения о потреблении тепловой энергии за ноябрь 2026 г.
1.  Организация            ООО «Сув Йўли»
3.  Дог. №                 {contract}
5.  Дата показаний         23.11.2026
    Гкал
Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41
5522334      1200,40        1250,50        50,10
{total}

Дата: 24.11.2026
Директор             Каримов Ш.Р.
"""


def test_the_number_of_a_row_before_the_contracts_label_is_no_contract() -> None:
    torn = ROWS.format(contract="", total="")
    assert read(scanned(torn), Print(torn)).contract_number is None


def test_a_contract_of_fewer_digits_gives_way_to_a_further_reading_of_all() -> None:
    torn, whole = (ROWS.format(contract=contract, total="") for contract in ("7", "05754"))
    report = read(scanned(torn), Print(whole), lambda number, top, bottom: scanned(whole).words)
    assert report.contract_number is not None
    assert report.contract_number.value == "05754"


def test_a_unit_that_the_page_tells_once_leaves_nothing_open() -> None:
    asked: list[int] = []

    def third(number: int, top: float, bottom: float) -> tuple[Word, ...]:
        asked.append(number)
        return ()

    text = ROWS.format(contract="05754", total="")
    report = read(scanned(text), Print(text), third)
    assert [str(line.unit) for line in report.meters] == ["Gcal", "Gcal"]
    assert not asked


def test_a_further_reading_with_one_more_row_of_noise_takes_no_whole_meters_place() -> None:
    text = ROWS.format(contract="", total="")
    noisy = ROWS.format(contract="05754", total="5522334      90                            88,51")
    report = read(scanned(text), Print(text), lambda number, top, bottom: scanned(noisy).words)
    assert [line.serial and line.serial.value for line in report.meters] == ["4411223", "5522334"]
    assert report.contract_number is not None


def test_few_digits_that_add_up_in_one_of_many_ways_are_never_certain() -> None:
    torn = PRINTED.replace("593772,09", "143,9    ").replace("593810,50", "151      ").replace("38,41", "9,1  ")
    misread = {"143.9": "143.8", "9,1": "7,1", "143,9": "143,8"}
    report = read(scanned(torn), Print(torn, misread), lambda number, top, bottom: scanned(torn.replace("9,1", "7,1")).words)
    assert not any(number.certain for number in numbers(report))


@pytest.mark.parametrize("mark", ["М | П.", f"м\n{' ' * 46}. у"])
def test_a_mark_for_the_stamp_that_a_bar_or_a_lines_end_parts_loses_no_page(mark: str) -> None:
    text = PRINTED.replace("Каримов Ш.Р.", f"Каримов Ш.Р.            {mark}")
    assert read(scanned(text), Print(text)).contract_number is not None


TWO_ROWS = """
Договор № 03117
Дата снятия показаний: 23.11.2026

Зав. №       Предыдущие     Текущие        Расход
{rows}

Дата: 24.11.2026
Директор             Каримов Ш.Р.
"""
FIRST_ROW = "4411223      593772,09      593810,50      38,41 Гкал"
SECOND_ROW = "5522334      1200,40        1250,50        50,10 Гкал"


def test_a_row_that_only_a_further_reading_has_is_a_meter_of_its_own() -> None:
    torn = FIRST_ROW.replace("593772,09", "         ").replace("4411223", "       ")
    first, second = TWO_ROWS.format(rows=f"{torn}\n\n"), TWO_ROWS.format(rows=f"\n{SECOND_ROW}\n")
    printed = TWO_ROWS.format(rows=f"{FIRST_ROW}\n{SECOND_ROW}\n")
    report = read(scanned(first), Print(printed), lambda number, top, bottom: scanned(second).words)
    second_meter = [line for line in report.meters if line.serial is not None and line.serial.value == "5522334"]
    assert [line.consumption and line.consumption.value for line in second_meter] == ["50.10"]
    assert any(line.consumption is not None and line.consumption.value == "38.41" for line in report.meters)


def test_a_total_that_the_digit_reader_surely_sees_otherwise_is_taken_as_that_sees_it() -> None:
    printed = ROWS.format(contract="05754", total="Итого                                       88,51")
    report = read(scanned(printed, {"88,51": "58,51"}), Print(printed))
    assert [total.value.value for total in report.totals] == ["88.51"]
    assert report.totals[0].value.repair == Repair("58.51", "88.51", RepairReason.READERS)


def test_a_serial_of_few_digits_on_a_picture_may_be_half_of_one() -> None:
    text = PRINTED.replace("4411223", "296    ")
    report = read(scanned(text), Print(text))
    assert report.meters[0].serial is None or not report.meters[0].serial.certain
    assert all(number.certain for number in numbers(report))


def test_one_date_without_a_label_is_not_surely_two_dates() -> None:
    text = PRINTED.replace("Дата снятия показаний: 23.11.2026", "                       23.11.2026").replace("Дата: 24.11.2026", "")
    report = read(scanned(text), Print(text))
    assert not (report.report_date and report.report_date.certain and report.reading_date and report.reading_date.certain)


def test_a_meter_all_of_whose_numbers_were_misread_is_the_one_of_its_row() -> None:
    torn = SECOND_ROW.replace("1200,40", "1299,49").replace("1250,50", "12595  ").replace("50,10 Гкал", "59,19")
    first, printed = (TWO_ROWS.format(rows=f"{FIRST_ROW}\n{row}\n") for row in (torn, SECOND_ROW))
    report = read(scanned(first), Print(printed), lambda number, top, bottom: scanned(printed).words)
    assert [line.consumption and line.consumption.value for line in report.meters] == ["38.41", "50.10"]


def test_a_report_is_not_surely_drawn_up_before_its_readings() -> None:
    text = PRINTED.replace("Дата: 24.11.2026", "Дата: 22.11.2026")
    report = read(scanned(text), Print(text))
    assert report.report_date is not None
    assert not report.report_date.certain


def test_a_rows_number_beside_the_serial_is_no_digit_of_it() -> None:
    counted = PRINTED.replace("Зав. №  ", "Зав. №").replace("4411223  ", "2 4411223")
    (meter,) = read(scanned(counted), Print(counted)).meters
    assert meter.serial is not None
    assert (meter.serial.value, meter.serial.certain) == ("4411223", True)


def test_a_serial_put_together_from_parts_is_not_certain() -> None:
    parted = PRINTED.replace("4411223", "44 11223")
    (meter,) = read(scanned(parted), Print(PRINTED)).meters
    assert meter.serial is not None
    assert not meter.serial.certain


WATER = PRINTED.replace("Расход\n", "Расход        Вид\n").replace(
    "38,41 Гкал\n", "38,41 Гкал   Отопление\n5522334      48098,62       48203,28       104,66 {}   ГВС\n"
)


@pytest.mark.parametrize("read_as", ["м3", "m8", "ms", "тз", "|м", "~"])
def test_cubic_metres_of_hot_water_are_never_taken_for_the_heat_of_another_row(read_as: str) -> None:
    page = WATER.format(read_as)
    units = [meter.unit for meter in read(scanned(page), Print(page)).meters]
    assert units == [Unit.GCAL, Unit.M3]


@pytest.mark.parametrize(
    ("read_as", "unit"),
    [
        ("Tkan", Unit.GCAL), ("Гкаи", Unit.GCAL), ("Gkal/Tkan", Unit.GCAL), ("TK", Unit.GJ), ("ГДк", Unit.GJ), ("кВт: соат", Unit.KWH),
        ("МВг-ч", Unit.MWH),
    ],
)  # fmt: skip
def test_a_torn_unit_is_the_one_that_it_is_like(read_as: str, unit: Unit) -> None:
    page = PRINTED.replace("Гкал", read_as)
    (meter,) = read(scanned(page), Print(page)).meters
    assert meter.unit is unit


@pytest.mark.parametrize("load", ["0,38 Ткан/ч", "0,38 TK-12"])
def test_a_torn_load_is_no_unit_of_a_meter(load: str) -> None:
    page = PRINTED.replace("38,41 Гкал", "38,41").replace("Дата снятия", f"Нагрузка {load}\nДата снятия")
    (meter,) = read(scanned(page), Print(page)).meters
    assert meter.unit is None


def test_a_surname_of_four_letters_is_no_torn_unit() -> None:
    page = PRINTED.replace("Каримов Ш.Р.", "Тхай Ш.Р.")
    report = read(scanned(page), Print(page))
    assert report.signatory is not None
    assert report.signatory.value == "Тхай Ш.Р."


def test_meters_that_all_add_up_give_way_to_no_further_reading_that_took_their_rows_apart() -> None:
    journal = PRINTED.replace("Каримов Ш.Р.", "")
    rows = "".join(f"\n4411223                     59{n}810,50      38,41 Гкал" for n in range(4))
    torn = journal.replace("\n4411223      593772,09      593810,50      38,41 Гкал", rows)
    report = read(scanned(journal), Print(journal), lambda page, top, bottom: scanned(torn).words)
    assert [field.value for field in numbers(report)] == ["593772.09", "593810.50", "38.41"]


def test_the_date_behind_another_label_is_not_that_of_a_torn_one() -> None:
    torn = PRINTED.replace("Дата снятия показаний: 23.11.2026", "Показания сняты 23 .©026 Протокол от 24.11.2026")
    report = read(scanned(torn), Print(torn))
    assert report.reading_date is None or not report.reading_date.certain


def test_a_torn_energy_with_its_unit_in_brackets_is_energy() -> None:
    page = """
Теплосчетчик ВИСТ Сер.ном. 4411223
Отопление нарастающим итогом     Чтеп[Гкал.]     61[т]
23.11.2026 24:00                 25706,15        26941,79
23.10.2026 00:00                 25538,65        22044,58
Итого                            167,50          4897,21
"""
    (meter,) = read(scanned(page), Print(page)).meters
    assert meter.current is not None
    assert meter.current.value == "25706.15"


def test_the_cubic_metres_of_another_row_are_no_unit_of_heat() -> None:
    page = WATER.format("м3").replace("38,41 Гкал", "38,41 6)  ")
    units = [meter.unit for meter in read(scanned(page), Print(page)).meters]
    assert units == [None, Unit.M3]


def read_beside(first: str, *readings: str) -> tuple[Report, int]:
    """A page whose last line was read as `first`, and what is beside its signature as each of the readings; how many were asked for."""
    page = scanned(PRINTED.replace("Директор             Каримов Ш.Р.", first))
    asked = 0

    def name(number: int, row: Box) -> Iterator[tuple[Word, ...]]:
        nonlocal asked
        for text in readings:
            asked += 1
            words = scanned(PRINTED.replace("Директор             Каримов Ш.Р.", text)).words
            yield tuple(word for word in words if row.top <= word.box.middle[1] <= row.bottom and word.text != "Директор")

    (report,) = extract([page], "scan.pdf", name=name)
    return report, asked


def test_a_name_that_ink_hides_is_what_two_readings_beside_the_signature_say() -> None:
    said = [f"Директор             {name}" for name in ("Каримоб Ш.Р.", "Каримов Ш.Р.", "", "Каримов Ш.Р.", "Каримоб Ш.Р.")]
    report, asked = read_beside("Директор             Ка~#мо", *said)
    assert report.signatory is not None
    assert report.signatory.value == "Каримов Ш.Р."
    assert asked == 4


def test_a_name_that_was_read_well_is_not_looked_at_beside_the_signature() -> None:
    report, asked = read_beside("Директор             Каримов Ш.Р.", "Директор             Коримав Ш.Р.")
    assert report.signatory is not None
    assert (report.signatory.value, asked) == ("Каримов Ш.Р.", 0)


def test_beneath_ink_no_name_is_looked_for_that_two_readings_beside_the_signature_say() -> None:
    whole = scanned(PRINTED)
    name = [word for word in whole.words if word.box.top > 120 and word.text != "Директор"]
    pale = tuple(replace(word, confidence=0.8) for word in name)
    page = replace(whole, words=(*(word for word in whole.words if word not in name), *pale))
    faded: list[int] = []

    def fade(number: int, way: int) -> None:
        faded.append(way)

    (report,) = extract([page], "scan.pdf", fade=fade, name=lambda number, row: iter([pale]))
    assert report.signatory is not None
    assert (report.signatory.value, faded) == ("Каримов Ш.Р.", [])
    extract([page], "scan.pdf", fade=fade)
    assert faded


def test_a_picture_on_which_no_words_were_read_is_not_read_in_other_ways() -> None:
    page = scanned("| = ~ 12 .. / —\n  ge *  <442  \nво 3\n")

    def ask(*asked: object) -> None:
        raise AssertionError(f"read once more: {asked}")

    (report,) = extract([page], "carpet.jpg", fade=ask, third=ask, cells=ask, block=ask, row=ask, name=ask)  # type: ignore[arg-type]
    assert not report.meters


@pytest.mark.parametrize(("previous", "certain"), [("4726,10", False), ("4726,1 ", True)])
def test_numbers_that_may_have_lost_their_last_digits_are_not_certain(previous: str, certain: bool) -> None:
    page = PRINTED.replace("593772,09", f"{previous}  ").replace("593810,50", "4968,5   ").replace("38,41 Гкал", "242,4 Гкал")
    assert {field.certain for field in numbers(read(scanned(page), Print(page)))} == {certain}


@pytest.mark.parametrize(
    ("day", "behind", "told"),
    [
        ("23.11.2026", "1310,75 Гкал, предыдущее показание (на 24.10.2026 г.) — 1204,50 Гкал. Расход 106,25 Гкал.", "2026-11-23"),
        ("24.10.2026", "1204,50 Гкал, на 23.11.2026 г. — 1310,75 Гкал. Расход 106,25 Гкал.", "2026-11-23"),
    ],
)
def test_a_serial_may_stand_between_the_word_for_readings_and_their_day(day: str, behind: str, told: str) -> None:
    page = (
        "Исх. № 423 от 24.11.2026 г.\nПросим принять отчет по договору № 03117 за ноябрь месяц\n2026 года.\n"
        f"Показания теплосчетчика Ultraheat UH50 (зав. № 62809178, отопление) на {day} г. составили\n{behind}"
    )
    report = read(scanned(page), Print(page))
    assert report.reading_date is not None
    assert (report.reading_date.value, report.reading_date.certain) == (told, True)
