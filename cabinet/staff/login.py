"""Staff log in, and change their passwords."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response

from cabinet.guards import address_of, current_session, throttle
from cabinet.rendering import go_to, page
from cabinet.site import site_of
from cabinet.staff.people import Anybody
from service import passwords
from service.staff_accounts import LoggedIn, change_password, log_in
from storage.staff import StaffAccount
from storage.throttles import Limit
from storage.web_sessions import Session

ROUTER = APIRouter()
_FROM_ONE_ADDRESS = Limit(60, dt.timedelta(minutes=15))


@ROUTER.get("/login")
def show_login(request: Request, session: Annotated[Session | None, Depends(current_session)]) -> Response:
    return go_to(request, "/") if session else page(request, "staff/login.html.j2", refused=False, until=None, name="")


@ROUTER.post("/login")
def do_login(
    request: Request, name: Annotated[str, Form()] = "", password: Annotated[str, Form()] = "", code: Annotated[str, Form()] = ""
) -> Response:
    throttle(request, f"login from {address_of(request)}", _FROM_ONE_ADDRESS)
    site = site_of(request)
    done = log_in(site.service, name.strip(), password, code)
    if not isinstance(done, LoggedIn):
        return page(request, "staff/login.html.j2", 429 if done.until else 403, refused=True, until=done.until, name=name)
    response = go_to(request, "/")
    site.set_cookie(response, "session", done.token)
    site.drop_cookie(response, "visitor")
    return response


@ROUTER.get("/password")
def show_password(request: Request, account: Anybody) -> Response:
    return _password_page(request, account)


@ROUTER.post("/password")
def do_password(
    request: Request,
    account: Anybody,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    site = site_of(request)
    fault = _fault(account.name, old, new, again)
    if fault is not None:
        return _password_page(request, account, 400, fault=fault)
    refused = change_password(site.service, account, old, new)
    if refused is not None:
        status, fault = (429, "locked") if refused.until else (400, "old_wrong")
        return _password_page(request, account, status, fault=fault, until=refused.until)
    response = go_to(request, "/login")
    site.drop_cookie(response, "session")
    return response


def _password_page(request: Request, account: StaffAccount, status: int = 200, **facts: Any) -> Response:
    known = {"fault": None, "until": None, "temporary": account.password_temporary, "shortest": passwords.SHORTEST}
    return page(request, "staff/password.html.j2", status, **{**known, **facts})


def _fault(name: str, old: str, new: str, again: str) -> str | None:
    if new != again:
        return "not_twice"
    if not passwords.SHORTEST <= len(new) <= passwords.LONGEST:
        return "too_short"
    if new == old or name in new.lower():
        return "too_easy"
    return None
