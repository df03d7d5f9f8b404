"""One click in a mail program ends reminders, a look at the address changes nothing, and nobody can do it without our mark."""

from __future__ import annotations

import re

import pytest

from storage import addresses
from storage.states import Face
from tests.support.months import Months
from tests.support.web import assert_accessible

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def link(months: Months, serve):
    """The address in a reminder, as a path, and the server that it leads to."""
    months.at("2026-11-20 09:00").remind()
    letter = months.letter("reminder/00007/2026-11/5")
    site = serve(months.service, (Face.CUSTOMER,))
    return site, re.search(r"https://company\.example(/unsubscribe/[^>]+)", letter["List-Unsubscribe"])[1]


def ended(months: Months) -> bool:
    with months.service.database.reading() as tx:
        return addresses.is_unsubscribed(tx, "lola@mail.example", "00007")


def test_a_mail_program_posts_once_and_the_reminders_end(months, link):
    site, path = link
    posted = site.client().post(path, data={"List-Unsubscribe": "One-Click"})  # no cookie, no page of ours before it
    assert (posted.status_code, ended(months)) == (200, True)
    assert site.client().post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    months.deliver()
    assert months.states["reminder/00007/2026-11/5"] == ("CANCELLED", "unsubscribed")
    months.at("2026-11-24 09:00").remind()
    assert months.letter("reminder/00007/2026-11/1")["To"] == "boss@lola.example"


def test_programs_that_look_at_links_end_nothing(months, link):
    site, path = link
    client = site.client()
    assert "договору № 00007" in client.get(path, headers={"Accept-Language": "ru"}).text
    client.head(path)
    assert not ended(months)


def test_a_person_may_change_his_mind(months, link):
    site, path = link
    client = site.client()
    client.post(path)
    assert "00007" in client.get(path).text
    assert client.post(path, data={"again": "1"}).status_code == 200
    assert not ended(months)


@pytest.mark.parametrize("spoil", [lambda path: path[:-1] + ("0" if path[-1] != "0" else "1"), lambda path: "/unsubscribe/x", str.upper])
def test_without_our_mark_nothing_is_found(months, link, spoil):
    site, path = link
    spoiled = spoil(path).replace("/UNSUBSCRIBE", "/unsubscribe")
    for answer in (site.client().get(spoiled), site.client().post(spoiled)):
        assert answer.status_code == 404
        assert "lola@mail.example" not in answer.text
    assert not ended(months)


def test_the_mark_of_a_notice_or_of_another_purpose_opens_nothing(months, link):
    from service.campaign_letters import UNSUBSCRIBE
    from service.envelopes import message_ids

    site, _ = link
    months.at("2026-11-26 09:00").remind()
    with months.service.database.transaction() as tx:
        ids = message_ids(tx, months.service)
    notice = months.letter("notice/00007/2026-11/after")["Message-ID"]
    reminder = months.letter("reminder/00007/2026-11/5")["Message-ID"]
    for mark in (ids.mark(notice, UNSUBSCRIBE), ids.mark(reminder, "envelope")):
        assert site.client().post(f"/unsubscribe/{mark}").status_code == 404
    assert not ended(months)


def test_the_page_is_accessible_and_works_without_a_script(months, link, tab):
    site, path = link
    tab.goto(site.address + path)
    assert_accessible(tab)
    tab.get_by_role("button", name="Больше не напоминать").click()
    tab.get_by_role("button", name="Напоминать снова").wait_for()
    assert ended(months)
