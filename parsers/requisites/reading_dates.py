"""When the readings of a report were taken."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterator
from dataclasses import replace

from parsers.page.found import Draft, Found
from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token
from parsers.page.trust import DOUBTED
from parsers.requisites.labelled_dates import TAKEN, find_date, is_of_contract
from parsers.requisites.report_dates import find_report_date
from parsers.requisites.report_periods import find_span
from parsers.wording.dates import LAST_DAY
from parsers.wording.folding import fold


def reading_date_of(page: MarkedPage, drafts: list[Draft], without: Collection[int]) -> Found | None:
    """The date of the readings: by its label, else the date that all the page's meters carry, else a printout's last day."""
    labelled = find_date(page, "reading_date", without)
    if labelled is not None:
        return labelled
    told = _read_on(page, without)
    if told is not None:
        return told
    dates = [d.reading_date for d in drafts if d.reading_date is not None]
    if dates and len({d.value for d in dates}) == 1:
        drawn_up = find_report_date(page, without)
        same = drawn_up is not None and drawn_up.tokens == dates[0].tokens
        return replace(dates[0], trust=min(dates[0].trust, DOUBTED)) if same else dates[0]  # that of the report may be no other's
    printout = _is_printout(page, drafts)
    if printout and (span := find_span(page)) is not None:
        return Found(span[0].isoformat(), page.page.number, span[1].tokens, LAST_DAY, 0.9)
    if printout:
        return _day_of_printout(page, drafts) or _last_of_days(page, drafts)
    return (
        _dated_readings(page)
        or _this_day(page, without)
        or _spoken_of(page, without)
        or _end_of_span(page, drafts)
        or _only_day(page, drafts)
    )


def _is_printout(page: MarkedPage, drafts: list[Draft]) -> bool:
    """Whether a page is a calculator's: it has days or integrators, or hours beside what it counts besides heat («замечаний к работе
    приборов нет» in an act are none)."""
    keys = {i.key for i in page.items if i.sort == "label"}
    return any(d.daily for d in drafts) or "cumulative" in keys or ("hours" in keys and bool(keys & _COUNTED))


_COUNTED = frozenset({"mass", "volume", "temperature", "pressure"})
_DAY = dt.timedelta(days=1)
_DAYS = 2  # steps from one day to the next: of fewer two readings may be told
_ROOTS = tuple(fold(root) for root in ("показан", "снят", "сним", "съем", "ko'rsat", "кўрсат"))
_OF_METERS = tuple(
    fold(root) for root in ("счетчик", "прибор", "hisoblagich", "ҳисоблагич")
)  # which are also put in and taken out on some day
_NOT_OF_READINGS = frozenset({"previous", "previous_date", "verification", "contract", "contract_date", "order", "removed", "report_date",
    "outgoing", "title", "seal"})  # fmt: skip
_OF_DAY = frozenset(fold(word) for word in ("kungi", "sanadagi", "holatidagi", "кунги", "санадаги", "ҳолатидаги"))  # «of that day»
_LEAD = 8  # words of a label


def _spoken_of(page: MarkedPage, without: Collection[int]) -> Found | None:
    """The day at the end of a line whose words speak of readings, however they put it («Показания переписаны с прибора – 23.11.2026»)."""
    found: list[Item] = []
    sure = True
    for date in (i for i in page.items if i.sort == "date" and i.line not in without):
        line = page.lines[date.line].tokens
        ahead = [t for t in line if t.box.right <= date.box.left]
        items = [i for i in page.on_line(date.line) if i is not date]
        words = [t for t in ahead if t.form is Form.WORD]
        rest = [t for t in line if t.box.left >= date.box.right and t.form is Form.WORD and len(t.text) > _YEAR_SIGN]
        if rest or not 0 < len(words) <= _LEAD or any(i.sort in ("number", "date") or i.key in _NOT_OF_READINGS for i in items):
            continue
        if any(t.fold.startswith((*_ROOTS, *_OF_METERS)) for t in words):
            found.append(date)
            sure = sure and any(t.fold.startswith(_ROOTS) for t in words)
    days = {date.date for date in found}
    return Found.of(found[0], page.page.number, trust=0.85 if sure else DOUBTED) if len(days) == 1 else None


_YEAR_SIGN = 4  # letters of «года», «yil»


def _only_day(page: MarkedPage, drafts: list[Draft]) -> Found | None:
    """Where nothing says when readings were taken: the one day of the page that nothing else claims, beside one that is the report's. Never
    certain."""
    days = _unclaimed_days(page)
    if not any(d.current is not None for d in drafts) or len({i.date for i in days}) != 1:
        return None
    return Found.of(days[0], page.page.number, trust=0.6)


def _day_of_printout(page: MarkedPage, drafts: list[Draft]) -> Found | None:
    """The one day on a calculator's card of integrators, on which it was printed: that of what it shows; an older one beside the head of
    current indexes is that of the previous («Current  2026.10.24  Difference»). Never certain."""
    heads = {i.line for i in page.items if i.sort == "label" and i.key == "current"}
    days = [i for i in page.items if i.sort == "date"]
    later = [i for i in days if i.line not in heads]
    is_older = all(one.date < two.date for one in days if one.line in heads for two in later)
    dates = {i.date: i for i in (later if is_older else days)}
    shown = any(d.current is not None for d in drafts)
    return Found.of(next(iter(dates.values())), page.page.number, DOUBTED) if shown and len(dates) == 1 else None


def _last_of_days(page: MarkedPage, drafts: list[Draft]) -> Found | None:
    """The last of the days that follow one another down a printout, each first on its line, where its ends have no day. Never certain."""
    first = [line[0] for line in map(page.on_line, range(len(page.lines))) if line and line[0].sort == "date"]
    days = [two for one, two in itertools.pairwise(first) if two.date - one.date == _DAY]
    if len(days) < _DAYS or not any(d.daily and d.current is not None for d in drafts):
        return None
    return Found.of(max(days, key=lambda day: day.date), page.page.number, trust=DOUBTED)


def _end_of_span(page: MarkedPage, drafts: list[Draft]) -> Found | None:
    """Where nothing else says when readings were taken: the last day of the span that they are of. Never certain."""
    span = find_span(page) if any(d.current is not None for d in drafts) else None
    return Found(span[0].isoformat(), page.page.number, span[1].tokens, "last day of the span", DOUBTED) if span is not None else None


_THIS_DAY = (("сего", "числа"), ("сего", "дня"), ("сегодня",), ("shu", "kuni"), ("bugun",), ("шу", "куни"), ("бугун",))
_ACT = tuple(fold(word) for word in ("акт", "dalolatnoma", "далолатнома"))
_TAKING = tuple(fold(root) for root in ("снят", "сним", "съем", "olish", "olin", "олиш", "олин"))


def _this_day(page: MarkedPage, without: Collection[int]) -> Found | None:
    """The day of an act that says that the readings were taken on it («сего числа сняты показания»), or is one of taking them, of a span
    that does not end on another day."""
    words = [t.fold for t in page.tokens]
    said = any(tuple(words[n : n + len(phrase)]) == tuple(map(fold, phrase)) for phrase in _THIS_DAY for n in range(len(words)))
    day = find_report_date(page, without) if said or _is_act_of_taking(page) else None
    span = find_span(page)
    if day is not None and not said and span is not None and span[0].isoformat() != day.value:
        return None
    if day is not None and not said and any(_may_be_instead(i, day) for i in _unclaimed_days(page)):
        day = replace(day, trust=min(day.trust, DOUBTED))
    return replace(day, note="the day of the act", trust=min(day.trust, 0.85)) if day is not None else None


def _may_be_instead(other: Item, day: Found) -> bool:
    """Whether another day is so near to an act's that it may be that of its readings, and not of the previous ones."""
    return dt.timedelta(0) < abs(other.date - dt.date.fromisoformat(day.value)) < _HALF_A_MONTH


