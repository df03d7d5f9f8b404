"""The ledger: one transaction, exactly once, a chain of versions for each meter and period."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
import sqlalchemy as sa

from metering.decisions import BoundBy, Outcome, Source
from metering.pages import Box, Mark
from metering.reports import Field, MeterLine, Report
from metering.units import MeterKind, Unit
from storage import ledger, messages, register, standing, tables
from storage.database import Transaction
from storage.exports import reading_rows
from storage.faults import LostLease, StaleLookup
from storage.ledger import record_submission, settle
from storage.outbox import letter_listing
from storage.settling import NewReading, Settlement, SubmittedFile
from storage.states import MessageState
from tests.storage.made import (
    LEASE,
    NOW,
    OCTOBER,
    claimed,
    decided,
    fate,
    letter,
    load_register,
    new_message,
    reading,
    settlement,
    submission,
)


@pytest.fixture
def database(database, tmp_path):
    load_register(database, tmp_path)
    return database


def mailed(tx: Transaction, *readings: NewReading, **changed: object) -> int:
    """One message with one submission, settled; the submission's id."""
    held = claimed(tx)
    return settle(tx, settlement(held, submission(held, *readings, **changed))).submissions[0]


def typed(tx: Transaction, *readings: NewReading, **changed: object) -> int:
    """One submission that is no email, settled."""
    return settle(tx, Settlement(NOW, (submission(None, *readings, **changed),))).submissions[0]


def statuses(tx: Transaction) -> list[tuple[str, str]]:
    return [(row["index"], row["status"]) for row in reading_rows(tx)]


def test_everything_of_one_message_is_written_in_one_transaction(database):
    with database.transaction() as tx:
        held = claimed(tx)
        settled = settle(tx, settlement(held, submission(held, bound_by=BoundBy.PAGE), letters=(letter("message/1/receipt"),)))
        row = messages.show(tx, held.message.id)
    assert (row.state, row.outcome, row.reply, row.reasons) == (MessageState.DECIDED, Outcome.ACCEPTED, "receipt", ("late",))
    assert (row.content_sha256, row.sender, row.message_id) == ("c" * 64, "zafar@mail.example", "<1@zafar.example>")
    with database.transaction() as tx:
        assert [row.id for row in letter_listing(tx)] == list(settled.letters)
        found = standing.booked(tx, "00421", OCTOBER)["0042100"]
        decisions = tx.execute(sa.select(tables.decisions).order_by(tables.decisions.c.id)).all()
        actions = list(tx.scalars(sa.select(tables.audit.c.action).order_by(tables.audit.c.id)))
    assert (found.index, found.consumption, found.outcome, found.source) == (
        Decimal("120.50"),
        Decimal("20.00"),
        Outcome.ACCEPTED,
        Source.EMAIL,
    )
    assert found.submission == settled.submissions[0]
    assert [(row.message, row.submission) for row in decisions] == [(held.message.id, found.submission), (held.message.id, None)]
    assert decisions[0].findings == [{"rule": "late", "severity": "note", "values": {"day": "26"}}]
    assert actions == ["submission recorded", "message decided"]


def test_a_failure_at_the_end_takes_everything_back(database):
    with database.transaction() as tx:
        held = claimed(tx)

    def settle_and_fail() -> None:
        with database.transaction() as tx:
            settle(tx, settlement(held, submission(held), letters=(letter(),)))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        settle_and_fail()
    with database.transaction() as tx:
        assert messages.show(tx, held.message.id).state is MessageState.WORKING
        for table in (tables.submissions, tables.readings, tables.decisions, tables.letters):
            assert tx.scalar(sa.select(sa.func.count()).select_from(table)) == 0


def test_a_report_is_kept_with_every_field_confidence_page_and_box(database):
    field = Field("00421", 0.98765, 1, Box(1.04, 2, 3, 4), certain=True, alternatives=("00427",))
    meter = MeterLine(serial=field, kind=MeterKind.HEAT, unit=Unit.GCAL, daily=(Decimal("1.10"),), daily_total=Decimal("1.10"))
    report = Report(("a.pdf",), 2, contract_number=field, meters=(meter,), stamp_present=Mark(True, 0.9, 2, Box(5, 6, 7, 8)))
    with database.transaction() as tx:
        number = mailed(tx, report=report)
        kept = tx.scalar(sa.select(tables.submissions.c.report).where(tables.submissions.c.id == number))
    expected = {"value": "00421", "confidence": 0.9877, "page": 1, "box": [1.0, 2.0, 3.0, 4.0]}
    expected |= {"certain": True, "note": None, "alternatives": ["00427"], "repair": None, "file": 1, "digits_sure": False}
    assert kept["fields"]["contract_number"] == expected
    assert kept["fields"]["inn"] is None
    assert (kept["meters"][0]["serial"], kept["meters"][0]["unit"], kept["meters"][0]["daily"]) == (expected, "Gcal", ["1.10"])
    assert kept["stamp_present"] == {"value": True, "confidence": 0.9, "page": 2, "box": [5.0, 6.0, 7.0, 8.0], "file": 1}


