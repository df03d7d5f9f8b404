"""The socket below an IMAP session: time limits on everything, on the wall clock too, and a way to end it from outside.

A timeout on a socket starts anew with each byte, so a server that sends one a second is never late. A deadline shuts
the connection down when its time is over, and the read that hangs ends as on any lost connection.
"""

from __future__ import annotations

import contextlib
import imaplib
import socket
import ssl
import threading
from collections.abc import Iterator

_KEEPALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 4}  # seconds, seconds, probes: dead after two minutes


class Deadline:
    """Wall-clock limits on the talk over one connection at a time."""

    def __init__(self) -> None:
        self._handle: socket.socket | None = None
        self.passed = False  # whether the last limit was reached

    def watch(self, connection: socket.socket) -> None:
        """From now on this connection is the one to end. A second handle to it survives the wrapping in TLS."""
        self.forget()
        self._handle = connection.dup()

    def forget(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.close()

    @contextlib.contextmanager
    def of(self, seconds: float) -> Iterator[None]:
        """What is done inside must end within so many seconds, or its connection ends."""
        self.passed = False
        timer = threading.Timer(seconds, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _end(self) -> None:
        self.passed = True
        handle = self._handle
        if handle is not None:
            with contextlib.suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)


class GuardedImap4(imaplib.IMAP4):
    """imaplib's connection with keepalive, TLS from the first byte where a context is given, and the deadline's watch on it."""

    def __init__(self, host: str, port: int, timeout: float, context: ssl.SSLContext | None, deadline: Deadline) -> None:
        self._context = context
        self._deadline = deadline
        super().__init__(host, port, timeout)

    def _create_socket(self, timeout: float) -> socket.socket:
        connection = socket.create_connection((self.host, self.port), timeout)
        try:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for option, value in _KEEPALIVE.items():
                if hasattr(socket, option):
                    connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)
            self._deadline.watch(connection)
            return self._context.wrap_socket(connection, server_hostname=self.host) if self._context else connection
        except BaseException:
            connection.close()
            raise
