"""The database: one transaction at a time a caller, the settings that make it durable, and its schema's revision.

SQLite in one file is the embedded default, PostgreSQL the other; the rest of storage/ does not know which one it is.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from metering.errors import PermanentError
from storage.faults import translated

Transaction = sa.Connection  # what every function of storage/ takes first

HEAD = "0006"  # the newest revision in storage/migrations/versions

_BUSY_SECONDS = 30
_POSTGRESQL_OPTIONS = "-c timezone=UTC -c lock_timeout=30s -c idle_in_transaction_session_timeout=5min"


def open_database(url: str) -> Database:
    """Opens `sqlite:///file` or `postgresql://...`. A SQLite file is created and brought to HEAD at once.

    Raises TemporaryError if it cannot be reached, PermanentError if the schema is not this program's, with the remedy.
    """
    database = Database(url)
    try:
        revision = database.current_revision()
        if revision != HEAD and database.embedded:
            database.upgrade()
        elif revision != HEAD:
            raise PermanentError(
                f"the database {database.name} has the schema {revision or '(none)'}, this program needs {HEAD}; run: hisobot db upgrade"
            )
    except BaseException:
        database.close()
        raise
    return database


class Database:
    """One database. Safe to use from several threads; each process opens its own."""

    def __init__(self, url: str) -> None:
        """Connects lazily and does not look at the schema: only `hisobot db upgrade` and tests need it so."""
        try:
            address = sa.make_url(url)
        except (sa.exc.ArgumentError, ValueError):  # the latter for a port that is no number
            raise PermanentError("the database URL cannot be read; write sqlite:///FILE or postgresql://USER@HOST/NAME") from None
        self.name = address.render_as_string(hide_password=True)
        self.embedded = address.get_backend_name() == "sqlite"
        self._engine = _sqlite(address) if self.embedded else _postgresql(address)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One transaction that may write: committed at the end of the block, rolled back by an exception.

        Raises TemporaryError when the database is locked, unreachable, full, or asks to try again.
        """
        with translated(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction for long reading (exports): one consistent view, and on SQLite no writer waits for it."""
        options = {"hisobot_begin": "BEGIN"} if self.embedded else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with translated(), self._engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def current_revision(self) -> str | None:
        """The schema's revision, None for an empty database."""
        with self.reading() as tx:
            if not sa.inspect(tx).has_table("alembic_version"):
                return None
            return tx.scalar(sa.text("select version_num from alembic_version"))

    def upgrade(self) -> str:
        """Brings the schema to HEAD in one transaction, all of it or nothing; a second process waits and finds it done."""
        from storage.schema import upgrade_schema  # Alembic costs a fifth of a second that only an upgrade should pay

        with self.transaction() as tx:
            if not self.embedded:
                tx.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
            upgrade_schema(tx)
        return HEAD

    def close(self) -> None:
        self._engine.dispose()


_UPGRADE_LOCK = 0x6869736F626F74  # "hisobot"


def _postgresql(address: sa.URL) -> sa.Engine:
    if address.get_backend_name() != "postgresql":
        raise PermanentError(f"no such kind of database: {address.get_backend_name()}; write sqlite:///FILE or postgresql://...")
    return sa.create_engine(
        address.set(drivername="postgresql+psycopg"),
        connect_args={"connect_timeout": 10, "options": _POSTGRESQL_OPTIONS, "application_name": "hisobot"},
        pool_pre_ping=True,  # a server that was restarted costs no error
        pool_size=16,  # what `hisobot web` works on at once and more: a connection beyond is made and closed each time
        hide_parameters=True,  # an exception's text must hold no personal data
        json_serializer=_json,
    )


def _sqlite(address: sa.URL) -> sa.Engine:
    if not address.database or address.database == ":memory:":
        raise PermanentError("SQLite needs a file: sqlite:///hisobot.db")
    engine = sa.create_engine(
        address.set(drivername="sqlite+pysqlite"), connect_args={"timeout": _BUSY_SECONDS}, hide_parameters=True, json_serializer=_json
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: we say BEGIN IMMEDIATE (docs/storage.md, "SQLite")
    connection.execute(f"pragma busy_timeout = {_BUSY_SECONDS * 1000}")
    _to_write_ahead(connection)
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma recursive_triggers = on")  # else INSERT OR REPLACE deletes a row without its trigger


def _to_write_ahead(connection: sqlite3.Connection) -> None:
    """The change of a new file to WAL ignores the busy timeout when another process makes it at the same moment."""
    for _ in range(50):
        try:
            connection.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(0.1)
        else:
            return
    connection.execute("pragma journal_mode = wal")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A transaction that begins by reading and then writes ignores the busy timeout; one that begins as a writer waits.
    connection.exec_driver_sql(connection.get_execution_options().get("hisobot_begin", "BEGIN IMMEDIATE"))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
