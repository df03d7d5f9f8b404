"""A page as a response: its frame, its language, its cookies."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cabinet.assets import asset
from cabinet.guards import csrf_of, visitor_token
from cabinet.site import site_of
from metering.contracts import Language
from templates.pages import Frame, render_page


def page(request: Request, template: str, status: int = 200, /, **facts: Any) -> Response:
    """The rendered page. `frame` and the words of the reader's language are there by themselves (templates/pages.py)."""
    site = site_of(request)
    had_none = site.cookie(request, "session") is None and site.cookie(request, "visitor") is None
    token = visitor_token(request)
    session = getattr(request.state, "session", None)
    frame = Frame(
        face=site.face.value,
        language=language_of(request),
        url=lambda path: site.prefix + path,
        asset=asset,
        csrf=csrf_of(token),
        here=request.url.path.removeprefix(site.prefix),
        account=session.account if session else None,
        role=getattr(request.state, "role", None),
        idle_seconds=int(site.idle.total_seconds()) if session else 0,
        utility=site.service.settings.mail.display_name,
    )
    response = HTMLResponse(render_page(template, frame, facts), status)
    if had_none:
        site.set_cookie(response, "visitor", token)
    return response


def go_to(request: Request, path: str) -> Response:
    """After a POST: the browser asks for this page of the same face (`path` begins with /)."""
    address = site_of(request).prefix + path
    if "hx-request" in request.headers:
        return Response(status_code=204, headers={"hx-redirect": address})
    return RedirectResponse(address, 303)


def language_of(request: Request) -> Language:
    """What the reader chose, else what the browser asks for, else Russian."""
    chosen = site_of(request).cookie(request, "language")
    if chosen in tuple(Language):
        return Language(chosen)
    for asked in request.headers.get("accept-language", "").lower().split(","):
        tag = asked.partition(";")[0].strip()
        if tag.startswith("uz"):
            return Language.UZBEK_CYRILLIC if "cyrl" in tag else Language.UZBEK
        if tag.startswith("ru"):
            return Language.RUSSIAN
    return Language.RUSSIAN
