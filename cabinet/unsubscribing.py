"""The address at which one is rid of reminders, for mail programs and people (RFC 8058).

It stands beside the faces: what is posted comes from the customer's mail program, without a cookie or a page of ours, and the sealed
mark in its address is all the proof there is. To look at it changes nothing, since programs that check links look at all of them.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Form, Request
from fastapi.responses import Response

from cabinet import errors
from cabinet.rendering import page
from cabinet.site import Site, site_of
from service.assembly import Service
from service.unsubscribing import Subscription, set_subscription, subscription_of
from storage.states import Face


def build_unsubscribing(service: Service) -> FastAPI:
    application = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    application.state.site = Site(service, Face.CUSTOMER)
    errors.add_to(application)
    application.add_api_route("/{mark}", _look, methods=["GET"])
    application.add_api_route("/{mark}", _decide, methods=["POST"])
    return application


def _look(request: Request, mark: str) -> Response:
    service = site_of(request).service
    with service.database.transaction() as tx:
        found = subscription_of(tx, service, mark)
    return _page(request, mark, found, done=False)


def _decide(request: Request, mark: str, again: Annotated[str, Form()] = "") -> Response:
    """`again`: from our own page, to have the reminders back; a mail program posts `List-Unsubscribe=One-Click`."""
    found = set_subscription(site_of(request).service, mark, ended=not again)
    return _page(request, mark, found, done=True)


def _page(request: Request, mark: str, found: Subscription | None, done: bool) -> Response:
    status = 200 if found else 404
    return page(request, "shared/unsubscribe.html.j2", status, found=found, mark=mark, done=done)
