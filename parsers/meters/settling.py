"""What the numbers told of a meter mean where no label says it: by their dates, and by previous + consumption = current."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from metering.units import Unit
from parsers.page.found import NUMBERS, Draft, Found, closes
from parsers.page.items import Item
from parsers.page.lines import box_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token
from parsers.page.trust import DOUBTED, LABELLED

_MOST_TOLD = 8  # numbers of one meter among which the three are looked for
_MONTH = dt.timedelta(days=20)  # that a previous reading is older than the current one, at least
_ORDINAL = 2  # digits of what is no index without decimals
#: Labels that may stand between a date and the number that it is of («на 26/02/26 00:00  Qо= 15239.935 Гкал»).
_OF_A_READING = frozenset({"reading", "reading_date", "previous", "current", "energy", "energy_water"})
_DECIMALS = re.compile(r"\d+[.,]\d+")
_BEHIND = 4  # tokens between a number and the date behind it («7 846,105 Гкал на 24.12.2026»)


@dataclass(frozen=True, slots=True)
class Told:
    """A number that a text tells of a meter. role: what its label says it is; date: the day that stands with it."""

    found: Found
    role: str | None = None
    date: Item | None = None


def dates_behind(page: MarkedPage) -> dict[int, Item]:
    """The dates that stand behind their number, by the index of the number's first token: «1826,02 Гкал на 25.10.2025».

    A date that follows a comma, a label or another number belongs to what comes after it, and so does one that opens its line.
    """
    found: dict[int, Item] = {}
    for number, date in _pairs(page):
        between = page.tokens[number.last + 1 : date.first]
        if not between or len(between) > _BEHIND or _parts(between) or _is_of_bracket(page, between, date):
            continue
        if not _goes_on(page, number, between, date) or _has_date_before(page, number, found):
            continue
        found[number.first] = date
    return found


def _goes_on(page: MarkedPage, number: Item, between: Sequence[Token], date: Item) -> bool:
    """Whether what stands behind a number belongs to it: on its line, or its unit or a bracket with the date at the start of the next."""
    first, line = between[0], number.tokens[-1].line
    unit = any(i.sort == "unit" and i.tokens[0] is first for i in page.on_line(first.line))
    closing = page.tokens[date.last + 1 : date.last + 2]
    bracket = len(between) == 1 and first.text == "(" and bool(closing) and closing[0].text == ")"
    if date.line > line and page.lines[date.line].tokens[0] is date.tokens[0]:
        return False
    return first.line == line or ((unit or bracket) and first.line == line + 1)


def _is_of_bracket(page: MarkedPage, between: Sequence[Token], date: Item) -> bool:
    """Whether a bracket opens before a date that has a reading of its own («25634,55 Гкал (на 23.10.2025 – 25418,27 Гкал)»); an hour behind
    the date («(20.11.2025 24:00)») is none."""
    inside = itertools.takewhile(lambda t: t.text != ")", page.tokens[date.last + 1 : date.last + 1 + _BEHIND])
    return any(t.text == "(" for t in between) and any(t.form is Form.NUMBER and _DECIMALS.fullmatch(t.text) for t in inside)


def _pairs(page: MarkedPage) -> list[tuple[Item, Item]]:
    """Each quantity with the date that is the next thing marked behind it, its unit aside."""
    measured = {i.first - 1 for i in page.items if i.sort == "unit" and isinstance(i.value, Unit)}
    items = [i for i in page.items if i.sort != "unit"]
    return [
        (a, b)
        for a, b in itertools.pairwise(items)
        if a.sort == "number" and b.sort == "date" and ("." in a.text or (len(a.text) > _ORDINAL and a.last in measured))
    ]


def _parts(between: Sequence[Token]) -> bool:
    """Whether a clause ends between a number and a date; the point of an abbreviated unit («Гкал.») ends none."""
    sentence = any(a.text == "." and b.text[:1].isupper() for a, b in itertools.pairwise(between))
    return sentence or between[-1].text == "." or any(t.text in ",;:" for t in between)


def _has_date_before(page: MarkedPage, number: Item, behind: Mapping[int, Item]) -> bool:
    """Whether a date stands before a number with nothing but words without a meaning, or the reading's label, between.

    behind: the dates that belong to numbers before them.
    """
    items = [i for i in page.items if i.sort != "unit"]
    place = items.index(number)
    while place and items[place - 1].key in _OF_A_READING:
        place -= 1
    before = items[place - 1] if place else None
    if before is None or before.sort != "date" or any(before is date for date in behind.values()):
        return False
    return number.first - before.last <= 2 * _BEHIND


def settle(draft: Draft, told: Sequence[Told], loose: Sequence[Found], titled: bool) -> None:
    """A meter's numbers once all of a text was read. told: all of them; loose: those with neither label nor date; titled: whether the page
    calls itself a report of consumption."""
    _settle(draft, told, loose, titled)
    _drop_day_of_previous(draft)


def _settle(draft: Draft, told: Sequence[Told], loose: Sequence[Found], titled: bool) -> None:
    page = draft.page
    settle_dated(draft, page)
    if settle_by_arithmetic(draft, told, page):
        return
    if draft.unchanged is not None and draft.current is not None and draft.previous is None:
        draft.previous = Found(draft.current.value, page, draft.current.tokens, "stated as unchanged")
        if draft.consumption is None:
            draft.consumption = Found("0", page, draft.unchanged.tokens, "stated as no consumption")
    if len(loose) == 2 and draft.previous is None and draft.current is None:
        draft.previous, draft.current = loose
    elif len(loose) == 1:
        _place_alone(draft, loose[0], titled)


def _drop_day_of_previous(draft: Draft) -> None:
    """A day over the previous reading («сейчас | на 01.10.2026» over «1840,22 | 1788,02») is none of the current one."""
    day, current, previous = draft.reading_date, draft.current, draft.previous
    if day is None or current is None or previous is None or not (day.tokens and current.tokens and previous.tokens):
        return
    if day.tokens[0].line < current.tokens[0].line == previous.tokens[0].line:
        middle = box_of(day.tokens).middle[0]
        if abs(box_of(previous.tokens).middle[0] - middle) < abs(box_of(current.tokens).middle[0] - middle):
            draft.reading_date = None


def _place_alone(draft: Draft, found: Found, titled: bool) -> None:
    """One number without a label: weighed by what the meter still lacks."""
    if draft.previous is not None and draft.current is None:
        draft.current = found
    elif draft.current is not None and draft.consumption is None and draft.previous is not None:
        draft.consumption = found
    elif not draft.has_value():
        found.note, found.trust = "a number without a label", 0.4
        setattr(draft, "consumption" if titled else "current", found)


def settle_dated(draft: Draft, page: int) -> None:
    """Readings known by their dates: the latest is the current one; of those before it (a calculator lists a year of them) the previous one
    is what the consumption asks for, else the latest from about a month before."""
    if not draft.dated:
        return
    ordered = sorted(draft.dated, key=lambda pair: pair[0])
    draft.dated = []
    last_date, last = ordered[-1]
    if draft.current is None:
        draft.current = last
        if draft.reading_date is None:
            item = next((i for i in draft.dated_items if i.date == last_date), None)
            tokens = item.tokens if item is not None else []
            draft.reading_date = Found(last_date.isoformat(), page, tokens, trust=item.trust if item is not None else 1.0)
        ordered.pop()
    if draft.previous is None and ordered:
        day = dt.date.fromisoformat(draft.reading_date.value) if draft.reading_date is not None else last_date
        closing = [found for _, found in ordered if closes(found, draft.current, draft.consumption)]
        month_before = [found for date, found in ordered if day - date >= _MONTH]
        draft.previous = (closing or month_before or [ordered[0][1]])[-1]


def turn_round(draft: Draft) -> None:
    """Integrators of a picture that differ by the total of their days the wrong way round: the day or the name of one was misread. What
    a customer writes himself stays as it is, a falling index as well. The day of the one is not that of the other."""
    if draft.previous is None or draft.current is None or not draft.daily or not closes(draft.current, draft.previous, draft.daily_total):
        return
    if draft.previous.value != draft.current.value:
        note = "an index never falls; the total of the days tells"
        draft.previous, draft.current = (
            replace(found, note=note, trust=min(found.trust, LABELLED)) for found in (draft.current, draft.previous)
        )
    if draft.reading_date is not None:
        draft.reading_date = replace(draft.reading_date, trust=min(draft.reading_date.trust, DOUBTED))


def doubt_day(draft: Draft) -> None:
    """The day of a reading is as sure as that it is the current one: only where the three numbers add up and their labels say so."""
    sure = draft.adds_up() and all(found.trust > LABELLED for found in draft.numbers())
    if draft.reading_date is not None and draft.current is not None and not sure:
        draft.reading_date = replace(draft.reading_date, trust=min(draft.reading_date.trust, DOUBTED))


def settle_by_arithmetic(draft: Draft, told: Sequence[Told], page: int) -> bool:
    """Takes the one way in which three of the numbers told of a meter add up, no label and no date contradicting it.

    False where there is none or more than one: then everything stays.
    """
    if draft.adds_up() or not 3 <= len(told) <= _MOST_TOLD:
        return False
    ways = [way for way in itertools.permutations(told, 3) if _adds_up(way) and not _contradicts(way)]
    if len({tuple(t.found.value for t in way) for way in ways}) != 1:
        return False
    way = ways[0]
    previous, current, consumption = way
    named = previous.role or consumption.role or (previous.date is not None and current.date is not None)
    for role, one in zip(NUMBERS, way, strict=True):
        note = None if named else "no label says what it is; the arithmetic tells"
        setattr(draft, role, one.found if named else replace(one.found, note=note, trust=min(one.found.trust, 0.8)))
    date = way[1].date
    if date is not None:
        draft.reading_date = Found.of(date, page)
    return True


def give_respectively(drafts: Sequence[Draft], told: Sequence[Told]) -> None:
    """Gives meters with both readings the one number by which these differ, of those that no meter took: «потреблено соответственно
    216,28 Гкал и 58,18 Гкал»."""
    taken = {id(token) for draft in drafts for found in draft.numbers() for token in found.tokens}
    free = [t for t in told if t.role in (None, "consumption") and not any(id(token) in taken for token in t.found.tokens)]
    for draft in drafts:
        fits = [t.found for t in free if draft.consumption is None and closes(draft.previous, draft.current, t.found)]
        if len(fits) == 1:
            draft.consumption = replace(fits[0], note="the difference of the readings tells whose it is", trust=min(fits[0].trust, 0.8))


def adds_up(told: Sequence[Told]) -> bool:
    """Whether three of the numbers told of a meter add up: then all of it has been told."""
    return len(told) <= _MOST_TOLD and any(_adds_up(way) for way in itertools.permutations(told, 3))


def _adds_up(way: Sequence[Told]) -> bool:
    previous, current, consumption = (Decimal(t.found.value) for t in way)
    return previous + consumption == current and consumption != 0


def _contradicts(way: Sequence[Told]) -> bool:
    """Whether a label names another role, or the dates run backwards. Without either the smaller of the two is the consumption."""
    previous, current, consumption = way
    if any(t.role is not None and t.role != role for t, role in zip(way, NUMBERS, strict=True)):
        return True
    if previous.date is not None and current.date is not None and previous.date.date >= current.date.date:
        return True
    if consumption.date is not None and (previous.date is None or current.date is None):
        return True
    tied = previous.role or consumption.role or previous.date
    return not tied and Decimal(previous.found.value) < Decimal(consumption.found.value)
