"""Do the indexes continue the ledger's chain, and does the arithmetic on the page close (docs/rules.md, "Arithmetic")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from metering.decisions import Case, Severity
from metering.reports import MeterLine, Report, Total
from metering.units import Unit
from validation.duplicates import repeats_booked
from validation.rules import Rule, Values
from validation.values import known_lines, last_digit, name_of, number_of


def _value_missing(report: Report, case: Case) -> Iterator[Values]:
    for place, line in enumerate(report.meters, start=1):
        if is_consumption_only(line):
            continue
        for name in ("previous", "current", "consumption"):
            if getattr(line, name) is None:
                yield {"serial": name_of(line, place), "field": name}


def is_consumption_only(line: MeterLine) -> bool:
    return line.consumption is not None and line.previous is None and line.current is None


def _consumption_only(report: Report, case: Case) -> Iterator[Values]:
    for place, line in enumerate(report.meters, start=1):
        if is_consumption_only(line) and line.consumption is not None:
            yield {"serial": name_of(line, place), "number": line.consumption.value}


def _last_accepted_conflict(report: Report, case: Case) -> Iterator[Values]:
    for _, record in known_lines(report, case):
        last, other = record.last_accepted, record.conflicting_last
        if last is not None and other is not None:
            yield {
                "serial": record.meter.serial,
                "date": last.date.isoformat(),
                "number": str(last.index),
                "other_number": str(other.index),
            }


def _no_last_accepted(report: Report, case: Case) -> Iterator[Values]:
    for _, record in known_lines(report, case):
        if record.last_accepted is None:
            yield {"serial": record.meter.serial}


def _previous_differs(report: Report, case: Case) -> Iterator[Values]:
    for line, record in known_lines(report, case):
        previous, last = number_of(line.previous), record.last_accepted
        if previous is None or last is None or repeats_booked(line, report, case):
            continue  # of a repeated reading the last accepted index is its own current one
        if abs(previous - last.index) > case.policy.index_tolerance:
            yield {
                "serial": record.meter.serial,
                "number": str(previous),
                "expected_number": str(last.index),
                "last_date": last.date.isoformat(),
            }


def _current_below_previous(report: Report, case: Case) -> Iterator[Values]:
    for place, line in enumerate(report.meters, start=1):
        previous, current = number_of(line.previous), number_of(line.current)
        if previous is not None and current is not None and current < previous:
            yield {"serial": name_of(line, place), "previous_number": str(previous), "current_number": str(current)}


def _arithmetic(report: Report, case: Case) -> Iterator[Values]:
    for place, line in enumerate(report.meters, start=1):
        previous, current, consumption = number_of(line.previous), number_of(line.current), number_of(line.consumption)
        if previous is None or current is None or consumption is None:
            continue
        if abs(previous + consumption - current) > _rounding_allowed(line, previous, current, consumption):
            yield {
                "serial": name_of(line, place),
                "previous_number": str(previous),
                "current_number": str(current),
                "number": str(consumption),
                "expected_number": str(current - previous),
            }


def _rounding_allowed(line: MeterLine, *numbers: Decimal) -> Decimal:
    """How far the sum on the page may be off; a calculator rounds each number of its printout from a finer one."""
    return max(last_digit(number) for number in numbers) if line.daily else _precision_lost(*numbers)


def _precision_lost(*numbers: Decimal) -> Decimal:
    """How far a sum of printed numbers may be off by honest rounding.

    Who adds or subtracts printed numbers of one precision gets an exact result, so they must fit exactly: a last
    digit misread by one must not hide in a tolerance. Where precisions differ something was rounded: one unit of
    the coarsest last digit.
    """
    steps = {last_digit(number) for number in numbers}
    return max(steps) if len(steps) > 1 else Decimal(0)


def _total_differs(report: Report, case: Case) -> Iterator[Values]:
    wrong = [total for total in report.totals if (seen := _seen(total)) and not any(_is_sum(total, [number], report) for number in seen)]
    for total in wrong:
        alike = [number for other in wrong if other.unit is total.unit and (number := number_of(other.value)) is not None]
        if len(alike) > 1 and _is_sum(total, alike, report):
            continue  # each meter, or each part of the page, has a total of its own
        rows = next(rows for unit in _units_of(total, report.meters) if (rows := _rows(report.meters, unit)))
        yield {"number": total.value.value, "expected_number": str(sum(rows)), "unit": total.unit.value if total.unit else ""}


def _seen(total: Total) -> list[Decimal]:
    """What the readers see in a total's place: one that sees the sum there is enough, since a total only speaks against a report."""
    stated = number_of(total.value)
    return [] if stated is None else [stated, *(Decimal(other) for other in total.value.alternatives)]


