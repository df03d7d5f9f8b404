"""The duties that systemd starts: `intake`, `deliver` and `web`, and `run` for all in one process tree."""

from __future__ import annotations

import os
import signal
import sys
import threading
from enum import StrEnum
from typing import Annotated

import typer

from service import notify
from service.assembly import assemble, inbox_of, outgoing_of, readers_of
from service.command_line.settings import config_of, settings_of
from service.delivery import deliver_all, deliver_forever
from service.intake import intake_forever
from service.logs import start_logging
from service.post import post_of
from service.processing import owner_name, process_forever
from service.tree import run_tree

Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Log every decision, not only what is odd.")]


def run(context: typer.Context, verbose: Verbose = False) -> None:
    """Do all duties in one process tree.

    For one machine. The pages are served with web.enabled. Starts intake, deliver, remind and web as processes of its own, starts each
    again when it dies, and stops them at SIGTERM or Ctrl-C, when the message in hand is finished. Logs to standard error; on a
    service's machine use systemd/hisobot.service.

    Example: hisobot --config hisobot.toml run --verbose
    """
    start_logging("run", verbose=verbose)
    settings = settings_of(context)
    assemble(settings).database.close()  # says now, in one line, what would otherwise make every duty die in turn
    config = config_of(context)
    myself = [sys.executable, "-m", "service", *(["--config", str(config)] if config else [])]
    flags = ["--verbose"] if verbose else []
    duties = [["intake"], ["deliver"], ["remind"], *([["web"]] if settings.web.enabled else [])]
    duties += [["documents", "work"]] if settings.signature.configured else []
    run_tree([[*myself, *duty, *flags] for duty in duties], stopped_by_signal())


class Faces(StrEnum):
    """Which pages are served."""

    STAFF = "staff"
    CUSTOMER = "customer"
    BOTH = "both"


def web(
    context: typer.Context,
    face: Annotated[Faces, typer.Option(case_sensitive=False, help="Whose pages: staff's under /staff, customers' under /.")] = Faces.BOTH,
    verbose: Verbose = False,
) -> None:
    """Serve the web pages of staff and customers.

    The review desk and the customers' cabinet. Listens on web.bind and web.port, behind a proxy that adds HTTPS (docs/operation.md);
    until SIGTERM or Ctrl-C.

    Example: hisobot web --face staff
    """
    settings_of(context)  # says now what is wrong with them, as every command does
    config = config_of(context)
    flags = [*(["--config", str(config)] if config else []), *(["--verbose"] if verbose else [])]
    # The pages stand above the use cases (ARCHITECTURE.md), so that they are a program of their own: this process becomes it.
    os.execv(sys.executable, [sys.executable, "-m", "cabinet", "--face", face.value, *flags])


def intake(context: typer.Context, verbose: Verbose = False) -> None:
    """Fetch mail, read it, book it; answers go to the outbox.

    Fetches from [imap], or from the Maildir [maildir] incoming where no imap.host is set; until SIGTERM or Ctrl-C.
    """
    start_logging("intake", verbose=verbose)
    stop = stopped_by_signal()
    settings = settings_of(context)
    service = assemble(settings)
    fetcher = threading.Thread(target=intake_forever, args=(service, inbox_of(settings), stop), name="fetcher", daemon=True)
    fetcher.start()
    notify.ready()
    with readers_of(settings) as readers:
        process_forever(service, readers, owner_name("intake"), stop)
    notify.stopping()
    fetcher.join(timeout=30)


def deliver(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Send what is due now, and end.")] = False,
    verbose: Verbose = False,
) -> None:
    """Send the letters that are owed.

    Through [smtp], or into the Maildir [maildir] outgoing where no smtp.host is set; until SIGTERM or Ctrl-C, or with --once until
    nothing is due.
    """
    start_logging("deliver", verbose=verbose)
    stop = stopped_by_signal()
    settings = settings_of(context)
    service = assemble(settings)
    post = post_of(service, outgoing_of(settings), owner_name("deliver"))
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
    application.command("web")(web)
