"""All that one page says, by itself: requisites, meters, totals."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from metering.pages import Page, PageSource
from metering.periods import Period
from parsers.meters.bare import BareReader
from parsers.meters.blocks_of_ends import BlockReader
from parsers.meters.combining import join_page
from parsers.meters.dropping import without_unused
from parsers.meters.sentences import SentenceReader
from parsers.meters.settling import turn_round
from parsers.meters.spanned import SpannedReader
from parsers.meters.tables import TableReader
from parsers.meters.transposed import TransposedReader
from parsers.page.found import Draft, Found, FoundTotal, closes
from parsers.page.marked import MarkedPage, mark
from parsers.page.trust import DOUBTED, LABELLED
from parsers.requisites.addresses import find_address
from parsers.requisites.contracts import find_contracts, find_inn
from parsers.requisites.organizations import find_organization
from parsers.requisites.reading_dates import reading_date_of
from parsers.requisites.report_dates import find_report_date
from parsers.requisites.report_periods import find_period
from parsers.requisites.roman_months import in_roman_month
from parsers.requisites.signatories import find_signatory

#: Days after a month's end on which its readings may still be taken.
_JUST_AFTER = dt.timedelta(days=10)
#: Days after the readings within which a report without a label at its date is drawn up.
_SOON_AFTER = dt.timedelta(days=20)


@dataclass(slots=True)
class PageFacts:
    """What one page says. drafts and totals are of the page alone."""

    marked: MarkedPage
    contract: Found | None
    single: dict[str, Found | None] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    totals: list[FoundTotal] = field(default_factory=list)


def read_page(page: Page) -> PageFacts:
    """All that one page says. Tables first, then what stands outside them."""
    marked = mark(page)
    tables = TableReader(marked)
    sideways = TransposedReader(marked, tables.lines)
    blocks = BlockReader(marked, tables.lines | sideways.lines)
    bare = BareReader(marked, tables.lines | sideways.lines | blocks.lines)
    taken = tables.lines | sideways.lines | blocks.lines | bare.lines
    contracts, inn = find_contracts(marked), find_inn(marked)
    spoken_for = [t for found in (*contracts, inn) if found is not None for t in found.tokens]
    sentences = SentenceReader(marked, taken, spoken_for)
    spanned = SpannedReader(marked)
    others = tables.drafts + sideways.drafts + blocks.drafts + bare.drafts + sentences.drafts
    drafts = join_page(spanned.drafts + [draft for draft in others if not spanned.holds(draft)])
    if page.source is PageSource.OCR:
        drafts = without_unused(drafts, picture=True)  # no further reading of the page need look for what it lacks
        for draft in drafts:
            turn_round(draft)
    totals = _take_totals(drafts, tables.totals + sentences.totals)
    facts = PageFacts(marked, contracts[0] if contracts else None, drafts=drafts, totals=totals)
    organization = find_organization(marked, taken)
    position, signatory = find_signatory(marked, organization, taken)
    facts.single = {
        "organization": organization,
        "address": find_address(marked, organization, taken),
        "inn": inn,
        "report_date": find_report_date(marked, taken),
        "reading_date": reading_date_of(marked, drafts, taken),
        "period": find_period(marked, taken) or find_period(marked),
        "position": position,
        "signatory": signatory,
    }
    if page.source is PageSource.OCR:
        _read_roman_months(facts.single)
    _doubt_dates(facts.single)
    return facts


def _read_roman_months(single: dict[str, Found | None]) -> None:
    """The days that fit the report once strokes are months: of readings in its month or just after it, of the report soon after them."""
    if (period := single["period"]) is not None and period.trust > LABELLED:
        month = Period.parse(period.value)
        single["reading_date"] = (
            in_roman_month(single["reading_date"], month.first_day, month.last_day + _JUST_AFTER) or single["reading_date"]
        )
    if (read := single["reading_date"]) is not None:
        day = dt.date.fromisoformat(read.value)
        single["report_date"] = in_roman_month(single["report_date"], day, day + _SOON_AFTER) or single["report_date"]


def _doubt_dates(single: dict[str, Found | None]) -> None:
    """Readings are taken in the month that a report is about or just after it, and before it is drawn up: else something was mistaken."""
    read, drawn_up, period = single["reading_date"], single["report_date"], single["period"]
    if read is None:
        return
    day = dt.date.fromisoformat(read.value)
    if drawn_up is not None and drawn_up.trust < LABELLED and not day <= dt.date.fromisoformat(drawn_up.value) <= day + _SOON_AFTER:
        single["report_date"] = replace(drawn_up, trust=min(drawn_up.trust, DOUBTED))
    month = Period.parse(period.value) if period is not None else None
    outside = month is not None and not month.first_day <= day <= month.last_day + _JUST_AFTER
    if outside and period is not None:
        single["period"] = replace(period, trust=min(period.trust, DOUBTED))
    before = drawn_up is not None and drawn_up.trust > LABELLED and drawn_up.value < read.value
    if before and drawn_up is not None and not outside and _is_before(drawn_up, month, period):
        single["report_date"] = replace(drawn_up, trust=DOUBTED)  # the month speaks for the readings: this date was torn («22.01.20»)
    elif outside or before:
        single["reading_date"] = replace(read, trust=min(read.trust, DOUBTED))


def _is_before(drawn_up: Found, month: Period | None, period: Found | None) -> bool:
    """Whether a report would be drawn up before the month, surely read, that it is about."""
    return month is not None and period is not None and period.trust > LABELLED and dt.date.fromisoformat(drawn_up.value) < month.first_day


def _take_totals(drafts: list[Draft], totals: list[FoundTotal]) -> list[FoundTotal]:
    """«Итого за период» is a meter's consumption where its indexes differ by just that and it has no other; beside further meters it is
    then none of all. Returns the totals that are left."""
    taken = []
    for draft in drafts:
        total = next((t for t in totals if closes(draft.previous, draft.current, t.value)), None) if draft.consumption is None else None
        if total is not None:
            draft.consumption = total.value
            taken.append(total)
    several = sum(draft.has_value() for draft in drafts) > 1
    return [t for t in totals if not (several and any(t is one for one in taken))]
