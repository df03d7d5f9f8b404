"""What is known of the addresses we write to: who is not there, who wants no reminders (docs/calendar.md, "Addresses")."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from metering.errors import PermanentError
from storage import audit
from storage.database import Transaction
from storage.inserts import insert_once
from storage.states import AddressEvent
from storage.tables import address_events, contract_emails

_LIFE = (AddressEvent.HARD, AddressEvent.REVIVED)
_WISH = (AddressEvent.UNSUBSCRIBED, AddressEvent.SUBSCRIBED)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that became known of an address. contract_number: of (un)subscribing; letter, message: that it came of."""

    address: str
    event: AddressEvent
    at: dt.datetime
    actor: str = "hisobot"
    contract_number: str | None = None
    letter: int | None = None
    message: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class AddressState:
    """An address as staff see it. dead: nobody is there, nothing of our own accord goes there; soft: letters that came back for now
    since it was last known to be dead or alive; text: what the other server said last."""

    address: str
    contracts: tuple[str, ...]
    dead: bool
    soft: int
    since: dt.datetime
    text: str | None
    unsubscribed: tuple[str, ...]


def note(tx: Transaction, happening: Happening) -> bool:
    """Writes it down; False where this message told the same of this letter before."""
    row = {name: getattr(happening, name) for name in Happening.__slots__}
    return insert_once(tx, address_events, {**row, "address": happening.address.lower()}) is not None


def dead_addresses(tx: Transaction) -> set[str]:
    """Those that a bounce or a refusal showed to be nobody's, and that staff did not revive since."""
    return {address for (address,), event in _latest(tx, _LIFE, (address_events.c.address,)).items() if event is AddressEvent.HARD}


def unsubscribed(tx: Transaction) -> set[tuple[str, str]]:
    """(address, contract) that want no reminders."""
    key = (address_events.c.address, address_events.c.contract_number)
    return {each for each, event in _latest(tx, _WISH, key).items() if event is AddressEvent.UNSUBSCRIBED}


def is_dead(tx: Transaction, address: str) -> bool:
    only = address_events.c.address == address.lower()
    return AddressEvent.HARD in _latest(tx, _LIFE, (address_events.c.address,), only).values()


def is_unsubscribed(tx: Transaction, address: str, number: str) -> bool:
    only = (address_events.c.address == address.lower()) & (address_events.c.contract_number == number)
    return AddressEvent.UNSUBSCRIBED in _latest(tx, _WISH, (address_events.c.address,), only).values()


def revive(tx: Transaction, address: str, actor: str, now: dt.datetime) -> None:
    """Staff say that a dead address works again. Raises PermanentError for one that is not dead."""
    if not is_dead(tx, address):
        raise PermanentError(f"{address} is not marked as dead")
    note(tx, Happening(address, AddressEvent.REVIVED, now, actor))
    audit.write(tx, audit.Entry(now, actor, "address revived", "address", {"address": address.lower()}))


def address_listing(tx: Transaction) -> list[AddressState]:
    """Every address of which something is known, the dead ones first."""
    found: dict[str, list[sa.Row]] = {}
    for row in tx.execute(sa.select(address_events).order_by(address_events.c.id)):
        found.setdefault(row.address, []).append(row)
    owners: dict[str, tuple[str, ...]] = {}
    known = sa.select(contract_emails).where(contract_emails.c.address.in_(sa.select(address_events.c.address)))
    for row in tx.execute(known.order_by(contract_emails.c.contract_number)):
        owners[row.address] = (*owners.get(row.address, ()), row.contract_number)
    wishes = unsubscribed(tx)
    states = [_state(address, rows, owners.get(address, ()), wishes) for address, rows in found.items()]
    return sorted(states, key=lambda state: (not state.dead, -state.soft, state.address))


def _state(address: str, rows: list[sa.Row], contracts: tuple[str, ...], wishes: set[tuple[str, str]]) -> AddressState:
    life = [row for row in rows if row.event in (*_LIFE, AddressEvent.SOFT)]
    turning = max((place for place, row in enumerate(life) if row.event in _LIFE), default=-1)
    told = life[-1] if life else rows[-1]
    return AddressState(
        address=address,
        contracts=contracts,
        dead=turning >= 0 and life[turning].event is AddressEvent.HARD,
        soft=sum(row.event is AddressEvent.SOFT for row in life[turning + 1 :]),
        since=(life[turning] if turning >= 0 else told).at,
        text=told.text,
        unsubscribed=tuple(sorted(number for of, number in wishes if of == address)),
    )


def _latest(
    tx: Transaction,
    events: tuple[AddressEvent, ...],
    key: tuple[sa.ColumnElement[str | None], ...],
    only: sa.ColumnElement[bool] | None = None,
) -> dict[tuple[str, ...], AddressEvent]:
    """The newest of these events for each key."""
    chosen = sa.select(*key, address_events.c.event).where(address_events.c.event.in_(events)).order_by(address_events.c.id)
    rows = tx.execute(chosen if only is None else chosen.where(only))
    return {tuple(row[:-1]): row[-1] for row in rows}
