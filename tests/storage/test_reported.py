"""Who has reported: accepted and pending count, incomplete does not and says what it lacked, and what cannot be told counts for all."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from metering.contracts import Language
from metering.decisions import Decision, Finding, Outcome, Severity, Source
from metering.periods import Period
from metering.units import MeterKind, Unit
from storage import entries
from storage.entries import NewEntry
from storage.ledger import record_submission, settle
from storage.originals import Original, ToldBy, mark_original
from storage.reported import standings
from tests.storage.made import (
    CONTRACT_00007,
    CONTRACT_00421,
    METER_A,
    METER_B,
    METER_C,
    METER_HEADER,
    NOW,
    OCTOBER,
    after,
    claimed,
    decided,
    load_register,
    reading,
    settlement,
    submission,
)

BOTH = ["0042100", "B-7"]


@pytest.fixture
def ledger(database, tmp_path):
    load_register(database, tmp_path)
    return database


def put(database, *readings, **changed):
    with database.transaction() as tx:
        return record_submission(tx, replace(submission(None, *readings), **changed), NOW)


def missing(database, number="00421", period=OCTOBER):
    """What one contract misses; asked for alone and among all, which must say the same."""
    with database.transaction() as tx:
        alone, among_all = standings(tx, period, number), standings(tx, period)
    assert alone.get(number) == among_all.get(number)
    return [meter.serial for meter in alone[number].missing]


def test_without_a_report_every_meter_is_missing(ledger):
    assert missing(ledger) == BOTH
    assert missing(ledger, "00007") == ["0042100"]


def test_an_accepted_report_covers_its_meters(ledger):
    put(ledger)
    assert missing(ledger) == ["B-7"]
    assert missing(ledger, "00007") == ["0042100"]  # the same serial, of another contract
    assert missing(ledger, period=OCTOBER.next()) == BOTH
    with ledger.transaction() as tx:
        assert (standings(tx, OCTOBER)["00421"].heat_gcal, standings(tx, OCTOBER)["00421"].reported) == (Decimal("20.00"), True)


def test_a_report_in_review_counts_and_an_incomplete_one_says_what_it_lacked(ledger):
    lacking = Decision(Outcome.INCOMPLETE, (Finding("stamp_missing", Severity.INCOMPLETE), Finding("late", Severity.NOTE)))
    put(ledger, decision=lacking)
    assert missing(ledger) == BOTH
    with ledger.transaction() as tx:
        standing = standings(tx, OCTOBER)["00421"]
        assert [finding.rule for finding in standing.lacks] == ["stamp_missing"]
        assert not standing.reported
    put(ledger, reading(), reading("B-7", "8", kind=MeterKind.HOT_WATER, unit=Unit.M3), decision=decided(Outcome.REVIEW))
    assert missing(ledger) == []


def test_a_refused_report_counts_no_more(ledger):
    waiting = put(ledger, decision=decided(Outcome.REVIEW))
    assert missing(ledger) == ["B-7"]
    put(ledger, source=Source.STAFF, decision=decided(Outcome.NO_REPORT), readings=(), supersedes=waiting)
    assert missing(ledger) == BOTH


def test_readings_that_staff_took_back_are_missing_again(ledger):
    booked = put(ledger)
    put(ledger, source=Source.STAFF, decision=decided(Outcome.NO_REPORT), readings=(), supersedes=booked, withdraws=True)
    assert missing(ledger) == BOTH


@pytest.mark.parametrize(
    "unclear",
    [
        {"readings": (reading(None),)},  # the serial cannot be read
        {"readings": ()},
        {"readings": (reading("9999999"),)},
        {"period": None},
        {"contract_number": None, "sender": "office@zafar.example"},  # an address of this contract alone
    ],
)
def test_a_report_in_review_whose_meters_cannot_be_told_counts_for_all(ledger, unclear):
    put(ledger, **{"decision": decided(Outcome.REVIEW), **unclear})
    assert missing(ledger) == []
    assert missing(ledger, "00007") == ["0042100"]


def test_a_report_in_review_of_an_address_of_several_contracts_counts_for_none(ledger):
    put(ledger, decision=decided(Outcome.REVIEW), contract_number=None, sender="zafar@mail.example")
    assert (missing(ledger), missing(ledger, "00007")) == (BOTH, ["0042100"])


def test_a_strangers_sheet_counts_only_for_meters_with_a_figure(ledger):
    put(ledger, reading(index=None), decision=decided(Outcome.REVIEW), trusted=False)  # our blank form that came back
    put(ledger, reading(None), decision=decided(Outcome.REVIEW), trusted=False)
    assert missing(ledger) == BOTH
    put(ledger, decision=decided(Outcome.REVIEW), trusted=False)
    assert missing(ledger) == ["B-7"]


def test_an_unclear_report_of_another_time_counts_for_nothing(ledger):
    put(ledger, decision=decided(Outcome.REVIEW), period=None, received_at=after(days=-40))
    assert missing(ledger) == BOTH


def test_an_entry_of_the_cabinet_that_waits_for_its_files_to_be_read_counts(ledger):
    entry = NewEntry(
        client="cabinet",
        client_id="1",
        contract_number="00421",
        period=OCTOBER,
        reading_date=dt.date(2026, 10, 21),
        meters=[],
        language=Language.RUSSIAN,
        received_at=NOW,
    )
    with ledger.transaction() as tx:
        assert entries.keep(tx, entry)
    assert missing(ledger) == []


def test_meters_out_of_service_are_not_asked_for(database, tmp_path):
    from storage.register import import_register

    (tmp_path / "c.csv").write_text(
        "\n".join(
            ["contract_number,organization,address,inn,emails,heat_load_gcal_per_hour,language,status", CONTRACT_00421, CONTRACT_00007]
        ),
        encoding="utf-8",
    )
    lines = [f"{METER_HEADER},valid_from,valid_until", f"{METER_A},,2026-09-30", f"{METER_B},2026-10-31,", f"{METER_C},2026-11-01,"]
    (tmp_path / "m.csv").write_text("\n".join(lines), encoding="utf-8")
    with database.transaction() as tx:
        assert import_register(tx, tmp_path / "c.csv", tmp_path / "m.csv").refused == ()
        assert list(standings(tx, OCTOBER)) == ["00421"]  # the other contract has no meter in service
    assert missing(database) == ["B-7"]


def test_a_terminated_contract_is_not_asked(database, tmp_path):
    from storage.register import import_register
    from tests.storage.made import register_files

    with database.transaction() as tx:
        import_register(tx, *register_files(tmp_path, [CONTRACT_00421.replace("active", "terminated")], [METER_A]))
        assert standings(tx, OCTOBER) == {}


def test_an_original_is_received_until_the_mark_is_taken_back(ledger):
    original = Original("00421", OCTOBER, ToldBy.FORM)

    def stands():
        with ledger.transaction() as tx:
            return standings(tx, OCTOBER)["00421"].original

    def mark(received=True):
        with ledger.transaction() as tx:
            return mark_original(tx, original, "lola", NOW, received)

    assert (stands(), mark(), stands(), mark(), mark(False), stands(), mark(False), mark()) == (
        False, True, True, False, True, False, False, True,
    )  # fmt: skip


def test_what_staff_typed_from_paper_needs_no_original(ledger):
    put(ledger, source=Source.STAFF)
    with ledger.transaction() as tx:
        assert not standings(tx, OCTOBER)["00421"].reported
    waiting = put(ledger, decision=decided(Outcome.REVIEW), contract_number="00007", readings=(reading(unit=Unit.GJ),))
    put(ledger, source=Source.STAFF, contract_number="00007", readings=(reading(unit=Unit.GJ),), supersedes=waiting)
    with ledger.transaction() as tx:
        assert standings(tx, OCTOBER)["00007"].reported


def test_a_message_of_an_earlier_month_says_nothing_of_this_one(ledger):
    with ledger.transaction() as tx:
        held = claimed(tx)
        settle(tx, settlement(held, submission(held, period=Period(2026, 9))))
    assert missing(ledger) == BOTH
