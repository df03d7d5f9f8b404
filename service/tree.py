"""All duties in one process tree, for one machine: starts each, starts it again when it dies, and stops them together."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service import notify

log = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 300.0
STEADY_SECONDS = 60.0  # a duty that ran this long starts again at once
STOP_SECONDS = 60.0
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_LIBC = ctypes.CDLL(None)  # loaded before any fork


@dataclass(slots=True)
class _Duty:
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE_SECONDS
    not_before: float = 0.0

    def tend(self, now: float) -> None:
        """Starts the duty, or notes its death and when it may start again."""
        if self.process is not None and self.process.poll() is not None:
            code = self.process.returncode
            self.pause = FIRST_PAUSE_SECONDS if now - self.started > STEADY_SECONDS else min(self.pause * 2, LONGEST_PAUSE_SECONDS)
            self.not_before = now + self.pause
            log.error("duty ended command=%s code=%d again_in=%.0f", " ".join(self.command[2:]), code, self.pause)
            self.process = None
        if self.process is None and now >= self.not_before:
            # systemd listens to the tree alone: what a duty would tell it of itself is refused, and logged as such.
            environment = {name: value for name, value in os.environ.items() if name != "NOTIFY_SOCKET"}
            self.process = subprocess.Popen(self.command, env=environment, preexec_fn=_dies_with(os.getpid()))
            self.started = now


def _dies_with(parent: int) -> Callable[[], None]:
    """For a child before it runs: should this process be killed, its duties end with it. A second tree would otherwise
    find the first one's duties alive, and two of one name take each other for dead (docs/delivery-out.md, "Outbox states")."""

    def tie() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)  # it died before the line above

    return tie


def run_tree(commands: Sequence[Sequence[str]], stop: threading.Event) -> None:
    """Runs each command line as a child until `stop` is set; then asks them to end, and after a minute makes them."""
    duties = [_Duty(command) for command in commands]
    notify.ready()
    while not stop.is_set():
        for duty in duties:
            duty.tend(time.monotonic())
        notify.alive()
        stop.wait(1.0)
    notify.stopping()
    for duty in duties:
        if duty.process is not None:
            duty.process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for duty in duties:
        if duty.process is None:
            continue
        try:
            duty.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            duty.process.kill()
