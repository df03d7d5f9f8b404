"""The two inboxes as places that a test can put mail into, so that one suite holds for both."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from mailer.imap import ImapInbox
from mailer.imap_session import ImapAccount
from mailer.inbox import Inbox
from mailer.maildir import MaildirInbox
from tests.support.dovecot import PASSWORD, Dovecot

RECEIVED = dt.datetime(2026, 10, 22, 5, 15, tzinfo=dt.UTC)


def letter(number: int, body: bytes = b"Pokazaniya 00421\r\n") -> bytes:
    """A small message, different for each number."""
    head = (
        f"From: a@firm.example\r\nTo: metrology@teploenergo.uz\r\nSubject: report {number}\r\nMessage-ID: <{number}@firm.example>\r\n\r\n"
    )
    return head.encode() + body


class Place(Protocol):
    """A mailbox as its owner and the mail server see it."""

    def inbox(self, message_bytes: int = 41_943_040) -> Inbox: ...
    def put(self, message: bytes, received: dt.datetime = RECEIVED) -> None: ...
    def read_all(self) -> None:
        """A person reads the mail with a client of their own: every message becomes seen."""
        ...

    def take_out(self, message: bytes) -> None: ...
    def contents(self) -> list[bytes]: ...


@dataclass
class MaildirPlace:
    folder: Path
    dates_mail: bool = False
    _count: int = 0

    def inbox(self, message_bytes: int = 41_943_040) -> MaildirInbox:
        return MaildirInbox(self.folder, message_bytes)

    def put(self, message: bytes, received: dt.datetime = RECEIVED) -> None:
        self._count += 1
        for part in ("tmp", "new", "cur"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        written = self.folder / "tmp" / f"{self._count}"
        written.write_bytes(message)
        os.utime(written, ns=(0, int(received.timestamp()) * 10**9 + self._count))
        written.rename(self.folder / "new" / f"{self._count}.M{self._count}P1.host")

    def read_all(self) -> None:
        for file in (self.folder / "new").iterdir():
            file.rename(self.folder / "cur" / f"{file.name}:2,S")

    def take_out(self, message: bytes) -> None:
        for file in self._files():
            if file.read_bytes() == message:
                file.unlink()

    def contents(self) -> list[bytes]:
        return [file.read_bytes() for file in sorted(self._files(), key=lambda file: int(file.name.partition(".")[0]))]

    def _files(self) -> list[Path]:
        return [file for part in ("new", "cur") for file in (self.folder / part).iterdir()]


@dataclass
class ImapPlace:
    dovecot: Dovecot
    user: str
    dates_mail: bool = True
    through: tuple[str, int] | None = None  # host and port instead of the server's own
    settings: dict[str, object] = field(default_factory=dict)

    def account(self, **changes: object) -> ImapAccount:
        host, port = self.through or (self.dovecot.host, self.dovecot.port)
        given = {"host": host, "port": port, "security": "none", "user": self.user, "secret": lambda: PASSWORD, "timeout": 10.0}
        return ImapAccount(**{**given, **self.settings, **changes})

    def inbox(self, message_bytes: int = 41_943_040) -> ImapInbox:
        return ImapInbox(self.account(message_bytes=message_bytes))

    def put(self, message: bytes, received: dt.datetime = RECEIVED) -> None:
        self.dovecot.append(self.user, message, received)

    def read_all(self) -> None:
        with self.dovecot.connect(self.user) as client:
            client.select_folder("INBOX")
            client.add_flags(client.search(), [b"\\Seen"])

    def take_out(self, message: bytes) -> None:
        with self.dovecot.connect(self.user) as client:
            client.select_folder("INBOX")
            for uid, answer in client.fetch(client.search(), ["BODY.PEEK[]"]).items():
                if answer[b"BODY[]"] == message:
                    client.delete_messages([uid])
            client.expunge()

    def contents(self) -> list[bytes]:
        return self.dovecot.bodies(self.user)
