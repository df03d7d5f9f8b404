"""The customers' accounts: logging in with the contract's number, the first password and its change, the reset by staff.

Every rule here has its reason in docs/security.md, "The customer's password".
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from metering.errors import PermanentError
from service import passwords
from service.assembly import Service
from service.cabinet_letters import tell_of_account
from service.password_rules import Weakness, weakness_of
from storage import accounts, audit, facts, register, throttles, web_sessions
from storage.accounts import Account
from storage.database import Transaction
from storage.states import Face
from storage.throttles import Limit
from templates.account_letters import AccountEvent

ATTEMPTS = Limit(5, dt.timedelta(minutes=15))  # for one contract, or for one browser that has logged in before
FROM_ADDRESS = Limit(20, dt.timedelta(minutes=15))  # wrong ones; an office may share an address
_DEVICE = re.compile(r"[A-Za-z0-9_-]{22}\.[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """token: of the session; device: for a cookie that outlives it and says that this browser logged in before."""

    token: str
    device: str
    must_change: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """until: it was tried too often, and may be tried again then; None: number or password is wrong, or the INN no longer taken."""

    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Why a new password is not taken. weakness None: the old one is wrong (until: and was tried too often)."""

    weakness: Weakness | None = None
    same: bool = False
    until: dt.datetime | None = None


def issue_accounts(service: Service) -> int:
    """Gives each contract of the register that has no account one; its INN is the password for a time. Returns how many."""
    now = service.clock()
    with service.database.transaction() as tx:
        return accounts.issue_new(tx, now + dt.timedelta(days=service.settings.cabinet.first_password_days), now)


def log_in(service: Service, number: str, password: str, address: str, device: str | None = None) -> LoggedIn | Refused:
    """Opens a session. Attempts are counted before the password is looked at; an unknown number costs the same time and words."""
    now = service.clock()
    number = number.strip()[:20]
    sender = f"login from {address}"
    with service.database.transaction() as tx:
        known_device = device is not None and _is_of(tx, device, number)
        key = _device_key(device) if known_device and device else _number_key(number)
        until = throttles.exhausted(tx, sender, FROM_ADDRESS, now) or throttles.count(tx, key, ATTEMPTS, now)
        account = accounts.account(tx, number)
        if until is not None and account is not None and not known_device:
            tell_of_account(tx, service, number, AccountEvent.LOCKED, until)
    if until is not None:
        return Refused(until)
    if not _is_right(account, password, now) or account is None:
        with service.database.transaction() as tx:
            throttles.count(tx, sender, FROM_ADDRESS, now)
        return Refused()
    with service.database.transaction() as tx:
        throttles.forget(tx, key)
        throttles.sweep(tx, now)
        audit.write(tx, audit.Entry(now, f"customer {number}", "logged in", f"contract {number}"))
        if account.password_hash is None and accounts.note_first_login(tx, number, now):
            tell_of_account(tx, service, number, AccountEvent.FIRST_LOGIN)
        token = web_sessions.open_session(tx, Face.CUSTOMER, number, now)
        return LoggedIn(token, _device_token(tx, number), account.password_hash is None)


def change_password(service: Service, number: str, old: str, new: str) -> str | NotTaken:
    """Sets a customer's own password, ends every session of the account and returns the token of a new one.

    old: is not asked for while the INN is the password, since that was typed to get here.
    """
    now = service.clock()
    with service.database.transaction() as tx:
        account = accounts.account(tx, number)
        contract = register.contract(tx, number)
        until = throttles.count(tx, _number_key(number), ATTEMPTS, now) if account and account.password_hash else None
    if account is None or contract is None:
        raise PermanentError(f"contract {number} has no account of the cabinet")
    if until is not None:
        return NotTaken(until=until)
    if account.password_hash is not None and not passwords.is_right(old, account.password_hash):
        return NotTaken()
    weakness = weakness_of(new, (number, account.inn, contract.organization, *contract.emails))
    if weakness is not None:
        return NotTaken(weakness)
    if account.password_hash is not None and old == new:
        return NotTaken(same=True)
    kept = passwords.hash_of(new)
    with service.database.transaction() as tx:
        accounts.change_password(tx, number, kept, now)
        throttles.forget(tx, _number_key(number))
        web_sessions.close_all(tx, Face.CUSTOMER, number)
        tell_of_account(tx, service, number, AccountEvent.PASSWORD_CHANGED)
        return web_sessions.open_session(tx, Face.CUSTOMER, number, now)


def reset_password(service: Service, number: str, actor: str) -> dt.datetime:
    """Staff: the INN is the password again, until it is changed or the time returned has come. Raises PermanentError."""
    now = service.clock()
    until = reset_until(service)
    with service.database.transaction() as tx:
        accounts.reset_password(tx, number, until, actor, now)
        throttles.forget(tx, _number_key(number))
        web_sessions.close_all(tx, Face.CUSTOMER, number)
        tell_of_account(tx, service, number, AccountEvent.PASSWORD_RESET, until)
    return until


def reset_until(service: Service) -> dt.datetime:
    """Until when a reset that is made now lets the INN be the password."""
    return service.clock() + dt.timedelta(days=service.settings.cabinet.reset_password_days)


def _is_right(account: Account | None, password: str, now: dt.datetime) -> bool:
    """A hash is computed in any case, so that the time tells nothing."""
    by_hash = passwords.is_right(password, account.password_hash if account else None)
    if account is None or account.password_hash is not None:
        return by_hash
    taken = account.inn_until is not None and now < account.inn_until
    return hmac.compare_digest(password.strip().encode(), account.inn.encode()) and taken


def _number_key(number: str) -> str:
    return f"login customer {number}"


def _device_key(device: str) -> str:
    return f"login device {hashlib.sha256(device.encode()).hexdigest()[:32]}"


def _device_token(tx: Transaction, number: str) -> str:
    nonce = secrets.token_urlsafe(16)
    return f"{nonce}.{_device_seal(tx, nonce, number)}"


def _is_of(tx: Transaction, device: str, number: str) -> bool:
    if _DEVICE.fullmatch(device) is None:
        return False
    nonce, _, seal = device.partition(".")
    return hmac.compare_digest(seal, _device_seal(tx, nonce, number))


def _device_seal(tx: Transaction, nonce: str, number: str) -> str:
    key = facts.secret_of_instance(tx, "device_key")
    return hmac.new(key.encode(), f"{nonce} {number}".encode(), hashlib.sha256).hexdigest()
