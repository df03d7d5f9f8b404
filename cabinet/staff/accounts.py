"""A customer who lost his password: staff see whose account it is and what will be told to whom, and let the INN in once more."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from cabinet.rendering import page
from cabinet.site import site_of
from cabinet.staff.people import Reviewer
from metering.errors import PermanentError
from service.cabinet_letters import reset_letter_text
from service.customer_accounts import reset_password, reset_until
from storage import accounts, register

ROUTER = APIRouter()


@ROUTER.get("/accounts")
def show_accounts(request: Request, person: Reviewer) -> Response:
    return _page(request)


@ROUTER.post("/accounts")
def find(request: Request, person: Reviewer, contract: Annotated[str, Form()] = "") -> Response:
    """Posted and not asked for by address, in which no contract may stand."""
    number = contract.strip()[:20]
    service = site_of(request).service
    with service.database.reading() as tx:
        account = accounts.account(tx, number)
        found = register.contract(tx, number)
        if account is None or found is None:
            return _page(request, 404, number=number, fault="unknown")
        letter = reset_letter_text(tx, service, found, reset_until(service))
    return _page(request, number=number, account=account, contract=found, letter=letter, now=service.clock())


@ROUTER.post("/accounts/reset")
def reset(request: Request, person: Reviewer, contract: Annotated[str, Form()] = "") -> Response:
    number = contract.strip()[:20]
    service = site_of(request).service
    try:
        until = reset_password(service, number, person.name)
    except PermanentError:
        return _page(request, 404, number=number, fault="unknown")
    with service.database.reading() as tx:
        found = register.contract(tx, number)
    return _page(request, done_until=until, done=found)


def _page(request: Request, status: int = 200, /, **facts: Any) -> Response:
    given = {"number": "", "fault": None, "account": None, "contract": None, "letter": None, "done": None, "done_until": None, "now": None}
    return page(request, "staff/accounts.html.j2", status, **{**given, **facts})
