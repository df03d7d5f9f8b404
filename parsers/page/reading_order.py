"""What is marked on a page in the order of its meaning: a label that stands behind or beneath its value before it."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.page.items import Item
from parsers.page.lines import Form
from parsers.page.marked import MarkedPage

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
    """«1204,50 Гкал - предыдущее показание»: the number that opens a line which its label ends; «1204,50 Гкал (предыдущее)» anywhere."""
    if label.key not in _VALUES:
        return None
    items = [i for i in page.on_line(label.line) if i.sort in ("label", "number", "date", "month", "kind")]
    place = items.index(label)
    if not place or items[place - 1].sort != "number":
        return None
    number, line = items[place - 1], page.lines[label.line]
    units = {id(t) for i in page.on_line(label.line) if i.sort == "unit" for t in i.tokens}
    between = [t.text for t in page.tokens[number.last + 1 : label.first] if id(t) not in units]
    if between in (["("], [".", "("]) and _closes(page, label):
        return number
    opens = place == 1 and all(t.form is Form.SIGN for t in line.tokens[: line.tokens.index(number.tokens[0])])
    plain = 0 < len(between) <= _BETWEEN and all(text in "-–—.(" for text in between)
    return number if opens and plain and all(i.sort == "label" for i in items[2:]) else None


def _closes(page: MarkedPage, label: Item) -> bool:
    """Whether the bracket that a label stands in closes behind it with no number before that."""
    for token in page.tokens[label.last + 1 : label.last + 8]:
        if token.form is Form.NUMBER:
            return False
        if token.text == ")":
            return True
    return False
