"""How far a table may reach: a cell at the end of the sheet makes libraries hold all that lies before it in memory."""

from __future__ import annotations

from dataclasses import dataclass

MOST_ROWS = 20_000
MOST_COLUMNS = 1_000
MOST_CELLS = 2_000_000  # of a sheet, empty ones counted; a report has a few hundred


class TooLarge(Exception):
    """A table reaches further than that of any report."""


@dataclass(slots=True)
class Extent:
    """The rows and columns of a table so far."""

    rows: int = 0
    columns: int = 0

    def reach(self, row: int, column: int) -> None:
        """Counts a cell in, both from 0. Raises TooLarge."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        if self.rows > MOST_ROWS or self.columns > MOST_COLUMNS or self.rows * self.columns > MOST_CELLS:
            raise TooLarge(f"a table of {self.rows} x {self.columns} cells")
