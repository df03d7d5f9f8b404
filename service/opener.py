"""What the fresh process does that opens one message's foreign bytes: ties its own hands, reads stdin, writes the result to stdout."""

from __future__ import annotations

import base64
import contextlib
import ctypes
import datetime as dt
import importlib
import json
import os
import resource
import signal
import sys
from pathlib import Path

MEMORY_BYTES = 2 * 1024**3
CPU_SECONDS = 30
FILE_BYTES = 64 * 1024**2
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38  # linux/prctl.h
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000  # linux/sched.h


def tie_hands(parent: int) -> None:
    """Limits on memory, CPU, file size and files; dies with its parent; no network where the kernel lets us."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)  # it died before the first line above
    if libc.unshare(_CLONE_NEWNET) != 0:
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)  # refused by hardened kernels and units: then the unit's own limits hold
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond the limit then fails with EFBIG instead of killing us


def load() -> None:
    """Loads what most messages need. Nothing here may start a thread: children are forked of the process."""
    for name in ("parsers.mime", "parsers.opening", "parsers.pdf", "parsers.files.pictures", "service.opened_wire"):
        importlib.import_module(name)


def main(arguments: list[str]) -> None:
    """arguments: "message", "file" or "document", the file's name (of a document the moment at which it is judged), the folder, bytes
    allowed for an attachment."""
    mode, name, folder, attachment_bytes = arguments
    sys.setrecursionlimit(1500)
    result = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no result
    raw = sys.stdin.buffer.read()
    write = _judge if mode == "document" else _open
    with result, contextlib.suppress(BrokenPipeError):
        result.write(write(mode, raw, name, Path(folder), int(attachment_bytes)))


def _open(mode: str, raw: bytes, name: str, folder: Path, attachment_bytes: int) -> bytes:
    from parsers.opening import OpeningLimits, open_bytes, open_message
    from service.opened_wire import pack

    limits = OpeningLimits(attachment_bytes=attachment_bytes)
    return pack(open_message(raw, folder, limits) if mode == "message" else open_bytes(raw, name, folder, limits))


def _judge(mode: str, raw: bytes, moment: str, folder: Path, attachment_bytes: int) -> bytes:
    from documents.verdicts import verdict_as_json
    from documents.verification import verify
    from service.sandbox import TRUST_FILE

    trust = [base64.b64decode(each) for each in json.loads((folder / TRUST_FILE).read_bytes())]
    return json.dumps(verdict_as_json(verify(raw, trust, dt.datetime.fromisoformat(moment)))).encode()
