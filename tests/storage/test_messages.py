"""The queue of mail: kept once a place, worked on by one at a time, three attempts, never lost."""

import datetime as dt
import multiprocessing
import threading

import pytest

from metering.decisions import Outcome
from metering.errors import PermanentError
from storage import messages
from storage.database import open_database
from storage.faults import LostLease
from storage.ledger import settle
from storage.notices import staff_notices
from storage.states import MessageState
from tests.storage.made import LEASE, NOW, after, claimed, fate, new_message, settlement


def test_the_same_mail_at_the_same_place_is_kept_once(database):
    with database.transaction() as tx:
        assert messages.keep(tx, new_message("5"), NOW) is not None
        assert messages.keep(tx, new_message("5"), after(hours=1)) is None
        assert messages.counts(tx)[MessageState.RECEIVED] == 1


def test_a_mail_without_internal_date_is_kept_once_too(database):
    with database.transaction() as tx:
        assert messages.keep(tx, new_message("a.eml", internal_date=None), NOW) is not None
        assert messages.keep(tx, new_message("a.eml", internal_date=None), after(hours=1)) is None


@pytest.mark.parametrize(
    "changed",
    [{"size": 1001}, {"internal_date": after(seconds=1)}, {"uidvalidity": 2}, {"mailbox": "Archive"}],
    ids=lambda c: next(iter(c)),
)
def test_a_uid_that_returns_with_another_size_date_or_place_is_a_new_message(database, changed):
    with database.transaction() as tx:
        first = messages.keep(tx, new_message("5"), NOW)
        second = messages.keep(tx, new_message("5", **changed), NOW)
    assert second not in (None, first)


def test_the_same_bytes_at_another_place_are_a_row_of_their_own(database):
    with database.transaction() as tx:
        ids = {messages.keep(tx, new_message(uid, raw_sha256="e" * 64), NOW) for uid in ("1", "2")}
    assert len(ids) == 2
    assert None not in ids


def test_what_was_kept_is_shown_as_it_was(database):
    new = new_message("5", headers_only=True, received_at=after(minutes=-1), size=50_000_000)
    with database.transaction() as tx:
        row = messages.show(tx, messages.keep(tx, new, NOW))
    assert {name: getattr(row, name) for name in new.__slots__} == {name: getattr(new, name) for name in new.__slots__}
    assert (row.state, row.attempts, row.outcome, row.reasons) == (MessageState.RECEIVED, 0, None, ())


def test_the_oldest_receipt_is_claimed_first_whatever_the_order_of_fetching(database):
    with database.transaction() as tx:
        for uid, minutes in (("1", 3), ("2", 1), ("3", 2), ("4", 1)):
            messages.keep(tx, new_message(uid, internal_date=after(minutes=minutes)), NOW)
        order = []
        while (held := messages.claim(tx, "a", after(hours=1), LEASE)) is not None:
            order.append(held.message.uid)
    assert order == ["2", "4", "3", "1"]


def test_the_attempt_is_counted_before_the_work(database):
    with database.transaction() as tx:
        held = claimed(tx)
    assert held.message.attempts == 1
    with database.transaction() as tx:
        assert messages.show(tx, held.message.id).attempts == 1


def test_a_claimed_message_is_nobody_elses_until_its_lease_ends(database):
    with database.transaction() as tx:
        claimed(tx)
        assert messages.claim(tx, "b", NOW + LEASE - dt.timedelta(seconds=1), LEASE) is None
        again = messages.claim(tx, "b", NOW + LEASE, LEASE)
    assert again is not None
    assert again.message.attempts == 2


def test_a_renewed_lease_holds_longer(database):
    with database.transaction() as tx:
        held = messages.renew(tx, claimed(tx), after(minutes=9), LEASE)
        assert messages.claim(tx, "b", after(minutes=11), LEASE) is None
        assert messages.claim(tx, "b", held.lease_until, LEASE) is not None
        with pytest.raises(LostLease):
            messages.renew(tx, held, after(minutes=20), LEASE)


def test_a_message_that_kills_three_workers_is_quarantined_and_the_next_one_is_served(database):
    with database.transaction() as tx:
        deadly = claimed(tx, new_message("1")).message.id
        messages.keep(tx, new_message("2", internal_date=after(seconds=1)), NOW)
    for attempt in (1, 2, 3):
        with database.transaction() as tx:
            held = messages.claim(tx, "a", after(hours=attempt), LEASE)
        assert held.message.uid == ("1" if attempt < 3 else "2")
    with database.transaction() as tx:
        row = messages.show(tx, deadly)
        assert (row.state, row.attempts) == (MessageState.QUARANTINED, 3)
        assert [notice.subject for notice in staff_notices(tx)] == [f"message {deadly}"]


def test_an_error_gives_the_message_back_for_later_and_the_third_sets_it_aside(database):
    now = NOW
    with database.transaction() as tx:
        held, states = claimed(tx), []
        for _ in range(3):
            states.append(messages.release(tx, held, "cannot open it", now))
            assert messages.claim(tx, "a", now, LEASE) is None
            now += dt.timedelta(minutes=6)
            held = messages.claim(tx, "a", now, LEASE)
        assert held is None
        assert messages.listing(tx, MessageState.QUARANTINED)[0].last_error == "cannot open it"
    assert states == [MessageState.RECEIVED, MessageState.RECEIVED, MessageState.QUARANTINED]


def test_an_error_of_the_infrastructure_counts_against_nobody(database):
    now = NOW
    with database.transaction() as tx:
        held = claimed(tx)
        for _ in range(5):
            assert messages.release(tx, held, "database down", now, counts=False) is MessageState.RECEIVED
            now += dt.timedelta(minutes=6)
            held = messages.claim(tx, "a", now, LEASE)
        assert held.message.attempts == 1


