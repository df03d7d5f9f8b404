"""What was recognised among the tokens of a page: one item each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from metering.pages import Box
from metering.periods import Period
from parsers.page.lines import box_of
from parsers.page.tokens import Token


@dataclass(slots=True)
class Item:
    """Something that was recognised: its sort ("label", "date", "month", "number", "serial", "unit", "kind"), its tokens [first, last] by
    index.

    key: of a label its meaning; value: a date, a Period, a number's text, a Unit or a MeterKind.
    """

    sort: str
    first: int
    last: int
    box: Box
    line: int
    key: str = ""
    value: object = None
    note: str | None = None
    group: str = ""
    tokens: list[Token] = field(default_factory=list)
    trust: float = 1.0  # below one where it is not sure that the tokens belong together

    @property
    def date(self) -> dt.date:
        assert isinstance(self.value, dt.date)
        return self.value

    @property
    def period(self) -> Period:
        assert isinstance(self.value, Period)
        return self.value

    @property
    def text(self) -> str:
        assert isinstance(self.value, str)
        return self.value


def item_of(sort: str, tokens: Sequence[Token], first: int, last: int, **rest: object) -> Item:
    """The tokens [first, last] as an item; rest: its other fields."""
    span = list(tokens[first : last + 1])
    return Item(sort, first, last, box_of(span), span[0].line, tokens=span, **rest)  # type: ignore[arg-type]
