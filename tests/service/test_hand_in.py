"""Readings handed in at the cabinet: kept first, settled once, compared with their files, and answered with a receipt."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from decimal import Decimal
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from metering.contracts import Language
from metering.decisions import Outcome
from metering.errors import PermanentError
from metering.messages import OpenedFile
from service.hand_in import SaidOtherwise, hand_in, work_off_next
from service.readers import ReadingFailed
from storage import entries, outbox, standing, tables
from storage.entries import Entry, EntryFile, NewEntry
from storage.exports import reading_rows
from storage.faults import LostLease
from storage.states import EntryState
from tests.corpus.facts import Facts
from tests.corpus.generate import draw
from tests.journeys.recipes import STORIES, load
from tests.support.stage import Stage

STORY = load(STORIES / "mail-then-the-same-in-the-cabinet")
FACTS = STORY.customers["school"]
RECEIVED = STORY.steps[0].received_at


@pytest.fixture
def stage(stage: Stage) -> Stage:
    stage.register(STORY)
    stage.now = RECEIVED + dt.timedelta(seconds=1)
    return stage


def typed(facts: Facts = FACTS, more: str = "0") -> list[dict[str, Any]]:
    first = facts.meters[0].truth()
    first["current"] = str(Decimal(first["current"] or 0) + Decimal(more))
    first["consumption"] = str(Decimal(first["consumption"] or 0) + Decimal(more))
    return [first, *(meter.truth() for meter in facts.meters[1:])]


def new_entry(stage: Stage, *files: tuple[str, bytes], **changes: Any) -> NewEntry:
    kept = tuple(EntryFile(name, stage.service.blobs.put(content), len(content)) for name, content in files)
    values = {
        "client": "cabinet",
        "client_id": "1",
        "contract_number": FACTS.contract_number,
        "period": FACTS.period,
        "reading_date": FACTS.reading_date,
        "meters": typed(),
        "language": Language.RUSSIAN,
        "received_at": RECEIVED,
        "files": kept,
    }
    return NewEntry(**{**values, **changes})


def page(facts: Facts = FACTS) -> bytes:
    return draw("report", "ruled_ru", "text", facts, Random(7)).content


def rows(stage: Stage) -> list[tuple[str, str, str]]:
    with stage.service.database.reading() as tx:
        return [(row["status"], row["source"], row["submission"]) for row in reading_rows(tx)]


def letters(stage: Stage) -> list[str]:
    with stage.service.database.transaction() as tx:
        found = [outbox.letter_bytes(tx, row.id) for row in outbox.letter_listing(tx)]
    parsed = [email.message_from_bytes(mime, policy=email.policy.default) for mime in found]
    return [f"{each['To']} {each['Subject']}\n{each.get_body(('plain',)).get_content()}" for each in parsed]


def shown(stage: Stage, entry: Entry) -> Entry:
    with stage.service.database.reading() as tx:
        return entries.show(tx, entry.id)


def reasons(stage: Stage) -> tuple[str, ...]:
    """Of what the ledger holds of the month: the rules that found something."""
    with stage.service.database.reading() as tx:
        submission = next(iter(standing.booked(tx, FACTS.contract_number, FACTS.period).values())).submission
        found = tx.execute(sa.select(tables.decisions.c.findings).where(tables.decisions.c.submission == submission)).scalar_one()
    return tuple(finding["rule"] for finding in found)


def test_without_files_it_is_booked_at_once_and_answered_with_a_receipt_that_gives_its_number(stage: Stage) -> None:
    entry = hand_in(stage.service, new_entry(stage))
    assert (entry.state, entry.number) == (EntryState.SETTLED, f"{RECEIVED:%y%m%d}-K{entry.id}")
    assert rows(stage) == [("booked", "cabinet", entry.number)] * len(FACTS.meters)
    (letter,) = letters(stage)
    assert letter.startswith(f"{FACTS.email} ")
    assert entry.number in letter
    assert "в личном кабинете" in letter


def test_the_same_again_is_the_same_entry_and_something_else_under_its_id_is_refused(stage: Stage) -> None:
    first = hand_in(stage.service, new_entry(stage))
    assert hand_in(stage.service, new_entry(stage, received_at=RECEIVED + dt.timedelta(minutes=1))) == first
    with pytest.raises(SaidOtherwise):
        hand_in(stage.service, new_entry(stage, meters=typed(more="1")))
    assert len(rows(stage)) == len(FACTS.meters)
    assert len(letters(stage)) == 1


def test_what_is_no_reading_is_kept_nowhere(stage: Stage) -> None:
    with pytest.raises(ValueError, match="current is a number"):
        hand_in(stage.service, new_entry(stage, meters=[{**typed()[0], "current": "1,5"}]))
    assert not work_off_next(stage.service, stage.readers, "test")
    assert rows(stage) == letters(stage) == []


def test_a_file_that_says_the_same_lets_it_be_booked(stage: Stage) -> None:
    entry = hand_in(stage.service, new_entry(stage, ("отчёт.pdf", page())))
    assert (entry.state, rows(stage), letters(stage)) == (EntryState.WAITING, [], [])
    assert work_off_next(stage.service, stage.readers, "test")
    assert shown(stage, entry).state is EntryState.SETTLED
    assert rows(stage) == [("booked", "cabinet", entry.number)] * len(FACTS.meters)
    (letter,) = letters(stage)
    assert "отчёт.pdf" in letter
    assert not work_off_next(stage.service, stage.readers, "test")


def test_a_file_that_says_otherwise_sends_it_to_a_person_who_is_told_both(stage: Stage) -> None:
    hand_in(stage.service, new_entry(stage, ("scan.pdf", page()), meters=typed(more="7")))
    assert work_off_next(stage.service, stage.readers, "test")
    assert {status for status, _, _ in rows(stage)} == {"review"}
    assert "attachment_differs" in reasons(stage)
    (letter,) = letters(stage)
    assert str(FACTS.meters[0].current).replace(".", ",") in letter


@pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe0 no picture", b"%PDF-1.7\n%%EOF", b"", b"MZ" + bytes(5000)])
def test_a_hostile_or_broken_file_costs_the_comparison_and_nothing_else(stage: Stage, content: bytes) -> None:
    hand_in(stage.service, new_entry(stage, ("photo.jpg", content)))
    assert work_off_next(stage.service, stage.readers, "test")
    assert {status for status, _, _ in rows(stage)} == {"booked"}
    assert "attachment_unread" in reasons(stage)


class Dying:
    """Readers that do not survive any file."""

    def read(self, file: OpenedFile, folder: object) -> tuple[()]:
        raise ReadingFailed("the reader ended")


def test_what_defeats_the_readers_three_times_is_settled_without_them(stage: Stage) -> None:
    entry = hand_in(stage.service, new_entry(stage, ("scan.pdf", page())))
    for _ in range(2):
        assert work_off_next(stage.service, Dying(), "test")  # type: ignore[arg-type]
        assert shown(stage, entry).state is EntryState.WAITING
        assert not work_off_next(stage.service, Dying(), "test")  # type: ignore[arg-type]
        stage.now += dt.timedelta(minutes=1)
    assert work_off_next(stage.service, Dying(), "test")  # type: ignore[arg-type]
    assert shown(stage, entry).state is EntryState.SETTLED
    assert "attachment_unread" in reasons(stage)


def test_what_no_worker_survives_is_not_read_for_ever(stage: Stage) -> None:
    class Killing:
        def read(self, file: OpenedFile, folder: object) -> tuple[()]:
            raise KeyboardInterrupt  # the process is gone: nothing is given back

    entry = hand_in(stage.service, new_entry(stage, ("scan.pdf", page())))
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            work_off_next(stage.service, Killing(), "test")  # type: ignore[arg-type]
        stage.now += dt.timedelta(minutes=11)
    assert work_off_next(stage.service, Killing(), "test")  # type: ignore[arg-type]
    assert shown(stage, entry).state is EntryState.SETTLED
    assert "attachment_unread" in reasons(stage)


def test_a_lost_blob_is_a_failure_like_another(stage: Stage) -> None:
    entry = hand_in(stage.service, new_entry(stage, ("scan.pdf", page())))
    stage.service.blobs.path(entry.files[0].sha256).unlink()
    with pytest.raises(PermanentError):
        stage.service.blobs.get(entry.files[0].sha256)
    assert work_off_next(stage.service, stage.readers, "test")
    assert shown(stage, entry).state is EntryState.WAITING


def test_a_worker_that_wakes_up_late_settles_nothing(stage: Stage) -> None:
    hand_in(stage.service, new_entry(stage, ("scan.pdf", page())))
    lease = dt.timedelta(minutes=10)
    with stage.service.database.transaction() as tx:
        late = entries.claim(tx, "first", stage.now, lease)
        assert entries.claim(tx, "second", stage.now, lease) is None
        assert entries.claim(tx, "second", stage.now + lease, lease) is not None
    assert late is not None
    with stage.service.database.transaction() as tx, pytest.raises(LostLease):
        entries.assert_held(tx, late)


def test_a_restarted_worker_takes_up_what_its_predecessor_left(stage: Stage) -> None:
    hand_in(stage.service, new_entry(stage, ("scan.pdf", page())))
    with stage.service.database.transaction() as tx:
        assert entries.claim(tx, "intake@here", stage.now, dt.timedelta(minutes=10)) is not None
        assert entries.recover(tx, "intake@here", stage.now) == 1
        again = entries.claim(tx, "intake@here", stage.now, dt.timedelta(minutes=10))
    assert again is not None
    assert again.entry.attempts == 2


def test_a_later_entry_with_another_value_is_a_conflict_for_a_person(stage: Stage) -> None:
    hand_in(stage.service, new_entry(stage))
    hand_in(stage.service, new_entry(stage, client_id="2", meters=typed(more="2")))
    assert [status for status, _, _ in rows(stage)].count("review") == len(FACTS.meters)
    assert [letter for letter in letters(stage) if "проверяем" in letter]


def test_the_outcome_of_an_entry_is_the_rulebooks(stage: Stage) -> None:
    hand_in(stage.service, new_entry(stage))
    with stage.service.database.reading() as tx:
        found = standing.booked(tx, FACTS.contract_number, FACTS.period)
    assert {each.outcome for each in found.values()} == {Outcome.ACCEPTED}
