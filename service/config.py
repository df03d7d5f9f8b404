"""All settings with their defaults and limits, section by section; service/config_file.py reads them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from metering.decisions import Policy, PolicyDays
from metering.documents import DocumentKind
from metering.estimates import EstimateMethod
from metering.periods import Period
from metering.schedule import MonthRules


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _split(given: object) -> object:
    return tuple(name.strip() for name in given.split(",") if name.strip()) if isinstance(given, str) else given


def _web_address(given: str) -> str:
    if re.fullmatch(r"https?://[^/\s]+", given) is None:
        raise ValueError("is no web address without a path, like https://cabinet.teploenergo.uz")
    return given


#: A list in the TOML file; in the environment names with commas between them.
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
Port = Annotated[int, Field(ge=1, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Bytes = Annotated[int, Field(ge=1)]
Secret = Annotated[SecretStr, Field(min_length=1)]


class MailSettings(_Section):
    address: str = Field("metrology@teploenergo.uz", pattern=r"^[^@\s<>]+@[^@\s<>]+$")
    display_name: str = "Teploenergo"  # beside the address in From of our letters
    authserv_id: str | None = None  # of our receiving server; without it every sender counts as unchecked
    own_hosts: Names = ()  # names in "by" of our own servers' Received lines

    @property
    def trusted_hosts(self) -> tuple[str, ...]:
        """Hosts whose Received lines are ours: those named, else the receiving server alone."""
        return self.own_hosts or ((self.authserv_id,) if self.authserv_id else ())


class ImapSettings(_Section):
    host: str | None = None  # no host: the inbox is the Maildir
    port: Port | None = None  # default 993 with TLS, else 143
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str = ""
    authentication: Literal["login", "xoauth2"] = "login"
    mailbox: str = "INBOX"
    file_into: str | None = None  # folder for handled messages; None: nothing in the mailbox is touched
    ca_file: Path | None = None
    timeout_seconds: Seconds = 30.0
    poll_seconds: Seconds = 60.0


class SmtpSettings(_Section):
    host: str | None = None  # no host: letters go into the outgoing Maildir
    port: Port | None = None  # default 465 with TLS, 587 with STARTTLS, 25 with neither
    security: Literal["tls", "starttls", "none"] = "starttls"
    user: str | None = None
    ca_file: Path | None = None
    timeout_seconds: Seconds = 60.0


class MaildirSettings(_Section):
    incoming: Path = Path("mail-in")
    outgoing: Path = Path("mail-out")


class WebSettings(_Section):
    enabled: bool = False  # whether `hisobot run` serves the web faces too
    bind: str = "127.0.0.1"
    port: Port = 8080
    base_url: WebAddress = "http://localhost:8080"  # as browsers see it; https: Secure cookies
    trusted_proxies: Names = ("127.0.0.1",)  # whose X-Forwarded-For and X-Forwarded-Proto are believed
    threads: int = Field(8, ge=1, le=64)  # requests worked on at once
    staff_idle_minutes: int = Field(60, ge=1, le=720)
    customer_idle_minutes: int = Field(10, ge=1, le=720)

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def public_url(self) -> str | None:
        """Where customers find the pages; None on a machine that serves none and has named no address."""
        here = urlsplit(self.base_url).hostname in ("localhost", "127.0.0.1")
        return self.base_url.rstrip("/") if self.enabled or not here else None


class CabinetSettings(_Section):
    """The customers' accounts (docs/security.md, "The customer's password")."""

    first_password_days: int = Field(30, ge=1, le=3650)  # how long the INN is taken once an account was issued
    reset_password_days: int = Field(7, ge=1, le=365)  # and once staff have reset a password


class ReviewSettings(_Section):
    audit_share: float = Field(0.02, ge=0, le=1)  # of the reports that are booked by themselves, drawn for a person to check
    undo_minutes: int = Field(10, ge=1, le=120)  # so long a decision can be taken back: its letter waits


