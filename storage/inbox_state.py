"""How the mailbox and the queues are: what staff see on every page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from storage import facts
from storage.database import Transaction
from storage.states import LetterState, MessageState
from storage.tables import letters, messages

_POLL, _COMPARED, _DIFFERENCES = "last poll of ", "last reconciliation of ", "reconciliation differences of "


@dataclass(frozen=True, slots=True)
class InboxState:
    """polled, compared: when the mailbox was last looked at, and compared with what was kept; differences: that the comparison
    found; waiting: messages not yet worked off, the oldest since `oldest`; quarantined; letters_failed: given up."""

    polled: dt.datetime | None
    compared: dt.datetime | None
    differences: int
    waiting: int
    oldest: dt.datetime | None
    quarantined: int
    letters_failed: int


def inbox_state(tx: Transaction) -> InboxState:
    known = facts.recall_all(tx)
    queued = messages.c.state.in_((MessageState.RECEIVED, MessageState.WORKING))
    numbers = sa.select(
        sa.select(sa.func.count()).where(queued).scalar_subquery(),
        sa.select(sa.func.min(messages.c.queued_at, type_=messages.c.queued_at.type)).where(queued).scalar_subquery(),
        sa.select(sa.func.count()).where(messages.c.state == MessageState.QUARANTINED).scalar_subquery(),
        sa.select(sa.func.count()).where(letters.c.state == LetterState.FAILED).scalar_subquery(),
    )
    waiting, oldest, quarantined, failed = tx.execute(numbers).one()
    differing = [int(value) for name, value in known.items() if name.startswith(_DIFFERENCES) and value.isdecimal()]
    return InboxState(
        polled=_latest(known, _POLL),
        compared=_latest(known, _COMPARED),
        differences=sum(differing),
        waiting=waiting,
        oldest=oldest,
        quarantined=quarantined,
        letters_failed=failed,
    )


def _latest(known: dict[str, str], prefix: str) -> dt.datetime | None:
    return max((dt.datetime.fromisoformat(value) for name, value in known.items() if name.startswith(prefix)), default=None)
