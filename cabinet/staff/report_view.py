"""One report as the page shows it: every field with its value as people write it, its doubt, its place and what the register has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from metering.contracts import Language
from metering.decisions import Finding, MeterRecord, Severity
from metering.pages import Box
from metering.periods import Period
from metering.reports import Field, Report
from metering.units import MeterKind, Unit
from service.review_case import ReviewCase
from service.review_values import HEAD, LINE
from templates import terms
from templates.findings import Audience, finding_text
from templates.pages import short_date

#: Which field a finding is about, where its values do not say, by how its rule's name begins.
_ABOUT = {
    "contract_": "contract_number",
    "inn_": "contract_number",
    "organization_": "contract_number",
    "period_": "period",
    "reading_date_": "reading_date",
    "unit_": "unit",
    "serial_": "serial",
    "meter_not_": "serial",
    "previous_": "previous",
    "consumption_": "consumption",
    "arithmetic": "consumption",
    "load_": "consumption",
    "current_": "current",
    "value_": "current",
    "conflict": "current",
    "last_accepted_": "previous",
}
_OF_THE_HEAD = {"contract_number", "period"}


@dataclass(frozen=True, slots=True)
class FieldView:
    """key: its name in the form; value: as people write it; file: which of the report's, from 1, and page: in it; box:
    `left,top,right,bottom` in points; register: what the register has."""

    key: str
    name: str
    value: str
    doubtful: bool
    percent: int | None
    file: int | None
    page: int | None
    box: str
    alternatives: tuple[str, ...]
    register: str = ""


@dataclass(frozen=True, slots=True)
class LineView:
    """place: in the form, from 1; read: the report names it, else it is offered to be filled in; serials: of the contract."""

    place: int
    read: bool
    kind: MeterKind | None
    unit: Unit | None
    fields: dict[str, FieldView]
    serials: tuple[str, ...]
    skipped: bool


@dataclass(frozen=True, slots=True)
class ReasonView:
    """severity: review, incomplete or note; key: of the field that it is about, "" where it is about none."""

    rule: str
    text: str
    severity: str
    key: str


def head_views(case: ReviewCase, form: Mapping[str, str] | None = None) -> dict[str, FieldView]:
    report = case.report
    register = {"contract_number": case.contract.organization if case.contract else ""}
    files = _places_of_files(case)
    return {name: _view(name, getattr(report, name), form, _is_missing(name, report), register.get(name, ""), files) for name in HEAD}


def line_views(case: ReviewCase, form: Mapping[str, str] | None = None) -> list[LineView]:
    views = []
    files = _places_of_files(case)
    named = {line.serial.value for line in case.report.meters if line.serial}
    others = ", ".join(serial for serial in case.meters if serial not in named)
    for place, line in enumerate(case.report.meters, 1):
        read = place <= case.read_lines
        serial = line.serial.value if line.serial else (_unread_serial(case, place) if not read else "")
        record = case.meters.get(serial)
        fields = {
            name: _view(
                f"{name}.{place}", getattr(line, name), form, read and name in ("serial", "current"), _register(name, record), files
            )
            for name in LINE
        }
        if read and record is None:
            fields["serial"] = replace(fields["serial"], register=others)
        if not read and not (form or {}).get(f"serial.{place}"):
            fields["serial"] = replace(fields["serial"], value=serial)
        serials = tuple(dict.fromkeys([*([serial] if serial else []), *case.meters]))
        typed = (form or {}).get(f"unit.{place}")
        unit = (typed if typed in tuple(Unit) else None) or line.unit or (record.meter.unit if record else None)
        kind = line.kind or (record.meter.kind if record else None)
        views.append(LineView(place, read, kind, Unit(unit) if unit else None, fields, serials, bool((form or {}).get(f"skip.{place}"))))
    return views


def reason_views(findings: tuple[Finding, ...], report: Report, language: Language) -> list[ReasonView]:
    """Each finding in words, what decides first."""
    places = {line.serial.value: place for place, line in enumerate(report.meters, 1) if line.serial}
    found = []
    for finding in findings:
        said = finding_text(finding, language, Audience.STAFF)
        serial, field = finding.values.get("serial", ""), finding.values.get("field", "")
        stated = finding.values.get("place") or (serial[1:] if serial.startswith("#") else "")  # its line, where the serial was not read
        place = places.get(serial) or (
            int(stated) if stated.isascii() and stated.isdecimal() and int(stated) <= len(report.meters) else None
        )
        name = field or next((about for begin, about in _ABOUT.items() if finding.rule.startswith(begin)), "")
        key = f"{name or 'current'}.{place}" if place and name not in _OF_THE_HEAD else name if name in HEAD else ""
        if name == "reading_date" and place and report.meters[place - 1].reading_date is None:
            key = name  # the report has one date for all its meters
        found.append(ReasonView(finding.rule, said, finding.severity.value, key))
    order = {"review": 0, "incomplete": 1, "note": 2}
    return sorted(found, key=lambda reason: order[reason.severity])


def earlier_views(stored: tuple[Finding, ...], now: tuple[Finding, ...], language: Language) -> list[str]:
    """What brought the report here and is no finding any more: the register, or what else came, has settled it."""
    found = {finding.rule for finding in now}
    gone = (f for f in stored if f.severity is not Severity.NOTE and f.rule not in found)
    return list(dict.fromkeys(finding_text(finding, language, Audience.STAFF) for finding in gone))


def history_of(record: MeterRecord, now: Period) -> list[tuple[str, Decimal]]:
    """Label and consumption of the last thirteen months that have one."""
    return [(f"{period.month:02d}.{period.year % 100:02d}", used) for period, used in record.consumptions[-13:] if period <= now]


def _places_of_files(case: ReviewCase) -> dict[int, int]:
    """From the place of a file among those that the report was read from to its place among those that are shown."""
    shown = {file.name: place for place, file in enumerate(case.stored.files, 1)}
    return {place: shown[name] for place, name in enumerate(case.report.files, 1) if name in shown}


def _view(
    key: str, field: Field | None, form: Mapping[str, str] | None, needed: bool, register: str, files: Mapping[int, int]
) -> FieldView:
    name = key.partition(".")[0]
    value = field.value if field else ""
    shown = (form or {}).get(key, as_written(name, value))
    doubtful = (needed and field is None) or (field is not None and not field.certain and field.confidence < 1)
    return FieldView(
        key=key,
        name=name,
        value=shown,
        doubtful=doubtful,
        percent=min(99, int(field.confidence * 100)) if field and field.page else None,  # what is in doubt is never whole
        file=files.get(field.file) if field and field.page else None,
        page=field.page if field and field.page else None,
        box=_box(field.box) if field and field.box else "",
        alternatives=tuple(as_written(name, other) for other in field.alternatives) if field else (),
        register=register,
    )


def _is_missing(name: str, report: Report) -> bool:
    """Whether an empty field of the head is one that has to be filled in."""
    if name == "reading_date":
        return any(line.reading_date is None for line in report.meters) or not report.meters
    return name == "contract_number" or report.reading_date is None


def _unread_serial(case: ReviewCase, place: int) -> str:
    named = {line.serial.value for line in case.report.meters if line.serial}
    unread = [serial for serial in case.meters if serial not in named]
    return unread[place - case.read_lines - 1]


def _register(name: str, record: MeterRecord | None) -> str:
    last = record.last_accepted if record else None
    if name == "previous" and last is not None:
        return f"{terms.number(f'{last.index:f}')} · {short_date(last.date)}"
    return ""


def as_written(name: str, value: str) -> str:
    """A value as people here write it: 74,17 and 21.10.2026 and 10.2026."""
    if name in ("previous", "current", "consumption"):
        return value.replace(".", ",")
    if name == "reading_date" and value:
        try:
            return short_date(dt.date.fromisoformat(value))
        except ValueError:
            return value
    if name == "period" and value:
        year, _, month = value.partition("-")
        return f"{month}.{year}"
    return value


def _box(box: Box) -> str:
    return f"{box.left:.1f},{box.top:.1f},{box.right:.1f},{box.bottom:.1f}"
