"""The letter that a message is owed: whether, to whom, in which language, and what it tells (docs/delivery.md, docs/letters.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from mailer.budgets import not_before
from mailer.compose import Thread, compose
from metering.contracts import Contract, Language
from metering.decisions import Case, Decision, Outcome, Severity
from metering.messages import Opened
from metering.periods import TASHKENT
from metering.reports import Report
from metering.senders import Tier
from service.assembly import Service
from service.envelopes import Envelope, message_ids
from storage import outbox, register
from storage.database import Transaction
from storage.messages import Message
from storage.outbox import Letter
from templates.findings import customer_text
from templates.letters import (
    Earlier,
    FileLine,
    LetterFacts,
    LetterKind,
    ReportLine,
    languages_for,
    reading_line,
    render_letter,
)

KINDS = {
    Outcome.ACCEPTED: LetterKind.RECEIPT,
    Outcome.REVIEW: LetterKind.RECEIPT,
    Outcome.INCOMPLETE: LetterKind.RECEIPT,
    Outcome.DUPLICATE: LetterKind.RECEIPT,
    Outcome.NO_REPORT: LetterKind.NO_REPORT,
    Outcome.TOO_LARGE: LetterKind.TOO_LARGE,
    Outcome.UNREADABLE: LetterKind.UNREADABLE,
}
SHOWN_APART = frozenset({"late", "coverage", "same_file", "same_values"})  # the letter has places of its own for these


@dataclass(frozen=True, slots=True)
class Judged:
    """One report of a message with its case and decision."""

    report: Report
    case: Case
    decision: Decision


def answer(
    tx: Transaction, service: Service, message: Message, envelope: Envelope, opened: Opened, outcome: Outcome, judged: Sequence[Judged]
) -> Letter | None:
    """The letter owed for this message, or None where no answer may be sent."""
    kind = KINDS.get(outcome)
    recipient = _recipient(tx, envelope, judged)
    if kind is None or recipient is None:
        return None
    facts = _facts(service, message, envelope, opened, kind, judged)
    rendered = render_letter(facts, customer_text)
    key = f"message/{message.id}/{kind}"
    ids = message_ids(service)
    now = service.clock()
    mail = service.settings.mail
    mime = compose(rendered, )
    due = not_before(tx)
    return Letter(key, kind, recipient, "+".join(rendered.languages), ids.make(key), mime, answers=message.id, not_before=due)


def _recipient(tx: Transaction, envelope: Envelope, judged: Sequence[Judged]) -> str | None:
    """The sender, where the receiving server vouches for him; an address of the register, where it half does; else nobody."""
    if envelope.automatic is not None or not envelope.sender.tier.may_be_answered:
        return None
    sender = envelope.sender.address
    if envelope.sender.tier.may_accept or register.contracts_of_sender(tx, sender):
        return sender
    contracts = [each.case.contract for each in judged if each.case.contract]
    return next((contract.emails[0] for contract in contracts if contract.emails), None)
