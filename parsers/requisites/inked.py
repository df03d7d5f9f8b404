"""Whose signature and stamp it is, where a file holds several reports: each is signed on its own pages (docs/extraction.md, "Merging")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from metering.pages import Box, Mark
from metering.reports import Field, PenOver, Report

BY_PLACE = 0.7  # of ink that only its place ties to a report: neither there nor missing for sure
FAR = 30.0  # points between a signature and the row of who signs; of 202 signatures none was more than 14 away
_FIELDS = ("contract_number", "organization", "address", "inn", "report_date", "reading_date", "period", "position", "signatory")
_METER_FIELDS = ("serial", "model", "previous", "current", "consumption", "reading_date")


@dataclass(frozen=True, slots=True)
class Ink:
    """What was found on one page. over: what a pen did to it as a whole; of a form filled in by hand a word across it tells nothing."""

    signature: Mark
    stamp: Mark
    over: PenOver | None = None


def with_ink(reports: Sequence[Report], pages: Mapping[int, Ink]) -> tuple[Report, ...]:
    """The reports of one file with the ink of their pages, by page number. A page that none of them says anything on (the sheet
    that is signed) is of the one before it. Ink on another's page alone may still be meant for all: then it is unsure."""
    owners = _owners(reports, sorted(pages))
    return tuple(
        replace(
            report,
            signature_present=_of_signatory(
                _seen([pages[n].signature for n in owners[place]], [ink.signature for ink in pages.values()]), report
            ),
            stamp_present=_seen([pages[n].stamp for n in owners[place]], [ink.stamp for ink in pages.values()]),
            pen_over=_over([pages[n].over for n in owners[place]], report),
        )
        for place, report in enumerate(reports)
    )


def _over(pages: Sequence[PenOver | None], report: Report) -> PenOver | None:
    """What a pen did to any of a report's pages. Who fills in a form by hand writes on it all over."""
    if PenOver.CROSSED_OUT in pages:
        return PenOver.CROSSED_OUT
    return PenOver.WRITTEN_OVER if PenOver.WRITTEN_OVER in pages and not report.handwritten else None


def written_places(reports: Sequence[Report], page: int) -> list[Box]:
    """Where on a page something is written by hand that is no signature: digits, dates and names are pen strokes, too. People sign below
    their readings, so all that stands above the last of them is among it, read or not."""
    by_hand = [report for report in reports if report.handwritten]
    places = [field.box for report in by_hand for field in _fields(report) if field.page == page and field.box is not None]
    lowest = max((_end_of_readings(report, page) for report in by_hand), default=0.0)
    return [*places, Box(0.0, 0.0, max(place.right for place in places), lowest)] if places else []


def _end_of_readings(report: Report, page: int | None) -> float:
    """The lower edge of the last that was read of a report's meters on a page, in points; 0 without any."""
    numbers = [getattr(line, name) for line in report.meters for name in _METER_FIELDS]
    return max((f.box.bottom for f in numbers if f is not None and f.page == page and f.box is not None), default=0.0)


def doubted(mark: Mark) -> Mark:
    """Ink that only its place ties to a report."""
    return replace(mark, confidence=min(mark.confidence, BY_PLACE)) if mark.value else mark


def _of_signatory(mark: Mark, report: Report) -> Mark:
    """A signature that stands well away from the rows on which its page names who signs is another's, of a second sheet that lies over
    the foot of this one, say. In an act's sentence above the readings he is named, and signs below."""
    named = [f.box for f in (report.position, report.signatory) if f is not None and f.box is not None and f.page == mark.page]
    rows = [row for row in named if row.top > _end_of_readings(report, mark.page)]
    if mark.box is None or report.signatory is None or not rows:
        return mark
    away = min(max(mark.box.top - row.bottom, row.top - mark.box.bottom) for row in rows)
    return doubted(mark) if away > FAR else mark


def _owners(reports: Sequence[Report], numbers: Sequence[int]) -> list[list[int]]:
    """The page numbers of each report. All of them, where there is one report or the pages do not tell them apart."""
    stands_on = [_pages_of(report) for report in reports]
    owners: list[list[int]] = [[] for _ in reports]
    last = 0
    for number in numbers:
        homes = [place for place, pages in enumerate(stands_on) if number in pages] or [last]
        for place in homes:
            owners[place].append(number)
        last = homes[-1]
    return [own or list(numbers) for own in owners]


def _pages_of(report: Report) -> set[int]:
    return {field.page for field in _fields(report)}


def _fields(report: Report) -> list[Field]:
    fields = [getattr(report, name) for name in _FIELDS]
    fields += [getattr(line, name) for line in report.meters for name in _METER_FIELDS]
    return [field for field in fields if field is not None]


def _seen(own: Sequence[Mark], all_of_file: Sequence[Mark]) -> Mark:
    mark = _surest(own)
    return mark if mark.value else doubted(_surest([mark, *(other for other in all_of_file if other.value)]))


def _surest(marks: Sequence[Mark]) -> Mark:
    """What was found on one page is found; an absence is as sure as the least sure page."""
    found = [mark for mark in marks if mark.value]
    return max(found, key=lambda m: m.confidence) if found else min(marks, key=lambda m: m.confidence)
