"""Commands of the month: `remind`, paper originals, recalculations, and the addresses that letters go to."""

from __future__ import annotations

import datetime as dt
import getpass
import re
import sys
from decimal import Decimal
from typing import Annotated

import typer

from metering.periods import TASHKENT, Period
from service import notify
from service.assembly import Service, assemble
from service.campaigns import Owed, steps_open, survey
from service.command_line.duties import Verbose, stopped_by_signal
from service.command_line.exits import refuse, refusing
from service.command_line.exports import Format, write
from service.command_line.forms import period_option
from service.command_line.settings import settings_of
from service.logs import start_logging
from service.originals import period_in_hand, receive
from service.recalculations import book
from service.reminding import remind_forever, remind_once
from storage import addresses, reported
from storage.recalculations import JointReading, Recalculation, recalculation_listing

As = Annotated[Format, typer.Option("--format", case_sensitive=False, help="csv with a header line, or jsonl: one JSON object a line.")]
MonthOption = Annotated[
    Period | None, typer.Option("--period", parser=period_option, metavar="YYYY-MM", help="The month of the reports.", show_default=False)
]
OWED_COLUMNS = ("letter", "step", "contract_number", "period", "recipient", "why", "not_written", "opens", "closes")
_ALWAYS = Period(1, 1)


def _moment(text: str) -> dt.datetime:
    try:
        given = dt.datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is neither a day YYYY-MM-DD nor a moment YYYY-MM-DDTHH:MM") from None
    return given if given.tzinfo else given.replace(tzinfo=TASHKENT)


def remind(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Owe what is due now, and end.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be owed and why; write nothing.")] = False,
    on: Annotated[
        dt.datetime | None,
        typer.Option(parser=_moment, metavar="DAY", help="With --dry-run: on that day (YYYY-MM-DD, or with a time).", show_default=False),
    ] = None,
    format: As = Format.CSV,
    verbose: Verbose = False,
) -> None:
    """Owe the reminders and notices of the month.

    Who is owed one is asked of the ledger each time, and no letter is owed twice, so it may be started at any time; `hisobot deliver`
    sends them. Until SIGTERM or Ctrl-C, or with --once until nothing is due (docs/calendar.md).

    Example: hisobot remind --dry-run --on 2026-11-20
    """
    settings = settings_of(context)
    if on is not None and not dry_run:
        raise typer.BadParameter("--on goes with --dry-run only: letters are owed at their own time")
    if dry_run:
        _print_owed(assemble(settings), on, format)
        return
    start_logging("remind", verbose=verbose)
    stop = stopped_by_signal()
    service = assemble(settings)
    if once:
        done = remind_once(service)
        print(f"{done.written} letters owed, {done.unreachable} contracts cannot be written to")
        return
    notify.ready()
    remind_forever(service, stop)
    notify.stopping()


def _print_owed(service: Service, on: dt.datetime | None, format: Format) -> None:
    """Of a day without a time: what is due at its end, whatever the hour from which letters go. Before `calendar.since` is set,
    what would be written if it were."""
    settings = service.settings
    if settings.calendar.since is None:
        print("calendar.since is not set: none of these is written until it is (docs/operation.md)", file=sys.stderr)
        settings = settings.model_copy(update={"calendar": settings.calendar.model_copy(update={"since": _ALWAYS})})
    now = service.clock() if on is None else on
    if on is not None and on.time() == dt.time():
        now = dt.datetime.combine(on.date(), max(settings.calendar.time_of_day, dt.time(23, 59)), TASHKENT)
    with service.database.reading() as tx:
        owed = list(survey(tx, settings, now))
    write((_owed_row(each) for each in owed), format, OWED_COLUMNS)
    written = sum(each.recipient is not None for each in owed)
    local = now.astimezone(TASHKENT)
    steps = ", ".join(f"{step.campaign}/{step.name} of {step.period}" for step in steps_open(settings, now)) or "none"
    print(f"{local:%Y-%m-%d %H:%M}: open steps: {steps}; {written} letters, {len(owed) - written} cannot be written", file=sys.stderr)


def _owed_row(each: Owed) -> dict[str, object]:
    return {
        "letter": each.step.campaign.value,
        "step": each.step.name,
        "contract_number": each.standing.contract_number,
        "period": str(each.step.period),
        "recipient": each.recipient,
        "why": each.why,
        "not_written": each.unreachable or None,
        "opens": each.step.opens.isoformat(),
        "closes": each.step.closes.isoformat(),
    }


def originals_receive(
    context: typer.Context,
    items: Annotated[list[str] | None, typer.Argument(metavar="[NUMBER|CODE]...", help="Contracts, or codes of forms.")] = None,
    file: Annotated[
        typer.FileText | None, typer.Option("--file", help="A list of them, one a line; - is standard input.", show_default=False)
    ] = None,
    period: MonthOption = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the marks back.")] = False,
) -> None:
    """Mark paper originals as received.

    By contracts' numbers, or by the text of the code on our own forms, which a barcode scanner types and which names its month.
    Without --period numbers are of the month before until the 20th, then of this one. A bad line is named and refused (exit code 1).

    Example: hisobot originals receive 00421 00422 --period 2026-11
    """
    lines = [*(items or []), *(file or [])]
    if not lines:
        raise typer.BadParameter("name contracts or codes, or a list of them with --file")
    service = assemble(settings_of(context))
    done = receive(service, lines, period or period_in_hand(service), getpass.getuser(), received=not undo)
    for original in done.marked:
        print(f"{original.contract_number}\t{original.period}\t{'not received' if undo else 'received'}")
    print(f"{len(done.marked)} marked, {len(done.known)} stood so before, {len(done.refused)} refused", file=sys.stderr)
    refuse([f"{text[:40]}: {reason}" for text, reason in done.refused])


