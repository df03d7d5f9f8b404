"""When an answer may go: at once, or later where a budget is used up (docs/delivery-out.md, "Budgets")."""

from __future__ import annotations

import datetime as dt

from mailer.budgets import Budget, not_before
from service.assembly import Service
from storage import outbox, register
from storage.database import Transaction


def due_time(tx: Transaction, service: Service, recipient: str) -> dt.datetime:
    """To be asked in the transaction that owes the answer."""
    limits = service.settings.limits
    budget = Budget(limits.replies_per_address, len(register.contracts_of_sender(tx, recipient)), limits.replies_per_hour)
    return not_before(
        service.clock(),
        lambda since: outbox.replies_since(tx, recipient, since),
        lambda since: outbox.replies_total_since(tx, since),
        budget,
    )
