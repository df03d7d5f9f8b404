"""What stands: derives from rows that are never changed which reading and which submission counts now.

docs/storage.md, "What stands", says the same in words.
"""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa

from metering.decisions import BookedReading, EarlierSubmission, Outcome, Source
from metering.periods import Period
from metering.units import Unit
from storage.database import Transaction
from storage.states import MessageState, ReadingStatus
from storage.tables import messages, readings, submission_files, submissions


@dataclass(frozen=True, slots=True)
class StandingReading:
    """The newest version of a (contract, meter, period) that is booked and was not withdrawn."""

    id: int
    submission: int
    version: int
    contract_number: str
    serial: str
    period: Period
    reading_date: dt.date
    unit: Unit
    index: Decimal | None
    consumption: Decimal | None


def chain_tops(tx: Transaction, contract_number: str, period: Period | None = None) -> list[StandingReading]:
    """The readings of the contract that count, of one period or of all, by period and date."""
    chosen = sa.select(*_STANDING).where(
        readings.c.contract_number == contract_number, readings.c.status == ReadingStatus.BOOKED, ~_replaced()
    )
    if period is not None:
        chosen = chosen.where(readings.c.period == period)
    found = tx.execute(chosen.order_by(readings.c.period, readings.c.reading_date, readings.c.id))
    return [StandingReading(**row._mapping) for row in found]


def booked(tx: Transaction, contract_number: str, period: Period) -> dict[str, BookedReading]:
    """What the ledger holds for each serial of this contract and period: the booked version, else what is pending.

    Of several pending ones a trusted one comes first, then the newest.
    """
    chosen = (
        sa.select(readings, submissions.c.outcome, submissions.c.source, submissions.c.trusted)
        .join(submissions, submissions.c.id == readings.c.submission)
        .where(readings.c.contract_number == contract_number, readings.c.period == period)
        .where(readings.c.status != ReadingStatus.WITHDRAWN, ~_replaced(), ~pending_superseded())
        .where(readings.c.unit.is_not(None), readings.c.reading_date.is_not(None))
        .order_by(readings.c.id)
    )
    rows = sorted(tx.execute(chosen), key=lambda row: (row.status is ReadingStatus.BOOKED, row.trusted, row.id))
    return {
        row.serial: BookedReading(
            serial=row.serial,
            period=row.period,
            reading_date=row.reading_date,
            index=row.index,
            consumption=row.consumption,
            unit=row.unit,
            outcome=row.outcome,
            source=row.source,
            submission=row.submission,
            trusted=row.trusted,
        )
        for row in rows
    }


@functools.cache  # a clause is never changed, and costs more to build than to ask
def pending_superseded() -> sa.ColumnElement[bool]:
    """Of a row of `readings`: it was pending, and a later submission that supersedes its own brought this meter again,
    or staff decided on it and did not undo that."""
    later, again = submissions.alias("later"), readings.alias("again")
    same_meter = (again.c.submission == later.c.id) & (again.c.serial == readings.c.serial) & (again.c.period == readings.c.period)
    brought_again = sa.exists().where(same_meter).correlate(later, readings)
    undone = submissions.alias("undone")
    stands = ~sa.exists().where(
        (undone.c.supersedes == later.c.id) & (undone.c.source == Source.STAFF) & (undone.c.outcome == Outcome.REVIEW)
    ).correlate(later)
    of_ours = (later.c.supersedes == readings.c.submission) & stands & ((later.c.source == Source.STAFF) | brought_again)
    disposed = sa.exists().where(of_ours).correlate(readings)
    return (readings.c.status == ReadingStatus.PENDING) & disposed


@functools.cache
def _replaced() -> sa.ColumnElement[bool]:
    """Of a row of `readings`: a later version of its chain corrects it."""
    successor = readings.alias("successor")
    return sa.exists().where(successor.c.corrects == readings.c.id)


def same_file(tx: Transaction, sender: str, file_sha256s: tuple[str, ...]) -> EarlierSubmission | None:
    """The newest standing submission of this sender that was made of (at least) all these files; None without files.

    Duplicates and what an untrusted sender brought do not count, nor does a message that is still being worked on:
    one file may hold several reports.
    """
    wanted = set(file_sha256s)
    if not wanted:
        return None
    later = submissions.alias("later")
    holding = (
        sa.select(submission_files.c.submission)
        .where(submission_files.c.sha256.in_(wanted))
        .group_by(submission_files.c.submission)
        .having(sa.func.count(sa.distinct(submission_files.c.sha256)) == len(wanted))
    )
    chosen = (
        sa.select(submissions.c.id, submissions.c.outcome, submissions.c.received_at, submissions.c.message)
        .join(messages, messages.c.id == submissions.c.message, isouter=True)
        .where(messages.c.id.is_(None) | (messages.c.state == MessageState.DECIDED))
        .where(submissions.c.id.in_(holding), submissions.c.sender == sender.lower(), submissions.c.trusted)
        .where(submissions.c.outcome != Outcome.DUPLICATE, ~sa.exists().where(later.c.supersedes == submissions.c.id))
        .order_by(submissions.c.id.desc())
        .limit(1)
    )
    row = tx.execute(chosen).first()
    return None if row is None else EarlierSubmission(*row)


def content_known(tx: Transaction, content_sha256: str, raw_sha256: str, except_message: int) -> bool:
    """Whether this mail was kept before: the same bytes in an earlier row, or the same content in one that is decided.

    On PostgreSQL two workers that ask about the same content wait for each other until the first has settled.
    """
    lock(tx, f"content {content_sha256}")
    same_bytes = (messages.c.raw_sha256 == raw_sha256) & (messages.c.id < except_message)
    same_content = (messages.c.content_sha256 == content_sha256) & (messages.c.state == MessageState.DECIDED)
    others = sa.select(messages.c.id).where(messages.c.id != except_message, same_bytes | same_content)
    return tx.execute(others.limit(1)).first() is not None


def lock(tx: Transaction, subject: str) -> None:
    """On PostgreSQL waits for every other transaction that locked the subject, until they end; SQLite has one writer anyhow."""
    if tx.dialect.name == "postgresql":
        tx.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(subject, 0))))


_STANDING = [readings.c[name] for name in StandingReading.__slots__]
