"""Settings: one TOML file, the environment, and secrets from systemd credentials; unknown keys are refused."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from metering.decisions import Policy
from metering.errors import PermanentError


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _split(given: object) -> object:
    return tuple(name.strip() for name in given.split(",") if name.strip()) if isinstance(given, str) else given


#: A list in the TOML file; in the environment names with commas between them.
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]


class MailSettings(_Section):
    address: str = "metrology@teploenergo.uz"
    display_name: str = "Teploenergo"  # beside the address in From of our letters
    authserv_id: str | None = None  # of our receiving server; without it every sender counts as unchecked
    own_hosts: Names = ()  # names in "by" of our own servers' Received lines

    @property
    def trusted_hosts(self) -> tuple[str, ...]:
        """Hosts whose Received lines are ours: those named, else the receiving server alone."""
        return self.own_hosts or ((self.authserv_id,) if self.authserv_id else ())


class ImapSettings(_Section):
    host: str | None = None  # no host: the inbox is the Maildir
    port: int | None = None  # default 993 with TLS, else 143
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str = ""
    authentication: Literal["login", "xoauth2"] = "login"
    mailbox: str = "INBOX"
    file_into: str | None = None  # folder for handled messages; None: nothing in the mailbox is touched
    ca_file: Path | None = None
    timeout_seconds: float = 30.0
    poll_seconds: float = 60.0


class SmtpSettings(_Section):
    host: str | None = None  # no host: letters go into the outgoing Maildir
    port: int | None = None  # default 465 with TLS, 587 with STARTTLS, 25 with neither
    security: Literal["tls", "starttls", "none"] = "starttls"
    user: str | None = None
    ca_file: Path | None = None
    timeout_seconds: float = 60.0


class MaildirSettings(_Section):
    incoming: Path = Path("mail-in")
    outgoing: Path = Path("mail-out")


class SecretSettings(_Section):
    """Never in the TOML file: from HISOBOT_SECRETS__NAME or from the systemd credential of the same name."""

    imap_password: SecretStr | None = None
    imap_token: SecretStr | None = None
    smtp_password: SecretStr | None = None
    message_id_key: SecretStr | None = None  # HMAC key of our Message-IDs; made and kept at first use if not given


class LimitSettings(_Section):
    attachment_bytes: int = 10_485_760  # decoded (announcement 3.4: 10 MB)
    message_bytes: int = 41_943_040  # larger ones are known by their headers only
    open_seconds: float = 60.0  # wall clock for opening one message
    read_seconds: float = 120.0  # wall clock for reading one file
    replies_per_address: int = 10  # in 3 hours, plus one for each linked contract
    replies_per_hour: int = 5000


class RuleSettings(_Section):
    deadline_day: int = Field(25, ge=1, le=31)
    period_closes_day: int = Field(10, ge=1, le=31)
    load_factor: Decimal = Decimal("1.2")
    index_tolerance: Decimal = Decimal("0.01")

    def policy(self) -> Policy:
        return Policy(self.deadline_day, self.period_closes_day, self.load_factor, self.index_tolerance)


class Settings(BaseSettings):
    """All settings. Values come from the environment (HISOBOT_SECTION__KEY) before the TOML file."""

    model_config = SettingsConfigDict(env_prefix="HISOBOT_", env_nested_delimiter="__", extra="forbid")

    home: Path = Path()  # everything relative is relative to it
    database_url: str | None = None  # default: SQLite, hisobot.db in home
    mail: MailSettings = MailSettings()
    imap: ImapSettings = ImapSettings()
    smtp: SmtpSettings = SmtpSettings()
    maildir: MaildirSettings = MaildirSettings()
    limits: LimitSettings = LimitSettings()
    rules: RuleSettings = RuleSettings()
    secrets: SecretSettings = SecretSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, cls.model_config.get("toml_file"))

    def at_home(self, path: Path) -> Path:
        return self.home / path

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.home / 'hisobot.db'}"

    @property
    def blobs(self) -> Path:
        return self.home / "blobs"


def load_settings(file: Path | None = None) -> Settings:
    """Settings from the file given, else HISOBOT_CONFIG, else hisobot.toml in HISOBOT_HOME if there is one.

    Raises PermanentError that names the file and each wrong key.
    """
    home = Path(os.environ.get("HISOBOT_HOME", "."))
    named = file or (Path(os.environ["HISOBOT_CONFIG"]) if "HISOBOT_CONFIG" in os.environ else None)
    if named is not None and not named.is_file():
        raise PermanentError(f"settings file {named} does not exist; name another with --config or HISOBOT_CONFIG")
    source = named or home / "hisobot.toml"
    at = type("SettingsFromFile", (Settings,), {"model_config": SettingsConfigDict(toml_file=source if source.is_file() else None)})
    credentials = _credentials()
    try:
        settings: Settings = at(**({"home": home} if "HISOBOT_HOME" in os.environ else {}))
    except (ValidationError, ValueError) as error:
        raise PermanentError(f"settings ({source}): {_in_words(error)}") from None
    if credentials:
        given = settings.secrets.model_copy(update={k: v for k, v in credentials.items() if getattr(settings.secrets, k) is None})
        settings = settings.model_copy(update={"secrets": given})
    return settings


def _credentials() -> dict[str, SecretStr]:
    """Secrets that systemd handed over (LoadCredential=, systemd.exec(5)), by file name."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if not folder:
        return {}
    files = {name: Path(folder) / name for name in SecretSettings.model_fields}
    return {name: SecretStr(path.read_text().strip()) for name, path in files.items() if path.is_file()}


def _in_words(error: Exception) -> str:
    """What is wrong, without the values: one of them may be a secret."""
    if not isinstance(error, ValidationError):
        return str(error)
    return "; ".join(f"{'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in error.errors(include_input=False))
