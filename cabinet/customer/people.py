"""Who is in the cabinet: the contract behind a session, once its first password has been changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from cabinet.guards import Elsewhere, SignedIn
from metering.contracts import Contract
from storage import accounts, register
from storage.accounts import Account
from storage.database import Transaction


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


def known(tx: Transaction, number: str) -> Customer | None:
    """Who a session's account is; None once the contract has left the register."""
    account = accounts.account(tx, number)
    contract = register.contract(tx, number)
    return Customer(contract, account) if account is not None and contract is not None else None


async def anybody(request: Request, session: SignedIn) -> Customer:
    """Whoever is logged in, even with the first password."""
    someone: Customer | None = request.state.somebody
    if someone is None:
        raise Elsewhere("/login")
    return someone


async def customer(someone: Annotated[Customer, Depends(anybody)]) -> Customer:
    """Who may see the cabinet; who came with the first password is sent to change it."""
    if someone.must_change:
        raise Elsewhere("/password")
    return someone


AnyCustomer = Annotated[Customer, Depends(anybody)]
SignedInCustomer = Annotated[Customer, Depends(customer)]
