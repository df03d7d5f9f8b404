"""The review desk by its pages: the queue and its filters, one report, decisions, conflicts, what of the mail needs a person, the month."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from metering.decisions import Outcome
from metering.pages import Box
from metering.reports import Field, MeterLine, Report
from metering.reviews import ReviewKind, ReviewOrder, Verdict
from storage import messages, register, reviews
from storage.ledger import settle
from storage.messages import NewMessage
from storage.settling import SubmittedFile
from storage.states import MessageState
from tests.storage.made import NOW, claimed, decided, load_register, settlement, submission
from tests.support.desk import FOREIGN_METER, SUM_WRONG, UNLINKED, Desk
from tests.support.web import Site, Visitor


def olga(desk: Desk) -> Visitor:
    return desk.site.staff("olga")


def decide(visitor: Visitor, number: int, verdict: str, **form: str) -> object:
    report = f"/staff/reports/{number}"
    version = re.search(r'name="version" value="(\d+)"', visitor.get(report).text)
    assert version
    return visitor.post(f"{report}/decide", {"verdict": verdict, "version": version[1], **form}, page=report)


def test_the_queue_is_filtered_without_the_contract_in_an_address(desk: Callable[..., Desk]) -> None:
    made = desk(SUM_WRONG, FOREIGN_METER)
    person = olga(made)
    page = person.get("/staff/").text
    assert "26565" in page
    assert "00692" in page
    answer = person.post("/staff/queue/filter", {"contract": "26565"}, page="/staff/")
    assert answer.headers["location"] == "/staff/"
    page = person.get("/staff/").text
    assert "НОУ «Восточный базар»" in page
    assert "00692" not in page
    person.post("/staff/queue/filter", {"rule": "serial_of_other_contract"}, page="/staff/")
    page = person.get("/staff/").text
    assert "26565" not in page
    assert "00692" in page


def test_the_next_report_is_one_that_nobody_else_has_before_him(desk: Callable[..., Desk]) -> None:
    made = desk(SUM_WRONG, FOREIGN_METER)
    one, two = olga(made), made.site.staff("rustam")
    first = one.get("/staff/next").headers["location"]
    assert "сейчас открыт" not in one.get(first).text
    second = two.get("/staff/next").headers["location"]
    assert second != first
    assert "открыт у сотрудника olga" in two.get(first).text


def test_who_saves_what_another_has_decided_is_told_so(desk: Callable[..., Desk]) -> None:
    made = desk(SUM_WRONG)
    (number,) = made.queue()
    one, two = olga(made), made.site.staff("rustam")
    report = f"/staff/reports/{number}"
    seen = {"version": "1", "csrf": two.csrf(report)}
    assert decide(one, number, "duplicate").status_code == 303  # type: ignore[attr-defined]
    answer = two.client.post(f"{report}/decide", data={**seen, "verdict": "accept"})
    assert answer.status_code == 409
    assert "olga" in answer.text
    assert "ничьё не перезаписано" in answer.text


def test_a_decision_is_followed_by_the_next_report_and_can_be_undone(desk: Callable[..., Desk]) -> None:
    made = desk(SUM_WRONG, UNLINKED)
    first, second = made.queue()
    person = olga(made)
    answer = decide(person, first, "accept")
    assert answer.headers["location"] == f"/staff/reports/{second}"  # type: ignore[attr-defined]
    assert f"Отчёт № {first} принят" in person.get(f"/staff/reports/{second}").text
    undone = person.post(f"/staff/reports/{first}/undo", page=f"/staff/reports/{second}")
    assert undone.headers["location"] == f"/staff/reports/{first}"
    assert made.queue() == [first, second]


def test_what_cannot_be_booked_stays_on_the_page_with_what_was_typed(desk: Callable[..., Desk]) -> None:
    made = desk(FOREIGN_METER)
    (number,) = made.queue()
    answer = decide(olga(made), number, "accept", **{"current.1": "98765,43"})
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Прибора с таким номером нет в договоре" in answer.text  # type: ignore[attr-defined]
    assert "98765,43" in answer.text  # type: ignore[attr-defined]


def test_a_slip_of_the_hand_is_shown_before_it_is_booked(desk: Callable[..., Desk]) -> None:
    made = desk(SUM_WRONG)
    (number,) = made.queue()
    person = olga(made)
    slip = {"current.1": "9189633", "consumption.1": "8013546"}
    answer = decide(person, number, "accept", **slip)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "появились новые замечания" in answer.text  # type: ignore[attr-defined]
    assert made.queue() == [number]
    told = re.search(r'name="told" value="([0-9a-f ]+)"', answer.text)  # type: ignore[attr-defined]
    assert told
    other = decide(person, number, "accept", told=told[1], **{**slip, "consumption.1": "8013547"})
    assert other.status_code == 422  # type: ignore[attr-defined]
    assert decide(person, number, "accept", told=told[1], **slip).status_code == 303  # type: ignore[attr-defined]
    assert made.queue() == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_no_typed_value_settles_stays_before_the_person_until_he_decides(desk: Callable[..., Desk]) -> None:
    made = desk("05-no-stamp")
    (number,) = made.queue()
    page = olga(made).get(f"/staff/reports/{number}").text
    assert "Замечаний нет" not in page
    assert re.search(r'<p class="why"><span class="tag warn">[^<]*печат', page)
    assert re.search(r'name="reasons" value="stamp_missing"[^>]* checked', page)  # of a return


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_value_is_marked_on_the_page_of_its_own_file(site: Site, tmp_path: Path) -> None:
    load_register(site.service.database, tmp_path)
    place = Box(10, 20, 60, 30)
    line = MeterLine(serial=Field("0042100", 1.0, 1, place, certain=True), current=Field("120.50", 0.6, 1, place, file=2))
    report = Report(("a.jpg", "b.jpg"), 2, contract_number=Field("00421", 1.0, 1, place, certain=True), meters=(line,))
    files = tuple(SubmittedFile(name, name[0] * 64) for name in ("b.jpg", "a.jpg"))  # as they came
    order = ReviewOrder(ReviewKind.REVIEW, NOW.date(), 60)
    with site.service.database.transaction() as tx:
        held = claimed(tx)
        new = submission(held, decision=decided(Outcome.REVIEW), report=report, files=files, review=order)
        (number,) = settle(tx, settlement(held, new)).submissions
    page = site.staff().get(f"/staff/reports/{number}").text
    marked = dict(re.findall(r'name="([a-z_.1]+)"[^>]* data-file="(\d)" data-page="1"', page))
    assert marked == {"contract_number": "2", "serial.1": "2", "current.1": "1"}


def test_a_unit_that_there_is_not_is_refused_by_its_field(desk: Callable[..., Desk]) -> None:
    made = desk(SUM_WRONG)
    (number,) = made.queue()
    answer = decide(olga(made), number, "accept", **{"unit.1": "bushels"})
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert 'data-field="unit.1"' in answer.text  # type: ignore[attr-defined]
    assert made.queue() == [number]


def test_changed_values_are_judged_at_once(desk: Callable[..., Desk]) -> None:
    made = desk(SUM_WRONG)
    (number,) = made.queue()
    person = olga(made)
    report = f"/staff/reports/{number}"
    assert "1189633 − 1176087 = 13546" in person.get(report).text
    answer = person.post(f"{report}/check", {"consumption.1": "13546", "current.1": "1189633"}, page=report)
    assert "1189633 − 1176087" not in answer.text


def test_the_letter_is_shown_before_it_goes(desk: Callable[..., Desk]) -> None:
    made = desk(SUM_WRONG)
    (number,) = made.queue()
    report = f"/staff/reports/{number}"
    said = {"verdict": "return", "version": "1", "reasons": ["sums_differ", "stamp_missing"], "comment": "До связи."}
    answer = olga(made).post(f"{report}/letter", said, page=report)
    assert "teplo26565@xat.example" in answer.text
    assert "нет печати организации" in answer.text
    assert "До связи." in answer.text


def test_a_page_of_foreign_bytes_is_shown_as_a_picture_that_we_made(desk: Callable[..., Desk]) -> None:
    made = desk(SUM_WRONG)
    (number,) = made.queue()
    person = olga(made)
    pages = person.get(f"/staff/reports/{number}/pages").text
    (address,) = re.findall(r'src="(/staff/pictures/[0-9a-f]{64})"', pages)
    picture = person.get(address)
    assert picture.headers["content-type"] == "image/jpeg"
    assert picture.content.startswith(b"\xff\xd8\xff")
    with made.site.service.database.reading() as tx:
        raw = messages.listing(tx)[0].raw_sha256
    assert person.get(f"/staff/pictures/{raw}").status_code == 404
    assert person.get("/staff/pictures/..%2f..%2fetc").status_code == 404
    assert "multipart" not in person.get(f"/staff/reports/{number}/mail").text


def test_a_message_in_quarantine_is_seen_and_put_back(site: Site) -> None:
    now = site.service.clock()
    with site.service.database.transaction() as tx:
        number = messages.keep(tx, NewMessage("INBOX", 1, "7", 10, now, "0" * 64, "7.eml"), now)
        assert number
        for turn in range(3):
            claim = messages.claim(tx, "intake", now + dt.timedelta(minutes=10 * turn), dt.timedelta(minutes=1))
            assert claim
            messages.release(tx, claim, "the reader died", now + dt.timedelta(minutes=10 * turn), True)
    person = site.staff()
    assert "the reader died" in person.get("/staff/messages").text
    assert "в карантине: 1" in person.get("/staff/inbox").text
    person.post(f"/staff/messages/{number}/retry", page="/staff/messages")
    with site.service.database.reading() as tx:
        assert messages.show(tx, number).state is MessageState.RECEIVED


def test_a_link_is_listed_and_revoked(desk: Callable[..., Desk]) -> None:
    made = desk(UNLINKED)
    (number,) = made.queue()
    person = olga(made)
    decide(person, number, "accept", link_sender="yes")
    page = person.get("/staff/links").text
    assert "yordamchi@boshqa.example" in page
    person.post("/staff/links/revoke", {"address": "yordamchi@boshqa.example", "contract": "12345"}, page="/staff/links")
    with made.site.service.database.reading() as tx:
        assert register.contracts_of_sender(tx, "yordamchi@boshqa.example") == ()


def counted(person: Visitor, path: str) -> str:
    """The page once its count is made, for which no page waits."""
    for _ in range(100):
        page = person.get(path).text
        if "Считаем" not in page:
            return page
    raise AssertionError(f"{path} was never counted")


def test_the_month_counts_and_its_lists_can_be_taken_away(desk: Callable[..., Desk]) -> None:
    made = desk(SUM_WRONG)
    person = olga(made)
    assert "Месяц: октябрь 2026 года" in counted(person, "/staff/overview?period=2026-10")
    assert "26565" in counted(person, "/staff/overview/2026-10/review")
    assert "26565" in counted(person, "/staff/overview/2026-10/no_original")
    assert "Таких договоров нет" in counted(person, "/staff/overview/2026-10/accepted")
    assert "Отчёт за октябрь 2026 года есть, а оригинала нет, договоров: 1." in counted(person, "/staff/originals?period=2026-10")
    csv = person.get("/staff/overview/2026-10/missing.csv")
    assert "attachment" in csv.headers["content-disposition"]
    assert csv.content.decode("utf-8-sig").startswith("Договор;")
    assert "26565" not in csv.text
    assert person.get("/staff/overview/2026-10/review.xlsx").content.startswith(b"PK")
    assert person.get("/staff/overview/2026-13/review.xlsx").status_code == 404


def test_a_report_of_no_number_is_not_found_and_a_closed_one_is_read_only(desk: Callable[..., Desk]) -> None:
    made = desk(SUM_WRONG)
    (number,) = made.queue()
    person = olga(made)
    assert person.get("/staff/reports/9999").status_code == 404
    decide(person, number, "not_a_report")
    page = person.get(f"/staff/reports/{number}").text
    assert "не отчёт (olga" in page
    assert 'id="accept"' not in page
    with made.site.service.database.reading() as tx:
        review = reviews.show(tx, number)
    assert review is not None
    assert review.verdict is Verdict.NOT_A_REPORT


@pytest.mark.parametrize("language", ["uz", "uz_cyrl"])
def test_the_desk_speaks_the_readers_language(desk: Callable[..., Desk], language: str) -> None:
    made = desk(SUM_WRONG)
    (number,) = made.queue()
    person = olga(made)
    person.post("/staff/language", {"language": language}, page="/staff/")
    assert {"uz": "Qabul qilish", "uz_cyrl": "Қабул қилиш"}[language] in person.get(f"/staff/reports/{number}").text
    assert person.get("/staff/overview").status_code == 200
