"""What systemd hears of a duty, and that nobody's hearing is no reason to stop."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from service import notify


@pytest.fixture(params=["path", "abstract"])
def listener(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    address = str(tmp_path / "notify") if request.param == "path" else f"@hisobot-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(address if request.param == "path" else "\0" + address[1:])
        channel.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        yield channel


def test_systemd_hears_each_state(listener: socket.socket) -> None:
    notify.ready()
    notify.alive()
    notify.stopping()
    assert [listener.recv(100) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"STOPPING=1"]


def test_a_listener_that_does_not_listen_does_not_hold_a_duty_up(listener: socket.socket) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as other, contextlib.suppress(BlockingIOError):
        other.setblocking(False)
        other.connect(listener.getsockname())
        while True:  # until there is no room
            other.send(b"x")
    notify.alive()
    assert listener.recv(100) == b"x"


def test_nothing_is_said_where_nobody_listens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    notify.alive()
    monkeypatch.delenv("NOTIFY_SOCKET")
    notify.alive()
