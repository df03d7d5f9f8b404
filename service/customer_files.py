"""Files of the cabinet: taken in as bytes that nothing here looks into, and given back to their own customer alone."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from metering.messages import FileKind
from parsers.files.sniff import sniff
from service.assembly import Service
from service.page_pictures import PictureMaker
from service.sandbox import open_message
from storage import sent_files
from storage.entries import EntryFile
from storage.settling import SubmittedFile

MOST_FILES = 4
_TAKEN = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.HEIC: "image/heic",
    FileKind.TIFF: "image/tiff",
    FileKind.WEBP: "image/webp",
    FileKind.BMP: "image/bmp",
    FileKind.GIF: "image/gif",
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
    """A file of the contract's own submissions that is all its own; None where there is none, and for anybody else's. A mail is opened
    for it in the sandbox.

    Raises PermanentError if the bytes are damaged, TemporaryError if no worker can be started.
    """
    with service.database.reading() as tx:
        found = sent_files.file_of_contract(tx, contract_number, submission, position)
        raw = sent_files.raw_of_message(tx, found.message) if found is not None and found.message is not None else None
    if found is None or found.pages is not None:
        return None
    content = _of_mail(service, raw, found.sha256) if raw else service.blobs.get(found.sha256)
    if content is None:
        return None
    return GivenFile(found.name, content, _TAKEN.get(sniff(content[:8192]), "application/octet-stream"))


def give_page(service: Service, maker: PictureMaker, contract_number: str, place: tuple[int, int], page: int) -> GivenFile | None:
    """A page of a file that holds others' reports as well, as a JPEG that we make. place: submission, and position of the file in it.

    None for a page on which another's report stands, and where there is no such page. Raises TemporaryError.
    """
    with service.database.reading() as tx:
        found = sent_files.file_of_contract(tx, contract_number, *place)
    if found is None or page not in (found.pages or ()):
        return None
    drawn = maker.make([SubmittedFile(found.name, found.sha256)], found.message)
    picture = next((each.sha256 for each in drawn if each.page == page), None)
    if picture is None:
        return None
    return GivenFile(f"{Path(found.name).stem}-{page}.jpg", service.blobs.get(picture), "image/jpeg")


def _of_mail(service: Service, raw_sha256: str, sha256: str) -> bytes | None:
    with tempfile.TemporaryDirectory(prefix="hisobot-file-") as name:
        open_message(service.blobs.get(raw_sha256), Path(name), service.settings.limits)
        file = Path(name, sha256)
        return file.read_bytes() if file.is_file() else None
