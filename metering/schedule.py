"""The month's calendar: what we write of our own accord, from when and until when each letter may go (docs/calendar.md, "The month").

The windows of a campaign follow one another without overlap, so that after an outage only what is still true is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from metering.periods import TASHKENT, Period


class Campaign(StrEnum):
    """A kind of letter that nobody asked for; also the kind of the letter in the outbox."""

    REMINDER = "reminder"  # a report is missing, the deadline is ahead
    NOTICE = "notice"  # the deadline has passed: what is charged, and why
    ORIGINAL = "original"  # the paper original is missing


#: Of these the law lets a customer be rid; a notice tells of a charge.
MAY_BE_UNSUBSCRIBED = frozenset({Campaign.REMINDER, Campaign.ORIGINAL})


@dataclass(frozen=True, slots=True)
class MonthRules:
    """The days of one period. reminders_before, originals_before: so many days before the deadline and before the original's day;
    time: of the day from which letters go, Asia/Tashkent."""

    deadline_day: int = 25
    closes_day: int = 10  # of the next month
    original_day: int = 10  # of the next month (announcement 3.4)
    reminders_before: tuple[int, ...] = (5, 1)
    originals_before: tuple[int, ...] = (5, 1)
    time: dt.time = dt.time(9)


@dataclass(frozen=True, slots=True)
class Step:
    """One letter of a campaign for a period: it is owed from `opens` on, and not sent at `closes` or later.

    name: days before the day that it is about, "0" on the day itself, "after" behind it; until: that day.
    """

    campaign: Campaign
    period: Period
    name: str
    opens: dt.datetime
    closes: dt.datetime
    until: dt.date

    def is_open(self, now: dt.datetime) -> bool:
        return self.opens <= now < self.closes


def steps_of(period: Period, rules: MonthRules, is_day_off: Callable[[dt.date], bool]) -> tuple[Step, ...]:
    """All letters of a period, by time. A reminder that would fall on a day off comes on the working day before it, the one on
    the deadline's own day stays there; the notice comes on the first working day behind the deadline."""
    return tuple(sorted(_steps(period, rules, is_day_off), key=lambda step: (step.opens, step.campaign)))


def open_steps(now: dt.datetime, rules_of: Callable[[Period], MonthRules], is_day_off: Callable[[dt.date], bool]) -> tuple[Step, ...]:
    """The letters that may go now. At most two periods have any: the month and the one before it."""
    month = Period.of(now.astimezone(TASHKENT).date())
    near = (month.previous(), month)
    return tuple(step for period in near for step in steps_of(period, rules_of(period), is_day_off) if step.is_open(now))


def _steps(period: Period, rules: MonthRules, is_day_off: Callable[[dt.date], bool]) -> Iterator[Step]:
    deadline, original = period.day(rules.deadline_day), period.next().day(rules.original_day)
    closes = max(period.next().day(rules.closes_day), deadline)

    def at(day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, rules.time, TASHKENT)

    yield from _countdown(Campaign.REMINDER, period, deadline, _openings(deadline, (*rules.reminders_before, 0), at, is_day_off))
    after = at(_working_day(deadline, +1, is_day_off))
    yield Step(Campaign.NOTICE, period, "after", after, max(_end_of(closes), after), closes)
    yield from _countdown(Campaign.ORIGINAL, period, original, _openings(original, rules.originals_before, at, is_day_off))


def _openings(
    day: dt.date, before: tuple[int, ...], at: Callable[[dt.date], dt.datetime], is_day_off: Callable[[dt.date], bool]
) -> list[tuple[str, dt.datetime]]:
    """(name, when) of each reminder of a day, by time."""
    made = []
    for count in sorted(set(before), reverse=True):
        nominal = day - dt.timedelta(days=count)
        made.append((str(count), at(nominal if count == 0 or not is_day_off(nominal) else _working_day(nominal, -1, is_day_off))))
    return made


def _countdown(campaign: Campaign, period: Period, day: dt.date, openings: list[tuple[str, dt.datetime]]) -> Iterator[Step]:
    """Each reminder is true until the next one takes its place, the last until its day is over."""
    ends = [*(opens for _, opens in openings[1:]), _end_of(day)]
    for (name, opens), closes in zip(openings, ends, strict=False):
        yield Step(campaign, period, name, opens, closes, day)


def _working_day(day: dt.date, direction: int, is_day_off: Callable[[dt.date], bool]) -> dt.date:
    """The nearest working day behind or before a day. Where none is within a month, the calendar is wrong and the next day is taken."""
    for distance in range(1, 32):
        candidate = day + dt.timedelta(days=direction * distance)
        if not is_day_off(candidate):
            return candidate
    return day + dt.timedelta(days=direction)


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), TASHKENT)
