"""Exit codes of every command (docs/formats.md, "Exit codes")."""

import sys
from collections.abc import Sequence

import typer

REFUSED = 1
TEMPORARY = 3
PERMANENT = 4


def refuse(lines: Sequence[str]) -> None:
    """Says on standard error what was refused and ends with exit code 1; does nothing if nothing was."""
    for line in lines:
        print(line, file=sys.stderr)
    if lines:
        raise typer.Exit(REFUSED)
