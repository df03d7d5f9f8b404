"""Headers of meter tables: which lines of a page are one."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from metering.pages import Box
from metering.units import Unit, is_energy
from parsers.meters.columns import BESIDE_HEAT, Header, header_of, rules_across
from parsers.page.drawn import in_one_row
from parsers.page.items import Item
from parsers.page.lines import Form, Line, Token, box_of, cells_of
from parsers.page.marked import MarkedPage

_STRONG = frozenset(
    {
        "previous",
        "current",
        "consumption",
        "serial",
        "reading",
        "energy",
        "energy_water",
        "model",
        "unit_column",
        "meter",
        "mass",
        "temperature",
        "cumulative",
    }
)
_BROKEN_OFF = frozenset(
    {"contract", "inn", "organization", "phone", "mfo", "bank_account", "title", "outgoing", "position", "signature", "stamp"}
)
_SURELY = 3  # meanings of columns on one line: more of them are a header, whatever else it says
#: What the date of a line by itself is called that is no part of a header («Показания сняты 23.11.2026»).
_DATED = frozenset({"reading_date", "report_date", "verification", "period"})
#: What a printout has beside heat; tonnes, hours and the like are units of no meter ("other").
_BESIDE_HEAT = BESIDE_HEAT | {"other"}
#: What a row of integrators is called.
_ROW_NAMES = frozenset({"previous", "current", "consumption", "cumulative", "period"})

_LONGEST_UNIT = 4  # letters


def find_headers(page: MarkedPage) -> list[Header]:
    """The table headers of a page, top to bottom."""
    headers: list[Header] = []
    seeds = [line.number for line in page.lines if _is_seed(page, line)]
    for seed in seeds:
        if headers and seed <= headers[-1].last:
            continue
        floor = headers[-1].last + 1 if headers else 0
        first, last = _grow(page, seed, floor)
        header = header_of(page, first, last)
        if _is_meant(header) or _heads_integrators(page, page.lines[seed]):
            headers.append(header)
    return headers


def _is_meant(header: Header) -> bool:
    """Whether a header is one of meters (two telling columns) or of a printout (heat by days or by integrators)."""
    roles = {c.role for c in header.columns}
    if len({c.date for c in header.columns if c.role == "dated"} - {None}) == 2:
        return True
    if roles & {"previous", "current", "consumption", "serial", "reading", "dated"}:
        return len(roles & _STRONG) >= 2 or "consumption" in roles
    others = any(c.role == "unit" and c.unit is None for c in header.columns)  # tonnes and hours, whatever they are called
    days = others or roles & {"report_date", "date_column", *BESIDE_HEAT} or "cumulative" in header.labels
    energy = any(c.unit and is_energy(c.unit) for c in header.columns)
    heat = roles & {"energy", "energy_water"} or (energy and (others or roles & {"report_date", *BESIDE_HEAT}))
    return bool(days) and bool(heat)


def _is_seed(page: MarkedPage, line: Line) -> bool:
    """Whether a line, with the lines that its cells wrap into, has two columns' meanings and no values."""
    if _heads_days(page, line) or _heads_dates(page, line) or _heads_integrators(page, line):
        return True
    if not _telling(page, line) or _holds_values(page, line) or _is_numbered(cells_of(line.tokens, line.letter)):
        return False
    items = page.on_line(line.number)
    colons = sum(1 for a, b in itertools.pairwise(line.tokens) if a.form is Form.WORD and b.text == ":")
    # A journal has a column for signatures.
    telling = len(_telling(page, line))
    parting = frozenset() if telling > _SURELY else _BROKEN_OFF - {"signature"} if telling > 1 else _BROKEN_OFF
    if colons > 1 or any(i.sort == "label" and i.key in parting for i in items):
        return False
    if len(_worded(cells_of(line.tokens, line.letter, rules_across(page, line.box)))) < 2:
        return False
    roles = set(_telling(page, line))
    for other in page.lines[max(0, line.number - 2) : line.number + 3]:
        if other is not line and _continues(page, other, line):
            roles |= _telling(page, other)
    return len(roles) >= 2 or _tells_wrapped(page, line)


