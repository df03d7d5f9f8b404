"""From the values of the services to what the API gives."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from cabinet.api.values import History, MeterMonth, PeriodState, Reason, Receipt, SentReading
from metering.contracts import Language
from metering.decisions import Policy
from metering.periods import TASHKENT
from service.customer_history import MeterHistory
from service.month_state import MonthState
from storage import history
from storage.database import Transaction
from storage.entries import Entry
from templates.findings import Audience, finding_text


def history_as_json(histories: Iterable[MeterHistory]) -> History:
    """Newest first, all meters."""
    found = [
        SentReading(
            serial=each.serial,
            unit=each.unit,
            period=str(row.period),
            reading_date=row.reading_date,
            index=row.index,
            consumption=row.consumption,
            source=row.source,
            status=row.status,
            conflict=row.conflict,
            received_at=row.received_at.astimezone(TASHKENT),
            number=row.number,
        )
        for each in histories
        for row in each.rows
    ]
    return History(readings=sorted(found, key=lambda reading: reading.received_at, reverse=True))


def state_as_json(state: MonthState) -> PeriodState:
    return PeriodState(
        period=str(state.period),
        deadline=state.deadline,
        correct_until=state.closes,
        days_left=state.days_left,
        missing=[each.meter.serial for each in state.missing],
        meters=[
            MeterMonth(
                serial=each.meter.serial,
                kind=each.meter.kind,
                unit=each.meter.unit,
                state=each.state.value,
                index=_digits(each.index),
                reading_date=each.reading_date,
            )
            for each in state.meters
        ],
        estimate_gcal=_digits(state.estimate.gcal) if state.estimate else None,
        original_received=state.original,
    )


def receipt_as_json(tx: Transaction, entry: Entry, language: Language, policy: Policy) -> Receipt:
    """Of an entry without files: it was settled when it was kept."""
    assert entry.submission is not None
    findings = history.findings_of(tx, [entry.submission]).get(entry.submission, ())
    return Receipt(
        id=entry.client_id,
        number=entry.number,
        received_at=entry.received_at.astimezone(TASHKENT),
        outcome=history.outcome_of(tx, entry.submission).value,
        reasons=[Reason(rule=f.rule, severity=f.severity.value, text=finding_text(f, language, Audience.CUSTOMER)) for f in findings],
        correct_until=entry.period.next().day(policy.period_closes_day),
    )


def _digits(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")
