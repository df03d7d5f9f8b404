"""The day's figures from billing: a file is checked as a whole and taken or refused as a whole (docs/billing.md)."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from metering.billing import Complaint, FigureAge
from metering.errors import PermanentError, TemporaryError
from metering.periods import TASHKENT
from parsers.billing.records import parse_billing
from parsers.billing.table import RefusedFile
from service.assembly import Service
from storage import billing
from storage.database import Transaction
from validation.settlements import complaints_about

LARGEST_BYTES = 256 * 1024**2
SUFFIXES = (".csv", ".xlsx")
REFRESH_TAKES = dt.timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: known means that exactly these bytes were taken in before; complaints: it is refused, nothing changed."""

    name: str
    known: bool = False
    new: int = 0
    restated: int = 0
    complaints: tuple[Complaint, ...] = ()


def import_file(service: Service, path: Path) -> Imported:
    """Takes one file in, or says why not. Raises PermanentError if it cannot be read at all."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST_BYTES else b""
    except OSError as error:
        raise PermanentError(f"{path} cannot be read: {error.strerror}") from error
    if size > LARGEST_BYTES:
        raise PermanentError(f"{path} is larger than {LARGEST_BYTES // 1024**2} MiB: is it a billing file?")
    sha256 = hashlib.sha256(content).hexdigest()
    with service.database.transaction() as tx:
        billing.lock_billing(tx)
        if billing.is_imported(tx, sha256):
            return Imported(path.name, known=True)
        try:
            file = parse_billing(content)
        except RefusedFile as refused:
            return Imported(path.name, complaints=refused.complaints)
        complaints = complaints_about(file, billing.known_figures(tx, file))
        if complaints:
            return Imported(path.name, complaints=complaints)
        new, restated = billing.take_in(tx, file, path.name, len(content), sha256, service.clock())
    return Imported(path.name, new=new, restated=restated)


def import_due(service: Service) -> list[Imported]:
    """Takes in every new file of the folder that billing writes to, in the order of their names, up to the first that is refused.

    Raises TemporaryError while the day's file has not come: the timer tries again.
    """
    folder = service.settings.at_home(service.settings.billing.folder)
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~")))
    except OSError as error:
        raise PermanentError(f"billing.folder {folder} cannot be read: {error.strerror}") from error
    with service.database.reading() as tx:
        known = billing.imported_names(tx)
    done = []
    for path in files:
        if _is_as_it_was(path, known):
            continue
        imported = import_file(service, path)
        if imported.known:
            continue
        done.append(imported)
        if done[-1].complaints:
            return done
    with service.database.reading() as tx:
        age = age_of_figures(tx, service.clock(), service.settings.billing.refreshed_at)
    if age.late:
        since = f"its last figures are of {age.as_of.astimezone(TASHKENT):%Y-%m-%d %H:%M}" if age.as_of else "none has ever come"
        raise TemporaryError(f"the day's file has not come into {folder} yet; {since}")
    return done


def _is_as_it_was(path: Path, known: dict[tuple[str, int], dt.datetime]) -> bool:
    """Not written since it was taken in: its bytes need not be read again."""
    stated = path.stat()
    taken = known.get((path.name, stated.st_size))
    return taken is not None and dt.datetime.fromtimestamp(stated.st_mtime, dt.UTC) < taken


def age_of_figures(tx: Transaction, now: dt.datetime, refreshed_at: dt.time) -> FigureAge:
    """How old the figures are, for every page that shows them. They are late if they are older than the last refresh that was due,
    which ends a quarter of an hour after it begins (announcement, 3.1: 19:00 to 19:15)."""
    last = billing.last_file(tx)
    local = now.astimezone(TASHKENT)
    due = local.replace(hour=refreshed_at.hour, minute=refreshed_at.minute, second=0, microsecond=0)
    if local < due + REFRESH_TAKES:
        due -= dt.timedelta(days=1)
    return FigureAge(last.as_of if last else None, last is None or last.as_of < due)
