"""That somebody wrote his name under a form, where it cannot be read: what is asked for is that it is there (docs/handwriting.md)."""

from __future__ import annotations

from metering.handwriting import fill_lines
from metering.pages import Box
from parsers.handwritten.lines import over_line
from parsers.handwritten.writing import Writing
from parsers.page.found import Found
from parsers.page.lines import text_of
from parsers.page.marked import MarkedPage

NOTE = "written by hand, not read"
SURELY_HAND = 0.7  # how surely the ink must be handwriting, 0 print .. 1 hand
TRUST = 0.2  # in what the engine, made for print, reads there


def written_name(inked: MarkedPage, printed: MarkedPage, position: Found, writing: Writing) -> Found | None:
    """The name on the last of the lines behind a position, for the signature and for the name, if handwriting stands there, clear of a
    stamp, whose own ink could be taken for it; None where there are no such lines, or nothing is written.

    inked: the page as it was read; printed: its print alone, with all its lines.
    """
    at = position.box
    if at is None:
        return None
    level = [r for r in fill_lines(printed.page) if at.top < r.middle[1] < at.bottom + 1.5 * at.height]
    behind = sorted((r for r in level if r.left > at.right - 0.5 * at.height), key=lambda r: r.left)
    if len(behind) < 2:
        return None
    place = over_line(printed, behind[-1])
    if not is_written(inked.page.number, place, writing):
        return None
    tokens = [t for t in inked.tokens if place.holds(t.box)]
    return Found(text_of(tokens), inked.page.number, tokens, NOTE, TRUST, place=place)


def is_written(page: int, place: Box, writing: Writing) -> bool:
    """Whether handwriting stands in a place, of one that a stamp reaches beside its ring."""
    stamp = writing.stamp(page)
    covered = stamp is not None and place.meets(stamp)
    surely = writing.look_beside_stamp(page, place) if covered else writing.look(page, place, False)
    return surely is not None and surely >= SURELY_HAND
