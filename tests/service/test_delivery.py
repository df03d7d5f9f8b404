"""Letters leave at least once or a person is told, with the same bytes each time, whatever dies in between."""

from __future__ import annotations

import datetime as dt
import email
import json
import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.compose import Envelope, compose
from mailer.message_ids import MessageIds
from mailer.outbox import MaildirOutgoing, Outgoing, UnreachableError
from mailer.smtp import SmtpAccount, SmtpOutgoing
from metering.contracts import Language
from metering.errors import TemporaryError
from service import delivery
from service.delivery import PAUSES, Post, Watch, deliver_all, deliver_forever, deliver_once, next_attempt
from storage import messages, outbox
from storage.database import Database, Transaction, open_database
from storage.states import LetterState
from templates.letters import RenderedLetter
from tests.service.delivery_child import OWNER, SENDER
from tests.support.smtp_server import Fault, SmtpServer

START = dt.datetime(2026, 10, 26, 5, 15, tzinfo=dt.UTC)
RECIPIENT = "accounts@school.example"
IDS = MessageIds(b"a key of sixteen bytes or more", "utility.example")
MINUTE = dt.timedelta(minutes=1)


@dataclass
class Desk:
    """A database, a real SMTP server and a clock that the test turns."""

    database: Database
    url: str
    server: SmtpServer
    now: dt.datetime = START
    owed: dict[str, bytes] = field(default_factory=dict)

    @property
    def post(self) -> Post:
        account = SmtpAccount(self.server.host, self.server.port, "none", timeout=2.0)
        return Post(self.database, SmtpOutgoing(account), lambda: self.now, SENDER, OWNER)

    def owe(self, cause: str = "message/1/receipt") -> None:
        envelope = Envelope("Utility", SENDER, RECIPIENT, IDS.make(cause), START)
        mime = compose(RenderedLetter("Отчёт принят", f"Здравствуйте! {cause}\n", "<p></p>", (Language.RUSSIAN,)), envelope, None)
        with self.database.transaction() as tx:
            outbox.owe(tx, outbox.Letter(cause, "receipt", RECIPIENT, "ru", envelope.message_id, mime), self.now)
        self.owed[cause] = mime

    def rows(self) -> list[outbox.LetterRow]:
        with self.database.transaction() as tx:
            return outbox.letter_listing(tx)

    @property
    def state(self) -> LetterState:
        (row,) = self.rows()
        return row.state

    @property
    def received(self) -> list[bytes]:
        return [letter.mime for letter in self.server.received]


@pytest.fixture
def desk(database: Database, database_url: str, smtp_server: Callable[..., SmtpServer]) -> Desk:
    return Desk(database, database_url, smtp_server())


def test_an_owed_letter_is_sent_once_byte_for_byte(desk: Desk) -> None:
    desk.owe()
    assert deliver_once(desk.post)
    assert not deliver_once(desk.post)
    assert desk.received == [desk.owed["message/1/receipt"]]
    assert (desk.server.received[0].sender, desk.server.received[0].recipient) == (SENDER, RECIPIENT)
    assert desk.state is LetterState.SENT


def test_letters_go_in_the_order_they_were_owed_and_one_that_waits_does_not_stop_the_others(desk: Desk) -> None:
    desk.owe("message/1/receipt")
    desk.owe("message/2/receipt")
    desk.server.faults.append(Fault.GREYLIST)
    deliver_all(desk.post)
    assert desk.received == [desk.owed["message/2/receipt"]]
    desk.now += 2 * MINUTE
    deliver_all(desk.post)
    assert desk.received == [desk.owed["message/2/receipt"], desk.owed["message/1/receipt"]]


def test_a_greylisted_letter_comes_back_after_a_minute_with_the_same_bytes(desk: Desk) -> None:
    desk.owe()
    desk.server.faults.append(Fault.GREYLIST)
    assert deliver_once(desk.post)
    (row,) = desk.rows()
    assert (row.state, row.attempts) == (LetterState.READY, 1)
    assert "450" in (row.last_error or "")
    desk.now += 0.5 * MINUTE
    assert not deliver_once(desk.post)
    desk.now += 1 * MINUTE
    assert deliver_once(desk.post)
    assert desk.received == [desk.owed["message/1/receipt"]]


