"""What customers handed in at the cabinet: kept before anything judges it, and a queue of those whose files are still to be read."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from metering.contracts import Language
from metering.periods import TASHKENT, Period
from storage.database import Transaction
from storage.faults import LostLease
from storage.inserts import insert_once
from storage.states import EntryState
from storage.tables import cabinet_entries, cabinet_files

MAXIMUM_ATTEMPTS = 3
_FIRST_PAUSE = dt.timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class EntryFile:
    """A file that was attached, its bytes already in the blob store; name: as the customer's device calls it."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """client: `cabinet`, or `api NAME`; client_id: the same again is the same entry; meters: as docs/formats.md writes them."""

    client: str
    client_id: str
    contract_number: str
    period: Period
    reading_date: dt.date
    meters: list[dict[str, Any]]
    language: Language
    received_at: dt.datetime
    files: tuple[EntryFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(NewEntry):
    """An entry's row with its files. submission: what it became, None while it waits."""

    id: int
    state: EntryState
    attempts: int
    submission: int | None

    @property
    def number(self) -> str:
        """What the customer may quote: the day of receipt, and К for кабинет with the entry's row."""
        return f"{self.received_at.astimezone(TASHKENT):%y%m%d}-K{self.id}"


@dataclass(frozen=True, slots=True)
class EntryClaim:
    """The right to work on one entry until the lease ends. last: no attempt comes after this one; spent: it had all of them."""

    entry: Entry
    token: str

    @property
    def last(self) -> bool:
        return self.entry.attempts >= MAXIMUM_ATTEMPTS

    @property
    def spent(self) -> bool:
        return self.entry.attempts > MAXIMUM_ATTEMPTS


def keep(tx: Transaction, new: NewEntry) -> Entry | None:
    """Keeps it as WAITING, with its files; None if this client handed in the same id before."""
    row = {field.name: getattr(new, field.name) for field in fields(NewEntry) if field.name != "files"}
    number = insert_once(tx, cabinet_entries, {**row, "state": EntryState.WAITING, "attempts": 0})
    if number is None:
        return None
    if new.files:
        rows = [{"entry": number, "position": i, "name": f.name, "sha256": f.sha256, "size": f.size} for i, f in enumerate(new.files)]
        tx.execute(cabinet_files.insert(), rows)
    return show(tx, number)


def show(tx: Transaction, number: int) -> Entry:
    return _with_files(tx, tx.execute(sa.select(*_SHOWN).where(cabinet_entries.c.id == number)).one())


def of_client(tx: Transaction, client: str, client_id: str) -> Entry | None:
    same = (cabinet_entries.c.client == client) & (cabinet_entries.c.client_id == client_id)
    row = tx.execute(sa.select(*_SHOWN).where(same)).first()
    return None if row is None else _with_files(tx, row)


def of_contract(tx: Transaction, contract_number: str, number: int) -> Entry | None:
    """An entry of this contract; None where there is none, and for anybody else's."""
    theirs = (cabinet_entries.c.contract_number == contract_number) & (cabinet_entries.c.id == number)
    row = tx.execute(sa.select(*_SHOWN).where(theirs)).first()
    return None if row is None else _with_files(tx, row)


def waiting_of(tx: Transaction, contract_number: str) -> list[Entry]:
    """The contract's entries that are not settled yet, oldest first."""
    theirs = (cabinet_entries.c.contract_number == contract_number) & (cabinet_entries.c.state != EntryState.SETTLED)
    return [_with_files(tx, row) for row in tx.execute(sa.select(*_SHOWN).where(theirs).order_by(cabinet_entries.c.id))]


def claim(tx: Transaction, owner: str, now: dt.datetime, lease: dt.timedelta) -> EntryClaim | None:
    """The oldest entry that waits, or whose lease has ended; None if there is none. Counts the attempt before the work."""
    free = (cabinet_entries.c.not_before.is_(None) | (cabinet_entries.c.not_before <= now)) & (
        cabinet_entries.c.state == EntryState.WAITING
    )
    abandoned = (cabinet_entries.c.state == EntryState.WORKING) & (cabinet_entries.c.lease_until <= now)
    for due in (abandoned, free):
        oldest = sa.select(cabinet_entries.c.id).where(due).order_by(cabinet_entries.c.received_at, cabinet_entries.c.id).limit(1)
        number = tx.scalar(oldest.with_for_update(skip_locked=True))
        if number is not None:
            token = f"{owner}:{secrets.token_hex(8)}"
            taken = {"state": EntryState.WORKING, "owner": token, "lease_until": now + lease, "attempts": cabinet_entries.c.attempts + 1}
            tx.execute(cabinet_entries.update().where(cabinet_entries.c.id == number).values(taken))
            return EntryClaim(show(tx, number), token)
    return None


def release(tx: Transaction, held: EntryClaim, error: str, now: dt.datetime, counts: bool = True) -> None:
    """Gives it back after an error, to be tried again. counts: False for an error of the infrastructure. Raises LostLease."""
    attempts = held.entry.attempts
    back = {
        "state": EntryState.WAITING,
        "owner": None,
        "lease_until": None,
        "not_before": now + _FIRST_PAUSE * 2 ** (attempts - 1),
        "last_error": error,
        "attempts": attempts if counts else attempts - 1,
    }
    _update_held(tx, held, back)


def recover(tx: Transaction, owner: str, now: dt.datetime) -> int:
    """Ends the leases of an owner that is known to be dead (a restarted duty: its own name). Returns how many."""
    theirs = (cabinet_entries.c.state == EntryState.WORKING) & cabinet_entries.c.owner.startswith(f"{owner}:", autoescape=True)
    return tx.execute(cabinet_entries.update().where(theirs, cabinet_entries.c.lease_until > now).values(lease_until=now)).rowcount


def settle(tx: Transaction, entry: Entry, submission: int, held: EntryClaim | None = None) -> None:
    """Says what the entry became, in the transaction that records it. held: of one whose files were read. Raises LostLease."""
    done = {"state": EntryState.SETTLED, "submission": submission, "owner": None, "lease_until": None, "last_error": None}
    if held is not None:
        _update_held(tx, held, done)
    else:
        tx.execute(cabinet_entries.update().where(cabinet_entries.c.id == entry.id).values(done))


def assert_held(tx: Transaction, held: EntryClaim) -> None:
    """Raises LostLease unless the claim is still ours; locks the row until the transaction ends."""
    _update_held(tx, held, {"owner": held.token})


def _update_held(tx: Transaction, held: EntryClaim, values: dict[str, object]) -> None:
    ours = (cabinet_entries.c.id == held.entry.id) & (cabinet_entries.c.state == EntryState.WORKING)
    if tx.execute(cabinet_entries.update().where(ours, cabinet_entries.c.owner == held.token).values(values)).rowcount != 1:
        raise LostLease(f"the claim on entry {held.entry.id} is no longer ours")


def _with_files(tx: Transaction, row: sa.Row) -> Entry:
    chosen = sa.select(cabinet_files.c.name, cabinet_files.c.sha256, cabinet_files.c.size).where(cabinet_files.c.entry == row.id)
    files = tuple(EntryFile(*file) for file in tx.execute(chosen.order_by(cabinet_files.c.position)))
    return Entry(**row._mapping, files=files)


_SHOWN = [cabinet_entries.c[field.name] for field in fields(Entry) if field.name != "files"]
