"""A report as JSON-ready values: what `hisobot extract` prints and the ledger keeps (docs/formats.md, "Extraction")."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from metering.pages import Box, Mark
from metering.repairs import Repair, RepairReason
from metering.reports import NOT_LOOKED_FOR, Field, MeterLine, Report, Total
from metering.units import MeterKind, Unit

FIELDS = ("contract_number", "organization", "address", "inn", "report_date", "reading_date", "period", "position", "signatory")
_METER_FIELDS = ("serial", "model", "previous", "current", "consumption", "reading_date")


def report_as_json(report: Report) -> dict[str, Any]:
    """Text, numbers, lists and null only; quantities stay text with the digits read.

    Boxes are [left, top, right, bottom] in points from the top left of the upright page, rounded to a tenth.
    """
    return {
        "files": list(report.files),
        "pages": report.pages,
        "fields": {name: _field(getattr(report, name)) for name in FIELDS},
        "meters": [_meter(line) for line in report.meters],
        "totals": [{"value": _field(total.value), "unit": total.unit.value if total.unit else None} for total in report.totals],
        "signature_present": _mark(report.signature_present),
        "stamp_present": _mark(report.stamp_present),
        "handwritten": report.handwritten,
        "blank": sorted(report.blank),
        "of_display": report.of_display,
        "displays": [_meter(line) for line in report.displays],
    }


def nothing_read() -> dict[str, Any]:
    """The same keys for a file of which nothing was read: a script finds each of them on every line."""
    return {**report_as_json(Report((), 0)), "signature_present": None, "stamp_present": None}


def _meter(line: MeterLine) -> dict[str, Any]:
    return {
        "kind": line.kind.value if line.kind else None,
        "unit": line.unit.value if line.unit else None,
        **{name: _field(getattr(line, name)) for name in _METER_FIELDS},
        "daily": [format(value, "f") for value in line.daily],
        "daily_total": format(line.daily_total, "f") if line.daily_total is not None else None,
    }


def _field(field: Field | None) -> dict[str, Any] | None:
    if field is None:
        return None
    return {
        "value": field.value,
        "confidence": round(field.confidence, 4),
        "page": field.page,
        "box": _box(field.box),
        "certain": field.certain,
        "digits_sure": field.digits_sure,
        "note": field.note,
        "alternatives": list(field.alternatives),
        "repair": _repair(field.repair),
        "file": field.file,
    }


def _repair(repair: Repair | None) -> dict[str, Any] | None:
    if repair is None:
        return None
    digits = [{"place": place, "from": old, "to": new} for place, old, new in repair.changes]
    return {"from": repair.first, "to": repair.value, "why": repair.reason.value, "digits": digits}


def _mark(mark: Mark) -> dict[str, Any]:
    return {"value": mark.value, "confidence": round(mark.confidence, 4), "page": mark.page, "box": _box(mark.box), "file": mark.file}


def _box(box: Box | None) -> list[float] | None:
    return None if box is None else [round(edge, 1) for edge in (box.left, box.top, box.right, box.bottom)]


def report_from_json(kept: dict[str, Any]) -> Report:
    """The report that `report_as_json` was given, but for the codes of forms, which it leaves out."""
    return Report(
        files=tuple(kept["files"]),
        pages=kept["pages"],
        **{name: _field_from(kept["fields"].get(name)) for name in FIELDS},
        meters=tuple(_meter_from(line) for line in kept["meters"]),
        totals=tuple(_total_from(total) for total in kept["totals"]),
        signature_present=_mark_from(kept["signature_present"]),
        stamp_present=_mark_from(kept["stamp_present"]),
        handwritten=kept["handwritten"],
        blank=frozenset(kept["blank"]),
        of_display=kept.get("of_display", False),
        displays=tuple(_meter_from(line) for line in kept.get("displays", ())),
    )


def _meter_from(kept: dict[str, Any]) -> MeterLine:
    return MeterLine(
        kind=MeterKind(kept["kind"]) if kept["kind"] else None,
        unit=Unit(kept["unit"]) if kept["unit"] else None,
        **{name: _field_from(kept.get(name)) for name in _METER_FIELDS},
        daily=tuple(Decimal(value) for value in kept["daily"]),
        daily_total=Decimal(kept["daily_total"]) if kept["daily_total"] is not None else None,
    )


def _total_from(kept: dict[str, Any]) -> Total:
    value = _field_from(kept["value"])
    if value is None:
        raise ValueError("a total has a value")
    return Total(value, Unit(kept["unit"]) if kept["unit"] else None)


def _field_from(kept: dict[str, Any] | None) -> Field | None:
    if kept is None:
        return None
    box, alternatives = _box_from(kept["box"]), tuple(kept["alternatives"])
    repair = kept.get("repair")
    repaired = None if repair is None else Repair(repair["from"], repair["to"], RepairReason(repair["why"]))
    place = kept["page"], box, kept["certain"], kept["note"], alternatives, repaired, kept.get("file", 1), kept.get("digits_sure", False)
    return Field(kept["value"], kept["confidence"], *place)


def _mark_from(kept: dict[str, Any] | None) -> Mark:
    if kept is None:
        return NOT_LOOKED_FOR
    return Mark(kept["value"], kept["confidence"], kept["page"], _box_from(kept["box"]), kept.get("file", 1))


def _box_from(kept: list[float] | None) -> Box | None:
    return None if kept is None else Box(*kept)
