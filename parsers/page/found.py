"""What extraction works with before values become fields: a value with its tokens, and the draft of one meter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from metering.pages import Box
from metering.units import MeterKind, Unit
from parsers.page.items import Item
from parsers.page.lines import box_of
from parsers.page.tokens import Token


@dataclass(slots=True)
class Found:
    """A value as text, the page it stands on and the tokens it was read from. trust: how well its label fits, 0..1.

    first: what another reading of the page had there before, where this one was taken because its numbers add up.
    """

    value: str
    page: int
    tokens: list[Token]
    note: str | None = None
    trust: float = 1.0
    alternatives: tuple[str, ...] = ()
    place: Box | None = None  # where no token was read
    first: str | None = None

    @property
    def box(self) -> Box | None:
        return box_of(self.tokens) if self.tokens else self.place

    @property
    def confidence(self) -> float:
        """The engine's, of the worst of its tokens."""
        return min((t.confidence for t in self.tokens), default=0.5)

    @classmethod
    def of(cls, item: Item, page: int, trust: float = 1.0) -> Found:
        """A date, a month or a number as it was read."""
        return cls(str(item.value), page, item.tokens, item.note, min(trust, item.trust))


#: A meter's numbers, as `closes` takes them.
NUMBERS = ("previous", "current", "consumption")


@dataclass(slots=True)
class Draft:
    """A meter as far as it was put together. dated: readings known only by their date (index of that day); units: those that its numbers
    have of their own, or by their columns.

    daily: the energy of a printout's rows; gaps: where on an OCR page a row's energy should stand but no number was read.
    """

    page: int
    serial: Found | None = None
    model: Found | None = None
    kind: MeterKind | None = None
    unit: Unit | None = None
    unit_unread: bool = False  # a picture has a place for its unit, and what stands there is none
    previous: Found | None = None
    current: Found | None = None
    consumption: Found | None = None
    reading_date: Found | None = None
    dated: list[tuple[dt.date, Found]] = field(default_factory=list)
    daily: list[Found] = field(default_factory=list)
    gaps: list[Box] = field(default_factory=list)
    daily_total: Found | None = None
    dated_items: list[Item] = field(default_factory=list)
    unchanged: Item | None = None
    cells: dict[str, Box] = field(default_factory=dict)  # by role: where in its table a value stands or should stand
    units: set[Unit] = field(default_factory=set)
    top: float = 0.0

    def numbers(self) -> list[Found]:
        """Those of its three numbers that were read."""
        return [found for name in NUMBERS if (found := getattr(self, name)) is not None]

    def adds_up(self) -> bool:
        """Whether its three numbers were read, and previous + consumption = current."""
        return closes(self.previous, self.current, self.consumption)

    def has_foreign_amount(self) -> bool:
        """Whether a whole number which the indexes with their decimals do not differ by was taken for their consumption («Iste’mol qilingan
        issiqlik» read as «Iste’mol qilingan 15514 К»)."""
        used, counted = self.consumption, (self.previous, self.current)
        whole = used is not None and used.value.isdigit() and not self.adds_up()
        return whole and all(found is not None and "." in found.value for found in counted)

    def may_have_other_unit(self) -> bool:
        """Whether what the page says elsewhere may not be its unit: its own was not read, and it is not known to be one of heat."""
        return self.unit is None and self.unit_unread and self.kind is not MeterKind.HEAT

    def has_value(self) -> bool:
        return any((self.previous, self.current, self.consumption, self.dated))


@dataclass(slots=True)
class FoundTotal:
    """A totals row's value."""

    value: Found
    unit: Unit | None


def closes(previous: Found | None, current: Found | None, consumption: Found | None) -> bool:
    """Whether previous + consumption = current to the last digit."""
    if previous is None or current is None or consumption is None:
        return False
    return Decimal(previous.value) + Decimal(consumption.value) == Decimal(current.value)