def _tells_wrapped(page: MarkedPage, line: Line) -> bool:
    """Whether two columns' meanings show once the words that are wrapped in their cells («Кол-» over «во») stand together."""
    first, last = _grow(page, line.number, 0)
    return last > first and len({column.role for column in header_of(page, first, last).columns} & _STRONG) >= 2


def _heads_days(page: MarkedPage, line: Line) -> bool:
    """Whether a line heads a printout although OCR left little of its columns' names: first the date, then heat and
    two other columns, or heat alone over lines that begin with their day."""
    items = page.on_line(line.number)
    energy = any(i.sort == "unit" and isinstance(i.value, Unit) and is_energy(i.value) for i in items)
    others = sum(i.key in _BESIDE_HEAT for i in items)
    first = bool(items) and items[0].key in ("report_date", "date_column") and not _colon_behind(page, items[0])
    below = page.on_line(line.number + 1)
    days = len(below) > 1 and below[0].sort == "date" and below[1].sort == "number" and not any(i.sort == "number" for i in items)
    # The corner over the days of integrators is often empty.
    unnamed = days and others > 0 and sum(i.sort == "number" for i in below) > 2
    return energy and (unnamed or (first and (others >= 2 or days))) and not any(i.sort == "date" for i in items)


def _heads_integrators(page: MarkedPage, line: Line) -> bool:
    """Whether a line, with its units perhaps on the next, names heat and what a calculator counts beside it, over rows that begin with
    their day or with what their readings are called («На начало периода»). Of the other columns OCR may leave nothing that is known."""
    head = [n for n in (line.number, line.number + 1) if not any(_tells(page, i) for i in page.on_line(n))]
    cells = cells_of(line.tokens, line.letter, rules_across(page, line.box))
    if head[:1] != [line.number] or len(cells) < 2 or any(_colon_behind(page, i) for i in page.on_line(line.number)):
        return False
    if not any(i.key in _BESIDE_HEAT for i in page.on_line(line.number)) and not (page.ocr and _names_heat_once(page, line, cells)):
        return False
    rows = (page.on_line(n) for n in range(line.number + 1, line.number + 4))
    below = next((row for row in rows if any(i.sort == "number" for i in row)), [])
    # Its number («1 | 31.10.2026 | …») or a word for readings («Показания на 31.10.2026») may stand before the day.
    begins = below[1:] if len(below) > 1 and below[1].sort == "date" else below
    named = bool(begins) and (begins[0].sort == "date" or begins[0].key in _ROW_NAMES)
    heat = any(_is_heat(i) for n in head for i in page.on_line(n))
    return heat and named and sum(i.sort == "number" for i in begins) >= 2


def _tells(page: MarkedPage, item: Item) -> bool:
    """Whether a number or a date stands in a line; of OCR a single digit is a letter («Tраб, 4» for ч)."""
    return item.sort == "date" or (item.sort == "number" and not (page.ocr and len(item.text) == 1))


def _names_heat_once(page: MarkedPage, line: Line, cells: Sequence[Sequence[Token]]) -> bool:
    """Whether one cell behind the first names heat, and two others nothing that a meter's column is called."""
    items = page.on_line(line.number)
    said = [[i for i in items if any(i.tokens[0] is t for t in cell)] for cell in cells]
    heat = [n for n, inside in enumerate(said) if any(_is_heat(i) for i in inside)]
    others = [inside for n, inside in enumerate(said) if n and n not in heat]
    return len(heat) == 1 and heat[0] > 0 and len(others) > 1 and not any(i.sort == "kind" or i.key in _STRONG for o in others for i in o)


def _is_heat(item: Item) -> bool:
    return item.key in ("energy", "energy_water") or (isinstance(item.value, Unit) and is_energy(item.value))


