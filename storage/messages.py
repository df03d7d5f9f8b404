"""The queue of mail: every message that was ever fetched is one row here, and ends in a fate that a person can see."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from metering.decisions import Outcome
from metering.errors import PermanentError
from storage import audit
from storage.database import Transaction
from storage.faults import LostLease
from storage.inserts import insert_once
from storage.states import MessageState
from storage.tables import messages

MAXIMUM_ATTEMPTS = 3
_FIRST_PAUSE = dt.timedelta(seconds=1)
_LONGEST_PAUSE = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message as it was fetched, its bytes already in the blob store.

    mailbox, uidvalidity, uid: where it lay (uidvalidity 0 where the inbox has none); size: bytes as the server declares;
    internal_date: when the server received it, as it says, None where it does not say; raw_sha256: of the bytes kept;
    headers_only: over the size limit, only its headers were kept; received_at: None until it has been opened.
    """

    mailbox: str
    uidvalidity: int
    uid: str
    size: int
    internal_date: dt.datetime | None
    raw_sha256: str
    file_name: str
    received_at: dt.datetime | None = None
    headers_only: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A message's row."""

    id: int
    mailbox: str
    uidvalidity: int
    uid: str
    size: int
    internal_date: dt.datetime | None
    raw_sha256: str
    file_name: str
    headers_only: bool
    kept_at: dt.datetime
    received_at: dt.datetime | None
    state: MessageState
    attempts: int
    last_error: str | None
    decided_at: dt.datetime | None
    outcome: Outcome | None
    reply: str | None
    reasons: tuple[str, ...]
    content_sha256: str | None
    sender: str | None
    message_id: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on one message until lease_until; the token proves it when the work is settled."""

    message: Message
    token: str
    lease_until: dt.datetime


def keep(tx: Transaction, new: NewMessage, now: dt.datetime) -> int | None:
    """Inserts the message as RECEIVED and returns its id; None if this very message was fetched from there before.

    The same bytes at another place are a row of their own, so that every place in the mailbox is accounted for.
    """
    row = {
        "mailbox": new.mailbox,
        "uidvalidity": new.uidvalidity,
        "uid": new.uid,
        "uid_number": int(new.uid) if new.uid.isascii() and new.uid.isdecimal() and len(new.uid) < 19 else None,
        "version": _version(new.size, new.internal_date),
        "size": new.size,
        "internal_date": new.internal_date,
        "raw_sha256": new.raw_sha256,
        "file_name": new.file_name,
        "headers_only": new.headers_only,
        "kept_at": now,
        "queued_at": new.received_at or new.internal_date or now,
        "received_at": new.received_at,
        "state": MessageState.RECEIVED,
        "attempts": 0,
    }
    return insert_once(tx, messages, row)


def claim(tx: Transaction, owner: str, now: dt.datetime, lease: dt.timedelta) -> Claim | None:
    """The oldest message that waits, or whose lease has ended; None if there is none. Counts the attempt before the work.

    owner: name of the duty and machine; a token is made from it. A message that died with its third worker is quarantined here.
    """
    while (row := _next_due(tx, now)) is not None:
        if row.state is MessageState.WORKING and row.attempts >= MAXIMUM_ATTEMPTS:
            _quarantine(tx, row.id, f"no worker survived it or finished in time, {row.attempts} times", now)
            continue
        token = f"{owner}:{secrets.token_hex(8)}"
        taken = {"state": MessageState.WORKING, "owner": token, "lease_until": now + lease, "attempts": messages.c.attempts + 1}
        tx.execute(messages.update().where(messages.c.id == row.id).values(taken))
        return Claim(show(tx, row.id), token, now + lease)
    return None


def renew(tx: Transaction, held: Claim, now: dt.datetime, lease: dt.timedelta) -> Claim:
    """A longer lease for work that takes its time. Raises LostLease if it is no longer ours."""
    _update_held(tx, held, {"lease_until": now + lease})
    return Claim(held.message, held.token, now + lease)


def release(tx: Transaction, held: Claim, error: str, now: dt.datetime, counts: bool = True) -> MessageState:
    """Gives the message back after an error, to be tried again later; quarantined after the third. Returns its state.

    counts: False for an error of the infrastructure, which is not the message's fault. Raises LostLease.
    """
    attempts = held.message.attempts
    if counts and attempts >= MAXIMUM_ATTEMPTS:
        assert_held(tx, held)
        _quarantine(tx, held.message.id, error, now)
        return MessageState.QUARANTINED
    pause = min(_FIRST_PAUSE * 2 ** (attempts - 1), _LONGEST_PAUSE)
    given_back = {
        "state": MessageState.RECEIVED,
        "owner": None,
        "lease_until": None,
        "not_before": now + pause,
        "last_error": error,
        "attempts": attempts if counts else attempts - 1,
    }
    _update_held(tx, held, given_back)
    return MessageState.RECEIVED


def recover(tx: Transaction, owner: str, now: dt.datetime) -> int:
    """Ends the leases of an owner that is known to be dead (a restarted duty: its own name). Returns how many."""
    theirs = (messages.c.state == MessageState.WORKING) & messages.c.owner.startswith(f"{owner}:", autoescape=True)
    return tx.execute(messages.update().where(theirs, messages.c.lease_until > now).values(lease_until=now)).rowcount


def retry(tx: Transaction, message: int, actor: str, now: dt.datetime) -> None:
    """Puts a quarantined message back into the queue with three new attempts. Raises PermanentError if it is not quarantined."""
    again = {"state": MessageState.RECEIVED, "attempts": 0, "not_before": None, "owner": None, "lease_until": None}
    quarantined = (messages.c.id == message) & (messages.c.state == MessageState.QUARANTINED)
    if tx.execute(messages.update().where(quarantined).values(again)).rowcount == 0:
        raise PermanentError(f"message {message} is not in quarantine; see: hisobot messages list --state quarantined")
    audit.write(tx, audit.Entry(now, actor, "message retried", f"message {message}"))


def decide(tx: Transaction, held: Claim, fate: dict[str, object]) -> None:
    """The end of the work: DECIDED with these columns. Only storage/ledger.py calls it. Raises LostLease."""
    _update_held(tx, held, {**fate, "state": MessageState.DECIDED, "owner": None, "lease_until": None, "last_error": None})


def assert_held(tx: Transaction, held: Claim) -> None:
    """Raises LostLease unless the claim is still ours; locks the row until the transaction ends."""
    _update_held(tx, held, {"owner": held.token})


def show(tx: Transaction, message: int) -> Message:
    """Raises PermanentError if there is no such message."""
    row = tx.execute(sa.select(*_SHOWN).where(messages.c.id == message)).first()
    if row is None:
        raise PermanentError(f"there is no message {message}")
    return _message(row)


def listing(tx: Transaction, state: MessageState | None = None) -> list[Message]:
    """Messages in that state, or all, in the order of work."""
    chosen = sa.select(*_SHOWN).order_by(messages.c.queued_at, messages.c.id)
    if state is not None:
        chosen = chosen.where(messages.c.state == state)
    return [_message(row) for row in tx.execute(chosen)]


def counts(tx: Transaction) -> dict[MessageState, int]:
    """How many messages are in each state, zeros included."""
    found = dict(tx.execute(sa.select(messages.c.state, sa.func.count()).group_by(messages.c.state)).all())
    return {state: found.get(state, 0) for state in MessageState}


def known_locations(tx: Transaction, mailbox: str, uidvalidity: int) -> dict[str, frozenset[tuple[int, dt.datetime | None]]]:
    """UID -> the (size, internal date) pairs that were kept under it; a UID with none of these is a new message."""
    chosen = sa.select(messages.c.uid, messages.c.size, messages.c.internal_date)
    found: dict[str, set[tuple[int, dt.datetime | None]]] = {}
    for uid, size, date in tx.execute(chosen.where(messages.c.mailbox == mailbox, messages.c.uidvalidity == uidvalidity)):
        found.setdefault(uid, set()).add((size, date))
    return {uid: frozenset(versions) for uid, versions in found.items()}


def decided_uids(tx: Transaction, mailbox: str, uidvalidity: int, since: dt.datetime) -> list[str]:
    """UIDs of the messages of this mailbox whose fate was committed since then: these may be filed away in it."""
    of_it = (messages.c.mailbox == mailbox) & (messages.c.uidvalidity == uidvalidity) & (messages.c.state == MessageState.DECIDED)
    return list(tx.scalars(sa.select(messages.c.uid).where(of_it, messages.c.decided_at >= since).order_by(messages.c.id)))


def cursor(tx: Transaction, mailbox: str) -> tuple[int, int] | None:
    """(uidvalidity, highest numeric UID) of the mailbox's latest incarnation that we fetched from; None before the first."""
    latest = sa.select(messages.c.uidvalidity).where(messages.c.mailbox == mailbox).order_by(messages.c.id.desc()).limit(1)
    uidvalidity = tx.scalar(latest)
    if uidvalidity is None:
        return None
    of_it = (messages.c.mailbox == mailbox) & (messages.c.uidvalidity == uidvalidity)
    return uidvalidity, tx.scalar(sa.select(sa.func.max(messages.c.uid_number)).where(of_it)) or 0


