"""Numbers of one cell that say more, or less, than one reading: both readings in it, or a number broken over its lines."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.meters.columns import Column
from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.marked import MarkedPage, mark_tokens
from parsers.page.tokens import Form, Token
from parsers.wording.numbers import parse_number

_BOTH = ("previous", "current")


def both_readings(page: MarkedPage, column: Column, items: Sequence[Item]) -> list[Item] | None:
    """The previous and the current reading of a cell that holds both, as its heading says («пред./тек.» over «77,310 / 79,002»), or the
    cell itself before each («пред.: 77,310» over «посл.: 79,002»)."""
    numbers = [i for i in items if i.sort == "number"]
    if len(numbers) != len(_BOTH):
        return None
    of_head = [i.key for i in mark_tokens(column.tokens, page.ocr) if i.key in _BOTH]
    told = [i for i in items if i.sort == "number" or i.key in _BOTH]
    of_cell = [i.key for i in told[::2]] if all(i.sort == "number" for i in told[1::2]) else []
    keys = of_cell if len(told) == 2 * len(_BOTH) else of_head
    if sorted(keys) != sorted(_BOTH):
        return None
    return numbers if keys[0] == "previous" else numbers[::-1]


def wrapped_number(cell: Sequence[Token], page: int) -> Found | None:
    """A number broken over two lines of its cell at the space between its thousands."""
    numbers = [t for t in cell if t.form is Form.NUMBER]
    if len({t.line for t in numbers}) < 2:
        return None
    value = parse_number(" ".join(t.text for t in sorted(numbers, key=lambda t: (t.line, t.box.left))))
    return Found(value, page, numbers, "broken over two lines") if value is not None else None