def _heads_dates(page: MarkedPage, line: Line) -> bool:
    """Whether a line heads readings by their dates: two cells of different dates and nothing else («на 23.11.2025»), other cells beside,
    or an empty corner over what the rows below are called."""
    if _holds_values(page, line) and not (page.ocr and _stands_over_numbers(page, line)):
        return False
    cells = cells_of(line.tokens, line.letter, rules_across(page, line.box))
    if any(cell[-1].text == ":" for cell in cells):
        return False  # labels with their dates beside them
    dates = [i for i in page.on_line(line.number) if i.sort == "date"]
    alone = [i for i in dates for cell in cells if i.tokens[-1] in cell and _says_only(cell, i)]
    return len({i.date for i in alone}) == 2 and (len(cells) > 2 or (len(cells) == 2 and _has_corner(page, line)))


def _stands_over_numbers(page: MarkedPage, line: Line) -> bool:
    """Whether a line without quantities has one under each of its dates, in a line that begins with words left of them: the rule between
    the two was not found in the picture."""
    if any(_is_quantity(i) for i in page.on_line(line.number)) or line.number + 1 >= len(page.lines):
        return False
    dates = [i for i in page.on_line(line.number) if i.sort == "date"]
    below = page.lines[line.number + 1]
    numbers = [i for i in page.on_line(below.number) if _is_quantity(i)]
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
    """Whether a cell is a date with at most a word before it and an hour behind it («на 25.11.2026 00:00»)."""
    place = next((n for n, t in enumerate(cell) if t is date.tokens[0]), len(cell))
    behind = cell[place + len(date.tokens) :]
    return place <= 2 and all(t.text.replace(":", "").isdigit() or t.form is Form.SIGN for t in behind)


def _telling(page: MarkedPage, line: Line) -> frozenset[str]:
    """The telling column meanings on a line."""
    return frozenset(i.key for i in page.on_line(line.number) if i.sort == "label" and i.key in _STRONG)


def _holds_values(page: MarkedPage, line: Line) -> bool:
    """Whether a line has quantities (a number with decimals, or of four digits and more), or its row between drawn rules has."""
    own = [i for i in page.on_line(line.number) if _is_quantity(i)]
    if any(
        _is_quantity(i)
        for other in page.lines[max(0, line.number - 3) : line.number + 4]
        if other is not line and in_one_row(page.across, line.box, other.box)
        for i in page.on_line(other.number)
    ):
        return True
    # Among so many names one whole number is a name, too, whose letters were taken for digits («oldingi» read as 0194791).
    return len(own) > (page.ocr and len(_telling(page, line)) > _SURELY and all("." not in i.text for i in own))


def _is_quantity(item: Item) -> bool:
    return item.sort == "number" and ("." in item.text or len(item.text) >= 4)


def _grow(page: MarkedPage, seed: int, floor: int) -> tuple[int, int]:
    """The lines around a seed that belong to the same header: near, without values, and made of short cells."""
    first = last = seed
    while first > floor and _continues(page, page.lines[first - 1], page.lines[first]):
        first -= 1
    while last + 1 < len(page.lines) and _continues(page, page.lines[last + 1], page.lines[last]):
        last += 1
    return first, last


