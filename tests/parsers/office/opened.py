"""An office file through opening and extraction, as a report of any other kind goes; and packages with a part changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from metering.messages import OpenedFile
from metering.pages import Page, PageSource
from metering.reports import Report
from parsers.fields import extract
from parsers.opening import OpeningLimits, open_bytes


def opened(data: bytes, folder: Path) -> OpenedFile:
    (file,) = open_bytes(data, "otchet", folder, OpeningLimits()).files
    return file


def report(data: bytes, folder: Path) -> Report:
    """What the typed pages of the file say."""
    sheets = opened(data, folder).sheets
    pages = [Page(s.number, s.width, s.height, s.words, PageSource.TEXT_LAYER, s.rules) for s in sheets if s.words is not None]
    (found,) = extract(pages, "otchet")
    return found


def text(data: bytes, folder: Path) -> str:
    """The words of its pages, in their order."""
    return " ".join(word.text for sheet in opened(data, folder).sheets for word in sheet.words or ())


def parts_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def changed(package: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = parts_of(package)
    return zipped({**parts, part: change(parts[part])})
