"""The register: contracts, their meters, and which sender may speak for which contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa

from metering.contracts import AcceptedIndex, Contract, Meter
from metering.decisions import MeterRecord
from metering.periods import Period
from storage import audit
from storage.database import Transaction
from storage.inserts import insert_once
from storage.register_import import ImportReport, import_register
from storage.standing import StandingReading, chain_tops
from storage.tables import contract_emails, contracts, meters, opening_readings, sender_links

__all__ = [
    "ImportReport",
    "SenderLink",
    "contract",
    "contracts_by_serial",
    "contracts_of_sender",
    "import_register",
    "link_sender",
    "meters_alone",
    "meters_of",
    "sender_links_listing",
    "size",
    "unlink_sender",
]


def contract(tx: Transaction, number: str) -> Contract | None:
    rows = tx.execute(_CONTRACTS.where(contracts.c.number == number)).all()  # one for each of its addresses for mail
    if not rows:
        return None
    row = rows[0]
    emails = tuple(each.email for each in rows if each.email is not None)
    return Contract(
        number=row.number,
        organization=row.organization,
        address=row.address,
        inn=row.inn,
        emails=emails,
        heat_load=row.heat_load,
        language=row.language,
        status=row.status,
        ventilation_load=row.heat_load_ventilation,
        hot_water_load=row.heat_load_hot_water,
        estimate_method=row.estimate_method,
    )


def meters_alone(tx: Transaction, number: str) -> dict[str, Meter]:
    """The contract's meters by serial, without what was read of them."""
    return {row.serial: Meter(**row._mapping) for row in tx.execute(_METERS.where(meters.c.contract_number == number))}


def meters_of(tx: Transaction, number: str, besides: Period | None = None) -> dict[str, MeterRecord]:
    """The contract's meters by serial, with the last accepted index and the consumptions booked so far.

    Only readings in the meter's present unit count, and a withdrawn one does not. besides: the month of a report that is
    compared with them; what is booked for that month itself is no earlier reading.
    """
    booked: dict[tuple[str, object], list[StandingReading]] = {}
    for reading in chain_tops(tx, number):
        if reading.period == besides:
            continue
        booked.setdefault((reading.serial, reading.unit), []).append(reading)
    rows: dict[str, list[sa.Row]] = {}
    for row in tx.execute(_WITH_OPENINGS.where(meters.c.contract_number == number)):
        rows.setdefault(row.serial, []).append(row)  # one for each opening reading, the newest import first
    found = {}
    for serial, of_it in rows.items():
        meter = Meter(**{name: of_it[0]._mapping[name] for name in Meter.__slots__})
        ledger = booked.get((serial, meter.unit), [])
        indexes = [AcceptedIndex(r.index, r.reading_date, "ledger") for r in ledger if r.index is not None]
        openings = [AcceptedIndex(row.opening, row.opened_on, "register") for row in of_it if row.opening is not None]
        last, conflicting = _last_accepted(indexes[::-1] + openings)
        found[serial] = MeterRecord(meter, last, conflicting, _consumptions(ledger))
    return found


