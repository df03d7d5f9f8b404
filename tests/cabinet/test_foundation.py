"""What guards every page of both faces: headers, cookies, tokens of forms, sessions, limits, and a log without anybody's data."""

from __future__ import annotations

import datetime as dt
import logging
import socket
from collections.abc import Callable
from pathlib import Path

import pyotp
import pytest

from cabinet.assets import asset
from storage import web_sessions
from storage.database import Database
from storage.states import Face, Role
from tests.support.web import STAFF_PASSWORD, Site, service_for

NOW = dt.datetime(2026, 10, 23, 5, tzinfo=dt.UTC)


class Hands:
    """A clock that the test turns."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def timed(database: Database, tmp_path: Path, serve: Callable[..., Site], hands: Hands) -> Site:
    return serve(service_for(database, tmp_path, hands))


def test_every_page_ties_the_browsers_hands(site: Site) -> None:
    client = site.client()
    headers = client.get("/staff/login").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers


def test_a_shipped_file_may_be_kept_for_ever_and_changes_its_name_with_its_content(site: Site) -> None:
    client = site.client()
    answer = client.get(asset("app.css"))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert "immutable" in answer.headers["cache-control"]
    assert client.get("/assets/app.css").status_code == 404


def test_cookies_cannot_be_read_by_scripts_nor_sent_by_other_sites(site: Site) -> None:
    site.add_staff()
    set_by_login = site.visitor().post("/staff/login", {"name": "olga", "password": STAFF_PASSWORD}).headers.get_list("set-cookie")
    session = next(line for line in set_by_login if line.startswith("hisobot-staff-session="))
    assert "HttpOnly" in session
    assert "SameSite=strict" in session
    assert "Max-Age" not in session


def test_behind_https_a_cookie_belongs_to_this_host_alone(database: Database, tmp_path: Path, serve: Callable[..., Site]) -> None:
    behind = serve(service_for(database, tmp_path), base_url="https://cabinet.example")
    answer = behind.client().get("/staff/login")
    assert answer.headers["set-cookie"].startswith("__Host-hisobot-staff-visitor=")
    assert "Secure" in answer.headers["set-cookie"]
    assert "max-age" in answer.headers["strict-transport-security"]


def test_who_is_not_logged_in_is_sent_to_the_login(site: Site) -> None:
    client = site.client()
    answer = client.get("/staff/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/login")


@pytest.mark.parametrize("sent", [{}, {"csrf": "0" * 64}, {"csrf": ""}])
def test_a_form_without_the_token_of_its_page_is_refused(site: Site, sent: dict[str, str]) -> None:
    staff = site.staff()
    assert staff.client.post("/staff/logout", data=sent).status_code == 403
    assert staff.get("/staff/").status_code == 200


def test_a_form_that_another_site_sent_is_refused_even_with_a_token(site: Site) -> None:
    staff = site.staff()
    token = staff.csrf("/staff/")
    sent = staff.client.post("/staff/logout", data={"csrf": token}, headers={"sec-fetch-site": "cross-site"})
    assert sent.status_code == 403


def test_a_token_of_another_browser_is_worth_nothing(site: Site) -> None:
    stranger = site.visitor()
    token = stranger.csrf("/staff/login")
    assert site.staff().client.post("/staff/logout", data={"csrf": token}).status_code == 403


def test_the_database_holds_no_token_that_a_cookie_holds(site: Site) -> None:
    token = site.staff().client.cookies["hisobot-staff-session"]
    with site.service.database.reading() as tx:
        assert web_sessions.session_of(tx, Face.STAFF, token, site.service.clock(), dt.timedelta(minutes=1))
        assert web_sessions.session_of(tx, Face.CUSTOMER, token, site.service.clock(), dt.timedelta(minutes=1)) is None
        kept = tx.exec_driver_sql("select * from web_sessions").all()
    assert token not in str(kept)


def test_a_session_ends_when_nothing_was_asked_for_so_long(timed: Site, hands: Hands) -> None:
    staff = timed.staff()
    for _ in range(3):
        hands.now += dt.timedelta(minutes=59)
        assert staff.get("/staff/").status_code == 200
    hands.now += dt.timedelta(minutes=61)
    assert staff.get("/staff/").headers["location"] == "/staff/login"


def test_a_page_that_refreshes_itself_keeps_nobody_logged_in(timed: Site, hands: Hands) -> None:
    staff = timed.staff()
    hands.now += dt.timedelta(minutes=40)
    assert staff.get("/staff/", headers={"x-background": "1"}).status_code == 200
    hands.now += dt.timedelta(minutes=40)
    assert staff.get("/staff/").status_code == 303


def test_a_session_ends_after_a_working_day_however_busy(timed: Site, hands: Hands) -> None:
    staff = timed.staff()
    for _ in range(13):
        assert staff.get("/staff/").status_code == 200
        hands.now += dt.timedelta(minutes=56)
    assert staff.get("/staff/").status_code == 303


def test_logging_out_ends_this_session_and_everywhere_ends_all(site: Site) -> None:
    site.add_staff()
    one, two, three = (site.signed_in(Face.STAFF, "olga") for _ in range(3))
    assert one.post("/staff/logout", page="/staff/").status_code == 303
    assert [each.get("/staff/").status_code for each in (one, two, three)] == [303, 200, 200]
    two.post("/staff/logout", {"everywhere": "true"}, page="/staff/")
    assert [each.get("/staff/").status_code for each in (two, three)] == [303, 303]


def test_five_wrong_passwords_lock_the_name_for_a_while_whatever_the_address(timed: Site, hands: Hands) -> None:
    timed.add_staff()
    for _ in range(5):
        answer = timed.visitor().post("/staff/login", {"name": "Olga", "password": "wrong"})
        assert answer.status_code == 403
    answer = timed.visitor().post("/staff/login", {"name": "olga", "password": STAFF_PASSWORD})
    assert answer.status_code == 429
    assert "10:15" in answer.text
    hands.now += dt.timedelta(minutes=16)
    assert timed.visitor().post("/staff/login", {"name": "olga", "password": STAFF_PASSWORD}).status_code == 303


def test_a_name_that_does_not_exist_is_refused_with_the_same_words(site: Site) -> None:
    site.add_staff()
    said = [site.visitor().post("/staff/login", {"name": name, "password": "wrong"}).text for name in ("olga", "nobody")]
    assert said[0].count("Имя, пароль или код не подходят") == 1
    assert said[1].count("Имя, пароль или код не подходят") == 1


def test_an_administrator_needs_a_code_which_counts_once(timed: Site, hands: Hands) -> None:
    secret = pyotp.random_base32()
    timed.add_staff("boss", Role.ADMINISTRATOR, secret)
    code = pyotp.TOTP(secret).at(hands.now)
    for wrong in ("", "000000" if code != "000000" else "111111"):
        assert timed.visitor().post("/staff/login", {"name": "boss", "password": STAFF_PASSWORD, "code": wrong}).status_code == 403
    given = {"name": "boss", "password": STAFF_PASSWORD, "code": code}
    assert [timed.visitor().post("/staff/login", given).status_code for _ in range(2)] == [303, 403]


def test_a_temporary_password_is_changed_before_anything_is_shown(site: Site) -> None:
    site.add_staff(temporary=True)
    staff = site.signed_in(Face.STAFF, "olga")
    assert staff.get("/staff/").headers["location"] == "/staff/password"
    given = {"old": STAFF_PASSWORD, "new": "a longer one of my own", "again": "a longer one of my own"}
    assert "короче 10" in staff.post("/staff/password", {**given, "new": "short", "again": "short"}).text
    assert "по-разному" in staff.post("/staff/password", {**given, "again": "another one of my own"}).text
    assert "неверно" in staff.post("/staff/password", {**given, "old": "wrong"}).text
    assert staff.post("/staff/password", given).headers["location"] == "/staff/login"
    assert staff.get("/staff/").headers["location"] == "/staff/login"
    logged_in = staff.post("/staff/login", {"name": "olga", "password": "a longer one of my own"})
    assert logged_in.headers["location"] == "/staff/"
    assert staff.get("/staff/").status_code == 200


def test_at_an_open_desk_nobody_can_try_passwords_and_a_new_one_makes_no_code_count_again(timed: Site, hands: Hands) -> None:
    secret = pyotp.random_base32()
    timed.add_staff("boss", Role.ADMINISTRATOR, secret)
    given = {"name": "boss", "password": STAFF_PASSWORD, "code": pyotp.TOTP(secret).at(hands.now)}
    boss = timed.visitor()
    assert boss.post("/staff/login", given).status_code == 303
    new = {"old": STAFF_PASSWORD, "new": "a longer one of my own", "again": "a longer one of my own"}
    for _ in range(5):
        assert boss.post("/staff/password", {**new, "old": "wrong"}).status_code == 400
    refused = boss.post("/staff/password", new)
    assert (refused.status_code, "10:15" in refused.text) == (429, True)
    hands.now += dt.timedelta(minutes=16)
    assert boss.post("/staff/password", new).headers["location"] == "/staff/login"
    hands.now -= dt.timedelta(minutes=16)  # the same half minute again
    assert timed.visitor().post("/staff/login", {**given, "password": new["new"]}).status_code == 403


def test_an_upload_without_the_token_of_its_page_is_refused_before_it_is_taken(site: Site) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n' + b"0" * 64 + b"\r\n--b\r\n"
    length = f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {40 * 2**20}"
    asked = f"POST /upload/verify HTTP/1.1\r\nHost: x\r\n{length}\r\n\r\n"
    host, _, port = site.address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(asked.encode() + body)  # and nothing of the forty megabytes
        assert connection.recv(1000).startswith(b"HTTP/1.1 403")


@pytest.mark.parametrize(("language", "said"), [("ru", "Вход для сотрудников"), ("uz", "Xodimlar uchun"), ("uz_cyrl", "Ходимлар учун")])
def test_the_reader_chooses_the_language(site: Site, language: str, said: str) -> None:
    visitor = site.visitor()
    answer = visitor.post("/staff/language", {"language": language, "back": "/login"}, page="/staff/login")
    assert answer.headers["location"] == "/staff/login"
    assert said in visitor.get("/staff/login").text


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "/a\\b", "evil"])
def test_the_way_back_leads_to_no_other_site(site: Site, back: str) -> None:
    answer = site.visitor().post("/staff/language", {"language": "uz", "back": back}, page="/staff/login")
    assert answer.headers["location"] == "/staff/"


def test_a_browsers_language_is_followed_until_one_is_chosen(site: Site) -> None:
    client = site.client()
    assert "Xodimlar" in client.get("/staff/login", headers={"accept-language": "uz,ru;q=0.5"}).text
    assert "Ходимлар" in client.get("/staff/login", headers={"accept-language": "uz-Cyrl"}).text
    assert "Вход" in client.get("/staff/login", headers={"accept-language": "en,de"}).text


def test_an_address_that_does_not_exist_gets_a_page(site: Site) -> None:
    client = site.client()
    answer = client.get("/staff/nowhere")
    assert answer.status_code == 404
    assert "Такой страницы нет" in answer.text


def test_a_form_that_is_far_too_large_is_not_read(site: Site) -> None:
    client = site.client()
    assert client.post("/staff/login", data={"name": "x" * 100_000}).status_code == 413


def test_each_face_can_be_served_alone(database: Database, tmp_path: Path, serve: Callable[..., Site]) -> None:
    service = service_for(database, tmp_path)
    staff_alone, customers_alone = serve(service, (Face.STAFF,)), serve(service, (Face.CUSTOMER,))
    assert staff_alone.client().get("/").headers["location"] == "/staff/"
    assert staff_alone.client().get("/staff/login").status_code == 200
    assert customers_alone.client().get("/staff/login").status_code == 404


def test_the_log_names_the_route_and_never_what_stood_in_the_address(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    client = site.client()
    client.get("/staff/login?contract=00417")
    client.get("/staff/00417")
    lines = [record.getMessage() for record in caplog.records if record.name == "cabinet.outermost"]
    assert any("route=/login status=200" in line for line in lines)
    assert not any("00417" in line for line in lines)
