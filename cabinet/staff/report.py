"""One report: its pages beside its fields, the reasons in words, and the decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from starlette.datastructures import FormData

from cabinet.guards import AnyForm, SignedIn
from cabinet.rendering import go_to, language_of, page
from cabinet.site import site_of
from cabinet.staff import report_view
from cabinet.staff.people import Reviewer
from cabinet.staff.queue import filter_of
from metering.periods import TASHKENT, Period
from metering.reviews import ReturnReason, Verdict
from service.mail_view import view_mail
from service.page_pictures import PictureMaker, known_pages
from service.review_case import Rechecked, ReviewCase, load_case, recheck
from service.verdicts import CannotBeBooked, ChangedMeanwhile, DoubtfulAnew, Said, decide, postpone, preview, undo
from storage import corrections, pictures, review_queue, reviews
from storage.settling import SubmittedFile
from storage.staff import StaffAccount
from storage.states import ReviewState
from storage.web_sessions import Session

ROUTER = APIRouter()

#: Reasons that are ticked beforehand when a report goes back, by the rule that brought it here.
SUGGESTED = {
    "nothing_read": ReturnReason.UNREADABLE,
    "value_uncertain": ReturnReason.VALUES_DOUBTFUL,
    "number_format": ReturnReason.VALUES_DOUBTFUL,
    "arithmetic": ReturnReason.SUMS_DIFFER,
    "total_differs": ReturnReason.SUMS_DIFFER,
    "current_below_previous": ReturnReason.BELOW_PREVIOUS,
    "previous_differs": ReturnReason.BELOW_PREVIOUS,
    "load_exceeded": ReturnReason.CONSUMPTION_UNUSUAL,
    "consumption_unusual": ReturnReason.CONSUMPTION_UNUSUAL,
    "signature_missing": ReturnReason.SIGNATURE_MISSING,
    "stamp_missing": ReturnReason.STAMP_MISSING,
    "contract_missing": ReturnReason.CONTRACT_WRONG,
    "contract_unknown": ReturnReason.CONTRACT_WRONG,
    "inn_differs": ReturnReason.CONTRACT_WRONG,
    "organization_differs": ReturnReason.CONTRACT_WRONG,
    "serial_missing": ReturnReason.METER_WRONG,
    "serial_unknown": ReturnReason.METER_WRONG,
    "serial_of_other_contract": ReturnReason.METER_WRONG,
    "period_missing": ReturnReason.PERIOD_WRONG,
    "period_not_open": ReturnReason.PERIOD_WRONG,
    "reading_date_missing": ReturnReason.PERIOD_WRONG,
    "reading_date_outside_period": ReturnReason.PERIOD_WRONG,
    "reading_date_in_future": ReturnReason.PERIOD_WRONG,
    "conflict": ReturnReason.CONFLICT,
    "sender_unlinked": ReturnReason.NOT_CONNECTED,
}
_REQUISITES = {"organization_missing", "address_missing", "inn_missing", "report_date_missing", "position_missing", "signatory_missing"}


@ROUTER.get("/reports/{number}")
def show_report(request: Request, number: int, session: SignedIn, person: Reviewer) -> Response:
    return _report_page(request, number, session, person)


@ROUTER.get("/reports/{number}/pages")
def show_pages(request: Request, number: int, person: Reviewer) -> Response:
    """The pages, made into pictures now if nobody looked at them before."""
    maker = maker_of(request)
    case = _case(request, number)
    return page(request, "staff/report_pages.html.j2", pages=maker.make(case.stored.files, case.stored.message), files=case.stored.files)


@ROUTER.get("/reports/{number}/mail")
def show_mail(request: Request, number: int, person: Reviewer) -> Response:
    case = _case(request, number)
    stored = case.stored
    mail = view_mail(site_of(request).service, stored.message) if stored.message is not None else None
    pages = []
    if mail is not None:
        others = [SubmittedFile(a.name, a.sha256) for a in mail.attachments if a.sha256 not in {f.sha256 for f in stored.files}]
        pages = maker_of(request).make(others, stored.message) if others else []
    return page(request, "staff/report_mail.html.j2", mail=mail, stored=stored, other_pages=pages)


@ROUTER.get("/pictures/{sha256}")
def show_picture(request: Request, sha256: str, person: Reviewer) -> Response:
    """A page's picture: always a JPEG that we made, never a file as it came."""
    service = site_of(request).service
    with service.database.reading() as tx:
        if not pictures.is_picture(tx, sha256):
            raise HTTPException(404)
    content = service.blobs.get(sha256)
    return Response(content, media_type="image/jpeg", headers={"cache-control": "private, max-age=3600"})


@ROUTER.post("/reports/{number}/check")
def check(request: Request, number: int, person: Reviewer, form: AnyForm) -> Response:
    """What the rules say of the report as it is typed now."""
    return _checked(request, number, _texts_of(form))


@ROUTER.post("/reports/{number}/letter")
def show_letter(request: Request, number: int, person: Reviewer, form: AnyForm) -> Response:
    """The letter as it would go out."""
    return _letter(request, number, _said(form))


@ROUTER.post("/reports/{number}/hold")
def hold(request: Request, number: int, person: Reviewer) -> Response:
    """The page is still open: nobody else need begin with this report. Says who has it."""
    site = site_of(request)
    now = site.service.clock()
    with site.service.database.transaction() as tx:
        reviews.hold(tx, number, person.name, now)
        review = reviews.show(tx, number)
    return page(request, "staff/report_holder.html.j2", review=review, person=person, now=now)


