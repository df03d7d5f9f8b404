"""What of the mail needs a person: messages in quarantine and letters that were given up, each with a retry; and who may speak for whom."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from cabinet.guards import PageNumber, RowNumber
from cabinet.rendering import go_to, page
from cabinet.site import site_of
from cabinet.staff.people import Reviewer
from metering.errors import PermanentError
from storage import messages, outbox, register
from storage.inbox_state import inbox_state
from storage.states import LetterState, MessageState

ROUTER = APIRouter()
_PAGE = 50


@ROUTER.get("/messages")
def show_messages(request: Request, person: Reviewer) -> Response:
    service = site_of(request).service
    with service.database.reading() as tx:
        facts = {
            "inbox": inbox_state(tx),
            "quarantined": messages.listing(tx, MessageState.QUARANTINED),
            "letters": outbox.letter_listing(tx, LetterState.FAILED),
        }
    return page(request, "staff/messages.html.j2", now=service.clock(), **facts)


@ROUTER.post("/messages/{number}/retry")
def retry_message(request: Request, person: Reviewer, number: RowNumber) -> Response:
    """Three new attempts."""
    service = site_of(request).service
    try:
        with service.database.transaction() as tx:
            messages.retry(tx, number, person.name, service.clock())
    except PermanentError:
        pass  # somebody was quicker: the list shows how it is
    return go_to(request, "/messages")


@ROUTER.post("/letters/{number}/retry")
def retry_letter(request: Request, person: Reviewer, number: RowNumber) -> Response:
    service = site_of(request).service
    try:
        with service.database.transaction() as tx:
            outbox.retry_letter(tx, number, person.name, service.clock())
    except PermanentError:
        pass  # as above
    return go_to(request, "/messages")


@ROUTER.get("/links")
def show_links(request: Request, person: Reviewer, number: PageNumber = 1) -> Response:
    with site_of(request).service.database.reading() as tx:
        rows = register.sender_links_listing(tx, _PAGE + 1, (number - 1) * _PAGE)
    return page(request, "staff/links.html.j2", rows=rows[:_PAGE], number=number, pages=number + (len(rows) > _PAGE))


@ROUTER.post("/links/revoke")
def revoke_link(request: Request, person: Reviewer, address: Annotated[str, Form()], contract: Annotated[str, Form()]) -> Response:
    service = site_of(request).service
    with service.database.transaction() as tx:
        register.unlink_sender(tx, address, contract, person.name, service.clock())
    return go_to(request, "/links")
