"""The month: how many reported, what is accepted, in review, late and missing; lists and files of each."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response

from cabinet.guards import PageNumber
from cabinet.rendering import language_of, page
from cabinet.site import site_of
from cabinet.staff.people import Reviewer
from cabinet.staff.queue import months_back
from metering.periods import Period
from service.counted import Counts
from service.overview import MonthOverview, table_of
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
    facts = {"months": months, "period": chosen, "now": site.service.clock()}
    if counted is None:
        return page(request, "staff/overview.html.j2", counted=None, **facts)
    month = counted.value
    percent = round(100 * month.count(MonthState.ACCEPTED) / month.contracts) if month.contracts else 0
    days = [(f"{day.day:%d.%m}", [day.accepted, day.review, day.other]) for day in month.days[-45:]]
    facts |= {"as_of": counted.as_of, "days": days, "percent": percent, "states": list(MonthState)}
    return page(request, "staff/overview.html.j2", counted=month, **facts)


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
def show_contracts(request: Request, person: Reviewer, period: str, state: MonthState, number: PageNumber = 1) -> Response:
    """A page of the list as it was counted: however far behind, it costs no more than the first."""
    site = site_of(request)
    month = _period(period)
    facts = {"period": month, "state": state, "now": site.service.clock()}
    counted = _overviews(request).of(month)
    if counted is None:
        return page(request, "staff/overview_list.html.j2", rows=None, **facts)
    numbers = counted.value.numbers[state]
    pages = max(1, -(-len(numbers) // _PAGE))
    number = min(number, pages)
    with site.service.database.reading() as tx:
        rows = overview.contracts_of(tx, month, numbers[(number - 1) * _PAGE : number * _PAGE])
    facts |= {"rows": rows, "number": number, "pages": pages, "total": len(numbers), "as_of": counted.as_of}
    return page(request, "staff/overview_list.html.j2", **facts)


def _overviews(request: Request) -> Counts[Period, MonthOverview]:
    return request.app.state.overviews


def _period(given: str) -> Period:
    try:
        return Period.parse(given)
    except ValueError:
        raise HTTPException(404) from None
