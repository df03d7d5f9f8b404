"""What the database's errors mean for us: try again later, ask a person, or a bug."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from metering.errors import PermanentError, TemporaryError


class LostLease(TemporaryError):
    """The claim is no longer ours: its lease ended and the work went to another process, or back to the queue."""


class StaleLookup(TemporaryError):
    """The ledger moved between the look-up and the writing: look up, judge and settle again."""


# https://www.sqlite.org/rescode.html; extended codes carry the primary one in their low byte.
_SQLITE_TEMPORARY = {
    sqlite3.SQLITE_BUSY: "is locked by another process",
    sqlite3.SQLITE_LOCKED: "is locked",
    sqlite3.SQLITE_FULL: "has no room: the disk is full",
    sqlite3.SQLITE_IOERR: "cannot be read or written: look at the disk",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: look at the folder and its permissions",
    sqlite3.SQLITE_READONLY: "cannot be written: look at the file's permissions",
}
_SQLITE_BROKEN = {
    sqlite3.SQLITE_NOTADB: "is not a SQLite database",
    sqlite3.SQLITE_CORRUPT: "is damaged: restore the last backup (docs/storage.md)",
}

# Classes and codes of https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL_TEMPORARY = ("08", "40", "53", "55P03", "57", "58", "25P03", "25006")


@contextmanager
def translated() -> Iterator[None]:
    """Turns the library's errors into TemporaryError or PermanentError; what is neither stays as it is, a bug."""
    try:
        yield
    except sa.exc.TimeoutError as error:
        raise TemporaryError("all connections to the database are in use") from error
    except sa.exc.DBAPIError as error:
        translation = _translation(error)
        if translation is None:
            raise
        raise translation from error


def _translation(error: sa.exc.DBAPIError) -> Exception | None:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        if code in _SQLITE_TEMPORARY:
            return TemporaryError(f"the database {_SQLITE_TEMPORARY[code]}")
        if code in _SQLITE_BROKEN:
            return PermanentError(f"the database {_SQLITE_BROKEN[code]}")
        return None
    state = getattr(cause, "sqlstate", None)
    if state is None and isinstance(error, sa.exc.OperationalError):  # no server answered at all
        return TemporaryError(f"the database cannot be reached: {str(cause).splitlines()[0]}")
    if state is not None and state.startswith(_POSTGRESQL_TEMPORARY):
        return TemporaryError(f"the database asks to try again later ({state})")
    if state is not None and state.startswith(("28", "3D")):
        return PermanentError(f"the database refuses us ({state}): look at user, password and name in database_url")
    return TemporaryError(f"the connection to the database was lost ({state})") if error.connection_invalidated else None
