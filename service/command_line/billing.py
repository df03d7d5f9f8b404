"""The command that takes in the figures from billing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.assembly import assemble
from service.billing import Imported, import_due, import_file
from service.command_line.exits import refuse
from service.command_line.settings import settings_of

MOST_SHOWN = 50


def billing_import(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(help="The day's file, CSV or xlsx; without it the new ones in billing.folder.", exists=True, dir_okay=False),
    ] = None,
) -> None:
    """Take in the day's figures from billing.

    Balances, accruals, payments and consumption counted (docs/billing.md). The file is checked as a whole, by itself and against what
    came before, and taken or refused as a whole, each fault with its line. The same file again changes nothing. Without FILE every new
    file of billing.folder is taken in, and while the day's file has not come the exit code is 3: systemd/hisobot-billing.timer starts
    it at 19:05, and it is tried until the file comes.

    Example: hisobot billing import 2026-11-01.csv
    """
    service = assemble(settings_of(context))
    if file is not None:
        _say(import_file(service, file))
        return
    for done in import_due(service):
        if done.complaints:  # their text holds sums, which must not stand in a journal
            why = f"refused as a whole, {len(done.complaints)} faults, the first at {done.complaints[0].place}"
            refuse([f"{done.name}: {why}; see: hisobot billing import FILE"])
        _say(done)


def _say(done: Imported) -> None:
    if done.known:
        print(f"{done.name}: was taken in before, nothing changed")
    elif not done.complaints:
        print(f"{done.name}: {done.new} months new, {done.restated} restated")
    else:
        print(f"{done.name}: refused as a whole, nothing changed")
        shown = [f"{done.name}, {complaint.place}: {complaint.reason}" for complaint in done.complaints[:MOST_SHOWN]]
        left = len(done.complaints) - MOST_SHOWN
        refuse([*shown, *([f"{done.name}: and {left} faults more"] if left > 0 else [])])


def add_to(application: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Figures from billing.")

    @group.callback()
    def _keep_the_group() -> None:
        """Figures from billing."""

    group.command("import")(billing_import)
    application.add_typer(group, name="billing")
