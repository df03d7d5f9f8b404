"""The queue of letters: one a cause, sent at least once or a person is told."""

import datetime as dt
import threading

import pytest
import sqlalchemy as sa

from metering.errors import PermanentError
from storage import messages, outbox, tables
from storage.faults import LostLease
from storage.notices import staff_notices
from storage.outbox import claim_letter, letter_listing, owe
from storage.states import LetterState
from tests.storage.made import NOW, after, letter, new_message


def states(tx) -> list[LetterState]:
    return [row.state for row in letter_listing(tx)]


def owed_and_claimed(tx, **changed: object) -> outbox.LetterClaim:
    owe(tx, letter(**changed), NOW)
    held = claim_letter(tx, "deliver@test", NOW)
    assert held is not None
    return held


def test_there_is_one_letter_a_key(database):
    with database.transaction() as tx:
        assert owe(tx, letter("message/1/receipt"), NOW) is not None
        assert owe(tx, letter("message/1/receipt", message_id="<other@x>", mime=b"other"), NOW) is None
        held = claim_letter(tx, "a", NOW)
        assert claim_letter(tx, "a", NOW) is None
    assert held.mime == letter().mime


def test_two_letters_with_one_message_id_are_refused(database):
    with database.transaction() as tx:
        owe(tx, letter("a", message_id="<1@x>"), NOW)
        assert owe(tx, letter("b", message_id="<1@x>"), NOW) is None


def test_a_claim_holds_the_bytes_as_they_were_owed(database):
    with database.transaction() as tx:
        owe(tx, letter("k", recipient="Zafar@Mail.example", mime=bytes(range(256))), NOW)
        held = claim_letter(tx, "a", NOW)
        assert (held.mime, held.recipient, held.kind, held.attempts) == (bytes(range(256)), "zafar@mail.example", "receipt", 1)
        assert outbox.letter_bytes(tx, held.id) == bytes(range(256))
    with pytest.raises(PermanentError), database.transaction() as tx:
        outbox.letter_bytes(tx, 999)


def test_a_sent_letter_is_never_claimed_again(database):
    with database.transaction() as tx:
        held = owed_and_claimed(tx)
        outbox.enter_data_phase(tx, held)
        outbox.mark_sent(tx, held, after(seconds=1), "250 2.0.0 Ok")
        assert claim_letter(tx, "a", after(days=30)) is None
        assert states(tx) == [LetterState.SENT]
        history = tx.execute(sa.select(tables.letter_attempts)).one()
    assert (history.attempt, history.result, history.text, history.at) == (1, "SENT", "250 2.0.0 Ok", after(seconds=1))


def test_a_temporary_refusal_waits_for_its_time(database):
    with database.transaction() as tx:
        held = owed_and_claimed(tx)
        outbox.mark_retry(tx, held, NOW, after(minutes=1), "450 greylisted")
        assert claim_letter(tx, "a", after(seconds=59)) is None
        assert claim_letter(tx, "a", after(minutes=1)).attempts == 2


def test_a_letter_that_was_given_up_is_told_to_staff_who_may_send_it_again(database):
    with database.transaction() as tx:
        held = owed_and_claimed(tx)
        outbox.mark_failed(tx, held, after(seconds=5), "550 no such user")
        assert claim_letter(tx, "a", after(days=1)) is None
        notice = staff_notices(tx)[0]
        assert (notice.subject, notice.text, notice.since) == (f"letter {held.id}", "receipt: 550 no such user", after(seconds=5))
        outbox.retry_letter(tx, held.id, "Karimova", after(hours=1))
        assert staff_notices(tx) == []
        again = claim_letter(tx, "a", after(hours=1))
        assert (again.mime, again.message_id) == (held.mime, held.message_id)
    with pytest.raises(PermanentError), database.transaction() as tx:
        outbox.retry_letter(tx, held.id, "Karimova", NOW)


def test_a_sender_that_died_before_data_leaves_the_letter_ready(database):
    with database.transaction() as tx:
        held = owed_and_claimed(tx)
        assert claim_letter(tx, "b", NOW + outbox.LEASE - dt.timedelta(seconds=1)) is None
        again = claim_letter(tx, "b", NOW + outbox.LEASE)
        assert (again.id, again.attempts) == (held.id, 2)


