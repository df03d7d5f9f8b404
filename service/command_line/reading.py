"""Commands that read files: `extract` only looks, `ingest` takes them through the whole journey."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from service.assembly import assemble, readers_of
from service.command_line.exits import refuse
from service.command_line.exports import Format
from service.extraction import extract_file
from service.ingest import keep_files, message_files
from service.processing import owner_name, process_all

Paths = Annotated[list[Path], typer.Argument(exists=True, readable=True, show_default=False)]


def extract(
    context: typer.Context,
    files: Paths,
    format: Annotated[Format, typer.Option("--format", help="Only jsonl: one JSON object a report.")] = Format.JSONL,
    register: Annotated[bool, typer.Option("--register", help="Weigh what was read against the loaded register.")] = False,
) -> None:
    """Read PDF, JPEG, PNG, TIFF, HEIC or .eml files and print what they say. Books nothing.

    Exit code 1 if any file could not be read; each has its line with `error` all the same.
    """
    if format is not Format.JSONL:
        raise typer.BadParameter("extract prints jsonl only", param_hint="--format")
    database = assemble(context.obj).database if register else None
    unread = []
    with readers_of(context.obj) as readers:
        for path in files:
            for line in extract_file(path, readers, context.obj.limits, database):
                print(json.dumps(line, ensure_ascii=False), flush=True)
                if line["error"]:
                    unread.append(f"{path}: {line['error']}")
    refuse(unread)


def ingest(context: typer.Context, paths: Paths) -> None:
    """Take message files, a directory of them or a Maildir through the same journey as mail that was fetched.

    A directory is taken in the order of receipt. What was taken before is known and not taken twice.
    """
    service = assemble(context.obj)
    console = Console(stderr=True)
    found = [file for path in paths for file in message_files(path)]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        keeping = progress.add_task("keeping", total=len(found))
        kept = keep_files(service, found, lambda: progress.advance(keeping))
        task = progress.add_task("reading and deciding", total=kept)
        with readers_of(context.obj) as readers:
            process_all(service, readers, f"{owner_name('ingest')}:{os.getpid()}", lambda: progress.advance(task))
    print(f"{len(found)} messages found, {kept} new; see: hisobot export messages")


def add_to(application: typer.Typer) -> None:
    application.command("extract")(extract)
    application.command("ingest")(ingest)
