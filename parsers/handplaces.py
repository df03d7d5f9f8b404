"""Where on a printed form something is to be written: frames and lines behind labels, cells of ruled tables (docs/handwriting.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from metering.handwriting import fill_lines
from metering.pages import Box
from parsers.columns import Column, Header, find_headers
from parsers.items import Item
from parsers.lines import Form, Token
from parsers.marked import MarkedPage

METER_KEYS = ("serial", "previous", "current", "consumption")
SINGLE_KEYS = {"contract": "contract_number", "inn": "inn", "reading_date": "reading_date", "report_date": "report_date"}
_PITCH = 12.0  # points between two lines to write on at least
_ABOVE, _BELOW = 24.0, 6.0  # points above a printed line that a hand takes, and below it
_REACH = 260.0  # points from a label to the frame for its value
_LETTERS = 14.0  # of the label's height: where nothing is printed for it a value takes at most so much
_SURE = 0.6  # the engine's confidence of a printed word
_COMB = 1.6  # a frame at most so many times as wide as high is a box for one digit


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is written; boxed: it has a printed frame."""

    box: Box
    boxed: bool


@dataclass(slots=True)
class PlacedRow:
    """A meter's places in a table: by role, and the band of the page that is its row."""

    places: dict[str, Place]
    band: Box
    header: Header


@dataclass(slots=True)
class Places:
    """The places of one page: of single values by name, of meters in tables, and of meters' values behind labels in reading order."""

    single: dict[str, list[Place]] = field(default_factory=dict)
    rows: list[PlacedRow] = field(default_factory=list)
    loose: list[tuple[str, Place]] = field(default_factory=list)

    def all(self) -> list[Place]:
        single = [p for places in self.single.values() for p in places]
        return [*single, *(p for row in self.rows for p in row.places.values()), *(p for _, p in self.loose)]


def find_places(page: MarkedPage, frames: Sequence[Box]) -> Places:
    """The places of a page; frames: insides of everything framed on it, cells of tables and single boxes."""
    places = Places()
    tables: list[Box] = []
    for header in find_headers(page):
        rows = _grid_rows(header, frames)
        if rows:
            places.rows += rows
            tables.append(Box.around([*(row.band for row in rows), *(c.box for c in header.columns)]))
    titles = {i.line for i in page.items if i.sort == "label" and i.key == "title"}
    for item in page.items:
        if item.sort != "label" or item.line in titles or any(_holds(table, item.box) for table in tables):
            continue
        if item.key in SINGLE_KEYS and (place := place_of(page, item, frames)) is not None:
            places.single.setdefault(SINGLE_KEYS[item.key], []).append(place)
        if item.key in METER_KEYS and not tables and (place := place_of(page, item, frames)) is not None:
            places.loose.append((item.key, place))
    return places


def place_of(page: MarkedPage, label: Item, frames: Sequence[Box]) -> Place | None:
    """The frame behind a label, else the printed line there or at the beginning of the next text line, else the label's own line up
    to the next print."""
    end, words = _print_behind(page, label)
    own = min((f for f in frames if _holds(f, label.box)), key=lambda f: f.width, default=None)
    if own is not None:  # a table's cell: what is written stands in the next one
        words = [w for w in words if not _holds(own, w)]
    if (box := _frame_behind(end, frames, words)) is not None:
        return Place(box, boxed=True)
    if (box := _line_behind(page, end, words)) is not None:
        return Place(box, boxed=False)
    if (box := _line_below(page, label, end)) is not None:
        return Place(box, boxed=False)
    right = min([w.left for w in words] + [end.right + _LETTERS * end.height, page.page.width]) - 0.3 * end.height
    left = end.right + 0.3 * end.height
    if right - left < 2 * end.height:
        return None
    return Place(Box(left, end.top - 0.9 * end.height, right, end.bottom + 0.6 * end.height), boxed=False)


def _print_behind(page: MarkedPage, label: Item) -> tuple[Box, list[Box]]:
    """Where a label ends, the words that it goes on with included, and the words printed behind it on its line."""
    end = label.tokens[-1].box
    others = {id(t) for i in page.items if i is not label and _ends_label(i) for t in i.tokens}
    behind = sorted(
        (
            t
            for line in page.lines[max(0, label.line - 1) : label.line + 2]
            for t in line.tokens
            if _is_print(t) and t.box.left > end.right and abs(t.box.middle[1] - end.middle[1]) < 0.8 * end.height
        ),
        key=lambda t: t.box.left,
    )
    height = max(t.box.height for t in label.tokens)
    while behind and id(behind[0]) not in others and behind[0].box.left - end.right < 1.2 * height:
        end = behind.pop(0).box
    return Box(end.left, min(end.top, end.bottom - height), end.right, end.bottom), [t.box for t in behind]


