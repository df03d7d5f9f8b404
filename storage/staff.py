"""Accounts of staff."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from metering.errors import PermanentError
from storage import audit, web_sessions
from storage.database import Transaction
from storage.inserts import insert_once
from storage.states import Face, Role
from storage.tables import staff


@dataclass(frozen=True, slots=True)
class StaffAccount:
    """One person. name: what is typed at login; totp_used_step: the 30 seconds whose code was used last."""

    name: str
    full_name: str
    role: Role
    password_hash: str
    password_temporary: bool
    totp_secret: str | None
    totp_used_step: int | None
    created_at: dt.datetime
    disabled_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Credentials:
    """What an account is opened with; `temporary`: the password must be changed first."""

    password_hash: str
    temporary: bool
    totp_secret: str | None


def account(tx: Transaction, name: str) -> StaffAccount | None:
    row = tx.execute(sa.select(staff).where(staff.c.name == name.lower())).first()
    return None if row is None else StaffAccount(**row._mapping)


def accounts(tx: Transaction) -> list[StaffAccount]:
    return [StaffAccount(**row._mapping) for row in tx.execute(sa.select(staff).order_by(staff.c.name))]


def add(tx: Transaction, name: str, full_name: str, role: Role, credentials: Credentials, by: audit.Entry) -> None:
    """Raises PermanentError if the name is taken."""
    row = {"name": name.lower(), "full_name": full_name, "role": role, "created_at": by.at, **_columns(credentials)}
    if insert_once(tx, staff, row) is None:
        raise PermanentError(f"there is an account {name.lower()} already; `hisobot staff reset` gives it a new password")
    audit.write(tx, by)


def set_credentials(tx: Transaction, name: str, credentials: Credentials, by: audit.Entry) -> None:
    """Also ends the account's sessions, and enables it again. Raises PermanentError if there is no such account."""
    _change(tx, name, {**_columns(credentials), "totp_used_step": None, "disabled_at": None})
    web_sessions.close_all(tx, Face.STAFF, name.lower())
    audit.write(tx, by)


def change_password(tx: Transaction, name: str, password_hash: str, by: audit.Entry) -> None:
    """The person's own choice: ends the account's sessions; codes that were used stay used, and who was disabled meanwhile stays so.
    Raises PermanentError if there is no such account, or none that may log in."""
    alive = (staff.c.name == name.lower()) & staff.c.disabled_at.is_(None)
    if tx.execute(staff.update().where(alive).values(password_hash=password_hash, password_temporary=False)).rowcount == 0:
        raise PermanentError(f"there is no account {name.lower()} that may log in; `hisobot staff list` shows them")
    web_sessions.close_all(tx, Face.STAFF, name.lower())
    audit.write(tx, by)


def disable(tx: Transaction, name: str, by: audit.Entry) -> None:
    """From now on nobody is logged in by this name. Raises PermanentError if there is no such account."""
    _change(tx, name, {"disabled_at": by.at})
    web_sessions.close_all(tx, Face.STAFF, name.lower())
    audit.write(tx, by)


def use_totp_step(tx: Transaction, name: str, step: int) -> bool:
    """Marks a code's 30 seconds as used; False if it or a later one was used before."""
    fresh = staff.c.totp_used_step.is_(None) | (staff.c.totp_used_step < step)
    return tx.execute(staff.update().where(staff.c.name == name.lower(), fresh).values(totp_used_step=step)).rowcount == 1


def _columns(credentials: Credentials) -> dict[str, Any]:
    return {
        "password_hash": credentials.password_hash,
        "password_temporary": credentials.temporary,
        "totp_secret": credentials.totp_secret,
    }


def _change(tx: Transaction, name: str, values: dict[str, Any]) -> None:
    if tx.execute(staff.update().where(staff.c.name == name.lower()).values(values)).rowcount == 0:
        raise PermanentError(f"there is no account {name.lower()}; `hisobot staff list` shows them")
