"""Who may pass: the session behind a request, proof that a POST came from our own page, and not too many of them.

What asks the database is a plain function and runs on a thread; what only looks is asynchronous, which saves the way to one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from typing import Annotated

from fastapi import Depends, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from cabinet.site import site_of
from storage import throttles, web_sessions
from storage.throttles import Limit
from storage.web_sessions import Session

LARGEST = 2**63 - 1  # that a column of row numbers can hold
_SAFE = {"GET", "HEAD", "OPTIONS"}
_POSTS = Limit(240, dt.timedelta(minutes=1))  # of one session: a person cannot do it, a script can


class Elsewhere(Exception):
    """The reader must go to another page of the same face first: to the login, or to change a password."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Forged(Exception):
    """A POST without the token of a page of ours, or one that another site sent."""


class TooOften(Exception):
    """until: when it may be tried again."""

    def __init__(self, until: dt.datetime) -> None:
        super().__init__("too often")
        self.until = until


def current_session(request: Request) -> Session | None:
    """The session behind the request, or None; notes that it is alive, and whose it is (`somebody`)."""
    site = site_of(request)
    token = site.cookie(request, "session")
    if token is None:
        return None
    now = site.service.clock()
    with site.service.database.reading() as tx:
        session = web_sessions.session_of(tx, site.face, token, now, site.idle)
        request.state.somebody = site.known(tx, session.account) if session is not None else None
    if session is not None and web_sessions.must_be_noted(session, now) and not _is_background(request):
        with site.service.database.transaction() as tx:
            web_sessions.note_seen(tx, session, now)
    request.state.session = session
    return session


async def signed_in(session: Annotated[Session | None, Depends(current_session)]) -> Session:
    """For routes that need somebody; others are sent to the login."""
    if session is None:
        raise Elsewhere("/login")
    return session


def _is_background(request: Request) -> bool:
    """A page that refreshes itself does not keep its session alive: its reader may have left."""
    return request.headers.get("x-background") == "1"


def visitor_token(request: Request) -> str:
    """The secret that forms of this browser are bound to: its session's, else one of its own, made for this response."""
    token = token_of_cookies(request) or getattr(request.state, "visitor", None)
    if token is None:
        token = request.state.visitor = secrets.token_urlsafe(32)
    return token


def token_of_cookies(request: Request) -> str | None:
    """The secret that this browser sends with a form of ours; None where it sends none."""
    site = site_of(request)
    return site.cookie(request, "session") or site.cookie(request, "visitor")


def csrf_of(token: str) -> str:
    """What stands in a form: it proves that the page was ours, and tells nothing of the cookie's secret."""
    return hmac.new(token.encode(), b"csrf", hashlib.sha256).hexdigest()


async def no_forgery(request: Request) -> None:
    """On every route of a face. Asynchronous because a form has to be awaited. Raises Forged."""
    if request.method in _SAFE:
        return
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Forged
    token = token_of_cookies(request)
    given = request.headers.get("x-csrf-token") or (await request.form()).get("csrf")
    if token is None or not isinstance(given, str) or not hmac.compare_digest(given.encode(), csrf_of(token).encode()):
        raise Forged


async def unhurried(request: Request, session: Annotated[Session | None, Depends(current_session)]) -> None:
    """On every route of a face: posts of one session, or of visitors from one address, have a limit. Raises TooOften."""
    if request.method in _SAFE:
        return
    key = f"posts {session.token_sha256[:32]}" if session else f"posts from {address_of(request)}"
    await run_in_threadpool(throttle, request, key, _POSTS)


def throttle(request: Request, key: str, limit: Limit) -> None:
    """Counts one more under the key, in a transaction of its own. Raises TooOften."""
    service = site_of(request).service
    with service.database.transaction() as tx:
        until = throttles.count(tx, key, limit, service.clock())
    if until is not None:
        raise TooOften(until)


def address_of(request: Request) -> str:
    """Where the request came from; behind a proxy that we trust, what it says (uvicorn has put it there)."""
    return request.client.host if request.client else "nowhere"


async def _form_of(request: Request) -> FormData:
    return await request.form()


#: A row's number in an address: one that no row can have is not there (404), and never a matter for the database.
RowNumber = Annotated[int, Path(ge=0, le=LARGEST)]
#: Which page of a list; lists that know their end show the last one instead of what lies behind it.
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
#: A form whose fields are not known beforehand, for a route that is a plain function.
AnyForm = Annotated[FormData, Depends(_form_of)]
SignedIn = Annotated[Session, Depends(signed_in)]
