"""Paper originals at the counter: numbers from a list, or form after form under a scanner (docs/calendar.md, "Originals")."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from cabinet.rendering import page
from cabinet.site import site_of
from cabinet.staff.people import Reviewer
from cabinet.staff.queue import months_back
from metering.periods import Period
from service.assembly import Service
from service.originals import Marked, period_in_hand, receive
from storage.originals import latest_marks
from storage.overview import MonthState
from storage.staff import StaffAccount

ROUTER = APIRouter()
_MONTHS = 13
_LATEST = 20


@ROUTER.get("/originals")
def show_originals(request: Request, person: Reviewer, period: str = "") -> Response:
    return _page(request, person, _month_of(period, site_of(request).service))


@ROUTER.post("/originals")
def mark(
    request: Request,
    person: Reviewer,
    items: Annotated[str, Form()] = "",
    period: Annotated[str, Form()] = "",
    scanned: Annotated[bool, Form()] = False,
    received: Annotated[bool, Form()] = True,
) -> Response:
    """Answers with the page itself: what was given may hold contracts, which stand in no address; to send it twice marks nothing twice.

    items: a line each, or with `scanned` what a scanner typed. Lines that were refused stay in the list to be mended.
    """
    service = site_of(request).service
    month = _month_of(period, service)
    done = receive(service, items.splitlines(), month, person.name, received)
    left = "" if scanned else "\n".join(text for text, _ in done.refused)
    return _page(request, person, month, done, received, left)


def _month_of(period: str, service: Service) -> Period:
    """The month that is asked for, else the one whose originals come in now."""
    try:
        return Period.parse(period)
    except ValueError:
        return period_in_hand(service)


def _page(
    request: Request, person: StaffAccount, month: Period, done: Marked | None = None, received: bool = True, left: str = ""
) -> Response:
    site = site_of(request)
    with site.service.database.reading() as tx:
        latest = latest_marks(tx, person.name, _LATEST)
    counted = request.app.state.overviews.of(month)
    lacking = len(counted.value.numbers[MonthState.NO_ORIGINAL]) if counted else None
    months = sorted({month, *months_back(site, _MONTHS)}, reverse=True)
    facts = {"chosen": month, "months": months, "latest": latest, "lacking": lacking, "counted": counted, "now": site.service.clock()}
    return page(request, "staff/originals.html.j2", done=done, received=received, left=left, **facts)
