"""What is known of a place that was filled in by hand: the printed lines to write on, and what two readers make of the ink."""

from __future__ import annotations

from dataclasses import dataclass

from metering.pages import Box, Page

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
    handwriting, 0 print .. 1 hand; struck: something was struck out and left out.
    """

    texts: tuple[WrittenText, ...] = ()
    best: tuple[str, str] = ("", "")
    hand: float = 0.5
    struck: bool = False


def fill_lines(page: Page) -> tuple[Box, ...]:
    """The printed lines to write on: horizontal rules that touch no vertical one."""
    upright = [r for r in page.rules if r.height > 4 * r.width]
    level = [r for r in page.rules if r.width > 4 * r.height and r.width >= _LEAST_LINE]
    return tuple(r for r in level if not any(_touches(r, v) for v in upright))


def _touches(level: Box, upright: Box) -> bool:
    return upright.left - 3 <= level.right and upright.right + 3 >= level.left and upright.top - 3 <= level.middle[1] <= upright.bottom + 3
