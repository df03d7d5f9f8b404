"""Who is in the cabinet: the contract behind a session, once its first password has been changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from cabinet.guards import Elsewhere, SignedIn
from cabinet.site import site_of
from metering.contracts import Contract
from storage import accounts, register
from storage.accounts import Account


@dataclass(frozen=True, slots=True)
class Customer:
    """The account that is logged in, and its contract."""

    contract: Contract
    account: Account

    @property
    def number(self) -> str:
        return self.contract.number

    @property
    def must_change(self) -> bool:
        """The INN is still the password: nothing may be shown before it is changed (announcement 2.2)."""
        return self.account.password_hash is None


def anybody(request: Request, session: SignedIn) -> Customer:
    """Whoever is logged in, even with the first password."""
    site = site_of(request)
    with site.service.database.reading() as tx:
        account = accounts.account(tx, session.account)
        contract = register.contract(tx, session.account)
    if account is None or contract is None:
        raise Elsewhere("/login")
    return Customer(contract, account)


def customer(someone: Annotated[Customer, Depends(anybody)]) -> Customer:
    """Who may see the cabinet; who came with the first password is sent to change it."""
    if someone.must_change:
        raise Elsewhere("/password")
    return someone


AnyCustomer = Annotated[Customer, Depends(anybody)]
SignedInCustomer = Annotated[Customer, Depends(customer)]
