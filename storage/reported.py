"""What has come for a month, contract by contract: who owes a report, and what one lacked (docs/calendar.md, "Who is written to").

One set of queries answers for one contract or for all of them, so that the look before writing 30,000 letters and the look before
sending each of them cannot differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa

from metering.contracts import ContractStatus, Meter
from metering.decisions import Finding, Outcome, Severity, Source
from metering.periods import TASHKENT, Period
from metering.units import MeterKind
from storage.database import Transaction
from storage.standing import pending_superseded
from storage.states import EntryState, ReadingStatus
from storage.tables import cabinet_entries, contract_emails, contracts, decisions, meters, originals, readings, submissions

_REPORTED = (Outcome.ACCEPTED, Outcome.REVIEW)

# Made once: these are asked for each letter, and to put the conditions together takes longer than to ask.
_successor, _later = readings.alias("successor"), submissions.alias("later")
_COUNTS = (~sa.exists().where(_successor.c.corrects == readings.c.id).correlate(readings), ~pending_superseded())
_STANDS = ~sa.exists().where(_later.c.supersedes == submissions.c.id).correlate(submissions)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a contract stands for a period.

    meters: in service in it, by serial. missing: those of them without an accepted or pending report. reported: an accepted or
    pending report came electronically. original: the paper original is marked received. lacks: what the newest report lacked,
    where it was incomplete and nothing came since. heat_gcal: that the reports state for the contract's heat meters.
    """

    contract_number: str
    meters: tuple[Meter, ...]
    missing: tuple[Meter, ...]
    reported: bool = False
    original: bool = False
    lacks: tuple[Finding, ...] = ()
    heat_gcal: Decimal = Decimal(0)


def standings(tx: Transaction, period: Period, number: str | None = None) -> dict[str, Standing]:
    """Of each active contract with meters in service in the period, by number; of one contract where a number is given."""
    in_service = _meters_in_service(tx, period, number)
    covered = _covered(tx, period, number)
    wholly = _in_review_as_a_whole(tx, period, number, in_service)
    electronic = _electronic(tx, period, number) | wholly
    received = received_originals(tx, period, number)
    lacks = _lacks(tx, period, number)
    found = {}
    for each, of_contract in in_service.items():
        stated = covered.get(each, {})
        missing = () if each in wholly else tuple(meter for meter in of_contract if meter.serial not in stated)
        found[each] = Standing(
            contract_number=each,
            meters=of_contract,
            missing=missing,
            reported=each in electronic,
            original=each in received,
            lacks=lacks.get(each, ()) if missing else (),
            heat_gcal=sum((stated.get(meter.serial) or Decimal(0) for meter in of_contract if meter.kind is MeterKind.HEAT), Decimal(0)),
        )
    return found


def received_originals(tx: Transaction, period: Period, number: str | None = None) -> set[str]:
    """Contracts whose paper original of the period is marked received: of several marks the newest counts."""
    chosen = sa.select(originals.c.contract_number, originals.c.received).where(originals.c.period == period).order_by(originals.c.id)
    latest = dict(tx.execute(_only(chosen, originals.c.contract_number, number)).all())
    return {each for each, received in latest.items() if received}


def _meters_in_service(tx: Transaction, period: Period, number: str | None) -> dict[str, tuple[Meter, ...]]:
    chosen = sa.select(*(meters.c[name] for name in Meter.__slots__)).join(contracts, contracts.c.number == meters.c.contract_number)
    chosen = chosen.where(contracts.c.status == ContractStatus.ACTIVE).order_by(meters.c.contract_number, meters.c.serial)
    found: dict[str, tuple[Meter, ...]] = {}
    for row in tx.execute(_only(chosen, meters.c.contract_number, number)):
        meter = Meter(**row._mapping)
        if meter.bills_in(period):
            found[meter.contract_number] = (*found.get(meter.contract_number, ()), meter)
    return found


