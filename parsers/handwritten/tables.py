"""The tables of a form to be filled in: the cells under each head, row by row, as its frames and the words of its heads tell them
(docs/handwriting.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from metering.pages import Box
from metering.units import Unit
from parsers.handwritten.cells import ALIKE, cell_around, is_level, is_of_column
from parsers.handwritten.lines import Place
from parsers.handwritten.writing import DATES
from parsers.meters.columns import Column, Header
from parsers.page.items import Item
from parsers.page.marked import MarkedPage

METER_KEYS = ("serial", "previous", "current", "consumption")
_LEAST_HEADS = 3  # cells of one row with labels of a meter that make a table's header
_OPEN = ("unit", "other", "reading", "energy", "cumulative")  # roles of columns whose heading was not understood
_COLUMNS = 2  # of an index and its day
_INDEX_AND_DAY, _ROOM = 2, 40.0  # labels of a head that asks for both, and points that a day by hand takes at least
_BELOW, _PART = 8.0, 0.8  # points from a head to the heads below it, and of its width at most
_MOSTLY = 0.6  # of a head's width: so wide are rows of boxes that are most of the cells below it
_LEAST_BESIDE = 2  # numbers of a meter
_BEYOND = 25.0  # points that a column without rules goes on beside its head


@dataclass(slots=True)
class PlacedRow:
    """A meter's places in a table: by role, and the band of the page that is its row; kind, unit: the cells in which these are printed;
    day: the one for the day of the current index, passed: that for the day of the previous one, where the table's heads ask for it; model:
    that for the meter's type, beside which its serial may stand; above: what stands over its row and is its own."""

    places: dict[str, Place]
    band: Box
    header: Header
    kind: Box | None = None
    unit: Box | None = None
    day: Box | None = None
    passed: Box | None = None
    model: Box | None = None
    above: Box | None = None


def framed_headers(page: MarkedPage, frames: Sequence[Box]) -> list[Header]:
    """The headers of ruled tables whose cells stand too close for their words to be told apart by gaps: rows of cells, each with its own
    label of a meter, from the top."""
    cells: dict[int, tuple[Item, Box]] = {}
    for item in page.items:
        if item.sort != "label" or item.key not in (*METER_KEYS, "kind_column"):
            continue
        # A label may begin above its cell («1-hisoblagich», below it in a cell «Zavod raqami»).
        own = cell_around(item.tokens[-1].box, frames)
        if own is not None:
            cells.setdefault(frames.index(own), (item, own))
    headers: list[Header] = []
    for _, first in sorted(cells.values(), key=lambda pair: pair[1].top):
        level = [(item, cell) for item, cell in cells.values() if is_level(first, cell)]
        if any(c.box == first for header in headers for c in header.columns):
            continue
        if len({item.key for item, _ in level}) == len(level) >= _LEAST_HEADS:
            columns = [Column(item.key, cell, [t for t in item.tokens if cell.holds(t.box)], unit_in(page, cell)) for item, cell in level]
            lines = [item.line for item, _ in level]
            headers.append(Header(min(lines), max(lines), sorted(columns, key=lambda c: c.box.left)))
    return headers


def unit_in(page: MarkedPage, cell: Box) -> Unit | None:
    """The unit that the head of a column names."""
    return next((i.value for i in page.items if i.sort == "unit" and isinstance(i.value, Unit) and cell.holds(i.box)), None)


