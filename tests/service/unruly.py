"""What an unruly reader does with a file, by the file's name: dies, hangs, turns, eats memory, has a bug; else it reads. Not a test."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from metering.messages import OpenedFile
from metering.reports import Report
from service.readers import MEMORY_BYTES
from service.reading import read_file


def read_unless_told_otherwise(file: OpenedFile, folder: Path) -> tuple[Report, ...]:
    name = file.attachment.name
    if "dies" in name:
        os.kill(os.getpid(), signal.SIGKILL)
    if "hangs" in name:
        time.sleep(3600)
    if "turns" in name:
        while True:
            pass
    if "eats" in name:
        bytearray(2 * MEMORY_BYTES)
    if "bug" in name:
        raise IndexError("no such thing")
    return read_file(file, folder)
