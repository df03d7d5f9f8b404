"""The ledger's one writer: submission, readings, decision, audit, the message's fate and the letters owed, in one transaction."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from metering.decisions import Decision, Outcome, Severity, Source
from metering.report_json import report_as_json
from metering.units import to_gcal
from storage import audit, booking, messages, reviews
from storage.database import Transaction
from storage.faults import StaleLookup
from storage.inserts import insert_once
from storage.outbox import owe
from storage.settling import Fate, NewReading, NewSubmission, Settled, Settlement
from storage.standing import chain_tops, lock
from storage.states import ReadingStatus
from storage.tables import decisions, readings, submission_files, submissions


def settle(tx: Transaction, settlement: Settlement) -> Settled:
    """Writes everything, or raises and nothing of the transaction may be committed.

    Raises LostLease when the claim went to another worker, StaleLookup when a reading to be booked meets another
    version than the look-up saw: look up, judge and settle again. A fate without a claim, or the reverse, is a ValueError.
    """
    if (settlement.claim is None) != (settlement.fate is None):
        raise ValueError("a message is settled by its claim and its fate together")
    if settlement.claim is not None:
        messages.assert_held(tx, settlement.claim)  # first: it locks the row, so that a paused worker writes nothing
    made = tuple(record_submission(tx, new, settlement.at, settlement.actor) for new in settlement.submissions)
    if settlement.claim is not None and settlement.fate is not None:
        _decide_message(tx, settlement.claim, settlement.fate, settlement)
    return Settled(made, tuple(owe(tx, letter, settlement.at) for letter in settlement.letters))


def record_submission(tx: Transaction, new: NewSubmission, now: dt.datetime, actor: str = "hisobot") -> int:
    """Writes one submission with its readings, decision and audit row; returns its id, the number that letters give.

    For a message of several reports: look up, judge and record one after another in the transaction that settles, so
    that each sees what the one before booked. `accepted` books the readings (one that is booked with the same value
    is not written again), `review` and `incomplete` keep them as pending, any other outcome writes none.
    Raises StaleLookup.
    """
    _check(new)
    if new.contract_number is not None:
        lock_contract(tx, new.contract_number)
    number = insert_once(tx, submissions, _submission_row(new, now))
    if number is None and new.cabinet_id is not None:
        raise StaleLookup(f"cabinet submission {new.cabinet_id} was recorded just now")
    if number is None:
        raise ValueError(f"report {new.part} of message {new.message} was recorded before")
    if new.files:
        rows = [{"submission": number, "position": i, "name": f.name, "sha256": f.sha256} for i, f in enumerate(new.files)]
        tx.execute(submission_files.insert(), rows)
    _write_readings(tx, new, number)
    _note_for_a_person(tx, new, number, now)
    row = {"message": new.message, "submission": number, "outcome": new.decision.outcome, "decided_by": actor, "decided_at": now}
    tx.execute(decisions.insert().values({**row, "findings": _findings(new.decision)}))
    details = {"source": new.source.value, "outcome": new.decision.outcome.value, "message": new.message, "supersedes": new.supersedes}
    audit.write(tx, audit.Entry(now, actor, "submission recorded", f"submission {number}", details))
    return number


def lock_contract(tx: Transaction, number: str) -> None:
    """Call it before the look-ups of a contract: from here to the end of the transaction nobody else books for it."""
    lock(tx, f"contract {number}")


def submission_of_cabinet(tx: Transaction, cabinet_id: str) -> int | None:
    """The submission that this cabinet id became, None if it is new: the same id twice is one submission."""
    return tx.scalar(sa.select(submissions.c.id).where(submissions.c.cabinet_id == cabinet_id))


def _check(new: NewSubmission) -> None:
    """Holds what every caller must respect; a breach is a bug, never a matter of the report."""
    if (new.source is Source.EMAIL) != (new.message is not None):
        raise ValueError("an email submission, and no other, names its message")
    if new.decision.outcome is not Outcome.ACCEPTED:
        return
    if not new.trusted or new.contract_number is None or new.period is None:
        raise ValueError("only a trusted submission with contract and period is accepted")
    for reading in new.readings:
        if None in (reading.serial, reading.kind, reading.unit, reading.reading_date) or reading.index is reading.consumption is None:
            raise ValueError("a booked reading has serial, kind, unit, date and a value")


def _note_for_a_person(tx: Transaction, new: NewSubmission, number: int, now: dt.datetime) -> None:
    """Into the queue of the review desk, or out of it: a later report of the same sender disposes of the one that waited."""
    if new.review is not None:
        row = {"submission": number, "contract_number": new.contract_number, "period": new.period, "source": new.source}
        row |= {"sender": new.sender.lower() if new.sender else None, "received_at": new.received_at}
        told = (finding.rule for finding in new.decision.findings if finding.severity is not Severity.NOTE)
        reviews.open_review(tx, new.review, row, told)
    if new.supersedes is not None and new.source is not Source.STAFF:
        reviews.settle_by_a_later_report(tx, new.supersedes, number, now)


def _write_readings(tx: Transaction, new: NewSubmission, submission: int) -> None:
    if new.contract_number is None or new.period is None:
        return
    tops = {top.serial: top for top in chain_tops(tx, new.contract_number, new.period)}
    may_correct = new.corrects | ({new.supersedes} if new.supersedes is not None else set())
    if new.withdraws:
        for top in tops.values():
            if top.submission in may_correct:
                booking.withdraw(tx, top, submission)
        return
    if new.restores and new.supersedes is not None:
        booking.take_back(tx, new.supersedes, submission)
        return
    for reading in _by_serial(new.readings):
        row = {**_reading_row(reading), "submission": submission, "contract_number": new.contract_number, "period": new.period}
        if new.decision.outcome is Outcome.ACCEPTED:
            booking.book(tx, row, tops.get(reading.serial or ""), may_correct)
        elif new.decision.outcome in (Outcome.REVIEW, Outcome.INCOMPLETE):
            tx.execute(readings.insert().values({**row, "status": ReadingStatus.PENDING}))


def _by_serial(stated: tuple[NewReading, ...]) -> list[NewReading]:
    """One a serial, the first; a second row of the same meter stays in the submission's own list only."""
    found: dict[str, NewReading] = {}
    for reading in stated:
        if reading.serial is not None:
            found.setdefault(reading.serial, reading)
    return list(found.values())


