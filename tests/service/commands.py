"""The command `hisobot` in a folder of its own: as a script calls it, or in a fork of the tests' process."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, NoReturn

from service.command_line import main

PROGRAM = Path(sys.executable).with_name("hisobot")
_LONGEST = 240  # seconds that a command may take
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


def started(home: Path, *arguments: object, **environment: str) -> Done:
    """Runs the command in `home`, by a fresh interpreter. What it writes must be UTF-8, whatever the locale."""
    done = subprocess.run(
        [PROGRAM, *map(str, arguments)],
        cwd=home,
        env=plain_environment(**environment),
        capture_output=True,
        timeout=_LONGEST,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def hisobot(home: Path, *arguments: object, **environment: str) -> Done:
    """The same in a fork of this process, which has loaded what a fresh interpreter takes a second of CPU for. For tests of what a command
    does; of how it starts, `started` is."""
    with TemporaryFile() as out, TemporaryFile() as err:
        if not (child := os.fork()):
            _be_the_command(home, [str(one) for one in arguments], plain_environment(**environment), out, err)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        for written in (out, err):
            written.seek(0)
        return Done(code, out.read().decode("utf-8"), err.read().decode("utf-8"))


def _be_the_command(home: Path, arguments: list[str], environment: dict[str, str], out: BinaryIO, err: BinaryIO) -> NoReturn:
    """What the fork does until its end: nothing of the test goes on in it."""
    code: object = 1
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_LONGEST)
        for number, file in enumerate((os.open(os.devnull, os.O_RDONLY), out.fileno(), err.fileno())):
            os.dup2(file, number)
        sys.stdin = io.TextIOWrapper(io.FileIO(0))
        sys.stdout, sys.stderr = (io.TextIOWrapper(io.BufferedWriter(io.FileIO(number, "w"))) for number in (1, 2))
        os.chdir(home)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = [str(PROGRAM), *arguments]
        main()
    except SystemExit as end:
        code = end.code
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)
