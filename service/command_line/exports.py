"""Commands that print what the ledger holds, for scripts: JSON lines or CSV on standard output."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated

import typer

from service.assembly import assemble
from storage import exports


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"


As = Annotated[Format, typer.Option("--format", help="jsonl: one JSON object a line; csv: with a header line.")]


def export_messages(context: typer.Context, format: As = Format.JSONL) -> None:
    """Every message and what became of it, oldest first (docs/formats.md, "Results")."""
    database = assemble(context.obj).database
    with database.reading() as tx:
        write(exports.message_rows(tx), format)


def export_readings(context: typer.Context, format: As = Format.JSONL) -> None:
    """Every reading from every source (docs/formats.md, "History")."""
    database = assemble(context.obj).database
    with database.reading() as tx:
        write(exports.reading_rows(tx), format)


def write(rows: Iterable[Mapping[str, object]], format: Format) -> None:
    """Rows to standard output; in CSV what is nested stands as JSON in its cell."""
    if format is Format.JSONL:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
        return
    writer = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(sys.stdout, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow(
            {key: json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value for key, value in row.items()}
        )


def add_to(application: typer.Typer) -> None:
    export = typer.Typer(no_args_is_help=True, help="Print what the ledger holds.")
    export.command("messages")(export_messages)
    export.command("readings")(export_readings)
    application.add_typer(export, name="export")
