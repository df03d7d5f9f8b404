"""The register and arithmetic confirm or choose among what was read; they never put a value into a report."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from metering.pages import Box
from metering.repairs import Repair, RepairReason
from metering.reports import Field, MeterLine
from tests.validation.made import HEAT, WATER, good_report, heat_line, heat_record, read, water_record
from validation.evidence import choose, confirm, weigh_contract, weigh_date, weigh_meters

METERS = {HEAT: heat_record()}


def doubtful(value: str, *alternatives: str) -> Field:
    return read(value, certain=False, alternatives=alternatives)


def weighed(**changes: object) -> MeterLine:
    return weigh_meters(good_report(meters=(heat_line(**changes),)), METERS).meters[0]


def test_a_doubtful_serial_of_the_contract_is_confirmed():
    serial = weighed(serial=doubtful(HEAT)).serial
    assert serial is not None
    assert serial.certain
    assert serial.note


def test_a_serial_is_chosen_among_its_readings():
    serial = weighed(serial=doubtful("1306451", HEAT)).serial
    assert serial is not None
    assert (serial.value, serial.certain, "1306451" in serial.alternatives) == (HEAT, True, True)
    assert serial.repair == Repair("1306451", HEAT, RepairReason.REGISTER)


def test_a_serial_that_nobody_read_is_never_put_in():
    line = weighed(serial=doubtful("1306451", "1306452"))
    assert line.serial == doubtful("1306451", "1306452")


def test_two_fitting_readings_choose_nothing():
    field = doubtful("1", "2", "3")
    assert choose(field, {"2", "3"}) is field


def test_a_previous_index_that_equals_the_last_accepted_one_is_confirmed():
    previous = weighed(previous=doubtful("1284.370")).previous
    assert previous is not None
    assert (previous.value, previous.certain) == ("1284.370", True)


def test_a_previous_index_is_chosen_where_the_register_and_the_sum_agree():
    previous = weighed(previous=doubtful("1234.37", "1284.37")).previous
    assert previous is not None
    assert (previous.value, previous.certain) == ("1284.37", True)


def test_a_previous_index_that_was_chosen_by_the_register_says_so_and_a_confirmed_one_is_no_repair():
    previous = weighed(previous=doubtful("1234.37", "1284.37")).previous
    assert previous is not None
    assert previous.repair == Repair("1234.37", "1284.37", RepairReason.LAST_ACCEPTED)
    confirmed = weighed(previous=doubtful("1284.370")).previous
    assert confirmed is not None
    assert (confirmed.note is not None, confirmed.repair) == (True, None)


def test_a_previous_index_by_hand_that_was_chosen_against_its_first_reading_is_not_confirmed():
    for previous in (doubtful("1234.37", "1284.37"), doubtful("1234.37").taken("1284.37", RepairReason.ARITHMETIC)):
        report = replace(good_report(meters=(heat_line(previous=previous),)), handwritten=True)
        found = weigh_meters(report, METERS).meters[0].previous
        assert found is not None
        assert (found.value, found.certain) == ("1284.37", False)


def test_a_page_that_states_another_previous_index_stays_as_printed():
    line = weighed(previous=doubtful("1234.37", "1284.37"), consumption=read("97.55"))
    assert line.previous == doubtful("1234.37", "1284.37")


@pytest.mark.parametrize("name", ["current", "consumption"])
def test_the_sum_confirms_the_one_value_that_is_doubtful(name: str):
    field = getattr(weighed(**{name: replace(getattr(heat_line(), name), certain=False)}), name)
    assert field.certain


@pytest.mark.parametrize("name", ["current", "consumption"])
def test_the_sum_does_not_confirm_what_it_has_chosen_against_the_first_reading(name: str):
    """The writer may have slipped: his page does not add up, and the number that would is not on it."""
    kept = replace(getattr(heat_line(), name), certain=False)
    chosen = replace(kept, repair=Repair(kept.value[:-1] + "9", kept.value, RepairReason.ARITHMETIC))
    assert getattr(weighed(**{name: chosen}), name) == chosen


def test_the_sum_does_not_confirm_two_doubtful_values():
    line = weighed(current=doubtful("1331.92"), consumption=doubtful("47.55"))
    assert line.current is not None
    assert line.consumption is not None
    assert not line.current.certain
    assert not line.consumption.certain


def test_where_only_the_columns_are_open_the_last_accepted_index_tells_which_number_is_which():
    """«no label says what it is; the arithmetic tells»: 1284.37 and 47.55 might have changed places."""
    unnamed = {
        name: replace(getattr(heat_line(), name), certain=False, digits_sure=True) for name in ("previous", "current", "consumption")
    }
    line = weighed(**unnamed)
    assert all(field is not None and field.certain for field in (line.previous, line.current, line.consumption))
    swapped = weighed(**{**unnamed, "previous": unnamed["consumption"], "consumption": unnamed["previous"]})
    assert not any(field is not None and field.certain for field in (swapped.previous, swapped.current, swapped.consumption))


def test_numbers_by_hand_that_are_tied_to_the_previous_index_are_certain_with_the_last_accepted_one():
    tied = {name: replace(doubtful(text), digits_sure=True) for name, text in (("current", "1331.92"), ("consumption", "47.55"))}
    line = weighed(previous=doubtful("1284.37"), **tied)
    assert all(field is not None and field.certain for field in (line.previous, line.current, line.consumption))
    for contradicted in (
        weighed(previous=doubtful("1284.35"), **tied),
        weighed(previous=doubtful("1284.37"), **{**tied, "current": replace(tied["current"], value="1331.82")}),
        weighed(previous=doubtful("1284.37"), **{**tied, "consumption": doubtful("47.55")}),
    ):
        assert contradicted.current is not None
        assert contradicted.consumption is not None
        assert not contradicted.current.certain
        assert not contradicted.consumption.certain


def test_a_sum_that_does_not_close_confirms_nothing():
    line = weighed(consumption=doubtful("47.56"))
    assert line.consumption == doubtful("47.56")


@pytest.mark.parametrize("text", ["", "NaN", "1E+999", "12,5", "—"])
def test_what_is_no_number_confirms_nothing_and_raises_nothing(text: str):
    line = weighed(previous=doubtful(text, text), current=doubtful(text), consumption=doubtful(text))
    assert (line.previous, line.current, line.consumption) == (doubtful(text, text), doubtful(text), doubtful(text))


def test_a_meter_of_another_contract_is_left_as_it_was_read():
    report = good_report(meters=(heat_line(serial=doubtful("999")),))
    assert weigh_meters(report, METERS) == report


def test_a_contract_number_is_confirmed_only_by_a_second_identifier():
    report = good_report(contract_number=doubtful("00417"))
    assert weigh_contract(report, belongs=False) == report
    number = weigh_contract(report, belongs=True).contract_number
    assert number is not None
    assert number.certain


def test_what_is_certain_already_keeps_its_note():
    field = read("00417")
    assert confirm(field, "again") is field
    assert confirm(None, "nothing") is None


def dated(*rivals: str, value: str = "2026-10-21", digits_sure: bool = True, **changes: object) -> bool:
    """Whether a date by hand with those rivals is certain by a last reading of 2026-09-22, on the 22nd of October."""
    day = replace(doubtful(value, *rivals), digits_sure=digits_sure)
    report = replace(good_report(handwritten=True), **{"reading_date": day, **changes})
    weighed = weigh_date(report, METERS | {WATER: water_record()}, dt.date(2026, 10, 22))
    assert weighed.reading_date is not None
    assert weighed.reading_date.value == value
    return weighed.reading_date.certain


def test_a_date_by_hand_is_confirmed_where_no_other_reading_of_it_can_be():
    assert dated("2026-02-21", "2026-10-27", "2026-09-22")
    assert not dated("2026-02-21", "2026-10-12")
    assert not dated("2026-02-21", value="2026-10-27")
    assert not dated("2026-02-21", value="2026-09-21")


@pytest.mark.parametrize(
    ("drawn_up", "certain"), [("2026-10-21", True), ("2026-10-24", True), ("2026-10-25", False), ("2026-10-20", False), ("21.10", False)]
)
def test_a_date_by_hand_is_confirmed_only_beside_the_day_on_which_the_report_was_drawn_up(drawn_up: str, certain: bool):
    assert dated(report_date=doubtful(drawn_up)) is certain


def test_the_date_of_readings_does_not_confirm_itself():
    here = replace(doubtful("2026-10-21"), box=Box(100, 100, 180, 115))
    for place, certain in ((Box(105, 98, 175, 114), False), (Box(100, 600, 180, 615), True)):
        report = good_report(handwritten=True, reading_date=replace(here, digits_sure=True), report_date=replace(here, box=place))
        day = weigh_date(report, METERS | {WATER: water_record()}, dt.date(2026, 10, 22)).reading_date
        assert day is not None
        assert day.certain is certain
    assert not dated(report_date=None)


def test_the_register_confirms_no_date_that_the_readers_doubt_or_whose_meter_it_does_not_know():
    assert not dated("2026-02-21", digits_sure=False)
    assert not dated("2026-02-21", handwritten=False)
    assert not dated("2026-02-21", meters=(heat_line(), heat_line(serial=doubtful("1306451"))))
    assert not dated("2026-02-21", meters=())
