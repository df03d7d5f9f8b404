"""The dates, months and days among the tokens of a page."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from parsers.page.items import Item, item_of
from parsers.page.lines import text_of
from parsers.page.tokens import Form, Token
from parsers.wording.dates import LOST_MARK, find_dates, find_days, find_months, find_short_dates
from parsers.wording.folding import fold
from parsers.wording.months import misread_month

_NEAR_DAYS = 70  # between a report's own dates
_NEAR_TOKENS = 8
_READING = (fold("показан"), fold("кўрсатк"), fold("ko'rsatk"))
_TAKEN = tuple(fold(word) for word in ("olindi", "olingan", "олинди", "олинган", "holat", "ҳолат"))
#: What stands between the two days of a span, folded.
TO_DAY = frozenset({fold("по"), fold("до"), "-", "–", "—", "dan", "дан"})
_DECIMALS = re.compile(r"\d[.,]\d")


def date_items(tokens: Sequence[Token], *, ocr: bool = False) -> list[Item]:
    pieces, starts, length = [], [], 0
    for token in tokens:
        space = "" if token.glued or not pieces else "\n" if token.form is Form.BAR else " "
        starts.append(length + len(space))
        text = misread_month(token.text) if ocr and token.form is Form.WORD else None
        pieces.append(space + (text or token.text))
        length += len(pieces[-1])
    text = "".join(pieces)
    items = []
    for date in find_dates(text):
        first, last = bisect_right(starts, date.start) - 1, bisect_right(starts, date.end - 1) - 1
        first += tokens[first].text.strip('«»"“”„ ') == "" and first < last
        if _apart(tokens, first, last):
            continue
        items.append(item_of("date", tokens, first, last, value=date.date, note=LOST_MARK if date.repaired else None))
    if ocr:
        items = [_with_whole_year(item, items) for item in items]
    for month in find_months(text):
        first, last = bisect_right(starts, month.start) - 1, bisect_right(starts, month.end - 1) - 1
        if not any(item.first <= last and first <= item.last for item in items) and not _apart(tokens, first, last):
            items.append(item_of("month", tokens, first, last, value=month.period))
    told = [i.period.day(15) if i.sort == "month" else i.date for i in items]
    for number, day, start, end in find_days(text) if told else []:
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
        free = not any(item.first <= last and first <= item.last for item in items) and not _apart(tokens, first, last)
        date = _with_year(number, day, max(told))
        if free and date is not None and (_beside_reading(tokens, first, last) or _opens_span(tokens, last, items)):
            items.append(item_of("date", tokens, first, last, value=date, note=ELSEWHERE, trust=_YEAR_TOLD))
    return items + _heads_of_days(tokens, items, max(told)) if told else items


def _heads_of_days(tokens: Sequence[Token], items: Sequence[Item], told: dt.date) -> list[Item]:
    """Two days without a year side by side over columns («на 24.12 | на 20.01»), the only numbers of their line, in the years in which they
    are nearest to a date of the page."""
    lines: dict[int, list[int]] = {}
    for n, token in enumerate(tokens):
        if token.form is Form.NUMBER and not any(item.first <= n <= item.last for item in items):
            lines.setdefault(token.line, []).append(n)
    found = []
    for places in lines.values():
        heads = [n for n in places if n and tokens[n - 1].fold == _ON and tokens[n - 1].line == tokens[n].line]
        days = [day for n in heads for day in find_short_dates(tokens[n].text, told.year) if len(tokens[n].text) == _DAY_AND_MONTH]
        dates = [_with_year(day.date.month, day.date.day, told) for day in days]
        if len(places) == len(heads) == len(dates) == len(set(dates) - {None}) == _TWO:
            for n, date in zip(heads, dates, strict=True):
                found.append(item_of("date", tokens, n, n, value=date, note=ELSEWHERE, trust=_YEAR_TOLD))
    return found


_ON, _TWO, _DAY_AND_MONTH = fold("на"), 2, len("24.12")
_WHOLE_YEAR, _HALF_A_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)"), re.compile(r"\D20$")


def _with_whole_year(date: Item, dates: Sequence[Item]) -> Item:
    """A date of which only half of the year was read («22.02.20» on a page that writes years in full), in the year of the page's others."""
    told = [d.date for d in dates if _WHOLE_YEAR.search(text_of(d.tokens))]
    if not told or _HALF_A_YEAR.search(text_of(date.tokens)) is None:
        return date
    whole = _with_year(date.date.month, date.date.day, max(told))
    return date if whole is None else replace(date, value=whole, note=ELSEWHERE, trust=_YEAR_TOLD)


ELSEWHERE, _YEAR_TOLD = "its year is told elsewhere", 0.79


def _with_year(month: int, day: int, told: dt.date) -> dt.date | None:
    """A day of the year in which it is nearest to a date of the page, and near it."""
    for year in (told.year, told.year - 1):
        try:
            date = dt.date(year, month, day)
        except ValueError:
            return None
        if abs((date - told).days) <= _NEAR_DAYS:
            return date
    return None


def _opens_span(tokens: Sequence[Token], last: int, dates: Sequence[Item]) -> bool:
    """Whether a day is the first of two («с 24 октября по 23 ноября 2026 г.»)."""
    following = next((i for i in dates if i.sort == "date" and 1 < i.first - last <= 3), None)
    return following is not None and any(t.fold in TO_DAY for t in tokens[last + 1 : following.first])


def _beside_reading(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the word for a reading stands before it or a number with decimals near on its line: a street may be called after a day."""
    near = tokens[max(0, first - _NEAR_TOKENS) : last + _NEAR_TOKENS]
    named = any(t.fold.startswith(_READING) and t.line == tokens[first].line for t in tokens[max(0, first - 2) : first])
    named = named or any(t.fold.startswith((*_READING, *_TAKEN)) for t in tokens[last + 1 : last + 4])
    return named or any(t.form is Form.NUMBER and t.line == tokens[first].line and _DECIMALS.search(t.text) for t in near)


def _apart(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a date would reach over a gap that only columns have."""
    pairs = zip(tokens[first:last], tokens[first + 1 : last + 1], strict=True)
    return any(a.line == b.line and b.box.left - a.box.right > 4 * max(a.box.height, b.box.height) for a, b in pairs)
