"""Who sent a message, when it came, whether it may be answered, and whether it can hold anything new."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from mailer.authentication import judge_sender
from mailer.automatic import automatic_reason
from mailer.bounces import Bounce, brings_back, read_bounce
from mailer.message_ids import MessageIds
from mailer.received import received_at
from metering.messages import Opened, OpenedMessage
from metering.senders import Sender
from parsers.requisites.contracts import contract_numbers_in
from service.assembly import Service
from storage import facts, standing
from storage.database import Transaction
from storage.messages import Message


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is known of a message before its files are read.

    automatic: why it must not be answered, None if a person seems to have written it;
    holds_nothing_new: our own letter come back, or a message kept before: it is not read at all; bounce: what it says of a letter of
    ours that it brings back;
    contract_numbers: named in the subject or the text; in_reply_to: the Message-ID of the letter that it answers.
    """

    sender: Sender
    received_at: dt.datetime
    automatic: str | None
    holds_nothing_new: bool
    subject: str
    message_id: str | None
    in_reply_to: str | None
    references: str | None
    content_sha256: str
    contract_numbers: tuple[str, ...]
    message_ids: MessageIds
    bounce: Bounce | None = None


def address(opened: Opened, kept: Message, service: Service) -> Envelope:
    """Reads the outer headers of an opened message (docs/delivery.md)."""
    message = opened.message or OpenedMessage((), "", ())
    mail = service.settings.mail
    sender = judge_sender(message.headers, mail.authserv_id, mail.trusted_hosts)
    subject = message.header("Subject") or ""
    with service.database.transaction() as tx:
        ids = message_ids(tx, service)
        known = standing.content_known(tx, message.content_sha256, kept.raw_sha256, kept.id)
    automatic = automatic_reason(message.headers, sender, mail.address, ids.is_ours)
    own = sender.address == mail.address.lower()
    # A returned letter brings its enclosed form back, which must not be taken for a report.
    returned = automatic is not None and brings_back(message.returned, ids.is_ours)
    bounce = None if automatic is None or known or own else read_bounce(message.headers, message.text, message.returned, ids.is_ours)
    return Envelope(
        sender=sender,
        received_at=kept.received_at or kept.internal_date or received_at(message.headers, mail.trusted_hosts, service.clock()),
        automatic=automatic,
        holds_nothing_new=known or own or returned or bounce is not None,
        subject=subject,
        message_id=message.header("Message-ID"),
        in_reply_to=message.header("In-Reply-To"),
        references=message.header("References"),
        content_sha256=message.content_sha256,
        contract_numbers=contract_numbers_in(f"{subject}\n{message.text}"),
        message_ids=ids,
        bounce=bounce,
    )


def message_ids(tx: Transaction, service: Service) -> MessageIds:
    """Our Message-IDs, under the key of the settings, else under one that this instance made for itself."""
    given = service.settings.secrets.message_id_key
    if given is not None:
        key = given.get_secret_value()
    else:
        key = facts.secret_of_instance(tx, "message_id_key")
    return MessageIds(key.encode(), service.settings.mail.address.rpartition("@")[2])
