"""Paper originals that were handed in, by contract and month; a mark is taken back by another row (docs/calendar.md, "Originals")."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from metering.periods import Period
from storage import audit
from storage.database import Transaction
from storage.reported import received_originals
from storage.standing import lock
from storage.tables import contracts, originals


class ToldBy(StrEnum):
    """How a person said which original it is."""

    NUMBER = "number"
    FORM = "form"  # the code of our own form


@dataclass(frozen=True, slots=True)
class Original:
    contract_number: str
    period: Period
    told_by: ToldBy


def mark_original(tx: Transaction, original: Original, actor: str, now: dt.datetime, received: bool = True) -> bool:
    """Marks the original as received, or takes the mark back; False if it stands so already."""
    lock(tx, f"original {original.contract_number} {original.period}")
    stands = original.contract_number in received_originals(tx, original.period, original.contract_number)
    if stands is received:
        return False
    row = {"contract_number": original.contract_number, "period": original.period, "told_by": original.told_by.value}
    tx.execute(originals.insert().values({**row, "received": received, "actor": actor, "at": now}))
    action = "original received" if received else "original not received"
    audit.write(tx, audit.Entry(now, actor, action, f"contract {original.contract_number}", {"period": str(original.period)}))
    return True


@dataclass(frozen=True, slots=True)
class Mark:
    """A row as it was written: whether the original came, or an earlier mark was taken back."""

    original: Original
    received: bool
    at: dt.datetime


def latest_marks(tx: Transaction, actor: str, most: int) -> list[Mark]:
    """What this person marked last, newest first."""
    chosen = sa.select(originals).where(originals.c.actor == actor).order_by(originals.c.id.desc()).limit(most)
    return [Mark(Original(row.contract_number, row.period, ToldBy(row.told_by)), row.received, row.at) for row in tx.execute(chosen)]


def contract_exists(tx: Transaction, number: str) -> bool:
    return tx.scalar(sa.select(contracts.c.number).where(contracts.c.number == number)) is not None
