"""Message files put through the same journey as fetched mail: kept first, in the order of receipt, then worked off."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from mailer.received import received_at
from service.assembly import Service
from service.sandbox import open_message
from storage import messages
from storage.messages import NewMessage

LONGEST_HEADERS = 262_144


def message_files(path: Path) -> Iterator[Path]:
    """The file itself; the messages of a Maildir (new and cur); else every file of the directory, by name."""
    if path.is_file():
        yield path
        return
    folders = [path / "new", path / "cur"] if (path / "new").is_dir() and (path / "cur").is_dir() else [path]
    for folder in folders:
        yield from sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))


def keep_files(service: Service, files: Sequence[Path], step: Callable[[], None] = lambda: None) -> int:
    """Keeps the files that were not taken before, oldest receipt first, ties by name; returns how many."""
    now = service.clock()
    order = sorted((_received(service, file, now), file.name, file) for file in files)
    kept = 0
    for received, _, file in order:
        kept += _keep(service, file, received)
        step()
    return kept


def _keep(service: Service, file: Path, received: dt.datetime) -> bool:
    raw = file.read_bytes()
    large = len(raw) > service.settings.limits.message_bytes
    sha256 = service.blobs.put(raw[:LONGEST_HEADERS] if large else raw)
    new = NewMessage(
        mailbox=f"file:{file.parent.resolve()}",
        uidvalidity=0,
        uid=file.name.partition(":")[0],  # behind the colon stand a Maildir's flags, which change
        size=len(raw),
        internal_date=None,
        raw_sha256=sha256,
        file_name=file.name,
        received_at=received,
        headers_only=large,
    )
    with service.database.transaction() as tx:
        return messages.keep(tx, new, service.clock()) is not None


def _received(service: Service, file: Path, now: dt.datetime) -> dt.datetime:
    """From the outer headers alone; they are foreign bytes too, so it is the sandbox that reads them."""
    with open(file, "rb") as stream:
        start = stream.read(LONGEST_HEADERS)
    ends = [place for mark in (b"\r\n\r\n", b"\n\n") if (place := start.find(mark)) >= 0]
    headers = start[: min(ends, default=len(start))] + b"\r\n\r\n"
    mail = service.settings.mail
    with tempfile.TemporaryDirectory(prefix="hisobot-") as folder:
        opened = open_message(headers, Path(folder), service.settings.limits)
    return received_at(opened.message.headers if opened.message else (), mail.trusted_hosts, now)
