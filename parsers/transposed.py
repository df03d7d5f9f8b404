"""Tables on their side: labels at the left, a meter in each further column."""

from __future__ import annotations

from collections.abc import Collection

from metering.units import MeterKind, Unit
from parsers.columns import rules_across
from parsers.found import Draft, Found
from parsers.lines import Form, Line, Token, box_of, cells_of, text_of
from parsers.marked import Item, MarkedPage, best_number
from parsers.rows import items_in
from parsers.serials import serial_of_cell
from parsers.tables import model_of

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
_NUMBERS = frozenset({"previous", "current", "consumption"})


class TransposedReader:
    """Reads the sideways tables of a page. drafts; lines: the numbers of their lines."""

    def __init__(self, page: MarkedPage, without: Collection[int]) -> None:
        self.page = page
        self.drafts: list[Draft] = []
        self.lines: set[int] = set()
        block: list[tuple[Line, str, list[list[Token]]]] = []
        for line in page.lines:
            row = None if line.number in without else self._row(line)
            if row is None or (block and line.box.top - block[-1][0].box.bottom > 2.5 * line.box.height):
                self._read(block)
                block = []
            if row is not None:
                block.append((line, *row))
        self._read(block)

    def _row(self, line: Line) -> tuple[str, list[list[Token]]] | None:
        """The meaning of a line's first cell and the cells behind it, or None."""
        cells = cells_of(line.tokens, line.letter, rules_across(self.page, line.box))
        if len(cells) < 2:
            return None
        items = self.page.on_line(line.number)
        first = [i for i in items if i.sort == "label" and i.tokens[0] in cells[0] and i.key in _ROLES]
        if not first:
            inside = [i for i in items if i.tokens[0] not in cells[0]]
            for sort, role in (("kind", "kind_column"), ("unit", "unit_column")):
                if sum(i.sort == sort for i in inside) >= 2 and not any(i.sort == "number" for i in inside):
                    return role, cells[1:]
            return ("other", cells[1:]) if len(cells) >= 3 and not any(i.sort == "label" for i in items) else None
        role = min((i.key for i in first), key=_ROLES.index)
        # A second label on the line makes it a row of key and value pairs.
        if any(
            i.sort == "label"
            and i.key in _ROLES
            and i.key not in ("meter", "kind_column", "row_number")
            and not any(i.tokens[0] is t for t in cells[0])
            for i in items
        ):
            return None
        return role, cells[1:]

    def _read(self, block: list[tuple[Line, str, list[list[Token]]]]) -> None:
        roles = [role for _, role, _ in block]
        if len(_NUMBERS & set(roles)) < 2:
            return
        if "serial" not in roles:
            block = [(line, "serial" if role == "other" and _all_serials(cells) else role, cells) for line, role, cells in block]
        numbered = [cells for _, role, cells in block if role in _NUMBERS]
        count = min(sum(any(t.form is Form.NUMBER for t in cell) for cell in cells) for cells in numbered)
        if count < 2 or any(role in _NUMBERS and roles.count(role) > 1 for role in roles):
            return
        columns = [box_of(cell) for cell in _valued(max(numbered, key=len))]
        drafts = [Draft(self.page.page.number, top=block[0][0].box.top + n * 0.01) for n in range(len(columns))]
        for line, role, cells in block:
            unit = next((i.value for i in self.page.on_line(line.number) if i.sort == "unit" and isinstance(i.value, Unit)), None)
            for cell in cells:
                middle = box_of(cell).middle[0]
                nearest = min(range(len(columns)), key=lambda n: abs(columns[n].middle[0] - middle))
                self._put(drafts[nearest], role, cell, unit)
            self.lines.add(line.number)
        self.drafts += [d for d in drafts if d.has_value()]

    def _put(self, draft: Draft, role: str, cell: list[Token], unit: Unit | None) -> None:
        page = self.page.page.number
        items = items_in(self.page, cell)
        kind = next((i.value for i in items if i.sort == "kind" and isinstance(i.value, MeterKind)), None)
        draft.kind = draft.kind or kind
        own = next((i.value for i in items if i.sort == "unit" and isinstance(i.value, Unit)), None)
        if role in _NUMBERS | {"unit_column"}:
            draft.unit = draft.unit or own or unit
        if role == "serial":
            draft.serial = draft.serial or serial_of_cell(cell, page)
        elif role in ("model", "meter"):
            draft.model = draft.model or model_of(cell, page)
        elif role == "reading_date":
            date: Item | None = next((i for i in items if i.sort == "date"), None)
            draft.reading_date = Found.of(date, page) if date is not None else None
        elif role in _NUMBERS and getattr(draft, role) is None:
            number = best_number(items)
            if number is not None:
                setattr(draft, role, Found.of(number, page))


def _all_serials(cells: list[list[Token]]) -> bool:
    """Whether a row without a known label holds whole numbers of a serial's length only."""
    return all(text_of(cell).isdigit() and 5 <= len(text_of(cell)) <= 9 for cell in cells)


def _valued(cells: list[list[Token]]) -> list[list[Token]]:
    return [cell for cell in cells if any(t.form is Form.NUMBER for t in cell)]
