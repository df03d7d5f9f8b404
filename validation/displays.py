"""Does the photo of a meter's display beside a report show what the report says (docs/rules.md, "Photos of displays")."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from metering.decisions import Case, Severity
from metering.reports import Field, MeterLine, Report
from validation.rules import Rule, Values
from validation.values import all_readings, name_of, number_of, same_index, serial_of


def _differs(report: Report, case: Case) -> Iterator[Values]:
    for shown in report.displays:
        if shown.current is not None and not any(_agree(line, shown.current) for line in _meant(report, shown)):
            yield {"serial": serial_of(shown) or "", "read_number": shown.current.value}


def _agrees(report: Report, case: Case) -> Iterator[Values]:
    for shown in report.displays:
        for place, line in enumerate(report.meters, start=1):
            if shown.current is not None and line in _meant(report, shown) and _agree(line, shown.current):
                yield {"serial": name_of(line, place), "read_number": shown.current.value}
                break


def _alone(report: Report, case: Case) -> Iterator[Values]:
    if report.of_display:
        yield {}


def _meant(report: Report, shown: MeterLine) -> list[MeterLine]:
    """The meter whose serial the photo shows, else any: a serial on a housing is easily misread."""
    return [line for line in report.meters if serial_of(shown) is not None and serial_of(line) == serial_of(shown)] or list(report.meters)


def _agree(line: MeterLine, shown: Field) -> bool:
    stated = number_of(line.current)
    if stated is None:
        return False
    if any(same_index(stated, read) for read in all_readings(shown)):
        return True
    return "." not in shown.value and _digits(stated) == shown.value.lstrip("0")  # its mark was not seen


def _digits(number: Decimal) -> str:
    return f"{number:f}".replace(".", "").lstrip("0")


RULES = (
    Rule("display_differs", Severity.REVIEW, "A photo of a display beside the report shows another index.", _differs),
    Rule("display_agrees", Severity.NOTE, "A photo of a display beside the report shows the same index.", _agrees),
    Rule("display_alone", Severity.REVIEW, "Only the photo of a display was sent: its value is a proposal.", _alone),
)