def _decide_message(tx: Transaction, claim: messages.Claim, fate: Fate, settlement: Settlement) -> None:
    columns = {
        "outcome": fate.outcome,
        "reply": fate.reply,
        "reasons": list(fate.reasons),
        "content_sha256": fate.content_sha256,
        "sender": fate.sender,
        "message_id": fate.message_id,
        "received_at": fate.received_at,
        "decided_at": settlement.at,
    }
    messages.decide(tx, claim, columns)
    number = claim.message.id
    row = {"message": number, "outcome": fate.outcome, "decided_by": settlement.actor, "decided_at": settlement.at}
    tx.execute(decisions.insert().values({**row, "findings": [{"rule": rule} for rule in fate.reasons]}))
    details = {"outcome": fate.outcome.value, "reply": fate.reply, "attempts": claim.message.attempts}
    audit.write(tx, audit.Entry(settlement.at, settlement.actor, "message decided", f"message {number}", details))


def _submission_row(new: NewSubmission, now: dt.datetime) -> dict[str, Any]:
    return {
        "source": new.source,
        "message": new.message,
        "part": new.part,
        "cabinet_id": new.cabinet_id,
        "contract_number": new.contract_number,
        "period": new.period,
        "reading_date": new.reading_date,
        "outcome": new.decision.outcome,
        "bound_by": new.bound_by,
        "sender": new.sender.lower() if new.sender else None,
        "trusted": new.trusted,
        "meters": [_stated(reading) for reading in new.readings],
        "report": report_as_json(new.report) if new.report else None,
        "supersedes": new.supersedes,
        "received_at": new.received_at,
        "settled_at": now,
    }


def _stated(reading: NewReading) -> dict[str, str | None]:
    """As docs/formats.md prints a meter of a message."""
    return {
        "serial": reading.serial,
        "kind": reading.kind.value if reading.kind else None,
        "unit": reading.unit.value if reading.unit else None,
        "previous": _digits(reading.previous_text, reading.previous),
        "current": _digits(reading.index_text, reading.index),
        "consumption": _digits(reading.consumption_text, reading.consumption),
        "reading_date": reading.reading_date.isoformat() if reading.reading_date else None,
    }


def _digits(text: str | None, number: Decimal | None) -> str | None:
    if text is not None or number is None:
        return text
    return format(number, "f")


def _reading_row(reading: NewReading) -> dict[str, Any]:
    return {
        "serial": reading.serial,
        "kind": reading.kind,
        "unit": reading.unit,
        "reading_date": reading.reading_date,
        "index": reading.index,
        "previous": reading.previous,
        "consumption": reading.consumption,
        "gcal": _gcal(reading),
        "index_text": reading.index_text,
        "previous_text": reading.previous_text,
        "consumption_text": reading.consumption_text,
    }


def _gcal(reading: NewReading) -> Decimal | None:
    if reading.unit is None:
        return None
    used = reading.consumption
    if used is None and reading.index is not None and reading.previous is not None:
        used = reading.index - reading.previous
    return None if used is None else to_gcal(used, reading.unit)


def _findings(decision: Decision) -> list[dict[str, Any]]:
    return [{"rule": f.rule, "severity": f.severity.value, "values": dict(f.values)} for f in decision.findings]
