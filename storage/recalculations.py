"""Recalculations after a joint reading: booked in a later period, pointing at what they correct (docs/calendar.md, "Recalculation")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa

from metering.errors import PermanentError
from metering.periods import Period
from storage import audit, campaigns
from storage.database import Transaction
from storage.standing import lock
from storage.tables import contracts, recalculations


@dataclass(frozen=True, slots=True)
class JointReading:
    """The act of a joint reading of working meters. actual_gcal: what it finds to have been used in the period; charged_gcal: what was
    charged by the load, None for the estimate that the customer was told; indexes: what was read, by serial."""

    contract_number: str
    period: Period
    act_number: str
    act_date: dt.date
    actual_gcal: Decimal
    charged_gcal: Decimal | None = None
    indexes: Mapping[str, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Recalculation:
    """One row. difference_gcal is added to what `booked_in` is charged; estimate, corrects: ids of what it corrects."""

    id: int
    contract_number: str
    period: Period
    booked_in: Period
    act_number: str
    act_date: dt.date
    charged_gcal: Decimal
    actual_gcal: Decimal
    difference_gcal: Decimal
    indexes: dict[str, str]
    estimate: int | None
    corrects: int | None
    actor: str
    recorded_at: dt.datetime


def booking_period(period: Period, act_date: dt.date) -> Period:
    """The recalculation counts in the next reporting period (announcement 3.4): the one behind the period that was charged, or
    the act's own where that is later."""
    return max(period.next(), Period.of(act_date))


def add_recalculation(tx: Transaction, act: JointReading, actor: str, now: dt.datetime) -> Recalculation:
    """Books the difference. A second act for the same period corrects the first: what was charged is then what that one found.

    Raises PermanentError for an unknown contract, an act that was booked before, an act older than the period, or a charge that
    nobody named and no letter told.
    """
    if tx.scalar(sa.select(contracts.c.number).where(contracts.c.number == act.contract_number)) is None:
        raise PermanentError(f"the register has no contract {act.contract_number}")
    if act.act_date < act.period.first_day:
        raise PermanentError(f"the act of {act.act_date} is older than the period {act.period} that it is to correct")
    lock(tx, f"contract {act.contract_number}")
    earlier = [each for each in recalculation_listing(tx, act.contract_number) if each.period == act.period]
    if any(each.act_number == act.act_number for each in earlier):
        raise PermanentError(f"act {act.act_number} is booked already for contract {act.contract_number} and {act.period}")
    told = campaigns.latest_estimate(tx, act.contract_number, act.period)
    last = earlier[-1] if earlier else None
    charged = act.charged_gcal
    if charged is None:
        charged = last.actual_gcal if last else told.gcal if told else None
    if charged is None:
        raise PermanentError(f"no estimate was told to contract {act.contract_number} for {act.period}: name what was charged")
    row = {
        "contract_number": act.contract_number,
        "period": act.period,
        "booked_in": booking_period(act.period, act.act_date),
        "act_number": act.act_number,
        "act_date": act.act_date,
        "charged_gcal": charged,
        "actual_gcal": act.actual_gcal,
        "difference_gcal": act.actual_gcal - charged,
        "indexes": {serial: format(index, "f") for serial, index in (act.indexes or {}).items()},
        "estimate": told.id if told else None,
        "corrects": last.id if last else None,
        "actor": actor,
        "recorded_at": now,
    }
    number = tx.execute(recalculations.insert().values(row).returning(recalculations.c.id)).scalar_one()
    details = {"period": str(act.period), "act": act.act_number, "difference_gcal": format(row["difference_gcal"], "f")}
    audit.write(tx, audit.Entry(now, actor, "recalculation booked", f"contract {act.contract_number}", details))
    return Recalculation(id=number, **row)


def recalculation_listing(tx: Transaction, number: str | None = None) -> list[Recalculation]:
    """Recalculations of one contract, or all, in the order in which they were booked."""
    chosen = sa.select(*(recalculations.c[name] for name in Recalculation.__slots__)).order_by(recalculations.c.id)
    if number is not None:
        chosen = chosen.where(recalculations.c.contract_number == number)
    return [Recalculation(**row._mapping) for row in tx.execute(chosen)]
