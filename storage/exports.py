"""What scripts get: every message with its fate, every reading with its status (docs/formats.md, "Results" and "History")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from metering.periods import TASHKENT
from storage.database import Transaction
from storage.standing import pending_superseded
from storage.states import ReadingStatus
from storage.tables import messages, readings, submissions

_BATCH = 500


def message_rows(tx: Transaction) -> Iterator[dict[str, Any]]:
    """One object a message, oldest receipt first, with its reports. An undecided one has no outcome; `state` says where it is."""
    received = sa.func.coalesce(messages.c.received_at, messages.c.queued_at)
    order = (received, messages.c.file_name, messages.c.id)
    numbers = list(tx.scalars(sa.select(messages.c.id).order_by(*order)))
    for start in range(0, len(numbers), _BATCH):
        batch = numbers[start : start + _BATCH]
        reports = _reports(tx, batch)
        for row in tx.execute(sa.select(messages).where(messages.c.id.in_(batch)).order_by(*order)):
            yield {
                "id": row.id,
                "file": row.file_name,
                "sha256": row.raw_sha256,
                "message_id": row.message_id,
                "sender": row.sender,
                "received_at": _local(row.received_at or row.internal_date),
                "state": row.state.value,
                "outcome": row.outcome.value if row.outcome else None,
                "reply": row.reply,
                "reasons": row.reasons or [],
                "reports": reports.get(row.id, []),
            }


def reading_rows(tx: Transaction) -> Iterator[dict[str, Any]]:
    """One row a reading of every source, in the order in which they were written. Values are text with the digits read."""
    successor = readings.alias("successor")
    replaced_by = sa.select(successor.c.status).where(successor.c.corrects == readings.c.id).scalar_subquery()
    chosen = (
        sa.select(
            readings,
            submissions.c.source,
            submissions.c.outcome,
            submissions.c.received_at,
            submissions.c.cabinet_id,
            messages.c.message_id,
            replaced_by.label("replaced_by"),
            pending_superseded().label("superseded"),
        )
        .join(submissions, submissions.c.id == readings.c.submission)
        .join(messages, messages.c.id == submissions.c.message, isouter=True)
        .order_by(readings.c.id)
        .limit(_BATCH)
    )
    last = 0
    while rows := tx.execute(chosen.where(readings.c.id > last)).all():
        last = rows[-1].id
        yield from map(_reading, rows)


def _reading(row: sa.Row) -> dict[str, Any]:
    return {
        "contract_number": row.contract_number,
        "serial": row.serial,
        "kind": row.kind.value if row.kind else None,
        "unit": row.unit.value if row.unit else None,
        "period": str(row.period),
        "reading_date": row.reading_date.isoformat() if row.reading_date else None,
        "index": _digits(row.index_text, row.index),
        "previous": _digits(row.previous_text, row.previous),
        "consumption": _digits(row.consumption_text, row.consumption),
        "consumption_gcal": _digits(None, row.gcal),
        "source": row.source.value,
        "status": status_of(row),
        "received_at": _local(row.received_at),
        "message_id": row.message_id,
        "submission": row.cabinet_id or str(row.submission),
    }


def status_of(row: sa.Row) -> str:
    """booked, corrected or withdrawn (by a later row); review or incomplete while pending, superseded after."""
    if row.status is ReadingStatus.PENDING:
        return "superseded" if row.superseded else row.outcome.value
    if row.status is ReadingStatus.BOOKED and row.replaced_by is not None:
        return "withdrawn" if row.replaced_by is ReadingStatus.WITHDRAWN else "corrected"
    return row.status.value


def _reports(tx: Transaction, of_messages: list[int]) -> dict[int, list[dict[str, Any]]]:
    chosen = sa.select(submissions).where(submissions.c.message.in_(of_messages)).order_by(submissions.c.message, submissions.c.part)
    found: dict[int, list[dict[str, Any]]] = {}
    for row in tx.execute(chosen):
        report = {
            "id": row.id,
            "outcome": row.outcome.value,
            "contract_number": row.contract_number,
            "period": str(row.period) if row.period else None,
            "reading_date": row.reading_date.isoformat() if row.reading_date else None,
            "meters": row.meters,
        }
        found.setdefault(row.message, []).append(report)
    return found


def _local(moment: dt.datetime | None) -> str | None:
    """As people in Tashkent read a clock, with the offset."""
    return moment.astimezone(TASHKENT).isoformat(timespec="seconds") if moment else None


def _digits(text: str | None, number: object) -> str | None:
    return text if text is not None or number is None else format(number, "f")
