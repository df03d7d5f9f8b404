"""Inserts that meet a row which is there already: both databases say it the same way, SQLAlchemy has a class for each."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction


def insert_once(tx: Transaction, table: sa.Table, row: dict[str, Any]) -> Any:
    """The new row's primary key; None if a unique key of it exists. On PostgreSQL it waits for a transaction that inserts the same."""
    return tx.execute(_insert(tx, table).values(row).on_conflict_do_nothing().returning(*table.primary_key)).scalar()


def insert_or_replace(tx: Transaction, table: sa.Table, row: dict[str, Any]) -> None:
    """Inserts, or updates the row with the same primary key."""
    insert = _insert(tx, table).values(row)
    tx.execute(insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=row))


def _insert(tx: Transaction, table: sa.Table) -> Any:
    return postgresql.insert(table) if tx.dialect.name == "postgresql" else sqlite.insert(table)
