"""Meter tables of a page: each row a meter, totals apart; those of calculator printouts are handed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from metering.units import MeterKind, Unit
from parsers.meters.blanks import cell_box
from parsers.meters.cell_numbers import both_readings, wrapped_number
from parsers.meters.column_names import name_columns
from parsers.meters.columns import Column, Header, kind_of, unit_of
from parsers.meters.garbled_units import misread_unit
from parsers.meters.head_cells import BESIDE_HEAT, names_heat
from parsers.meters.histories import newest_of_each, one_below_the_other, stacked_readings
from parsers.meters.kinds import counts_hot_water, misread_kind
from parsers.meters.printouts import PrintoutReader
from parsers.meters.row import Row, items_in
from parsers.meters.rows import find_rows
from parsers.meters.serials import model_of, serial_in, serial_of_cell
from parsers.meters.side_by_side import each_beside_other
from parsers.meters.table_headers import end_over, find_headers, heading_of, kind_over, unit_over
from parsers.page.found import NUMBERS, Draft, Found, FoundTotal
from parsers.page.items import Item
from parsers.page.lines import text_of
from parsers.page.marked import MarkedPage, best_number, mark_tokens
from parsers.page.tokens import Form, Token

_GUESSED = 0.79  # trust in numbers of a column whose meaning was guessed
_GUESSED_LINE = 0.79  # trust in what was found on another line than the numbers
_HOURS = frozenset({"h", "ч"})
_DIRT = " .,:;'`-–—_"  # in a cell: no trace of a unit


class TableReader:
    """Reads the tables of one page. drafts, totals; lines: the numbers of the lines that belong to tables."""

    def __init__(self, page: MarkedPage) -> None:
        self.page = page
        self.drafts: list[Draft] = []
        self.totals: list[FoundTotal] = []
        self.lines: set[int] = set()
        headers = find_headers(page)
        for n, header in enumerate(headers):
            stop = heading_of(page, headers[n + 1], header.last + 2) if n + 1 < len(headers) else len(page.lines)
            rows, after = find_rows(page, header, stop)
            if any(header.columns[c].role != "number_sign" for row in rows for c in row.cells):
                self._read(header, rows, after)

    def _read(self, header: Header, rows: list[Row], after: int) -> None:
        header, rows = one_below_the_other(header, rows)
        printout = PrintoutReader(self.page, header, rows)
        if printout.is_printout():
            self._claim(header, printout.end())
            kind = kind_over(self.page, header)  # «ТВ2 (ГВС)» over the days of one of two systems
            for draft in printout.drafts:
                draft.kind = draft.kind or kind
            self.drafts += printout.drafts
            return
        found: list[Draft] = []
        heading, unit = kind_over(self.page, header), unit_over(self.page, header)
        for own, own_rows, kind in each_beside_other(self.page, header, rows):
            name_columns(self.page, own, own_rows)
            beside: list[Draft] = []
            for row in self._said(own, own_rows):
                self._meter(own, row, kind or heading, beside)
            for draft in beside:
                draft.unit = draft.unit or unit
            found += newest_of_each(beside)
        if len(found) == 1 and (end := end_over(self.page, header)) is not None:
            _give_end(found[0], *end)
        self.drafts += found
        if found or self.totals:
            self._claim(header, after)

    def _said(self, header: Header, rows: list[Row]) -> list[Row]:
        """The rows of a table; of one without serials in which heat stands beside masses or hours, without those that say nothing
        («h | 40864.0 | 41648.7 | 784.7», a misread «t1/t2»), of one of a period's parts («1 неделя») its total alone."""
        said = [[*self._beside(header, row), *items_in(self.page, row.tokens())] for row in rows]
        sums = [row for row, items in zip(rows, said, strict=True) if any(i.key == "total" for i in items)]
        if header.counts_parts and len(rows) - len(sums) > 1:
            return sums
        heat = any(names_heat(i) for items in said for i in items)
        beside = (i.key in BESIDE_HEAT or (i.sort == "unit" and not isinstance(i.value, Unit)) for items in said for i in items)
        counted = any(beside) or any(self._is_of_hours(row) for row in rows)
        if header.has("serial") or not (heat and counted):
            return rows
        return [row for row, items in zip(rows, said, strict=True) if any(i.sort not in ("number", "date") for i in items)]

    def _is_of_hours(self, row: Row) -> bool:
        """Whether the one word of a row is the unit of hours («h»)."""
        words = [t.text for n in row.lines for t in self.page.lines[n].tokens if t.form is Form.WORD]
        return len(words) == 1 and words[0].lower() in _HOURS

    def _claim(self, header: Header, after: int) -> None:
        self.lines.update(range(header.first, after))

    # -- rows of meters

    def _meter(self, header: Header, row: Row, heading: MeterKind | None, above: list[Draft]) -> None:
        """Adds the meter of a row to those above it, if it has one."""
        columns = header.columns
        items = [*self._beside(header, row), *items_in(self.page, row.tokens())]
        keys = {i.key for i in items if i.sort == "label"}
        if keys & {"average", "part", "coefficient"}:
            return
        if keys & BESIDE_HEAT and not keys & {"energy", "energy_water"} and not any(isinstance(i.value, Unit) for i in items):
            return  # masses, temperatures and hours of a calculator
        if "volume" in keys and not keys & {"energy", "energy_water", "serial", "meter"} and not any(i.sort == "kind" for i in items):
            return  # the volume of the heating medium
        draft = Draft(self.page.page.number, top=row.box.top)
        unit_cell = self._row_unit(header, row, items)
        if not header.has("serial") and any(i.sort == "unit" for i in items) and not isinstance(unit_cell, Unit):
            return
        if "total" in keys:
            self._total(header, row, unit_cell)
            return
        if unit_cell == "other":
            return
        draft.unit = unit_cell if isinstance(unit_cell, Unit) else row.section_unit
        stacked = stacked_readings([(columns[n].role, items_in(self.page, cell)) for n, cell in row.cells.items()], draft.page)
        for n, cell in sorted(row.cells.items()):
            if columns[n].role != "number_sign" or not header.has("serial"):
                self._cell(draft, columns[n], cell)
        if stacked:
            draft.current = draft.reading_date = None
            draft.dated, draft.dated_items = [(date.date, found) for date, found in stacked], [date for date, _ in stacked]
        for role in ("previous", "current", "consumption", "energy", "reading"):
            draft.unit = draft.unit or next((c.unit for c in columns if c.role == role and c.unit), None)
        of_units = "".join(text_of(cell) for n, cell in row.cells.items() if columns[n].role == "unit_column")
        draft.unit_unread = self.page.ocr and draft.unit is None and bool(of_units.strip(_DIRT))
        draft.units = {c.unit for c in columns if c.role in NUMBERS and c.unit is not None}
        if draft.serial is None:
            draft.serial = serial_in(
                self.page,
                [
                    t
                    for n, c in row.cells.items()
                    if columns[n].role not in ("previous", "current", "consumption", "dated", "reading", "energy", "requisite")
                    for t in c
                ],
            )
        if draft.serial is None and row.heading:
            self._take_heading(draft, row.heading)
        hot_water = MeterKind.HOT_WATER if "energy_water" in keys and counts_hot_water(self.page) else None
        draft.kind = self._row_kind(header, row, items) or draft.kind or hot_water or row.section or heading
        if draft.serial is None and draft.has_value() and above and above[-1].serial and header.has("serial"):
            self._inherit(draft, above[-1], header, row)
        if self.page.ocr:
            for n, column in enumerate(columns):
                if column.role in ("serial", "previous", "current", "consumption"):
                    draft.cells[column.role] = cell_box(self.page, header, n, row)
        if row.guessed:  # what stands on another line than the numbers, with no rule to tell the rows apart
            for found in (draft.serial, draft.reading_date):
                if found is not None and not any(t.line == row.lines[0] for t in found.tokens):
                    found.trust = min(found.trust, _GUESSED_LINE)
        values = [f.value for f in (draft.previous, draft.current, draft.consumption) if f is not None]
        if self.page.ocr and values and all(len(v) == 1 for v in values):
            return  # what OCR makes of a line drawn with characters
        if draft.has_value():
            above.append(draft)

    def _take_heading(self, draft: Draft, heading: list[Token]) -> None:
        """What the line over a row says of its meter: serial, model and kind."""
        items = items_in(self.page, heading)
        draft.serial = serial_in(self.page, heading)
        draft.kind = kind_of(items)
        label = next(i for i in items if i.key == "serial")
        brand = next((i for i in items if i.key == "brand" and i.first < label.first), None)
        if brand is not None:
            draft.model = model_of(self.page.tokens[brand.first : label.first], draft.page)

    def _beside(self, header: Header, row: Row) -> list[Item]:
        """What stands at the left of all columns: names of rows for which the header has no cell («V1 m3», «Ish vaqti»)."""
        left = min([header.columns[0].box.left, *(t.box.left for t in row.tokens())])
        return [i for i in self.page.on_line(row.lines[0]) if i.sort in ("label", "unit", "kind") and i.tokens[-1].box.right <= left]

    def _inherit(self, draft: Draft, above: Draft, header: Header, row: Row) -> None:
        """A row with an empty serial cell tells another quantity of the meter above it."""
        written = [n for n in row.cells if header.columns[n].role == "serial"]
        if not written and above.serial is not None and (draft.unit != above.unit or draft.unit is None):
            draft.serial = replace(above.serial, trust=0.75, note="serial of the row above")
            draft.model = above.model

    def _cell(self, draft: Draft, column: Column, cell: list[Token]) -> None:
        page = self.page.page.number
        if column.role in ("serial", "number_sign") and draft.serial is None:
            draft.serial = serial_of_cell(cell, page, least=3 if column.role == "serial" else 5)
            if draft.serial is not None and column.guessed:
                draft.serial.trust = min(draft.serial.trust, _GUESSED)
            return
        if column.role in ("model", "meter"):
            draft.model = model_of(cell, page)
            return
        items = items_in(self.page, cell)
        date = next((i for i in items if i.sort == "date"), None)
        if date is not None and column.role in ("reading_date", "report_date", "date_column"):
            draft.reading_date = Found.of(date, page)
            return
        number = best_number(items)
        if number is None:
            return
        if (joint := both_readings(self.page, column, items)) is not None:
            draft.previous, draft.current = (Found.of(one, page) for one in joint)
            return
        found = wrapped_number(cell, page) or Found.of(number, page)
        if column.guessed:
            found.trust = min(found.trust, _GUESSED)
        if column.role == "dated" and column.date is not None:
            draft.dated.append((column.date, found))
            draft.dated_items += [i for i in self.page.items if i.sort == "date" and any(i.tokens[0] is t for t in column.tokens)]
        elif column.role in ("previous", "current", "consumption"):
            setattr(draft, column.role, found)
        elif column.role in ("reading", "energy", "energy_water") and draft.current is None:
            draft.current = found
        if column.role == "current" and column.date is not None and draft.reading_date is None:
            item = next(i for i in self.page.items if i.sort == "date" and any(i.tokens[0] is t for t in column.tokens))
            draft.reading_date = Found.of(item, page)

    def _row_kind(self, header: Header, row: Row, items: Sequence[Item]) -> MeterKind | None:
        """What the row's words say it measures; a cell of several lines is read as a whole («Иссиқ / сув»)."""
        wrapped = [cell for cell in row.cells.values() if len({t.line for t in cell}) > 1]
        items = [*(i for cell in wrapped for i in mark_tokens(cell, self.page.ocr)), *items]
        kind = kind_of(items)
        if kind is None and self.page.ocr:
            said = (text_of(cell) for n, cell in row.cells.items() if header.columns[n].role in ("kind_column", "kind"))
            kind = next((k for text in said if (k := misread_kind(text)) is not None), None)
        return kind

    def _row_unit(self, header: Header, row: Row, items: Sequence[Item]) -> Unit | str | None:
        """The row's unit: of its unit column, else of its cells; "other" for a row of tonnes or the like."""
        for n, cell in row.cells.items():
            if header.columns[n].role in ("unit_column", "unit"):
                for item in items_in(self.page, cell):
                    if item.sort == "unit":
                        return item.value if isinstance(item.value, Unit) else "other"
                heat = any(item.sort == "kind" and item.value is MeterKind.HEAT for item in items)
                if self.page.ocr and (unit := misread_unit(text_of(cell), heat=heat)) is not None:
                    return unit
        if (unit := unit_of(items)) is None and self.page.ocr:
            # Behind the last column, which the lost rule before its own made part of another.
            right = max(t.box.right for t in row.tokens())
            unit = unit_of([i for n in row.lines for i in self.page.on_line(n) if i.box.left >= right])
        return unit

    def _total(self, header: Header, row: Row, unit: Unit | str | None) -> None:
        numbers = {n: best_number(items_in(self.page, cell)) for n, cell in row.cells.items()}
        roles = {header.columns[n].role: n for n, number in numbers.items() if number is not None}
        chosen = roles.get("consumption", roles.get("energy") if header.counts_parts else None)
        if chosen is None and len(roles) == 1 and ("." in numbers[next(iter(roles.values()))].text or unit is not None):
            chosen = next(iter(roles.values()))
        if chosen is None or unit == "other" or header.columns[chosen].role == "money":
            return
        number = numbers[chosen]
        assert number is not None
        column_unit = header.columns[chosen].unit
        self.totals.append(FoundTotal(Found.of(number, self.page.page.number), unit if isinstance(unit, Unit) else column_unit))


def _give_end(draft: Draft, role: str, day: Item | None) -> None:
    """Makes the one index of a table the reading that the line over it says it is."""
    index, draft.current = draft.current, None
    setattr(draft, role, index)
    if role == "current" and day is not None:
        draft.reading_date = draft.reading_date or Found.of(day, draft.page)
