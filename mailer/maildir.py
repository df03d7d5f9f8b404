"""A Maildir as the inbox: files in new/ and cur/, whatever their flags say; nothing in it is moved or changed.

The unique part of a file's name is its UID (https://cr.yp.to/proto/maildir.html): it stays when a reader moves the file
from new/ to cur/ and appends flags. When it was received is for the message's own headers to say.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Collection, Sequence
from pathlib import Path

from mailer.inbox import HEADER_BYTES, Fetched, Location, Mailbox
from metering.errors import PermanentError, TemporaryError

_PARTS = ("new", "cur")
_LOOK_SECONDS = 1.0


class MaildirInbox:
    """The inbox of an instance without an IMAP server. A folder that does not exist yet is made."""

    def __init__(self, folder: Path, message_bytes: int) -> None:
        """message_bytes: of a larger file only the headers are read."""
        self._folder = folder
        self._message_bytes = message_bytes
        self._seen: list[int] = []  # when the parts had last changed, before we last looked

    def open(self) -> Mailbox:
        try:
            for part in ("tmp", *_PARTS):
                (self._folder / part).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._out_of_order(error) from error
        return Mailbox(f"maildir:{self._folder.resolve()}", 0)

    def new(self, known: Collection[str]) -> list[Location]:
        return self._locations({uid: path for uid, path in self._files().items() if uid not in known})

    def everything(self) -> list[Location]:
        return self._locations(self._files())

    def fetch(self, location: Location) -> Fetched | None:
        for _ in range(3):  # a reader may move the file to cur/ between our look and our reading
            path = self._files().get(location.uid)
            if path is None:
                return None
            try:
                with path.open("rb") as file:
                    content = file.read(self._message_bytes + 1)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise TemporaryError(f"a message in {self._folder} cannot be read: {error.strerror}") from error
            if len(content) > self._message_bytes:
                return Fetched(header_of(content), headers_only=True)
            return Fetched(content) if content else None
        return None

    def wait(self, seconds: float, stop: threading.Event) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and self._last_changes() == self._seen:
            if stop.wait(min(_LOOK_SECONDS, left)):
                return

    def file_away(self, uids: Sequence[str], folder: str) -> None:
        raise PermanentError("messages of a Maildir are not filed; unset imap.file_into")

    def close(self) -> None:
        """There is nothing to close."""

    def _files(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        self._seen = self._last_changes()
        try:
            for part in _PARTS:
                with os.scandir(self._folder / part) as entries:
                    found |= {_uid(e.name): Path(e.path) for e in entries if not e.name.startswith(".") and e.is_file()}
        except OSError as error:
            raise self._out_of_order(error) from error
        return found

    def _locations(self, files: dict[str, Path]) -> list[Location]:
        dated: list[tuple[int, Location]] = []
        for uid, path in files.items():
            try:
                status = path.stat()
            except FileNotFoundError:
                continue  # moved just now: found again at the next look
            except OSError as error:
                raise self._out_of_order(error) from error
            dated.append((status.st_mtime_ns, Location(uid, status.st_size, None, uid)))
        return [location for _, location in sorted(dated, key=lambda pair: (pair[0], pair[1].uid))]

    def _last_changes(self) -> list[int]:
        try:
            return [(self._folder / part).stat().st_mtime_ns for part in _PARTS]
        except OSError as error:
            raise self._out_of_order(error) from error

    def _out_of_order(self, error: OSError) -> TemporaryError:
        return TemporaryError(f"the Maildir {self._folder} cannot be read: {error.strerror}; look at its disk and permissions")


def _uid(file_name: str) -> str:
    """The unique part: what stands before the flags. A byte that is no UTF-8 is written out, since no database keeps it."""
    return os.fsencode(file_name.partition(":")[0]).decode("utf-8", "backslashreplace")


def header_of(content: bytes) -> bytes:
    """The header block with the empty line that ends it, as far as it lies within HEADER_BYTES of a message's first bytes."""
    start = content[:HEADER_BYTES]
    ends = [at + len(end) for end in (b"\r\n\r\n", b"\n\n") if (at := start.find(end)) >= 0]
    return start[: min(ends)] if ends else start
