"""The name beside a signature, which pen and stamp cover: read in several ways, and what most of them say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from metering.pages import Box, Page, Word
from parsers.certainty.lacking import is_told
from parsers.page.found import Found
from parsers.page.trust import TOLD_TWICE
from parsers.pagefacts import read_page

_LEGIBLE = 0.6  # the engine's confidence in a word before the signature: the position
_AGREED = 2  # readings that say the same


def name_beside(page: Page, row: Box, readings: Iterable[tuple[Word, ...]], known: Found | None) -> Found | None:
    """The name that most readings of the place beside a row's signature give, surest first; None where none gives one.

    readings: the words of that place, asked for only until two say the same; known: what the reading of the whole page gave, which counts
    as one of them.
    """
    said: dict[str, list[Found]] = {} if known is None else {known.value: [known]}
    for read in readings:
        words = [word for word in read if any(map(str.isalnum, word.text))]  # a speck parts a line, and a quotation mark opens a name
        start = min((word.box.left for word in words), default=page.width)
        before = (w for w in page.words if _is_of(row, w) and w.box.right <= start and w.confidence >= _LEGIBLE)
        # All of it was read as one line.
        level = (replace(w, box=replace(w.box, top=row.top, bottom=row.bottom)) if _is_of(row, w) else w for w in (*before, *words))
        name = read_page(replace(page, words=tuple(level))).single["signatory"]
        if name is None:
            continue
        same = said.setdefault(name.value, [])
        same.append(name)
        if len(same) >= _AGREED:
            break
    same = max(said.values(), key=lambda same: sum(map(_surety, same)), default=[])
    best = max(same, key=_surety, default=None)
    told_twice = best is not None and len(same) >= _AGREED and is_told(best)  # what ink covers in part is torn alike each time
    return replace(best, trust=TOLD_TWICE) if best is not None and told_twice else best


def _is_of(row: Box, word: Word) -> bool:
    return row.top <= word.box.middle[1] <= row.bottom


def _surety(name: Found) -> float:
    return name.trust * name.confidence
