"""Columns of a meter table: what each holds, by the words of its heading wherever they are wrapped."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from metering.pages import Box
from metering.units import MeterKind, Unit, is_energy
from parsers.meters.head_cells import BESIDE_HEAT, head_cells, parts_numbers
from parsers.page.found import NUMBERS
from parsers.page.items import Item
from parsers.page.lines import Line, box_of
from parsers.page.marked import MarkedPage, mark_tokens
from parsers.page.tokens import Form, Token
from parsers.wording.folding import fold

#: Meanings that a column can have, the telling ones first: a header often says several (Дата снятия предыдущих показаний).
ROLES = (
    "money", "verification", "seal", "coefficient", "average", "since", "previous_date", "reading_date", "cumulative", "consumption",
    "previous", "current",
    "serial", "unit_column", "model", "kind_column", "row_number", "energy_water", "energy", "mass", "volume", "temperature",
    "pressure", "hours", "flags",
    "note_column", "name_column", "report_date", "date_column", "reading", "meter", "meter_point", "object", "address", "period",
)  # fmt: skip
_REQUISITES = frozenset({"contract", "contract_date", "account", "inn", "phone", "bank_account", "mfo"})
#: Of a letter's width: up to a plain space of a typewriter's font.
PLAIN_SPACE = 1.25


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
    guessed: bool = False  # its meaning is that of one of two columns

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

    @property
    def counts_parts(self) -> bool:
        """Whether the table tells what a calculator counted in the parts of a period («1 неделя»), and no readings."""
        counted = self.has("energy") and self.has(*BESIDE_HEAT) and not self.has("serial", "dated", *NUMBERS)
        return counted and self.columns[0].role == "period"


def rules_across(page: MarkedPage, box: Box) -> tuple[float, ...]:
    """x of the vertical rules that pass through a box's height."""
    middle = box.middle[1]
    return _merged([r.middle[0] for r in page.page.rules if r.top <= middle <= r.bottom and r.height > 3 * max(r.width, 0.1)])


def _merged(places: list[float]) -> tuple[float, ...]:
    places = sorted(places)
    return tuple(x for n, x in enumerate(places) if n == 0 or x - places[n - 1] > 2)


def header_of(page: MarkedPage, first: int, last: int) -> Header:
    lines = page.lines[first : last + 1]
    rules = _merged([x for line in lines for x in rules_across(page, line.box)])
    bars = _merged([t.box.middle[0] for line in lines for t in line.tokens if t.form is Form.BAR])
    if 3 <= len(rules) < len(bars):
        rules = bars  # box characters, of which some were drawn
    pieces = [
        piece for line in lines for cell in head_cells(page, line, rules_across(page, line.box)) for piece in _split(page, cell, line)
    ]
    if len(rules) >= 3:
        rules = _with_lost(page, pieces, rules)
        columns = [_column(page, group, extent) for group, extent in _by_rules(pieces, rules)]
    else:
        columns = sorted((_column(page, group) for group in _by_overlap(pieces)), key=lambda c: c.box.left)
        columns = _with_units(page, columns, lines[0].letter)
    _part_quantities(columns)
    labels = frozenset(i.key for n in range(first, last + 1) for i in page.on_line(n) if i.sort == "label")
    above = page.on_line(first - 1)
    if not any(i.sort == "number" for i in above):
        labels |= {i.key for i in above if i.key == "cumulative"}
    roles = {column.role for column in columns}
    if roles & {"dated", "previous", "current"} and "consumption" not in roles:
        for column in columns:
            if column.role == "period":  # «За период» beside «Начало», «Конец» or dates
                column.role = "consumption"
    return Header(first, last, columns, rules, labels)


def _part_quantities(columns: list[Column]) -> None:
    """Under one day, or one word, heat and a volume side by side («01.11.2026» over «Q, Гкал | V, м³»): the heat is the meter's, the volume
    stands beside it."""
    if any(column.role == "dated" for column in columns):
        for column in columns:
            column.role = "dated" if column.role == "energy" and column.date is not None else column.role
    of_heat = {(column.role, column.date) for column in columns if column.unit is not None and is_energy(column.unit)}
    for column in columns:
        if column.unit is Unit.M3 and column.role in (*NUMBERS, "dated") and (column.role, column.date) in of_heat:
            column.role = "volume"


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


