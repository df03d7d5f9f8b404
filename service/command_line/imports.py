"""Commands that take files in: the register, and submissions of the cabinet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.assembly import assemble
from service.command_line.exits import refuse, refusing
from service.command_line.settings import settings_of
from service.customer_accounts import issue_accounts
from service.submissions import import_submissions
from storage.register import import_register

_FILE = {"exists": True, "dir_okay": False, "readable": True, "show_default": False}
Contracts = Annotated[Path, typer.Argument(help="contracts.csv: UTF-8, commas, a header line.", **_FILE)]
Meters = Annotated[Path, typer.Argument(help="meters.csv, likewise.", **_FILE)]
Submissions = Annotated[Path, typer.Argument(help="One JSON object a line, UTF-8.", **_FILE)]


def register_import(context: typer.Context, contracts: Contracts, meters: Meters) -> None:
    """Load contracts.csv and meters.csv.

    Columns: docs/formats.md, "Register". A bad row is named with its line and refused (exit code 1), the good ones load all the
    same; a file whose header lacks a column is refused whole, and then nothing loads. Loading the same files again changes nothing,
    and a later import updates contracts and meters and never edits the ledger.

    Example: hisobot register import contracts.csv meters.csv
    """
    service = assemble(settings_of(context))
    with service.database.transaction() as tx, refusing():
        done = import_register(tx, contracts, meters)
    issue_accounts(service)
    print(f"{done.added} added, {done.changed} changed, {done.unchanged} unchanged, {len(done.refused)} refused")
    refuse([f"{row.file}, line {row.line}: {row.reason}" for row in done.refused])


def submissions_import(context: typer.Context, file: Submissions) -> None:
    """Take submissions of the cabinet into the ledger.

    One JSON object a line (docs/formats.md, "Cabinet submissions"). A bad line is named and refused (exit code 1), the others are
    settled. An id is taken once: importing the file again changes nothing.

    Example: hisobot submissions import october.jsonl
    """
    done = import_submissions(assemble(settings_of(context)), file)
    print(f"{done.settled} settled, {done.known} known before, {len(done.refused)} refused")
    return refuse([f"{file}, line {line}: {reason}" for line, reason in done.refused])


def add_to(application: typer.Typer) -> None:
    register = typer.Typer(no_args_is_help=True, help="The register of contracts and meters.")
    register.command("import")(register_import)
    application.add_typer(register, name="register")
    submissions = typer.Typer(no_args_is_help=True, help="Submissions that were not mailed.")
    submissions.command("import")(submissions_import)
    application.add_typer(submissions, name="submissions")
