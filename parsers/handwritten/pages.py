"""A page filled in by hand: its labels read without the ink, its values by the two readers of handwriting (docs/handwriting.md)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from metering.handwriting import HandReading
from metering.pages import Box, Word
from metering.reports import Field, Report
from metering.units import MeterKind, Unit
from parsers.handwritten.date_parts import DateParts, with_year_of
from parsers.handwritten.lines import Place
from parsers.handwritten.places import PlacedRow, find_places
from parsers.handwritten.signers import written_name
from parsers.handwritten.unlabelled import is_rubbish, lacks_something, put_missing, unlabelled
from parsers.handwritten.values import (
    Written,
    as_date,
    as_number,
    as_serial,
    date_fields,
    digits_field,
    digits_of_length,
    is_dust,
    number_fields,
    weigh,
)
from parsers.handwritten.written_dates import Part, weigh_parts
from parsers.page.found import NUMBERS, Draft, Found
from parsers.page.marked import MarkedPage
from parsers.pagefacts import PageFacts, read_page
from parsers.wording.dates import find_lone_months

SURELY_PRINT = 0.05  # look of ink
_FEW = 0.5  # of the places that another reading of a page finds
_ROW = 2.0  # points by which a word of a row reaches over its places
_HEADS = 60.0  # points above a meter's first value in which its column may say what it measures
_COUNTED = 2  # written numbers that follow each other count the columns
_LEGIBLE = 0.5  # the engine's confidence in what it read in a table's row
_WRITTEN = ("contract_number", "inn", "reading_date", "report_date")
DATES = ("reading_date", "report_date")
MEANINGS: dict[str, Callable[[str], str | None]] = {
    "contract_number": digits_of_length(5),
    "inn": digits_of_length(9),
    "reading_date": as_date,
    "report_date": as_date,
    "serial": as_serial,
    **dict.fromkeys(NUMBERS, as_number),
}


@dataclass(frozen=True, slots=True)
class Writing:
    """What can be asked of a page's picture about handwriting; pages by number.

    printed: the words of the page with all places to write in painted over; lines: its rules and dotted lines; frames: insides of
    everything framed, both with the flag whether pale boxes for single digits count, which take longer to find; look: how surely the ink
    in a place is handwriting, None without ink; hand: what is written there. The first flag: the place has a printed frame; the second:
    a date is expected. print: the words printed in a frame, read by itself; stamp: where one is on the page.
    """

    printed: Callable[[int], tuple[Word, ...]]
    lines: Callable[[int, bool], tuple[Box, ...]]
    frames: Callable[[int, bool], tuple[Box, ...]]
    look: Callable[[int, Box, bool], float | None]
    hand: Callable[[int, Box, bool, bool], HandReading]
    print: Callable[[int, Box], tuple[Word, ...]]
    stamp: Callable[[int], Box | None]


@dataclass(slots=True)
class HandFields:
    """Values that the readers of handwriting settled, by page and place."""

    settled: dict[tuple[int, Box], Field] = field(default_factory=dict)

    def put_into(self, report: Report) -> Report:
        """The report with those values as they were settled."""
        if not self.settled:
            return report
        meters = tuple(replace(m, **{n: self._settled(getattr(m, n)) for n in ("serial", *NUMBERS)}) for m in report.meters)
        return replace(report, handwritten=True, meters=meters, **{n: self._settled(getattr(report, n)) for n in _WRITTEN})

    def _settled(self, found: Field | None) -> Field | None:
        if found is None or found.box is None:
            return found
        return self.settled.get((found.page, found.box), found)

    def found(self, value: Field) -> Found:
        """Notes a settled value, and gives it as extraction works with it."""
        assert value.box is not None
        self.settled[value.page, value.box] = value
        return Found(value.value, value.page, [], value.note, 0.95, value.alternatives, place=value.box)


def read_by_hand(facts: PageFacts, writing: Writing, hands: HandFields) -> PageFacts:
    """The page's facts with everything that was written by hand read anew; what is printed stays."""
    page = facts.marked.page
    print_only = read_page(replace(page, words=writing.printed(page.number), rules=writing.lines(page.number, True)))
    frames = writing.frames(page.number, True)
    places = find_places(print_only.marked, frames)
    inked = find_places(replace(facts.marked, page=print_only.marked.page), frames)
    if len(places.all()) < _FEW * len(inked.all()):
        # Where labels stand below their lines the print may be lost with the ink.
        places, inked = inked, places
    places.add_lost(inked, print_only.marked)
    if not places.all():
        return facts
    for key in ("position", "signatory"):
        facts.single[key] = facts.single[key] or print_only.single[key]
    if facts.single["signatory"] is None and (position := facts.single["position"]) is not None:
        facts.single["signatory"] = written_name(
            facts.marked, print_only.marked, position, writing.stamp(page.number), lambda place: writing.look(page.number, place, False)
        )
    months = [f.value for f in (print_only.single["period"], facts.single["period"]) if f is not None]
    facts.single["period"] = print_only.single["period"]
    written = {
        key: _first(page.number, key, boxes, writing)
        for key, boxes in places.single.items()
        if key not in places.dates and not _is_typed(facts, key, boxes, writing)
    }
    for key, dates in places.dates.items():
        if not _is_typed(facts, key, [parts.day for parts in dates], writing):
            read = (_in_parts(facts.marked, parts, writing, months[0] if months else None) for parts in dates)
            written[key] = next((w for w in read if w is not None), None)
    drafts = [
        draft
        for row in places.rows
        if (draft := _table_draft(row, facts, print_only.marked, writing, hands, len(places.rows) == 1)) is not None
    ]
    meters = [] if drafts else _loose_meters(places.loose, page.number, writing)
    if len(meters) <= 1:
        meter = meters[0] if meters else {}
        typed = {key for key in places.single if key not in written}
        written = {key: None for key in ("contract_number", "reading_date") if key not in typed} | written
        if None in written.values() or is_rubbish(written["reading_date"]) or lacks_something(meter):
            read = [Place(w.place, boxed=False) for w in (*written.values(), *meter.values()) if w is not None]
            taken = [*read, *(place for row in places.rows for place in row.places.values())]
            free = unlabelled(print_only.marked, facts.marked, frames, taken, partial(writing.hand, page.number))
            put_missing(meter, written, free, in_table=bool(drafts))
        meters = [meter] if meter else []
    _put_single(facts, written, hands, months[0] if months else None)
    drafts = drafts or _loose_drafts(meters, print_only.marked, facts.marked, hands)
    if drafts:
        facts.drafts = drafts
    return facts


