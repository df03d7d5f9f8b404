"""What stands around a label or a number of running text: heads over columns, days before them, meters that a number opens."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from metering.units import Unit, is_energy
from parsers.meters.head_cells import BESIDE_HEAT
from parsers.page.date_items import TO_DAY
from parsers.page.found import NUMBERS, Found
from parsers.page.items import Item
from parsers.page.lines import text_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form

#: Labels whose number is one of the three that a meter has.
VALUES = frozenset(NUMBERS)
_SPAN = 3  # tokens between its two days
_UNIT_REACH = 2  # tokens of a unit behind a label, its comma included


def closes_block(label: Item, number: Item) -> bool:
    """Whether the row of a unit ends a meter's block: «Единица измерения | м³» right under its last number."""
    return label.line == number.line + 1


def leads(page: MarkedPage, date: Item, label: Item) -> bool:
    """Whether a date stands right before a label that it belongs to: «на 23.11.2025 г. стало»."""
    between = page.tokens[date.last + 1 : label.first]
    return len(between) <= 3 and not any(t.text in ",;:)" for t in between)


def is_right_behind(page: MarkedPage, number: Item, unit: Item) -> bool:
    """Whether a unit stands right behind a number, a token between at most; one that a word of another line leads to is of that word."""
    between = page.tokens[number.last + 1 : unit.first]
    return len(between) < _UNIT_REACH and (unit.line == number.line or not any(t.form is Form.WORD for t in between))


def is_index_of_name(page: MarkedPage, number: Item, unit: Item) -> bool:
    """Whether a digit with a comma before a unit is the index of a column's name that was torn («\\ 2, м3» for «V2, м³»)."""
    return len(number.text) == 1 and any(t.text == "," for t in page.tokens[number.last + 1 : unit.first])


def is_of_other_unit(page: MarkedPage, number: Item) -> bool:
    """Whether a unit of tonnes, degrees or hours stands right before a number and is of no other number («Mi т 4886.3»)."""
    line = [i for i in page.on_line(number.line) if i.first < number.first]
    if not line or line[-1].sort != "unit" or isinstance(line[-1].value, Unit) or line[-1].last != number.first - 1:
        return False
    return len(line) < 2 or line[-2].sort != "number" or line[-2].last != line[-1].first - 1


def ends_span(page: MarkedPage, date: Item) -> bool:
    """Whether a date is the second one of a span («с 20-10-25 по 25-11-25»)."""
    before = page.items[page.items.index(date) - 1]
    if before.sort != "date" or before.first > date.first:
        return False
    between = page.tokens[before.last + 1 : date.first]
    return 0 < len(between) <= _SPAN and any(t.fold in TO_DAY for t in between)


def heads_another(page: MarkedPage, label: Item, item: Item) -> bool:
    """Whether a label behind days, or what is left of them, stands over another number of a later line: «01.11.26 22.11.26 Разность»
    over three numbers, of which a date could not be read, is no sentence. «(завод рақами 40511596): аввалги кўрсаткич» is one."""
    before = page.tokens[max(0, label.first - 2) : label.first]
    told = all(token.line == label.line for token in before) and text_of(before) == "):"
    days = not told and any(i.sort in ("date", "number") and i.first < label.first for i in page.on_line(label.line))
    if label.key not in VALUES or label.line == item.line or not days or _goes_on(page, label, item):
        return False
    under = [i for i in page.on_line(item.line) if i.sort == "number" and i.box.shares_width(label.box)]
    return bool(under) and not any(i is item for i in under)


def _goes_on(page: MarkedPage, label: Item, item: Item) -> bool:
    """Whether a sentence goes on over a line's end: the number right behind the label opens its line, and further labels follow it."""
    return item.first == label.last + 1 and any(i.sort == "label" and i.first > item.last for i in page.on_line(item.line))


def names_misread_heat(page: MarkedPage, label: Item) -> bool:
    """Whether the unit right behind a label says that it is heat whose letter was misread: «Показания счетчиков   M1, Гкал» over them."""
    units = [i.value for i in page.on_line(label.line) if i.sort == "unit" and 0 < i.first - label.last <= _UNIT_REACH]
    return label.key in BESIDE_HEAT and bool(units) and all(isinstance(unit, Unit) and is_energy(unit) for unit in units)


def heads_meter(page: MarkedPage, item: Item) -> bool:
    """Whether a numbered thing is a meter: first on its line, its readings behind it («1-uy: № 300411 — 702,2 dan 741,0 gacha»)."""
    line = page.on_line(item.line)
    place = next(n for n, i in enumerate(line) if i is item)
    ahead = [i for i in line[:place] if i.sort != "number" or "." in i.text or len(i.text) > 2]
    behind = [i for i in line[place + 1 :] if i.sort == "number" and "." in i.text]
    return not ahead and len(behind) >= 2 and any(i.sort == "unit" for i in line)


def number_behind_colon(page: MarkedPage, label: Item, numbers: Sequence[Item]) -> Item | None:
    """«Multical 603, ishlab chiqarish raqami: 88477239»: a number as long as a serial behind whatever number's name beside a meter."""
    meter = any(i.key in ("brand", "meter") and i.last < label.first for i in page.on_line(label.line))
    number = next((i for i in numbers if i.first == label.last + 2 and page.tokens[label.last + 1].text == ":"), None)
    return number if meter and number is not None and "." not in number.text and 5 <= len(number.text) <= 10 else None


def has_neighbour(page: MarkedPage, found: Found, taken: Collection[int]) -> bool:
    """Whether the next thing behind a number is another quantity of its line, with none of its tokens among those taken (by id)."""
    line = page.on_line(found.tokens[0].line)
    behind = next((i for i in line if i.box.left > found.tokens[-1].box.left and i.tokens[0] not in found.tokens), None)
    if behind is None or behind.sort != "number" or "." not in behind.text:
        return False
    return not any(id(token) in taken for token in behind.tokens)
