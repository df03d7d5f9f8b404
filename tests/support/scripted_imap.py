"""An IMAP server that says what a test wants it to say: for what no real server can be made to do on demand."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

_COMMAND = re.compile(rb"(\S+) (?:UID )?([A-Z]+) ?(.*)")

Script = Callable[["Session", bytes], None]


@dataclass
class Session:
    """One connection; a script writes lines to it."""

    connection: socket.socket
    refuse: bytes | None = None  # why the command at hand is answered NO

    def say(self, *lines: bytes) -> None:
        self.connection.sendall(b"".join(line + b"\r\n" for line in lines))

    def answer(self, command: bytes, arguments: bytes) -> None:
        """What a plain server with one message of 30 bytes, UID 7, says."""
        if command == b"CAPABILITY":
            self.say(b"* CAPABILITY IMAP4rev1")
        elif command in (b"SELECT", b"EXAMINE"):
            self.say(b"* FLAGS ()", b"* 1 EXISTS", b"* 0 RECENT", b"* OK [UIDVALIDITY 5] ok", b"* OK [UIDNEXT 8] ok")
        elif command == b"SEARCH":
            self.say(b"* SEARCH 7")
        elif command == b"FETCH" and b"SIZE" in arguments:
            self.say(b'* 1 FETCH (UID 7 RFC822.SIZE 30 INTERNALDATE "22-Oct-2026 10:15:00 +0500")')


@dataclass
class ScriptedImap:
    """scripts: by command; what is not scripted is answered plainly. greeting: said first, the server closes if it is empty."""

    scripts: dict[bytes, Script] = field(default_factory=dict)
    greeting: bytes = b"* OK ready"
    host: str = "127.0.0.1"
    port: int = 0
    commands: list[bytes] = field(default_factory=list)
    _listener: socket.socket | None = None
    _threads: list[threading.Thread] = field(default_factory=list)

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), connection:
                self._talk(Session(connection))

    def _talk(self, session: Session) -> None:
        session.say(self.greeting)
        for line in session.connection.makefile("rb"):
            match = _COMMAND.match(line.strip())
            if match is None:
                continue  # DONE, or a line of a SASL exchange that a script did not read
            tag, command, arguments = match.groups()
            self.commands.append(line.strip())
            if command in self.scripts:
                self.scripts[command](session, arguments)
            else:
                session.answer(command, arguments)
            status, session.refuse = (b" NO " + session.refuse, None) if session.refuse else (b" OK done", None)
            session.say(b"* BYE" if command == b"LOGOUT" else b"* OK", tag + status)


@contextlib.contextmanager
def scripted(**script: ScriptedImap | Script | bytes) -> Iterator[ScriptedImap]:
    """`scripted(FETCH=..., greeting=b"...")`: a running server."""
    greeting = script.pop("greeting", b"* OK ready")
    server = ScriptedImap({name.encode(): step for name, step in script.items()}, greeting)
    server._listener = socket.create_server((server.host, 0))
    server.port = server._listener.getsockname()[1]
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server._listener.shutdown(socket.SHUT_RDWR)
        server._listener.close()
        thread.join(10)
