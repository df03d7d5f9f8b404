"""The letter that a message is owed: whether, to whom, in which language, and what it tells (docs/delivery.md, docs/letters.md)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial

from mailer import compose
from metering.contracts import Language
from metering.decisions import Case, Decision, Finding, Outcome, Severity
from metering.messages import Opened
from metering.periods import TASHKENT
from metering.reports import Report
from parsers.wording.languages import language_of
from service.assembly import Service
from service.budgets import due_time
from service.document_requests import asked_in, take_request
from service.envelopes import Envelope
from storage import outbox, register
from storage.database import Transaction
from storage.messages import Message
from storage.outbox import Letter
from templates.findings import Audience, finding_text
from templates.letters import (
    Earlier,
    FileLine,
    LetterFacts,
    LetterKind,
    ReportLine,
    languages_for,
    reading_line,
    render_letter,
    repair_lines,
)
from validation.values import date_of

KINDS = {
    Outcome.ACCEPTED: LetterKind.RECEIPT,
    Outcome.REVIEW: LetterKind.RECEIPT,
    Outcome.INCOMPLETE: LetterKind.RECEIPT,
    Outcome.DUPLICATE: LetterKind.RECEIPT,
    Outcome.NO_REPORT: LetterKind.NO_REPORT,
    Outcome.TOO_LARGE: LetterKind.TOO_LARGE,
    Outcome.UNREADABLE: LetterKind.UNREADABLE,
}
TOLD_ELSEWHERE = frozenset({"late", "coverage", "same_file", "same_values"})  # the letter has places of its own for them


@dataclass(frozen=True, slots=True)
class Judged:
    """One report of a message with its case and decision."""

    report: Report
    case: Case
    decision: Decision


@dataclass(frozen=True, slots=True)
class Told:
    """The message as the letter must tell of it."""

    message: Message
    envelope: Envelope
    opened: Opened
    outcome: Outcome
    judged: tuple[Judged, ...]


def letter_number(received_at: dt.datetime, message: int) -> str:
    """What the customer may quote: the day of receipt and the message's row."""
    return f"{received_at.astimezone(TASHKENT):%y%m%d}-{message}"


@dataclass(frozen=True, slots=True)
class Reply:
    """kind: of the letter owed, None where no answer may be sent; letter: to be put into the outbox in this transaction, None where
    it is written later (a document must be signed first)."""

    kind: str | None = None
    letter: Letter | None = None


def answer(tx: Transaction, service: Service, told: Told) -> Reply:
    """What the sender is owed."""
    kind = KINDS.get(told.outcome)
    recipient = _recipient(tx, told)
    if kind is None or recipient is None or not compose.can_be_written_to(recipient):
        return Reply()
    if kind is LetterKind.NO_REPORT:
        files = [file for file in told.opened.files if not file.attachment.decoration]
        asked = asked_in(told.envelope, len(files))
        if asked is not None:
            kind, letter = take_request(tx, service, told.message, told.envelope, asked, _language(tx, told))
            return Reply(kind, replace(letter, not_before=due_time(tx, service, recipient)) if letter else None)
        if _says_again(tx, told, kind):
            return Reply()
    key = f"message/{told.message.id}/{kind}"
    now = service.clock()
    message_id = told.envelope.message_ids.make(key)
    mail = service.settings.mail
    rendered = render_letter(_facts(tx, service, told, kind), partial(finding_text, audience=Audience.CUSTOMER))
    subject = told.envelope.subject if recipient == told.envelope.sender.address else None
    mime = compose.compose(
        rendered,
        compose.Envelope(mail.display_name, mail.address, recipient, message_id, now.astimezone(TASHKENT)),
        compose.Thread(told.envelope.message_id, told.envelope.references, subject),
    )
    due = due_time(tx, service, recipient)
    language = "+".join(rendered.languages)
    return Reply(kind, Letter(key, kind, recipient, language, message_id, mime, answers=told.message.id, not_before=due))


