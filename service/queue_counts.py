"""What the queue tells beside its rows and need not be of this second: how often each reason, and what the audits found."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from service.assembly import Service
from service.counted import Counts
from storage import review_queue, reviews
from storage.database import Transaction

_FRESH = dt.timedelta(seconds=15)
_AUDIT_SINCE = dt.timedelta(days=92)


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """reasons: (rule, how many that are open), the most frequent first; audits, differing: of the last three months, and of these those
    in which the person changed something."""

    reasons: tuple[tuple[str, int], ...]
    audits: int
    differing: int


def queue_counts_of(service: Service) -> Counts[None, QueueCounts]:
    def count(tx: Transaction, _: None) -> QueueCounts:
        return QueueCounts(tuple(review_queue.reason_counts(tx)), *reviews.disagreement(tx, service.clock() - _AUDIT_SINCE))

    return Counts(service, _FRESH, count)
