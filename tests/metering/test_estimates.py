"""The estimate by contract load: each method by its formula, the season's days, and what a reader is told when data are missing."""

import datetime as dt
from decimal import Decimal

import pytest

from metering.estimates import (
    Conditions,
    EstimateMethod,
    EstimateNote,
    HeatingSeason,
    Load,
    LoadTerms,
    MonthlyPlan,
    UsualSeason,
    estimate,
    heating_days,
)
from metering.periods import Period

DECEMBER, MARCH, JULY = Period(2026, 12), Period(2026, 3), Period(2026, 7)
USUAL = UsualSeason((11, 1), (3, 20))
LOAD = Decimal("0.125")


def days(period, first=1, last=31):
    return tuple(period.day(number) for number in range(first, last + 1))


def computed(method, conditions, period=DECEMBER, **terms):
    loads = terms.pop("loads", frozenset(Load))
    return estimate("00421", period, LoadTerms(method, LOAD, **terms), conditions, loads)


def at(degrees, period=DECEMBER, **span):
    heated = days(period, **span)
    return Conditions(heated, temperatures={day: Decimal(degrees) for day in heated})


@pytest.mark.parametrize(("outdoor", "gcal"), [("1.5", "47.95"), ("8", "29.06"), ("-14", "93.00"), ("18", "0.00"), ("25", "0.00")])
def test_weather_is_load_times_the_share_of_the_temperature_difference(outdoor, gcal):
    found = computed(EstimateMethod.WEATHER, at(outdoor))
    assert str(found.gcal) == gcal
    assert found.parts[0].outdoor == Decimal(outdoor)
    assert found.notes == ()


def test_flat_is_load_times_hours():
    assert computed(EstimateMethod.FLAT, Conditions(days(DECEMBER))).gcal == Decimal("93.00")
    assert computed(EstimateMethod.FLAT, Conditions(days(DECEMBER, 1, 10))).gcal == Decimal("30.00")
    assert computed(EstimateMethod.FLAT, Conditions(())).gcal == 0


def test_a_plan_is_taken_as_it_stands():
    found = computed(EstimateMethod.MONTHLY_PLAN, Conditions((), plan=MonthlyPlan(Decimal("31.5"), Decimal("2.25"))))
    assert (found.gcal, [str(part.gcal) for part in found.parts]) == (Decimal("33.75"), ["31.50", "2.25"])


def test_every_load_has_its_own_line_and_the_lines_add_up():
    terms = {"ventilation": Decimal("0.05"), "hot_water": Decimal("0.03"), "ventilation_hours": Decimal(10)}
    found = computed(EstimateMethod.FLAT, Conditions(days(DECEMBER, 1, 20)), **terms)
    assert [(part.load, str(part.gcal)) for part in found.parts] == [
        (Load.HEATING, "60.00"),
        (Load.VENTILATION, "10.00"),
        (Load.HOT_WATER, "14.40"),  # 0.03 × 24 × 20
        (Load.HOT_WATER, "6.34"),  # 0.03 × 24 × 11 × 0.8 = 6.336
    ]
    assert found.gcal == sum(part.gcal for part in found.parts) == Decimal("90.74")
    heat = computed(EstimateMethod.FLAT, Conditions(days(DECEMBER, 1, 20)), loads=frozenset({Load.HEATING}), **terms)
    assert heat.gcal == Decimal("60.00")


def test_ventilation_follows_the_weather_with_its_own_design_temperature_and_hours():
    found = computed(
        EstimateMethod.WEATHER, at("2"), ventilation=Decimal("0.1"), ventilation_design=Decimal(-6), ventilation_hours=Decimal(12)
    )
    assert found.parts[1].gcal == Decimal("24.80")  # 0.1 × 16/24 × 12 × 31


def test_temperatures_of_some_days_count_and_the_reader_is_told():
    heated = days(DECEMBER)
    known = {day: Decimal("1.04") for day in heated[:20]} | {dt.date(2026, 11, 30): Decimal(-30)}
    found = computed(EstimateMethod.WEATHER, Conditions(heated, temperatures=known))
    assert (found.notes, found.known_days, found.parts[0].outdoor) == ((EstimateNote.TEMPERATURES_PARTIAL,), 20, Decimal("1.0"))


@pytest.mark.parametrize(
    ("method", "note"),
    [(EstimateMethod.WEATHER, EstimateNote.TEMPERATURES_MISSING), (EstimateMethod.MONTHLY_PLAN, EstimateNote.PLAN_MISSING)],
)
def test_without_its_data_a_method_gives_way_to_the_load_and_says_so(method, note):
    found = computed(method, Conditions(days(DECEMBER)))
    assert (found.gcal, found.method, found.notes) == (Decimal("93.00"), EstimateMethod.FLAT, (note,))


def test_weather_needs_no_temperatures_where_nothing_is_heated():
    found = computed(EstimateMethod.WEATHER, Conditions(()), JULY)
    assert (found.gcal, found.method, found.notes) == (0, EstimateMethod.WEATHER, ())


@pytest.mark.parametrize(
    ("period", "seasons", "count", "assumed"),
    [
        (DECEMBER, [], 31, False),
        (Period(2026, 11), [], 30, True),  # by the usual dates: a decree could have said later
        (MARCH, [], 20, True),
        (JULY, [], 0, False),
        (Period(2026, 11), [("2026-11-05", None)], 26, False),
        (Period(2027, 3), [("2026-11-05", None)], 20, True),  # begun and no end yet: the usual one
        (Period(2027, 3), [("2026-11-05", "2027-03-09")], 9, False),
        (Period(2027, 3), [("2026-11-05", "2027-02-27"), ("2027-03-10", "2027-03-15")], 6, False),  # switched on again
        (Period(2027, 11), [("2026-11-05", "2027-03-09")], 30, True),  # last year's season says nothing of this one
        (Period(2026, 10), [("2026-10-16", None)], 16, False),
    ],
)
def test_heating_days_are_those_of_the_season(period, seasons, count, assumed):
    made = [HeatingSeason("general", dt.date.fromisoformat(a), dt.date.fromisoformat(b) if b else None) for a, b in seasons]
    found, taken = heating_days(period, made, USUAL)
    assert (len(found), taken) == (count, assumed)
    assert all(Period.of(day) == period for day in found)


def test_rooms_colder_than_the_design_temperature_are_a_mistake():
    with pytest.raises(ValueError, match="design temperature"):
        LoadTerms(EstimateMethod.WEATHER, LOAD, indoor=Decimal(-14))
