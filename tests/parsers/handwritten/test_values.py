"""What two readers of handwriting saw becomes values: agreed, chosen by the sum, or left to a person; never made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.handwriting import HandReading, WrittenText
from metering.pages import Box
from metering.repairs import Repair, RepairReason
from parsers.handwritten.dates_together import date_fields
from parsers.handwritten.values import (
    Value,
    Written,
    as_date,
    as_number,
    as_serial,
    digits_field,
    digits_of_length,
    is_dust,
    number_fields,
    weigh,
    weigh_date,
)

PLACE = Box(0, 0, 100, 20)


def reading(*texts: tuple[str, float, float], struck: bool = False) -> HandReading:
    """Texts with what each reader says against them; each reader's best is its cheapest."""
    written = [WrittenText(text, (own, other)) for text, own, other in texts]
    best = tuple(min(written, key=lambda t: t.costs[n]).text for n in (0, 1))
    return HandReading(tuple(written), (best[0], best[1]), 0.9, struck)


def number(*texts: tuple[str, float, float], struck: bool = False) -> Written:
    written = weigh(reading(*texts, struck=struck), 1, PLACE, as_number)
    assert written is not None
    return written


def meter(previous: str, current: str, consumption: str, struck: bool = False) -> dict[str, Written]:
    """Numbers that both readers see alike; struck: in the current index something was struck out."""
    return {
        "previous": number((previous, 0, 0)),
        "current": number((current, 0, 0), struck=struck),
        "consumption": number((consumption, 0, 0)),
    }


def date(*texts: tuple[str, float, float], struck: bool = False) -> Written:
    written = weigh(reading(*texts, struck=struck), 1, PLACE, as_date)
    assert written is not None
    return written


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24,12,2026", "2026-12-24"),
        ("24,12,26", "2026-12-24"),
        ("24/XII/2026", "2026-12-24"),
        ("24-XII-26", "2026-12-24"),
        ("24,X1I,2026", "2026-12-24"),
        ("24XII2026", "2026-12-24"),
        ("1,XI,26", "2026-11-01"),
        ("24122026", "2026-12-24"),
        ("31,02,2026", None),
        ("24,13,2026", None),
        ("24,IIX,2026", None),
        ("24,12,1926", None),
        ("241220", "2020-12-24"),
        ("2412206", None),
    ],
)
def test_a_date_may_have_a_roman_month_and_any_marks(text: str, day: str | None) -> None:
    assert as_date(text) == day


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1284,37", "1284.37"),
        ("1284-37", "1284.37"),
        ("001284,370", "001284.370"),
        ("47", "47"),
        ("1,2,3", None),
        ("1/2", None),
        (",5", None),
    ],
)
def test_a_number_has_at_most_one_decimal_mark_which_may_be_a_dash(text: str, value: str | None) -> None:
    assert as_number(text) == value


def test_digits_have_the_length_that_their_place_wants() -> None:
    assert digits_of_length(5)("00417") == "00417"
    assert digits_of_length(5)("0417") is None
    assert as_serial("1306457") == "1306457"
    assert as_serial("123") is None
    assert as_serial("13,6457") is None


@pytest.mark.parametrize(("doubt", "read"), [(9.0, ("142.50", "45.50")), (2.0, ("147.50", "47.50"))], ids=["clearly seen", "doubtful"])
def test_two_numbers_that_were_clearly_seen_are_not_both_changed_by_the_sum(doubt: float, read: tuple[str, str]) -> None:
    """The page states numbers that do not add up: what is read stays, and a person looks."""
    numbers = {"previous": number(("100,00", 0, 0)), "current": number(("142,50", 0, 0), ("147,50", doubt, doubt))}
    fields = number_fields(numbers | {"consumption": number(("45,50", 0, 0), ("47,50", doubt, doubt))})
    assert (fields["current"].value, fields["consumption"].value) == read
    assert not any(field.certain for field in fields.values())


