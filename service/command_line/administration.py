"""Commands for the administrator: is everything there, the database's schema, and the messages that need a person."""

from __future__ import annotations

import datetime as dt
import getpass
import sys
from typing import Annotated

import typer

from metering.periods import TASHKENT
from service.assembly import assemble
from service.check import State, probe_all
from service.command_line.exits import PERMANENT, TEMPORARY, refusing
from service.command_line.settings import config_of, settings_of
from storage import messages, outbox
from storage.database import Database
from storage.messages import Message
from storage.states import LetterState, MessageState

Number = Annotated[int, typer.Argument(help="The message's number, as `messages list` and the log give it.", show_default=False)]
LetterNumber = Annotated[int, typer.Argument(help="The letter's number, as `messages list` gives it.", show_default=False)]


def check(context: typer.Context) -> None:
    """Probe every part and say what is missing.

    Loads the settings and tries inbox, outgoing mail, database, blobs, the sandbox, tesseract and its languages, each once; what is
    missing is named with its remedy. Nothing is fetched and nothing sent. Exit code 0 if all that is needed is there, 3 if the only
    trouble is one that may pass by itself, 4 if a person is needed.
    """
    settings = settings_of(context)
    states = set()
    for probe in probe_all(settings, config_of(context)):
        print(f"{probe.state:<9}  {probe.part:<9}  {_plain(probe.text)}")
        states.add(probe.state)
    if State.MISSING in states:
        raise typer.Exit(PERMANENT)
    if State.LATER in states:
        raise typer.Exit(TEMPORARY)


def upgrade(context: typer.Context) -> None:
    """Bring the database's schema to this program.

    Makes the tables in an empty database, runs the migrations that are missing in an older one, and does nothing if it is up to date.
    SQLite is upgraded by every command anyway, PostgreSQL only by this one. Make a backup first (docs/operation.md, "Upgrade").
    """
    settings = settings_of(context)
    settings.home.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    before = database.current_revision()
    after = database.upgrade()
    print(f"{database.name}: {before or 'empty'} -> {after}" if before != after else f"{database.name}: {after}, nothing to do")


def list_messages(
    context: typer.Context,
    state: Annotated[MessageState, typer.Option(case_sensitive=False, help="Only messages in this state.")] = MessageState.QUARANTINED,
    every: Annotated[bool, typer.Option("--all", help="Messages in every state.")] = False,
) -> None:
    """List what needs a person.

    The messages in quarantine (or in another state), and the letters that were given up; columns with tabs between them: number,
    when received, outcome or state, attempts, file, last error.

    Example: hisobot messages list --all
    """
    service = assemble(settings_of(context))
    with service.database.reading() as tx:
        found = messages.listing(tx, None if every else state)
        failed = outbox.letter_listing(tx, LetterState.FAILED)
    for message in found:
        when = _local(message.received_at or message.kept_at)
        what = message.outcome or message.state
        row = (message.id, when, what, f"{message.attempts} attempts", message.file_name, message.last_error or "")
        print("\t".join(_plain(cell) for cell in row))
    for letter in failed:
        row = (f"letter {letter.id}", letter.kind, f"given up after {letter.attempts} attempts", letter.last_error or "")
        print("\t".join(_plain(cell) for cell in row))
    if not found and not failed:
        print("no message in this state and no letter given up", file=sys.stderr)


def show_message(context: typer.Context, number: Number) -> None:
    """Show one message's row and where its bytes are."""
    service = assemble(settings_of(context))
    with service.database.reading() as tx, refusing():
        message = messages.show(tx, number)
    for name in Message.__slots__:
        print(f"{name}: {_shown(getattr(message, name))}")
    print(f"bytes: {service.blobs.path(message.raw_sha256)}")


def retry_message(context: typer.Context, number: Number) -> None:
    """Put a message in quarantine back into the queue.

    It gets three new attempts, by `hisobot intake` or the next `hisobot ingest`.
    """
    service = assemble(settings_of(context))
    with service.database.transaction() as tx, refusing():
        messages.retry(tx, number, getpass.getuser(), service.clock())
    print(f"message {number} is in the queue again")


def retry_letter(context: typer.Context, number: LetterNumber) -> None:
    """Send a letter again that was given up.

    The same bytes and the same Message-ID, by `hisobot deliver`.
    """
    service = assemble(settings_of(context))
    with service.database.transaction() as tx, refusing():
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


def _local(moment: dt.datetime) -> str:
    return moment.astimezone(TASHKENT).strftime("%Y-%m-%d %H:%M")


def _shown(value: object) -> str:
    if value is None or value == ():
        return "-"
    if isinstance(value, dt.datetime):
        return value.astimezone(TASHKENT).isoformat(timespec="seconds")
    return _plain(" ".join(value) if isinstance(value, tuple) else value)


def _plain(value: object) -> str:
    """Without the characters with which a foreign name could move the cursor or break the line."""
    return "".join(letter if letter.isprintable() else "?" for letter in str(value))
