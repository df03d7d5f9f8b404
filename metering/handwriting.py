"""What is known of a place that was filled in by hand: the printed lines to write on, and what two readers make of the ink."""

from __future__ import annotations

import bisect
import math
import re
from collections import Counter
from dataclasses import dataclass, replace

from metering.pages import Box, Page

_FROM_ENDS = 12.0  # points
_TOUCH = 3.0  # points: what stands so near touches
_LEAST_LINE = 30.0  # points of the shortest printed line to write on


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One text that a place may say: digits, "," for a comma or point, "-", "/" and the letters of Roman months.

    costs: how unlikely each of the two readers finds it, minus the natural logarithm of its probability: our own, then PP-OCR.
    """

    text: str
    costs: tuple[float, float]


@dataclass(frozen=True, slots=True)
class HandReading:
    """A place as two independent readers see it; no texts where nothing is written.

    texts: what either reader holds possible, likeliest first; best: what each by itself holds likeliest; hand: how surely it is
    handwriting, 0 print .. 1 hand; struck: something was struck out and left out; beyond: ink as high as a digit stands right outside of
    the place, which may be torn: print beside it, or more of the writing.
    """

    texts: tuple[WrittenText, ...] = ()
    best: tuple[str, str] = ("", "")
    hand: float = 0.5
    struck: bool = False
    beyond: bool = False

    def closed_by(self, whole: re.Pattern[str]) -> HandReading:
        """The same, and none of it outside of its place, where what both readers hold likeliest is whole."""
        return replace(self, beyond=False) if all(whole.fullmatch(text) for text in self.best) else self

    def or_beneath_stamp(self, lifted: HandReading) -> HandReading:
        """What was read with a stamp's ink faded where that is clearer; some of the pen's may have gone with it, so it counts as struck."""
        return replace(lifted, struck=True) if lifted._least_cost() < self._least_cost() else self

    def _least_cost(self) -> float:
        return min((sum(text.costs) for text in self.texts), default=math.inf)


def fill_lines(page: Page) -> tuple[Box, ...]:
    """The printed lines to write on: horizontal rules that touch no vertical one, or one alone, a stray stroke, between their ends."""
    upright = sorted((r for r in page.rules if r.height > 4 * r.width), key=lambda rule: rule.top)
    level = [r for r in page.rules if r.width > 4 * r.height and r.width >= _LEAST_LINE]
    sides = [_touching(r, upright) for r in level]
    touched = Counter(id(v) for touching in sides for v in touching)
    alone = [len(touching) == 1 and touched[id(touching[0])] == 1 for touching in sides]
    return tuple(
        line
        for line, touching, stray in zip(level, sides, alone, strict=True)
        if not touching or (stray and _is_between_ends(line, touching[0]))
    )


def _touching(level: Box, upright: list[Box]) -> list[Box]:
    """Those of the vertical rules, sorted by their tops, that touch a horizontal one."""
    down, left, right = level.middle[1], level.left - _TOUCH, level.right + _TOUCH
    reached = upright[: bisect.bisect_right(upright, down + _TOUCH, key=lambda rule: rule.top)]
    return [v for v in reached if v.bottom >= down - _TOUCH and v.left <= right and v.right >= left]


def _is_between_ends(level: Box, upright: Box) -> bool:
    return level.left + _FROM_ENDS < upright.left and upright.right < level.right - _FROM_ENDS
