"""Accounts of staff, for administrators: who may log in, and how that is ended at once. They are made by `hisobot staff add`."""

from __future__ import annotations

import contextlib
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from cabinet.rendering import go_to, page
from cabinet.site import site_of
from cabinet.staff.people import Administrator
from metering.errors import PermanentError
from service.staff_accounts import disable_account
from storage import staff

ROUTER = APIRouter()


@ROUTER.get("/colleagues")
def show_colleagues(request: Request, person: Administrator) -> Response:
    with site_of(request).service.database.reading() as tx:
        accounts = staff.accounts(tx)
    return page(request, "staff/colleagues.html.j2", accounts=accounts, person=person)


@ROUTER.post("/colleagues/disable")
def disable(request: Request, person: Administrator, name: Annotated[str, Form()] = "") -> Response:
    """A lost telephone, somebody who left: from now on nobody is logged in by this name. Oneself one cannot lock out."""
    if name != person.name:
        with contextlib.suppress(PermanentError):  # there is no such account: the list shows which there are
            disable_account(site_of(request).service, name[:100], person.name)
    return go_to(request, "/colleagues")
