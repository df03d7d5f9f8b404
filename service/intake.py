"""Fetches mail and keeps it: from the moment a message's row is committed it cannot be lost (ARCHITECTURE.md, steps 1 and 2).

Nothing is parsed here, and nothing is remembered that the database does not know better: after any failure the next
look starts from what was kept. Never logged: addresses, subjects, file names.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import random
import secrets
import socket
import threading
from collections import Counter
from dataclasses import dataclass, field

from mailer.inbox import Inbox, Location, Mailbox
from metering.errors import PermanentError, TemporaryError
from service.assembly import Service
from storage import facts, messages, owners
from storage.faults import LostLease
from storage.messages import NewMessage

log = logging.getLogger(__name__)

RECONCILE_EVERY = dt.timedelta(hours=1)
LEASE = dt.timedelta(minutes=2)
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0  # seconds
_TRIES = 3  # a message whose fetch fails so often in a row waits for the next reconciliation, and the others go on
_FILING_OVERLAP = dt.timedelta(minutes=10)
_THIS_RUN = secrets.token_hex(4)  # tells this process from an earlier one with the same number
_LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

Versions = frozenset[tuple[int, dt.datetime | None]]


@dataclass
class Fetcher:
    """One mailbox's fetcher: what it has learned of the mailbox since it started."""

    service: Service
    inbox: Inbox
    owner: str = field(default_factory=lambda: f"{socket.gethostname()}/{os.getpid()}/{_THIS_RUN}")
    mailbox: Mailbox | None = None
    token: str | None = None
    held_until: dt.datetime = _LONG_AGO
    known: dict[str, Versions] = field(default_factory=dict)
    behind: dict[str, Location] = field(default_factory=dict)  # not kept yet, and no longer new: fetched after the new ones
    failures: Counter[str] = field(default_factory=Counter)
    reconciled_at: dt.datetime | None = None
    filed_until: dt.datetime = _LONG_AGO


def intake_forever(service: Service, inbox: Inbox, stop: threading.Event) -> None:
    """Polls until `stop` is set. Errors of the infrastructure pause it, 1 s doubling to 5 min; what only a person mends, 5 min."""
    fetcher = Fetcher(service, inbox)
    pause = FIRST_PAUSE
    while not stop.is_set():
        try:
            intake_once(fetcher, stop)
            pause = FIRST_PAUSE
            inbox.wait(service.settings.imap.poll_seconds, stop)
            continue
        except TemporaryError as error:
            log.warning("intake pauses: %s", error)
        except PermanentError as error:
            log.error("intake needs a person: %s", error)
            pause = LONGEST_PAUSE
        except Exception:
            log.exception("a bug in the intake")
        inbox.close()
        stop.wait(pause * random.uniform(0.8, 1.2))
        pause = min(pause * 2, LONGEST_PAUSE)
    let_go(fetcher)


def intake_once(fetcher: Fetcher, stop: threading.Event | None = None) -> int:
    """Looks at the mailbox once and keeps what is there and was not kept; returns how many. Ends early when `stop` is set.

    Raises TemporaryError or PermanentError of the inbox, the blob store or the database; what was kept until then stays kept.
    """
    try:
        return _look_and_keep(fetcher, stop)
    except LostLease:
        fetcher.token = fetcher.mailbox = None  # what is known is no longer all that was kept
        raise


def let_go(fetcher: Fetcher) -> None:
    """Ends the connection and lets another process fetch at once."""
    fetcher.inbox.close()
    if fetcher.mailbox is None or fetcher.token is None:
        return
    try:
        with fetcher.service.database.transaction() as tx:
            owners.give_up(tx, _duty(fetcher.mailbox), fetcher.token)
    except TemporaryError as error:
        log.warning("the mailbox stays held for %s: %s", LEASE, error)


def _look_and_keep(fetcher: Fetcher, stop: threading.Event | None) -> int:
    service = fetcher.service
    mailbox = fetcher.inbox.open()
    _hold(fetcher, mailbox)
    if mailbox != fetcher.mailbox:
        _learn(fetcher, mailbox)
    if fetcher.reconciled_at is None or service.clock() - fetcher.reconciled_at >= RECONCILE_EVERY:
        _reconcile(fetcher)
    fresh = [location for location in fetcher.inbox.new(fetcher.known.keys()) if location.uid not in fetcher.behind]
    kept = 0
    for location in [*fresh, *fetcher.behind.values()]:
        if stop is not None and stop.is_set():
            break
        if fetcher.failures[location.uid] >= _TRIES:
            continue
        kept += _fetch_and_keep(fetcher, location)
    _file_away(fetcher)
    with service.database.transaction() as tx:
        facts.remember(tx, f"last poll of {mailbox.name}", service.clock().isoformat())
    return kept


def _hold(fetcher: Fetcher, mailbox: Mailbox) -> None:
    """Makes sure that this process is the mailbox's only fetcher. Raises TemporaryError while another one is."""
    service = fetcher.service
    now = service.clock()
    if fetcher.token is not None and fetcher.mailbox is not None and fetcher.mailbox.name == mailbox.name:
        if now < fetcher.held_until - LEASE / 2:
            return
        with service.database.transaction() as tx:
            owners.extend(tx, _duty(mailbox), fetcher.token, now + LEASE)
    else:
        with service.database.transaction() as tx:
            token = owners.take(tx, _duty(mailbox), fetcher.owner, now + LEASE, lambda owner, until: until <= now or _is_dead(owner))
        if token is None:
            raise TemporaryError("another process fetches from this mailbox; stop it, or wait until it ends")
        fetcher.token = token
    fetcher.held_until = now + LEASE


