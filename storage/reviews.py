"""What waits for a person: one row a report, opened with the submission and closed by a decision or by a later report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from metering.decisions import Source
from metering.periods import Period
from metering.reviews import ReviewKind, ReviewOrder, Verdict
from storage.database import Transaction
from storage.faults import StaleLookup
from storage.states import ReviewState
from storage.tables import review_reasons, reviews

HOLD = dt.timedelta(seconds=90)  # how long somebody has a report after his page was last heard of


@dataclass(frozen=True, slots=True)
class Review:
    """A report's row in the queue."""

    submission: int
    kind: ReviewKind
    contract_number: str | None
    period: Period | None
    sender: str | None
    source: Source
    received_at: dt.datetime
    due_on: dt.date
    certainty: int
    state: ReviewState
    version: int
    postponed_until: dt.datetime | None
    held_by: str | None
    held_until: dt.datetime | None
    verdict: Verdict | None
    closed_by: str | None
    closed_at: dt.datetime | None
    decision: int | None
    letter: int | None
    undo_until: dt.datetime | None
    corrected: int | None

    def holder(self, now: dt.datetime) -> str | None:
        """Who has it before him now."""
        return self.held_by if self.held_until is not None and self.held_until > now else None


@dataclass(frozen=True, slots=True)
class Closing:
    """How a review ends. corrected: how many values were changed; undo_until: None where it cannot be undone."""

    verdict: Verdict | None
    by: str
    at: dt.datetime
    decision: int | None = None
    letter: int | None = None
    undo_until: dt.datetime | None = None
    corrected: int = 0


def open_review(tx: Transaction, order: ReviewOrder, row: dict[str, object], rules: Iterable[str]) -> None:
    """row: submission, contract_number, period, sender, source and received_at, as the submission has them."""
    tx.execute(reviews.insert().values({**row, **_ordered(order), "state": ReviewState.OPEN, "version": 1}))
    reasons = [{"submission": row["submission"], "rule": rule} for rule in dict.fromkeys(rules)]
    if reasons:
        tx.execute(review_reasons.insert(), reasons)


def settle_by_a_later_report(tx: Transaction, submission: int, later: int, now: dt.datetime) -> None:
    """The sender, or the cabinet, put another report in its place: nobody need look at this one any more."""
    ended = {"state": ReviewState.CLOSED, "closed_by": "hisobot", "closed_at": now, "decision": later, "version": reviews.c.version + 1}
    tx.execute(reviews.update().where(reviews.c.submission == submission, reviews.c.state == ReviewState.OPEN).values(ended))


def show(tx: Transaction, submission: int) -> Review | None:
    row = tx.execute(sa.select(reviews).where(reviews.c.submission == submission)).first()
    return None if row is None else Review(**row._mapping)


def hold(tx: Transaction, submission: int, name: str, now: dt.datetime) -> None:
    """Notes that this person has the report before him, unless somebody else has."""
    free = reviews.c.held_by.is_(None) | (reviews.c.held_until <= now) | (reviews.c.held_by == name)
    this = (reviews.c.submission == submission) & (reviews.c.state == ReviewState.OPEN)
    tx.execute(reviews.update().where(this, free).values(held_by=name, held_until=now + HOLD))


def let_go(tx: Transaction, submission: int, name: str) -> None:
    mine = (reviews.c.submission == submission) & (reviews.c.held_by == name)
    tx.execute(reviews.update().where(mine).values(held_by=None, held_until=None))


def close(tx: Transaction, submission: int, version: int, closing: Closing) -> None:
    """Raises StaleLookup if the review is not the version that the person saw, or is closed."""
    values = {
        "state": ReviewState.CLOSED,
        "verdict": closing.verdict,
        "closed_by": closing.by,
        "closed_at": closing.at,
        "decision": closing.decision,
        "letter": closing.letter,
        "undo_until": closing.undo_until,
        "corrected": closing.corrected,
        "held_by": None,
        "held_until": None,
    }
    _change(tx, submission, version, ReviewState.OPEN, values)


def postpone(tx: Transaction, submission: int, version: int, until: dt.datetime) -> None:
    """Raises StaleLookup as `close` does."""
    _change(tx, submission, version, ReviewState.OPEN, {"postponed_until": until, "held_by": None, "held_until": None})


def reopen(tx: Transaction, submission: int, version: int) -> None:
    """Raises StaleLookup if it is not the closed version that the person saw."""
    ended = ("verdict", "closed_by", "closed_at", "decision", "letter", "undo_until", "corrected", "postponed_until")
    _change(tx, submission, version, ReviewState.CLOSED, {"state": ReviewState.OPEN, **dict.fromkeys(ended)})


def last_closed_by(tx: Transaction, name: str, now: dt.datetime) -> Review | None:
    """What this person decided last and may still undo."""
    mine = (reviews.c.state == ReviewState.CLOSED) & (reviews.c.closed_by == name) & (reviews.c.undo_until > now)
    row = tx.execute(sa.select(reviews).where(mine).order_by(reviews.c.closed_at.desc(), reviews.c.submission.desc()).limit(1)).first()
    return None if row is None else Review(**row._mapping)


def disagreement(tx: Transaction, since: dt.datetime) -> tuple[int, int]:
    """Of the audits that ended since then: how many, and in how many the person changed something."""
    ended = (reviews.c.kind == ReviewKind.AUDIT) & (reviews.c.closed_at >= since) & reviews.c.verdict.is_not(None)
    changed = sa.func.sum(sa.case((reviews.c.verdict != Verdict.AGREE, 1), else_=0))
    count, differing = tx.execute(sa.select(sa.func.count(), changed).where(ended)).one()
    return count, differing or 0


def reasons_of(tx: Transaction, submissions: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The rules that brought each report here, by id."""
    chosen = sa.select(review_reasons).where(review_reasons.c.submission.in_(submissions)).order_by(review_reasons.c.rule)
    found: dict[int, tuple[str, ...]] = {}
    for row in tx.execute(chosen):
        found[row.submission] = (*found.get(row.submission, ()), row.rule)
    return found


def _change(tx: Transaction, submission: int, version: int, state: ReviewState, values: dict[str, object]) -> None:
    seen = (reviews.c.submission == submission) & (reviews.c.version == version) & (reviews.c.state == state)
    if tx.execute(reviews.update().where(seen).values({**values, "version": version + 1})).rowcount != 1:
        raise StaleLookup(f"the review of submission {submission} was changed by somebody else")


def _ordered(order: ReviewOrder) -> dict[str, object]:
    return {"kind": order.kind, "due_on": order.due_on, "certainty": order.certainty}
