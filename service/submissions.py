"""Submissions of every source on their way into the ledger: from a report that was read, or typed in the cabinet."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from pathlib import Path

from metering.decisions import Case, Decision, Outcome, Source
from metering.reports import MeterLine, Report
from service.assembly import Service
from service.binding import Arrival, look_up
from service.review_orders import order_of
from service.typed import TypedSubmission
from storage import ledger
from storage.settling import NewReading, NewSubmission
from validation.rulebook import judge
from validation.senders import is_stranger
from validation.values import date_of, number_of, reading_date_of, serial_of


def submission_of(report: Report, case: Case, decision: Decision, audit_share: float) -> NewSubmission:
    """What the ledger keeps of a judged report; the caller adds where it came from (message, files or cabinet id).

    audit_share: of the reports that are booked by themselves, how many a person is to check, 0..1."""
    return NewSubmission(
        source=case.source,
        decision=decision,
        received_at=case.received_at,
        readings=readings_of(report),
        contract_number=case.contract_number,
        period=case.period,
        reading_date=date_of(report.reading_date) or next((d for line in report.meters if (d := reading_date_of(line, report))), None),
        bound_by=case.bound_by,
        sender=case.sender.address if case.sender else None,
        trusted=not is_stranger(case),
        supersedes=_superseded(report, case, decision),
        report=report,
        review=order_of(report, case, decision, audit_share),
    )


def readings_of(report: Report) -> tuple[NewReading, ...]:
    """What the ledger keeps of each meter of a report."""
    return tuple(_reading(line, report) for line in report.meters)


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
            given = TypedSubmission.of_line(line)
        except ValueError as error:
            refused.append((number, str(error)))
            continue
        if _settle(service, given):
            settled += 1
        else:
            known += 1
    return SubmissionImport(settled, known, tuple(refused))


def _settle(service: Service, given: TypedSubmission) -> bool:
    with service.database.transaction() as tx:
        if ledger.submission_of_cabinet(tx, given.id) is not None:
            return False
        arrival = Arrival(Source.CABINET, given.submitted_at)
        report, case = look_up(tx, given.report, arrival, service.settings.rules.policy())
        decision = judge(report, case)
        ledger.record_submission(
            tx,
            replace(submission_of(report, case, decision, service.settings.review.audit_share), cabinet_id=given.id, report=None),
            service.clock(),
        )
    return True
