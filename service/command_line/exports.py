"""Commands that print what the ledger holds, for scripts: JSON lines or CSV on standard output."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated

import typer

from service.assembly import assemble
from service.command_line.settings import settings_of
from storage import exports


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"


MESSAGE_COLUMNS = (
    "id", "file", "sha256", "message_id", "sender", "received_at", "state", "outcome", "reply", "reasons", "reports"
)  # fmt: skip
READING_COLUMNS = (
    "contract_number", "serial", "kind", "unit", "period", "reading_date", "index", "previous", "consumption", "consumption_gcal",
    "source", "status", "received_at", "message_id", "submission",
)  # fmt: skip

As = Annotated[
    Format, typer.Option("--format", case_sensitive=False, help="jsonl: one JSON object a line; csv: commas, with a header line.")
]


def export_messages(context: typer.Context, format: As = Format.JSONL) -> None:
    """Print every message and its fate.

    Oldest first, as UTF-8 on standard output (docs/formats.md, "Results"). A message that is not decided yet has no outcome.

    Example: hisobot export messages | jq -r .outcome | sort | uniq -c
    """
    database = assemble(settings_of(context)).database
    with database.reading() as tx:
        write(exports.message_rows(tx), format, MESSAGE_COLUMNS)


def export_readings(context: typer.Context, format: As = Format.JSONL) -> None:
    """Print every reading, from every source.

    In the order in which they were written, as UTF-8 on standard output (docs/formats.md, "History"). Numbers have the digits
    that were read.

    Example: hisobot export readings --format csv > readings.csv
    """
    database = assemble(settings_of(context)).database
    with database.reading() as tx:
        write(exports.reading_rows(tx), format, READING_COLUMNS)


def write(rows: Iterable[Mapping[str, object]], format: Format, columns: Sequence[str]) -> None:
    """Rows to standard output; in CSV what is nested stands as JSON in its cell, and the header is there even without rows."""
    if format is Format.JSONL:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
        return
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def add_to(application: typer.Typer) -> None:
    export = typer.Typer(no_args_is_help=True, help="Print what the ledger holds, for scripts.")
    export.command("messages")(export_messages)
    export.command("readings")(export_readings)
    application.add_typer(export, name="export")
