"""Every route of the review desk, whoever writes it: what a visitor, a customer and a form without a token get."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute

from cabinet import shared, staff
from storage.states import Face, Role
from tests.support.web import Site, Visitor

FOR_EVERYBODY = {"/login", "/language"}
BLANKS = {"number": "1", "sha256": "0" * 64, "period": "2026-10", "state": "missing", "kind": "csv"}


def routes() -> Iterator[tuple[str, str]]:
    """(method, path) of each route that needs somebody to be logged in."""
    for router in (*staff.ROUTERS, shared.ROUTER):
        for route in router.routes:
            assert isinstance(route, APIRoute)
            path = route.path
            for name, value in BLANKS.items():
                path = path.replace("{" + name + "}", value)
            assert "{" not in path, f"a new blank in {route.path}: give it a value in BLANKS"
            if path not in FOR_EVERYBODY:
                yield from ((method, path) for method in sorted(route.methods))


ROUTES = sorted(set(routes()))


def ask(visitor: Visitor, method: str, path: str, token: bool) -> int | str:
    """The status, or where it leads."""
    data = {"csrf": visitor.csrf("/staff/login")} if token and method == "POST" else None
    answer = visitor.client.request(method, f"/staff{path}", data=data)
    return answer.headers.get("location", answer.status_code)


def test_there_are_routes_to_be_tested() -> None:
    assert len(ROUTES) > 20


def test_a_visitor_is_sent_to_the_login_and_nothing_is_done(site: Site) -> None:
    visitor = site.visitor()
    for method, path in ROUTES:
        assert ask(visitor, method, path, token=True) == "/staff/login", (method, path)


def test_a_customers_session_opens_no_door_of_the_desk(site: Site) -> None:
    customer = site.signed_in(Face.CUSTOMER, "00417")
    token = customer.client.cookies["hisobot-customer-session"]
    customer.client.cookies.set("hisobot-staff-session", token)
    for method, path in ROUTES:
        if method == "GET":
            assert ask(customer, method, path, token=False) == "/staff/login", (method, path)


def test_a_form_without_its_token_is_refused_on_every_route(site: Site) -> None:
    person = site.staff()
    for method, path in ROUTES:
        if method == "POST":
            assert ask(person, method, path, token=False) == 403, (method, path)


def test_a_disabled_account_is_logged_out_at_once(site: Site) -> None:
    from service.staff_accounts import disable_account

    person = site.staff()
    assert person.get("/staff/").status_code == 200
    disable_account(site.service, "olga", "test")
    for method, path in ROUTES:
        if method == "GET":
            assert ask(person, method, path, token=False) == "/staff/login", (method, path)


@pytest.mark.parametrize("role", list(Role))
def test_whoever_has_a_temporary_password_sees_nothing_else(site: Site, role: Role) -> None:
    site.add_staff("new", role, temporary=True)
    person = site.signed_in(Face.STAFF, "new")
    for path in ("/", "/overview", "/links", "/messages", "/reports/1"):
        assert ask(person, "GET", path, token=False) == "/staff/password"


def test_a_number_that_no_row_can_have_is_not_there_and_no_fault_of_the_server(site: Site) -> None:
    person = site.staff()
    for number in (2**63, 10**30, -1):
        for path in ("", "/pages", "/mail"):
            assert person.get(f"/staff/reports/{number}{path}").status_code == 404
        for path in (f"reports/{number}/decide", f"reports/{number}/undo", f"messages/{number}/retry", f"letters/{number}/retry"):
            assert person.post(f"/staff/{path}", page="/staff/").status_code == 404, path
    for path in (f"next?after={2**63}", f"links?number={10**30}", f"?number={10**30}", "addresses?number=0"):
        assert person.get(f"/staff/{path}").status_code == 400, path
    assert person.get("/staff/reports/abc").status_code == 404


FOREIGN = ({"version": str(2**63)}, {"seen": str(10**30)}, {"verdict": "burn"}, {"reasons": "because"}, {"version": "x"})


@pytest.mark.parametrize("sent", FOREIGN)
def test_a_form_that_is_none_of_ours_is_refused(site: Site, sent: dict[str, str]) -> None:
    person = site.staff()
    whole = {"verdict": "accept", "version": "1", "seen": "", **sent}
    assert person.post("/staff/reports/1/decide", whole, page="/staff/").status_code == 400
    assert person.post("/staff/reports/1/letter", whole, page="/staff/").status_code == 400


def test_what_is_for_administrators_is_closed_to_reviewers_and_nobody_locks_himself_out(site: Site) -> None:
    reviewer, boss = site.staff(), site.staff("boss", Role.ADMINISTRATOR)
    token = reviewer.csrf("/staff/")
    assert reviewer.get("/staff/colleagues").status_code == 403
    assert reviewer.client.post("/staff/colleagues/disable", data={"csrf": token, "name": "boss"}).status_code == 403
    for name in ("boss", "nobody"):
        assert boss.post("/staff/colleagues/disable", {"name": name}, page="/staff/colleagues").status_code == 303
    assert reviewer.get("/staff/").status_code == 200
    boss.post("/staff/colleagues/disable", {"name": "olga"}, page="/staff/colleagues")
    assert reviewer.get("/staff/").headers["location"] == "/staff/login"
    assert "отключён" in boss.get("/staff/colleagues").text
