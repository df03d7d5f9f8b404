"""Both ways out, each against the real thing: what is sent, what each failure means, and that nothing goes twice unnoticed."""

from __future__ import annotations

import mailbox
import socket
import ssl
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mailer.outbox import AmbiguousError, MaildirOutgoing, Outgoing, UnreachableError
from mailer.smtp import SmtpAccount, SmtpOutgoing
from metering.errors import PermanentError, TemporaryError
from tests.support.smtp_server import Fault, SmtpServer

SENDER, RECIPIENT = "metrology@utility.example", "accounts@school.example"
LETTER = (
    b"Message-ID: <o.1.2@utility.example>\r\nSubject: test\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n"
    b"one\r\n.\r\n..two dots\r\n.hidden\r\nlast\r\n"
)
Servers = Callable[..., SmtpServer]


def account(server: SmtpServer, **changes: object) -> SmtpAccount:
    plain = SmtpAccount(server.host, server.port, server.security, ca_file=server.ca_file, timeout=5.0)
    return replace(plain, **changes)


def send(way_out: Outgoing, letter: bytes = LETTER, recipient: str = RECIPIENT) -> list[str]:
    """Sends and returns what was heard of the phase."""
    phases: list[str] = []
    way_out.send(letter, SENDER, recipient, lambda: phases.append("data"))
    return phases


# --- the same suite for both ways out


class Smtp:
    def __init__(self, servers: Servers) -> None:
        self.server = servers()
        self.way_out: Outgoing = SmtpOutgoing(account(self.server))

    def kept(self) -> list[bytes]:
        return [letter.mime for letter in self.server.received]

    def shut(self) -> None:
        self.server.stop()


class Maildir:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.way_out: Outgoing = MaildirOutgoing(folder)

    def kept(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted((self.folder / "new").glob("*"))]

    def shut(self) -> None:
        self.folder.write_text("a file where the Maildir should be")


@pytest.fixture(params=["smtp", "maildir"])
def post(request: pytest.FixtureRequest, smtp_server: Servers, tmp_path: Path) -> Smtp | Maildir:
    return Smtp(smtp_server) if request.param == "smtp" else Maildir(tmp_path / "mail-out")


def test_the_letter_arrives_byte_for_byte_with_its_dots(post: Smtp | Maildir) -> None:
    send(post.way_out)
    assert post.kept() == [LETTER]


def test_before_data_is_called_once_and_before_the_letter_is_anywhere(post: Smtp | Maildir) -> None:
    kept_then: list[list[bytes]] = []
    post.way_out.send(LETTER, SENDER, RECIPIENT, lambda: kept_then.append(post.kept()))
    assert kept_then == [[]]


def test_when_the_phase_cannot_be_committed_nothing_is_sent(post: Smtp | Maildir) -> None:
    class DatabaseGone(Exception):
        pass

    def fail() -> None:
        raise DatabaseGone

    with pytest.raises(DatabaseGone):
        post.way_out.send(LETTER, SENDER, RECIPIENT, fail)
    assert post.kept() == []


def test_a_shut_way_out_is_told_apart_from_a_refused_letter(post: Smtp | Maildir) -> None:
    post.shut()
    phases: list[str] = []
    with pytest.raises(UnreachableError):
        post.way_out.send(LETTER, SENDER, RECIPIENT, lambda: phases.append("data"))
    assert phases == []


# --- SMTP


@pytest.mark.parametrize(
    ("fault", "error", "said"),
    [
        (Fault.GREYLIST, TemporaryError, "450 4.2.0 greylisted"),
        (Fault.REFUSE_RECIPIENT, PermanentError, "550 5.1.1 .*no such user"),
        (Fault.REFUSE_DATA, TemporaryError, "451 4.3.0 no room"),
        (Fault.CLOSE_BEFORE_DATA, TemporaryError, "127.0.0.1"),
        (Fault.REFUSE_SENDER, UnreachableError, "our own address"),
    ],
)
def test_what_fails_before_the_letter_leaves_never_enters_the_data_phase(
    smtp_server: Servers, fault: Fault, error: type[Exception], said: str
) -> None:
    server = smtp_server()
    server.faults.append(fault)
    phases: list[str] = []
    with pytest.raises(error, match=said) as caught:
        SmtpOutgoing(account(server)).send(LETTER, SENDER, RECIPIENT, lambda: phases.append("data"))
    assert type(caught.value) is error
    assert phases == []
    assert server.received == []


@pytest.mark.parametrize(("fault", "error"), [(Fault.REFUSE_CONTENT, PermanentError), (Fault.DELAY_CONTENT, TemporaryError)])
def test_an_answer_to_the_final_dot_is_an_answer(smtp_server: Servers, fault: Fault, error: type[Exception]) -> None:
    server = smtp_server()
    server.faults.append(fault)
    with pytest.raises(error, match=fault.value[:9]) as caught:
        send(SmtpOutgoing(account(server)))
    assert type(caught.value) is error