def grid_rows(header: Header, frames: Sequence[Box], page: MarkedPage) -> list[PlacedRow]:
    """The rows of cells under a header, from the top."""
    found: list[PlacedRow] = []
    heads: dict[str, Box] = {}
    day: Box | None = None
    in_heads: dict[str, Box | None] = {}
    roles = roles_of(header)
    labelled = [column.box for other in framed_headers(page, frames) for column in other.columns]
    for role, column in roles.items():
        # A speck may be read behind the label, or the rest of the label that is broken in the cell before.
        said = [t for i in page.items if i.sort == "label" and i.key == role for t in i.tokens if t in column.tokens]
        middles = [t.box.middle for t in reversed(said or column.tokens)]
        head = next((c for x, y in middles for c in frames if c.left <= x <= c.right and c.top <= y <= c.bottom), None)
        if head is None:
            continue
        head, date = _below_group(page, head, frames)
        day = date if role == "current" else day
        heads[role], in_heads[role] = head, _day_in_head(page, head)
        bottom = head.bottom
        for cell in cells_under(head, frames):
            apart = 8 if abs(cell.width - head.width) < 2 * ALIKE else cell.height  # a row of boxes has paper above it
            if cell.top - bottom > apart or cell in labelled:  # the next row of labels
                break
            bottom = cell.bottom
            row = next((r for r in found if is_level(r.band, cell)), None)
            if row is None:
                row = PlacedRow({}, cell, header)
                found.append(row)
            row.places.setdefault(role, Place(cell, boxed=True))
            row.band = row.band.union(cell)
    day = day or _head_of_days(page, heads, frames)
    rows = sorted((r for r in found if len(r.places) >= 2), key=lambda r: r.band.top)
    for row in rows:
        for role in roles.keys() - row.places.keys():
            if (cell := _open_cell(roles[role], heads.get(role), row, frames, page.page.width)) is not None:
                row.places[role] = Place(cell, boxed=True)
        row.day = next((c for c in cells_under(day, frames) if is_level(c, row.band)), None) if day is not None else in_heads.get("current")
        row.passed = in_heads.get("previous")
        row.kind, row.unit, row.model = (_cell(row, role, frames) for role in ("kind_column", "unit_column", "model"))
    return rows


def cells_under(head: Box, frames: Sequence[Box]) -> list[Box]:
    """The cells of a column, from the top; where it has none the rows of boxes for single digits that stand in them."""
    below = [c for c in frames if c.top >= head.bottom - 1]
    same = [c for c in below if is_of_column(head, c)]
    within = (c for c in below if head.left - 1 < c.left and c.right < head.right + 1 and c.width > _MOSTLY * head.width)
    return sorted(same or within, key=lambda c: c.top)


def cells_beside_labels(head: Item, numbers: Sequence[Item], frames: Sequence[Box]) -> list[Place]:
    """The cells of a column, from the top, beside each of which the numbers of its row have a label each, and no heads
    (| Завод рақами | Ҳисоб |, below it | ____ | олдинги ____, жорий ____ |)."""
    own = cell_around(head.box, frames)
    if own is None:
        return []
    cells: list[Box] = []
    for cell in cells_under(own, frames):
        beside = {i.key for i in numbers if cell.top < i.box.middle[1] < cell.bottom and i.box.left > cell.right}
        if len(beside) < _LEAST_BESIDE or cell.top - (cells[-1] if cells else own).bottom > _BELOW:
            break
        cells.append(cell)
    return [Place(cell, boxed=True) for cell in cells]


def _below_group(page: MarkedPage, head: Box, frames: Sequence[Box]) -> tuple[Box, Box | None]:
    """Of a head over the two columns of an index and its day («Текущие показания» over «дата» and «Гкал») that of the index, and that of
    the day, which stands first unless its word says otherwise; else the head itself and None."""
    below = (f for f in frames if -1 < f.top - head.bottom < _BELOW and head.left - 3 < f.left and f.right < head.right + 3)
    two = sorted(below, key=lambda f: f.left)
    if len(two) != _COLUMNS or not is_level(*two) or max(f.width for f in two) > _PART * head.width:
        return head, None
    days = [f for f in two if any(i.key in DATES and f.holds(i.box) for i in page.items if i.sort == "label")]
    day = days[0] if len(days) == 1 else two[0]
    return next(f for f in two if f is not day), day


def heads_column(page: MarkedPage, frame: Box, frames: Sequence[Box]) -> bool:
    """Whether a frame is the head of a table's column: right below it begin cells as wide as it is, the first without a label."""
    below = [f for f in frames if is_of_column(frame, f) and -1 < f.top - frame.bottom < _BELOW]
    return len(below) == 1 and not any(i.sort == "label" and below[0].holds(i.box) for i in page.items)


