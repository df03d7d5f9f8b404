"""Readings that a person typed: from the JSON of an import, of the API or of a kept entry to a Report that the rules can judge."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from metering.pages import Mark
from metering.periods import Period
from metering.reports import Field, MeterLine, Report
from metering.units import MeterKind, Unit
from validation.values import date_of, number_of

_NOT_ON_PAPER = Mark(value=False, confidence=1.0)


@dataclass(frozen=True, slots=True)
class TypedSubmission:
    """One object of docs/formats.md, "Cabinet submissions"."""

    id: str
    submitted_at: dt.datetime
    report: Report

    @classmethod
    def of_line(cls, line: bytes) -> TypedSubmission:
        """Raises ValueError that names the field and what it should be."""
        try:
            given = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError):
            raise ValueError("not a JSON object in UTF-8") from None
        if not isinstance(given, dict):
            raise ValueError("not a JSON object in UTF-8")
        missing = [name for name in ("id", "submitted_at") if not given.get(name)]
        report = typed_report(given, missing)
        return cls(_text(given, "id"), _moment(given, "submitted_at"), report)


def typed_report(given: dict[str, Any], missing: list[str] | None = None) -> Report:
    """The report of contract_number, period, reading_date, meters and files. Raises ValueError that names the field.

    missing: what the caller misses of the same object, to be named with the rest.
    """
    lacking = [*(missing or []), *(name for name in ("contract_number", "period", "reading_date", "meters") if not given.get(name))]
    if lacking:
        raise ValueError(f"missing: {', '.join(lacking)}")
    files = given.get("files") or []
    if not isinstance(files, list) or not isinstance(given["meters"], list):
        raise ValueError("files and meters are lists")
    return Report(
        files=tuple(str(name) for name in files),
        pages=0,
        contract_number=_typed(given, "contract_number"),
        period=_typed(given, "period", Period.parse, "a month, like 2026-10"),
        reading_date=_typed(given, "reading_date", _day, "a day, like 2026-10-21"),
        meters=tuple(_typed_line(meter) for meter in given["meters"]),
        signature_present=_NOT_ON_PAPER,
        stamp_present=_NOT_ON_PAPER,
    )


def _typed_line(meter: Any) -> MeterLine:
    if not isinstance(meter, dict):
        raise ValueError("meters: each is an object with serial, kind, unit and its values")
    try:
        kind, unit = MeterKind(meter.get("kind")), Unit(meter.get("unit"))
    except ValueError:
        raise ValueError("meters: kind is heat or hot_water; unit is Gcal, GJ, MWh, kWh or m3") from None
    values = {name: _typed(meter, name) for name in ("serial", "previous", "current", "consumption")}
    values["reading_date"] = _typed(meter, "reading_date", _day, "a day, like 2026-10-21")
    for name in ("previous", "current", "consumption"):
        if values[name] is not None and number_of(values[name]) is None:
            raise ValueError(f"meters: {name} is a number with a decimal point, not {values[name].value!r}")
    if values["serial"] is None:
        raise ValueError("meters: serial is missing")
    return MeterLine(kind=kind, unit=unit, **values)


def _typed(given: dict[str, Any], name: str, parse: Callable[[str], object] = str, wanted: str = "text, in quotes") -> Field | None:
    """A typed value needs no second reader: the person who typed it is the source."""
    if given.get(name) is None:
        return None
    text = _text(given, name)
    try:
        parse(text)
    except ValueError:
        raise ValueError(f"{name} is {wanted}") from None
    return Field(text, 1.0, 0, None, certain=True)


def _day(text: str) -> None:
    """Raises ValueError; stricter than Python's fromisoformat, which also takes 20261021 and 2026-W43-3."""
    if date_of(Field(text, 1.0, 0, None)) is None:
        raise ValueError


def _moment(given: dict[str, Any], name: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(_text(given, name))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(f"{name} is a time with its zone, like 2026-10-22T10:15:00+05:00")
    return moment


def _text(given: dict[str, Any], name: str) -> str:
    if not isinstance(given[name], str):
        raise ValueError(f"{name} is text, in quotes")
    return given[name]
