"""Digits in the boxes of a form become numbers and dates: two readers must agree, or the sum must choose among what they read.

docs/form.md, "From boxes to numbers".
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from metering.form_layout import Comb
from metering.forms import BoxReading
from metering.periods import Period
from metering.repairs import RepairReason
from metering.reports import Field

SURE = 0.9  # the box reader's probability from which its digit counts as read
HEARD = 0.2  # from which a digit that it does not prefer is still a candidate
_LEGIBLE = 0.5  # below it, and without a digit of the line reader's, a sign is no digit that anybody read
_DISSENT = 1.5  # cost of a digit that the line reader did not see, once for each of its two looks
_WIDTH = 24  # numbers of one comb that are weighed at most
_CLOSED, _AGREED, _CHOSEN, _DIFFER = 0.995, 0.985, 0.97, 0.6

#: A comb and what was read in its boxes.
Filled = tuple[Comb, tuple[BoxReading, ...]]


@dataclass(frozen=True, slots=True)
class _Digit:
    """What a box may hold: candidates with their costs, cheapest first; agreed: both readers see the first one, and surely;
    legible: at least one of them took it for a digit."""

    candidates: tuple[tuple[str, float], ...]
    agreed: bool
    legible: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    value: str
    cost: float


@dataclass(frozen=True, slots=True)
class _Number:
    """What a comb may hold. whole: its digits are legible and stand without a gap, as a number is written."""

    candidates: tuple[_Candidate, ...]
    agreed: bool
    whole: bool

    @property
    def best(self) -> str:
        return self.candidates[0].value


def read_numbers(previous: Field | None, current: Filled, consumption: Filled, page: int) -> tuple[Field | None, Field | None]:
    """The current index and the consumption of one meter, each None where its boxes are empty.

    Where what the readers prefer does not add up, the sum chooses among what they saw: never a digit that no reader saw.
    """
    one, two = _number(current), _number(consumption)
    closing = _closing(previous, one, two) if previous is not None and one is not None and two is not None else None
    return _field(one, two, closing and (closing[0], closing[2]), previous, (current[0], page)), _field(
        two, one, closing and (closing[1], closing[2]), previous, (consumption[0], page)
    )


def _field(
    number: _Number | None, other: _Number | None, closing: tuple[str, bool] | None, previous: Field | None, place: tuple[Comb, int]
) -> Field | None:
    if number is None:
        return None
    comb, page = place
    complete = previous is not None and other is not None
    value, exactly = closing or (number.best, False)
    alternatives = tuple(c.value for c in number.candidates if c.value != value)[:3]
    if closing is None:
        certain = number.agreed and number.whole and not complete  # a sum that does not close makes all three doubtful
        confidence = (_DIFFER if complete else _AGREED) if number.agreed else _DIFFER
        return Field(value, confidence, page, comb.around, certain, alternatives=alternatives)
    chosen = value != number.best
    beside_certain = _is_certain(previous) and other is not None and other.agreed
    # Read twice alike, or the one digit that the readers saw and the sum allows, beside two numbers that are certain. A sum that
    # closes only because the previous index has fewer decimals would hide a last digit that both readers took for another.
    certain = number.whole and exactly and ((number.agreed and not chosen) or beside_certain)
    note = f"read as {number.best}; previous + consumption = current chose among the readings" if chosen else None
    read = Field(number.best, _CLOSED if certain else _CHOSEN, page, comb.around, certain, note, alternatives)
    return read.taken(value, RepairReason.ARITHMETIC)


def _is_certain(field: Field | None) -> bool:
    return field is not None and field.certain


def _closing(previous: Field | None, current: _Number, consumption: _Number) -> tuple[str, str, bool] | None:
    """The likeliest pair of candidates that adds up, and whether it does so exactly; None where none does."""
    assert previous is not None
    start = previous.number
    pairs = [
        (a.cost + b.cost, a.value, b.value) for a in current.candidates for b in consumption.candidates if _fits(start, a.value, b.value)
    ]
    if not pairs:
        return None
    _, a, b = min(pairs)
    return a, b, start + Decimal(b) == Decimal(a)


def _fits(previous: Decimal, current: str, consumption: str) -> bool:
    """previous + consumption = current; where precisions differ, to one unit of the coarsest (docs/rules.md, "Arithmetic")."""
    numbers = (previous, Decimal(current), Decimal(consumption))
    steps = {_last_digit(number) for number in numbers}
    return abs(numbers[0] + numbers[2] - numbers[1]) <= (max(steps) if len(steps) > 1 else 0)


def _last_digit(number: Decimal) -> Decimal:
    return Decimal(1).scaleb(min(int(number.as_tuple().exponent), 0))


def _number(filled: Filled) -> _Number | None:
    comb, boxes = filled
    if not any(box.inked for box in boxes):
        return None
    digits = [_digit(box) if box.inked else None for box in boxes]
    whole = len(comb.groups[0])
    before, after = digits[:whole], digits[whole:]
    present = [digit for digit in digits if digit is not None]
    texts = _best([digit.candidates for digit in present])
    split = sum(digit is not None for digit in before)
    candidates = tuple(_Candidate(_as_number(text[:split], text[split:]), cost) for text, cost in texts)
    return _Number(candidates, all(digit.agreed for digit in present), _is_whole(before, after) and all(d.legible for d in present))


def _is_whole(before: Sequence[_Digit | None], after: Sequence[_Digit | None]) -> bool:
    """Digits before the comma end at it, those after it begin there, and there is no gap among them."""
    inked = [digit is not None for digit in before]
    start = inked.index(True) if True in inked else len(inked)
    rest = [digit is not None for digit in after]
    end = rest.index(False) if False in rest else len(rest)
    return start < len(inked) and all(inked[start:]) and not any(rest[end:])


def _as_number(before: str, after: str) -> str:
    """Leading zeros fill boxes and are no digits of the number."""
    whole = before.lstrip("0") or "0"
    return f"{whole}.{after}" if after else whole


def _digit(box: BoxReading) -> _Digit:
    preferred = max(range(10), key=lambda n: box.chances[n])
    sure = box.chances[preferred] >= SURE
    line = {box.together, box.alone} - {"", *",.-"}
    agreed = sure and str(preferred) in line and line <= {str(preferred)}
    seen = {str(preferred)} if agreed else {str(preferred), *line} | {str(n) for n in range(10) if box.chances[n] >= HEARD}
    costs = {d: -math.log(box.chances[int(d)] + 0.002) + _DISSENT * ((box.together != d) + (box.alone != d)) for d in seen}
    return _Digit(tuple(sorted(costs.items(), key=lambda item: item[1])), agreed, bool(line) or box.chances[preferred] >= _LEGIBLE)


def _best(choices: Sequence[Sequence[tuple[str, float]]]) -> list[tuple[str, float]]:
    """The likeliest texts of one choice in each place, cheapest first, _WIDTH at most."""
    texts = [("", 0.0)]
    for candidates in choices:
        texts = sorted(((text + c, cost + more) for text, cost in texts for c, more in candidates), key=lambda item: item[1])[:_WIDTH]
    return texts


def read_date(boxes: Sequence[BoxReading], comb: Comb, period: Period, page: int) -> Field | None:
    """DD MM YY in a comb; None where it is empty. Of several days that the readers saw one counts if it alone is possible.

    Possible is a day on which a report for the period is open: from its first day to the tenth of the next month (docs/rules.md).
    """
    if not any(box.inked for box in boxes):
        return None
    digits = [_digit(box) if box.inked else None for box in boxes]
    if not all(digit is not None and digit.legible for digit in digits):
        return None
    texts = [text for text, _ in _best([digit.candidates for digit in digits if digit is not None])]
    days = list(dict.fromkeys(_days(texts)))
    if not days:
        return None
    agreed = all(digit is not None and digit.agreed for digit in digits)
    possible = [day for day in days if period.first_day <= day <= period.next().day(10)]
    chosen = possible[0] if len(possible) == 1 else days[0]
    certain = agreed or (len(possible) == 1 and len(days) > 1) or (len(days) == 1 and len(possible) == 1)
    others = tuple(day.isoformat() for day in days if day != chosen)[:3]
    confidence = _AGREED if agreed else _CHOSEN if certain else _DIFFER
    return Field(chosen.isoformat(), confidence, page, comb.around, certain, alternatives=others)


def _days(texts: Sequence[str]) -> Iterator[dt.date]:
    for text in texts:
        try:
            yield dt.date(2000 + int(text[4:]), int(text[2:4]), int(text[:2]))
        except ValueError:
            continue