def test_what_was_read_is_kept_with_its_gcal_value(database):
    read = reading(unit=Unit.GJ, consumption=Decimal("41.868"), index_text="120.50", consumption_text="41.868")
    with database.transaction() as tx:
        mailed(tx, read, reading("B-7", "9", kind=MeterKind.HOT_WATER, unit=Unit.M3, previous=Decimal(7), consumption=Decimal(2)))
        rows = list(reading_rows(tx))
    assert [(row["unit"], row["consumption"], row["consumption_gcal"]) for row in rows] == [
        ("GJ", "41.868", "10.000000"),
        ("m3", "2", None),
    ]


def test_the_gcal_value_comes_from_the_indexes_where_no_consumption_is_stated(database):
    with database.transaction() as tx:
        mailed(tx, reading(unit=Unit.MWH, consumption=None, previous=Decimal("100.50"), index="101.663"))
        assert next(reading_rows(tx))["consumption_gcal"] == "1.000000"


@pytest.mark.parametrize("outcome", [Outcome.REVIEW, Outcome.INCOMPLETE])
def test_readings_of_a_report_that_is_not_accepted_are_pending_and_book_nothing(database, outcome):
    with database.transaction() as tx:
        mailed(tx, decision=decided(outcome))
        assert statuses(tx) == [("120.50", outcome.value)]
        assert standing.booked(tx, "00421", OCTOBER)["0042100"].outcome is outcome
        assert register.meters_of(tx, "00421")["0042100"].last_accepted.source == "register"


@pytest.mark.parametrize("outcome", [Outcome.DUPLICATE, Outcome.NO_REPORT, Outcome.UNREADABLE])
def test_a_duplicate_or_no_report_writes_no_reading_but_its_submission_says_what_was_stated(database, outcome):
    with database.transaction() as tx:
        mailed(tx, decision=decided(outcome))
        assert statuses(tx) == []
        stated = tx.scalar(sa.select(tables.submissions.c.meters))
    assert stated[0]["current"] == "120.50"


def test_a_report_that_names_no_contract_or_period_is_kept_without_readings(database):
    with database.transaction() as tx:
        for changed in ({"contract_number": None}, {"period": None}):
            mailed(tx, decision=decided(Outcome.REVIEW), **changed)
        mailed(tx, reading(None, None), decision=decided(Outcome.REVIEW))
        assert statuses(tx) == []
        assert tx.scalar(sa.select(sa.func.count()).select_from(tables.submissions)) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"trusted": False},
        {"contract_number": None},
        {"period": None},
        {"readings": (reading(None),)},
        {"readings": (reading(unit=None),)},
        {"readings": (reading(index=None, consumption=None),)},
        {"message": None},
    ],
    ids=str,
)
def test_what_must_never_be_booked_is_refused_as_a_bug(database, wrong):
    with database.transaction() as tx:
        held = claimed(tx)
    with pytest.raises(ValueError, match=r"accepted|booked|message"), database.transaction() as tx:
        record_submission(tx, submission(held, **wrong), NOW)


def test_a_fate_needs_its_claim(database):
    with pytest.raises(ValueError, match="together"), database.transaction() as tx:
        settle(tx, Settlement(NOW, fate=fate()))


def test_the_same_report_of_a_message_cannot_be_written_twice(database):
    with database.transaction() as tx:
        held = claimed(tx)
        record_submission(tx, submission(held), NOW)
    with pytest.raises(ValueError, match="recorded before"), database.transaction() as tx:
        record_submission(tx, submission(held), NOW)


def test_several_reports_of_a_message_are_submissions_of_their_own(database):
    with database.transaction() as tx:
        held = claimed(tx)
        first = submission(held, reading())
        second = submission(held, reading("B-7", "9", unit=Unit.M3), part=2)
        settled = settle(tx, settlement(held, first, second))
        assert len(set(settled.submissions)) == 2
        assert set(standing.booked(tx, "00421", OCTOBER)) == {"0042100", "B-7"}


