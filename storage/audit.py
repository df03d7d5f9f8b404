"""The audit trail: who did what to what and when; only ever added to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from storage import tables
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Entry:
    """actor: a person's name, or `hisobot`; subject: `message 17`, `submission 4`, `letter 9`."""

    at: dt.datetime
    actor: str
    action: str
    subject: str
    details: dict[str, Any] = field(default_factory=dict)


def write(tx: Transaction, entry: Entry) -> None:
    row = {"at": entry.at, "actor": entry.actor, "action": entry.action, "subject": entry.subject, "details": entry.details}
    tx.execute(tables.audit.insert().values(row))
