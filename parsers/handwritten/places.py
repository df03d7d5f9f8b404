"""Where on a printed form something is to be written: frames and lines behind labels, cells of ruled tables (docs/handwriting.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from metering.pages import Box
from metering.units import Unit
from parsers.handwritten.columns import meters_in_columns
from parsers.handwritten.date_parts import DateParts, date_parts, is_before_year, unlabelled_dates
from parsers.handwritten.lines import SHARED, Place, is_drawn, place_of
from parsers.handwritten.order import contract_beside_inn, contract_without_label, with_lost_labels, with_torn_labels
from parsers.handwritten.sides import value_side
from parsers.handwritten.unit_cells import unit_cells
from parsers.meters.columns import Column, Header
from parsers.meters.table_headers import find_headers
from parsers.page.found import NUMBERS
from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.wording.folding import fold

METER_KEYS = ("serial", "previous", "current", "consumption")
SINGLE_KEYS = {"contract": "contract_number", "inn": "inn", "reading_date": "reading_date", "report_date": "report_date"}
_TWO = 2  # dates that say when a page was drawn up; letters that may be read for digits
_AS_OF = (fold("holat"), fold("ҳолат"))
_DATES = ("reading_date", "report_date")
_LEAST_HEADS = 3  # cells of one row with labels of a meter that make a table's header
_OPEN = ("unit", "other", "reading", "energy", "cumulative")  # roles of columns whose heading was not understood
_BEGIN = 6.0  # points by which two places begin apart that are one
_BEYOND = 25.0  # points that a column without rules goes on beside its head
_REQUISITES = ("organization", "address", *SINGLE_KEYS)


@dataclass(slots=True)
class PlacedRow:
    """A meter's places in a table: by role, and the band of the page that is its row; kind, unit: the cells in which these are printed."""

    places: dict[str, Place]
    band: Box
    header: Header
    kind: Box | None = None
    unit: Box | None = None


@dataclass(slots=True)
class Places:
    """The places of one page: of single values by name, of meters in tables, and of meters' values behind labels in reading order; of dates
    those written in parts, too."""

    single: dict[str, list[Place]] = field(default_factory=dict)
    rows: list[PlacedRow] = field(default_factory=list)
    loose: list[tuple[str, Place]] = field(default_factory=list)
    dates: dict[str, list[DateParts]] = field(default_factory=dict)

    def put_date(self, key: str, parts: DateParts) -> None:
        self.dates.setdefault(key, []).append(parts)
        self.single.setdefault(key, []).append(Place(parts.box, boxed=False))

    def add_lost(self, other: Places, page: MarkedPage) -> None:
        """The places of labels that another reading of the page has and this one lost, where nothing else is; and of those that begin alike
        and have no frame the longer one, since ink that was read as a word ends the other; not over what is printed on the page."""
        printed = [i.box for i in page.items if i.sort in ("unit", "kind") or (i.sort == "label" and len(i.tokens[0].text) > _TWO)]
        taken = [place.box for place in self.all()]

        def is_free(place: Place, own: Place | None = None) -> bool:
            return not any(place.box.overlaps(box, SHARED) for box in taken if own is None or box != own.box)

        def longer(own: Place, places: Sequence[Place]) -> Place:
            further = (p for p in places if _goes_further(own, p) and is_free(p, own))
            return next((p for p in further if not any(p.box.holds(box) for box in printed)), own)

        for key, places in other.single.items():
            if key in self.single:
                if key not in self.dates:
                    # A further place counts where nothing is written in the first one.
                    self.single[key] = [*(longer(own, places) for own in self.single[key]), *filter(is_free, places)]
            elif free := [place for place in places if is_free(place)]:
                self.single[key] = free
                if key in other.dates:
                    self.dates[key] = [parts for parts in other.dates[key] if any(parts.box == place.box for place in free)]
        self.loose = [(key, longer(own, [p for k, p in other.loose if k == key])) for key, own in self.loose]
        keys = [key for key, _ in other.loose]
        if self.rows or other.rows or len(set(keys)) != len(keys):
            return
        known = {key for key, _ in self.loose}
        lost = [(key, place) for key, place in other.loose if key not in known and is_free(place)]
        if lost and len(known) == len(self.loose):
            self.loose = sorted([*self.loose, *lost], key=lambda pair: (round(pair[1].box.middle[1]), pair[1].box.left))

    def all(self) -> list[Place]:
        single = [p for places in self.single.values() for p in places]
        return [*single, *(p for row in self.rows for p in row.places.values()), *(p for _, p in self.loose)]


