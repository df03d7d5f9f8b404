"""An IMAP mailbox as the inbox (RFC 3501): new mail by UID, bodies one at a time, never a flag.

imapclient is at home only here; its errors leave as TemporaryError or PermanentError. What it and imaplib do not
guard against is guarded here: a server that sends a byte a second (deadlines on the wall clock), one that closes
in the middle, one that announces a UID before the content is there (docs/delivery.md, "Inbox").
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import select
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, IMAPClientReadOnlyError, LoginError

from mailer.imap_socket import Deadline, GuardedImap4
from mailer.inbox import HEADER_BYTES, Fetched, Location, Mailbox
from metering.errors import PermanentError, TemporaryError

_UIDS_IN_A_FETCH = 200
_UIDS_IN_A_SEARCH = 50_000  # imaplib refuses a response line over a million bytes
_SLOWEST = 65_536  # bytes a second: a body that comes slower than this is given up
_LONGEST_IDLE = 540.0  # seconds; servers drop an IDLE after 29 minutes, routers much earlier


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


class ImapInbox:
    """One mailbox on one server; connects at open(), and again at the next open() after any error."""

    def __init__(self, account: ImapAccount) -> None:
        self._account = account
        self._client: IMAPClient | None = None
        self._deadline = Deadline()
        self._mailbox: Mailbox | None = None
        self._next_uid: int | None = None

    def open(self) -> Mailbox:
        account = self._account
        with self._talking("opening the mailbox", account.timeout * 4):
            if self._client is None:
                self._connect()
            try:
                state = self._client.select_folder(account.mailbox, readonly=not account.writable)
            except IMAPClientReadOnlyError:
                raise PermanentError(
                    f"the mailbox {account.mailbox} is read-only for us; grant write access or unset imap.file_into"
                ) from None
            except IMAPClientAbortError:
                raise
            except IMAPClientError as error:
                raise _refused_mailbox(account, error) from None
        if b"UIDVALIDITY" not in state:
            self.close()
            raise PermanentError(
                f"{account.host} gives {account.mailbox} no UIDVALIDITY: its messages cannot be told apart (RFC 3501, 2.3.1.1)"
            )
        self._next_uid = state.get(b"UIDNEXT")
        self._mailbox = Mailbox(f"imap:{account.user}@{account.host}/{account.mailbox}", state[b"UIDVALIDITY"])
        return self._mailbox

    def new(self, known: Collection[str]) -> list[Location]:
        last = max((int(uid) for uid in known), default=0)
        went_back = self._next_uid is not None and self._next_uid <= last  # a server that lost its place uses UIDs again
        return self._locate(self._uids(1 if went_back else last + 1))

    def everything(self) -> list[Location]:
        return self._locate(self._uids(1))

    def fetch(self, location: Location) -> Fetched | None:
        limit = self._account.message_bytes
        if location.size <= limit:
            # One byte more than the limit is asked for: the declared size is not to be relied on.
            content = self._section(location.uid, f"BODY.PEEK[]<0.{limit + 1}>", location.size)
            if not content:
                return None
            if len(content) <= limit:
                return Fetched(content)
        header = self._section(location.uid, f"BODY.PEEK[HEADER]<0.{HEADER_BYTES}>", HEADER_BYTES)
        return Fetched(header, headers_only=True) if header else None

    def wait(self, seconds: float, stop: threading.Event) -> None:
        client = self._connected()
        with self._talking("IDLE", self._account.timeout * 2):
            pushes = client.has_capability("IDLE")
            if pushes:
                client.idle()
        if not pushes:
            stop.wait(seconds)
            return
        until = time.monotonic() + min(seconds, _LONGEST_IDLE)
        while not stop.is_set() and (left := until - time.monotonic()) > 0:
            if select.select([client.socket()], [], [], min(1.0, left))[0]:
                break
        # On a connection that the server has closed the socket is readable at once; ending the IDLE then finds its end
        # and reports a lost connection, where imapclient's idle_check would return nothing, for ever.
        with self._talking("the end of IDLE", self._account.timeout):
            client.idle_done()

    def file_away(self, uids: Sequence[str], folder: str) -> None:
        client = self._connected()
        with self._talking("filing messages", self._account.timeout * 4):
            if uids and not client.folder_exists(folder):
                client.create_folder(folder)
            for batch in _batches([int(uid) for uid in uids], _UIDS_IN_A_FETCH):
                self._move(client, batch, folder)

    def close(self) -> None:
        if self._client is not None:
            with contextlib.suppress(OSError, IMAPClientError), self._deadline.of(5.0):
                self._client.logout()
        self._drop()

    def _connect(self) -> None:
        account = self._account
        context = _tls(account) if account.security != "none" else None
        self._client = client = _Session(account, context if account.security == "tls" else None, self._deadline)
        if account.security == "starttls":
            if not client.has_capability("STARTTLS"):
                raise PermanentError(
                    f"{account.host} does not offer STARTTLS; set imap.security to tls, or to none on a network of your own"
                )
            client.starttls(context)
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

    def _uids(self, first: int) -> list[int]:
        """The UIDs of the mailbox from `first` on, ascending. A range `n:*` always holds the last one, however small it is."""
        client = self._connected()
        found: set[int] = set()
        with self._talking("listing messages", self._account.timeout * 4):
            start = first
            while self._next_uid is not None and start + _UIDS_IN_A_SEARCH < self._next_uid:
                found.update(client.search(["UID", f"{start}:{start + _UIDS_IN_A_SEARCH - 1}"]))
                start += _UIDS_IN_A_SEARCH
            found.update(client.search(["UID", f"{start}:*"]))
        return sorted(uid for uid in found if uid >= first)

    def _locate(self, uids: list[int]) -> list[Location]:
        client = self._connected()
        found: list[Location] = []
        for batch in _batches(uids, _UIDS_IN_A_FETCH):
            with self._talking("listing messages", self._account.timeout * 2):
                answers = client.fetch(batch, ["RFC822.SIZE", "INTERNALDATE"])
            found += [self._location(uid, answers[uid]) for uid in batch if uid in answers]
        return found

    def _location(self, uid: int, answer: dict[bytes, object]) -> Location:
        date, size = answer.get(b"INTERNALDATE"), answer.get(b"RFC822.SIZE")
        received = date.astimezone(dt.UTC) if isinstance(date, dt.datetime) and date.tzinfo else None
        return Location(str(uid), size if isinstance(size, int) else 0, received, f"{self._mailbox.uidvalidity}-{uid}.eml")

    def _section(self, uid: str, section: str, size: int) -> bytes | None:
        client = self._connected()
        with self._talking("fetching a message", self._account.timeout + size / _SLOWEST):
            answer = client.fetch([int(uid)], [section]).get(int(uid), {})
        return next((value for key, value in answer.items() if key.startswith(b"BODY[") and isinstance(value, bytes)), None)

    def _move(self, client: IMAPClient, uids: list[int], folder: str) -> None:
        """MOVE; else a copy that is checked before the original goes. Never a plain EXPUNGE: it would take what others flagged."""
        if client.has_capability("MOVE"):
            client.move(uids, folder)
            return
        if not client.has_capability("UIDPLUS"):
            raise PermanentError(f"{self._account.host} has neither MOVE nor UIDPLUS: messages cannot be filed; unset imap.file_into")
        present = client.search(["UID", ",".join(map(str, uids))])
        if not present:
            return
        client.copy(present, folder)
        if not client.were_copied(present):
            raise TemporaryError(f"{self._account.host} did not confirm the copies in {folder}: the originals stay")
        client.add_flags(present, [b"\\Deleted"], silent=True)
        client.uid_expunge(present)

    def _connected(self) -> IMAPClient:
        if self._client is None:
            raise TemporaryError("there is no connection to the IMAP server")
        return self._client

    @contextlib.contextmanager
    def _talking(self, doing: str, seconds: float) -> Iterator[None]:
        """Whatever goes wrong inside ends the connection, since nobody knows what else the server would still say on it."""
        try:
            with self._deadline.of(seconds):
                yield
        except ssl.SSLCertVerificationError as error:
            self._drop()
            raise PermanentError(
                f"the certificate of {self._account.host} is not trusted ({error.verify_message}); name its CA in imap.ca_file"
            ) from error
        except (OSError, IMAPClientError, EOFError, ValueError) as error:
            self._drop()
            why = "too slow" if self._deadline.passed else _said(error)
            raise TemporaryError(f"{doing} on {self._account.host} failed: {why}") from error
        except BaseException:
            self._drop()
            raise

    def _drop(self) -> None:
        client, self._client = self._client, None
        self._deadline.forget()
        if client is not None:
            with contextlib.suppress(OSError):
                client.shutdown()


class _Session(IMAPClient):
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
        return TemporaryError(f"{account.host} lets nobody in for now: {_said(error)}")
    secret = "imap_token" if account.authentication == "xoauth2" else "imap_password"
    return PermanentError(f"{account.host} refuses the login of imap.user; mend imap.user or the secret {secret}: {_said(error)}")


def _refused_mailbox(account: ImapAccount, error: Exception) -> Exception:
    if _FOR_NOW.search(str(error)):
        return TemporaryError(f"{account.host} cannot open {account.mailbox} for now: {_said(error)}")
    return PermanentError(f"{account.host} does not open the mailbox {account.mailbox}; mend imap.mailbox: {_said(error)}")


def _said(error: Exception) -> str:
    """The error's text; imaplib wraps some of the server's words as b'...'."""
    return re.sub(r"\Ab(['\"])(.*)\1\Z", r"\2", str(error)) or type(error).__name__


def _members(uid_set: bytes) -> set[int]:
    """`4,7:9` -> {4, 7, 8, 9} (RFC 3501, sequence-set without a star)."""
    found: set[int] = set()
    for part in uid_set.split(b","):
        low, _, high = part.partition(b":")
        first, last = sorted((int(low), int(high or low)))
        found.update(range(first, min(last, first + _UIDS_IN_A_SEARCH) + 1))
    return found


def _batches(uids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (uids[start : start + size] for start in range(0, len(uids), size))
