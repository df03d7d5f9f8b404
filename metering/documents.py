"""Money documents that the utility issues: the invoice of a month, the reconciliation act of a span of months."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from metering.billing import SettledMonth, Supplier
from metering.contracts import Language
from metering.periods import Period


class DocumentKind(StrEnum):
    INVOICE = "invoice"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class DocumentKey:
    """Which document: one of each is issued, once, and never another. An invoice is of one month: first and last are the same."""

    kind: DocumentKind
    contract_number: str
    first: Period
    last: Period

    def __post_init__(self) -> None:
        if self.first > self.last or (self.kind is DocumentKind.INVOICE and self.first != self.last):
            raise ValueError(f"no such span of months: {self.first} to {self.last}")

    @property
    def number(self) -> str:
        """As it is printed: `00421/10-2026`, of an act `00421/11-2025/10-2026`."""
        months = [self.last] if self.kind is DocumentKind.INVOICE else [self.first, self.last]
        return "/".join([self.contract_number, *(f"{month.month:02d}-{month.year}" for month in months)])

    @property
    def file_name(self) -> str:
        months = str(self.last) if self.kind is DocumentKind.INVOICE else f"{self.first}-{self.last}"
        return f"{self.kind}-{self.contract_number}-{months}.pdf"

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


@dataclass(frozen=True, slots=True)
class Buyer:
    """The customer as the register names him; what it does not know is empty."""

    organization: str
    address: str
    inn: str
    vat_code: str = ""
    bank_account: str = ""
    bank_code: str = ""
    oked: str = ""
    director: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """All that a document says. verification: the address at which anybody can check it, which its QR code holds;
    code: the last part of that address, as people type it."""

    key: DocumentKey
    language: Language
    supplier: Supplier
    buyer: Buyer
    months: tuple[SettledMonth, ...]
    code: str
    verification: str

    @property
    def date(self) -> dt.date:
        """The last day of its month, as accounts are dated."""
        return self.key.last.last_day

    @property
    def total(self) -> Decimal:
        """Of an invoice what is to be paid for the month, of an act the balance at its end: positive is the customer's debt."""
        return self.months[-1].accrued if self.key.kind is DocumentKind.INVOICE else self.months[-1].closing


@dataclass(frozen=True, slots=True)
class SignatureMark:
    """What the visible signature says: whose certificate, its serial number in hexadecimal, and when."""

    name: str
    serial: str
    moment: dt.datetime
