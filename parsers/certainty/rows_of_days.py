"""Rows of days of which the first reading left out most: their days and their heat are read, and nothing else of them.

See docs/extraction.md, "Daily rows".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from metering.pages import Box, Page, Word
from parsers.certainty.opinions import Readers
from parsers.page.found import Draft, Found
from parsers.pagefacts import PageFacts, read_page

_ROUND = re.compile("[QO@]")
_DAY = re.compile(r"[\dQO@]{2}[.,/-][\dQO@]{2}[.,/-][\dQO@]{2}")
_SAME_ROW = 3.0  # points between the middles of what stands on one row, at most


def read_with_days(page: Page, readers: Readers) -> PageFacts:
    """What a page says, with its days and their heat read; with all of their rows where what is around them does not tell which column is
    the heat, or where in a table without lines their rows are none without the others."""
    if not page.has_unread:
        return read_page(page)
    columns = [place for draft in read_page(_without_gap(page)).drafts for place in _columns(draft)]
    facts = read_page(_with_words(page, readers, columns))
    found = max((len(draft.daily) + len(draft.gaps) for draft in facts.drafts), default=0)
    if not columns or found >= len(_rows(page)):
        return facts
    return read_page(_with_words(page, readers, []))


def _with_words(page: Page, readers: Readers, columns: Sequence[float]) -> Page:
    return replace(page, words=(*page.words, *map(_with_zeros, readers.words_of_days(page.number, columns))))


def _rows(page: Page) -> list[float]:
    """The middles of the rows that were left out."""
    middles = sorted(word.box.middle[1] for word in page.words if word.is_unread)
    return [middles[0], *(two for one, two in itertools.pairwise(middles) if two - one > _SAME_ROW)]


def _with_zeros(word: Word) -> Word:
    """The word, or the day that it is with zeros for the letters that stroke zeros are read as: one would be the sign of heat."""
    return replace(word, text=_ROUND.sub("0", word.text)) if _DAY.match(word.text) else word


def _without_gap(page: Page) -> Page:
    """The page as if the rows that were left out did not stand on it: what is below them moves up to the rows above them."""
    rows, band = _rows(page), Box.around([word.box for word in page.words if word.is_unread])
    gap = (rows[-1] - rows[0]) * len(rows) / max(1, len(rows) - 1)

    def moved(box: Box) -> Box:
        return replace(box, top=_above(box.top, band, gap), bottom=_above(box.bottom, band, gap))

    read = (word for word in page.words if not word.is_unread)
    words = tuple(replace(word, box=moved(word.box), symbols=tuple(map(moved, word.symbols))) for word in read)
    rules = tuple(moved(rule) for rule in page.rules if not band.top < rule.top < rule.bottom < band.bottom)
    return replace(page, words=words, rules=rules)


def _above(height: float, band: Box, gap: float) -> float:
    return height - gap if height >= band.bottom else min(height, band.top)


def _columns(draft: Draft) -> list[float]:
    """Where a meter's daily heat stands, and its indexes if they stand beside each day: the middles of their columns, in points."""
    found: list[Found] = [*draft.daily, *(index for _, index in draft.dated)]
    return sorted({round(one.box.middle[0]) for one in found if one.box is not None})
