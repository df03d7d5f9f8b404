"""Addresses that letters came back from, and who wants no reminders (docs/calendar.md, "Addresses")."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from cabinet.guards import PageNumber
from cabinet.rendering import go_to, page
from cabinet.site import site_of
from cabinet.staff.people import Reviewer
from metering.errors import PermanentError
from storage import addresses

ROUTER = APIRouter()
_PAGE = 50


@ROUTER.get("/addresses")
def show_addresses(request: Request, person: Reviewer, number: PageNumber = 1) -> Response:
    with site_of(request).service.database.reading() as tx:
        rows = addresses.address_listing(tx)
    pages = max(1, -(-len(rows) // _PAGE))
    number = min(number, pages)
    shown = rows[(number - 1) * _PAGE : number * _PAGE]
    return page(request, "staff/addresses.html.j2", rows=shown, dead=sum(row.dead for row in rows), number=number, pages=pages)


@ROUTER.post("/addresses/revive")
def revive(request: Request, person: Reviewer, address: Annotated[str, Form()]) -> Response:
    """Somebody is there again: letters of our own accord go there from now on."""
    service = site_of(request).service
    try:
        with service.database.transaction() as tx:
            addresses.revive(tx, address, person.name, service.clock())
    except PermanentError:
        pass  # somebody was quicker: the list shows how it is
    return go_to(request, "/addresses")
