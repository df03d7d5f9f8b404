"""Loads the register from contracts.csv and meters.csv: adds and updates, never touches the ledger (docs/formats.md, "Register")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from storage.database import Transaction
from storage.inserts import batches, insert_rows, update_rows
from storage.register_rows import (
    CONTRACT_COLUMNS,
    CONTRACT_OPTIONAL,
    METER_COLUMNS,
    METER_OPTIONAL,
    Refusal,
    Row,
    read_rows,
)
from storage.standing import lock
from storage.tables import contract_emails, contracts, meters, opening_readings

Key = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Rows of both files: added, changed, unchanged, and those refused."""

    added: int
    changed: int
    unchanged: int
    refused: tuple[Refusal, ...]


@dataclass(slots=True)
class _Tally:
    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def count(self, known: bool, changed: bool) -> None:
        if not known:
            self.added += 1
        elif changed:
            self.changed += 1
        else:
            self.unchanged += 1


def import_register(tx: Transaction, contracts_csv: Path, meters_csv: Path) -> ImportReport:
    """Loads both files in this transaction; the same files again change nothing.

    Contracts and meters that the files do not name stay as they are, and so does a column that a file does not have.
    Raises PermanentError if a file cannot be read or its header lacks a column: then neither file is loaded.
    """
    lock(tx, "register")
    tally, refused = _Tally(), []
    contract_rows = _unique(read_rows(contracts_csv, CONTRACT_COLUMNS, CONTRACT_OPTIONAL), _contract_key, contracts_csv.name, refused)
    meter_rows = _unique(read_rows(meters_csv, METER_COLUMNS, METER_OPTIONAL), _meter_key, meters_csv.name, refused)
    _load_contracts(tx, contract_rows, tally)
    _load_meters(tx, meter_rows, tally, (meters_csv.name, refused))
    return ImportReport(
        tally.added, tally.changed, tally.unchanged, tuple(sorted(refused, key=lambda r: (r.file != contracts_csv.name, r.line)))
    )


def _contract_key(values: dict[str, Any]) -> Key:
    return values["contract_number"]


def _meter_key(values: dict[str, Any]) -> Key:
    return values["contract_number"], values["serial"]


def _unique(rows: Iterable[Row | Refusal], key_of: Any, file: str, refused: list[Refusal]) -> dict[Key, Row]:
    """Good rows by key. Of two rows of one file with the same key the first loads: else loading it twice would not be the same."""
    found: dict[Key, Row] = {}
    for row in rows:
        if isinstance(row, Refusal):
            refused.append(row)
            continue
        first = found.setdefault(key_of(row.values), row)
        if first is not row:
            refused.append(Refusal(file, row.line, f"the same {'meter' if 'serial' in row.values else 'contract'} is in line {first.line}"))
    return found


def _load_contracts(tx: Transaction, rows: dict[Key, Row], tally: _Tally) -> None:
    known = {row.number: dict(row._mapping) for row in tx.execute(sa.select(contracts))}
    addresses: dict[str, tuple[str, ...]] = {}
    for number, address in tx.execute(sa.select(contract_emails.c.contract_number, contract_emails.c.address).order_by("position")):
        addresses[number] = (*addresses.get(number, ()), address)
    added, changed, moved = [], [], []
    for number, row in rows.items():
        values = {_CONTRACT_NAMES.get(name, name): value for name, value in row.values.items()}
        emails = values.pop("emails")
        old = known.get(number)
        differs = old is not None and any(old[name] != value for name, value in values.items())
        if emails != addresses.get(number, ()):
            moved.append((number, emails))
        if old is None:
            added.append(values)
        elif differs:
            changed.append(values)
        tally.count(old is not None, differs or emails != addresses.get(number, ()))
    insert_rows(tx, contracts, added)
    update_rows(tx, contracts, changed)
    _replace_addresses(tx, moved)


def _load_meters(tx: Transaction, rows: dict[Key, Row], tally: _Tally, refusals: tuple[str, list[Refusal]]) -> None:
    numbers = set(tx.scalars(sa.select(contracts.c.number)))
    known = {(row.contract_number, row.serial): dict(row._mapping) for row in tx.execute(sa.select(meters))}
    openings = {(row.contract_number, row.serial, row.unit, row.reading_date, row.index) for row in tx.execute(sa.select(opening_readings))}
    added, changed, opened = [], [], []
    for key, row in rows.items():
        values = dict(row.values)
        if values["contract_number"] not in numbers:
            refusals[1].append(Refusal(refusals[0], row.line, f"no contract {values['contract_number']} in the register"))
            continue
        index, date = values.pop("last_reading"), values.pop("last_reading_date")
        opening = (*key, values["unit"], date, index)
        old = known.get(key)
        differs = old is not None and any(old[name] != value for name, value in values.items())
        if opening not in openings:
            opened.append(dict(zip(("contract_number", "serial", "unit", "reading_date", "index"), opening, strict=True)))
        if old is None:
            added.append(values)
        elif differs:
            changed.append(values)
        tally.count(old is not None, differs or opening not in openings)
    insert_rows(tx, meters, added)
    update_rows(tx, meters, changed)
    insert_rows(tx, opening_readings, opened)


def _replace_addresses(tx: Transaction, moved: list[tuple[Key, tuple[str, ...]]]) -> None:
    for batch in batches(moved):
        tx.execute(
            contract_emails.delete().where(contract_emails.c.contract_number == sa.bindparam("number")), [{"number": n} for n, _ in batch]
        )
    rows = [{"contract_number": n, "address": a, "position": i} for n, emails in moved for i, a in enumerate(emails)]
    insert_rows(tx, contract_emails, rows)


_CONTRACT_NAMES = {"contract_number": "number", "heat_load_gcal_per_hour": "heat_load"}
