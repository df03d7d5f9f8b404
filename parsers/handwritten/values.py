"""What two readers saw in a place filled in by hand becomes a number, a date, digits (docs/handwriting.md, "From texts to values").

Nothing is ever put together that no reader saw: each candidate is a text that one of the two holds possible, and of several the one that
both find likeliest, or that makes the sum close, is taken.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from metering.handwriting import HandReading
from metering.pages import Box
from metering.repairs import Repair, RepairReason
from metering.reports import Field
from parsers.page.found import NUMBERS

_CAP = 9.0  # of the cost that one reader may add: it may have lost the line
_OURS, _OTHER = 1.25, 0.75  # what our reader's cost counts and the other's (docs/handwriting.md, "The two readers")
_MOVED = 1.5  # cost of a decimal mark where only the other numbers have it
_MOST = 24  # candidates of one place that are weighed
_OTHERS = 4  # readings that are given beside the one taken
_OF_REGISTER = 12  # the same where the register can tell which it is
_DOUBT = 4.0  # and so much dearer such a reading is at most
_CLEAR = 1.5  # by so much the cheapest combination must be cheaper than the next
_OVERRULED = 11.0  # and so much dearer it is at most than what the readers prefer where it overrules all three: a place was no number's
# By how much a value is cheaper than the next for each of its readers, and for both together; and a date, since another one ties its month
# and year but hardly its day (docs/handwriting.md, "Certain").
_CLEARLY, DATED = (1.0, 5.0), (1.0, 7.0)
_ASTRAY = 2.0  # cost by which a reader may prefer what means nothing in its place to the value that it sees there
_ALONE = 12.0  # so much dearer is another current index and consumption that go with the same previous index
_DUST = 2  # digits
RUBBISH = 10.0  # cost of what is no number: its place was another one
_TWO_STROKES = re.compile(r"\d[,/-]?II[,/-]?\d")
_ROMAN_TWO = 1.5  # cost for each reader of two strokes that are February: they mostly are 11
_DATES = (
    re.compile(r"(\d{1,2})[,/-]?([XVI]+)[,/-]?(\d{4}|\d{2})"),
    re.compile(r"(\d{1,2})[,/-](\d{1,2})[,/-](\d{4}|\d{2})"),
    re.compile(r"(\d{1,2})[,/-]([VI1]*[XV][XVI1]*)[,/-](\d{4}|\d{2})"),  # X1I
    re.compile(r"(\d{2})[,/-]?(\d{2})[,/-]?(20\d{2}|\d{2})"),
)
_WHOLE_DATE = re.compile(r",?\d\d(?:[,/-]?(?:\d\d|[XVI]+)[,/-]?|[,/-]\d[,/-])20\d\d,?")  # leaves no room for more
_LOOSE_POINTS = re.compile(r"^,(?=\d\d)|,$")
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12}
# Shares of right values by what is known of them, measured on drawn forms with real digits (docs/handwriting.md, "Measured").
_CLOSED, _CHOSEN, _AGREED = 0.99, 0.95, 0.95
#: Where nothing ties a value down: right so often where the next reading is dearer by so much at least.
OPEN = ((5.0, 0.9), (2.0, 0.65), (0.0, 0.4))


@dataclass(frozen=True, slots=True)
class Value:
    """A candidate: what a text means in its place, and how unlikely both readers, weighed, find that together."""

    text: str
    cost: float


@dataclass(frozen=True, slots=True)
class Written:
    """A place with its candidates, cheapest first; alike: each reader by itself reads the first one, and nothing is struck out; lead: by
    how much each finds that likelier than any other, the less sure one; rivals: the others of a date that it is not clearly before, what
    either reader prefers among them, None where one sees no date or more than the ink told it; derived: another value of the page chose
    among them, for which it cannot speak then; beyond: more of it may stand outside of the place."""

    place: Box
    page: int
    values: tuple[Value, ...]
    alike: bool
    lead: float
    rivals: tuple[str, ...] | None = ()
    derived: bool = False
    beyond: bool = False

    def agreed(self, least: tuple[float, float] = _CLEARLY) -> bool:
        """Whether both readers agree on the first candidate, clearly: by so much each, and by so much together."""
        return self.alike and self.is_clear(least)

    def is_clear(self, least: tuple[float, float] = _CLEARLY) -> bool:
        """Whether the first candidate is so much likelier than the next one, be something struck out beside it or not."""
        return self.lead >= least[0] and _ahead(self.values) >= least[1]

    def doubted(self) -> Written:
        """The same, never certain, whatever else speaks for it."""
        return replace(self, alike=False, rivals=None)

    @property
    def confidence(self) -> float:
        """Of the cheapest candidate, where no other value of the page ties it down."""
        if self.agreed():
            return _AGREED
        ahead = _ahead(self.values)
        return next(share for least, share in OPEN if ahead >= least)

    def field(self, value: str, confidence: float, certain: bool, note: str | None = None) -> Field:
        others = tuple(dict.fromkeys(v.text for v in self.values if v.text != value))[:_OTHERS]
        return Field(value, confidence, self.page, self.place, certain, note, others)


def weigh_date(reading: HandReading, page: int, place: Box) -> Written | None:
    """The candidates of a date: what stands beside two digits for the day and four for the year is none of it, however near."""
    written = weigh(reading.closed_by(_WHOLE_DATE), page, place, as_date)
    return written.doubted() if written is not None and written.beyond else written


def weigh(reading: HandReading, page: int, place: Box, meaning: Callable[[str], str | None]) -> Written | None:
    """The candidates of a place that mean something there; None where none does. Nothing is certain where something was struck out, or
    more of it may stand outside of the place."""
    costs: dict[str, tuple[float, float]] = {}
    for text in reading.texts:
        value = meaning(text.text)
        if value is not None:
            own, other = costs.get(value, (99.0, 99.0))
            rare = _ROMAN_TWO if _TWO_STROKES.search(text.text) else 0.0
            costs[value] = min(own, text.costs[0] + rare), min(other, text.costs[1] + rare)
    if not costs:
        return None
    values = sorted((Value(v, _OURS * min(_CAP, a) + _OTHER * min(_CAP, b)) for v, (a, b) in costs.items()), key=lambda v: v.cost)[:_MOST]
    first = values[0].text
    seen = [_seen(reading, costs, meaning, n) for n in (0, 1)]
    alike = all(one == first for one in seen) and not (reading.struck or reading.beyond)
    leads = {v: min(c[n] - costs[first][n] for n in (0, 1)) for v, c in costs.items() if v != first}
    rivals = [v.text for v in values[1:] if leads[v.text] < DATED[0] or v.cost - values[0].cost < DATED[1]]
    given = None if reading.struck or None in seen else tuple(rivals)
    return Written(place, page, tuple(values), alike, min(leads.values(), default=99.0 - max(costs[first])), given, beyond=reading.beyond)


def _seen(reading: HandReading, costs: dict[str, tuple[float, float]], meaning: Callable[[str], str | None], reader: int) -> str | None:
    """What one reader, 0 or 1, sees: what it holds likeliest, or, where that means nothing («18101/2026»), the likeliest value (keys of
    costs) that it finds hardly less likely; None where it sees none."""
    if (value := meaning(reading.best[reader])) is not None:
        return value
    likeliest = min(costs, key=lambda v: costs[v][reader])
    least = min(text.costs[reader] for text in reading.texts)
    return likeliest if costs[likeliest][reader] - least <= _ASTRAY else None


def _ahead(values: Sequence[Value]) -> float:
    """By how much the cheapest is cheaper than the next."""
    return values[1].cost - values[0].cost if len(values) > 1 else 2 * _CAP


# -- what a text means


def digits_of_length(length: int) -> Callable[[str], str | None]:
    """Digits alone, exactly so many."""
    return lambda text: text if text.isdigit() and len(text) == length else None


def as_serial(text: str) -> str | None:
    return text if text.isdigit() and 4 <= len(text) <= 10 else None


def as_number(text: str) -> str | None:
    """A number with at most one decimal mark: a comma, a point, or a dash, as many write it."""
    match = re.fullmatch(r"(\d{1,8})(?:[,-](\d{1,3}))?", text)
    if match is None:
        return None
    return match[1] if match[2] is None else f"{match[1]}.{match[2]}"


def as_date(text: str) -> str | None:
    """Day, month (in digits or Roman) and year of two or four digits, with any marks or none between: ISO. Points at its ends are those of
    «г.», of a quotation mark, or dirt."""
    match = next((found for pattern in _DATES if (found := pattern.fullmatch(_LOOSE_POINTS.sub("", text)))), None)
    if match is None:
        return None
    month = int(match[2]) if match[2].isdigit() else ROMAN.get(match[2].replace("1", "I"))
    year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
    if month is None or not 2018 <= year <= 2050:
        return None
    try:
        return dt.date(year, month, int(match[1])).isoformat()
    except ValueError:
        return None


def is_dust(meter: dict[str, Written]) -> bool:
    """Whether what was read in the places of a meter are specks, bits of rules or dashes in empty cells: one digit or two, or what is no
    number to either reader, none sure."""
    few = ((name != "serial" and len(w.values[0].text) <= _DUST) or w.values[0].cost >= RUBBISH for name, w in meter.items())
    return all(few) and not any(w.agreed() for w in meter.values())


# -- fields


def digits_field(written: Written) -> Field:
    """A contract number, an INN or a serial. Never certain by itself: the register must know it.

    Other readings are those alone that the readers seriously doubt between, since the register may choose among them: a number that is
    clearly another one than the register's was written so.
    """
    doubtful = [v for v in written.values if v.cost - written.values[0].cost <= _DOUBT]
    others = tuple(v.text for v in doubtful[1 : 1 + _OF_REGISTER])
    return replace(written.field(written.values[0].text, written.confidence, certain=False), alternatives=others)


def number_fields(places: dict[str, Written]) -> dict[str, Field]:
    """Previous, current and consumption of a meter: where what the readers prefer does not add up, the sum chooses among what they saw.

    Certain is a current index or a consumption that both readers see alike, of three that add up. A previous index never is by itself: a
    hand whose 3 is like a 5 writes it so in both indexes, and the sum closes all the same. The register must know it. None is where the
    sum takes other digits than both readers surely saw in one place: then the other two may lack the same digit; in two places it is not
    asked at all. Where it had nothing to
    choose, and no other current index and consumption go with that previous one by far, their digits are as sure as it is.
    """
    known = {n: _with_points(n, places) for n in NUMBERS if n in places}
    closing = _closing(known) if len(known) == 3 else None
    if (
        closing is not None
        and sum(places[n].is_clear() and _digits(places[n].values[0].text) != _digits(v) for n, v in closing.items()) > 1
    ):
        closing = None  # the page states numbers that do not add up
    contradicted = closing is not None and any(
        places[n].agreed() and _digits(places[n].values[0].text) != _digits(v) for n, v in closing.items()
    )
    tied = closing is not None and all(values[0].text == closing[name] for name, values in known.items()) and _is_alone(known, places)
    out = {}
    for name, values in known.items():
        written = places[name]
        preferred = values[0].text
        if closing is None:
            out[name] = written.field(preferred, OPEN[-1][1] if len(known) == 3 else written.confidence, certain=False)
            continue
        value = closing[name]
        agreed = written.agreed() and value == written.values[0].text and not contradicted
        note = None if value == preferred else f"read as {preferred}; previous + consumption = current chose among the readings"
        field = written.field(value, _CLOSED if agreed else _CHOSEN, agreed and name != "previous", note)
        repair = Repair(preferred, value, RepairReason.ARITHMETIC) if note is not None else None
        out[name] = replace(field, repair=repair, digits_sure=tied and name != "previous")
    return out


def _with_points(name: str, places: dict[str, Written]) -> list[Value]:
    """The candidates with, too, the decimal mark where the other numbers of the meter have theirs."""
    behind = {_decimals(w.values[0].text) for n, w in places.items() if n != name and n in NUMBERS} - {0}
    values = {v.text: v for v in places[name].values}
    for value in places[name].values:
        digits = value.text.replace(".", "")
        for places_behind in behind:
            moved = f"{digits[:-places_behind]}.{digits[-places_behind:]}"
            if len(digits) > places_behind and moved not in values:
                values[moved] = Value(moved, value.cost + _MOVED)
    return sorted(values.values(), key=lambda v: v.cost)[: 2 * _MOST]


def _digits(number: str) -> str:
    return number.replace(".", "")


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def cost_of_sum(places: dict[str, Written]) -> float | None:
    """Of the cheapest previous, current and consumption that add up; None where none do."""
    found = _sums({name: _with_points(name, places) for name in NUMBERS})
    return found[0][0] if found else None


def _closing(known: dict[str, list[Value]]) -> dict[str, str] | None:
    """The cheapest combination that adds up, if it is clearly cheaper than any other."""
    found = _sums(known)
    if not found:
        return None
    every = all(values[0].text != text for values, text in zip(known.values(), found[0][1], strict=True))
    if every and found[0][0] > sum(values[0].cost for values in known.values()) + _OVERRULED:
        return None
    rival = next((f for f in found if [Decimal(v) for v in f[1]] != [Decimal(v) for v in found[0][1]]), None)
    if rival is not None and rival[0] - found[0][0] < _CLEAR:
        return None
    return dict(zip(NUMBERS, found[0][1], strict=True))


def _is_alone(known: dict[str, list[Value]], places: dict[str, Written]) -> bool:
    """Whether both readers see a current index and a consumption, of whose other readings none that add up with the same previous index
    come near: a hand whose 7 is a 1 in both has such a pair."""
    if any(places[name].rivals is None for name in NUMBERS if name != "previous"):
        return False
    first, *others = _sums({**known, "previous": known["previous"][:1]})
    if places["current"].beyond and places["consumption"].beyond and _may_lack_the_same(*first[1]):
        return False
    return all(cost - first[0] >= _ALONE for cost, numbers in others if Decimal(numbers[1]) != Decimal(first[1][1]))


def _may_lack_the_same(previous: str, current: str, consumption: str) -> bool:
    """Whether a current index and a consumption that close with a previous index would still if both were torn: if they are as long."""
    as_long = len(current.partition(".")[0]) == len(consumption.partition(".")[0])
    return as_long or not _decimals(previous) == _decimals(current) == _decimals(consumption)


def _sums(known: dict[str, list[Value]]) -> list[tuple[float, tuple[str, str, str]]]:
    """All combinations that add up with their costs, the cheapest first."""
    by_sum: dict[Decimal, Value] = {}
    for value in reversed(known["current"]):
        by_sum[Decimal(value.text)] = value
    found = []
    for one, two in _pairs(known["previous"], known["consumption"]):
        total = by_sum.get(Decimal(one.text) + Decimal(two.text))
        if total is not None:
            found.append((one.cost + two.cost + total.cost, (one.text, total.text, two.text)))
    return sorted(found)


def _pairs(one: Iterable[Value], two: Iterable[Value]) -> Iterable[tuple[Value, Value]]:
    return itertools.product(one, two)
