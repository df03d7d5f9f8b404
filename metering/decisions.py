"""What is decided about a report: everything a rule may look at, its findings, and the outcome."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from metering.contracts import AcceptedIndex, Contract, Meter
from metering.periods import Period
from metering.reports import Report
from metering.senders import Sender
from metering.units import Unit


class Outcome(StrEnum):
    """Fate of a report or a message, in no order; the precedence is in docs/formats.md and validation/rulebook.py."""

    IGNORED = "ignored"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    NO_REPORT = "no_report"
    DUPLICATE = "duplicate"
    REVIEW = "review"
    INCOMPLETE = "incomplete"
    ACCEPTED = "accepted"


class Severity(StrEnum):
    """What a finding means for the outcome. No severity refuses: a person does."""

    INCOMPLETE = "incomplete"
    REVIEW = "review"
    NOTE = "note"


class Source(StrEnum):
    """Where a submission came from."""

    EMAIL = "email"
    CABINET = "cabinet"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found. `values` fill the blanks of the rule's text in templates/, keyed by the rule's id."""

    rule: str
    severity: Severity
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """Outcome of one report with all findings, in the rulebook's order."""

    outcome: Outcome
    findings: tuple[Finding, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """The ids of the rules that found something, each once, in order."""
        return tuple(dict.fromkeys(f.rule for f in self.findings))


@dataclass(frozen=True, slots=True)
class BookedReading:
    """A reading that already stands in the ledger for a meter and period (the current version of its chain)."""

    serial: str
    period: Period
    reading_date: dt.date
    index: Decimal | None
    consumption: Decimal | None
    unit: Unit
    outcome: Outcome  # the outcome of the submission that booked it
    source: Source
    submission: int
    trusted: bool  # False when it came from tier C or a sender without a link: it makes nothing a duplicate


@dataclass(frozen=True, slots=True)
class MeterRecord:
    """A meter of the register with what the ledger knows of it. `consumptions`: recent accepted ones, oldest first, by period."""

    meter: Meter
    last_accepted: AcceptedIndex | None = None
    conflicting_last: AcceptedIndex | None = None  # another value of the same date: a finding for review
    consumptions: tuple[tuple[Period, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierSubmission:
    """An earlier submission with the same file from the same sender, whose outcome still stands."""

    submission: int
    outcome: Outcome
    received_at: dt.datetime
    message: int | None = None  # that it came in; none from the cabinet


class PolicyDays(NamedTuple):
    """The days of a month that the contracts and the announcement set."""

    deadline_day: int
    period_closes_day: int
    original_day: int


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings that rules look at (docs/rules.md). changes: (first period, its days), oldest first; a rule is given `of(period)`."""

    deadline_day: int = 25  # inclusive, Asia/Tashkent
    period_closes_day: int = 10  # of the next month, by the time of receipt
    load_factor: Decimal = Decimal("1.2")
    index_tolerance: Decimal = Decimal("0.01")
    original_day: int = 10  # of the next month (announcement 3.4)
    changes: tuple[tuple[Period, PolicyDays], ...] = ()

    def of(self, period: Period | None) -> Policy:
        """The policy with the days that hold for a period; for none its own."""
        days = [days for since, days in self.changes if period is not None and since <= period]
        return replace(self, **days[-1]._asdict()) if days else self


class BoundBy(StrEnum):
    """How a report was tied to its contract."""

    PAGE = "page"
    MAIL = "mail"
    SERIALS = "serials"


@dataclass(frozen=True, slots=True)
class Case:
    """All that a rule may look at besides the report itself. `now` of every rule is `received_at`.

    contract: None when the number is unknown or nothing names a contract; contract_number is what was named.
    meters: the contract's billing meters, by serial. strangers: serials on the page that belong to another contract, with its number.
    booked: readings of this contract and period that stand in the ledger, by serial.
    sender_linked: the sender's address may speak for this contract (register or staff-approved link).
    form_code_invalid: a code on the page says that it is our report form's, and its seal is not ours.
    beside: the other reports of the same message.
    files_attached, attached: how many files came beside typed values, and what was read from them.
    """

    source: Source
    received_at: dt.datetime
    sender: Sender | None
    sender_linked: bool
    contract_number: str | None
    bound_by: BoundBy | None
    contract: Contract | None
    period: Period | None
    meters: dict[str, MeterRecord] = field(default_factory=dict)
    strangers: dict[str, str] = field(default_factory=dict)
    booked: dict[str, BookedReading] = field(default_factory=dict)
    same_file: EarlierSubmission | None = None
    mail_contract_numbers: tuple[str, ...] = ()
    automatic: bool = False
    beside: tuple[Report, ...] = ()
    form_code_invalid: bool = False
    files_attached: int = 0
    attached: tuple[Report, ...] = ()
    policy: Policy = Policy()
