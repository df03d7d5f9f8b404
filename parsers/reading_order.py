"""What is marked on a page in the order of its meaning: a label that stands behind or beneath its value before it."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.items import Item
from parsers.lines import Form
from parsers.marked import MarkedPage

_VALUES = frozenset({"previous", "current", "consumption", "serial"})
_BETWEEN = 3  # signs and a unit between a value and the label behind it


def labels_first(page: MarkedPage, items: Sequence[Item]) -> list[Item]:
    """The items with each label that is a caption, or the last word on its value, moved before that value."""
    out = list(items)
    for label in [i for i in items if i.sort == "label"]:
        over = {id(t) for t in page.over.get(label.first, ())}
        value = next((i for i in out if id(i.tokens[0]) in over), None) if over else _value_before(page, label)
        if value is not None or page.over.get(label.first) == []:
            out.remove(label)
        if value is not None:
            out.insert(next(n for n, i in enumerate(out) if i is value), label)
    return out


def _value_before(page: MarkedPage, label: Item) -> Item | None:
    """«1204,50 Гкал - предыдущее показание»: the number that opens a line which its label ends."""
    line = page.lines[label.line]
    items = [i for i in page.on_line(label.line) if i.sort in ("label", "number", "date", "month", "kind")]
    if label.key not in _VALUES or len(items) < 2 or items[0].sort != "number" or items[1] is not label:
        return None
    number = items[0]
    opens = all(t.form is Form.SIGN for t in line.tokens[: line.tokens.index(number.tokens[0])])
    units = {id(t) for i in page.on_line(label.line) if i.sort == "unit" for t in i.tokens}
    between = [t for t in page.tokens[number.last + 1 : label.first] if id(t) not in units]
    plain = len(between) <= _BETWEEN and bool(between) and all(t.text in "-–—.(" for t in between)
    return number if opens and plain and all(i.sort == "label" for i in items[2:]) else None
