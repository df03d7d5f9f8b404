"""Routes that both faces have: the language, the way out, and a sign of life."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from cabinet.guards import SignedIn
from cabinet.rendering import go_to
from cabinet.site import LANGUAGE_SECONDS, site_of
from metering.contracts import Language
from storage import audit, web_sessions

ROUTER = APIRouter()


@ROUTER.post("/language")
def choose_language(request: Request, language: Annotated[Language, Form()], back: Annotated[str, Form()] = "/") -> Response:
    response = go_to(request, _path_of_ours(back))
    site_of(request).set_cookie(response, "language", language.value, LANGUAGE_SECONDS)
    return response


@ROUTER.post("/logout")
def log_out(request: Request, session: SignedIn, everywhere: Annotated[bool, Form()] = False) -> Response:
    """Ends this session, or with `everywhere` every session of the account on whatever device."""
    site = site_of(request)
    with site.service.database.transaction() as tx:
        if everywhere:
            web_sessions.close_all(tx, site.face, session.account)
        else:
            web_sessions.close_session(tx, session)
        action = "logged out everywhere" if everywhere else "logged out"
        audit.write(tx, audit.Entry(site.service.clock(), session.account, action, f"{site.face} {session.account}"))
    response = go_to(request, "/login")
    site.drop_cookie(response, "session")
    response.headers["clear-site-data"] = '"cache", "storage"'
    return response


@ROUTER.post("/alive")
def stay(request: Request, session: SignedIn) -> Response:
    """The reader says that he is still there (the announcement of the session's end has a button)."""
    return Response(status_code=204)


def _path_of_ours(back: str) -> str:
    """Never another site's address: `//host` and `/\\host` are some, and so is `/` TAB `/host`, since browsers leave a tab out."""
    return back if re.fullmatch(r"/(?!/)[!-\[\]-~]*", back, re.ASCII) else "/"
