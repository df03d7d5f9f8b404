"""A recalculation is booked in a later period and points at what it corrects; nothing is ever changed."""

import datetime as dt
from decimal import Decimal

import pytest

from metering.errors import PermanentError
from metering.estimates import Estimate, EstimateMethod
from metering.periods import Period
from metering.schedule import Campaign
from storage.campaigns import Cause, latest_estimate, owe_campaign_letter
from storage.recalculations import JointReading, add_recalculation, booking_period, recalculation_listing
from tests.storage.made import NOW, OCTOBER, letter, load_register

DECEMBER = Period(2026, 12)


@pytest.fixture
def told(database, tmp_path):
    load_register(database, tmp_path)
    with database.transaction() as tx:
        estimate = Estimate("00421", OCTOBER, EstimateMethod.FLAT, Decimal("93.00"), ())
        owe_campaign_letter(tx, Cause(Campaign.NOTICE, "00421", OCTOBER, "after"), letter(), estimate, NOW)
    return database


def act(number="17", date="2026-11-12", **changed):
    values = {"contract_number": "00421", "period": OCTOBER, "act_number": number, "act_date": dt.date.fromisoformat(date)}
    return JointReading(**{**values, "actual_gcal": Decimal("61.5"), **changed})


def add(database, joint):
    with database.transaction() as tx:
        return add_recalculation(tx, joint, "lola", NOW)


@pytest.mark.parametrize(
    ("date", "booked"), [("2026-10-28", "2026-11"), ("2026-11-12", "2026-11"), ("2026-12-03", "2026-12"), ("2027-02-01", "2027-02")]
)
def test_it_counts_in_the_next_period_or_in_the_acts_own(date, booked):
    assert str(booking_period(OCTOBER, dt.date.fromisoformat(date))) == booked


def test_it_points_at_the_estimate_that_was_told(told):
    made = add(told, act(indexes={"0042100": Decimal("162.00")}))
    with told.transaction() as tx:
        assert made.estimate == latest_estimate(tx, "00421", OCTOBER).id
        assert recalculation_listing(tx) == [made]
    assert (made.charged_gcal, made.difference_gcal, str(made.booked_in), made.corrects) == (93, Decimal("-31.50"), "2026-11", None)
    assert made.indexes == {"0042100": "162.00"}


def test_a_second_act_corrects_the_first(told):
    first = add(told, act())
    second = add(told, act("18", "2026-12-03", actual_gcal=Decimal(60)))
    assert (second.corrects, second.charged_gcal, second.difference_gcal) == (first.id, Decimal("61.5"), Decimal("-1.5"))
    assert second.booked_in == DECEMBER


@pytest.mark.parametrize(
    ("joint", "reason"),
    [
        (act(contract_number="99999"), "no contract 99999"),
        (act(date="2026-09-30"), "older than the period"),
        (act(period=OCTOBER.next()), "name what was charged"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(told, joint, reason):
    with pytest.raises(PermanentError, match=reason):
        add(told, joint)


def test_an_act_is_booked_once(told):
    add(told, act())
    with pytest.raises(PermanentError, match="booked already"):
        add(told, act())


def test_a_charge_may_be_named(told):
    assert add(told, act(period=OCTOBER.next(), date="2026-12-01", charged_gcal=Decimal(100))).difference_gcal == Decimal("-38.5")
