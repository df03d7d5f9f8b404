"""Tables on their side: labels at the left, a meter in each further column."""

from __future__ import annotations

import itertools
from bisect import bisect
from collections.abc import Collection, Sequence
from decimal import Decimal

from metering.pages import Box
from metering.units import MeterKind, Unit, is_energy
from parsers.meters.beside_heat import equal_beside
from parsers.meters.columns import kind_of, rules_across, unit_of
from parsers.meters.garbled_units import misread_unit
from parsers.meters.head_cells import BESIDE_HEAT
from parsers.meters.kinds import unit_behind
from parsers.meters.row import items_in
from parsers.meters.serials import model_of, serial_of_cell
from parsers.meters.sideways_rows import SidewaysRow, sideways_rows
from parsers.page.found import NUMBERS, Draft, Found
from parsers.page.items import Item
from parsers.page.lines import box_of, text_of
from parsers.page.marked import MarkedPage, best_number, mark_tokens
from parsers.page.tokens import Form, Token
from parsers.wording.numbers import parse_number

_ROLES = (
    "previous",
    "current",
    "consumption",
    "serial",
    "model",
    "meter",
    "kind_column",
    "unit_column",
    "reading_date",
    "name_column",
    "row_number",
    "meter_point",
)
_UNTOLD = frozenset({"reading", "period", "energy", "cumulative"})  # labels that do not say which of the three a row holds
#: Roles of rows whose first cell does not say what their numbers are.
_UNSAID = frozenset({"other", "meter", "name_column"})
#: Labels of rows that stand among those of a block and tell nothing of its readings («Дата последней поверки», «Пломба №»).
_BESIDE = frozenset({"verification", "seal", "coefficient", "note_column", "address", "object", "previous_date"})
_COLUMNS = 3  # of a sideways table at least
_HEAD_LINES = 2  # over a block
_CODE = 3  # digits of a line's code at most
_SERIAL = 5  # digits of one at least
_GUESSED = 0.79  # trust in numbers of a column that nothing names


