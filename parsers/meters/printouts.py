"""Tables of a calculator's printout: a row a day with its energy, their total, and the integrators at both ends of the period."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import statistics
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from metering.pages import Box
from metering.units import MeterKind, is_energy
from parsers.meters.columns import Header
from parsers.meters.head_cells import BESIDE_HEAT
from parsers.meters.kinds import counts_hot_water
from parsers.meters.row import Row, items_in
from parsers.page.found import Draft, Found, closes
from parsers.page.items import Item
from parsers.page.lines import text_of
from parsers.page.marked import MarkedPage, best_number
from parsers.page.trust import DOUBTED
from parsers.wording.dates import find_short_dates

#: A date's shape: what is left of it where OCR took one of its digits for another (`97.01.26`, `@1.03.26`, `31.12;25`).
_SHAPE = re.compile(r"\W?\d{1,2}\W?[.,:;/-]\W?\d{2}\W?[.,:;/-]\W?\d{2,4}\W{0,2}")
#: Integrators have two dates; a table with more dated rows is one of days.
_INTEGRATOR_ROWS = 2
_READING_WORDS = frozenset({"previous", "current", "reading", "cumulative", "meter"})
#: A day's row has its energy, masses, temperatures and hours.
_LEAST_NUMBERS = 3
_ORDINAL = 2  # digits
_COUNTED_DAYS = 8  # that what is used in a day rises for so many days on end happens once in 40,000 months
_MONTH = dt.timedelta(days=25)


class PrintoutReader:
    """Reads one table of a page. drafts: a meter for each column of heat, with its daily rows or its integrators."""

    def __init__(self, page: MarkedPage, header: Header, rows: Sequence[Row]) -> None:
        self.page, self.header, self.rows = page, header, rows
        self.drafts: list[Draft] = []
        days = [row for row in rows if self._is_day(row)]
        ends = [self._keys(row) & {"previous", "current"} for row in rows]
        named = {key for keys in ends if len(keys) == 1 for key in keys}  # a row that says both is a meter's
        if (not days and len(named) < _INTEGRATOR_ROWS) or header.has("previous", "current", "serial"):
            return
        columns = energy_columns(header, named=len(named) == _INTEGRATOR_ROWS)
        shown = [n for n, c in enumerate(header.columns) if c.role == "reading" and (c.unit is None or is_energy(c.unit)) and columns]
        counting = [n for n in (*columns, *shown) if self._counts(n, days)]
        counter = counting[0] if counting else None
        columns = [n for n in columns if n not in counting] or counting[:1]
        for column in columns:
            if counter is not None:
                draft = self._counted(counter, None if column == counter else column)
            elif "cumulative" in header.labels or len(days) <= _INTEGRATOR_ROWS or self._are_months(days):
                draft = self._integrators(column)
            else:
                draft = self._daily(column)
            if draft.has_value() or draft.daily:
                self.drafts.append(draft)

    def is_printout(self) -> bool:
        """Whether the rows are days or dates under a column of energy, and no meter has a row of its own."""
        return bool(self.drafts)

    def _is_day(self, row: Row) -> bool:
        """Whether a row begins with its day: a date, `26-10`, or the number of the day in a column of days."""
        if self._date(row) is not None:
            return True
        first = min(row.cells)
        text = text_of(row.cells[first])
        if self.page.ocr and first <= 1 and _SHAPE.match(text):
            return True
        named = next((n for n, column in enumerate(self.header.columns) if column.tokens), 0)  # the sheet's edge may be a rule of its own
        if first != named:
            return False
        days = bool(find_short_dates(text, 2000))
        if self.header.columns[named].role not in ("report_date", "date_column"):  # its head was misread
            return days and self.header.columns[named].role == "other" and self._numbers(row) > _LEAST_NUMBERS
        return days or (text.isdigit() and 1 <= int(text) <= 31)

    def _date(self, row: Row) -> Item | None:
        """The date that a row begins with, behind its number or words for a reading at the most («Показания на 20.09.2026»)."""
        items = [i for i in items_in(self.page, row.tokens()) if i.key not in _READING_WORDS]
        while self.page.ocr and len(items) > 1 and items[0].sort == "unit":
            items = items[1:]  # of a frame drawn with characters a corner is read as a T
        if len(items) > 1 and items[0].sort == "number" and len(items[0].text) <= _ORDINAL:
            items = items[1:]
        if items and items[0].sort == "date":
            return items[0]
        left = min(t.box.left for t in row.tokens())
        before = (i for i in self.page.on_line(row.lines[0]) if i.key not in _READING_WORDS)  # where the head has no cell over the days
        first = next(before, None)
        return first if first is not None and first.sort == "date" and first.box.right < left else None

    def _are_months(self, days: Sequence[Row]) -> bool:
        """Whether the rows stand a month apart: indexes that the calculator kept, not what was used in a day."""
        dates = sorted(date.date for row in days if (date := self._date(row)) is not None)
        return len(dates) > _INTEGRATOR_ROWS and all(two - one >= _MONTH for one, two in itertools.pairwise(dates))

    def _counts(self, column: int, days: Sequence[Row]) -> bool:
        """Whether a column holds the index at the end of each day, which never falls, and not what was used in it."""
        numbers = [best_number(items_in(self.page, row.cells.get(column, []))) for row in days]
        values = [Decimal(number.text) for number in numbers if number is not None]
        rising = all(one <= two for one, two in itertools.pairwise(values))
        _, total = self._days()
        stated = best_number(items_in(self.page, total.cells.get(column, []))) if total is not None else None
        if stated is not None and Decimal(stated.text) == sum(values):
            return False
        return len(values) >= _COUNTED_DAYS and not self._are_months(days) and rising and values[-1] > values[0]

    def _counted(self, counter: int, used: int | None) -> Draft:
        """A meter whose index stands beside each of the days, with the column of what was used in them if there is one.

        The index of the first row is the previous one where nothing was used on that day yet or the total ties it to the last; else
        the page need not have one.
        """
        draft = self._draft(counter) if used is None else self._daily(used)
        days, total = self._days()
        rows = [(row, number) for row in days if (number := best_number(items_in(self.page, row.cells.get(counter, [])))) is not None]
        (opening, first), (closing, last) = rows[0], rows[-1]
        draft.current, date = Found.of(last, draft.page), self._date(closing)
        draft.reading_date = Found.of(date, draft.page) if date is not None else None
        sum_cell = total.cells.get(counter if used is None else used, []) if total is not None else []
        if (number := best_number(items_in(self.page, sum_cell))) is not None:
            draft.consumption = Found.of(number, draft.page)
        previous = Found.of(first, draft.page)
        if closes(previous, draft.current, draft.consumption) or (used is not None and not opening.cells.get(used)):
            draft.previous = previous
        return draft

    def _keys(self, row: Row) -> set[str]:
        """What a row is called, also where its name stands in no column, at the left of them all."""
        return {i.key for line in row.lines for i in self.page.on_line(line) if i.sort == "label"}

    def _draft(self, column: int) -> Draft:
        draft = Draft(self.page.page.number, top=self.rows[0].box.top)
        draft.unit = self.header.columns[column].unit
        named = self.header.columns[column]
        if self.header.has("energy_water") and counts_hot_water(self.page):  # of two systems each has its letter: «Qо», «Qг»
            draft.kind = {"energy_water": MeterKind.HOT_WATER, "energy": MeterKind.HEAT}.get(named.role)
        draft.kind = draft.kind or named.kind
        return draft

    def _daily(self, column: int) -> Draft:
        """The rows of days and their total. On an OCR page a day without a readable energy leaves a gap."""
        draft = self._draft(column)
        days, total = self._days()
        numbers = [best_number(items_in(self.page, row.cells.get(column, []))) for row in days]
        places = [number.box for number in numbers if number is not None]
        if not places:
            return draft
        left, right = statistics.median(p.left for p in places), statistics.median(p.right for p in places)
        for row, number in zip(days, numbers, strict=True):
            if self.page.ocr and (number is None or not left <= number.box.middle[0] <= right):
                number = self._between(row, left, right)
            if number is not None:
                draft.daily.append(Found.of(number, draft.page))
            elif self.page.ocr and not any(row.box.top < p.middle[1] < row.box.bottom for p in places):
                draft.gaps.append(Box(left - 2, row.box.top, right + 2, row.box.bottom))
        number = best_number(items_in(self.page, total.cells.get(column, []))) if total is not None else None
        draft.daily_total = Found.of(number, draft.page) if number is not None else None
        for row in self.rows:
            if (end := self._end_of_counter(row, column)) is not None:
                setattr(draft, *end)
        for row in self._integrators_below():
            date, index = self._date(row), best_number(items_in(self.page, row.cells.get(column, [])))
            if date is not None and index is not None:
                draft.dated.append((date.date, Found.of(index, draft.page)))
                draft.dated_items.append(date)
        return draft

    def _end_of_counter(self, row: Row, column: int) -> tuple[str, Found] | None:
        """The integrator of a column that stands before its days or behind their total, and what its row calls it («Нач. показания»)."""
        keys = self._keys(row) & {"previous", "current"}
        number = best_number(items_in(self.page, row.cells.get(column, [])))
        said = any(i.sort == "unit" for line in row.lines for i in self.page.on_line(line))  # a sentence below the table
        if len(keys) != 1 or number is None or said or self._is_day(row) or self._numbers(row) < _INTEGRATOR_ROWS:
            return None
        return keys.pop(), Found.of(number, self.page.page.number)

    def _days(self) -> tuple[list[Row], Row | None]:
        """The rows of days, down to the row of their total. On an OCR page a full row among them is one whatever its date was read as."""
        total = self._total()
        rows = self.rows[:total]
        first = next((n for n, row in enumerate(rows) if self._is_day(row)), 0)
        days = [
            row
            for n, row in enumerate(rows)
            if self._is_day(row) or (self.page.ocr and n > first and not self._keys(row) and self._numbers(row) >= _LEAST_NUMBERS)
        ]
        return days, self.rows[total] if total is not None else None

    def _numbers(self, row: Row) -> int:
        return sum(any(i.sort == "number" for i in items_in(self.page, cell)) for cell in row.cells.values())

    def _total(self) -> int | None:
        """The row of the days' total («Итого», «Расход», «Разность»)."""
        return next((n for n, row in enumerate(self.rows) if self._keys(row) & {"total", "consumption"} and not self._is_day(row)), None)

    def _last(self) -> int | None:
        """The row of the total, or of the averages and the integrators at both ends behind it; None without a total."""
        last = self._total()
        while last is not None and last + 1 < len(self.rows) and self._goes_on(self.rows[last + 1]):
            last += 1
        return last

    def _goes_on(self, row: Row) -> bool:
        return "average" in self._keys(row) or any(self._end_of_counter(row, n) for n in energy_columns(self.header))

    def _integrators_below(self) -> Sequence[Row]:
        """The two rows of integrators that stand in the same columns right below the total («Показания на 01.10.2026»)."""
        last = self._last()
        rows = self.rows[last + 1 :] if last is not None else []
        return rows if len(rows) == _INTEGRATOR_ROWS and all(self._date(row) is not None for row in rows) else []

    def end(self) -> int:
        """The line behind the last row of the table: what follows a total, but averages and integrators in its columns, is none."""
        last = self._last()
        if last is None or not any(draft.daily for draft in self.drafts) or self._integrators_below():
            last = len(self.rows) - 1
        return max(line for row in self.rows[: last + 1] for line in row.lines) + 1

    def _between(self, row: Row, left: float, right: float) -> Item | None:
        """A row's number that stands where the column's other numbers stand: a stray mark can push it into the next column."""
        numbers = [i for i in items_in(self.page, row.tokens()) if i.sort == "number"]
        return next((i for i in numbers if left <= i.box.middle[0] <= right), None)

    def _integrators(self, column: int) -> Draft:
        """Two rows known by their dates, or by their words, in either order, and their difference."""
        draft, undated = self._draft(column), list[Found]()
        used = next((n for n, c in enumerate(self.header.columns) if c.role == "consumption" and c.unit in (None, draft.unit)), None)
        told: list[tuple[dt.date, Found]] = []
        used_up = list[Found]()  # «За месяц», and what all meters used («Всего по объекту»)
        lost = False  # a day's index: which of the two readings another is, its day does not tell
        for row in self.rows:
            number, date, keys = best_number(items_in(self.page, row.cells.get(column, []))), self._date(row), self._keys(row)
            if number is None:
                lost = lost or date is not None
                continue
            found = Found.of(number, draft.page)
            if date is not None:
                draft.dated.append((date.date, found))
                draft.dated_items.append(date)
                if used is not None and (difference := best_number(items_in(self.page, row.cells.get(used, [])))) is not None:
                    told.append((date.date, Found.of(difference, draft.page)))
            elif keys & {"total", "consumption", "period"}:
                used_up.append(found)
            elif "previous" in keys:
                draft.previous = found
            elif "current" in keys:
                draft.current = found
            elif self.page.ocr and self._is_day(row):
                undated.append(found)
        if lost:
            draft.dated_items = [replace(date, trust=DOUBTED) for date in draft.dated_items]
        draft.consumption = _between_ends(draft, used_up)
        if draft.consumption is None and told:
            draft.consumption = max(told, key=lambda pair: pair[0])[1]
        values = [*(found for _, found in draft.dated), *undated]
        if undated and len(values) == _INTEGRATOR_ROWS:
            _order_by_size(draft, values)
        return draft


