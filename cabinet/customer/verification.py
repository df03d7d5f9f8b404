"""For anybody who holds a document of ours: what was issued under its code, and what its signatures are worth."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from starlette.datastructures import FormData, UploadFile

from cabinet.guards import address_of, current_session, throttle
from cabinet.rendering import go_to, page
from cabinet.site import site_of
from service.verification import judge
from storage import documents
from storage.throttles import Limit
from storage.web_sessions import Session

ROUTER = APIRouter()
_CODES = Limit(60, dt.timedelta(hours=1))  # of one address: who holds a paper needs one, who guesses needs 2 to the 80th
_FILES = Limit(20, dt.timedelta(hours=1))  # each is opened in the sandbox
Visitor = Annotated[Session | None, Depends(current_session)]


async def _form(request: Request) -> AsyncIterator[FormData]:
    """The form that the guard has read already, with its file; it is closed after the route."""
    given = await request.form()
    try:
        yield given
    finally:
        await given.close()


@ROUTER.get("/verify")
def ask(request: Request, session: Visitor, code: Annotated[str, Query(max_length=64)] = "") -> Response:
    wanted = _plain(code)
    return go_to(request, f"/verify/{wanted}") if wanted else _page(request)


@ROUTER.get("/verify/{code}")
def by_code(request: Request, session: Visitor, code: str) -> Response:
    throttle(request, f"codes from {address_of(request)}", _CODES)
    with site_of(request).service.database.reading() as tx:
        found = documents.by_code(tx, _plain(code))
        changed = documents.figures_changed(tx, found) if found else False
    return _page(request, 200 if found else 404, asked=True, document=found, changed=changed)


@ROUTER.post("/upload/verify")
def by_file(request: Request, session: Visitor, given: Annotated[FormData, Depends(_form)]) -> Response:
    throttle(request, f"files from {address_of(request)}", _FILES)
    service = site_of(request).service
    upload = given.get("file")
    raw = upload.file.read(service.settings.limits.attachment_bytes + 1) if isinstance(upload, UploadFile) else b""
    if not raw:
        return _page(request, 400, fault="no_file")
    if len(raw) > service.settings.limits.attachment_bytes:
        raise HTTPException(413)
    with service.database.reading() as tx:
        found = documents.by_sha256(tx, hashlib.sha256(raw).hexdigest())
    return _page(request, verdict=judge(service, raw), document=found)


def _page(request: Request, status: int = 200, /, **facts: Any) -> Response:
    given = {"asked": False, "document": None, "changed": False, "verdict": None, "fault": None} | facts
    return page(request, "customer/verify.html.j2", status, bare=True, **given)


def _plain(code: str) -> str:
    """A code as it is kept, however it was typed."""
    letters = "".join(letter for letter in code.upper() if letter.isascii() and letter.isalnum())[:32]
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
