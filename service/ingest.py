"""Message files put through the same journey as fetched mail: kept first, in the order of receipt, then worked off."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from mailer.inbox import HEADER_BYTES
from mailer.maildir import header_of
from mailer.received import received_at
from metering.errors import PermanentError
from service.assembly import Service
from service.processing import process_all
from service.readers import Readers
from service.sandbox import open_message
from storage import messages
from storage.messages import NewMessage
from storage.states import MessageState

_LOOK_AGAIN_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class MessageFile:
    """A file, and the mailbox that it counts as lying in."""

    path: Path
    mailbox: str
    in_maildir: bool = False


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """files: each once; refused: what was named and cannot be used, with the reason."""

    files: tuple[MessageFile, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """numbers: of the messages that are new; refused: files that could not be read, with the reason."""

    numbers: tuple[int, ...]
    refused: tuple[str, ...]


def find_files(paths: Sequence[Path]) -> FoundFiles:
    """Each path itself if it is a file; the messages of a Maildir (new and cur); else the files of the directory, not of its folders."""
    found: dict[str, MessageFile] = {}
    refused = []
    for path in paths:
        try:
            found |= {os.path.abspath(file.path): file for file in _files_of(path)}
        except OSError as error:
            refused.append(f"{path}: {error.strerror}")
    return FoundFiles(tuple(found.values()), tuple(refused))


def _files_of(path: Path) -> Iterator[MessageFile]:
    if not path.is_dir():
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(errno.EINVAL, "is no file and no directory")
        yield MessageFile(path, _text(f"file:{path.parent.resolve()}"))
        return
    is_maildir = (path / "new").is_dir() and (path / "cur").is_dir()
    # A Maildir is called as the inbox calls it (mailer/maildir.py), so that `ingest` and `intake` know of each other.
    mailbox = _text(f"{'maildir' if is_maildir else 'file'}:{path.resolve()}")
    for folder in [path / "new", path / "cur"] if is_maildir else [path]:
        files = sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))
        yield from (MessageFile(file, mailbox, is_maildir) for file in files)


def keep_files(service: Service, files: Sequence[MessageFile], step: Callable[[], None] = lambda: None) -> KeptFiles:
    """Keeps the files that were not taken before, oldest receipt first, ties by name. `step` is called after each file."""
    now = service.clock()
    new, refused = _not_taken(service, files, step)
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:  # each look at a file's headers is a process of the sandbox
        dated = list(pool.map(lambda file: (_received(service, file, now), file), new))
    numbers = []
    for received, file in sorted(dated, key=lambda pair: (pair[0], _name(pair[1]))):
        try:
            numbers.append(_keep(service, file, received))
        except OSError as error:
            refused.append(f"{file.path}: {error.strerror}")
        step()
    return KeptFiles(tuple(number for number in numbers if number is not None), tuple(refused))


def _not_taken(service: Service, files: Sequence[MessageFile], step: Callable[[], None]) -> tuple[list[MessageFile], list[str]]:
    """The files that are new, and those that cannot be read."""
    with service.database.reading() as tx:
        known = {mailbox: messages.known_locations(tx, mailbox, 0) for mailbox in {file.mailbox for file in files}}
    new, refused = [], []
    for file in files:
        try:
            raw, size = _read(file, service.settings.limits.message_bytes)
        except OSError as error:
            refused.append(f"{file.path}: {error.strerror}")
            step()
            continue
        if (size, None) in known[file.mailbox].get(_uid(file, raw), frozenset()):
            step()
        else:
            new.append(file)
    return new, refused


def _read(file: MessageFile, most: int) -> tuple[bytes, int]:
    """What is kept of the file, and its size: of more than `most` bytes only the headers. Raises OSError."""
    with open(file.path, "rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        return (stream.read(most) if size <= most else header_of(stream.read(HEADER_BYTES))), size


def _uid(file: MessageFile, raw: bytes) -> str:
    """By what a file is known again: in a Maildir its name, which is unique; elsewhere a name can be used again, so the bytes too."""
    return _name(file) if file.in_maildir else f"{_name(file)} {hashlib.sha256(raw).hexdigest()}"


def _name(file: MessageFile) -> str:
    """The file's name, in a Maildir without the flags behind its colon, which change."""
    return _text(file.path.name.partition(":")[0] if file.in_maildir else file.path.name)


def _received(service: Service, file: MessageFile, now: dt.datetime) -> dt.datetime:
    """From the outer headers alone; they are foreign bytes too, so it is the sandbox that reads them."""
    mail = service.settings.mail
    try:
        with open(file.path, "rb") as stream, tempfile.TemporaryDirectory(prefix="hisobot-") as folder:
            opened = open_message(header_of(stream.read(HEADER_BYTES)), Path(folder), service.settings.limits)
    except (OSError, PermanentError):
        return now  # what is wrong with it shows when it is kept or opened
    return received_at(opened.message.headers if opened.message else (), mail.trusted_hosts, now)


def _keep(service: Service, file: MessageFile, received: dt.datetime) -> int | None:
    most = service.settings.limits.message_bytes
    raw, size = _read(file, most)
    new = NewMessage(
        mailbox=file.mailbox,
        uidvalidity=0,
        uid=_uid(file, raw),
        size=size,
        internal_date=None,
        raw_sha256=service.blobs.put(raw),
        file_name=_name(file),
        received_at=received,
        headers_only=size > most,
    )
    with service.database.transaction() as tx:
        return messages.keep(tx, new, service.clock())


def work_off(service: Service, readers: Readers, owner: str, numbers: Sequence[int], step: Callable[[], None] = lambda: None) -> None:
    """Works off all that waits, until none of these messages does: one that failed is tried again until it is set aside.

    Raises TemporaryError if the infrastructure fails. Ctrl-C gives back the message in hand.
    """
    try:
        process_all(service, readers, owner, step)
        while _count(service, numbers, MessageState.RECEIVED):
            time.sleep(_LOOK_AGAIN_SECONDS)
            process_all(service, readers, owner, step)
    except KeyboardInterrupt:
        with service.database.transaction() as tx:
            messages.recover(tx, owner, service.clock())
        raise


def undecided(service: Service, numbers: Sequence[int]) -> list[str]:
    """A line for each of these messages that has no fate, and what to do."""
    with service.database.reading() as tx:
        rows = [message for number in numbers if (message := messages.show(tx, number)).state is not MessageState.DECIDED]
    return [
        f"{row.file_name}: message {row.id} is in quarantine: {row.last_error}; see: hisobot messages show {row.id}"
        if row.state is MessageState.QUARANTINED
        else f"{row.file_name}: message {row.id} is in the hands of another process"
        for row in rows
    ]


def _count(service: Service, numbers: Sequence[int], state: MessageState) -> int:
    with service.database.reading() as tx:
        return sum(messages.show(tx, number).state is state for number in numbers)


def _text(name: str) -> str:
    """A file's name as a database keeps it: a byte that is no UTF-8 is written out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
