"""Words with boxes become reports: every field with value, confidence, page and box (docs/extraction.md).

One path for all layouts: labels are found by meaning, values by where they stand to them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from metering.pages import Box, Page, PageSource, Word
from metering.periods import Period
from metering.reports import Report
from parsers.certainty.daily_rows import place_of_days
from parsers.certainty.lacking import WHO_SIGNED, has_print, has_whole_meter, in_doubt, is_complete, is_lacking, last_of_meters
from parsers.certainty.names import name_beside
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
from parsers.certainty.rereading import complete_signatory, is_signatory_sure, reconcile, take_signatory
from parsers.certainty.rows_of_days import read_with_days
from parsers.certainty.stroke_zeros import with_zeros_of_dates
from parsers.certainty.weighing import Certifier
from parsers.grouping import by_contract
from parsers.handwritten.filled import is_filled_by_hand
from parsers.handwritten.pages import read_by_hand
from parsers.handwritten.plain_print import may_be_print
from parsers.handwritten.writing import HandFields, Writing
from parsers.meters.blanks import fill_blanks, left_blank
from parsers.meters.combining import combine
from parsers.meters.leftover import has_unread_numbers
from parsers.meters.other_units import contradicting_units
from parsers.meters.settling import doubt_day
from parsers.page.found import Draft, Found
from parsers.page.trust import DOUBTED, LABELLED
from parsers.pagefacts import PageFacts, read_page
from parsers.requisites.cautions import caution_on
from parsers.requisites.contracts import joined_contracts
from parsers.requisites.covered_positions import covered_position
from parsers.requisites.lost_lines import WHOSE, rows_of_lost_lines
from parsers.requisites.signing_rows import rows_of_signers
from parsers.requisites.torn_dates import rows_of_report_dates, torn_report_date

_ROWS_WITH_NAMES = 2  # that are looked at for a name
_TYPED_TABLE = 12  # bars: three rows of three columns
_OF_INK = 2.0  # times a row's height: what is so high in it is no print
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
    facts = [_read(page, readers, writing, hands) for page in pages]
    reports = [hands.put_into(_report(group, file, readers)) for group in by_contract(facts)]
    return reports or [Report((file,), len(pages))]


def _read(page: Page, readers: Readers, writing: Writing | None, hands: HandFields) -> PageFacts:
    """What a page says; of a picture that left something open, with what the third reading adds."""
    if page.source is PageSource.OCR:
        page = readers.pages[page.number] = with_zeros_of_dates(page, readers)
    facts = read_with_days(page, readers)
    page = readers.pages[page.number] = facts.marked.page
    if page.source is not PageSource.OCR or not has_print(page):
        return facts
    if not is_signatory_sure(facts):
        _read_name(page, readers, facts)
    if not is_signatory_sure(facts):
        for beneath in readers.words_beneath_ink(page.number):
            take_signatory(facts, read_page(replace(page, words=beneath)))
            if is_signatory_sure(facts):
                break
    if writing is not None and is_filled_by_hand(facts, writing) and (written := _written(facts, writing, hands)) is not None:
        readers.by_hand.add(page.number)
        facts = written
        if any(facts.single[key] is None for key in WHO_SIGNED):  # a stamp covers it: the third reading sees other parts
            complete_signatory(facts, read_page(replace(page, words=_read_foot(page, readers, facts))))
        return facts
    if is_lacking(facts) and (words := readers.words_by_combs(page.number)):
        page = readers.pages[page.number] = replace(page, words=words)
        facts = read_page(page)
    _read_rows(page, readers, facts)
    _read_lost_lines(page, readers, facts)
    _read_report_date(page, readers, facts)
    beneath = readers.words_beneath_ink(page.number)
    looks = [lambda: next(beneath, ()), lambda: next(beneath, ()), lambda: readers.words_by_cells(page.number)]
    third, block = lambda: _read_third(page, readers, facts), lambda: _read_block(page, readers, facts)
    # The cheapest first: where nothing at all of a meter was seen, tables typed with | and box characters are likely.
    looks += [third, block] if facts.drafts and not _is_typed_table(page) else [block, third]
    for look in looks:
        if not is_lacking(facts):
            return facts
        if words := look():
            facts = reconcile(facts, read_page(replace(page, words=words)))
    return facts


def _read_name(page: Page, readers: Readers, facts: PageFacts) -> None:
    """The name beside the signature, where pen or stamp hid it."""
    for row in rows_of_signers(facts.marked, {**facts.single, "signatory": None}, last_of_meters(facts))[:_ROWS_WITH_NAMES]:
        name = name_beside(page, row, readers.words_beside_signature(page.number, row), facts.single["signatory"])
        if name is not None and name is not facts.single["signatory"]:
            facts.single["signatory"] = name
            return


def _read_rows(page: Page, readers: Readers, facts: PageFacts) -> None:
    """Who signed, where nothing of it was read: from the rows on which it stands, each by itself."""
    if all(facts.single[key] is not None for key in WHO_SIGNED) or not facts.drafts:
        return
    for row in rows_of_signers(facts.marked, facts.single, last_of_meters(facts)):
        if words := readers.words_of_row(page.number, row):
            complete_signatory(facts, _with_row(page, row, words))
            facts.single["position"] = facts.single["position"] or covered_position(words, page.number)
        if all(facts.single[key] is not None for key in WHO_SIGNED):
            return


def _read_lost_lines(page: Page, readers: Readers, facts: PageFacts) -> None:
    """The name or the address whose line the engine passed over: from the gap that it left near the other."""
    for row in rows_of_lost_lines(facts.marked, facts.single) if facts.drafts else ():
        if words := readers.words_of_row(page.number, row):
            again = _with_row(page, row, words)
            for key in WHOSE:
                facts.single[key] = facts.single[key] or again.single[key]


def _read_report_date(page: Page, readers: Readers, facts: PageFacts) -> None:
    """The date of the report, where it was not read: from its lines with the ink over them faded, from the row of its label by itself; of a
    torn one that it is there."""
    read = facts.single["reading_date"]
    if facts.single["report_date"] is not None or not facts.drafts:
        return
    torn = torn_report_date(facts.marked, read)
    for again in _again_about_report_date(page, readers, facts):
        if (whole := again.single["report_date"]) is not None:
            facts.single["report_date"] = replace(whole, trust=min(whole.trust, LABELLED))
            return
        torn = torn or torn_report_date(again.marked, read)
    facts.single["report_date"] = torn


def _again_about_report_date(page: Page, readers: Readers, facts: PageFacts) -> Iterator[PageFacts]:
    """The page with the ink over its lines faded, as looks for other fields need it, too, then with each row that may hold a date."""
    for beneath in readers.words_beneath_ink(page.number):
        yield read_page(replace(page, words=beneath))
    who = [found.box for key in WHO_SIGNED if (found := facts.single[key]) is not None and found.box is not None]
    for row in rows_of_report_dates(facts.marked, min(who, key=lambda box: box.top, default=None)):
        if words := readers.words_of_row(page.number, row):
            yield _with_row(page, row, words)


def _with_row(page: Page, row: Box, words: Sequence[Word]) -> PageFacts:
    """What the page says with one of its rows, or the beginning of one, read by itself. What ink made of a row is far higher than it."""
    across = [w for w in page.words if row.left <= w.box.middle[0] <= row.right and w.box.top < row.bottom and w.box.bottom > row.top]
    inside = {id(w) for w in across if row.top <= w.box.middle[1] <= row.bottom or w.box.height > _OF_INK * row.height}
    others = (word for word in page.words if id(word) not in inside)
    return read_page(replace(page, words=(*others, *words)))


def _written(facts: PageFacts, writing: Writing, hands: HandFields) -> PageFacts | None:
    """The page as the readers of handwriting read it; None of print whose ink looks written: they make no meter of it that adds up, and
    the readers of print do, or may."""
    found = HandFields()
    written = read_by_hand(replace(facts, single=dict(facts.single), drafts=list(facts.drafts)), writing, found)
    adds_up = any(d.adds_up() for d in facts.drafts)
    if not has_whole_meter(written) and (may_be_print(facts.marked.page.words) or adds_up):
        return None
    hands.settled.update(found.settled)
    return written


def _read_third(page: Page, readers: Readers, facts: PageFacts) -> tuple[Word, ...]:
    """The third reading: of the lines around numbers that do not add up or whose table's head was not read where only these are open,
    else of the page without its rows of days."""
    place = in_doubt(facts)
    if place is None:
        days = next(filter(None, map(place_of_days, facts.drafts)), None)
        return readers.words_again(page.number) if days is None else _around_days(page, readers, days)
    words, top, bottom = readers.words_around(page.number, place)
    return (*(word for word in page.words if not top <= word.box.middle[1] <= bottom), *words) if words else ()


def _read_foot(page: Page, readers: Readers, facts: PageFacts) -> tuple[Word, ...]:
    """The third reading of what stands below the numbers of a form by hand: who signed; of the page where none of them has a place."""
    boxes = [found.box for draft in facts.drafts for found in draft.numbers() if found.box is not None]
    if not boxes:
        return readers.words_again(page.number)
    return readers.words_between(page.number, max(box.bottom for box in boxes), page.height)


def _around_days(page: Page, readers: Readers, days: Box) -> tuple[Word, ...]:
    """The third reading of what stands above and below the rows of days: these are most of a printout's words, and its dearest."""
    known = [word for word in page.words if days.top <= word.box.middle[1] <= days.bottom]
    above, below = readers.words_between(page.number, 0.0, days.top), readers.words_between(page.number, days.bottom, page.height)
    return (*above, *known, *below)


def _read_block(page: Page, readers: Readers, facts: PageFacts) -> tuple[Word, ...]:
    """The page as one block of text, where no meter of it was read in full, nor its days, or its table is typed with bars."""
    if not _is_typed_table(page) and (has_whole_meter(facts) or is_complete(facts) or any(map(place_of_days, facts.drafts))):
        return ()
    return readers.words_as_block(page.number)


def _is_typed_table(page: Page) -> bool:
    return sum(word.text.count("|") for word in page.words) >= _TYPED_TABLE


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
