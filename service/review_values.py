"""What a person typed over a report: read as people write it, checked field by field, and laid over what was read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from metering.decisions import MeterRecord
from metering.periods import Period
from metering.report_json import report_from_json
from metering.reports import Field, MeterLine, Report
from metering.units import MeterKind, Unit
from storage.corrections import Correction
from storage.submissions import StoredSubmission

HEAD = ("contract_number", "period", "reading_date")
LINE = ("serial", "previous", "current", "consumption", "reading_date")
_NUMBER = re.compile(r"\d{1,15}([.,]\d{1,9})?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})|(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{1,2})[./-](\d{4})|(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Typed:
    """The report with what the person typed; faults: key of a field (`current.1`, `period`) -> what is wrong with it."""

    report: Report
    corrections: tuple[Correction, ...]
    faults: dict[str, str]


def report_of(stored: StoredSubmission) -> Report:
    """The report as it was read, or as it was typed in the cabinet."""
    if stored.report is not None:
        return report_from_json(stored.report)
    return Report(
        files=tuple(file.name for file in stored.files),
        pages=0,
        contract_number=_typed(stored.contract_number),
        period=_typed(str(stored.period) if stored.period else None),
        reading_date=_typed(stored.reading_date.isoformat() if stored.reading_date else None),
        meters=tuple(_line_of(meter) for meter in stored.meters),
    )


def with_unread_meters(report: Report, meters: Mapping[str, MeterRecord]) -> Report:
    """The report with an empty line for each meter of the contract that it does not name, to be filled in by hand."""
    named = {line.serial.value for line in report.meters if line.serial}
    missing = [record.meter for serial, record in meters.items() if serial not in named]
    return replace(report, meters=(*report.meters, *(MeterLine(kind=meter.kind, unit=meter.unit) for meter in missing)))


def type_over(report: Report, form: Mapping[str, str]) -> Typed:
    """Lays the form over the report. A field that the form does not have stays; an emptied one is gone; what the person has
    seen and left is certain. A line with `skip.N` set, or with nothing in it, is left out."""
    corrections: list[Correction] = []
    faults: dict[str, str] = {}
    head = {}
    for name in HEAD:
        head[name] = _over(getattr(report, name), form.get(name), name, None, corrections, faults)
    lines = []
    for place, line in enumerate(report.meters, 1):
        if form.get(f"skip.{place}"):
            corrections.append(Correction(place, "line", _value(line.serial) or "?", None, None, None))
            continue
        changed: list[Correction] = []
        given = {name: _over(getattr(line, name), form.get(f"{name}.{place}"), name, place, changed, faults) for name in LINE}
        if not any(given[name] for name in ("previous", "current", "consumption")) and not _has_value(line):
            continue
        corrections += changed
        unit = form.get(f"unit.{place}")
        if unit and unit not in tuple(Unit):
            faults[f"unit.{place}"] = "unit_missing"
            unit = None
        lines.append(replace(line, **given, unit=Unit(unit) if unit else line.unit))
    return Typed(replace(report, **head, meters=tuple(lines)), tuple(corrections), faults)


def _over(
    field: Field | None, text: str | None, name: str, line: int | None, corrections: list[Correction], faults: dict[str, str]
) -> Field | None:
    if text is None:
        return field
    try:
        value = _parsed(name, text)
    except ValueError:
        faults[name if line is None else f"{name}.{line}"] = name
        return field
    old = _value(field)
    if value == old:
        return None if field is None else replace(field, certain=True)
    page, box = (field.page, field.box) if field else (None, None)
    corrections.append(Correction(line, name, old, value, page, box))
    return None if value is None else Field(value, 1.0, page or 0, box, certain=True)


def _parsed(name: str, text: str) -> str | None:
    """The text as fields hold it. Raises ValueError."""
    text = re.sub(r"\s", "", text) if name not in ("serial", "contract_number") else text.strip()
    if not text:
        return None
    if name in ("previous", "current", "consumption"):
        if not _NUMBER.fullmatch(text):
            raise ValueError
        return text.replace(",", ".")
    if name == "reading_date":
        found = _DAY.fullmatch(text)
        if found is None:
            raise ValueError
        day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
        return dt.date(int(year), int(month), int(day)).isoformat()
    if name == "period":
        found = _MONTH.fullmatch(text)
        if found is None:
            raise ValueError
        month, year = (found[1], found[2]) if found[1] else (found[4], found[3])
        return str(Period(int(year), int(month)))
    if len(text) > 40:
        raise ValueError
    return text


def _value(field: Field | None) -> str | None:
    return field.value if field is not None else None


def _has_value(line: MeterLine) -> bool:
    return any((line.previous, line.current, line.consumption, line.serial))


def _line_of(meter: dict[str, Any]) -> MeterLine:
    return MeterLine(
        kind=MeterKind(meter["kind"]) if meter["kind"] else None,
        unit=Unit(meter["unit"]) if meter["unit"] else None,
        **{name: _typed(meter[name]) for name in LINE},
    )


def _typed(value: str | None) -> Field | None:
    return None if value is None else Field(value, 1.0, 0, None, certain=True)
