"""Commands for the administrator: is everything there, the database's schema, and the messages that need a person."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from metering.periods import TASHKENT
from service.assembly import assemble
from service.check import State, probe_all
from service.command_line.exits import PERMANENT
from service.config import Settings
from storage import messages, outbox
from storage.database import Database
from storage.messages import Message
from storage.states import LetterState, MessageState

Number = Annotated[int, typer.Argument(help="The message's number, as `messages list` and the log give it.")]


def check(context: typer.Context) -> None:
    """Load the settings and probe inbox, outgoing mail, database, blobs, tesseract and its languages.

    Says what is missing and how to mend it. Exit code 0 if everything needed is there, 4 if not.
    """
    table = Table("part", "state", "what was found, and the remedy", box=None, pad_edge=False)
    worst = State.GOOD
    for probe in probe_all(context.obj):
        table.add_row(probe.part, probe.state, probe.text)
        worst = max(worst, probe.state, key=list(State).index)
    Console(width=140, highlight=False).print(table)
    if worst is State.BAD:
        raise typer.Exit(PERMANENT)


def upgrade(context: typer.Context) -> None:
    """Bring the database's schema to this program's version; does nothing if it is there already."""
    settings: Settings = context.obj
    settings.home.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    before = database.current_revision()
    after = database.upgrade()
    print(f"{database.name}: {before or 'empty'} -> {after}" if before != after else f"{database.name}: {after}, nothing to do")


def list_messages(
    context: typer.Context,
    state: Annotated[
        MessageState | None, typer.Option(help="Only messages in this state; default: quarantined.")
    ] = MessageState.QUARANTINED,
    every: Annotated[bool, typer.Option("--all", help="Messages in every state.")] = False,
) -> None:
    """The messages in quarantine (or another state), and the letters that were given up."""
    service = assemble(context.obj)
    with service.database.reading() as tx:
        found = messages.listing(tx, None if every else state)
        failed = outbox.letter_listing(tx, LetterState.FAILED)
    for message in found:
        outcome = message.outcome or message.state
        print(f"{message.id}\t{_local(message)}\t{outcome}\t{message.attempts} attempts\t{message.file_name}\t{message.last_error or ''}")
    for letter in failed:
        print(f"letter {letter.id}\t{letter.kind}\tgiven up after {letter.attempts} attempts\t{letter.last_error or ''}")


def show_message(context: typer.Context, number: Number) -> None:
    """All that is known of one message."""
    service = assemble(context.obj)
    with service.database.reading() as tx:
        message = messages.show(tx, number)
    for name in Message.__slots__:
        print(f"{name}: {getattr(message, name)}")
    print(f"bytes: {service.blobs.path(message.raw_sha256)}")


def retry_message(context: typer.Context, number: Number) -> None:
    """Put a message in quarantine back into the queue, with three new attempts."""
    service = assemble(context.obj)
    with service.database.transaction() as tx:
        messages.retry(tx, number, getpass.getuser(), service.clock())
    print(f"message {number} is in the queue again")


def retry_letter(context: typer.Context, number: Annotated[int, typer.Argument(help="The letter's number.")]) -> None:
    """Send a letter that was given up again: the same bytes, the same Message-ID."""
    service = assemble(context.obj)
    with service.database.transaction() as tx:
        outbox.retry_letter(tx, number, getpass.getuser(), service.clock())
    print(f"letter {number} is in the queue again")


def add_to(application: typer.Typer) -> None:
    application.command("check")(check)
    database = typer.Typer(no_args_is_help=True, help="The database.")
    database.command("upgrade")(upgrade)
    application.add_typer(database, name="db")
    queue = typer.Typer(no_args_is_help=True, help="Messages that were kept, above all those in quarantine.")
    queue.command("list")(list_messages)
    queue.command("show")(show_message)
    queue.command("retry")(retry_message)
    application.add_typer(queue, name="messages")
    letters = typer.Typer(no_args_is_help=True, help="Letters that are owed.")
    letters.command("retry")(retry_letter)
    application.add_typer(letters, name="letters")


def _local(message: Message) -> str:
    return (message.received_at or message.kept_at).astimezone(TASHKENT).strftime("%Y-%m-%d %H:%M")