class TransposedReader:
    """Reads the sideways tables of a page. drafts; lines: the numbers of their lines."""

    def __init__(self, page: MarkedPage, without: Collection[int]) -> None:
        self.page = page
        self.drafts: list[Draft] = []
        self.lines: set[int] = set()
        block: list[SidewaysRow] = []
        lines = [line for line in page.lines if line.number not in without and not equal_beside(page, line)]
        for row in sideways_rows(page, lines):
            self._join_name(row)
            row.role = self._role(row)
            if not row.role or (block and row.box.top - block[-1].box.bottom > 2.5 * row.height):
                self._read(block)
                block = []
            if row.role:
                block.append(row)
            if row.role == "total":
                self._read(block)
                block = []
        self._read(block)

    def _join_name(self, row: SidewaysRow) -> None:
        """Makes the words before two numbers one cell, where a later one says what they are: «Q, Гкал    тек.   1190,552   308,117»."""
        name = list(itertools.takewhile(lambda cell: not any(i.sort == "number" for i in self._items(cell)), row.cells))
        said = {i.key for cell in name[1:] for i in self._items(cell) if i.sort == "label"}
        if said & set(NUMBERS) and len(row.cells) - len(name) >= _COLUMNS - 1:
            row.cells = [[token for cell in name for token in cell], *row.cells[len(name) :]]

    def _role(self, row: SidewaysRow) -> str:
        """The meaning of a row's first cell, "" for a row of no sideways table."""
        if len(row.cells) < 2:
            return ""
        first, *rest = (self._items(cell) for cell in row.cells)
        behind = [item for items in rest for item in items]
        if len(rest) > 1 and all(_is_numbered(items) for items in rest):
            return "serial"  # «Дата | Теплосчетчик № 3694732, Гкал | Теплосчетчик № 81357121, Гкал»
        meanings = [i.key for i in first if i.sort == "label" and i.key in _ROLES]
        if len(row.cells) >= _COLUMNS and any(i.key in _BESIDE for i in first):
            return "beside"
        if not meanings and [i.key for i in first] == ["total"] and sum(i.sort == "number" for i in behind) >= 2:
            return "total"
        if not meanings and sum(i.sort == "date" for i in first) == 1 and sum(i.sort == "number" for i in behind) >= 2:
            return next(i.date for i in first if i.sort == "date").isoformat()
        if not meanings and [i.key for i in first] == ["period"] and sum(i.sort == "number" for i in behind) >= 2:
            return "period"
        if not meanings:
            for sort, role in (("kind", "kind_column"), ("unit", "unit_column")):
                if sum(i.sort == sort for i in behind) >= 2 and not any(i.sort == "number" for i in behind):
                    return role
            labels = [i for i in first if i.sort == "label" and i.key not in _UNTOLD] + [i for i in behind if i.sort == "label"]
            return "other" if len(row.cells) >= _COLUMNS and not labels else ""
        # A second label on the line makes it a row of key and value pairs.
        if any(i.sort == "label" and i.key in _ROLES and i.key not in ("meter", "kind_column", "row_number") for i in behind):
            return ""
        if sum(i.sort == "date" for i in behind) >= 2 and not any(i.sort == "number" for i in behind):
            return "beside" if "previous" in meanings else "reading_date"  # «Дата текущего снятия»
        return min(meanings, key=_ROLES.index)

    def _items(self, cell: list[Token]) -> list[Item]:
        """What a cell says, read as a whole however many lines it has."""
        items = items_in(self.page, cell) if len({t.line for t in cell}) == 1 else []
        return items or mark_tokens(cell, self.page.ocr)

    def _read(self, block: list[SidewaysRow]) -> None:
        self._name_days(block)
        _name_by_sums(block)
        named = {row.role for row in block}
        for row in block:
            if row.role == "total":  # «Прошлое, Настоящее, Итого»: of each meter, not of all
                row.role = "consumption" if {"previous", "current"} <= named and "consumption" not in named else "other"
        roles = [row.role for row in block]
        if len(set(NUMBERS) & set(roles)) < 2:
            return
        if "serial" not in roles:
            for row in block:
                row.role = "serial" if row.role == "other" and _all_serials(row.cells[1:]) else row.role
        numbered = [row.cells[1:] for row in block if row.role in NUMBERS]
        count = min(sum(any(t.form is Form.NUMBER for t in cell) for cell in cells) for cells in numbered)
        if count < 2 or any(role in NUMBERS and roles.count(role) > 1 for role in roles):
            return
        columns = [box_of(cell) for cell in _valued(max(numbered, key=len))]
        drafts = [Draft(self.page.page.number, top=block[0].box.top + n * 0.01) for n in range(len(columns))]
        for row in block:
            each = row.role == "unit_column" and len(row.cells) > 2
            unit = None if each else self._unit_of(row)
            for cell in row.cells[1:]:
                self._put(drafts[self._column(box_of(cell), columns)], row.role, cell, unit)
            if row.day is not None:
                date = self._dates(row)[0]
                for draft in drafts:
                    draft.reading_date = Found.of(date, self.page.page.number)
            self.lines |= row.lines
        named = set()
        for n, head in self._heads(block, columns):
            named.add(n)
            if isinstance(head.value, MeterKind):
                drafts[n].kind = drafts[n].kind or head.value
                drafts[n].unit = drafts[n].unit or unit_behind(self.page, head)
        if not named and "serial" not in roles and any(row.dated for row in block) and not any(d.kind for d in drafts):
            named = {0}  # integrators whose heads were not read: heat stands first in every printout known
            for found in (drafts[0].previous, drafts[0].current, drafts[0].consumption):
                if found is not None:
                    found.trust = min(found.trust, _GUESSED)
        self.drafts += [d for n, d in enumerate(drafts) if d.has_value() and (not named or n in named) and not _counts_lines(d)]

    def _column(self, cell: Box, columns: Sequence[Box]) -> int:
        """The column of a cell: the one between the same drawn lines, else the nearest. Words at a cell's left may be nearer to the
        numbers at the right of the cell before."""
        rules = rules_across(self.page, cell)
        inside = [n for n, box in enumerate(columns) if bisect(rules, box.middle[0]) == bisect(rules, cell.middle[0])]
        return inside[0] if len(inside) == 1 else min(range(len(columns)), key=lambda n: abs(columns[n].middle[0] - cell.middle[0]))

    def _unit_of(self, row: SidewaysRow) -> Unit | None:
        """The unit that a row has for all its numbers: beside its name or in a cell of its own. One behind a number is that number's."""
        said = [self._items(cell) for n, cell in enumerate(row.cells) if not n or not any(t.form is Form.NUMBER for t in cell)]
        return unit_of([i for items in said for i in items])

    def _heads(self, block: list[SidewaysRow], columns: Sequence[Box]) -> list[tuple[int, Item]]:
        """Heads right above the columns that name heat or a kind, each with its column: the others, where there are such, are masses and
        hours."""
        top = min(min(row.lines) for row in block if row.role in NUMBERS)
        heads: list[Item] = []
        of_block = {n for row in block for n in row.lines}  # «Зав. №» between the heads and the readings
        lines = [n for n in range(top - 1, -1, -1) if n not in of_block]
        for n in lines[:_HEAD_LINES]:
            items = self.page.on_line(n)
            if any(i.group in ("meters", "requisites") for i in items):
                break
            heads += [i for i in items if _names_heat(i)]
        return [(min(range(len(columns)), key=lambda n: abs(columns[n].middle[0] - head.box.middle[0])), head) for head in heads]

    def _name_days(self, block: list[SidewaysRow]) -> None:
        """Of two rows of numbers named by two days the earlier one holds the previous readings."""
        days = sorted({row.role for row in block if row.role[:1].isdigit()})
        for row in block:
            if row.role == "period":  # «за период» below the rows of two days
                row.role = "consumption" if len(days) == 2 else "other"
        if not {"serial", "consumption"} & {row.role for row in block}:
            days = []  # rows of integrators: heat, masses and hours side by side
        for row in block:
            if row.role == "current" and len(self._dates(row)) == 1:
                row.day = self._dates(row)[0].date.isoformat()  # «Показания на конец периода (23.11.2026 24:00)»
            if row.role[:1].isdigit():
                row.dated = True
                row.day = row.role if len(days) == 2 and row.role == days[1] else None
                row.role = ("previous", "current")[days.index(row.role)] if len(days) == 2 else "other"

    def _dates(self, row: SidewaysRow) -> list[Item]:
        """The dates of a row."""
        return [i for cell in row.cells for i in self._items(cell) if i.sort == "date"]

    def _put(self, draft: Draft, role: str, cell: list[Token], unit: Unit | None) -> None:
        page = self.page.page.number
        items = self._items(cell)
        kind = kind_of(items)
        draft.kind = draft.kind or kind
        own = unit_of(items)
        if role == "unit_column" and self.page.ocr and not any(i.sort == "unit" for i in items):
            own = misread_unit(text_of(cell), heat=draft.kind is MeterKind.HEAT)
            draft.unit_unread = own is None
        if role in (*NUMBERS, "unit_column", "serial"):
            draft.unit = draft.unit or own or unit
            draft.units |= {told for told in (own or unit,) if told is not None}
        if role == "serial":
            draft.serial = draft.serial or serial_of_cell(cell, page)
        elif role in ("model", "meter"):
            draft.model = draft.model or model_of(cell, page)
        elif role == "reading_date":
            date: Item | None = next((i for i in items if i.sort == "date"), None)
            draft.reading_date = Found.of(date, page) if date is not None else None
        elif role in NUMBERS and getattr(draft, role) is None:
            number = best_number(items)
            if number is not None and not is_foreign(items):
                setattr(draft, role, Found.of(number, page))


