"""Customers log in with the contract's number, and change the first password before anything is shown (docs/security.md)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response

from cabinet.customer.people import AnyCustomer, Customer
from cabinet.guards import address_of, current_session
from cabinet.rendering import go_to, page
from cabinet.site import LANGUAGE_SECONDS, site_of
from service import passwords
from service.customer_accounts import LoggedIn, NotTaken, change_password, log_in
from storage import register
from storage.web_sessions import Session

ROUTER = APIRouter()
_DEVICE_SECONDS = 180 * 86_400


@ROUTER.get("/login")
def show_login(request: Request, session: Annotated[Session | None, Depends(current_session)]) -> Response:
    return go_to(request, "/") if session else _login_page(request)


@ROUTER.post("/login")
def do_login(request: Request, number: Annotated[str, Form()] = "", password: Annotated[str, Form()] = "") -> Response:
    site = site_of(request)
    done = log_in(site.service, number, password, address_of(request), site.cookie(request, "device"))
    if not isinstance(done, LoggedIn):
        return _login_page(request, 429 if done.until else 403, refused=True, until=done.until, number=number[:5])
    response = go_to(request, "/password" if done.must_change else "/")
    site.set_cookie(response, "session", done.token)
    site.set_cookie(response, "device", done.device, _DEVICE_SECONDS)
    site.drop_cookie(response, "visitor")
    if site.cookie(request, "language") is None:
        with site.service.database.reading() as tx:
            contract = register.contract(tx, number.strip())
        if contract is not None:
            site.set_cookie(response, "language", contract.language.value, LANGUAGE_SECONDS)
    return response


@ROUTER.get("/password")
def show_password(request: Request, someone: AnyCustomer) -> Response:
    return _password_page(request, someone)


@ROUTER.post("/password")
def do_password(
    request: Request,
    someone: AnyCustomer,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    site = site_of(request)
    if new != again:
        return _password_page(request, someone, 400, fault="not_twice")
    done = change_password(site.service, someone.number, old, new)
    if isinstance(done, NotTaken):
        return _password_page(request, someone, 429 if done.until else 400, fault=_fault(done), until=done.until)
    response = go_to(request, "/")
    site.set_cookie(response, "session", done)
    return response


def _fault(refusal: NotTaken) -> str:
    if refusal.weakness is not None:
        return refusal.weakness.value
    if refusal.until is not None:
        return "locked"
    return "same" if refusal.same else "old_wrong"


def _login_page(request: Request, status: int = 200, **facts: Any) -> Response:
    days = site_of(request).service.settings.cabinet.first_password_days
    return page(request, "customer/login.html.j2", status, **{"refused": False, "until": None, "number": "", "days": days, **facts})


def _password_page(request: Request, someone: Customer, status: int = 200, **facts: Any) -> Response:
    known = {"someone": someone, "shortest": passwords.SHORTEST, "fault": None, "until": None}
    return page(request, "customer/password.html.j2", status, **{**known, **facts})
