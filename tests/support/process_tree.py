"""`hisobot run` as a real process tree against a real mailbox and a real SMTP server, and commands beside it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from storage import messages
from storage.database import open_database
from storage.states import MessageState
from tests.corpus.envelope import OUR_ADDRESS, OUR_HOST
from tests.service.commands import hisobot
from tests.support.dovecot import PASSWORD, Dovecot
from tests.support.smtp_server import SmtpServer

ROOT = Path(__file__).parents[2]


@dataclass
class Instance:
    """One installation: its home, its database, and the tree that runs on it, if any."""

    home: Path
    database_url: str
    outside: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def reach(self, dovecot: Dovecot, user: str, smtp: SmtpServer) -> None:
        """Which mailbox it polls, and where its letters go."""
        self.outside = {
            "HISOBOT_IMAP__HOST": dovecot.host,
            "HISOBOT_IMAP__PORT": str(dovecot.port),
            "HISOBOT_IMAP__SECURITY": "none",
            "HISOBOT_IMAP__USER": user,
            "HISOBOT_IMAP__POLL_SECONDS": "1",
            "HISOBOT_SECRETS__IMAP_PASSWORD": PASSWORD,
            "HISOBOT_SMTP__HOST": smtp.host,
            "HISOBOT_SMTP__PORT": str(smtp.port),
            "HISOBOT_SMTP__SECURITY": "none",
        }

    @property
    def environment(self) -> dict[str, str]:
        (self.home / "tmp").mkdir(parents=True, exist_ok=True)
        clean = {name: value for name, value in os.environ.items() if not name.startswith("HISOBOT_")}
        ours = {
            "HISOBOT_HOME": str(self.home),
            "HISOBOT_DATABASE_URL": self.database_url,
            "HISOBOT_MAIL__ADDRESS": OUR_ADDRESS,
            "HISOBOT_MAIL__AUTHSERV_ID": OUR_HOST,
            "HISOBOT_MAIL__OWN_HOSTS": OUR_HOST,
            "HISOBOT_SECRETS__MESSAGE_ID_KEY": "a key of sixteen bytes or more",
            "TMPDIR": str(self.home / "tmp"),
            "OMP_THREAD_LIMIT": "1",
        }
        return {**clean, **ours, **self.outside}

    def command(self, *arguments: object) -> str:
        """What a command prints; AssertionError with its complaints if it fails."""
        done = hisobot(ROOT, *arguments, **self.environment)
        assert done.code == 0, done.err
        return done.out

    def exported(self, what: str) -> list[dict]:
        return [json.loads(line) for line in self.command("export", what, "--format", "jsonl").splitlines()]

    def start(self) -> None:
        line = [sys.executable, "-m", "service", "run", "--verbose"]
        with open(self.home / "log.txt", "ab") as log:
            self.process = subprocess.Popen(line, env=self.environment, cwd=ROOT, stderr=log, start_new_session=True)

    def states(self) -> dict[MessageState, int]:
        """How many messages are in each state, by our own look into the database."""
        database = open_database(self.database_url)
        try:
            with database.transaction() as tx:
                return messages.counts(tx)
        finally:
            database.close()

    def decided(self) -> int:
        return self.states()[MessageState.DECIDED]

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def log(self) -> str:
        return (self.home / "log.txt").read_text()

    def stop(self) -> int:
        """SIGTERM, as systemd does once it runs; returns the exit code."""
        assert self.process is not None
        wait_until(lambda: self.process_of("deliver"), 60)  # before its duties stand it has no ear for signals
        everybody = descendants(self.process.pid)
        self.process.terminate()
        code = self.process.wait(90)
        wait_until(lambda: not alive(everybody), 30)
        return code

    def kill_tree(self) -> None:
        """kill -9 of `run` and all its duties at once, as a power cut would."""
        assert self.process is not None
        everybody = descendants(self.process.pid)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        wait_until(lambda: not alive(everybody), 30)

    def kill_head(self) -> None:
        """kill -9 of `run` alone: its duties must end with it."""
        assert self.process is not None
        everybody = descendants(self.process.pid)
        self.process.kill()
        self.process.wait()
        wait_until(lambda: not alive(everybody), 30)

    def process_of(self, what: str) -> int | None:
        """The number of the process that is the intake, the deliver, a reader or an opener, if there is one at this moment."""
        assert self.process is not None
        mark = {"intake": b"\0intake\0", "deliver": b"\0deliver\0", "reader": b"spawn_main", "opener": b"opener_server"}[what]
        for process in descendants(self.process.pid):
            with contextlib.suppress(OSError):
                if mark in Path(f"/proc/{process}/cmdline").read_bytes():
                    return process
        return None

    def kill_one(self, what: str) -> bool:
        """kill -9 of one process. False if there is none at this moment."""
        process = self.process_of(what)
        if process is None:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        return True

    def clean_up(self) -> None:
        if self.runs:
            self.kill_tree()
        shutil.rmtree(self.home / "tmp", ignore_errors=True)


@contextlib.contextmanager
def running(instance: Instance) -> Iterator[Instance]:
    """Starts the tree; whatever happens, nothing of it is left."""
    instance.start()
    try:
        yield instance
    finally:
        instance.clean_up()


def fates(rows: list[dict]) -> list[tuple]:
    """What became of each message, without what differs from one database to the next."""
    reports = [[{key: value for key, value in report.items() if key != "id"} for report in row["reports"]] for row in rows]
    names = ("sha256", "message_id", "sender", "received_at", "state", "outcome", "reply", "reasons")
    return sorted((*(str(row[name]) for name in names), repr(each)) for row, each in zip(rows, reports, strict=True))


def bookings(rows: list[dict]) -> list[tuple]:
    """The ledger's rows, each as often as it is there."""
    names = ("contract_number", "serial", "period", "index", "consumption", "status", "source", "message_id")
    return sorted(tuple(str(row[name]) for name in names) for row in rows)


def descendants(process: int) -> list[int]:
    """The process and all below it."""
    found = [process]
    for task in Path(f"/proc/{process}/task").glob("*"):
        with contextlib.suppress(OSError):
            for child in (task / "children").read_text().split():
                found += descendants(int(child))
    return found


def alive(processes: list[int]) -> list[int]:
    """Those that still run; zombies, which only wait to be buried, do not."""
    found = []
    for process in processes:
        with contextlib.suppress(OSError):
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                found.append(process)
    return found


def wait_until(true: Callable[[], object], seconds: float, complaint: Callable[[], str] = str) -> None:
    """Looks twenty times a second. AssertionError when the time is over."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, complaint() or "what was waited for did not happen"
        time.sleep(0.05)
