"""Step 6, look up: which contract a report is about, and all that a rule may look at.

The number on the page comes first, then a number in the subject or the text of the mail, then the
serials of the meters. The sender's address never proves the contract: it only has to be one that may
speak for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from metering.contracts import Contract
from metering.decisions import BookedReading, BoundBy, Case, MeterRecord, Policy, Source
from metering.periods import TASHKENT, Period
from metering.reports import Report
from metering.senders import Sender
from service.form_codes import weigh_codes
from storage import ledger, register, standing
from storage.database import Transaction
from validation.evidence import choose, weigh_contract, weigh_date, weigh_meters
from validation.values import period_of


@dataclass(frozen=True, slots=True)
class Arrival:
    """How and when a report came: what look-up needs to know besides the report."""

    source: Source
    received_at: dt.datetime
    sender: Sender | None = None
    automatic: bool = False
    contract_numbers: tuple[str, ...] = ()  # named in the subject or the text of the mail
    files: tuple[str, ...] = ()  # SHA-256 of the files the report was read from
    beside: tuple[Report, ...] = ()  # the other reports of the same message
    files_attached: int = 0  # beside typed values
    attached: tuple[Report, ...] = ()  # what was read from them


@dataclass(frozen=True, slots=True)
class Known:
    """What a page has read of a contract already and need not ask again. It writes nothing: nothing is locked for it.
    booked: of `period`."""

    contract: Contract
    meters: dict[str, MeterRecord]
    period: Period | None
    booked: dict[str, BookedReading]


def weigh_by_register(tx: Transaction, report: Report) -> Report:
    """The report weighed against the register alone: what `hisobot extract --register` prints."""
    report, _ = weigh_codes(tx, report)
    report, number, bound_by = _bind(tx, report, ())
    return _weigh(tx, report, number, bound_by)[0]


def look_up(tx: Transaction, report: Report, arrival: Arrival, policy: Policy, known: Known | None = None) -> tuple[Report, Case]:
    """The report, weighed against the register, and its case. Nothing is ever put into a report that was not read there."""
    report, forged = weigh_codes(tx, report)
    report, number, bound_by = _bind(tx, report, arrival.contract_numbers, known)
    if number and known is None:
        ledger.lock_contract(tx, number)
    if known is not None and number != known.contract.number:
        known = None
    report, contract, meters = _weigh(tx, report, number, bound_by, known)
    report = weigh_date(report, meters, arrival.received_at.astimezone(TASHKENT).date())
    owners = register.contracts_by_serial(tx, [serial for serial in _serials(report) if serial not in meters])
    sender = arrival.sender
    linked = arrival.source is not Source.EMAIL or (sender is not None and number in register.contracts_of_sender(tx, sender.address))
    period = period_of(report)
    return report, Case(
        source=arrival.source,
        received_at=arrival.received_at,
        sender=sender,
        sender_linked=linked,
        contract_number=number,
        bound_by=bound_by,
        contract=contract,
        period=period,
        meters=meters,
        strangers={serial: contracts[0] for serial, contracts in owners.items() if contracts},
        booked=known.booked if known and known.period == period else standing.booked(tx, number, period) if number and period else {},
        same_file=standing.same_file(tx, sender.address, arrival.files) if sender else None,
        mail_contract_numbers=arrival.contract_numbers,
        automatic=arrival.automatic,
        beside=arrival.beside,
        form_code_invalid=forged,
        files_attached=arrival.files_attached,
        attached=arrival.attached,
        policy=policy.of(period),
    )


def _weigh(
    tx: Transaction, report: Report, number: str | None, bound_by: BoundBy | None, known: Known | None = None
) -> tuple[Report, Contract | None, dict[str, MeterRecord]]:
    contract = known.contract if known else register.contract(tx, number) if number else None
    if contract is None:
        return report, None, {}
    period = period_of(report)
    meters = known.meters if known and known.period == period else register.meters_of(tx, contract.number, besides=period)
    report = weigh_meters(report, meters)
    names_it = any(serial in meters for serial in _serials(report)) or (report.inn is not None and report.inn.value == contract.inn)
    return weigh_contract(report, names_it and bound_by is BoundBy.PAGE), contract, meters


def _bind(
    tx: Transaction, report: Report, mail_numbers: Sequence[str], known: Known | None = None
) -> tuple[Report, str | None, BoundBy | None]:
    by_serial = _contracts_of_serials(tx, report)
    if report.contract_number is not None:
        field = report.contract_number
        exists = (known is not None and field.value == known.contract.number) or register.contract(tx, field.value) is not None
        if not exists or field.value not in by_serial:
            # Another reader's number counts only where the meters on the page speak for it as well.
            field = choose(field, by_serial or _contracts_of_readings(tx, report)) or field
        return replace(report, contract_number=field), field.value, BoundBy.PAGE
    if len(mail_numbers) == 1:
        return report, mail_numbers[0], BoundBy.MAIL
    if len(by_serial) == 1:
        return report, by_serial[0], BoundBy.SERIALS
    return report, None, None


def _contracts_of_readings(tx: Transaction, report: Report) -> tuple[str, ...]:
    """Where no serial is known as it was taken: the contracts of which every meter on the page has one among its readings."""
    readings = [(line.serial.value, *line.serial.alternatives) for line in report.meters if line.serial]
    owners = register.contracts_by_serial(tx, [serial for each in readings for serial in each])
    known = [set().union(*(owners.get(serial, ()) for serial in each)) for each in readings]
    return tuple(sorted(set.intersection(*known))) if known else ()


def _serials(report: Report) -> list[str]:
    return [line.serial.value for line in report.meters if line.serial]


def _contracts_of_serials(tx: Transaction, report: Report) -> tuple[str, ...]:
    """The contracts to which every meter on the page that the register knows could belong."""
    owners = register.contracts_by_serial(tx, _serials(report))
    if not owners:
        return ()
    common = set.intersection(*(set(contracts) for contracts in owners.values()))
    return tuple(sorted(common))
