"""One month over all contracts: who reported, what is accepted, in review, late or missing; by day, and as lists."""

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
from storage.tables import contracts, originals, reviews, submissions


class MonthState(StrEnum):
    """Which contracts. A contract may be late and accepted; accepted, review and missing exclude each other. no_original: a report that
    came electronically stands or waits, and its paper original is not marked received."""

    REPORTED = "reported"
    ACCEPTED = "accepted"
    REVIEW = "review"
    LATE = "late"
    MISSING = "missing"
    NO_ORIGINAL = "no_original"


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


def numbers_by_state(tx: Transaction, period: Period, in_time: dt.datetime) -> tuple[int, dict[MonthState, tuple[str, ...]]]:
    """How many contracts there are, and of each state the numbers of its contracts, ascending; all in one pass over the month.

    in_time: what came before this was not late.
    """
    month = _month(period).subquery()
    listed = [sa.func.aggregate_strings(month.c.number, " ").filter(_of_state(month, state, in_time)) for state in MonthState]
    contracts_in_all, *found = tx.execute(sa.select(sa.func.count(), *listed)).one()
    return contracts_in_all, {state: tuple(sorted((text or "").split())) for state, text in zip(MonthState, found, strict=True)}


def contracts_of(tx: Transaction, period: Period, numbers: Sequence[str]) -> list[ContractOfMonth]:
    """These contracts with their first report for the month, by number."""
    first = sa.select(sa.func.min(submissions.c.received_at, type_=Instant())).where(
        submissions.c.contract_number == contracts.c.number, submissions.c.period == period, _BY_THE_CUSTOMER
    )
    chosen = sa.select(contracts.c.number, contracts.c.organization, first.correlate(contracts).scalar_subquery())
    return [ContractOfMonth(*row) for row in tx.execute(chosen.where(contracts.c.number.in_(numbers)).order_by(contracts.c.number))]


def listing(tx: Transaction, period: Period, state: MonthState, in_time: dt.datetime) -> list[ContractOfMonth]:
    """All contracts of that state, by number."""
    month = _month(period).subquery()
    chosen = sa.select(month.c.number, month.c.organization, month.c.received_at).where(_of_state(month, state, in_time))
    return [ContractOfMonth(*row) for row in tx.execute(chosen.order_by(month.c.number))]


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


_BY_THE_CUSTOMER = (submissions.c.source != Source.STAFF) & submissions.c.trusted


def _month(period: Period) -> sa.Select:
    """Each contract that is active, with what came for the month: received_at of the first report; accepted, electronic (reported so, as
    storage/reported.py has it), waiting and original as 1 or 0."""
    later = submissions.alias("later")
    accepted = (submissions.c.outcome == Outcome.ACCEPTED) & later.c.id.is_(None)
    from_paper = (submissions.c.source == Source.STAFF) & submissions.c.supersedes.is_(None)
    electronic = submissions.c.outcome.in_((Outcome.ACCEPTED, Outcome.REVIEW)) & later.c.id.is_(None) & ~from_paper
    sent = (
        sa.select(
            submissions.c.contract_number,
            sa.func.min(sa.case((_BY_THE_CUSTOMER, submissions.c.received_at)), type_=Instant()).label("received_at"),
            sa.func.max(sa.case((accepted, 1), else_=0)).label("accepted"),
            sa.func.max(sa.case((electronic, 1), else_=0)).label("electronic"),
        )
        .outerjoin(later, later.c.supersedes == submissions.c.id)
        .where(submissions.c.period == period)
        .group_by(submissions.c.contract_number)
        .subquery("sent")
    )
    open_review = (reviews.c.state == ReviewState.OPEN) & (reviews.c.kind != ReviewKind.AUDIT)
    waiting = sa.select(reviews.c.contract_number).where(open_review, reviews.c.period == period).distinct().subquery("waiting")
    newest = sa.select(sa.func.max(originals.c.id)).where(originals.c.period == period).group_by(originals.c.contract_number)
    marked = sa.select(originals.c.contract_number).where(originals.c.id.in_(newest), originals.c.received).subquery("marked")
    joined = contracts.outerjoin(sent, sent.c.contract_number == contracts.c.number)
    joined = joined.outerjoin(waiting, waiting.c.contract_number == contracts.c.number)
    return (
        sa.select(
            contracts.c.number,
            contracts.c.organization,
            sent.c.received_at,
            sa.func.coalesce(sent.c.accepted, 0).label("accepted"),
            sa.func.coalesce(sent.c.electronic, 0).label("electronic"),
            sa.case((waiting.c.contract_number.is_not(None), 1), else_=0).label("waiting"),
            sa.case((marked.c.contract_number.is_not(None), 1), else_=0).label("original"),
        )
        .select_from(joined.outerjoin(marked, marked.c.contract_number == contracts.c.number))
        .where(contracts.c.status == ContractStatus.ACTIVE)
    )


def _of_state(month: sa.FromClause, state: MonthState, in_time: dt.datetime) -> sa.ColumnElement[bool]:
    sent, accepted = month.c.received_at.is_not(None), month.c.accepted == 1
    return {
        MonthState.REPORTED: sent,
        MonthState.ACCEPTED: accepted,
        MonthState.REVIEW: (month.c.waiting == 1) & ~accepted,
        MonthState.LATE: month.c.received_at >= sa.literal(in_time, Instant()),
        MonthState.MISSING: ~sent & ~accepted,
        MonthState.NO_ORIGINAL: (month.c.electronic == 1) & (month.c.original == 0),
    }[state]
