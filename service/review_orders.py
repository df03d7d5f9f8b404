"""Which reports a person is to look at, by when, and how doubtful they are."""

from __future__ import annotations

import datetime as dt
import secrets

from metering.decisions import Case, Decision, Outcome
from metering.periods import TASHKENT
from metering.reports import Report
from metering.reviews import ReviewKind, ReviewOrder
from validation.certainty import critical_fields

WORKING_DAYS = 3  # within which receipts promise that a person looks at a report (docs/letters.md, "Kinds")

_KINDS = {Outcome.REVIEW: ReviewKind.REVIEW, Outcome.INCOMPLETE: ReviewKind.INCOMPLETE}


def order_of(report: Report, case: Case, decision: Decision, audit_share: float) -> ReviewOrder | None:
    """None where nobody needs to look. audit_share: of the reports booked by themselves, how many are drawn to be checked, 0..1."""
    kind = _KINDS.get(decision.outcome)
    if kind is None and decision.outcome is Outcome.ACCEPTED and secrets.SystemRandom().random() < audit_share:
        kind = ReviewKind.AUDIT
    return None if kind is None else ReviewOrder(kind, due_on(case), certainty_of(report))


def due_on(case: Case) -> dt.date:
    """Three working days after receipt, but not after the month closes where that is still to come."""
    day = received = case.received_at.astimezone(TASHKENT).date()
    for _ in range(WORKING_DAYS):
        day += dt.timedelta(days=1)
        while day.isoweekday() > 5:
            day += dt.timedelta(days=1)
    if case.period is None:
        return day
    closes = case.period.next().day(case.policy.period_closes_day)
    return min(day, closes) if closes >= received else day


def certainty_of(report: Report) -> int:
    """Percent, of the least certain value that decides; 0 where contract, month, a serial or an index was not read at all."""
    if not report.meters:
        return 0
    required = ("contract_number", "period", "serial", "current")
    found = [
        (field.confidence if field is not None else 0.0)
        for name, _, field in critical_fields(report)
        if field is not None or name in required
    ]
    return round(100 * min(found, default=0.0))