def test_a_refused_letter_is_given_up_and_staff_are_told_without_personal_data(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.owe()
    desk.server.faults.append(Fault.REFUSE_RECIPIENT)
    with caplog.at_level(logging.INFO):
        assert deliver_once(desk.post)
        assert not deliver_once(desk.post)
    (row,) = desk.rows()
    assert row.state is LetterState.FAILED
    assert "550 5.1.1" in (row.last_error or "")
    (told,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert "a person has to see to it" in told.getMessage()
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("mail.log")]  # the test's server logs there
    assert [line for line in ours if RECIPIENT in line] == []
    assert RECIPIENT in (row.last_error or "")


def test_a_letter_refused_for_two_days_is_given_up_after_its_ten_attempts(desk: Desk) -> None:
    desk.owe()
    for _ in range(48 * 60):
        if desk.state is LetterState.FAILED:
            break
        desk.server.faults.clear()
        desk.server.faults.append(Fault.DELAY_CONTENT)
        if not deliver_once(desk.post):
            desk.now = desk.rows()[0].next_attempt_at
    (row,) = desk.rows()
    assert (row.state, row.attempts) == (LetterState.FAILED, len(PAUSES))
    assert dt.timedelta(hours=28) < desk.now - START < dt.timedelta(hours=36)
    assert desk.received == []


@pytest.mark.parametrize("fault", [Fault.CLOSE_AFTER_DOT, Fault.LOSE_AFTER_DOT])
def test_silence_after_the_dot_waits_a_quarter_of_an_hour_and_repeats_the_same_bytes(desk: Desk, fault: Fault) -> None:
    desk.owe()
    desk.server.faults.append(fault)
    assert deliver_once(desk.post)
    assert desk.state is LetterState.AMBIGUOUS
    desk.now += 14 * MINUTE
    assert not deliver_once(desk.post)
    desk.now += 2 * MINUTE
    assert deliver_once(desk.post)
    assert desk.state is LetterState.SENT
    assert set(desk.received) == {desk.owed["message/1/receipt"]}


def test_a_letter_whose_fate_stays_unknown_is_repeated_twice_and_then_a_person_is_told(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.owe()
    watch = Watch(desk.post)
    watch.look()
    for _ in range(6):
        desk.server.faults.clear()
        desk.server.faults.append(Fault.CLOSE_AFTER_DOT)
        deliver_once(desk.post)
        desk.now += 16 * MINUTE
    assert desk.state is LetterState.FAILED
    assert len(desk.received) == 3
    assert set(desk.received) == {desk.owed["message/1/receipt"]}
    watch.look()
    assert "letters given up: 1" in caplog.text


def test_a_shut_server_costs_a_letter_one_attempt_and_pauses_the_loop(desk: Desk) -> None:
    desk.owe()
    post = desk.post
    desk.server.stop()
    with pytest.raises(UnreachableError):
        deliver_once(post)
    (row,) = desk.rows()
    assert (row.state, row.attempts) == (LetterState.READY, 1)


def test_a_claim_that_was_lost_before_the_data_sends_nothing(desk: Desk) -> None:
    class Slow:
        """A way out that is held up so long that another sender takes the letter over."""

        def __init__(self, way_out: Outgoing) -> None:
            self._way_out = way_out

        def send(self, mime: bytes, sender: str, recipient: str, before_data: Callable[[], None]) -> str:
            desk.now += 20 * MINUTE
            with desk.database.transaction() as tx:
                assert outbox.claim_letter(tx, "other@test", desk.now) is not None
            return self._way_out.send(mime, sender, recipient, before_data)

    desk.owe()
    post = desk.post
    assert deliver_once(Post(post.database, Slow(post.outgoing), post.clock, post.sender, post.owner))
    assert desk.received == []
    assert desk.state is LetterState.SENDING  # in the hands of the other


def test_a_sent_letter_is_marked_when_the_database_comes_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Moody(Database):
        """A real database that is away for a moment after the letter has gone."""

        away = 0

        @contextmanager
        def transaction(self) -> Iterator[Transaction]:
            if desk.received and self.away < 2:
                self.away += 1
                raise TemporaryError("the database cannot be reached")
            with super().transaction() as tx:
                yield tx

    monkeypatch.setattr(delivery, "SENT_PATIENCE", (0.0, 0.0, 0.0))
    desk.owe()
    moody = Moody(desk.url)
    post = desk.post
    assert deliver_once(Post(moody, post.outgoing, post.clock, post.sender, post.owner))
    moody.close()
    assert moody.away == 2
    assert desk.state is LetterState.SENT


@dataclass
class Buggy:
    """A way out that has a bug, before or after the letter may have gone."""

    after: bool

    def check(self) -> None: ...

    def send(self, mime: bytes, sender: str, recipient: str, before_data: Callable[[], None]) -> str:
        if self.after:
            before_data()
        raise IndexError("no such thing")


@pytest.mark.parametrize(("after", "tries"), [(False, 3), (True, 3)])
def test_a_letter_that_meets_a_bug_goes_to_a_person_after_three_tries(desk: Desk, after: bool, tries: int) -> None:
    desk.owe()
    post = Post(desk.database, Buggy(after), lambda: desk.now, SENDER, OWNER)
    for _ in range(8):
        deliver_once(post)
        desk.now += 20 * MINUTE
    (row,) = desk.rows()
    assert (row.state, row.attempts) == (LetterState.FAILED, tries)
    assert "IndexError" in (row.last_error or "")


def test_a_letter_that_kills_its_sender_each_time_goes_to_a_person_too(desk: Desk) -> None:
    desk.owe()
    for _ in PAUSES:
        with desk.database.transaction() as tx:
            assert outbox.claim_letter(tx, OWNER, desk.now) is not None
        with desk.database.transaction() as tx:
            outbox.recover_letters(tx, OWNER, desk.now)
    assert deliver_once(desk.post)
    assert desk.state is LetterState.FAILED
    assert desk.received == []


def test_a_letter_into_the_maildir_is_delivered_by_the_same_loop(desk: Desk, tmp_path: Path) -> None:
    desk.owe()
    deliver_all(Post(desk.database, MaildirOutgoing(tmp_path / "out"), lambda: desk.now, SENDER, OWNER))
    (file,) = (tmp_path / "out" / "new").iterdir()
    assert file.read_bytes() == desk.owed["message/1/receipt"]
    assert desk.state is LetterState.SENT


# --- when


@given(attempts=st.integers(1, 30))
def test_pauses_grow_and_their_jitter_stays_within_a_tenth(attempts: int) -> None:
    due = next_attempt(attempts, START)
    if attempts >= 10:
        assert due is None
        return
    assert due is not None
    planned = [0, 1, 5, 15, 30, 60, 120, 240, 480, 960][attempts] * MINUTE
    assert 0.9 * planned <= due - START <= 1.1 * planned
    following = next_attempt(attempts + 1, START)
    assert following is None or following > due


def test_the_jitter_differs_from_letter_to_letter() -> None:
    assert len({next_attempt(3, START) for _ in range(50)}) > 10


def test_answers_that_outrun_the_mail_stop_the_post_before_they_flood(desk: Desk) -> None:
    watch = Watch(desk.post)
    with desk.database.transaction() as tx:
        kept = messages.keep(tx, messages.NewMessage("INBOX", 1, "1", 100, START, "0" * 64, "1.eml"), START)
    assert kept is not None
    watch.look()
    with desk.database.transaction() as tx:
        for n in range(150):
            outbox.owe(tx, outbox.Letter(f"x/{n}", "receipt", RECIPIENT, "ru", f"<{n}@x.example>", b"x", kept), START)
    desk.now += 2 * MINUTE
    with pytest.raises(TemporaryError, match="look for a loop"):
        watch.look()
    desk.now += 90 * MINUTE  # an hour later the burst is history, and a restart would have cleared it as well
    watch.look()


# --- the loop as a process


@contextmanager
def sender_process(desk: Desk, **order: str) -> Iterator[subprocess.Popen[bytes]]:
    given = {"database": desk.url, "port": str(desk.server.port), "now": desk.now.isoformat(), **order}
    command = [sys.executable, "-W", "error", "-m", "tests.service.delivery_child", json.dumps(given)]
    child = subprocess.Popen(command)
    try:
        yield child
    finally:
        child.kill()
        child.wait()


def wait_until(true: Callable[[], bool]) -> None:
    """Waits long: on a busy machine a process takes seconds to start."""
    for _ in range(3000):
        if true():
            return
        time.sleep(0.02)
    pytest.fail("what was waited for did not happen in a minute")


def finish(desk: Desk) -> None:
    """Lets new sender processes work until nothing is left to do, the clock turned past every pause."""
    for _ in range(4):
        with sender_process(desk) as child:
            wait_until(lambda: all(row.state is LetterState.SENT or row.next_attempt_at > desk.now for row in desk.rows()))
            child.terminate()
            assert child.wait(timeout=60) == 0
        if all(row.state is LetterState.SENT for row in desk.rows()):
            return
        desk.now += 20 * MINUTE
    pytest.fail(f"letters are left: {[row.state for row in desk.rows()]}")


SQLITE_ONLY = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # processes are slow; one pair runs on both


@SQLITE_ONLY
@pytest.mark.parametrize(
    ("moment", "copies"),
    [
        ("when the letter is claimed", 1),
        ("before the phase is committed", 1),
        ("when the phase is committed", 1),
    ],
)
def test_kill_9_loses_no_letter_and_repeats_only_what_may_have_gone(desk: Desk, moment: str, copies: int) -> None:
    desk.owe()
    with sender_process(desk, die=moment) as child:
        assert child.wait(timeout=60) == -signal.SIGKILL
    finish(desk)
    assert desk.received == [desk.owed["message/1/receipt"]] * copies
    assert len({email.message_from_bytes(mime)["Message-ID"] for mime in desk.received}) == 1


@SQLITE_ONLY
@pytest.mark.parametrize(("fault", "copies"), [(Fault.HANG_BEFORE_DATA, 1), (Fault.HANG_AFTER_DOT, 2)])
def test_kill_9_while_the_server_hangs(desk: Desk, fault: Fault, copies: int) -> None:
    desk.owe()
    desk.server.faults.append(fault)
    with sender_process(desk) as child:
        wait_until(desk.server.reached.is_set)
        child.kill()
        child.wait()
    finish(desk)
    assert desk.received == [desk.owed["message/1/receipt"]] * copies


def test_two_senders_share_the_letters_and_send_none_twice(desk: Desk) -> None:
    for n in range(12):
        desk.owe(f"message/{n}/receipt")
    with sender_process(desk, owner="delivery@one"), sender_process(desk, owner="delivery@two"):
        wait_until(lambda: all(row.state is LetterState.SENT for row in desk.rows()))
    assert sorted(desk.received) == sorted(desk.owed.values())


def test_a_letter_that_was_taken_but_not_marked_is_repeated_after_a_pause_and_never_at_once(desk: Desk) -> None:
    desk.owe()
    with sender_process(desk, die="when the letter is taken but not marked") as child:
        assert child.wait(timeout=60) == -signal.SIGKILL
    with sender_process(desk) as child:
        wait_until(lambda: desk.state is LetterState.AMBIGUOUS)
        child.terminate()
        assert child.wait(timeout=60) == 0
    assert len(desk.received) == 1
    desk.now += 20 * MINUTE
    finish(desk)
    assert desk.received == [desk.owed["message/1/receipt"]] * 2


@SQLITE_ONLY
def test_sigterm_finishes_the_letter_in_hand_and_takes_no_other(desk: Desk) -> None:
    desk.owe("message/1/receipt")
    desk.owe("message/2/receipt")
    desk.server.faults.append(Fault.SLOW_AFTER_DOT)
    with sender_process(desk) as child:
        wait_until(desk.server.reached.is_set)
        child.terminate()
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(timeout=0.5)
        desk.server.answer_now.set()
        assert child.wait(timeout=60) == 0
    assert [row.state for row in desk.rows()] == [LetterState.SENT, LetterState.READY]
    assert desk.received == [desk.owed["message/1/receipt"]]


@SQLITE_ONLY
def test_the_loop_waits_for_a_shut_server_and_spends_no_attempts_on_it(tmp_path: Path, desk: Desk) -> None:
    """The way out is a Maildir whose place is taken by a file, and then is not."""
    desk.owe()
    place, stop = tmp_path / "out", threading.Event()
    place.write_text("in the way")
    database = open_database(desk.url)
    post = Post(database, MaildirOutgoing(place), lambda: desk.now, SENDER, OWNER)
    loop = threading.Thread(target=deliver_forever, args=(post, stop))
    loop.start()
    try:
        wait_until(lambda: desk.rows()[0].last_error is not None)
        desk.now += 60 * MINUTE
        time.sleep(1.5)  # a pause of 1 s has passed: the loop has looked again
        assert desk.rows()[0].attempts == 1
        place.unlink()
        wait_until(lambda: desk.state is LetterState.SENT)
    finally:
        stop.set()
        loop.join()
        database.close()
    assert desk.rows()[0].attempts == 2