def test_numbers_that_both_readers_see_and_that_add_up_are_certain_but_for_the_previous_index() -> None:
    fields = number_fields(meter("100,00", "142,50", "42,50"))
    assert [(n, f.value, f.certain) for n, f in fields.items()] == [
        ("previous", "100.00", False),
        ("current", "142.50", True),
        ("consumption", "42.50", True),
    ]


def test_the_sum_chooses_among_what_was_read_and_says_so() -> None:
    fields = number_fields(
        {
            "previous": number(("100,00", 0, 0)),
            "current": number(("147,50", 0.4, 0.9), ("142,50", 1.4, 1.1)),
            "consumption": number(("42,50", 0, 0)),
        }
    )
    assert fields["current"].value == "142.50"
    assert not fields["current"].certain
    assert "147.50" in fields["current"].alternatives
    assert fields["current"].note is not None
    assert "chose" in fields["current"].note
    assert fields["current"].repair == Repair("147.50", "142.50", RepairReason.ARITHMETIC)
    assert fields["previous"].repair is None


def test_numbers_are_not_certain_beside_one_whose_sure_digits_the_sum_overruled() -> None:
    beside = {
        "previous": number(("1340,2", 0.5, 0.4), ("340,2", 9, 9)),
        "current": number(("638,7", 0, 0)),
        "consumption": number(("298,5", 0, 0)),
    }
    fields = number_fields(beside)
    assert [(fields[n].value, fields[n].certain) for n in beside] == [("340.2", False), ("638.7", False), ("298.5", False)]
    point = number_fields(beside | {"previous": number(("3402", 0.5, 0.4), ("340,2", 9, 9))})
    assert point["current"].certain  # only a point was lost
    doubted = number_fields(beside | {"previous": number(("1340,2", 0.5, 0.4), ("340,2", 2, 1))})
    assert doubted["current"].certain


def test_what_nobody_read_is_never_put_in_to_make_the_sum_close() -> None:
    fields = number_fields(
        {"previous": number(("100,00", 0, 0)), "current": number(("147,50", 0, 0)), "consumption": number(("42,50", 0, 0))}
    )
    assert {n: f.value for n, f in fields.items()} == {"previous": "100.00", "current": "147.50", "consumption": "42.50"}
    assert not any(f.certain for f in fields.values())


def test_two_sums_as_likely_as_each_other_leave_the_numbers_open() -> None:
    fields = number_fields(
        {
            "previous": number(("100,00", 0, 0)),
            "current": number(("147,50", 0.5, 0.7), ("142,50", 0.7, 0.5)),
            "consumption": number(("47,50", 0.5, 0.7), ("42,50", 0.7, 0.5)),
        }
    )
    assert not any(f.certain for f in fields.values())


def test_a_lost_decimal_mark_is_set_where_the_other_numbers_have_it() -> None:
    fields = number_fields(meter("10000", "142,50", "42,50"))
    assert fields["previous"].value == "100.00"


def test_nothing_that_was_struck_out_makes_a_value_certain() -> None:
    assert not number_fields(meter("100,00", "142,50", "42,50", struck=True))["current"].certain


def test_readers_that_differ_or_hesitate_do_not_agree() -> None:
    assert number(("142,50", 0, 0)).agreed()
    assert not number(("142,50", 0.1, 3), ("147,50", 3, 0.1)).agreed()
    assert not number(("142,50", 0.5, 0), ("147,50", 1.0, 9)).agreed()


@pytest.mark.parametrize(("lead", "certain"), [(3.0, False), (4.0, True)])
def test_a_date_must_be_clearer_since_another_one_hardly_speaks_for_its_day(lead: float, certain: bool) -> None:
    read, _ = date_fields(date(("17,10,2026", 0, 0), ("12,10,2026", lead, lead)), date(("18,10,2026", 0, 0), ("19,10,2026", 1, 1)), None)
    assert read is not None
    assert (read.value, read.certain) == ("2026-10-17", certain)


