"""Sums, spans and pairs that a page writes out: «1310,75 – 1204,50 = 106,25 Гкал», «с 1204,50 до 1310,75», «нач./кон.: 1204,50 / 1310,75»
say themselves which number is which."""

from __future__ import annotations

import itertools
from decimal import Decimal

from metering.units import Unit
from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form
from parsers.wording.folding import fold

#: What stands between the two readings that one label names.
_PARTING = frozenset("/|;–—-")
_MINUS, _PLUS, _EQUALS = frozenset("-–—−"), frozenset("+"), frozenset("=")


def find_equations(page: MarkedPage) -> dict[int, str]:
    """The role of each number of a sum that holds, by the index of its first token: current – previous = consumption, or the sum of it."""
    numbers = [i for i in page.items if i.sort == "number"]
    said = _of_sorts(page, "unit", "date")
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


_FROM, _TO = frozenset({fold("с"), fold("со"), fold("от")}), frozenset({fold("до"), fold("по")})
_FROM_ENDINGS, _TO_ENDINGS = ("dan", "дан"), ("gacha", "гача", "ga", "га")


def find_spans(page: MarkedPage) -> dict[int, str]:
    """Previous and current of «с 1204,50 Гкал до 1310,75 Гкал», «1204,50 dan 1310,75 gacha», by the index of their first token."""
    numbers = [i for i in page.items if i.sort == "number"]
    dates, units = _of_sorts(page, "date"), _of_sorts(page, "unit")
    roles: dict[int, str] = {}
    for one, two in itertools.pairwise(numbers):
        if Decimal(one.text) > Decimal(two.text) or two.line - one.line > 1 or not (_has_decimals(one, two) or _has_unit(page, two)):
            continue
        if _is_span(page, one, two, dates, units):
            roles |= {one.first: "previous", two.first: "current"}
    return roles


def find_pairs(page: MarkedPage) -> dict[int, str]:
    """Previous and current of a line that names both before two numbers with one sign between («Q нач./кон., Гкал: 628,586 / 777,977»)."""
    roles: dict[int, str] = {}
    for line in page.lines:
        items = [i for i in page.on_line(line.number) if i.sort != "unit"]
        for *labels, one, two in zip(items, items[1:], items[2:], items[3:], strict=False):
            keys = [label.key for label in labels]
            if sorted(keys) == ["current", "previous"] and one.sort == two.sort == "number" and _sign(page, one, two, set()) in _PARTING:
                roles |= dict(zip((one.first, two.first), keys, strict=True))
    return roles


def _has_decimals(one: Item, two: Item) -> bool:
    return "." in one.text and "." in two.text


def _has_unit(page: MarkedPage, number: Item) -> bool:
    """Whether a unit of a meter stands right behind a whole number («с 9734 по 73891 кВтч»), one of more than two digits."""
    behind = [i for i in page.on_line(number.tokens[-1].line) if i.sort == "unit" and i.first == number.last + 1]
    return len(number.text) > 2 and bool(behind) and isinstance(behind[0].value, Unit)


def _of_sorts(page: MarkedPage, *sorts: str) -> set[int]:
    """The places of all tokens that items of some sorts are made of."""
    return {n for i in page.items if i.sort in sorts for n in range(i.first, i.last + 1)}


def _is_span(page: MarkedPage, one: Item, two: Item, dates: set[int], units: set[int]) -> bool:
    places = [n for n in range(one.last + 1, two.first) if n not in dates]
    between = [page.tokens[n] for n in places]
    words = [page.tokens[n].fold for n in places if page.tokens[n].form is Form.WORD and n not in units]
    before = page.tokens[one.first - 1].fold if one.first else ""
    if before in _FROM and [w for w in words if w not in (fold("на"), fold("г"))] in ([word] for word in _TO):
        return True
    after = page.tokens[two.last + 1 : two.last + 3]
    ends = [t.text.lower() for t in between[:2] if t.form is Form.WORD], [t.text.lower() for t in after if t.form is Form.WORD]
    return any(w.endswith(_FROM_ENDINGS) for w in ends[0]) and any(w.endswith(_TO_ENDINGS) for w in ends[1]) and len(between) <= 3
