"""Is the report for a month that is open, in time, and read on a day that can be (docs/rules.md, "Period" and "Deadline").

"Today" of every rule is the day of receipt in Tashkent: no rule reads a clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from metering.decisions import Case, Severity
from metering.periods import TASHKENT
from metering.reports import Report
from validation.duplicates import repeats_booked
from validation.rules import Rule, Values
from validation.values import date_of, known_lines, name_of, reading_date_of


def day_of_receipt(case: Case) -> dt.date:
    return case.received_at.astimezone(TASHKENT).date()


def reading_dates(report: Report) -> tuple[dt.date, ...]:
    """The days on which the report's meters were read, each once."""
    days = [reading_date_of(line, report) for line in report.meters] or [date_of(report.reading_date)]
    return tuple(dict.fromkeys(day for day in days if day is not None))


def _period_missing(report: Report, case: Case) -> Iterator[Values]:
    if case.period is None:
        yield {}


def _period_not_open(report: Report, case: Case) -> Iterator[Values]:
    if case.period is None:
        return
    closes = case.period.next().day(case.policy.period_closes_day)
    if not case.period.first_day <= day_of_receipt(case) <= closes:
        yield {"period": str(case.period), "opens_date": case.period.first_day.isoformat(), "closes_date": closes.isoformat()}


def _late(report: Report, case: Case) -> Iterator[Values]:
    if case.period is None:
        return
    deadline = case.period.day(case.policy.deadline_day)
    if day_of_receipt(case) > deadline:
        yield {"period": str(case.period), "deadline_date": deadline.isoformat(), "received_date": day_of_receipt(case).isoformat()}


def _reading_date_missing(report: Report, case: Case) -> Iterator[Values]:
    if not report.meters and date_of(report.reading_date) is None:
        yield {"serial": ""}
    for place, line in enumerate(report.meters, start=1):
        if reading_date_of(line, report) is None:
            yield {"serial": name_of(line, place)}


def _reading_date_in_future(report: Report, case: Case) -> Iterator[Values]:
    for day in reading_dates(report):
        if day > day_of_receipt(case):
            yield {"date": day.isoformat(), "received_date": day_of_receipt(case).isoformat()}


def _reading_date_outside_period(report: Report, case: Case) -> Iterator[Values]:
    if case.period is None:
        return
    closes = case.period.next().day(case.policy.period_closes_day)
    for day in reading_dates(report):
        if not case.period.first_day <= day <= closes:
            yield {"date": day.isoformat(), "period": str(case.period)}


def _reading_date_before_last(report: Report, case: Case) -> Iterator[Values]:
    for line, record in known_lines(report, case):
        day, last = reading_date_of(line, report), record.last_accepted
        if day is not None and last is not None and day <= last.date and not repeats_booked(line, report, case):
            yield {"serial": record.meter.serial, "date": day.isoformat(), "last_date": last.date.isoformat()}


RULES = (
    Rule("period_missing", Severity.REVIEW, "The report names no month, and no reading date gives one.", _period_missing),
    Rule("period_not_open", Severity.REVIEW, "The month was not open for reports on the day of receipt.", _period_not_open),
    Rule("reading_date_missing", Severity.REVIEW, "The day on which a meter was read is not stated.", _reading_date_missing),
    Rule("reading_date_in_future", Severity.REVIEW, "A reading date lies after the day of receipt.", _reading_date_in_future),
    Rule("reading_date_outside_period", Severity.REVIEW, "A reading date does not fit the report's month.", _reading_date_outside_period),
    Rule(
        "reading_date_before_last",
        Severity.REVIEW,
        "A meter was read on or before the day of its last accepted index.",
        _reading_date_before_last,
    ),
    Rule("late", Severity.NOTE, "The report came after the day that the contracts set.", _late),
)
