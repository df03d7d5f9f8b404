"""Reads files without booking anything: what `hisobot extract` prints (docs/formats.md, "Extraction")."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from metering.errors import PermanentError
from metering.messages import Fault, Opened, OpenedFile
from metering.pages import Box, Mark
from metering.reports import Field, MeterLine, Report
from parsers.fields import merge
from service.binding import weigh_by_register
from service.config import LimitSettings
from service.readers import Readers
from service.sandbox import open_file
from storage.database import Database

FIELDS = ("contract_number", "organization", "address", "inn", "report_date", "reading_date", "period", "position", "signatory")
FAULTS = {
    Fault.TOO_LARGE: "larger than 10 MiB",
    Fault.DAMAGED: "damaged: it cannot be opened",
    Fault.ENCRYPTED: "protected by a password",
    Fault.LIMIT: "beyond a limit on pages, parts, pixels or unpacked size",
    Fault.NOT_A_REPORT: "of a kind that can be no report",
}


def extract_file(path: Path, readers: Readers, limits: LimitSettings, register: Database | None) -> Iterator[dict[str, object]]:
    """One JSON-ready object for each report in the file (a message may hold several), or one with `error`."""
    started = time.monotonic()
    try:
        raw = path.read_bytes()
        with tempfile.TemporaryDirectory(prefix="hisobot-") as folder:
            opened = open_file(raw, path.name, Path(folder), limits)
            reports = merge([report for file in opened.files for report in _read(file, readers, Path(folder))])
    except (OSError, PermanentError) as error:
        yield {"file": str(path), "error": getattr(error, "strerror", None) or str(error)}
        return
    if register is not None:
        with register.reading() as tx:
            reports = [weigh_by_register(tx, report) for report in reports]
    seconds = round(time.monotonic() - started, 3)
    if not reports:
        yield {"file": str(path), "seconds": seconds, "error": _why_nothing(opened)}
    for report in reports:
        name = str(path) if opened.message is None else f"{path}!{'+'.join(report.files)}"
        yield {"file": name, "pages": report.pages, "seconds": seconds, **report_object(report), "error": None}


def report_object(report: Report) -> dict[str, object]:
    """A report as the formats page says."""
    return {
        "fields": {name: _field(getattr(report, name)) for name in FIELDS},
        "meters": [_meter(line) for line in report.meters],
        "totals": [{"value": _field(total.value), "unit": total.unit} for total in report.totals],
        "signature_present": _mark(report.signature_present),
        "stamp_present": _mark(report.stamp_present),
        "handwritten": report.handwritten,
    }


def _read(file: OpenedFile, readers: Readers, folder: Path) -> tuple[Report, ...]:
    return readers.read(file, folder) if file.sheets else ()


def _why_nothing(opened: Opened) -> str:
    faults = [f"{file.attachment.name}: {FAULTS[file.attachment.fault]}" for file in opened.files if file.attachment.fault]
    return "; ".join([*faults, *opened.problems]) or "nothing that can be a report"


def _meter(line: MeterLine) -> dict[str, object]:
    fields = {name: _field(getattr(line, name)) for name in ("serial", "model", "previous", "current", "consumption", "reading_date")}
    return {"kind": line.kind, "unit": line.unit, **fields}


def _field(field: Field | None) -> dict[str, object] | None:
    if field is None:
        return None
    shown: dict[str, object] = {"value": field.value, "confidence": round(field.confidence, 3), "page": field.page, "box": _box(field.box)}
    shown["certain"] = field.certain
    if field.note:
        shown["note"] = field.note
    return shown


def _mark(mark: Mark) -> dict[str, object]:
    return {"value": mark.value, "confidence": round(mark.confidence, 3), "page": mark.page, "box": _box(mark.box)}


def _box(box: Box | None) -> list[float] | None:
    return None if box is None else [round(edge, 1) for edge in (box.left, box.top, box.right, box.bottom)]
