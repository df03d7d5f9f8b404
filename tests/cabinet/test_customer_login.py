"""Customers at the door: the first password, its change before anything is shown, the lock, and nothing of anybody else."""

from __future__ import annotations

import pytest

from storage.states import Face
from tests.support.customers import INN, NUMBER, OTHER, OWN_PASSWORD, customer, own_password
from tests.support.web import Site

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # storage has tests of its own on both

PAGES = ("/", "/contract")


def test_the_first_login_leads_to_the_change_and_nothing_else_is_shown_before(cabinet: Site) -> None:
    visitor = cabinet.visitor()
    assert visitor.post("/login", {"number": NUMBER, "password": INN}).headers["location"] == "/password"
    for path in PAGES:
        assert visitor.get(path).headers["location"] == "/password"
    page = visitor.get("/password").text
    assert "Зафар" not in page
    done = visitor.post("/password", {"new": OWN_PASSWORD, "again": OWN_PASSWORD})
    assert done.headers["location"] == "/"
    assert "Зафар" in visitor.get("/").text


def test_the_contracts_language_is_taken_until_another_is_chosen(cabinet: Site) -> None:
    visitor = cabinet.visitor()
    visitor.post("/login", {"number": NUMBER, "password": INN})
    assert 'lang="uz-Cyrl"' in visitor.get("/password").text
    visitor.post("/language", {"language": "uz"}, page="/password")
    visitor.post("/logout", page="/password")
    visitor.post("/login", {"number": NUMBER, "password": INN})
    assert 'lang="uz-Latn"' in visitor.get("/password").text


@pytest.mark.parametrize("number", [NUMBER, "99999", "<b>"])
def test_a_wrong_password_and_an_unknown_number_read_the_same_and_lock_the_same(cabinet: Site, number: str) -> None:
    answers = [cabinet.visitor().post("/login", {"number": number, "password": "wrong"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [403] * 5 + [429]
    assert "Номер договора или пароль не подходят" in answers[0].text
    assert "Войти можно будет в 10:45" in answers[5].text
    assert "<b>" not in answers[0].text


def test_the_own_password_opens_and_a_browser_that_was_here_is_not_locked_out_by_strangers(cabinet: Site) -> None:
    own_password(cabinet)
    known = cabinet.visitor()
    assert known.post("/login", {"number": NUMBER, "password": OWN_PASSWORD}).headers["location"] == "/"
    known.post("/logout", page="/")
    for _ in range(6):
        cabinet.visitor().post("/login", {"number": NUMBER, "password": "wrong"})
    assert cabinet.visitor().post("/login", {"number": NUMBER, "password": OWN_PASSWORD}).status_code == 429
    assert known.post("/login", {"number": NUMBER, "password": OWN_PASSWORD}).headers["location"] == "/"


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", "yashil choynak 7 ta", "yashil choynak 7 ta", "введён неверно"),
        (OWN_PASSWORD, "yashil choynak 7 ta", "another", "по-разному"),
        (OWN_PASSWORD, OWN_PASSWORD, OWN_PASSWORD, "совпадает с нынешним"),
        (OWN_PASSWORD, "short", "short", "короче 10"),
        (OWN_PASSWORD, "zafar-zafar", "zafar-zafar", "знают многие"),
        (OWN_PASSWORD, "Password2026!", "Password2026!", "угадывают"),
        (OWN_PASSWORD, "1234567890", "1234567890", "соседних клавиш"),
    ],
)
def test_each_reason_not_to_take_a_password_is_told(cabinet: Site, old: str, new: str, again: str, said: str) -> None:
    answer = customer(cabinet).post("/password", {"old": old, "new": new, "again": again})
    assert answer.status_code == 400
    assert said in answer.text


def test_a_change_ends_the_sessions_of_other_devices(cabinet: Site) -> None:
    here, there = customer(cabinet), cabinet.signed_in(Face.CUSTOMER, NUMBER)
    assert there.get("/").status_code == 200
    here.post("/password", {"old": OWN_PASSWORD, "new": "yashil choynak 7 ta", "again": "yashil choynak 7 ta"})
    assert there.get("/").headers["location"] == "/login"
    assert here.get("/").status_code == 200


def test_log_out_everywhere_ends_every_session(cabinet: Site) -> None:
    here, there = customer(cabinet), cabinet.signed_in(Face.CUSTOMER, NUMBER)
    here.post("/logout", {"everywhere": "true"}, page="/")
    assert [each.get("/").status_code for each in (here, there)] == [303, 303]


def test_each_sees_his_own_contract_alone(cabinet: Site) -> None:
    ours, theirs = customer(cabinet).get("/contract").text, customer(cabinet, OTHER).get("/contract").text
    assert "Зафар" in ours
    assert "Лола" not in ours
    assert "Лола" in theirs
    assert "Зафар" not in theirs


def test_the_cabinet_can_be_installed_and_its_worker_keeps_no_page(cabinet: Site) -> None:
    client = cabinet.client()
    manifest = client.get("/manifest.webmanifest", headers={"accept-language": "uz"}).json()
    assert manifest["lang"] == "uz-Latn"
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).headers["content-type"] == "image/png"
    worker = client.get("/service-worker.js")
    assert worker.headers["content-type"].startswith("text/javascript")
    assert 'startsWith("/assets/")' in worker.text
