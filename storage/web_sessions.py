"""Sessions of the web faces: a random token in the visitor's cookie, and only its SHA-256 here."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from storage.database import Transaction
from storage.states import Face
from storage.tables import web_sessions

LONGEST = dt.timedelta(hours=12)  # then one logs in again, however busy
_SEEN_AGAIN = dt.timedelta(seconds=30)  # so often a page writes that it was asked for


@dataclass(frozen=True, slots=True)
class Session:
    """Who is at the other end. account: a staff member's name or a contract's number, by the face.

    remembered: filters of lists, which must not stand in an address."""

    token_sha256: str
    face: Face
    account: str
    opened_at: dt.datetime
    seen_at: dt.datetime
    remembered: dict[str, Any]


def open_session(tx: Transaction, face: Face, account: str, now: dt.datetime) -> str:
    """Makes a session and returns its token; sweeps away those that ended long ago."""
    tx.execute(web_sessions.delete().where(web_sessions.c.seen_at < now - LONGEST))
    token = secrets.token_urlsafe(32)
    row = {"token_sha256": _sha256(token), "face": face, "account": account, "opened_at": now, "seen_at": now, "remembered": {}}
    tx.execute(web_sessions.insert().values(row))
    return token


def session_of(tx: Transaction, face: Face, token: str, now: dt.datetime, idle: dt.timedelta) -> Session | None:
    """The session of this token on this face; None if there is none, or it was idle or open too long."""
    alive = (web_sessions.c.seen_at > now - idle) & (web_sessions.c.opened_at > now - LONGEST)
    this = (web_sessions.c.token_sha256 == _sha256(token)) & (web_sessions.c.face == face)
    row = tx.execute(sa.select(web_sessions).where(this, alive)).first()
    return None if row is None else Session(**row._mapping)


def must_be_noted(session: Session, now: dt.datetime) -> bool:
    """Whether a page that was asked for now is worth a write: not each is."""
    return now - session.seen_at >= _SEEN_AGAIN


def note_seen(tx: Transaction, session: Session, now: dt.datetime) -> None:
    tx.execute(web_sessions.update().where(web_sessions.c.token_sha256 == session.token_sha256).values(seen_at=now))


def remember(tx: Transaction, session: Session, name: str, value: Any) -> None:
    """Keeps a value of this session under a name, in the place of the one before."""
    kept = {**session.remembered, name: value}
    tx.execute(web_sessions.update().where(web_sessions.c.token_sha256 == session.token_sha256).values(remembered=kept))


def close_session(tx: Transaction, session: Session) -> None:
    tx.execute(web_sessions.delete().where(web_sessions.c.token_sha256 == session.token_sha256))


def close_all(tx: Transaction, face: Face, account: str) -> int:
    """Ends every session of the account, on whatever device; returns how many."""
    return tx.execute(web_sessions.delete().where(web_sessions.c.face == face, web_sessions.c.account == account)).rowcount


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
