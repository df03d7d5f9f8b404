"""Dates of a scan are read twice: what ink, a lost mark or the other reader leaves open is no certain day."""

from __future__ import annotations

import pytest

from metering.pages import Box, Word
from metering.reports import SecondReading
from parsers.certainty.dates import confirmed_elsewhere, date_field
from parsers.certainty.opinions import Readers
from parsers.fields import extract
from parsers.page.found import Found
from parsers.page.lines import lines_of
from tests.parsers.read_twice import PRINTED, Print, read, scanned


@pytest.mark.parametrize(("behind", "certain"), [("24:00", True), ("00:00", False), ("26 Гкал", False), ("", False)])
def test_the_time_of_day_behind_a_date_is_no_further_digit_of_it(behind: str, certain: bool) -> None:
    text = PRINTED.replace("23.11.2026", f"23.11.26 {behind}")
    report = read(scanned(text), Print(text, wider={"23.11.26": "23.11.262"}))
    assert report.reading_date is not None
    assert (report.reading_date.value, report.reading_date.certain) == ("2026-11-23", certain)


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


@pytest.mark.parametrize(("faded", "note"), [("24.11.2026", None), ("24.11.2926", "partly covered")])
def test_the_date_of_a_report_is_read_with_the_ink_over_it_faded_also_where_its_year_is_torn(faded: str, note: str | None) -> None:
    whole = scanned(PRINTED.replace("24.11.2026", faded))
    bottom = Box.around([word.box for word in whole.words if word.box.top > 120])
    page = scanned(PRINTED.replace("Дата: 24.11.2026", "~^v^~"))

    def fade(number: int, way: int) -> tuple[Box, tuple[Word, ...]] | None:
        return (bottom, tuple(word for word in whole.words if word.box.top > 120)) if way == 0 else None

    (report,) = extract([page], "scan.pdf", fade=fade)
    assert report.report_date is not None
    assert (report.report_date.value, report.report_date.note) == ("2026-11-24", note)


def test_a_report_that_seems_drawn_up_before_its_month_leaves_the_readings_day_certain() -> None:
    torn = PRINTED.replace("Дата: 24.11.2026", "Дата составления: 24.11.20")
    report = read(scanned(torn), Print(torn))
    assert report.reading_date is not None
    assert report.reading_date.certain
    assert report.report_date is not None
    assert not report.report_date.certain


@pytest.mark.parametrize(("day", "certain"), [("24.11.2026", True), ("20.12.2026", True), ("26.12.2026", False), ("20.11.2026", False)])
def test_a_report_is_drawn_up_within_a_month_of_its_readings(day: str, certain: bool) -> None:
    text = PRINTED.replace("Дата: 24.11.2026", f"Дата: {day}")
    report = read(scanned(text), Print(text))
    assert report.report_date is not None
    assert report.report_date.certain == certain


def test_one_date_without_a_label_is_not_surely_two_dates() -> None:
    text = PRINTED.replace("Дата снятия показаний: 23.11.2026", "                       23.11.2026").replace("Дата: 24.11.2026", "")
    report = read(scanned(text), Print(text))
    assert not (report.report_date and report.report_date.certain and report.reading_date and report.reading_date.certain)


def test_a_report_is_not_surely_drawn_up_before_its_readings() -> None:
    text = PRINTED.replace("Дата: 24.11.2026", "Дата: 22.11.2026")
    report = read(scanned(text), Print(text))
    assert report.report_date is not None
    assert not report.report_date.certain


def test_the_date_behind_another_label_is_not_that_of_a_torn_one() -> None:
    torn = PRINTED.replace("Дата снятия показаний: 23.11.2026", "Показания сняты 23 .©026 Протокол от 24.11.2026")
    report = read(scanned(torn), Print(torn))
    assert report.reading_date is None or not report.reading_date.certain


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


@pytest.mark.parametrize(("day", "certain"), [("19.02.2026", True), ("09.02.2026", False), ("08.01.2026", True)])
def test_a_meters_day_that_one_misread_digit_makes_another_than_the_pages_is_not_certain(day: str, certain: bool) -> None:
    printed = f"""
Договор № 03117
Дата снятия показаний: 19.02.2026
Отопление, зав. № 4411223: показание на {day} текущее 593810,50, предыдущее 593772,09, расход 38,41 Гкал
ГВС, зав. № 5522334: показание на 19.02.2026 текущее 1250,50, предыдущее 1200,40, расход 50,10 м3
"""
    first = read(scanned(printed), Print(printed)).meters[0]
    assert first.reading_date is not None
    assert (first.reading_date.value, first.reading_date.certain) == ("-".join(reversed(day.split("."))), certain)
