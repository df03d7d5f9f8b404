"""Sums that a page writes out: «1310,75 – 1204,50 = 106,25 Гкал» says itself which number is which."""

from __future__ import annotations

from decimal import Decimal

from parsers.page.items import Item
from parsers.page.marked import MarkedPage

_MINUS, _PLUS, _EQUALS = frozenset("-–—−"), frozenset("+"), frozenset("=")


def find_equations(page: MarkedPage) -> dict[int, str]:
    """The role of each number of a sum that holds, by the index of its first token: current – previous = consumption, or the sum of it."""
    numbers = [i for i in page.items if i.sort == "number"]
    said = {n for i in page.items if i.sort in ("unit", "date") for n in range(i.first, i.last + 1)}
    roles: dict[int, str] = {}
    for one, two, three in zip(numbers, numbers[1:], numbers[2:], strict=False):
        sign, equals = _sign(page, one, two, said), _sign(page, two, three, said)
        if equals not in _EQUALS or any(n.first in roles for n in (one, two, three)):
            continue
        a, b, c = (Decimal(n.text) for n in (one, two, three))
        if sign in _MINUS and a - b == c:
            roles |= {one.first: "current", two.first: "previous", three.first: "consumption"}
        elif sign in _PLUS and a + b == c:
            roles |= {one.first: "previous", two.first: "consumption", three.first: "current"}
    return roles


def _sign(page: MarkedPage, one: Item, two: Item, said: set[int]) -> str:
    """The one sign between two numbers, their units, dates and brackets aside."""
    between = [t.text for n, t in enumerate(page.tokens[one.last + 1 : two.first], one.last + 1) if n not in said and t.text not in "().,"]
    return between[0] if len(between) == 1 else ""