_HALF_A_MONTH = dt.timedelta(days=15)


def _is_act_of_taking(page: MarkedPage) -> bool:
    """Whether a page is titled «Акт снятия показаний …» or «Ko'rsatkichlarni olish dalolatnomasi», on one line or two."""
    lines = {i.line for i in page.items if i.key == "title"}
    titles = [[t.fold for line in page.lines[n : n + 2] for t in line.tokens] for n in lines]
    return any(all(any(word.startswith(roots) for word in title) for roots in (_ACT, _TAKING, _ROOTS)) for title in titles)


def _dated_readings(page: MarkedPage) -> Found | None:
    """The later date right behind the word for readings («Показания на 24.11.2026»), or beside the current one («Дата: ...»)."""
    named = [
        date
        for label in page.items
        if label.sort == "label" and label.key in ("reading", "current")
        for date in page.items
        if date.sort == "date" and date.line == label.line and 0 < date.first - label.last <= _reach(page, label, date)
    ]
    lines = {i.line for i in page.items if i.sort == "label" and i.key == "current"}
    beside_current = [
        date
        for label in page.items
        if label.sort == "label" and label.key == "report_date" and label.line in lines
        for date in page.items
        if date.sort == "date" and date.line == label.line and 0 < date.first - label.last <= 2
    ]
    dates = named or beside_current or _under_current(page) or _told_with_readings(page)
    return Found.of(max(dates, key=lambda item: item.date), page.page.number, trust=0.85) if dates else None


