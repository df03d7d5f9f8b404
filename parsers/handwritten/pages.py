"""A page filled in by hand: its labels read without the ink, its values by the two readers of handwriting (docs/handwriting.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from metering.pages import Box
from parsers.handwritten.dates_together import date_fields
from parsers.handwritten.form_places import Places
from parsers.handwritten.hand_meters import loose_drafts, loose_meters, put_loose_serial, serials_over, table_draft
from parsers.handwritten.journals import newest_row
from parsers.handwritten.lines import Place, is_drawn, without_loops
from parsers.handwritten.page_dates import read_dates
from parsers.handwritten.places import find_places
from parsers.handwritten.signers import written_name
from parsers.handwritten.tables import cell_beside
from parsers.handwritten.unlabelled import is_rubbish, lacks_something, put_missing, speaks_of_readings, unlabelled
from parsers.handwritten.unread import is_of_another, put_unread
from parsers.handwritten.values import Written, digits_field
from parsers.handwritten.worded_dates import worded_period
from parsers.handwritten.writing import DATES, SURELY_PRINT, HandFields, Writing, read_place
from parsers.page.found import Found
from parsers.page.trust import DOUBTED
from parsers.pagefacts import PageFacts, read_page

_FEW = 0.5  # of the places that another reading of a page finds


def read_by_hand(facts: PageFacts, writing: Writing, hands: HandFields) -> PageFacts:
    """The page's facts with everything that was written by hand read anew; what is printed stays."""
    page = facts.marked.page
    print_only = read_page(replace(page, words=writing.printed(page.number), rules=writing.lines(page.number, True)))
    frames = without_loops(writing.frames(page.number, True))
    places = find_places(print_only.marked, frames)
    inked = find_places(replace(facts.marked, page=print_only.marked.page), frames)
    bare = not any(is_drawn(print_only.marked, place) for place in (*places.all(), *inked.all()))
    if len(places.all()) < (1 if bare else _FEW) * len(inked.all()):
        # Where labels stand below their lines the print may be lost with the ink, and where they are written by hand, too.
        places, inked = inked, places
    places.add_lost(inked, print_only.marked)
    places.begin_behind_signs(facts.marked)
    journal = places.journal or inked.journal
    if journal is not None and (newest := newest_row(journal, page.number, writing)) is not None:
        places.rows = [newest]
        if newest.day is not None:
            places.single["reading_date"] = [Place(newest.day, boxed=True)]
            places.dates.pop("reading_date", None)
        for read in (facts, print_only):
            month = read.single["period"]
            if month is not None and month.box is not None and journal.area.top < month.box.middle[1] < journal.area.bottom:
                read.single["period"] = None  # of one of its rows
    for read in (facts, print_only):
        if _stands_in(read.single["period"], [box for row in places.rows for box in (row.day, row.passed) if box is not None]):
            read.single["period"] = None  # of a day by hand in the head of its table
    if not places.all():
        return facts
    for key in ("position", "signatory"):
        facts.single[key] = facts.single[key] or print_only.single[key]
    if is_of_another(facts.single["signatory"], print_only.marked, facts.single, frames):
        facts.single["signatory"] = None
    if facts.single["signatory"] is None and (position := facts.single["position"]) is not None:
        facts.single["signatory"] = written_name(facts.marked, print_only.marked, position, writing)
    put_unread(facts.marked, print_only.marked, facts.single, frames, writing)
    months = [f.value for f in (print_only.single["period"], facts.single["period"]) if f is not None]
    written_month, facts.single["period"] = facts.single["period"], print_only.single["period"]
    written = {
        key: _first(page.number, key, boxes, writing)
        for key, boxes in places.single.items()
        if key not in DATES and not _is_typed(facts, key, boxes, writing)
    }
    by_hand = [key for key in DATES if key in places.single and not _is_typed(facts, key, _days(places, key), writing)]
    written |= read_dates(facts.marked, places, by_hand, frames, writing, months[0] if months else None)
    serials = [place for key, place in places.loose if key == "serial"]
    for row in places.rows if not serials else ():
        row.model = row.model or cell_beside(row, frames)
    drafts = [
        draft
        for row in places.rows
        if (draft := table_draft(row, facts, print_only.marked, writing, hands, [r for r in places.rows if r is not row])) is not None
    ]
    meters, unused = ([], []) if drafts else loose_meters(places.loose, page.number, writing)
    if len(meters) <= 1:
        meter = meters[0] if meters else {}
        typed = {key for key in places.single if key not in written}
        if _is_typed(facts, "contract_number", [], writing):
            typed.add("contract_number")
        wanted = ("contract_number", "reading_date", *(() if facts.single["report_date"] is not None else ("report_date",)))
        written = {key: None for key in wanted if key not in typed} | written
        if None in written.values() or ("reading_date" in written and is_rubbish(written["reading_date"])) or lacks_something(meter):
            read = [Place(w.place, boxed=False) for w in (*written.values(), *meter.values()) if w is not None]
            loose = [place for _, place in places.loose] if drafts else []
            taken = [*read, *(place for row in places.rows for place in row.places.values()), *loose, *places.passed]
            free = unlabelled(print_only.marked, facts.marked, frames, taken, partial(writing.hand, page.number))
            put_missing(meter, written, free, partial(speaks_of_readings, print_only.marked), in_table=bool(drafts))
        meters = [meter] if meter else []
    month = months[0] if months else worded_period(facts.marked)
    _put_single(facts, written, hands, month)
    if written_month is not None and facts.single["period"] is None and facts.single["reading_date"] is None:
        facts.single["period"] = replace(written_month, trust=min(written_month.trust, DOUBTED))
    drafts = drafts or loose_drafts(meters, print_only.marked, facts.marked, writing, hands, places.units, unused)
    for draft, serial in serials_over(drafts, serials):
        put_loose_serial(draft, serial, facts.drafts, writing, hands)
    if drafts:
        facts.drafts = drafts
    return facts


def _stands_in(found: Found | None, places: Sequence[Box]) -> bool:
    return found is not None and found.box is not None and any(place.holds(Box(*found.box.middle, *found.box.middle)) for place in places)


def _first(page: int, key: str, places: list[Place], writing: Writing) -> Written | None:
    """What is written in the first of several places of one meaning in which something is that means it, else in the first."""
    read: Written | None = None
    for place in places:
        written = read_place(page, key, place, writing)
        if written is not None and not is_rubbish(written):
            return written
        read = read or written
    return read


def _days(places: Places, key: str) -> list[Place]:
    """Where the days of a date are written, or all of it."""
    return [parts.day for parts in places.dates[key]] if key in places.dates else places.single[key]


def _is_typed(facts: PageFacts, key: str, places: list[Place], writing: Writing) -> bool:
    """Whether a value was printed, and read as print: forms are filled in partly by a typewriter or a program. places: where its label has
    it; what the engine read of it may stand elsewhere («по договору № 23216» in a typed sentence)."""
    known = facts.contract if key == "contract_number" else facts.single[key]
    if known is None:
        return False
    page = facts.marked.page.number
    looks = [look for place in places if (look := writing.look(page, place.box, place.boxed)) is not None]
    if looks and max(looks) <= SURELY_PRINT:
        return True
    if key != "contract_number" or known.box is None or sum(c.isdigit() for t in known.tokens for c in t.text) < len(known.value):
        return False  # a number that zeros were put before may count a line («3. Договор № ____ 4. ИНН»)
    own = writing.look(page, known.box, False)
    return own is not None and own <= SURELY_PRINT


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
