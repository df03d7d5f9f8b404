"""Figures from billing, as imported: append-only, a month that is stated anew is a new version under its file (docs/billing.md)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Table

from metering.billing import AccrualKind, Basis
from metering.contracts import Language
from metering.units import Unit
from storage.columns import CleanText, Exact, Instant, Key, Month, OneOf
from storage.tables.base import metadata


def _month_key() -> list[Column]:
    return [
        Column("file", ForeignKey("billing_files.id"), primary_key=True),
        Column("contract_number", ForeignKey("contracts.number"), primary_key=True),
        Column("period", Month, primary_key=True),
    ]


billing_files = Table(
    "billing_files",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", CleanText, nullable=False),
    Column("size", sa.BigInteger, nullable=False),
    Column("sha256", sa.Text, nullable=False, unique=True),
    Column("as_of", Instant, nullable=False),
    Column("period", Month, nullable=False),
    Column("closed_through", Month, nullable=False),
    Column("imported_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

billing_months = Table(
    "billing_months",
    metadata,
    *_month_key(),
    Column("consumer_class", CleanText, nullable=False),
    Column("opening", Exact, nullable=False),
    Column("accrued", Exact, nullable=False),
    Column("paid", Exact, nullable=False),
    Column("closing", Exact, nullable=False),
    Index("ix_billing_months_contract", "contract_number", "period", "file"),
    Index("ix_billing_months_period", "period", "contract_number"),
)

billing_accruals = Table(
    "billing_accruals",
    metadata,
    *_month_key(),
    Column("position", sa.Integer, primary_key=True),
    Column("kind", OneOf(AccrualKind), nullable=False),
    Column("gcal", Exact, nullable=False),
    Column("tariff", Exact, nullable=False),
    Column("amount", Exact, nullable=False),
    Column("vat_rate", Exact, nullable=False),
    Column("vat", Exact, nullable=False),
    Column("total", Exact, nullable=False),
    Column("for_period", Month),
    Column("catalog_code", CleanText),
    Index("ix_billing_accruals_contract", "contract_number", "period", "file"),
)

billing_payments = Table(
    "billing_payments",
    metadata,
    *_month_key(),
    Column("position", sa.Integer, primary_key=True),
    Column("date", sa.Date, nullable=False),
    Column("document", CleanText, nullable=False),
    Column("amount", Exact, nullable=False),
    Index("ix_billing_payments_contract", "contract_number", "period", "file"),
)

billing_counted = Table(
    "billing_counted",
    metadata,
    *_month_key(),
    Column("position", sa.Integer, primary_key=True),
    Column("basis", OneOf(Basis), nullable=False),
    Column("gcal", Exact, nullable=False),
    Column("serial", CleanText),
    Column("unit", OneOf(Unit)),
    Column("previous", Exact),
    Column("current", Exact),
    Column("consumption", Exact),
    Column("reading_date", sa.Date),
    Index("ix_billing_counted_contract", "contract_number", "period", "file"),
)

tariffs = Table(
    "tariffs",
    metadata,
    Column("file", ForeignKey("billing_files.id"), primary_key=True),
    Column("consumer_class", CleanText, primary_key=True),
    Column("valid_from", sa.Date, primary_key=True),
    Column("price", Exact, nullable=False),
)

vat_rates = Table(
    "vat_rates",
    metadata,
    Column("file", ForeignKey("billing_files.id"), primary_key=True),
    Column("valid_from", sa.Date, primary_key=True),
    Column("percent", Exact, nullable=False),
)

suppliers = Table(
    "suppliers",
    metadata,
    Column("file", ForeignKey("billing_files.id"), primary_key=True),
    Column("valid_from", sa.Date, primary_key=True),
    Column("language", OneOf(Language), primary_key=True),
    Column("name", CleanText, nullable=False),
    Column("address", CleanText, nullable=False),
    Column("inn", sa.Text, nullable=False),
    Column("vat_code", CleanText, nullable=False),
    Column("bank_account", CleanText, nullable=False),
    Column("bank", CleanText, nullable=False),
    Column("bank_code", CleanText, nullable=False),
    Column("director", CleanText, nullable=False),
    Column("accountant", CleanText, nullable=False),
)
