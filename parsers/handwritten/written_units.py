"""Units that are written by hand: in the cell of a number whose head asks for both («Расход, ед. изм.»), or in one of their own
(docs/handwriting.md, "Places")."""

from __future__ import annotations

from collections.abc import Sequence

from metering.pages import Box
from metering.units import Unit
from parsers.handwritten.lines import Place
from parsers.handwritten.tables import PlacedRow, roles_of
from parsers.handwritten.values import Written, as_number, weigh
from parsers.handwritten.writing import Writing
from parsers.meters.garbled_units import misread_unit
from parsers.page.found import NUMBERS
from parsers.page.marked import MarkedPage
from parsers.wording.folding import fold

_LETTERS = 3  # of a unit that is told by what it is like
_CUBED = ("3", "м3", "m3")  # what the engine leaves of м³; no other unit has a 3
_CLEARLY = 1.0  # cost by which a number without what stands behind it is likelier
_PARTS = 2  # groups of ink: a number and its unit


def asks_for_unit(row: PlacedRow, marked: MarkedPage) -> str | None:
    """The number of a table's row whose head asks for its unit, too; None where none does."""
    asked = [i.box for i in marked.items if i.sort == "label" and i.key == "unit_column"]
    heads = {role: column.box for role, column in roles_of(row.header).items() if role in NUMBERS}
    return next((role for role, head in heads.items() if any(head.holds(box) for box in asked)), None)


def parted_from_unit(whole: Written, place: Place, inked: MarkedPage, writing: Writing) -> tuple[Written, Unit | None]:
    """The number in a place with a unit behind it, both by hand, and that unit, None where it cannot be told: parted where the paper
    between is widest. whole: all that stands there read as a number, which it stays where that fits hardly worse and no letters of a unit
    were seen, since a writer may leave the unit out and space the digits."""
    page = inked.page.number
    groups = next((way for way in writing.groups(page, place.box, place.boxed) if len(way) >= _PARTS), None)
    if groups is None:
        return whole, None
    number, unit = Box.around(list(groups[:-1])), unit_by_hand(inked, groups[-1])
    written = weigh(writing.hand(page, number, False, False), page, number, as_number)
    fits = written is not None and (unit not in (None, Unit.M3) or written.values[0].cost + _CLEARLY < whole.values[0].cost)
    return (written, unit) if written is not None and fits else (whole, None)


def unit_by_hand(inked: MarkedPage, place: Box) -> Unit | None:
    """The unit that what the engine read in a place is like."""
    inside = [t for t in inked.tokens if place.left <= t.box.middle[0] <= place.right and place.top <= t.box.middle[1] <= place.bottom]
    known = {i.value for i in inked.items if i.sort == "unit" and isinstance(i.value, Unit) and any(t in inside for t in i.tokens)}
    if known:
        return known.pop() if len(known) == 1 else None  # type: ignore[return-value]
    return _like([t.text for t in inside])


def _like(texts: Sequence[str]) -> Unit | None:
    text = fold("".join(c for text in texts for c in text if c.isalnum()))
    if text in _CUBED:
        return Unit.M3
    return misread_unit(text) if sum(c.isalpha() for c in text) >= _LETTERS else None
