"""What is known of a place that was filled in by hand: the printed lines to write on, and what two readers make of the ink."""

from __future__ import annotations

from dataclasses import dataclass

from metering.pages import Box, Page

_LEAST_LINE = 30.0  # points of the shortest printed line to write on


@dataclass(frozen=True, slots=True)
class Sign:
    """One written sign. mark: "," (point or comma) or "-", "" for a digit; chances: of a digit, the probabilities of 0 to 9."""

    box: Box
    mark: str
    chances: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class HandReading:
    """A place as two independent readers see it; no signs where nothing is written.

    signs: what the digit reader saw, left to right; line: the whole as the line reader read it (digits and `, . -`), with its
    confidence 0..1; struck: something was struck out and left out.
    """

    signs: tuple[Sign, ...]
    line: str
    confidence: float
    struck: bool = False


def fill_lines(page: Page) -> tuple[Box, ...]:
    """The printed lines to write on: horizontal rules that touch no vertical one."""
    upright = [r for r in page.rules if r.height > 4 * r.width]
    level = [r for r in page.rules if r.width > 4 * r.height and r.width >= _LEAST_LINE]
    return tuple(r for r in level if not any(_touches(r, v) for v in upright))


def _touches(level: Box, upright: Box) -> bool:
    return upright.left - 3 <= level.right and upright.right + 3 >= level.left and upright.top - 3 <= level.middle[1] <= upright.bottom + 3