def _learn(fetcher: Fetcher, mailbox: Mailbox) -> None:
    """Takes up a mailbox: at the start, and when its UIDVALIDITY changed, so that every UID in it means another message."""
    if fetcher.mailbox is not None:
        log.warning("the mailbox has a new UIDVALIDITY: every message in it is fetched anew, known ones are recognised by their bytes")
    with fetcher.service.database.transaction() as tx:
        fetcher.known = messages.known_locations(tx, mailbox.name, mailbox.uidvalidity)
    fetcher.mailbox = mailbox
    fetcher.behind.clear()
    fetcher.failures.clear()
    fetcher.reconciled_at = None
    fetcher.filed_until = _LONG_AGO


def _reconcile(fetcher: Fetcher) -> None:
    """Compares the mailbox with what was kept of it. What should have been kept and was not is an error, counted, and fetched now."""
    there = fetcher.inbox.everything()
    fresh = {location.uid for location in fetcher.inbox.new(fetcher.known.keys())} - fetcher.known.keys()
    missing = [location for location in there if not _is_known(fetcher, location) and location.uid not in fresh]
    now = fetcher.service.clock()
    with fetcher.service.database.transaction() as tx:
        counted = int(facts.recall(tx, _differences(fetcher.mailbox)) or 0) + len(missing)
        facts.remember(tx, _differences(fetcher.mailbox), str(counted))
        facts.remember(tx, f"last reconciliation of {fetcher.mailbox.name}", now.isoformat())
    if missing:
        log.error("reconciliation: messages on the server that were not kept: %d", len(missing))
    fetcher.behind = {location.uid: location for location in missing}
    fetcher.failures.clear()
    fetcher.reconciled_at = now


def _fetch_and_keep(fetcher: Fetcher, location: Location) -> bool:
    """One message from the mailbox into the blob store and its row. False if there is nothing to keep, or not yet."""
    if _is_known(fetcher, location):
        fetcher.behind.pop(location.uid, None)
        return False
    if location.uid in fetcher.known:
        log.error("the server used a UID again for another message")
    try:
        fetched = fetcher.inbox.fetch(location)
    except TemporaryError:
        fetcher.failures[location.uid] += 1
        if fetcher.failures[location.uid] >= _TRIES:
            log.error("a message cannot be fetched, tries=%d; it waits for the next reconciliation", _TRIES)
            fetcher.behind[location.uid] = location
        raise
    if fetched is None:
        # Exchange announces UIDs before the content is there; a message that was moved away is dropped by the next
        # reconciliation.
        fetcher.behind[location.uid] = location
        return False
    sha256 = fetcher.service.blobs.put(fetched.content)
    new = NewMessage(
        mailbox=fetcher.mailbox.name,
        uidvalidity=fetcher.mailbox.uidvalidity,
        uid=location.uid,
        size=location.size,
        internal_date=location.internal_date,
        raw_sha256=sha256,
        file_name=location.file_name,
        headers_only=fetched.headers_only,
    )
    now = fetcher.service.clock()
    with fetcher.service.database.transaction() as tx:
        owners.extend(tx, _duty(fetcher.mailbox), fetcher.token, now + LEASE)
        row = messages.keep(tx, new, now)
    fetcher.held_until = now + LEASE
    fetcher.known[location.uid] = fetcher.known.get(location.uid, frozenset()) | {(location.size, location.internal_date)}
    fetcher.behind.pop(location.uid, None)
    fetcher.failures.pop(location.uid, None)
    if row is not None:
        log.info("kept message=%d bytes=%d headers_only=%s", row, len(fetched.content), fetched.headers_only)
    return row is not None


def _file_away(fetcher: Fetcher) -> None:
    """Moves messages whose fate is committed into the folder of the settings, if there is one. Their rows stay as they are."""
    imap = fetcher.service.settings.imap
    if imap.file_into is None or imap.host is None:
        return
    now = fetcher.service.clock()
    with fetcher.service.database.transaction() as tx:
        decided = messages.decided_uids(tx, fetcher.mailbox.name, fetcher.mailbox.uidvalidity, fetcher.filed_until)
    if decided:
        fetcher.inbox.file_away(decided, imap.file_into)
    fetcher.filed_until = now - _FILING_OVERLAP


def _is_known(fetcher: Fetcher, location: Location) -> bool:
    return (location.size, location.internal_date) in fetcher.known.get(location.uid, frozenset())


def _is_dead(owner: str) -> bool:
    """Whether the owner was a process of this machine that runs no longer. Of another machine's nobody can say."""
    host, _, process = owner.partition("/")
    number, _, run = process.partition("/")
    if host != socket.gethostname() or not number.isdecimal():
        return False
    if int(number) == os.getpid():
        return run != _THIS_RUN  # in a container the first process has the same number each time
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _duty(mailbox: Mailbox) -> str:
    return f"fetching from {mailbox.name}"


def _differences(mailbox: Mailbox) -> str:
    return f"reconciliation differences of {mailbox.name}"
