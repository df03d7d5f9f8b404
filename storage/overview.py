"""One month over all contracts: who reported, what is accepted, in review, late or missing; in numbers, by day, and as lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from metering.contracts import ContractStatus
from metering.decisions import Outcome, Source
from metering.periods import Period
from metering.reviews import ReviewKind
from storage.columns import Instant
from storage.database import Transaction
from storage.states import ReviewState
from storage.tables import contracts, reviews, submissions


class MonthState(StrEnum):
    """Which contracts. A contract may be late and accepted; accepted, review and missing exclude each other."""

    REPORTED = "reported"
    ACCEPTED = "accepted"
    REVIEW = "review"
    LATE = "late"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ContractOfMonth:
    """received_at: of the first report for the month, None where there is none."""

    number: str
    organization: str
    received_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """What came in on a day (Asia/Tashkent), by what the machine decided."""

    day: dt.date
    accepted: int
    review: int
    other: int


def count_state(tx: Transaction, period: Period, state: MonthState, in_time: dt.datetime) -> int:
    """in_time: what came before this was not late."""
    return tx.scalar(sa.select(sa.func.count()).select_from(contracts).where(*_of_state(period, state, in_time))) or 0


def count_contracts(tx: Transaction) -> int:
    return tx.scalar(sa.select(sa.func.count()).select_from(contracts).where(_ACTIVE)) or 0


def listing(tx: Transaction, period: Period, state: MonthState, in_time: dt.datetime, limit: int, offset: int) -> list[ContractOfMonth]:
    """By number."""
    first = (
        sa.select(sa.func.min(submissions.c.received_at, type_=Instant())).where(_sent_for(period)).correlate(contracts).scalar_subquery()
    )
    found = sa.select(contracts.c.number, contracts.c.organization, first).where(*_of_state(period, state, in_time))
    return [ContractOfMonth(*row) for row in tx.execute(found.order_by(contracts.c.number).limit(limit).offset(offset))]


def by_day(tx: Transaction, period: Period) -> list[DayOfMonth]:
    """Days on which something came, in order."""
    if tx.dialect.name == "postgresql":
        day: sa.ColumnElement[object] = sa.cast(sa.func.timezone("Asia/Tashkent", submissions.c.received_at), sa.Date)
    else:
        day = sa.func.date(submissions.c.received_at, "+5 hours")  # Asia/Tashkent, which knows no summer time
    chosen = sa.select(day.label("day"), submissions.c.outcome, sa.func.count()).where(
        submissions.c.period == period, submissions.c.source != Source.STAFF
    )
    found: dict[dt.date, list[int]] = {}
    for when, outcome, number in tx.execute(chosen.group_by(sa.text("1"), submissions.c.outcome)):
        date = when if isinstance(when, dt.date) else dt.date.fromisoformat(str(when))
        place = 0 if outcome is Outcome.ACCEPTED else 1 if outcome is Outcome.REVIEW else 2
        found.setdefault(date, [0, 0, 0])[place] += number
    return [DayOfMonth(date, *numbers) for date, numbers in sorted(found.items())]


_ACTIVE = contracts.c.status == ContractStatus.ACTIVE


def _sent_for(period: Period) -> sa.ColumnElement[bool]:
    ours = (submissions.c.contract_number == contracts.c.number) & (submissions.c.period == period)
    return ours & (submissions.c.source != Source.STAFF) & submissions.c.trusted


def _of_state(period: Period, state: MonthState, in_time: dt.datetime) -> Sequence[sa.ColumnElement[bool]]:
    later = submissions.alias("later")
    ours = (submissions.c.contract_number == contracts.c.number) & (submissions.c.period == period)
    stands = ~sa.exists().where(later.c.supersedes == submissions.c.id).correlate(submissions)
    accepted = sa.exists().where(ours & (submissions.c.outcome == Outcome.ACCEPTED) & stands).correlate(contracts)
    waiting = (reviews.c.contract_number == contracts.c.number) & (reviews.c.period == period)
    in_review = (
        sa.exists().where(waiting & (reviews.c.state == ReviewState.OPEN) & (reviews.c.kind != ReviewKind.AUDIT)).correlate(contracts)
    )
    sent = sa.exists().where(_sent_for(period)).correlate(contracts)
    early = sa.exists().where(_sent_for(period) & (submissions.c.received_at < in_time)).correlate(contracts)
    return {
        MonthState.REPORTED: (_ACTIVE, sent),
        MonthState.ACCEPTED: (_ACTIVE, accepted),
        MonthState.REVIEW: (_ACTIVE, in_review, ~accepted),
        MonthState.LATE: (_ACTIVE, sent, ~early),
        MonthState.MISSING: (_ACTIVE, ~sent, ~accepted),
    }[state]
