"""The command that prints a report form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from metering.periods import Period
from service.assembly import assemble
from service.command_line.settings import settings_of
from service.forms import make_form


def period_option(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def form(
    context: typer.Context,
    contract: Annotated[str, typer.Argument(help="The contract's number, five digits.")],
    period: Annotated[Period, typer.Option(parser=period_option, metavar="YYYY-MM", help="The month that is reported.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The PDF file to write.")],
) -> None:
    """Print the report form of a contract.

    Prefilled from the register, to be filled in by hand, signed and mailed back.
    """
    service = assemble(settings_of(context))
    with service.database.transaction() as tx:  # the key of the codes is made at first use
        pdf = make_form(tx, contract, period, service.settings.mail.address)
    output.write_bytes(pdf)
    print(f"{output}: {len(pdf)} bytes")


def add_to(application: typer.Typer) -> None:
    application.command("form")(form)
