"""Where the cells of a table stand once it is set: widths of columns, lines of text in each cell, lines drawn between them. In points."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from parsers.office.blocks import Cell, Table

LETTERS_LIMIT = 2_000  # of one line or cell
PADDING = 6.0  # between a line and the text beside it
_NARROWEST, _CELL_WIDTH, _SPILL_WIDTH = 24.0, 300.0, 900.0

Place = tuple[int, int]  # row and column, from 0


class Grid:
    """rows: the cells of each row; lines: the text of each cell as it is broken; last: the row behind the last.

    widest: what the table may take; length: the width of a text.
    """

    def __init__(self, table: Table, widest: float, length: Callable[[str], float]) -> None:
        self._table = table
        self._length = length
        self.rows: dict[int, list[tuple[Place, Cell]]] = {}
        for place, cell in sorted(table.cells.items()):
            self.rows.setdefault(place[0], []).append((place, cell))
        self.last = max(row + cell.down for (row, _), cell in table.cells.items())
        self._columns = max(column + cell.across for (_, column), cell in table.cells.items())
        self._runs = {row: run for run in table.ruled for row in range(*run)}
        self._extents = {run: self._extent(run) for run in table.ruled}
        spans = {place: self._span(place, cell, following) for place, cell, following in self._neighbours()}
        self._lefts = [0.0]
        for width in self._widths(spans, widest):
            self._lefts.append(self._lefts[-1] + width)
        self.lines = {place: self._wrapped(cell.text, self._width(place[1], spans[place])) for place, cell in table.cells.items()}
        self._wide = [(place, cell) for place, cell in table.cells.items() if cell.across > 1 or cell.down > 1]

    def run(self, row: int) -> tuple[int, int] | None:
        """The rows between which lines are drawn, where this row is one of them."""
        return self._runs.get(row)

    def is_edge(self, row: int) -> bool:
        """Whether such rows begin with this one, or have ended with the one before."""
        return self._runs.get(row) != self._runs.get(row - 1)

    def edges(self, column: int, across: int) -> tuple[float, float]:
        return self._lefts[column], self._lefts[min(column + across, len(self._lefts) - 1)]

    def left(self, column: int) -> float:
        """Where a column begins; where one behind the last would, at the end of that."""
        return self._lefts[min(column, len(self._lefts) - 1)]

    def lines_above(self, row: int) -> Iterator[tuple[float, float]]:
        """The sides above the row's cells; none inside a cell that covers several rows."""
        first, last = self._extents[self._runs[row]]
        inside = {c for (top, left), cell in self._wide if top < row < top + cell.down for c in range(left, left + cell.across)}
        for column in range(first, last):
            if column not in inside:
                yield self._lefts[column], self._lefts[column + 1]

    def lines_beside(self, row: int) -> Iterator[float]:
        """The sides left and right of the row's cells; none inside a cell that covers several columns."""
        first, last = self._extents[self._runs[row]]
        inside = {c for (top, left), cell in self._wide if top <= row < top + cell.down for c in range(left + 1, left + cell.across)}
        return (self._lefts[column] for column in range(first, last + 1) if column not in inside)

    def _extent(self, run: tuple[int, int]) -> tuple[int, int]:
        places = [(column, column + cell.across) for row in range(*run) for (_, column), cell in self.rows.get(row, [])]
        return min((left for left, _ in places), default=0), max((right for _, right in places), default=0)

    def _neighbours(self) -> Iterator[tuple[Place, Cell, int | None]]:
        """Every cell with the column of the next one in its row."""
        for cells in self.rows.values():
            for (place, cell), following in zip(cells, [*(p[1] for p, _ in cells[1:]), None], strict=True):
                yield place, cell, following

    def _span(self, place: Place, cell: Cell, following: int | None) -> int:
        """Columns over which a cell's text may run: its own, and in a spreadsheet the empty ones at its right."""
        may_run_on = self._table.overflows and cell.across == 1 and place[0] not in self._runs
        if not may_run_on or not re.search(r"[^\W\d_]", cell.text):
            return cell.across
        return (self._columns if following is None else following) - place[1]

    def _widths(self, spans: dict[Place, int], widest: float) -> list[float]:
        widths = [_NARROWEST] * self._columns
        for place, cell in sorted(self._table.cells.items(), key=lambda item: spans[item[0]]):
            column, span = place[1], spans[place]
            open_ended = self._table.overflows and column + span >= self._columns and place[0] not in self._runs
            wanted = self._wanted(cell.text, _SPILL_WIDTH if open_ended else _CELL_WIDTH * span)
            if span == 1:
                widths[column] = max(widths[column], wanted)
            elif (lacking := wanted - sum(widths[column : column + span])) > 0:
                widths[column + span - 1] += lacking
        scale = min(1.0, widest / sum(widths))
        return [width * scale for width in widths]

    def _wanted(self, text: str, most: float) -> float:
        """The width of a cell in which its text stands on one line, or is broken where that is too long; no word of usual length is."""
        longest = max(self._length(line) for line in text.split("\n"))
        word = max((self._length(w) for w in text.split()), default=0.0)
        return min(max(word, min(longest, most)), _SPILL_WIDTH) + 2 * PADDING + 0.5

    def _width(self, column: int, span: int) -> float:
        left, right = self.edges(column, span)
        return right - left - 2 * PADDING

    def _wrapped(self, text: str, width: float) -> list[str]:
        lines: list[str] = []
        for line in text[:LETTERS_LIMIT].split("\n"):
            current = ""
            for word in line.split():
                longer = f"{current} {word}" if current else word
                if current and self._length(longer) > width:
                    lines.append(current)
                    current = word
                else:
                    current = longer
            lines.append(current)
        return lines
