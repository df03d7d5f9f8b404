"""Which lines of a page belong to one header of a table: near, without values, and made of short cells."""

from __future__ import annotations

from collections.abc import Sequence

from metering.pages import Box
from parsers.meters.columns import rules_across
from parsers.page.drawn import in_one_row, parted
from parsers.page.items import Item
from parsers.page.lines import Line, box_of, cells_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token

#: Meanings of columns that tell a header of meters.
STRONG = frozenset(
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
BROKEN_OFF = frozenset(
    {"contract", "inn", "organization", "phone", "mfo", "bank_account", "title", "outgoing", "position", "signature", "stamp"}
)
SURELY = 3  # meanings of columns on one line: more of them are a header, whatever else it says
#: What the date of a line by itself is called that is no part of a header («Показания сняты 23.11.2026»).
_DATED = frozenset({"reading_date", "report_date", "verification", "period"})
_LONGEST_UNIT = 4  # letters
_ENDING = 2  # upright rules at least that end over the heading of rows


def grow(page: MarkedPage, seed: int, floor: int) -> tuple[int, int]:
    """The lines around a seed that belong to the same header: near, without values, and made of short cells."""
    first = last = seed
    while first > floor and continues(page, page.lines[first - 1], page.lines[first]):
        first -= 1
    while last + 1 < len(page.lines) and continues(page, page.lines[last + 1], page.lines[last]):
        last += 1
    return first, last


def continues(page: MarkedPage, line: Line, neighbour: Line) -> bool:
    height = min(max(t.box.height for t in neighbour.tokens), max(t.box.height for t in line.tokens))
    gap = max(line.box.top, neighbour.box.top) - min(line.box.bottom, neighbour.box.bottom)
    # A cell beside them reaches over both: the rule between them is no row's.
    spanned = len(page.across) > 2 and in_one_row(page.across, line.box, neighbour.box)
    if gap > (2.5 if spanned else 0.9) * height or holds_values(page, line):
        return False
    items = page.on_line(line.number)
    if any(i.sort == "month" or (i.sort == "label" and (i.key in BROKEN_OFF or colon_behind(page, i))) for i in items):
        return False
    if any(i.sort == "kind" for i in items) and not any(i.sort == "label" for i in items):
        return False  # a row that says only «Отопление»
    cells = cells_of(line.tokens, line.letter, rules_across(page, line.box))
    if line.number > neighbour.number and _heads_rows(page, line, neighbour):
        return False
    dates, labelled = [i for i in items if i.sort == "date"], any(i.sort == "label" for i in items)
    if any(sum(any(i.tokens[0] is t for t in cell) for i in dates) > 1 for cell in cells):
        return False  # a span over the table: «с 24.11.2026 по 23.12.2026»
    ordinal = line.tokens[0].form is Form.NUMBER and line.tokens[0].right in (".", ")")
    if is_numbered(cells) or (ordinal and len(cells) == 1):
        return False  # «1. Показания на начало»: the heading of the table
    of_day = labelled and {i.key for i in items if i.sort == "label"} <= _DATED
    if dates and of_day and (len(cells) == 1 or _says_a_day(line, items)):
        return False  # a line with a date of its own, which the rules of the table below reach
    if len(cells) > 1 and of_day and any(cells[-1][0] is i.tokens[0] for i in dates):
        return False  # «Показания сняты | 18.11.2026»: a label and its value
    if len(cells) == 1 and any(i.key == "cumulative" for i in items) and telling(page, neighbour) & {"previous", "current"}:
        return False  # the name of the block over its columns
    if len(words := worded(cells)) == 1 and _titles(page, line, box_of(words[0]), neighbour):
        return False
    numbers = sum(1 for i in items if i.sort == "number")
    if numbers and numbers >= len(cells) - 1:
        return False
    if dates and not labelled and len(cells) > 1:
        return numbers == 0  # the second line of «Показание на | 24.10.2026»; a row would have numbers
    # A heading over the table is one long cell; a header line's cells are short, or units that stand close («кг/см2 кг/см2 ч»).
    return all(sum(t.form is Form.WORD for t in cell) <= 4 or all(len(t.text) <= _LONGEST_UNIT for t in cell) for cell in cells)


def _heads_rows(page: MarkedPage, line: Line, head: Line) -> bool:
    """Whether a line under a head is the heading of the rows below («Корпус А» from side to side of the table): rules part it from the
    head and from the first row. The upright rules of a low head are not found on a picture."""
    below = page.lines[line.number + 1] if line.number + 1 < len(page.lines) else head
    upright = max(len(rules_across(page, other.box)) for other in (head, below))
    return is_across(page, line, upright) and all(parted(page.across, other.box, line.box) for other in (head, below))


def is_across(page: MarkedPage, line: Line, upright: int) -> bool:
    """Whether a line is one cell from side to side of a table, at which upright rules end. upright: how many its other lines have."""
    rules = rules_across(page, line.box)
    return upright - len(rules) >= _ENDING and len(worded(cells_of(line.tokens, line.letter, rules))) == 1


def telling(page: MarkedPage, line: Line) -> frozenset[str]:
    """The telling column meanings on a line."""
    return frozenset(i.key for i in page.on_line(line.number) if i.sort == "label" and i.key in STRONG)


def holds_values(page: MarkedPage, line: Line) -> bool:
    """Whether a line has quantities (a number with decimals, or of four digits and more), or its row between drawn rules has."""
    own = [i for i in page.on_line(line.number) if is_quantity(i)]
    if not _stands_in_a_frame(page, line) and any(
        is_quantity(i)
        for other in page.lines[max(0, line.number - 3) : line.number + 4]
        if other is not line and in_one_row(page.across, line.box, other.box) and _within(page, line) == _within(page, other)
        for i in page.on_line(other.number)
    ):
        return True
    # Among so many names one whole number is a name, too, whose letters were taken for digits («oldingi» read as 0194791).
    return len(own) > (page.ocr and len(telling(page, line)) > SURELY and all("." not in i.text for i in own))


def _stands_in_a_frame(page: MarkedPage, line: Line) -> bool:
    """Whether a line that names columns («Предыдущее   Текущее   Расход», «Параметр   24.01.2026   22.02.2026   Разность») has upright
    rules beside it and none between its words: a card's frame, which also holds the values below, and no row of a table."""
    rules = rules_across(page, line.box)
    named = len(telling(page, line)) + sum(i.sort == "date" for i in page.on_line(line.number))
    return named > 1 and bool(rules) and not any(line.box.left < x < line.box.right for x in rules)


def _within(page: MarkedPage, line: Line) -> bool:
    """Whether a line stands in a table that has upright rules: between a rule over a page's head and one of its table there is no row."""
    return bool(rules_across(page, line.box))


def is_quantity(item: Item) -> bool:
    return item.sort == "number" and ("." in item.text or len(item.text) >= 4)


def _says_a_day(line: Line, items: Sequence[Item]) -> bool:
    """Whether a line is a label and its date and no more than the sign of the year behind it («Дата обхода 18 марта 2026 года»)."""
    said = {id(t) for i in items for t in i.tokens}
    rest = [t for t in line.tokens if id(t) not in said and t.form is not Form.SIGN]
    return [i.sort for i in items] == ["label", "date"] and len(rest) <= 1


def worded(cells: list[list[Token]]) -> list[list[Token]]:
    """Cells without those that are nothing but specks."""
    return [cell for cell in cells if any(t.form is not Form.SIGN for t in cell)]


def _titles(page: MarkedPage, line: Line, words: Box, below: Line) -> bool:
    """Whether a line of one cell is the title of the table that a line of columns heads: outside its rules, from its left edge into its
    second column («Значения интеграторов на 24:00»)."""
    if line.number + 1 != below.number or rules_across(page, line.box):
        return False
    columns = cells_of(below.tokens, below.letter, rules_across(page, below.box))
    return len(columns) > 2 and words.right > columns[1][0].box.left and words.left <= columns[0][0].box.left + line.letter


def is_numbered(cells: list[list[Token]]) -> bool:
    """Whether a line is a row of a form with its number before it (`6 | Показание на начало | 306`): no header, though it says labels."""
    number = cells[0][0].text if cells and len(cells[0]) == 1 else ""
    return number.isdigit() and len(number) <= 2 and len(cells) > 1 and any(t.form is Form.WORD for t in cells[1])


def colon_behind(page: MarkedPage, item: Item) -> bool:
    return item.last + 1 < len(page.tokens) and page.tokens[item.last + 1].text == ":"
