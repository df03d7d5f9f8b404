"""The month: reference data of estimates, letters of our own accord, originals received, addresses, recalculations."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint

from metering.estimates import EstimateMethod
from metering.schedule import Campaign
from storage.columns import CleanText, Exact, Instant, Json, Key, Month, OneOf
from storage.states import AddressEvent
from storage.tables.base import metadata

monthly_plans = Table(
    "monthly_plans",
    metadata,
    Column("contract_number", ForeignKey("contracts.number"), primary_key=True),
    Column("period", Month, primary_key=True),
    Column("gcal", Exact, nullable=False),
    Column("hot_water_gcal", Exact),
)

contract_annexes = Table(
    "contract_annexes",
    metadata,
    Column("contract_number", ForeignKey("contracts.number"), primary_key=True),
    Column("valid_from", sa.Date, primary_key=True),
    Column("object_class", CleanText),
    Column("indoor_temperature", Exact),  # °C
    Column("design_temperature", Exact),
    Column("ventilation_design_temperature", Exact),
    Column("ventilation_hours", Exact),  # a day
)

heating_seasons = Table(
    "heating_seasons",
    metadata,
    Column("object_class", CleanText, primary_key=True),
    Column("starts", sa.Date, primary_key=True),
    Column("ends", sa.Date),  # the last day of heating
)

outdoor_temperatures = Table(
    "outdoor_temperatures",
    metadata,
    Column("day", sa.Date, primary_key=True),
    Column("mean", Exact, nullable=False),  # °C
)

campaign_letters = Table(
    "campaign_letters",
    metadata,
    Column("letter", ForeignKey("letters.id"), primary_key=True),
    Column("campaign", OneOf(Campaign), nullable=False),
    Column("contract_number", CleanText, nullable=False),
    Column("period", Month, nullable=False),
    Column("step", CleanText, nullable=False),
    UniqueConstraint("campaign", "contract_number", "period", "step"),
    Index("ix_campaign_letters_period", "period", "contract_number"),
)

estimates = Table(
    "estimates",
    metadata,
    Column("id", Key, primary_key=True),
    Column("letter", ForeignKey("letters.id"), nullable=False, unique=True),  # the notice that tells it
    Column("contract_number", CleanText, nullable=False),
    Column("period", Month, nullable=False),
    Column("method", OneOf(EstimateMethod), nullable=False),
    Column("gcal", Exact, nullable=False),
    Column("details", Json, nullable=False),  # parts and notes, as they were computed
    Column("made_at", Instant, nullable=False),
    Index("ix_estimates_contract", "contract_number", "period"),
    sqlite_autoincrement=True,
)

recalculations = Table(
    "recalculations",
    metadata,
    Column("id", Key, primary_key=True),
    Column("contract_number", CleanText, nullable=False),
    Column("period", Month, nullable=False),  # that was charged by the load
    Column("booked_in", Month, nullable=False),  # whose settlement takes the difference in
    Column("act_number", CleanText, nullable=False),
    Column("act_date", sa.Date, nullable=False),
    Column("charged_gcal", Exact, nullable=False),
    Column("actual_gcal", Exact, nullable=False),
    Column("difference_gcal", Exact, nullable=False),  # actual - charged
    Column("indexes", Json, nullable=False),  # what was read together, by serial
    Column("estimate", ForeignKey("estimates.id")),  # that it corrects; none where the charge came from elsewhere
    Column("corrects", ForeignKey("recalculations.id"), unique=True),  # an earlier one of the same period
    Column("actor", CleanText, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    UniqueConstraint("contract_number", "period", "act_number"),
    sqlite_autoincrement=True,
)

originals = Table(
    "originals",
    metadata,
    Column("id", Key, primary_key=True),
    Column("contract_number", CleanText, nullable=False),
    Column("period", Month, nullable=False),
    Column("received", sa.Boolean, nullable=False),  # False takes an earlier mark back; the newest row counts
    Column("told_by", CleanText, nullable=False),  # number | form
    Column("actor", CleanText, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_originals_period", "period", "contract_number"),
    sqlite_autoincrement=True,
)

address_events = Table(
    "address_events",
    metadata,
    Column("id", Key, primary_key=True),
    Column("address", CleanText, nullable=False, index=True),  # lower-cased
    Column("event", OneOf(AddressEvent), nullable=False),
    Column("contract_number", CleanText),  # of (un)subscribing
    Column("letter", ForeignKey("letters.id")),
    Column("message", ForeignKey("messages.id")),  # the bounce
    Column("text", CleanText),
    Column("actor", CleanText, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("message", "letter", "event"),
    sqlite_autoincrement=True,
)
