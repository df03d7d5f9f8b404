"""The processes that fork a child for each message to open, from outside: started when first needed, lent to one thread at a time.

One that dies or hangs costs no message: the message in hand is given to a new one.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_ROOT = Path(__file__).resolve().parents[1]
START = """\
import sys
sys.path.insert(0, sys.argv.pop(1))
from service import opener, opener_server
opener.load()
opener_server.serve(opener.main)
"""
MESSAGES = 200  # then it is replaced: its children all have one layout of memory
GRACE = 10.0  # seconds that it may be late with its answer
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1"}  # nothing else of ours, no secret; and a process with threads must not fork


class OpenerLost(Exception):
    """The process died or hangs, whatever became of the message."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a child gets: open files with its arguments and the bytes, and files for its result and its complaints."""

    arguments: IO[bytes]
    given: IO[bytes]
    result: IO[bytes]
    complaints: IO[bytes]

    def begin_anew(self) -> None:
        self.given.seek(0)
        for file in (self.result, self.complaints):
            file.seek(0)
            file.truncate()


class Opener:
    """One process that forks. Raises OSError if it cannot be started."""

    def __init__(self) -> None:
        self.served = 0
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-I", "-c", START, str(_ROOT)]
        with theirs, contextlib.ExitStack() as failed:
            failed.callback(self._control.close)
            self._process = subprocess.Popen(
                command, stdin=theirs, stdout=subprocess.DEVNULL, env=_ENVIRONMENT, cwd="/", start_new_session=True
            )
            failed.pop_all()

    def run(self, task: Task, seconds: float) -> int | None:
        """The exit status of the child that did it, negative for a signal; None if it was killed after `seconds`. Raises OpenerLost."""
        self.served += 1
        files = [file.fileno() for file in (task.arguments, task.given, task.result, task.complaints)]
        self._control.settimeout(seconds + GRACE)
        try:
            socket.send_fds(self._control, [str(seconds).encode()], files)
            answer = self._control.recv(64)
            return json.loads(answer)
        except (OSError, ValueError) as error:
            raise OpenerLost(type(error).__name__) from error

    def close(self) -> None:
        """Its end; a child that is still at work goes with it."""
        self._control.close()
        try:
            self._process.wait(1)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


class Openers:
    """Keeps one process ready; more are started while several threads open messages, and end afterwards. Safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ready: Opener | None = None
        atexit.register(self.close)

    def run(self, task: Task, seconds: float) -> int | None:
        """As Opener.run; a process that is lost is replaced once. Raises OpenerLost if the second is lost too, OSError if none starts."""
        with contextlib.suppress(OpenerLost), self._lent() as opener:
            return opener.run(task, seconds)
        task.begin_anew()
        with self._lent() as opener:
            return opener.run(task, seconds)

    @contextlib.contextmanager
    def _lent(self) -> Iterator[Opener]:
        with self._lock:
            opener, self._ready = self._ready, None
        opener = opener or Opener()
        try:
            yield opener
        except BaseException:
            opener.close()
            raise
        with self._lock:
            spare = self._ready is not None or opener.served >= MESSAGES
            if not spare:
                self._ready = opener
        if spare:
            opener.close()

    def close(self) -> None:
        with self._lock:
            opener, self._ready = self._ready, None
        if opener is not None:
            opener.close()
