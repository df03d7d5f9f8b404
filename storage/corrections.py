"""What people corrected: the old value, the new one, who, when, and where it stands on the page; only ever added to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from metering.pages import Box
from storage import tables
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Correction:
    """line: which meter, from 1, None for the report's own fields; old, new: None where there is nothing; page, box: where the old one
    stands."""

    line: int | None
    field: str
    old: str | None
    new: str | None
    page: int | None
    box: Box | None


@dataclass(frozen=True, slots=True)
class KeptCorrection:
    id: int
    submission: int
    decision: int
    line: int | None
    field: str
    old: str | None
    new: str | None
    page: int | None
    box: list[float] | None
    corrected_by: str
    corrected_at: dt.datetime


def write(tx: Transaction, submission: int, decision: int, changed: Iterable[Correction], by: str, at: dt.datetime) -> None:
    """submission: that was corrected; decision: that holds the new values."""
    rows = [
        {
            "submission": submission,
            "decision": decision,
            "line": each.line,
            "field": each.field,
            "old": each.old,
            "new": each.new,
            "page": each.page,
            "box": None if each.box is None else [each.box.left, each.box.top, each.box.right, each.box.bottom],
            "corrected_by": by,
            "corrected_at": at,
        }
        for each in changed
    ]
    if rows:
        tx.execute(tables.corrections.insert(), rows)


def of_submission(tx: Transaction, submission: int) -> list[KeptCorrection]:
    chosen = sa.select(tables.corrections).where(tables.corrections.c.submission == submission).order_by(tables.corrections.c.id)
    return [KeptCorrection(**row._mapping) for row in tx.execute(chosen)]
