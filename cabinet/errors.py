"""What a reader sees when something is not as it should be: a page in his language that says what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from cabinet.guards import Elsewhere, Forged, TooOften
from cabinet.rendering import go_to, page
from metering.errors import PermanentError, TemporaryError

log = logging.getLogger(__name__)

_TOLD = {400, 403, 404, 405, 409, 413, 429, 500, 503}  # shared.error.* has a text of its own for each


def add_to(application: FastAPI) -> None:
    def on(kind: type[Exception] | int, handle: Callable[[Request, Exception], Response]) -> None:
        application.add_exception_handler(kind, handle)

    on(Elsewhere, lambda request, error: go_to(request, error.path if isinstance(error, Elsewhere) else "/login"))
    on(Forged, lambda request, _: error_page(request, 403, "forged"))
    on(RequestValidationError, _invalid)
    on(HTTPException, lambda request, error: error_page(request, getattr(error, "status_code", 500)))
    on(TooOften, _too_often)
    on(TemporaryError, _temporary)
    on(PermanentError, _permanent)
    on(Exception, lambda request, _: error_page(request, 500))


def error_page(request: Request, status: int, which: str | None = None) -> Response:
    known = which or (str(status) if status in _TOLD else "500" if status >= 500 else "400")
    return page(request, "shared/error.html.j2", status, which=known, status=status)


def _too_often(request: Request, error: Exception) -> Response:
    until = error.until if isinstance(error, TooOften) else None
    response = page(request, "shared/too_often.html.j2", 429, until=until)
    response.headers["retry-after"] = "60"
    return response


def _temporary(request: Request, error: Exception) -> Response:
    log.error("a page is not to be had now: %s", error)
    return error_page(request, 503)


def _permanent(request: Request, error: Exception) -> Response:
    log.error("a page needs a person: %s", error)
    return error_page(request, 500)


def _invalid(request: Request, error: Exception) -> Response:
    """What cannot be in a path is an address that we do not have; else it is the request that is wrong."""
    faults = error.errors() if isinstance(error, RequestValidationError) else ()
    return error_page(request, 404 if any(fault["loc"][0] == "path" for fault in faults) else 400)
