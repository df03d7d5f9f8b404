"""What no label names is told by the sum that it closes or by its form, and is never certain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.handwriting import HandReading, WrittenText
from metering.pages import Box
from parsers.fields import extract
from parsers.handwritten.by_sum import numbers_by_sum
from parsers.handwritten.lines import Place, without_loops
from parsers.handwritten.unlabelled import speaks_of_readings
from parsers.handwritten.writing import read_place
from parsers.page.found import NUMBERS
from parsers.page.marked import mark
from tests.parsers.handwritten.test_pages import LABELS, VALUES, page, writing
from tests.parsers.handwritten.test_places import page_of, words
from tests.parsers.handwritten.test_values import number

LOST = "Ххх ххх"


def read(lost: dict[float, str], values: dict[float, str] = VALUES):  # type: ignore[no-untyped-def]
    sheet = page({top: text for top, text in (LABELS | lost).items() if top > min(LABELS)})  # without its title
    (report,) = extract([sheet], "form.pdf", writing=writing(sheet, 0.95, values=values))
    return report


@pytest.mark.parametrize("lost", [(300.0, 350.0), (350.0, 400.0), (300.0, 400.0)], ids=["first two", "last two", "first and last"])
def test_the_sum_tells_which_numbers_stand_on_lines_without_a_label(lost: tuple[float, ...]) -> None:
    (meter,) = read(dict.fromkeys(lost, LOST)).meters
    assert [getattr(meter, name).value for name in ("previous", "current", "consumption")] == ["1284.37", "1331.92", "47.55"]


def test_numbers_that_do_not_add_up_are_none_of_the_meter_s() -> None:
    (meter,) = read({350.0: LOST, 400.0: LOST}, VALUES | {400.0: "48,55"}).meters
    assert meter.current is None
    assert meter.consumption is None


def test_a_contract_and_a_date_are_told_by_their_form_and_are_not_certain() -> None:
    report = read({200.0: LOST, 450.0: LOST}, VALUES | {450.0: "23,11,2026"})
    assert report.contract_number is not None
    assert report.contract_number.value == "00417"
    assert not report.contract_number.certain
    assert report.reading_date is not None
    assert report.reading_date.value == "2026-11-23"
    assert not report.reading_date.certain


@pytest.mark.parametrize(("written", "found"), [("24,11,2026", "2026-11-24"), ("22,11,2026", None), ("24,12,2026", None)])
def test_a_report_s_date_whose_label_the_stamp_hides_is_the_one_soon_after_the_readings(written: str, found: str | None) -> None:
    labels = {450.0: "Дата снятия показаний", 550.0: LOST}
    report = read(labels, VALUES | {450.0: "23,11,2026", 550.0: written})
    assert (report.report_date.value if report.report_date is not None else None) == found
    assert report.report_date is None or not report.report_date.certain
    assert report.reading_date is not None
    assert report.reading_date.certain == (found is not None)


@pytest.mark.parametrize(("before", "open_to_register"), [("Ko'rsatkichlar", True), (LOST, False)])
def test_the_register_may_confirm_a_day_before_which_the_word_for_readings_stands(before: str, open_to_register: bool) -> None:
    """«Ko'rsatkichlar ____ holatiga»; another day that no label names may be anybody's."""
    labels = {450.0: before, 500.0: "Дата составления отчёта"}
    report = read(labels, VALUES | {450.0: "23,11,2026", 500.0: "24,11,2026"})
    assert report.reading_date is not None
    found = report.reading_date
    assert (found.value, found.certain, found.digits_sure) == ("2026-11-23", False, open_to_register)


def test_the_word_for_readings_may_end_the_line_above_and_is_no_title_s() -> None:
    place = Box(60, 216, 180, 236)
    for above, speaks in (("Иссиқлик ҳисоблагичи кўрсаткичлар", True), ("Кўрсаткичлар далолатномаси", False), ("Шартнома №", False)):
        sheet = mark(page_of([*words(above, 80, 200), *words("ҳолатига", 190, 222)]))
        assert speaks_of_readings(sheet, place) is speaks
    lone = mark(page_of(words("Иссиқлик ҳисоблагичи кўрсаткичлар", 80, 150)))
    assert not speaks_of_readings(lone, place)


def test_a_typed_day_of_the_readings_tells_no_report_s_date_by_hand() -> None:
    """The report's date has a label and no date in its place; that of the readings was printed, so no hand is asked for it."""
    labels = {450.0: "Дата снятия показаний 23.11.2026", 500.0: "Дата составления отчёта"}
    sheet = page({top: text for top, text in (LABELS | labels).items() if top > min(LABELS)})
    asked = writing(sheet, 0.95, values=VALUES | {500.0: "1"})
    look = lambda number, place, boxed: 0.0 if place.top <= 455 <= place.bottom else asked.look(number, place, boxed)  # noqa: E731
    (report,) = extract([sheet], "form.pdf", writing=replace(asked, look=look))
    assert report.reading_date is not None
    assert (report.reading_date.value, report.report_date) == ("2026-11-23", None)


