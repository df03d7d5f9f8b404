"""Which sheets beside a report are about something else: a letter that asks for an invoice is signed, and confirms no readings."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib import resources

from metering.pages import Page
from metering.reports import Report
from parsers.wording.folding import fold_phrase

#: Words from which a sheet has a subject of its own: what runs over to a second sheet (post, name, day, the stamp's place) has fewer.
_SUBJECT = 12
_METER_FIELDS = ("serial", "previous", "current", "consumption")


def is_about_something_else(page: Page, reports: Sequence[Report]) -> bool:
    """Whether a sheet says a good deal and nothing of readings, meters or a report, and no report has a reading or its month from it."""
    told = [word for piece in page.words for word in fold_phrase(piece.text) if len(word) > 2 and word.isalpha()]
    if len(told) < _SUBJECT or any(word.startswith(_BEGINNINGS) for word in told):
        return False
    return not any(page.number in _stands_on(report) for report in reports)


def _stands_on(report: Report) -> set[int]:
    fields = [getattr(line, name) for line in report.meters for name in _METER_FIELDS]
    return {field.page for field in (*fields, report.period, report.reading_date) if field is not None}


def _beginnings() -> tuple[str, ...]:
    lists = tomllib.loads((resources.files("parsers.wording") / "cautions.toml").read_text(encoding="utf-8"))
    return tuple(word for phrase in lists["subject"] for word in fold_phrase(phrase))


_BEGINNINGS = _beginnings()
