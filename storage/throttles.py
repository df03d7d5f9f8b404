"""How often something was tried lately, counted in the database: the same for every process, and after a restart."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction
from storage.tables import throttles


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` within `window`, which begins with the first."""

    times: int
    window: dt.timedelta


def count(tx: Transaction, key: str, limit: Limit, now: dt.datetime) -> dt.datetime | None:
    """Counts one more; the time from which it may be tried again where that is one too many, else None.

    Commit it even where the thing that was tried fails.
    """
    tx.execute(throttles.delete().where(throttles.c.ends_at <= now, throttles.c.key == key))
    insert = (postgresql if tx.dialect.name == "postgresql" else sqlite).insert(throttles)
    row = insert.values(key=key, count=1, ends_at=now + limit.window)
    again = row.on_conflict_do_update(index_elements=[throttles.c.key], set_={"count": throttles.c.count + 1})
    counted, ends_at = tx.execute(again.returning(throttles.c.count, throttles.c.ends_at)).one()
    return ends_at if counted > limit.times else None


def exhausted(tx: Transaction, key: str, limit: Limit, now: dt.datetime) -> dt.datetime | None:
    """The time from which it may be tried again if it was tried too often already, else None; counts nothing."""
    row = tx.execute(sa.select(throttles).where(throttles.c.key == key, throttles.c.ends_at > now)).first()
    return row.ends_at if row is not None and row.count >= limit.times else None


def forget(tx: Transaction, key: str) -> None:
    """Begins anew: what was tried has succeeded."""
    tx.execute(throttles.delete().where(throttles.c.key == key))


def sweep(tx: Transaction, now: dt.datetime) -> None:
    """Removes what is over."""
    tx.execute(throttles.delete().where(throttles.c.ends_at <= now))
