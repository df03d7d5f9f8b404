"""Submissions of every source on their way into the ledger: from a report that was read, or typed in the cabinet."""

from __future__ import annotations

import codecs
import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from metering.decisions import Case, Decision, Outcome, Source
from metering.pages import Mark
from metering.periods import Period
from metering.reports import Field, MeterLine, Report
from metering.units import MeterKind, Unit
from service.assembly import Service
from service.binding import Arrival, look_up
from storage import ledger
from storage.ledger import NewReading, NewSubmission
from validation.rulebook import judge
from validation.senders import is_stranger
from validation.values import date_of, number_of, reading_date_of, serial_of


def submission_of(report: Report, case: Case, decision: Decision) -> NewSubmission:
    """What the ledger keeps of a judged report; the caller adds where it came from (message, files or cabinet id)."""
    return NewSubmission(
        source=case.source,
        decision=decision,
        received_at=case.received_at,
        readings=tuple(_reading(line, report) for line in report.meters),
        contract_number=case.contract_number,
        period=case.period,
        reading_date=date_of(report.reading_date) or next((d for line in report.meters if (d := reading_date_of(line, report))), None),
        bound_by=case.bound_by,
        sender=case.sender.address if case.sender else None,
        trusted=not is_stranger(case),
        supersedes=_superseded(report, case, decision),
        report=report,
    )


def _reading(line: MeterLine, report: Report) -> NewReading:
    return NewReading(
        serial=serial_of(line),
        kind=line.kind,
        unit=line.unit,
        reading_date=reading_date_of(line, report),
        index=number_of(line.current),
        previous=number_of(line.previous),
        consumption=number_of(line.consumption),
        index_text=line.current.value if line.current else None,
        previous_text=line.previous.value if line.previous else None,
        consumption_text=line.consumption.value if line.consumption else None,
    )


def _superseded(report: Report, case: Case, decision: Decision) -> int | None:
    """The earlier submission in whose place an accepted one comes: one that waited, for the same meters and month."""
    if decision.outcome is not Outcome.ACCEPTED:
        return None
    waiting = [case.booked[s] for line in report.meters if (s := serial_of(line)) in case.booked]
    earlier = {b.submission for b in waiting if b.trusted and b.outcome in (Outcome.INCOMPLETE, Outcome.REVIEW)}
    return max(earlier, default=None)


@dataclass(frozen=True, slots=True)
class SubmissionImport:
    """settled: new ones; known: ids that were taken before; refused: (line number, reason)."""

    settled: int
    known: int
    refused: tuple[tuple[int, str], ...]


def import_submissions(service: Service, file: Path) -> SubmissionImport:
    """Takes the cabinet's submissions, one JSON object a line (docs/formats.md); each line is a transaction of its own."""
    settled = known = 0
    refused: list[tuple[int, str]] = []
    for number, line in enumerate(file.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            given = _CabinetSubmission.parse(line)
        except ValueError as error:
            refused.append((number, str(error)))
            continue
        if _settle(service, given):
            settled += 1
        else:
            known += 1
    return SubmissionImport(settled, known, tuple(refused))


@dataclass(frozen=True, slots=True)
class _CabinetSubmission:
    id: str
    submitted_at: dt.datetime
    report: Report

    @classmethod
    def parse(cls, line: bytes) -> _CabinetSubmission:
        """Raises ValueError that names the field and what it should be."""
        try:
            given = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError):
            raise ValueError("not a JSON object in UTF-8") from None
        if not isinstance(given, dict):
            raise ValueError("not a JSON object in UTF-8")
        missing = [name for name in ("id", "submitted_at", "contract_number", "period", "reading_date", "meters") if not given.get(name)]
        if missing:
            raise ValueError(f"missing: {', '.join(missing)}")
        files = given.get("files") or []
        if not isinstance(files, list) or not isinstance(given["meters"], list):
            raise ValueError("files and meters are lists")
        report = Report(
            files=tuple(str(name) for name in files),
            pages=0,
            contract_number=_typed(given, "contract_number"),
            period=_typed(given, "period", Period.parse, "a month, like 2026-10"),
            reading_date=_typed(given, "reading_date", _day, "a day, like 2026-10-21"),
            meters=tuple(_typed_line(meter) for meter in given["meters"]),
            signature_present=_NOT_ON_PAPER,
            stamp_present=_NOT_ON_PAPER,
        )
        return cls(_text(given, "id"), _moment(given, "submitted_at"), report)


_NOT_ON_PAPER = Mark(value=False, confidence=1.0)


def _settle(service: Service, given: _CabinetSubmission) -> bool:
    with service.database.transaction() as tx:
        if ledger.submission_of_cabinet(tx, given.id) is not None:
            return False
        arrival = Arrival(Source.CABINET, given.submitted_at)
        report, case = look_up(tx, given.report, arrival, service.settings.rules.policy())
        decision = judge(report, case)
        ledger.record_submission(tx, replace(submission_of(report, case, decision), cabinet_id=given.id, report=None), service.clock())
    return True


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