@pytest.mark.parametrize("report", ["18,11,2026", "22,01,2026"])
def test_a_date_that_no_other_one_fits_is_not_certain(report: str) -> None:
    read, _ = date_fields(date(("17,01,2026", 0, 0)), date((report, 0, 0)), None)
    assert read is not None
    assert not read.certain


def test_a_contract_number_by_hand_is_never_certain_by_itself() -> None:
    written = weigh(reading(("00417", 0, 0), ("00411", 1, 2), ("00477", 4, 5)), 1, PLACE, digits_of_length(5))
    assert written is not None
    field = digits_field(written)
    assert (field.value, field.certain, field.alternatives) == ("00417", False, ("00411",))


def test_a_place_without_a_text_that_means_anything_there_is_empty() -> None:
    assert weigh(reading(("12,5", 0, 0)), 1, PLACE, digits_of_length(5)) is None
    assert weigh(HandReading(), 1, PLACE, as_number) is None


def test_dates_are_chosen_together_and_certain_only_with_each_other() -> None:
    read, report = date_fields(date(("24,12,2026", 0, 0)), date(("25,12,2026", 0, 0)), None)
    assert read is not None
    assert report is not None
    assert (read.value, read.certain, report.value, report.certain) == ("2026-12-24", True, "2026-12-25", True)
    alone, none = date_fields(date(("24,12,2026", 0, 0)), None, None)
    assert alone is not None
    assert (alone.value, alone.certain, alone.digits_sure, none) == ("2026-12-24", False, True, None)
    for drawn_up, is_certain in (("2026-12-25", True), ("2026-12-31", False)):
        beside, none = date_fields(date(("24,12,2026", 0, 0)), None, None, drawn_up)
        assert beside is not None
        assert (beside.certain, beside.digits_sure, none) == (is_certain, not is_certain, None)
    against, _ = date_fields(date(("24,12,2026", 0, 0)), date(("31,12,2026", 0, 0)), None)
    assert against is not None
    assert (against.certain, against.digits_sure) == (False, False)


def test_a_reading_after_its_report_is_read_as_the_other_date_that_was_seen() -> None:
    read, _ = date_fields(date(("29,12,2026", 0.2, 0.6), ("24,12,2026", 0.9, 1.0)), date(("25,12,2026", 0, 0)), None)
    assert read is not None
    assert (read.value, read.certain) == ("2026-12-24", False)


def test_the_month_that_the_page_prints_counts() -> None:
    read, _ = date_fields(date(("24,11,2026", 0.4, 0.6), ("24,II,2026", 0.9, 0.9)), None, "2026-02")
    assert read is not None
    assert read.value == "2026-02-24"


@pytest.mark.parametrize(("month", "found"), [("--11", "2026-11-23"), (None, "2026-02-23"), ("--02", "2026-02-23")])
def test_the_month_in_words_tells_two_ones_from_a_roman_two_in_both_dates(month: str | None, found: str) -> None:
    seen = ("23,II,2026", 0.4, 0.9), ("23,11,2026", 3.0, 2.9)
    taken, report = date_fields(date(*seen), date(*seen), month)
    assert taken is not None
    assert report is not None
    assert (taken.value, report.value) == (found, found)
    assert not taken.certain


@pytest.mark.parametrize(("cost", "dust"), [(6.0, True), (1.0, False)], ids=["no number to either reader", "a serial"])
def test_a_stamps_edge_in_the_cells_of_an_empty_row_is_no_meter(cost: float, dust: bool) -> None:
    serial = weigh(reading(("1522", cost, cost), ("1582", cost, cost)), 1, PLACE, as_serial)
    previous = weigh(reading(("2", 2.0, 2.0), ("1", 2.5, 2.5)), 1, PLACE, as_number)
    assert serial is not None
    assert previous is not None
    assert is_dust({"serial": serial, "previous": previous}) is dust


