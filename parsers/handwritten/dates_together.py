"""The dates of a page filled in by hand, chosen together: the readings' and the report's (docs/handwriting.md, "From texts to values")."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

from metering.reports import Field
from parsers.handwritten.values import DATED, OPEN, Value, Written

_SOON = 3  # days between a reading's and a report's date within which each speaks for the other: a 7 like a 2, a 4 like a 9 are five off
_WAITED, _WAITED_MOST = 0.25, 2.0  # cost of a day between them, and at most
_MONTH, _IMPOSSIBLE = 31, 12.0
_BESIDE, _FOREIGN = 2.0, 5.0  # cost of a reading's date shortly before or after the month that the page names, and of any other outside it
_EARLY, _LATE = 20, 10  # the day from which one in the month before, and up to which one in the month behind is near
_HALF = 6  # months of a year
_RIVALS = 9  # days of a date that its readers hold possible at most, of which evidence may exclude all but one


def date_fields(
    reading: Written | None, report: Written | None, month: str | None, drawn_up: str | None = None
) -> tuple[Field | None, Field | None]:
    """The reading's and the report's date, chosen together: nobody reports before reading, nor a month later.

    month: YYYY-MM as the page names it elsewhere, --MM where it names no year that can be read; a reading of another month is the less
    likely. drawn_up: the report's date, ISO, as the engine read it where no place for it was found.
    """
    ones = [replace(v, cost=v.cost + _far_from(month, v.text)) for v in (reading.values if reading else ())]
    ones.sort(key=lambda v: v.cost)
    if reading is not None and report is not None and report.derived and ones[0].text != reading.values[0].text:
        report = None  # by a reading's date that is none
    twos = report.values if report else ()
    if reading is not None and report is not None:
        reported = {v.text: v.cost + _far_report(month, v.text) for v in twos}
        pairs = ((a.cost + reported[b.text] + _apart(_days(a.text, b.text)), a, b) for a, b in itertools.product(ones, twos))
        _, one, two = min(pairs, key=lambda pair: pair[0])
        spoken = None if report.derived else _spoken(report, two)
        return _date(reading, one, drawn_up=spoken), _date(report, two, read=reading.values[0].text)
    if reading is not None and drawn_up is not None and not 0 <= _days(ones[0].text, drawn_up) <= _SOON:
        drawn_up = None  # what the engine made of handwriting speaks against nothing
    return (
        _date(reading, ones[0], drawn_up=drawn_up) if reading is not None else None,
        _date(report, twos[0]) if report is not None else None,
    )


def _spoken(report: Written, chosen: Value) -> str:
    """The report's date as it may speak for the readings': by its day as it is read first, whatever month and year were chosen for it."""
    first = report.values[0].text
    return chosen.text if chosen.text[8:] == first[8:] else first


def likeliest(reading: Written, month: str | None) -> str:
    """The reading's date, as the page names its month, YYYY-MM, elsewhere."""
    return min(reading.values, key=lambda v: v.cost + _far_from(month, v.text)).text


def _far_from(month: str | None, date: str) -> float:
    """The cost of a reading's date by the month, YYYY-MM, that the page names."""
    if month is None:
        return 0.0
    apart = _months_apart(month, date)
    day = int(date[8:])
    near = (apart == -1 and day >= _EARLY) or (apart == 1 and day <= _LATE)
    return 0.0 if apart == 0 else _BESIDE if near else _FOREIGN


def _far_report(month: str | None, date: str) -> float:
    """The same of a report's date: it is of that month or the next."""
    return 0.0 if month is None or _months_apart(month, date) in (0, 1) else _FOREIGN


def _months_apart(month: str, date: str) -> int:
    """From a month, YYYY-MM or --MM, to that of a date; of no year the fewest."""
    later = int(date[5:7]) - int(month[-2:])
    if month.startswith("--"):
        return (later + _HALF) % (2 * _HALF) - _HALF
    return 12 * (int(date[:4]) - int(month[:4])) + later


def _apart(days: int) -> float:
    """The cost of so many days from a reading to its report: most are written soon after it, none before, none a month later."""
    return min(_WAITED * days, _WAITED_MOST) if 0 <= days <= _MONTH else _IMPOSSIBLE


def _days(one: str, two: str) -> int:
    return (dt.date.fromisoformat(two) - dt.date.fromisoformat(one)).days


def _date(written: Written, chosen: Value, *, read: str | None = None, drawn_up: str | None = None) -> Field:
    """Certain where both readers agree on it and the page's other date, ISO as it is read first, fits it: the readings' (read), which were
    taken shortly before, or the report's (drawn_up), which was written soon after. Where all that is wanting is how clearly they do, or
    another date by hand, or its month was chosen among its readings, its digits are sure but for what they still hold possible, which is
    given as its other readings."""
    agreed = written.agreed(DATED) and chosen.text == written.values[0].text
    fits = (read or drawn_up) is not None and 0 <= _days(read or chosen.text, drawn_up or chosen.text) <= _SOON
    confidence = written.confidence if chosen.text == written.values[0].text else OPEN[-1][1]
    field = written.field(chosen.text, confidence, agreed and fits)
    speaks_against = (read or drawn_up) is not None and not fits
    if field.certain or speaks_against or written.rivals is None:
        return field
    first = written.values[0].text
    possible = (first, *written.rivals)
    if chosen.text not in possible or chosen.text[8:] != first[8:] or len({text[8:] for text in possible}) > _RIVALS:
        return field
    return replace(field, digits_sure=True, alternatives=tuple(text for text in possible if text != chosen.text))
