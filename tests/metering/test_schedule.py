"""The windows of the month: each letter from its hour on, days off in view, and never two of a campaign at once."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metering.periods import TASHKENT, Period
from metering.schedule import Campaign, MonthRules, open_steps, steps_of

NOVEMBER = Period(2026, 11)  # the 25th is a Wednesday
OCTOBER = Period(2026, 10)  # the 25th is a Sunday
RULES = MonthRules()


def weekend(day: dt.date) -> bool:
    return day.weekday() >= 5


def never(day: dt.date) -> bool:
    return False


def told(steps):
    return [(step.campaign.value, step.name, f"{step.opens:%m-%d %H:%M}", f"{step.closes:%m-%d %H:%M}") for step in steps]


def test_a_month_of_working_days_has_the_days_of_the_announcement():
    assert told(steps_of(NOVEMBER, RULES, never)) == [
        ("reminder", "5", "11-20 09:00", "11-24 09:00"),
        ("reminder", "1", "11-24 09:00", "11-25 09:00"),
        ("reminder", "0", "11-25 09:00", "11-26 00:00"),
        ("notice", "after", "11-26 09:00", "12-11 00:00"),
        ("original", "5", "12-05 09:00", "12-09 09:00"),
        ("original", "1", "12-09 09:00", "12-11 00:00"),
    ]


def test_a_reminder_that_meets_a_day_off_comes_before_it_and_a_notice_behind_it():
    assert told(steps_of(OCTOBER, RULES, weekend)) == [
        ("reminder", "5", "10-20 09:00", "10-23 09:00"),
        ("reminder", "1", "10-23 09:00", "10-25 09:00"),  # the 24th is a Saturday
        ("reminder", "0", "10-25 09:00", "10-26 00:00"),  # the last chance stays on its day
        ("notice", "after", "10-26 09:00", "11-11 00:00"),
        ("original", "5", "11-05 09:00", "11-09 09:00"),
        ("original", "1", "11-09 09:00", "11-11 00:00"),
    ]


def test_of_two_reminders_that_meet_on_a_day_the_later_one_is_written():
    steps = steps_of(OCTOBER, replace(RULES, reminders_before=(2, 1)), weekend)
    assert [step.name for step in steps if step.campaign is Campaign.REMINDER and step.opens < step.closes] == ["1", "0"]


def test_the_notice_waits_for_a_working_day():
    friday = Period(2026, 12)  # the 25th is a Friday
    notice = next(step for step in steps_of(friday, RULES, weekend) if step.campaign is Campaign.NOTICE)
    assert f"{notice.opens:%m-%d}" == "12-28"


def test_the_rules_of_each_period_are_its_own():
    def rules_of(period):
        return replace(RULES, deadline_day=20) if period >= NOVEMBER else RULES

    on_the_day = dt.datetime(2026, 11, 20, 12, tzinfo=TASHKENT)
    assert told(open_steps(on_the_day, rules_of, never)) == [("reminder", "0", "11-20 09:00", "11-21 00:00")]


def test_two_periods_may_be_open_at_once():
    now = dt.datetime(2026, 12, 9, 4, tzinfo=dt.UTC)  # 9 in Tashkent
    found = open_steps(now, lambda period: RULES, never)
    assert [(str(step.period), step.campaign.value, step.name) for step in found] == [
        ("2026-11", "notice", "after"),
        ("2026-11", "original", "1"),
    ]


days_off = st.frozensets(st.integers(min_value=0, max_value=6), max_size=6)


@given(
    day=st.integers(min_value=1, max_value=31),
    before=st.lists(st.integers(min_value=1, max_value=20), max_size=4),
    off=days_off,
    month=st.integers(min_value=1, max_value=12),
)
def test_windows_of_a_campaign_never_overlap(day, before, off, month):
    rules = MonthRules(deadline_day=day, reminders_before=tuple(before), originals_before=tuple(before))
    steps = steps_of(Period(2027, month), rules, lambda date: date.weekday() in off)
    for campaign in Campaign:
        windows = [(step.opens, step.closes) for step in steps if step.campaign is campaign]
        assert windows or (campaign is Campaign.ORIGINAL and not before)
        assert all(opens <= closes for opens, closes in windows)
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(windows))


@pytest.mark.parametrize("hour", [0, 8, 9, 23])
def test_a_step_is_open_from_its_hour_and_not_at_its_end(hour):
    now = dt.datetime(2026, 11, 25, hour, tzinfo=TASHKENT)
    names = [step.name for step in open_steps(now, lambda period: RULES, never)]
    assert names == (["1"] if hour < 9 else ["0"])
