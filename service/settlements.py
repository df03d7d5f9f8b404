"""What a customer sees of his account: the balance, the months with their accruals and payments, and how old the figures are."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from metering.billing import Counted, FigureAge, Payment, SettledMonth
from metering.periods import TASHKENT, Period
from service.assembly import Service
from service.billing import age_of_figures
from storage import billing, documents
from storage.database import Transaction
from storage.documents import IssuedDocument

MONTHS = 12  # announcement, 3.1 and 3.2


@dataclass(frozen=True, slots=True)
class CustomerAccount:
    """months: newest first; balance: positive is owed; counted: by month and meter, newest first."""

    age: FigureAge
    months: tuple[SettledMonth, ...]

    @property
    def balance(self) -> Decimal | None:
        return self.months[0].closing if self.months else None

    @property
    def payments(self) -> tuple[Payment, ...]:
        found = [payment for month in self.months for payment in month.payments]
        return tuple(sorted(found, key=lambda payment: payment.date, reverse=True))

    @property
    def counted(self) -> tuple[tuple[Period, Counted], ...]:
        return tuple((month.period, each) for month in self.months for each in month.counted)


def account_of(tx: Transaction, service: Service, number: str) -> CustomerAccount:
    """The last twelve months and the one in progress."""
    this = _this_month(service)
    months = billing.settled_months(tx, number, _earlier(this, MONTHS), this)
    age = age_of_figures(tx, service.clock(), service.settings.billing.refreshed_at)
    return CustomerAccount(age, tuple(reversed(months)))


def documents_of(tx: Transaction, service: Service, number: str) -> list[IssuedDocument]:
    """Those of the last twelve months, newest first."""
    return documents.of_contract(tx, number, _earlier(_this_month(service), MONTHS))


def _this_month(service: Service) -> Period:
    return Period.of(service.clock().astimezone(TASHKENT).date())


def _earlier(period: Period, months: int) -> Period:
    for _ in range(months):
        period = period.previous()
    return period
