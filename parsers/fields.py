"""Words with boxes become reports: every field with value, confidence, page and box (docs/extraction.md).

One path for all layouts: labels are found by meaning, values by where they stand to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from metering.pages import Page
from metering.periods import Period
from metering.reports import Report
from parsers.certainty import Certifier
from parsers.combining import combine
from parsers.found import Draft, Found, FoundTotal
from parsers.marked import MarkedPage, mark
from parsers.opinions import Readers, SecondReader, ThirdReader
from parsers.parties import find_address, find_organization, find_signatory
from parsers.requisites import find_contracts, find_inn, find_period, find_report_date, reading_date_of
from parsers.sentences import SentenceReader
from parsers.tables import TableReader
from parsers.transposed import TransposedReader


@dataclass(slots=True)
class PageFacts:
    """What one page says. drafts and totals are of the page alone."""

    marked: MarkedPage
    contract: Found | None
    single: dict[str, Found | None] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    totals: list[FoundTotal] = field(default_factory=list)


def extract(pages: Sequence[Page], file: str, second: SecondReader | None = None, third: ThirdReader | None = None) -> list[Report]:
    """The reports of one file, one for each contract number on its pages; at least one, without meters where nothing was read.

    second: asked about the places of the numbers that decide, on OCR pages only; third: asked for a page's words where
    a field is missing or two readings differ.
    """
    readers = Readers({page.number: page for page in pages}, second, third)
    facts = [read_page(page) for page in pages]
    reports = [_report(group, file, readers) for group in _by_contract(facts)]
    return reports or [Report((file,), len(pages))]


def read_page(page: Page) -> PageFacts:
    """All that one page says."""
    marked = mark(page)
    tables = TableReader(marked)
    sideways = TransposedReader(marked, tables.lines)
    taken = tables.lines | sideways.lines
    sentences = SentenceReader(marked, taken)
    drafts = tables.drafts + sideways.drafts + sentences.drafts
    contracts = find_contracts(marked)
    facts = PageFacts(marked, contracts[0] if contracts else None, drafts=drafts, totals=tables.totals + sentences.totals)
    organization = find_organization(marked, tables.lines)
    position, signatory = find_signatory(marked, organization, tables.lines)
    facts.single = {
        "organization": organization,
        "address": find_address(marked, organization, tables.lines),
        "inn": find_inn(marked),
        "report_date": find_report_date(marked, tables.lines),
        "reading_date": reading_date_of(marked, drafts, tables.lines),
        "period": find_period(marked, tables.lines) or find_period(marked),
        "position": position,
        "signatory": signatory,
    }
    return facts


def _by_contract(facts: list[PageFacts]) -> list[list[PageFacts]]:
    """Pages grouped into reports: a page with another contract number begins another report."""
    groups: list[list[PageFacts]] = []
    for page in facts:
        number = page.contract.value if page.contract else None
        home = next((g for g in groups if number is not None and any(p.contract and p.contract.value == number for p in g)), None)
        if home is None and groups and (number is None or not any(p.contract for p in groups[-1])):
            home = groups[-1]
        if home is None:
            groups.append([page])
        else:
            home.append(page)
    return groups


def _report(facts: list[PageFacts], file: str, readers: Readers) -> Report:
    pages = [f.marked for f in facts]
    single: dict[str, Found | None] = {}
    for key in facts[0].single:
        options = [f.single[key] for f in facts if f.single[key] is not None]
        single[key] = max(options, key=lambda o: o.trust if o else 0.0) if options else None
    single["contract_number"] = max((f.contract for f in facts if f.contract), key=lambda c: c.trust, default=None)
    totals = [t for f in facts for t in f.totals]
    drafts = combine([d for f in facts for d in f.drafts], totals, pages)
    if single["reading_date"] is None:
        dates = {d.reading_date.value: d.reading_date for d in drafts if d.reading_date is not None}
        single["reading_date"] = next(iter(dates.values())) if len(dates) == 1 else None
    if single["period"] is None and single["reading_date"] is not None:
        read = single["reading_date"]
        single["period"] = Found(str(Period.parse(read.value[:7])), read.page, read.tokens, "month of the reading date", 0.9 * read.trust)
    return Certifier(readers).report(file, len(facts), single, drafts, totals)
