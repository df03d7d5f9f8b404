"""The command that takes dated reference data in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.assembly import assemble
from service.command_line.exits import refuse, refusing
from service.command_line.settings import settings_of
from storage.reference import ReferenceKind, import_reference

Kind = Annotated[ReferenceKind, typer.Argument(help="What the file holds.", show_default=False)]
File = Annotated[Path, typer.Argument(help="UTF-8 CSV with a header line.", exists=True, dir_okay=False, readable=True, show_default=False)]


def reference_import(context: typer.Context, kind: Kind, file: File) -> None:
    """Load plans, annexes, heating seasons or temperatures.

    Monthly plans, annexes of contracts, heating seasons, outdoor temperatures. Columns: docs/formats.md, "Reference data". A row
    replaces the one with the same key; a bad row is named with its line and refused (exit code 1), the good ones load all the same.
    Loading a file again changes nothing.

    Example: hisobot reference import temperatures uzhydromet.csv
    """
    service = assemble(settings_of(context))
    with service.database.transaction() as tx, refusing():
        done = import_reference(tx, kind, file, service.clock())
    print(f"{done.added} added, {done.changed} changed, {done.unchanged} unchanged, {len(done.refused)} refused")
    refuse([f"{row.file}, line {row.line}: {row.reason}" for row in done.refused])


def add_to(application: typer.Typer) -> None:
    reference = typer.Typer(no_args_is_help=True, help="Dated data that estimates are computed from.")
    reference.command("import")(reference_import)
    application.add_typer(reference, name="reference")
