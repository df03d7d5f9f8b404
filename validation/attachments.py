"""Do the files that came beside typed values say the same (docs/rules.md, "Files beside typed values").

Who types a value is its source; a photo or scan beside it is the second reading. What it says is compared and never
put in the place of what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator

from metering.decisions import Case, Severity
from metering.reports import Field, MeterLine, Report
from validation.rules import Rule, Values
from validation.values import all_readings, name_of, number_of, same_index, serial_of


def _differs(report: Report, case: Case) -> Iterator[Values]:
    for place, line in enumerate(report.meters, start=1):
        typed = number_of(line.current)
        seen = _seen_of(line, report, case)
        if typed is None or not seen or any(same_index(typed, read) for field in seen for read in all_readings(field)):
            continue
        yield {"serial": name_of(line, place), "number": str(typed), "read_number": seen[0].value}


def _other_contract(report: Report, case: Case) -> Iterator[Values]:
    for attached in case.attached:
        field = attached.contract_number
        if field is not None and field.certain and field.value != case.contract_number:
            yield {"read": field.value}


def _unread(report: Report, case: Case) -> Iterator[Values]:
    if case.files_attached and not any(_seen_of(line, report, case) for line in report.meters):
        yield {}


def _seen_of(line: MeterLine, report: Report, case: Case) -> list[Field]:
    """The current indexes that the files show for this meter: by its serial; where one meter was typed and one seen, that one."""
    lines = [each for attached in case.attached for each in attached.meters if each.current is not None]
    serial = serial_of(line)
    of_it = [each for each in lines if serial is not None and each.serial is not None and serial in _texts(each.serial)]
    if not of_it and len(report.meters) == 1 and len(lines) == 1:
        of_it = lines
    return [each.current for each in of_it if each.current is not None]


def _texts(field: Field) -> tuple[str, ...]:
    return (field.value, *field.alternatives)


RULES = (
    Rule("attachment_differs", Severity.REVIEW, "A file beside the typed values shows another index.", _differs),
    Rule("attachment_of_other_contract", Severity.REVIEW, "A file beside the typed values names another contract.", _other_contract),
    Rule("attachment_unread", Severity.NOTE, "No index could be read from the files beside the typed values.", _unread),
)
