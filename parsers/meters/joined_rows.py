"""Lines of a table put together to its rows: numbers broken at their thousands, and lines that are only wrapped cells."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence

from parsers.meters.columns import Column
from parsers.meters.row import ANCHORS, Row, is_sum
from parsers.page.lines import text_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token

_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_VALUE = re.compile(r"\d{4,}|\d+[.,]\d+")
_HEAD, _TAIL = re.compile(r"\d{1,3}(?: \d{3})*"), re.compile(r"\d{3}(?:[.,]\d+)?")


def joined(page: MarkedPage, lines: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """The rows of a table, top to bottom, of its printed lines: each line comes as a row of its own."""
    return _join(page, _with_wrapped_numbers(lines, columns), columns)


def _with_wrapped_numbers(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """Numbers broken at the space between their thousands (`772` over `998,0`) put together: two half rows become one."""
    out = list(rows)
    for row in rows:
        for other in rows[rows.index(row) + 1 : rows.index(row) + 3]:
            if row in out and other in out and other.box.top - row.box.bottom < 1.2 * row.box.height and _are_halves(row, other, columns):
                row.cells = {n: row.cells.get(n, []) + other.cells.get(n, []) for n in {*row.cells, *other.cells}}
                row.box, row.lines = row.box.union(other.box), row.lines + other.lines
                out.remove(other)
    merged: list[Row] = []
    for row in out:  # such a row has its centre where the line with its other cells stands
        home = next(
            (
                m
                for m in merged
                if abs(m.box.middle[1] - row.box.middle[1]) < 0.4 * min(m.box.height, row.box.height)
                and not m.cells.keys() & row.cells.keys()
            ),
            None,
        )
        if home is None:
            merged.append(row)
        else:
            home.cells.update(row.cells)
            home.lines += row.lines
    return merged


def _are_halves(row: Row, other: Row, columns: Sequence[Column]) -> bool:
    numbers = [n for n, cell in row.cells.items() if any(t.form is Form.NUMBER for t in cell)]
    below = [n for n, cell in other.cells.items() if any(t.form is Form.NUMBER for t in cell)]
    if not numbers or numbers != below or any(columns[n].role not in ANCHORS - {"serial"} for n in numbers):
        return False
    return all(
        _HEAD.fullmatch(text_of(row.cells[n])) and _TAIL.fullmatch(text_of([t for t in other.cells[n] if t.form is Form.NUMBER]))
        for n in numbers
    )


def _join(page: MarkedPage, rows: list[Row], columns: Sequence[Column]) -> list[Row]:
    """Lines that are only wrapped cells go to the nearest row, up or down, between the same horizontal rules where there are some."""
    anchors = [row for row in rows if _weight(row, columns) >= 2]
    if not anchors:  # one known column: the rows that have values in further ones, if there are such
        known = [row for row in rows if _weight(row, columns) >= 1]
        anchors = [row for row in known if sum(map(_has_value, row.cells.values())) > 1] or known
        anchors = anchors or [row for row in rows if any(t.form is Form.NUMBER for t in row.tokens())]
    anchors += [row for row in rows if (_stands_alone(page, row) or _is_day(row, columns)) and not any(row is a for a in anchors)]
    bands = _horizontals(page, columns)
    for row in [row for row in rows if not any(row is a for a in anchors)]:
        target = _home(page, row, anchors, columns, bands)
        if target is None:
            if row.cells:
                anchors.append(row)
            continue
        for n, cell in row.cells.items():
            before = row.box.middle[1] < target.box.middle[1]
            target.cells[n] = cell + target.cells[n] if n in target.cells and before else target.cells.get(n, []) + cell
        target.lines += row.lines
        target.guessed = target.guessed or _band(bands, row) != _band(bands, target) or not bands
    return sorted(anchors, key=lambda row: row.box.top)


def _home(page: MarkedPage, row: Row, anchors: list[Row], columns: Sequence[Column], bands: list[float]) -> Row | None:
    """The row that a wrapped line belongs to: the one between the same rules, else the nearest that has no such value yet."""
    rows = [a for a in anchors if not _stands_alone(page, a) and not _are_two(a, row)]
    same = [a for a in rows if bands and _band(bands, a) == _band(bands, row)]
    if same:
        return min(same, key=lambda a: abs(a.box.middle[1] - row.box.middle[1]))
    own = [n for n, cell in row.cells.items() if columns[n].role in ANCHORS and _has_value(cell)]
    free = [a for a in rows if not any(n in a.cells and _has_value(a.cells[n]) for n in own)]
    near = [a for a in free if abs(a.box.middle[1] - row.box.middle[1]) < 3.5 * row.box.height]
    return min(near, key=lambda a: abs(a.box.middle[1] - row.box.middle[1]), default=None)


def _are_two(one: Row, other: Row) -> bool:
    """Whether two lines have values in two columns each: neither is what wraps in the other's cells."""
    both = [(cell, other.cells[n]) for n, cell in one.cells.items() if n in other.cells]
    return sum(all(any(_VALUE.fullmatch(t.text) for t in cell) for cell in pair) for pair in both) > 1


def _has_value(cell: Sequence[Token]) -> bool:
    """Whether a cell holds a number that can be a value; those of a meter's model (SA-94/1, Sharky 774) are none."""
    if _THOUSANDS.fullmatch(text_of(list(itertools.takewhile(lambda t: t.form is Form.NUMBER, cell)))):
        return True  # «59 582»
    numbers = [t for n, t in enumerate(cell) if t.form is Form.NUMBER and not (t.glued and n and cell[n - 1].fold != "№")]
    return any(len(cell) == 1 or _VALUE.fullmatch(t.text) for t in numbers)


def _band(bands: list[float], row: Row) -> int:
    return bisect_right(bands, row.box.middle[1])


def _is_day(row: Row, columns: Sequence[Column]) -> bool:
    """Whether a row is a day of a printout although its energy was not read: its masses, temperatures and hours were."""
    numbers = sum(any(t.form is Form.NUMBER for t in cell) for cell in row.cells.values())
    return columns[0].role in ("report_date", "date_column") and numbers >= 4


def _stands_alone(page: MarkedPage, row: Row) -> bool:
    return is_sum(page.on_line(row.lines[0]))


def _weight(row: Row, columns: Sequence[Column]) -> int:
    return sum(1 for n, cell in row.cells.items() if columns[n].role in ANCHORS and any(t.form is Form.NUMBER for t in cell))


def _horizontals(page: MarkedPage, columns: Sequence[Column]) -> list[float]:
    """y of the rules drawn across at least half of a table's width, top to bottom; cells may have their own borders."""
    left, right = columns[0].box.left, columns[-1].box.right
    return [r.middle[1] for r in page.across if min(r.right, right) - max(r.left, left) > 0.5 * (right - left)]
