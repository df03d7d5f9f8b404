"""IMAP alone, against a real Dovecot: ways in, UIDs that change their meaning, filing, and what a quiet poll costs."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailer.imap import ImapInbox
from metering.errors import PermanentError, TemporaryError
from tests.support.dovecot import Dovecot
from tests.support.inboxes import RECEIVED, ImapPlace, letter
from tests.support.proxy import proxied
from tests.support.smtp_server import Certificates


@pytest.fixture
def place(dovecot: Dovecot, mail_user: str) -> ImapPlace:
    return ImapPlace(dovecot, mail_user)


@pytest.fixture
def inbox(place: ImapPlace) -> Iterator[ImapInbox]:
    opened = place.inbox()
    yield opened
    opened.close()


def holds(place: ImapPlace, **account: object) -> list[bytes]:
    """What an inbox with these settings finds."""
    inbox = ImapInbox(place.account(**account))
    inbox.open()
    found = [inbox.fetch(location).content for location in inbox.new([])]
    inbox.close()
    return found


def test_mail_is_read_over_tls(place: ImapPlace, certificates: Certificates) -> None:
    place.put(letter(1))
    assert holds(place, security="tls", port=place.dovecot.tls_port, ca_file=certificates.authority) == [letter(1)]


def test_mail_is_read_over_starttls(place: ImapPlace, certificates: Certificates) -> None:
    place.put(letter(1))
    assert holds(place, security="starttls", ca_file=certificates.authority) == [letter(1)]


def test_mail_is_read_with_an_access_token(place: ImapPlace) -> None:
    place.put(letter(1))
    assert holds(place, authentication="xoauth2", secret=lambda: f"ya29.token-of-{place.user}") == [letter(1)]


def test_the_token_is_asked_for_anew_at_each_login(place: ImapPlace) -> None:
    tokens = iter(["an expired one", f"ya29.token-of-{place.user}"])
    inbox = ImapInbox(place.account(authentication="xoauth2", secret=lambda: next(tokens)))
    with pytest.raises(PermanentError):
        inbox.open()
    inbox.open()
    inbox.close()


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_of_an_unknown_authority_is_refused(place: ImapPlace, security: str) -> None:
    port = place.dovecot.tls_port if security == "tls" else place.dovecot.port
    with pytest.raises(PermanentError, match=r"imap\.ca_file"):
        ImapInbox(place.account(security=security, port=port)).open()


def test_a_certificate_for_another_host_is_refused(place: ImapPlace, certificates: Certificates) -> None:
    account = place.account(host="localhost", security="tls", port=place.dovecot.tls_port, ca_file=certificates.authority)
    with pytest.raises(PermanentError, match="not trusted"):
        ImapInbox(account).open()


def test_a_ca_file_that_is_missing_is_named(place: ImapPlace, tmp_path: Path) -> None:
    with pytest.raises(PermanentError, match="nowhere"):
        ImapInbox(place.account(security="starttls", ca_file=tmp_path / "nowhere.pem")).open()


@pytest.mark.parametrize(
    ("way", "remedy"), [({}, "imap_password"), ({"authentication": "xoauth2"}, "imap_token"), ({"user": "показания"}, "imap_password")]
)
def test_a_refused_login_names_the_remedy_and_not_the_secret(place: ImapPlace, way: dict[str, object], remedy: str) -> None:
    with pytest.raises(PermanentError, match=remedy) as caught:
        ImapInbox(place.account(secret=lambda: "a-wrong-secret", **way)).open()
    assert "a-wrong-secret" not in str(caught.value)


def test_a_mailbox_that_does_not_exist_names_the_setting(place: ImapPlace) -> None:
    with pytest.raises(PermanentError, match=r"imap\.mailbox"):
        ImapInbox(place.account(mailbox="Otchety")).open()


def test_a_mailbox_with_a_cyrillic_name_is_read(place: ImapPlace) -> None:
    with place.dovecot.connect(place.user) as client:
        client.create_folder("Отчёты")
        client.append("Отчёты", letter(1))
    assert holds(place, mailbox="Отчёты") == [letter(1)]


def test_no_server_is_a_temporary_error(place: ImapPlace) -> None:
    with pytest.raises(TemporaryError):
        ImapInbox(place.account(port=1)).open()


def test_internal_dates_of_any_zone_are_told_in_utc(place: ImapPlace, inbox: ImapInbox) -> None:
    place.put(letter(1), RECEIVED.astimezone(dt.timezone(dt.timedelta(hours=5))))
    inbox.open()
    assert [location.internal_date for location in inbox.new([])] == [RECEIVED]


def test_a_new_uidvalidity_makes_another_mailbox_of_it(place: ImapPlace, inbox: ImapInbox) -> None:
    place.put(letter(1))
    before = inbox.open()
    inbox.close()
    place.dovecot.start_anew(place.user)
    after = inbox.open()
    assert after.name == before.name
    assert after.uidvalidity != before.uidvalidity
    assert [inbox.fetch(location).content for location in inbox.new([])] == [letter(1)]


def test_uids_that_begin_again_are_listed_although_they_are_known(place: ImapPlace, inbox: ImapInbox) -> None:
    for number in (1, 2, 3):
        place.put(letter(number))
    before = inbox.open()
    known = {location.uid: location for location in inbox.everything()}
    inbox.close()
    place.dovecot.turn_back_uids(place.user)
    place.put(letter(4), RECEIVED + dt.timedelta(days=1))
    assert inbox.open() == before
    (location,) = inbox.new(known)
    assert location.uid == "1"
    assert location != known["1"]
    assert inbox.fetch(location).content == letter(4)


def test_a_message_that_is_copied_back_is_new(place: ImapPlace, inbox: ImapInbox) -> None:
    place.put(letter(1))
    inbox.open()
    known = [location.uid for location in inbox.everything()]
    with place.dovecot.connect(place.user) as client:
        client.select_folder("INBOX")
        client.copy([int(known[0])], "INBOX")
    inbox.open()
    assert [inbox.fetch(location).content for location in inbox.new(known)] == [letter(1)]


def test_a_message_appended_during_the_poll_is_found_by_this_poll_or_the_next(place: ImapPlace, inbox: ImapInbox) -> None:
    place.put(letter(1))
    inbox.open()
    known = [location.uid for location in inbox.new([])]
    place.put(letter(2))
    found = inbox.new(known)
    inbox.open()
    found += inbox.new([*known, *(location.uid for location in found)])
    assert [inbox.fetch(location).content for location in found] == [letter(2)]


def test_filing_moves_messages_and_makes_the_folder(place: ImapPlace) -> None:
    place.put(letter(1))
    place.put(letter(2))
    inbox = ImapInbox(place.account(writable=True))
    inbox.open()
    inbox.file_away([inbox.everything()[0].uid], "Обработано")
    inbox.close()
    assert place.contents() == [letter(2)]
    assert place.dovecot.bodies(place.user, "Обработано") == [letter(1)]


def test_filing_what_is_gone_does_nothing(place: ImapPlace) -> None:
    place.put(letter(1))
    inbox = ImapInbox(place.account(writable=True))
    inbox.open()
    inbox.file_away(["77"], "Done")
    inbox.file_away([], "Done")
    inbox.close()
    assert place.contents() == [letter(1)]


def test_filing_without_move_takes_only_its_own_messages_away(plain_dovecot: Dovecot, mail_user: str) -> None:
    place = ImapPlace(plain_dovecot, mail_user)
    for number in (1, 2, 3):
        place.put(letter(number))
    with plain_dovecot.connect(mail_user) as client:
        client.select_folder("INBOX")
        client.add_flags([2], [b"\\Deleted"])  # a person is about to delete it; that is no business of ours
    inbox = ImapInbox(place.account(writable=True))
    inbox.open()
    inbox.file_away(["1", "3", "99"], "Done")
    inbox.close()
    assert place.contents() == [letter(2)]
    assert plain_dovecot.bodies(mail_user, "Done") == [letter(1), letter(3)]
    inbox.open()
    inbox.file_away(["1", "3"], "Done")
    inbox.close()
    assert plain_dovecot.bodies(mail_user, "Done") == [letter(1), letter(3)]


def test_without_idle_waiting_is_only_a_pause(plain_dovecot: Dovecot, mail_user: str) -> None:
    inbox = ImapPlace(plain_dovecot, mail_user).inbox()
    inbox.open()
    inbox.wait(0.1, threading.Event())
    inbox.open()
    inbox.close()


def test_a_quiet_poll_of_a_mailbox_with_20000_messages_moves_next_to_nothing(place: ImapPlace) -> None:
    place.put(letter(0))
    place.dovecot.fill(place.user, 19_999, letter(1, b"z" * 1000 + b"\r\n"))
    with proxied(place.dovecot.host, place.dovecot.port) as proxy:
        place.through = (proxy.host, proxy.port)
        inbox = place.inbox()
        inbox.open()
        known = [location.uid for location in inbox.everything()]
        assert len(known) == 20_000
        inbox.close()

        def cost() -> int:
            before = proxy.received + proxy.sent
            inbox.open()
            assert inbox.new(known) == []
            return proxy.received + proxy.sent - before

        on_a_new_connection, on_an_open_one = cost(), cost()
        inbox.close()
    assert on_a_new_connection < 10_000
    assert on_an_open_one < 2_000
