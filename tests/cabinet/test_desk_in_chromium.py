"""One report reviewed by keyboard alone in Chromium, on SQLite and on PostgreSQL; every page of the desk without a fault that axe finds."""

from __future__ import annotations

from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Page, expect

from metering.reviews import Verdict
from storage import corrections, reviews
from storage.states import Role
from tests.support.desk import SUM_WRONG, UNLINKED, Desk
from tests.support.web import assert_accessible, log_in


def test_reports_are_reviewed_by_keyboard_alone(desk: Callable[..., Desk], tab: Page) -> None:
    made = desk(SUM_WRONG, UNLINKED)
    first, second = made.queue()
    made.site.add_staff()
    log_in(tab, made.site)
    tab.keyboard.press("Enter")  # begin with the first of the queue
    tab.wait_for_url(f"**/reports/{first}")
    expect(tab.locator(".paper img")).to_be_visible(timeout=30_000)
    # The first value that is in doubt, or that a reason is about: the previous index is the register's last.
    expect(tab.locator('[name="current.1"]')).to_be_focused()
    expect(tab.locator(".place")).to_be_visible()  # its place on the page
    expect(tab.locator("#crop canvas")).to_be_visible()  # and the same enlarged
    assert_accessible(tab)
    tab.keyboard.press("Enter")
    expect(tab.locator('[name="consumption.1"]')).to_be_focused()
    tab.keyboard.type("13546")
    tab.keyboard.press("Enter")
    expect(tab.locator("#accept")).to_be_focused()
    expect(tab.locator("#reasons")).not_to_contain_text("1189633 − 1176087")  # judged again as it stands now
    tab.keyboard.press("?")
    expect(tab.locator("#help")).to_be_visible()
    assert_accessible(tab)
    tab.keyboard.press("Escape")
    tab.keyboard.press("a")
    tab.wait_for_url(f"**/reports/{second}")
    expect(tab.locator(".flash")).to_contain_text(f"Отчёт № {first} принят")
    with made.site.service.database.reading() as tx:
        review = reviews.show(tx, first)
        (corrected,) = corrections.of_submission(tx, first)
    assert review is not None
    assert (review.verdict, corrected.old, corrected.new) == (Verdict.ACCEPT, "23546", "13546")
    tab.keyboard.press("u")
    tab.wait_for_url(f"**/reports/{first}")
    assert made.queue() == [first, second]
    tab.keyboard.press("r")
    expect(tab.locator("#return")).to_be_visible()
    expect(tab.locator("#letter")).to_contain_text("teplo26565@xat.example")
    assert_accessible(tab)
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url(f"**/reports/{second}")
    tab.keyboard.press("l")  # remember the sender
    expect(tab.locator('[name="link_sender"]')).to_be_checked()
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/staff/")
    expect(tab.locator(".empty")).to_be_visible()
    assert made.queue() == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # how a page looks is no business of the database
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_of_the_desk_is_accessible_and_fits(desk: Callable[..., Desk], tab: Page, width: int) -> None:
    made = desk(SUM_WRONG)
    (number,) = made.queue()
    secret = pyotp.random_base32()
    made.site.add_staff(role=Role.ADMINISTRATOR, totp_secret=secret)
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme="dark" if width < 400 else "light")
    log_in(tab, made.site, code=pyotp.TOTP(secret).at(made.site.service.clock()))
    month = ("/overview?period=2026-10", "/overview/2026-10/missing")
    people = ("/accounts", "/colleagues", "/password")
    for path in ("/", f"/reports/{number}", *month, "/messages", "/links", "/originals", "/addresses", *people):
        tab.goto(f"{made.site.address}/staff{path}")
        expect(tab.locator(".inbox")).to_be_visible()
        assert_accessible(tab)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
