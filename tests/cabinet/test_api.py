"""The API: tokens, a contract's history and month, submissions once, and errors that say what to do."""

from __future__ import annotations

import datetime as dt

import httpx
import pytest

from cabinet.api.application import CALLS
from service.assembly import Service
from storage import api_tokens
from storage.exports import reading_rows
from storage.outbox import letter_listing
from tests.support.customers import NUMBER, OTHER, TODAY, customer
from tests.support.web import Site

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # storage has tests of its own on both

GIVEN = {
    "id": "2026-10/1".replace("/", "-"),
    "period": "2026-10",
    "reading_date": "2026-10-21",
    "meters": [{"serial": "0042100", "kind": "heat", "unit": "Gcal", "previous": "100.50", "current": "120.50", "consumption": "20.00"}],
}


def token(service: Service, name: str = "billing", contracts: tuple[str, ...] | None = None) -> str:
    with service.database.transaction() as tx:
        return api_tokens.add(tx, name, contracts, "test", service.clock())


def program(site: Site, contract: str = NUMBER, **scope: object) -> httpx.Client:
    headers = {"authorization": f"Bearer {token(site.service, **scope)}", "contract-number": contract}  # type: ignore[arg-type]
    client = site.client()
    client.base_url = httpx.URL(f"{site.address}/api/v1/")
    client.headers.update(headers)
    return client


def test_readings_are_submitted_once_and_seen_in_history_and_month(cabinet: Site) -> None:
    client = program(cabinet)
    first, again = (client.post("submissions", json=GIVEN) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (first.json()["outcome"], first.json()["correct_until"]) == ("accepted", "2026-11-10")
    assert client.get(f"submissions/{GIVEN['id']}").json() == first.json()
    (reading,) = client.get("readings").json()["readings"]
    assert (reading["index"], reading["source"], reading["status"], reading["number"]) == (
        "120.50",
        "cabinet",
        "booked",
        first.json()["number"],
    )
    month = client.get("periods/2026-10").json()
    assert (month["missing"], month["days_left"], month["deadline"]) == (["B-7"], 3, "2026-10-25")
    with cabinet.service.database.reading() as tx:
        assert len(list(reading_rows(tx))) == 1
        assert len(letter_listing(tx)) == 1


def test_another_submission_under_the_same_id_is_refused_and_an_unlikely_one_is_for_a_person(cabinet: Site) -> None:
    client = program(cabinet)
    client.post("submissions", json=GIVEN)
    other = {**GIVEN, "meters": [{**GIVEN["meters"][0], "current": "125.50", "consumption": "25.00"}]}
    assert client.post("submissions", json=other).json()["error"] == "id_taken"
    conflicting = client.post("submissions", json={**other, "id": "another"}).json()
    assert (conflicting["outcome"], conflicting["reasons"][0]["rule"]) == ("review", "conflict")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"period": "10.2026"}, "period"),
        ({"reading_date": "yesterday"}, "reading_date"),
        ({"reading_date": 1792540800}, "reading_date"),
        ({"reading_date": "1792540800"}, "reading_date"),
        ({"meters": []}, "meters"),
        ({"id": ""}, "id"),
        ({"color": "red"}, "color"),
        ({"meters": [{**GIVEN["meters"][0], "current": "1,5"}]}, "meters.0.current"),
        ({"meters": [{**GIVEN["meters"][0], "current": 1.5}]}, "meters.0.current"),
        ({"meters": [{**GIVEN["meters"][0], "unit": "litres"}]}, "meters.0.unit"),
    ],
)
def test_what_is_wrong_with_a_submission_is_named_by_its_field(cabinet: Site, change: dict[str, object], named: str) -> None:
    answer = program(cabinet).post("submissions", json={**GIVEN, **change})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid")
    assert named in answer.json()["message"]


def test_without_a_token_with_a_wrong_one_or_a_revoked_one_nothing_is_told(cabinet: Site) -> None:
    client = program(cabinet)
    assert client.get("readings").status_code == 200
    for wrong in ({"authorization": "Bearer wrong"}, {"authorization": "Basic YTpi"}, {"authorization": ""}):
        answer = client.get("readings", headers=wrong)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    with cabinet.service.database.transaction() as tx:
        api_tokens.revoke(tx, "billing", "test", TODAY)
    assert client.get("readings").status_code == 401


def test_a_browsers_session_is_worth_nothing_here_and_a_token_nothing_there(cabinet: Site) -> None:
    visitor = customer(cabinet)
    assert visitor.client.get("/api/v1/readings", headers={"contract-number": NUMBER}).status_code == 401
    client = program(cabinet)
    assert client.get(f"{cabinet.address}/history").headers["location"] == "/login"


def test_a_client_speaks_for_its_own_contracts_alone(cabinet: Site) -> None:
    client = program(cabinet, contracts=(OTHER,))
    for ask in (lambda: client.get("readings"), lambda: client.get("periods/2026-10"), lambda: client.post("submissions", json=GIVEN)):
        assert ask().json()["error"] == "unknown_contract"
    assert client.get("readings", headers={"contract-number": OTHER}).status_code == 200
    assert client.get("readings", headers={"contract-number": "99999"}).json()["error"] == "unknown_contract"


def test_another_clients_submission_is_not_there(cabinet: Site) -> None:
    program(cabinet).post("submissions", json=GIVEN)
    assert program(cabinet, name="other").get(f"submissions/{GIVEN['id']}").json()["error"] == "unknown_submission"


def test_a_token_is_kept_nowhere(cabinet: Site) -> None:
    made = token(cabinet.service)
    with cabinet.service.database.reading() as tx:
        kept = str(tx.exec_driver_sql("select * from api_tokens").all()) + str(tx.exec_driver_sql("select * from audit").all())
    assert made not in kept


def test_who_calls_too_often_or_guesses_tokens_is_told_how_long_to_wait(cabinet: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cabinet.api.application.CALLS", type(CALLS)(2, dt.timedelta(minutes=1)))
    client = program(cabinet)
    answers = [client.get("readings") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["retry-after"] == "60"
    guesses = [cabinet.client().get("/api/v1/readings", headers={"authorization": "Bearer guess"}).status_code for _ in range(31)]
    assert guesses == [401] * 30 + [429]


def test_the_document_is_published_and_errors_of_the_address_are_json(cabinet: Site) -> None:
    client = program(cabinet)
    document = client.get("openapi.json").json()
    assert set(document["paths"]) == {"/readings", "/periods/{period}", "/submissions", "/submissions/{id}"}
    assert client.get("nowhere").json()["error"] == "not_found"
    assert client.put("readings").json()["error"] == "method_not_allowed"
    assert client.post("submissions", content=b"x" * 70_000).status_code == 413
