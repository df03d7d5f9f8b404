"""Where on a printed form something is to be written by hand: the lines behind labels, the cells of ruled tables (docs/handwriting.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from metering.pages import Box
from parsers.blanks import place_behind
from parsers.columns import Column, Header, find_headers
from parsers.lines import Form, Token
from parsers.marked import Item, MarkedPage

METER_KEYS = ("serial", "previous", "current", "consumption")
SINGLE_KEYS = {"contract": "contract_number", "inn": "inn", "reading_date": "reading_date", "report_date": "report_date"}
_ABOVE, _BELOW = 1.1, 0.55  # of a label's height: what a hand takes above it and below the line


@dataclass(slots=True)
class PlacedRow:
    """A meter's places: by role, and the band of the page that is its row. header: None outside of tables."""

    places: dict[str, Box]
    band: Box
    header: Header | None = None


@dataclass(slots=True)
class Places:
    """The places of one page. tables: the extents of the tables whose cells are in `rows`."""

    single: dict[str, list[Box]] = field(default_factory=dict)
    rows: list[PlacedRow] = field(default_factory=list)
    tables: list[Box] = field(default_factory=list)

    def all(self) -> list[Box]:
        return [b for boxes in self.single.values() for b in boxes] + [b for row in self.rows for b in row.places.values()]


def find_places(page: MarkedPage, cells: Sequence[Box]) -> Places:
    """The places of a page; cells: insides of the cells of its ruled tables."""
    places = Places()
    for header in find_headers(page):
        rows = _grid_rows(header, cells)
        if rows:
            places.rows += rows
            places.tables.append(Box.around([row.band for row in rows]))
            places.tables[-1] = places.tables[-1].union(Box.around([c.box for c in header.columns]))
    lines: dict[str, Box] = {}
    for item in page.items:
        if item.sort != "label" or any(_holds(table, item.box) for table in places.tables):
            continue
        if item.key in SINGLE_KEYS and (box := line_behind(page, item)) is not None:
            places.single.setdefault(SINGLE_KEYS[item.key], []).append(box)
        if item.key in METER_KEYS and not places.tables and (box := line_behind(page, item)) is not None:
            if item.key in lines:
                places.rows.append(PlacedRow(lines, Box.around(list(lines.values()))))
                lines = {}
            lines[item.key] = box
    if len(lines) >= 2:
        places.rows.append(PlacedRow(lines, Box.around(list(lines.values()))))
    return places


def line_behind(page: MarkedPage, label: Item) -> Box | None:
    """The place on the printed line that begins behind a label, else the label's line up to the next print."""
    height = max(t.box.height for t in label.tokens)
    end = label.tokens[-1].box
    words = [
        t.box
        for line in page.lines[max(0, label.line - 1) : label.line + 2]
        for t in line.tokens
        if t.form is not Form.BAR and t.box.left > end.right and abs(t.box.middle[1] - end.middle[1]) < 0.8 * height and not _is_mark(t)
    ]
    on_line = sorted(
        (
            r
            for r in page.page.rules
            if r.width > 4 * max(r.height, 0.1)
            and r.left >= end.right - 0.5 * height
            and end.middle[1] - 0.2 * height <= r.middle[1] <= end.bottom + 0.9 * height
        ),
        key=lambda r: r.left,
    )
    if on_line and not any(w.right < on_line[0].left + height and w.left > end.right + 2 * height for w in words):
        first = on_line[0]
        stop = min([w.left for w in words if w.left > first.left + 2 * height], default=page.page.width)
        right = first.right
        for rule in on_line[1:]:
            if rule.left - right < 0.6 * height:
                right = max(right, rule.right)
        right = min(stop - 0.2 * height, right + 3 * height) if right < stop else right
        if right - first.left > 2 * height:
            y = first.middle[1]
            return Box(first.left - 0.2 * height, min(label.box.top, y - 1.3 * height) - _ABOVE * height, right, y + _BELOW * height)
    box = place_behind(page, label)
    if box is None or any(w.left < box.right for w in words):
        return None
    return Box(box.left, label.box.top - 0.9 * height, box.right, label.box.bottom + 0.6 * height)


def _is_mark(token: Token) -> bool:
    return token.form is Form.SIGN or token.fold in ("№", "n", "ne", "no")


def _grid_rows(header: Header, cells: Sequence[Box]) -> list[PlacedRow]:
    """The rows of cells under a header, from the top."""
    found: list[PlacedRow] = []
    for role, column in _roles(header).items():
        middle = column.tokens[-1].box.middle
        head = next((c for c in cells if c.left <= middle[0] <= c.right and c.top <= middle[1] <= c.bottom), None)
        if head is None:
            continue
        bottom = head.bottom
        same = (c for c in cells if abs(c.left - head.left) < 6 and abs(c.right - head.right) < 6 and c.top >= head.bottom - 1)
        for cell in sorted(same, key=lambda c: c.top):
            if cell.top - bottom > 8:
                break
            bottom = cell.bottom
            row = next((r for r in found if _level(r.band, cell)), None)
            if row is None:
                row = PlacedRow({}, cell, header)
                found.append(row)
            row.places.setdefault(role, cell)
            row.band = row.band.union(cell)
    return sorted((r for r in found if len(r.places) >= 2), key=lambda r: r.band.top)


def _roles(header: Header) -> dict[str, Column]:
    """The columns by role; where one role is missing and one column of numbers has none, that one, if it stands in the usual order."""
    roles = {c.role: c for c in header.columns if c.role in METER_KEYS}
    missing = [r for r in METER_KEYS if r not in roles]
    open_ = [c for c in header.columns if c.role in ("unit", "other", "reading", "energy", "cumulative")]
    if len(missing) == 1 and len(open_) == 1:
        place = METER_KEYS.index(missing[0])
        left = [c.box.left for r, c in roles.items() if METER_KEYS.index(r) < place]
        right = [c.box.left for r, c in roles.items() if METER_KEYS.index(r) > place]
        if all(x < open_[0].box.left for x in left) and all(x > open_[0].box.left for x in right):
            roles[missing[0]] = open_[0]
    return roles


def _level(one: Box, two: Box) -> bool:
    shared = min(one.bottom, two.bottom) - max(one.top, two.top)
    return shared > 0.6 * min(one.height, two.height)


def _holds(outer: Box, inner: Box) -> bool:
    x, y = inner.middle
    return outer.left <= x <= outer.right and outer.top <= y <= outer.bottom
