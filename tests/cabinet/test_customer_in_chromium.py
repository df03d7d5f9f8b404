"""A customer's first evening with the cabinet, in Chromium: from the first login to the history; by keyboard, on a phone, with axe."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page, expect

from service.customer_accounts import issue_accounts
from service.hand_in import work_off_next
from service.readers import Readers
from storage import web_sessions
from storage.database import Database
from storage.exports import reading_rows
from storage.register import import_register
from storage.states import Face
from tests.corpus.generate import draw
from tests.journeys.recipes import STORIES, load
from tests.support.customers import NUMBER, OWN_PASSWORD, own_password
from tests.support.web import Site, assert_accessible, service_for

STORY = load(STORIES / "mail-then-the-same-in-the-cabinet")
FACTS = STORY.customers["school"]
NOW = STORY.steps[0].received_at


@pytest.fixture
def school(database: Database, tmp_path: Path, serve: Callable[..., Site]) -> Site:
    """The cabinet of one customer, whose report can be drawn."""
    STORY.write_register(tmp_path)
    with database.transaction() as tx:
        import_register(tx, tmp_path / "contracts.csv", tmp_path / "meters.csv")
    service = service_for(database, tmp_path, lambda: NOW)
    issue_accounts(service)
    return replace(serve(service), service=service)


def log_in(tab: Page, site: Site, number: str, password: str) -> None:
    """By keyboard alone: the first field has the focus."""
    tab.goto(f"{site.address}/login")
    expect(tab.locator("#number")).to_be_focused()
    tab.keyboard.type(number)
    tab.keyboard.press("Tab")
    tab.keyboard.type(password)
    tab.keyboard.press("Enter")


def test_from_the_first_login_to_the_history(school: Site, tab: Page, readers: Readers, tmp_path: Path) -> None:
    log_in(tab, school, FACTS.contract_number, FACTS.inn)
    tab.wait_for_url("**/password")
    tab.locator("button[name=language][value=ru]").click()
    expect(tab.locator("h1")).to_have_text("Задайте свой пароль")
    tab.fill("#new", OWN_PASSWORD)
    tab.fill("#again", OWN_PASSWORD)
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{school.address}/")
    expect(tab.locator(".tag").first).to_have_text("ждём показаний")
    tab.get_by_role("link", name="Передать показания").last.click()

    photo = tmp_path / "фото.jpg"
    photo.write_bytes(draw("report", "ruled_ru", "photo", FACTS, Random(3)).content)
    tab.fill("#day", FACTS.reading_date.isoformat())
    tab.fill("#current_0", str(FACTS.meters[0].current))
    tab.locator("#current_0").blur()
    expect(tab.locator("#told-0")).to_contain_text("Расход")
    tab.set_input_files("#files", photo)
    expect(tab.locator("#files-list")).to_contain_text("фото.jpg")
    tab.get_by_role("button", name=re.compile("отправить", re.IGNORECASE)).click()
    if tab.get_by_role("button", name="Всё верно, отправить").count():
        tab.get_by_role("button", name="Всё верно, отправить").click()
    expect(tab.locator("h1")).to_have_text("Показания получены")
    number = tab.locator(".big-number").inner_text()

    assert work_off_next(school.service, readers, "test")
    expect(tab.locator("h1")).not_to_have_text("Показания получены", timeout=15_000)  # the page asks for itself
    tab.get_by_role("link", name="История").last.click()
    row = tab.locator("table.stack tbody tr").first
    for said in (number, "кабинет", "фото.jpg"):
        expect(row).to_contain_text(said)
    with tab.expect_download() as downloaded:
        row.get_by_role("link", name="фото.jpg").click()
    assert Path(downloaded.value.path()).read_bytes() == photo.read_bytes()
    with school.service.database.reading() as tx:
        (reading,) = reading_rows(tx)
    assert (reading["index"], reading["source"], reading["submission"]) == (FACTS.meters[0].current, "cabinet", number.removeprefix("№ "))


PAGES = ("/", "/readings", "/history", "/settlements", "/documents", "/contract", "/password", "/verify")
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@on_sqlite
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_mistake_that_axe_can_find_and_each_fits_a_small_phone(cabinet: Site, tab: Page, scheme: str) -> None:
    own_password(cabinet)
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.goto(f"{cabinet.address}/login")
    assert_accessible(tab)
    log_in(tab, cabinet, NUMBER, OWN_PASSWORD)
    tab.wait_for_url(f"{cabinet.address}/")
    for path in PAGES:
        tab.goto(cabinet.address + path)
        assert_accessible(tab)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, path
    tab.goto(f"{cabinet.address}/readings")
    tab.fill("#current_0", "99")
    tab.locator("main button.primary").click()
    expect(tab.locator(".notice")).to_be_visible()
    assert_accessible(tab)
    tab.locator("main button.primary").click()
    tab.wait_for_url("**/readings/*")
    assert_accessible(tab)


@on_sqlite
def test_the_end_of_the_session_is_announced_a_minute_before(cabinet: Site, tab: Page) -> None:
    own_password(cabinet)
    tab.clock.install()
    log_in(tab, cabinet, NUMBER, OWN_PASSWORD)
    tab.wait_for_url(f"{cabinet.address}/")
    tab.clock.fast_forward(dt.timedelta(minutes=8, seconds=50).seconds * 1000)
    expect(tab.locator("#idle")).to_be_hidden()
    tab.clock.fast_forward(20_000)
    expect(tab.locator("#idle")).to_be_visible()
    assert_accessible(tab)
    tab.locator("#idle-stay").click()
    expect(tab.locator("#idle")).to_be_hidden()
    with cabinet.service.database.transaction() as tx:
        web_sessions.close_all(tx, Face.CUSTOMER, NUMBER)  # the server's clock stands still here: it would have ended by now
    tab.clock.fast_forward(dt.timedelta(minutes=10, seconds=10).seconds * 1000)
    tab.wait_for_url("**/login")
