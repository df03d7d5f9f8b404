"""Headers of meter tables, and what stands right over them."""

from __future__ import annotations

from collections.abc import Sequence

from metering.units import MeterKind, Unit, is_energy
from parsers.meters.columns import Header, header_of, rules_across
from parsers.meters.head_cells import BESIDE_HEAT
from parsers.meters.head_lines import STRONG, grow, holds_values
from parsers.meters.head_seeds import heads_integrators, is_seed
from parsers.meters.kinds import is_of_volume
from parsers.meters.row import is_sum
from parsers.meters.serials import is_signed
from parsers.page.found import NUMBERS
from parsers.page.items import Item
from parsers.page.lines import Line, cells_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form

#: Columns of a line of days.
_OF_DAYS = frozenset({"dated", "report_date", "date_column", "other"})
_SERIAL = 5  # digits of one at least


def find_headers(page: MarkedPage) -> list[Header]:
    """The table headers of a page, top to bottom."""
    headers: list[Header] = []
    seeds = [line.number for line in page.lines if is_seed(page, line)]
    for seed in seeds:
        if headers and seed <= headers[-1].last:
            continue
        floor = headers[-1].last + 1 if headers else 0
        first, last = grow(page, seed, floor)
        header = header_of(page, first, last)
        if headers and _dates_ends(header, headers[-1]):
            headers[-1] = header_of(page, headers[-1].first, last)
            continue
        if _is_meant(header) or heads_integrators(page, page.lines[seed]):
            headers.append(header)
    return headers


def _dates_ends(header: Header, above: Header) -> bool:
    """Whether what may be a header is but the days of the one right above it («Дата | 25.12.2025 | 21.01.2026» under «Начало | Конец |
    Разность»)."""
    ends = above.has("previous") and above.has("current") and header.first == above.last + 1
    return ends and all(column.role in _OF_DAYS for column in header.columns)


def _is_meant(header: Header) -> bool:
    """Whether a header is one of meters (two telling columns) or of a printout (heat by days or by integrators)."""
    roles = {c.role for c in header.columns}
    if len({c.date for c in header.columns if c.role == "dated"} - {None}) == 2:
        return True
    if roles & {"previous", "current", "consumption", "serial", "reading", "dated"}:
        return len(roles & STRONG) >= 2 or "consumption" in roles
    others = any(c.role == "unit" and c.unit is None for c in header.columns)  # tonnes and hours, whatever they are called
    days = others or roles & {"report_date", "date_column", *BESIDE_HEAT} or "cumulative" in header.labels
    energy = any(c.unit and is_energy(c.unit) for c in header.columns)
    heat = roles & {"energy", "energy_water"} or (energy and (others or roles & {"report_date", *BESIDE_HEAT}))
    return bool(days) and bool(heat)


def heading_of(page: MarkedPage, header: Header, floor: int) -> int:
    """The first line of a table's heading («Таблица 2. Горячая вода, м3», one long cell right over it), else that of its header."""
    first = header.first
    while first > max(floor, header.first - 2) and _is_heading(page, page.lines[first - 1]):
        first -= 1
    return first


def kind_over(page: MarkedPage, header: Header) -> MeterKind | None:
    """What a line right over the table says of its meters («1. Отопление»), where it names one kind only. The last row of the table
    above, with its readings, says its own meter's («Счетчик горячей воды | … | 282,02 | 458,52»)."""
    for n in range(header.first - 1, max(-1, header.first - 3), -1):
        items = page.on_line(n)
        if sum(i.sort == "number" for i in items) >= len(NUMBERS):
            return None
        kinds = {i.value for i in items if i.sort == "kind" and not is_of_volume(page, i)}
        if len(kinds) == 1:
            kind = kinds.pop()
            return kind if isinstance(kind, MeterKind) else None
        if kinds or any(i.sort in ("label", "number") for i in items):
            return None
    return None


def end_over(page: MarkedPage, header: Header) -> tuple[str, Item | None] | None:
    """Which reading the line right over a table says that it holds, and its day («Интеграторы на конец периода 20.11.2026» over «Q, Гкал |
    V1, м3 | M1, т»); None where it says neither or both, or the columns say it."""
    if header.first == 0 or not header.has("energy", "energy_water") or header.has(*NUMBERS, "serial"):
        return None
    items = page.on_line(header.first - 1)
    ends = {i.key for i in items} & {"previous", "current"}
    days = [i for i in items if i.sort == "date"]
    if len(ends) != 1 or len(days) > 1 or any(i.sort == "unit" for i in items):
        return None
    return ends.pop(), days[0] if days else None


def unit_over(page: MarkedPage, header: Header) -> Unit | None:
    """The unit that the heading of the table names («2. Горячая вода, м3»)."""
    lines = range(heading_of(page, header, 0), header.first)
    units = {i.value for n in lines for i in page.on_line(n) if i.sort == "unit"}
    unit = units.pop() if len(units) == 1 else None
    return unit if isinstance(unit, Unit) else None


def _is_heading(page: MarkedPage, line: Line) -> bool:
    items = page.on_line(line.number)
    if len(cells_of(line.tokens, line.letter, rules_across(page, line.box))) != 1:
        return _introduces(page, items)
    named = any(i.key == "serial" for i in items) or _names_by_number(page, items)
    if named and not any(i.sort == "number" and "." in i.text for i in items):
        return True  # «SHARKY 775, zavod raqami 48327776 – Isitish»
    if holds_values(page, line):
        return False
    if is_sum(items) or sum(t.form is Form.WORD for t in line.tokens) < 2:
        return False
    return any(i.sort in ("kind", "unit") or i.key in ("energy", "energy_water", "title") for i in items)


def _introduces(page: MarkedPage, items: Sequence[Item]) -> bool:
    """Whether a line of several cells names the one meter of the table below it: «ТЭМ-106   Зав. № 99598822   Система 2: отопление»."""
    keys = {i.key for i in items if i.sort == "label"}
    numbers = [i.text for i in items if i.sort == "number"]
    named = {"serial", "brand"} <= keys or _names_by_number(page, items)
    return (
        named
        and not keys & {*NUMBERS, "reading", "name_column"}
        and not any("." in n for n in numbers)
        and sum(len(n) >= _SERIAL for n in numbers) == 1
    )


def _names_by_number(page: MarkedPage, items: Sequence[Item]) -> bool:
    """Whether a meter is named by a number sign alone («2. Водосчетчик ВСГН-40 №25358464. Горячее водоснабжение»)."""
    signed = any(i.sort == "number" and len(i.text) >= _SERIAL and is_signed(page, i) for i in items)
    return signed and any(i.key in ("meter", "brand") for i in items) and not any(i.group == "requisites" for i in items)
