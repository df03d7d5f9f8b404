"""The letters of the month: who is owed one and when, at most once, never what is out of date, and withdrawn when a report comes."""

import threading
from dataclasses import replace

import pytest

from metering.decisions import Decision, Finding, Outcome, Severity, Source
from metering.errors import PermanentError, TemporaryError
from metering.periods import Period
from service import reminding
from service.reminding import remind_forever, remind_once
from storage import addresses, campaigns, reported
from storage.addresses import Happening
from storage.originals import Original, ToldBy, mark_original
from storage.outbox import Letter, owe
from storage.states import AddressEvent
from tests.support.months import Months, text_of

NOVEMBER = Period(2026, 11)
ALL = ["00007", "00421"]


def keys(campaign: str, step: str, *numbers: str, period: str = "2026-11") -> list[str]:
    return [f"{campaign}/{number}/{period}/{step}" for number in numbers or ALL]


def note(months: Months, address: str, event: AddressEvent, number: str | None = None) -> None:
    with months.service.database.transaction() as tx:
        addresses.note(tx, Happening(address, event, months.now, contract_number=number))


def test_reminders_are_owed_from_their_hour_on_and_once(months):
    months.at("2026-11-20 08:59").remind()
    assert months.owed == []
    assert months.at("2026-11-20 09:00").remind().written == 2
    assert months.at("2026-11-23 23:00").remind().written == 0
    months.at("2026-11-24 09:00").remind()
    months.at("2026-11-25 09:00").remind()
    assert months.owed == [*keys("reminder", "5"), *keys("reminder", "1"), *keys("reminder", "0")]


def test_who_has_reported_is_not_reminded_and_a_missing_meter_is_named(months):
    months.at("2026-11-18 10:00").report("00007", "7001")
    months.report("00421", "0042100", outcome=Outcome.REVIEW)
    months.at("2026-11-20 09:00").remind()
    assert months.owed == keys("reminder", "5", "00421")
    text = text_of(months.letter("reminder/00421/2026-11/5"))
    assert "Иссиқ сув ҳисоблагичи № B-7: 88 м³ (2026 йил 21 октябрь); шу ой учун кўрсаткич ҳали келмади" in text
    assert "бизда ҳамма ҳисоблагичларнинг кўрсаткичлари йўқ" in text


def test_an_incomplete_report_is_reminded_of_with_what_it_lacks(months):
    lacking = Decision(Outcome.INCOMPLETE, (Finding("stamp_missing", Severity.INCOMPLETE),))
    months.at("2026-11-18 10:00").report("00007", "7001", decision=lacking)
    months.at("2026-11-20 09:00").remind()
    assert "На отчёте не видно печати организации." in text_of(months.letter("reminder/00007/2026-11/5"))


def test_after_an_outage_only_what_is_still_true_is_written(months):
    months.at("2026-11-25 08:00").remind()  # the reminder of five days before has had its time
    assert months.owed == keys("reminder", "1")
    months.at("2026-12-02 07:00").remind()
    assert months.owed == [*keys("reminder", "1"), *keys("notice", "after")]
    months.at("2026-12-11 09:00").remind()
    assert len(months.owed) == 4  # the month is closed: no more of it


def test_a_notice_tells_the_estimate_and_is_kept_with_it(months):
    months.report("00421", "0042100", "B-7")
    months.at("2026-11-26 09:00").remind()
    assert months.owed == keys("notice", "after", "00007")
    text = text_of(months.letter("notice/00007/2026-11/after")).replace("\N{NO-BREAK SPACE}", " ")
    assert "Предварительный расчёт за месяц: 90,00 Гкал." in text
    assert "Отопление: 0,125 Гкал/ч × 24 ч × 30 сут. = 90,00 Гкал" in text
    assert "до 10 декабря 2026 года включительно" in text
    assert "перерасчёт по фактическому потреблению" in text
    with months.service.database.transaction() as tx:
        told = campaigns.latest_estimate(tx, "00007", NOVEMBER)
    assert (str(told.gcal), told.method) == ("90.00", "flat")


def test_what_other_heat_meters_reported_is_set_off_against_the_load(months):
    months.register([], ["00007,7002,ТЭМ-104,heat,Gcal,5,2026-10-21"])
    months.at("2026-11-19 10:00").report("00007", "7001")  # 10 Gcal
    months.report("00421", "0042100")  # the hot water of this one is missing
    months.at("2026-11-26 09:00").remind()
    with months.service.database.transaction() as tx:
        heat, hot_water = (campaigns.latest_estimate(tx, number, NOVEMBER) for number in ALL)
    assert (str(heat.gcal), heat.details["set_off"]) == ("80.00", "10.00")
    assert [(part["load"], part["gcal"]) for part in hot_water.details["parts"]] == [("hot_water", "14.40")]