def _between_ends(draft: Draft, used: Sequence[Found]) -> Found | None:
    """Of several rows of what was used the one by which the integrators differ, else the last."""
    dated = [found for _, found in sorted(draft.dated, key=lambda pair: pair[0])]
    previous, current = dated if len(dated) == _INTEGRATOR_ROWS else (draft.previous, draft.current)
    return next((found for found in used if closes(previous, current, found)), used[-1] if used else None)


def _order_by_size(draft: Draft, values: list[Found]) -> None:
    """Integrators whose dates were not both read: an index never falls, and the two differ by the consumption."""
    previous, current = sorted(values, key=lambda found: Decimal(found.value))
    if closes(previous, current, draft.consumption):
        draft.previous, draft.current, draft.dated = previous, current, []


def energy_columns(header: Header, *, named: bool = False) -> list[int]:
    """The columns of heat: by their name, else by their unit beside a column of days. named: whether its rows are called readings."""
    known = [n for n, c in enumerate(header.columns) if c.role in ("energy", "energy_water")]
    beside = header.has(*BESIDE_HEAT) or any(c.role == "unit" and c.unit is None for c in header.columns)  # tonnes and hours
    if known or not (beside or named or header.has("report_date", "date_column")):
        return known
    return [
        n for n, c in enumerate(header.columns) if c.role in ("unit", "other", "consumption") and c.unit is not None and is_energy(c.unit)
    ]
