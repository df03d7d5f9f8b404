"""What the readers read of one number, and which of it is taken: the reading that adds up, else the surer reader's."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from parsers.certainty.opinions import Opinion
from parsers.page.found import NUMBERS, Found
from parsers.wording.numbers import decimals, digits_of

_TELLING_DIGITS = 6  # of three numbers together: of a digit or two each they add up by chance
_ODDS = 1000  # to one against chance
_LOOKS = 5  # further readings of a page, of which one that adds up was taken
SURE = 0.97  # the digit reader's confidence from which its word outweighs the first reader's


@dataclass(slots=True)
class Candidate:
    value: str
    cost: float
    readers: int  # how many readers read exactly this


def likeliest(options: list[Candidate], opinion: Opinion | None) -> str:
    """The digit reader's value if it is sure (the third reading is the first one's engine, no independent vote), else what most read."""
    if opinion is not None and opinion.number is not None and opinion.confidence >= SURE:
        return opinion.number
    return min(options, key=lambda c: (-c.readers, c.cost)).value


def add_candidate(options: list[Candidate], value: str, cost: float) -> None:
    for option in options:
        if option.value == value:
            option.readers += 1
            return
    options.append(Candidate(value, cost, 1))


def adds_up(values: dict[str, str]) -> bool:
    return Decimal(values["previous"]) + Decimal(values["consumption"]) == Decimal(values["current"])


def begins_at_nothing(previous: str) -> bool:
    """Whether a sum from this index proves nothing: 0 + x = x always holds."""
    return Decimal(previous) == 0


def is_telling(values: dict[str, str], open_to: dict[str, list[Candidate]], found: Iterable[Found]) -> bool:
    """Whether it can hardly be chance that three numbers add up: they have all their decimals, and enough digits for all the ways in which
    readings of them were tried. open_to: the readings of the numbers on which the readers differ; found: the numbers, some of a further
    reading."""
    if begins_at_nothing(values["previous"]) or _lacks_digits(values.values()):
        return False
    digits = [len(digits_of(value)) for value in values.values()]
    ways = math.prod(len(readings) for readings in open_to.values()) * (_LOOKS if any(one.first is not None for one in found) else 1)
    return sum(digits) >= _TELLING_DIGITS and 10 ** max(digits) >= _ODDS * ways


def _lacks_digits(values: Collection[str]) -> bool:
    """Whether numbers of one meter may have lost their last digits: one that ends with a printed zero shows that all decimals are printed,
    and another has fewer. «4726,10 + 242,4 = 4968,5» adds up without the last digits of two as well as with them."""
    most = max(map(decimals, values), default=0)
    return any(decimals(v) < most for v in values) and any(v.endswith("0") and decimals(v) == most for v in values)


def closing(options: dict[str, list[Candidate]]) -> dict[str, str] | None:
    """The cheapest combination of readings that adds up; None where there is none, or two are as cheap and differ."""
    found = []
    for combination in itertools.product(*(options[n][:5] for n in NUMBERS)):
        values = {n: c.value for n, c in zip(NUMBERS, combination, strict=True)}
        if adds_up(values):
            found.append((sum(c.cost for c in combination), values))
    if not found:
        return None
    found.sort(key=lambda pair: pair[0])
    if (
        len(found) > 1
        and found[0][0] == found[1][0]
        and {n: Decimal(v) for n, v in found[0][1].items()} != {n: Decimal(v) for n, v in found[1][1].items()}
    ):
        return None
    return found[0][1]