def test_a_sender_that_died_in_data_leaves_it_ambiguous_for_a_quarter_of_an_hour(database):
    with database.transaction() as tx:
        held = owed_and_claimed(tx)
        outbox.enter_data_phase(tx, held)
        ended = NOW + outbox.LEASE
        assert claim_letter(tx, "b", ended) is None
        assert states(tx) == [LetterState.AMBIGUOUS]
        assert claim_letter(tx, "b", ended + dt.timedelta(minutes=14)) is None
        assert claim_letter(tx, "b", ended + dt.timedelta(minutes=15)).id == held.id


def test_an_ambiguous_letter_is_sent_again_at_most_twice_and_then_a_person_is_told(database):
    now = NOW
    with database.transaction() as tx:
        held = owed_and_claimed(tx)
        for _ in range(2):
            outbox.enter_data_phase(tx, held)
            outbox.mark_ambiguous(tx, held, now, "no answer to the final dot")
            now += dt.timedelta(minutes=15)
            held = claim_letter(tx, "a", now)
            assert held is not None
        outbox.enter_data_phase(tx, held)
        outbox.mark_ambiguous(tx, held, now, "no answer to the final dot")
        assert claim_letter(tx, "a", now + dt.timedelta(minutes=15)) is None
        assert states(tx) == [LetterState.FAILED]
        assert len(staff_notices(tx)) == 1
        results = list(tx.scalars(sa.select(tables.letter_attempts.c.result).order_by(tables.letter_attempts.c.id)))
    assert results == ["AMBIGUOUS", "AMBIGUOUS", "AMBIGUOUS", "FAILED"]


def test_a_paused_sender_that_wakes_up_changes_nothing(database):
    with database.transaction() as tx:
        paused = owed_and_claimed(tx)
        active = claim_letter(tx, "b", NOW + outbox.LEASE)
    for act in (
        lambda tx: outbox.enter_data_phase(tx, paused),
        lambda tx: outbox.mark_sent(tx, paused, NOW, "250"),
        lambda tx: outbox.mark_retry(tx, paused, NOW, NOW, "450"),
        lambda tx: outbox.mark_failed(tx, paused, NOW, "550"),
        lambda tx: outbox.mark_ambiguous(tx, paused, NOW, "?"),
    ):
        with pytest.raises(LostLease), database.transaction() as tx:
            act(tx)
    with database.transaction() as tx:
        outbox.mark_sent(tx, active, NOW, "250")


def test_a_restarted_duty_takes_its_own_dead_claims_back_at_once(database):
    with database.transaction() as tx:
        held = owed_and_claimed(tx)
        assert outbox.recover_letters(tx, "deliver@other", NOW) == 0
        assert outbox.recover_letters(tx, "deliver@test", NOW) == 1
        assert claim_letter(tx, "deliver@test", NOW).id == held.id


def test_over_budget_a_letter_waits_and_is_counted_when_it_is_due(database):
    with database.transaction() as tx:
        message = messages.keep(tx, new_message(), NOW)
        owe(tx, letter("a", answers=message), NOW)
        owe(tx, letter("b", answers=message, not_before=after(hours=3)), NOW)
        owe(tx, letter("c", answers=message, recipient="other@mail.example"), NOW)
        owe(tx, letter("d", kind="reminder"), NOW)
        assert outbox.replies_since(tx, "Zafar@mail.example", after(hours=-3)) == 2
        assert outbox.replies_since(tx, "zafar@mail.example", after(hours=1)) == 1
        assert outbox.replies_total_since(tx, after(hours=-1)) == 3
        claimed_now = [claim_letter(tx, "a", NOW) for _ in range(4)]
        assert [held is not None for held in claimed_now] == [True, True, True, False]
        assert claim_letter(tx, "a", after(hours=3)) is not None


def test_counts_name_every_state(database):
    with database.transaction() as tx:
        owed_and_claimed(tx)
        owe(tx, letter(), NOW)
        found = outbox.letter_counts(tx)
    assert (found[LetterState.SENDING], found[LetterState.READY], found[LetterState.FAILED]) == (1, 1, 0)


def test_two_senders_never_hold_the_same_letter(database):
    with database.transaction() as tx:
        for _ in range(20):
            owe(tx, letter(), NOW)
    met, taken = threading.Barrier(4), []

    def take() -> None:
        met.wait()
        for _ in range(6):
            with database.transaction() as tx:
                held = claim_letter(tx, "a", NOW)
            if held is not None:
                taken.append(held.id)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 20