def test_a_second_report_of_a_message_that_states_another_value_is_never_booked_silently(database):
    with database.transaction() as tx:
        held = claimed(tx)
    with pytest.raises(StaleLookup), database.transaction() as tx:
        settle(tx, settlement(held, submission(held), submission(held, reading(index="130"), part=2)))


def test_the_same_value_again_is_not_booked_twice(database):
    with database.transaction() as tx:
        first = mailed(tx)
        mailed(tx, reading(index="120.5"), reading("B-7", "9", unit=Unit.M3))
        assert statuses(tx) == [("120.50", "booked"), ("9", "booked")]
        assert standing.booked(tx, "00421", OCTOBER)["0042100"].submission == first


def test_another_value_is_booked_only_in_the_place_of_the_submission_that_it_names(database):
    with database.transaction() as tx:
        first = mailed(tx)
    for supersedes in (None, first + 100):
        with pytest.raises((StaleLookup, sa.exc.IntegrityError)), database.transaction() as tx:
            mailed(tx, reading(index="121"), supersedes=supersedes)
    with database.transaction() as tx:
        second = typed(tx, reading(index="121"), source=Source.STAFF, supersedes=first)
        third = typed(tx, reading(index="122"), source=Source.STAFF, supersedes=second)
        assert statuses(tx) == [("120.50", "corrected"), ("121", "corrected"), ("122", "booked")]
        chain = tx.execute(sa.select(tables.readings.c.version, tables.readings.c.corrects, tables.readings.c.id)).all()
        assert [(row.version, row.corrects) for row in chain] == [(1, None), (2, chain[0].id), (3, chain[1].id)]
        assert standing.booked(tx, "00421", OCTOBER)["0042100"].submission == third
        assert register.meters_of(tx, "00421")["0042100"].last_accepted.index == Decimal(122)
        assert register.meters_of(tx, "00421")["0042100"].consumptions == ((OCTOBER, Decimal("21.50")),)


def test_staff_withdraw_a_booked_reading_and_another_can_be_booked_after(database):
    with database.transaction() as tx:
        first = mailed(tx)
        mailed(tx, reading("B-7", "9", unit=Unit.M3))
        typed(tx, source=Source.STAFF, decision=decided(Outcome.REVIEW), supersedes=first, withdraws=True)
        assert statuses(tx) == [("120.50", "withdrawn"), ("9", "booked"), ("120.50", "withdrawn")]
        assert set(standing.booked(tx, "00421", OCTOBER)) == {"B-7"}
        assert register.meters_of(tx, "00421")["0042100"].last_accepted.source == "register"
        mailed(tx, reading(index="121"))
        assert statuses(tx)[-1] == ("121", "booked")
        assert tx.scalar(sa.select(sa.func.max(tables.readings.c.version))) == 3


def test_a_report_that_supplies_what_was_missing_supersedes_the_pending_one(database):
    with database.transaction() as tx:
        first = mailed(tx, reading(), reading("B-7", "9", unit=Unit.M3), decision=decided(Outcome.INCOMPLETE))
        second = mailed(tx, reading(), supersedes=first)
        assert statuses(tx) == [("120.50", "superseded"), ("9", "incomplete"), ("120.50", "booked")]
        found = standing.booked(tx, "00421", OCTOBER)
    assert (found["0042100"].submission, found["B-7"].submission) == (second, first)


def test_a_staff_decision_disposes_of_all_that_was_pending(database):
    with database.transaction() as tx:
        first = mailed(tx, reading(), reading("B-7", "9", unit=Unit.M3), decision=decided(Outcome.REVIEW))
        typed(tx, reading(), source=Source.STAFF, supersedes=first)
        assert statuses(tx) == [("120.50", "superseded"), ("9", "superseded"), ("120.50", "booked")]
        assert set(standing.booked(tx, "00421", OCTOBER)) == {"0042100"}


def test_a_booked_reading_comes_before_a_pending_one_and_a_trusted_before_a_strangers(database):
    review = decided(Outcome.REVIEW)
    with database.transaction() as tx:
        mailed(tx, reading(index="1"), decision=review)
        mailed(tx, reading(index="2"), decision=review)
        mailed(tx, reading(index="3"), decision=review, trusted=False, sender="stranger@else.example")
        found = standing.booked(tx, "00421", OCTOBER)["0042100"]
        assert (found.index, found.trusted) == (Decimal(2), True)
        mailed(tx, reading(index="4"))
        mailed(tx, reading(index="5"), decision=review)
        assert standing.booked(tx, "00421", OCTOBER)["0042100"].index == Decimal(4)
        assert standing.booked(tx, "00421", OCTOBER.next()) == {}
        assert standing.booked(tx, "00007", OCTOBER) == {}


