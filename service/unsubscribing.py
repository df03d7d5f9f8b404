"""Ends reminders for an address and contract, by the sealed mark in the address that a letter names (docs/calendar.md, "The letters")."""

from __future__ import annotations

from dataclasses import dataclass

from metering.schedule import MAY_BE_UNSUBSCRIBED
from service.assembly import Service
from service.campaign_letters import UNSUBSCRIBE
from service.envelopes import message_ids
from storage import addresses, audit, campaigns, outbox
from storage.addresses import Happening
from storage.database import Transaction
from storage.states import AddressEvent


@dataclass(frozen=True, slots=True)
class Subscription:
    """Whose reminders a mark is about. ended: they were unsubscribed."""

    address: str
    contract_number: str
    letter: int
    ended: bool


def subscription_of(tx: Transaction, service: Service, mark: str) -> Subscription | None:
    """None for a mark that we did not make, or that stands for a letter of which one cannot be rid."""
    message_id = message_ids(tx, service).marked(mark, UNSUBSCRIBE)
    letter = outbox.letter_by_message_id(tx, message_id) if message_id else None
    cause = campaigns.cause_of_letter(tx, letter.id) if letter else None
    if letter is None or cause is None or cause.campaign not in MAY_BE_UNSUBSCRIBED:
        return None
    ended = addresses.is_unsubscribed(tx, letter.recipient, cause.contract_number)
    return Subscription(letter.recipient, cause.contract_number, letter.id, ended)


def set_subscription(service: Service, mark: str, ended: bool) -> Subscription | None:
    """Ends the reminders, or lets them come again; the same twice changes nothing. None as above."""
    now = service.clock()
    with service.database.transaction() as tx:
        found = subscription_of(tx, service, mark)
        if found is None or found.ended is ended:
            return found
        event = AddressEvent.UNSUBSCRIBED if ended else AddressEvent.SUBSCRIBED
        addresses.note(tx, Happening(found.address, event, now, "customer", found.contract_number, found.letter))
        audit.write(tx, audit.Entry(now, "customer", f"reminders {event}", f"contract {found.contract_number}", {"letter": found.letter}))
    return Subscription(found.address, found.contract_number, found.letter, ended)