class SignatureSettings(_Section):
    """The key that signs documents, and who proves the time (docs/documents.md, "Setting it up")."""

    pkcs12_file: Path | None = None  # credential signature_passphrase
    pkcs11_module: Path | None = None  # credential signature_pin
    pkcs11_token: str = ""
    pkcs11_label: str = ""
    timestamp_url: str | None = Field(None, pattern=r"^https?://\S+$")
    trust_file: Path | None = None  # certificates (PEM) from which our own chain and the timestamp server's begin
    revocation: bool = False  # ask OCSP and CRL, and put the answers into the document (B-LT)

    @property
    def configured(self) -> bool:
        return self.pkcs12_file is not None or self.pkcs11_module is not None


class DocumentSettings(_Section):
    automatic: tuple[DocumentKind, ...] = tuple(DocumentKind)  # issued and mailed as soon as billing has closed the month
    act_months: int = Field(12, ge=1, le=36)  # of an act that nobody asked for by its months
    processes: int = Field(2, ge=1, le=16)  # that draw and sign at once


class SecretSettings(_Section):
    """Never in the TOML file: from HISOBOT_SECRETS__NAME or from the systemd credential of the same name."""

    imap_password: Secret | None = None
    imap_token: Secret | None = None
    smtp_password: Secret | None = None
    message_id_key: Secret | None = None  # HMAC key of our Message-IDs; made and kept at first use if not given
    signature_passphrase: Secret | None = None
    signature_pin: Secret | None = None


class LimitSettings(_Section):
    attachment_bytes: Bytes = 10_485_760  # decoded (announcement 3.4: 10 MB)
    message_bytes: Bytes = 41_943_040  # larger ones are known by their headers only
    open_seconds: Seconds = 60.0  # wall clock for opening one message
    read_seconds: Seconds = 120.0  # CPU time for reading one file; on the wall clock twice as long
    replies_per_address: int = Field(10, ge=1)  # in 3 hours, plus one for each linked contract
    replies_per_hour: int = Field(5000, ge=1)


def _is_a_period(given: object) -> object:
    return Period.parse(given) if isinstance(given, str) else given


Month = Annotated[Period, BeforeValidator(_is_a_period)]
DayOfMonth = Annotated[int, Field(ge=1, le=31)]
DaysBefore = Annotated[tuple[Annotated[int, Field(ge=1, le=20)], ...], NoDecode, BeforeValidator(_split)]
Days = Annotated[tuple[dt.date, ...], NoDecode, BeforeValidator(_split)]


class RuleChange(_Section):
    """Days that hold from a period on, until a later change."""

    since: Month
    deadline_day: DayOfMonth | None = None
    period_closes_day: DayOfMonth | None = None
    original_day: DayOfMonth | None = None


class RuleSettings(_Section):
    deadline_day: DayOfMonth = 25
    period_closes_day: DayOfMonth = 10
    original_day: DayOfMonth = 10  # of the next month, for the paper original (announcement 3.4)
    load_factor: Decimal = Field(Decimal("1.2"), gt=0)
    index_tolerance: Decimal = Field(Decimal("0.01"), ge=0)
    changes: tuple[RuleChange, ...] = ()

    def policy(self) -> Policy:
        days = PolicyDays(self.deadline_day, self.period_closes_day, self.original_day)
        dated = []
        for change in sorted(self.changes, key=lambda change: change.since):
            days = PolicyDays(*(new or before for new, before in zip(_days_of(change), days, strict=True)))
            dated.append((change.since, days))
        return Policy(self.deadline_day, self.period_closes_day, self.load_factor, self.index_tolerance, self.original_day, tuple(dated))


def _days_of(change: RuleChange) -> tuple[int | None, int | None, int | None]:
    return change.deadline_day, change.period_closes_day, change.original_day


class CalendarChange(_Section):
    """Reminders that hold from a period on, until a later change."""

    since: Month
    reminders_before: DaysBefore | None = None
    originals_before: DaysBefore | None = None


