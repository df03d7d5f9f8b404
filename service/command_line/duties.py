"""The duties that systemd starts: `intake` and `deliver`, and `run` for both in one process tree."""

from __future__ import annotations

import signal
import sys
import threading
from typing import Annotated

import typer

from service import notify
from service.assembly import assemble, inbox_of, outgoing_of, readers_of
from service.delivery import Post, deliver_all, deliver_forever
from service.intake import intake_forever
from service.logs import start_logging
from service.processing import owner_name, process_forever
from service.tree import run_tree

Verbose = Annotated[bool, typer.Option("--verbose", help="Log every decision, not only what is odd.")]


def run(context: typer.Context, verbose: Verbose = False) -> None:
    """All duties in one process tree, for one machine: starts each, starts it again when it dies; until SIGTERM."""
    start_logging("run", verbose=verbose)
    assemble(context.obj).database.close()  # says now, in one line, what would otherwise make every duty die in turn
    config = context.find_root().params["config"]
    myself = [sys.executable, "-m", "service", *(["--config", str(config)] if config else [])]
    flags = ["--verbose"] if verbose else []
    run_tree([[*myself, duty, *flags] for duty in ("intake", "deliver")], stopped_by_signal())


def intake(context: typer.Context, verbose: Verbose = False) -> None:
    """Fetch mail and keep it, read, judge and book it, and put the answers into the outbox; until SIGTERM."""
    start_logging("intake", verbose=verbose)
    stop = stopped_by_signal()
    service = assemble(context.obj)
    fetcher = threading.Thread(target=intake_forever, args=(service, inbox_of(context.obj), stop), name="fetcher", daemon=True)
    fetcher.start()
    notify.ready()
    with readers_of(context.obj) as readers:
        process_forever(service, readers, owner_name("intake"), stop)
    notify.stopping()
    fetcher.join(timeout=30)


def deliver(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Send what is due now, and end.")] = False,
    verbose: Verbose = False,
) -> None:
    """Send the letters that are owed; until SIGTERM."""
    start_logging("deliver", verbose=verbose)
    stop = stopped_by_signal()
    service = assemble(context.obj)
    post = Post(service.database, outgoing_of(context.obj), service.clock, context.obj.mail.address, owner_name("deliver"))
    if once:
        deliver_all(post)
        return
    notify.ready()
    deliver_forever(post, stop)
    notify.stopping()


def stopped_by_signal() -> threading.Event:
    """An event that SIGTERM and SIGINT set: the duty finishes what it has in hand."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def add_to(application: typer.Typer) -> None:
    application.command("run")(run)
    application.command("intake")(intake)
    application.command("deliver")(deliver)
