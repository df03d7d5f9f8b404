"""The ways in for mail: one small protocol, which IMAP (mailer/imap.py) and a Maildir (mailer/maildir.py) both speak.

What an inbox does not do: remember. Which messages were kept is the caller's knowledge (service/intake.py), so a lost
connection in the middle of anything loses nothing.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

HEADER_BYTES = 1_048_576  # of a message over the limit, at most this much of its header is fetched


@dataclass(frozen=True, slots=True)
class Mailbox:
    """name: unique among all mailboxes that an instance may ever read; uidvalidity: 0 where UIDs are never reused."""

    name: str
    uidvalidity: int


@dataclass(frozen=True, slots=True)
class Location:
    """A message in its mailbox.

    uid: within the mailbox's UIDVALIDITY, as text; size: bytes, as declared; internal_date: when the server received it
    (UTC), None where the inbox cannot say; file_name: what to call it in listings.
    """

    uid: str
    size: int
    internal_date: dt.datetime | None
    file_name: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of a message; of one over the limit its headers only."""

    content: bytes
    headers_only: bool = False


class Inbox(Protocol):
    """A mailbox to fetch from. Flags and folders that people use mean nothing to it.

    Every method raises TemporaryError (try again; the next open() connects anew) or PermanentError (names the remedy).
    """

    def open(self) -> Mailbox:
        """Connects if there is no connection, and looks at the mailbox afresh. To be called before each poll."""
        ...

    def new(self, known: Collection[str]) -> list[Location]:
        """Messages that came after those whose UIDs are known, oldest first. Moves no bodies and, if there are none, next to nothing.

        All messages, known UIDs among them, where the mailbox begins to use UIDs again.
        """
        ...

    def everything(self) -> list[Location]:
        """All messages that lie in the mailbox now, oldest first."""
        ...

    def fetch(self, location: Location) -> Fetched | None:
        """The message's bytes, exactly; None if the inbox has none for it, or none yet: to be tried again."""
        ...

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Returns when something may have come, after so many seconds, or soon after `stop` was set."""
        ...

    def file_away(self, uids: Sequence[str], folder: str) -> None:
        """Moves messages into another folder; those that are gone already are passed over."""
        ...

    def close(self) -> None:
        """Ends the connection, if there is one. Never raises."""
        ...