def _read(page: int, key: str, place: Place, writing: Writing) -> Written | None:
    return weigh(writing.hand(page, place.box, place.boxed, key in DATES), page, place.box, MEANINGS[key])


def _first(page: int, key: str, places: list[Place], writing: Writing) -> Written | None:
    """What is written in the first of several places of one meaning in which something is."""
    return next((w for place in places if (w := _read(page, key, place, writing)) is not None), None)


def _in_parts(inked: MarkedPage, parts: DateParts, writing: Writing, told: str | None) -> Written | None:
    """The date of which day, month and year stand by themselves. told: the month that the page names elsewhere, YYYY-MM."""
    number, parts = inked.page.number, with_year_of(inked, parts)
    read: list[Part] = [
        writing.hand(number, part.box, part.boxed, part is parts.month) if isinstance(part, Place) else part
        for part in (parts.day, parts.month, parts.year)
    ]
    sure = parts.labelled
    if isinstance(parts.month, Place):
        words = [t for t in inked.tokens if parts.month.box.holds(t.box)]
        if months := find_lone_months(" ".join(t.text for t in words)):
            read[1], sure = months[0][0], False  # a word by hand that the engine, made for print, alone read
    written = weigh_parts(read[0], read[1], read[2], number, parts.box, told)
    return written if written is None or sure else replace(written, alike=False)


