"""The customers' accounts: which password counts for a contract's cabinet (docs/security.md, "The customer's password")."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from metering.errors import PermanentError
from storage import audit
from storage.database import Transaction
from storage.standing import lock
from storage.tables import consumer_accounts, contracts


@dataclass(frozen=True, slots=True)
class Account:
    """password_hash: argon2id, None while the INN is the password; inn_until: how long it is taken, None when it is not.

    first_login_at: of the password that counts now, None before it.
    """

    contract_number: str
    inn: str
    password_hash: str | None
    inn_until: dt.datetime | None
    issued_at: dt.datetime
    first_login_at: dt.datetime | None
    changed_at: dt.datetime | None


def issue_new(tx: Transaction, inn_until: dt.datetime, now: dt.datetime) -> int:
    """Gives every contract that has no account one, whose password is the INN until then; returns how many."""
    lock(tx, "accounts")
    without = ~sa.exists().where(consumer_accounts.c.contract_number == contracts.c.number)
    chosen = sa.select(contracts.c.number, _moment(inn_until), _moment(now)).where(without)
    made = tx.scalar(sa.select(sa.func.count()).select_from(contracts).where(without)) or 0
    if made:
        tx.execute(consumer_accounts.insert().from_select(["contract_number", "inn_until", "issued_at"], chosen))
        audit.write(tx, audit.Entry(now, "hisobot", "accounts issued", "cabinet", {"accounts": made}))
    return made


def account(tx: Transaction, contract_number: str) -> Account | None:
    joined = sa.select(consumer_accounts, contracts.c.inn).join(contracts, contracts.c.number == consumer_accounts.c.contract_number)
    row = tx.execute(joined.where(consumer_accounts.c.contract_number == contract_number)).first()
    return None if row is None else Account(**row._mapping)


def note_first_login(tx: Transaction, contract_number: str, now: dt.datetime) -> bool:
    """Whether this login is the first with the password that counts now; False for a later one."""
    first = (consumer_accounts.c.contract_number == contract_number) & consumer_accounts.c.first_login_at.is_(None)
    if tx.execute(consumer_accounts.update().where(first).values(first_login_at=now)).rowcount == 0:
        return False
    audit.write(tx, audit.Entry(now, _customer(contract_number), "first login", f"contract {contract_number}"))
    return True


def change_password(tx: Transaction, contract_number: str, password_hash: str, now: dt.datetime) -> None:
    """From now on this password counts, and the INN no more."""
    changed = {"password_hash": password_hash, "inn_until": None, "changed_at": now, "first_login_at": now}
    tx.execute(consumer_accounts.update().where(consumer_accounts.c.contract_number == contract_number).values(changed))
    audit.write(tx, audit.Entry(now, _customer(contract_number), "password changed", f"contract {contract_number}"))


def reset_password(tx: Transaction, contract_number: str, inn_until: dt.datetime, actor: str, now: dt.datetime) -> None:
    """The INN is the password again, until it is changed or that time has come. Raises PermanentError for an unknown contract."""
    again = {"password_hash": None, "inn_until": inn_until, "issued_at": now, "first_login_at": None}
    if tx.execute(consumer_accounts.update().where(consumer_accounts.c.contract_number == contract_number).values(again)).rowcount == 0:
        raise PermanentError(f"contract {contract_number} has no account of the cabinet; load the register first")
    audit.write(tx, audit.Entry(now, actor, "password reset", f"contract {contract_number}"))


def _moment(moment: dt.datetime) -> sa.ColumnElement[dt.datetime]:
    return sa.literal(moment, type_=consumer_accounts.c.issued_at.type)


def _customer(contract_number: str) -> str:
    return f"customer {contract_number}"