def originals_list(context: typer.Context, period: MonthOption = None) -> None:
    """List the contracts whose paper original is missing.

    Those that reported by mail or in the cabinet, and whose original is not marked as received.
    """
    service = assemble(settings_of(context))
    month = period or period_in_hand(service)
    with service.database.reading() as tx:
        missing = [each for each in reported.standings(tx, month).values() if each.reported and not each.original]
    for standing in missing:
        print(f"{standing.contract_number}\t{month}")
    print(f"{len(missing)} originals of {month} are missing", file=sys.stderr)


def _decimal(text: str) -> Decimal:
    if re.fullmatch(r"\d+([.,]\d+)?", text, re.ASCII) is None:
        raise typer.BadParameter(f"{text!r} is not a quantity")
    return Decimal(text.replace(",", "."))


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day YYYY-MM-DD") from None


def recalculations_add(
    context: typer.Context,
    contract: Annotated[str, typer.Argument(help="The contract's number, five digits.")],
    period: Annotated[Period, typer.Option(parser=period_option, metavar="YYYY-MM", help="The month that was charged by the load.")],
    act: Annotated[str, typer.Option(help="The number of the act of the joint reading.")],
    act_date: Annotated[dt.date, typer.Option(parser=_day, metavar="YYYY-MM-DD", help="Its date.")],
    actual: Annotated[Decimal, typer.Option(parser=_decimal, metavar="GCAL", help="What was used in the month by the act.")],
    charged: Annotated[
        Decimal | None,
        typer.Option(parser=_decimal, metavar="GCAL", help="What was charged; default: the estimate that was told.", show_default=False),
    ] = None,
    index: Annotated[
        list[str] | None, typer.Option(metavar="SERIAL=VALUE", help="An index of the joint reading; may be repeated.", show_default=False)
    ] = None,
) -> None:
    """Book a recalculation after a joint reading act.

    The difference is booked in the next period and points at the estimate that it corrects, or at an earlier recalculation of the same
    month. It is never changed: a mistake is corrected by another act. The customer is written to.

    Example: hisobot recalculations add 00421 --period 2026-11 --act 17/26 --act-date 2026-12-03 --actual 41.20 --index 1234567=812.40
    """
    service = assemble(settings_of(context))
    indexes = {}
    for given in index or []:
        serial, _, value = given.rpartition("=")
        if not serial:
            raise typer.BadParameter(f"--index {given!r} is not SERIAL=VALUE")
        indexes[serial] = _decimal(value)
    reading = JointReading(contract, period, act, act_date, actual, charged, indexes)
    with refusing():
        booked = book(service, reading, getpass.getuser())
    made = booked.recalculation
    print(f"recalculation {made.id}: {made.difference_gcal:+f} Gcal in {made.booked_in} for {made.period}")
    if not booked.told:
        print(f"contract {made.contract_number} has no address at which somebody is: nobody was written to", file=sys.stderr)


RECALCULATION_COLUMNS = Recalculation.__slots__


def recalculations_list(context: typer.Context, format: As = Format.CSV) -> None:
    """Print every recalculation, in the order in which they were booked."""
    service = assemble(settings_of(context))
    with service.database.reading() as tx:
        rows = recalculation_listing(tx)
    write(({name: _plain(getattr(row, name)) for name in RECALCULATION_COLUMNS} for row in rows), format, RECALCULATION_COLUMNS)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int | dict) else value.isoformat() if isinstance(value, dt.date) else str(value)


ADDRESS_COLUMNS = ("address", "state", "soft_bounces", "since", "contracts", "unsubscribed", "last_answer")


def addresses_list(context: typer.Context, format: As = Format.CSV) -> None:
    """Print the addresses of which something is known.

    Dead ones first, then those whose letters came back for now, and who wants no reminders.
    """
    service = assemble(settings_of(context))
    with service.database.reading() as tx:
        found = addresses.address_listing(tx)
    rows = (
        {
            "address": each.address,
            "state": "dead" if each.dead else "alive",
            "soft_bounces": each.soft,
            "since": each.since.astimezone(TASHKENT).isoformat(timespec="seconds"),
            "contracts": list(each.contracts),
            "unsubscribed": list(each.unsubscribed),
            "last_answer": each.text,
        }
        for each in found
    )
    write(rows, format, ADDRESS_COLUMNS)


def addresses_revive(context: typer.Context, address: Annotated[str, typer.Argument(help="The address that works again.")]) -> None:
    """Say that an address which was marked dead works again."""
    service = assemble(settings_of(context))
    with service.database.transaction() as tx, refusing():
        addresses.revive(tx, address, getpass.getuser(), service.clock())
    print(f"{address.lower()} is written to again")


def add_to(application: typer.Typer) -> None:
    application.command("remind")(remind)
    for name, help, commands in (
        ("originals", "Paper originals of reports.", {"receive": originals_receive, "list": originals_list}),
        ("recalculations", "Recalculations after a joint reading.", {"add": recalculations_add, "list": recalculations_list}),
        ("addresses", "Addresses that letters go to.", {"list": addresses_list, "revive": addresses_revive}),
    ):
        group = typer.Typer(no_args_is_help=True, help=help)
        for command, function in commands.items():
            group.command(command)(function)
        application.add_typer(group, name=name)
