"""The one clock: everything that needs the time is given a Clock, so that tests can turn it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

Clock = Callable[[], dt.datetime]


def system_clock() -> dt.datetime:
    """The time now, aware, UTC."""
    return dt.datetime.now(dt.UTC)
