"""A date whose parts were written by themselves, from what two readers saw in each (docs/handwriting.md, "Dates in parts")."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import re
from collections.abc import Callable, Collection
from dataclasses import replace

from metering.handwriting import HandReading
from metering.pages import Box
from parsers.handwritten.values import DATED, ROMAN, Value, Written, weigh

_EACH, _MOST = 8, 24  # readings of a part, and of the whole that are weighed
_OF_PAGE, _NEXT = 1.0, 2.5  # cost of a month and year that the page names elsewhere, and of the month behind it, where a part is no reading
_MARKS = ",-/"
_TWO_DIGITS, _WHOLE_YEAR = re.compile(r"[,/-]*\d\d[,/-]*"), re.compile(r"[,/-]*(20|0)?(?!20)\d\d[,/-]*")  # «20», printed 20__, may be torn
_SOON = 7  # days from the readings to their report at most, where ink hides a part of its date

Part = HandReading | int | None


def weigh_parts(day: Part, month: Part, year: Part, page: int, place: Box, told: str | None) -> Written | None:
    """The candidates of a date: day, month and year, each read in its place, printed (a number) or unknown. A month by a word that nobody
    could read, and a lost year, are taken from what the page names elsewhere (told: YYYY-MM); then the readers do not agree on it."""
    kinds = ((day, _as_day, _TWO_DIGITS), (month, as_month, _TWO_DIGITS), (year, _as_year, _WHOLE_YEAR))
    days, months, years = (_part(part, page, place, meaning, whole) for part, meaning, whole in kinds)
    if days is None:
        return None
    from_page = _told(told) if months is None or years is None else []
    values: dict[str, float] = {}
    for d in days.values[:_EACH]:
        for y, m, cost in _with_month(months, years, from_page):
            try:
                text = dt.date(y, m, int(d.text)).isoformat()
            except ValueError:
                continue
            values[text] = min(values.get(text, 99.0), d.cost + cost)
    if not values:
        return None
    known = [part for part in (days, months, years) if part is not None]
    ranked = sorted((Value(text, cost) for text, cost in values.items()), key=lambda v: v.cost)[:_MOST]
    alike = len(known) == 3 and all(part.alike for part in known)
    rivals = _rivals(known, ranked) if len(known) == 3 else None
    return Written(place, page, tuple(ranked), alike, min(part.lead for part in known), rivals)


def _rivals(parts: list[Written], ranked: list[Value]) -> tuple[str, ...] | None:
    """The dates that other readings of day, month or year make, or of several, not clearly dearer; None if a reader sees no such part."""
    near = {v.text for v in ranked[1:] if v.cost - ranked[0].cost < DATED[1]}
    readings = [(part.values[0].text, *part.rivals) for part in parts if part.rivals is not None]
    if len(readings) < len(parts):
        return None
    for d, m, y in itertools.product(*readings):
        with contextlib.suppress(ValueError):
            near.add(dt.date(int(y), int(m), int(d)).isoformat())
    return tuple(sorted(near - {ranked[0].text}))


def in_months(written: Written, months: Collection[int]) -> Written:
    """A date whose month is a word that the engine, made for print, alone read: each other month that the word may be is its rival, so that
    nothing but the register makes it certain, where none of these lies between the last accepted reading and the report's arrival."""
    first = written.values[0].text
    if written.rivals is None:
        return written.doubted()
    possible = set()
    for text, month in itertools.product((first, *written.rivals), months):
        with contextlib.suppress(ValueError):
            possible.add(dt.date(int(text[:4]), month, int(text[8:])).isoformat())
    return replace(written, alike=False, rivals=tuple(sorted(possible - {first})))


def _with_month(months: Written | None, years: Written | None, from_page: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Years and months with what both cost."""
    if months is not None and years is not None:
        pairs = itertools.product(years.values[:_EACH], months.values[:_EACH])
        return [(int(y.text), int(m.text), y.cost + m.cost) for y, m in pairs]
    if months is not None:
        return [(y, int(m.text), cost + m.cost) for y, n, cost in from_page for m in months.values[:_EACH] if n == int(m.text)]
    if years is not None:
        return [(y, n, cost + v.cost) for y, n, cost in from_page for v in years.values[:_EACH] if int(v.text) == y]
    return from_page


def _told(month: str | None) -> list[tuple[int, int, float]]:
    """The month that the page names and the one behind it, in which reports are drawn up."""
    if month is None:
        return []
    year, number = (int(part) for part in month.split("-"))
    return [(year, number, _OF_PAGE), (year + number // 12, number % 12 + 1, _NEXT)]


def _part(part: Part, page: int, place: Box, meaning: Callable[[str], str | None], whole: re.Pattern[str]) -> Written | None:
    """The candidates of a part; whole: texts that leave no room for more, what stands beside them is print."""
    if isinstance(part, int):
        return Written(place, page, (Value(str(part), 0.0),), alike=True, lead=99.0)
    written = None if part is None else weigh(part.closed_by(whole), page, place, meaning)
    return written.doubted() if written is not None and written.beyond else written


def torn_date(since: str) -> Callable[[str], str | None]:
    """What a date means of which ink hides a part: the day and the month at its beginning («19,12,2??»), or the day and the year where the
    month was lost («202026»), of one of the days from a date, ISO, on within which a report is drawn up."""
    days = [dt.date.fromisoformat(since) + dt.timedelta(n) for n in range(_SOON + 1)]
    patterns = [(day.isoformat(), re.compile(_torn(day))) for day in days]
    return lambda text: next((date for date, pattern in patterns if pattern.match(text)), None)


def _torn(day: dt.date) -> str:
    roman = next(name for name, number in ROMAN.items() if number == day.month)
    ends = r"(?!\d)"
    months = (rf"[,/-]+0?{day.month}{ends}", rf"(?<=\d\d){day.month:02d}(?:20|{ends})", rf"[,/-]*{roman}(?![XVI])")
    return rf"[,-]*{day.day:02d}(?:{'|'.join(months)}|[,/-]*[^\d]?[,/-]*(?:20)?{day.year % 100}$)"


def _as_day(text: str) -> str | None:
    digits = text.strip(_MARKS)
    return str(int(digits)) if re.fullmatch(r"\d{1,2}", digits) and 1 <= int(digits) <= 31 else None


def as_month(text: str) -> str | None:
    """In digits or Roman; a Roman one is read among ones, too (X1I)."""
    sign = text.strip(_MARKS)
    number = int(sign) if re.fullmatch(r"\d{1,2}", sign) else ROMAN.get(sign.replace("1", "I"), 0)
    return str(number) if 1 <= number <= 12 else None


def _as_year(text: str) -> str | None:
    """Of «20», printed before two digits by hand, the nought may stand in their place."""
    digits = text.strip(_MARKS)
    if not re.fullmatch(r"(20|0)?\d\d", digits):
        return None
    year = 2000 + int(digits[-2:])
    return str(year) if 2018 <= year <= 2050 else None
