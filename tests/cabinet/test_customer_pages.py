"""The cabinet's pages by HTTP: readings typed, doubted, confirmed and kept; the history and its files; nothing of anybody else."""

from __future__ import annotations

import io
import re
import zipfile

import httpx
import pytest

from metering.decisions import Outcome
from storage import entries
from storage.exports import reading_rows
from storage.ledger import settle
from storage.settling import SubmittedFile
from storage.states import EntryState, Face
from tests.storage.made import claimed, decided, submission
from tests.storage.made import settlement as settled_with
from tests.support.customers import NUMBER, OTHER, customer
from tests.support.web import Site, Visitor

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # storage has tests of its own on both
JPEG = b"\xff\xd8\xff\xe0" + bytes(500)


def fields(page: str) -> dict[str, str]:
    """What a browser would send back of the form of readings."""
    return {
        name: value
        for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page)
        if name not in ("language", "back")
    }


def send(visitor: Visitor, page: str | None = None, files: list[tuple[str, bytes]] | None = None, **typed: str) -> httpx.Response:
    given = {**fields(page or visitor.get("/readings").text), **typed}
    sent = [("files", (name, content, "image/jpeg")) for name, content in files or []]
    return visitor.client.post("/upload/readings", data=given, files=sent or [("files", ("", b""))])


def rows(site: Site) -> list[tuple[str, str]]:
    with site.service.database.reading() as tx:
        return [(row["index"], row["status"]) for row in reading_rows(tx)]


def test_readings_are_typed_as_people_write_them_and_booked_with_a_number(cabinet: Site) -> None:
    visitor = customer(cabinet)
    answer = send(visitor, current_0="000120,50", current_1="9")
    assert answer.status_code == 303
    page = visitor.get(answer.headers["location"]).text
    assert "Показания приняты" in page
    assert "261022-K" in page
    assert rows(cabinet) == [("120.50", "booked"), ("9", "booked")]


@on_sqlite
def test_a_slip_is_named_beside_its_meter_and_nothing_is_kept(cabinet: Site) -> None:
    visitor = customer(cabinet)
    for typed, said in (("сто", "Это не число"), ("1234567", "слишком много цифр для этого"), ("1,234", "достаточно двух")):
        answer = send(visitor, current_0=typed)
        assert answer.status_code == 400
        assert said in answer.text
        assert f'value="{typed}"' in answer.text
    assert "хотя бы одного прибора" in send(visitor).text
    assert "Укажите дату" in send(visitor, current_0="120,5", day="2026-13-40").text
    assert rows(cabinet) == []


@on_sqlite
def test_what_is_unlikely_is_asked_for_once_more_and_then_goes_to_a_person(cabinet: Site) -> None:
    visitor = customer(cabinet)
    doubted = send(visitor, current_0="99,00")
    assert doubted.status_code == 409
    assert "Всё верно, отправить" in doubted.text
    assert rows(cabinet) == []
    changed = send(visitor, doubted.text, current_0="98,00")
    assert changed.status_code == 409  # the confirmation was for other values
    done = send(visitor, changed.text)
    assert done.status_code == 303
    assert "проверяем" in visitor.get(done.headers["location"]).text
    assert rows(cabinet) == [("98.00", "review")]


@on_sqlite
def test_who_goes_back_and_says_something_else_hands_in_another_entry(cabinet: Site) -> None:
    visitor = customer(cabinet)
    form = visitor.get("/readings").text
    first = send(visitor, form, current_0="120,50", current_1="9").headers["location"]
    assert send(visitor, form, current_0="120,50", current_1="9").headers["location"] == first
    with_photo = send(visitor, form, current_0="120,50", current_1="9", files=[("фото.jpg", JPEG)]).headers["location"]
    doubted = send(visitor, form, current_0="121,50", current_1="9")
    assert doubted.status_code == 409
    corrected = send(visitor, doubted.text).headers["location"]
    assert len({first, with_photo, corrected}) == 3
    with cabinet.service.database.reading() as tx:
        assert [file.name for file in entries.of_contract(tx, NUMBER, int(with_photo.rpartition("/")[2])).files] == ["фото.jpg"]
    assert ("121.50", "review") in rows(cabinet)


@on_sqlite
def test_a_file_chosen_once_stays_when_the_form_is_shown_again(cabinet: Site) -> None:
    visitor = customer(cabinet)
    doubted = send(visitor, current_0="99,00", files=[("фото.jpg", JPEG)])
    assert "уже загружен" in doubted.text
    done = send(visitor, doubted.text)
    with cabinet.service.database.reading() as tx:
        (entry,) = entries.waiting_of(tx, NUMBER)
    assert ([file.name for file in entry.files], entry.state) == (["фото.jpg"], EntryState.WAITING)
    assert "Читаем приложенный файл" in visitor.get(done.headers["location"]).text


@on_sqlite
def test_another_sessions_kept_file_is_not_taken(cabinet: Site) -> None:
    one, other = customer(cabinet), cabinet.signed_in(Face.CUSTOMER, OTHER)
    customer(cabinet, OTHER)
    doubted = send(one, current_0="99,00", files=[("фото.jpg", JPEG)])
    token = fields(doubted.text)["kept"]
    page = send(other, current_0="4,00", kept=token)
    assert "уже загружен" not in page.text


