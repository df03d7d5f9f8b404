"""A contract's history as its customer sees it: one timeline a meter of all that was sent, and what was booked beside it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from metering.contracts import Meter
from metering.decisions import Finding, Severity, Source
from metering.periods import Period
from metering.units import Unit
from service.answers import letter_number
from storage import entries, history, register, sent_files
from storage.database import Transaction
from storage.entries import Entry
from storage.history import SentReading
from storage.sent_files import SentFile

#: Statuses of what is no longer, or never was, a value of its own.
_GONE = frozenset({"corrected", "withdrawn", "superseded", "duplicate", "returned"})


@dataclass(frozen=True, slots=True)
class Sent:
    """One row of a timeline. number: what the customer may quote, None for a staff's own entry; conflict: another value
    for the same month stands beside it; reasons: why a person looks at it; digits as they were sent."""

    submission: int | None
    number: str | None
    source: Source
    received_at: dt.datetime
    period: Period
    reading_date: dt.date | None
    index: str | None
    consumption: str | None
    gcal: Decimal | None
    status: str  # storage/history.py; `waiting` while the cabinet's files are being read
    conflict: bool
    files: tuple[SentFile, ...] = ()
    reasons: tuple[Finding, ...] = ()
    used: Decimal | None = None  # the consumption as a number


@dataclass(frozen=True, slots=True)
class MonthBooked:
    """What was sent for a month, the newest of it, beside what is booked; either is None where there is none.
    original: the paper original of the month was received."""

    period: Period
    sent: Sent | None
    booked: Sent | None
    original: bool


@dataclass(frozen=True, slots=True)
class MeterHistory:
    """meter: None for a serial that the register does not have. rows: newest first; months: oldest first, without gaps."""

    serial: str
    meter: Meter | None
    unit: Unit | None
    rows: tuple[Sent, ...]
    months: tuple[MonthBooked, ...]


def history_of(tx: Transaction, contract_number: str, since: Period, until: Period) -> tuple[MeterHistory, ...]:
    """A history for each meter of the register and for each other serial that something was sent for, from `since` on."""
    found = history.sent_readings(tx, contract_number, since)
    by_submission = {reading.submission for reading in found}
    files = sent_files.files_of(tx, contract_number, by_submission)
    doubtful = {reading.submission for reading in found if reading.status in ("review", "incomplete")}
    findings = history.findings_of(tx, doubtful)
    conflicting = _conflicts(found)
    rows: dict[str, list[Sent]] = defaultdict(list)
    for entry in reversed(entries.waiting_of(tx, contract_number)):
        for meter in entry.meters:
            rows[meter["serial"]].append(_waiting(entry, meter))
    units: dict[str, Unit | None] = {}
    for reading in found:
        units.setdefault(reading.serial, reading.unit)
        reasons = tuple(f for f in findings.get(reading.submission, ()) if f.severity is not Severity.NOTE)
        rows[reading.serial].append(_sent(reading, conflicting, files.get(reading.submission, ()), reasons))
    meters = register.meters_alone(tx, contract_number)
    originals = history.originals_of(tx, contract_number, since)
    serials = [*meters, *(serial for serial in rows if serial not in meters)]
    return tuple(
        MeterHistory(
            serial,
            meters.get(serial),
            meters[serial].unit if serial in meters else units.get(serial),
            tuple(rows.get(serial, ())),
            _months(rows.get(serial, ()), since, until, originals),
        )
        for serial in serials
    )


def year_before(period: Period, years: int) -> Period:
    """The month after the same month so many years ago: twelve months a year, this one included."""
    return Period(period.year - years, period.month).next()


def _conflicts(found: Sequence[SentReading]) -> frozenset[tuple[str, Period]]:
    """Meters and months for which two different values wait or stand."""
    values: dict[tuple[str, Period], set[tuple[Decimal | None, Decimal | None]]] = defaultdict(set)
    for reading in found:
        if reading.status not in _GONE:
            values[reading.serial, reading.period].add((reading.index, None if reading.index is not None else reading.consumption))
    return frozenset(key for key, different in values.items() if len(different) > 1)


def _sent(
    reading: SentReading, conflicting: frozenset[tuple[str, Period]], files: tuple[SentFile, ...], reasons: tuple[Finding, ...]
) -> Sent:
    number = letter_number(reading.received_at, reading.message) if reading.message is not None else reading.cabinet_id
    return Sent(
        submission=reading.submission,
        number=number,
        source=reading.source,
        received_at=reading.received_at,
        period=reading.period,
        reading_date=reading.reading_date,
        index=_digits(reading.index_text, reading.index),
        consumption=_digits(reading.consumption_text, reading.consumption),
        gcal=reading.gcal,
        status=reading.status,
        conflict=reading.status not in _GONE and (reading.serial, reading.period) in conflicting,
        files=files,
        reasons=reasons,
        used=reading.consumption,
    )


def _waiting(entry: Entry, meter: dict[str, str | None]) -> Sent:
    return Sent(
        submission=None,
        number=entry.number,
        source=Source.CABINET,
        received_at=entry.received_at,
        period=entry.period,
        reading_date=entry.reading_date,
        index=meter.get("current"),
        consumption=meter.get("consumption"),
        gcal=None,
        status="waiting",
        conflict=False,
    )


def _months(rows: Sequence[Sent], since: Period, until: Period, originals: frozenset[Period]) -> tuple[MonthBooked, ...]:
    newest: dict[Period, Sent] = {}
    booked: dict[Period, Sent] = {}
    for row in rows:
        if row.source is not Source.STAFF and row.status != "duplicate":
            newest.setdefault(row.period, row)
        if row.status == "booked":
            booked.setdefault(row.period, row)
    months, period = [], since
    while period <= until:
        months.append(MonthBooked(period, newest.get(period), booked.get(period), period in originals))
        period = period.next()
    return tuple(months)


def _digits(text: str | None, number: Decimal | None) -> str | None:
    return text if text is not None or number is None else format(number, "f")
