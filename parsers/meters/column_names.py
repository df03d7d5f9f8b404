"""Meanings for the columns that a header leaves open: from its heading, its cells, the sums of its rows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from decimal import Decimal

from parsers.meters.columns import Column, Header
from parsers.meters.restated import drop_restated
from parsers.meters.row import Row, is_sum, items_in
from parsers.page.found import NUMBERS
from parsers.page.lines import text_of
from parsers.page.marked import MarkedPage, best_number
from parsers.page.tokens import Form
from parsers.wording.folding import fold

#: Meanings of a column that do not say what its numbers are.
_UNNAMED = frozenset({"other", "reading", "unit", "number_sign", "kind_column", "meter", "coefficient", "name_column", "period"})
#: How words for a number begin, in the head of a column.
_NUMBER_WORDS = tuple(fold(word) for word in ("№", "номер", "raqam", "рақам", "nomer", "number", "серия", "seriya"))
_SERIAL = re.compile(r"\d{5,10}")


def name_columns(page: MarkedPage, header: Header, rows: list[Row]) -> None:
    """Gives columns their meaning by all that is known of the table, the surest first."""
    drop_restated(header.columns)
    for rule in (_name_serials, _name_by_heading, _name_dates, _keep_what_adds_up, _name_by_sums):
        rule(page, header, rows)


def _name_serials(page: MarkedPage, header: Header, rows: list[Row]) -> None:
    """A column of numbers («Номер по описи») as long as serials, no two alike, is that of the serials, if no other is."""
    if header.has("serial"):
        return
    found = []
    for n, column in enumerate(header.columns):
        cells = [text_of(row.cells[n]) for row in rows if n in row.cells and not _is_sum(page, row)]
        named = any(t.fold.startswith(_NUMBER_WORDS) for t in column.tokens)
        if column.role == "other" and named and cells and len(set(cells)) == len(cells) and all(map(_SERIAL.fullmatch, cells)):
            found.append(column)
    if len(found) == 1:
        found[0].role, found[0].guessed = "serial", True


def _is_sum(page: MarkedPage, row: Row) -> bool:
    return any(is_sum(page.on_line(line)) for line in row.lines)


def _name_by_heading(page: MarkedPage, header: Header, _rows: list[Row]) -> None:
    """What a line over the table says of its one column of readings («1. Показания на начало месяца»)."""
    columns = [c for c in header.columns if c.role == "reading"]
    if len(columns) != 1 or header.has("previous", "current", "dated"):
        return
    for n in range(header.first - 1, max(-1, header.first - 3), -1):
        said = {i.key for i in page.on_line(n) if i.sort == "label"} & {"previous", "current", "consumption"}
        if said:
            columns[0].role = said.pop() if len(said) == 1 else "reading"
            return


def _name_dates(page: MarkedPage, header: Header, rows: list[Row]) -> None:
    """A column «предыдущие, дата» of dates and no numbers holds the days of the readings, no readings."""
    for n, column in enumerate(header.columns):
        items = [i for row in rows for i in items_in(page, row.cells.get(n, [])) if i.sort in ("date", "number")]
        if column.role in ("previous", "current") and items and all(i.sort == "date" for i in items):
            column.role = "previous_date" if column.role == "previous" else "reading_date"
        elif column.role in ("reading_date", "previous_date") and items and all(i.sort == "number" and "." in i.text for i in items):
            column.role = "reading"  # «Показание на дату снятия»


def _keep_what_adds_up(page: MarkedPage, header: Header, rows: list[Row]) -> None:
    """Of several columns of one meaning («Израсходовано: за месяц | в прошлом месяце», whose second has words for a previous reading) those
    stay that alone make a sum in some row; where none or several do, all stay."""
    called = {role: [n for n, column in enumerate(header.columns) if column.role == role] for role in NUMBERS}
    called |= {role: called[role] or [n] for role, n in _two_days(header.columns).items()}
    if not all(called.values()) or all(len(columns) == 1 for columns in called.values()):
        return
    values = {n: _values(page, header, rows, n) or [] for columns in called.values() for n in columns}
    sums = [three for three in itertools.product(*called.values()) if _adds_up(*(values[n] for n in three))]
    for n in values if len(sums) == 1 else ():
        if n not in sums[0]:
            header.columns[n].role = "other"


def _adds_up(before: Sequence[Decimal | None], after: Sequence[Decimal | None], used: Sequence[Decimal | None]) -> bool:
    """Whether in some row the previous reading and the consumption make the current one."""
    return any(p is not None and c is not None and s is not None and p + s == c for p, c, s in zip(before, after, used, strict=False))


def _name_by_sums(page: MarkedPage, header: Header, rows: list[Row]) -> None:
    """Meanings for columns of numbers whose header says none (or was misread): the arithmetic tells, else their order."""
    days = _two_days(header.columns)
    missing = [role for role in NUMBERS if not header.has(role) and role not in days]
    if not missing:
        return
    values = {n: numbers for n in range(len(header.columns)) if (numbers := _values(page, header, rows, n)) is not None}
    unnamed = [n for n in values if header.columns[n].role in _UNNAMED | {"energy", "energy_water"}]
    readings = [n for n in unnamed if header.columns[n].role == "reading"]
    nothing = len(missing) == len(NUMBERS) and not readings and header.has("serial")  # in the head says which of three is which
    for order in itertools.permutations(unnamed, len(missing)):
        roles = {c.role: n for n, c in enumerate(header.columns) if c.role in NUMBERS} | days | dict(zip(missing, order, strict=True))
        if nothing and not (len(unnamed) == len(NUMBERS) and roles["previous"] + 1 == roles["current"]):
            continue  # a reading stands beside the one before it
        if len(missing) == len(NUMBERS) and not nothing and {roles["previous"], roles["current"]} != set(readings):
            continue  # nothing says which of three is a reading
        if _adds_up(*(values[roles[role]] for role in NUMBERS)):
            break
    else:
        plain = all(header.columns[n].role in _UNNAMED for n in unnamed)
        order = tuple(unnamed) if plain and len(unnamed) == len(missing) < len(NUMBERS) and not header.has("dated") else ()
    for role, n in zip(missing, order, strict=False):
        header.columns[n].guessed = (nothing or len(missing) < len(NUMBERS)) and {"previous", "consumption"} <= set(
            missing
        )  # they may change places
        header.columns[n].role = role


def _values(page: MarkedPage, header: Header, rows: list[Row], column: int) -> list[Decimal | None] | None:
    """The numbers of a column, row by row; None where it is called no reading and has no number with decimals, unless whole numbers stand
    under a name that was itself taken for a number."""
    numbers = [best_number(items_in(page, row.cells.get(column, []))) for row in rows]
    misread = page.ocr and any(t.form is Form.NUMBER for t in header.columns[column].tokens)
    named = header.columns[column].role in (*NUMBERS, "dated", "reading") or misread
    if not named and not any(i is not None and "." in i.text for i in numbers):
        return None
    return [Decimal(i.text) if i is not None else None for i in numbers]


def _two_days(columns: Sequence[Column]) -> dict[str, int]:
    """Columns of readings that two days name: the earlier one holds the previous readings."""
    days = sorted((column.date, n) for n, column in enumerate(columns) if column.role == "dated" and column.date is not None)
    return {"previous": days[0][1], "current": days[1][1]} if len(days) == 2 and days[0][0] != days[1][0] else {}
