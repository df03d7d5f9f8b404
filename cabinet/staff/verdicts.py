"""What a person decides of one report: the letter shown before it goes, the decision, postponed, undone."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from starlette.datastructures import FormData

from cabinet.guards import LARGEST, AnyForm, RowNumber, SignedIn
from cabinet.rendering import go_to, page
from cabinet.site import site_of
from cabinet.staff.people import Reviewer
from cabinet.staff.queue import filter_of
from cabinet.staff.report import report_page, texts_of
from metering.periods import TASHKENT
from metering.reviews import ReturnReason, Verdict
from service.review_case import load_case
from service.verdicts import CannotBeBooked, ChangedMeanwhile, DoubtfulAnew, Said, decide, postpone, preview, undo
from storage import review_queue, reviews
from storage.staff import StaffAccount
from storage.web_sessions import Session

ROUTER = APIRouter()


@ROUTER.post("/reports/{number}/letter")
def show_letter(request: Request, number: RowNumber, person: Reviewer, form: AnyForm) -> Response:
    """The letter as it would go out."""
    return _letter(request, number, _said(form))


@ROUTER.post("/reports/{number}/decide")
def do_decide(request: Request, number: RowNumber, session: SignedIn, person: Reviewer, form: AnyForm) -> Response:
    return _decided(request, number, session, person, _said(form))


@ROUTER.post("/reports/{number}/postpone")
def do_postpone(
    request: Request, number: RowNumber, session: SignedIn, person: Reviewer, version: Annotated[int, Form(ge=0, le=LARGEST)]
) -> Response:
    """To tomorrow morning at eight."""
    service = site_of(request).service
    morning = service.clock().astimezone(TASHKENT).replace(hour=8, minute=0, second=0, microsecond=0)
    try:
        postpone(service, person, number, version, morning + dt.timedelta(days=1))
    except ChangedMeanwhile:
        return _conflict(request, number)
    return _next(request, number, session, person)


@ROUTER.post("/reports/{number}/undo")
def do_undo(request: Request, number: RowNumber, person: Reviewer) -> Response:
    done = undo(site_of(request).service, person, number)
    if not done:
        return page(request, "staff/too_late.html.j2", 409, number=number)
    return go_to(request, f"/reports/{number}")


def _letter(request: Request, number: int, said: Said) -> Response:
    site = site_of(request)
    with site.service.database.transaction() as tx:
        case = load_case(tx, number)
        if case is None:
            raise HTTPException(404)
        letter = preview(tx, site.service, case, said)
    message = email.message_from_bytes(letter.mime, policy=email.policy.default) if letter else None
    body = message.get_body(("plain",)) if message else None  # type: ignore[attr-defined]
    text = body.get_content() if body else ""
    return page(request, "staff/report_letter.html.j2", letter=letter, subject=message["Subject"] if message else "", text=text)


def _decided(request: Request, number: int, session: Session, person: StaffAccount, said: Said) -> Response:
    site = site_of(request)
    with site.service.database.reading() as tx:
        before = reviews.show(tx, number)
    if before is None:
        raise HTTPException(404)
    try:
        decide(site.service, person, number, said)
    except ChangedMeanwhile:
        return _conflict(request, number)
    except CannotBeBooked as error:
        return report_page(request, number, session, person, said.form, error.rechecked.faults)
    except DoubtfulAnew:
        return report_page(request, number, session, person, said.form, doubted=True)
    return _next(request, number, session, person)


def _next(request: Request, number: int, session: Session, person: StaffAccount) -> Response:
    """The report behind this one in the queue, else the queue."""
    site = site_of(request)
    now = site.service.clock()
    with site.service.database.reading() as tx:
        review = reviews.show(tx, number)
        found = review_queue.next_after(tx, filter_of(session), now, person.name, review)
    return go_to(request, f"/reports/{found}" if found is not None else "/")


def _conflict(request: Request, number: int) -> Response:
    """Somebody was quicker: what he did, and that nothing was overwritten."""
    with site_of(request).service.database.reading() as tx:
        review = reviews.show(tx, number)
    return page(request, "staff/conflict.html.j2", 409, review=review, number=number)


def _said(form: FormData) -> Said:
    """Raises a 400 for a form that is none of ours."""
    try:
        return Said(
            verdict=Verdict(str(form.get("verdict", ""))),
            version=_row_number(str(form.get("version", ""))),
            form=texts_of(form),
            told=frozenset(str(form.get("told", "")).split()),
            seen=frozenset(_row_number(number) for number in str(form.get("seen", "")).split()),
            reasons=tuple(ReturnReason(reason) for reason in form.getlist("reasons")),
            comment=str(form.get("comment", ""))[:1000],
            link_sender=form.get("link_sender") == "yes",
        )
    except ValueError:
        raise HTTPException(400) from None


def _row_number(text: str) -> int:
    """Raises ValueError for what no row can have."""
    number = int(text)
    if not 0 <= number <= LARGEST:
        raise ValueError
    return number