#: Columns that stand side by side in tables of readings; two of them are never in one.
_APART = frozenset({"dated", "previous", "current", "consumption", "serial", "reading", "kind_column", "unit_column"})


def _with_lost(page: MarkedPage, pieces: list[list[Token]], rules: tuple[float, ...]) -> tuple[float, ...]:
    """The rules and those that a picture lost: between two pieces of one line that name two columns of readings, with no rule between, or
    that stand over two columns of numbers between two rules («Под. труб. M1 | Обр. труб. M2» under a name of both)."""
    if not page.ocr:
        return rules
    lost = []
    for one, two in itertools.pairwise(pieces):
        left, right = box_of(one), box_of(two)
        if one[0].line != two[0].line or not left.right < right.left or any(left.middle[0] < x < right.middle[0] for x in rules):
            continue
        roles = {_role(mark_tokens(piece, page.ocr), piece) for piece in (one, two)}
        between = (left.right + right.left) / 2
        edges = max((x for x in rules if x < between), default=0.0), min((x for x in rules if x > between), default=page.page.width)
        if len(roles & _APART) == 2 or parts_numbers(page, one[0].line, between, edges):
            lost.append(between)
    return tuple(sorted((*rules, *lost)))


def _by_rules(pieces: list[list[Token]], rules: Sequence[float]) -> list[tuple[list[Token], Box]]:
    """The tokens of each column between two rules, left to right, and the column's extent; of what stands beside the outer rules too."""
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
    return [(group, extents[n]) for n, group in enumerate(groups) if group or 0 < n < len(groups) - 1]


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
    return Column(_role(items, tokens), extent or box_of(tokens), tokens, unit_of(items), kind_of(items), _date(items), extent is not None)


def _role(items: list[Item], tokens: list[Token]) -> str:
    keys = {item.key for item in items if item.sort == "label"}
    # Over the first of two days of integrators their title may stand.
    if keys & {"reading", "cumulative"} and any(i.sort == "date" for i in items) and not keys & {"previous", "current", "consumption"}:
        return "dated"
    if "unit_column" in keys and keys & {"consumption", "previous", "current", "reading"}:
        keys.discard("unit_column")
    if (
        keys & {"mass", "temperature", "pressure"}
        and not keys & {"energy", "energy_water", "previous", "current"}
        and not _names_heat(items)
    ):
        keys.discard("consumption")  # «Разность M1-M2»; not «Количество тепловой энергии (теплоносителя)»
    units = {i.value for i in items if i.sort == "unit"}
    if units and all(isinstance(unit, Unit) and is_energy(unit) for unit in units):
        keys -= BESIDE_HEAT  # «Мтс, Гкал»: W was taken for M
    if keys & {"energy", "energy_water", "previous", "current", "period"}:
        keys.discard("cumulative")  # the heading of the block stands over this column; «Накоплено за период» is no index
    for role in ROLES:
        if role in keys:
            return "consumption" if role == "cumulative" and "consumption" in keys else role
    if keys & _REQUISITES:
        return "requisite"  # «Договор №» is no number of a meter
    if any(i.sort == "kind" for i in items):
        return "kind"
    if any(i.sort == "date" for i in items):
        return "dated"
    if any(i.sort == "unit" for i in items):
        return "unit"
    return "number_sign" if any(t.fold == "№" for t in tokens) and len(tokens) <= 2 else "other"


def _names_heat(items: list[Item]) -> bool:
    """Whether words for what was used say that it is energy («Количество тепловой энергии»)."""
    return any(t.fold.startswith(_HEAT_WORDS) for i in items if i.key == "consumption" for t in i.tokens)


_HEAT_WORDS = tuple(fold(word) for word in ("энерг", "energ", "теплоэнерг", "тепла", "issiqlik", "иссиқлик"))


def unit_of(items: Sequence[Item]) -> Unit | None:
    """The first unit that items name."""
    return next((i.value for i in items if i.sort == "unit" and isinstance(i.value, Unit)), None)


def kind_of(items: Sequence[Item]) -> MeterKind | None:
    """The first heating system that items name."""
    return next((i.value for i in items if i.sort == "kind" and isinstance(i.value, MeterKind)), None)


def _date(items: list[Item]) -> dt.date | None:
    return next((i.date for i in items if i.sort == "date"), None)
