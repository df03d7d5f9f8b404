"""States that rows of the queues and of the ledger can be in (docs/storage.md, docs/delivery.md "States")."""

from __future__ import annotations

from enum import StrEnum


class MessageState(StrEnum):
    RECEIVED = "RECEIVED"
    WORKING = "WORKING"
    DECIDED = "DECIDED"
    QUARANTINED = "QUARANTINED"  # three deaths or timeouts: a person looks at it


class LetterState(StrEnum):
    READY = "READY"
    SENDING = "SENDING"
    SENT = "SENT"
    FAILED = "FAILED"  # given up: a person is told
    AMBIGUOUS = "AMBIGUOUS"  # no answer after the data began: it may have arrived
    CANCELLED = "CANCELLED"  # taken back before it left, or before it left again: by staff, or since it became untrue


class Phase(StrEnum):
    """How far a sending got: before DATA the server cannot have taken the letter, after it can."""

    PRE = "pre"
    DATA = "data"


class Priority(StrEnum):
    """Whose turn it is: answers before letters of our own accord, in the order of these values."""

    ANSWER = "1"
    CAMPAIGN = "2"


class AddressEvent(StrEnum):
    """What became known of an address."""

    HARD = "hard"  # a bounce, or a refusal: nobody is there
    SOFT = "soft"  # a letter came back, and the next one may not
    REVIVED = "revived"  # staff say that it works again
    UNSUBSCRIBED = "unsubscribed"  # no reminders for this contract
    SUBSCRIBED = "subscribed"  # again


class ReadingStatus(StrEnum):
    """What a row of `readings` is when it is written; what became of it is derived (storage/standing.py)."""

    BOOKED = "booked"
    PENDING = "pending"  # of a report in review or incomplete
    WITHDRAWN = "withdrawn"  # staff took the booked version back; the row repeats it and corrects it


class EntryState(StrEnum):
    """How far an entry of the cabinet is. There is no quarantine: what defeats the readers is settled for a person to look at."""

    WAITING = "waiting"  # its files are still to be read
    WORKING = "working"
    SETTLED = "settled"


class Face(StrEnum):
    """The two web faces: whose session it is."""

    STAFF = "staff"
    CUSTOMER = "customer"


class Role(StrEnum):
    """What a staff account may do: a reviewer decides on reports, an administrator besides looks after accounts and links."""

    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class ReviewState(StrEnum):
    """Whether a report still waits for a person."""

    OPEN = "open"
    CLOSED = "closed"
