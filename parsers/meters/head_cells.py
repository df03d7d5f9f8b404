"""Cells of a line that heads columns of numbers, also where only a plain space stands between them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from metering.units import Unit, is_energy
from parsers.page.found import NUMBERS
from parsers.page.items import Item
from parsers.page.lines import Line, cells_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Token

#: Meanings of columns that a calculator prints beside heat.
BESIDE_HEAT = frozenset({"mass", "volume", "temperature", "pressure", "hours", "flags"})
_NAMES, _WRAPPED = 3, 3  # labels of a head below which words wrap; lines from its names to the rows at most
#: Labels that begin a column wherever two columns of numbers are apart below.
_BEGINNING = BESIDE_HEAT | {"energy", "energy_water", "period", "reading", *NUMBERS}
#: Labels that a day belongs to when it stands behind them («Конец 21.03.2026», «Показание на 24.10.2026»).
_DATED = frozenset({"reading", "reading_date", "previous_date", "period", *NUMBERS})


def head_cells(page: MarkedPage, line: Line, rules: Sequence[float]) -> list[list[Token]]:
    """The cells of a line of names of columns; those a plain space apart part where a name or a day begins between two columns of
    numbers below («Параметр 24.02.26 24:00 17.03.26 24:00 Разность»)."""
    cells = cells_of(line.tokens, line.letter, rules)
    starts = [*_labels(page, line), *_days(page, line)]
    if any(heads_dated(page, i) for i in page.on_line(line.number)[:1]) or not starts or not any(len(cell) > 1 for cell in cells):
        return cells
    pieces: list[list[Token]] = []
    for cell in cells:
        pieces.append([cell[0]])
        for before, token in itertools.pairwise(cell):
            middle = (before.box.right + token.box.left) / 2
            if any(token is start for start in starts) and _parts_columns(page, line, middle):
                pieces.append([])
            pieces[-1].append(token)
    return pieces


def heads_dated(page: MarkedPage, item: Item) -> bool:
    """Whether a label stands in the title of readings that days tell («Показания на начало и конец периода» over «на 24.10.2026 …»)."""
    line, below = page.on_line(item.line), page.on_line(item.line + 1)
    said = {i.key for i in line if i.sort == "label"}
    both = {"previous", "current"} <= said and not any(i.sort in ("number", "date") for i in line)
    return both and bool(below) and below[0].sort == "date" and any(i.sort == "number" for i in below)


def _labels(page: MarkedPage, line: Line) -> list[Token]:
    return [i.tokens[0] for i in page.on_line(line.number) if i.sort == "label" and i.key in _BEGINNING]


def _days(page: MarkedPage, line: Line) -> list[Token]:
    """Where the days of a line begin, with the word before them («на 23.10.25»), but those that a label before them names."""
    items = page.on_line(line.number)
    starts = []
    for day in (i for i in items if i.sort == "date"):
        place = next(n for n, t in enumerate(line.tokens) if t is day.tokens[0])
        named = _label_at(items, line.tokens[place - 1]) if place else None
        if place and named is None and line.tokens[place - 1].text.isalpha():
            place -= 1
            named = _label_at(items, line.tokens[place - 1]) if place else None
        if named is None or named.key not in _DATED:
            starts.append(line.tokens[place])
    return starts


def _label_at(items: Sequence[Item], token: Token) -> Item | None:
    """The label that a token belongs to."""
    return next((i for i in items if i.sort == "label" and any(t is token for t in i.tokens)), None)


def parts_numbers(page: MarkedPage, head: int, x: float, edges: tuple[float, float]) -> bool:
    """Whether each of the two lines below a line of a head has a number on both sides of a place, between two rules, and nothing on it."""
    below = _rows_below(page, head)
    inside = [[i.box for i in items if i.sort == "number" and edges[0] < i.box.left and i.box.right < edges[1]] for items in below]
    return all(any(box.right < x for box in boxes) and any(box.left > x for box in boxes) for boxes in inside) and _is_free(below, x)


def _rows_below(page: MarkedPage, head: int) -> list[list[Item]]:
    """The two lines below a line of a head; words that wrap in one cell of it («Номер | прибора») come before them."""
    first, last = head + 1, len(page.lines) - 1
    if sum(i.sort == "label" for i in page.on_line(head)) >= _NAMES:
        while first < min(head + _WRAPPED, last) and not _has_values(page, first) and _is_one_cell(page.lines[first]):
            first += 1
    return [page.on_line(first), page.on_line(first + 1)]


def _is_one_cell(line: Line) -> bool:
    return len(cells_of(line.tokens, 2.5 * line.letter)) == 1


def _has_values(page: MarkedPage, number: int) -> bool:
    return any(i.sort in ("number", "date") for i in page.on_line(number))


def _parts_columns(page: MarkedPage, line: Line, x: float) -> bool:
    """Whether each of the two lines below a head has a number on both sides of a place, or its day or name before it, and nothing on it."""
    below = _rows_below(page, line.number)
    apart = all(items and items[0].box.right < x and any(i.sort == "number" and i.box.left > x for i in items) for items in below)
    return apart and _is_free(below, x)


def _is_free(lines: Sequence[Sequence[Item]], x: float) -> bool:
    return not any(i.box.left < x < i.box.right for items in lines for i in items)


def names_heat(item: Item) -> bool:
    """Whether an item is a name or a unit of energy."""
    return item.key in ("energy", "energy_water") or (isinstance(item.value, Unit) and is_energy(item.value))
