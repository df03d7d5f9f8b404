"""What is marked on a page in the order of its meaning: a label that stands behind or beneath its value before it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form

_VALUES = frozenset({"previous", "current", "consumption", "serial"})
_INSIDE = 10  # tokens of a bracket before or behind its label
_BETWEEN = 3  # signs and a unit between a value and the label behind it


@dataclass(frozen=True, slots=True)
class _Marks:
    """What is marked on a page, to be looked up by the place of its tokens: the items but units, where each begins; the tokens of units."""

    items: Sequence[Item]
    firsts: Sequence[int]
    units: frozenset[int]

    def between(self, opened: int, closed: int) -> Sequence[Item]:
        return self.items[bisect_right(self.firsts, opened) : bisect_left(self.firsts, closed)]

    def before(self, place: int) -> Sequence[Item]:
        """The last two items that end before a place."""
        found = self.items[max(0, (end := bisect_left(self.firsts, place)) - 3) : end]
        return [i for i in found if i.last < place][-2:]


def _marks(page: MarkedPage) -> _Marks:
    items = [i for i in page.items if i.sort != "unit"]
    units = frozenset(n for i in page.items if i.sort == "unit" for n in range(i.first, i.last + 1))
    return _Marks(items, [i.first for i in items], units)


def labels_first(page: MarkedPage, items: Sequence[Item]) -> list[Item]:
    """The items with each label that is a caption, or the last word on its value, moved before that value, and its date with it."""
    out, marks = list(items), _marks(page)
    for label in [i for i in items if i.sort == "label"]:
        over = {id(t) for t in page.over.get(label.first, ())}
        value = next((i for i in out if id(i.tokens[0]) in over), None) if over else _value_before(page, label, marks)
        if value is not None and (value is label or not any(i is value for i in out)):  # some items are not among those asked for
            continue
        if value is not None or page.over.get(label.first) == []:
            out.remove(label)
        if value is not None:
            place = next(n for n, i in enumerate(out) if i is value)
            dates = [] if over else [i for i in out[place + 1 :] if i.sort == "date" and _explains(page, value, i)]
            out = [i for i in out if not any(i is d for d in dates)]
            out[place:place] = [label, *dates[:1]]
    return out


def _value_before(page: MarkedPage, label: Item, marks: _Marks) -> Item | None:
    """«1204,50 Гкал - предыдущее показание»: the number that opens a line which its label ends; «1204,50 Гкал (предыдущее)» anywhere."""
    if label.key not in _VALUES:
        return None
    if (number := _before_bracket(page, label, marks)) is not None:
        return number
    items = [i for i in page.on_line(label.line) if i.sort in ("label", "number", "date", "month", "kind")]
    place = items.index(label)
    if not place or items[place - 1].sort != "number":
        return None
    number, line = items[place - 1], page.lines[label.line]
    between = [page.tokens[n].text for n in range(number.last + 1, label.first) if n not in marks.units]
    opens = place == 1 and all(t.form is Form.SIGN for t in line.tokens[: line.tokens.index(number.tokens[0])])
    plain = 0 < len(between) <= _BETWEEN and all(text in "-–—.(" for text in between)
    return number if opens and plain and all(i.sort in ("label", "date") for i in items[2:]) else None


def _before_bracket(page: MarkedPage, label: Item, marks: _Marks) -> Item | None:
    """The number right before the bracket that a label stands in, if it says one thing and no number, and nothing before says another."""
    tokens = page.tokens
    opened = next((n for n in range(label.first - 1, max(-1, label.first - _INSIDE), -1) if tokens[n].text in "()"), -1)
    closed = next((n for n in range(label.last + 1, min(len(tokens), label.last + 2 * _INSIDE)) if tokens[n].text in "()"), -1)
    if opened < 0 or closed < 0 or tokens[opened].text != "(" or tokens[closed].text != ")":
        return None
    inside = marks.between(opened, closed)
    if any(i.sort == "number" for i in inside) or {i.key for i in inside} & (_VALUES - {label.key}):
        return None
    before = marks.before(opened)
    if not before or before[-1].sort != "number":
        return None
    number = before[-1]
    if any(tokens[n].text != "." for n in range(number.last + 1, opened) if n not in marks.units):
        return None
    other = len(before) > 1 and before[-2].line == number.line and before[-2].key in _VALUES - {label.key}
    return None if other else number


def _explains(page: MarkedPage, number: Item, date: Item) -> bool:
    """Whether a date stands behind a number with its label, no further number or sentence between."""
    between = page.tokens[number.last + 1 : date.first]
    return len(between) <= _INSIDE and not any(t.form is Form.NUMBER or t.text in ";:)" for t in between)
