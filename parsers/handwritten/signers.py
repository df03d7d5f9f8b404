"""That somebody wrote his name under a form, where it cannot be read: what is asked for is that it is there (docs/handwriting.md)."""

from __future__ import annotations

from collections.abc import Callable

from metering.handwriting import fill_lines
from metering.pages import Box
from parsers.handwritten.lines import over_line
from parsers.page.found import Found
from parsers.page.lines import text_of
from parsers.page.marked import MarkedPage

NOTE = "written by hand, not read"
SURELY_HAND = 0.7  # how surely the ink must be handwriting, 0 print .. 1 hand
TRUST = 0.2  # in what the engine, made for print, reads there


def written_name(
    inked: MarkedPage, printed: MarkedPage, position: Found, stamp: Box | None, look: Callable[[Box], float | None]
) -> Found | None:
    """The name on the last of the lines behind a position, for the signature and for the name, if handwriting stands there; None where
    there are no such lines, nothing is written, or a stamp reaches there: its own ink could be taken for a name.

    inked: the page as it was read; printed: its print alone, with all its lines; look: how surely ink in a place is handwriting.
    """
    at = position.box
    if at is None:
        return None
    level = [r for r in fill_lines(printed.page) if at.top < r.middle[1] < at.bottom + 1.5 * at.height]
    behind = sorted((r for r in level if r.left > at.right - 0.5 * at.height), key=lambda r: r.left)
    if len(behind) < 2:
        return None
    place = over_line(printed, behind[-1])
    if stamp is not None and place.meets(stamp):
        return None
    surely = look(place)
    if surely is None or surely < SURELY_HAND:
        return None
    tokens = [t for t in inked.tokens if place.holds(t.box)]
    return Found(text_of(tokens), inked.page.number, tokens, NOTE, TRUST, place=place)
