"""The form in which readings are typed: what it shows, what was typed into it, and what is wrong or unlikely about that."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from metering.decisions import BookedReading, Finding, MeterRecord, Outcome
from metering.periods import Period
from service.customer_files import MOST_FILES, FileFault
from service.typed_check import MeterCheck, Slip, typed_index, typed_meter
from storage.entries import EntryFile


@dataclass(slots=True)
class Row:
    """One meter. previous: the last index as the page shows it, with a decimal point, or as it was typed where none is known;
    known: what is reported for the month already; told: sentences for the person who types."""

    place: int
    record: MeterRecord
    previous: str | None
    previous_date: dt.date | None
    known: BookedReading | None
    text: str = ""
    previous_text: str = ""
    current: str | None = None
    fault: Slip | None = None
    previous_fault: Slip | None = None
    check: MeterCheck | None = None
    told: list[str] = field(default_factory=list)

    @property
    def serial(self) -> str:
        return self.record.meter.serial

    @property
    def asks_previous(self) -> bool:
        return self.record.last_accepted is None

    def fill(self, current: str, previous: str) -> None:
        self.text, self.previous_text = current[:30], previous[:30]
        if previous.strip():
            read = typed_index(previous, self.record)
            self.previous, self.previous_fault = (None, read) if isinstance(read, Slip) else (read, None)
        read = typed_index(current, self.record)
        if not isinstance(read, Slip):
            self.current = read
        elif read is not Slip.EMPTY:
            self.fault = read


@dataclass(slots=True)
class ReadingForm:
    """id: of the entry that it will be; key: ties files that are kept to this session; confirmed: unlikely values were, as they are."""

    period: Period
    id: str
    day: dt.date | None
    rows: list[Row]
    key: str
    day_text: str = ""
    files: list[EntryFile] = field(default_factory=list)
    file_faults: list[tuple[str, FileFault]] = field(default_factory=list)
    filled: bool = False
    confirmed: bool = False

    @classmethod
    def new(
        cls, period: Period, today: dt.date, records: Sequence[MeterRecord], booked: Mapping[str, BookedReading], key: str
    ) -> ReadingForm:
        rows = [_row(place, record, booked.get(record.meter.serial)) for place, record in enumerate(records)]
        return cls(period, secrets.token_urlsafe(12), today, rows, key, today.isoformat())

    def fill(self, values: Mapping[str, str], kept: Sequence[Any]) -> None:
        """From what was posted. A field that is not there is empty; what belongs to another session is not there."""
        self.filled = True
        if re.fullmatch(r"[A-Za-z0-9_-]{16}", values.get("id", "")):
            self.id = values["id"]
        self.day_text = values.get("day", "")[:10]
        self.day = _day(self.day_text)
        for row in self.rows:
            row.fill(values.get(f"current_{row.place}", ""), values.get(f"previous_{row.place}", ""))
        self.files = [file for token in kept if isinstance(token, str) and (file := self._kept(token)) is not None]
        self.confirmed = hmac.compare_digest(values.get("confirmed", "").encode(), self.digest.encode())

    def add_file(self, name: str, taken: EntryFile | FileFault) -> None:
        if isinstance(taken, FileFault):
            self.file_faults.append((name, taken))
        elif taken.sha256 not in {file.sha256 for file in self.files}:
            self.files.append(taken)

    def tell(self, checks: Mapping[str, MeterCheck], say: Callable[[Finding], str]) -> None:
        for row in self.rows:
            row.check = checks.get(row.serial)
            if row.check is not None:
                # How much more than usual it is, the page says in figures.
                told = [each for each in row.check.findings if each.rule != "consumption_unusual" or row.check.times is None]
                row.told = [text for text in dict.fromkeys(map(say, told)) if text]

    @property
    def meters(self) -> list[dict[str, Any]]:
        """What was typed, as an entry keeps it."""
        return [typed_meter(row.record, row.current, row.previous) for row in self.rows if row.current is not None]

    @property
    def is_empty(self) -> bool:
        return self.filled and all(row.current is None and row.fault is None for row in self.rows)

    @property
    def too_many_files(self) -> bool:
        return len(self.files) > MOST_FILES

    @property
    def is_wrong(self) -> bool:
        slips = any(row.fault or row.previous_fault for row in self.rows)
        return slips or self.day is None or bool(self.file_faults) or self.too_many_files or not self.meters

    @property
    def is_doubtful(self) -> bool:
        return any(row.check is not None and row.check.is_doubtful for row in self.rows)

    @property
    def digest(self) -> str:
        """Changes with anything that was typed: a confirmation is for these values and no others."""
        typed = json.dumps([str(self.period), self.day_text, self.meters], sort_keys=True)
        return hmac.new(self.key.encode(), typed.encode(), hashlib.sha256).hexdigest()

    @property
    def entry_id(self) -> str:
        """The same for the same said twice; another one where somebody went back to the page and said something else."""
        said = json.dumps([str(self.period), self.day_text, self.meters, [[file.name, file.sha256] for file in self.files]], sort_keys=True)
        return f"{self.id}-{hashlib.sha256(said.encode()).hexdigest()[:16]}"

    def token_of(self, file: EntryFile) -> str:
        """Says of a file that it is kept, so that it need not be chosen again when the form is shown once more."""
        return f"{file.sha256}:{file.size}:{self._seal(file)}:{file.name}"

    def _kept(self, token: str) -> EntryFile | None:
        parts = token.split(":", 3)
        if len(parts) != 4 or not parts[1].isdecimal():
            return None
        file = EntryFile(parts[3], parts[0], int(parts[1]))
        return file if hmac.compare_digest(parts[2].encode(), self._seal(file).encode()) else None

    def _seal(self, file: EntryFile) -> str:
        return hmac.new(self.key.encode(), f"{file.sha256}:{file.size}:{file.name}".encode(), hashlib.sha256).hexdigest()


def _row(place: int, record: MeterRecord, known: BookedReading | None) -> Row:
    """The index to count from: of a month that is booked already the one before it, else the last accepted."""
    last = record.last_accepted
    if known is not None and known.outcome is Outcome.ACCEPTED and known.index is not None and known.consumption is not None:
        return Row(place, record, format(known.index - known.consumption, "f"), None, known)
    return Row(place, record, format(last.index, "f") if last else None, last.date if last else None, known)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) else None
    except ValueError:
        return None
