"""The contract's history: a meter at a time as chart, table and timeline; all of it as CSV and xlsx; and its files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Request, Response

from cabinet.customer.people import Customer, SignedInCustomer
from cabinet.guards import RowNumber, throttle
from cabinet.rendering import language_of, page
from cabinet.site import site_of
from metering.contracts import Language
from metering.decisions import Finding
from metering.periods import TASHKENT, Period
from service.customer_files import give_file, give_page
from service.customer_history import MeterHistory, history_of, year_before
from service.month_state import today_of
from service.sheets import Cell, as_csv, as_xlsx
from storage.throttles import Limit
from templates import terms
from templates.findings import Audience, finding_text
from templates.pages import text

ROUTER = APIRouter()
Years = Annotated[int, Query(ge=1, le=10)]
_DOWNLOADS = Limit(120, dt.timedelta(hours=1))  # a mail is opened in the sandbox for each
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@ROUTER.get("/history")
def show(request: Request, customer: SignedInCustomer, years: Years = 1, meter: Annotated[int, Query(ge=1)] = 1) -> Response:
    """meter: which of the contract's, from 1: a serial does not stand in an address."""
    histories = _histories(request, customer, years)
    if meter > max(1, len(histories)):
        raise HTTPException(404)
    language = language_of(request)

    def say(finding: Finding) -> str:
        return finding_text(finding, language, Audience.CUSTOMER)

    chosen = histories[meter - 1] if histories else None
    return page(
        request, "customer/history.html.j2", customer=customer, histories=histories, chosen=chosen, place=meter, years=years, say=say
    )


@ROUTER.get("/history.csv")
def csv_file(request: Request, customer: SignedInCustomer, years: Years = 10) -> Response:
    header, rows = _table(request, customer, years)
    return _download(as_csv(header, rows), "history.csv", "text/csv; charset=utf-8")


@ROUTER.get("/history.xlsx")
def xlsx_file(request: Request, customer: SignedInCustomer, years: Years = 10) -> Response:
    header, rows = _table(request, customer, years)
    return _download(as_xlsx(text(language_of(request), "customer.nav.history"), header, rows), "history.xlsx", _XLSX)


@ROUTER.get("/files/{submission}/{position}")
def file(
    request: Request, customer: SignedInCustomer, submission: RowNumber, position: RowNumber, page: Annotated[int | None, Query()] = None
) -> Response:
    """page: of a file that holds others' reports as well only the customer's own pages are given, one at a time."""
    throttle(request, f"downloads {customer.number}", _DOWNLOADS)
    service = site_of(request).service
    if page is None:
        found = give_file(service, customer.number, submission, position)
    else:
        found = give_page(service, request.app.state.pictures, customer.number, (submission, position), page)
    if found is None:
        raise HTTPException(404)
    return _download(found.content, found.name, found.media_type)


def _histories(request: Request, customer: Customer, years: int) -> tuple[MeterHistory, ...]:
    service = site_of(request).service
    this = Period.of(today_of(service))
    with service.database.reading() as tx:
        return history_of(tx, customer.number, year_before(this, years), this)


def _table(request: Request, customer: Customer, years: int) -> tuple[list[str], list[list[Cell]]]:
    language = language_of(request)
    names = ("serial", "kind", "unit", "month", "day", "index", "used", "gcal", "source", "received", "number", "state")
    header = [text(language, f"customer.history.{name}") for name in names]
    return header, [row for each in _histories(request, customer, years) for row in _rows(each, language)]


def _rows(history: MeterHistory, language: Language) -> Iterator[list[Cell]]:
    kind = terms.meter_name(history.meter.kind if history.meter else None, language)
    for row in history.rows:
        state = text(language, f"customer.status.{row.status}")
        yield [
            history.serial,
            kind,
            terms.unit_name(history.unit, language),
            terms.month(row.period, language),
            row.reading_date,
            _number(row.index),
            _number(row.consumption),
            row.gcal,
            text(language, f"customer.source.{row.source}"),
            f"{row.received_at.astimezone(TASHKENT):%d.%m.%Y %H:%M}",
            row.number,
            f"{state}, {text(language, 'customer.status.conflict')}" if row.conflict else state,
        ]


def _number(digits: str | None) -> Cell:
    """A number with its digits; what was sent and is none stays text."""
    if digits is None:
        return None
    try:
        number = Decimal(digits)
    except ArithmeticError:
        return digits
    return number if number.is_finite() else digits


def _download(content: bytes, name: str, media_type: str) -> Response:
    """Never shown in the page's own place: a file is somebody else's bytes."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name) or "file"
    headers = {
        "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "content-security-policy": "default-src 'none'; sandbox",
    }
    return Response(content, media_type=media_type, headers=headers)
