"""Pages of what customers sent, as pictures for a person: opened in the sandbox, laid flat by a reader process, kept as blobs.

Nothing of the sender's is ever shown as it came: what a browser gets is a JPEG that we made (docs/review.md, "Pages").
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from metering.errors import PermanentError
from metering.messages import Opened
from service.assembly import Service
from service.readers import Readers
from service.sandbox import open_file, open_message
from storage import messages, pictures
from storage.database import Transaction
from storage.settling import SubmittedFile


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page. file: its place among the files, from 1; page: within the file, from 1; sha256: of the JPEG in the blob store."""

    file: int
    name: str
    page: int
    sha256: str


def known_pages(tx: Transaction, files: Sequence[SubmittedFile]) -> list[PagePicture] | None:
    """The pages of these files if all were made into pictures before, else None."""
    if not files:
        return []
    found = pictures.pictures_of(tx, [file.sha256 for file in files])
    return _pages(files, found) if all(file.sha256 in found for file in files) else None


class PictureMaker:
    """Makes pictures on demand, one message at a time: two people who open the same report wait for the same work."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lock = threading.Lock()
        self._readers: Readers | None = None

    def make(self, files: Sequence[SubmittedFile], message: int | None) -> list[PagePicture]:
        """The same, made now where they were not; files that are no pages, or cannot be opened, have none.

        Raises TemporaryError of the infrastructure.
        """
        with self._lock:
            with self._service.database.reading() as tx:
                done = known_pages(tx, files)
            if done is not None:
                return done
            self._make(files, message)
            with self._service.database.reading() as tx:
                return _pages(files, pictures.pictures_of(tx, [file.sha256 for file in files]))

    def close(self) -> None:
        if self._readers is not None:
            self._readers.close()

    def _make(self, files: Sequence[SubmittedFile], message: int | None) -> None:
        with tempfile.TemporaryDirectory(prefix="hisobot-pages-") as name:
            folder = Path(name)
            for opened in self._open(files, message, folder):
                for file in opened.files:
                    if file.sheets:
                        self._keep(file.attachment.sha256, self._draw(file, folder))

    def _open(self, files: Sequence[SubmittedFile], message: int | None, folder: Path) -> list[Opened]:
        limits = self._service.settings.limits
        try:
            if message is not None:
                with self._service.database.reading() as tx:
                    kept = messages.show(tx, message)
                return [open_message(self._service.blobs.get(kept.raw_sha256), folder, limits)]
            return [open_file(self._service.blobs.get(file.sha256), file.name, folder, limits) for file in files]
        except PermanentError:
            return []

    def _draw(self, file: object, folder: Path) -> tuple[bytes, ...]:
        if self._readers is None:
            from service.showing import show_file

            self._readers = Readers(1, self._service.settings.limits.read_seconds, show_file)
        try:
            return self._readers.read(file, folder)  # type: ignore[arg-type, return-value]
        except PermanentError:
            return ()

    def _keep(self, file_sha256: str, pages: tuple[bytes, ...]) -> None:
        kept = [self._service.blobs.put(page) for page in pages]
        with self._service.database.transaction() as tx:
            for number, sha256 in enumerate(kept, 1):
                pictures.remember_picture(tx, file_sha256, number, sha256)


def _pages(files: Sequence[SubmittedFile], found: Mapping[str, Sequence[str]]) -> list[PagePicture]:
    return [
        PagePicture(place, file.name, page, picture)
        for place, file in enumerate(files, 1)
        for page, picture in enumerate(found.get(file.sha256, ()), 1)
    ]