def _covered(tx: Transaction, period: Period, number: str | None) -> dict[str, dict[str, Decimal | None]]:
    """By contract the serials with a reading that stands or is pending, each with what it states in Gcal."""
    chosen = sa.select(readings.c.contract_number, readings.c.serial, readings.c.gcal)
    chosen = chosen.join(submissions, submissions.c.id == readings.c.submission)
    chosen = chosen.where(readings.c.period == period, readings.c.status != ReadingStatus.WITHDRAWN, *_COUNTS)
    # A stranger's sheet without a figure, such as our blank form that somebody's server sent back, says nothing.
    says_something = submissions.c.trusted | readings.c.index.is_not(None) | readings.c.consumption.is_not(None)
    in_review = (submissions.c.outcome == Outcome.REVIEW) & says_something
    chosen = chosen.where((readings.c.status == ReadingStatus.BOOKED) | in_review).order_by(readings.c.id)
    covered: dict[str, dict[str, Decimal | None]] = {}
    for row in tx.execute(_only(chosen, readings.c.contract_number, number)):
        covered.setdefault(row.contract_number, {})[row.serial] = row.gcal
    return covered


def _in_review_as_a_whole(tx: Transaction, period: Period, number: str | None, in_service: dict[str, tuple[Meter, ...]]) -> set[str]:
    """Contracts for which a report lies in review that does not say of which meters, of which month or even of which contract it
    is: a person is looking at it, so nobody is told that it is missing. So it is with an entry of the cabinet that waits."""
    opens, closes = (dt.datetime.combine(p.first_day, dt.time(), TASHKENT) for p in (period, period.next().next()))
    in_time = submissions.c.period.is_(None) & (submissions.c.received_at >= opens) & (submissions.c.received_at < closes)
    chosen = sa.select(submissions.c.contract_number, submissions.c.period, submissions.c.sender, submissions.c.meters).where(
        submissions.c.outcome == Outcome.REVIEW, _STANDS, (submissions.c.period == period) | in_time
    )
    chosen = chosen.where(submissions.c.trusted | submissions.c.contract_number.is_(None))
    if number is not None:
        chosen = chosen.where((submissions.c.contract_number == number) | submissions.c.contract_number.is_(None))
    found = set()
    speakers = None
    for row in tx.execute(chosen):
        if row.contract_number is None:
            speakers = _speakers(tx) if speakers is None else speakers
            spoken_for = speakers.get(row.sender or "", ())
            found.update(spoken_for if len(spoken_for) == 1 else ())
            continue
        serials = {meter.serial for meter in in_service.get(row.contract_number, ())}
        named = [meter.get("serial") for meter in row.meters]
        if row.period is None or not named or not all(serial in serials for serial in named):
            found.add(row.contract_number)
    unread = sa.select(cabinet_entries.c.contract_number).distinct()
    unread = unread.where(cabinet_entries.c.period == period, cabinet_entries.c.state != EntryState.SETTLED)
    return found | set(tx.scalars(_only(unread, cabinet_entries.c.contract_number, number)))


def _speakers(tx: Transaction) -> dict[str, tuple[str, ...]]:
    """The contracts of each address of the register."""
    found: dict[str, tuple[str, ...]] = {}
    for row in tx.execute(sa.select(contract_emails.c.address, contract_emails.c.contract_number)):
        found[row.address] = (*found.get(row.address, ()), row.contract_number)
    return found


def _electronic(tx: Transaction, period: Period, number: str | None) -> set[str]:
    """Contracts of which an accepted or pending report stands that came electronically, decided by staff or not."""
    from_paper = (submissions.c.source == Source.STAFF) & submissions.c.supersedes.is_(None)
    chosen = sa.select(submissions.c.contract_number).distinct()
    chosen = chosen.where(submissions.c.period == period, submissions.c.outcome.in_(_REPORTED), _STANDS, ~from_paper)
    return set(tx.scalars(_only(chosen, submissions.c.contract_number, number)))


def _lacks(tx: Transaction, period: Period, number: str | None) -> dict[str, tuple[Finding, ...]]:
    """What the newest incomplete report of each contract lacked."""
    chosen = sa.select(submissions.c.contract_number, decisions.c.findings).join(decisions, decisions.c.submission == submissions.c.id)
    chosen = chosen.where(submissions.c.period == period, submissions.c.outcome == Outcome.INCOMPLETE, _STANDS)
    rows: Iterable[sa.Row] = tx.execute(_only(chosen, submissions.c.contract_number, number).order_by(submissions.c.id))
    return {
        row.contract_number: tuple(
            Finding(each["rule"], Severity.INCOMPLETE, each.get("values", {}))
            for each in row.findings
            if each.get("severity") == Severity.INCOMPLETE.value
        )
        for row in rows
    }


def _only(chosen: sa.Select, column: sa.ColumnElement[str | None], number: str | None) -> sa.Select:
    return chosen if number is None else chosen.where(column == number)
