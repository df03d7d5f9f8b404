"""Commands for the accounts of staff."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from metering.periods import TASHKENT
from service.assembly import assemble
from service.command_line.exits import refusing
from service.command_line.settings import settings_of
from service.staff_accounts import Issued, add_account, disable_account, reset_account
from storage import staff
from storage.states import Role

Name = Annotated[str, typer.Argument(help="What the person types at login.", show_default=False)]


def add(
    context: typer.Context,
    name: Name,
    full_name: Annotated[str, typer.Option(help="First and last name, as others see it beside a decision.")],
    role: Annotated[
        Role, typer.Option(case_sensitive=False, help="An administrator needs a code from an authenticator app as well.")
    ] = Role.REVIEWER,
) -> None:
    """Make an account for a member of staff.

    Prints a password once, to be changed at the first login, and for an administrator the secret for the authenticator app.

    Example: hisobot staff add olga --full-name "Olga Karimova"
    """
    service = assemble(settings_of(context))
    with refusing():
        _tell(name, add_account(service, name, full_name, role, getpass.getuser()))


def reset(context: typer.Context, name: Name) -> None:
    """Give an account a new password.

    And an administrator a new secret. Ends the account's sessions, and enables it again if it was disabled.
    """
    service = assemble(settings_of(context))
    with refusing():
        _tell(name, reset_account(service, name, getpass.getuser()))


def disable(context: typer.Context, name: Name) -> None:
    """Let nobody log in by this name any more.

    Ends its sessions. What the person decided stays in the ledger.
    """
    service = assemble(settings_of(context))
    with refusing():
        disable_account(service, name, getpass.getuser())
    print(f"{name.lower()} is disabled")


def list_accounts(context: typer.Context) -> None:
    """List the accounts.

    Name, role, full name, since when, enabled or disabled; columns with tabs between them.
    """
    service = assemble(settings_of(context))
    with service.database.reading() as tx:
        found = staff.accounts(tx)
    for account in found:
        since = f"{account.created_at.astimezone(TASHKENT):%Y-%m-%d}"
        print("\t".join((account.name, account.role, account.full_name, since, "disabled" if account.disabled_at else "enabled")))


def _tell(name: str, issued: Issued) -> None:
    print(f"{name.lower()}: {issued.password}")
    print("Hand the password over in person; it must be changed at the first login and is shown nowhere again.")
    if issued.totp_uri:
        print(f"For the authenticator app: {issued.totp_uri}")


def add_to(application: typer.Typer) -> None:
    accounts = typer.Typer(no_args_is_help=True, help="Accounts of staff for the web pages.")
    accounts.command("add")(add)
    accounts.command("list")(list_accounts)
    accounts.command("reset")(reset)
    accounts.command("disable")(disable)
    application.add_typer(accounts, name="staff")
