"""The month over all contracts: counted once a minute however many people look, and as tables to take away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from metering.periods import TASHKENT, Period
from service.assembly import Service
from service.counted import Counts
from service.sheets import Cell
from storage import overview
from storage.database import Transaction
from storage.overview import DayOfMonth, MonthState

FRESH = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class MonthOverview:
    """contracts: how many there are; numbers: of the contracts of each state, ascending."""

    period: Period
    contracts: int
    numbers: dict[MonthState, tuple[str, ...]]
    days: tuple[DayOfMonth, ...]

    def count(self, state: MonthState) -> int:
        return len(self.numbers[state])


def overviews_of(service: Service) -> Counts[Period, MonthOverview]:
    return Counts(service, FRESH, lambda tx, period: count_month(tx, service, period))


def count_month(tx: Transaction, service: Service, period: Period) -> MonthOverview:
    contracts, numbers = overview.numbers_by_state(tx, period, in_time_before(service, period))
    return MonthOverview(period, contracts, numbers, tuple(overview.by_day(tx, period)))


def in_time_before(service: Service, period: Period) -> dt.datetime:
    """The end of the last day on time."""
    last = period.day(service.settings.rules.deadline_day)
    return dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), TASHKENT)


def table_of(tx: Transaction, service: Service, period: Period, state: MonthState) -> Sequence[Sequence[Cell]]:
    """Number, organisation and day of the first report of each contract in that state."""
    rows = overview.listing(tx, period, state, in_time_before(service, period))
    return [(row.number, row.organization, row.received_at.astimezone(TASHKENT).date() if row.received_at else None) for row in rows]
