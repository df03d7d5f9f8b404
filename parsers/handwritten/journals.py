"""A journal that is kept by hand, a row a month: the newest row is the meter's, the index of the row before it the previous one
(docs/handwriting.md, "Places")."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from metering.pages import Box
from parsers.handwritten.cells import cell_around, is_level
from parsers.handwritten.lines import Place
from parsers.handwritten.tables import METER_KEYS, PlacedRow, cells_under, unit_in
from parsers.handwritten.values import RUBBISH, Written, cost_of_sum
from parsers.handwritten.writing import DATES, Writing, read_place
from parsers.meters.columns import Column, Header
from parsers.page.found import NUMBERS
from parsers.page.items import Item
from parsers.page.marked import MarkedPage

_INDEX = ("reading", "current", "cumulative")  # labels of the one column of indexes
_TWO = 2  # rows that tell one month's use
_INDEX_DIGITS = 3  # of an index beside which no day can be read


@dataclass(frozen=True, slots=True)
class Journal:
    """rows: cells by role, current, consumption and day, from the top; area: the whole table."""

    header: Header
    rows: tuple[dict[str, Box], ...]
    area: Box


def find_journal(page: MarkedPage, frames: Sequence[Box]) -> Journal | None:
    """A table with a column of days or one of what was used, one of indexes, and none of serials or of previous indexes."""
    cells: list[tuple[str, Item, Box]] = []
    for item in page.items:
        if item.sort == "label" and (item.key in (*METER_KEYS, *_INDEX, *DATES)):
            cell = cell_around(item.box, frames)
            if cell is not None:
                role = "current" if item.key in _INDEX else "day" if item.key in DATES else item.key
                cells.append((role, item, cell))
    for _, _, first in cells:
        heads: dict[str, tuple[Item, Box]] = {}
        for role, item, cell in cells:
            if is_level(first, cell) and (role != "current" or "current" not in heads):
                heads.setdefault(role, (item, cell))
        if "current" not in heads or not {"day", "consumption"} & heads.keys() or {"serial", "previous"} & heads.keys():
            continue
        if len({cell for _, cell in heads.values()}) < len(heads):
            continue
        rows = _rows({role: cell for role, (_, cell) in heads.items()}, frames)
        if len(rows) >= _TWO and not any(_is_named(row, cells) for row in rows):
            columns = [Column(role, cell, list(item.tokens), unit_in(page, cell)) for role, (item, cell) in heads.items()]
            lines = [item.line for item, _ in heads.values()]
            every = [cell for _, cell in heads.values()] + [cell for row in rows for cell in row.values()]
            return Journal(Header(min(lines), max(lines), sorted(columns, key=lambda c: c.box.left)), tuple(rows), Box.around(every))
    return None


def _is_named(row: dict[str, Box], cells: Sequence[tuple[str, Item, Box]]) -> bool:
    """Whether a row says by a word which index stands in it, as no row of a journal does."""
    return any(role in NUMBERS and is_level(row["current"], cell) for role, _, cell in cells)


def _rows(heads: dict[str, Box], frames: Sequence[Box]) -> list[dict[str, Box]]:
    rows = [{"current": cell} for cell in cells_under(heads["current"], frames)]
    for role, head in heads.items():
        for cell in cells_under(head, frames) if role != "current" else ():
            row = next((r for r in rows if is_level(r["current"], cell)), None)
            if row is not None:
                row.setdefault(role, cell)
    return rows


def newest_row(journal: Journal, page: int, writing: Writing) -> PlacedRow | None:
    """The newest of the rows that are filled in, as a table's row with the index of the one before as its previous one; None where the
    last two are no month's use: neither their days follow each other nor what they say adds up."""
    filled = list(itertools.islice((row for row in reversed(journal.rows) if _is_filled(page, row, writing)), _TWO))
    if len(filled) < _TWO:
        return None
    newest, before = filled
    days = [day.values[0].text if (day := _read(page, "day", row, writing, "reading_date")) else None for row in (newest, before)]
    if days[0] is not None and days[1] is not None and days[0] < days[1]:  # the newest first
        newest, before = itertools.islice((row for row in journal.rows if _is_filled(page, row, writing)), _TWO)
    elif days[0] is None or days[1] is None or days[0] == days[1]:
        three = (_read(page, "current", before, writing), *(_read(page, name, newest, writing) for name in NUMBERS[1:]))
        read = {name: written for name, written in zip(NUMBERS, three, strict=True) if written is not None}
        if len(read) < len(NUMBERS) or cost_of_sum(read) is None:
            return None
    places = {role: Place(newest[role], boxed=True) for role in NUMBERS if role in newest}
    places["previous"] = Place(before["current"], boxed=True)
    day = newest.get("day")
    return PlacedRow(places, Box.around(list(newest.values())), journal.header, day=day)


def _is_filled(page: int, row: dict[str, Box], writing: Writing) -> bool:
    """Whether a row has an index, or the day of one that cannot be read: a stamp's edge is a digit or two, and no day."""
    index, day = _read(page, "current", row, writing), _read(page, "day", row, writing, "reading_date")
    if day is not None and day.values[0].cost < RUBBISH:
        return True
    return index is not None and index.values[0].cost < RUBBISH and sum(c.isdigit() for c in index.values[0].text) >= _INDEX_DIGITS


def _read(page: int, role: str, row: dict[str, Box], writing: Writing, meaning: str | None = None) -> Written | None:
    return read_place(page, meaning or role, Place(row[role], boxed=True), writing) if role in row else None
