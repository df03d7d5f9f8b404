"""The month: how many reported, what is accepted, in review, late and missing; lists and files of each."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response

from cabinet.rendering import language_of, page
from cabinet.site import site_of
from cabinet.staff.people import Reviewer
from cabinet.staff.queue import months_back
from metering.periods import Period
from service.overview import Overviews, in_time_before, table_of
from service.sheets import as_csv, as_xlsx
from storage import overview
from storage.overview import MonthState
from templates.pages import short_month, text

ROUTER = APIRouter()
_PAGE = 50
_MONTHS = 13
_FILES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@ROUTER.get("/overview")
def show_overview(request: Request, person: Reviewer, period: str = "") -> Response:
    site = site_of(request)
    months = months_back(site, _MONTHS)
    chosen = _period(period) if period else months[0]
    counted = _overviews(request).of(chosen)
    percent = round(100 * counted.states[MonthState.ACCEPTED] / counted.contracts) if counted.contracts else 0
    days = [(f"{day.day:%d.%m}", [day.accepted, day.review, day.other]) for day in counted.days[-45:]]
    return page(request, "staff/overview.html.j2", counted=counted, months=months, days=days, percent=percent, states=list(MonthState))


@ROUTER.get("/overview/{period}/{state}.{kind}")
def download(request: Request, person: Reviewer, period: str, state: MonthState, kind: str) -> Response:
    """The whole list as a file."""
    if kind not in _FILES:
        raise HTTPException(404)
    service = site_of(request).service
    month, language = _period(period), language_of(request)
    header = [text(language, f"staff.{key}") for key in ("queue.contract", "report.organization", "overview.received")]
    with service.database.reading() as tx:
        rows = table_of(tx, service, month, state)
    title = f"{text(language, f'staff.overview.{state}')} {short_month(month)}"
    content = as_csv(header, rows) if kind == "csv" else as_xlsx(title, header, rows)
    name = f"attachment; filename=hisobot-{month}-{state}.{kind}"
    return Response(content, media_type=_FILES[kind], headers={"content-disposition": name})


@ROUTER.get("/overview/{period}/{state}")
def show_contracts(request: Request, person: Reviewer, period: str, state: MonthState, number: int = 1) -> Response:
    site = site_of(request)
    month = _period(period)
    counted = _overviews(request).of(month)
    pages = max(1, -(-counted.states[state] // _PAGE))
    number = min(max(1, number), pages)
    with site.service.database.reading() as tx:
        rows = overview.listing(tx, month, state, in_time_before(site.service, month), _PAGE, (number - 1) * _PAGE)
    facts = {"period": month, "state": state, "rows": rows, "number": number, "pages": pages, "total": counted.states[state]}
    return page(request, "staff/overview_list.html.j2", **facts)


def _overviews(request: Request) -> Overviews:
    return request.app.state.overviews


def _period(given: str) -> Period:
    try:
        return Period.parse(given)
    except ValueError:
        raise HTTPException(404) from None
