"""Cells that wrap where no lines are drawn: text beside text half a line higher is one row of cells, in each the words that wrap in it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from metering.pages import Box
from parsers.page.drawn import verticals
from parsers.page.grids import holds_rows, unbroken
from parsers.page.lines import Line, box_of, cells_of, numbered
from parsers.page.tokens import Form, Token
from parsers.wording.lexicon import find_labels, opening_label

_OVERLAP = 0.2  # of a line's height: lines of running text do not reach into each other
_MOST_LINES = 8
_GAP = 1.6  # letters between two cells
_LEAST_BLOCK = 3  # lines of two blocks beside each other
_BLOCKS = 2
_PLACES = frozenset({"meter_point", "object"})  # labels that an address stands behind
_STEP = 0.3  # of a word's height, between the lines of two cells


def cell_by_cell(lines: list[Line], rules: Sequence[Box]) -> list[Line]:
    """The lines of a page, those that stand half a line apart beside each other as one, its cells parted by bars; none of a drawn table."""
    upright = verticals(rules)
    out: list[Line] = []
    for group in _groups(lines):
        box = Box.around([line.box for line in group])
        drawn = any(r.top < box.bottom and r.bottom > box.top and box.left < r.left < box.right for r in upright)
        row = _row(group) if 1 < len(group) <= _MOST_LINES and not drawn else None
        out += (group if drawn else _block_by_block(group)) if row is None else [row]
    return lines if len(out) == len(lines) and all(a is b for a, b in zip(out, lines, strict=True)) else numbered(out)


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    bottom = 0.0
    for line in lines:
        height = min(line.box.height, groups[-1][-1].box.height) if groups else 0.0
        if groups and bottom - line.box.top > _OVERLAP * height:
            groups[-1].append(line)
        else:
            groups.append([line])
            bottom = 0.0
        bottom = max(bottom, line.box.bottom)
    return groups


def _row(group: Sequence[Line]) -> Line | None:
    """Several lines as one row of cells; None where they do not stand in cells beside each other, or are several rows of values."""
    letter = max(line.letter for line in group)
    cells = [part for line in group for cell in cells_of(line.tokens, _GAP * line.letter) for part in _level(cell)]
    if any(t.form is Form.BAR for line in group for t in line.tokens):
        return None
    columns = _columns(cells)
    wrapped = [sorted(cells, key=lambda cell: box_of(cell).top) for _, cells in columns]
    if len(columns) < 2 or not all(_stand_below(cells) for cells in wrapped):
        return None
    whole = [[token for cell in cells for token in cell] for cells in wrapped]
    if holds_rows(whole) or not _is_label(whole[0]):
        return None
    tokens: list[Token] = []
    for (box, _), cell in zip(columns, whole, strict=True):
        if tokens:
            tokens.append(Token("|", Form.BAR, "|", Box(box.left - 1, box.top, box.left - 1, box.bottom), 1.0))
        tokens += unbroken(cell)
    return Line(0, tokens, box_of([t for t in tokens if t.form is not Form.BAR]), letter)


def _block_by_block(group: Sequence[Line]) -> Sequence[Line]:
    """Lines half a line apart, those of the block at the left before those of the block at the right, where both begin with a label:
    «Наименование абонента ООО «…»» beside «Договор на пользование тепловой | энергией № 01234»."""
    if len(group) < _LEAST_BLOCK or any(t.form is Form.BAR for line in group for t in line.tokens):
        return group
    columns = _columns([cell for line in group for cell in cells_of(line.tokens, _GAP * line.letter)])
    edges = [box.left for box, cells in columns if _begins_with_label(min(cells, key=lambda cell: cell[0].box.top))]
    if len(edges) != _BLOCKS or edges[0] > columns[0][0].left:
        return group
    blocks: tuple[list[Line], list[Line]] = ([], [])
    for line in group:
        for block, at_right in zip(blocks, (False, True), strict=True):
            if tokens := [t for t in line.tokens if (t.box.left >= edges[1]) is at_right]:
                block.append(Line(0, tokens, box_of(tokens), line.letter))
    return [*blocks[0], *blocks[1]] if all(blocks) else group


def _columns(cells: Sequence[list[Token]]) -> list[tuple[Box, list[list[Token]]]]:
    """Cells that reach over each other's width, left to right, with what they take up together."""
    columns: list[tuple[Box, list[list[Token]]]] = []
    for cell in sorted(cells, key=lambda cell: box_of(cell).left):
        box = box_of(cell)
        if columns and box.left < columns[-1][0].right:
            columns[-1] = columns[-1][0].union(box), [*columns[-1][1], cell]
        else:
            columns.append((box, [cell]))
    return columns


def _begins_with_label(cell: Sequence[Token]) -> bool:
    words = [t.fold for t in cell if t.form is Form.WORD or t.fold == "№"]
    label = opening_label(words)
    return label is not None and (label.group == "requisites" or label.key in _PLACES)


def _level(cell: list[Token]) -> list[list[Token]]:
    """A cell parted where its words stand half a line apart: those of two columns that are near each other («Истеъмол» beside the first
    line of «Ўлчов бирлиги»)."""
    parts = [[cell[0]]]
    for before, token in itertools.pairwise(cell):
        height = max(before.box.height, token.box.height)
        if abs(token.box.middle[1] - before.box.middle[1]) > _STEP * height and token.form is before.form is Form.WORD:
            parts.append([])
        parts[-1].append(token)
    return parts


def _is_label(cell: Sequence[Token]) -> bool:
    """Whether a cell is one label and nothing else. Two blocks of a letterhead stand beside each other too."""
    words = [t.fold for t in cell if t.form is Form.WORD or t.fold == "№"]
    labels = find_labels(words)
    return bool(labels) and labels[0].first == 0 and labels[-1].last == len(words) - 1


def _stand_below(cells: Sequence[Sequence[Token]]) -> bool:
    """Whether the pieces of a cell stand one under the other, no two side by side."""
    boxes = [box_of(cell) for cell in cells]
    return all(two.middle[1] - one.middle[1] > 0.7 * min(one.height, two.height) for one, two in itertools.pairwise(boxes))
