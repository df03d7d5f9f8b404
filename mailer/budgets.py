"""How often we answer: when a letter may go at the earliest, and when answers outrun the mail (docs/delivery-out.md, "Budgets")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

ADDRESS_WINDOW = dt.timedelta(hours=3)
_MINUTE = dt.timedelta(minutes=1)
_HOUR = dt.timedelta(hours=1)

#: Answers due at that time or later, those that still wait for their turn included.
CountSince = Callable[[dt.datetime], int]


@dataclass(frozen=True, slots=True)
class Budget:
    """per_address: answers to one address in 3 hours; linked_contracts: of that address, each allows one more;
    per_hour: answers to everybody in a clock hour."""

    per_address: int = 10
    linked_contracts: int = 0
    per_hour: int = 5000


def not_before(now: dt.datetime, to_address: CountSince, to_all: CountSince, budget: Budget) -> dt.datetime:
    """When the next answer may go: `now`, or later where a budget is used up. A letter waits, it is never dropped.

    The counts are to be taken in the transaction that inserts the letter, or two of them share one place.
    """
    return _room_for_all(_room_for_address(now, to_address, budget), to_all, budget.per_hour)


def _room_for_address(now: dt.datetime, count_since: CountSince, budget: Budget) -> dt.datetime:
    """The first minute at which fewer than the budget are due in the 3 hours before it or later: one address queues for itself."""
    allowed = max(1, budget.per_address + budget.linked_contracts)

    def full(minutes: int) -> bool:
        return count_since(now + minutes * _MINUTE - ADDRESS_WINDOW) >= allowed

    if not full(0):
        return now
    late = 1
    while full(late):
        late *= 2
    early = late // 2
    while late - early > 1:
        middle = (early + late) // 2
        early, late = (middle, late) if full(middle) else (early, middle)
    return now + late * _MINUTE


def _room_for_all(wanted: dt.datetime, count_since: CountSince, per_hour: int) -> dt.datetime:
    """The first clock hour with room. Hours are counted each for itself: one flooding address, whose letters wait for days,
    takes room in its own hours and must not make everybody wait."""
    hour = wanted.replace(minute=0, second=0, microsecond=0)
    while count_since(hour) - count_since(hour + _HOUR) >= max(1, per_hour):
        hour += _HOUR
    return max(wanted, hour)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts at one moment: answers owed so far, messages kept so far, and messages not yet decided."""

    replies: int
    messages: int
    undecided: int


def replies_outrun_mail(then: Tally, now: Tally, slack: int = 100) -> bool:
    """Whether between two moments more answers were written than messages can have asked for: a loop of our own making."""
    return now.replies - then.replies > (now.messages - then.messages) + then.undecided + slack
