"""Figures from billing: what was accrued, paid and counted for a contract in a month, and the rates and names that were in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from metering.contracts import Language
from metering.periods import Period
from metering.units import Unit


class AccrualKind(StrEnum):
    """What a line of an invoice is for."""

    HEATING = "heating"
    HOT_WATER = "hot_water"
    LOSSES = "losses"
    RECALCULATION = "recalculation"


class Basis(StrEnum):
    """From what a consumption was counted."""

    READING = "reading"
    CONTRACT_LOAD = "contract_load"
    AVERAGE = "average"
    LOSSES = "losses"
    RECALCULATION = "recalculation"


@dataclass(frozen=True, slots=True)
class Accrual:
    """One line: gcal x tariff = amount, + VAT = total, in sum with two decimals; vat_rate in percent.

    for_period: the month that a recalculation is about; catalog_code: of the service in the national catalogue (MXIK), 17 digits;
    place: where in the file it stands, for complaints only (so everywhere here).
    """

    kind: AccrualKind
    gcal: Decimal
    tariff: Decimal
    amount: Decimal
    vat_rate: Decimal
    vat: Decimal
    total: Decimal
    for_period: Period | None = None
    catalog_code: str | None = None
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment; document: number of the payment order."""

    date: dt.date
    document: str
    amount: Decimal
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Counted:
    """Consumption as counted in the settlement. Without a meter (losses, contract load) serial and indexes are None."""

    basis: Basis
    gcal: Decimal
    serial: str | None = None
    unit: Unit | None = None
    previous: Decimal | None = None
    current: Decimal | None = None
    consumption: Decimal | None = None
    reading_date: dt.date | None = None
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class SettledMonth:
    """One contract's month. Balances in sum: positive is what the customer owes, negative what he paid in advance."""

    contract_number: str
    period: Period
    consumer_class: str
    opening: Decimal
    accrued: Decimal
    paid: Decimal
    closing: Decimal
    accruals: tuple[Accrual, ...] = ()
    payments: tuple[Payment, ...] = ()
    counted: tuple[Counted, ...] = ()
    place: str = field(default="", compare=False)

    @property
    def gcal(self) -> Decimal:
        return sum((line.gcal for line in self.accruals), Decimal(0))


@dataclass(frozen=True, slots=True)
class Tariff:
    """Sum for one Gcal without VAT, for a class of consumers, from that day on."""

    consumer_class: str
    valid_from: dt.date
    price: Decimal
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class VatRate:
    """Percent, from that day on."""

    valid_from: dt.date
    percent: Decimal
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Supplier:
    """The utility as its documents name it, in one language, from that day on."""

    valid_from: dt.date
    language: Language
    name: str
    address: str
    inn: str
    vat_code: str = ""
    bank_account: str = ""
    bank: str = ""
    bank_code: str = ""
    director: str = ""
    accountant: str = ""
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Totals:
    """What the file says of itself, so that a file cut short is known: accounts and sums over all `account` rows."""

    accounts: int
    accrued: Decimal
    paid: Decimal
    closing: Decimal


@dataclass(frozen=True, slots=True)
class BillingFile:
    """A day's file. as_of: the moment of its figures; period: the month in progress; closed_through: the last month that billing
    has closed: documents are issued up to it."""

    as_of: dt.datetime
    period: Period
    closed_through: Period
    totals: Totals
    months: tuple[SettledMonth, ...]
    tariffs: tuple[Tariff, ...] = ()
    vat_rates: tuple[VatRate, ...] = ()
    suppliers: tuple[Supplier, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownFigures:
    """What was there before the file.

    contracts: numbers in the register; as_of, period: of the last file, None before the first; balances: (opening, closing) that stand,
    by contract and month; tariffs, vat_rates: known so far.
    """

    contracts: frozenset[str]
    as_of: dt.datetime | None
    period: Period | None
    balances: dict[tuple[str, Period], tuple[Decimal, Decimal]]
    tariffs: tuple[Tariff, ...]
    vat_rates: tuple[VatRate, ...]


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a file, and where in it."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class FigureAge:
    """How old the figures are that a page shows: None before the first file; late: the last refresh that was due has not come."""

    as_of: dt.datetime | None
    late: bool