def _version(size: int, internal_date: dt.datetime | None) -> str:
    return f"{size} {internal_date.astimezone(dt.UTC).isoformat() if internal_date else '-'}"


def _next_due(tx: Transaction, now: dt.datetime) -> sa.Row | None:
    """One whose lease has ended comes first: it was the oldest when it was claimed. Two queries, for each has its index."""
    abandoned = (messages.c.state == MessageState.WORKING) & (messages.c.lease_until <= now)
    waiting = (messages.c.state == MessageState.RECEIVED) & (messages.c.not_before.is_(None) | (messages.c.not_before <= now))
    for due in (abandoned, waiting):
        oldest = sa.select(messages.c.id, messages.c.state, messages.c.attempts).where(due).order_by(messages.c.queued_at, messages.c.id)
        row = tx.execute(oldest.limit(1).with_for_update(skip_locked=True)).first()
        if row is not None:
            return row
    return None


def _quarantine(tx: Transaction, message: int, error: str, now: dt.datetime) -> None:
    set_aside = {"state": MessageState.QUARANTINED, "owner": None, "lease_until": None, "not_before": None, "last_error": error}
    tx.execute(messages.update().where(messages.c.id == message).values(set_aside))
    audit.write(tx, audit.Entry(now, "hisobot", "message quarantined", f"message {message}", {"error": error}))


def _update_held(tx: Transaction, held: Claim, values: dict[str, object]) -> None:
    ours = (messages.c.id == held.message.id) & (messages.c.state == MessageState.WORKING) & (messages.c.owner == held.token)
    if tx.execute(messages.update().where(ours).values(values)).rowcount != 1:
        raise LostLease(f"the claim on message {held.message.id} is no longer ours")


_SHOWN = [messages.c[name] for name in Message.__slots__]


def _message(row: sa.Row) -> Message:
    values = dict(row._mapping)
    return Message(**{**values, "reasons": tuple(values["reasons"] or ())})
