"""The dates of a page filled in by hand, read in their places: whole, in parts, with the month as a word, beneath a stamp
(docs/handwriting.md, "Dates in parts")."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from metering.handwriting import HandReading
from metering.pages import Box
from parsers.handwritten.date_parts import DateParts, with_year_of
from parsers.handwritten.dates_together import likeliest
from parsers.handwritten.form_places import Places
from parsers.handwritten.lines import Place, is_in_boxes
from parsers.handwritten.unlabelled import is_rubbish
from parsers.handwritten.values import RUBBISH, Written, weigh, weigh_date
from parsers.handwritten.worded_dates import worded_date
from parsers.handwritten.writing import DATES, Writing
from parsers.handwritten.written_dates import Part, as_month, in_months, torn_date, weigh_parts
from parsers.page.marked import MarkedPage
from parsers.wording.dates import find_lone_months
from parsers.wording.months import names_like, written_month

_DAY_AND_MONTH = 28.0  # points that these take at least
_ANY_MONTH = frozenset(range(1, 13))
_NO_DIGITS = 7.0  # cost of a month in digits from which it is rather a word


def read_dates(
    inked: MarkedPage, places: Places, keys: Sequence[str], frames: Sequence[Box], writing: Writing, told: str | None
) -> dict[str, Written | None]:
    """The readings' and the report's date by name, of those that are written by hand (keys).

    inked: the page as it was read with its ink; told: the month that the page names elsewhere, YYYY-MM.
    """
    written: dict[str, Written | None] = {}
    for key in keys:
        if key in places.dates:
            written[key] = next((w for parts in places.dates[key] if (w := _in_parts(inked, parts, writing, told)) is not None), None)
            continue
        whole = (_whole(inked.page.number, place, frames, writing) for place in places.single[key])
        written[key] = _with_worded(inked, places.single[key], next((w for w in whole if w is not None), None), writing, told)
    _put_torn_report_date(written, places, inked.page.number, writing, told)
    _put_rest_of_other(inked, {key: places.dates[key] for key in keys if key in places.dates}, written, writing)
    return written


def _whole(page: int, place: Place, frames: Sequence[Box], writing: Writing) -> Written | None:
    """A date in one place; in boxes for single digits without the signs that only dates have, unless it makes none so: what else is a
    Roman two is an 11 there."""
    if is_in_boxes(place, frames):
        in_digits = weigh_date(writing.hand(page, place.box, place.boxed, False), page, place.box)
        if in_digits is not None and in_digits.values[0].cost < RUBBISH:
            return in_digits
    return weigh_date(writing.hand(page, place.box, place.boxed, True), page, place.box)


def _with_worded(inked: MarkedPage, places: list[Place], read: Written | None, writing: Writing, told: str | None) -> Written | None:
    """The date as its month's word parts it, where that is likelier than what it is in digits."""
    if read is not None and read.values[0].cost < _NO_DIGITS:
        return read
    parts = (parts for place in places if (parts := worded_date(inked, place.box)) is not None)
    worded = next((w for p in parts if (w := _in_parts(inked, p, writing, told, worded=True)) is not None), None)
    return worded if worded is not None and (read is None or worded.values[0].cost < read.values[0].cost) else read


def _in_parts(inked: MarkedPage, parts: DateParts, writing: Writing, told: str | None, worded: bool = False) -> Written | None:
    """The date of which day, month and year stand by themselves. told: the month that the page names elsewhere, YYYY-MM; worded: its month
    is a word by hand, which the engine, made for print, alone read."""
    number, parts = inked.page.number, with_year_of(inked, parts)
    read: list[Part] = [
        writing.hand(number, part.box, part.boxed, part is parts.month) if isinstance(part, Place) else part
        for part in (parts.day, parts.month, parts.year)
    ]
    months = _ANY_MONTH
    if isinstance(parts.month, Place) and (word := _month_in_words(inked, parts.month, read[1], writing)) is not None:
        month, months = word
        read[1], worded = month or None, True
    written = weigh_parts(read[0], read[1], read[2], number, parts.box, told)
    if written is None or (parts.labelled and not worded):
        return written
    return in_months(written, months) if parts.labelled else written.doubted()


def _month_in_words(inked: MarkedPage, place: Place, read: Part, writing: Writing) -> tuple[int, frozenset[int]] | None:
    """The month that is written as a word, 0 where that cannot be read, and all that it may be; None where it is written in digits."""
    words = [t.text for t in inked.tokens if place.box.holds(t.box)]
    if months := find_lone_months(" ".join(words)):
        return months[0][0], _months_like(next((w for w in words if find_lone_months(w)), None))
    digits = weigh(read, inked.page.number, place.box, as_month) if isinstance(read, HandReading) else None
    if digits is not None and digits.values[0].cost < _NO_DIGITS:
        return None
    words = [t.text for t in inked.tokens if place.box.meets(t.box)]
    words += [w.text for w in writing.print(inked.page.number, place.box)]
    word, name = next(((w, name) for w in words if (name := written_month(w)) is not None), (None, None))
    return (find_lone_months(name)[0][0] if name is not None else 0), _months_like(word)


def _months_like(word: str | None) -> frozenset[int]:
    """The months that a word may be, as the engine read it."""
    return _ANY_MONTH if word is None else frozenset(find_lone_months(name)[0][0] for name in names_like(word))


def _put_torn_report_date(written: dict[str, Written | None], places: Places, page: int, writing: Writing, told: str | None) -> None:
    """A report's date of which a stamp hides a part, by that of the readings; never certain."""
    reading, report = written.get("reading_date"), written.get("report_date")
    if reading is None or is_rubbish(reading) or "report_date" not in written or "report_date" in places.dates or not is_rubbish(report):
        return
    since = torn_date(likeliest(reading, told))
    tried = [part for place in places.single["report_date"] for part in (place, *_beside_stamp(place, writing.stamp(page)))]
    read = (weigh(writing.hand(page, p.box, p.boxed, True), page, p.box, since) for p in tried)
    torn = next((w for w in read if not is_rubbish(w)), None)
    written["report_date"] = None if torn is None else replace(torn.doubted(), derived=True)


def _beside_stamp(place: Place, stamp: Box | None) -> list[Place]:
    """What of a place lies before a stamp's ring, where that covers its end."""
    if stamp is None or not place.box.meets(stamp):
        return []
    radius = max(stamp.width, stamp.height) / 2
    off = min(abs(place.box.middle[1] - stamp.middle[1]), radius)
    left = stamp.middle[0] - math.sqrt(radius**2 - off**2)
    free = Box(place.box.left, place.box.top, left, place.box.bottom)
    return [Place(free, boxed=False)] if free.width > _DAY_AND_MONTH and left < place.box.right else []


def _put_rest_of_other(inked: MarkedPage, dates: dict[str, list[DateParts]], written: dict[str, Written | None], writing: Writing) -> None:
    """A date whose month or year was lost, by those of the page's other date; never certain."""
    for key, other in (DATES, DATES[::-1]):
        known = written.get(other)
        if key in dates and written.get(key) is None and known is not None and not is_rubbish(known):
            date = known.values[0].text
            parts = (replace(with_year_of(inked, part), labelled=False) for part in dates[key])
            whole = (replace(part, year=int(date[:4])) if part.year is None else part for part in parts)
            read = (_in_parts(inked, part, writing, date[:7]) for part in whole)
            written[key] = next((w for w in read if w is not None), None)