def _continues(page: MarkedPage, line: Line, neighbour: Line) -> bool:
    height = min(max(t.box.height for t in neighbour.tokens), max(t.box.height for t in line.tokens))
    gap = max(line.box.top, neighbour.box.top) - min(line.box.bottom, neighbour.box.bottom)
    # A cell beside them reaches over both: the rule between them is no row's.
    spanned = len(page.across) > 2 and in_one_row(page.across, line.box, neighbour.box)
    if gap > (2.5 if spanned else 0.9) * height or _holds_values(page, line):
        return False
    items = page.on_line(line.number)
    if any(i.sort == "month" or (i.sort == "label" and (i.key in _BROKEN_OFF or _colon_behind(page, i))) for i in items):
        return False
    if any(i.sort == "kind" for i in items) and not any(i.sort == "label" for i in items):
        return False  # a row that says only «Отопление»
    cells = cells_of(line.tokens, line.letter, rules_across(page, line.box))
    dates, labelled = [i for i in items if i.sort == "date"], any(i.sort == "label" for i in items)
    if any(sum(any(i.tokens[0] is t for t in cell) for i in dates) > 1 for cell in cells):
        return False  # a span over the table: «с 24.11.2026 по 23.12.2026»
    ordinal = line.tokens[0].form is Form.NUMBER and line.tokens[0].right in (".", ")")
    if _is_numbered(cells) or (ordinal and len(cells) == 1):
        return False  # «1. Показания на начало»: the heading of the table
    of_day = labelled and {i.key for i in items if i.sort == "label"} <= _DATED
    if dates and of_day and (len(cells) == 1 or _says_a_day(line, items)):
        return False  # a line with a date of its own, which the rules of the table below reach
    if len(cells) > 1 and of_day and any(cells[-1][0] is i.tokens[0] for i in dates):
        return False  # «Показания сняты | 18.11.2026»: a label and its value
    if len(cells) == 1 and any(i.key == "cumulative" for i in items) and _telling(page, neighbour) & {"previous", "current"}:
        return False  # the name of the block over its columns
    if len(worded := _worded(cells)) == 1 and _titles(page, line, box_of(worded[0]), neighbour):
        return False
    numbers = sum(1 for i in items if i.sort == "number")
    if numbers and numbers >= len(cells) - 1:
        return False
    if dates and not labelled and len(cells) > 1:
        return numbers == 0  # the second line of «Показание на | 24.10.2026»; a row would have numbers
    # A heading over the table is one long cell; a header line's cells are short, or units that stand close («кг/см2 кг/см2 ч»).
    return all(sum(t.form is Form.WORD for t in cell) <= 4 or all(len(t.text) <= _LONGEST_UNIT for t in cell) for cell in cells)


def _says_a_day(line: Line, items: Sequence[Item]) -> bool:
    """Whether a line is a label and its date and no more than the sign of the year behind it («Дата обхода 18 марта 2026 года»)."""
    said = {id(t) for i in items for t in i.tokens}
    rest = [t for t in line.tokens if id(t) not in said and t.form is not Form.SIGN]
    return [i.sort for i in items] == ["label", "date"] and len(rest) <= 1


def _worded(cells: list[list[Token]]) -> list[list[Token]]:
    """Cells without those that are nothing but specks."""
    return [cell for cell in cells if any(t.form is not Form.SIGN for t in cell)]


def _titles(page: MarkedPage, line: Line, words: Box, below: Line) -> bool:
    """Whether a line of one cell is the title of the table that a line of columns heads: outside its rules, from its left edge into its
    second column («Значения интеграторов на 24:00»)."""
    if line.number + 1 != below.number or rules_across(page, line.box):
        return False
    columns = cells_of(below.tokens, below.letter, rules_across(page, below.box))
    return len(columns) > 2 and words.right > columns[1][0].box.left and words.left <= columns[0][0].box.left + line.letter


def heading_of(page: MarkedPage, header: Header, floor: int) -> int:
    """The first line of a table's heading («Таблица 2. Горячая вода, м3», one long cell right over it), else that of its header."""
    first = header.first
    while first > max(floor, header.first - 2) and _is_heading(page, page.lines[first - 1]):
        first -= 1
    return first


def _is_heading(page: MarkedPage, line: Line) -> bool:
    items = page.on_line(line.number)
    if len(cells_of(line.tokens, line.letter, rules_across(page, line.box))) != 1:
        return False
    if any(i.key == "serial" for i in items) and not any(i.sort == "number" and "." in i.text for i in items):
        return True  # «SHARKY 775, zavod raqami 48327776 – Isitish»
    if _holds_values(page, line):
        return False
    if any(i.key in ("total", "average", "part") for i in items) or sum(t.form is Form.WORD for t in line.tokens) < 2:
        return False
    return any(i.sort in ("kind", "unit") or i.key in ("energy", "energy_water", "title") for i in items)


def _is_numbered(cells: list[list[Token]]) -> bool:
    """Whether a line is a row of a form with its number before it (`6 | Показание на начало | 306`): no header, though it says labels."""
    number = cells[0][0].text if cells and len(cells[0]) == 1 else ""
    return number.isdigit() and len(number) <= 2 and len(cells) > 1 and any(t.form is Form.WORD for t in cells[1])


def _colon_behind(page: MarkedPage, item: Item) -> bool:
    return item.last + 1 < len(page.tokens) and page.tokens[item.last + 1].text == ":"
