"""Which lines of a page may be the header of a table of meters, or of what a calculator counts."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from metering.units import Unit, is_energy
from parsers.meters.columns import header_of, rules_across
from parsers.meters.head_cells import BESIDE_HEAT, head_cells, names_heat
from parsers.meters.head_lines import (
    BROKEN_OFF,
    STRONG,
    SURELY,
    colon_behind,
    continues,
    grow,
    holds_values,
    is_numbered,
    is_quantity,
    telling,
    worded,
)
from parsers.page.items import Item
from parsers.page.lines import Line, cells_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token

#: What a printout has beside heat; tonnes, hours and the like are units of no meter ("other").
_BESIDE_HEAT = BESIDE_HEAT | {"other"}
_NAME = 2  # signs of what a calculator counts: T1, V2
#: What a row of integrators is called.
_ROW_NAMES = frozenset({"previous", "current", "consumption", "cumulative", "period"})


def is_seed(page: MarkedPage, line: Line) -> bool:
    """Whether a line, with the lines that its cells wrap into, has two columns' meanings and no values."""
    if _heads_days(page, line) or _heads_dates(page, line) or heads_integrators(page, line):
        return True
    if not telling(page, line) or holds_values(page, line) or is_numbered(cells_of(line.tokens, line.letter)):
        return False
    items = page.on_line(line.number)
    colons = sum(1 for a, b in itertools.pairwise(line.tokens) if a.form is Form.WORD and b.text == ":")
    # A journal has a column for signatures.
    meanings = len(telling(page, line))
    parting = frozenset() if meanings > SURELY else BROKEN_OFF - {"signature"} if meanings > 1 else BROKEN_OFF
    if colons > 1 or any(i.sort == "label" and i.key in parting for i in items):
        return False
    if len(worded(head_cells(page, line, rules_across(page, line.box)))) < 2:
        return False
    roles = set(telling(page, line))
    for other in page.lines[max(0, line.number - 2) : line.number + 3]:
        if other is not line and continues(page, other, line):
            roles |= telling(page, other)
    return len(roles) >= 2 or _tells_wrapped(page, line)


def _tells_wrapped(page: MarkedPage, line: Line) -> bool:
    """Whether two columns' meanings show once the words that are wrapped in their cells («Кол-» over «во») stand together."""
    first, last = grow(page, line.number, 0)
    return last > first and len({column.role for column in header_of(page, first, last).columns} & STRONG) >= 2


def _heads_days(page: MarkedPage, line: Line) -> bool:
    """Whether a line heads a printout although OCR left little of its columns' names: first the date, then heat and
    two other columns, or heat alone over lines that begin with their day."""
    items = page.on_line(line.number)
    energy = any(i.sort == "unit" and isinstance(i.value, Unit) and is_energy(i.value) for i in items)
    others = sum(i.key in _BESIDE_HEAT for i in items)
    first = bool(items) and items[0].key in ("report_date", "date_column") and not colon_behind(page, items[0])
    below = page.on_line(line.number + 1)
    days = len(below) > 1 and below[0].sort == "date" and below[1].sort == "number" and not any(i.sort == "number" for i in items)
    # The corner over the days of integrators is often empty.
    unnamed = days and others > 0 and sum(i.sort == "number" for i in below) > 2
    return energy and (unnamed or (first and (others >= 2 or days))) and not any(i.sort == "date" for i in items)


def heads_integrators(page: MarkedPage, line: Line) -> bool:
    """Whether a line, with its units perhaps on the next, names heat and what a calculator counts beside it, over rows that begin with
    their day or with what their readings are called («На начало периода»). Of the other columns OCR may leave nothing that is known."""
    head = [n for n in (line.number, line.number + 1) if not any(_tells(page, i) for i in page.on_line(n))]
    cells = cells_of(line.tokens, line.letter, rules_across(page, line.box))
    if head[:1] != [line.number] or len(cells) < 2 or any(colon_behind(page, i) for i in page.on_line(line.number)):
        return False
    if not any(i.key in _BESIDE_HEAT for i in page.on_line(line.number)) and not (page.ocr and _names_heat_once(page, line, cells)):
        return False
    rows = (page.on_line(n) for n in range(line.number + 1, line.number + 4))
    below = next((row for row in rows if any(i.sort == "number" for i in row)), [])
    # Its number («1 | 31.10.2026 | …») or a word for readings («Показания на 31.10.2026») may stand before the day.
    begins = below[1:] if len(below) > 1 and below[1].sort == "date" else below
    named = bool(begins) and (begins[0].sort == "date" or begins[0].key in _ROW_NAMES)
    heat = any(names_heat(i) for n in head for i in page.on_line(n))
    return heat and named and sum(i.sort == "number" for i in begins) >= 2


