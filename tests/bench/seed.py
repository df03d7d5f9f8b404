"""Fills a PostgreSQL with a city: contracts, years of readings with their mails and decisions, and reports that wait for a person.

    python -m tests.bench.seed postgresql://... [--contracts 100000] [--years 3] [--reviews 10000]

Rows are made by the server itself from series (seed.sql), so that millions take minutes; foreign keys are not asked while it does (what
is made fits by construction) and indexes that hold no constraint are made at the end. Nobody in it is a real customer.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from metering.periods import Period

MOST = 100_000  # contract numbers have five digits
MAIL_SHARE = 70  # per cent of reports that come by mail; the others were typed in the cabinet
Say = Callable[[str], None]

#: Indexes of ours that hold no constraint.
_INDEXES = """
    select indexname, indexdef from pg_indexes
    where schemaname = 'public' and tablename <> 'alembic_version' and indexname not in (select conname from pg_constraint)
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """SHA-256 of the mail, and of the file in it, with which every report that waits came; their bytes may lie in a blob store."""

    raw: str = "0" * 64
    file: str = "0" * 64


NOTHING_KEPT = Kept()


def seed(url: str, contracts: int, years: int, reviews: int, newest: Period, kept: Kept = NOTHING_KEPT, say: Say = lambda _: None) -> None:
    """Into an empty, upgraded database. newest: the month that is being reported; the last `reviews` contracts' reports of it wait."""
    if not 0 < contracts <= MOST or not 0 <= reviews <= contracts:
        raise ValueError(f"1 to {MOST} contracts, and no more reviews than contracts")
    numbers = {"contracts": contracts, "months": years * 12, "reviews": reviews, "newest": newest.first_day, "share": MAIL_SHARE}
    numbers |= {"raw": kept.raw, "file": kept.file}
    with psycopg.connect(url) as connection:
        connection.execute("set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '512MB'")
        indexes = connection.execute(_INDEXES).fetchall()
        for name, _ in indexes:
            connection.execute(f'drop index "{name}"')  # type: ignore[arg-type]
        for title, statement in _statements():
            began = time.monotonic()
            rows = connection.execute(statement, numbers).rowcount  # type: ignore[arg-type]
            say(f"{title}: {rows:,} rows, {time.monotonic() - began:.0f} s")
        began = time.monotonic()
        for _, definition in indexes:
            connection.execute(definition)
        for table in ("messages", "submissions", "readings", "decisions", "opening_readings"):
            newest_id = f"(select coalesce(max(id), 1) from {table})"
            connection.execute(f"select setval(pg_get_serial_sequence('{table}', 'id'), {newest_id})")  # type: ignore[arg-type]
        connection.commit()
        say(f"{len(indexes)} indexes: {time.monotonic() - began:.0f} s")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum analyze")


def _statements() -> Iterator[tuple[str, str]]:
    """(title, statement) of seed.sql, in order."""
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for title, statement in re.findall(r"^-- ([^\n]+)\n(\w[^;]+);", text, re.MULTILINE):
        yield title.partition(":")[0], statement


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.seed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url", help="of an empty database to which `hisobot db upgrade` was applied")
    parser.add_argument("--contracts", type=int, default=MOST)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--reviews", type=int, default=10_000)
    given = parser.parse_args()
    seed(given.url, given.contracts, given.years, given.reviews, Period.of(dt.datetime.now(dt.UTC).date()), say=print)


if __name__ == "__main__":
    main()
