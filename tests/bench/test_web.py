"""The bench of the web side on a village: what is seeded fits by construction, and every page of both faces can be asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg

from storage.database import Database
from tests.bench.web import Load, ask_all


def test_every_page_answers_on_what_was_seeded(new_postgresql: Callable[[], str], tmp_path: Path) -> None:
    url = new_postgresql()
    database = Database(url)
    database.upgrade()
    database.close()
    times = ask_all(url, tmp_path, Load(contracts=40, years=1, reviews=4, users=5, seconds=1, think=0.02))
    assert {"/", "/history", "/contract", "/readings", "/staff/", "/history?years=3"} <= set(times)
    with psycopg.connect(url) as connection:
        for table, column, other in (("submissions", "message", "messages"), ("readings", "submission", "submissions")):
            strays = f"select count(*) from {table} where {column} is not null and {column} not in (select id from {other})"
            assert connection.execute(strays).fetchone() == (0,)  # type: ignore[arg-type]
        assert connection.execute("select count(*) from reviews where state = 'open'").fetchone() == (4,)
