"""One report: its pages beside its fields, the reasons in words, and the mail that brought it."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.datastructures import FormData

from cabinet.guards import AnyForm, RowNumber, SignedIn
from cabinet.rendering import language_of, page
from cabinet.site import site_of
from cabinet.staff import report_view
from cabinet.staff.people import Reviewer
from cabinet.staff.queue import filter_of, rule_names
from cabinet.staff.return_reasons import suggested_for
from metering.periods import TASHKENT, Period
from metering.reviews import ReturnReason
from service.mail_view import view_mail
from service.page_pictures import PictureMaker, known_pages
from service.review_case import Rechecked, ReviewCase, load_case, recheck
from storage import corrections, pictures, review_queue, reviews
from storage.settling import SubmittedFile
from storage.staff import StaffAccount
from storage.states import ReviewState
from storage.web_sessions import Session

ROUTER = APIRouter()


@ROUTER.get("/reports/{number}")
def show_report(request: Request, number: RowNumber, session: SignedIn, person: Reviewer) -> Response:
    return report_page(request, number, session, person)


@ROUTER.get("/reports/{number}/pages")
def show_pages(request: Request, number: RowNumber, person: Reviewer) -> Response:
    """The pages, made into pictures now if nobody looked at them before."""
    maker = maker_of(request)
    case = _case(request, number)
    return page(request, "staff/report_pages.html.j2", pages=maker.make(case.stored.files, case.stored.message), files=case.stored.files)


@ROUTER.get("/reports/{number}/mail")
def show_mail(request: Request, number: RowNumber, person: Reviewer) -> Response:
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
def check(request: Request, number: RowNumber, person: Reviewer, form: AnyForm) -> Response:
    """What the rules say of the report as it is typed now."""
    return _checked(request, number, texts_of(form))


@ROUTER.post("/reports/{number}/hold")
def hold(request: Request, number: RowNumber, person: Reviewer) -> Response:
    """The page is still open: nobody else need begin with this report. Says who has it."""
    site = site_of(request)
    now = site.service.clock()
    with site.service.database.transaction() as tx:
        reviews.hold(tx, number, person.name, now)
        review = reviews.show(tx, number)
    return page(request, "staff/report_holder.html.j2", review=review, person=person, now=now)


def maker_of(request: Request) -> PictureMaker:
    return request.app.state.pictures


def _case(request: Request, number: int) -> ReviewCase:
    with site_of(request).service.database.reading() as tx:
        case = load_case(tx, number)
    if case is None:
        raise HTTPException(404)
    return case


def report_page(
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
    if rechecked:
        findings = (*case.found_as_it_came, *findings)
    rules = {f.rule for f in findings}
    reasons = report_view.reason_views(findings, case.report, language)
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
        rule_name=rule_names(request),
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
        suggested=suggested_for(rules),
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
    reasons = report_view.reason_views((*case.found_as_it_came, *rechecked.decision.findings), rechecked.report, language_of(request))
    return page(request, "staff/report_reasons.html.j2", reasons=reasons, faults=rechecked.faults, told=_marks(rechecked))


def _marks(rechecked: Rechecked | None) -> str:
    return " ".join(sorted(rechecked.doubts)) if rechecked else ""


def texts_of(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}