def _is_typed(facts: PageFacts, key: str, places: list[Place], writing: Writing) -> bool:
    """Whether a value was printed, and read as print: forms are filled in partly by a typewriter or a program."""
    known = facts.contract if key == "contract_number" else facts.single[key]
    looks = [look for place in places if (look := writing.look(facts.marked.page.number, place.box, place.boxed)) is not None]
    return known is not None and bool(looks) and max(looks) <= SURELY_PRINT


def _put_single(facts: PageFacts, written: dict[str, Written | None], hands: HandFields, month: str | None) -> None:
    if (contract := written.get("contract_number")) is not None:
        facts.contract = hands.found(digits_field(contract))
    if (inn := written.get("inn")) is not None:
        facts.single["inn"] = hands.found(digits_field(inn))
    reading, report = written.get("reading_date"), written.get("report_date")
    dates = date_fields(reading, report, month, _drawn_up_elsewhere(facts, reading))
    for key, value in zip(("reading_date", "report_date"), dates, strict=True):
        if value is not None:
            facts.single[key] = hands.found(value)


def _drawn_up_elsewhere(facts: PageFacts, reading: Written | None) -> str | None:
    """The report's date as the engine read it with its ink, unless it is what stands in the place for the reading's."""
    found = facts.single["report_date"]
    if found is None or found.box is None or (reading is not None and found.box.meets(reading.place)):
        return None
    return found.value


def _table_draft(row: PlacedRow, facts: PageFacts, marked: MarkedPage, writing: Writing, hands: HandFields, alone: bool) -> Draft | None:
    """The meter of a table's row, None where nothing is written in it or it is a total. alone: the table has no other row."""
    page = marked.page.number
    beside = [i for i in marked.items if row.band.top <= i.box.middle[1] <= row.band.bottom]
    if any(i.sort == "label" and i.key in ("total", "average") for i in beside):
        return None
    written = {role: w for role, place in row.places.items() if (w := _read(page, role, place, writing)) is not None}
    if not any(name in written for name in NUMBERS) or is_dust(written) or _numbers_columns(row, written, facts.marked):
        return None
    own = [c.unit for c in row.header.columns if c.unit is not None and c.role in NUMBERS]
    units = set(own[:1]) or {c.unit for c in row.header.columns if c.unit is not None} or _units_between(marked, row.band)
    if not units and row.unit is not None:
        units = _units_between(_printed_in(row.unit, marked, writing), row.unit)
    draft = _draft(written, row.band, marked, units, hands)
    if row.kind is not None:
        cell = _printed_in(row.kind, marked, writing)
        # Where each row names its own, what another row names is not this one's.
        draft.kind = _kind(row.kind, cell) or _kind(row.band, marked, in_column=not alone)
    known = [d for d in facts.drafts if row.band.top - 3 <= d.top <= row.band.bottom]
    draft.model = known[0].model if len(known) == 1 else None
    return draft


def _printed_in(cell: Box, marked: MarkedPage, writing: Writing) -> MarkedPage:
    """The page with nothing on it but what is printed in a cell, read by itself."""
    return read_page(replace(marked.page, words=writing.print(marked.page.number, cell), rules=())).marked


def _numbers_columns(row: PlacedRow, written: dict[str, Written], inked: MarkedPage) -> bool:
    """Whether a row under the heads says which column is which («1 2 3 4»): by what is printed in it, or read there by the readers of
    handwriting."""
    inside = sorted((t for t in inked.tokens if row.band.top < t.box.middle[1] < row.band.bottom), key=lambda t: t.box.left)
    printed = [t.text for t in inside if t.confidence >= _LEGIBLE]
    read = [written[name].values[0].text for name in NUMBERS if name in written]
    return _counts_up(printed, len(NUMBERS), len(row.header.columns)) or ("serial" not in written and _counts_up(read, _COUNTED, 2))


