"""What two readers saw in a place filled in by hand becomes a number, a date, digits (docs/handwriting.md, "From signs to values").

Nothing is ever put together that neither reader saw: each candidate is the one's reading, the other's, or of both where they stand
sign by sign beside each other.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from metering.handwriting import HandReading
from metering.pages import Box
from metering.reports import Field

NUMBERS = ("previous", "current", "consumption")
SURE = 0.9  # the digit reader's probability from which its digit counts as read
_HEARD = 0.08  # from which a digit that it does not prefer is still a candidate
_DISSENT = 1.6  # cost of a digit that the line reader did not see
_ALONE = (1.0, 3.0)  # cost of the line reader's and of the digit reader's text where their counts differ
_MOVED = 1.5  # cost of a decimal mark where only the other numbers have it
_MOST = 24  # candidates of one place that are weighed
_CLEAR = 0.7  # by so much the cheapest combination must be cheaper than the next
# Shares of right values by what is known of them, measured on drawn and on real hands (docs/handwriting.md, "Measured").
_CLOSED, _CHOSEN, _AGREED, _OPEN = 0.99, 0.93, 0.93, 0.55


@dataclass(frozen=True, slots=True)
class Text:
    """A candidate: its digits and how many of them stand before the decimal mark (None without one)."""

    digits: str
    cost: float
    point: int | None = None

    @property
    def number(self) -> str:
        if self.point is None:
            return self.digits
        return f"{self.digits[: self.point]}.{self.digits[self.point :]}"


@dataclass(frozen=True, slots=True)
class Written:
    """A place with its candidates, cheapest first; agreed: both readers see the first one surely, and nothing is struck out."""

    place: Box
    page: int
    texts: tuple[Text, ...]
    agreed: bool

    def field(self, value: str, confidence: float, certain: bool, note: str | None = None) -> Field:
        others = tuple(dict.fromkeys(t.number for t in self.texts if t.number != value))[:4]
        return Field(value, confidence, self.page, self.place, certain, note, others)


def weigh(reading: HandReading, page: int, place: Box) -> Written | None:
    """The candidates of a place; None where no reader saw a digit."""
    line_digits, line_point = _parse_line(reading.line)
    own = [s for s in reading.signs if not s.mark]
    own_digits = "".join(str(_best(s.chances)) for s in own)
    own_point = _point([s.mark for s in reading.signs])
    if not line_digits and not own_digits:
        return None
    if len(own_digits) != len(line_digits):
        texts = [Text(d, c, p) for d, c, p in ((line_digits, _ALONE[0], line_point), (own_digits, _ALONE[1], own_point)) if d]
        return Written(place, page, tuple(texts), agreed=False)
    choices = [_choices(s.chances, d) for s, d in zip(own, line_digits, strict=True)]
    points = [(line_point, 0.0)] + ([(own_point, _DISSENT)] if own_point != line_point else [])
    texts = sorted((Text(d, c + more, p) for d, c in _combined(choices) for p, more in points), key=lambda t: t.cost)[:_MOST]
    sure = all(s.chances[_best(s.chances)] >= SURE for s in own)
    agreed = own_digits == line_digits and sure and own_point == line_point and not reading.struck
    return Written(place, page, tuple(texts), agreed)


def _best(chances: Sequence[float]) -> int:
    return max(range(10), key=lambda n: chances[n])


def _parse_line(line: str) -> tuple[str, int | None]:
    digits = "".join(c for c in line if c.isdigit())
    return digits, _point(["" if c.isdigit() else "," for c in line])


def _point(marks: Sequence[str]) -> int | None:
    """How many digits stand before the one mark between digits; a dash counts as one, as many write it. None where it is not one."""
    places, digits = [], 0
    total = sum(not m for m in marks)
    for mark in marks:
        if not mark:
            digits += 1
        elif 0 < digits < total and (not places or places[-1] != digits):
            places.append(digits)
    return places[0] if len(places) == 1 else None


def _choices(chances: Sequence[float], line: str) -> list[tuple[str, float]]:
    seen = {str(_best(chances)), line} | {str(n) for n in range(10) if chances[n] >= _HEARD}
    return sorted(((d, -math.log(chances[int(d)] + 0.01) + _DISSENT * (d != line)) for d in seen), key=lambda pair: pair[1])


def _combined(choices: Sequence[Sequence[tuple[str, float]]]) -> list[tuple[str, float]]:
    texts = [("", 0.0)]
    for options in choices:
        texts = sorted(((t + d, c + more) for t, c in texts for d, more in options), key=lambda pair: pair[1])[:_MOST]
    return texts


def digits_field(written: Written, length: int | None) -> Field | None:
    """A contract number, an INN (of that length) or a serial. Certain where both readers agree and the length is right."""
    least, most = (length, length) if length else (4, 10)
    fitting = [t for t in written.texts if least <= len(t.digits) <= most]
    plain = replace(written, texts=tuple(Text(t.digits, t.cost) for t in fitting))
    if fitting:
        certain = written.agreed and fitting[0] is written.texts[0]
        return plain.field(fitting[0].digits, _AGREED if certain else _OPEN, certain)
    short = written.texts[0].digits
    if length != 5 or not 3 <= len(short) < length:
        return None
    return plain.field(short.zfill(length), _OPEN, False, f"written as {short}: leading zeros added")


def date_fields(reading: Written | None, report: Written | None) -> tuple[Field | None, Field | None]:
    """The reading's and the report's date, chosen together: nobody reports before reading, nor two months later."""
    ones, twos = _days(reading), _days(report)
    pairs = [(a[1] + b[1] + (0.0 if 0 <= (b[0] - a[0]).days <= 62 else 4.0), a, b) for a, b in itertools.product(ones or (), twos or ())]
    if pairs:
        _, one, two = min(pairs, key=lambda p: p[0])
        return _date(reading, ones, one), _date(report, twos, two)
    return (_date(reading, ones, ones[0]) if ones else None), (_date(report, twos, twos[0]) if twos else None)


def _days(written: Written | None) -> list[tuple[dt.date, float]]:
    """The days that a place may say, cheapest first: DDMMYYYY or DDMMYY, with any marks."""
    days: dict[dt.date, float] = {}
    for text in written.texts if written else ():
        if len(text.digits) not in (6, 8):
            continue
        try:
            day = dt.date(2000 + int(text.digits[-2:]), int(text.digits[2:4]), int(text.digits[:2]))
        except ValueError:
            continue
        if len(text.digits) == 6 or text.digits[4:6] == "20":
            days.setdefault(day, text.cost)
    return sorted(days.items(), key=lambda pair: pair[1])


def _date(written: Written | None, days: list[tuple[dt.date, float]], chosen: tuple[dt.date, float]) -> Field:
    assert written is not None
    certain = written.agreed and chosen == days[0] and chosen[1] == written.texts[0].cost
    others = tuple(d.isoformat() for d, _ in days if d != chosen[0])[:3]
    return Field(chosen[0].isoformat(), _AGREED if certain else _OPEN, written.page, written.place, certain, None, others)


def number_fields(places: dict[str, Written]) -> dict[str, Field]:
    """Previous, current and consumption of a meter: where what the readers prefer does not add up, the sum chooses among what they saw.

    Certain is a number that both readers see alike, of three that add up.
    """
    known = {n: _with_points(n, places) for n in NUMBERS if n in places}
    closing = _closing(known) if len(known) == 3 else None
    out = {}
    for name, written in known.items():
        preferred = written.texts[0].number
        if closing is None:
            confidence = _OPEN if len(known) == 3 or not written.agreed else _AGREED
            out[name] = written.field(preferred, confidence, False)
            continue
        value = closing[name]
        agreed = written.agreed and value == preferred
        note = None if value == preferred else f"read as {preferred}; previous + consumption = current chose among the readings"
        out[name] = written.field(value, _CLOSED if agreed else _CHOSEN, agreed, note)
    return out


def _with_points(name: str, places: dict[str, Written]) -> Written:
    """The candidates with, too, the decimal mark where the other numbers of the meter have theirs."""
    written = places[name]
    others = {len(t.digits) - t.point for n, w in places.items() if n != name and n in NUMBERS for t in w.texts[:1] if t.point is not None}
    texts = list(written.texts)
    for text in written.texts:
        for behind in others:
            point = len(text.digits) - behind
            if point > 0 and point != text.point:
                texts.append(replace(text, point=point, cost=text.cost + _MOVED))
    return replace(written, texts=tuple(sorted(texts, key=lambda t: t.cost)[: 2 * _MOST]))


def _closing(known: dict[str, Written]) -> dict[str, str] | None:
    """The cheapest combination that adds up, if it is clearly cheaper than any other."""
    previous, current, consumption = (known[n].texts for n in NUMBERS)
    by_sum: dict[Decimal, list[Text]] = {}
    for text in current:
        by_sum.setdefault(Decimal(text.number), []).append(text)
    found: list[tuple[float, tuple[str, str, str]]] = []
    for one, two in itertools.product(previous, consumption):
        for text in by_sum.get(Decimal(one.number) + Decimal(two.number), ()):
            found.append((one.cost + two.cost + text.cost, (one.number, text.number, two.number)))
    if not found:
        return None
    found.sort(key=lambda pair: pair[0])
    best = found[0]
    rival = next((f for f in found if [Decimal(v) for v in f[1]] != [Decimal(v) for v in best[1]]), None)
    if rival is not None and rival[0] - best[0] < _CLEAR:
        return None
    return dict(zip(NUMBERS, best[1], strict=True))
