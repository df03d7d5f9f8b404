"""What any inbox must do: one suite for IMAP against a real Dovecot and for a Maildir."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailer.inbox import Inbox
from tests.support.dovecot import Dovecot
from tests.support.inboxes import RECEIVED, ImapPlace, MaildirPlace, Place, letter


@pytest.fixture(params=["imap", "maildir"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "maildir":
        return MaildirPlace(tmp_path / "mail")
    server: Dovecot = request.getfixturevalue("dovecot")
    return ImapPlace(server, request.getfixturevalue("mail_user"))


@pytest.fixture
def inbox(place: Place) -> Iterator[Inbox]:
    opened = place.inbox()
    yield opened
    opened.close()


def known(inbox: Inbox) -> list[str]:
    return [location.uid for location in inbox.everything()]


def test_an_empty_mailbox_holds_nothing(inbox: Inbox) -> None:
    inbox.open()
    assert inbox.new([]) == []
    assert inbox.everything() == []


def test_messages_come_oldest_first_with_exactly_their_bytes(place: Place, inbox: Inbox) -> None:
    sent = [letter(1), letter(2, b"\x00\xff raw bytes\r\n.\r\n"), letter(3, b"x" * 300_000 + b"\r\n")]
    for message in sent:
        place.put(message)
    inbox.open()
    fetched = [inbox.fetch(location) for location in inbox.new([])]
    expected = [message.replace(b"\x00", b"\x80") if isinstance(place, ImapPlace) else message for message in sent]  # RFC 3501 knows no NUL
    assert [f.content for f in fetched] == expected
    assert not any(f.headers_only for f in fetched)


def test_the_size_and_the_time_of_receipt_are_told(place: Place, inbox: Inbox) -> None:
    place.put(letter(1))
    inbox.open()
    (location,) = inbox.new([])
    assert location.size == len(letter(1))
    assert location.internal_date == (RECEIVED if isinstance(place, ImapPlace) else None)


def test_only_messages_that_are_not_known_are_new(place: Place, inbox: Inbox) -> None:
    place.put(letter(1))
    place.put(letter(2))
    inbox.open()
    before = known(inbox)
    assert inbox.new(before) == []
    place.put(letter(3))
    inbox.open()
    (location,) = inbox.new(before)
    assert inbox.fetch(location).content == letter(3)


def test_what_people_have_read_is_new_all_the_same(place: Place, inbox: Inbox) -> None:
    place.put(letter(1))
    place.read_all()
    inbox.open()
    assert [inbox.fetch(location).content for location in inbox.new([])] == [letter(1)]


def test_a_message_keeps_its_uid_when_people_read_it(place: Place, inbox: Inbox) -> None:
    place.put(letter(1))
    inbox.open()
    before = inbox.everything()
    place.read_all()
    inbox.open()
    assert inbox.everything() == before
    assert inbox.fetch(before[0]).content == letter(1)


def test_fetching_changes_nothing_in_the_mailbox(place: Place, inbox: Inbox) -> None:
    place.put(letter(1))
    inbox.open()
    inbox.fetch(inbox.new([])[0])
    assert place.contents() == [letter(1)]
    if isinstance(place, ImapPlace):
        assert b"\\Seen" not in place.dovecot.flags(place.user)
    else:
        assert [file.name for file in (place.folder / "new").iterdir()] == ["1.M1P1.host"]


def test_a_message_that_was_taken_out_is_not_there_and_cannot_be_fetched(place: Place, inbox: Inbox) -> None:
    place.put(letter(1))
    place.put(letter(2))
    inbox.open()
    first, second = inbox.everything()
    place.take_out(letter(1))
    inbox.open()
    assert inbox.everything() == [second]
    assert inbox.fetch(first) is None


def test_of_a_message_over_the_limit_only_the_headers_are_fetched(place: Place) -> None:
    large = letter(1, b"y" * 5000 + b"\r\n")
    place.put(large)
    place.put(letter(2))
    limited = place.inbox(message_bytes=1000)
    limited.open()
    fetched = [limited.fetch(location) for location in limited.new([])]
    limited.close()
    assert fetched[0].content == large[: large.index(b"\r\n\r\n") + 4]
    assert [f.headers_only for f in fetched] == [True, False]


def test_a_message_of_exactly_the_limit_is_fetched_whole(place: Place) -> None:
    place.put(letter(1))
    limited = place.inbox(message_bytes=len(letter(1)))
    limited.open()
    assert limited.fetch(limited.new([])[0]).content == letter(1)
    limited.close()


def test_waiting_ends_when_a_message_comes(place: Place, inbox: Inbox) -> None:
    inbox.open()
    before = known(inbox)
    later = threading.Timer(0.3, place.put, [letter(1)])
    later.start()
    inbox.wait(600, threading.Event())  # longer than a test may take
    later.join()
    inbox.open()
    assert [inbox.fetch(location).content for location in inbox.new(before)] == [letter(1)]


def test_waiting_ends_when_it_is_told_to_stop(inbox: Inbox) -> None:
    inbox.open()
    inbox.new([])
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    inbox.wait(600, stop)
    assert stop.is_set()


def test_waiting_ends_by_itself(inbox: Inbox) -> None:
    inbox.open()
    inbox.new([])
    inbox.wait(0.1, threading.Event())
    inbox.open()
    assert inbox.everything() == []


def test_mailboxes_have_different_names(place: Place, inbox: Inbox, tmp_path: Path) -> None:
    if isinstance(place, ImapPlace):
        other: Inbox = ImapPlace(place.dovecot, f"{place.user}-other").inbox()
    else:
        other = MaildirPlace(tmp_path / "other").inbox()
    assert inbox.open().name != other.open().name
    other.close()


def test_a_closed_inbox_opens_again(place: Place, inbox: Inbox) -> None:
    place.put(letter(1))
    first = inbox.open()
    inbox.close()
    assert inbox.open() == first
    assert len(inbox.everything()) == 1
