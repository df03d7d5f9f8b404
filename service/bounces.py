"""A bounce that arrives in the mailbox, matched to the letter that it brings back, and what it says of the address."""

from __future__ import annotations

import logging

from mailer.bounces import Bounce, Fate
from service.assembly import Service
from storage import addresses, outbox
from storage.addresses import Happening
from storage.database import Transaction
from storage.states import AddressEvent

log = logging.getLogger(__name__)


def note_bounce(tx: Transaction, service: Service, message: int, bounce: Bounce) -> None:
    """Writes down what a bounce says, in the transaction that decides its message.

    An address is dead where the letter went to it and nobody is there. Where the notification names another address, the first one
    passes its mail on, and lives.
    """
    letter = outbox.letter_by_message_id(tx, bounce.message_id)
    if letter is None:
        return
    passed_on = bounce.recipient not in ("", letter.recipient)
    event = AddressEvent.HARD if bounce.fate is Fate.HARD and not passed_on else AddressEvent.SOFT
    addresses.note(tx, Happening(letter.recipient, event, service.clock(), letter=letter.id, message=message, text=bounce.text))
    log.warning("message=%d a bounce of letter=%d: %s", message, letter.id, event)
