"""Builds the real parts from the settings: the one place that knows which adapter stands behind each port."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from documents.policy import KeySource, Pkcs11Key, Pkcs12Key, SigningPolicy, read_trust
from mailer.imap import ImapInbox
from mailer.imap_session import ImapAccount
from mailer.inbox import Inbox
from mailer.maildir import MaildirInbox
from mailer.outbox import MaildirOutgoing, Outgoing
from mailer.smtp import SmtpAccount, SmtpOutgoing
from metering.errors import PermanentError
from service.clock import Clock, system_clock
from service.config import Settings
from service.readers import Readers
from storage.blobs import BlobStore
from storage.database import Database, open_database


@dataclass(frozen=True, slots=True)
class Service:
    """The parts that every duty shares."""

    settings: Settings
    database: Database
    blobs: BlobStore
    clock: Clock


def assemble(settings: Settings, clock: Clock = system_clock) -> Service:
    """Opens the database and the blob store. Raises TemporaryError or PermanentError with the remedy."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PermanentError(f"the folder {settings.home} cannot be made: {error.strerror}; look at HISOBOT_HOME") from error
    return Service(settings, open_database(settings.database), BlobStore(settings.blobs), clock)


def inbox_of(settings: Settings) -> Inbox:
    """The IMAP mailbox if a host is named, else the incoming Maildir."""
    imap = settings.imap
    if imap.host is None:
        return MaildirInbox(settings.at_home(settings.maildir.incoming), settings.limits.message_bytes)
    account = ImapAccount(
        host=imap.host,
        port=imap.port or (993 if imap.security == "tls" else 143),
        security=imap.security,
        user=imap.user,
        secret=_secret(settings, "imap_token" if imap.authentication == "xoauth2" else "imap_password"),
        authentication=imap.authentication,
        mailbox=imap.mailbox,
        ca_file=settings.at_home(imap.ca_file) if imap.ca_file else None,
        timeout=imap.timeout_seconds,
        message_bytes=settings.limits.message_bytes,
        writable=imap.file_into is not None,
    )
    return ImapInbox(account)


def outgoing_of(settings: Settings) -> Outgoing:
    """The SMTP server if a host is named, else the outgoing Maildir."""
    smtp = settings.smtp
    if smtp.host is None:
        return MaildirOutgoing(settings.at_home(settings.maildir.outgoing))
    password = _secret(settings, "smtp_password")() if smtp.user else None
    ca_file = settings.at_home(smtp.ca_file) if smtp.ca_file else None
    return SmtpOutgoing(SmtpAccount(smtp.host, smtp.port, smtp.security, smtp.user, password, ca_file, smtp.timeout_seconds))


def readers_of(settings: Settings) -> Readers:
    """One reader process: messages are worked off one after another (docs/decisions/)."""
    return Readers(processes=1, seconds=settings.limits.read_seconds)


def signing_of(settings: Settings) -> SigningPolicy:
    """How documents are signed. Raises PermanentError that names what the settings lack."""
    given = settings.signature
    if given.pkcs12_file is not None and given.pkcs11_module is not None:
        raise PermanentError("signature: a PKCS#12 file and a PKCS#11 token are named; name one of them")
    if not given.configured:
        raise PermanentError("no key signs documents: set signature.pkcs12_file or signature.pkcs11_module (docs/documents.md)")
    if given.timestamp_url is None:
        raise PermanentError("signature.timestamp_url is missing: documents are signed with a timestamp (docs/documents.md)")
    key: KeySource
    if given.pkcs12_file is not None:
        key = Pkcs12Key(settings.at_home(given.pkcs12_file), _secret(settings, "signature_passphrase")())
    elif given.pkcs11_module is not None:
        key = Pkcs11Key(given.pkcs11_module, given.pkcs11_token, given.pkcs11_label, _secret(settings, "signature_pin")())
    return SigningPolicy(key, given.timestamp_url, trust_of(settings), given.revocation)


def trust_of(settings: Settings) -> tuple[bytes, ...]:
    """Certificates (DER) that count as roots when signatures are judged; none are named: none."""
    file = settings.signature.trust_file
    return read_trust(settings.at_home(file)) if file is not None else ()


def _secret(settings: Settings, name: str) -> Callable[[], str]:
    def give() -> str:
        value = getattr(settings.secrets, name)
        if value is None:
            raise PermanentError(f"the secret {name} is missing: set HISOBOT_SECRETS__{name.upper()} or the systemd credential {name}")
        return value.get_secret_value()

    return give
