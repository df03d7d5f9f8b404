"""Pages as words with places: what the text layer and the OCR engines hand to extraction.

All coordinates are points (1/72 inch) from the top left of the upright page.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: The text of a word whose print was not read: rows of days of which no more is read than is asked for.
UNREAD = "▒"


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def union(self, other: Box) -> Box:
        return Box(min(self.left, other.left), min(self.top, other.top), max(self.right, other.right), max(self.bottom, other.bottom))

    def meets(self, other: Box) -> bool:
        """Whether the two have any place in common."""
        return self.shares_width(other) and self.top < other.bottom and other.top < self.bottom

    def shares_width(self, other: Box) -> bool:
        """Whether one stands over or under the other, or would, however far."""
        return self.left < other.right and other.left < self.right

    def overlaps(self, other: Box, share: float) -> bool:
        """Whether the two share some width, and more than so much (0..1) of the lower one's height."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0 and down > share * min(self.height, other.height)

    def holds(self, other: Box) -> bool:
        """Whether the other's middle lies in it, its edges included."""
        x, y = other.middle
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    @classmethod
    def around(cls, boxes: list[Box]) -> Box:
        """The smallest box that holds all of them; needs at least one."""
        return cls(min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes))


class PageSource(StrEnum):
    TEXT_LAYER = "text"
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was read. `symbols` has a box for each character of `text`, or is empty when the source has none."""

    text: str
    confidence: float  # 0..1; 1 for a text layer
    box: Box
    symbols: tuple[Box, ...] = ()

    @property
    def is_unread(self) -> bool:
        """Whether it only stands for print that was not read."""
        return self.text == UNREAD


@dataclass(frozen=True, slots=True)
class Page:
    """One upright page. `rules` are drawn table lines where they were found (thin boxes), else empty; `turned` is what stands at an
    angle across the page, in no line of it: in a text layer, or in a red stamp."""

    number: int  # from 1, within its file
    width: float
    height: float
    words: tuple[Word, ...]
    source: PageSource
    rules: tuple[Box, ...] = ()
    turned: tuple[str, ...] = ()

    @property
    def has_unread(self) -> bool:
        """Whether print stands on it that was not read."""
        return any(word.is_unread for word in self.words)


@dataclass(frozen=True, slots=True)
class Mark:
    """Whether ink of a kind (signature, round stamp) was found, and where: the file's place among the report's, from 1, and the page."""

    value: bool
    confidence: float
    page: int | None = None
    box: Box | None = None
    file: int = 1
