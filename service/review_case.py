"""Everything that a person sees of one report, and what the rules say of it with what he typed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from metering.contracts import Contract
from metering.decisions import BookedReading, Case, Decision, Finding, MeterRecord, Outcome, Severity, Source
from metering.reports import Report
from metering.reviews import ReviewKind
from service.assembly import Service
from service.binding import Arrival, Known, look_up
from service.review_values import Typed, report_of, type_over, with_unread_meters
from storage import outbox, register, reviews, standing, submissions
from storage.database import Transaction
from storage.reviews import Review
from storage.submissions import StoredSubmission
from validation import attachments, requisites, senders
from validation.rulebook import judge
from validation.values import number_of, reading_date_of, serial_of

_OF_THE_ARRIVAL = frozenset(rule.id for rule in (*senders.RULES, *requisites.RULES, *attachments.RULES))


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """report: as it was read, and behind its lines one for each meter of the contract that it does not name (from `read_lines` on)."""

    review: Review
    stored: StoredSubmission
    report: Report
    read_lines: int
    contract: Contract | None
    meters: dict[str, MeterRecord]
    others: tuple[StoredSubmission, ...]
    booked: dict[str, BookedReading]
    letter_to: str | None

    @property
    def found_as_it_came(self) -> tuple[Finding, ...]:
        """What was found of how the report came: its sender, its requisites on paper, the files beside typed values. No value that a
        person types settles that: it stays before him until he decides."""
        return tuple(finding for finding in self.stored.findings if finding.rule in _OF_THE_ARRIVAL)

    @property
    def booked_by_others(self) -> dict[str, BookedReading]:
        """What stands for the month and is not of this very report."""
        return {serial: reading for serial, reading in self.booked.items() if reading.submission != self.stored.id}

    @property
    def booked_elsewhere(self) -> tuple[int, ...]:
        """Submissions whose booked readings an acceptance would correct."""
        return tuple(sorted({b.submission for b in self.booked_by_others.values() if b.outcome is Outcome.ACCEPTED}))

    @property
    def known(self) -> Known | None:
        """For a page, which need not ask for it again."""
        return Known(self.contract, self.meters, self.stored.period, self.booked) if self.contract else None


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What was typed, and the rules' decision on it; faults: what forbids booking, by field (templates/pages/texts/desk.*.toml, fault)."""

    typed: Typed
    case: Case
    decision: Decision
    faults: dict[str, str]

    @property
    def report(self) -> Report:
        return self.typed.report

    @property
    def doubts(self) -> frozenset[str]:
        """A mark for each finding for which a person is needed; it changes with the values that are in doubt."""
        found = (f for f in self.decision.findings if f.severity is Severity.REVIEW)
        said = (json.dumps([f.rule, sorted(f.values.items())], ensure_ascii=False) for f in found)
        return frozenset(hashlib.sha256(each.encode()).hexdigest()[:12] for each in said)


def load_case(tx: Transaction, submission: int) -> ReviewCase | None:
    """None if this submission never waited for a person."""
    review = reviews.show(tx, submission)
    stored = submissions.stored(tx, submission)
    if review is None or stored is None:
        return None
    report = report_of(stored)
    number = stored.contract_number
    contract = register.contract(tx, number) if number else None
    meters = register.meters_of(tx, number, besides=stored.period) if contract and number else {}
    others = submissions.others_of_month(tx, submission, number, stored.period) if number and stored.period else []
    booked = standing.booked(tx, number, stored.period) if number and stored.period else {}
    complete = with_unread_meters(report, meters)
    return ReviewCase(
        review, stored, complete, len(report.meters), contract, meters, tuple(others), booked, letter_recipient(tx, stored, contract)
    )


def letter_recipient(tx: Transaction, stored: StoredSubmission, contract: Contract | None) -> str | None:
    """Whom a decision is told: who got the receipt; where nobody did, the contract's first address; else nobody."""
    if stored.message is not None:
        answered = outbox.answered_to(tx, stored.message)
        if answered is not None:
            return answered
    return contract.emails[0] if contract is not None and contract.emails else None


def recheck(tx: Transaction, service: Service, case: ReviewCase, form: Mapping[str, str], known: Known | None = None) -> Rechecked:
    """The rules' word on the report as the person has it now. known: of a page; without it the contract is locked and read anew."""
    typed = type_over(case.report, form)
    arrival = Arrival(Source.STAFF, case.stored.received_at)
    report, looked_up = look_up(tx, typed.report, arrival, service.settings.rules.policy(), known)
    report = replace(typed.report, meters=tuple(_known_kind(line, looked_up) for line in typed.report.meters))
    if case.review.kind is not ReviewKind.AUDIT:  # what waits of this very report is no second version of it
        others = {serial: b for serial, b in looked_up.booked.items() if b.submission != case.stored.id}
        looked_up = replace(looked_up, booked=others)
    decision = judge(report, looked_up)
    faults = {**_what_forbids(report, looked_up), **_of_an_audit(case, looked_up, report), **typed.faults}
    return Rechecked(replace(typed, report=report), looked_up, decision, faults)


def _of_an_audit(case: ReviewCase, looked_up: Case, report: Report) -> dict[str, str]:
    """What is booked already is booked for a contract, a month and meters: whoever finds one of these wrong returns the report,
    which takes the readings back. Only values are corrected in place."""
    if case.review.kind is not ReviewKind.AUDIT:
        return {}
    faults = {}
    if looked_up.contract_number != case.stored.contract_number:
        faults["contract_number"] = "booked_for_another"
    if looked_up.period != case.stored.period:
        faults["period"] = "booked_for_another"
    if {meter["serial"] for meter in case.stored.meters} != {serial_of(line) for line in report.meters}:
        faults["serial.1"] = "booked_for_another"
    return faults


def _known_kind(line, case: Case):
    record = case.meters.get(serial_of(line) or "")
    return line if line.kind is not None or record is None else replace(line, kind=record.meter.kind)


def _what_forbids(report: Report, case: Case) -> dict[str, str]:
    """The ledger books only a reading whose meter, day, unit and value are known."""
    faults = {}
    if case.contract is None:
        faults["contract_number"] = "contract_unknown"
    if case.period is None:
        faults["period"] = "period_missing"
    if not report.meters:
        faults["lines"] = "no_lines"
    seen: set[str] = set()
    for place, line in enumerate(report.meters, 1):
        serial = serial_of(line)
        if serial is None or (case.contract is not None and serial not in case.meters):
            faults[f"serial.{place}"] = "serial_unknown"
        elif serial in seen:
            faults[f"serial.{place}"] = "serial_twice"
        seen.add(serial or "")
        if reading_date_of(line, report) is None:
            faults[f"reading_date.{place}"] = "date_missing"
        if line.unit is None:
            faults[f"unit.{place}"] = "unit_missing"
        if number_of(line.current) is None and number_of(line.consumption) is None:
            faults[f"current.{place}"] = "value_missing"
    return faults