def _is_sum(total: Total, stated: Sequence[Decimal], report: Report) -> bool:
    """Whether numbers stated as totals are together what a unit's rows add up to, or no row is known to compare them with."""
    candidates = [rows for unit in _units_of(total, report.meters) if (rows := _rows(report.meters, unit))]
    return not candidates or any(abs(sum(rows) - sum(stated)) <= _precision_lost(*stated, *rows) for rows in candidates)


def _units_of(total: Total, lines: Iterable[MeterLine]) -> tuple[Unit | None, ...]:
    """The units whose rows the total may be the sum of: its own, or any on the page where it does not say."""
    return (total.unit,) if total.unit is not None else tuple(dict.fromkeys(line.unit for line in lines))


def _rows(lines: Iterable[MeterLine], unit: Unit | None) -> list[Decimal]:
    """The consumptions of one unit, or nothing where one of them was not read: then no sum can be told."""
    numbers = [number_of(line.consumption) for line in lines if line.unit is unit]
    return [n for n in numbers if n is not None] if None not in numbers else []


def _daily_rows_differ(report: Report, case: Case) -> Iterator[Values]:
    for place, line in enumerate(report.meters, start=1):
        stated = line.daily_total if line.daily_total is not None else number_of(line.consumption)
        if not line.daily or stated is None:
            continue
        added = sum(line.daily, Decimal(0))
        # Each row may be off by half a unit of its last digit, the total by one of its own.
        allowed = len(line.daily) * max(last_digit(row) for row in line.daily) / 2 + last_digit(stated)
        if abs(added - stated) > allowed:
            yield {"serial": name_of(line, place), "number": str(stated), "expected_number": str(added)}
        consumption = number_of(line.consumption)
        if line.daily_total is not None and consumption is not None:
            coarsest = max(last_digit(line.daily_total), last_digit(consumption))
            if abs(line.daily_total - consumption) > coarsest:
                yield {"serial": name_of(line, place), "number": str(consumption), "expected_number": str(line.daily_total)}


RULES = (
    Rule("consumption_only", Severity.REVIEW, "A meter has a consumption but no index.", _consumption_only),
    Rule("value_missing", Severity.REVIEW, "A meter lacks its previous index, current index or consumption.", _value_missing),
    Rule("last_accepted_conflict", Severity.REVIEW, "Two different last accepted indexes of one date are known.", _last_accepted_conflict),
    Rule("previous_differs", Severity.REVIEW, "The previous index is not the last accepted one.", _previous_differs),
    Rule("current_below_previous", Severity.REVIEW, "The current index is below the previous one.", _current_below_previous),
    Rule("arithmetic", Severity.REVIEW, "Previous index plus consumption is not the current index.", _arithmetic),
    Rule("total_differs", Severity.REVIEW, "The consumptions of one unit do not add up to the stated total.", _total_differs),
    Rule("daily_rows_differ", Severity.REVIEW, "The daily rows of a printout do not add up.", _daily_rows_differ),
    Rule("no_last_accepted", Severity.NOTE, "No earlier index of this meter is known.", _no_last_accepted),
)
