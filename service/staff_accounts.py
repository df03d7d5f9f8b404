"""Accounts of staff: made on the command line, opened with a password and, for administrators, a code (docs/security.md)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import pyotp

from metering.errors import PermanentError
from service import passwords
from service.assembly import Service
from storage import audit, staff, throttles, web_sessions
from storage.staff import Credentials, StaffAccount
from storage.states import Face, Role
from storage.throttles import Limit

ATTEMPTS = Limit(5, dt.timedelta(minutes=15))  # wrong ones, for one account
_STEP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Issued:
    """What the person is to be told once. totp_uri: for the authenticator, administrators alone."""

    password: str
    totp_uri: str | None


@dataclass(frozen=True, slots=True)
class LoggedIn:
    token: str


@dataclass(frozen=True, slots=True)
class Refused:
    """until: it was tried too often, and may be tried again then; None: name, password or code is wrong."""

    until: dt.datetime | None = None


def add_account(service: Service, name: str, full_name: str, role: Role, actor: str) -> Issued:
    """Raises PermanentError if the name is taken or no name."""
    if not re.fullmatch(r"[a-z][a-z0-9._-]{1,30}", name.lower()):
        raise PermanentError(f"{name!r} is no account name: 2 to 31 Latin letters, digits, points or hyphens, a letter first")
    issued, credentials = _issue(name, role)
    entry = audit.Entry(service.clock(), actor, "staff account added", f"staff {name.lower()}", {"role": role.value})
    with service.database.transaction() as tx:
        staff.add(tx, name, full_name, role, credentials, entry)
    return issued


def reset_account(service: Service, name: str, actor: str) -> Issued:
    """A new temporary password and, for an administrator, a new secret; ends the account's sessions. Raises PermanentError."""
    with service.database.transaction() as tx:
        account = staff.account(tx, name)
        issued, credentials = _issue(name, account.role if account else Role.REVIEWER)
        staff.set_credentials(tx, name, credentials, audit.Entry(service.clock(), actor, "staff account reset", f"staff {name.lower()}"))
    return issued


def disable_account(service: Service, name: str, actor: str) -> None:
    """Raises PermanentError if there is no such account."""
    with service.database.transaction() as tx:
        staff.disable(tx, name, audit.Entry(service.clock(), actor, "staff account disabled", f"staff {name.lower()}"))


def log_in(service: Service, name: str, password: str, code: str) -> LoggedIn | Refused:
    """Opens a session. Every refusal reads the same, whatever of the three was wrong; five in a quarter of an hour lock the name."""
    now = service.clock()
    key = f"login staff {name.lower()[:100]}"
    with service.database.transaction() as tx:
        until = throttles.count(tx, key, ATTEMPTS, now)
        account = staff.account(tx, name)
    if until is not None:
        return Refused(until)
    if not passwords.is_right(password, account.password_hash if account else None) or account is None:
        return Refused()
    with service.database.transaction() as tx:
        account = staff.account(tx, name)
        if account is None or account.disabled_at is not None or not _code_is_right(service, account, code):
            return Refused()
        if account.totp_secret and not staff.use_totp_step(tx, name, int(_step_of(account.totp_secret, code, now) or 0)):
            return Refused()
        throttles.forget(tx, key)
        throttles.sweep(tx, now)
        audit.write(tx, audit.Entry(now, account.name, "logged in", f"staff {account.name}"))
        return LoggedIn(web_sessions.open_session(tx, Face.STAFF, account.name, now))


def change_password(service: Service, account: StaffAccount, old: str, new: str) -> Refused | None:
    """Sets one's own password and ends all one's sessions. Refused where the old one is wrong, or was tried too often: whoever sits down
    at an open desk must not try passwords there. The caller looks at the new one's length."""
    now = service.clock()
    key = f"password staff {account.name}"
    with service.database.transaction() as tx:
        until = throttles.count(tx, key, ATTEMPTS, now)
    if until is not None:
        return Refused(until)
    if not passwords.is_right(old, account.password_hash):
        return Refused()
    kept = passwords.hash_of(new)
    with service.database.transaction() as tx:
        entry = audit.Entry(now, account.name, "password changed", f"staff {account.name}")
        staff.change_password(tx, account.name, kept, entry)
        throttles.forget(tx, key)
    return None


def _issue(name: str, role: Role) -> tuple[Issued, Credentials]:
    password = passwords.made_up()
    secret = pyotp.random_base32() if role is Role.ADMINISTRATOR else None
    uri = pyotp.TOTP(secret).provisioning_uri(name=name.lower(), issuer_name="hisobot") if secret else None
    return Issued(password, uri), Credentials(passwords.hash_of(password), temporary=True, totp_secret=secret)


def _code_is_right(service: Service, account: StaffAccount, code: str) -> bool:
    return account.totp_secret is None or _step_of(account.totp_secret, code, service.clock()) is not None


def _step_of(secret: str, code: str, now: dt.datetime) -> int | None:
    """The 30 seconds that this code belongs to: these, or their neighbours, since clocks differ (RFC 6238, section 5.2)."""
    here = int(now.timestamp()) // _STEP_SECONDS
    given = re.sub(r"\s", "", code)
    return next((step for step in (here, here - 1, here + 1) if pyotp.utils.strings_equal(pyotp.HOTP(secret).at(step), given)), None)
