"""The letter that tells a decision of staff: to whom, in which language, and how much it may say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from mailer import compose
from metering.decisions import Case, Source
from metering.periods import TASHKENT, Period
from metering.reports import Report
from metering.reviews import ReturnReason, ReviewKind, Verdict
from service.answers import letter_number
from service.assembly import Service
from service.envelopes import message_ids
from service.review_case import ReviewCase
from storage import messages, register
from storage.database import Transaction
from storage.outbox import Letter
from templates.decision_letters import KIND, DecisionFacts, render_decision_letter
from templates.letters import languages_for, reading_line

ORIGINAL_DAY = 10  # of the next month (announcement 3.4)


@dataclass(frozen=True, slots=True)
class Told:
    """What the letter has to tell. report, case: as accepted, None for any other verdict."""

    verdict: Verdict
    reasons: tuple[ReturnReason, ...] = ()
    comment: str = ""
    report: Report | None = None
    case: Case | None = None


def decision_letter(tx: Transaction, service: Service, case: ReviewCase, told: Told, key: str) -> Letter | None:
    """None where nobody can be written to. It waits for as long as the decision can be undone."""
    recipient = case.letter_to
    if recipient is None or not compose.can_be_written_to(recipient):
        return None
    now = service.clock()
    mail = service.settings.mail
    message_id = message_ids(tx, service).make(key)
    rendered = render_decision_letter(_facts(tx, service, case, told, recipient))
    stored = case.stored
    thread = compose.Thread(messages.show(tx, stored.message).message_id) if stored.message is not None else None
    envelope = compose.Envelope(mail.display_name, mail.address, recipient, message_id, now.astimezone(TASHKENT))
    mime = compose.compose(rendered, envelope, thread)
    due = now + dt.timedelta(minutes=service.settings.review.undo_minutes)
    return Letter(key, KIND, recipient, "+".join(rendered.languages), message_id, mime, answers=stored.message, not_before=due)


def _facts(tx: Transaction, service: Service, case: ReviewCase, told: Told, recipient: str) -> DecisionFacts:
    stored, mail = case.stored, service.settings.mail
    number = told.case.contract_number if told.case else stored.contract_number
    period = told.case.period if told.case else stored.period
    contract = told.case.contract if told.case else case.contract
    known = number is not None and contract is not None and number in register.contracts_of_sender(tx, recipient)
    return DecisionFacts(
        verdict=told.verdict,
        number=letter_number(stored.received_at, stored.message) if stored.message is not None else stored.cabinet_id or str(stored.id),
        received_at=stored.received_at,
        languages=languages_for(contract.language if known and contract else None),
        utility=mail.display_name,
        address=mail.address,
        contract_number=number if known else None,
        period=period if known else None,
        readings=tuple(reading_line(line) for line in told.report.meters) if known and told.report else (),
        reasons=told.reasons,
        comment=told.comment,
        correct_until=_ahead(service, period, service.settings.rules.period_closes_day),
        original_until=_ahead(service, period, ORIGINAL_DAY) if told.verdict is Verdict.ACCEPT else None,
        cabinet=stored.source is Source.CABINET,
        corrected=case.review.kind is ReviewKind.AUDIT,
    )


def _ahead(service: Service, period: Period | None, number: int) -> dt.date | None:
    """That day of the month after the period, unless it has passed."""
    if period is None:
        return None
    day = period.next().day(number)
    return day if day >= service.clock().astimezone(TASHKENT).date() else None
