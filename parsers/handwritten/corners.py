"""Slips: rows of cells with a label in the corner of each and its value in the rest of it, a row for each meter (docs/handwriting.md,
"Places")."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from metering.pages import Box
from parsers.handwritten.cells import is_level, is_of_column
from parsers.handwritten.lines import Place
from parsers.handwritten.tables import METER_KEYS, PlacedRow, framed_headers, roles_of
from parsers.meters.columns import Header
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Token

_UPPER, _ROOM = 0.4, 1.5  # of a cell's height above which a label in its corner stands, and of the label's that remain below it at least
_HEAD = 40.0  # points over a row in which it is said what its meter measures


def corner_rows(page: MarkedPage, frames: Sequence[Box]) -> list[PlacedRow]:
    """The rows of a slip, from the top, of all that the page has: a meter each, where several are alike."""
    headers = framed_headers(page, frames)
    rows = [(row, header) for header in headers if (row := _corner_row(header, frames, page)) is not None]
    for one, two in itertools.permutations(rows, 2):
        _put_lost(one[0], one[1], two[1], two[0], frames)
    found = [row for row, _ in rows]
    if len(found) > 1:
        for n, (row, header) in enumerate(rows):
            top = min(c.box.top for c in header.columns)
            high = max([top - _HEAD, *(other.band.bottom for other in found[:n])])
            row.above = Box(row.band.left, high, row.band.right, top)
    return found


def _corner_row(header: Header, frames: Sequence[Box], page: MarkedPage) -> PlacedRow | None:
    """The row of a table whose labels stand in the corners of the cells that are to be filled in. header: one whose columns are cells.
    None where a cell between them has no label: labels and values take turns there."""
    cells = [column.box for column in header.columns]
    whole = Box.around(cells)
    named = [i for i in page.items if i.sort == "label"]
    row = [f for f in frames if is_level(f, whole) and f.left > whole.left - 1]
    within = [f for f in row if f.right < whole.right + 1]
    if any(_below_label(c.box, c.tokens) is None for c in header.columns) or not all(
        any(f.holds(i.tokens[-1].box) for i in named) for f in within
    ):
        return None
    places = {role: Place(rest, boxed=True) for role, c in roles_of(header).items() if (rest := _below_label(c.box, c.tokens))}
    found = PlacedRow(places, Box.around([place.box for place in places.values()]), header)
    said = {i.key: rest for i in named for f in row if f.holds(i.box) and (rest := _below_label(f, i.tokens))}
    found.kind, found.unit = said.get("kind_column"), said.get("unit_column")
    return found


def _put_lost(row: PlacedRow, header: Header, model: Header, other: PlacedRow, frames: Sequence[Box]) -> None:
    """A cell of a row whose label was lost, by another row of the slip that has it in the same column."""
    top = min(place.box.top for place in row.places.values())
    for column in model.columns:
        if column.role in METER_KEYS and column.role in other.places and column.role not in row.places:
            cell = next((f for f in frames if is_level(f, header.columns[0].box) and is_of_column(column.box, f)), None)
            if cell is not None:
                row.places[column.role] = Place(Box(cell.left, top, cell.right, cell.bottom), boxed=True)


def _below_label(cell: Box, label: Sequence[Token]) -> Box | None:
    """The rest of a cell below the label in its corner, None where there is no room for a value."""
    words = Box.around([t.box for t in label])
    high = max(t.box.height for t in label)
    if words.middle[1] > cell.top + _UPPER * cell.height or cell.bottom - words.bottom < _ROOM * high:
        return None
    return Box(cell.left, words.bottom, cell.right, cell.bottom)
