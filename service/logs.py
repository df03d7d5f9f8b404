"""Structured logs: one line an event, key=value, the message id on each line, and no personal data.

What may be logged: our own ids, outcomes, rule ids, sizes, seconds, host names of our servers.
Never: addresses, names, subjects, readings, file names, passwords (tests/service/test_logs.py).
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextvars import ContextVar

OURS = ("service", "mailer", "parsers", "ocr", "validation", "storage", "templates", "metering", "cabinet")

_message: ContextVar[int | None] = ContextVar("message", default=None)


class _LogLine(logging.Formatter):
    """`level=info duty=intake message=17 event text key=value`; journald adds the time itself."""

    def __init__(self, duty: str, with_time: bool) -> None:
        super().__init__(datefmt="%Y-%m-%dT%H:%M:%S%z")
        self._duty = duty
        self._with_time = with_time

    def format(self, record: logging.LogRecord) -> str:
        message = _message.get()
        parts = [f"time={self.formatTime(record, self.datefmt)}"] if self._with_time else []
        parts += [f"level={record.levelname.lower()}", f"duty={self._duty}"]
        if message is not None:
            parts.append(f"message={message}")
        parts.append(record.getMessage())
        if record.exc_info and record.exc_info[1]:
            parts.append(_in_short(record.exc_info[1]))
        return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in " ".join(parts))


def _in_short(error: BaseException) -> str:
    """`bug=ValueError at=service/pipeline.py:31:process>parsers/wording/dates.py:12:date`.

    Without the exception's text, which may quote a report; it is in the message's row (`hisobot messages show`).
    """
    places = [(frame.filename, frame.lineno, frame.name) for frame in traceback.extract_tb(error.__traceback__)]
    if type(error.__cause__).__name__ == "RemoteTraceback":  # of a reader process: pebble hands it over as text
        places += _REMOTE_PLACE.findall(str(error.__cause__))
    return f"bug={type(error).__name__} at=" + ">".join(
        f"{'/'.join(file.split(os.sep)[-2:])}:{line}:{name}" for file, line, name in places[-12:]
    )


_REMOTE_PLACE = re.compile(r'^ +File "([^"\n]+)", line (\d+), in (\w+)$', re.MULTILINE)


def start_logging(duty: str, *, verbose: bool = False, with_time: bool | None = None) -> None:
    """Log to standard error. The time is left out under systemd, whose journal has it."""
    timed = with_time if with_time is not None else "JOURNAL_STREAM" not in os.environ
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_LogLine(duty, timed))
    # Libraries log addresses, subjects and parts of files: of theirs, errors alone.
    logging.basicConfig(level=logging.ERROR, handlers=[handler], force=True)
    for package in OURS:
        logging.getLogger(package).setLevel(logging.INFO if verbose else logging.WARNING)


@contextlib.contextmanager
def about(message: int) -> Iterator[None]:
    """All log lines inside name this message (our own row number)."""
    token = _message.set(message)
    try:
        yield
    finally:
        _message.reset(token)
