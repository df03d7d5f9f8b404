"""Who may do what only one may do at a time: one fetcher a mailbox, with a token that fences off one that woke up late."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Callable

import sqlalchemy as sa

from storage.database import Transaction
from storage.faults import LostLease
from storage.inserts import insert_once
from storage.tables import facts


def take(tx: Transaction, duty: str, owner: str, until: dt.datetime, may_replace: Callable[[str, dt.datetime], bool]) -> str | None:
    """A token for the duty, held until then; None while another owner holds it.

    may_replace(owner, until): whether what another owner holds counts no more: its time is over, or it is known to be dead.
    """
    insert_once(tx, facts, {"name": _name(duty), "value": "{}"})
    held = _held(tx, duty)
    if held and not may_replace(held["owner"], dt.datetime.fromisoformat(held["until"])):
        return None
    token = secrets.token_hex(16)
    _write(tx, duty, {"owner": owner, "token": token, "until": until.isoformat()})
    return token


def assert_held(tx: Transaction, duty: str, token: str) -> None:
    """Raises LostLease unless the token is still the duty's; nobody can take it before this transaction ends.

    It counts beyond its time as long as nobody else came: slow is not wrong.
    """
    if _held(tx, duty).get("token") != token:
        raise LostLease(f"{duty} was taken over by another process")


def extend(tx: Transaction, duty: str, token: str, until: dt.datetime) -> None:
    """Holds the duty until a later time. Raises LostLease."""
    assert_held(tx, duty, token)
    _write(tx, duty, {**_held(tx, duty), "until": until.isoformat()})


def give_up(tx: Transaction, duty: str, token: str) -> None:
    """Lets the next one take it at once; does nothing if it is no longer ours."""
    if _held(tx, duty).get("token") == token:
        _write(tx, duty, {})


def _held(tx: Transaction, duty: str) -> dict[str, str]:
    value = tx.scalar(sa.select(facts.c.value).where(facts.c.name == _name(duty)).with_for_update())
    return json.loads(value) if value else {}


def _write(tx: Transaction, duty: str, held: dict[str, str]) -> None:
    tx.execute(facts.update().where(facts.c.name == _name(duty)).values(value=json.dumps(held)))


def _name(duty: str) -> str:
    return f"owner of {duty}"
