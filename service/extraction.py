"""Reads files without booking anything: what `hisobot extract` prints (docs/formats.md, "Extraction")."""

from __future__ import annotations

import logging
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from metering.errors import PermanentError, TemporaryError
from metering.messages import Attachment, Fault, Opened
from metering.report_json import nothing_read, report_as_json
from metering.reports import Report
from parsers.merging import merge
from service.binding import weigh_by_register
from service.config import LimitSettings
from service.readers import Readers
from service.sandbox import open_file
from storage.database import Database

log = logging.getLogger(__name__)

_FAULTS = {
    Fault.DAMAGED: "damaged: it cannot be opened",
    Fault.ENCRYPTED: "protected by a password",
    Fault.LIMIT: "beyond a limit on pages, parts, pixels or unpacked size",
    Fault.UNSUPPORTED: "of a format that is not opened: save it as PDF or take a photo of the page",
    Fault.NOT_A_REPORT: "of a kind that can be no report",
}


def extract_file(path: Path, readers: Readers, limits: LimitSettings, register: Database | None) -> Iterator[dict[str, Any]]:
    """One JSON-ready object for each report in the file (a message may hold several), and one with `error` for what cannot be read.

    Raises TemporaryError of the infrastructure; whatever is wrong with the file is an object with `error`.
    """
    started = time.monotonic()
    name = os.fsencode(path).decode("utf-8", "backslashreplace")
    try:
        raw = _content(path, limits.message_bytes)
        with tempfile.TemporaryDirectory(prefix="hisobot-") as folder:
            opened = open_file(raw, path.name, Path(folder), limits)
            reports = merge([report for file in opened.files if file.sheets for report in readers.read(file, Path(folder))])
    except PermanentError as error:
        yield _line(name, started, error=str(error))
        return
    except TemporaryError:
        raise
    except Exception as error:  # a bug that these bytes brought to light costs this file, not the run
        log.exception("a bug ended the work on a file")
        yield _line(name, started, error=f"a bug ended the reading: {type(error).__name__}")
        return
    if register is not None:
        with register.reading() as tx:
            reports = [weigh_by_register(tx, report) for report in reports]
    inside = opened.message is not None
    for report in reports:
        yield _line(f"{name}!{'+'.join(report.files)}" if inside else name, started, report)
    unread = _unread(opened, any_report=bool(reports))
    for attachment, fault in unread:
        error = f"larger than {limits.attachment_bytes // 1024**2} MiB" if fault is Fault.TOO_LARGE else _FAULTS[fault]
        yield _line(f"{name}!{attachment.name}" if inside else name, started, error=error)
    if not reports and not unread:
        yield _line(name, started, error="; ".join(opened.problems) or "nothing that can be a report")


def _unread(opened: Opened, any_report: bool) -> list[tuple[Attachment, Fault]]:
    """Files that could not be read. Beside a report, one that could not have been one (a signature, a calendar) is not missed."""
    files = (file.attachment for file in opened.files if not file.attachment.decoration)
    return [(file, file.fault) for file in files if file.fault and not (any_report and file.fault is Fault.NOT_A_REPORT)]


def _content(path: Path, most: int) -> bytes:
    """The file's bytes, never more than may be a message. Raises PermanentError."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(most + 1)
    except IsADirectoryError:
        raise PermanentError("is a directory; name the files in it") from None
    except OSError as error:
        raise PermanentError(f"cannot be read: {error.strerror}") from error
    if len(raw) > most:
        raise PermanentError(f"larger than {most // 1024**2} MiB")
    return raw


def _line(name: str, started: float, report: Report | None = None, error: str | None = None) -> dict[str, Any]:
    read = report_as_json(report) if report else nothing_read()
    return {"file": name, "pages": read.pop("pages"), "seconds": round(time.monotonic() - started, 3), **read, "error": error}