def _counts_up(texts: list[str], least: int, step: int) -> bool:
    """Whether all of so many texts at least are small numbers, each higher than the last by a step at most: some may be lost."""
    numbers = [int(text) for text in texts if text.isdigit() and len(text) <= 2]
    return len(numbers) == len(texts) >= least and all(0 < b - a <= step for a, b in itertools.pairwise(numbers))


def _loose_meters(loose: list[tuple[str, Place]], page: int, writing: Writing) -> list[dict[str, Written]]:
    """The meters whose values stand behind labels: a value of a sort that the meter has begins the next one."""
    rows: list[dict[str, Written]] = [{}]
    for key, place in loose:
        written = _read(page, key, place, writing)
        if written is None:
            continue
        if key in rows[-1]:
            rows.append({})
        rows[-1][key] = written
    if len(rows) == 2 and len(rows[0]) >= 3 and len(rows[1]) == 1:
        # One word of a meter stood apart from it, in a title or a sentence above: what comes later is the meter's.
        rows = [{**rows[0], **rows[1]}]
    rows = [row for row in rows if not is_dust(row)]
    return [row for row in rows if any(n in row for n in NUMBERS)] or [row for row in rows if row]


def _loose_drafts(rows: list[dict[str, Written]], marked: MarkedPage, inked: MarkedPage, hands: HandFields) -> list[Draft]:
    """marked: the print alone; inked: the page as it was read with its ink, where a unit or a heating system may stand that got lost
    with it."""
    drafts = []
    rows = [row for row in rows if any(n in row for n in NUMBERS)]
    bands = [Box.around([w.place for w in row.values()]) for row in rows]
    beside = len(bands) > 1 and bands[0].bottom > bands[1].top  # meters in columns
    for row, band in zip(rows, bands, strict=True):
        numbers = Box.around([row[n].place for n in NUMBERS if n in row])
        near = (_units_between(page, place) for place in (numbers, band) for page in (marked, inked))
        units = next((found for found in near if found), set())
        drafts.append(_draft(row, band, marked, units, hands))
        if beside:
            drafts[-1].kind = _kind(band, marked, in_column=True, above=_HEADS)
        drafts[-1].kind = drafts[-1].kind or _kind(band, inked, in_column=beside, above=_HEADS if beside else _ROW)
    return drafts


def _draft(written: dict[str, Written], band: Box, marked: MarkedPage, units: set[Unit], hands: HandFields) -> Draft:
    unit = next(iter(units)) if len(units) == 1 else None
    draft = Draft(marked.page.number, kind=_kind(band, marked), unit=unit, top=band.top)
    if "serial" in written:
        draft.serial = hands.found(digits_field(written["serial"]))
    for name, value in number_fields(written).items():
        setattr(draft, name, hands.found(value))
    return draft


def _kind(band: Box, marked: MarkedPage, *, in_column: bool = False, above: float = _ROW) -> MeterKind | None:
    """What the row's print says, or between the meter's lines, or the only kind that the page names; in_column: only what stands in the
    meter's own column; above: points above it that count, too."""
    every = [i for i in marked.items if i.sort == "kind" and isinstance(i.value, MeterKind)]
    near = [i for i in every if band.top - above <= i.box.middle[1] <= band.bottom + 2]
    if in_column:
        near = [i for i in near if band.left <= i.box.middle[0] <= band.right]
    kinds = {i.value for i in (near if in_column else near or every)}
    return kinds.pop() if len(kinds) == 1 else None  # type: ignore[return-value]


def _units_between(marked: MarkedPage, band: Box) -> set[Unit]:
    """The units printed on a band of the page."""
    return {i.value for i in marked.items if i.sort == "unit" and isinstance(i.value, Unit) and band.top <= i.box.middle[1] <= band.bottom}
