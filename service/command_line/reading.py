"""Commands that read files: `extract` only looks, `ingest` takes them through the whole journey."""

from __future__ import annotations

import json
import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from service.assembly import assemble, readers_of
from service.command_line.duties import Verbose
from service.command_line.exits import refuse
from service.command_line.settings import settings_of
from service.extraction import extract_file
from service.ingest import find_files, keep_files, undecided, work_off
from service.logs import start_logging
from service.processing import owner_name

# Not `exists=True`: a file that is not there must not keep the others from being read.
Files = Annotated[list[Path], typer.Argument(help="PDF, a picture, an office file or .eml; the bytes decide.", show_default=False)]
Mail = Annotated[list[Path], typer.Argument(help="Message files, directories of them, Maildirs.", show_default=False)]


class Lines(StrEnum):
    JSONL = "jsonl"


def extract(
    context: typer.Context,
    files: Files,
    format: Annotated[Lines, typer.Option("--format", case_sensitive=False, help="jsonl: one JSON object a report.")] = Lines.JSONL,
    register: Annotated[bool, typer.Option("--register", help="Weigh what was read against the loaded register.")] = False,
) -> None:
    """Read files and print what they say; books nothing.

    One JSON object a report, as each is done (docs/formats.md, "Extraction"). A file that cannot be read has its line with `error`,
    the run goes on, and the exit code is 1. Needs no settings and no database, but with --register.

    Example: hisobot extract *.pdf | jq .fields.contract_number.value
    """
    start_logging("extract")
    settings = settings_of(context)
    database = assemble(settings).database if register else None
    unread = []
    with readers_of(settings) as readers:
        for path in files:
            for line in extract_file(path, readers, settings.limits, database):
                print(json.dumps(line, ensure_ascii=False), flush=True)
                if line["error"]:
                    unread.append(f"{line['file']}: {line['error']}")
    refuse(unread)


def ingest(context: typer.Context, paths: Mail, verbose: Verbose = False) -> None:
    """Take message files as if they had been mailed.

    Keeps each one first, then reads, judges and books them and owes the answers, which `hisobot deliver --once` sends. A directory
    (not the folders in it) is taken in the order of receipt; what was taken before is known and not taken twice. Exit code 1 if a
    file cannot be read or a message ends in quarantine; the others are done all the same.

    Example: hisobot ingest mail/ && hisobot export messages
    """
    start_logging("ingest", verbose=verbose)
    settings = settings_of(context)
    service = assemble(settings)
    console = Console(stderr=True)
    found = find_files(paths)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        keeping = progress.add_task("keeping", total=len(found.files))
        kept = keep_files(service, found.files, lambda: progress.advance(keeping))
        task = progress.add_task("reading and deciding", total=len(kept.numbers))
        with readers_of(settings) as readers:
            owner = f"{owner_name('ingest')}:{os.getpid()}"
            work_off(service, readers, owner, kept.numbers, lambda: progress.advance(task))
    print(f"{len(found.files)} messages found, {len(kept.numbers)} new; see: hisobot export messages")
    refuse([*found.refused, *kept.refused, *undecided(service, kept.numbers)])


def add_to(application: typer.Typer) -> None:
    application.command("extract")(extract)
    application.command("ingest")(ingest)
