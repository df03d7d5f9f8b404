"""The chain of versions of one meter and period: what is booked comes after what it corrects, and nothing else does."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from storage.database import Transaction
from storage.faults import StaleLookup
from storage.standing import StandingReading
from storage.states import ReadingStatus
from storage.tables import readings


def book(tx: Transaction, row: dict[str, Any], top: StandingReading | None, may_correct: Collection[int]) -> None:
    """Writes a reading's row (columns of `readings`) as the next version of its chain; one that is booked with the same
    value is not written again.

    top: what stands for this meter and period; may_correct: the submissions over whose readings it may come. Raises StaleLookup
    when something else stands, or was booked just now.
    """
    if top is not None and _same_value(row, top):
        return
    if top is not None and top.submission not in may_correct:
        raise StaleLookup(f"another value is booked for meter {row['serial']} and {row['period']} since the look-up")
    place = {"status": ReadingStatus.BOOKED, "version": _next_version(tx, row), "corrects": _end_of_chain(tx, row)}
    try:
        with tx.begin_nested():
            tx.execute(readings.insert().values({**row, **place}))
    except sa.exc.IntegrityError as error:
        raise StaleLookup(f"another value was booked for meter {row['serial']} and {row['period']} just now") from error


def withdraw(tx: Transaction, top: StandingReading, submission: int) -> None:
    """Ends the chain with a row that repeats the standing reading and takes it back."""
    kept = dict(tx.execute(sa.select(readings).where(readings.c.id == top.id)).one()._mapping)
    del kept["id"]
    row = {"submission": submission, "status": ReadingStatus.WITHDRAWN, "version": top.version + 1, "corrects": top.id}
    tx.execute(readings.insert().values({**kept, **row}))


def take_back(tx: Transaction, decision: int, submission: int) -> None:
    """Ends each chain that `decision` ended with what stood before: a reading is booked again as a new version, or withdrawn
    where nothing stood."""
    successor = readings.alias("successor")
    ends = ~sa.exists().where(successor.c.corrects == readings.c.id)
    for row in tx.execute(sa.select(readings).where(readings.c.submission == decision, readings.c.version.is_not(None), ends)).all():
        before = None if row.corrects is None else tx.execute(sa.select(readings).where(readings.c.id == row.corrects)).one()
        stands = before is not None and before.status is ReadingStatus.BOOKED
        kept = dict((before if stands else row)._mapping)
        del kept["id"]
        status = ReadingStatus.BOOKED if stands else ReadingStatus.WITHDRAWN
        new = {"submission": submission, "status": status, "version": row.version + 1, "corrects": row.id}
        tx.execute(readings.insert().values({**kept, **new}))


def _same_value(row: dict[str, Any], top: StandingReading) -> bool:
    if (row["unit"], row["reading_date"]) != (top.unit, top.reading_date):
        return False
    return row["index"] == top.index and (top.index is not None or row["consumption"] == top.consumption)


def _chain(row: dict[str, Any]) -> sa.ColumnElement[bool]:
    key = (readings.c.contract_number == row["contract_number"]) & (readings.c.serial == row["serial"])
    return key & (readings.c.period == row["period"]) & readings.c.version.is_not(None)


def _next_version(tx: Transaction, row: dict[str, Any]) -> int:
    return (tx.scalar(sa.select(sa.func.max(readings.c.version)).where(_chain(row))) or 0) + 1


def _end_of_chain(tx: Transaction, row: dict[str, Any]) -> int | None:
    return tx.scalar(sa.select(readings.c.id).where(_chain(row)).order_by(readings.c.version.desc()).limit(1))
