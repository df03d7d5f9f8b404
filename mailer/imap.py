"""An IMAP mailbox as the inbox (RFC 3501): new mail by UID, bodies one at a time, never a flag.

imapclient is at home only here and in the session below; its errors leave as TemporaryError or PermanentError. What it and imaplib do not
guard against is guarded here: a server that sends a byte a second (deadlines on the wall clock), one that closes
in the middle, one that announces a UID before the content is there (docs/delivery.md, "Inbox").
"""

from __future__ import annotations

import contextlib
import datetime as dt
import select
import ssl
import threading
import time
from collections.abc import Collection, Iterator, Sequence

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, IMAPClientReadOnlyError

from mailer.imap_session import ImapAccount, Session, connect, log_in, refused_mailbox, said
from mailer.imap_socket import Deadline
from mailer.inbox import HEADER_BYTES, Fetched, Location, Mailbox
from metering.errors import PermanentError, TemporaryError

_UIDS_IN_A_FETCH = 200
_UIDS_IN_A_SEARCH = 50_000  # imaplib refuses a response line over a million bytes
_SLOWEST = 65_536  # bytes a second: a body that comes slower than this is given up
_LONGEST_IDLE = 540.0  # seconds; servers drop an IDLE after 29 minutes, routers much earlier


class ImapInbox:
    """One mailbox on one server; connects at open(), and again at the next open() after any error."""

    def __init__(self, account: ImapAccount) -> None:
        self._account = account
        self._client: Session | None = None
        self._deadline = Deadline()
        self._mailbox: Mailbox | None = None
        self._next_uid: int | None = None

    def open(self) -> Mailbox:
        account = self._account
        with self._talking("opening the mailbox", account.timeout * 4):
            if self._client is None:
                self._client = connect(account, self._deadline)
                log_in(self._client, account)
            try:
                state = self._client.select_folder(account.mailbox, readonly=not account.writable)
            except IMAPClientReadOnlyError:
                raise PermanentError(
                    f"the mailbox {account.mailbox} is read-only for us; grant write access or unset imap.file_into"
                ) from None
            except IMAPClientAbortError:
                raise
            except IMAPClientError as error:
                raise refused_mailbox(account, error) from None
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

    def _move(self, client: Session, uids: list[int], folder: str) -> None:
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

    def _connected(self) -> Session:
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
            why = "too slow" if self._deadline.passed else said(error)
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


def _batches(uids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (uids[start : start + size] for start in range(0, len(uids), size))
