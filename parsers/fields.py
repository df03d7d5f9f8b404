"""Words with boxes become reports: every field with value, confidence, page and box (docs/extraction.md).

One path for all layouts: labels are found by meaning, values by where they stand to them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace

from metering.pages import Page, PageSource
from metering.periods import Period
from metering.reports import Report
from parsers.certainty.opinions import (
    BlockReader,
    CellReader,
    CombReader,
    DayReader,
    InkFader,
    NameReader,
    Readers,
    RowReader,
    SecondReader,
    ThirdReader,
)
from parsers.certainty.weighing import Certifier
from parsers.grouping import by_contract
from parsers.handwritten.writing import HandFields, Writing
from parsers.meters.blanks import fill_blanks, left_blank
from parsers.meters.combining import combine
from parsers.meters.leftover import has_unread_numbers
from parsers.meters.other_units import contradicting_units
from parsers.meters.settling import doubt_day
from parsers.page.found import Draft, Found
from parsers.page.trust import DOUBTED, LABELLED
from parsers.pagefacts import PageFacts
from parsers.reading_again import read_fully
from parsers.requisites.cautions import caution_on
from parsers.requisites.contracts import joined_contracts

_CONTRADICTED = 0.5  # trust in a meter's date where another is labelled as that of all readings


def extract(
    pages: Sequence[Page],
    file: str,
    second: SecondReader | None = None,
    third: ThirdReader | None = None,
    fade: InkFader | None = None,
    cells: CellReader | None = None,
    block: BlockReader | None = None,
    row: RowReader | None = None,
    name: NameReader | None = None,
    combs: CombReader | None = None,
    days: DayReader | None = None,
    writing: Writing | None = None,
) -> list[Report]:
    """The reports of one file, one for each contract number on its pages; at least one, without meters where nothing was read.

    second: asked about the places of the numbers that decide, on OCR pages only; third: asked for a page's words where
    a field is missing or two readings differ; fade: asked for the lines that a stamp or a signature crosses;
    cells: asked for a page's words with its ruled tables read cell by cell, where a field is missing;
    block: the page read as one block of text, asked for where no meter was read in full (tables typed with | and box characters);
    row: asked for the words of one row of the page with ink over them faded, where who signed was not read;
    days: asked for those of a page's rows of days that the first reading left out;
    combs: asked for a page's words with the numbers put together whose digits stand each in a cell, where a field is missing;
    name: asked for the words beside a row's signature, where the name of who signed was not read surely;
    writing: asked about what was filled in by hand.
    """
    readers = Readers(
        {page.number: page for page in pages},
        second,
        third,
        fade=fade,
        cells=cells,
        block=block,
        row=row,
        name=name,
        combs=combs,
        days=days,
    )
    hands = HandFields()
    facts = [read_fully(page, readers, writing, hands) for page in pages]
    reports = [hands.put_into(_report(group, file, readers)) for group in by_contract(facts)]
    return reports or [Report((file,), len(pages))]


def _as_sure_as_meters(read: Found | None, drafts: Sequence[Draft]) -> Found | None:
    """A day that was taken from the meters' own days is no surer than the surest of these."""
    days = [d.reading_date for d in drafts if d.reading_date is not None and read is not None and d.reading_date.tokens == read.tokens]
    return replace(read, trust=min(read.trust, max(day.trust for day in days))) if read is not None and days else read


def _report(facts: list[PageFacts], file: str, readers: Readers) -> Report:
    pages = [f.marked for f in facts]
    single: dict[str, Found | None] = {}
    for key in facts[0].single:
        options = [f.single[key] for f in facts if f.single[key] is not None]
        single[key] = max(options, key=lambda o: o.trust if o else 0.0) if options else None
    single["contract_number"] = max((f.contract for f in facts if f.contract), key=lambda c: c.trust, default=None)
    totals = [t for f in facts for t in f.totals]
    drafts = combine([d for f in facts for d in f.drafts], totals, pages)
    for page in facts:
        if page.marked.page.number not in readers.by_hand:
            fill_blanks(page.marked, single, readers)
    if pages[0].page.source is PageSource.TEXT_LAYER:
        for draft in drafts:
            doubt_day(draft)
    _settle_reading_dates(drafts, single, {p.page.number for p in pages if p.ocr})
    if single["period"] is None and single["reading_date"] is not None:
        single["period"] = _month_of(single["reading_date"])
    report = Certifier(readers).report(file, len(facts), single, drafts, totals)
    blank = frozenset(name for p in facts for name in left_blank(p.marked, single))
    cautions = (caution_on(page) or joined_contracts(page, single["contract_number"]) for page in pages)
    caution = next(filter(None, cautions), "") or contradicting_units(drafts, totals)
    return replace(report, blank=blank, unread_numbers=has_unread_numbers(pages, drafts, totals), caution=caution)


def _month_of(read: Found) -> Found:
    """The month that readings of a day are about: on its first day the month before, and a person looks."""
    day = dt.date.fromisoformat(read.value)
    if day.day > 1:
        return Found(str(Period.of(day)), read.page, read.tokens, "month of the reading date", 0.9 * read.trust)
    before = Period.of(day - dt.timedelta(days=1))
    return Found(str(before), read.page, read.tokens, "month before the reading date", min(DOUBTED, 0.9 * read.trust))


def _settle_reading_dates(drafts: Sequence[Draft], single: dict[str, Found | None], pictures: Collection[int]) -> None:
    """One meter's date beside that of all: what is labelled as the date of the readings holds, and what contradicts it is in doubt; on
    pictures (their pages' numbers) also one that a single misread digit makes another."""
    told, drawn_up = single["reading_date"], single["report_date"]
    if told is not None and told.trust >= LABELLED:
        for draft in drafts:
            if draft.reading_date is not None and drawn_up is not None and draft.reading_date.tokens == drawn_up.tokens:
                draft.reading_date = None  # the date of the report, which stood near the number
        own = [(draft, date) for draft in drafts if (date := draft.reading_date) is not None]
        none_agrees = all(date.value != told.value for _, date in own)
        for draft, date in own:
            misread = date.page in pictures and sum(a != b for a, b in zip(date.value, told.value, strict=True)) == 1
            if none_agrees or misread:
                draft.reading_date = replace(date, trust=min(date.trust, _CONTRADICTED))
    dates = {d.reading_date.value: d.reading_date for d in drafts if d.reading_date is not None}
    # What all meters say counts more than a date that only stands near the words for readings.
    if len(dates) == 1 and (told is None or (told.value not in dates and told.trust < min(LABELLED, *(d.trust for d in dates.values())))):
        single["reading_date"] = next(iter(dates.values()))
    single["reading_date"] = read = _as_sure_as_meters(single["reading_date"], drafts)
    for draft in drafts:  # a doubt about the page's day is one about the meters' own
        if draft.reading_date is not None and read is not None and draft.reading_date.value == read.value:
            draft.reading_date = replace(draft.reading_date, trust=min(draft.reading_date.trust, read.trust))
