"""Headers of meter tables: which lines are one, and what each column holds, by its words wherever they are wrapped."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from metering.pages import Box
from metering.units import MeterKind, Unit, is_energy
from parsers.drawn import in_one_row
from parsers.items import Item
from parsers.lines import Form, Line, Token, box_of, cells_of
from parsers.marked import MarkedPage, mark_tokens

#: Meanings that a column can have, the telling ones first: a header often says several (Дата снятия предыдущих показаний).
ROLES = (
    "verification", "seal", "coefficient", "average", "previous_date", "reading_date", "cumulative", "consumption", "previous",
    "current",
    "serial", "unit_column", "model", "kind_column", "row_number", "energy_water", "energy", "mass", "volume", "temperature",
    "pressure", "hours", "flags",
    "note_column", "name_column", "report_date", "date_column", "reading", "meter", "meter_point", "object", "address", "period",
)  # fmt: skip
_STRONG = frozenset(
    {
        "previous",
        "current",
        "consumption",
        "serial",
        "reading",
        "energy",
        "energy_water",
        "model",
        "unit_column",
        "meter",
        "mass",
        "temperature",
        "cumulative",
    }
)
_BROKEN_OFF = frozenset(
    {"contract", "inn", "organization", "phone", "mfo", "bank_account", "title", "outgoing", "position", "signature", "stamp"}
)
#: What the date of a line by itself is called that is no part of a header («Показания сняты 23.11.2026»).
_DATED = frozenset({"reading_date", "report_date", "verification", "period"})
#: Of a letter's width: up to a plain space of a typewriter's font.
PLAIN_SPACE = 1.25
#: What a printout has beside heat; tonnes, hours and the like are units of no meter ("other").
_BESIDE_HEAT = frozenset({"mass", "volume", "temperature", "pressure", "hours", "flags", "other"})


@dataclass(slots=True)
class Column:
    """One column: its meaning, its extent (between the rules drawn around it, else its header's), what its header says beside it."""

    role: str
    box: Box
    tokens: list[Token]
    unit: Unit | None = None
    kind: MeterKind | None = None
    date: dt.date | None = None
    ruled: bool = False

    def covers(self, cell: Box) -> bool:
        """Whether a cell stands under the column's heading."""
        return self.box.left <= cell.middle[0] <= self.box.right or cell.left <= self.box.middle[0] <= cell.right

    def distance(self, cell: Box) -> float:
        """How far a cell is from the column, points: nothing between the column's own rules."""
        if self.ruled and self.box.left <= cell.middle[0] <= self.box.right:
            return 0.0
        gap = max(0.0, self.box.left - cell.right, cell.left - self.box.right)
        return gap + 0.15 * abs(cell.middle[0] - self.box.middle[0])


@dataclass(slots=True)
class Header:
    """The header of a table: its lines [first, last] and its columns, left to right. rules: x of vertical rules there."""

    first: int
    last: int
    columns: list[Column]
    rules: tuple[float, ...] = ()
    labels: frozenset[str] = field(default_factory=frozenset)

    def has(self, *roles: str) -> bool:
        return any(column.role in roles for column in self.columns)


def find_headers(page: MarkedPage) -> list[Header]:
    """The table headers of a page, top to bottom."""
    headers: list[Header] = []
    seeds = [line.number for line in page.lines if _is_seed(page, line)]
    for seed in seeds:
        if headers and seed <= headers[-1].last:
            continue
        floor = headers[-1].last + 1 if headers else 0
        first, last = _grow(page, seed, floor)
        header = _header(page, first, last)
        if _is_meant(header):
            headers.append(header)
    return headers


def _is_meant(header: Header) -> bool:
    """Whether a header is one of meters (two telling columns) or of a printout (heat by days or by integrators)."""
    roles = {c.role for c in header.columns}
    if roles & {"previous", "current", "consumption", "serial", "reading", "dated"}:
        return len(roles & _STRONG) >= 2 or "consumption" in roles
    days = roles & {"report_date", "date_column", "mass", "temperature", "hours"} or "cumulative" in header.labels
    heat = roles & {"energy", "energy_water"} or ("report_date" in roles and any(c.unit and is_energy(c.unit) for c in header.columns))
    return bool(days) and bool(heat)


def _is_seed(page: MarkedPage, line: Line) -> bool:
    """Whether a line, with the lines that its cells wrap into, has two columns' meanings and no values."""
    if _heads_days(page, line) or _heads_dates(page, line):
        return True
    if not _telling(page, line) or _holds_values(page, line) or _is_numbered(cells_of(line.tokens, line.letter)):
        return False
    items = page.on_line(line.number)
    colons = sum(1 for a, b in itertools.pairwise(line.tokens) if a.form is Form.WORD and b.text == ":")
    if colons > 1 or any(i.sort == "label" and i.key in _BROKEN_OFF for i in items):
        return False
    if len(cells_of(line.tokens, line.letter, rules_across(page, line.box))) < 2:
        return False
    roles = set(_telling(page, line))
    for other in page.lines[max(0, line.number - 2) : line.number + 3]:
        if other is not line and _continues(page, other, line):
            roles |= _telling(page, other)
    return len(roles) >= 2 or _tells_wrapped(page, line)


def _tells_wrapped(page: MarkedPage, line: Line) -> bool:
    """Whether two columns' meanings show once the words that are wrapped in their cells («Кол-» over «во») stand together."""
    first, last = _grow(page, line.number, 0)
    return last > first and len({column.role for column in _header(page, first, last).columns} & _STRONG) >= 2


def _heads_days(page: MarkedPage, line: Line) -> bool:
    """Whether a line heads a printout although OCR left little of its columns' names: first the date, then heat and two other columns."""
    items = page.on_line(line.number)
    energy = any(i.sort == "unit" and isinstance(i.value, Unit) and is_energy(i.value) for i in items)
    others = sum(i.key in _BESIDE_HEAT for i in items)
    first = bool(items) and items[0].key in ("report_date", "date_column") and not _colon_behind(page, items[0])
    return first and energy and others >= 2 and not any(i.sort == "date" for i in items)


def _heads_dates(page: MarkedPage, line: Line) -> bool:
    """Whether a line heads readings by their dates: two cells of different dates and nothing else («на 23.11.2025»), other cells beside."""
    if _holds_values(page, line):
        return False
    cells = cells_of(line.tokens, line.letter, rules_across(page, line.box))
    dates = [i for i in page.on_line(line.number) if i.sort == "date"]
    alone = [i for i in dates for cell in cells if cell[-1] is i.tokens[-1] and len(cell) <= len(i.tokens) + 2]
    return len(cells) >= 3 and len({i.date for i in alone}) == 2


def _telling(page: MarkedPage, line: Line) -> frozenset[str]:
    """The telling column meanings on a line."""
    return frozenset(i.key for i in page.on_line(line.number) if i.sort == "label" and i.key in _STRONG)


def _holds_values(page: MarkedPage, line: Line) -> bool:
    """Whether a line has quantities (a number with decimals, or of four digits and more), or its row between drawn rules has."""
    return any(
        i.sort == "number" and ("." in i.text or len(i.text) >= 4)
        for other in page.lines[max(0, line.number - 3) : line.number + 4]
        if other is line or in_one_row(page.across, line.box, other.box)
        for i in page.on_line(other.number)
    )


def rules_across(page: MarkedPage, box: Box) -> tuple[float, ...]:
    """x of the vertical rules that pass through a box's height."""
    middle = box.middle[1]
    return _merged([r.middle[0] for r in page.page.rules if r.height > 3 * max(r.width, 0.1) and r.top <= middle <= r.bottom])


def _merged(places: list[float]) -> tuple[float, ...]:
    places = sorted(places)
    return tuple(x for n, x in enumerate(places) if n == 0 or x - places[n - 1] > 2)


def _grow(page: MarkedPage, seed: int, floor: int) -> tuple[int, int]:
    """The lines around a seed that belong to the same header: near, without values, and made of short cells."""
    first = last = seed
    while first > floor and _continues(page, page.lines[first - 1], page.lines[first]):
        first -= 1
    while last + 1 < len(page.lines) and _continues(page, page.lines[last + 1], page.lines[last]):
        last += 1
    return first, last


def _continues(page: MarkedPage, line: Line, neighbour: Line) -> bool:
    height = min(max(t.box.height for t in neighbour.tokens), max(t.box.height for t in line.tokens))
    gap = max(line.box.top, neighbour.box.top) - min(line.box.bottom, neighbour.box.bottom)
    if gap > 0.9 * height or _holds_values(page, line):
        return False
    items = page.on_line(line.number)
    if any(i.sort == "month" or (i.sort == "label" and (i.key in _BROKEN_OFF or _colon_behind(page, i))) for i in items):
        return False
    if any(i.sort == "kind" for i in items) and not any(i.sort == "label" for i in items):
        return False  # a row that says only «Отопление»
    cells = cells_of(line.tokens, line.letter, rules_across(page, line.box))
    dates, labelled = [i for i in items if i.sort == "date"], any(i.sort == "label" for i in items)
    if any(sum(any(i.tokens[0] is t for t in cell) for i in dates) > 1 for cell in cells):
        return False  # a span over the table: «с 24.11.2026 по 23.12.2026»
    ordinal = line.tokens[0].form is Form.NUMBER and line.tokens[0].right in (".", ")")
    if _is_numbered(cells) or (ordinal and len(cells) == 1):
        return False  # «1. Показания на начало»: the heading of the table
    if len(cells) == 1 and dates and {i.key for i in items if i.sort == "label"} <= _DATED and labelled:
        return False  # a line with a date of its own
    numbers = sum(1 for i in items if i.sort == "number")
    if numbers and numbers >= len(cells) - 1:
        return False
    if dates and not labelled and len(cells) > 1:
        return numbers == 0  # the second line of «Показание на | 24.10.2026»; a row would have numbers
    # A heading over the table is one long cell; a header line's cells are short.
    return all(sum(t.form is Form.WORD for t in cell) <= 4 for cell in cells)


def _is_numbered(cells: list[list[Token]]) -> bool:
    """Whether a line is a row of a form with its number before it (`6 | Показание на начало | 306`): no header, though it says labels."""
    number = cells[0][0].text if cells and len(cells[0]) == 1 else ""
    return number.isdigit() and len(number) <= 2 and len(cells) > 1 and any(t.form is Form.WORD for t in cells[1])


def _colon_behind(page: MarkedPage, item: Item) -> bool:
    return item.last + 1 < len(page.tokens) and page.tokens[item.last + 1].text == ":"


def _header(page: MarkedPage, first: int, last: int) -> Header:
    lines = page.lines[first : last + 1]
    rules = _merged([x for line in lines for x in rules_across(page, line.box)])
    pieces = [
        piece
        for line in lines
        for cell in cells_of(line.tokens, line.letter, rules_across(page, line.box))
        for piece in _split(page, cell, line)
    ]
    if len(rules) >= 3:
        columns = [_column(page, group, extent) for group, extent in _by_rules(pieces, rules)]
    else:
        columns = sorted((_column(page, group) for group in _by_overlap(pieces)), key=lambda c: c.box.left)
        columns = _with_units(page, columns, lines[0].letter)
    labels = frozenset(i.key for n in range(first, last + 1) for i in page.on_line(n) if i.sort == "label")
    roles = {column.role for column in columns}
    if roles & {"dated", "previous", "current"} and "consumption" not in roles:
        for column in columns:
            if column.role == "period":  # «За период» beside «Начало», «Конец» or dates
                column.role = "consumption"
    return Header(first, last, columns, rules, labels)


def _with_units(page: MarkedPage, columns: list[Column], letter: float) -> list[Column]:
    """A unit that stands apart from its column's name (`Qтеп [Гкал]`) goes back to it."""
    out: list[Column] = []
    for column in columns:
        alone = column.role in ("unit", "other") and column.tokens[0].text in "[(" and out
        if alone and column.box.left - out[-1].box.right < 4 * letter and out[-1].unit is None:
            out[-1] = _column(page, [*out[-1].tokens, *column.tokens])
        else:
            out.append(column)
    return out


def _split(page: MarkedPage, cell: list[Token], line: Line) -> list[list[Token]]:
    """A cell parted where one label ends and another column's begins behind more than a plain space."""
    starts = [i.tokens[0] for i in page.on_line(line.number) if i.sort == "label" and i.key in ROLES and i.tokens[0] in cell[1:]]
    pieces, current = [], [cell[0]]
    for before, token in itertools.pairwise(cell):
        if any(token is s for s in starts) and token.box.left - before.box.right > PLAIN_SPACE * line.letter:
            pieces.append(current)
            current = []
        current.append(token)
    return [*pieces, current]


def _by_rules(pieces: list[list[Token]], rules: Sequence[float]) -> list[tuple[list[Token], Box]]:
    """The tokens of each column between two rules that has a header, left to right, and the column's extent."""
    everything = box_of([token for piece in pieces for token in piece])
    edges = [min(everything.left, rules[0]), *rules, max(everything.right, rules[-1])]
    groups: list[list[Token]] = [[] for _ in range(len(edges) - 1)]
    for piece in pieces:
        box = box_of(piece)
        inside = [n for n in range(len(groups)) if min(box.right, edges[n + 1]) - max(box.left, edges[n]) > 0.3 * box.width]
        if len(inside) <= 1 and box.width > 0:
            inside = [n for n in range(len(groups)) if edges[n] <= box.middle[0] < edges[n + 1]]
        for n in inside:
            groups[n] += piece
    extents = [Box(left, everything.top, right, everything.bottom) for left, right in itertools.pairwise(edges)]
    return [(group, extent) for group, extent in zip(groups, extents, strict=True) if group]


def _by_overlap(pieces: list[list[Token]]) -> list[list[Token]]:
    boxes = [box_of(piece) for piece in pieces]
    rows = [piece[0].line for piece in pieces]
    spanning = [n for n in range(len(pieces)) if _spans(n, boxes, rows)]
    narrow = [n for n in range(len(pieces)) if n not in spanning]
    groups: list[tuple[list[int], Box]] = []
    for n in sorted(narrow, key=lambda n: boxes[n].width):
        near = [g for g in groups if _shares(g[1], boxes[n])]
        members, box = [n], boxes[n]
        for group in near:
            groups.remove(group)
            members, box = members + group[0], box.union(group[1])
        groups.append((members, box))
    out = []
    for members, box in groups:
        over = [n for n in spanning if boxes[n].left - 2 <= box.middle[0] <= boxes[n].right + 2]
        out.append([token for n in sorted([*members, *over], key=lambda n: (rows[n], boxes[n].left)) for token in pieces[n]])
    return out


def _shares(one: Box, two: Box) -> bool:
    shared = min(one.right, two.right) - max(one.left, two.left)
    return shared > 0.3 * min(one.width, two.width)


def _spans(n: int, boxes: list[Box], rows: list[int]) -> bool:
    """Whether a header cell stands over several columns: two cells of one other line under or over it."""
    for row in set(rows) - {rows[n]}:
        if sum(1 for m in range(len(boxes)) if rows[m] == row and _shares(boxes[n], boxes[m]) and boxes[m].width < boxes[n].width) >= 2:
            return True
    return False


def _column(page: MarkedPage, tokens: list[Token], extent: Box | None = None) -> Column:
    items = mark_tokens(tokens, page.ocr)
    return Column(_role(items, tokens), extent or box_of(tokens), tokens, _unit(items), _kind(items), _date(items), extent is not None)


def _role(items: list[Item], tokens: list[Token]) -> str:
    keys = {item.key for item in items if item.sort == "label"}
    if "reading" in keys and any(i.sort == "date" for i in items) and not keys & {"previous", "current"}:
        return "dated"
    if "unit_column" in keys and keys & {"consumption", "previous", "current", "reading"}:
        keys.discard("unit_column")
    if keys & {"mass", "temperature", "pressure"} and not keys & {"energy", "energy_water", "previous", "current"}:
        keys.discard("consumption")  # «Разность M1-M2»
    if keys & {"energy", "energy_water"}:
        keys.discard("cumulative")  # the heading of the block stands over this column
    for role in ROLES:
        if role in keys:
            return "consumption" if role == "cumulative" and "consumption" in keys else role
    if any(i.sort == "kind" for i in items):
        return "kind"
    if any(i.sort == "date" for i in items):
        return "dated"
    if any(i.sort == "unit" for i in items):
        return "unit"
    return "number_sign" if any(t.fold == "№" for t in tokens) and len(tokens) <= 2 else "other"


def _unit(items: list[Item]) -> Unit | None:
    return next((i.value for i in items if i.sort == "unit" and isinstance(i.value, Unit)), None)


def _kind(items: list[Item]) -> MeterKind | None:
    return next((i.value for i in items if i.sort == "kind" and isinstance(i.value, MeterKind)), None)


def _date(items: list[Item]) -> dt.date | None:
    return next((i.date for i in items if i.sort == "date"), None)
