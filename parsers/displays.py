"""A photo of a meter's display as a report of one meter: all is proposed, nothing is certain (docs/extraction.md, "Displays")."""

from __future__ import annotations

import re

from metering.pages import Page
from metering.reports import Field, MeterLine, Report
from metering.units import MeterKind, Unit, is_energy
from parsers.page.lines import lines_of

MOST_WORDS = 25  # that were read well; a housing has some ten, a page of a report more
_PROPOSED = 0.5  # confidence of what only a display shows, at most
_NOTE = "read off a photo of the meter's display"
_SERIAL = re.compile(r"(?:s\s?/?\s?n|nr|no|№|n[o°º]|зав\S*|sn)[\s.:№]*(\d{5,10})\b", re.IGNORECASE)
_UNITS = (
    (Unit.KWH, re.compile(r"\b(kwh|квт\W?ч)\b", re.IGNORECASE)),
    (Unit.MWH, re.compile(r"\b(mwh|мвт\W?ч)\b", re.IGNORECASE)),
    (Unit.GCAL, re.compile(r"\b(g[ck]al|гкал)\b", re.IGNORECASE)),
    (Unit.GJ, re.compile(r"\b(gj|гдж)\b", re.IGNORECASE)),
    (Unit.M3, re.compile(r"\b[mм][3³](?![\w/])", re.IGNORECASE)),
)


def may_be_display(report: Report, page: Page) -> bool:
    """Whether a picture that gave this is worth a look for a display: no contract, no full row of a meter, and few words on it."""
    rows = any(line.previous is not None or line.consumption is not None for line in report.meters)
    if report.contract_number is not None or rows or report.handwritten:
        return False
    return sum(word.confidence > 0.6 for word in page.words) <= MOST_WORDS


def display_report(page: Page, digits: str, confidence: float, file: str) -> Report:
    """digits: what the display shows, with a decimal point where one was seen; the words of the housing give unit and serial."""
    lines = [line.text() for line in lines_of(page)]
    units = [unit for unit, pattern in _UNITS if any(pattern.search(line) for line in lines)]
    unit = units[0] if len(units) == 1 else None
    serial = next((match[1] for line in lines if (match := _SERIAL.search(line))), None)
    kind = None if unit is None else MeterKind.HEAT if is_energy(unit) else MeterKind.HOT_WATER
    meter = MeterLine(
        serial=None if serial is None else Field(serial, _PROPOSED, page.number, None, note=_NOTE),
        kind=kind,
        unit=unit,
        current=Field(digits, round(_PROPOSED * confidence, 4), page.number, None, note=_NOTE),
    )
    return Report((file,), 1, meters=(meter,), of_display=True)
