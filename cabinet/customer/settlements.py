"""The customer's account as billing has it, and his documents: his own alone, the bytes that were signed."""

from __future__ import annotations

import datetime as dt

from fastapi import APIRouter, HTTPException, Request, Response

from cabinet.customer.people import SignedInCustomer
from cabinet.guards import RowNumber, throttle
from cabinet.rendering import page
from cabinet.site import site_of
from service.billing import age_of_figures
from service.settlements import account_of, documents_of
from storage.throttles import Limit

ROUTER = APIRouter()
_DOWNLOADS = Limit(120, dt.timedelta(hours=1))


@ROUTER.get("/settlements")
def settlements(request: Request, customer: SignedInCustomer) -> Response:
    service = site_of(request).service
    with service.database.reading() as tx:
        account = account_of(tx, service, customer.number)
    return page(request, "customer/settlements.html.j2", customer=customer, account_state=account)


@ROUTER.get("/documents")
def documents(request: Request, customer: SignedInCustomer) -> Response:
    service = site_of(request).service
    with service.database.reading() as tx:
        found = documents_of(tx, service, customer.number)
        age = age_of_figures(tx, service.clock(), service.settings.billing.refreshed_at)
    return page(request, "customer/documents.html.j2", customer=customer, documents=found, age=age, mail=service.settings.mail.address)


@ROUTER.get("/documents/{number}")
def document(request: Request, customer: SignedInCustomer, number: RowNumber) -> Response:
    throttle(request, f"downloads {customer.number}", _DOWNLOADS)
    service = site_of(request).service
    with service.database.reading() as tx:
        found = next((each for each in documents_of(tx, service, customer.number) if each.id == number), None)
    if found is None:
        raise HTTPException(404)
    headers = {
        "content-disposition": f'attachment; filename="{found.key.file_name}"',
        "content-security-policy": "default-src 'none'; sandbox",
    }
    return Response(service.blobs.get(found.sha256), media_type="application/pdf", headers=headers)
