"""What the sending duty works with, put together from the service: the way out, the rate of our own letters, and the last look at each."""

from __future__ import annotations

import datetime as dt

from mailer.outbox import Outgoing
from service.assembly import Service
from service.campaigns import objection
from service.delivery import Post
from storage.database import Transaction
from storage.outbox import LetterClaim


def post_of(service: Service, outgoing: Outgoing, owner: str) -> Post:
    """owner: name of the duty, unique among live ones."""
    settings = service.settings

    def why_not(tx: Transaction, claim: LetterClaim, now: dt.datetime) -> str | None:
        return objection(tx, settings, claim, now)

    return Post(
        database=service.database,
        outgoing=outgoing,
        clock=service.clock,
        sender=settings.mail.address,
        owner=owner,
        campaigns_per_minute=settings.calendar.letters_per_minute,
        objection=why_not,
    )