def test_originals_are_asked_for_until_they_are_marked(months):
    months.at("2026-11-18 10:00").report("00007", "7001")
    months.at("2026-12-04 09:00").remind()  # the fifth is a Saturday
    months.at("2026-12-08 23:00").remind()
    assert [key for key in months.owed if "original" in key] == keys("original", "5", "00007")
    with months.service.database.transaction() as tx:
        mark_original(tx, Original("00007", NOVEMBER, ToldBy.NUMBER), "lola", months.now)
    months.at("2026-12-09 09:00").remind()
    assert [key for key in months.owed if "original" in key] == keys("original", "5", "00007")


def test_letters_carry_form_button_and_the_way_out_of_reminders_but_not_of_notices(months):
    months.at("2026-11-20 09:00").remind()
    reminder = months.letter("reminder/00007/2026-11/5")
    [form] = reminder.iter_attachments()
    assert (form.get_filename(), form.get_content()) == ("hisobot-00007-2026-11.pdf", b"%PDF of 00007")
    assert (reminder["To"], reminder["Auto-Submitted"]) == ("lola@mail.example", "auto-generated")
    assert reminder["List-Unsubscribe"].startswith("<https://company.example/unsubscribe/")
    assert "https://company.example/login" in text_of(reminder)
    months.at("2026-11-26 09:00").remind()
    notice = months.letter("notice/00007/2026-11/after")
    assert notice["List-Unsubscribe"] is None
    assert "unsubscribe" not in text_of(notice)
    assert len(list(notice.iter_attachments())) == 1


def test_a_letter_without_its_form_is_better_than_none(months):
    def draw(facts):
        raise PermanentError("no font")

    months.at("2026-11-20 09:00")
    assert remind_once(months.service, draw).written == 2
    assert list(months.letter("reminder/00007/2026-11/5").iter_attachments()) == []
    assert "бланк" not in text_of(months.letter("reminder/00007/2026-11/5"))


def test_the_next_address_is_written_to_where_one_is_dead_or_unsubscribed(months):
    note(months, "lola@mail.example", AddressEvent.HARD)
    months.at("2026-11-20 09:00").remind()
    assert months.letter("reminder/00007/2026-11/5")["To"] == "boss@lola.example"
    note(months, "boss@lola.example", AddressEvent.UNSUBSCRIBED, "00007")
    assert months.at("2026-11-24 09:00").remind().unreachable == 1
    months.at("2026-11-26 09:00").remind()
    assert months.letter("notice/00007/2026-11/after")["To"] == "boss@lola.example"  # never unsubscribed from


def test_a_contract_without_an_address_is_counted(months):
    months.register(["00600,ООО «Тишина»,Ташкент,300000600,,0.1,ru,active,,"], ["00600,600,ТЭМ,heat,Gcal,1,2026-10-21"])
    done = months.at("2026-11-20 09:00").remind()
    assert (done.written, done.unreachable) == (2, 1)


@pytest.mark.parametrize("since", ["2026-12", "2026-11"])
def test_nothing_is_written_of_a_month_before_the_first(months, since):
    months.settings(since=Period.parse(since))
    months.at("2026-11-26 09:00").remind()
    assert bool(months.owed) == (since == "2026-11")


def test_nothing_is_written_until_the_utility_has_said_from_which_month(months):
    months.settings(since=None)
    assert months.at("2026-11-26 09:00").remind().written == 0
    assert not months.owed


def test_a_report_that_comes_while_the_form_is_drawn_leaves_nothing_to_owe(months):
    def draw(facts):
        months.report("00007", "7001")
        return b"%PDF"

    months.report("00421", "0042100", "B-7")
    months.at("2026-11-20 09:00")
    assert remind_once(months.service, draw).written == 0


def test_a_reminder_that_is_owed_is_withdrawn_when_the_report_comes(months):
    months.at("2026-11-20 09:00").remind()
    months.report("00007", "7001")
    months.deliver()
    assert months.states == {
        "reminder/00007/2026-11/5": ("CANCELLED", "the report came"),
        "reminder/00421/2026-11/5": ("SENT", None),
    }
    assert [recipient for recipient, _ in months.way_out.letters] == ["zafar@mail.example"]


def test_even_a_report_that_comes_while_the_server_is_spoken_to_withdraws_it(months):
    months.report("00421", "0042100", "B-7")
    months.at("2026-11-20 09:00").remind()
    months.way_out.before = lambda: months.report("00007", "7001")
    months.deliver()
    assert months.states == {"reminder/00007/2026-11/5": ("CANCELLED", "the report came")}
    assert months.way_out.letters == []


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (lambda months: months.at("2026-11-24 09:00"), "out of date"),
        (lambda months: note(months, "lola@mail.example", AddressEvent.HARD), "nobody is at this address"),
        (lambda months: note(months, "lola@mail.example", AddressEvent.UNSUBSCRIBED, "00007"), "unsubscribed"),
        (
            lambda months: months.register(
                ['00007,ООО «Лола»,"Ташкент, 7",300000007,lola@mail.example;boss@lola.example,0.125,ru,terminated,,'], []
            ),
            "the contract is not active, or has no meter in service",
        ),
    ],
)
def test_what_has_become_untrue_is_not_sent(months, happens, reason):
    months.report("00421", "0042100", "B-7")
    months.at("2026-11-20 09:00").remind()
    happens(months)
    months.deliver()
    assert months.states["reminder/00007/2026-11/5"] == ("CANCELLED", reason)


