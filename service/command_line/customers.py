"""Commands for the customers' accounts of the cabinet, and for the tokens of programs that speak for customers."""

from __future__ import annotations

import getpass
import re
from typing import Annotated

import typer

from metering.periods import TASHKENT
from service.assembly import assemble
from service.command_line.exits import refusing
from service.command_line.settings import settings_of
from service.customer_accounts import issue_accounts, reset_password
from storage import api_tokens, register

Contract = Annotated[str, typer.Argument(help="The contract's number, five digits.", show_default=False)]
Client = Annotated[str, typer.Argument(help="Which program it is, for the audit trail: billing.", show_default=False)]


def issue(context: typer.Context) -> None:
    """Give every contract that has no account one.

    `hisobot register import` and `hisobot web` do it too: from then on the organisation's INN is taken as the first password, for
    the days of [cabinet] first_password_days.
    """
    print(f"{issue_accounts(assemble(settings_of(context)))} accounts issued")


def reset(context: typer.Context, contract: Contract) -> None:
    """Let a customer who lost his password in with the INN once more.

    Ends every session of the account and tells each address of the contract. The customer has to set a new password at once.

    Example: hisobot cabinet reset 00421
    """
    with refusing():
        until = reset_password(assemble(settings_of(context)), contract, getpass.getuser())
    print(f"{contract}: the INN is taken as the password until {until.astimezone(TASHKENT):%Y-%m-%d %H:%M}")


def add_token(
    context: typer.Context,
    client: Client,
    contract: Annotated[
        list[str] | None, typer.Option(help="Only for this contract; may be given several times. Default: all.", show_default=False)
    ] = None,
) -> None:
    """Make a token with which a program may use the API.

    It is printed once and kept nowhere; what is kept is its SHA-256.

    Example: hisobot api-token add billing
    """
    if not re.fullmatch(r"[a-z][a-z0-9._-]{1,30}", client):
        raise typer.BadParameter("2 to 31 small Latin letters, digits, points or hyphens, a letter first")
    service = assemble(settings_of(context))
    with refusing(), service.database.transaction() as tx:
        unknown = [number for number in contract or () if register.contract(tx, number) is None]
        if unknown:
            raise typer.BadParameter(f"the register has no contract {', '.join(unknown)}")
        token = api_tokens.add(tx, client, contract, getpass.getuser(), service.clock())
    print(token)


def list_tokens(context: typer.Context) -> None:
    """List the programs that have a token.

    Name, contracts, made by whom and when, whether it was revoked; columns with tabs between them.
    """
    service = assemble(settings_of(context))
    with service.database.reading() as tx:
        found = api_tokens.listing(tx)
    for client in found:
        state = f"revoked {client.revoked_at.astimezone(TASHKENT):%Y-%m-%d}" if client.revoked_at else "valid"
        scope = "all contracts" if client.contracts is None else " ".join(client.contracts)
        print("\t".join((client.name, scope, client.made_by, f"{client.made_at.astimezone(TASHKENT):%Y-%m-%d}", state)))


def revoke_token(context: typer.Context, client: Client) -> None:
    """Refuse a program's token from now on."""
    service = assemble(settings_of(context))
    with refusing(), service.database.transaction() as tx:
        api_tokens.revoke(tx, client, getpass.getuser(), service.clock())
    print(f"{client} is revoked")


def add_to(application: typer.Typer) -> None:
    accounts = typer.Typer(no_args_is_help=True, help="The customers' accounts of the cabinet.")
    accounts.command("issue")(issue)
    accounts.command("reset")(reset)
    application.add_typer(accounts, name="cabinet")
    tokens = typer.Typer(no_args_is_help=True, help="Tokens of programs that use the API.")
    tokens.command("add")(add_token)
    tokens.command("list")(list_tokens)
    tokens.command("revoke")(revoke_token)
    application.add_typer(tokens, name="api-token")
