"""What the fields of a report say as numbers, dates and months: None where a field is absent or is no such thing.

Extraction promises well-formed values, but a report also comes from the cabinet and from staff: no text that
stands in a field may make a rule raise.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

from metering.decisions import Case, MeterRecord
from metering.periods import Period
from metering.reports import Field, MeterLine, Report

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def number_of(field: Field | None) -> Decimal | None:
    """The quantity, None where nothing was read or what was read is not a plain decimal number."""
    if field is None or not _NUMBER.fullmatch(field.value):
        return None
    return Decimal(field.value)


def last_digit(number: Decimal) -> Decimal:
    """One unit of the last printed digit: 0.01 for 74.17, 1 for 1263."""
    return Decimal(1).scaleb(min(int(number.as_tuple().exponent), 0))


def all_readings(field: Field) -> list[Decimal]:
    """The quantities that the readers of a field saw, the one taken first."""
    found = (number_of(Field(text, 0.0, 0, None)) for text in (field.value, *field.alternatives))
    return [number for number in found if number is not None]


def same_index(one: Decimal, two: Decimal) -> bool:
    """Equal, or equal but for the places that one of them leaves out, rounded or cut off."""
    steps = (last_digit(one), last_digit(two))
    return one == two or (steps[0] != steps[1] and abs(one - two) < max(steps))


def date_of(field: Field | None) -> dt.date | None:
    if field is None or not _DATE.fullmatch(field.value):
        return None
    try:
        return dt.date.fromisoformat(field.value)
    except ValueError:
        return None


def period_of(report: Report) -> Period | None:
    """The month that the report is for: the one printed on it, else the month of its reading date (docs/rules.md, "Period")."""
    if report.period is not None:
        try:
            return Period.parse(report.period.value)
        except ValueError:
            return None
    days = [day for line in report.meters if (day := reading_date_of(line, report))] or [date_of(report.reading_date)]
    return Period.of(days[0]) if days[0] is not None else None


def reading_date_of(line: MeterLine, report: Report) -> dt.date | None:
    """The day on which this meter was read: its own where the page gives one, else the report's."""
    return date_of(line.reading_date if line.reading_date is not None else report.reading_date)


def serial_of(line: MeterLine) -> str | None:
    return line.serial.value if line.serial is not None and line.serial.value else None


def name_of(line: MeterLine, place: int) -> str:
    """How a finding names a meter line: by its serial, else by `#` and its place in the report, counted from 1."""
    return serial_of(line) or f"#{place}"


def known_lines(report: Report, case: Case) -> Iterator[tuple[MeterLine, MeterRecord]]:
    """The meter lines whose serial belongs to the contract, each with what the register and the ledger know of it."""
    for line in report.meters:
        record = case.meters.get(serial_of(line) or "")
        if record is not None:
            yield line, record
