"""Commands that take files in: the register, and submissions of the cabinet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.assembly import assemble
from service.command_line.exits import refuse
from service.submissions import import_submissions
from storage.register import import_register

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


def register_import(context: typer.Context, contracts: File, meters: File) -> None:
    """Load contracts.csv and meters.csv (docs/formats.md, "Register"). Bad rows are named and refused, good ones load."""
    service = assemble(context.obj)
    with service.database.transaction() as tx:
        done = import_register(tx, contracts, meters)
    print(f"{done.added} added, {done.changed} changed, {done.unchanged} unchanged, {len(done.refused)} refused")
    refuse([f"{row.file}, line {row.line}: {row.reason}" for row in done.refused])


def submissions_import(context: typer.Context, file: File) -> None:
    """Take submissions of the cabinet, one JSON object a line (docs/formats.md, "Cabinet submissions")."""
    done = import_submissions(assemble(context.obj), file)
    print(f"{done.settled} settled, {done.known} known before, {len(done.refused)} refused")
    refuse([f"{file}, line {line}: {reason}" for line, reason in done.refused])


def add_to(application: typer.Typer) -> None:
    register = typer.Typer(no_args_is_help=True, help="The register of contracts and meters.")
    register.command("import")(register_import)
    application.add_typer(register, name="register")
    submissions = typer.Typer(no_args_is_help=True, help="Submissions that were not mailed.")
    submissions.command("import")(submissions_import)
    application.add_typer(submissions, name="submissions")
