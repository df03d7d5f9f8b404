"""`hisobot check`: what each part says when all is well, and the remedy when it is not, against real servers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from service.check import Probe, State, probe_all
from service.config import ImapSettings, MailSettings, SecretSettings, Settings, SignatureSettings, SmtpSettings
from tests.service.commands import hisobot
from tests.support.dovecot import PASSWORD, Dovecot
from tests.support.signing import PASSPHRASE, Signing
from tests.support.smtp_server import SmtpServer


def probes(home: Path, **settings: object) -> dict[str, Probe]:
    found = list(probe_all(Settings(home=home, **settings)))
    assert not any("hunter2" in probe.text or PASSWORD in probe.text for probe in found)
    return {probe.part: probe for probe in found}


def imap(dovecot: Dovecot, user: str, **changes: object) -> ImapSettings:
    return ImapSettings(**{"host": dovecot.host, "port": dovecot.port, "security": "none", "user": user, "timeout_seconds": 5.0, **changes})


def secret(**given: str) -> SecretSettings:
    return SecretSettings(**given)


def test_an_empty_folder_needs_nothing_but_says_that_senders_are_not_checked(tmp_path: Path) -> None:
    found = probes(tmp_path)
    assert {part: probe.state for part, probe in found.items()} == {
        "settings": State.GOOD,
        "inbox": State.GOOD,
        "senders": State.WARNING,
        "blobs": State.GOOD,
        "database": State.GOOD,
        "sandbox": State.GOOD,
        "tesseract": State.GOOD,
        "outgoing": State.GOOD,
        "calendar": State.WARNING,
        "signature": State.GOOD,
    }
    assert "documents are not signed" in found["signature"].text
    assert "set mail.authserv_id" in found["senders"].text
    assert "set calendar.since" in found["calendar"].text
    assert "no imap.host is set" in found["inbox"].text
    assert "no smtp.host is set" in found["outgoing"].text
    assert list((tmp_path / "blobs").iterdir()) == []


def test_the_key_that_signs_is_opened_and_its_days_are_told(tmp_path: Path, signing: Signing) -> None:
    given = SignatureSettings(pkcs12_file=signing.quick, timestamp_url=signing.served.timestamp_url)
    good = probes(tmp_path, signature=given, secrets=secret(signature_passphrase=PASSPHRASE))["signature"]
    assert (good.state, "valid until" in good.text) == (State.GOOD, True), good.text
    wrong = probes(tmp_path, signature=given, secrets=secret(signature_passphrase="hunter2"))["signature"]
    assert (wrong.state, "passphrase is wrong" in wrong.text) == (State.MISSING, True)
    away = given.model_copy(update={"timestamp_url": "http://127.0.0.1:9/"})
    later = probes(tmp_path, signature=away, secrets=secret(signature_passphrase=PASSPHRASE))["signature"]
    assert (later.state, "timestamp server" in later.text) == (State.LATER, True)


def test_real_servers_are_good(tmp_path: Path, dovecot: Dovecot, mail_user: str, smtp_server: Callable[..., SmtpServer]) -> None:
    server = smtp_server("starttls", {"metrology": PASSWORD})
    smtp = SmtpSettings(host=server.host, port=server.port, user="metrology", ca_file=server.ca_file)
    found = probes(
        tmp_path,
        imap=imap(dovecot, mail_user),
        smtp=smtp,
        mail=MailSettings(authserv_id="mx.test"),
        calendar={"since": "2026-12"},
        secrets=secret(imap_password=PASSWORD, smtp_password=PASSWORD),
    )
    assert {probe.state for probe in found.values()} == {State.GOOD}, found
    assert "UIDVALIDITY" in found["inbox"].text
    assert found["outgoing"].text == f"SMTP {server.host}"
    assert server.received == []


@pytest.mark.parametrize(
    ("changes", "password", "state", "remedy"),
    [
        ({}, "hunter2", State.MISSING, "mend imap.user or the secret imap_password"),
        ({}, None, State.MISSING, "set HISOBOT_SECRETS__IMAP_PASSWORD or the systemd credential imap_password"),
        ({"mailbox": "Nowhere"}, PASSWORD, State.MISSING, "mend imap.mailbox"),
        ({"port": 1}, PASSWORD, State.LATER, "127.0.0.1"),
        ({"host": "mail.invalid"}, PASSWORD, State.LATER, "mail.invalid"),
        ({"security": "starttls"}, PASSWORD, State.MISSING, "imap.ca_file"),
        ({"security": "starttls", "ca_file": "/nowhere.pem"}, PASSWORD, State.MISSING, "imap.ca_file /nowhere.pem cannot be used"),
    ],
)
def test_a_wrong_imap_setting_is_named(
    tmp_path: Path, dovecot: Dovecot, mail_user: str, changes: dict[str, object], password: str | None, state: State, remedy: str
) -> None:
    given = secret(imap_password=password) if password else secret()
    found = probes(tmp_path, imap=imap(dovecot, mail_user, **changes), secrets=given)
    assert found["inbox"].state is state, found["inbox"].text
    assert remedy in found["inbox"].text
    assert found["database"].state is State.GOOD


@pytest.mark.parametrize(
    ("changes", "password", "state", "remedy"),
    [
        ({}, "hunter2", State.LATER, "check smtp.user and the smtp_password secret"),  # it burns no letter: all wait until it is mended
        ({}, None, State.MISSING, "set HISOBOT_SECRETS__SMTP_PASSWORD or the systemd credential smtp_password"),
        ({"port": 1}, PASSWORD, State.LATER, "127.0.0.1"),
        ({"host": "mail.invalid"}, PASSWORD, State.LATER, "mail.invalid"),
        ({"ca_file": None}, PASSWORD, State.LATER, "name the authority in smtp.ca_file"),
        ({"security": "none"}, PASSWORD, State.MISSING, "use tls or starttls"),
    ],
)
def test_a_wrong_smtp_setting_is_named(
    tmp_path: Path,
    smtp_server: Callable[..., SmtpServer],
    changes: dict[str, object],
    password: str | None,
    state: State,
    remedy: str,
) -> None:
    server = smtp_server("starttls", {"metrology": PASSWORD})
    given = {"host": server.host, "port": server.port, "user": "metrology", "ca_file": server.ca_file, "timeout_seconds": 5.0}
    found = probes(tmp_path, smtp=SmtpSettings(**{**given, **changes}), secrets=secret(smtp_password=password) if password else secret())
    assert found["outgoing"].state is state, found["outgoing"].text
    assert remedy in found["outgoing"].text


def test_a_postgresql_without_a_schema_is_told_to_upgrade(tmp_path: Path, new_postgresql: Callable[[], str]) -> None:
    found = probes(tmp_path, database_url=new_postgresql())
    assert found["database"].state is State.MISSING
    assert found["database"].text.endswith("run: hisobot db upgrade")


def test_a_folder_of_blobs_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "blobs").touch()
    found = probes(tmp_path)
    assert found["blobs"].state is State.MISSING
    assert f"{tmp_path}/blobs cannot be written" in found["blobs"].text


def test_letters_that_begin_with_a_month_are_no_warning(tmp_path: Path) -> None:
    found = probes(tmp_path, calendar={"since": "2026-12"})["calendar"]
    assert (found.state, found.text) == (State.GOOD, "reminders and notices are written from 2026-12 on")


def test_a_sandbox_that_cannot_work_is_named(tmp_path: Path) -> None:
    found = probes(tmp_path, limits={"open_seconds": 0.001})
    assert (found["sandbox"].state, found["sandbox"].text) == (State.MISSING, "opening took more than 0.001 s")


def test_the_exit_code_says_whether_a_person_is_needed(tmp_path: Path) -> None:
    smtp = {"HISOBOT_SMTP__HOST": "127.0.0.1", "HISOBOT_SMTP__PORT": "1"}
    later = hisobot(tmp_path, "check", **smtp)
    assert later.code == 3
    assert "TRY AGAIN  outgoing" in later.out
    worse = hisobot(tmp_path, "check", HISOBOT_DATABASE_URL="mysql://u:hunter2@h/x", HISOBOT_DATABSE_URL="hunter2", **smtp)
    assert worse.code == 4
    assert "MISSING    database   no such kind of database: mysql" in worse.out
    assert "warning    settings   no setting has this name, it does nothing: HISOBOT_DATABSE_URL" in worse.out
    assert "hunter2" not in worse.out + worse.err
