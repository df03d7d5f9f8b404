"""A date that somebody wrote with the month as a word on one blank: «24 ноября 2026 г.», «2026 йил 21 октябрь» (docs/handwriting.md,
"Dates in parts")."""

from __future__ import annotations

from metering.pages import Box
from parsers.handwritten.date_parts import DateParts
from parsers.handwritten.lines import Place
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Token
from parsers.wording.dates import find_lone_months
from parsers.wording.folding import fold
from parsers.wording.months import written_month

_YEAR_WORDS = tuple(fold(word) for word in ("год", "г", "йил", "yil"))
_NARROWEST = 0.6  # of the month's height: a part that holds a digit
_SURELY = 0.3  # the engine's confidence in a word that is only like a month's name
_SIGNS = "«»\"“”„'.,"


def worded_date(inked: MarkedPage, place: Box) -> DateParts | None:
    """The parts of a date of which the engine read the month's word with its ink; None where it read none."""
    written = sorted((t for t in inked.tokens if place.holds(t.box)), key=lambda t: t.box.left)
    named = [(t, month) for t in written if (month := _month_of(t)) is not None]
    if len(named) != 1:
        return None
    word, month = named[0]
    words = [t for t in written if t is not word and t.fold.strip(_SIGNS).startswith(_YEAR_WORDS)]
    left, right = Box(place.left, place.top, word.box.left, place.bottom), Box(word.box.right, place.top, place.right, place.bottom)
    before = next((t for t in words if t.box.right <= word.box.left + 1), None)
    if before is not None:  # year, word, day, month
        day, year = Box(before.box.right, left.top, left.right, left.bottom), Box(left.left, left.top, before.box.left, left.bottom)
    else:
        after = min((t.box.left for t in words if t.box.left >= word.box.right - 1), default=right.right)
        day, year = left, Box(right.left, right.top, after, right.bottom)
    least = _NARROWEST * word.box.height
    if day.width < least or year.width < least:
        return None
    return DateParts(Place(day, boxed=False), month, Place(year, boxed=False), labelled=True)


def worded_period(inked: MarkedPage) -> str | None:
    """The month of the report, --MM, of which the engine read the word behind its label with its ink («Ҳисобот даври: ____»); None where
    it read none or several. Of the year's digits by hand it reads too little."""
    months: set[int] = set()
    for label in (i for i in inked.items if i.sort == "label" and i.key == "period"):
        others = [i.box.left for i in inked.on_line(label.line) if i.sort == "label" and i.box.left > label.box.right]
        behind = (t for t in inked.lines[label.line].tokens if label.box.right < t.box.left < min(others, default=inked.page.width))
        months |= {month for t in behind if (month := _month_of(t)) is not None}
    return f"--{months.pop():02d}" if len(months) == 1 else None


def _month_of(token: Token) -> int | None:
    text = token.text.strip(_SIGNS)
    if months := find_lone_months(text):
        return months[0][0]
    name = written_month(text) if token.confidence >= _SURELY and not any(c.isdigit() for c in text) else None
    return find_lone_months(name)[0][0] if name is not None else None
