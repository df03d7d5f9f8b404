"""Does the report carry what the announcement (clause 3.4 b) asks of it: name, address, date, position, name, signature, stamp.

Telling a customer wrongly that something is missing costs more than a look by a person, so every requisite has
two rules: `..._missing` (incomplete) where its absence is sure, `..._unsure` (review) where it was merely not found.
Of ink the reader itself says how sure it is; of text, not found is never sure (docs/rules.md, "Requisites"), unless
the page shows its label with nothing behind it. The contract number and the quantity have rules of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from metering.decisions import Case, Severity, Source
from metering.pages import Mark
from metering.reports import Report
from validation.rules import Check, Rule, Values

#: From this confidence on, ink that was looked for and not found is not there.
SURELY_ABSENT = 0.9
#: From this confidence on, ink that was found is there.
SURELY_PRESENT = 0.8

_TEXTS = {
    "organization": "The name of the organisation",
    "address": "The address of the organisation",
    "report_date": "The date of the report",
    "position": "The position of who signs",
    "signatory": "Surname and initials of who signs",
}
_MARKS: dict[str, tuple[str, Callable[[Report], Mark]]] = {
    "signature": ("The signature", lambda report: report.signature_present),
    "stamp": ("The stamp", lambda report: report.stamp_present),
}


def surely_missing(report: Report, case: Case) -> tuple[str, ...]:
    """The requisites whose absence is sure, in the announcement's order. Typed submissions have none: the cabinet knows its user."""
    if case.source is not Source.EMAIL:
        return ()
    texts = [name for name in _TEXTS if getattr(report, name) is None and name in report.blank]
    marks = [name for name, (_, mark) in _MARKS.items() if not mark(report).value and mark(report).confidence >= SURELY_ABSENT]
    return (*texts, *marks)


def _not_sure(report: Report, case: Case) -> tuple[str, ...]:
    if case.source is not Source.EMAIL:
        return ()
    texts = [name for name in _TEXTS if getattr(report, name) is None and name not in report.blank]
    marks = [name for name, (_, mark) in _MARKS.items() if not _is_sure(mark(report))]
    return (*texts, *marks)


def _is_sure(mark: Mark) -> bool:
    return mark.confidence >= (SURELY_PRESENT if mark.value else SURELY_ABSENT)


def _missing(name: str) -> Check:
    def check(report: Report, case: Case) -> Iterator[Values]:
        if name in surely_missing(report, case):
            yield {}

    return check


def _unsure(name: str) -> Check:
    def check(report: Report, case: Case) -> Iterator[Values]:
        # Beside a requisite that is surely missing a doubt decides nothing: the sender is asked for a whole report anyway.
        if name in _not_sure(report, case) and not surely_missing(report, case):
            yield {}

    return check


_NAMES = {**_TEXTS, **{name: title for name, (title, _) in _MARKS.items()}}

RULES = (
    *(Rule(f"{name}_missing", Severity.INCOMPLETE, f"{title} is not on the report.", _missing(name)) for name, title in _NAMES.items()),
    *(
        Rule(f"{name}_unsure", Severity.REVIEW, f"{title} was not found, which does not prove that it is missing.", _unsure(name))
        for name, title in _NAMES.items()
    ),
)
