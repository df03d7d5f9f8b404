"""The month that a report is about: named, or the end of a span, or a month and a year apart."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Collection, Iterator

from metering.periods import Period
from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.lines import text_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form
from parsers.wording.dates import find_lone_months, period_of_span
from parsers.wording.folding import fold

_APART = 5  # tokens from the first day of a span to the last
_LONGEST = dt.timedelta(days=62)


def find_period(page: MarkedPage, without: Collection[int] = ()) -> Found | None:
    """The month that a report names, else the month in which the span that it names ends."""
    months = [i for i in page.items if i.sort == "month" and i.line not in without and not _is_of_a_meter(page, i)]
    if months:
        item = max(months, key=lambda i: (_announced(page, i), -i.first))
        if _is_of_an_index(page, item):
            item = max((i for i in months if _is_of_an_index(page, i)), key=lambda i: i.period)
        elif len(rows := [i for i in months if _opens_row(page, i)]) > 1 and _opens_row(page, item):
            item = max(rows, key=lambda i: i.period)  # a calculator's archive, a row a month: the last is reported
        return Found(str(item.period), page.page.number, item.tokens, item.note, 0.99 if _announced(page, item) else 0.9)
    for one, two in _spans(page):
        if two.line - one.line <= 1:
            month = period_of_span(one.date, two.date)
            return Found(str(month), page.page.number, [*one.tokens, *two.tokens], "month in which the span ends", 0.97)
    return _month_and_year_apart(page)


def _is_of_a_meter(page: MarkedPage, month: Item) -> bool:
    """Whether a month is that of a meter's verification («поверен до 01.2027»)."""
    return any(i.key == "verification" and i.line == month.line and 0 < month.first - i.last <= 3 for i in page.on_line(month.line))


def _is_of_an_index(page: MarkedPage, month: Item) -> bool:
    """Whether a month says of when an index is: «Показания за октябрь 2026: 318,40 Гкал», above those of November."""
    line = page.on_line(month.line)
    named = any(i.sort == "label" and i.key in ("reading", "previous", "current") and i.first < month.first for i in line)
    return named and any(i.sort == "number" and "." in i.text and i.first > month.last for i in line)


def find_span(page: MarkedPage) -> tuple[dt.date, Item] | None:
    """The last day of the span that a printout is about, and where it says so."""
    return next(((two.date, two) for _, two in _spans(page)), None)


def _spans(page: MarkedPage) -> Iterator[tuple[Item, Item]]:
    """The first and the last day of each span of two months at most that a page names: dates with nothing but the words of one between."""
    dates = [i for i in page.items if i.sort == "date"]
    for one, two in itertools.pairwise(dates):
        if two.first - one.last <= _APART and dt.timedelta(0) < two.date - one.date <= _LONGEST and _joined(page, one, two):
            yield one, two


def _announced(page: MarkedPage, item: Item) -> bool:
    """Whether «за», «oyi», «ойи» or a period's label stands at a month."""
    around = page.tokens[max(0, item.first - 3) : item.last + 4]
    lines = {item.line} if _opens_row(page, item) else {item.line - 1, item.line, item.line + 1}
    words = {t.fold for t in around if t.line in lines}
    labels = any(i.sort == "label" and i.key in ("period", "title") and -6 <= item.first - i.last <= 12 for i in page.items)
    return labels or bool(words & {"за", fold("oyi"), fold("ойи"), fold("oy"), fold("uchun"), fold("учун"), fold("месяц")})


def _opens_row(page: MarkedPage, item: Item) -> bool:
    """Whether a month opens a line that goes on with a number: a row of a journal, not a sentence over two lines."""
    line = page.on_line(item.line)
    return bool(line) and line[0] is item and any(i.sort == "number" for i in line)


#: What stands between the two days of a span in a calculator's heading: «25-10-26 ... 23-11-26».
_SPAN_SIGNS = frozenset({"..", "...", "…", "÷", "/"})


def _joined(page: MarkedPage, one: Item, two: Item) -> bool:
    """Whether what stands between two days, or behind each, makes them the ends of a span."""
    tokens = page.tokens[one.last + 1 : two.first]
    between = text_of(tokens).lower().strip(" .г")
    before = page.tokens[one.first - 1].fold if one.first else ""
    if (_ends_with(one, ("dan", "дан")) and _ends_with(two, ("gacha", "гача"))) or _are_ends(page, one, two):
        return True
    return (
        "".join(t.text for t in tokens) in _SPAN_SIGNS
        or between in ("no", "пo", "по", "–", "—", "до")
        or any(part in between for part in ("-", "dan", "дан"))
        or ("по" in between and before in ("с", "c", "период", "со"))
    )


def _are_ends(page: MarkedPage, one: Item, two: Item) -> bool:
    """Whether two days are the one behind the beginning of a period and the one behind its end («Начало периода: 25.12.2025 23:59», «Конец
    периода: 21.01.2026 23:59»)."""
    before_one = [i.key for i in page.on_line(one.line) if i.first < one.first]
    before_two = [i.key for i in page.on_line(two.line) if one.last < i.first < two.first]
    return (before_one, before_two) == (["previous"], ["current"])


def _ends_with(date: Item, endings: tuple[str, ...]) -> bool:
    """Whether a date has an Uzbek ending («24-oktabrdan»)."""
    words = [t.text.lower() for t in date.tokens if t.form is Form.WORD]
    return bool(words) and words[-1].endswith(endings)


def _month_and_year_apart(page: MarkedPage) -> Found | None:
    """A month's name with its year elsewhere on the line (forms: «за ______ 2026 г.»)."""
    for line in page.lines:
        text = line.text()
        months = find_lone_months(text)
        year = re.search(r"\b(20\d{2})\b", text)
        if (
            len(months) == 1
            and year is not None
            and not any(i.sort == "date" and i.date.year == int(year[1]) for i in page.on_line(line.number) if year[1] in text_of(i.tokens))
        ):
            tokens = [t for t in line.tokens if t.text == year[1] or find_lone_months(t.text)]
            return Found(str(Period(int(year[1]), months[0][0])), page.page.number, tokens, None, 0.85)
    return None
