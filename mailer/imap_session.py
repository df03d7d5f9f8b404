"""A session with an IMAP server: connected in the way that the account says, logged in, and what its refusals mean."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, LoginError

from mailer.imap_socket import Deadline, GuardedImap4
from metering.errors import PermanentError, TemporaryError

_LONGEST_RUN = 50_000  # UIDs that one range of an answer is believed to name


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """Where and as whom to read mail.

    secret: gives the password, or the access token of XOAUTH2, anew for each login (tokens live an hour);
    message_bytes: of a message that is larger only the headers are fetched; writable: messages are to be filed away;
    timeout: seconds for connecting, and for each read and each command that moves no body.
    """

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    user: str
    secret: Callable[[], str]
    authentication: Literal["login", "xoauth2"] = "login"
    mailbox: str = "INBOX"
    ca_file: Path | None = None
    timeout: float = 30.0
    message_bytes: int = 41_943_040
    writable: bool = False


class Session(IMAPClient):
    """imapclient over a guarded connection."""

    def __init__(self, account: ImapAccount, context: ssl.SSLContext | None, deadline: Deadline) -> None:
        self._connect_guarded = lambda: GuardedImap4(account.host, account.port, account.timeout, context, deadline)
        super().__init__(account.host, account.port, ssl=context is not None, timeout=account.timeout)
        self.normalise_times = False  # aware times, as the server said them

    def were_copied(self, uids: Sequence[int]) -> bool:
        """Whether the COPYUID of the last answer (RFC 4315, section 3) names all of these and as many copies."""
        _, codes = self._guarded.response("COPYUID")
        words = (codes[-1] or b"").split() if codes else []
        return len(words) == 3 and _members(words[1]) == set(uids) and len(_members(words[2])) == len(uids)

    def _create_IMAP4(self) -> GuardedImap4:  # where imapclient makes its connection
        self._guarded = self._connect_guarded()
        return self._guarded


def connect(account: ImapAccount, deadline: Deadline) -> Session:
    """A connection, in TLS from the start where the account says so; nobody is logged in yet."""
    return Session(account, _tls(account) if account.security == "tls" else None, deadline)


def log_in(client: Session, account: ImapAccount) -> None:
    """Raises PermanentError with the remedy where the server refuses, TemporaryError where it cannot now."""
    if account.security == "starttls":
        if not client.has_capability("STARTTLS"):
            raise PermanentError(f"{account.host} does not offer STARTTLS; set imap.security to tls, or to none on a network of your own")
        client.starttls(_tls(account))
    secret = account.secret()
    try:
        if account.authentication == "xoauth2":
            client.sasl_login("XOAUTH2", _first_then_nothing(f"user={account.user}\1auth=Bearer {secret}\1\1"))
        elif not f"{account.user}{secret}".isascii():  # LOGIN has no way to say it (RFC 3501, 6.2.3)
            client.sasl_login("PLAIN", _first_then_nothing(f"\0{account.user}\0{secret}"))
        else:
            client.login(account.user, secret)
    except LoginError as error:
        if isinstance(error.__context__, IMAPClientAbortError):
            raise IMAPClientAbortError("the connection was lost during the login") from None
        raise _refused_login(account, error) from None


def _tls(account: ImapAccount) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=account.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise PermanentError(f"imap.ca_file {account.ca_file} cannot be used: {error}") from error


def _first_then_nothing(answer: str) -> Callable[[bytes], bytes]:
    """SASL answers: the credentials, then an empty line to whatever the server explains (XOAUTH2 tells its error so)."""
    answers = iter([answer.encode()])
    return lambda _challenge: next(answers, b"")


_FOR_NOW = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\b")  # RFC 5530


def _refused_login(account: ImapAccount, error: Exception) -> Exception:
    if _FOR_NOW.search(str(error)):
        return TemporaryError(f"{account.host} lets nobody in for now: {said(error)}")
    secret = "imap_token" if account.authentication == "xoauth2" else "imap_password"
    return PermanentError(f"{account.host} refuses the login of imap.user; mend imap.user or the secret {secret}: {said(error)}")


def refused_mailbox(account: ImapAccount, error: Exception) -> Exception:
    if _FOR_NOW.search(str(error)):
        return TemporaryError(f"{account.host} cannot open {account.mailbox} for now: {said(error)}")
    return PermanentError(f"{account.host} does not open the mailbox {account.mailbox}; mend imap.mailbox: {said(error)}")


def said(error: Exception) -> str:
    """The error's text; imaplib wraps some of the server's words as b'...'."""
    return re.sub(r"\Ab(['\"])(.*)\1\Z", r"\2", str(error)) or type(error).__name__


def _members(uid_set: bytes) -> set[int]:
    """`4,7:9` -> {4, 7, 8, 9} (RFC 3501, sequence-set without a star)."""
    found: set[int] = set()
    for part in uid_set.split(b","):
        low, _, high = part.partition(b":")
        first, last = sorted((int(low), int(high or low)))
        found.update(range(first, min(last, first + _LONGEST_RUN) + 1))
    return found
