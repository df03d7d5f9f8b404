"""Is every value that decides certain: only then is a report booked without a person (docs/rules.md, "Certain values").

Certain is what two independent readings agree on, or one reading and evidence from outside the picture
(validation/evidence.py weighs that before the rules run). Nothing here weighs again.
"""

from __future__ import annotations

from collections.abc import Iterator

from metering.decisions import Case, Severity
from metering.reports import Field, Report
from validation.rules import Rule, Values
from validation.values import date_of, name_of

_OF_A_METER = ("serial", "previous", "current", "consumption")


def critical_fields(report: Report) -> Iterator[tuple[str, str, Field | None]]:
    """(field's name, meter it belongs to or "", field) of every critical value; unit and kind are read as words, not digits."""
    yield "contract_number", "", report.contract_number
    yield "period", "", report.period
    if not report.meters or any(line.reading_date is None for line in report.meters):
        yield "reading_date", "", report.reading_date
    for place, line in enumerate(report.meters, start=1):
        if line.reading_date is not None:
            yield "reading_date", name_of(line, place), line.reading_date
        for name in _OF_A_METER:
            yield name, name_of(line, place), getattr(line, name)


def _value_uncertain(report: Report, case: Case) -> Iterator[Values]:
    for name, serial, field in critical_fields(report):
        if field is None or field.certain or (name == "period" and _date_confirms(report)):
            continue
        yield {"field": name, "serial": serial, "read": field.value}


def _date_confirms(report: Report) -> bool:
    """A certain reading date in the printed month is the second reading of that month."""
    if report.period is None or report.reading_date is None or not report.reading_date.certain:
        return False
    day = date_of(report.reading_date)
    return day is not None and f"{day:%Y-%m}" == report.period.value


def everything_certain(report: Report, case: Case) -> bool:
    """Whether every critical value is there and certain, and contract, month and meters are known: what acceptance has to earn."""
    if case.contract is None or case.contract_number is None or case.period is None or not report.meters:
        return False
    if next(_value_uncertain(report, case), None) is not None:
        return False
    optional = {"contract_number", "period"}  # may stand in the mail, and follow from the reading date
    if any(field is None for name, _, field in critical_fields(report) if name not in optional):
        return False
    return all(line.unit is not None and line.serial is not None and line.serial.value in case.meters for line in report.meters)


RULES = (Rule("value_uncertain", Severity.REVIEW, "A value that decides was not read with certainty.", _value_uncertain),)
