"""What the register and arithmetic say about values that were read once: they confirm or choose, and never invent.

A deciding number is certain when two independent readings agree (docs/reading.md). Where the readers
differ, evidence from outside the picture may stand in for the second reader, within these bounds:
a value is only ever taken from what some reader read at that place, and each choice leaves a note.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from metering.decisions import MeterRecord
from metering.repairs import RepairReason
from metering.reports import Field, MeterLine, Report
from validation.values import date_of, number_of

_SOON = dt.timedelta(days=3)  # from the readings to the day on which the report is drawn up


def choose(field: Field | None, known: object) -> Field | None:
    """The field with the one of its readings that is in `known` (a container of str); the field itself if it or none is."""
    if field is None or field.value in known:
        return field
    fitting = [other for other in dict.fromkeys(field.alternatives) if other in known]
    if len(fitting) != 1:
        return field
    note = f"read as {field.value} and as {fitting[0]}; the register knows {fitting[0]}"
    others = (field.value, *(a for a in field.alternatives if a != fitting[0]))
    return replace(field.taken(fitting[0], RepairReason.REGISTER), note=note, alternatives=others)


def confirm(field: Field | None, by: str) -> Field | None:
    """The field made certain by evidence of another kind."""
    if field is None or field.certain:
        return field
    return replace(field, certain=True, note=f"{field.note}; {by}" if field.note else by)


def weigh_meters(report: Report, meters: Mapping[str, MeterRecord]) -> Report:
    """The report's meter lines weighed against the meters of its contract (by serial)."""
    return replace(report, meters=tuple(_weigh_line(line, meters, by_hand=report.handwritten) for line in report.meters))


def weigh_contract(report: Report, belongs: bool) -> Report:
    """The contract number confirmed where a second identifier on the page (a serial, the INN) names the same contract."""
    if not belongs or report.contract_number is None:
        return report
    return replace(report, contract_number=confirm(report.contract_number, "a meter or the INN on the page belongs to this contract"))


def weigh_date(report: Report, meters: Mapping[str, MeterRecord], received: dt.date) -> Report:
    """The date of readings by hand confirmed where the report was drawn up soon after it and no other that its readers hold possible lies
    between the last accepted reading of the report's meters and its arrival: an 11 may be a Roman two, but in November nobody reports
    February."""
    day = report.reading_date
    if day is None or day.certain or not day.digits_sure or not report.handwritten or not _is_soon_drawn_up(report, day):
        return report
    records = [meters.get(line.serial.value) if line.serial is not None else None for line in report.meters]
    last = [record.last_accepted.date for record in records if record is not None and record.last_accepted is not None]
    if not last or len(last) < len(records):
        return report
    possible = [text for text in (day.value, *day.alternatives) if min(last) < dt.date.fromisoformat(text) <= received]
    if possible != [day.value]:
        return report
    by = "no other reading of it lies between the last accepted reading and the report's arrival"
    return replace(report, reading_date=confirm(day, by))


def _is_soon_drawn_up(report: Report, day: Field) -> bool:
    """Whether the report's own date stands elsewhere on it and follows the readings' by three days at most."""
    other = report.report_date
    if other is None or (other.box is not None and day.box is not None and other.page == day.page and other.box.meets(day.box)):
        return False
    read, drawn_up = date_of(day), date_of(other)
    return read is not None and drawn_up is not None and dt.timedelta(0) <= drawn_up - read <= _SOON


def _weigh_line(line: MeterLine, meters: Mapping[str, MeterRecord], *, by_hand: bool) -> MeterLine:
    serial = choose(line.serial, meters)
    if serial is None or serial.value not in meters:
        return line
    line = replace(line, serial=confirm(serial, "the contract has a meter of this number"))
    last = meters[serial.value].last_accepted
    if last is None:
        return line
    previous = line.previous
    if previous is not None and number_of(previous) != last.index:
        others = [previous.taken(other, RepairReason.LAST_ACCEPTED) for other in dict.fromkeys(previous.alternatives)]
        matching = [other for other in others if number_of(other) == last.index]
        # Only where arithmetic speaks for it too: a page that really states another previous index must stay as printed.
        if len(matching) == 1 and _closes(matching[0], line.current, line.consumption):
            note = f"read as {previous.value} and as {matching[0].value}; the last accepted index and the sum fit the latter"
            previous = replace(matching[0], note=note, alternatives=(previous.value,))
    # Handwriting has many readings: one that was chosen against the first may mend a slip of the pen unseen.
    is_chosen = by_hand and previous is not None and previous.repair is not None
    if previous is not None and number_of(previous) == last.index and not is_chosen:
        previous = confirm(previous, "equals the last accepted index")
    return _weigh_arithmetic(replace(line, previous=previous))


def _weigh_arithmetic(line: MeterLine) -> MeterLine:
    """Where previous + consumption = current holds and previous and one of the others are certain, so is the third; and where the digits
    of the others are sure, both: which of them is the current index the sum tells, once the previous one is known. Not where the sum has
    chosen one among its readings, against the first: a slip of the pen in one digit would be mended unseen."""
    if line.previous is None or not line.previous.certain or not _closes(line.previous, line.current, line.consumption):
        return line
    if line.current is None or line.consumption is None:
        return line
    if not (line.current.certain or line.consumption.certain or (line.current.digits_sure and line.consumption.digits_sure)):
        return line
    if any(field.repair is not None and field.repair.reason is RepairReason.ARITHMETIC for field in (line.current, line.consumption)):
        return line
    by = "previous and consumption give the current index"
    return replace(line, current=confirm(line.current, by), consumption=confirm(line.consumption, by))


def _closes(previous: Field | None, current: Field | None, consumption: Field | None) -> bool:
    numbers = [number_of(field) for field in (previous, current, consumption)]
    return None not in numbers and numbers[0] + numbers[2] == numbers[1]