def test_a_notice_goes_to_who_unsubscribed_from_reminders(months):
    note(months, "lola@mail.example", AddressEvent.UNSUBSCRIBED, "00007")
    months.at("2026-11-26 09:00").remind()
    months.deliver()
    assert months.letter("notice/00007/2026-11/after")["To"] == "lola@mail.example"
    assert months.states["notice/00007/2026-11/after"][0] == "SENT"


def test_an_original_reminder_is_withdrawn_when_the_original_comes_or_the_report_is_refused(months):
    reports = [months.at("2026-11-18 10:00").report("00007", "7001"), months.report("00421", "0042100", "B-7")]
    months.at("2026-12-04 09:00").remind()
    with months.service.database.transaction() as tx:
        mark_original(tx, Original("00007", NOVEMBER, ToldBy.FORM), "lola", months.now)
    refusal = {"source": Source.STAFF, "decision": Decision(Outcome.NO_REPORT), "supersedes": reports[1], "withdraws": True}
    months.report("00421", **refusal)
    months.deliver()
    assert [state for state, _ in months.states.values()] == ["CANCELLED", "CANCELLED"]


def test_answers_go_before_letters_of_our_own_accord(months):
    months.at("2026-11-20 09:00").remind()
    answer = Letter("message/1/receipt", "receipt", "a@b.example", "ru", "<o.1@b.example>", b"Subject: 1\r\n\r\n")
    with months.service.database.transaction() as tx:
        owe(tx, answer, months.at("2026-11-20 09:05").now)
    months.deliver()
    assert [recipient for recipient, _ in months.way_out.letters] == ["a@b.example", "lola@mail.example", "zafar@mail.example"]


def test_two_processes_at_once_owe_each_letter_once(months):
    months.at("2026-11-20 09:00")
    gate = threading.Barrier(2)

    def draw(facts):
        gate.wait(20)  # both have looked and found it owed
        return b"%PDF"

    done = []
    threads = [threading.Thread(target=lambda: done.append(remind_once(months.service, draw).written)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(done) == 2
    assert sorted(months.owed) == keys("reminder", "5")


def test_the_duty_looks_again_after_a_failure_and_ends_when_told(months, monkeypatch, caplog):
    stop, failures = threading.Event(), [TemporaryError("the database is locked")]

    def once(service, stop):
        if failures:
            raise failures.pop()
        ended.set()

    ended = threading.Event()
    monkeypatch.setattr(reminding, "remind_once", once)
    duty = threading.Thread(target=remind_forever, args=(months.service, stop))
    duty.start()
    assert ended.wait(20)
    stop.set()
    duty.join(20)
    assert not duty.is_alive()
    assert "paused: the database is locked" in caplog.text


def test_the_log_names_no_address(months, caplog):
    caplog.set_level("INFO")
    months.at("2026-11-20 09:00").remind()
    months.deliver()
    assert "owed" in caplog.text
    assert "@" not in caplog.text.replace("deliver@test", "")


def test_one_query_answers_for_one_contract_as_for_all(months):
    months.report("00421", "0042100")
    with months.service.database.transaction() as tx:
        together = reported.standings(tx, NOVEMBER)
        assert {number: reported.standings(tx, NOVEMBER, number)[number] for number in ALL} == together


def test_a_shorter_rate_spreads_letters_over_time(months):
    from service.delivery import deliver_once
    from service.post import post_of

    months.settings(letters_per_minute=60)
    months.at("2026-11-20 09:00").remind()
    post = post_of(months.service, months.way_out, "deliver@test")
    with months.service.database.transaction() as tx:
        for number in range(5):
            owe(tx, replace(_campaign_letter(number)), months.now)
    sent = []
    for second in range(5):
        months.at(f"2026-11-20 09:00:0{second}")
        while deliver_once(post):
            pass
        sent.append(len(months.way_out.letters))
    assert sent == [1, 2, 3, 4, 5]  # one a second
    months.at("2026-11-20 09:10")
    while deliver_once(post):
        pass
    assert len(months.way_out.letters) == 7


def _campaign_letter(number: int) -> Letter:
    from storage.states import Priority

    return Letter(f"k{number}", "campaign", "a@b.example", "ru", f"<{number}@b.example>", b"Subject: 1\r\n\r\n", priority=Priority.CAMPAIGN)
