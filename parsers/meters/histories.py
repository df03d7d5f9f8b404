"""Rows that tell one meter again on other days: a journal with a row a month, readings one under the other in their cell."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from parsers.meters.columns import Header
from parsers.meters.row import Row
from parsers.page.found import Draft, Found, closes
from parsers.page.items import Item

_READINGS = frozenset({"reading", "current", "energy"})
_DATES = frozenset({"reading_date", "report_date", "date_column"})


def newest_of_each(drafts: Sequence[Draft]) -> list[Draft]:
    """Of the rows of one table that tell one meter on several days: the newest, with the index of the row before as its previous one.

    The same of rows that have both indexes, where each goes on from another.
    """
    groups: dict[tuple[object, ...], list[Draft]] = {}
    for draft in drafts:
        groups.setdefault((draft.serial.value if draft.serial is not None else None, draft.kind, draft.unit), []).append(draft)
    out: list[Draft] = []
    for group in groups.values():
        days = {d.reading_date.value for d in group if d.reading_date is not None and d.current is not None}
        if 1 < len(group) == len(days):
            out.append(_newest(group))
        else:
            out += [last] if (last := _last_of_chain(group)) is not None else group
    return sorted(out, key=lambda d: d.top)


def _last_of_chain(group: Sequence[Draft]) -> Draft | None:
    """Of rows each of which begins with the index that another ended with, months of one meter in either order: the last one."""
    rows = [(Decimal(d.previous.value), Decimal(d.current.value), d) for d in group if d.previous is not None and d.current is not None]
    rows = sorted(rows, key=lambda row: row[:2])
    linked = all(one[1] == two[0] != 0 and one[0] < two[1] for one, two in itertools.pairwise(rows))
    if not linked or not 1 < len(rows) == len(group):
        return None
    return replace(rows[-1][2], top=min(d.top for d in group))


def _newest(group: list[Draft]) -> Draft:
    *earlier, last = sorted(group, key=lambda d: d.reading_date.value if d.reading_date is not None else "")
    before = next((d for d in reversed(earlier) if closes(d.current, last.current, last.consumption)), earlier[-1])
    previous = last.previous or before.current
    told = [c for c in (last.consumption, before.consumption) if c is not None]
    consumption = next((c for c in told if closes(previous, last.current, c)), last.consumption)
    return replace(last, previous=previous, consumption=consumption, top=min(d.top for d in group))


def one_below_the_other(header: Header, rows: list[Row]) -> tuple[Header, list[Row]]:
    """A table of days that goes on beside itself («Дата | Энергия | Дата | Энергия») as one of half the columns, its left half first."""
    half = len(header.columns) // 2
    roles = [column.role for column in header.columns]
    if half < 2 or roles[:half] != roles[half:] or not _DATES & set(roles) or not (_READINGS | {"energy_water"}) & set(roles):
        return header, rows
    halves = [
        replace(row, cells={n - first: cell for n, cell in row.cells.items() if first <= n < first + half})
        for first in (0, half)
        for row in rows
    ]
    return replace(header, columns=header.columns[:half]), [row for row in halves if row.cells]


def stacked_readings(cells: Sequence[tuple[str, Sequence[Item]]], page: int) -> list[tuple[Item, Found]]:
    """Readings one under the other with their dates one under the other beside them. cells: the role and the items of each cell of a row.

    Each with its date; nothing unless there are as many dates as readings, and more than one.
    """
    dates = [i for role, items in cells if role in _DATES for i in items if i.sort == "date"]
    numbers = [i for role, items in cells if role in _READINGS for i in items if i.sort == "number"]
    if len(dates) != len(numbers) or len(dates) < 2 or len({i.line for i in numbers}) != len(numbers):
        return []
    pairs = zip(sorted(dates, key=lambda i: i.line), sorted(numbers, key=lambda i: i.line), strict=True)
    return [(date, Found.of(number, page)) for date, number in pairs]
