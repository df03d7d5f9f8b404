"""IMAP when it goes wrong: connections that end in the middle, servers that drip, lie, or have nothing to give yet."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mailer.imap import ImapInbox
from mailer.imap_session import ImapAccount
from mailer.inbox import Fetched, Location
from metering.errors import PermanentError, TemporaryError
from tests.support.dovecot import Dovecot
from tests.support.inboxes import ImapPlace, letter
from tests.support.proxy import Proxy, proxied
from tests.support.scripted_imap import Script, ScriptedImap, Session, scripted

SEVEN = Location("7", 30, None, "5-7.eml")


@pytest.fixture
def proxy(dovecot: Dovecot) -> Iterator[Proxy]:
    with proxied(dovecot.host, dovecot.port) as running:
        yield running


@pytest.fixture
def place(dovecot: Dovecot, mail_user: str, proxy: Proxy) -> ImapPlace:
    return ImapPlace(dovecot, mail_user, through=(proxy.host, proxy.port))


@contextmanager
def facing(timeout: float = 10.0, message_bytes: int = 1000, **script: Script | bytes) -> Iterator[tuple[ImapInbox, ScriptedImap]]:
    """An inbox and the scripted server that it talks to."""
    with scripted(**script) as server:
        account = ImapAccount(
            server.host, server.port, "none", "user", lambda: "password", timeout=timeout, message_bytes=message_bytes, writable=True
        )
        inbox = ImapInbox(account)
        try:
            yield inbox, server
        finally:
            inbox.close()


def says(*lines: bytes) -> Script:
    return lambda session, _arguments: session.say(*lines)


@pytest.mark.parametrize("after", [0, 1, 2000, 60_000])
def test_a_connection_cut_in_the_middle_of_a_body_loses_nothing(place: ImapPlace, proxy: Proxy, after: int) -> None:
    large = letter(1, b"0123456789" * 20_000 + b"\r\n")
    place.put(large)
    inbox = place.inbox()
    inbox.open()
    (location,) = inbox.new([])
    proxy.cut_next(after)
    with pytest.raises(TemporaryError):
        inbox.fetch(location)
    inbox.open()
    assert inbox.new([]) == [location]
    assert inbox.fetch(location) == Fetched(large)
    inbox.close()


def test_a_connection_cut_while_messages_are_listed_loses_nothing(place: ImapPlace, proxy: Proxy) -> None:
    place.dovecot.fill(place.user, 300, letter(1))
    inbox = place.inbox()
    inbox.open()
    proxy.cut_next(9000)
    with pytest.raises(TemporaryError):
        inbox.new([])
    inbox.open()
    assert len(inbox.new([])) == 300
    inbox.close()


@pytest.mark.parametrize(
    "step", [lambda inbox: inbox.new([]), lambda inbox: inbox.fetch(SEVEN), lambda inbox: inbox.file_away(["7"], "Done")]
)
def test_without_a_connection_every_step_asks_to_try_again(place: ImapPlace, step: object) -> None:
    with pytest.raises(TemporaryError):
        step(place.inbox())


def test_waiting_on_a_connection_that_the_server_ended_is_a_lost_connection(place: ImapPlace, proxy: Proxy) -> None:
    inbox = place.inbox()
    inbox.open()
    threading.Timer(0.3, proxy.cut_all).start()
    with pytest.raises(TemporaryError):
        inbox.wait(600, threading.Event())
    inbox.open()
    inbox.close()


def test_waiting_on_a_connection_that_ended_before_is_a_lost_connection(place: ImapPlace, proxy: Proxy) -> None:
    inbox = place.inbox()
    inbox.open()
    proxy.cut_all()
    with pytest.raises(TemporaryError):
        inbox.wait(600, threading.Event())


def test_a_server_that_drips_is_given_up_although_no_read_times_out(place: ImapPlace, proxy: Proxy) -> None:
    place.put(letter(1, b"x" * 2000))
    inbox = ImapInbox(place.account(timeout=1.0))
    inbox.open()
    (location,) = inbox.new([])
    proxy.drip = 0.2
    with pytest.raises(TemporaryError, match="too slow"):
        inbox.fetch(location)


def test_a_greeting_that_drips_is_given_up_too() -> None:
    dripping = threading.Event()

    def drip(session: Session, _arguments: bytes) -> None:
        for _ in range(400):
            session.connection.sendall(b"*")
            if dripping.wait(0.05):
                return

    with facing(timeout=0.5, CAPABILITY=drip) as (inbox, _), pytest.raises(TemporaryError, match="too slow"):
        inbox.open()
    dripping.set()


def test_a_server_that_says_nothing_is_given_up() -> None:
    silent = threading.Event()
    with facing(timeout=0.3, SELECT=lambda *_: silent.wait(20)) as (inbox, _):
        with pytest.raises(TemporaryError):
            inbox.open()
        silent.set()


@pytest.mark.parametrize(
    "answer",
    [
        (b"* 1 FETCH (UID 7 BODY[]<0> NIL)",),
        (b'* 1 FETCH (UID 7 BODY[]<0> "")',),
        (b"* 1 FETCH (UID 7 BODY[]<0> {0}", b")"),
        (b"* 1 FETCH (UID 7 FLAGS ())",),
        (),
    ],
)
def test_a_body_that_is_not_there_yet_is_no_mail(answer: tuple[bytes, ...]) -> None:
    with facing(FETCH=says(*answer)) as (inbox, _):
        inbox.open()
        assert inbox.fetch(SEVEN) is None


def test_a_message_larger_than_declared_is_not_taken_whole() -> None:
    def give(session: Session, arguments: bytes) -> None:
        if b"HEADER" in arguments:
            session.say(b"* 1 FETCH (UID 7 BODY[HEADER]<0> {14}", b"Subject: x\r\n", b")")
        else:
            session.say(b"* 1 FETCH (UID 7 BODY[]<0> {101}", b"y" * 101 + b")")

    with facing(message_bytes=100, FETCH=give) as (inbox, server):
        inbox.open()
        assert inbox.fetch(SEVEN) == Fetched(b"Subject: x\r\n\r\n", headers_only=True)
    assert any(b"BODY.PEEK[]<0.101>" in command for command in server.commands)


def test_of_a_message_over_the_limit_the_body_is_not_even_asked_for() -> None:
    with facing(message_bytes=20, FETCH=says(b"* 1 FETCH (UID 7 BODY[HEADER]<0> {5}", b"x:y", b")")) as (inbox, server):
        inbox.open()
        assert inbox.fetch(SEVEN) == Fetched(b"x:y\r\n", headers_only=True)
    assert not any(b"BODY.PEEK[]" in command for command in server.commands)


def test_bodies_of_other_messages_are_not_taken_for_the_one_asked_for() -> None:
    with facing(FETCH=says(b"* 2 FETCH (UID 8 BODY[]<0> {5}", b"other)")) as (inbox, _):
        inbox.open()
        assert inbox.fetch(SEVEN) is None


@pytest.mark.parametrize(
    "answer",
    [
        b"* 1 FETCH (UID 7 BODY[]<0> {9}",
        b"* 1 FETCH (UID 7 BODY[]<0>",
        b"* 1 FETCH UID 7",
        b"* 1 FETCH (UID seven BODY[]<0> NIL)",
        b'* 1 FETCH (UID 7 BODY[]<0> "unclosed)',
        b"nonsense",
        b"* BYE overloaded",
    ],
)
def test_a_server_that_breaks_the_protocol_is_a_lost_connection(answer: bytes) -> None:
    with facing(timeout=0.5, FETCH=says(answer)) as (inbox, _):
        inbox.open()
        with pytest.raises(TemporaryError):
            inbox.fetch(SEVEN)
        assert inbox.open().uidvalidity == 5


def test_a_date_or_size_that_cannot_be_read_stops_nothing() -> None:
    with facing(FETCH=says(b'* 1 FETCH (UID 7 RFC822.SIZE NIL INTERNALDATE "whenever")')) as (inbox, _):
        inbox.open()
        assert inbox.everything() == [Location("7", 0, None, "5-7.eml")]


def test_a_mailbox_without_uidvalidity_is_refused() -> None:
    with facing(SELECT=says(b"* 1 EXISTS")) as (inbox, _), pytest.raises(PermanentError, match="UIDVALIDITY"):
        inbox.open()


def test_a_large_mailbox_is_listed_in_parts() -> None:
    def find(session: Session, arguments: bytes) -> None:
        session.say(b"* SEARCH 7" if arguments.startswith(b"UID 1:") else b"* SEARCH 100007")

    with facing(SELECT=says(b"* 1 EXISTS", b"* OK [UIDVALIDITY 5]", b"* OK [UIDNEXT 100008]"), SEARCH=find) as (inbox, server):
        inbox.open()
        inbox.everything()
    asked = [command.partition(b"SEARCH ")[2] for command in server.commands if b"SEARCH" in command]
    assert asked == [b"UID 1:50000", b"UID 50001:100000", b"UID 100001:*"]


def test_starttls_that_is_not_offered_is_not_done_without() -> None:
    with scripted() as server:
        inbox = ImapInbox(ImapAccount(server.host, server.port, "starttls", "user", lambda: "password"))
        with pytest.raises(PermanentError, match="STARTTLS"):
            inbox.open()
    assert not any(b"LOGIN" in command for command in server.commands)


@pytest.mark.parametrize(("answer", "error"), [(b"[UNAVAILABLE] later", TemporaryError), (b"[AUTHENTICATIONFAILED] no", PermanentError)])
def test_a_login_refused_for_now_is_not_refused_for_good(answer: bytes, error: type[Exception]) -> None:
    def refuse(session: Session, _arguments: bytes) -> None:
        session.refuse = answer

    with facing(LOGIN=refuse) as (inbox, _), pytest.raises(error):
        inbox.open()


def test_a_connection_lost_during_the_login_is_no_wrong_password() -> None:
    with facing(LOGIN=lambda session, _: session.connection.shutdown(2)) as (inbox, _), pytest.raises(TemporaryError):
        inbox.open()


def test_a_copy_that_the_server_does_not_confirm_leaves_the_original() -> None:
    capable = says(b"* CAPABILITY IMAP4rev1 UIDPLUS")
    with facing(CAPABILITY=capable, LIST=says(b'* LIST () "/" Done')) as (inbox, server):
        inbox.open()
        with pytest.raises(TemporaryError, match="originals stay"):
            inbox.file_away(["7"], "Done")
    assert not any(b"STORE" in command or b"EXPUNGE" in command for command in server.commands)


def test_a_server_without_move_and_uidplus_cannot_file() -> None:
    with facing(LIST=says(b'* LIST () "/" Done')) as (inbox, server):
        inbox.open()
        with pytest.raises(PermanentError, match=r"imap\.file_into"):
            inbox.file_away(["7"], "Done")
    assert not any(b"COPY" in command or b"EXPUNGE" in command for command in server.commands)
