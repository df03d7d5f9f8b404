"""Mail that asks for a document: who may have it gets it, others learn of the cabinet (docs/documents.md, "Asked for by mail")."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, replace

from mailer import compose
from metering.contracts import Language
from metering.documents import DocumentKind
from parsers.document_requests import AskedDocument, asked_document
from service.assembly import Service
from service.budgets import due_time
from service.document_letters import answer_with, point_to_cabinet, tell_contract
from service.documents import NothingToIssue, Office, closed_through, issue, key_of, paper_of
from service.envelopes import Envelope
from storage import documents, outbox, register
from storage.database import Transaction
from storage.documents import DocumentRequest, IssuedDocument
from storage.messages import Message
from storage.outbox import Letter
from templates.document_letters import DOCUMENT, POINTER

ONCE_IN = dt.timedelta(hours=3)


def asked_in(envelope: Envelope, files: int) -> AskedDocument | None:
    """What a mail without a file asks for: with one it brings something, such as our own act back with a signature."""
    if files or any(envelope.message_ids.is_ours(each) for each in (envelope.references or "").split()):
        return None
    return asked_document(envelope.subject)


def take_request(
    tx: Transaction, service: Service, message: Message, envelope: Envelope, asked: AskedDocument, language: Language | None
) -> tuple[str | None, Letter | None]:
    """Notes what is to be issued for the sender, or gives the letter that points him to the cabinet: the kind of letter owed, and the
    letter where it is ready, in that language. The sender must be one who may be answered."""
    address = envelope.sender.address
    thread = compose.Thread(envelope.message_id, envelope.references, envelope.subject)
    wanted = _entitled(tx, service, envelope, asked)
    for number, kind in wanted:
        documents.ask(
            tx,
            DocumentRequest(message.id, number, kind, asked.last, address, asdict(thread), service.clock()),
        )
    if wanted:
        return DOCUMENT, None
    if documents.letters_since(tx, POINTER, address, service.clock() - ONCE_IN):
        return None, None
    letter = point_to_cabinet(tx, service, message.id, address, thread, language)
    return (POINTER, letter) if letter else (None, None)


def _entitled(tx: Transaction, service: Service, envelope: Envelope, asked: AskedDocument) -> list[tuple[str, DocumentKind]]:
    """Contracts and kinds: only of a sender whose server vouches for him, only of contracts that his address belongs to, and only
    what there is."""
    settings = service.settings
    if not envelope.sender.tier.may_accept or not settings.signature.configured:
        return []
    his = register.contracts_of_sender(tx, envelope.sender.address)
    named = [number for number in his if number in asked.numbers] if asked.numbers else list(his) if len(his) == 1 else []
    found = []
    last = asked.last or closed_through(tx)
    for number in named if last else ():
        for kind in asked.kinds:
            try:
                key = key_of(tx, kind, number, last, settings.documents.act_months)
                if documents.issued(tx, key) is None:
                    paper_of(tx, service, key)
            except NothingToIssue:
                continue
            found.append((number, kind))
    return found


def answer_requests(office: Office) -> int:
    """Issues and owes what was asked for; returns how many were answered. What fails stays and is tried again."""
    service = office.service
    with service.database.reading() as tx:
        waiting = documents.open_requests(tx)
    for request in waiting:
        _answer(office, request)
    return len(waiting)


def _answer(office: Office, request: DocumentRequest) -> None:
    """The others of the contract, who have not asked, are told where the document is one that they are sent unasked: it was only
    issued some minutes before its turn."""
    service = office.service
    with service.database.transaction() as tx:
        closed = closed_through(tx)
        last = request.last or closed
        try:
            key = key_of(tx, request.kind, request.contract_number, last, service.settings.documents.act_months) if last else None
        except NothingToIssue:
            key = None
    due = key is not None and key.last == closed and key.kind in service.settings.documents.automatic

    def told(tx: Transaction, document: IssuedDocument, pdf: bytes) -> None:
        if due:
            tell_contract(tx, service, document, pdf, besides=request.recipient)

    try:
        document = issue(replace(office, told=told), key) if key else None
    except NothingToIssue:
        document = None
    with service.database.transaction() as tx:
        if not documents.mark_answered(tx, request.id, service.clock()):
            return
        if document is None:  # what was there when it was asked for is there no more
            thread = compose.Thread(**request.thread)
            letter = point_to_cabinet(tx, service, request.message, request.recipient, thread, None)
        else:
            letter = answer_with(tx, service, request, document, service.blobs.get(document.sha256))
        if letter is not None:
            outbox.owe(tx, replace(letter, not_before=due_time(tx, service, request.recipient)), service.clock())
