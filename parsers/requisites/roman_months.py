"""Months in Roman numbers whose strokes a picture's readers take for ones: «25.II.2026» read as 25.1.2026 or 25.11.2026."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from parsers.page.found import Found
from parsers.page.lines import text_of
from parsers.page.trust import DOUBTED
from parsers.wording.dates import ROMAN_STROKES

_STROKES = re.compile(r"(?P<d>\d{1,2})\s?[./-]\s?1{1,3}\s?[./-]\s?(?P<y>20\d{2})")
_FIRST_MONTHS = (1, 2, 3)  # I, II, III: how many strokes there were is what is not known


def in_roman_month(found: Found | None, first: dt.date, last: dt.date) -> Found | None:
    """The date that lies between two days once its month is taken for I, II or III; never certain. None where it is written otherwise, lies
    there as it was read, or in no such month."""
    if found is None or first <= dt.date.fromisoformat(found.value) <= last or not (match := _STROKES.fullmatch(text_of(found.tokens))):
        return None
    days = [day for month in _FIRST_MONTHS if (day := _day(int(match["y"]), month, int(match["d"]))) and first <= day <= last]
    return replace(found, value=days[0].isoformat(), note=ROMAN_STROKES, trust=min(found.trust, DOUBTED)) if len(days) == 1 else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
