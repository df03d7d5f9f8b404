"""What an office file holds, in reading order: lines of text, tables, pictures. From here on it does not matter which program wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TABLE_CELLS = 3  # filled cells from which a row is one of a table


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as it is shown. A tab is a gap; `centred` and `right` say where it stands on the page."""

    text: str
    centred: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows. across, down: columns and rows that it covers."""

    text: str
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Cells by (row, column), from 0; only cells that show something. ruled: rows between which lines are drawn, half open.

    overflows: as in a spreadsheet, text runs on over empty cells at its right instead of being broken.
    """

    cells: dict[tuple[int, int], Cell]
    ruled: tuple[tuple[int, int], ...] = ()
    overflows: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """An embedded picture as a file of its own; width, height: points at which it is shown, None where that is not known; cell: row and
    column of the table before it over which its left upper corner lies, where it lies over one."""

    data: bytes
    width: float | None = None
    height: float | None = None
    cell: tuple[int, int] | None = None


Block = Line | Table | Picture
#: A small picture with its pixels, to be set into the page.
Placed = tuple[Picture, Any]  # a PIL.Image.Image


def table_runs(cells: dict[tuple[int, int], Cell]) -> tuple[tuple[int, int], ...]:
    """Runs of rows that are a table: at least two, each with several filled cells. The office shows its grid there."""
    filled: dict[int, int] = {}
    for (row, _), cell in cells.items():
        for covered in range(row, row + cell.down):
            filled[covered] = filled.get(covered, 0) + 1
    runs: list[tuple[int, int]] = []
    for row in sorted(r for r, count in filled.items() if count >= TABLE_CELLS):
        if runs and runs[-1][1] == row:
            runs[-1] = runs[-1][0], row + 1
        else:
            runs.append((row, row + 1))
    return tuple(run for run in runs if run[1] - run[0] >= 2)