def _name_by_sums(block: list[SidewaysRow]) -> None:
    """The rows that nothing names, one or two of the three, if the sums hold in every column («Счетчик показывал | показывает»)."""
    known = {row.role: _values(row) for row in block if row.role in NUMBERS}
    missing = [role for role in NUMBERS if role not in known]
    if len(missing) not in (1, 2) or missing == ["previous", "consumption"]:
        return  # these two may change places
    unnamed = [row for row in block if row.role in _UNSAID and len(_values(row)) > 1]
    for rows in itertools.permutations(unnamed, len(missing)):
        told = known | {role: _values(row) for role, row in zip(missing, rows, strict=True)}
        if len({len(numbers) for numbers in told.values()}) > 1:
            continue
        triples = zip(told["previous"], told["consumption"], told["current"], strict=True)
        if all(previous + used == current for previous, used, current in triples):
            for role, row in zip(missing, rows, strict=True):
                row.role = role
            return


def _values(row: SidewaysRow) -> list[Decimal]:
    """The numbers of a row's cells, of those that are nothing but a number."""
    found = [parse_number(text_of(cell)) for cell in row.cells[1:]]
    return [Decimal(number) for number in found if number is not None]


def _names_heat(item: Item) -> bool:
    unit = item.value if item.sort == "unit" else None
    return item.key in ("energy", "energy_water") or item.sort == "kind" or (isinstance(unit, Unit) and is_energy(unit))


def is_foreign(items: Sequence[Item]) -> bool:
    """Whether a cell names another quantity than heat or hot water beside its number («M1=20410,2 т», «8001 ч»)."""
    units = [i.value for i in items if i.sort == "unit"]
    if any(isinstance(unit, Unit) for unit in units) or any(i.key in ("energy", "energy_water") for i in items):
        return False
    return bool(units) or any(i.key in BESIDE_HEAT for i in items)


def _is_numbered(items: Sequence[Item]) -> bool:
    """Whether a cell names a meter by its number and says no quantity of it."""
    numbers = [i.text for i in items if i.sort == "number"]
    named = any(i.key in ("serial", "meter", "brand") for i in items)
    return named and len(numbers) == 1 and numbers[0].isdigit() and len(numbers[0]) >= _SERIAL


def _all_serials(cells: list[list[Token]]) -> bool:
    """Whether a row without a known label holds whole numbers of a serial's length only."""
    return all(text_of(cell).isdigit() and 5 <= len(text_of(cell)) <= 9 for cell in cells)


def _counts_lines(draft: Draft) -> bool:
    """Whether a column holds the codes of the form's lines («Код стр.»: 010 to 070): short whole numbers that rise from row to row and do
    not add up."""
    down = sorted(draft.numbers(), key=lambda found: box_of(found.tokens).top)
    if len(down) < len(NUMBERS) or any(not found.value.isdigit() or len(found.value) > _CODE for found in down):
        return False
    rise = all(int(above.value) < int(below.value) for above, below in itertools.pairwise(down))
    return rise and not draft.adds_up()


def _valued(cells: list[list[Token]]) -> list[list[Token]]:
    return [cell for cell in cells if any(t.form is Form.NUMBER for t in cell)]
