"""Facts of this instance, by name: the key of its Message-IDs, when it last polled, what the last reconciliation found."""

from __future__ import annotations

import secrets

import sqlalchemy as sa

from storage.database import Transaction
from storage.inserts import insert_once, insert_or_replace
from storage.tables import facts


def remember(tx: Transaction, name: str, value: str) -> None:
    """Sets the fact, whatever it was before."""
    insert_or_replace(tx, facts, {"name": name, "value": value})


def recall(tx: Transaction, name: str) -> str | None:
    return tx.scalar(sa.select(facts.c.value).where(facts.c.name == name))


def recall_all(tx: Transaction) -> dict[str, str]:
    return {row.name: row.value for row in tx.execute(sa.select(facts).order_by(facts.c.name))}


def secret_of_instance(tx: Transaction, name: str) -> str:
    """A random key of 256 bits in hexadecimal, made at first use; the same ever after, for every process."""
    if recall(tx, name) is None:
        insert_once(tx, facts, {"name": name, "value": secrets.token_hex(32)})
    return tx.execute(sa.select(facts.c.value).where(facts.c.name == name)).scalar_one()
