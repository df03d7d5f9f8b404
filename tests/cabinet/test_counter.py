"""The counter's pages: paper originals by number, list and scanner, and the addresses that letters came back from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from metering.forms import FormCode, FormMeter
from metering.periods import Period
from metering.units import MeterKind, Unit
from service.customer_accounts import issue_accounts
from service.form_codes import form_key
from storage import accounts, addresses, outbox
from storage.addresses import Happening
from storage.originals import Original, ToldBy, latest_marks
from storage.reported import received_originals
from storage.states import AddressEvent, Face
from tests.support.desk import SUM_WRONG, Desk
from tests.support.web import Site, Visitor, assert_accessible, log_in

OCTOBER, NOVEMBER = Period(2026, 10), Period(2026, 11)
#: What a Russian keyboard makes of the same keys.
RUSSIAN_KEYS = str.maketrans("QWERTYUIOPASDFGHJKLZXCVBNM:./", "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬЖю.")


@pytest.fixture
def counter(desk: Callable[..., Desk]) -> Site:
    return desk(SUM_WRONG).site


def sealed(site: Site, number: str, serial: str = "0042100") -> str:
    with site.service.database.transaction() as tx:
        return FormCode(number, NOVEMBER, (FormMeter(serial, MeterKind.HEAT, Unit.GCAL),)).sealed(form_key(tx))


def received(site: Site, period: Period) -> set[str]:
    with site.service.database.reading() as tx:
        return received_originals(tx, period)


def given(person: Visitor, items: str, **form: str) -> str:
    answer = person.post("/staff/originals", {"items": items, "period": "2026-10", **form})
    assert answer.status_code == 200
    return answer.text


def test_a_list_is_marked_and_each_refused_line_is_named_with_its_reason_and_left_to_be_mended(counter: Site) -> None:
    page = given(counter.staff(), f"26565\r\n\r\n692\r\n99999\r\nhello\r\n{sealed(counter, '26565').replace('26565', '26566')}\r\n")
    assert received(counter, OCTOBER) == {"26565", "00692"}
    assert "Отмечено оригиналов: 2." in page
    assert "Не принято строк: 3." in page
    assert "Договора с таким номером нет в реестре." in page
    assert "Это не номер договора и не код бланка." in page
    assert "Это не код нашего бланка" in page
    left = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert left
    assert left[1].split("\n")[:2] == ["99999", "hello"]
    assert "Уже так и было: 26565." in given(counter.signed_in(Face.STAFF, "olga"), "26565")


def test_marks_are_taken_back_and_bear_the_name_of_who_made_them(counter: Site) -> None:
    person = counter.staff()
    given(person, "26565")
    assert "Снято отметок: 1." in given(person, "26565", received="false")
    assert received(counter, OCTOBER) == set()
    with counter.service.database.reading() as tx:
        marks = latest_marks(tx, "olga", 20)
        assert latest_marks(tx, "rustam", 20) == []
    assert [(mark.original, mark.received) for mark in marks] == [
        (Original("26565", OCTOBER, ToldBy.NUMBER), False),
        (Original("26565", OCTOBER, ToldBy.NUMBER), True),
    ]


def test_nothing_is_marked_by_an_empty_list_or_for_a_month_that_is_none(counter: Site) -> None:
    person = counter.staff()
    assert "Ничего не указано" in given(person, " \n")
    assert "он отмечается за октябрь 2026 года" in given(person, " ", period="2026-10")
    given(person, "26565", period="soon")
    with counter.service.database.reading() as tx:
        (mark,) = latest_marks(tx, "olga", 20)
    assert mark.received  # of the month in hand, which the page shows


def test_a_scanner_that_types_on_a_russian_keyboard_or_with_caps_lock_is_understood(counter: Site) -> None:
    person = counter.staff()
    one, two, three = (sealed(counter, number) for number in ("26565", "00692", "00417"))
    assert one.translate(RUSSIAN_KEYS).startswith("РШЫЩИЩЕЖ1Ж26565Ж202611Ж1ю1Ж0042100.РП6Ж")
    assert "Отмечено оригиналов: 1." in given(person, one.translate(RUSSIAN_KEYS), scanned="true")
    assert "Отмечено оригиналов: 1." in given(person, two.swapcase(), scanned="true")
    assert received(counter, NOVEMBER) == {"26565", "00692"}
    assert "Это не код нашего бланка" in given(person, three.replace("00417", "00418"), scanned="true")


def test_form_after_form_is_scanned_without_a_hand_on_the_mouse(counter: Site, tab: Page) -> None:
    """A scanner types and presses Enter; the field has the focus again at once."""
    counter.add_staff()
    log_in(tab, counter)
    tab.goto(f"{counter.address}/staff/originals")
    for number in ("26565", "00692"):
        expect(tab.locator("#scan")).to_be_focused()
        tab.keyboard.type(sealed(counter, number))
        tab.keyboard.press("Enter")
        expect(tab.locator("#latest tbody tr").first).to_contain_text(number)
    expect(tab.locator("#scan")).to_be_focused()
    tab.keyboard.type("hello")
    tab.keyboard.press("Enter")
    expect(tab.locator("#refused")).to_contain_text("hello")
    assert_accessible(tab)
    assert received(counter, NOVEMBER) == {"26565", "00692"}


def test_a_dead_address_is_shown_with_the_servers_answer_and_brought_back(counter: Site) -> None:
    now = counter.service.clock()
    with counter.service.database.transaction() as tx:
        for address, event, text in (
            ("gone@mail.example", AddressEvent.HARD, "550 5.1.1 <b>no such user"),
            ("full@mail.example", AddressEvent.SOFT, "452 4.2.2 full"),
        ):
            addresses.note(tx, Happening(address, event, now - dt.timedelta(days=1), text=text))
    person = counter.staff()
    page = person.get("/staff/addresses").text
    assert page.index("gone@mail.example") < page.index("full@mail.example")
    assert "550 5.1.1 &lt;b&gt;no such user" in page
    assert "временно не принимал: 1" in page
    for _ in range(2):  # the second time it is alive already
        answer = person.post("/staff/addresses/revive", {"address": "gone@mail.example"}, page="/staff/addresses")
        assert answer.headers["location"] == "/staff/addresses"
    with counter.service.database.reading() as tx:
        assert not addresses.is_dead(tx, "gone@mail.example")
        assert [each.dead for each in addresses.address_listing(tx)] == [False, False]


def test_a_customer_who_lost_his_password_is_let_in_with_the_inn_once_more_and_told_so(counter: Site) -> None:
    issue_accounts(counter.service)
    person = counter.staff()
    assert person.post("/staff/accounts", {"contract": "99999"}).status_code == 404
    shown = person.post("/staff/accounts", {"contract": "26565"}).text
    assert "teplo26565@xat.example" in shown
    with counter.service.database.transaction() as tx:
        accounts.change_password(tx, "26565", "$argon2id$", counter.service.clock())
    done = person.post("/staff/accounts/reset", {"contract": "26565"}, page="/staff/accounts").text
    assert "паролем служит ИНН" in done
    assert "teplo26565@xat.example" in done
    with counter.service.database.reading() as tx:
        account = accounts.account(tx, "26565")
        letters = [letter.recipient for letter in outbox.letter_listing(tx) if letter.kind == "account"]
    assert account is not None
    assert account.password_hash is None
    assert account.inn_until is not None
    assert letters == ["teplo26565@xat.example"]
