"""What one piece of work hands to the ledger's writer: submissions with their readings, a message's fate, the letters owed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from metering.decisions import BoundBy, Decision, Outcome, Source
from metering.periods import Period
from metering.reports import Report
from metering.reviews import ReviewOrder
from metering.units import MeterKind, Unit
from storage.messages import Claim
from storage.outbox import Letter


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """A file that a submission was read from, as the sender named it."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class NewReading:
    """What a submission states of one meter, None where it states nothing.

    index, previous, consumption: in `unit`; the texts are exactly the digits that were read.
    """

    serial: str | None
    kind: MeterKind | None
    unit: Unit | None
    reading_date: dt.date | None
    index: Decimal | None
    previous: Decimal | None
    consumption: Decimal | None
    index_text: str | None = None
    previous_text: str | None = None
    consumption_text: str | None = None


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """One report and what was decided about it.

    message, part: of an email, its id and which of its reports this is, from 1; cabinet_id: of a cabinet submission.
    contract_number, period, reading_date: as bound and read, None where unknown. trusted: False for tier C and for a
    sender without a link to the contract. supersedes: the earlier submission in whose place this one comes: needed
    to book another value over a booked one. report: None where values were typed in.
    """

    source: Source
    decision: Decision
    received_at: dt.datetime
    readings: tuple[NewReading, ...]
    contract_number: str | None = None
    period: Period | None = None
    reading_date: dt.date | None = None
    message: int | None = None
    part: int = 1
    cabinet_id: str | None = None
    bound_by: BoundBy | None = None
    sender: str | None = None
    trusted: bool = True
    supersedes: int | None = None
    files: tuple[SubmittedFile, ...] = ()
    report: Report | None = None
    withdraws: bool = False  # staff: takes the booked readings of `supersedes` and `corrects` back
    corrects: frozenset[int] = frozenset()  # staff: further submissions over whose booked readings this one comes, as the person saw them
    restores: bool = False  # staff: what `supersedes` booked gives way to what stood before it
    review: ReviewOrder | None = None  # that a person is to look at it


@dataclass(frozen=True, slots=True)
class Fate:
    """How a message ends. outcome: of the whole message; reply: the kind of letter owed to the sender, or None;
    reasons: rule ids; content_sha256, sender, message_id (the header): as opened, None where it could not be."""

    outcome: Outcome
    reply: str | None
    reasons: tuple[str, ...]
    received_at: dt.datetime
    content_sha256: str | None = None
    sender: str | None = None
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """All that one piece of work changes. claim and fate: of an email, together; neither for cabinet and staff.
    submissions: those that were not yet recorded in this transaction; actor: a person, or `hisobot`."""

    at: dt.datetime
    submissions: tuple[NewSubmission, ...] = ()
    letters: tuple[Letter, ...] = ()
    claim: Claim | None = None
    fate: Fate | None = None
    actor: str = "hisobot"


@dataclass(frozen=True, slots=True)
class Settled:
    """Ids of the new rows, in the settlement's order; a letter whose key existed is None."""

    submissions: tuple[int, ...]
    letters: tuple[int | None, ...]
