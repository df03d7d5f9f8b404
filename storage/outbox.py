"""The queue of letters: owed in the transaction of the fact they tell, sent at least once or a person is told."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from metering.errors import PermanentError
from storage import audit
from storage.database import Transaction
from storage.faults import LostLease
from storage.inserts import insert_once
from storage.states import LetterState, Phase, Priority
from storage.tables import facts, letter_attempts, letters

LEASE = dt.timedelta(minutes=10)  # longer than a sending can take: each SMTP command has its own timeout
AMBIGUOUS_PAUSE = dt.timedelta(minutes=15)
AMBIGUOUS_TIMES = 2
TURNS_KEPT = dt.timedelta(seconds=3)
_TURN = "next letter of our own accord"
_ENDED = (LetterState.SENT, LetterState.FAILED, LetterState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that is owed; its bytes never change from here on.

    key: one letter per cause, `message/17/receipt`; kind: receipt, no_report, ...; message_id: with its angle brackets;
    answers: id of the message that it answers; not_before: over budget it waits until then; priority: whose turn it is;
    expires_at: it is not sent then or later.
    """

    key: str
    kind: str
    recipient: str
    language: str
    message_id: str
    mime: bytes
    answers: int | None = None
    not_before: dt.datetime | None = None
    priority: Priority = Priority.ANSWER
    expires_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class LetterClaim:
    """The right to send one letter; attempts counts this one."""

    id: int
    token: str
    attempts: int
    kind: str
    recipient: str
    message_id: str
    mime: bytes
    expires_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter as staff see it."""

    id: int
    key: str
    kind: str
    recipient: str
    language: str
    message_id: str
    answers: int | None
    owed_at: dt.datetime
    due_at: dt.datetime
    state: LetterState
    attempts: int
    ambiguous: int
    next_attempt_at: dt.datetime
    last_error: str | None
    ended_at: dt.datetime | None


def owe(tx: Transaction, letter: Letter, now: dt.datetime) -> int | None:
    """Inserts the letter as READY and returns its id; None if a letter with this key is there already."""
    due = max(now, letter.not_before or now)
    row = {
        "key": letter.key,
        "kind": letter.kind,
        "recipient": letter.recipient.lower(),
        "language": letter.language,
        "message_id": letter.message_id,
        "mime": letter.mime,
        "answers": letter.answers,
        "owed_at": now,
        "priority": letter.priority,
        "expires_at": letter.expires_at,
        "due_at": due,
        "next_attempt_at": due,
        "state": LetterState.READY,
        "attempts": 0,
        "ambiguous": 0,
    }
    if tx.scalar(sa.select(letters.c.id).where(letters.c.key == letter.key)) is not None:
        return None
    return insert_once(tx, letters, row)


def claim_letter(tx: Transaction, owner: str, now: dt.datetime, campaigns_per_minute: int | None = None) -> LetterClaim | None:
    """The answer that has been due longest, else the letter of our own accord, if their rate lets one go; None if none is due.

    It is in phase `pre` and its attempt counted. campaigns_per_minute: of letters of our own accord, for all senders together.
    """
    settle_overdue(tx, now)
    letter = tx.scalar(_oldest_due(Priority.ANSWER, now))
    if letter is None:
        letter = tx.scalar(_oldest_due(Priority.CAMPAIGN, now))
        if letter is None or (campaigns_per_minute is not None and not _take_turn(tx, now, campaigns_per_minute)):
            return None
    token = f"{owner}:{secrets.token_hex(8)}"
    taken = {"state": LetterState.SENDING, "phase": Phase.PRE, "owner": token, "lease_until": now + LEASE}
    tx.execute(letters.update().where(letters.c.id == letter).values({**taken, "attempts": letters.c.attempts + 1}))
    row = tx.execute(sa.select(letters).where(letters.c.id == letter)).one()
    return LetterClaim(row.id, token, row.attempts, row.kind, row.recipient, row.message_id, row.mime, row.expires_at)


def letters_wait(tx: Transaction, now: dt.datetime) -> bool:
    """Whether a letter is due that nobody has claimed, be it for want of its turn."""
    return any(tx.scalar(_oldest_due(priority, now)) is not None for priority in Priority)


def _oldest_due(priority: Priority, now: dt.datetime) -> sa.Select:
    due = (letters.c.state == LetterState.READY) & (letters.c.priority == priority) & (letters.c.next_attempt_at <= now)
    return sa.select(letters.c.id).where(due).order_by(letters.c.next_attempt_at, letters.c.id).limit(1).with_for_update(skip_locked=True)


def _take_turn(tx: Transaction, now: dt.datetime, per_minute: int) -> bool:
    """Whether a letter of our own accord may go now: one place every 60 / per_minute seconds, and those of the last seconds that
    nobody took, since the loop that sends sleeps for some."""
    insert_once(tx, facts, {"name": _TURN, "value": now.isoformat()})
    given = tx.scalar(sa.select(facts.c.value).where(facts.c.name == _TURN).with_for_update())
    turn = max(dt.datetime.fromisoformat(given), now - TURNS_KEPT)
    if turn > now:
        return False
    after = turn + dt.timedelta(minutes=1) / per_minute
    tx.execute(facts.update().where(facts.c.name == _TURN).values(value=after.isoformat()))
    return True


def withdraw_letter(tx: Transaction, held: LetterClaim, now: dt.datetime, reason: str) -> None:
    """What the letter says is no longer true: it is not sent, or not again. Raises LostLease."""
    _end_attempt(tx, held, now, LetterState.CANCELLED, reason)


def enter_data_phase(tx: Transaction, held: LetterClaim) -> None:
    """Commit this before DATA is sent: from here on the server may have taken the letter. Raises LostLease."""
    _update_held(tx, held, {"phase": Phase.DATA})


def mark_sent(tx: Transaction, held: LetterClaim, now: dt.datetime, answer: str) -> None:
    """answer: the server's last line. Raises LostLease."""
    _end_attempt(tx, held, now, LetterState.SENT, answer)


