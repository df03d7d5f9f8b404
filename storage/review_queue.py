"""The queue of the review desk: what waits, in the order in which it is to be done, filtered and counted.

By the day on which the sender was promised an answer, then the most doubtful first: what may have to go back to its sender should
go while there is time (docs/review.md, "The queue").
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from metering.decisions import Source
from metering.periods import Period
from metering.reviews import ReviewKind
from storage.database import Transaction
from storage.reviews import Review
from storage.states import ReviewState
from storage.tables import contracts, review_reasons, reviews

PAGE = 50


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What of the queue is shown; None: all. rule: that brought it here; sender: part of the address; postponed: those, and no others."""

    kind: ReviewKind | None = None
    period: Period | None = None
    contract: str | None = None
    rule: str | None = None
    sender: str | None = None
    source: Source | None = None
    postponed: bool = False

    def as_json(self) -> dict[str, Any]:
        return {name: str(value) if isinstance(value, Period) else value for name, value in asdict(self).items() if value} | (
            {"period": str(self.period)} if self.period else {}
        )

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> QueueFilter:
        """What does not read well any more is left out."""
        kind, source, period = kept.get("kind"), kept.get("source"), kept.get("period")
        try:
            month = Period.parse(period) if period else None
        except ValueError:
            month = None
        return cls(
            kind=ReviewKind(kind) if kind in tuple(ReviewKind) else None,
            period=month,
            contract=kept.get("contract") or None,
            rule=kept.get("rule") or None,
            sender=kept.get("sender") or None,
            source=Source(source) if source in tuple(Source) else None,
            postponed=bool(kept.get("postponed")),
        )


@dataclass(frozen=True, slots=True)
class QueuedReview:
    """A row of the list. organization: of the register, None where the contract is none of ours."""

    review: Review
    organization: str | None


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """Of all that is open: by kind, by month, how many are postponed, how many overdue."""

    kinds: dict[ReviewKind, int]
    periods: dict[Period | None, int]
    postponed: int
    overdue: int

    @property
    def waiting(self) -> int:
        return sum(self.kinds.values())


def listing(tx: Transaction, chosen: QueueFilter, now: dt.datetime, page: int = 1) -> list[QueuedReview]:
    """One page of the queue, in its order."""
    joined = reviews.outerjoin(contracts, contracts.c.number == reviews.c.contract_number)
    found = sa.select(reviews, contracts.c.organization).select_from(joined).where(*_conditions(chosen, now))
    rows = tx.execute(found.order_by(*_ORDER).limit(PAGE).offset((page - 1) * PAGE))
    return [QueuedReview(Review(**{n: getattr(row, n) for n in Review.__slots__}), row.organization) for row in rows]


def count(tx: Transaction, chosen: QueueFilter, now: dt.datetime) -> int:
    return tx.scalar(sa.select(sa.func.count()).select_from(reviews).where(*_conditions(chosen, now))) or 0


def counts(tx: Transaction, now: dt.datetime, today: dt.date) -> QueueCounts:
    is_later = sa.case((reviews.c.postponed_until > now, 1), else_=0).label("is_later")
    is_due = sa.case((reviews.c.due_on < today, 1), else_=0).label("is_due")
    waits = sa.select(reviews.c.kind, reviews.c.period, is_later, is_due, sa.func.count()).where(reviews.c.state == ReviewState.OPEN)
    kinds = dict.fromkeys(ReviewKind, 0)
    periods: dict[Period | None, int] = {}
    later = overdue = 0
    by = (reviews.c.kind, reviews.c.period, sa.text("is_later"), sa.text("is_due"))
    for kind, period, is_postponed, is_overdue, number in tx.execute(waits.group_by(*by)):
        if is_postponed:
            later += number
            continue
        kinds[kind] += number
        periods[period] = periods.get(period, 0) + number
        overdue += number if is_overdue else 0
    return QueueCounts(kinds, dict(sorted(periods.items(), key=lambda item: str(item[0] or ""), reverse=True)), later, overdue)


def reason_counts(tx: Transaction) -> list[tuple[str, int]]:
    """By rule, of all that is open, the most frequent first."""
    waiting = review_reasons.join(reviews, reviews.c.submission == review_reasons.c.submission)
    number = sa.func.count()
    found = sa.select(review_reasons.c.rule, number).select_from(waiting).where(reviews.c.state == ReviewState.OPEN)
    return [tuple(row) for row in tx.execute(found.group_by(review_reasons.c.rule).order_by(number.desc(), review_reasons.c.rule))]


def next_after(tx: Transaction, chosen: QueueFilter, now: dt.datetime, name: str, after: Review | None) -> int | None:
    """The report to be done next: the first behind `after`, else the first of all, that nobody else has before him."""
    free = reviews.c.held_by.is_(None) | (reviews.c.held_until <= now) | (reviews.c.held_by == name)
    found = sa.select(reviews.c.submission).where(*_conditions(chosen, now), free).order_by(*_ORDER).limit(1)
    if after is None:
        return tx.scalar(found)
    others = found.where(reviews.c.submission != after.submission)
    place = sa.tuple_(*_ORDER) > sa.tuple_(sa.literal(after.due_on, sa.Date), sa.literal(after.certainty), sa.literal(after.submission))
    behind = tx.scalar(others.where(place))
    return behind if behind is not None else tx.scalar(others)


def place_of(tx: Transaction, chosen: QueueFilter, now: dt.datetime, review: Review) -> tuple[int, int]:
    """Which it is in the queue, from 1, and of how many."""
    here = sa.tuple_(sa.literal(review.due_on, sa.Date), sa.literal(review.certainty), sa.literal(review.submission))
    before = sa.func.count(sa.case((sa.tuple_(*_ORDER) < here, 1)))
    earlier, total = tx.execute(sa.select(before, sa.func.count()).select_from(reviews).where(*_conditions(chosen, now))).one()
    return earlier + 1, total


_ORDER: Sequence[sa.Column[Any]] = (reviews.c.due_on, reviews.c.certainty, reviews.c.submission)


def _conditions(chosen: QueueFilter, now: dt.datetime) -> list[sa.ColumnElement[bool]]:
    postponed = reviews.c.postponed_until > now
    found = [reviews.c.state == ReviewState.OPEN, postponed if chosen.postponed else reviews.c.postponed_until.is_(None) | ~postponed]
    exact = {"kind": chosen.kind, "period": chosen.period, "contract_number": chosen.contract, "source": chosen.source}
    found += [reviews.c[name] == value for name, value in exact.items() if value is not None]
    if chosen.sender is not None:
        found.append(reviews.c.sender.contains(chosen.sender.lower(), autoescape=True))
    if chosen.rule is not None:
        with_rule = (review_reasons.c.submission == reviews.c.submission) & (review_reasons.c.rule == chosen.rule)
        found.append(sa.exists().where(with_rule))
    return found