@ROUTER.post("/reports/{number}/decide")
def do_decide(request: Request, number: int, session: SignedIn, person: Reviewer, form: AnyForm) -> Response:
    return _decided(request, number, session, person, _said(form))


@ROUTER.post("/reports/{number}/postpone")
def do_postpone(
    request: Request, number: int, session: SignedIn, person: Reviewer, version: Annotated[int, Form()], days: Annotated[int, Form()] = 1
) -> Response:
    """To the morning of the day after tomorrow's yesterday: `days` from today, at eight."""
    service = site_of(request).service
    morning = service.clock().astimezone(TASHKENT).replace(hour=8, minute=0, second=0, microsecond=0)
    try:
        postpone(service, person, number, version, morning + dt.timedelta(days=min(max(days, 1), 14)))
    except ChangedMeanwhile:
        return _conflict(request, number)
    return _next(request, number, session, person)


@ROUTER.post("/reports/{number}/undo")
def do_undo(request: Request, number: int, person: Reviewer) -> Response:
    done = undo(site_of(request).service, person, number)
    if not done:
        return page(request, "staff/too_late.html.j2", 409, number=number)
    return go_to(request, f"/reports/{number}")


def maker_of(request: Request) -> PictureMaker:
    return request.app.state.pictures


def _case(request: Request, number: int) -> ReviewCase:
    with site_of(request).service.database.reading() as tx:
        case = load_case(tx, number)
    if case is None:
        raise HTTPException(404)
    return case


def _report_page(
    request: Request,
    number: int,
    session: Session,
    person: StaffAccount,
    form: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    doubted: bool = False,
) -> Response:
    site = site_of(request)
    now = site.service.clock()
    chosen = filter_of(session)
    with site.service.database.transaction() as tx:
        reviews.hold(tx, number, person.name, now)
        case = load_case(tx, number)
        if case is None:
            raise HTTPException(404)
        rechecked = recheck(tx, site.service, case, form or {}, case.known) if case.review.state is ReviewState.OPEN else None
        position, total = review_queue.place_of(tx, chosen, now, case.review)
        following = review_queue.next_after(tx, chosen, now, person.name, case.review)
        corrected = corrections.of_submission(tx, number)
        last = reviews.last_closed_by(tx, person.name, now)
        pages = known_pages(tx, case.stored.files)
    language = language_of(request)
    findings = rechecked.decision.findings if rechecked else case.stored.findings
    sender = tuple(f for f in case.stored.findings if f.rule.startswith(("sender_", "automatic_"))) if rechecked else ()
    rules = {f.rule for f in (*sender, *findings)}
    suggested = {reason for rule, reason in SUGGESTED.items() if rule in rules}
    if rules & _REQUISITES:
        suggested.add(ReturnReason.REQUISITES_MISSING)
    reasons = report_view.reason_views((*sender, *findings), case.report, language)
    this_month = case.stored.period or Period.of(now.astimezone(TASHKENT).date())
    return page(
        request,
        "staff/report.html.j2",
        422 if faults or doubted else 200,
        case=case,
        review=case.review,
        stored=case.stored,
        head=report_view.head_views(case, form),
        lines=report_view.line_views(case, form),
        reasons=reasons,
        asked={reason.key for reason in reasons if reason.severity != "note"},
        earlier=report_view.earlier_views(case.stored.findings, findings, language) if rechecked else [],
        faults=dict(faults or {}),
        doubted=doubted,
        told=_marks(rechecked),
        pages=pages,
        history={serial: report_view.history_of(record, this_month) for serial, record in case.meters.items()},
        last=last,
        following=following,
        position=position,
        total=total,
        corrected=corrected,
        person=person,
        now=now,
        comment=(form or {}).get("comment", ""),
        suggested=suggested,
        return_reasons=list(ReturnReason),
        unlinked="sender_unlinked" in rules and "sender_tier" not in rules,
    )


def _checked(request: Request, number: int, form: Mapping[str, str]) -> Response:
    site = site_of(request)
    with site.service.database.transaction() as tx:  # look-ups take the contract's lock
        case = load_case(tx, number)
        if case is None:
            raise HTTPException(404)
        rechecked = recheck(tx, site.service, case, form, case.known)
    sender = tuple(f for f in case.stored.findings if f.rule.startswith(("sender_", "automatic_")))
    reasons = report_view.reason_views((*sender, *rechecked.decision.findings), rechecked.report, language_of(request))
    return page(request, "staff/report_reasons.html.j2", reasons=reasons, faults=rechecked.faults, told=_marks(rechecked))


def _letter(request: Request, number: int, said: Said) -> Response:
    import email
    import email.policy

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
        return _report_page(request, number, session, person, said.form, error.rechecked.faults)
    except DoubtfulAnew:
        return _report_page(request, number, session, person, said.form, doubted=True)
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


def _marks(rechecked: Rechecked | None) -> str:
    return " ".join(sorted(rechecked.doubts)) if rechecked else ""


def _texts_of(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _said(form: FormData) -> Said:
    """Raises a 400 for a form that is none of ours."""
    try:
        return Said(
            verdict=Verdict(str(form.get("verdict", ""))),
            version=int(str(form.get("version", ""))),
            form=_texts_of(form),
            told=frozenset(str(form.get("told", "")).split()),
            seen=frozenset(int(number) for number in str(form.get("seen", "")).split()),
            reasons=tuple(ReturnReason(reason) for reason in form.getlist("reasons")),
            comment=str(form.get("comment", ""))[:1000],
            link_sender=form.get("link_sender") == "yes",
        )
    except ValueError:
        raise HTTPException(400) from None
