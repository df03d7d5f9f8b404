"""Letters that carry documents: to every address of a contract as they are issued, and to who asked for one."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from mailer import compose
from metering.contracts import Language
from metering.periods import TASHKENT
from service.assembly import Service
from service.envelopes import message_ids
from storage import addresses, outbox, register
from storage.database import Transaction
from storage.documents import DocumentRequest, IssuedDocument
from storage.outbox import Letter
from storage.states import Priority
from templates import sums
from templates.document_letters import DOCUMENT, POINTER, DocumentLetterFacts, PointerFacts, render_document_letter, render_pointer
from templates.letters import RenderedLetter, languages_for


def tell_contract(tx: Transaction, service: Service, document: IssuedDocument, pdf: bytes, besides: str = "") -> int:
    """Owes the document to each address of its contract that is not dead, behind the answers of the day; returns how many.

    besides: the address that gets it anyhow."""
    contract = register.contract(tx, document.key.contract_number)
    owed = 0
    for address in contract.emails if contract else ():
        if address.lower() == besides.lower() or addresses.is_dead(tx, address):
            continue
        whose = hashlib.sha256(address.encode()).hexdigest()[:12]
        rendered = _document(service, document, asked=False)
        letter = _letter(tx, service, f"document/{document.id}/{whose}", DOCUMENT, address, rendered, enclosed=_enclosed(document, pdf))
        if letter is not None and outbox.owe(tx, replace(letter, priority=Priority.CAMPAIGN), service.clock()) is not None:
            owed += 1
    return owed


def answer_with(tx: Transaction, service: Service, request: DocumentRequest, document: IssuedDocument, pdf: bytes) -> Letter | None:
    """The document for who asked for it, in his thread."""
    rendered = _document(service, document, asked=True)
    key = f"message/{request.message}/{DOCUMENT}/{document.id}"
    thread = compose.Thread(**request.thread)
    return _letter(tx, service, key, DOCUMENT, request.recipient, rendered, thread, _enclosed(document, pdf), request.message)


def point_to_cabinet(
    tx: Transaction, service: Service, message: int, recipient: str, thread: compose.Thread, language: Language | None
) -> Letter | None:
    """The same words for everybody who is not to have a document by mail."""
    mail = service.settings.mail
    facts = PointerFacts(service.settings.web.base_url, languages_for(language), mail.display_name, mail.address)
    return _letter(tx, service, f"message/{message}/{POINTER}", POINTER, recipient, render_pointer(facts), thread, answers=message)


def _document(service: Service, document: IssuedDocument, *, asked: bool) -> RenderedLetter:
    mail, key = service.settings.mail, document.key
    facts = DocumentLetterFacts(
        kind=key.kind,
        number=key.number,
        contract_number=key.contract_number,
        first=key.first,
        last=key.last,
        total=sums.money(abs(document.total)),
        owes=document.total > 0,
        settled=document.total == 0,
        asked=asked,
        verification=f"{service.settings.web.base_url}/verify/{document.code}",
        cabinet=service.settings.web.base_url,
        languages=(document.language,),
        utility=mail.display_name,
        address=mail.address,
    )
    return render_document_letter(facts)


def _enclosed(document: IssuedDocument, pdf: bytes) -> tuple[compose.Enclosed, ...]:
    return (compose.Enclosed(document.key.file_name, "application/pdf", pdf),)


def _letter(
    tx: Transaction,
    service: Service,
    key: str,
    kind: str,
    recipient: str,
    rendered: RenderedLetter,
    thread: compose.Thread | None = None,
    enclosed: tuple[compose.Enclosed, ...] = (),
    answers: int | None = None,
) -> Letter | None:
    """None where the address is none that SMTP can name."""
    if not compose.can_be_written_to(recipient):
        return None
    mail, now = service.settings.mail, service.clock()
    message_id = message_ids(tx, service).make(key)
    envelope = compose.Envelope(mail.display_name, mail.address, recipient, message_id, now.astimezone(TASHKENT))
    mime = compose.compose(rendered, envelope, thread, enclosed)
    return Letter(key, kind, recipient, "+".join(rendered.languages), message_id, mime, answers=answers)