def mark_retry(tx: Transaction, held: LetterClaim, now: dt.datetime, next_attempt_at: dt.datetime, error: str) -> None:
    """A temporary refusal: READY again at that time. Raises LostLease."""
    _end_attempt(tx, held, now, LetterState.READY, error, {"next_attempt_at": next_attempt_at})


def mark_failed(tx: Transaction, held: LetterClaim, now: dt.datetime, error: str) -> None:
    """Given up; staff are told. Raises LostLease."""
    _end_attempt(tx, held, now, LetterState.FAILED, error)


def mark_ambiguous(tx: Transaction, held: LetterClaim, now: dt.datetime, error: str) -> None:
    """No answer after the data began. Raises LostLease."""
    again = {"next_attempt_at": now + AMBIGUOUS_PAUSE, "ambiguous": letters.c.ambiguous + 1}
    _end_attempt(tx, held, now, LetterState.AMBIGUOUS, error, again)


def settle_overdue(tx: Transaction, now: dt.datetime) -> None:
    """What a dead sender left: phase `pre` is READY again, phase `data` AMBIGUOUS; an AMBIGUOUS one is READY again after
    its pause, at most twice, then FAILED."""
    ended = (letters.c.state == LetterState.SENDING) & (letters.c.lease_until <= now)
    for row in _locked(tx, ended):
        state = LetterState.AMBIGUOUS if row.phase is Phase.DATA else LetterState.READY
        again = {"next_attempt_at": now, "last_error": "the sender died or stopped"}
        if state is LetterState.AMBIGUOUS:
            again |= {"next_attempt_at": now + AMBIGUOUS_PAUSE, "ambiguous": row.ambiguous + 1}
        _move(tx, row.id, state, again)
        _write_attempt(tx, row.id, now, row.attempts, state, "the sender died or stopped")
    waited = (letters.c.state == LetterState.AMBIGUOUS) & (letters.c.next_attempt_at <= now)
    for row in _locked(tx, waited):
        if row.ambiguous <= AMBIGUOUS_TIMES:
            _move(tx, row.id, LetterState.READY, {})
        else:
            _move(tx, row.id, LetterState.FAILED, {"ended_at": now})
            _write_attempt(tx, row.id, now, row.attempts, LetterState.FAILED, f"its fate stayed unknown {row.ambiguous} times")


def recover_letters(tx: Transaction, owner: str, now: dt.datetime) -> int:
    """Ends the leases of an owner that is known to be dead (a restarted duty: its own name). Returns how many."""
    theirs = (letters.c.state == LetterState.SENDING) & letters.c.owner.startswith(f"{owner}:", autoescape=True)
    return tx.execute(letters.update().where(theirs, letters.c.lease_until > now).values(lease_until=now)).rowcount


def retry_letter(tx: Transaction, letter: int, actor: str, now: dt.datetime) -> None:
    """Staff send a FAILED letter again, the same bytes. Raises PermanentError if it is not FAILED."""
    failed = (letters.c.id == letter) & (letters.c.state == LetterState.FAILED)
    again = {"state": LetterState.READY, "attempts": 0, "ambiguous": 0, "next_attempt_at": now, "ended_at": None, "phase": None}
    if tx.execute(letters.update().where(failed).values(again)).rowcount == 0:
        raise PermanentError(f"letter {letter} is not a failed one")
    audit.write(tx, audit.Entry(now, actor, "letter retried", f"letter {letter}"))