def _ends_label(item: Item) -> bool:
    """Whether something is no part of the label before it («Ой бошидаги» goes on with «кўрсаткич»)."""
    return item.sort in ("unit", "month", "kind") or (item.sort == "label" and item.key not in ("reading", "energy", "meter"))


def _is_print(token: Token) -> bool:
    if token.text in "([":
        return token.confidence >= _SURE
    return token.form is Form.WORD and token.confidence >= _SURE and len(token.text) >= 2 and token.fold not in ("n", "ne", "no")


def _frame_behind(end: Box, frames: Sequence[Box], words: Sequence[Box]) -> Box | None:
    """The next frame at the right of a label: of boxes for single digits the whole row of them, with what is printed between."""
    level = sorted((f for f in frames if f.top <= end.middle[1] <= f.bottom and f.left > end.right - 2), key=lambda f: f.left)
    stop = min([w.left for w in words], default=float("inf"))
    if not level or level[0].left - end.right > _REACH or stop < level[0].left:
        return None
    whole = level[0]
    if whole.width > _COMB * whole.height:
        return whole
    for frame in level[1:]:
        alike = abs(frame.height - whole.height) < 0.25 * whole.height
        if not alike or frame.left - whole.right > 1.2 * whole.height or frame.width > 2 * _COMB * frame.height:
            break
        whole = whole.union(frame)
    return whole


def _line_behind(page: MarkedPage, end: Box, words: Sequence[Box]) -> Box | None:
    """Over the printed line that begins behind a label."""
    height = end.height
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
    if not on_line or any(w.right < on_line[0].left + height and w.left > end.right + 2 * height for w in words):
        return None
    first = on_line[0]
    stop = min([w.left for w in words if w.left > first.left + 2 * height], default=page.page.width)
    right = first.right
    for rule in on_line[1:]:
        if rule.left - right < 0.6 * height:
            right = max(right, rule.right)
    right = min(stop - 0.2 * height, right + 1.5 * height) if right < stop else right
    if right - first.left <= 2 * height:
        return None
    return over_line(page, Box(first.left - 0.2 * height, first.top, right, first.bottom))


def _line_below(page: MarkedPage, label: Item, end: Box) -> Box | None:
    """Over a printed line that begins the next text line, where a label ends its own."""
    last = page.lines[label.line].tokens[-1]
    if label.line + 1 >= len(page.lines) or last.box.right > end.right + end.height:
        return None
    start = min(line.box.left for line in page.lines)
    below = page.lines[label.line + 1].box
    pitch = max(below.height, label.box.height)
    found = [
        r
        for r in fill_lines(page.page)
        if r.left < start + 4 * pitch and label.box.bottom + pitch < r.middle[1] < label.box.bottom + 4.5 * pitch
    ]
    if not found:
        return None
    line = min(found, key=lambda r: (r.top, r.left))
    return over_line(page, line)


def over_line(page: MarkedPage, line: Box) -> Box:
    """What a hand takes over a printed line: not beyond the printed line above it."""
    over = [o.middle[1] for o in fill_lines(page.page) if o.bottom < line.top - _PITCH and o.left < line.right and o.right > line.left]
    top = max([line.middle[1] - _ABOVE, *(y + 3 for y in over)])
    return Box(line.left, top, line.right, line.middle[1] + _BELOW)


def _grid_rows(header: Header, frames: Sequence[Box]) -> list[PlacedRow]:
    """The rows of cells under a header, from the top."""
    found: list[PlacedRow] = []
    for role, column in _roles(header).items():
        middle = column.tokens[-1].box.middle
        head = next((c for c in frames if c.left <= middle[0] <= c.right and c.top <= middle[1] <= c.bottom), None)
        if head is None:
            continue
        bottom = head.bottom
        same = (c for c in frames if abs(c.left - head.left) < 6 and abs(c.right - head.right) < 6 and c.top >= head.bottom - 1)
        for cell in sorted(same, key=lambda c: c.top):
            if cell.top - bottom > 8:
                break
            bottom = cell.bottom
            row = next((r for r in found if _level(r.band, cell)), None)
            if row is None:
                row = PlacedRow({}, cell, header)
                found.append(row)
            row.places.setdefault(role, Place(cell, boxed=True))
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
