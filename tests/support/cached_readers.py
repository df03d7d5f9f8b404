"""Readers that remember a file by its bytes: what a file says does not depend on the database it is booked in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from metering.messages import OpenedFile
from metering.reports import Report
from service.config import LimitSettings
from service.readers import Readers


class RememberingReaders(Readers):
    """The real readers; each file is read once, however often it is asked for under the same name."""

    def __init__(self, processes: int, seconds: float) -> None:
        super().__init__(processes, seconds)
        self._known: dict[tuple[str, str], tuple[Report, ...]] = {}

    def read(self, file: OpenedFile, folder: Path) -> tuple[Report, ...]:
        key = (file.attachment.sha256, file.attachment.name)
        if key not in self._known:
            self._known[key] = super().read(file, folder)
        return self._known[key]


@pytest.fixture(scope="session")
def readers() -> Iterator[RememberingReaders]:
    """One reader process for the session, with tesseract and all."""
    with RememberingReaders(1, LimitSettings().read_seconds) as readers:
        yield readers
