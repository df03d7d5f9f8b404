"""What a command costs: CPU seconds of it and of all its children, and seconds by the clock on the wall."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """cpu: user and system seconds, waited-for descendants included; wall: seconds; status: exit code."""

    cpu: float
    wall: float
    status: int


def run_measured(command: Sequence[str | Path], environment: Mapping[str, str], output: Path, folder: Path | None = None) -> Cost:
    """Runs the command to its end, its standard output into the file. wait4(2) counts the children that it waited for."""
    begin = time.monotonic()
    with output.open("wb") as out, output.with_suffix(".stderr").open("wb") as err:
        process = subprocess.Popen([str(part) for part in command], stdout=out, stderr=err, env=dict(environment), cwd=folder)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - begin, process.returncode)
