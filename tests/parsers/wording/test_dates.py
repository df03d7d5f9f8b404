"""Dates and months as forms, people and calculators write them, in three alphabets."""

import datetime as dt

import pytest

from metering.periods import Period
from parsers.wording.dates import find_dates, find_months, find_short_dates, first_day, period_of_span

DAY = dt.date(2026, 10, 25)


@pytest.mark.parametrize(
    "text",
    [
        "25.10.2026", "25.10.26", "25/10/2026", "25/10/26г.", "25-10-2026", "2026-10-25", "2026.10.25", "25.10.2026 г.",
        "25.10.2026й.", "25.10.2026-y.",
        "25 октября 2026 г.", "«25» октября 2026 г.", '" 25 " 10 2026г', "25 окт. 2026", "25/10-2026", "« 25 » «X» 20«26» г.",
        "25.X.2026",
        "2026 yil 25 oktabr", "2026-yil 25-oktyabr", "2026 yil 25-oktyabrdagi", "25-oktabr 2026-yil", "2026 йил 25 октябрь",
        "2026-йил 25-октябр", "2026-у11 25-oktabr", "2026-y1l 25-oktabr", "2026-йЙил 25-октябр", "25.Х.2026",
        "2026 Hun 25 октябрь", "2026-yil oktabr oyining 25-sanasida", "2026 йил октябрь ойининг 25 куни",
        "25.10.2026 24:00:00", "25,10.2026", "25.102026",
    ],
)  # fmt: skip
def test_a_date_is_found(text: str) -> None:
    assert [found.date for found in find_dates(text)] == [DAY]


@pytest.mark.parametrize(
    "text",
    [
        "0.04-40.00", "71-200-00-00", "12 11 2026 1205", "25102026", "32.10.2026", "25.13.2026", "1.284,37", "2026 йил октябрь", "10.2026",
        "22/91, 2025", "№ 1/12, 2026 йил", "2026 Hun 25 ябрь", "10 х 20 26", "25.ш1.2026", "19-12/42", "19/12-42",
    ],
)  # fmt: skip
def test_what_is_no_date_stays_out(text: str) -> None:
    assert find_dates(text) == []


def test_a_date_that_lost_both_marks_is_one_behind_on_alone() -> None:
    (found,) = find_dates("на 20112026 24:00:00")
    assert (found.date, found.repaired) == (dt.date(2026, 11, 20), True)
    assert not find_dates("зав. № 20112026")
    assert not find_dates("на 45132026")


def test_a_date_read_with_a_lost_mark_says_so() -> None:
    assert find_dates("25.102026")[0].repaired
    assert not find_dates("25.10.2026")[0].repaired


@pytest.mark.parametrize("text", ["Исх. № 369 от 24:11.2025", "24.11:2025"])
def test_a_point_with_a_speck_over_it_is_a_dates_and_never_sure(text: str) -> None:
    (found,) = find_dates(text)
    assert (found.date, found.repaired) == (dt.date(2025, 11, 24), True)
    assert not find_dates("24:00:2025")
    assert not find_dates("12:30 2025")


@pytest.mark.parametrize(
    ("text", "month", "repaired"),
    [("22.ХП.2025", 12, True), ("17.X1.2025", 11, True), ("08.Ш.2025", 3, True), ("24.ХI.2025", 11, False), ("7-У-2025", 5, False)],
)
def test_a_roman_month_is_known_in_letters_like_its_own(text: str, month: int, repaired: bool) -> None:
    (found,) = find_dates(text)
    assert (found.date.month, found.repaired) == (month, repaired)


@pytest.mark.parametrize("text", ["61.11.2026", "91.11.26 00:00", "01.81.2026"])
def test_a_zero_with_a_dot_or_a_stroke_is_seen_in_an_impossible_day_and_is_never_sure(text: str) -> None:
    (found,) = find_dates(text)
    assert found.repaired
    assert found.date in (dt.date(2026, 11, 1), dt.date(2026, 1, 1))


@pytest.mark.parametrize(
    "text",
    ["за октябрь 2026 г.", "октябрь месяц 2026 года", "за «октябрь» 2026 г.", "за окт.2026г", "за 10.2026.", "X.2026",
    "10 мес 26 г.", "2026-yil oktabr oyi uchun",
     "oktabr 2026", "2026 йил октябрь ойи", "2026 йил октябр"],
)  # fmt: skip
def test_a_month_is_found(text: str) -> None:
    assert [found.period for found in find_months(text)] == [Period(2026, 10)]


@pytest.mark.parametrize("text", ["25 октября 2026", "25.10.2026", "майдон 2026", "март"])
def test_what_is_no_month_of_a_year_stays_out(text: str) -> None:
    assert find_months(text) == []


def test_a_span_names_the_month_of_its_end() -> None:
    assert period_of_span(dt.date(2026, 10, 26), dt.date(2026, 11, 25)) == Period(2026, 11)
    assert period_of_span(dt.date(2026, 11, 1), dt.date(2026, 12, 1)) == Period(2026, 11)


def test_a_day_and_month_take_the_year_that_is_told_elsewhere() -> None:
    assert [found.date for found in find_short_dates("25-10", 2026)] == [DAY]


def test_hostile_text_does_not_hold_the_reader_up() -> None:
    text = "1.1." * 5_000 + " " * 5_000 + "20" * 5_000 + "январ" * 2_000
    assert isinstance(find_dates(text), list)
    assert isinstance(find_months(text), list)


@pytest.mark.parametrize(
    ("torn", "day"),
    [("19.#%,202", 19), (": 25 1) 2026", 25), ("« » ____ 20__ г.", None), ("20 г.", None), ("2026 йил", None), ("42.", None), ("ST", None)],
)
def test_the_day_of_a_torn_date_is_told_and_what_is_printed_of_a_blank_is_none(torn: str, day: int | None) -> None:
    assert first_day(torn) == day


def test_a_year_of_the_next_day_is_not_that_of_the_one_before() -> None:
    assert [found.date for found in find_dates("за 2025 год 25 октября 2026 г.")] == [DAY]


def test_a_day_behind_a_word_that_is_likely_misread_is_mended() -> None:
    assert [found.repaired for found in find_dates("2026 Hun 25 октябрь, 2026 йил 25 октябрь")] == [True, False]