def _day_in_head(page: MarkedPage, head: Box) -> Box | None:
    """What is left in the head of an index, behind its word for a day («Охирги кўрсаткич | сана ____»). Ink makes the one word wider than
    another like it, on the page."""
    labels = [i for i in page.items if i.sort == "label" and head.holds(i.box)]
    days = [i for i in labels if i.key in DATES]
    if len(days) != 1 or len(labels) < _INDEX_AND_DAY:
        return None
    words = days[0].box
    said = [t.fold for t in days[0].tokens]
    alike = (i.box.width for i in page.items if i.sort == "label" and [t.fold for t in i.tokens] == said)
    begin = words.left + min(alike)
    if head.right - begin < _ROOM:
        return None
    above = (i.box.bottom for i in labels if i.box.bottom < words.middle[1])
    return Box(begin, max(above, default=head.top), head.right, head.bottom)


def _head_of_days(page: MarkedPage, heads: dict[str, Box], frames: Sequence[Box]) -> Box | None:
    """The head beside those of the meter's numbers (by role) that asks for a day and nothing else, if one alone does: «Дата показаний»,
    and, where both indexes have heads of their own, «Показания на дату»."""
    labels = [i for i in page.items if i.sort == "label"]
    if {"previous", "current"} <= heads.keys():
        labels = [i for i in labels if i.key != "reading"]
    beside = [f for f in frames if f not in heads.values() and any(is_level(f, head) for head in heads.values())]
    asked = [[i.key for i in labels if f.holds(i.box)] for f in beside]
    days = [f for f, keys in zip(beside, asked, strict=True) if keys and all(key in DATES for key in keys)]
    return days[0] if len(days) == 1 else None


def _cell(row: PlacedRow, role: str, frames: Sequence[Box]) -> Box | None:
    """The cell of a row below the head of a role that says what is printed there."""
    heads = [c.box.middle[0] for c in row.header.columns if c.role == role]
    return next((f for x in heads for f in frames if f.left < x < f.right and is_level(f, row.band)), None)


def cell_beside(row: PlacedRow, frames: Sequence[Box]) -> Box | None:
    """The cell right before the first number of a row that has no place for a serial: a meter's type and serial may stand there together
    without a label that was read, also one that is as high as the row's heads, too."""
    first = min((place.box for place in row.places.values()), key=lambda box: box.left)
    if "serial" in row.places:
        return None
    level = (f for f in frames if f.top < first.middle[1] < f.bottom and -1 < first.left - f.right < _BELOW)
    return max((f for f in level if f.width > _ROOM), key=lambda f: f.right, default=None)


def _open_cell(column: Column, head: Box | None, row: PlacedRow, frames: Sequence[Box], width: float) -> Box | None:
    """A cell of a row whose frame was not found, for ink over its rules or a table that is open at its side: as wide as the column's
    head, else up to the cells beside it."""
    top, bottom = (median(getattr(p.box, side) for p in row.places.values()) for side in ("top", "bottom"))
    if head is not None:
        return Box(head.left, top, head.right, bottom)
    middle = column.box.middle[0]
    beside = [f for f in frames if is_level(f, Box(0, top, width, bottom)) and f.height < 2 * (bottom - top)]
    if (own := next((f for f in beside if f.left < middle < f.right), None)) is not None:
        # Dirt hid the head's own frame; a cell that is far wider belongs to another column, too.
        alone = all(o is column or not own.left < o.box.middle[0] < own.right for o in row.header.columns)
        return own if alone and all(place.box != own for place in row.places.values()) else None
    left = max((f.right for f in beside if f.right < middle), default=column.box.left - _BEYOND)
    right = min((f.left for f in beside if f.left > middle), default=min(column.box.right + _BEYOND, width - 2))
    return Box(left + 2, top, right - 2, bottom)


def roles_of(header: Header) -> dict[str, Column]:
    """The columns by role; a missing one is the one column without a role that stands where forms have it: between those known that stand
    around it. A meter that has but one column is named there by its number."""
    roles = {c.role: c for c in header.columns if c.role in METER_KEYS}
    missing = [r for r in METER_KEYS if r not in roles]
    if len(missing) > 2:
        return roles
    known = dict(roles)
    for role in missing:
        order = METER_KEYS.index(role)
        left = max((c.box.left for r, c in known.items() if METER_KEYS.index(r) < order), default=-1.0)
        right = min((c.box.left for r, c in known.items() if METER_KEYS.index(r) > order), default=float("inf"))
        among = ("meter",) if missing == ["serial"] else _OPEN
        open_ = [c for c in header.columns if c.role in among and left < c.box.left < right]
        if len(open_) == 1:
            roles[role] = open_[0]
    return roles
