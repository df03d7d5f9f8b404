"""The command `hisobot` as a script calls it: a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("hisobot")
_OURS = ("HISOBOT_", "CREDENTIALS_DIRECTORY", "NOTIFY_SOCKET", "JOURNAL_STREAM")


@dataclass(frozen=True, slots=True)
class Done:
    """The exit code, and what was written to the two outputs."""

    code: int
    out: str
    err: str


def plain_environment(**given: str) -> dict[str, str]:
    """This process's environment without anything that hisobot looks at, and with what is given."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_OURS)} | given


def hisobot(home: Path, *arguments: object, **environment: str) -> Done:
    """Runs the command in `home`. What it writes must be UTF-8, whatever the locale."""
    done = subprocess.run(
        [PROGRAM, *map(str, arguments)], cwd=home, env=plain_environment(**environment), capture_output=True, timeout=120, check=False
    )
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