@pytest.mark.parametrize(("other", "confidence"), [(0.5, 0.4), (1.5, 0.65), (4.0, 0.95)])
def test_a_serial_is_the_less_trusted_the_likelier_its_next_reading_is(other: float, confidence: float) -> None:
    written = weigh(reading(("48151623", 0.2, 0.5), ("48151628", 1.0 + other, 0.4 + other)), 1, PLACE, as_serial)
    assert written is not None
    field = digits_field(written)
    assert (field.value, field.confidence, field.certain) == ("48151623", confidence, False)
    assert field.alternatives == (("48151628",) if other < 4 else ())


def test_november_that_may_be_a_roman_february_is_no_certain_date() -> None:
    taken, _ = date_fields(date(("24,11,2026", 1.0, 0.2), ("24,II,2026", 2.6, 1.6)), date(("24,11,2026", 0, 0)), None)
    assert taken is not None
    assert (taken.value, taken.certain, taken.alternatives) == ("2026-11-24", False, ("2026-02-24",))
    assert taken.digits_sure


@pytest.mark.parametrize(("cost", "certain"), [(1.5, True), (2.5, False)])
def test_a_reader_that_likes_no_date_a_little_better_sees_the_date_all_the_same(cost: float, certain: bool) -> None:
    taken, _ = date_fields(date(("24,12,2026", 0, cost), ("24112/2026", 6, 0)), date(("25,12,2026", 0, 0)), None)
    assert taken is not None
    assert (taken.value, taken.certain, taken.digits_sure) == ("2026-12-24", certain, False)
    beside, _ = date_fields(
        date(("24,12,2026", 0, cost), ("24112/2026", 6, 0), ("21,12,2026", 4, cost + 0.5)), date(("25,12,2026", 0, 0)), None
    )
    assert beside is not None
    assert (beside.certain, beside.digits_sure) == (False, certain)


@pytest.mark.parametrize(("read", "drawn_up"), [("25,12,2026", "24,12,2026"), ("24,12,2026", "21,12,2026")])
def test_a_report_that_was_drawn_up_before_its_readings_makes_no_date_certain(read: str, drawn_up: str) -> None:
    for field in date_fields(date((read, 0, 0)), date((drawn_up, 0, 0)), None):
        assert field is not None
        assert (field.certain, field.digits_sure) == (False, False)


@pytest.mark.parametrize(
    ("text", "beyond", "alike"),
    [
        ("22,10,2026", True, True),
        (",22,102026", True, True),
        ("22,X,2026", True, True),
        ("2,10,2026", True, False),
        ("22,10,20", True, False),
        ("2,10,2026", False, True),
    ],
    ids=["print beside it", "a point of a label", "a Roman month", "a day may be torn", "a year may be torn", "nothing beside it"],
)
def test_of_a_whole_date_nothing_stands_outside_of_its_place(text: str, beyond: bool, alike: bool) -> None:
    written = weigh_date(replace(reading((text, 0, 0)), beyond=beyond), 1, PLACE)
    assert written is not None
    assert (written.alike, written.rivals is not None) == (alike, alike)
    number_beside = weigh(replace(reading(("142,50", 0, 0)), beyond=True), 1, PLACE, as_number)
    assert number_beside is not None
    assert not number_beside.alike


def test_a_point_before_one_digit_may_be_the_rest_of_another() -> None:
    assert as_date(",22,10,2026") == "2026-10-22"
    assert as_date(",2,10,2026") is None


@pytest.mark.parametrize(("other", "sure"), [("23,11,2026", True), ("28,11,2026", False)], ids=["the month of the same day", "another day"])
def test_a_date_whose_month_the_page_chose_is_open_but_for_what_its_readers_hold_possible(other: str, sure: bool) -> None:
    taken, _ = date_fields(date(("23,II,2026", 0.4, 0.9), (other, 3.0, 2.9)), None, "2026-11")
    assert taken is not None
    assert (taken.value[8:], taken.certain, taken.digits_sure) == (other[:2], False, sure)
    assert not sure or taken.alternatives == ("2026-02-23",)


