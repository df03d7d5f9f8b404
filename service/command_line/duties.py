"""The duties that systemd starts: `intake` and `deliver`, and `run` for both in one process tree."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from service import notify
from service.assembly import assemble, inbox_of, outgoing_of, readers_of
from service.delivery import Delivery
from service.intake import intake_forever
from service.logs import start_logging
from service.processing import owner_name, process_forever
from service.tree import run_tree

Verbose = Annotated[bool, typer.Option("--verbose", help="Log every decision, not only what is odd.")]


def intake(context: typer.Context, verbose: Verbose = False) -> None:
    """Fetch mail and keep it, read, judge and book it, and put the answers into the outbox; until SIGTERM."""
    start_logging("intake", verbose=verbose)
    service = assemble(context.obj)
    stop = stopped_by_signal()
    fetcher = threading.Thread(target=intake_forever, args=(service, inbox_of(context.obj), stop), name="fetcher", daemon=True)
    fetcher.start()
    notify.ready()
    with readers_of(context.obj) as readers:
        process_forever(service, readers, owner_name("intake"), stop)
    notify.stopping()
    fetcher.join(timeout=30)


def add_to(application: typer.Typer) -> None:
    application.command("run")(run)
    application.command("intake")(intake)
    application.command("deliver")(deliver)