@on_sqlite
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "файл пуст"),
        (b"MZ" + bytes(400), "такого вида файлы"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "такого вида файлы"),
        (b"<html><script>alert(1)</script>", "такого вида файлы"),
        (b"PK\x03\x04" + bytes(400), "такого вида файлы"),
        (JPEG + bytes(10_485_760), "больше 10 МБ"),
    ],
)
def test_a_hostile_or_oversized_upload_is_refused_by_name(cabinet: Site, content: bytes, said: str) -> None:
    answer = send(customer(cabinet), current_0="120,50", files=[("<b>фото</b>.jpg", content)])
    assert answer.status_code == 400
    assert said in answer.text
    assert "<b>фото" not in answer.text
    assert rows(cabinet) == []


@on_sqlite
def test_several_files_may_each_be_as_large_as_the_announcement_says(cabinet: Site) -> None:
    large = [(f"{n}.jpg", JPEG + bytes([n]) * 9_000_000) for n in range(2)]
    assert send(customer(cabinet), current_0="120,50", files=large).status_code == 303


@on_sqlite
def test_five_files_are_too_many(cabinet: Site) -> None:
    answer = send(customer(cabinet), current_0="120,50", files=[(f"{n}.jpg", JPEG + bytes([n])) for n in range(5)])
    assert "не больше 4" in answer.text


@on_sqlite
def test_a_double_click_is_one_entry(cabinet: Site) -> None:
    visitor = customer(cabinet)
    page = visitor.get("/readings").text
    first, second = (send(visitor, page, current_0="120,50") for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert rows(cabinet) == [("120.50", "booked")]


@on_sqlite
def test_while_it_is_typed_the_page_tells_of_one_meter(cabinet: Site) -> None:
    visitor = customer(cabinet)
    given = {**fields(visitor.get("/readings").text), "current_0": "120,50"}
    ask = {"hx-request": "true", "hx-target": "told-0"}
    said = visitor.client.post("/readings/check", data=given, headers=ask)
    assert "Расход 20 Гкал" in said.text
    assert "<html" not in said.text
    said = visitor.client.post("/readings/check", data={**given, "current_0": "90"}, headers=ask)
    assert "fault" in said.text
    assert visitor.client.post("/readings/check", data=given, headers={"hx-target": "told-7"}).status_code == 400
    assert rows(cabinet) == []


@on_sqlite
def test_a_month_that_is_closed_is_not_taken(cabinet: Site) -> None:
    visitor = customer(cabinet)
    assert send(visitor, period="2026-08", current_0="120,50").headers["location"] == "/readings"
    assert rows(cabinet) == []


def test_the_history_shows_each_source_and_gives_the_files_of_the_cabinet(cabinet: Site) -> None:
    visitor = customer(cabinet)
    send(visitor, current_0="120,50")
    with cabinet.service.database.transaction() as tx:
        held = claimed(tx)
        settle(tx, settled_with(held, submission(held, decision=decided(Outcome.REVIEW))))
    page = visitor.get("/history").text
    for said in ("кабинет", "письмо", "принято", "на проверке", "261022-K", "hisobot.pdf"):
        assert said in page
    assert "расходится" not in page


@on_sqlite
def test_tables_are_downloaded_with_numbers_as_numbers(cabinet: Site) -> None:
    visitor = customer(cabinet)
    send(visitor, current_0="120,50")
    table = visitor.get("/history.csv")
    assert table.headers["content-disposition"].startswith("attachment")
    assert (
        table.content.decode("utf-8-sig")
        .splitlines()[1]
        .startswith("0042100;теплосчётчик;Гкал;октябрь 2026 года;22.10.2026;120,50;20,00;20,00;кабинет")
    )
    book = zipfile.ZipFile(io.BytesIO(visitor.get("/history.xlsx").content))
    assert b"<v>120.50</v>" in book.read("xl/worksheets/sheet1.xml") or b"<v>120.5</v>" in book.read("xl/worksheets/sheet1.xml")


def test_a_file_is_downloaded_as_it_was_and_never_shown(cabinet: Site) -> None:
    visitor = customer(cabinet)
    sha256 = cabinet.service.blobs.put(JPEG)
    with cabinet.service.database.transaction() as tx:
        held = claimed(tx)
        new = submission(None, files=(SubmittedFile("фото <1>.jpg", sha256),), sender=None)
        (number,) = settle(tx, settled_with(held, new)).submissions
    answer = visitor.get(f"/files/{number}/0")
    assert (answer.content, answer.headers["content-type"]) == (JPEG, "image/jpeg")
    assert answer.headers["content-disposition"].startswith('attachment; filename="')
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    stranger = customer(cabinet, OTHER)
    assert [stranger.get(f"/files/{number}/{n}").status_code for n in (0, 1)] == [404, 404]


@on_sqlite
def test_another_contracts_entry_is_not_there(cabinet: Site) -> None:
    visitor, stranger = customer(cabinet), customer(cabinet, OTHER)
    place = send(visitor, current_0="120,50").headers["location"]
    assert visitor.get(place).status_code == 200
    assert stranger.get(place).status_code == 404
    assert "120,50" not in stranger.get("/history").text


@on_sqlite
@pytest.mark.parametrize("path", ["/", "/readings", "/history?years=3", "/settlements", "/documents", "/contract", "/password", "/login"])
def test_a_page_is_small_enough_for_a_slow_line(cabinet: Site, path: str) -> None:
    visitor = customer(cabinet) if path != "/login" else cabinet.visitor()
    page = visitor.get(path)
    assets = {name: len(visitor.get(name).content) for name in re.findall(r'(?:href|src)="(/assets/[^"]+\.(?:css|js))"', page.text)}
    assert page.status_code == 200
    assert len(page.content) + sum(assets.values()) < 100_000, assets
