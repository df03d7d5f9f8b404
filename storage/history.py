"""Everything that was ever sent for one contract, from every source, with what became of it: what its customer may see.

What a stranger or mail of tier C brought is left out, and what staff found to be another contract's: it is somebody else's.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from metering.decisions import Finding, Outcome, Severity, Source
from metering.periods import Period
from metering.reviews import Verdict
from metering.units import MeterKind, Unit
from storage.database import Transaction
from storage.exports import status_of
from storage.sent_files import taken_by_another
from storage.standing import pending_superseded
from storage.tables import decisions, originals, readings, reviews, submissions


@dataclass(frozen=True, slots=True)
class SentReading:
    """One reading of one submission. status: booked, corrected, withdrawn, superseded, review, incomplete, duplicate (docs/formats.md),
    and returned where staff sent it back.

    message: id of the mail that brought it; cabinet_id: what the cabinet calls it. Texts are exactly the digits that were sent.
    """

    submission: int
    source: Source
    message: int | None
    cabinet_id: str | None
    received_at: dt.datetime
    period: Period
    serial: str
    kind: MeterKind | None
    unit: Unit | None
    reading_date: dt.date | None
    index: Decimal | None
    consumption: Decimal | None
    gcal: Decimal | None
    index_text: str | None
    consumption_text: str | None
    status: str


def sent_readings(tx: Transaction, contract_number: str, since: Period) -> list[SentReading]:
    """Newest first. Of a submission that wrote no readings (a duplicate) what it stated is taken from the submission itself."""
    chosen = _readings().where(readings.c.contract_number == contract_number, readings.c.period >= since)
    found = [_reading(row) for row in tx.execute(chosen)]
    written = {reading.submission for reading in found}
    ours = (
        (submissions.c.contract_number == contract_number) & (submissions.c.period >= since) & submissions.c.trusted & ~taken_by_another()
    )
    for row in tx.execute(sa.select(submissions).where(ours, submissions.c.outcome == Outcome.DUPLICATE)):
        if row.id not in written:
            found += [_stated(row, meter) for meter in row.meters if meter.get("serial")]
    return sorted(found, key=lambda reading: (reading.received_at, reading.submission), reverse=True)


@functools.cache  # it costs more to build than to ask
def _readings() -> sa.Select:
    """Every reading that is the customer's, with its submission and what became of it."""
    successor = readings.alias("successor")
    replaced_by = sa.select(successor.c.status).where(successor.c.corrects == readings.c.id).scalar_subquery()
    chosen = sa.select(
        readings,
        *(submissions.c[name] for name in ("source", "message", "cabinet_id", "received_at", "outcome")),
        replaced_by.label("replaced_by"),
        pending_superseded().label("superseded"),
        reviews.c.verdict,
    )
    joined = chosen.join(submissions, submissions.c.id == readings.c.submission)
    return joined.join(reviews, reviews.c.submission == submissions.c.id, isouter=True).where(submissions.c.trusted, ~taken_by_another())


def originals_of(tx: Transaction, contract_number: str, since: Period) -> frozenset[Period]:
    """Months whose paper original is marked received: of several marks of a month the newest counts."""
    ours = (originals.c.contract_number == contract_number) & (originals.c.period >= since)
    marks = tx.execute(sa.select(originals.c.period, originals.c.received).where(ours).order_by(originals.c.id))
    return frozenset(period for period, received in dict(tuple(mark) for mark in marks).items() if received)


def findings_of(tx: Transaction, of_submissions: Collection[int]) -> dict[int, tuple[Finding, ...]]:
    """What the newest decision on each of them found."""
    if not of_submissions:
        return {}
    chosen = sa.select(decisions.c.submission, decisions.c.findings).where(decisions.c.submission.in_(of_submissions))
    found = {}
    for number, kept in tx.execute(chosen.order_by(decisions.c.id)):
        found[number] = tuple(Finding(each["rule"], Severity(each["severity"]), each["values"]) for each in kept if "severity" in each)
    return found


def outcome_of(tx: Transaction, submission: int) -> Outcome:
    return tx.execute(sa.select(submissions.c.outcome).where(submissions.c.id == submission)).scalar_one()


def _reading(row: sa.Row) -> SentReading:
    names = [name for name in SentReading.__slots__ if name != "status"]
    status = status_of(row)
    if status == "superseded" and row.verdict in (Verdict.RETURN, Verdict.NOT_A_REPORT):
        status = "returned"
    return SentReading(**{name: row._mapping[name] for name in names}, status=status)


def _stated(row: sa.Row, meter: dict[str, Any]) -> SentReading:
    """Of a submission's own list, whose values are text; what is no number there is shown as it stands."""
    return SentReading(
        submission=row.id,
        source=row.source,
        message=row.message,
        cabinet_id=row.cabinet_id,
        received_at=row.received_at,
        period=row.period,
        serial=meter["serial"],
        kind=MeterKind(meter["kind"]) if meter.get("kind") else None,
        unit=Unit(meter["unit"]) if meter.get("unit") else None,
        reading_date=dt.date.fromisoformat(meter["reading_date"]) if meter.get("reading_date") else row.reading_date,
        index=None,
        consumption=None,
        gcal=None,
        index_text=meter.get("current"),
        consumption_text=meter.get("consumption"),
        status=row.outcome.value,
    )
