"""Rows of a table that stands on its side, a meter a column: cells wrapped over several lines are one row's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from metering.pages import Box
from parsers.meters.columns import rules_across
from parsers.page.drawn import in_one_row
from parsers.page.lines import Line, box_of, cells_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Token


@dataclass(slots=True)
class SidewaysRow:
    """A row: its cells left to right, each perhaps of several printed lines, and what its first cell means."""

    cells: list[list[Token]]
    box: Box
    height: float  # of one of its lines
    lines: set[int]
    role: str = ""
    dated: bool = False
    day: str | None = None  # on which the current readings of this row were taken


def sideways_rows(page: MarkedPage, lines: Sequence[Line]) -> list[SidewaysRow]:
    """Lines as rows: what stands between the same drawn lines, or half a line apart, is one row whose cells are wrapped."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _is_same_row(page, groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_row(page, group) for group in groups]


def _is_same_row(page: MarkedPage, group: list[Line], line: Line) -> bool:
    box = Box.around([other.box for other in group])
    shared = box.bottom - line.box.top
    if shared > 0.2 * line.box.height:
        return True
    if shared < -0.8 * line.box.height:
        return False
    return in_one_row(page.across, box, line.box)


def _row(page: MarkedPage, group: list[Line]) -> SidewaysRow:
    cells = [cell for line in group for cell in cells_of(line.tokens, line.letter, rules_across(page, line.box))]
    box, height = Box.around([line.box for line in group]), group[0].box.height
    if len(group) == 1:
        return SidewaysRow(cells, box, height, {group[0].number})
    columns: list[list[Token]] = []
    for cell in sorted(cells, key=lambda cell: box_of(cell).left):
        if columns and box_of(columns[-1]).right > box_of(cell).left + 1:
            columns[-1] = sorted(columns[-1] + cell, key=lambda t: (t.line, t.box.left))
        else:
            columns.append(cell)
    return SidewaysRow(columns, box, height, {line.number for line in group})
