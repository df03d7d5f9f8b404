"""Lines of the head that the engine passed over as a whole: the gap that one leaves between its neighbours is read by itself."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Mapping

from metering.pages import Box
from parsers.page.found import Found
from parsers.page.marked import MarkedPage

WHOSE = ("organization", "address")  # they stand near each other
_NEAR, _AROUND = 2, 4  # lines above and below the one of the two that was read: with the gap among them, with the usual distances
_MOST = 2  # rows that are read
_OF_A_LINE = 0.4  # of a line's height: a gap has room for another one where it is so much more than two usual ones


def rows_of_lost_lines(page: MarkedPage, single: Mapping[str, Found | None]) -> list[Box]:
    """Where a line may have stood near the name or the address, if one of the two was not read: gaps between lines that have room for
    one more with the usual distances, as wide as the page."""
    known = [found for key in WHOSE if (found := single[key]) is not None and found.tokens]
    if len(known) != 1:
        return []
    at = known[0].tokens[0].line
    around, near = (page.lines[max(0, at - reach) : at + reach + 1] for reach in (_AROUND, _NEAR))
    if len(around) <= _AROUND:
        return []
    usual = max(0.0, statistics.median_low(below.box.top - above.box.bottom for above, below in itertools.pairwise(around)))
    room = 2 * usual + _OF_A_LINE * statistics.median(line.box.height for line in around)
    gaps = [(above.box.bottom, below.box.top) for above, below in itertools.pairwise(near)]
    return [Box(0.0, top + usual / 2, page.page.width, bottom - usual / 2) for top, bottom in gaps if bottom - top > room][:_MOST]
