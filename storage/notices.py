"""What a person must look at: letters that were given up, messages in quarantine."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from storage.database import Transaction
from storage.states import LetterState, MessageState
from storage.tables import letters, messages


@dataclass(frozen=True, slots=True)
class Notice:
    """subject: `letter 9` or `message 17`; since: when it came to this, for a message when it was received."""

    subject: str
    kind: str  # "letter failed" | "message quarantined"
    text: str
    since: dt.datetime


def staff_notices(tx: Transaction) -> list[Notice]:
    """Everything that waits for a person, oldest first."""
    failed = sa.select(letters.c.id, letters.c.kind, letters.c.last_error, letters.c.ended_at)
    found = [
        Notice(f"letter {row.id}", "letter failed", f"{row.kind}: {row.last_error}", row.ended_at)
        for row in tx.execute(failed.where(letters.c.state == LetterState.FAILED))
    ]
    quarantined = sa.select(messages.c.id, messages.c.last_error, messages.c.queued_at)
    found += [
        Notice(f"message {row.id}", "message quarantined", row.last_error or "", row.queued_at)
        for row in tx.execute(quarantined.where(messages.c.state == MessageState.QUARANTINED))
    ]
    return sorted(found, key=lambda notice: notice.since)
