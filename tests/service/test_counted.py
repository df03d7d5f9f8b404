"""Counts that take long: no page waits for one, an old one is shown with its age, and no two are made at once."""

from __future__ import annotations

import datetime as dt
import threading
import time
from pathlib import Path

import pytest

from service.counted import Counted, Counts
from storage.database import Database, Transaction
from tests.support.web import service_for

NOW = dt.datetime(2026, 10, 23, 5, tzinfo=dt.UTC)
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Slow:
    """Counts its own calls, each when it is let."""

    def __init__(self) -> None:
        self.calls = 0
        self.let = threading.Semaphore(0)

    def __call__(self, tx: Transaction, key: str) -> str:
        assert self.let.acquire(timeout=30)
        self.calls += 1
        return f"{key} {self.calls}"


def test_nobody_waits_for_a_count_and_an_old_one_is_shown_until_there_is_another(database: Database, tmp_path: Path) -> None:
    now = [NOW]
    slow = Slow()
    counts: Counts[str, str] = Counts(service_for(database, tmp_path, lambda: now[0]), dt.timedelta(minutes=1), slow)
    assert counts.of("october") is None
    assert counts.of("october") is None  # and it is not begun a second time
    slow.let.release()
    first = until(counts, "october 1")
    assert first.as_of == NOW
    now[0] += dt.timedelta(seconds=59)
    assert counts.of("october") == first
    now[0] += dt.timedelta(seconds=2)
    assert counts.of("october") == first  # while it is made anew
    slow.let.release()
    assert until(counts, "october 2").as_of == now[0]
    now[0] += dt.timedelta(minutes=11)
    assert counts.of("october") is None  # of another hour is as good as none
    slow.let.release()
    until(counts, "october 3")
    assert slow.calls == 3
    counts.close()


def until(counts: Counts[str, str], value: str) -> Counted[str]:
    for _ in range(3000):
        found = counts.of("october")
        if found is not None and found.value == value:
            return found
        time.sleep(0.01)
    raise AssertionError(f"never counted {value}")
