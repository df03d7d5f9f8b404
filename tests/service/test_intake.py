"""Mail is fetched and kept: nothing lost, nothing twice, whatever the mailbox and the connection do."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from mailer.imap import ImapInbox
from mailer.imap_session import ImapAccount
from metering.decisions import Outcome
from metering.errors import TemporaryError
from service.assembly import Service
from service.config import Settings
from service.intake import LEASE, Fetcher, intake_forever, intake_once, let_go
from storage import facts, messages
from storage.blobs import BlobStore
from storage.database import open_database
from storage.faults import LostLease
from storage.messages import Message, NewMessage
from tests.support.dovecot import PASSWORD, Dovecot
from tests.support.inboxes import RECEIVED, ImapPlace, MaildirPlace, Place, letter
from tests.support.proxy import proxied
from tests.support.scripted_imap import Session, scripted


@dataclass
class TurnedClock:
    """A clock that stands still until it is turned."""

    now: dt.datetime = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def turn(self, by: dt.timedelta) -> None:
        self.now += by


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def service(tmp_path: Path, upgraded_sqlite: Path, clock: TurnedClock) -> Iterator[Service]:
    (tmp_path / "hisobot.db").write_bytes(upgraded_sqlite.read_bytes())
    settings = Settings(home=tmp_path)
    database = open_database(settings.database)
    yield Service(settings, database, BlobStore(settings.blobs), clock)
    database.close()


@pytest.fixture(params=["imap", "maildir"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "maildir":
        return MaildirPlace(tmp_path / "mail-in")
    return request.getfixturevalue("imap_place")


@pytest.fixture
def imap_place(dovecot: Dovecot, mail_user: str) -> ImapPlace:
    return ImapPlace(dovecot, mail_user)


@pytest.fixture
def fetcher(service: Service, place: Place) -> Iterator[Fetcher]:
    started = Fetcher(service, place.inbox())
    yield started
    let_go(started)


@pytest.fixture
def imap_fetcher(service: Service, imap_place: ImapPlace) -> Iterator[Fetcher]:
    started = Fetcher(service, imap_place.inbox())
    yield started
    let_go(started)


def kept(service: Service) -> list[Message]:
    with service.database.reading() as tx:
        return sorted(messages.listing(tx), key=lambda message: message.id)


def contents(service: Service) -> list[bytes]:
    return [service.blobs.get(message.raw_sha256) for message in kept(service)]


def fact(service: Service, name: str) -> str | None:
    with service.database.reading() as tx:
        found = {key: value for key, value in facts.recall_all(tx).items() if key.startswith(name)}
    return next(iter(found.values()), None)


# -- the ordinary course ------------------------------------------------------------------------------------------------


def test_every_message_is_kept_once_with_its_bytes(service: Service, place: Place, fetcher: Fetcher) -> None:
    for number in (1, 2, 3):
        place.put(letter(number))
    assert intake_once(fetcher) == 3
    assert intake_once(fetcher) == 0
    assert contents(service) == [letter(1), letter(2), letter(3)]


def test_what_is_known_of_a_message_is_kept_with_it(service: Service, place: Place, fetcher: Fetcher, clock: TurnedClock) -> None:
    place.put(letter(1))
    intake_once(fetcher)
    (message,) = kept(service)
    assert message.internal_date == (RECEIVED if isinstance(place, ImapPlace) else None)
    assert message.size == len(letter(1))
    assert message.raw_sha256 == hashlib.sha256(letter(1)).hexdigest()
    assert (message.kept_at, message.received_at, message.headers_only) == (clock.now, None, False)


def test_a_restarted_fetcher_goes_on_where_the_last_one_was(service: Service, place: Place, fetcher: Fetcher) -> None:
    place.put(letter(1))
    intake_once(fetcher)
    let_go(fetcher)
    place.read_all()
    place.put(letter(2))
    again = Fetcher(service, place.inbox())
    assert intake_once(again) == 1
    let_go(again)
    assert contents(service) == [letter(1), letter(2)]
    assert fact(service, "reconciliation differences") == "0"


def test_the_same_bytes_delivered_twice_are_two_messages_in_one_blob(service: Service, place: Place, fetcher: Fetcher) -> None:
    place.put(letter(1))
    place.put(letter(1))
    assert intake_once(fetcher) == 2
    assert len({message.raw_sha256 for message in kept(service)}) == 1


def test_of_a_message_over_the_limit_the_headers_are_kept(service: Service, place: Place) -> None:
    place.put(letter(1, b"x" * 5000))
    fetcher = Fetcher(service, place.inbox(message_bytes=1000))
    intake_once(fetcher)
    let_go(fetcher)
    (message,) = kept(service)
    assert message.headers_only
    assert message.size == len(letter(1, b"x" * 5000))
    assert contents(service) == [letter(1, b"")]


def test_a_poll_leaves_the_time_of_it(service: Service, fetcher: Fetcher, clock: TurnedClock) -> None:
    intake_once(fetcher)
    assert fact(service, "last poll") == clock.now.isoformat()


def test_the_log_names_nobody(place: Place, fetcher: Fetcher, caplog: pytest.LogCaptureFixture) -> None:
    place.put(letter(1))
    with caplog.at_level(logging.INFO, logger="service"):
        intake_once(fetcher)
    assert "kept message=1" in caplog.text
    assert not [word for word in ("firm.example", "report 1", "teploenergo", "P1.host", "user") if word in caplog.text]


# -- reconciliation -----------------------------------------------------------------------------------------------------


def test_mail_that_should_have_been_kept_is_an_error_counted_and_kept(
    service: Service, imap_place: ImapPlace, imap_fetcher: Fetcher, clock: TurnedClock, caplog: pytest.LogCaptureFixture
) -> None:
    for number in (1, 2, 3):
        imap_place.put(letter(number))
    mailbox = imap_fetcher.inbox.open()
    last = imap_fetcher.inbox.everything()[-1]
    row = NewMessage(mailbox.name, mailbox.uidvalidity, last.uid, last.size, last.internal_date, service.blobs.put(letter(3)), "3.eml")
    with service.database.transaction() as tx:  # as if the first two had been passed over
        messages.keep(tx, row, clock.now)
    assert intake_once(imap_fetcher) == 2
    assert sorted(contents(service)) == [letter(1), letter(2), letter(3)]
    assert fact(service, "reconciliation differences") == "2"
    assert [record.levelname for record in caplog.records if "reconciliation" in record.message] == ["ERROR"]


def test_new_mail_is_no_difference(service: Service, place: Place, fetcher: Fetcher, caplog: pytest.LogCaptureFixture) -> None:
    place.put(letter(1))
    place.put(letter(2))
    intake_once(fetcher)
    assert fact(service, "reconciliation differences") == "0"
    assert not caplog.records


def test_mail_that_people_moved_away_is_no_difference(service: Service, place: Place, fetcher: Fetcher, clock: TurnedClock) -> None:
    place.put(letter(1))
    intake_once(fetcher)
    place.take_out(letter(1))
    clock.turn(dt.timedelta(hours=1))
    assert intake_once(fetcher) == 0
    assert fact(service, "reconciliation differences") == "0"
    assert contents(service) == [letter(1)]


def test_the_mailbox_is_compared_at_the_start_and_every_hour(service: Service, fetcher: Fetcher, clock: TurnedClock) -> None:
    start = clock.now
    intake_once(fetcher)
    clock.turn(dt.timedelta(minutes=59))
    intake_once(fetcher)
    assert fact(service, "last reconciliation") == start.isoformat()
    clock.turn(dt.timedelta(minutes=1))
    intake_once(fetcher)
    assert fact(service, "last reconciliation") == clock.now.isoformat()


# -- UIDs that change their meaning -------------------------------------------------------------------------------------


def test_after_a_new_uidvalidity_everything_is_kept_anew_and_known_by_its_bytes(
    service: Service, imap_place: ImapPlace, imap_fetcher: Fetcher
) -> None:
    imap_place.put(letter(1))
    imap_place.put(letter(2))
    intake_once(imap_fetcher)
    imap_fetcher.inbox.close()
    imap_place.dovecot.start_anew(imap_place.user)
    imap_place.put(letter(3))
    assert intake_once(imap_fetcher) == 3
    assert sorted(contents(service)) == sorted([letter(1), letter(2), letter(1), letter(2), letter(3)])
    assert len({message.uidvalidity for message in kept(service)}) == 2
    assert intake_once(imap_fetcher) == 0


def test_a_uid_that_is_used_again_is_another_message(
    service: Service, imap_place: ImapPlace, imap_fetcher: Fetcher, caplog: pytest.LogCaptureFixture
) -> None:
    for number in (1, 2, 3):
        imap_place.put(letter(number))
    intake_once(imap_fetcher)
    imap_fetcher.inbox.close()
    imap_place.dovecot.turn_back_uids(imap_place.user)
    imap_place.put(letter(4), RECEIVED + dt.timedelta(days=1))
    assert intake_once(imap_fetcher) == 1
    assert intake_once(imap_fetcher) == 0
    assert [message.uid for message in kept(service)] == ["1", "2", "3", "1"]
    assert contents(service)[-1] == letter(4)
    assert "used a UID again" in caplog.text


def test_reused_uids_that_have_caught_up_are_found_by_the_reconciliation(
    service: Service, imap_place: ImapPlace, imap_fetcher: Fetcher, clock: TurnedClock
) -> None:
    imap_place.put(letter(1))
    intake_once(imap_fetcher)
    imap_fetcher.inbox.close()
    imap_place.dovecot.turn_back_uids(imap_place.user)
    for number in (2, 3):
        imap_place.put(letter(number), RECEIVED + dt.timedelta(days=number))
    assert intake_once(imap_fetcher) == 1  # UID 2 alone is beyond what is known
    clock.turn(dt.timedelta(hours=1))
    assert intake_once(imap_fetcher) == 1
    assert sorted(contents(service)) == [letter(1), letter(2), letter(3)]
    assert fact(service, "reconciliation differences") == "1"


def test_a_message_that_is_copied_back_is_kept_again(service: Service, imap_place: ImapPlace, imap_fetcher: Fetcher) -> None:
    imap_place.put(letter(1))
    intake_once(imap_fetcher)
    with imap_place.dovecot.connect(imap_place.user) as client:
        client.select_folder("INBOX")
        client.copy([1], "INBOX")
    assert intake_once(imap_fetcher) == 1
    assert contents(service) == [letter(1), letter(1)]


# -- failures -----------------------------------------------------------------------------------------------------------


def test_connections_cut_at_any_place_lose_nothing_and_keep_nothing_twice(service: Service, imap_place: ImapPlace) -> None:
    sent = [letter(number, bytes([48 + number]) * 3000 + b"\r\n") for number in range(9)]
    for message in sent:
        imap_place.put(message)
    with proxied(imap_place.dovecot.host, imap_place.dovecot.port) as proxy:
        imap_place.through = (proxy.host, proxy.port)
        fetcher = Fetcher(service, imap_place.inbox())
        lost = 0
        for after in [*range(50, 1500, 130), *range(1500, 12_000, 900)]:
            proxy.cut_next(after)
            try:
                intake_once(fetcher)
            except TemporaryError:
                lost += 1
        proxy.cut_next(10**9)
        intake_once(fetcher)
        let_go(fetcher)
    assert lost > 10
    assert sorted(contents(service)) == sorted(sent)


def select_two(session: Session, _arguments: bytes) -> None:
    session.say(b"* 2 EXISTS", b"* OK [UIDVALIDITY 5] ok", b"* OK [UIDNEXT 9] ok")


def test_a_body_that_is_not_there_yet_does_not_hold_up_the_others(service: Service) -> None:
    ready = threading.Event()

    def find(session: Session, _arguments: bytes) -> None:
        session.say(b"* SEARCH 7 8")

    def give(session: Session, arguments: bytes) -> None:
        if b"SIZE" in arguments:
            for number, uid in ((1, 7), (2, 8)):
                session.say(b'* %d FETCH (UID %d RFC822.SIZE 14 INTERNALDATE "22-Oct-2026 10:15:00 +0500")' % (number, uid))
        elif arguments.startswith(b"7") and not ready.is_set():
            session.say(b"* 1 FETCH (UID 7 BODY[]<0> NIL)")
        else:
            session.say(b"* 1 FETCH (UID %s BODY[]<0> {14}" % arguments[:1], b"Subject: %s\r\n" % arguments[:1], b")")

    with scripted(EXAMINE=select_two, SEARCH=find, FETCH=give) as server:
        fetcher = Fetcher(service, ImapInbox(ImapAccount(server.host, server.port, "none", "user", lambda: "password")))
        assert intake_once(fetcher) == 1
        assert contents(service) == [b"Subject: 8\r\n\r\n"]
        assert intake_once(fetcher) == 0
        ready.set()
        assert intake_once(fetcher) == 1
        let_go(fetcher)
    assert contents(service) == [b"Subject: 8\r\n\r\n", b"Subject: 7\r\n\r\n"]


def test_a_message_that_always_breaks_the_connection_does_not_stop_the_others(service: Service, clock: TurnedClock) -> None:
    mended = threading.Event()

    def find(session: Session, _arguments: bytes) -> None:
        session.say(b"* SEARCH 7 8")

    def give(session: Session, arguments: bytes) -> None:
        if b"SIZE" in arguments:
            for number, uid in ((1, 7), (2, 8)):
                session.say(b"* %d FETCH (UID %d RFC822.SIZE 14)" % (number, uid))
        elif arguments.startswith(b"7") and not mended.is_set():
            session.connection.shutdown(2)
        else:
            session.say(b"* 1 FETCH (UID %s BODY[]<0> {14}" % arguments[:1], b"Subject: %s\r\n" % arguments[:1], b")")

    with scripted(EXAMINE=select_two, SEARCH=find, FETCH=give) as server:
        fetcher = Fetcher(service, ImapInbox(ImapAccount(server.host, server.port, "none", "user", lambda: "password")))
        for _ in range(3):
            with pytest.raises(TemporaryError):
                intake_once(fetcher)
        assert [intake_once(fetcher), intake_once(fetcher)] == [1, 0]
        mended.set()
        clock.turn(dt.timedelta(hours=1))
        assert intake_once(fetcher) == 1
        let_go(fetcher)
    assert contents(service) == [b"Subject: 8\r\n\r\n", b"Subject: 7\r\n\r\n"]
    assert fact(service, "reconciliation differences") == "1"


def test_a_full_disk_loses_nothing(service: Service, place: Place, fetcher: Fetcher, tmp_path: Path) -> None:
    place.put(letter(1))
    (tmp_path / "no-folder").write_text("a file where the blobs should go")
    broken = replace(service, blobs=BlobStore(tmp_path / "no-folder"))
    failing = Fetcher(broken, place.inbox())
    with pytest.raises(TemporaryError):
        intake_once(failing)
    let_go(failing)
    assert kept(service) == []
    assert intake_once(fetcher) == 1


# -- one fetcher a mailbox ----------------------------------------------------------------------------------------------


def test_a_second_fetcher_waits_until_the_first_lets_go(service: Service, place: Place, fetcher: Fetcher) -> None:
    intake_once(fetcher)
    second = Fetcher(service, place.inbox(), owner="another-machine/1")
    with pytest.raises(TemporaryError, match="another process"):
        intake_once(second)
    let_go(fetcher)
    assert intake_once(second) == 0
    let_go(second)


def test_a_fetcher_that_slept_too_long_is_fenced_off_and_keeps_nothing(
    service: Service, place: Place, fetcher: Fetcher, clock: TurnedClock
) -> None:
    intake_once(fetcher)
    place.put(letter(1))
    clock.turn(LEASE)
    other = Fetcher(service, place.inbox(), owner="another-machine/1")
    assert intake_once(other) == 1
    clock.turn(-LEASE)  # the sleeper does not see how late it is
    place.put(letter(2))
    with pytest.raises(LostLease):
        intake_once(fetcher)
    assert contents(service) == [letter(1)]
    with pytest.raises(TemporaryError, match="another process"):
        intake_once(fetcher)
    let_go(other)
    assert intake_once(fetcher) == 1
    assert contents(service) == [letter(1), letter(2)]


def test_the_mailbox_of_a_dead_process_is_taken_at_once(service: Service, place: Place, fetcher: Fetcher) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    dead = Fetcher(service, place.inbox(), owner=f"{socket.gethostname()}/{ended.pid}/an-earlier-run")
    intake_once(dead)
    dead.inbox.close()
    place.put(letter(1))
    assert intake_once(fetcher) == 1


def test_the_mailbox_of_an_earlier_process_with_our_number_is_taken_at_once(service: Service, place: Place, fetcher: Fetcher) -> None:
    earlier = Fetcher(service, place.inbox(), owner=f"{socket.gethostname()}/{os.getpid()}/an-earlier-run")
    intake_once(earlier)
    earlier.inbox.close()
    assert intake_once(fetcher) == 0


def test_the_mailbox_of_a_living_process_is_not_taken(service: Service, place: Place, fetcher: Fetcher) -> None:
    living = Fetcher(service, place.inbox(), owner=f"{socket.gethostname()}/{os.getppid()}/another-run")
    intake_once(living)
    with pytest.raises(TemporaryError, match="another process"):
        intake_once(fetcher)
    let_go(living)


# -- filing -------------------------------------------------------------------------------------------------------------


def test_only_messages_whose_fate_is_committed_are_filed(service: Service, imap_place: ImapPlace, clock: TurnedClock) -> None:
    imap_place.put(letter(1))
    imap_place.put(letter(2))
    settings = service.settings.model_copy(update={"imap": service.settings.imap.model_copy(update={"host": "x", "file_into": "Done"})})
    filing = replace(service, settings=settings)
    fetcher = Fetcher(filing, ImapInbox(imap_place.account(writable=True)))
    intake_once(fetcher)
    assert imap_place.contents() == [letter(1), letter(2)]
    with service.database.transaction() as tx:
        claim = messages.claim(tx, "test", clock.now, dt.timedelta(minutes=1))
        messages.decide(tx, claim, {"outcome": Outcome.NO_REPORT, "decided_at": clock.now})
    for _ in range(2):
        intake_once(fetcher)
    let_go(fetcher)
    assert imap_place.contents() == [letter(2)]
    assert imap_place.dovecot.bodies(imap_place.user, "Done") == [letter(1)]
    assert len(kept(service)) == 2


# -- the loop -----------------------------------------------------------------------------------------------------------


def until(condition: object, seconds: float = 30.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_the_loop_keeps_what_comes_and_stops_when_told(service: Service, place: Place) -> None:
    stop = threading.Event()
    place.put(letter(1))
    loop = threading.Thread(target=intake_forever, args=(service, place.inbox(), stop))
    loop.start()
    try:
        assert until(lambda: len(kept(service)) == 1)
        place.put(letter(2))
        assert until(lambda: len(kept(service)) == 2)
    finally:
        stop.set()
        loop.join(20)
    assert not loop.is_alive()


def test_the_loop_survives_an_outage_of_the_mailbox(service: Service, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    stop = threading.Event()
    place = MaildirPlace(tmp_path / "mail-in")
    place.folder.write_text("not a folder yet")
    loop = threading.Thread(target=intake_forever, args=(service, place.inbox(), stop))
    loop.start()
    try:
        assert until(lambda: "intake pauses" in caplog.text)
        place.folder.unlink()
        place.put(letter(1))
        assert until(lambda: len(kept(service)) == 1)
    finally:
        stop.set()
        loop.join(20)
    assert not loop.is_alive()


def test_the_loop_waits_for_a_person_after_a_wrong_password_and_still_stops(
    service: Service, imap_place: ImapPlace, caplog: pytest.LogCaptureFixture
) -> None:
    stop = threading.Event()
    loop = threading.Thread(target=intake_forever, args=(service, ImapInbox(imap_place.account(secret=lambda: "wrong")), stop))
    loop.start()
    assert until(lambda: "needs a person" in caplog.text)
    stop.set()
    loop.join(20)
    assert not loop.is_alive()
    assert "imap_password" in caplog.text


_CHILD = """
import sys, threading
from mailer.imap import ImapInbox
from mailer.imap_session import ImapAccount
from service.assembly import assemble
from service.config import Settings
from service.intake import intake_forever
home, host, port, user, password = sys.argv[1:]
account = ImapAccount(host, int(port), "none", user, lambda: password)
print("started", flush=True)
intake_forever(assemble(Settings(home=home)), ImapInbox(account), threading.Event())
"""


def test_a_fetcher_that_is_killed_again_and_again_loses_nothing_and_keeps_nothing_twice(
    service: Service, imap_place: ImapPlace, tmp_path: Path
) -> None:
    sent = [letter(number, b"%d" % number * 500) for number in range(120)]
    with imap_place.dovecot.connect(imap_place.user) as client:
        for message in sent:
            client.append("INBOX", message, msg_time=RECEIVED)
    dovecot = imap_place.dovecot
    command = [sys.executable, "-c", _CHILD, str(tmp_path), dovecot.host, str(dovecot.port), imap_place.user, PASSWORD]
    for kill in range(1, 4):
        child = subprocess.Popen(command, stdout=subprocess.PIPE)
        try:
            child.stdout.readline()
            assert until(lambda target=kill * 25: len(kept(service)) >= target)
        finally:
            child.send_signal(signal.SIGKILL)
            child.wait()
            child.stdout.close()
    last = Fetcher(service, imap_place.inbox())
    intake_once(last)
    let_go(last)
    assert sorted(contents(service)) == sorted(sent)
    assert len({(message.uidvalidity, message.uid) for message in kept(service)}) == len(sent)
    assert fact(service, "reconciliation differences") == "0"
