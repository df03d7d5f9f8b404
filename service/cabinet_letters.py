"""Letters that the cabinet owes: the receipt for an entry, and word of what happened to an account (docs/letters.md, "Kinds")."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import partial

from mailer import compose
from metering.contracts import Contract
from metering.periods import TASHKENT
from service.answers import Judged, report_line
from service.assembly import Service
from service.envelopes import message_ids
from storage import outbox, register
from storage.database import Transaction
from storage.entries import Entry
from storage.outbox import Letter
from templates.account_letters import KIND, AccountEvent, AccountFacts, render_account_letter
from templates.findings import Audience, finding_text
from templates.letters import FileLine, LetterFacts, LetterKind, RenderedLetter, render_letter


def receipt(tx: Transaction, service: Service, entry: Entry, judged: Judged) -> Letter | None:
    """To the contract's first address; None where it has none. In the language in which it was typed."""
    contract = judged.case.contract
    if contract is None or not contract.emails:
        return None
    mail = service.settings.mail
    facts = LetterFacts(
        kind=LetterKind.RECEIPT,
        number=entry.number,
        received_at=entry.received_at,
        languages=(entry.language,),
        utility=mail.display_name,
        address=mail.address,
        files=tuple(FileLine(file.name, file.sha256, file.size) for file in entry.files),
        reports=(report_line(judged),),
        limit_bytes=service.settings.limits.attachment_bytes,
        cabinet=True,
    )
    rendered = render_letter(facts, partial(finding_text, audience=Audience.CUSTOMER))
    return _letter(tx, service, f"entry/{entry.id}/receipt", LetterKind.RECEIPT, contract.emails[0], rendered)


def tell_of_account(tx: Transaction, service: Service, contract_number: str, event: AccountEvent, until: dt.datetime | None = None) -> int:
    """Owes a letter about the account to each address of the contract; returns how many. Of a lock they are told once a day."""
    contract = register.contract(tx, contract_number)
    if contract is None:
        return 0
    now = service.clock()
    facts = _account_facts(service, contract, event, now, until)
    rendered = render_account_letter(facts)
    moment = f"{now.astimezone(TASHKENT):%Y-%m-%d}" if event is AccountEvent.LOCKED else now.isoformat()
    owed = 0
    for address in contract.emails:
        whose = hashlib.sha256(address.encode()).hexdigest()[:12]
        letter = _letter(tx, service, f"account/{contract_number}/{event}/{moment}/{whose}", KIND, address, rendered)
        if letter is not None and outbox.owe(tx, letter, now) is not None:
            owed += 1
    return owed


def reset_letter_text(tx: Transaction, service: Service, contract: Contract, until: dt.datetime) -> str:
    """What each address of the contract would be told of a reset, as staff see it before."""
    return render_account_letter(_account_facts(service, contract, AccountEvent.PASSWORD_RESET, service.clock(), until)).text


def _account_facts(service: Service, contract: Contract, event: AccountEvent, now: dt.datetime, until: dt.datetime | None) -> AccountFacts:
    mail = service.settings.mail
    base = service.settings.web.base_url
    return AccountFacts(event, now, contract.number, (contract.language,), mail.display_name, mail.address, base, until)


def _letter(tx: Transaction, service: Service, key: str, kind: str, recipient: str, rendered: RenderedLetter) -> Letter | None:
    """None where the address is none that SMTP can name."""
    if not compose.can_be_written_to(recipient):
        return None
    mail = service.settings.mail
    message_id = message_ids(tx, service).make(key)
    now = service.clock().astimezone(TASHKENT)
    mime = compose.compose(rendered, compose.Envelope(mail.display_name, mail.address, recipient, message_id, now), None)
    return Letter(key, kind, recipient, "+".join(rendered.languages), message_id, mime)