@pytest.mark.parametrize(("report", "certain"), [("25,01,2026", True), ("29,01,2026", False)])
def test_the_day_of_the_other_date_speaks_where_its_month_was_chosen_among_its_readings(report: str, certain: bool) -> None:
    written = date((report, 0.2, 0.2), (report.replace(",01,", ",11,"), 1.0, 1.0))
    taken, _ = date_fields(date(("24,11,2026", 0, 0)), written, None)
    assert taken is not None
    assert (taken.value, taken.certain) == ("2026-11-24", certain)


@pytest.mark.parametrize(
    ("current", "consumption", "sure"),
    [
        ([("147,50", 0.2, 0.4)], [("47,50", 0.3, 0.4)], True),
        ([("147,50", 0.2, 0.4), ("197,50", 0.6, 0.9)], [("47,50", 0.3, 0.4), ("41,50", 0.4, 0.8)], True),
        ([("147,50", 0.2, 0.4), ("141,50", 3.6, 2.9)], [("47,50", 0.3, 0.4), ("41,50", 3.4, 2.8)], False),
        ([("141,50", 0.2, 0.1), ("147,50", 0.6, 0.9)], [("47,50", 0.3, 0.4)], False),
        ([("147,50", 0.2, 3.4), ("147,,50", 6.0, 0.1)], [("47,50", 0.3, 0.4)], False),
    ],
    ids=["alone", "others do not add up", "a 7 that may be a 1 in both", "chosen by the sum", "one reader sees no number"],
)
def test_numbers_that_no_others_come_near_are_as_sure_as_the_previous_index(
    current: list[tuple[str, float, float]], consumption: list[tuple[str, float, float]], sure: bool
) -> None:
    fields = number_fields({"previous": number(("100,00", 0, 0)), "current": number(*current), "consumption": number(*consumption)})
    assert fields["current"].value == "147.50"
    assert [fields[n].digits_sure for n in ("previous", "current", "consumption")] == [False, sure, sure]


@pytest.mark.parametrize(
    ("previous", "current", "consumption", "sure"),
    [
        ("1284,37", "1331,92", "47,55", True),
        ("0,00", "47,55", "47,55", False),
        ("284,37", "431,92", "147,55", False),
        ("1284,370", "1331,92", "47,55", False),
    ],
    ids=["longer than the consumption", "a new meter's", "as long as it", "an end may be torn"],
)
def test_torn_numbers_are_sure_by_the_previous_index_unless_both_may_lack_the_same(
    previous: str, current: str, consumption: str, sure: bool
) -> None:
    """Print beside a place may be more of its number; what is torn in one of three numbers makes no sum close."""
    torn = {
        name: replace(number((text, 0, 0)), alike=False, beyond=True) for name, text in (("current", current), ("consumption", consumption))
    }
    fields = number_fields({"previous": number((previous, 0, 0)), **torn})
    assert [(fields[name].certain, fields[name].digits_sure) for name in torn] == [(False, sure)] * 2
    one = number_fields({"previous": number((previous, 0, 0)), "current": torn["current"], "consumption": number((consumption, 0, 0))})
    assert (one["current"].certain, one["current"].digits_sure) == (False, True)


def test_struck_numbers_are_not_sure_by_the_previous_index() -> None:
    assert not any(f.digits_sure for f in number_fields(meter("100,00", "142,50", "42,50", struck=True)).values())


