"""The month at a glance: which meters are reported, what is missing, how long there is time, and what happens if nothing comes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from metering.contracts import Meter
from metering.decisions import BookedReading, Outcome, Policy
from metering.errors import PermanentError
from metering.estimates import Estimate
from metering.periods import TASHKENT, Period
from service.assembly import Service
from service.estimates import estimate
from storage import entries, history, register, standing
from storage.database import Transaction


class MeterState(StrEnum):
    """What is known of one meter's month, in the order in which it matters to the customer."""

    MISSING = "missing"
    INCOMPLETE = "incomplete"
    WAITING = "waiting"  # handed in just now, its files are being read
    REVIEW = "review"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class MeterMonth:
    """index, reading_date: of what was reported; None while nothing is."""

    meter: Meter
    state: MeterState
    index: Decimal | None = None
    consumption: Decimal | None = None
    reading_date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class MonthState:
    """One month of one contract, as its customer sees it on `today`.

    deadline: the last day on time; closes: the last day on which a report or correction is taken; estimate: what is charged
    if nothing comes, None where it cannot be computed.
    """

    period: Period
    today: dt.date
    deadline: dt.date
    closes: dt.date
    meters: tuple[MeterMonth, ...]
    estimate: Estimate | None
    original: bool  # the paper original was received

    @property
    def missing(self) -> tuple[MeterMonth, ...]:
        return tuple(meter for meter in self.meters if meter.state in (MeterState.MISSING, MeterState.INCOMPLETE))

    @property
    def days_left(self) -> int:
        """Until the deadline: 0 on the day itself, negative after it."""
        return (self.deadline - self.today).days

    @property
    def reported(self) -> int:
        return len(self.meters) - len(self.missing)


def today_of(service: Service) -> dt.date:
    return service.clock().astimezone(TASHKENT).date()


def open_periods(today: dt.date, policy: Policy) -> tuple[Period, ...]:
    """The months for which readings are taken today: this one, and until its closing day the one before, which comes first."""
    this = Period.of(today)
    return (this.previous(), this) if today <= this.day(policy.period_closes_day) else (this,)


def month_state(tx: Transaction, service: Service, contract_number: str, period: Period) -> MonthState:
    policy = service.settings.rules.policy()
    meters = register.meters_alone(tx, contract_number)
    booked = standing.booked(tx, contract_number, period)
    waiting = {m["serial"] for e in entries.waiting_of(tx, contract_number) if e.period == period for m in e.meters if "serial" in m}
    return MonthState(
        period=period,
        today=today_of(service),
        deadline=period.day(policy.deadline_day),
        closes=period.next().day(policy.period_closes_day),
        meters=tuple(_month(meter, booked.get(serial), serial in waiting) for serial, meter in meters.items() if meter.bills_in(period)),
        estimate=_estimate(tx, service, contract_number, period),
        original=period in history.originals_of(tx, contract_number, period),
    )


def states_today(tx: Transaction, service: Service, contract_number: str) -> tuple[MonthState, ...]:
    """The months that are open today; one that is over and wholly reported is left out."""
    periods = open_periods(today_of(service), service.settings.rules.policy())
    states = [month_state(tx, service, contract_number, period) for period in periods]
    return tuple(state for state in states if state.missing or state is states[-1])


def _month(meter: Meter, booked: BookedReading | None, waiting: bool) -> MeterMonth:
    if booked is None or not booked.trusted:
        return MeterMonth(meter, MeterState.WAITING if waiting else MeterState.MISSING)
    state = {Outcome.ACCEPTED: MeterState.ACCEPTED, Outcome.INCOMPLETE: MeterState.INCOMPLETE}.get(booked.outcome, MeterState.REVIEW)
    if waiting and state is MeterState.INCOMPLETE:
        state = MeterState.WAITING
    return MeterMonth(meter, state, booked.index, booked.consumption, booked.reading_date)


def _estimate(tx: Transaction, service: Service, contract_number: str, period: Period) -> Estimate | None:
    try:
        return estimate(tx, contract_number, period, service.settings.estimates)
    except PermanentError:
        return None  # an annex that cannot be: staff learn of it from the calendar, the customer from the bill