def _under_current(page: MarkedPage) -> list[Item]:
    """The day under the head of current indexes where an older one stands beside it under that of the previous ones
    («Дата  23.11.26  23.10.26»)."""
    heads = {(i.line, i.key): i for i in page.items if i.sort == "label" and i.key in ("current", "previous")}
    for line, key in heads:
        previous = heads.get((line, "previous"))
        if key != "current" or previous is None:
            continue
        current = heads[line, key]
        for below in {i.line for i in page.items if i.sort == "date" and i.line > line}:
            days = [i for i in page.on_line(below) if i.sort == "date"]
            now, before = (next((i for i in days if i.box.shares_width(head.box)), None) for head in (current, previous))
            if now is not None and before is not None and now.date > before.date:
                return [now]
    return []


_AS_OF = frozenset(fold(word) for word in ("на", "состоянию", "холатига", "holatiga"))
_ASIDE = frozenset({"meter", "brand", "period", "energy", "contract", "title", "consumption"})
_CLAUSE = 20  # tokens


def _told_with_readings(page: MarkedPage) -> list[Item]:
    """The day of «Сообщаем показания приборов учета за март 2026 г. на 23.03.2026 г.»: behind «на», nothing measured between. The meter's
    serial may stand between as well («Показания теплосчетчика (зав. № 4411223) на 23.03.2026 г. составили …») where the page has no later
    day."""
    found = []
    for label in page.items:
        if label.sort != "label" or label.key != "reading":
            continue
        named = of_model = False
        for item in page.items:
            if item.first <= label.last:
                continue
            numbered = item.key == "serial" or (item.sort == "number" and (named or of_model) and "." not in item.text)
            of_model = item.key == "brand"  # «Multical 603»
            if item.first - label.last > _CLAUSE or not (numbered or item.sort in ("month", "kind", "date") or item.key in _ASIDE):
                break
            named = named or item.key == "serial"
            before = page.tokens[item.first - 1].fold
            if item.sort == "date" and before in _AS_OF:
                found += [item] if not named or _is_latest(page, item) else []
                break
    return found if len({item.date for item in found}) == 1 else []


def _is_latest(page: MarkedPage, date: Item) -> bool:
    """Whether no later day stands on the page that may be one of readings."""
    return all(other.date <= date.date for other in _unclaimed_days(page))


def _unclaimed_days(page: MarkedPage) -> list[Item]:
    """The days of a page that are neither the report's nor behind a label of something else than readings."""
    drawn_up = find_report_date(page, ())
    days = (i for i in page.items if i.sort == "date" and not _is_claimed(page, i))
    return [i for i in days if drawn_up is None or i.tokens != drawn_up.tokens]


def _is_claimed(page: MarkedPage, date: Item) -> bool:
    """Whether a label of something else than readings stands before a date, on its line or as the last that the line above marks
    («(договор | теплоснабжения № 01234 от 12.01.2024)»)."""
    above = page.on_line(date.line - 1)[-1:] if not _is_marked_before(page, date) else []
    return any(o.key in _NOT_OF_READINGS and 0 < date.first - o.last <= _LEAD for o in (*above, *page.on_line(date.line)))


def _is_marked_before(page: MarkedPage, date: Item) -> bool:
    """Whether a label or another date stands before a date on its line."""
    return any(i.sort in ("label", "date") and i.first < date.first for i in page.on_line(date.line))


def _reach(page: MarkedPage, label: Item, date: Item) -> int:
    """The tokens from a label's last one to a date right behind it: one may stand between, a colon («Показания на: 22.11.2025»), and a
    column's rule with what fills the cell where the label opens its line."""
    between = page.tokens[label.last + 1 : date.first]
    bars = sum(t.form is Form.BAR for t in between)
    opens = page.lines[label.line].tokens[0] is label.tokens[0]
    return 2 + sum(t.text == ":" for t in between) + 2 * (bars == 1 and opens)


def _goes_on(page: MarkedPage, date: Item) -> Iterator[Token]:
    """The next tokens behind a date, to a line that begins with a capital: «Ko'rsatkich olingan sana» has a date of its own."""
    line = date.tokens[-1].line
    return itertools.takewhile(lambda t: t.line == line or not t.text[:1].isupper(), page.tokens[date.last + 1 : date.last + 4])


def _read_on(page: MarkedPage, without: Collection[int]) -> Found | None:
    """The date on which a sentence says that readings were taken («Ko'rsatkichlar 18.10.2026 kuni olindi»), or of which it says that they
    are («18.10.2026 kungi ko'rsatkichlar»)."""
    for item in page.items:
        if item.sort != "date" or item.line in without or is_of_contract(page, item):
            continue
        behind = [token.fold for token in _goes_on(page, item)]
        of_day = any(one in _OF_DAY and two.startswith(_ROOTS) for one, two in itertools.pairwise(behind))
        if of_day or any(word.startswith(TAKEN) for word in behind):
            return Found.of(item, page.page.number, trust=0.95)
    return None