def _says_again(tx: Transaction, told: Told, kind: LetterKind) -> bool:
    """Whether the message answers a letter of ours that said the same: by a person who read it, or by a program that shows no sign
    of being one and answers whatever comes. The same words once more help neither (docs/delivery.md, "Whom we answer")."""
    answered = outbox.letter_by_message_id(tx, (told.envelope.in_reply_to or "").strip())
    return answered is not None and answered.kind == kind


def _recipient(tx: Transaction, told: Told) -> str | None:
    """The sender where the receiving server vouches for him, an address of the register where it half does, else nobody."""
    envelope = told.envelope
    if envelope.automatic is not None or not envelope.sender.tier.may_be_answered:
        return None
    if envelope.sender.tier.may_accept or register.contracts_of_sender(tx, envelope.sender.address):
        return envelope.sender.address
    addresses = [address for each in told.judged if each.case.contract for address in each.case.contract.emails]
    return next(iter(addresses), None)


def _facts(tx: Transaction, service: Service, told: Told, kind: LetterKind) -> LetterFacts:
    neutral = any(not each.case.sender_linked for each in told.judged)
    return LetterFacts(
        kind=kind,
        number=letter_number(told.envelope.received_at, told.message.id),
        received_at=told.envelope.received_at,
        languages=languages_for(language_written(told.envelope, told.opened) if neutral else _language(tx, told)),
        utility=service.settings.mail.display_name,
        address=service.settings.mail.address,
        files=tuple(FileLine(a.name, a.sha256, a.size, a.fault) for a in (f.attachment for f in told.opened.files) if not a.decoration),
        reports=() if neutral else tuple(report_line(each) for each in told.judged),
        neutral=neutral and kind is LetterKind.RECEIPT,
        limit_bytes=service.settings.limits.attachment_bytes,
    )


def _language(tx: Transaction, told: Told) -> Language | None:
    """That of the contracts that the message is about, of mail without a report of those that its sender may speak for; where these are
    none or of several languages, the one that he wrote in."""
    contracts = [each.case.contract for each in told.judged]
    if not contracts:
        contracts = [register.contract(tx, number) for number in register.contracts_of_sender(tx, told.envelope.sender.address)]
    languages = {contract.language for contract in contracts if contract}
    return languages.pop() if len(languages) == 1 else language_written(told.envelope, told.opened)


def language_written(envelope: Envelope, opened: Opened) -> Language | None:
    """The language of the message, by its text, else by its subject."""
    return language_of(opened.message.text if opened.message else "") or language_of(envelope.subject)


def report_line(judged: Judged) -> ReportLine:
    """What a letter tells of one report and its decision."""
    report, case, decision = judged.report, judged.case, judged.decision
    period = case.period
    by_rule = {finding.rule: finding for finding in decision.findings}
    return ReportLine(
        outcome=decision.outcome,
        contract_number=case.contract_number,
        organization=case.contract.organization if case.contract else None,
        period=period,
        reading_date=date_of(report.reading_date),
        readings=tuple(reading_line(line) for line in report.meters),
        missing=_of(decision, Severity.INCOMPLETE),
        doubts=_of(decision, Severity.REVIEW),
        notes=_of(decision, Severity.NOTE),
        uncovered=tuple(by_rule["coverage"].values.get("serials", "").split(", ")) if "coverage" in by_rule else (),
        late_after=period.day(case.policy.deadline_day) if period and "late" in by_rule else None,
        correct_until=period.next().day(case.policy.period_closes_day) if period else None,
        original_until=period.next().day(case.policy.original_day) if period else None,
        earlier=_earlier(case),
        repairs=repair_lines((("contract_number", report.contract_number), ("reading_date", report.reading_date))),
    )


def _of(decision: Decision, severity: Severity) -> tuple[Finding, ...]:
    return tuple(f for f in decision.findings if f.severity is severity and f.rule not in TOLD_ELSEWHERE)


def _earlier(case: Case) -> Earlier | None:
    """The message that brought the same before, by the number that its own receipt gave."""
    same = case.same_file
    return Earlier(letter_number(same.received_at, same.message), same.received_at) if same and same.message is not None else None
