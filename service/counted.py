"""Counts over everything, which take longer than a page may: made once for all who look, and shown with their age."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

from service.assembly import Service
from storage.database import Transaction

Key = TypeVar("Key")
Value = TypeVar("Value")
_PATIENCE_SECONDS = 0.15  # so long a page waits for a count that nobody made yet
_MOST = 4  # keys whose count is kept: of a month with its lists it takes some megabytes
_OLD = 10  # times as old as is fresh: such a count is not shown any more


@dataclass(frozen=True, slots=True)
class Counted(Generic[Value]):
    """as_of: when it was counted."""

    value: Value
    as_of: dt.datetime


class Counts(Generic[Key, Value]):
    """Keeps the last count of each key. One that is no longer fresh is shown once more while it is counted anew, beside the pages."""

    def __init__(self, service: Service, fresh: dt.timedelta, count: Callable[[Transaction, Key], Value]) -> None:
        self._service, self._fresh, self._count = service, fresh, count
        self._known: dict[Key, Counted[Value]] = {}
        self._counting: dict[Key, Future[Counted[Value]]] = {}
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="counts")

    def of(self, key: Key) -> Counted[Value] | None:
        """None where it takes longer than a page should wait: ask again in a second. Raises TemporaryError of the database."""
        now = self._service.clock()
        with self._lock:
            known = self._known.get(key)
            if known is not None and now - known.as_of < self._fresh:
                return known
            counting = self._counting.get(key)
            if counting is None:
                counting = self._counting[key] = self._worker.submit(self._count_now, key)
        if known is not None and now - known.as_of < self._fresh * _OLD:
            return known
        try:
            return counting.result(_PATIENCE_SECONDS)
        except TimeoutError:
            return None

    def close(self) -> None:
        """Waits for the count that is being made, and makes no other."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _count_now(self, key: Key) -> Counted[Value]:
        as_of = self._service.clock()
        try:
            with self._service.database.reading() as tx:
                counted = Counted(self._count(tx, key), as_of)
            with self._lock:
                self._known.pop(key, None)
                self._known[key] = counted
                for oldest in list(self._known)[:-_MOST]:
                    del self._known[oldest]
            return counted
        finally:
            with self._lock:
                del self._counting[key]