def find_places(page: MarkedPage, frames: Sequence[Box]) -> Places:
    """The places of a page; frames: insides of everything framed on it, cells of tables and single boxes."""
    places = Places()
    tables: list[Box] = []
    for header in sorted((*find_headers(page), *_framed_header(page, frames)), key=lambda h: -len(_roles(h))):
        rows = _grid_rows(header, frames, page.page.width)
        if rows and not any(table.holds(row.band) for table in tables for row in rows):
            places.rows += rows
            tables.append(Box.around([*(row.band for row in rows), *(c.box for c in header.columns)]))
    labels = [i for i in page.items if i.sort == "label"]
    titles = {i.line for i in labels if i.key == "title"}
    head = min((i.line for i in labels if i.key in _REQUISITES), default=0)
    labels = [i for i in labels if i.line not in titles and not any(table.holds(i.box) for table in tables)]
    if any(_stands_behind(item) for item in labels) and unlabelled_dates(page, []):
        labels = [item for item in labels if not _stands_behind(item)]
    units = unit_cells(page, frames)
    beside_units = [f for f in frames if f not in units]
    columns = None
    if not tables:
        of_meters, of_dates = ([i for i in labels if i.key in keys] for keys in (METER_KEYS, _DATES))
        columns = meters_in_columns(of_meters, of_dates, frames, units)
    if columns is not None:
        in_columns = {key for key, _ in columns.places}
        labels = [i for i in labels if not columns.area.holds(i.box) and i.key not in in_columns]
    side = value_side(page, [i for i in labels if i.key in (*SINGLE_KEYS, *METER_KEYS)], frames)

    def find(item: Item, drawn: bool) -> Place | None:
        found = side(page, item, frames) if side is not None else None
        return found or place_of(page, item, beside_units, drawn=drawn or side is not None, passed=units)

    for item in labels:
        parts = date_parts(page, item, frames) if side is None and item.key in _DATES else None
        if parts is not None:
            places.put_date(item.key, parts)
            continue
        if item.key in _DATES and side is None and is_before_year(page, item):
            continue  # «снятия показаний за ________ 2025 г.»
        if item.key in SINGLE_KEYS and (place := find(item, False)) is not None:
            same = places.single.setdefault(SINGLE_KEYS[item.key], [])
            if not any(other.box.holds(place.box) for other in same):
                same.append(place)
        # A meter's word above all requisites is a title's, unless something is drawn behind it.
        if item.key in METER_KEYS and not tables and (place := find(item, item.line < head)) is not None:
            before = places.loose.pop() if places.loose and _is_said_twice(places.loose[-1], (item.key, place)) else None
            places.loose.append((item.key, place if before is None or place.boxed else _lower(before[1], place)))
    places.loose = _without_strays(page, places.loose)
    if columns is not None:
        places.loose += columns.places
        if columns.reading_date is not None:
            places.single.setdefault("reading_date", []).append(columns.reading_date)
    if side is None and "reading_date" not in places.single:
        _put_reading_date_without_label(page, places)
    if side is not None:
        places.loose = with_lost_labels(page, frames, places.loose, places.single, places.all())
        if "contract_number" not in places.single and "inn" in places.single:
            before = contract_beside_inn(page, frames, places.single["inn"][0], places.all())
            places.single |= {"contract_number": [before]} if before is not None else {}
        return places
    if "contract_number" not in places.single and (place := contract_without_label(page, frames, places.all())) is not None:
        places.single["contract_number"] = [place]
    if not tables and columns is None:
        places.loose = with_torn_labels(page, frames, places.loose, places.all())
    return places


def _without_strays(page: MarkedPage, loose: list[tuple[str, Place]]) -> list[tuple[str, Place]]:
    """Without the paper behind a meter's word in a sentence or a head, where the same label has a frame or a line elsewhere."""
    drawn = {key for key, place in loose if is_drawn(page, place)}
    return [(key, place) for key, place in loose if key not in drawn or is_drawn(page, place)]


def _goes_further(one: Place, two: Place) -> bool:
    begins = abs(one.box.left - two.box.left) < _BEGIN and one.box.overlaps(two.box, SHARED)
    return begins and not one.boxed and not two.boxed and two.box.right > one.box.right + _BEYOND


def _stands_behind(item: Item) -> bool:
    """Whether a label names the date before it («25 ноябр ҳолатига»)."""
    return item.key == "reading_date" and item.tokens[0].fold.startswith(_AS_OF)


