"""The queue: what waits for a person, filtered and counted; and the state of the inbox."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from cabinet.guards import LARGEST, PageNumber, SignedIn
from cabinet.rendering import go_to, language_of, page
from cabinet.site import Site, site_of
from cabinet.staff.people import Reviewer
from metering.decisions import Source
from metering.periods import TASHKENT, Period
from metering.reviews import ReviewKind
from storage import review_queue, reviews, web_sessions
from storage.inbox_state import inbox_state
from storage.review_queue import QueueFilter
from storage.web_sessions import Session
from templates.pages import texts

ROUTER = APIRouter()
Behind = Annotated[int | None, Query(ge=0, le=LARGEST)]


def filter_of(session: Session) -> QueueFilter:
    """What this person chose: it is kept with the session, since a contract must not stand in an address."""
    return QueueFilter.from_json(session.remembered.get("queue", {}))


def today(site: Site) -> dt.date:
    return site.service.clock().astimezone(TASHKENT).date()


@ROUTER.get("/")
def show_queue(request: Request, session: SignedIn, person: Reviewer, number: PageNumber = 1) -> Response:
    site = site_of(request)
    now = site.service.clock()
    chosen = filter_of(session)
    counted = request.app.state.queue_counts.of(None)
    with site.service.database.reading() as tx:
        counts = review_queue.counts(tx, now, today(site))
        total = counts.waiting if chosen == QueueFilter() else review_queue.count(tx, chosen, now)
        pages = max(1, -(-total // review_queue.PAGE))
        number = min(number, pages)
        rows = review_queue.listing(tx, chosen, now, number)
        facts = {
            "rows": rows,
            "reasons": reviews.reasons_of(tx, [row.review.submission for row in rows]),
            "counts": counts,
            "counted": counted,
            "last": reviews.last_closed_by(tx, person.name, now),
        }
    return page(
        request,
        "staff/queue.html.j2",
        chosen=chosen,
        total=total,
        number=number,
        pages=pages,
        now=now,
        today=today(site),
        rule_name=rule_names(request),
        person=person,
        kinds=list(ReviewKind),
        sources=[Source.EMAIL, Source.CABINET],
        **facts,
    )


@ROUTER.post("/queue/filter")
def choose(
    request: Request,
    session: SignedIn,
    person: Reviewer,
    kind: Annotated[str, Form()] = "",
    period: Annotated[str, Form()] = "",
    contract: Annotated[str, Form()] = "",
    rule: Annotated[str, Form()] = "",
    sender: Annotated[str, Form()] = "",
    source: Annotated[str, Form()] = "",
    postponed: Annotated[str, Form()] = "",
) -> Response:
    given = {"kind": kind, "period": period, "contract": contract.strip()[:20], "rule": rule[:60], "source": source}
    given |= {"sender": sender.strip()[:100], "postponed": postponed}
    site = site_of(request)
    with site.service.database.transaction() as tx:
        web_sessions.remember(tx, session, "queue", QueueFilter.from_json(given).as_json())
    return go_to(request, "/")


@ROUTER.get("/next")
def go_to_next(request: Request, session: SignedIn, person: Reviewer, after: Behind = None) -> Response:
    """The next report to be done, behind `after` if it is given."""
    site = site_of(request)
    now = site.service.clock()
    with site.service.database.transaction() as tx:
        behind = reviews.show(tx, after) if after is not None else None
        found = review_queue.next_after(tx, filter_of(session), now, person.name, behind)
        if after is not None:
            reviews.let_go(tx, after, person.name)
    return go_to(request, f"/reports/{found}" if found is not None else "/")


@ROUTER.get("/inbox")
def show_inbox(request: Request, person: Reviewer) -> Response:
    """A part of every page, which asks for it again each minute."""
    site = site_of(request)
    with site.service.database.reading() as tx:
        state = inbox_state(tx)
    return page(request, "staff/inbox.html.j2", inbox=state, now=site.service.clock())


def rule_names(request: Request) -> Callable[[str], str]:
    """What a rule is called in a list, in the reader's language; its id where it has no short name."""
    names = texts(language_of(request))["staff"]["rule"]
    return lambda rule: names.get(rule) or rule.replace("_", " ")


def months_back(site: Site, number: int) -> list[Period]:
    """This month and those before it, newest first."""
    months = [Period.of(today(site))]
    for _ in range(number - 1):
        months.append(months[-1].previous())
    return months
