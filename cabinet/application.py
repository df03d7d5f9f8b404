"""Builds the web application: one FastAPI with a mount for each face, and what guards them both."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Collection, Sequence

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI
from fastapi.responses import RedirectResponse

from cabinet import customer, errors, shared, staff
from cabinet.api.application import build_api
from cabinet.assets import ASSETS
from cabinet.customer.people import known
from cabinet.early_token import EarlyToken
from cabinet.guards import no_forgery, unhurried
from cabinet.outermost import Outermost
from cabinet.site import Site
from cabinet.unsubscribing import build_unsubscribing
from service import notify
from service.assembly import Service
from service.customer_accounts import issue_accounts
from service.overview import overviews_of
from service.page_pictures import PictureMaker
from service.queue_counts import queue_counts_of
from storage.staff import account
from storage.states import Face

_ALIVE_SECONDS = 10.0
_NO_PAPERS = {"openapi_url": None, "docs_url": None, "redoc_url": None}


def build(service: Service, faces: Collection[Face] = tuple(Face)) -> FastAPI:
    """The application that serves these faces: staff under /staff, customers under /."""
    application = FastAPI(lifespan=_lifespan, **_NO_PAPERS)
    application.state.service = service
    pictures = application.state.pictures = PictureMaker(service)
    application.add_middleware(Outermost, secure=service.settings.web.secure)
    application.include_router(ASSETS)
    application.state.counts = ()
    if Face.STAFF in faces:
        desk = _face(service, Face.STAFF, staff.ROUTERS, pictures)
        desk.state.overviews, desk.state.queue_counts = overviews_of(service), queue_counts_of(service)
        application.state.counts = (desk.state.overviews, desk.state.queue_counts)
        application.mount("/staff", desk)
    if Face.CUSTOMER in faces:
        application.mount("/api/v1", build_api(service))
        application.mount("/unsubscribe", build_unsubscribing(service))
        application.mount("/", _face(service, Face.CUSTOMER, customer.ROUTERS, pictures))
    else:
        application.add_api_route("/", lambda: RedirectResponse("/staff/", 303), include_in_schema=False)
    return application


def _face(service: Service, face: Face, routers: Sequence[APIRouter], pictures: PictureMaker) -> FastAPI:
    """One face. Every one of its routes, whoever writes it, refuses a POST that did not come from a page of ours."""
    application = FastAPI(dependencies=[Depends(no_forgery), Depends(unhurried)], **_NO_PAPERS)
    application.state.site = Site(service, face, account if face is Face.STAFF else known)
    application.state.pictures = pictures
    errors.add_to(application)
    application.add_middleware(EarlyToken)
    for router in (*routers, shared.ROUTER):
        application.include_router(router)
    return application


@contextlib.asynccontextmanager
async def _lifespan(application: FastAPI) -> AsyncIterator[None]:
    service: Service = application.state.service
    anyio.to_thread.current_default_thread_limiter().total_tokens = service.settings.web.threads
    await anyio.to_thread.run_sync(issue_accounts, service)  # to contracts that a backup or another program brought
    notify.ready()
    heart = asyncio.create_task(_beat())
    yield
    heart.cancel()
    await anyio.to_thread.run_sync(application.state.pictures.close)
    for counts in application.state.counts:
        await anyio.to_thread.run_sync(counts.close)
    notify.stopping()


async def _beat() -> None:
    """Tells systemd that the loop turns."""
    while True:
        notify.alive()
        await asyncio.sleep(_ALIVE_SECONDS)