@pytest.mark.parametrize(("fault", "kept"), [(Fault.CLOSE_AFTER_DOT, 1), (Fault.LOSE_AFTER_DOT, 0), (Fault.HANG_AFTER_DOT, 1)])
def test_silence_after_the_final_dot_is_ambiguous_whatever_became_of_the_letter(smtp_server: Servers, fault: Fault, kept: int) -> None:
    server = smtp_server()
    server.faults.append(fault)
    with pytest.raises(AmbiguousError):
        send(SmtpOutgoing(account(server, timeout=0.1)))
    assert len(server.received) == kept


def test_a_server_that_hangs_before_the_letter_is_merely_late(smtp_server: Servers) -> None:
    server = smtp_server()
    server.faults.append(Fault.HANG_BEFORE_DATA)
    with pytest.raises(TemporaryError) as caught:
        send(SmtpOutgoing(account(server, timeout=0.5)))
    assert type(caught.value) is TemporaryError


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_letters_go_encrypted_and_logged_in(smtp_server: Servers, security: str) -> None:
    server = smtp_server(security, {"hisobot": "s3cret"})
    way_out = SmtpOutgoing(account(server, user="hisobot", password="s3cret"))
    way_out.check()
    send(way_out)
    (letter,) = server.received
    assert (letter.tls, letter.user, letter.mime) == (True, "hisobot", LETTER)


def test_a_wrong_password_is_our_trouble_and_not_the_letters(smtp_server: Servers) -> None:
    server = smtp_server("starttls", {"hisobot": "s3cret"})
    with pytest.raises(UnreachableError, match=r"login refused \(535.*smtp_password") as caught:
        send(SmtpOutgoing(account(server, user="hisobot", password="wr0ng")))
    assert "wr0ng" not in str(caught.value)
    assert "wr0ng" not in repr(account(server, password="wr0ng"))


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_unknown_authority_is_told_with_its_remedy(smtp_server: Servers, security: str) -> None:
    server = smtp_server(security)
    with pytest.raises(UnreachableError, match=r"not trusted \(.*smtp\.ca_file"):
        send(SmtpOutgoing(account(server, ca_file=None)))


def test_a_certificate_of_another_name_is_not_accepted(smtp_server: Servers) -> None:
    server = smtp_server("tls", name="elsewhere.example")
    with pytest.raises(UnreachableError, match="not trusted"):
        send(SmtpOutgoing(account(server)))


def test_a_server_without_starttls_gets_no_letter_in_clear(smtp_server: Servers) -> None:
    server = smtp_server("none")
    with pytest.raises(UnreachableError, match="STARTTLS"):
        send(SmtpOutgoing(account(server, security="starttls")))
    assert server.received == []


def test_tls_spoken_to_a_plain_server_is_told(smtp_server: Servers) -> None:
    server = smtp_server("none")
    with pytest.raises(UnreachableError, match=r"smtp\.security"):
        send(SmtpOutgoing(account(server, security="tls")))


def test_a_missing_authority_file_is_named(smtp_server: Servers, tmp_path: Path) -> None:
    server = smtp_server("tls")
    with pytest.raises(UnreachableError, match=r"gone\.pem"):
        send(SmtpOutgoing(account(server, ca_file=tmp_path / "gone.pem")))


def test_a_password_is_never_sent_in_clear() -> None:
    with pytest.raises(PermanentError, match="in clear"):
        SmtpOutgoing(SmtpAccount("localhost", security="none", user="hisobot", password="s3cret"))


def test_a_silent_port_does_not_hold_the_loop() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, pytest.raises(UnreachableError, match="Timed out"):
        send(SmtpOutgoing(SmtpAccount("127.0.0.1", listener.getsockname()[1], "none", timeout=0.3)))


@pytest.mark.parametrize("recipient", ["отчёт@school.example", "a@school.example\r\nDATA", "a b@school.example>\x00"])
def test_an_address_that_smtp_cannot_say_is_given_up_not_crashed_on(smtp_server: Servers, recipient: str) -> None:
    server = smtp_server()
    with pytest.raises(PermanentError):
        send(SmtpOutgoing(account(server)), recipient=recipient)
    assert server.received == []


# --- Maildir


def test_a_repeated_letter_makes_no_second_file(tmp_path: Path) -> None:
    way_out = MaildirOutgoing(tmp_path)
    send(way_out)
    send(way_out)
    assert len(mailbox.Maildir(tmp_path)) == 1
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_repeated_letter_that_was_already_read_does_not_come_back(tmp_path: Path) -> None:
    way_out = MaildirOutgoing(tmp_path)
    send(way_out)
    (unread,) = (tmp_path / "new").iterdir()
    unread.rename(tmp_path / "cur" / f"{unread.name}:2,S")
    send(way_out)
    assert len(mailbox.Maildir(tmp_path)) == 1


def test_two_letters_are_two_files(tmp_path: Path) -> None:
    way_out = MaildirOutgoing(tmp_path)
    send(way_out)
    send(way_out, LETTER.replace(b"<o.1", b"<o.7"))
    assert len(mailbox.Maildir(tmp_path)) == 2


def test_the_tls_of_the_system_is_not_weakened() -> None:
    from mailer.smtp import _tls_context

    context = _tls_context(SmtpAccount("mail.example"))
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