def test_a_date_is_open_but_for_its_rivals_only_where_both_readers_see_one_and_another_date_fits_it() -> None:
    rival = ("24,11,2026", 0.0, 0.2), ("24,10,2026", 2.6, 0.6), ("24,12,2026", 8.0, 8.0)
    near, _ = date_fields(date(*rival), date(("25,11,2026", 0, 0)), None)
    far, _ = date_fields(date(*rival), date(("30,11,2026", 0, 0)), None)
    differing, _ = date_fields(date(("24,11,2026", 0.0, 0.6), ("24,10,2026", 2.6, 0.2)), date(("25,11,2026", 0, 0)), None)
    unseen, _ = date_fields(date(("24,11,2026", 0.0, 4.0), ("24,10,2026", 2.6, 4.5), ("241", 9.0, 0.2)), date(("25,11,2026", 0, 0)), None)
    struck, _ = date_fields(date(*rival, struck=True), date(("25,11,2026", 0, 0)), None)
    assert near is not None
    assert (near.certain, near.digits_sure, near.alternatives) == (False, True, ("2026-10-24",))
    assert far is not None
    assert differing is not None
    assert unseen is not None
    assert struck is not None
    assert (differing.certain, differing.digits_sure, differing.alternatives) == (False, True, ("2026-10-24",))
    assert not any(field.digits_sure for field in (far, unseen, struck))


def test_single_doubtful_digits_in_empty_cells_are_no_meter() -> None:
    dust = {
        name: Written(PLACE, 1, (Value(text, 3.0), Value("8", 4.0)), False, 0.5) for name, text in (("previous", "4"), ("current", "6"))
    }
    assert is_dust(dust)
    assert not is_dust(dust | {"serial": Written(PLACE, 1, (Value("1306457", 0.1),), True, 9.0)})
    assert not is_dust(dust | {"consumption": Written(PLACE, 1, (Value("47.55", 0.1),), True, 9.0)})


def test_rubbish_in_empty_cells_is_no_meter_and_a_number_is_one() -> None:
    def cell(text: str, cost: float) -> dict[str, Written]:
        return {"consumption": Written(PLACE, 1, (Value(text, cost), Value("152", cost + 1)), False, 0.5)}

    assert is_dust(cell("122", 13.0))
    assert not is_dust(cell("122", 4.0))


def test_what_is_read_beneath_a_stamp_counts_where_it_is_clearer_and_is_never_certain() -> None:
    torn, clear = reading(("61", 3, 5)), reading(("180,45", 0.2, 0.1))
    beneath = weigh(torn.or_beneath_stamp(clear), 1, PLACE, as_number)
    assert beneath is not None
    assert (beneath.values[0].text, beneath.agreed()) == ("180.45", False)
    assert clear.or_beneath_stamp(torn) == clear
    assert torn.or_beneath_stamp(HandReading()) == torn


def test_a_sum_overrules_one_reading_far_but_not_all_of_them() -> None:
    def read(name: str, *values: tuple[str, float]) -> Written:
        return Written(PLACE, 1, tuple(Value(text, cost) for text, cost in values), True, 5.0)

    one = {
        "previous": read("previous", ("10331.48", 0.1)),
        "current": read("current", ("10504.29", 0.5)),
        "consumption": read("consumption", ("122.81", 0.2), ("172.81", 12.6)),
    }
    assert number_fields(one)["consumption"].value == "172.81"
    every = {
        "previous": read("previous", ("14.90", 0.1), ("1.49", 4.5)),
        "current": read("current", ("152.50", 3.0), ("12.50", 9.0)),
        "consumption": read("consumption", ("1161", 1.3), ("11.01", 3.8)),
    }
    assert number_fields(every)["previous"].value == "14.90"


@pytest.mark.parametrize(("against_eleven", "day"), [(1.0, "2025-11-17"), (3.0, "2025-02-17")], ids=["alike", "clearly Roman"])
def test_two_strokes_are_november_unless_they_are_clearly_a_roman_two(against_eleven: float, day: str) -> None:
    assert date(("17,II,2025", 0.2, 0.2), ("17,11,2025", against_eleven, against_eleven)).values[0].text == day
