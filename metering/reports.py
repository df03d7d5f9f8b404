"""A consumption report as it was read: every field with its value, confidence, page and box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from metering.pages import Box, Mark
from metering.repairs import Repair, RepairReason
from metering.units import MeterKind, Unit


@dataclass(frozen=True, slots=True)
class Field:
    """One value that was read, as text: dates ISO, periods YYYY-MM, numbers with a decimal point and exactly the digits read.

    confidence: calibrated probability that the value is right.
    certain: two independent readings agree and the format is exact (a sound text layer counts as certain);
        only certain critical values may be booked without a person.
    digits_sure: of a meter's number, that its digits are as sure as a certain one's: where it is not certain, only which of the
        meter's numbers it is may be wrong; of a date by hand, that nothing but its alternatives speaks against it.
    alternatives: what other readings of the same place gave; the register and arithmetic may choose among them,
        never beyond them.
    note: what was repaired or weighed, in English for staff; None when read as printed.
    repair: the first reading and the reason, where another one than the first was taken.
    file: the place of its file among the report's files, from 1; page: within that file.
    """

    value: str
    confidence: float
    page: int
    box: Box | None
    certain: bool = False
    note: str | None = None
    alternatives: tuple[str, ...] = ()
    repair: Repair | None = None
    file: int = 1
    digits_sure: bool = False

    @property
    def number(self) -> Decimal:
        """The value as a Decimal; only for fields that hold numbers."""
        return Decimal(self.value)

    def taken(self, value: str, reason: RepairReason) -> Field:
        """The field with another of its readings, and the note that it is a repair; what was read first stays the first reading."""
        first = self.repair.first if self.repair is not None else self.value
        return replace(self, value=value, repair=Repair(first, value, reason) if value != first else None)


@dataclass(frozen=True, slots=True)
class MeterLine:
    """What a report says of one meter. `kind` and `unit` are None where the page does not say.

    consumption is the difference that the page itself states; daily are the rows of a printout for
    this meter, in the meter's unit, empty where the page has none, and where those of a picture are no
    evidence (docs/extraction.md, "Daily rows").
    """

    serial: Field | None = None
    model: Field | None = None
    kind: MeterKind | None = None
    unit: Unit | None = None
    previous: Field | None = None
    current: Field | None = None
    consumption: Field | None = None
    reading_date: Field | None = None
    daily: tuple[Decimal, ...] = ()
    daily_total: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A totals row: the sum that the page states over its meters of one unit."""

    value: Field
    unit: Unit | None


class PenOver(StrEnum):
    """What a pen did to a page as a whole."""

    CROSSED_OUT = "crossed_out"
    WRITTEN_OVER = "written_over"


NOT_LOOKED_FOR = Mark(value=False, confidence=0.5)


@dataclass(frozen=True, slots=True)
class Report:
    """One report: one contract, one period, one or several meters. `files` are the names of the files it was read from.

    blank: names of text fields whose printed label stands on the page with an empty place behind it (no ink either):
    the one sure sign that a requisite is missing; a field that was merely not found is not in it.
    unread_numbers: numbers that look like readings stand on its pages and belong to no meter in it.
    caution: words on its pages that make it no plain report (a draft, cancelled, a meter that does not work), or "".
    pen_over: a pen crossed a page of it out, or wrote a word across it; None where neither was seen.
    struck: names of its fields that decide through which a pen struck, whatever was written beside them.
    of_display: it was read off the photo of a meter's display: its meters are proposals, nothing of it is certain.
    displays: what photos of displays beside the report show (serial, unit, current index): evidence, never readings.
    codes: texts of the codes of report forms on its pages (metering/forms.py); whether they are ours is not known yet.
    """

    files: tuple[str, ...]
    pages: int
    contract_number: Field | None = None
    organization: Field | None = None
    address: Field | None = None
    inn: Field | None = None
    report_date: Field | None = None
    reading_date: Field | None = None
    period: Field | None = None
    position: Field | None = None
    signatory: Field | None = None
    meters: tuple[MeterLine, ...] = ()
    totals: tuple[Total, ...] = ()
    signature_present: Mark = NOT_LOOKED_FOR
    stamp_present: Mark = NOT_LOOKED_FOR
    handwritten: bool = False
    blank: frozenset[str] = frozenset()
    codes: tuple[str, ...] = ()
    unread_numbers: bool = False
    caution: str = ""
    pen_over: PenOver | None = None
    struck: frozenset[str] = frozenset()
    of_display: bool = False
    displays: tuple[MeterLine, ...] = ()

    def pages_in(self, file: str) -> frozenset[int]:
        """Pages of this file, from 1, on which something of the report was read; none where it was not read from that file."""
        if file not in self.files:
            return frozenset()
        place = self.files.index(file) + 1
        return frozenset(each.page for each in self._places() if each.file == place and each.page)

    def _places(self) -> Iterator[Field | Mark]:
        for holder in (self, *self.meters, *self.displays):
            yield from (value for name in holder.__slots__ if isinstance(value := getattr(holder, name), Field))
        yield from (total.value for total in self.totals)
        yield from (mark for mark in (self.signature_present, self.stamp_present) if mark.value)


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What the second, independent reader made of one place on the page.

    text: digits and , . - only, as read from the tight crop; wide_text: the same from a wider crop (a further digit
    there means that the tight crop cut one off); confidence: mean over the characters, 0..1; struck: whether a stroke of a pen
    runs across the place, so that what is printed there may not count any more; inked: whether a pen wrote a digit over it or beside it.
    """

    text: str
    wide_text: str
    confidence: float
    struck: bool = False
    inked: bool = False