def test_an_untrusted_pending_reading_says_so(database):
    with database.transaction() as tx:
        mailed(tx, decision=decided(Outcome.REVIEW), trusted=False)
        assert standing.booked(tx, "00421", OCTOBER)["0042100"].trusted is False


def test_readings_of_email_cabinet_and_staff_meet_in_one_place(database):
    with database.transaction() as tx:
        mailed(tx)
        typed(tx, reading("B-7", "9", unit=Unit.M3), cabinet_id="c-1")
        found = standing.booked(tx, "00421", OCTOBER)
        sources = {row["serial"]: (row["source"], row["submission"], row["message_id"]) for row in reading_rows(tx)}
    assert {serial: reading.source for serial, reading in found.items()} == {"0042100": Source.EMAIL, "B-7": Source.CABINET}
    assert sources["B-7"] == ("cabinet", "c-1", None)
    assert sources["0042100"][2] == "<1@zafar.example>"


def test_a_cabinet_submission_is_found_by_its_id_and_cannot_be_written_twice(database):
    with database.transaction() as tx:
        assert ledger.submission_of_cabinet(tx, "c-1") is None
        number = typed(tx, cabinet_id="c-1")
        assert ledger.submission_of_cabinet(tx, "c-1") == number
    with pytest.raises(StaleLookup), database.transaction() as tx:
        typed(tx, cabinet_id="c-1")


class TestSameFile:
    FILES = (SubmittedFile("a.pdf", "a" * 64), SubmittedFile("b.jpg", "b" * 64))

    def test_the_newest_standing_outcome_counts(self, database):
        with database.transaction() as tx:
            assert standing.same_file(tx, "zafar@mail.example", ("a" * 64,)) is None
            first = mailed(tx, files=self.FILES, decision=decided(Outcome.INCOMPLETE))
            found = standing.same_file(tx, "Zafar@Mail.example", ("b" * 64, "a" * 64))
            assert (found.submission, found.outcome, found.received_at) == (first, Outcome.INCOMPLETE, NOW)
            assert standing.same_file(tx, "zafar@mail.example", ("b" * 64,)).submission == first
            second = mailed(tx, files=(self.FILES[0],), supersedes=first)
            assert standing.same_file(tx, "zafar@mail.example", ("b" * 64,)) is None
            assert standing.same_file(tx, "zafar@mail.example", ("a" * 64,)).submission == second

    def test_a_further_file_makes_it_another_report(self, database):
        with database.transaction() as tx:
            mailed(tx, files=(self.FILES[0],))
            assert standing.same_file(tx, "zafar@mail.example", ("a" * 64, "b" * 64)) is None
            assert standing.same_file(tx, "zafar@mail.example", ()) is None

    def test_another_sender_an_untrusted_one_and_a_duplicate_do_not_count(self, database):
        with database.transaction() as tx:
            mailed(tx, sender="other@mail.example")
            mailed(tx, trusted=False, decision=decided(Outcome.REVIEW))
            mailed(tx, decision=decided(Outcome.DUPLICATE))
            assert standing.same_file(tx, "zafar@mail.example", ("a" * 64,)) is None

    def test_a_second_report_in_the_same_file_of_one_message_is_no_duplicate_of_the_first(self, database):
        with database.transaction() as tx:
            held = claimed(tx)
            record_submission(tx, submission(held), NOW)
            assert standing.same_file(tx, "zafar@mail.example", ("a" * 64,)) is None
            settle(tx, settlement(held))
            assert standing.same_file(tx, "zafar@mail.example", ("a" * 64,)) is not None


class TestContentKnown:
    def test_the_same_content_of_a_decided_message_is_known(self, database):
        with database.transaction() as tx:
            held = claimed(tx)
            other = held.message.id + 1
            assert not standing.content_known(tx, "c" * 64, "0" * 64, other)
            settle(tx, settlement(held))
            assert standing.content_known(tx, "c" * 64, "0" * 64, other)
            assert not standing.content_known(tx, "c" * 64, held.message.raw_sha256, held.message.id)
            assert not standing.content_known(tx, "d" * 64, "0" * 64, other)

    def test_of_two_copies_that_both_wait_only_the_later_row_is_the_copy(self, database):
        with database.transaction() as tx:
            first, second = (messages.keep(tx, new_message(uid, raw_sha256="e" * 64), NOW) for uid in ("1", "2"))
            assert not standing.content_known(tx, "c" * 64, "e" * 64, first)
            assert standing.content_known(tx, "c" * 64, "e" * 64, second)