def _put_reading_date_without_label(page: MarkedPage, places: Places) -> None:
    """In an act the date of the readings has no label, or one that says when the act was drawn up, as the one at its end does."""
    lowest = max([p.box.bottom for key, p in places.loose if key in NUMBERS] + [row.band.bottom for row in places.rows], default=0.0)
    reports = places.dates.get("report_date", [])
    free = unlabelled_dates(page, [place.box for place in places.all()])
    every = sorted([*reports, *free], key=lambda parts: parts.box.top)
    if not every or every[0].box.top > lowest or (every[0] in reports and len(places.single["report_date"]) < _TWO):
        return
    first, *others = every
    if first in reports:
        places.dates["report_date"] = [parts for parts in reports if parts is not first]
        places.single["report_date"] = [p for p in places.single["report_date"] if p.box != first.box]
    places.put_date("reading_date", replace(first, labelled=False))
    if "report_date" not in places.single and others:
        places.put_date("report_date", others[-1])


def _is_said_twice(one: tuple[str, Place], two: tuple[str, Place]) -> bool:
    """Whether two labels are one in two languages, one below the other: of one key, with one place behind them."""
    return one[0] == two[0] and one[1].box.overlaps(two[1].box, SHARED)


def _lower(one: Place, two: Place) -> Place:
    """Of the places behind both the one with a frame, else the lower one: there the line is."""
    return max(one, two, key=lambda place: (place.boxed, place.box.bottom))


def _framed_header(page: MarkedPage, frames: Sequence[Box]) -> list[Header]:
    """The header of a ruled table whose cells stand too close for their words to be told apart by gaps: a row of cells, each with its own
    label of a meter. None, or one."""
    cells: dict[int, tuple[Item, Box]] = {}
    for item in page.items:
        if item.sort != "label" or item.key not in (*METER_KEYS, "kind_column"):
            continue
        own = min((f for f in frames if f.holds(item.box)), key=lambda f: f.width, default=None)
        if own is not None:
            cells.setdefault(frames.index(own), (item, own))
    for _, first in cells.values():
        level = [(item, cell) for item, cell in cells.values() if _level(first, cell)]
        if len({item.key for item, _ in level}) == len(level) >= _LEAST_HEADS:
            columns = [Column(item.key, cell, list(item.tokens), _unit_in(page, cell)) for item, cell in level]
            lines = [item.line for item, _ in level]
            return [Header(min(lines), max(lines), sorted(columns, key=lambda c: c.box.left))]
    return []


def _unit_in(page: MarkedPage, cell: Box) -> Unit | None:
    return next((i.value for i in page.items if i.sort == "unit" and isinstance(i.value, Unit) and cell.holds(i.box)), None)


def _grid_rows(header: Header, frames: Sequence[Box], width: float) -> list[PlacedRow]:
    """The rows of cells under a header, from the top. width: the page's."""
    found: list[PlacedRow] = []
    heads: dict[str, Box] = {}
    roles = _roles(header)
    for role, column in roles.items():
        middle = column.tokens[-1].box.middle
        head = next((c for c in frames if c.left <= middle[0] <= c.right and c.top <= middle[1] <= c.bottom), None)
        if head is None:
            continue
        heads[role] = head
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
    rows = sorted((r for r in found if len(r.places) >= 2), key=lambda r: r.band.top)
    for row in rows:
        for role in roles.keys() - row.places.keys():
            if (cell := _open_cell(roles[role], heads.get(role), row, frames, width)) is not None:
                row.places[role] = Place(cell, boxed=True)
        row.kind, row.unit = (_cell(row, role, frames) for role in ("kind_column", "unit_column"))
    return rows


def _cell(row: PlacedRow, role: str, frames: Sequence[Box]) -> Box | None:
    """The cell of a row below the head of a role that says what is printed there."""
    heads = [c.box.middle[0] for c in row.header.columns if c.role == role]
    return next((f for x in heads for f in frames if f.left < x < f.right and _level(f, row.band)), None)


def _open_cell(column: Column, head: Box | None, row: PlacedRow, frames: Sequence[Box], width: float) -> Box | None:
    """A cell of a row whose frame was not found, for ink over its rules or a table that is open at its side: as wide as the column's
    head, else up to the cells beside it."""
    top, bottom = (median(getattr(p.box, side) for p in row.places.values()) for side in ("top", "bottom"))
    if head is not None:
        return Box(head.left, top, head.right, bottom)
    middle = column.box.middle[0]
    beside = [f for f in frames if _level(f, Box(0, top, width, bottom)) and f.height < 2 * (bottom - top)]
    if any(f.left < middle < f.right for f in beside):
        return None
    left = max((f.right for f in beside if f.right < middle), default=column.box.left - _BEYOND)
    right = min((f.left for f in beside if f.left > middle), default=min(column.box.right + _BEYOND, width - 2))
    return Box(left + 2, top, right - 2, bottom)


def _roles(header: Header) -> dict[str, Column]:
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


def _level(one: Box, two: Box) -> bool:
    shared = min(one.bottom, two.bottom) - max(one.top, two.top)
    return shared > 0.6 * min(one.height, two.height)
