"""Can the numbers be true: contract load, history, the unit and kind of the meter, the range of an index.

docs/rules.md, "Contract load", "History" and "Coverage".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from metering.decisions import Case, MeterRecord, Outcome, Severity, Source
from metering.reports import MeterLine, PenOver, Report
from metering.units import MeterKind, Unit, to_gcal
from validation.duplicates import is_same_month, repeats_booked
from validation.rules import Rule, Values
from validation.values import known_lines, last_digit, name_of, number_of, reading_date_of, serial_of

#: Integer digits of the announcement's format XXXXXX,XX (clause 3.4 a).
INTEGER_DIGITS = 6
#: With fewer earlier values than this there is no history to judge by.
VALUES_FOR_A_HISTORY = 3
#: A consumption is unusual above this multiple of the largest earlier one, for each month that it spans.
UNUSUAL_FACTOR = 3
_DAYS_OF_A_MONTH = 31


def _quantity_missing(report: Report, case: Case) -> Iterator[Values]:
    if not any(line.current is not None or line.consumption is not None for line in report.meters):
        yield {}


def _number_format(report: Report, case: Case) -> Iterator[Values]:
    for place, line in enumerate(report.meters, start=1):
        digits = _digits_of(line, case)
        for name in ("previous", "current", "consumption"):
            field = getattr(line, name)
            if field is None:
                continue
            number = number_of(field)
            if number is None or number < 0 or number >= 10**digits:
                yield {"serial": name_of(line, place), "field": name, "number": field.value, "digits": str(digits)}
        if (current := line.current) is not None and _has_lost_decimals(line, case):
            yield {"serial": name_of(line, place), "field": "current", "number": current.value, "digits": str(digits)}


def _has_lost_decimals(line: MeterLine, case: Case) -> bool:
    """Whether all numbers of a meter have fewer decimals than its index that was booked last: 4726.1 + 242.4 = 4968.5 adds up, although the
    edge of a scan took the last column of 4726.10. An index of the register proves nothing, others wrote it."""
    record = case.meters.get(serial_of(line) or "")
    numbers = [number_of(field) for field in (line.previous, line.current, line.consumption)]
    if case.source is not Source.EMAIL or record is None or record.last_accepted is None or record.last_accepted.source != "ledger":
        return False
    booked = last_digit(record.last_accepted.index)
    return all(number is not None and last_digit(number) > booked for number in numbers)


def _digits_of(line: MeterLine, case: Case) -> int:
    """Digits before the comma that a number of this meter may have: no fewer than its last accepted index, in kWh (a thousandth of the
    announcement's unit, nearly) one more."""
    record = case.meters.get(serial_of(line) or "")
    if record is None:
        return INTEGER_DIGITS
    if record.meter.digits:
        return record.meter.digits
    if record.last_accepted is None:
        return INTEGER_DIGITS
    return max(INTEGER_DIGITS, len(str(int(record.last_accepted.index))) + (record.meter.unit is Unit.KWH))


def _unit_missing(report: Report, case: Case) -> Iterator[Values]:
    for place, line in enumerate(report.meters, start=1):
        if line.unit is None:
            yield {"serial": name_of(line, place)}


def _unit_differs(report: Report, case: Case) -> Iterator[Values]:
    for line, record in known_lines(report, case):
        if line.unit is not None and line.unit is not record.meter.unit:
            yield {"serial": record.meter.serial, "unit": line.unit.value, "expected_unit": record.meter.unit.value}


def _kind_missing(report: Report, case: Case) -> Iterator[Values]:
    for place, line in enumerate(report.meters, start=1):
        if line.kind is None:
            yield {"serial": name_of(line, place)}


def _kind_differs(report: Report, case: Case) -> Iterator[Values]:
    for line, record in known_lines(report, case):
        if line.kind is not None and line.kind is not record.meter.kind:
            yield {"serial": record.meter.serial, "kind": line.kind.value, "expected_kind": record.meter.kind.value}


def _load_exceeded(report: Report, case: Case) -> Iterator[Values]:
    if case.contract is None:
        return
    told = [
        pair for pair in known_lines(report, case) if pair[1].meter.kind is MeterKind.HEAT and not repeats_booked(pair[0], report, case)
    ]
    used = [gcal for line, record in told if (gcal := _gcal(line, record)) is not None]
    days = [span for line, record in told if (span := _days_since_last(line, record, report)) is not None]
    if not used:
        return
    # Where no earlier index is known the span cannot be told: one month is the least that a first report covers.
    hours = max(days, default=_DAYS_OF_A_MONTH) * 24
    total = sum(used) + _gcal_of_other_mails(report, case)
    limit = case.contract.heat_load * hours * case.policy.load_factor
    if total > limit:
        yield {"number": f"{total:.2f}", "limit_number": f"{limit:.2f}", "hours": str(hours)}


def _gcal(line: MeterLine, record: MeterRecord) -> Decimal | None:
    consumption = number_of(line.consumption)
    return None if consumption is None else to_gcal(consumption, line.unit or record.meter.unit)


def _gcal_of_other_mails(report: Report, case: Case) -> Decimal:
    """What the ledger of the period already holds for the contract's heat meters that this report does not name."""
    named = {serial_of(line) for line in report.meters if not repeats_booked(line, report, case)}
    total = Decimal(0)
    for serial, booked in case.booked.items():
        record = case.meters.get(serial)
        if serial in named or record is None or record.meter.kind is not MeterKind.HEAT:
            continue
        if booked.consumption is not None and booked.outcome is Outcome.ACCEPTED:
            total += to_gcal(booked.consumption, booked.unit) or Decimal(0)
    return total


def _days_since_last(line: MeterLine, record: MeterRecord, report: Report) -> int | None:
    day, last = reading_date_of(line, report), record.last_accepted
    return max((day - last.date).days, 0) if day is not None and last is not None else None


def _consumption_unusual(report: Report, case: Case) -> Iterator[Values]:
    for line, record in known_lines(report, case):
        consumption = number_of(line.consumption)
        earlier = [value for period, value in record.consumptions if period != case.period]
        if consumption is None or len(earlier) < VALUES_FOR_A_HISTORY or repeats_booked(line, report, case):
            continue
        largest = max(earlier)
        if largest == 0:
            continue  # a meter that stood still has no history to compare with; the contract load still holds for heat
        months = max(Decimal(_days_since_last(line, record, report) or 0) / _DAYS_OF_A_MONTH, Decimal(1))
        if consumption > largest * UNUSUAL_FACTOR * months:
            yield {"serial": record.meter.serial, "number": str(consumption), "largest_number": str(largest)}


def _coverage(report: Report, case: Case) -> Iterator[Values]:
    missing = _not_reported(report, case)
    if missing:
        yield {"serials": ", ".join(missing)}


def _meter_overlooked(report: Report, case: Case) -> Iterator[Values]:
    """What stands on the page and was not read must not pass for a meter that is reported by another mail."""
    missing = _not_reported(report, case)
    if missing and report.unread_numbers:
        yield {"serials": ", ".join(missing)}


def _page_says(report: Report, case: Case) -> Iterator[Values]:
    """A draft, a cancelled sheet, or a request to bill by the load: a person reads it, whatever its numbers are."""
    if report.caution:
        yield {"words": report.caution}


def _crossed_out(report: Report, case: Case) -> Iterator[Values]:
    """Whoever crosses a page out means it no more."""
    if report.pen_over is PenOver.CROSSED_OUT:
        yield {}


def _written_over(report: Report, case: Case) -> Iterator[Values]:
    """Nobody writes across a page that it is right."""
    if report.pen_over is PenOver.WRITTEN_OVER:
        yield {}


def _struck_out(report: Report, case: Case) -> Iterator[Values]:
    """What is printed there may not count any more, however surely it was read."""
    for name in sorted(report.struck):
        yield {"field": name, "serial": ""}


def _not_reported(report: Report, case: Case) -> list[str]:
    """Serials of the contract's meters that neither this report, nor another of its month in the same message, nor the ledger of the
    period covers."""
    if case.contract is None or not report.meters:
        return []
    told = (report, *(other for other in case.beside if is_same_month(report, other)))
    covered = {serial_of(line) for each in told for line in each.meters}
    # Accepted and review count as reported, incomplete does not; nor does what a stranger sent.
    covered |= {s for s, booked in case.booked.items() if booked.trusted and booked.outcome is not Outcome.INCOMPLETE}
    return sorted(serial for serial, record in case.meters.items() if serial not in covered and _in_service(record, case))


def _in_service(record: MeterRecord, case: Case) -> bool:
    """Whether the meter bills in the report's month; without a month every meter does."""
    return case.period is None or record.meter.bills_in(case.period)


def _meter_not_in_service(report: Report, case: Case) -> Iterator[Values]:
    for line, record in known_lines(report, case):
        day = reading_date_of(line, report)
        if day is None:
            continue
        if not (record.meter.valid_from or dt.date.min) <= day <= (record.meter.valid_until or dt.date.max):
            yield {"serial": record.meter.serial, "date": day.isoformat()}


def _verification_expired(report: Report, case: Case) -> Iterator[Values]:
    for line, record in known_lines(report, case):
        day, until = reading_date_of(line, report), record.meter.verified_until
        if day is not None and until is not None and day > until:
            yield {"serial": record.meter.serial, "until_date": until.isoformat()}


RULES = (
    Rule("quantity_missing", Severity.REVIEW, "No meter has an index or a consumption.", _quantity_missing),
    Rule(
        "number_format",
        Severity.REVIEW,
        "A number does not fit the format XXXXXX,XX, the meter's digits or the decimals that were booked of it.",
        _number_format,
    ),
    Rule("unit_missing", Severity.REVIEW, "The page gives no unit for a meter.", _unit_missing),
    Rule("unit_differs", Severity.REVIEW, "The unit on the page is not the meter's.", _unit_differs),
    Rule("kind_differs", Severity.REVIEW, "The page calls a heat meter hot water, or the other way round.", _kind_differs),
    Rule("load_exceeded", Severity.REVIEW, "The heat meters together used more than the contract load allows.", _load_exceeded),
    Rule("consumption_unusual", Severity.REVIEW, "A consumption is far above all earlier ones of the meter.", _consumption_unusual),
    Rule("meter_not_in_service", Severity.REVIEW, "The reading lies outside the time for which the meter bills.", _meter_not_in_service),
    Rule("kind_missing", Severity.NOTE, "The page does not say what a meter measures; the register does.", _kind_missing),
    Rule("verification_expired", Severity.NOTE, "The meter's verification had run out on the day of the reading.", _verification_expired),
    Rule(
        "meter_overlooked",
        Severity.REVIEW,
        "Numbers on the page belong to no meter that was read, and a meter is missing.",
        _meter_overlooked,
    ),
    Rule(
        "page_says",
        Severity.REVIEW,
        "Words on the page make it no plain report: a draft, a bill, cancelled, corrected, a guess, of a meter out of order or changed, of "
        "two contracts, two units for the same numbers.",
        _page_says,
    ),
    Rule("crossed_out", Severity.REVIEW, "A pen crossed the page out.", _crossed_out),
    Rule("written_over", Severity.REVIEW, "A word is written by hand across the page.", _written_over),
    Rule("struck_out", Severity.REVIEW, "A pen struck through a value that decides.", _struck_out),
    Rule("coverage", Severity.NOTE, "Billing meters of the contract are not reported yet.", _coverage),
)
