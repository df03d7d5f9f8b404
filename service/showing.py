"""The pages of an opened file as pictures to look at. Runs inside a reader process, as reading does (service/reading.py)."""

from __future__ import annotations

import functools
from pathlib import Path

from metering.messages import OpenedFile
from ocr.display import as_jpeg
from ocr.reader import PageReader


def show_file(file: OpenedFile, folder: Path) -> tuple[bytes, ...]:
    """A JPEG of each sheet that has a picture; `folder` holds them."""
    return tuple(
        as_jpeg(_reader().upright(folder / sheet.picture, sheet.pixels_per_inch, has_text=sheet.words is not None))
        for sheet in file.sheets
        if sheet.picture
    )


@functools.cache
def _reader() -> PageReader:
    """One a process: its models are loaded once."""
    return PageReader()
