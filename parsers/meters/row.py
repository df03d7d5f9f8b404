"""A row of a table: what each of its cells holds, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from metering.pages import Box
from metering.units import MeterKind, Unit
from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Token

#: Columns whose cell makes a line a row of its own.
ANCHORS = frozenset({"serial", "previous", "current", "consumption", "reading", "dated", "energy", "energy_water"})


#: Labels of what sums up several meters or days, or is a part of one.
_OF_SUMS = frozenset({"total", "average", "part"})


@dataclass(slots=True)
class Row:
    """A row: the tokens of each column by its index, and where it stands."""

    cells: dict[int, list[Token]]
    box: Box
    lines: list[int] = field(default_factory=list)
    guessed: bool = False  # wrapped lines were put to it by nearness alone
    section: MeterKind | None = None  # what a line over it says of all rows down to the next such line
    section_unit: Unit | None = None  # that the same line names
    heading: list[Token] = field(default_factory=list)  # the line over it that names its meter, across all columns

    def tokens(self) -> list[Token]:
        return [token for _, cell in sorted(self.cells.items()) for token in cell]


def is_sum(items: Iterable[Item]) -> bool:
    """Whether what a line says makes it a total, an average or a part («в т.ч.»): it is of no meter."""
    return any(item.key in _OF_SUMS for item in items)


def items_in(page: MarkedPage, tokens: Sequence[Token]) -> list[Item]:
    """The marked items whose tokens all stand in a cell."""
    ids = {id(t) for t in tokens}
    lines = {t.line for t in tokens}
    return [i for n in lines for i in page.on_line(n) if all(id(t) in ids for t in i.tokens)]