class CalendarSettings(_Section):
    """What we write of our own accord (docs/calendar.md, "The month")."""

    since: Month | None = None  # the first period for which letters are written; None: for none
    time_of_day: dt.time = dt.time(9)
    reminders_before: DaysBefore = (5, 1)  # days before the deadline; one more comes on the day itself
    originals_before: DaysBefore = (5, 1)
    letters_per_minute: int = Field(300, ge=1)
    extra_days_off: Days = ()
    extra_working_days: Days = ()
    changes: tuple[CalendarChange, ...] = ()


def _is_a_day(text: str) -> str:
    try:
        dt.date.fromisoformat(f"2001-{text}")
    except ValueError:
        raise ValueError("is no day of a year, written MM-DD") from None
    return text


DayOfYear = Annotated[str, AfterValidator(_is_a_day)]


class EstimateSettings(_Section):
    """What holds for estimates where neither the register nor a contract's annex says it (docs/calendar.md, "The estimate")."""

    method: EstimateMethod = EstimateMethod.FLAT
    indoor_temperature: Decimal = Field(Decimal(18), ge=-50, le=50)
    design_temperature: Decimal = Field(Decimal(-14), ge=-50, le=50)
    ventilation_design_temperature: Decimal = Field(Decimal(-14), ge=-50, le=50)
    ventilation_hours: Decimal = Field(Decimal(16), ge=0, le=24)
    hot_water_summer_factor: Decimal = Field(Decimal("0.8"), ge=0, le=1)
    usual_season_starts: DayOfYear = "11-01"
    usual_season_ends: DayOfYear = "03-20"
    decimals: int = Field(2, ge=0, le=6)

    @model_validator(mode="after")
    def _temperatures_can_be(self) -> Self:
        if self.indoor_temperature <= max(self.design_temperature, self.ventilation_design_temperature):
            raise ValueError("the design temperatures lie below indoor_temperature")
        return self


class BillingSettings(_Section):
    folder: Path = Path("billing")  # where billing puts the day's file
    refreshed_at: dt.time = dt.time(19)  # Asia/Tashkent; the refresh ends a quarter of an hour later (announcement, 3.1)


class Settings(BaseSettings):
    """All settings; service/config_file.py says where they come from."""

    model_config = SettingsConfigDict(env_prefix="HISOBOT_", env_nested_delimiter="__", extra="forbid")

    home: Path = Path()  # everything relative is relative to it
    database_url: str | None = None  # default: SQLite, hisobot.db in home
    mail: MailSettings = MailSettings()
    imap: ImapSettings = ImapSettings()
    smtp: SmtpSettings = SmtpSettings()
    maildir: MaildirSettings = MaildirSettings()
    limits: LimitSettings = LimitSettings()
    rules: RuleSettings = RuleSettings()
    calendar: CalendarSettings = CalendarSettings()
    estimates: EstimateSettings = EstimateSettings()
    billing: BillingSettings = BillingSettings()
    documents: DocumentSettings = DocumentSettings()
    signature: SignatureSettings = SignatureSettings()
    web: WebSettings = WebSettings()
    review: ReviewSettings = ReviewSettings()
    cabinet: CabinetSettings = CabinetSettings()
    secrets: SecretSettings = SecretSettings()

    def month_rules(self, period: Period) -> MonthRules:
        """The days of a period, with all changes that hold for it."""
        policy = self.rules.policy().of(period)
        reminders, originals = self.calendar.reminders_before, self.calendar.originals_before
        for change in sorted(self.calendar.changes, key=lambda change: change.since):
            if change.since <= period:
                reminders = reminders if change.reminders_before is None else change.reminders_before
                originals = originals if change.originals_before is None else change.originals_before
        days = policy.deadline_day, policy.period_closes_day, policy.original_day
        return MonthRules(*days, reminders, originals, self.calendar.time_of_day)

    def at_home(self, path: Path) -> Path:
        return self.home / path

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.home / 'hisobot.db'}"

    @property
    def blobs(self) -> Path:
        return self.home / "blobs"
