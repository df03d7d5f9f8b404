"""A page filled in by hand: its labels read without the ink, its values by the two readers of handwriting (docs/handwriting.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from metering.handwriting import HandReading, fill_lines
from metering.pages import Box, Page, Word
from metering.reports import Field, Report
from metering.units import MeterKind, Unit
from parsers.found import Draft, Found
from parsers.handplaces import PlacedRow, find_places
from parsers.handvalues import NUMBERS, Written, date_fields, digits_field, number_fields, weigh
from parsers.marked import MarkedPage
from parsers.pagefacts import PageFacts, read_page

_ABOVE = 20.0  # points above a printed line that writing takes
# Structure and mean confidence that part handwriting from print, measured on drawn pages (docs/handwriting.md, "Hand or print").
_LINES, _BY_LINES, _BY_CELLS = 4, 0.9, 0.6
_WRITTEN = ("contract_number", "inn", "reading_date", "report_date")
_LENGTHS = {"contract_number": 5, "inn": 9}


@dataclass(frozen=True, slots=True)
class Writing:
    """What can be asked of a page's picture about handwriting; pages by number."""

    printed: Callable[[int], tuple[Word, ...]]
    cells: Callable[[int], tuple[Box, ...]]
    hand: Callable[[int, Box], HandReading]


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


def is_filled_by_hand(facts: PageFacts) -> bool:
    """Whether what stands on a form's printed lines, or in its cells, is read so badly that no printer wrote it."""
    page = facts.marked.page
    lines = fill_lines(page)
    if len(lines) >= _LINES:
        on_lines = _confidence(page, lines)
        if on_lines is not None and on_lines < _BY_LINES:
            return True
    return facts.handwritten


def _confidence(page: Page, lines: tuple[Box, ...]) -> float | None:
    """Mean confidence of the digits that stand on lines, each character counted; None for less than four words."""
    words = [w for w in page.words if any(c.isdigit() for c in w.text) and any(_stands_on(w.box, line) for line in lines)]
    if len(words) < 4:
        return None
    return sum(len(w.text) * w.confidence for w in words) / sum(len(w.text) for w in words)


def _stands_on(word: Box, line: Box) -> bool:
    x, y = word.middle
    return line.left - 3 <= x <= line.right + 3 and line.middle[1] - _ABOVE <= y <= line.middle[1] + 4


def read_by_hand(facts: PageFacts, writing: Writing, hands: HandFields) -> PageFacts:
    """The page's facts with everything that was written by hand read anew; what is printed stays."""
    page = facts.marked.page
    print_only = read_page(replace(page, words=writing.printed(page.number)))
    marked = print_only.marked
    places = find_places(marked, writing.cells(page.number))
    if not places.all():
        return facts
    for key in ("position", "signatory", "period"):
        facts.single[key] = facts.single[key] or print_only.single[key]
    written = {key: _first(page.number, boxes, writing) for key, boxes in places.single.items()}
    _put_single(facts, written, hands)
    drafts = [draft for row in places.rows if (draft := _draft(row, facts, marked, writing, hands)) is not None]
    if drafts:
        facts.drafts = drafts
    return facts


def _first(page: int, boxes: list[Box], writing: Writing) -> Written | None:
    """What is written in the first of several places of one meaning in which something is."""
    return next((w for box in boxes if (w := weigh(writing.hand(page, box), page, box)) is not None), None)


def _put_single(facts: PageFacts, written: dict[str, Written | None], hands: HandFields) -> None:
    for key, length in _LENGTHS.items():
        place = written.get(key)
        value = digits_field(place, length) if place is not None else None
        if value is None:
            continue
        if key == "contract_number":
            facts.contract = hands.found(value)
        else:
            facts.single[key] = hands.found(value)
    dates = date_fields(written.get("reading_date"), written.get("report_date"))
    for key, value in zip(("reading_date", "report_date"), dates, strict=True):
        if value is not None:
            facts.single[key] = hands.found(value)


def _draft(row: PlacedRow, facts: PageFacts, marked: MarkedPage, writing: Writing, hands: HandFields) -> Draft | None:
    """The meter of a row, None where nothing is written in it or it is a total."""
    page = marked.page.number
    beside = [i for i in marked.items if row.band.top <= i.box.middle[1] <= row.band.bottom]
    if row.header is not None and any(i.sort == "label" and i.key in ("total", "average") for i in beside):
        return None
    written = {role: w for role, place in row.places.items() if (w := weigh(writing.hand(page, place), page, place)) is not None}
    if not any(name in written for name in NUMBERS):
        return None
    draft = Draft(page, kind=_kind(row, marked), unit=_unit(row, marked), top=row.band.top)
    if "serial" in written and (serial := digits_field(written["serial"], None)) is not None:
        draft.serial = hands.found(serial)
    for name, value in number_fields(written).items():
        setattr(draft, name, hands.found(value))
    known = [d for d in facts.drafts if row.band.top - 3 <= d.top <= row.band.bottom]
    if len(known) == 1 and row.header is not None:
        draft.model = known[0].model
    return draft


def _kind(row: PlacedRow, marked: MarkedPage) -> MeterKind | None:
    """What the row's print says, or between the meter's lines, or the only kind that its table or page names."""
    near = [i.value for i in marked.items if i.sort == "kind" and row.band.top - 2 <= i.box.middle[1] <= row.band.bottom + 2]
    every = near or [i.value for i in marked.items if i.sort == "kind"]
    kinds = {k for k in every if isinstance(k, MeterKind)}
    return next(iter(kinds)) if len(kinds) == 1 else None


def _unit(row: PlacedRow, marked: MarkedPage) -> Unit | None:
    """What is printed behind the numbers or over their columns."""
    if row.header is not None:
        own = [c.unit for c in row.header.columns if c.unit is not None and c.role in NUMBERS]
        if own:
            return own[0]
        units = {c.unit for c in row.header.columns if c.unit is not None}
    else:
        places = [row.places[n] for n in NUMBERS if n in row.places]
        units = {
            i.value
            for i in marked.items
            if i.sort == "unit"
            and isinstance(i.value, Unit)
            and any(p.top <= i.box.middle[1] <= p.bottom and i.box.left > p.left for p in places)
        }
    in_row = {
        i.value
        for i in marked.items
        if i.sort == "unit" and row.band.top <= i.box.middle[1] <= row.band.bottom and isinstance(i.value, Unit)
    }
    units = units or in_row
    return next(iter(units)) if len(units) == 1 else None