def contracts_by_serial(tx: Transaction, serials: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Serial -> numbers of the contracts that have a meter with it, ascending; serials that nobody has are left out."""
    wanted = list(serials)
    if not wanted:
        return {}
    chosen = sa.select(meters.c.serial, meters.c.contract_number).where(meters.c.serial.in_(wanted))
    found: dict[str, tuple[str, ...]] = {}
    for serial, number in tx.execute(chosen.order_by(meters.c.contract_number)):
        found[serial] = (*found.get(serial, ()), number)
    return found


def contracts_of_sender(tx: Transaction, address: str) -> tuple[str, ...]:
    """Numbers of the contracts for which this address may speak, by the register or by a link that staff approved."""
    wanted = address.strip().lower()
    registered = sa.select(contract_emails.c.contract_number).where(contract_emails.c.address == wanted)
    approved = sa.select(sender_links.c.contract_number).where(sender_links.c.address == wanted)
    return tuple(sorted(tx.scalars(sa.union(registered, approved))))


def link_sender(tx: Transaction, address: str, number: str, approved_by: str, now: dt.datetime) -> None:
    """Staff approve that an address may speak for a contract; again is no error."""
    wanted = address.strip().lower()
    row = {"address": wanted, "contract_number": number, "approved_by": approved_by, "approved_at": now}
    if insert_once(tx, sender_links, row) is not None:
        audit.write(tx, audit.Entry(now, approved_by, "sender linked", f"contract {number}", {"address": wanted}))


def take_link_back(tx: Transaction, address: str, by: str, made_at: dt.datetime, now: dt.datetime) -> None:
    """Takes back what this person let this address speak for in that very moment: the decision is undone that said so."""
    made = (sender_links.c.approved_by == by) & (sender_links.c.approved_at == made_at)
    chosen = sa.select(sender_links.c.contract_number).where(sender_links.c.address == address.strip().lower(), made)
    for number in tx.scalars(chosen).all():
        unlink_sender(tx, address, number, by, now)


def unlink_sender(tx: Transaction, address: str, number: str, by: str, now: dt.datetime) -> bool:
    """Staff take such a link back: from now on mail of this address goes to review again. False if there is none."""
    wanted = address.strip().lower()
    this = (sender_links.c.address == wanted) & (sender_links.c.contract_number == number)
    if tx.execute(sender_links.delete().where(this)).rowcount == 0:
        return False
    audit.write(tx, audit.Entry(now, by, "sender unlinked", f"contract {number}", {"address": wanted}))
    return True


@dataclass(frozen=True, slots=True)
class SenderLink:
    """An address that staff let speak for a contract."""

    address: str
    contract_number: str
    organization: str
    approved_by: str
    approved_at: dt.datetime


def sender_links_listing(tx: Transaction, limit: int, offset: int) -> list[SenderLink]:
    """By address and contract."""
    joined = sender_links.join(contracts, contracts.c.number == sender_links.c.contract_number)
    chosen = sa.select(sender_links, contracts.c.organization).select_from(joined)
    in_order = chosen.order_by(sender_links.c.address, sender_links.c.contract_number).limit(limit).offset(offset)
    return [SenderLink(**row._mapping) for row in tx.execute(in_order)]


def size(tx: Transaction) -> tuple[int, int]:
    """How many contracts and meters the register holds."""
    return tuple(tx.scalar(sa.select(sa.func.count()).select_from(table)) for table in (contracts, meters))


def _last_accepted(candidates: list[AcceptedIndex]) -> tuple[AcceptedIndex | None, AcceptedIndex | None]:
    """The one of the latest date, and another of that date with another index (docs/storage.md, "The register").

    Of the same date the first of the list is taken: the ledger before the register, of the register the newest import.
    """
    if not candidates:
        return None, None
    date = max(candidate.date for candidate in candidates)
    of_that_date = [candidate for candidate in candidates if candidate.date == date]
    return of_that_date[0], next((other for other in of_that_date if other.index != of_that_date[0].index), None)


def _consumptions(ledger: list[StandingReading]) -> tuple[tuple[Period, Decimal], ...]:
    return tuple((reading.period, reading.consumption) for reading in ledger if reading.consumption is not None)


# Made once: to put a statement together takes longer than to ask it.
_CONTRACTS = (
    sa.select(contracts, contract_emails.c.address.label("email"))
    .outerjoin(contract_emails, contract_emails.c.contract_number == contracts.c.number)
    .order_by(contract_emails.c.position)
)
_METERS = sa.select(*(meters.c[name] for name in Meter.__slots__)).order_by(meters.c.serial)
_WITH_OPENINGS = (
    _METERS.add_columns(opening_readings.c.index.label("opening"), opening_readings.c.reading_date.label("opened_on"))
    .outerjoin(
        opening_readings,
        (opening_readings.c.contract_number == meters.c.contract_number)
        & (opening_readings.c.serial == meters.c.serial)
        & (opening_readings.c.unit == meters.c.unit),
    )
    .order_by(opening_readings.c.id.desc())
)
