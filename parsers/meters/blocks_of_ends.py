"""What a calculator of several systems counted, in blocks: each under its day or its word, the systems in columns side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from metering.pages import Box
from metering.units import Unit
from parsers.meters.columns import unit_of
from parsers.meters.head_cells import names_heat
from parsers.page.found import NUMBERS, Draft, Found
from parsers.page.items import Item
from parsers.page.lines import Line
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form

_SYSTEMS = 2  # at least: one by itself is told in sentences
_ENDS = 2  # blocks of readings, at least
_ABOVE = 5  # lines over the first block on which the systems' serials may stand
_SERIAL = 5  # digits of one, at least
_WORDS = 3  # of a line that is the heading of a block, its day aside


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading with the row of heat below it. said: its day, else its label; unit: of the row; numbers: a system each."""

    said: Item
    line: Line
    unit: Unit | None
    numbers: list[Item]

    def is_like(self, other: _Block) -> bool:
        """Whether the numbers of two blocks stand in the same columns."""
        return _in_columns([i.box for i in self.numbers], [i.box for i in other.numbers])


class BlockReader:
    """Reads such blocks of a page. drafts: a meter a column; lines: the numbers of their lines."""

    def __init__(self, page: MarkedPage, without: Collection[int]) -> None:
        self.page = page
        self.drafts: list[Draft] = []
        self.lines: set[int] = set()
        free = [line for line in page.lines[:-1] if not {line.number, line.number + 1} & set(without)]
        blocks = [block for line in free if (block := self._block(line)) is not None]
        days = [block.said.date for block in blocks if block.said.sort == "date"]
        ends = {block.said.key for block in blocks} & {"previous", "current"}
        if len({*days, *ends}) < _ENDS or len(set(days)) < len(days) or not all(block.is_like(blocks[0]) for block in blocks):
            return
        self.drafts = [self._meter(blocks, n) for n in range(len(blocks[0].numbers))]
        self._give_serials(blocks[0])
        self.lines |= {n for block in blocks for n in (block.line.number - 1, block.line.number)}

    def _block(self, head: Line) -> _Block | None:
        """The block under a line that says no more than a day («На 24.01.2026 24:00») or what the numbers are («Разность»)."""
        items = self.page.on_line(head.number)
        known = {id(t) for i in items for t in i.tokens}
        words = [t for t in head.tokens if id(t) not in known and t.form is Form.WORD]
        said = [i for i in items if i.sort == "date" or i.key in NUMBERS]
        if not said or len(words) > _WORDS or any(i.sort not in ("date", "label") for i in items):
            return None
        below = self.page.on_line(head.number + 1)
        named = max((n for n, item in enumerate(below) if names_heat(item)), default=len(below))
        numbers = below[named + 1 :]
        if len(numbers) < _SYSTEMS or any(i.sort != "number" for i in numbers):
            return None
        said = [i for i in said if i.sort == "date"] or said
        return _Block(said[0], self.page.lines[head.number + 1], unit_of(below), numbers)

    def _meter(self, blocks: Sequence[_Block], system: int) -> Draft:
        draft = Draft(self.page.page.number, unit=blocks[0].unit, top=blocks[0].line.box.top)
        for block in blocks:
            found = Found.of(block.numbers[system], draft.page)
            if block.said.sort == "date":
                draft.dated.append((block.said.date, found))
                draft.dated_items.append(block.said)
            else:
                setattr(draft, block.said.key, found)
        return draft

    def _give_serials(self, first: _Block) -> None:
        """To each system the serial over its column, from a line that has one for each («Зав. номер   1611306   1350535»)."""
        top = first.line.number - 1
        for line in self.page.lines[max(0, top - _ABOVE) : top]:
            items = self.page.on_line(line.number)
            serials = [i for i in items if i.sort == "number" and i.text.isdigit() and len(i.text) >= _SERIAL]
            named = bool(items) and items[0].key == "serial" and len(serials) == len(items) - 1
            if named and _in_columns([i.box for i in serials], [i.box for i in first.numbers]):
                for draft, serial in zip(self.drafts, serials, strict=True):
                    draft.serial = Found.of(serial, draft.page)
                self.lines.add(line.number)


def _in_columns(one: Sequence[Box], two: Sequence[Box]) -> bool:
    """Whether boxes of two lines stand in the same columns."""
    return len(one) == len(two) and all(a.shares_width(b) for a, b in zip(one, two, strict=True))
