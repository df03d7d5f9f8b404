"""Has this been told before: the same file, the same values, or another value for the same meter and month.

docs/rules.md, "Told before". The ledger is keyed by meter and period; a reading that came by mail of tier C or
from a stranger makes nothing a duplicate (docs/delivery.md, "Who may speak for a contract").
"""

from __future__ import annotations

from collections.abc import Iterator

from metering.decisions import BookedReading, Case, Outcome, Severity
from metering.reports import MeterLine, Report
from validation.rules import Rule, Values
from validation.values import number_of, period_of, reading_date_of, serial_of


def repeats_booked(line: MeterLine, report: Report, case: Case) -> bool:
    """Whether this very reading (value, unit and day) already stands accepted in the ledger of the period."""
    booked = case.booked.get(serial_of(line) or "")
    if booked is None or not booked.trusted or booked.outcome is not Outcome.ACCEPTED:
        return False
    return _adds_nothing(line, booked) and not _contradicts(line, report, booked)


def is_duplicate(report: Report, case: Case) -> bool:
    """The same file with an outcome that still stands, or every reading in the report booked with the same value."""
    if case.same_file is not None:
        return True
    return bool(report.meters) and all(repeats_booked(line, report, case) for line in report.meters)


def _contradicts(line: MeterLine, report: Report, booked: BookedReading) -> bool:
    """Whether the line and the booked reading both state something and state it differently."""
    told = (
        (number_of(line.current), booked.index),
        (number_of(line.consumption), booked.consumption),
        (reading_date_of(line, report), booked.reading_date),
        (line.unit, booked.unit),
    )
    return any(here is not None and there is not None and here != there for here, there in told)


def _adds_nothing(line: MeterLine, booked: BookedReading) -> bool:
    """Whether the value that the line is about is booked: its index, or its consumption where it has no index."""
    current, consumption = number_of(line.current), number_of(line.consumption)
    if current is not None:
        return booked.index is not None
    return consumption is not None and booked.consumption is not None


def _same_file(report: Report, case: Case) -> Iterator[Values]:
    if case.same_file is not None:
        yield {"submission": str(case.same_file.submission), "received_at": case.same_file.received_at.date().isoformat()}


def _same_values(report: Report, case: Case) -> Iterator[Values]:
    if report.meters and all(repeats_booked(line, report, case) for line in report.meters):
        booked = case.booked[serial_of(report.meters[0]) or ""]
        yield {"submission": str(booked.submission), "period": str(booked.period)}


def _conflict(report: Report, case: Case) -> Iterator[Values]:
    for line in report.meters:
        booked = case.booked.get(serial_of(line) or "")
        if booked is None or not _contradicts(line, report, booked):
            continue
        if not booked.trusted and booked.outcome is not Outcome.ACCEPTED:
            continue  # what a stranger sent is for a person to weigh; it must not hold up the customer's own report
        stands = booked.index if booked.index is not None else booked.consumption
        told = line.current or line.consumption
        yield {
            "serial": booked.serial,
            "number": told.value if told else "",
            "booked_number": "" if stands is None else str(stands),
            "booked_date": booked.reading_date.isoformat(),
            "submission": str(booked.submission),
        }


def _other_version_beside(report: Report, case: Case) -> Iterator[Values]:
    """Nobody can tell which of two versions in one mail is meant, so that none is booked before a person has looked."""
    for line in report.meters:
        others = [theirs for other in case.beside if is_same_month(report, other) for theirs in other.meters]
        for theirs in others:
            if serial_of(line) is not None and serial_of(line) == serial_of(theirs) and _states_another(line, theirs):
                told, said = (one.current or one.consumption for one in (line, theirs))
                yield {
                    "serial": serial_of(line) or "",
                    "number": told.value if told else "",
                    "other_number": said.value if said else "",
                }
                break


def is_same_month(one: Report, two: Report) -> bool:
    """Of one contract, too, where both name one: a serial can be in use twice."""
    numbers = {report.contract_number.value for report in (one, two) if report.contract_number is not None}
    return period_of(one) == period_of(two) and len(numbers) <= 1


def _states_another(one: MeterLine, two: MeterLine) -> bool:
    pairs = [(number_of(getattr(one, name)), number_of(getattr(two, name))) for name in ("current", "consumption")]
    return any(a is not None and b is not None and a != b for a, b in pairs)


RULES = (
    Rule("same_file", Severity.NOTE, "The same file came from the same sender before, and its outcome still stands.", _same_file),
    Rule("same_values", Severity.NOTE, "Every reading in the report is already booked with the same value.", _same_values),
    Rule("conflict", Severity.REVIEW, "Another value or day is already booked for the same meter and period.", _conflict),
    Rule(
        "other_version_beside",
        Severity.REVIEW,
        "Another report in the same message states another value for the same meter and period.",
        _other_version_beside,
    ),
)