def test_staff_put_a_quarantined_message_back_and_it_has_three_attempts_again(database):
    with database.transaction() as tx:
        number = claimed(tx).message.id
        for hours in (1, 2, 3):
            messages.claim(tx, "a", after(hours=hours), LEASE)
        assert messages.show(tx, number).state is MessageState.QUARANTINED
        messages.retry(tx, number, "Karimova", after(hours=4))
        held = messages.claim(tx, "a", after(hours=4), LEASE)
    assert (held.message.id, held.message.attempts) == (number, 1)


def test_only_a_quarantined_message_can_be_retried(database):
    with database.transaction() as tx:
        number = messages.keep(tx, new_message(), NOW)
    with pytest.raises(PermanentError, match="not in quarantine"), database.transaction() as tx:
        messages.retry(tx, number, "Karimova", NOW)
    with pytest.raises(PermanentError, match="no message 999"), database.transaction() as tx:
        messages.show(tx, 999)


def test_a_paused_worker_that_wakes_up_cannot_settle_release_or_quarantine(database):
    with database.transaction() as tx:
        paused = claimed(tx)
    with database.transaction() as tx:
        active = messages.claim(tx, "b", NOW + LEASE, LEASE)
    for act in (
        lambda tx: settle(tx, settlement(paused)),
        lambda tx: messages.release(tx, paused, "late", after(hours=1)),
        lambda tx: messages.assert_held(tx, paused),
    ):
        with pytest.raises(LostLease), database.transaction() as tx:
            act(tx)
    with database.transaction() as tx:
        settle(tx, settlement(active, fate=fate(Outcome.NO_REPORT)))
    with pytest.raises(LostLease), database.transaction() as tx:
        settle(tx, settlement(active))
    with database.transaction() as tx:
        assert messages.show(tx, active.message.id).outcome is Outcome.NO_REPORT


def test_a_worker_with_its_third_attempt_whose_lease_ended_cannot_quarantine_what_another_decided(database):
    with database.transaction() as tx:
        claimed(tx)
        messages.claim(tx, "a", after(hours=1), LEASE)
        third = messages.claim(tx, "a", after(hours=2), LEASE)
        settle(tx, settlement(third))
        with pytest.raises(LostLease):
            messages.release(tx, third, "late", after(hours=3))
        assert messages.show(tx, third.message.id).state is MessageState.DECIDED


def test_a_restarted_duty_takes_its_own_dead_claims_back_at_once_and_nobody_elses(database):
    with database.transaction() as tx:
        for uid in ("1", "2"):
            messages.keep(tx, new_message(uid), NOW)
        messages.claim(tx, "intake@one", NOW, LEASE)
        messages.claim(tx, "intake@one_more", NOW, LEASE)
        assert messages.recover(tx, "intake@one", after(seconds=1)) == 1
        held = messages.claim(tx, "intake@one", after(seconds=1), LEASE)
        assert (held.message.uid, held.message.attempts) == ("1", 2)
        assert messages.claim(tx, "intake@one", after(seconds=1), LEASE) is None


def test_the_cursor_is_the_highest_uid_of_the_newest_incarnation(database):
    with database.transaction() as tx:
        assert messages.cursor(tx, "INBOX") is None
        for uid, uidvalidity in (("9", 7), ("10", 7), ("3", 8), ("2", 8)):
            messages.keep(tx, new_message(uid, uidvalidity=uidvalidity), NOW)
        messages.keep(tx, new_message("1700000000.M1P2.host", mailbox="maildir", uidvalidity=0), NOW)
        assert messages.cursor(tx, "INBOX") == (8, 3)
        assert messages.cursor(tx, "maildir") == (0, 0)


def test_known_locations_tell_each_version_of_a_uid(database):
    with database.transaction() as tx:
        messages.keep(tx, new_message("5"), NOW)
        messages.keep(tx, new_message("5", size=7), NOW)
        messages.keep(tx, new_message("6", internal_date=None), NOW)
        messages.keep(tx, new_message("6", uidvalidity=2), NOW)
        known = messages.known_locations(tx, "INBOX", 1)
    assert known == {"5": {(1000, NOW), (7, NOW)}, "6": {(1000, None)}}


def test_two_that_keep_the_same_mail_at_once_make_one_row(database):
    results, met = [], threading.Barrier(4)

    def keep() -> None:
        met.wait()
        with database.transaction() as tx:
            results.append(messages.keep(tx, new_message("5"), NOW))

    threads = [threading.Thread(target=keep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(result is None for result in results) == [False, True, True, True]


def test_processes_that_work_together_settle_each_message_exactly_once(database, database_url):
    with database.transaction() as tx:
        for number in range(60):
            messages.keep(tx, new_message(str(number)), NOW)
    context = multiprocessing.get_context("spawn")
    with context.Pool(2) as pool:
        settled = pool.map(_work_until_empty, [database_url] * 2)
    done = [uid for uids in settled for uid in uids]
    assert sorted(done, key=int) == [str(number) for number in range(60)]
    with database.transaction() as tx:
        assert {row.attempts for row in messages.listing(tx, MessageState.DECIDED)} == {1}
        assert messages.counts(tx)[MessageState.DECIDED] == 60


def _work_until_empty(url: str) -> list[str]:
    database, done = open_database(url), []
    while True:
        with database.transaction() as tx:
            held = messages.claim(tx, "a", NOW, LEASE)
        if held is None:
            database.close()
            return done
        with database.transaction() as tx:
            settle(tx, settlement(held, fate=fate(Outcome.NO_REPORT)))
        done.append(held.message.uid)
