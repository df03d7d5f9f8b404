"""Rows of a table: where they end, which lines between them are none, and which cell of a printed line belongs to which column."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

from metering.pages import Box
from metering.units import MeterKind, Unit, is_energy
from parsers.meters.beside_heat import equal_beside
from parsers.meters.columns import Column, Header, rules_across, unit_of
from parsers.meters.head_lines import is_across, is_quantity
from parsers.meters.joined_rows import joined
from parsers.meters.row import Row, is_sum
from parsers.page.drawn import parted
from parsers.page.found import NUMBERS
from parsers.page.items import Item
from parsers.page.lines import Line, box_of, cells_of
from parsers.page.marked import MarkedPage, best_number
from parsers.page.tokens import Form, Token

_ENDS = frozenset({"contract", "inn", "organization", "phone", "mfo", "bank_account", "title", "outgoing", "position",
    "signature", "stamp", "full_name",
                   "executor", "accepted", "position_label", "cumulative", "reading_date", "report_date", "account",
                   "period"})  # fmt: skip
#: What a meter's own place may be called by («Адм. корпус», «Арендатор ООО «…»»): no end of a table where a meter's numbers stand.
_OF_PLACES = frozenset({"position", "full_name", "organization"})
_ENDS_OF_PERIOD = frozenset({"previous", "current"})
#: What a sentence of readings below a table begins with («Счетчик на 24:00 20.10.25: 49983.544 Гкал»).
_TOLD = frozenset({"reading", "meter"})
_INTEGRATORS = 2  # heat, and what is counted beside it
_LONGEST_UNIT = 5  # letters
_COLUMNS = 2.5  # letters: a wider gap parts columns
#: Columns whose cells may be a date.
_DATED = frozenset({"report_date", "date_column", "reading_date", "previous_date", "verification", "other", "period"})


def find_rows(page: MarkedPage, header: Header, stop: int) -> tuple[list[Row], int]:
    """The rows under a header, down to the line `stop` (exclusive) or where the table ends; and the line after the last row."""
    raw: list[tuple[Line, Row]] = []
    height = sorted(line.box.height for line in page.lines)[len(page.lines) // 2]
    bottom = page.lines[header.last].box.bottom
    line_number = header.last + 1
    while line_number < stop:
        line = page.lines[line_number]
        if line.box.top - bottom > 4.5 * height or _is_end(page, line, header) or _is_below(page, line, header, raw):
            break
        bottom = max(bottom, line.box.bottom)
        pieces = _pieces(page, line, header)
        cells = _one_each(page, line, pieces, header) or _assign(pieces, header.columns, line.letter)
        if not raw and (units := _units_alone(page, line)):
            for n, cell in cells.items():  # a further row of the head
                header.columns[n].unit = next((u for token, u in units if any(token is t for t in cell)), header.columns[n].unit)
        elif cells:
            raw.append((line, Row(cells, line.box, [line_number])))
        line_number += 1
    sections = [(line, kind) for line, _ in raw if (kind := _section(page, line, header)) is not None]
    headings = [] if header.has("serial") else [line for line, _ in raw if _names_meter(page, line)]
    integrators = [line for line, _ in raw if _opens_integrators(page, line)]
    places = [line for line, _ in raw if _names_place(page, line, header)]
    beside = [*(line for line, _ in sections), *headings, *integrators, *places]
    plain = [row for line, row in raw if not _is_numbering(row) and not any(line is other for other in beside)]
    rows = joined(page, plain, header.columns)
    for row in rows:
        over = next(((line, kind) for line, kind in reversed(sections) if line.box.top < row.box.top), None)
        if over is not None:
            row.section, row.section_unit = over[1], unit_of(page.on_line(over[0].number))
        row.heading = next((line.tokens for line in reversed(headings) if line.box.top < row.box.top), [])
    return rows, line_number


def _units_alone(page: MarkedPage, line: Line) -> list[tuple[Token, Unit]]:
    """The units of a line that says nothing else, each with the token it begins with; of a picture some may be torn."""
    items = page.on_line(line.number)
    said = {id(t) for i in items for t in i.tokens}
    rest = [t for t in line.tokens if t.form in (Form.WORD, Form.NUMBER) and id(t) not in said]
    torn = page.ocr and all(t.form is Form.WORD and len(t.text) <= _LONGEST_UNIT for t in rest)
    units = [(i.tokens[0], i.value) for i in items if i.sort == "unit" and isinstance(i.value, Unit)]
    return units if len(units) > 1 and len(units) == len(items) and (torn or not rest) else []


def _opens_integrators(page: MarkedPage, line: Line) -> bool:
    """Whether a line is but the name of integrators («Интеграторы») across a table, of which the next line is one end, in its columns:
    «Конец: 24.10.2025 | 50169,742 | 44882,99», or its day alone before them."""
    if [i.key for i in page.on_line(line.number)] != ["cumulative"] or line.number + 1 >= len(page.lines):
        return False
    below = page.on_line(line.number + 1)
    return (
        bool(below)
        and (below[0].sort == "date" or below[0].key in _ENDS_OF_PERIOD)
        and sum(i.sort == "number" for i in below) >= _INTEGRATORS
    )


def _names_meter(page: MarkedPage, line: Line) -> bool:
    """Whether a line across a table names the meter of the rows under it («Отопление: КМ-5-2, Зав. № 49059367»)."""
    items = page.on_line(line.number)
    numbers = [i for i in items if i.sort == "number"]
    named = any(i.key == "serial" for i in items) and not any(i.sort == "date" for i in items)
    if not named or any("." in n.text for n in numbers) or sum(len(n.text) >= 5 for n in numbers) != 1:
        return False
    cells = cells_of(line.tokens, _COLUMNS * line.letter, rules_across(page, line.box))
    # «ОСВХ-40 зав. № 29090316 | 941 | 1721 | 780» is a meter's row.
    return sum(any(n.tokens[0] in cell for n in numbers) for cell in cells) <= 1


def _names_place(page: MarkedPage, line: Line, header: Header) -> bool:
    """Whether a line from side to side of a table says but where the meters below are («Корпус 2»)."""
    items = page.on_line(line.number)
    return is_across(page, line, len(header.rules)) and not is_sum(items) and not any(map(is_quantity, items))


def _is_below(page: MarkedPage, line: Line, header: Header, above: Sequence[tuple[Line, Row]]) -> bool:
    """Whether a line stands under a table: outside the lines that are drawn around all its rows, or telling readings in sentences."""
    items = page.on_line(line.number)
    if not above or is_sum(items):
        return False
    if not page.ocr and header.rules and rules_across(page, above[-1][0].box) and not rules_across(page, line.box):
        return True
    told = bool(items) and items[0].key in _TOLD and any(i.sort == "date" for i in items) and any(i.sort == "unit" for i in items)
    return told and not any(rows[0].key in _TOLD for other, _ in above if (rows := page.on_line(other.number)))


def _section(page: MarkedPage, line: Line, header: Header) -> MeterKind | None:
    """The kind that a line by itself says of the rows under it («Отопление, Гкал» over all columns); a wrapped cell is none."""
    items = page.on_line(line.number)
    kinds = [i.value for i in items if i.sort == "kind" and isinstance(i.value, MeterKind)]
    if len(set(kinds)) != 1 or any(i.sort not in ("kind", "unit") and not (i.sort == "number" and len(i.text) <= 2) for i in items):
        return None
    if len(cells_of(line.tokens, line.letter, rules_across(page, line.box))) > 1:
        return None
    around = page.lines[max(0, line.number - 1) : line.number] + page.lines[line.number + 1 : line.number + 2]
    if len(around) == 2 and all(parted(page.across, line.box, other.box) for other in around):
        return kinds[0]
    named = [c for c in header.columns if c.role in ("kind_column", "kind", "name_column", "meter", "model", "meter_point", "object")]
    apart = all(max(line.box.top, other.box.top) - min(line.box.bottom, other.box.bottom) > 0 for other in around)
    return kinds[0] if apart and not named and not page.across else None


def _is_end(page: MarkedPage, line: Line, header: Header) -> bool:
    items = page.on_line(line.number)
    keys = {i.key for i in items if i.sort == "label"}
    first = next((i for i in items), None)
    if is_sum(items):
        return False
    if _tells_what_was_used(page, items) or equal_beside(page, line):
        return True
    ends = keys & _ENDS
    if ends and ends <= _OF_PLACES and _has_readings(items, header):
        return False
    if _opens_integrators(page, line):
        return False
    if ends and not (header.has("report_date", "date_column") and first is not None and first.sort == "date"):
        return not (ends <= {"period", "cumulative"} and _sums_up(page, line, header))
    if [i.sort for i in page.on_line(line.number)] == ["date"] and first is not None and len(line.tokens) <= len(first.tokens) + 3:
        apart = line.box.top - page.lines[line.number - 1].box.bottom > 0.8 * line.box.height
        return apart or not any(column.role in _DATED and column.covers(first.box) for column in header.columns)
    words = sum(t.form is Form.WORD for t in line.tokens)
    signs = {t.text for t in line.tokens if t.form is Form.SIGN}
    if ":" in signs and signs & {"=", "×"}:
        return True  # «В пересчете на Гкал: 106,25 × 0,8598 = 91,36»
    return words >= 8 and len(cells_of(line.tokens, 1.6 * line.letter)) <= 2


def _tells_what_was_used(page: MarkedPage, items: Sequence[Item]) -> bool:
    """Whether a line is a sentence under a table: «Расход: 19,131», with its unit also behind further words («Потребление тепловой энергии
    за период (E1): 306.518 MWh»)."""
    numbers = [i for i in items if i.sort == "number"]
    if len(numbers) != 1 or items[0].key != "consumption":
        return False
    words = page.tokens[items[0].last + 1 : numbers[0].first]
    measured = any(i.sort == "unit" and i.first == numbers[0].last + 1 for i in items)
    return any(t.text == ":" for t in (words[-1:] if measured else words[:1]))


def _has_readings(items: Sequence[Item], header: Header) -> bool:
    """Whether a line has three numbers with decimals under a head that names all three of a meter."""
    return header.has("previous") and header.has("current") and sum(i.sort == "number" and "." in i.text for i in items) >= len(NUMBERS)


def _sums_up(page: MarkedPage, line: Line, header: Header) -> bool:
    """Whether a line «За период» is the row of what was used, under a column of energy or beside readings: it has a value."""
    months = any(i.sort in ("month", "date") for i in page.on_line(line.number))
    values = any(i.sort == "number" and "." in i.text for i in page.on_line(line.number))
    heat = any(column.unit is not None and is_energy(column.unit) for column in header.columns)
    return values and not months and (heat or header.has("energy", "energy_water", "dated", "report_date", "date_column"))


def _pieces(page: MarkedPage, line: Line, header: Header) -> list[list[Token]]:
    """Cells of a line, with two numbers in one cell parted, a number from words that end before its column begins, and a unit under the
    column of units from the number before: columns can stand as near as words."""
    pieces: list[list[Token]] = []
    items = page.on_line(line.number)
    named = [c.box for c in header.columns if c.role == "unit_column"]
    units = {id(i.tokens[0]) for i in items if i.sort == "unit" and any(i.box.left < b.right and i.box.right > b.left for b in named)}
    for cell in _cells(page, line, header):
        values = [i for i in items if i.sort in ("number", "date") and any(i.tokens[0] is t for t in cell)]
        current: list[Token] = []
        under: Column | None = None  # that of the number before, which may stand a plain space away
        for token in cell:
            if value := next((i for i in values if i.tokens[0] is token), None):
                column = min(header.columns, key=lambda c: c.distance(value.box))
                if (under is not None and column is not under) or (current and _end_before(current, column, value.box, header)):
                    pieces.append(current)
                    current = []
                under = column
            elif id(token) in units and current and under is not None:
                pieces.append(current)
                current = []
            current.append(token)
        pieces.append(current)
    return [piece for piece in pieces if any(t.form is not Form.SIGN or t.text in "-–—" for t in piece)]


def _cells(page: MarkedPage, line: Line, header: Header) -> list[list[Token]]:
    """The cells of a line: what bars part where it has one between each two drawn columns, however wide their spaces are («нач.   497,4»),
    else by rules and distances."""
    bars = sum(token.form is Form.BAR for token in line.tokens)
    if all(column.ruled for column in header.columns) and bars == len(header.columns) - 1:
        return [list(cell) for is_bar, cell in itertools.groupby(line.tokens, key=lambda t: t.form is Form.BAR) if not is_bar]
    return cells_of(line.tokens, line.letter, rules_across(page, line.box) or header.rules)


def _end_before(words: list[Token], column: Column, value: Box, header: Header) -> bool:
    """Whether words stand under another heading, wholly at the left of the one that a value stands under («Иситиш | 9235,91»)."""
    box = box_of(words)
    under = column.box.left <= value.middle[0] <= column.box.right and box.right < min(column.box.left, value.left)
    return under and any(other.box.left <= box.middle[0] <= other.box.right for other in header.columns if other is not column)


def _one_each(page: MarkedPage, line: Line, pieces: list[list[Token]], header: Header) -> dict[int, list[Token]]:
    """The pieces of a full row in their order, if so its three numbers add up, however far they stand from their headings; else none."""
    if len(pieces) != len(header.columns):
        return {}
    read = {
        column.role: Decimal(number.text)
        for column, piece in zip(header.columns, pieces, strict=True)
        if (number := best_number([i for i in page.on_line(line.number) if any(i.tokens[0] is t for t in piece)])) is not None
    }
    adds_up = all(name in read for name in NUMBERS) and read["previous"] + read["consumption"] == read["current"]
    return dict(enumerate(pieces)) if adds_up and read["consumption"] else {}


def _assign(pieces: list[list[Token]], columns: Sequence[Column], letter: float) -> dict[int, list[Token]]:
    """Each piece to a column, left to right, so that the distances are least; a column takes several pieces only of words, and a number
    behind words.

    A piece may stay out where no column is near (stamp, pen).
    """
    if not pieces or not columns:
        return {}
    boxes = [box_of(piece) for piece in pieces]
    away = 8 * letter
    # best[i][j]: least cost of the first i pieces with the last of them in column j - 1 or before
    count, width = len(pieces), len(columns)
    best = [[0.0] * (width + 1)] + [[float("inf")] * (width + 1) for _ in range(count)]
    taken: list[list[int | None]] = [[None] * (width + 1) for _ in range(count + 1)]
    for i in range(1, count + 1):
        best[i][0] = best[i - 1][0] + away
        taken[i][0] = -1
        for j in range(1, width + 1):
            choices: list[tuple[float, int]] = [(best[i][j - 1], 0), (best[i - 1][j] + away, -1)]
            cost = columns[j - 1].distance(boxes[i - 1])
            choices.append((best[i - 1][j - 1] + cost, 1))
            if i > 1 and _is_words(pieces[i - 2]):  # dirt before a number takes no column of its own
                choices.append((best[i - 1][j] + cost, 2))
            best[i][j], taken[i][j] = min(choices, key=lambda c: c[0])
    cells: dict[int, list[Token]] = {}
    i, j = count, width
    while i > 0:
        step = taken[i][j]
        if step == 0:
            j -= 1
            continue
        if step in (1, 2):
            cells[j - 1] = pieces[i - 1] + cells.get(j - 1, [])
        i -= 1
        if step == 1:
            j -= 1
    return cells


def _is_words(piece: list[Token]) -> bool:
    return not any(t.form is Form.NUMBER for t in piece)


def _is_numbering(row: Row) -> bool:
    """The line `1 2 3 4 5` that numbers the columns."""
    texts = ["".join(t.text for t in cell) for _, cell in sorted(row.cells.items())]
    return (
        len(texts) >= 3
        and all(t.isdigit() for t in texts)
        and [int(t) for t in texts] == list(range(int(texts[0]), int(texts[0]) + len(texts)))
    )
