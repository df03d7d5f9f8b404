"""The command line as a whole: its commands, the settings they share, and the exit codes (docs/formats.md)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from metering.errors import PermanentError, TemporaryError
from service.command_line import administration, duties, exports, imports, reading
from service.command_line.exits import PERMANENT, REFUSED, TEMPORARY
from service.config import load_settings

application = typer.Typer(
    name="hisobot",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Receives heat consumption reports by mail, reads, checks and books them, and answers.",
    epilog="Settings: --config, HISOBOT_CONFIG, or hisobot.toml in HISOBOT_HOME (else here), and the environment (docs/operation.md).",
)


@application.callback()
def _settings(
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option(help="Settings file (TOML); default: hisobot.toml in HISOBOT_HOME.", show_default=False)
    ] = None,
) -> None:
    if "--help" not in sys.argv:
        context.obj = load_settings(config)


for module in (duties, reading, imports, exports, administration):
    module.add_to(application)


def main() -> None:
    """Runs the command line; failures become one line on standard error and an exit code, never a traceback."""
    try:
        application()
    except TemporaryError as error:
        print(f"hisobot: {error} (temporary: try again)", file=sys.stderr)
        sys.exit(TEMPORARY)
    except PermanentError as error:
        print(f"hisobot: {error}", file=sys.stderr)
        sys.exit(PERMANENT)
    except BrokenPipeError:  # `hisobot export ... | head`
        sys.stderr.close()
        sys.exit(REFUSED)