def test_two_workers_with_the_same_content_do_not_both_answer(database, database_url):
    """Two messages with one content at once: one of the two must see the other."""
    with database.transaction() as tx:
        for uid in ("1", "2"):
            messages.keep(tx, new_message(uid), NOW)
        claims = [messages.claim(tx, "a", NOW, LEASE) for _ in range(2)]
    met, seen = threading.Barrier(2), []

    def work(held: messages.Claim) -> None:
        met.wait()
        with database.transaction() as tx:
            known = standing.content_known(tx, "c" * 64, held.message.raw_sha256, held.message.id)
            seen.append(known)
            settle(tx, settlement(held, fate=fate(Outcome.IGNORED if known else Outcome.NO_REPORT)))

    _together(work, claims)
    assert sorted(seen) == [False, True]


def test_two_workers_with_different_values_for_a_meter_do_not_both_book(database):
    with database.transaction() as tx:
        for uid in ("1", "2"):
            messages.keep(tx, new_message(uid), NOW)
        claims = [messages.claim(tx, "a", NOW, LEASE) for _ in range(2)]
    met, outcomes = threading.Barrier(2), []

    def work(held: messages.Claim) -> None:
        met.wait()
        with database.transaction() as tx:
            ledger.lock_contract(tx, "00421")
            outcome = Outcome.REVIEW if standing.booked(tx, "00421", OCTOBER) else Outcome.ACCEPTED
            outcomes.append(outcome)
            read = reading(index=f"12{held.message.uid}")
            settle(tx, settlement(held, submission(held, read, decision=decided(outcome)), fate=fate(outcome)))

    _together(work, claims)
    assert sorted(outcomes) == [Outcome.ACCEPTED, Outcome.REVIEW]
    with database.transaction() as tx:
        assert sorted(status for _, status in statuses(tx)) == ["booked", "review"]


def test_a_worker_that_did_not_look_again_is_refused_by_the_ledger_itself(database):
    """Judged before another booked: whoever comes second is sent back to look, judge and settle again."""
    with database.transaction() as tx:
        for uid in ("1", "2"):
            messages.keep(tx, new_message(uid), NOW)
        claims = [messages.claim(tx, "a", NOW, LEASE) for _ in range(2)]
    refused: list[Exception] = []

    def work(held: messages.Claim) -> None:
        try:
            with database.transaction() as tx:
                settle(tx, settlement(held, submission(held, reading(index=f"12{held.message.uid}"))))
        except StaleLookup as error:
            refused.append(error)

    _together(work, claims)
    assert len(refused) == 1
    with database.transaction() as tx:
        assert [status for _, status in statuses(tx)] == ["booked"]


def test_a_lost_lease_writes_nothing_at_all(database):
    with database.transaction() as tx:
        held = claimed(tx)
        messages.claim(tx, "b", NOW + LEASE, LEASE)
    with pytest.raises(LostLease), database.transaction() as tx:
        settle(tx, settlement(held, submission(held), letters=(letter(),)))
    with database.transaction() as tx:
        assert statuses(tx) == []
        assert letter_listing(tx) == []


def test_a_meter_named_twice_in_one_report_is_written_once_and_stays_in_what_was_stated(database):
    with database.transaction() as tx:
        mailed(tx, reading(index="1"), reading(index="2"), decision=decided(Outcome.REVIEW))
        assert statuses(tx) == [("1", "review")]
        assert [meter["current"] for meter in tx.scalar(sa.select(tables.submissions.c.meters))] == ["1", "2"]


def test_the_ledger_remembers_consumptions_by_period(database):
    september = OCTOBER.previous()
    with database.transaction() as tx:
        mailed(tx, reading(index="120.50"))
        mailed(tx, reading(index="100.50", consumption=Decimal("3.25"), reading_date=dt.date(2026, 9, 20)), period=september)
        meter = register.meters_of(tx, "00421")["0042100"]
    assert meter.consumptions == ((september, Decimal("3.25")), (OCTOBER, Decimal("20.00")))
    assert (meter.last_accepted.index, meter.last_accepted.date) == (Decimal("120.50"), dt.date(2026, 10, 21))


def _together(work, claims) -> None:
    threads = [threading.Thread(target=work, args=(held,)) for held in claims]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
