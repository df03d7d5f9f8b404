"""The login as a person sees it, in Chromium: by keyboard, without a mistake that axe can find, on a phone as well."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.web import Site, assert_accessible, log_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # how a page looks is no business of the database


def test_one_logs_in_by_keyboard_and_out_again(site: Site, tab: Page) -> None:
    site.add_staff()
    log_in(tab, site)
    expect(tab.locator("h1")).to_be_visible()
    assert_accessible(tab)
    tab.locator("summary").click()
    tab.get_by_role("button", name="Выйти", exact=True).click()
    tab.wait_for_url("**/staff/login")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_login_is_accessible_in_light_and_dark(site: Site, tab: Page, scheme: str) -> None:
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    tab.goto(f"{site.address}/staff/login")
    assert_accessible(tab)


def test_the_login_fits_a_small_phone(site: Site, tab: Page) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.goto(f"{site.address}/staff/login")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