def cancel(tx: Transaction, letter: int, now: dt.datetime) -> bool:
    """Takes a letter back that was never tried; False if it is too late."""
    untouched = (letters.c.id == letter) & (letters.c.state == LetterState.READY) & (letters.c.attempts == 0)
    return tx.execute(letters.update().where(untouched).values(state=LetterState.CANCELLED, ended_at=now)).rowcount == 1


def replies_since(tx: Transaction, address: str, since: dt.datetime) -> int:
    """Letters that answer a message, to this address, due since then; those that wait for their turn included."""
    return tx.scalar(_replies_since(since).where(letters.c.recipient == address.lower())) or 0


def replies_total_since(tx: Transaction, since: dt.datetime) -> int:
    """The same, to anybody."""
    return tx.scalar(_replies_since(since)) or 0


def letter_listing(tx: Transaction, state: LetterState | None = None) -> list[LetterRow]:
    """Letters in that state, or all, oldest first; without their bytes."""
    chosen = sa.select(*_SHOWN).order_by(letters.c.id)
    if state is not None:
        chosen = chosen.where(letters.c.state == state)
    return [LetterRow(**row._mapping) for row in tx.execute(chosen)]


def letter_by_message_id(tx: Transaction, message_id: str) -> LetterRow | None:
    """The letter with this Message-ID, brackets included."""
    row = tx.execute(sa.select(*_SHOWN).where(letters.c.message_id == message_id)).first()
    return None if row is None else LetterRow(**row._mapping)


def answered_to(tx: Transaction, message: int) -> str | None:
    """The address that the message's receipt, or whatever answered it first, went to."""
    return tx.scalar(sa.select(letters.c.recipient).where(letters.c.answers == message).order_by(letters.c.id).limit(1))


def letter_bytes(tx: Transaction, letter: int) -> bytes:
    """The MIME bytes as they are sent. Raises PermanentError if there is no such letter."""
    mime = tx.scalar(sa.select(letters.c.mime).where(letters.c.id == letter))
    if mime is None:
        raise PermanentError(f"there is no letter {letter}")
    return mime


def letter_counts(tx: Transaction) -> dict[LetterState, int]:
    """How many letters are in each state, zeros included."""
    found = dict(tx.execute(sa.select(letters.c.state, sa.func.count()).group_by(letters.c.state)).all())
    return {state: found.get(state, 0) for state in LetterState}


def _replies_since(since: dt.datetime) -> sa.Select:
    return sa.select(sa.func.count()).where(
        letters.c.answers.is_not(None), letters.c.due_at >= since, letters.c.state != LetterState.CANCELLED
    )


def _locked(tx: Transaction, which: sa.ColumnElement[bool]) -> list[sa.Row]:
    chosen = sa.select(letters.c.id, letters.c.phase, letters.c.attempts, letters.c.ambiguous).where(which)
    return list(tx.execute(chosen.order_by(letters.c.id).with_for_update(skip_locked=True)))


def _move(tx: Transaction, letter: int, state: LetterState, values: dict[str, object]) -> None:
    moved = {"state": state, "phase": None, "owner": None, "lease_until": None, **values}
    tx.execute(letters.update().where(letters.c.id == letter).values(moved))


def _end_attempt(
    tx: Transaction, held: LetterClaim, now: dt.datetime, state: LetterState, text: str, values: dict[str, object] | None = None
) -> None:
    ended = {"ended_at": now} if state in _ENDED else {}
    told = {"last_error": None if state is LetterState.SENT else text}
    _update_held(tx, held, {"state": state, "phase": None, "owner": None, "lease_until": None, **ended, **told, **(values or {})})
    _write_attempt(tx, held.id, now, held.attempts, state, text)


def _write_attempt(tx: Transaction, letter: int, now: dt.datetime, attempt: int, state: LetterState, text: str) -> None:
    row = {"letter": letter, "at": now, "attempt": attempt, "result": state.value, "text": text}
    tx.execute(letter_attempts.insert().values(row))


def _update_held(tx: Transaction, held: LetterClaim, values: dict[str, object]) -> None:
    ours = (letters.c.id == held.id) & (letters.c.state == LetterState.SENDING) & (letters.c.owner == held.token)
    if tx.execute(letters.update().where(ours).values(values)).rowcount != 1:
        raise LostLease(f"the claim on letter {held.id} is no longer ours")


_SHOWN = [letters.c[name] for name in LetterRow.__slots__]
