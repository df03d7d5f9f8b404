"""Rows whose header was not read: days of a printout, and meters that their own arithmetic gives away."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection
from decimal import Decimal

from metering.units import Unit, is_energy
from parsers.meters.columns import kind_of, unit_of
from parsers.page.found import Draft, Found
from parsers.page.items import Item
from parsers.page.lines import Line
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form

#: Labels that say nothing of the three numbers («счетчик 4411223 (отопление): старое 1204,50; новое 1310,75; итого 106,25»).
_NAMING = frozenset({"meter", "serial", "model", "total"})
_WRITTEN = frozenset("=→⇒➔")  # signs that say themselves which number is which
_LEAST_DAYS, _LEAST_MONTHS = 5, 3
_MONTH = dt.timedelta(days=25)


class BareReader:
    """Reads rows without a header. drafts; lines: the numbers of their lines."""

    def __init__(self, page: MarkedPage, without: Collection[int]) -> None:
        self.page = page
        self.drafts: list[Draft] = []
        self.lines: set[int] = set()
        free = [line for line in page.lines if line.number not in without]
        self._days(free)
        self._months([line for line in free if line.number not in self.lines])
        for line in free:
            if line.number not in self.lines:
                self._meter(line)

    def _days(self, lines: list[Line]) -> None:
        """Lines that begin with a date and go on with numbers: the first column is heat, in every printout known."""
        days = [line for line in lines if _begins_with_day(self.page.on_line(line.number))]
        if len(days) < _LEAST_DAYS:
            return
        numbers = [_numbers(self.page.on_line(line.number))[0] for line in days]
        # Columns stand one under another: the first number of most rows, not one further right where the first was lost.
        middle = sorted(n.box.middle[0] for n in numbers)[len(numbers) // 2]
        draft = Draft(self.page.page.number, top=days[0].box.top)
        draft.daily = [Found.of(n, draft.page) for n in numbers if abs(n.box.middle[0] - middle) < 3 * days[0].letter]
        draft.unit = self._unit_above(days[0].number)
        self.lines.update(line.number for line in days)
        after = [line for line in lines if line.number > days[-1].number][:4]
        for line in after:
            items = self.page.on_line(line.number)
            keys = {i.key for i in items if i.sort == "label"}
            if keys & {"total", "average"}:
                self.lines.add(line.number)
                total = _numbers(items)
                if "total" in keys and total and draft.daily_total is None and abs(total[0].box.middle[0] - middle) < 5 * line.letter:
                    draft.daily_total = Found.of(total[0], draft.page)
        if draft.daily:
            self.drafts.append(draft)

    def _months(self, lines: list[Line]) -> None:
        """Indexes that a calculator kept, a day and its index a line, a month and more apart, and never falling."""
        rows = [(items[0], items[1], line) for line in lines if _is_stored(items := self.page.on_line(line.number))]
        ordered = sorted(rows, key=lambda row: row[0].date)
        apart = all(two.date - one.date >= _MONTH for (one, *_), (two, *_) in itertools.pairwise(ordered))
        rising = all(Decimal(one.text) <= Decimal(two.text) for (_, one, _), (_, two, _) in itertools.pairwise(ordered))
        unit = self._unit_above(min(line.number for *_, line in rows)) if rows else None
        if len(rows) < _LEAST_MONTHS or not apart or not rising or unit is None:
            return
        draft = Draft(self.page.page.number, unit=unit, top=rows[0][2].box.top)
        draft.dated = [(day.date, Found.of(number, draft.page, 0.85)) for day, number, _ in rows]
        draft.dated_items = [day for day, *_ in rows]
        self.drafts.append(draft)
        self.lines.update(line.number for *_, line in rows)

    def _unit_above(self, number: int) -> Unit | None:
        for above in range(number - 1, max(-1, number - 4), -1):
            for item in self.page.on_line(above):
                if item.sort == "unit" and isinstance(item.value, Unit) and is_energy(item.value):
                    return item.value
        return None

    def _is_captioned(self, line: Line) -> bool:
        """Whether the small print beneath a line says what its numbers are."""
        named = {id(t) for tokens in self.page.over.values() for t in tokens if t.form is Form.NUMBER}
        return any(id(t) in named for t in line.tokens)

    def _meter(self, line: Line) -> None:
        """A line with a serial and three numbers of which two add up to the third."""
        items = self.page.on_line(line.number)
        labels = [i for i in items if i.sort == "label" and i.group in ("meters", "requisites") and i.key not in _NAMING]
        if labels or self._is_captioned(line) or any(t.text in _WRITTEN for t in line.tokens):
            return
        numbers = [i for i in items if i.sort == "number"]
        serials = [n for n in numbers if "." not in n.text and 5 <= len(n.text) <= 9]
        for previous, current, consumption in itertools.permutations([n for n in numbers if n not in serials[:1]][:5], 3):
            if Decimal(previous.text) + Decimal(consumption.text) != Decimal(current.text) or Decimal(consumption.text) == 0:
                continue
            if previous.first > current.first and Decimal(previous.text) < Decimal(consumption.text):
                continue  # of two ways to add up, the one with the smaller difference as the consumption
            if not serials or serials[0].first > previous.first:
                return
            page = self.page.page.number
            note = "the column's header was not read; the arithmetic tells"
            found = [Found(i.text, page, i.tokens, note, 0.8) for i in (previous, current, consumption)]
            draft = Draft(page, Found.of(serials[0], page, 0.8), top=line.box.top)
            draft.previous, draft.current, draft.consumption = found
            draft.kind = kind_of(items)
            draft.unit = unit_of(items)
            self.drafts.append(draft)
            self.lines.add(line.number)
            return


def _is_stored(items: list[Item]) -> bool:
    """Whether a line is a day and its values: no label, no second day."""
    days = [i for i in items if i.sort == "date"]
    return (
        len(items) > 1
        and len(days) == 1
        and items[0] is days[0]
        and all(i.sort in ("number", "unit") for i in items[1:])
        and items[1].sort == "number"
    )


def _begins_with_day(items: list[Item]) -> bool:
    return len(items) >= 4 and items[0].sort == "date" and len(_numbers(items)) >= 3 and not any(i.sort == "label" for i in items)


def _numbers(items: list[Item]) -> list[Item]:
    return [i for i in items if i.sort == "number"]
