"""Opens foreign bytes in a fresh, limited process for each message, and believes nothing of what comes back (docs/opening.md)."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import json
import os
import signal
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from documents.verdicts import Verdict, verdict_from_json
from metering.errors import PermanentError, TemporaryError
from metering.messages import Opened
from service.config import LimitSettings
from service.opened_wire import RESULT_BYTES, BadResult, unpack
from service.openers import OpenerLost, Openers, Task

TRUST_FILE = "trust.json"  # in the working folder, where a document is to be judged
openers = Openers()  # one a process: what it has loaded serves every message


class OpeningFailed(PermanentError):
    """The worker died, hung or answered nonsense on these bytes: the message is set aside, nothing else is touched."""


def open_message(raw: bytes, folder: Path, limits: LimitSettings) -> Opened:
    """Opens the bytes as a message. `folder` must exist and be the message's own; it receives its files and pictures.

    Raises OpeningFailed on account of the bytes, TemporaryError if no worker can be started.
    """
    return _open("message", raw, "", folder, limits)


def open_file(raw: bytes, name: str, folder: Path, limits: LimitSettings) -> Opened:
    """Opens a single file; one that is a message by its bytes or its name is opened as one (then `.message` is not None)."""
    return _open("file", raw, name, folder, limits)


def verify_document(raw: bytes, folder: Path, trust: Sequence[bytes], now: dt.datetime, limits: LimitSettings) -> Verdict:
    """Judges the signatures of a PDF that may be anybody's; trust: certificates (DER) that count as roots."""
    (folder / TRUST_FILE).write_bytes(json.dumps([base64.b64encode(der).decode() for der in trust]).encode())
    try:
        return verdict_from_json(json.loads(_work("document", raw, now.isoformat(), folder, limits)))
    except (ValueError, KeyError, TypeError) as error:
        raise OpeningFailed(f"the worker's answer is not believed: {error}") from error


def _open(mode: str, raw: bytes, name: str, folder: Path, limits: LimitSettings) -> Opened:
    name = name.encode("utf-8", "replace").decode().replace("\x00", "")[-200:]
    try:
        return unpack(_work(mode, raw, name, folder, limits), folder.resolve())
    except BadResult as error:
        raise OpeningFailed(f"the worker's answer is not believed: {error}") from error


def _work(mode: str, raw: bytes, name: str, folder: Path, limits: LimitSettings) -> bytes:
    """What the worker writes; it must be checked. Raises OpeningFailed on account of the bytes, TemporaryError if none can be started."""
    folder = folder.resolve()
    told = {"folder": str(folder), "arguments": [mode, name, str(folder), str(limits.attachment_bytes)]}
    with contextlib.ExitStack() as stack:
        try:
            arguments, given, result, complaints = (stack.enter_context(tempfile.TemporaryFile(dir=folder)) for _ in range(4))
            for file, content in ((arguments, json.dumps(told).encode()), (given, raw)):
                file.write(content)
                file.seek(0)
            status = openers.run(Task(arguments, given, result, complaints), limits.open_seconds)
        except OSError as error:
            raise TemporaryError(f"no worker for opening mail can be started in {folder}: {error}") from error
        except OpenerLost as error:
            raise OpeningFailed("the process that opens mail was lost on it twice") from error
        if status is None:
            raise OpeningFailed(f"opening took more than {limits.open_seconds:g} s")
        if status != 0:
            raise OpeningFailed(f"the worker {_end(status)}: {_last_words(complaints)}".rstrip(": "))
        result.seek(0)
        return result.read(RESULT_BYTES + 1)


def _end(code: int) -> str:
    if code >= 0:
        return f"ended with {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"


def _last_words(complaints: IO[bytes]) -> str:
    """The last line that the worker wrote about itself; at most 300 characters, printable."""
    complaints.seek(max(0, os.fstat(complaints.fileno()).st_size - 2000))
    lines = complaints.read(2000).decode("utf-8", "replace").strip().splitlines()
    return "".join(c if c.isprintable() else " " for c in lines[-1][:300]) if lines else ""
