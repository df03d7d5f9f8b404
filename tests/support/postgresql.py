"""A private PostgreSQL for the session, and the `database` fixture: the same test on SQLite and on PostgreSQL.

`database` is an opened storage.database.Database, empty, a new one for each test; `database_url` is its address, for
tests that open it from other processes; who changes the schema takes a database of `new_postgresql` instead.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from storage.database import Database, open_database

_USER = "postgres"
# A test's cluster is thrown away: it need not survive a power cut.
_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60", "shared_buffers": "32MB"}


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """URL of a running server, without a database's name: `postgresql://postgres@127.0.0.1:PORT`."""
    with cluster(_SETTINGS) as url:
        yield url


@contextlib.contextmanager
def cluster(settings: dict[str, str]) -> Iterator[str]:
    """A server of its own on a free port with these settings, stopped and removed at the end; its URL without a database's name."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    if not binaries:
        pytest.fail("PostgreSQL is not installed; ./run test installs it")
    folder = Path(tempfile.mkdtemp(prefix="hisobot-postgresql-"))
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, _USER, _USER)
    port = _free_port()
    try:
        _run(binaries[-1] / "initdb", "-D", folder / "data", "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        given = {**settings, "port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": folder}
        options = " ".join(f"-c {name}={value}" for name, value in given.items())
        _run(binaries[-1] / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-o", options, "-w", "-t", "60", "start")
        try:
            yield f"postgresql://{_USER}@127.0.0.1:{port}"
        finally:
            _run(binaries[-1] / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def new_postgresql(postgresql_server: str) -> Callable[[], str]:
    """Makes a database without our schema and returns its URL."""

    def make() -> str:
        name = f"test_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(f"{postgresql_server}/postgres", autocommit=True) as connection:
            connection.execute(f'create database "{name}" template template0')
        return f"{postgresql_server}/{name}"

    return make


@pytest.fixture(scope="session")
def shared_postgresql(new_postgresql: Callable[[], str]) -> str:
    """One database with our schema for all tests, emptied before each: making one takes longer than most tests."""
    url = new_postgresql()
    database = Database(url)
    database.upgrade()
    database.close()
    return url


@pytest.fixture(scope="session")
def upgraded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with our schema and nothing in it, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    open_database(f"sqlite:///{file}").close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        file = tmp_path / "hisobot.db"
        shutil.copyfile(request.getfixturevalue("upgraded_sqlite"), file)
        return f"sqlite:///{file}"
    url = request.getfixturevalue("shared_postgresql")
    _empty(url)
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()


def _empty(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        )
        connection.execute("set session_replication_role = replica")  # without the triggers that keep the ledger append-only
        names = connection.execute(
            "select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'"
        ).fetchall()
        # Faster than truncate, which makes new files for each table and index.
        connection.execute(";".join(f"delete from {name}" for (name,) in names))


def _run(*command: object) -> None:
    as_user = ["setpriv", f"--reuid={_USER}", f"--regid={_USER}", "--init-groups"] if os.geteuid() == 0 else []
    # Not captured by a pipe: the server would inherit it and hold it open.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run([*as_user, *map(str, command)], stdout=output, stderr=output, cwd="/", check=False)
        output.seek(0)
        if done.returncode != 0:
            pytest.fail(f"{command[0]} failed:\n{output.read()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
