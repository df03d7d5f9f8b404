"""Whether a page was filled in by hand, by the look of the ink in its places (docs/handwriting.md, "Hand or print")."""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from metering.handwriting import fill_lines
from metering.pages import Box
from parsers.handwritten.lines import Place, over_line
from parsers.handwritten.places import find_places
from parsers.handwritten.plain_print import are_numbers_lost, is_plainly_print
from parsers.handwritten.writing import SURELY_PRINT, Writing
from parsers.page.found import NUMBERS
from parsers.page.marked import MarkedPage
from parsers.pagefacts import PageFacts

_PROBES = 8  # places of a page that are looked at to tell hand from print
_LEAST_PROBES = 2
_HAND = 0.7  # median look of a page's places from which it was filled in by hand
# Where a page is typed but for the numbers of its meter: looks of ink that is surely written, and surely print; so many of each at least.
_SURELY, _LEAST = 0.95, 2


def is_filled_by_hand(facts: PageFacts, writing: Writing) -> bool:
    """Whether what stands in a page's places is handwriting by the look of its ink, whatever the engine made of it."""
    if facts.marked.page.has_unread:
        return False  # days that the engine reads at both ends of their rows are print, and so is what stands between
    plain = is_plainly_print(facts)
    if plain and not are_numbers_lost(facts):
        return False
    number = facts.marked.page.number
    marked = replace(facts.marked, page=replace(facts.marked.page, rules=writing.lines(number, False)))
    numbers, others = _probes(marked, writing.frames(number, False))
    looks: list[float] = []
    written = 0
    for place in [*numbers, *others]:
        look = writing.look(number, place.box, place.boxed)
        if look is not None:
            looks.append(look)
            written += place in numbers and look >= _SURELY
        if len(looks) == _PROBES:
            break
    if len(looks) < _LEAST_PROBES:
        return False
    return (not plain and median(looks) > _HAND) or (written >= _LEAST and sum(look <= SURELY_PRINT for look in looks) >= _LEAST)


def _probes(marked: MarkedPage, frames: tuple[Box, ...]) -> tuple[list[Place], list[Place]]:
    """Where values stand: the numbers of meters, and other places behind labels with what stands on printed lines."""
    places = find_places(marked, frames)
    numbers = [row.places[n] for n in reversed(NUMBERS) for row in places.rows if n in row.places]
    numbers += [place for key, place in places.loose if key in NUMBERS]
    dates = [parts for several in places.dates.values() for parts in several]
    parted = [parts.box for parts in dates]  # with the print between the parts
    others = [p for p in places.all() if p not in numbers and p.box not in parted]
    others += [parts.day for parts in dates]
    lines = [Place(over_line(marked, line), boxed=False) for line in fill_lines(marked.page)]
    return numbers, [*others, *lines]
