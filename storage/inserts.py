"""Inserts that meet a row which is there already, where SQLAlchemy has a class for each database; and rows by the thousand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction

_BATCH = 5000  # rows an execution: keeps memory and statement size small


def insert_once(tx: Transaction, table: sa.Table, row: dict[str, Any]) -> Any:
    """The new row's primary key; None if a unique key of it exists. On PostgreSQL it waits for a transaction that inserts the same."""
    return tx.execute(_insert(tx, table).values(row).on_conflict_do_nothing().returning(*table.primary_key)).scalar()


def insert_or_replace(tx: Transaction, table: sa.Table, row: dict[str, Any]) -> None:
    """Inserts, or updates the row with the same primary key."""
    insert = _insert(tx, table).values(row)
    tx.execute(insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=row))


def insert_rows(tx: Transaction, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """Each row names all the columns that the first one names."""
    for batch in batches(rows):
        tx.execute(table.insert(), batch)


def update_rows(tx: Transaction, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """Updates the rows with these primary keys; each row names all the columns that the first one names."""
    if not rows:
        return
    key = [column.name for column in table.primary_key]
    # SQLAlchemy keeps the bare names of columns for itself.
    which = sa.and_(*(table.c[name] == sa.bindparam(f"new_{name}") for name in key))
    values = {name: sa.bindparam(f"new_{name}") for name in rows[0] if name not in key}
    for batch in batches([{f"new_{name}": value for name, value in row.items()} for row in rows]):
        tx.execute(table.update().where(which).values(values), batch)


def batches(rows: list[Any]) -> Iterator[list[Any]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        yield batch


def _insert(tx: Transaction, table: sa.Table) -> Any:
    return postgresql.insert(table) if tx.dialect.name == "postgresql" else sqlite.insert(table)
