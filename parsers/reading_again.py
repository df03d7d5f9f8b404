"""A page read as often as pays: what its first reading left open is asked of further ones, the cheapest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from metering.pages import Box, Page, PageSource, Word
from parsers.certainty.daily_rows import place_of_days
from parsers.certainty.lacking import WHO_SIGNED, has_print, has_whole_meter, in_doubt, is_complete, is_lacking, last_of_meters
from parsers.certainty.names import name_beside
from parsers.certainty.opinions import Readers
from parsers.certainty.rereading import complete_signatory, is_signatory_sure, reconcile, take_signatory
from parsers.certainty.rows_of_days import read_with_days
from parsers.certainty.stroke_zeros import with_zeros_of_dates
from parsers.handwritten.filled import is_filled_by_hand
from parsers.handwritten.pages import read_by_hand
from parsers.handwritten.plain_print import may_be_print
from parsers.handwritten.writing import HandFields, Writing
from parsers.page.trust import LABELLED
from parsers.pagefacts import PageFacts, read_page
from parsers.requisites.covered_positions import covered_position
from parsers.requisites.lost_lines import WHOSE, rows_of_lost_lines
from parsers.requisites.signing_rows import TELLING, rows_of_signers
from parsers.requisites.torn_dates import rows_of_report_dates, torn_report_date

_ROWS_WITH_NAMES = 2  # that are looked at for a name
_TYPED_TABLE = 12  # bars: three rows of three columns
_OF_INK = 2.0  # times a row's height: what is so high in it is no print


def read_fully(page: Page, readers: Readers, writing: Writing | None, hands: HandFields) -> PageFacts:
    """What a page says; of a picture that left something open, with what the third reading adds."""
    if page.source is PageSource.OCR:
        page = readers.pages[page.number] = with_zeros_of_dates(page, readers)
    facts = read_with_days(page, readers)
    page = readers.pages[page.number] = facts.marked.page
    if page.source is not PageSource.OCR:
        return facts
    if not has_print(page):
        if any(item.key in TELLING for item in facts.marked.items):
            _read_who_signed(page, readers, facts)
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
    if facts.drafts:
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


def _read_who_signed(page: Page, readers: Readers, facts: PageFacts) -> None:
    """Who signed, on a report's second sheet that is for him alone: pen and stamp leave few words of it."""
    _read_name(page, readers, facts)
    _read_rows(page, readers, facts)


def _read_name(page: Page, readers: Readers, facts: PageFacts) -> None:
    """The name beside the signature, where pen or stamp hid it."""
    for row in rows_of_signers(facts.marked, {**facts.single, "signatory": None}, last_of_meters(facts))[:_ROWS_WITH_NAMES]:
        name = name_beside(page, row, readers.words_beside_signature(page.number, row), facts.single["signatory"])
        if name is not None and name is not facts.single["signatory"]:
            facts.single["signatory"] = name
            return


def _read_rows(page: Page, readers: Readers, facts: PageFacts) -> None:
    """Who signed, where nothing of it was read: from the rows on which it stands, each by itself."""
    if all(facts.single[key] is not None for key in WHO_SIGNED):
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
