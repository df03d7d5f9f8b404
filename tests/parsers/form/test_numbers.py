"""Boxes become numbers only where two readers agree, or the sum chooses among what they saw."""

from __future__ import annotations

import datetime as dt

import pytest

from metering.form_layout import READING_DATE, Comb, meter_places
from metering.forms import BoxReading, FormMeter
from metering.periods import Period
from metering.repairs import Repair, RepairReason
from metering.reports import Field
from metering.units import MeterKind, Unit
from parsers.form.numbers import read_date, read_numbers

PLACES = meter_places(0, FormMeter("1", MeterKind.HEAT, Unit.GCAL))
EMPTY = BoxReading(inked=False)
NOVEMBER = Period(2026, 11)


def box(digit: str, line: str | None = None, other: str | None = None, chance: float = 0.99) -> BoxReading:
    """The box reader sees `digit`, the line reader `line` (the same if not said); `other` gets what is left of the chances."""
    chances = [0.0] * 10
    chances[int(digit)] = chance
    if other is not None:
        chances[int(other)] = 1 - chance
    seen = digit if line is None else line
    return BoxReading(True, seen, seen, tuple(chances))


def boxes(text: str, **changed: BoxReading) -> tuple[BoxReading, ...]:
    """`  1284,37` as boxes, a blank for an empty one; at_N puts another reading into the Nth box."""
    out = [EMPTY if sign == " " else box(sign) for sign in text.replace(",", "").rjust(8)]
    for name, reading in changed.items():
        out[int(name.removeprefix("at_"))] = reading
    return tuple(out)


def previous(value: str = "1284.37") -> Field:
    return Field(value, 0.99, 1, None, certain=True)


def read(
    current: tuple[BoxReading, ...], consumption: tuple[BoxReading, ...], before: Field | None = None
) -> tuple[Field | None, Field | None]:
    return read_numbers(before or previous(), (PLACES.current, current), (PLACES.consumption, consumption), 1)


def test_digits_that_both_readers_see_and_that_add_up_are_certain():
    current, consumption = read(boxes("1326,79"), boxes("42,42"))
    assert current is not None
    assert consumption is not None
    assert (current.value, current.certain, consumption.value, consumption.certain) == ("1326.79", True, "42.42", True)
    assert current.note is None


def test_empty_boxes_are_no_number_and_zeros_in_front_are_no_digits():
    current, consumption = read(boxes("001326,79"[:9]), (EMPTY,) * 8)
    assert current is not None
    assert current.value == "1326.79"
    assert consumption is None


def test_digits_without_a_partner_are_certain_by_their_two_readers_alone():
    current, _ = read(boxes("1326,79"), (EMPTY,) * 8)
    assert current is not None
    assert current.certain


def test_a_sum_that_does_not_close_makes_nothing_certain_however_sure_the_readers_are():
    current, consumption = read(boxes("1326,79"), boxes("42,43"))
    assert current is not None
    assert consumption is not None
    assert (current.value, consumption.value) == ("1326.79", "42.43")
    assert not current.certain
    assert not consumption.certain


def test_where_the_readers_differ_the_sum_chooses():
    current, _ = read(boxes("1326,79", at_2=box("7", line="1", chance=0.6, other="1")), boxes("42,42"))
    assert current is not None
    assert current.value == "1326.79"
    assert current.certain


def test_a_choice_of_the_sum_over_what_the_readers_prefer_leaves_a_note():
    current, _ = read(boxes("1326,79", at_5=box("0", line="0", chance=0.75, other="6")), boxes("42,42"))
    assert current is not None
    assert (current.value, current.certain) == ("1326.79", True)
    assert current.note == "read as 1320.79; previous + consumption = current chose among the readings"
    assert current.repair == Repair("1320.79", current.value, RepairReason.ARITHMETIC)


def test_the_sum_never_brings_a_digit_that_no_reader_saw():
    current, _ = read(boxes("1325,79"), boxes("42,42"))
    assert current is not None
    assert (current.value, current.certain) == ("1325.79", False)


def test_the_sum_does_not_prove_two_doubtful_numbers():
    doubtful = box("6", line="0")
    current, consumption = read(boxes("1326,79", at_5=doubtful), boxes("42,42", at_7=box("2", line="7")))
    assert current is not None
    assert consumption is not None
    assert current.value == "1326.79"
    assert not current.certain
    assert not consumption.certain


def test_an_uncertain_previous_index_lets_the_sum_prove_nothing():
    unsure = Field("1284.37", 0.6, 1, None, certain=False)
    current, _ = read(boxes("1326,79", at_5=box("6", line="0")), boxes("42,42"), unsure)
    assert current is not None
    assert not current.certain


@pytest.mark.parametrize("written", ["13 6,79", "132 ,79"])
def test_a_gap_within_a_number_is_for_a_person(written: str):
    current, _ = read(boxes(written), (EMPTY,) * 8)
    assert current is not None
    assert not current.certain


def test_a_sign_that_no_reader_takes_for_a_digit_is_for_a_person():
    smudge = BoxReading(True, "", "-", (0.3, 0.1, 0.3, 0, 0, 0, 0, 0.3, 0, 0))
    current, _ = read(boxes("1326,79", at_4=smudge), boxes("42,42"))
    assert current is not None
    assert not current.certain


# --- dates


def date(text: str, **changed: BoxReading) -> Field | None:
    out = [EMPTY if sign == " " else box(sign) for sign in text]
    for name, reading in changed.items():
        out[int(name.removeprefix("at_"))] = reading
    return read_date(out, READING_DATE, NOVEMBER, 1)


def test_a_date_that_both_readers_see_is_certain():
    found = date("231126")
    assert found is not None
    assert (found.value, found.certain) == (dt.date(2026, 11, 23).isoformat(), True)


def test_of_two_dates_that_the_readers_saw_the_one_in_the_month_counts():
    found = date("231126", at_3=box("7", line="1", chance=0.7, other="1"))
    assert found is not None
    assert (found.value, found.certain) == ("2026-11-23", True)


def test_of_two_days_of_the_month_neither_is_certain():
    found = date("231126", at_1=box("3", line="8"))
    assert found is not None
    assert not found.certain


@pytest.mark.parametrize("written", ["      ", "23    ", "321126"])
def test_no_date_is_made_of_what_is_none(written: str):
    assert date(written) is None


def test_a_comb_has_as_many_boxes_as_it_is_read_with():
    assert isinstance(PLACES.current, Comb)
    assert len(PLACES.current.boxes) == len(boxes("1"))


def test_a_last_digit_is_not_proved_by_a_sum_that_closes_only_by_rounding():
    current, consumption = read(boxes("64527,06"), boxes("195,20"), previous("64331.8"))
    assert current is not None
    assert consumption is not None
    assert (current.value, current.certain, consumption.certain) == ("64527.06", False, False)
    exact, _ = read(boxes("64527,00"), boxes("195,20"), previous("64331.8"))
    assert exact is not None
    assert exact.certain
