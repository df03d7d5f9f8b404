"""What scripts get: every message with its fate, every reading with its status."""

import datetime as dt
import json
from decimal import Decimal

from metering.decisions import Outcome, Source
from metering.units import MeterKind, Unit
from storage import exports, facts, messages
from storage.exports import message_rows, reading_rows
from storage.ledger import settle
from storage.settling import Settlement
from tests.storage.made import LEASE, NOW, after, claimed, decided, fate, new_message, reading, settlement, submission


def test_a_message_is_printed_with_its_reports_as_they_were_read(database):
    read = reading(index="120.50", index_text="120.50", previous_text="0100.50", consumption_text="20.00")
    volume = reading("B-7", "9", kind=MeterKind.HOT_WATER, unit=Unit.M3, previous=None, consumption=None)
    with database.transaction() as tx:
        held = claimed(tx, new_message("1", file_name="014-zip.eml"))
        second = submission(held, volume, part=2, decision=decided(Outcome.REVIEW), period=None)
        settle(tx, settlement(held, submission(held, read), second, fate=fate(Outcome.REVIEW, reasons=("late", "no_period"))))
        rows = list(message_rows(tx))
    assert len(rows) == 1
    found = json.loads(json.dumps(rows[0]))
    reports = found.pop("reports")
    assert found == {
        "id": held.message.id,
        "file": "014-zip.eml",
        "sha256": held.message.raw_sha256,
        "message_id": "<1@zafar.example>",
        "sender": "zafar@mail.example",
        "received_at": "2026-10-22T10:15:00+05:00",
        "state": "DECIDED",
        "outcome": "review",
        "reply": "receipt",
        "reasons": ["late", "no_period"],
    }
    meter = {"serial": "0042100", "kind": "heat", "unit": "Gcal", "previous": "0100.50", "current": "120.50", "consumption": "20.00"}
    assert reports[0].pop("id") < reports[1].pop("id")
    assert reports[0] == {
        "outcome": "accepted",
        "contract_number": "00421",
        "period": "2026-10",
        "reading_date": "2026-10-21",
        "meters": [{**meter, "reading_date": "2026-10-21"}],
    }
    assert (reports[1]["outcome"], reports[1]["period"], reports[1]["meters"][0]["current"]) == ("review", None, "9")
    assert (reports[1]["meters"][0]["previous"], reports[1]["meters"][0]["consumption"]) == (None, None)


def test_messages_come_oldest_receipt_first_and_undecided_ones_have_no_outcome(database):
    with database.transaction() as tx:
        for uid, minutes in (("3", 3), ("1", 1), ("2", 2)):
            messages.keep(tx, new_message(uid, internal_date=after(minutes=minutes)), NOW)
        held = messages.claim(tx, "a", NOW, LEASE)
        settle(tx, settlement(held, fate=fate(Outcome.IGNORED, reply=None, reasons=(), received_at=after(hours=1))))
        rows = list(message_rows(tx))
    assert [(row["file"], row["state"], row["outcome"], row["reports"]) for row in rows] == [
        ("2.eml", "RECEIVED", None, []),
        ("3.eml", "RECEIVED", None, []),
        ("1.eml", "DECIDED", "ignored", []),
    ]


def test_more_messages_than_a_batch_are_printed_once_each(database, monkeypatch):
    monkeypatch.setattr(exports, "_BATCH", 50)
    with database.transaction() as tx:
        for number in range(121):
            messages.keep(tx, new_message(str(number), internal_date=after(seconds=number // 2)), NOW)
        files = [row["file"] for row in message_rows(tx)]
    assert len(files) == len(set(files)) == 121


def test_history_holds_every_source_with_its_status(database):
    with database.transaction() as tx:
        held = claimed(tx)
        first = settle(tx, settlement(held, submission(held, reading(index_text="120,50")))).submissions[0]
        typed = submission(None, reading(index="121"), source=Source.STAFF, supersedes=first, received_at=after(hours=1))
        settle(tx, Settlement(after(hours=1), (typed,), actor="Karimova"))
        rows = list(reading_rows(tx))
    assert rows[0] == {
        "contract_number": "00421",
        "serial": "0042100",
        "kind": "heat",
        "unit": "Gcal",
        "period": "2026-10",
        "reading_date": "2026-10-21",
        "index": "120,50",
        "previous": "100.50",
        "consumption": "20.00",
        "consumption_gcal": "20.00",
        "source": "email",
        "status": "corrected",
        "received_at": "2026-10-22T10:15:00+05:00",
        "message_id": "<1@zafar.example>",
        "submission": str(first),
    }
    assert [(row["source"], row["status"], row["index"]) for row in rows] == [("email", "corrected", "120,50"), ("staff", "booked", "121")]


def test_more_readings_than_a_batch_are_printed_once_each(database, monkeypatch):
    monkeypatch.setattr(exports, "_BATCH", 50)
    with database.transaction() as tx:
        readings = tuple(reading(str(number), reading_date=dt.date(2026, 10, 1), previous=Decimal(1)) for number in range(121))
        settle(tx, Settlement(NOW, (submission(None, *readings),)))
        serials = [row["serial"] for row in reading_rows(tx)]
    assert serials == [str(number) for number in range(121)]


def test_facts_are_remembered_and_a_secret_is_made_once(database):
    with database.transaction() as tx:
        assert facts.recall(tx, "last poll") is None
        facts.remember(tx, "last poll", "1")
        facts.remember(tx, "last poll", "2")
        secret = facts.secret_of_instance(tx, "message id key")
    with database.transaction() as tx:
        assert facts.secret_of_instance(tx, "message id key") == secret
        assert facts.recall_all(tx) == {"last poll": "2", "message id key": secret}
        assert facts.secret_of_instance(tx, "another") != secret
    assert len(bytes.fromhex(secret)) == 32
