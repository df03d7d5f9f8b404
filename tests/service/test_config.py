"""Settings: where they come from and in which order, what is refused and by which name, and that no secret is ever shown."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

from metering.errors import PermanentError
from service.assembly import inbox_of, outgoing_of
from service.config_file import load_settings, unknown_variables
from tests.service.commands import plain_environment


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in set(os.environ) - set(plain_environment()):
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings_file(content: str, name: str = "hisobot.toml") -> Path:
    file = Path(name)
    file.parent.mkdir(exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return file


def refusal(file: Path | None = None) -> str:
    with pytest.raises(PermanentError) as refused:
        load_settings(file)
    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None
    return str(refused.value)


def test_without_a_file_the_defaults_hold_and_everything_lies_here() -> None:
    settings = load_settings()
    assert (settings.database, settings.blobs) == ("sqlite:///hisobot.db", Path("blobs"))
    assert settings.mail.address == "metrology@teploenergo.uz"


def test_the_file_is_the_one_given_else_of_hisobot_config_else_of_hisobot_home_else_here(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {name: settings_file(f'[mail]\ndisplay_name = "{name}"', f"{name}/hisobot.toml") for name in ("given", "config", "home")}
    settings_file('[mail]\ndisplay_name = "here"')
    assert load_settings().mail.display_name == "here"
    monkeypatch.setenv("HISOBOT_HOME", "home")
    assert load_settings().mail.display_name == "home"
    assert load_settings().blobs == Path("home/blobs")
    monkeypatch.setenv("HISOBOT_CONFIG", str(files["config"]))
    assert load_settings().mail.display_name == "config"
    assert load_settings(files["given"]).mail.display_name == "given"
    assert load_settings(files["given"]).blobs == Path("home/blobs")


def test_an_empty_hisobot_config_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HISOBOT_CONFIG", "")
    assert load_settings().imap.host is None


def test_the_environment_comes_before_the_file_and_leaves_its_other_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    settings_file('[mail]\nauthserv_id = "mx.a"\nown_hosts = ["mx.a"]\n[rules]\nload_factor = 1.3')
    monkeypatch.setenv("HISOBOT_MAIL__OWN_HOSTS", "mx.b, mx.c")
    settings = load_settings()
    assert (settings.mail.authserv_id, settings.mail.own_hosts) == ("mx.a", ("mx.b", "mx.c"))
    assert settings.rules.load_factor == Decimal("1.3")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('[mail]\nadress = "a@b"', "mail.adress: there is no such setting"),
        ("speed = 1", "speed: there is no such setting"),
        ("[imap]\nport = 99999", "imap.port: Input should be less than or equal to 65535"),
        ('[imap]\nsecurity = "ssl"', "imap.security: Input should be 'tls', 'starttls' or 'none'"),
        ("[imap]\ntimeout_seconds = 0", "imap.timeout_seconds: Input should be greater than 0"),
        ("[smtp]\ntimeout_seconds = nan", "smtp.timeout_seconds: "),
        ("[rules]\ndeadline_day = 32", "rules.deadline_day: "),
        ('[mail]\naddress = "Metrology"', "mail.address: is no mail address"),
        ('mail = "a@b"', "mail: "),
        ("[mail]\nown_hosts = [1]", "mail.own_hosts.0: "),
        ("[mail", "is not TOML: "),
        ('[secrets]\nimap_password = "hunter2"', "secrets do not belong into the file"),
        ('database_url = "postgresql://hisobot:hunter2@db/x"', "database_url holds a password"),
        ('database_url = "postgresql:///x?host=/run&password=hunter2"', "database_url holds a password"),
    ],
)
def test_what_is_wrong_in_the_file_is_named_with_the_file(content: str, complaint: str) -> None:
    file = settings_file(content, "somewhere.toml")
    said = refusal(file)
    assert complaint in said
    assert "somewhere.toml" in said


def test_all_that_is_wrong_is_said_at_once() -> None:
    said = refusal(settings_file('[imap]\nport = "x"\n[smtp]\nhosst = "y"'))
    assert "imap.port: " in said
    assert "smtp.hosst: " in said


def test_a_file_that_cannot_be_read_is_told_so(here: Path) -> None:
    assert "missing.toml does not exist" in refusal(Path("missing.toml"))
    assert "cannot be read: Is a directory" in refusal(here)
    Path("cp1251.toml").write_bytes('[mail]\ndisplay_name = "Энерго"'.encode("cp1251"))
    assert "cp1251.toml is not UTF-8" in refusal(Path("cp1251.toml"))


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("HISOBOT_MAIL__ADRESS", "hunter2", "HISOBOT_MAIL__ADRESS: there is no such setting"),
        ("HISOBOT_MALL__ADDRESS", "hunter2", "no such setting: HISOBOT_MALL__ADDRESS"),
        ("HISOBOT_IMAP__PORT", "hunter2", "HISOBOT_IMAP__PORT: Input should be a valid integer"),
        ("HISOBOT_SECRETS__IMAP_PASWORD", "hunter2", "HISOBOT_SECRETS__IMAP_PASWORD: there is no such setting"),
        ("HISOBOT_SECRETS__IMAP_PASSWORD", "", "HISOBOT_SECRETS__IMAP_PASSWORD: is empty"),
        ("HISOBOT_SECRETS", "hunter2", 'value for field "secrets"'),
        ("HISOBOT_SECRETS", '["hunter2"]', "HISOBOT_SECRETS: "),
        ("HISOBOT_SECRETS", '{"imap_password": ["hunter2"]}', "imap_password: Input should be a valid string"),
    ],
)
def test_what_is_wrong_in_the_environment_is_named_by_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, complaint: str
) -> None:
    monkeypatch.setenv(name, value)
    assert complaint in refusal()


def test_a_variable_that_may_be_somebody_elses_is_no_error_but_can_be_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HISOBOT_DATABSE_URL", "sqlite:///other.db")
    monkeypatch.setenv("HISOBOT_HOME", ".")
    assert load_settings().database_url is None
    assert unknown_variables() == ["HISOBOT_DATABSE_URL"]


@pytest.fixture
def credentials(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = here / "credentials"
    folder.mkdir()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    return folder


def test_secrets_are_systemds_credentials_without_their_line_end_and_the_environment_comes_first(
    credentials: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (credentials / "imap_password").write_text(" hunter2 \n")
    (credentials / "smtp_password").write_text("of the file\n")
    (credentials / "somebody_elses").write_text("x")
    monkeypatch.setenv("HISOBOT_SECRETS__SMTP_PASSWORD", "of the environment")
    secrets = load_settings().secrets
    assert secrets.imap_password is not None
    assert secrets.imap_password.get_secret_value() == " hunter2 "
    assert secrets.smtp_password is not None
    assert secrets.smtp_password.get_secret_value() == "of the environment"
    assert secrets.imap_token is None


def test_a_credential_that_cannot_be_used_is_named_and_not_shown(credentials: Path) -> None:
    file = credentials / "imap_token"
    file.write_bytes(b"hunter2\xff")
    assert "systemd credential imap_token is not UTF-8" in refusal()
    file.write_text("\n")
    assert "systemd credential imap_token: is empty" in refusal()
    file.unlink()
    file.mkdir()
    assert "systemd credential imap_token cannot be read: Is a directory" in refusal()


def test_settings_show_no_secret(credentials: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (credentials / "imap_password").write_text("hunter2")
    monkeypatch.setenv("HISOBOT_SECRETS__MESSAGE_ID_KEY", "hunter2")
    settings = load_settings()
    assert "hunter2" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_a_missing_secret_is_named_with_both_ways_to_give_it(monkeypatch: pytest.MonkeyPatch) -> None:
    settings_file('[imap]\nhost = "127.0.0.1"\n[smtp]\nhost = "127.0.0.1"\nuser = "u"')
    with pytest.raises(PermanentError, match="set HISOBOT_SECRETS__SMTP_PASSWORD or the systemd credential smtp_password"):
        outgoing_of(load_settings())


def test_relative_paths_are_relative_to_home(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    monkeypatch.setenv("HISOBOT_HOME", str(here / "home"))
    assert inbox_of(load_settings()).open().name == f"maildir:{here}/home/mail-in"
