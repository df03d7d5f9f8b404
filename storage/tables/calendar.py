"""The month: dated reference data that estimates by contract load are computed from."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Table

from storage.columns import CleanText, Exact, Month
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
