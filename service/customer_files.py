"""Files of the cabinet: taken in as bytes that nothing here looks into, and given back to their own customer alone."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from metering.messages import FileKind
from parsers.sniff import sniff
from service.assembly import Service
from service.sandbox import open_message
from storage import history
from storage.entries import EntryFile

MOST_FILES = 4
_TAKEN = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.HEIC: "image/heic",
    FileKind.TIFF: "image/tiff",
}


class FileFault(StrEnum):
    """Why a file is not taken; each has a sentence on the page."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    KIND = "kind"  # neither PDF nor a picture that we read


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file to be downloaded. media_type: by its bytes, never by its name."""

    name: str
    content: bytes
    media_type: str


def take_file(service: Service, name: str, content: bytes) -> EntryFile | FileFault:
    """Keeps the bytes; looks at their first ones only. Raises TemporaryError when the disk is full."""
    if not content:
        return FileFault.EMPTY
    if len(content) > service.settings.limits.attachment_bytes:
        return FileFault.TOO_LARGE
    if sniff(content[:8192]) not in _TAKEN:
        return FileFault.KIND
    return EntryFile(name[-200:] or "file", service.blobs.put(content), len(content))


def give_file(service: Service, contract_number: str, submission: int, position: int) -> GivenFile | None:
    """A file of the contract's own submissions; None where there is none, and for anybody else's. A mail is opened for it in the sandbox.

    Raises PermanentError if the bytes are damaged, TemporaryError if no worker can be started.
    """
    with service.database.reading() as tx:
        found = history.file_of_contract(tx, contract_number, submission, position)
    if found is None:
        return None
    content = _of_mail(service, found.raw_sha256, found.file.sha256) if found.raw_sha256 else service.blobs.get(found.file.sha256)
    if content is None:
        return None
    return GivenFile(found.file.name, content, _TAKEN.get(sniff(content[:8192]), "application/octet-stream"))


def _of_mail(service: Service, raw_sha256: str, sha256: str) -> bytes | None:
    with tempfile.TemporaryDirectory(prefix="hisobot-file-") as name:
        open_message(service.blobs.get(raw_sha256), Path(name), service.settings.limits)
        file = Path(name, sha256)
        return file.read_bytes() if file.is_file() else None
