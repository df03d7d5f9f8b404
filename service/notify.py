"""What a duty tells systemd: ready, alive, stopping (sd_notify(3)). Silent where nobody listens."""

from __future__ import annotations

import contextlib
import os
import socket


def notify(state: str) -> None:
    """Sends `READY=1`, `WATCHDOG=1`, `STOPPING=1` or the like; does nothing outside systemd."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    # Who listens no longer, or has no room, must not end a duty that works: systemd then judges by the silence.
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel, contextlib.suppress(OSError):
        channel.settimeout(1.0)
        channel.connect(address)
        channel.sendall(state.encode())


def ready() -> None:
    notify("READY=1")


def alive() -> None:
    """To be called at least twice in WatchdogSec; a duty that hangs stops calling it and systemd restarts it."""
    notify("WATCHDOG=1")


def stopping() -> None:
    notify("STOPPING=1")
