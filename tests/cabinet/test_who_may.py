"""Every route of both faces, whoever wrote it: what a visitor, the wrong role, a first password and a forged form get from it."""

from __future__ import annotations

import re

import httpx
import pytest
from fastapi.routing import APIRoute

from cabinet import customer as customers
from cabinet import shared, staff
from storage import web_sessions
from storage.states import Face
from tests.support.customers import NUMBER, customer
from tests.support.web import Site

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # storage has tests of its own on both

#: Pages that need nobody. A new one is named here on purpose, with its reason.
PUBLIC = {
    "/login",
    "/language",
    "/manifest.webmanifest",  # the name of the application and its icons
    "/service-worker.js",
    "/verify",  # whoever holds a document of ours may check it
    "/verify/{code}",
    "/upload/verify",
    "/staff/login",
    "/staff/language",
}
BEFORE_THE_CHANGE = {"/password", "/logout", "/alive"}  # what somebody with the first password may do


def routes() -> list[tuple[str, str]]:
    """(method, path) of every page of both faces; the API has its own tests."""
    faces = {"/staff": (*staff.ROUTERS, shared.ROUTER), "": (*customers.ROUTERS, shared.ROUTER)}
    found = [
        (method, prefix + route.path)
        for prefix, routers in faces.items()
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods
    ]
    assert len(found) > 20
    return sorted(found)


def filled(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "1", path)


def ask(client: httpx.Client, method: str, path: str) -> httpx.Response:
    return client.request(method, filled(path), data={"a": "b"} if method == "POST" else None)


def login_of(path: str) -> str:
    return "/staff/login" if path.startswith("/staff") else "/login"


def test_a_visitor_is_sent_to_the_login_of_that_face(cabinet: Site) -> None:
    client = cabinet.client()
    for method, path in routes():
        if method == "GET" and path not in PUBLIC:
            answer = ask(client, method, path)
            assert (path, answer.status_code, answer.headers.get("location")) == (path, 303, login_of(path))


@pytest.mark.parametrize("face", list(Face))
def test_a_session_of_the_other_face_is_none(cabinet: Site, face: Face) -> None:
    """Under its own cookie's name, and under the other's."""
    cabinet.add_staff()
    customer(cabinet)
    with cabinet.service.database.transaction() as tx:
        token = web_sessions.open_session(tx, face, "olga" if face is Face.STAFF else NUMBER, cabinet.service.clock())
    client = cabinet.client()
    for each in Face:
        client.cookies.set(f"hisobot-{each}-session", token)
    for method, path in routes():
        if method == "GET" and path not in PUBLIC and path.startswith("/staff") != (face is Face.STAFF):
            answer = ask(client, method, path)
            assert (path, answer.status_code, answer.headers.get("location")) == (path, 303, login_of(path))


@pytest.mark.parametrize("given", [{}, {"csrf": "0" * 64}])
def test_a_form_without_the_pages_token_changes_nothing(cabinet: Site, given: dict[str, str]) -> None:
    clients = {Face.CUSTOMER: customer(cabinet).client, Face.STAFF: cabinet.staff().client}
    for method, path in routes():
        if method != "GET":
            client = clients[Face.STAFF if path.startswith("/staff") else Face.CUSTOMER]
            answer = client.request(method, filled(path), data={"a": "b", **given})
            assert (path, answer.status_code) == (path, 403)


def test_a_true_token_sent_by_another_site_changes_nothing(cabinet: Site) -> None:
    visitor = customer(cabinet)
    given = {"csrf": visitor.csrf("/password"), "new": "yashil choynak 7 ta", "again": "yashil choynak 7 ta"}
    for method, path in routes():
        if method != "GET" and not path.startswith("/staff"):
            answer = visitor.client.request(method, filled(path), data=given, headers={"sec-fetch-site": "cross-site"})
            assert (path, answer.status_code) == (path, 403)
    assert visitor.get("/").status_code == 200


def test_with_the_first_password_only_its_change_is_open(cabinet: Site) -> None:
    visitor = cabinet.signed_in(Face.CUSTOMER, NUMBER)
    token = visitor.csrf("/password")
    for method, path in routes():
        if path.startswith("/staff") or path in PUBLIC or path in BEFORE_THE_CHANGE:
            continue
        data = {"csrf": token} if method == "POST" else None
        answer = visitor.client.request(method, filled(path), data=data)
        assert (path, answer.status_code, answer.headers.get("location")) == (path, 303, "/password")


def test_every_answer_ties_the_browsers_hands(cabinet: Site) -> None:
    visitor = customer(cabinet)
    for method, path in routes():
        if method == "GET":
            headers = visitor.get(filled(path)).headers
            assert "default-src 'none'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["cache-control"] in ("no-store", "no-cache")


def test_cookies_are_out_of_reach_of_scripts_and_of_other_hosts_under_https(cabinet: Site, serve: object) -> None:
    behind = serve(cabinet.service, base_url="https://cabinet.example")  # type: ignore[operator]
    answer = behind.client().get("/login")
    (cookie,) = answer.headers.get_list("set-cookie")
    assert cookie.startswith("__Host-hisobot-customer-visitor=")
    for word in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert word in cookie
    assert answer.headers["strict-transport-security"]


def test_no_address_and_no_log_line_names_the_customer(cabinet: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    visitor = customer(cabinet)
    for path in ("/", "/readings", "/history", "/contract", "/history.csv"):
        page = visitor.get(path).text
        addresses = re.findall(r'(?:href|action|src|hx-get|hx-post)="([^"]*)"', page)
        for known in (NUMBER, "300000421", "0042100", "B-7"):
            assert not [address for address in addresses if known in address and not address.startswith("mailto:")]
    visitor.client.post("/login", data={"number": NUMBER, "password": "300000421"})
    said = "\n".join(
        record.getMessage() for record in caplog.records if record.name.startswith(("cabinet", "service", "storage", "uvicorn"))
    )
    assert "route=/history" in said
    for known in (NUMBER, "300000421", "0042100", "Зафар"):
        assert known not in said
