"""Which days are days off in Uzbekistan: weekends, public holidays and their transfers, and what the utility's settings add."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache

import holidays

from service.config import CalendarSettings


def days_off(settings: CalendarSettings) -> Callable[[dt.date], bool]:
    """Whether a day is a day off. The settings come before the public calendar: decrees move days at short notice."""
    off, working = frozenset(settings.extra_days_off), frozenset(settings.extra_working_days)
    return lambda day: day in off or (day not in working and not _public().is_working_day(day))


@cache
def _public() -> holidays.HolidayBase:
    return holidays.country_holidays("UZ")
