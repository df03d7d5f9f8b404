"""`hisobot run` as it is started on a machine, against a real IMAP server and a real SMTP server."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.mailing import Mailing, of_stories
from tests.support.dovecot import Dovecot
from tests.support.process_tree import Instance, bookings, descendants, fates, running, wait_until
from tests.support.smtp_server import SmtpServer

STORIES = (
    "accepted",
    "a-mail-a-meter",
    "bounce",
    "failed-authentication",
    "nothing",
    "one-of-two-contracts-is-not-his",
    "same-file-again",
    "scanner-that-mails",
    "stamp-supplied-later",
    "stranger",
)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def mailing(tmp_path_factory: pytest.TempPathFactory) -> Mailing:
    return of_stories(STORIES, tmp_path_factory.mktemp("mailing") / "register")


@pytest.fixture(scope="module")
def ingested(mailing: Mailing, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """What becomes of the same mail as files."""
    home = tmp_path_factory.mktemp("ingested")
    instance = Instance(home, f"sqlite:///{home}/hisobot.db")
    instance.command("register", "import", mailing.register / "contracts.csv", mailing.register / "meters.csv")
    instance.command("ingest", mailing.write(home / "mail"))
    return instance


def test_a_mailbox_that_is_polled_ends_as_the_same_files_that_are_ingested(
    mailing: Mailing,
    ingested: Instance,
    tmp_path: Path,
    database_url: str,
    dovecot: Dovecot,
    mail_user: str,
    smtp_server: Callable[..., SmtpServer],
) -> None:
    server = smtp_server()
    polled = Instance(tmp_path / "polled", database_url)
    polled.reach(dovecot, mail_user, server)
    polled.command("register", "import", mailing.register / "contracts.csv", mailing.register / "meters.csv")
    for each in mailing.mails:
        dovecot.append(mail_user, each.raw, each.received_at)
    before = dovecot.bodies(mail_user)
    wanted = ingested.exported("messages")
    replies = sum(row["reply"] is not None for row in wanted)
    with running(polled):
        wait_until(lambda: len(server.received) >= replies and polled.decided() == len(mailing.mails), 120, polled.log)
        assert len(descendants(polled.process.pid)) >= 4  # run, intake, deliver, a reader
        assert polled.stop() == 0
    assert fates(polled.exported("messages")) == fates(wanted)
    assert bookings(polled.exported("readings")) == bookings(ingested.exported("readings"))
    check_letters(server, wanted)
    assert dovecot.bodies(mail_user) == before
    assert dovecot.flags(mail_user) <= {b"\\Recent"}
    assert list((tmp_path / "polled" / "tmp").glob("hisobot-*")) == []


def check_letters(server: SmtpServer, rows: list[dict]) -> None:
    """Each message that is owed an answer got one, at its sender or an address of the register, in its thread."""
    owed = {row["message_id"]: row["sender"] for row in rows if row["reply"]}
    letters = [(email.message_from_bytes(each.mime, policy=email.policy.default), each) for each in server.received]
    assert sorted(letter["In-Reply-To"] for letter, _ in letters) == sorted(owed)
    assert len({letter["Message-ID"] for letter, _ in letters}) == len(letters)
    for letter, sent in letters:
        assert letter["References"].split()[-1] == letter["In-Reply-To"]
        assert letter["Auto-Submitted"] == "auto-replied"
        assert sent.recipient == letter["To"] == owed[letter["In-Reply-To"]]
