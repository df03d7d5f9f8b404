"""Dated reference data: monthly plans, annexes of contracts, heating seasons, outdoor temperatures (docs/calendar.md, "Reference data")."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from metering.estimates import HeatingSeason, MonthlyPlan
from metering.periods import Period
from storage import audit
from storage.database import Transaction
from storage.inserts import insert_rows, update_rows
from storage.register_rows import CONTRACT_NUMBER, BadValue, Refusal, Row, a_date, a_number, a_text, or_none, read_rows
from storage.standing import lock
from storage.tables import contract_annexes, contracts, heating_seasons, monthly_plans, outdoor_temperatures

GENERAL = "general"  # the class of objects of a contract whose annex names none


class ReferenceKind(StrEnum):
    """What a file of reference data holds."""

    PLANS = "plans"
    ANNEXES = "annexes"
    SEASONS = "seasons"
    TEMPERATURES = "temperatures"


@dataclass(frozen=True, slots=True)
class ReferenceImport:
    """How many rows of a file were new, other than before, and the same; and those that were refused."""

    added: int
    changed: int
    unchanged: int
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """What a contract's annex says for the time from `valid_from` on, None where the settings hold. Temperatures in °C."""

    valid_from: dt.date
    object_class: str | None = None
    indoor_temperature: Decimal | None = None
    design_temperature: Decimal | None = None
    ventilation_design_temperature: Decimal | None = None
    ventilation_hours: Decimal | None = None


def import_reference(tx: Transaction, kind: ReferenceKind, file: Path, now: dt.datetime) -> ReferenceImport:
    """Adds the file's rows and replaces those with the same key; good rows load although others are refused.

    Raises PermanentError if the file cannot be read or its header lacks a column.
    """
    lock(tx, "register")
    table, columns, optional = _KINDS[kind]
    key = [column.name for column in table.primary_key]
    numbers = set(tx.scalars(sa.select(contracts.c.number))) if "contract_number" in key else set()
    known = {tuple(row._mapping[name] for name in key): dict(row._mapping) for row in tx.execute(sa.select(table))}
    rows: dict[tuple[Any, ...], Row] = {}
    refused: list[Refusal] = []
    for row in read_rows(file, columns, optional):
        if isinstance(row, Refusal):
            refused.append(row)
            continue
        identity = tuple(row.values[name] for name in key)
        fault = _fault(row, rows.get(identity), numbers)
        if fault:
            refused.append(Refusal(file.name, row.line, fault))
        else:
            rows[identity] = row
    added = [row.values for identity, row in rows.items() if identity not in known]
    changed = [row.values for identity, row in rows.items() if identity in known and _differs(row.values, known[identity])]
    insert_rows(tx, table, added)
    update_rows(tx, table, changed)
    details = {"kind": kind.value, "file": file.name, "added": len(added), "changed": len(changed), "refused": len(refused)}
    if added or changed:
        audit.write(tx, audit.Entry(now, "hisobot", "reference data imported", kind.value, details))
    return ReferenceImport(len(added), len(changed), len(rows) - len(added) - len(changed), tuple(refused))


def plan(tx: Transaction, number: str, period: Period) -> MonthlyPlan | None:
    """The contract's plan for the month."""
    chosen = sa.select(monthly_plans.c.gcal, monthly_plans.c.hot_water_gcal)
    row = tx.execute(chosen.where(monthly_plans.c.contract_number == number, monthly_plans.c.period == period)).first()
    return None if row is None else MonthlyPlan(*row)


def annex(tx: Transaction, number: str, day: dt.date) -> Annex | None:
    """The annex that is in force on that day."""
    chosen = sa.select(*(contract_annexes.c[name] for name in Annex.__slots__))
    chosen = chosen.where(contract_annexes.c.contract_number == number, contract_annexes.c.valid_from <= day)
    row = tx.execute(chosen.order_by(contract_annexes.c.valid_from.desc()).limit(1)).first()
    return None if row is None else Annex(**row._mapping)


def seasons(tx: Transaction, object_class: str, first: dt.date, last: dt.date) -> tuple[HeatingSeason, ...]:
    """The seasons of a class of objects that begin between these days; the general ones where the class has none of its own."""
    for name in dict.fromkeys((object_class, GENERAL)):
        chosen = sa.select(heating_seasons).where(heating_seasons.c.object_class == name)
        chosen = chosen.where(heating_seasons.c.starts >= first, heating_seasons.c.starts <= last)
        found = tuple(HeatingSeason(*row) for row in tx.execute(chosen.order_by(heating_seasons.c.starts)))
        if found:
            return found
    return ()


def temperatures(tx: Transaction, period: Period) -> dict[dt.date, Decimal]:
    """Mean outdoor temperatures of the month, °C, by day, of the days that are known."""
    month = outdoor_temperatures.c.day.between(period.first_day, period.last_day)
    return {row.day: row.mean for row in tx.execute(sa.select(outdoor_temperatures).where(month))}


def _fault(row: Row, first: Row | None, numbers: set[str]) -> str | None:
    values = row.values
    if "contract_number" in values and values["contract_number"] not in numbers:
        return f"no contract {values['contract_number']} in the register"
    if first is not None:
        return f"the same is in line {first.line}"
    if values.get("ends") is not None and values["ends"] < values["starts"]:
        return "the season ends before it starts"
    return None


def _differs(values: dict[str, Any], old: dict[str, Any]) -> bool:
    return any(old[name] != value for name, value in values.items())


def _period(cell: str) -> Period:
    try:
        return Period.parse(cell)
    except ValueError as error:
        raise BadValue(str(error)) from None


def _temperature(cell: str) -> Decimal:
    if re.fullmatch(r"[-+]?\d{1,2}(\.\d+)?", cell, re.ASCII) is None:
        raise BadValue(f"{cell!r} is not a temperature in °C with a decimal point")
    return Decimal(cell)


def _hours(cell: str) -> Decimal:
    hours = a_number(cell)
    if hours > 24:
        raise BadValue(f"{cell!r} is more than the 24 hours of a day")
    return hours


_Columns = dict[str, Callable[[str], Any]]
_KINDS: dict[ReferenceKind, tuple[sa.Table, _Columns, _Columns]] = {
    ReferenceKind.PLANS: (
        monthly_plans,
        {"contract_number": CONTRACT_NUMBER, "period": _period, "gcal": a_number},
        {"hot_water_gcal": or_none(a_number)},
    ),
    ReferenceKind.ANNEXES: (
        contract_annexes,
        {"contract_number": CONTRACT_NUMBER, "valid_from": a_date},
        {
            "object_class": or_none(a_text),
            "indoor_temperature": or_none(_temperature),
            "design_temperature": or_none(_temperature),
            "ventilation_design_temperature": or_none(_temperature),
            "ventilation_hours": or_none(_hours),
        },
    ),
    ReferenceKind.SEASONS: (heating_seasons, {"object_class": a_text, "starts": a_date}, {"ends": or_none(a_date)}),
    ReferenceKind.TEMPERATURES: (outdoor_temperatures, {"day": a_date, "mean": _temperature}, {}),
}
