"""The month over all contracts, counted once a minute however many people look, and as tables to take away."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from metering.periods import TASHKENT, Period
from service.assembly import Service
from service.sheets import Cell
from storage import overview
from storage.database import Transaction
from storage.overview import DayOfMonth, MonthState

FRESH = dt.timedelta(minutes=1)
MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class MonthOverview:
    """as_of: when it was counted."""

    period: Period
    as_of: dt.datetime
    contracts: int
    states: dict[MonthState, int]
    days: tuple[DayOfMonth, ...]


class Overviews:
    """Keeps the last count of each month. One that is old is shown once more while it is counted anew."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._known: dict[Period, MonthOverview] = {}
        self._counting: set[Period] = set()
        self._lock = threading.Lock()

    def of(self, period: Period) -> MonthOverview:
        now = self._service.clock()
        with self._lock:
            known = self._known.get(period)
            if known is not None and now - known.as_of < FRESH:
                return known
            if known is not None and period in self._counting:
                return known
            self._counting.add(period)
        if known is None:
            return self._count(period)
        threading.Thread(target=self._count, args=(period,), daemon=True).start()
        return known

    def _count(self, period: Period) -> MonthOverview:
        try:
            with self._service.database.reading() as tx:
                counted = count_month(tx, self._service, period)
            with self._lock:
                self._known[period] = counted
            return counted
        finally:
            with self._lock:
                self._counting.discard(period)


def count_month(tx: Transaction, service: Service, period: Period) -> MonthOverview:
    in_time = in_time_before(service, period)
    states = {state: overview.count_state(tx, period, state, in_time) for state in MonthState}
    return MonthOverview(period, service.clock(), overview.count_contracts(tx), states, tuple(overview.by_day(tx, period)))


def in_time_before(service: Service, period: Period) -> dt.datetime:
    """The end of the last day on time."""
    last = period.day(service.settings.rules.deadline_day)
    return dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), TASHKENT)


def table_of(tx: Transaction, service: Service, period: Period, state: MonthState) -> Sequence[Sequence[Cell]]:
    """Number, organisation and day of the first report of each contract in that state."""
    rows = overview.listing(tx, period, state, in_time_before(service, period), MOST_ROWS, 0)
    return [(row.number, row.organization, row.received_at.astimezone(TASHKENT).date() if row.received_at else None) for row in rows]
