"""Is everything there: probes each outside part once and says what is missing and how to mend it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from metering.errors import PermanentError, TemporaryError
from ocr.engine import installed_languages, tessdata_folder
from service.assembly import inbox_of, outgoing_of, signing_of
from service.clock import system_clock
from service.config import Settings
from service.config_file import settings_file, unknown_variables
from service.sandbox import open_message
from storage import facts, messages
from storage.database import open_database
from storage.states import MessageState

NEEDED_LANGUAGES = frozenset({"rus", "eng", "uzb", "uzb_cyrl"})
LEAST_FREE_BYTES = 1024**3
SOON = dt.timedelta(days=30)  # a certificate that ends so soon is pointed out


class State(StrEnum):
    """What was found, as it is printed."""

    GOOD = "ok"
    WARNING = "warning"
    LATER = "TRY AGAIN"  # may pass by itself
    MISSING = "MISSING"


@dataclass(frozen=True, slots=True)
class Probe:
    part: str
    state: State
    text: str


def probe_all(settings: Settings, config: Path | None = None) -> Iterator[Probe]:
    """Each part in the order in which a report meets them; a failure of one does not hide the others. config: as --config names it."""
    yield _where_from(config)
    yield _probe("inbox", lambda: _inbox(settings))
    yield _sender_checks(settings)
    yield _probe("blobs", lambda: _blobs(settings))
    yield _probe("database", lambda: _database(settings))
    yield _probe("sandbox", lambda: _sandbox(settings))
    yield _probe("tesseract", _tesseract)
    yield _probe("outgoing", lambda: _outgoing(settings))
    yield _calendar(settings)
    yield _signature(settings)
    yield from _facts(settings)


def _probe(part: str, look: Callable[[], str]) -> Probe:
    try:
        return Probe(part, State.GOOD, look())
    except PermanentError as error:
        return Probe(part, State.MISSING, str(error))
    except TemporaryError as error:
        return Probe(part, State.LATER, str(error))


def _where_from(config: Path | None) -> Probe:
    """The names of what sets something, never the values: some are secrets."""
    strays = unknown_variables()
    if strays:
        return Probe("settings", State.WARNING, f"no setting has this name, it does nothing: {', '.join(strays)}; unset or mend it")
    given = sorted(name for name in os.environ if name.upper().startswith("HISOBOT_") and name != "HISOBOT_CONFIG")
    return Probe(
        "settings",
        State.GOOD,
        "; ".join([str(settings_file(config) or "no file"), *(["environment: " + " ".join(given)] if given else [])]),
    )


def _inbox(settings: Settings) -> str:
    inbox = inbox_of(settings)
    try:
        mailbox = inbox.open()
    finally:
        inbox.close()
    return f"{mailbox.name}, UIDVALIDITY {mailbox.uidvalidity}" if settings.imap.host else f"{mailbox.name} (no imap.host is set)"


def _sender_checks(settings: Settings) -> Probe:
    if settings.mail.authserv_id:
        return Probe("senders", State.GOOD, f"results of {settings.mail.authserv_id} are believed, nobody else's")
    remedy = "set mail.authserv_id to the name that your receiving server writes into Authentication-Results"
    return Probe("senders", State.WARNING, f"senders are not checked: {remedy} (docs/delivery.md)")


def _blobs(settings: Settings) -> str:
    try:
        settings.blobs.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.blobs) as file:
            file.write(b"hisobot check\n")
        free = shutil.disk_usage(settings.blobs).free
    except OSError as error:
        raise PermanentError(f"{settings.blobs} cannot be written: {error.strerror}; look at its owner and its disk") from error
    if free < LEAST_FREE_BYTES:
        raise PermanentError(f"less than 1 GiB is free in {settings.blobs}: give it more room")
    return f"{settings.blobs}: can be written, {free // 1024**3} GiB free"


def _database(settings: Settings) -> str:
    database = open_database(settings.database)
    with database.reading() as tx:
        counts = messages.counts(tx)
    waiting = counts[MessageState.RECEIVED] + counts[MessageState.WORKING]
    return f"{database.name}: {sum(counts.values())} messages, {waiting} waiting, {counts[MessageState.QUARANTINED]} in quarantine"


def _sandbox(settings: Settings) -> str:
    with tempfile.TemporaryDirectory(prefix="hisobot-") as folder:
        open_message(b"Subject: hisobot check\r\n\r\n", Path(folder), settings.limits)
    return "a process that opens foreign bytes can be started"


def _tesseract() -> str:
    missing = NEEDED_LANGUAGES - installed_languages()
    if missing:
        packages = " ".join(f"tesseract-ocr-{language.replace('_', '-')}" for language in sorted(missing))
        raise PermanentError(f"languages {', '.join(sorted(missing))} are missing: apt install {packages}")
    return f"{tessdata_folder()}: {' '.join(sorted(NEEDED_LANGUAGES))}"


def _outgoing(settings: Settings) -> str:
    outgoing_of(settings).check()
    if settings.smtp.host:
        return f"SMTP {settings.smtp.host}"
    return f"maildir:{settings.at_home(settings.maildir.outgoing).resolve()} (no smtp.host is set)"


def _calendar(settings: Settings) -> Probe:
    """Letters of our own accord begin where the utility says: whoever reported by other ways before must not get a notice."""
    if settings.calendar.since is not None:
        return Probe("calendar", State.GOOD, f"reminders and notices are written from {settings.calendar.since} on")
    remedy = "set calendar.since to the first month for which letters may go"
    return Probe("calendar", State.WARNING, f"no reminders and notices are written: {remedy} (docs/operation.md)")


def _signature(settings: Settings) -> Probe:
    """Key, certificate and timestamp server, where documents are signed."""
    if not settings.signature.configured:
        return Probe("signature", State.GOOD, "documents are not signed (no signature.pkcs12_file or signature.pkcs11_module is set)")
    from documents.signing import opened_press  # costs seconds that only who signs should pay

    now = system_clock()
    ends: list[dt.datetime] = []

    def look() -> str:
        with opened_press(signing_of(settings)) as press:
            mark = press.mark(now)
            ends.append(press.ends())
            press.ask_time()
        return f"{mark.name}, certificate {mark.serial}, valid until {ends[0]:%Y-%m-%d}"

    probe = _probe("signature", look)
    if probe.state is State.GOOD and ends[0] - now < SOON:
        return Probe("signature", State.WARNING, f"{probe.text}: have it renewed in time (docs/documents.md)")
    return probe


def _facts(settings: Settings) -> Iterator[Probe]:
    """What the duties noted of themselves: the last poll, the last reconciliation."""
    try:
        with open_database(settings.database).reading() as tx:
            known = facts.recall_all(tx)
    except (PermanentError, TemporaryError):
        return  # the database's own probe has said it
    for name, value in known.items():
        if not name.endswith("_key"):
            yield Probe(name, State.GOOD, value)
