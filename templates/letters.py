"""The letters that answer a message: from facts already decided to subject, plain text and HTML (docs/letters.md)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any, TypeVar

import jinja2

from metering.contracts import Language
from metering.decisions import Finding, Outcome
from metering.messages import Fault
from metering.periods import TASHKENT, Period
from metering.repairs import RepairReason
from metering.reports import Field, MeterLine
from metering.units import MeterKind, Unit, to_gcal
from templates import terms
from templates.estimates import estimate_lines, estimate_notes, estimate_quantity

_LONGEST = 200  # characters of a text that a customer controls; a letter is not a place for his novel

_T = TypeVar("_T")

#: One sentence for the customer about a finding, in a language, or "" if he is not told (templates/findings.py).
Say = Callable[[Finding, Language], str]


class LetterKind(StrEnum):
    """What a letter answers; a kind is a folder of templates/letters/."""

    RECEIPT = "receipt"
    NO_REPORT = "no_report"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file as it arrived: name as the sender gave it, SHA-256 in hexadecimal, decoded size in bytes, what is wrong with it."""

    name: str
    sha256: str
    size: int
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class RepairLine:
    """One value that was first read otherwise: the field's name, both readings, why, and which digits changed (metering/repairs.py)."""

    name: str
    first: str
    value: str
    reason: RepairReason
    changes: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """What was read for one meter: digits exactly as read, in `unit`; gcal: the consumption in Gcal where the unit is another
    unit of energy; repairs: what was first read otherwise."""

    serial: str | None
    kind: MeterKind | None = None
    unit: Unit | None = None
    previous: str | None = None
    current: str | None = None
    consumption: str | None = None
    gcal: Decimal | None = None
    repairs: tuple[RepairLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """The message that brought the same readings before."""

    number: str
    received_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report of the message, as decided.

    outcome: accepted, review, incomplete or duplicate. missing: the requisites that it lacks; doubts: what a person will check;
    notes: what else is worth a sentence (not lateness, missing meters and repairs, which have fields of their own).
    uncovered: serials of the contract's meters that the period still lacks. late_after: the last day on time, if it came later.
    repairs: what of the contract number and the day was first read otherwise.
    correct_until: the last day for a corrected report; original_until: the paper original's day (announcement 3.4).
    """

    outcome: Outcome
    contract_number: str | None = None
    organization: str | None = None
    period: Period | None = None
    reading_date: dt.date | None = None
    readings: tuple[ReadingLine, ...] = ()
    missing: tuple[Finding, ...] = ()
    doubts: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    uncovered: tuple[str, ...] = ()
    late_after: dt.date | None = None
    correct_until: dt.date | None = None
    original_until: dt.date | None = None
    earlier: Earlier | None = None
    repairs: tuple[RepairLine, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """All that a letter says. `neutral`: for a sender without a link to the contract, who learns number, time and files only.

    number: of the message, as the customer may quote it; received_at: by our server, aware; utility and address: whose
    letter it is; review_days: working days within which a person looks at it; limit_bytes: of one attachment; cabinet: it
    answers what was typed in the cabinet, not a mail.
    """

    kind: LetterKind
    number: str
    received_at: dt.datetime
    languages: tuple[Language, ...]
    utility: str
    address: str
    files: tuple[FileLine, ...] = ()
    reports: tuple[ReportLine, ...] = ()
    neutral: bool = False
    review_days: int = 3
    limit_bytes: int = 10_485_760
    cabinet: bool = False

    def __post_init__(self) -> None:
        if self.neutral and (self.reports or self.kind is not LetterKind.RECEIPT):
            raise ValueError("a neutral receipt tells nothing of any report")
        if not self.languages or self.received_at.tzinfo is None:
            raise ValueError("a letter needs a language and an aware time of receipt")


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A letter in words: one-line subject, plain text that is complete by itself, and the same as HTML."""

    subject: str
    text: str
    html: str
    languages: tuple[Language, ...]


def languages_for(language: Language | None) -> tuple[Language, ...]:
    """The language of the contract or message; Russian and Uzbek in one letter where it is not known."""
    return (language,) if language else (Language.RUSSIAN, Language.UZBEK)


def reading_line(line: MeterLine) -> ReadingLine:
    """A reading line for what was read of a meter."""
    cells = (line.serial, line.previous, line.current, line.consumption)
    serial, previous, current, consumption = (cell.value if cell else None for cell in cells)
    elsewhere = line.consumption is not None and line.unit not in (None, Unit.GCAL)
    gcal = to_gcal(line.consumption.number, line.unit) if elsewhere else None
    named = zip(("serial", "previous", "current", "consumption"), cells, strict=True)
    return ReadingLine(serial, line.kind, line.unit, previous, current, consumption, gcal, repair_lines(named))


def repair_lines(fields: Iterable[tuple[str, Field | None]]) -> tuple[RepairLine, ...]:
    """Of named fields those that were first read otherwise."""
    return tuple(
        RepairLine(name, field.repair.first, field.repair.value, field.repair.reason, field.repair.changes)
        for name, field in fields
        if field is not None and field.repair is not None
    )


def render_letter(facts: LetterFacts, say: Say) -> RenderedLetter:
    """The letter in each of its languages, one after the other. Deterministic."""
    return render(facts.kind, replace(facts, reports=tuple(_without_past_days(report, facts) for report in facts.reports)), say)


def _no_findings(finding: Finding, language: Language) -> str:
    return ""


def render(kind: str, facts: Any, say: Say = _no_findings) -> RenderedLetter:
    """Any letter from its folder of templates/letters/ and its facts, a dataclass with `languages`, `utility` and `address`."""
    clean = _cleaned(facts)
    words = [_Words(language, say) for language in facts.languages]

    def rendered(form: str) -> list[str]:
        environment = _HTML if form == "html" else _TEXT
        return [environment.get_template(f"{kind}/{form}.j2").render(_names(clean, word)) for word in words]

    subject = " / ".join(dict.fromkeys(_one_line(part) for part in rendered("subject")))
    text = f"\n\n{'-' * 60}\n\n".join(part.strip() for part in rendered("text")) + "\n"
    html = _HTML.get_template("frame.html.j2").render(parts=rendered("html"), subject=subject, languages=[_TAGS[w.language] for w in words])
    return RenderedLetter(subject, text, html, facts.languages)


def _without_past_days(report: ReportLine, facts: LetterFacts) -> ReportLine:
    """No letter asks for something by a day that had passed when the message came."""
    came = facts.received_at.astimezone(TASHKENT).date()
    ahead = {name: day for name in ("correct_until", "original_until") if (day := getattr(report, name)) and day >= came}
    return replace(report, **{"correct_until": None, "original_until": None, **ahead})


# --- how the templates see it

_TAGS = {Language.RUSSIAN: "ru", Language.UZBEK: "uz-Latn", Language.UZBEK_CYRILLIC: "uz-Cyrl"}
_FOLDER = Path(__file__).parent / "letters"


def _environment(autoescape: bool) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=autoescape,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


_TEXT, _HTML = _environment(autoescape=False), _environment(autoescape=True)


class _Words:
    """The terms of templates/terms.py bound to one language."""

    def __init__(self, language: Language, say: Say) -> None:
        self.language = language
        self._say = say

    def names(self) -> dict[str, Any]:
        language = self.language
        return {
            "language": str(language),
            "day": lambda date: terms.day(date, language),
            "day_stem": lambda date: terms.day_stem(date, language),
            "day_of_year": lambda date: terms.day_of_year(date, language),
            "day_of_year_stem": lambda date: terms.day_of_year_stem(date, language),
            "local_day": lambda moment: terms.local_day(moment, language),
            "clock_time": terms.clock_time,
            "month": lambda period: terms.month(period, language),
            "number": terms.number,
            "as_written": _as_written,
            "unit_name": lambda unit: terms.unit_name(unit, language),
            "meter_name": lambda kind: terms.meter_name(kind, language),
            "file_size": lambda size: terms.file_size(size, language),
            "sentences": self._sentences,
            "gcal": terms.unit_name(Unit.GCAL, language),
            "estimate_quantity": lambda estimate: estimate_quantity(estimate, language),
            "estimate_lines": lambda estimate: estimate_lines(estimate, language),
            "estimate_notes": lambda estimate: estimate_notes(estimate, language),
        }

    def _sentences(self, findings: tuple[Finding, ...]) -> list[str]:
        """What the customer is told of them, each sentence once; of some he is told nothing."""
        said = (_one_line(self._say(finding, self.language)) for finding in findings)
        return [sentence for sentence in dict.fromkeys(said) if sentence]


def _names(facts: Any, words: _Words) -> dict[str, Any]:
    return {"facts": facts, **words.names()}


def _as_written(name: str, value: str) -> str:
    """A value as people write it: days with dots, numbers with a comma, serials and contract numbers as they are."""
    if name == "reading_date":
        return re.sub(r"^(\d{4})-(\d\d)-(\d\d)$", r"\3.\2.\1", value)
    return value if name in ("serial", "contract_number") else terms.number(value)


def _one_line(text: str) -> str:
    """Text on one line without control, format (bidirectional) and line-separating characters."""
    return " ".join("".join(" " if unicodedata.category(c) in _UNPRINTABLE else c for c in text).split())


_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _cleaned(value: _T) -> _T:
    """The same facts with every text on one line and of bounded length: a file name must not write lines of our letter."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        line = _one_line(value)
        return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(_cleaned(item) for item in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, (Finding, Period)):
        return replace(value, **{f.name: _cleaned(getattr(value, f.name)) for f in fields(value)})  # type: ignore[type-var, return-value]
    return value
