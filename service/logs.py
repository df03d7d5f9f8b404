"""Structured logs: one line an event, key=value, the message id on each line, and no personal data.

What may be logged: our own ids, outcomes, rule ids, sizes, seconds, host names of our servers.
Never: addresses, names, subjects, readings, file names, passwords (tests/service/test_logs.py).
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Iterator
from contextvars import ContextVar

_message: ContextVar[int | None] = ContextVar("message", default=None)


class _LogLine(logging.Formatter):
    """`level=info duty=intake message=17 event text key=value`; journald adds the time itself."""

    def __init__(self, duty: str, with_time: bool) -> None:
        super().__init__(datefmt="%Y-%m-%dT%H:%M:%S%z")
        self._duty = duty
        self._with_time = with_time

    def format(self, record: logging.LogRecord) -> str:
        message = _message.get()
        head = [f"time={self.formatTime(record, self.datefmt)}"] if self._with_time else []
        head += [f"level={record.levelname.lower()}", f"duty={self._duty}"]
        if message is not None:
            head.append(f"message={message}")
        text = " ".join([*head, record.getMessage().replace("\n", " ")])
        if record.exc_info:
            text += "\n" + self.formatException(record.exc_info)
        return text


def start_logging(duty: str, *, verbose: bool = False, with_time: bool | None = None) -> None:
    """Log to standard error. The time is left out under systemd, whose journal has it."""
    timed = with_time if with_time is not None else "JOURNAL_STREAM" not in os.environ
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_LogLine(duty, timed))
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, handlers=[handler], force=True)
    # Libraries log addresses and subjects at INFO and DEBUG.
    for library in ("imapclient", "aiosmtplib", "pdfminer", "PIL", "alembic", "sqlalchemy", "asyncio"):
        logging.getLogger(library).setLevel(logging.ERROR)


@contextlib.contextmanager
def about(message: int) -> Iterator[None]:
    """All log lines inside name this message (our own row number)."""
    token = _message.set(message)
    try:
        yield
    finally:
        _message.reset(token)
