"""A TCP proxy on loopback that counts what passes and misbehaves as a test asks: cuts a connection, or slows it to a drip."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Proxy:
    """A way to a server. Faults may be set at any time.

    received, sent: bytes, seen from the client; drip: from now on one byte every so many seconds.
    """

    target: tuple[str, int]
    host: str = "127.0.0.1"
    port: int = 0
    received: int = 0
    sent: int = 0
    drip: float | None = None
    _left: int | None = None
    _listener: socket.socket | None = None
    _open: list[socket.socket] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self._listener = socket.create_server((self.host, 0))
        self.port = self._listener.getsockname()[1]
        self._run(self._accept)

    def stop(self) -> None:
        _close(self._listener)
        self.cut_all()
        for thread in self._threads:
            thread.join(10)

    def cut_all(self) -> None:
        """Closes the connections that are open now."""
        for end in list(self._open):
            _close(end)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
                server = socket.create_connection(self.target)
            except OSError:
                return
            self._open += [client, server]
            self._run(self._to_server, client, server)
            self._run(self._to_client, server, client)

    def _to_server(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                self.sent += len(data)
                server.sendall(data)
        _close(server)

    def cut_next(self, after: int) -> None:
        """From now on so many bytes of what the server sends pass; then the connection is closed, once."""
        self._left = after

    def _to_client(self, server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                if self._left is not None and len(data) > self._left:
                    client.sendall(data[: self._left])
                    self._left = None
                    break
                if self._left is not None:
                    self._left -= len(data)
                self._pass(client, data)
                self.received += len(data)
        _close(client)
        _close(server)

    def _pass(self, client: socket.socket, data: bytes) -> None:
        if self.drip is None:
            client.sendall(data)
            return
        for byte in data:
            client.sendall(bytes([byte]))
            time.sleep(self.drip)

    def _run(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        thread.start()
        self._threads.append(thread)


def _close(end: socket.socket | None) -> None:
    if end is None:
        return
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextlib.contextmanager
def proxied(host: str, port: int) -> Iterator[Proxy]:
    proxy = Proxy((host, port))
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
