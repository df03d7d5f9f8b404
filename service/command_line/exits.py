"""Exit codes of every command (docs/formats.md, "Exit codes"), and how a command says what it refused."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence

import typer

from metering.errors import PermanentError

REFUSED = 1
TEMPORARY = 3
PERMANENT = 4
BUG = 70  # EX_SOFTWARE of sysexits.h


def refuse(lines: Sequence[str]) -> None:
    """Says on standard error what was refused and ends with exit code 1; does nothing if nothing was."""
    for line in lines:
        print(f"hisobot: {line}", file=sys.stderr)
    if lines:
        raise typer.Exit(REFUSED)


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """Around work whose PermanentError is about what the user gave, not about the installation: exit code 1 and not 4."""
    try:
        yield
    except PermanentError as error:
        refuse([str(error)])
