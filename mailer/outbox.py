"""The ways out for a letter: one small protocol, its errors, and the outgoing Maildir (mailer/smtp.py is the other way)."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from metering.errors import TemporaryError


class UnreachableError(TemporaryError):
    """The way out itself is shut (no connection, TLS or login failed, disk full): no letter's fault, all of them wait."""


class AmbiguousError(TemporaryError):
    """No answer after the final dot: the letter may have gone or not (docs/delivery-out.md, "What we promise")."""


class Outgoing(Protocol):
    """A way out for finished letters."""

    def check(self) -> None:
        """Goes as far as it can without a letter. Raises UnreachableError with what to mend."""
        ...

    def send(self, mime: bytes, sender: str, recipient: str, before_data: Callable[[], None]) -> str:
        """Hands over one letter; returns the other side's answer, on one line, when it has taken the letter.

        mime: the whole message, ASCII, CRLF line ends; sender, recipient: bare addresses of the envelope.
        before_data is called once, when the next thing that leaves us is the letter itself: whatever fails before it has
        certainly not been sent. What it raises passes through, and nothing is sent.

        Raises PermanentError (refused for good), AmbiguousError, UnreachableError, or TemporaryError (refused for now).
        """
        ...


class MaildirOutgoing:
    """Letters as files in a Maildir, for an instance without an SMTP server.

    The name comes from the Message-ID, so a repeated letter makes no second file, also when a reader has moved it to cur/.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def check(self) -> None:
        try:
            for part in ("tmp", "new", "cur"):
                (self._folder / part).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unreachable(error) from error

    def send(self, mime: bytes, sender: str, recipient: str, before_data: Callable[[], None]) -> str:
        name = _file_name(mime)
        written = self._folder / "tmp" / f"{name}.{os.getpid()}"
        self.check()
        try:
            _write_through(written, mime)
        except OSError as error:
            raise self._unreachable(error) from error
        before_data()
        try:
            self._publish(written, name)
        except OSError as error:
            raise AmbiguousError(f"outgoing Maildir {self._folder}: {error.strerror} while the letter was moved to new/") from error
        return f"new/{name}"

    def _unreachable(self, error: OSError) -> UnreachableError:
        return UnreachableError(f"outgoing Maildir {self._folder}: {error.strerror}; look at its disk and permissions")

    def _publish(self, written: Path, name: str) -> None:
        """Moves the file into new/ unless this letter is there or in cur/ already. link() never overwrites, rename() would."""
        new = self._folder / "new"
        if not any((self._folder / "cur").glob(f"{name}*")):
            with contextlib.suppress(FileExistsError):
                os.link(written, new / name)
        written.unlink()
        _sync_folder(new)


def _file_name(mime: bytes) -> str:
    """A Maildir name that is the same for every repeat of a letter: a digest of its Message-ID."""
    match = re.search(rb"(?im)^message-id:[ \t]*(<[^>\r\n]+>)", mime.split(b"\r\n\r\n", 1)[0])
    if match is None:
        raise ValueError("a letter without a Message-ID has no name")
    return f"{hashlib.sha256(match[1]).hexdigest()[:32]}.hisobot"


def _write_through(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
