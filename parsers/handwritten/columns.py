"""A table whose rows are named at its left: a column for each meter, or one of dates beside it (docs/handwriting.md, "Places")."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median

from metering.pages import Box
from parsers.handwritten.cells import cell_around, is_of_column
from parsers.handwritten.lines import Place
from parsers.page.found import NUMBERS
from parsers.page.items import Item

_LEAST_ROWS = 3  # rows of a meter
_APART = 8.0  # points between neighbouring cells

Cell = tuple[Item, Box]  # a label, and the cell in which it stands


@dataclass(frozen=True, slots=True)
class ColumnTable:
    """places: of the meters by column, each column from the top; reading_date: where the date of the current index is written; area: the
    whole table; units: the cells, a column each, of the row that is named for units."""

    places: list[tuple[str, Place]]
    reading_date: Place | None
    area: Box
    units: list[Box]


def meters_in_columns(
    labels: Sequence[Item], dates: Sequence[Item], frames: Sequence[Box], units: Collection[Box], units_row: Sequence[Item] = ()
) -> ColumnTable | None:
    """None where there is no such table, or but one column without one of dates.

    labels: of a meter's values; dates: of dates, which may head a column; frames: insides of all cells; units: of those in which a unit
    stands, and no label that is known; units_row: the labels of a row of units.
    """
    every, frames = frames, [f for f in frames if f not in units]
    column = _names(_in_cells(labels, frames))
    named = [(item.key, own) for item, own in column]
    if len(dict(named)) != len(named) or not named:
        return None
    named = sorted([*named, *_unnamed(named, every)], key=lambda pair: pair[1].top)
    if len(named) < _LEAST_ROWS:
        return None
    rows = [_behind(own, frames) for _, own in named]
    widest = max(rows, key=len)
    inside = [item for item in labels if item not in [item for item, _ in column]]
    if sum(len(row) == len(widest) for row in rows) < 2 or any(c.holds(i.box) for row in rows for c in row for i in inside):
        return None
    heads = [own for _, own in _in_cells(dates, frames)]
    dated = [cell for cell in widest if any(_is_above(head, cell) for head in heads)]
    meters = [cell for cell in widest if cell not in dated]
    if len(meters) < (1 if dated else 2):
        return None
    current = next((own for key, own in named if key == "current"), None)
    return ColumnTable(
        [(key, _place(cell, own)) for cell in meters for key, own in named],
        _place(dated[0], current) if dated and current is not None else None,
        Box.around([*(own for _, own in named), *widest, *(h for h in heads if any(_is_above(h, cell) for cell in dated))]),
        [_place(cell, own).box for _, own in _in_cells(units_row, every)[:1] for cell in meters],
    )


def _in_cells(labels: Sequence[Item], frames: Sequence[Box]) -> list[Cell]:
    # A label may begin in the head of the column beside it («Показание», below it «На начало месяца»).
    found = ((item, cell_around(item.tokens[-1].box, frames)) for item in labels)
    return [(item, own) for item, own in found if own is not None]


def _names(cells: Sequence[Cell]) -> list[Cell]:
    """The column of cells in which most labels stand: heads may be labels, too («Прибор № 1»)."""
    columns = [[cell for cell in cells if is_of_column(own, cell[1])] for _, own in cells]
    return max(columns, key=len, default=[])


def _unnamed(named: Sequence[tuple[str, Box]], frames: Sequence[Box]) -> list[tuple[str, Box]]:
    """The rows of numbers whose names could not be read or are not known («Олинган иссиқлик»): those that follow each other beside the
    others', or behind the serial's and the one that says what is heated."""
    rows = dict(named)
    left, right = (median(getattr(own, side) for own in rows.values()) for side in ("left", "right"))
    usual = Box(left, 0.0, right, 0.0)
    column = sorted((f for f in frames if is_of_column(usual, f)), key=lambda f: f.top)
    places = {key: column.index(own) for key, own in rows.items() if own in column}
    known = [(NUMBERS.index(key), place) for key, place in places.items() if key in NUMBERS]
    if not known or len({place - n for n, place in known}) != 1:
        return []
    first = known[0][1] - known[0][0]
    lacking = {key: first + n for n, key in enumerate(NUMBERS) if key not in rows}
    free = (0 <= place < len(column) and place not in places.values() and place > places.get("serial", -1) for place in lacking.values())
    return [(key, column[place]) for key, place in lacking.items()] if all(free) else []


def _place(column: Box, row: Box) -> Place:
    return Place(Box(column.left, row.top, column.right, row.bottom), boxed=True)


def _is_above(head: Box, cell: Box) -> bool:
    return head.bottom < cell.top + 2 and is_of_column(head, cell)


def _behind(own: Box, frames: Sequence[Box]) -> list[Box]:
    """The cells of a row that follow a label's."""
    level = sorted((f for f in frames if f.left > own.right - 3 and f.top < own.middle[1] < f.bottom), key=lambda f: f.left)
    cells: list[Box] = []
    for frame in level:
        if frame.left - (cells[-1] if cells else own).right > _APART:
            break
        cells.append(frame)
    return cells
