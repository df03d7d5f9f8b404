"""Numbers on a page that look like readings and belong to no meter that was read: a meter may have been overlooked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from metering.pages import Box
from metering.units import Unit
from parsers.page.found import Draft, Found, FoundTotal
from parsers.page.items import Item
from parsers.page.marked import MarkedPage

_TELLING_DIGITS = 4  # of a number with decimals and without a unit: a factor, a page or a temperature has fewer


def has_unread_numbers(pages: Sequence[MarkedPage], drafts: Sequence[Draft], totals: Sequence[FoundTotal]) -> bool:
    """Whether some number with a unit, or with decimals, was taken for nothing. Of printouts with daily rows nothing is said:
    most of their numbers are of no meter."""
    if any(draft.daily for draft in drafts):
        return False
    taken = [(found.page, found.box) for found in _taken(drafts, totals) if found.box is not None]
    return any(_is_reading(page, item) and not _is_taken(page, item, taken) for page in pages for item in page.items)


def _taken(drafts: Sequence[Draft], totals: Sequence[FoundTotal]) -> Iterator[Found]:
    for draft in drafts:
        yield from (found for found in (*draft.numbers(), draft.serial, draft.daily_total) if found is not None)
        yield from (found for _, found in draft.dated)
    yield from (total.value for total in totals)


def _is_reading(page: MarkedPage, item: Item) -> bool:
    if item.sort != "number":
        return False
    if "." in item.text and sum(c.isdigit() for c in item.text) >= _TELLING_DIGITS:
        return True
    behind = (other for other in page.on_line(item.line) if other.sort == "unit" and other.first == item.last + 1)
    return any(isinstance(other.value, Unit) for other in behind)


def _is_taken(page: MarkedPage, item: Item, taken: Sequence[tuple[int, Box]]) -> bool:
    """By its place: another reading of the page may have given the value."""
    x, y = item.box.middle
    return any(number == page.page.number and box.left <= x <= box.right and box.top <= y <= box.bottom for number, box in taken)