def _tells(page: MarkedPage, item: Item) -> bool:
    """Whether a number or a date stands in a line; of OCR a single digit is a letter («Tраб, 4» for ч), and two before a bracket a name
    («71 [°C]» for T1)."""
    if item.sort != "number" or not page.ocr:
        return item.sort in ("date", "number")
    behind = page.tokens[item.last + 1 : item.last + 2]
    framed = bool(behind) and behind[0].text in "[(" and behind[0].line == item.line
    return len(item.text) > (_NAME if framed else 1)


def _names_heat_once(page: MarkedPage, line: Line, cells: Sequence[Sequence[Token]]) -> bool:
    """Whether one cell behind the first names heat, and two others nothing that a meter's column is called."""
    items = page.on_line(line.number)
    said = [[i for i in items if any(i.tokens[0] is t for t in cell)] for cell in cells]
    heat = [n for n, inside in enumerate(said) if any(names_heat(i) for i in inside)]
    others = [inside for n, inside in enumerate(said) if n and n not in heat]
    return len(heat) == 1 and heat[0] > 0 and len(others) > 1 and not any(i.sort == "kind" or i.key in STRONG for o in others for i in o)


def _heads_dates(page: MarkedPage, line: Line) -> bool:
    """Whether a line heads readings by their dates: two cells of different dates and nothing else («на 23.11.2025»), other cells beside,
    or an empty corner over what the rows below are called."""
    if holds_values(page, line) and not (page.ocr and _stands_over_numbers(page, line)):
        return False
    cells = head_cells(page, line, rules_across(page, line.box))
    if any(cell[-1].text == ":" for cell in cells):
        return False  # labels with their dates beside them
    if any(i.key == "verification" and i.tokens[0] in cells[0] for i in page.on_line(line.number)):
        return False  # a row of a table on its side
    dates = [i for i in page.on_line(line.number) if i.sort == "date"]
    alone = [i for i in dates for cell in cells if i.tokens[-1] in cell and _says_only(cell, i)]
    return len({i.date for i in alone}) == 2 and (len(cells) > 2 or (len(cells) == 2 and _has_corner(page, line)))


def _stands_over_numbers(page: MarkedPage, line: Line) -> bool:
    """Whether a line without quantities has one under each of its dates, in a line that begins with words left of them: the rule between
    the two was not found in the picture."""
    if any(is_quantity(i) for i in page.on_line(line.number)) or line.number + 1 >= len(page.lines):
        return False
    dates = [i for i in page.on_line(line.number) if i.sort == "date"]
    below = page.lines[line.number + 1]
    numbers = [i for i in page.on_line(below.number) if is_quantity(i)]
    named = bool(dates) and below.tokens[0].form is Form.WORD and below.tokens[0].box.right < dates[0].box.left
    return named and len(numbers) >= len(dates) and not any(i.sort == "date" for i in page.on_line(below.number))


def _has_corner(page: MarkedPage, line: Line) -> bool:
    """Whether the next line begins with words left of this one, and has a number under each of its two cells."""
    below = page.lines[line.number + 1] if line.number + 1 < len(page.lines) else None
    if below is None or below.tokens[0].form is not Form.WORD or below.tokens[0].box.right >= line.box.left:
        return False
    numbers = [i for i in page.on_line(below.number) if i.sort == "number"]
    return len(numbers) == 2 and numbers[0].box.right > line.box.left


def _says_only(cell: Sequence[Token], date: Item) -> bool:
    """Whether a cell is a date with at most a word before it and an hour behind it («на 25.11.2026 00:00»), or what a rule was
    read as («i»)."""
    place = next((n for n, t in enumerate(cell) if t is date.tokens[0]), len(cell))
    behind = cell[place + len(date.tokens) :]
    return place <= 2 and all(t.text.replace(":", "").isdigit() or len(t.text) == 1 for t in behind)
