"""The command line as a whole: its commands, the settings they share, and the exit codes (docs/formats.md)."""

from __future__ import annotations

import importlib.metadata
import io
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from metering.errors import PermanentError, TemporaryError
from service.command_line import (
    administration,
    billing,
    calendar,
    customers,
    documents,
    duties,
    exports,
    forms,
    imports,
    reading,
    reference,
    staff,
)
from service.command_line.exits import BUG, PERMANENT, REFUSED, TEMPORARY

EPILOG = """\b
Examples:
  hisobot extract scan.pdf                      what a page says, booked nowhere
  hisobot register import contracts.csv meters.csv
  hisobot ingest mail/ && hisobot export messages
  hisobot check && hisobot run                  the service, on one machine

\b
Settings: the environment (HISOBOT_SECTION__KEY) before systemd's credentials
before the file: --config, else HISOBOT_CONFIG, else hisobot.toml in
HISOBOT_HOME, else in the current directory. Without any, the database
(hisobot.db), blobs/ and two Maildirs lie in HISOBOT_HOME or the current
directory. systemd/hisobot.toml lists every setting with its default.

\b
Exit codes: 0 done; 1 part of the input was refused or could not be read;
2 wrong usage; 3 a temporary failure, try again; 4 a person is needed.
"""

application = typer.Typer(
    name="hisobot",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Receives heat consumption reports by mail, reads, checks and books them, and answers.",
    epilog=EPILOG,
)


def _version(asked: bool) -> None:
    if asked:
        print(f"hisobot {importlib.metadata.version('hisobot')}")
        raise typer.Exit


@application.callback()
def _shared(
    config: Annotated[
        Path | None,
        typer.Option(help="Settings file (TOML), before the command. Default: HISOBOT_CONFIG, else hisobot.toml.", show_default=False),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.", callback=_version, is_eager=True)] = False,
) -> None:
    """Options before the command; `settings_of` reads --config when a command asks for its settings."""


for module in (duties, calendar, reading, imports, reference, billing, documents, exports, forms, customers, staff, administration):
    module.add_to(application)


def main() -> None:
    """Runs the command line; failures become one line on standard error and an exit code, never a traceback unless it is a bug."""
    for stream in (sys.stdout, sys.stderr):  # our formats are UTF-8 whatever the locale says
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    code = _run()
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:  # `hisobot export ... | head`; https://docs.python.org/3/library/signal.html#note-on-sigpipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = code or REFUSED
    sys.exit(code)


def _run() -> int | str | None:
    try:
        application(prog_name="hisobot")
    except SystemExit as end:
        return end.code
    except TemporaryError as error:
        print(f"hisobot: {error} (temporary: try again)", file=sys.stderr)
        return TEMPORARY
    except PermanentError as error:
        print(f"hisobot: {error}", file=sys.stderr)
        return PERMANENT
    except Exception:
        traceback.print_exc()
        return BUG
    return None
