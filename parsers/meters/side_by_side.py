"""A table of several meters a row: the same columns again beside themselves («Корпус А» and «Корпус Б», each over its readings)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from metering.units import MeterKind, Unit
from parsers.meters.columns import Header
from parsers.meters.head_cells import BESIDE_HEAT
from parsers.meters.row import Row, items_in
from parsers.page.items import Item
from parsers.page.lines import box_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Token

_BOTH = ("previous", "current")
_OVER = 3  # lines over a head, on which the meters of its columns may be named
_SERIAL = 5  # digits of one at least


def each_beside_other(page: MarkedPage, header: Header, rows: Sequence[Row]) -> list[tuple[Header, list[Row], MeterKind | None]]:
    """The table once for each meter of a row, with what stands outside the repeated columns, and the kind that the heads of its own name;
    the table as it is where its columns do not repeat. What a calculator counts beside heat («M1, т» over the same columns) is no meter."""
    repeated = _groups([column.role for column in header.columns])
    said = {group.start: _said_over(page, header, group) for group in repeated}
    kinds = {start: _kind(items) for start, items in said.items()}
    groups = [group for group in repeated if not _counts_beside_heat(said[group.start])]
    if not groups:
        return [(header, list(rows), None)]
    inside = range(repeated[0].start, repeated[-1].stop)
    named = _named_over(page, header, groups)
    out = []
    for group in groups:
        kept = [n for n in range(len(header.columns)) if n in group or n not in inside]
        place = {n: m for m, n in enumerate(kept)}
        own = [
            replace(row, cells={place[n]: cell for n, cell in row.cells.items() if n in place}, heading=named.get(group.start, row.heading))
            for row in rows
        ]
        kind = kinds[group.start] if all(kinds.values()) else None  # else a title happens to name it there
        columns = [header.columns[n] for n in kept]
        out.append((replace(header, columns=columns), [row for row in own if row.cells], kind))
    return out


def _named_over(page: MarkedPage, header: Header, groups: Sequence[range]) -> dict[int, list[Token]]:
    """What the line that names each meter by its serial over its own columns («Зав. № 401806») says of it, by the first of these."""
    extents = {group.start: box_of([token for n in group for token in header.columns[n].tokens]) for group in groups}
    for line in page.lines[max(0, header.first - _OVER) : header.last + 1]:
        over = {n: [t for t in line.tokens if extent.left <= t.box.middle[0] <= extent.right] for n, extent in extents.items()}
        if all(_names_meter(items_in(page, tokens)) for tokens in over.values()):
            return over
    return {}


def _names_meter(said: Sequence[Item]) -> bool:
    """Whether words over a meter's columns name it by one serial."""
    numbers = [i.text for i in said if i.sort == "number" and len(i.text) >= _SERIAL]
    return any(i.key == "serial" for i in said) and len(numbers) == 1 and numbers[0].isdigit()


def _said_over(page: MarkedPage, header: Header, group: range) -> list[Item]:
    """What the lines of the head, and the one over it, say over a meter's columns."""
    extent = box_of([token for n in group for token in header.columns[n].tokens])
    items = [i for n in range(max(0, header.first - 1), header.last + 1) for i in page.on_line(n)]
    return [i for i in items if extent.left <= i.box.middle[0] <= extent.right]


def _kind(said: Sequence[Item]) -> MeterKind | None:
    """The one kind that is said over a meter's columns."""
    kinds = {i.value for i in said if i.sort == "kind" and isinstance(i.value, MeterKind)}
    return kinds.pop() if len(kinds) == 1 else None


def _groups(roles: Sequence[str]) -> list[range]:
    """The columns of each meter, where both readings come again in the same order at an even distance; else none."""
    first, second = ([n for n, role in enumerate(roles) if role == name] for name in _BOTH)
    if len(first) < 2 or len(first) != len(second):
        return []
    period = first[1] - first[0]
    even = all(b - a == period for places in (first, second) for a, b in itertools.pairwise(places))
    if not even or abs(second[0] - first[0]) >= period:
        return []
    start = min(first[0], second[0])
    while start > 0 and start + period - 1 > max(first[0], second[0]) and roles[start - 1] == roles[start - 1 + period]:
        start -= 1
    groups = [range(start + n * period, start + (n + 1) * period) for n in range(len(first))]
    same = [[roles[n] for n in group if n < len(roles)] for group in groups]
    return groups if all(one == same[0] for one in same) else []


def _counts_beside_heat(said: Sequence[Item]) -> bool:
    """Whether what is said over a meter's columns names masses, degrees or hours and nothing of energy or water."""
    named = any(i.key in BESIDE_HEAT or (i.sort == "unit" and not isinstance(i.value, Unit)) for i in said)
    return named and not any(i.key in ("energy", "energy_water") or isinstance(i.value, Unit) for i in said)
