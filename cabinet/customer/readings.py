"""Readings handed in on the page: checked while they are typed, confirmed where they are unlikely, kept, and shown with their number."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from starlette.datastructures import FormData, UploadFile

from cabinet.customer.people import Customer, SignedInCustomer
from cabinet.customer.reading_form import ReadingForm
from cabinet.guards import Elsewhere, RowNumber, SignedIn, throttle
from cabinet.rendering import go_to, language_of, page
from cabinet.site import site_of
from metering.decisions import Severity
from metering.periods import TASHKENT, Period
from service.customer_files import MOST_FILES, take_file
from service.hand_in import hand_in
from service.month_state import open_periods, today_of
from service.typed_check import check
from storage import entries, history, register, standing
from storage.entries import NewEntry
from storage.states import EntryState
from storage.throttles import Limit
from storage.web_sessions import Session
from templates.findings import Audience, finding_text

ROUTER = APIRouter()
_A_CONTRACT = Limit(60, dt.timedelta(hours=1))  # entries; a person needs a few a month


async def _form(request: Request) -> AsyncIterator[FormData]:
    """The form that the guard has read already, with its files; these are closed after the route."""
    given = await request.form()
    try:
        yield given
    finally:
        await given.close()


Form = Annotated[FormData, Depends(_form)]


@ROUTER.get("/readings")
def show_form(request: Request, customer: SignedInCustomer, session: SignedIn, period: Annotated[str, Query()] = "") -> Response:
    form = _new_form(request, customer, session, _period(request, customer, period))
    return _form_page(request, customer, form)


@ROUTER.post("/readings/check")
def check_one(request: Request, customer: SignedInCustomer, session: SignedIn, given: Form) -> Response:
    """What there is to say of the meter that is being typed: a part of the page."""
    form = _filled_form(request, customer, session, given)
    place = next((n for n in range(len(form.rows)) if request.headers.get("hx-target") == f"told-{n}"), None)
    if place is None:
        raise HTTPException(400)
    return page(request, "customer/told.html.j2", row=_checked(request, customer, form).rows[place])


@ROUTER.post("/upload/readings")
def send(request: Request, customer: SignedInCustomer, session: SignedIn, given: Form) -> Response:
    """Keeps the entry, or shows the form again: where something is no index, and once where something is unlikely."""
    throttle(request, f"entries {customer.number}", _A_CONTRACT)
    service = site_of(request).service
    form = _filled_form(request, customer, session, given)
    for upload in given.getlist("files"):
        if isinstance(upload, UploadFile) and upload.filename:
            form.add_file(upload.filename, take_file(service, upload.filename, upload.file.read()))
    if form.is_wrong:
        return _form_page(request, customer, form, 400)
    form = _checked(request, customer, form)
    if form.is_doubtful and not form.confirmed:
        return _form_page(request, customer, form, 409)
    entry = hand_in(
        service,
        NewEntry(
            client="cabinet",
            client_id=f"{customer.number}/{form.entry_id}",
            contract_number=customer.number,
            period=form.period,
            reading_date=form.day,
            meters=form.meters,
            language=language_of(request),
            received_at=service.clock(),
            files=tuple(form.files),
        ),
    )
    return go_to(request, f"/readings/{entry.id}")


@ROUTER.get("/readings/{number}")
def show_entry(request: Request, customer: SignedInCustomer, number: RowNumber) -> Response:
    """What became of one entry; asks again by itself while its files are being read."""
    service = site_of(request).service
    with service.database.reading() as tx:
        entry = entries.of_contract(tx, customer.number, number)
        if entry is None:
            raise HTTPException(404)
        outcome = history.outcome_of(tx, entry.submission) if entry.submission else None
        findings = history.findings_of(tx, [entry.submission]).get(entry.submission, ()) if entry.submission else ()
        units = {serial: meter.unit for serial, meter in register.meters_alone(tx, customer.number).items()}
    language = language_of(request)
    told = {severity.value: [] for severity in Severity}
    for finding in findings:
        told[finding.severity.value] += [text for text in [finding_text(finding, language, Audience.CUSTOMER)] if text]
    facts = {"entry": entry, "outcome": outcome, "told": told, "waiting": entry.state is not EntryState.SETTLED, "units": units}
    policy = service.settings.rules.policy()
    facts |= {"closes": entry.period.next().day(policy.period_closes_day), "original": entry.period.next().day(10)}
    template = "customer/entry_state.html.j2" if "hx-request" in request.headers else "customer/entry.html.j2"
    return page(request, template, customer=customer, **facts)


def _period(request: Request, customer: Customer, asked: str) -> Period:
    """The month that was asked for if it is open, else the first open one that lacks something."""
    service = site_of(request).service
    periods = open_periods(today_of(service), service.settings.rules.policy())
    chosen = next((period for period in periods if str(period) == asked), None)
    if chosen is not None or len(periods) == 1:
        return chosen or periods[0]
    with service.database.reading() as tx:
        records = [record for record in register.meters_of(tx, customer.number).values() if record.meter.bills_in(periods[0])]
        reported = standing.booked(tx, customer.number, periods[0])
    return periods[0] if any(record.meter.serial not in reported for record in records) else periods[1]


def _new_form(request: Request, customer: Customer, session: Session, period: Period) -> ReadingForm:
    service = site_of(request).service
    with service.database.reading() as tx:
        records = [record for record in register.meters_of(tx, customer.number).values() if record.meter.bills_in(period)]
        booked = standing.booked(tx, customer.number, period)
    return ReadingForm.new(period, today_of(service), records, booked, session.token_sha256)


def _filled_form(request: Request, customer: Customer, session: Session, given: FormData) -> ReadingForm:
    """Raises Elsewhere where the page is of a month that is no longer open."""
    periods = open_periods(today_of(site_of(request).service), site_of(request).service.settings.rules.policy())
    period = next((period for period in periods if str(period) == given.get("period")), None)
    if period is None:
        raise Elsewhere("/readings")
    form = _new_form(request, customer, session, period)
    form.fill({name: value for name, value in given.multi_items() if isinstance(value, str)}, given.getlist("kept"))
    return form


def _checked(request: Request, customer: Customer, form: ReadingForm) -> ReadingForm:
    service = site_of(request).service
    if form.day is None or not form.meters:
        return form
    with service.database.reading() as tx:
        checks = check(tx, service, customer.number, form.period, form.day, form.meters)
    language = language_of(request)
    form.tell(checks, lambda finding: finding_text(finding, language, Audience.CUSTOMER))
    return form


def _form_page(request: Request, customer: Customer, form: ReadingForm, status: int = 200) -> Response:
    service = site_of(request).service
    policy = service.settings.rules.policy()
    facts: dict[str, Any] = {
        "periods": open_periods(today_of(service), policy),
        "closes": form.period.next().day(policy.period_closes_day),
        "today": service.clock().astimezone(TASHKENT).date(),
        "limit": service.settings.limits.attachment_bytes,
        "most_files": MOST_FILES,
    }
    return page(request, "customer/readings.html.j2", status, customer=customer, form=form, **facts)
