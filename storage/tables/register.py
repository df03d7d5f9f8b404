"""The register: contracts, who may speak for them, meters, and the readings they began with."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Table, UniqueConstraint

from metering.contracts import ContractStatus, Language
from metering.estimates import EstimateMethod
from metering.units import MeterKind, Unit
from storage.columns import CleanText, Exact, Instant, Key, OneOf
from storage.tables.base import metadata

contracts = Table(
    "contracts",
    metadata,
    Column("number", sa.Text, primary_key=True),
    Column("organization", CleanText, nullable=False),
    Column("address", CleanText, nullable=False),
    Column("inn", sa.Text, nullable=False),
    Column("heat_load", Exact, nullable=False),  # Gcal/h
    Column("language", OneOf(Language), nullable=False),
    Column("status", OneOf(ContractStatus), nullable=False),
    Column("bank_account", CleanText),
    Column("bank_code", CleanText),
    Column("oked", CleanText),
    Column("vat_code", CleanText),
    Column("director", CleanText),
    Column("estimate_method", OneOf(EstimateMethod)),
    Column("heat_load_ventilation", Exact),  # Gcal/h
    Column("heat_load_hot_water", Exact),  # Gcal/h
)

contract_emails = Table(
    "contract_emails",
    metadata,
    Column("contract_number", ForeignKey("contracts.number"), primary_key=True),
    Column("address", CleanText, primary_key=True, index=True),  # lower-cased
    Column("position", sa.Integer, nullable=False),  # its place in the register's list
)

sender_links = Table(
    "sender_links",
    metadata,
    Column("address", CleanText, primary_key=True),  # lower-cased
    Column("contract_number", ForeignKey("contracts.number"), primary_key=True),
    Column("approved_by", CleanText, nullable=False),
    Column("approved_at", Instant, nullable=False),
)

meters = Table(
    "meters",
    metadata,
    Column("contract_number", ForeignKey("contracts.number"), primary_key=True),
    Column("serial", CleanText, primary_key=True, index=True),
    Column("model", CleanText, nullable=False),
    Column("kind", OneOf(MeterKind), nullable=False),
    Column("unit", OneOf(Unit), nullable=False),
    Column("point", CleanText),
    Column("valid_from", sa.Date),
    Column("valid_until", sa.Date),
    Column("verified_until", sa.Date),
    Column("digits", sa.Integer),
)

opening_readings = Table(
    "opening_readings",
    metadata,
    Column("id", Key, primary_key=True),
    Column("contract_number", sa.Text, nullable=False),
    Column("serial", CleanText, nullable=False),
    Column("unit", OneOf(Unit), nullable=False),
    Column("reading_date", sa.Date, nullable=False),
    Column("index", Exact, nullable=False),
    UniqueConstraint("contract_number", "serial", "unit", "reading_date", "index", name="uq_opening_readings_reading"),
    sa.ForeignKeyConstraint(["contract_number", "serial"], ["meters.contract_number", "meters.serial"]),
    sqlite_autoincrement=True,
)