def test_of_two_that_may_be_the_contract_none_is_taken() -> None:
    assert read({200.0: LOST, 450.0: LOST}, VALUES | {450.0: "12345"}).contract_number is None


def test_the_sum_tells_that_a_label_stands_before_another_value() -> None:
    """«Ой бошида № [serial] ҳисоблагич [previous] Гкал кўрсатган»: the label's own blank holds the serial."""
    (meter,) = read({250.0: "Предыдущее показание, Гкал", 300.0: LOST}).meters
    read_as = [getattr(meter, name).value for name in ("serial", "previous", "current", "consumption")]
    assert read_as == ["1306457", "1284.37", "1331.92", "47.55"]
    assert [meter.previous.certain, meter.current.certain] == [False, True]


def test_a_day_behind_the_label_of_an_index_is_that_of_the_readings_and_the_index_stands_elsewhere() -> None:
    """«Показание на [day] — [index] Гкал»."""
    sheet = page({top: text for top, text in (LABELS | {450.0: LOST}).items() if top > min(LABELS)})
    asked = writing(sheet, 0.95, values=VALUES | {350.0: "", 450.0: "1331,92"})

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        if not place.top <= 355 <= place.bottom:
            return asked.hand(number, place, boxed, dated)
        return HandReading((WrittenText("25,10,2026", (0.0, 0.0)), WrittenText("25102026", (8.0, 8.0))), ("25,10,2026",) * 2, 0.9)

    (report,) = extract([sheet], "form.pdf", writing=replace(asked, hand=hand))
    assert report.reading_date is not None
    assert (report.reading_date.value, report.reading_date.certain) == ("2026-10-25", False)


def test_small_numbers_add_up_by_chance() -> None:
    (meter,) = read({300.0: LOST, 350.0: LOST, 400.0: LOST}, VALUES | {300.0: "10", 350.0: "12", 400.0: "2"}).meters or (None,)
    assert meter is None or meter.current is None


def test_a_number_in_the_place_for_a_date_is_none_and_of_two_dates_the_later_one_is_the_reading_s() -> None:
    report = read({450.0: LOST, 470.0: LOST, 500.0: "Дата"}, VALUES | {450.0: "25,10,2026", 470.0: "23,11,2026", 500.0: "24,11,2026"})
    assert report.reading_date is not None
    assert report.reading_date.value == "2026-11-23"


def test_the_taxpayer_s_number_is_told_by_its_nine_digits() -> None:
    report = read({150.0: "ИНН", 450.0: LOST}, VALUES | {150.0: "1", 450.0: "301234567"})
    assert report.inn is not None
    assert (report.inn.value, report.inn.certain) == ("301234567", False)


def test_another_number_that_would_add_up_does_not_replace_what_the_page_states() -> None:
    (meter,) = read({450.0: LOST}, VALUES | {400.0: "48,55", 450.0: "47,55"}).meters
    assert (meter.consumption.value, meter.consumption.certain, meter.current.certain) == ("48.55", False, False)


def test_three_numbers_that_add_up_where_no_label_names_any_are_not_certain() -> None:
    texts = ("1284,37", "1331,92", "47,55")
    free = [replace(number((text, 0, 0)), place=Box(100, 100 + 40 * n, 200, 120 + 40 * n)) for n, text in enumerate(texts)]
    found = numbers_by_sum({}, free)
    assert [found[name].values[0].text for name in NUMBERS] == ["1284.37", "1331.92", "47.55"]
    assert not any(written.alike for written in found.values())
    assert all(written.alike for written in numbers_by_sum({"previous": free[0]}, free[1:]).values())


def test_numbers_on_a_line_that_names_a_mass_are_none_of_the_meter_s() -> None:
    (meter,) = read({300.0: LOST, 350.0: "Масса, т", 400.0: LOST}).meters or (None,)
    assert meter is None or meter.current is None


def test_a_reading_in_which_a_unit_by_hand_stands_gives_way_to_the_shorter_one() -> None:
    sheet, long, short = page(), Box(100, 290, 500, 312), Box(100, 290, 200, 312)

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        cost = 0.0 if place == short else 6.0
        return HandReading((WrittenText("1284,37", (cost, cost)),), ("1284,37", "1284,37"), 0.9)

    asked = replace(writing(sheet, 0.95), hand=hand)
    both, alone = Place(long, boxed=False, others=(short,)), Place(long, boxed=False)
    read = [read_place(1, "previous", place, asked) for place in (both, alone)]
    assert [w.place if w is not None else None for w in read] == [short, long]


def test_the_loop_of_a_large_digit_is_no_box_and_boxes_beside_each_other_are() -> None:
    loop, row = Box(190, 248, 204, 260), [Box(60 + 12 * n, 300, 71 + 12 * n, 312) for n in range(5)]
    assert without_loops([loop, *row]) == row
