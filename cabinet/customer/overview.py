"""The customer's first page: the month at a glance; and what his contract says."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from cabinet.customer.people import SignedInCustomer
from cabinet.rendering import language_of, page
from cabinet.site import site_of
from metering.contracts import Language
from metering.estimates import Estimate
from service.month_state import states_today
from storage import contract_details, register
from templates.estimates import estimate_lines, estimate_notes, estimate_quantity

ROUTER = APIRouter()


@dataclass(frozen=True, slots=True)
class _Told:
    """An estimate in words: how much, and line by line how that comes about."""

    quantity: str
    lines: tuple[str, ...]
    notes: tuple[str, ...]


def _told(estimate: Estimate, language: Language) -> _Told:
    return _Told(estimate_quantity(estimate, language), estimate_lines(estimate, language), estimate_notes(estimate, language))


@ROUTER.get("/")
def month(request: Request, customer: SignedInCustomer) -> Response:
    service = site_of(request).service
    language = language_of(request)
    with service.database.reading() as tx:
        states = states_today(tx, service, customer.number)
    told = {state.period: _told(state.estimate, language) for state in states if state.estimate is not None}
    return page(request, "customer/month.html.j2", customer=customer, states=states, estimates=told, mail=service.settings.mail.address)


@ROUTER.get("/contract")
def contract(request: Request, customer: SignedInCustomer) -> Response:
    service = site_of(request).service
    with service.database.reading() as tx:
        details = contract_details.details_of(tx, customer.number)
        meters = register.meters_of(tx, customer.number)
        points = contract_details.points_of(tx, customer.number)
    facts = {"details": details, "meters": meters, "points": points, "mail": service.settings.mail.address}
    return page(request, "customer/contract.html.j2", customer=customer, **facts)
