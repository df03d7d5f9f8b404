"""Meters whose cells span rows of a ruled table: what spans says which meter it is, each row beside it what its number is."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from metering.pages import Box
from metering.units import Unit
from parsers.meters.cell_numbers import wrapped_number
from parsers.meters.columns import kind_of, unit_of
from parsers.meters.row import items_in
from parsers.meters.serials import model_of, serial_of_cell
from parsers.meters.settling import settle_dated
from parsers.page.drawn import verticals
from parsers.page.found import NUMBERS, Draft, Found, closes
from parsers.page.items import Item
from parsers.page.marked import MarkedPage, best_number, mark_tokens
from parsers.page.tokens import Token

_OFF = 6.0  # points that a rule may end short of, or beyond, the one that it ends like
_INSIDE = 20.0  # points from a table's left edge to where the rules beside its spanning cells begin, at least
_ROW = 5.0  # points of a row's height, at least
_HIGHEST = 60.0  # points of a row
_MOST_ROWS = 5
_THROUGH = 0.6  # of a group's height, that an upright rule passes
_LEAST_SERIAL = 5  # digits of one that no head names


@dataclass(frozen=True, slots=True)
class _Group:
    """Cells that span rows, and the rows beside them. edge: x where these begin; heights: y of the rules above, between and below them."""

    box: Box
    edge: float
    heights: tuple[float, ...]


class SpannedReader:
    """Reads such tables of a page. drafts; boxes: the places of their rows."""

    def __init__(self, page: MarkedPage) -> None:
        self.page = page
        self.drafts: list[Draft] = []
        self.boxes: list[Box] = []
        upright = verticals(page.page.rules)
        head: dict[int, set[str]] = {}
        unit: Unit | None = None
        below = -1.0
        for group in _groups(page.across):
            edges = [rule.middle[0] for rule in upright if _passes(rule, group.box)]
            if abs(group.box.top - below) > _OFF:
                head, unit = self._head(group, edges)
            below = group.box.bottom
            draft = self._meter(group, edges, head, unit)
            if draft is not None:
                self.drafts.append(draft)
                self.boxes.append(group.box)

    def holds(self, draft: Draft) -> bool:
        """Whether another reader took a draft from the same rows."""
        places = [found.box.middle for found in (draft.serial, *draft.numbers()) if found is not None and found.box is not None]
        return any(b.left <= x <= b.right and b.top <= y <= b.bottom for b in self.boxes for x, y in places)

    def _head(self, group: _Group, edges: Sequence[float]) -> tuple[dict[int, set[str]], Unit | None]:
        """What the heads over spanning cells mean, and the unit in any head of the table."""
        above = [r.middle[1] for r in self.page.across if r.middle[1] < group.box.top - _ROW and r.left < group.edge]
        top = max(max(above, default=0.0), group.box.top - _HIGHEST)
        cells = self._cells(Box(group.box.left, top, group.box.right, group.box.top), edges)
        items = {n: mark_tokens(cell, self.page.ocr) for n, cell in cells.items()}
        unit = unit_of([i for said in items.values() for i in said])
        return {n: {i.key for i in said if i.sort == "label"} for n, said in items.items()}, unit

    def _cells(self, place: Box, edges: Sequence[float]) -> dict[int, list[Token]]:
        """The tokens in a place by the column that they stand in."""
        cells: dict[int, list[Token]] = {}
        for token in self.page.tokens:
            x, y = token.box.middle
            if place.left < x < place.right and place.top < y < place.bottom:
                cells.setdefault(sum(x > edge for edge in edges), []).append(token)
        return {n: sorted(cell, key=lambda t: (t.line, t.box.left)) for n, cell in cells.items()}

    def _meter(self, group: _Group, edges: Sequence[float], head: dict[int, set[str]], unit: Unit | None) -> Draft | None:
        """None of a group whose rows do not tell two of the three numbers."""
        draft = Draft(self.page.page.number, top=group.box.top)
        for top, bottom in itertools.pairwise(group.heights):
            self._row(draft, self._cells(replace(group.box, left=group.edge, top=top, bottom=bottom), edges))
        if len({day for day, _ in draft.dated}) < len(draft.dated):
            return None  # a meter a row, each with the day of its reading: what spans is the building that they stand in
        settle_dated(draft, draft.page)
        if sum(getattr(draft, name) is not None for name in NUMBERS) < len(NUMBERS) - 1:
            return None
        spanning = self._cells(replace(group.box, right=group.edge), edges)
        for n, cell in sorted(spanning.items()):
            items = mark_tokens(cell, self.page.ocr)
            named = "serial" in head.get(n, ()) or any(t.fold in ("№", "n") for t in cell) or any(i.key == "serial" for i in items)
            draft.serial = draft.serial or serial_of_cell(cell, draft.page, least=3 if named else _LEAST_SERIAL)
            if draft.model is None and ({"model", "meter"} & head.get(n, set()) or any(i.key == "brand" for i in items)):
                draft.model = model_of(cell, draft.page)
            draft.kind = draft.kind or kind_of(items)
            draft.unit = draft.unit or unit_of(items)
        draft.unit = draft.unit or unit
        return draft

    def _items(self, cell: list[Token]) -> list[Item]:
        """What a cell says, read as a whole where it has several lines."""
        if len({t.line for t in cell}) == 1 and (items := items_in(self.page, cell)):
            return items
        return mark_tokens(cell, self.page.ocr, space=self.page.lines[cell[0].line].letter)

    def _row(self, draft: Draft, cells: dict[int, list[Token]]) -> None:
        """Adds the number of a row by what its words or its day say that it is."""
        marked = [self._items(cell) for _, cell in sorted(cells.items())]
        items = [item for said in marked for item in said]
        number = next((n for said in reversed(marked) if not any(i.sort == "date" for i in said) and (n := best_number(said))), None)
        if number is None:
            return
        role = next((i.key for i in items if i.sort == "label" and i.key in NUMBERS), None)
        date = next((i for i in items if i.sort == "date"), None)
        found = next((f for cell in cells.values() if (f := wrapped_number(cell, draft.page))), None) or Found.of(number, draft.page)
        draft.unit = draft.unit or unit_of(items)
        if role is not None and getattr(draft, role) is None:
            setattr(draft, role, found)
            if role == "current" and date is not None:
                draft.reading_date = Found.of(date, draft.page)
        elif role is None and date is not None:
            draft.dated.append((date.date, found))
            draft.dated_items = [*draft.dated_items, date]
        elif role is None and closes(draft.previous, draft.current, found):
            draft.consumption = found


def _passes(rule: Box, box: Box) -> bool:
    return min(rule.bottom, box.bottom) - max(rule.top, box.top) > _THROUGH * box.height


def _groups(across: Sequence[Box]) -> list[_Group]:
    """Between two rules of one width, drawn one below the other, others that begin further right and end as they do."""
    groups = []
    for upper in across:
        like = [r for r in across if _is_below(upper, r) and abs(r.left - upper.left) < _OFF and abs(r.right - upper.right) < _OFF]
        lower = min(like, key=lambda r: r.middle[1], default=None)
        if lower is None:
            continue
        between = [r for r in across if _is_below(upper, r) and _is_below(r, lower) and min(r.right, upper.right) > max(r.left, upper.left)]
        inner = sorted(between, key=lambda r: r.middle[1])
        heights = (upper.middle[1], *(r.middle[1] for r in inner), lower.middle[1])
        regular = all(_ROW < b - a < _HIGHEST for a, b in itertools.pairwise(heights)) and 0 < len(inner) < _MOST_ROWS
        edge = min((r.left for r in inner), default=0.0)
        alike = all(abs(r.right - upper.right) < _OFF and abs(r.left - edge) < _OFF for r in inner)
        if regular and alike and edge - upper.left > _INSIDE:
            groups.append(_Group(Box(upper.left, heights[0], upper.right, heights[-1]), edge, heights))
    return groups


def _is_below(upper: Box, lower: Box) -> bool:
    return lower.middle[1] > upper.middle[1] + _ROW
