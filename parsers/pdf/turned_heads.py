"""Heads of columns that run up or down the page: their words, set upright each in its own place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from metering.pages import Box, Word
from metering.turned import stacked

#: Of them side by side: a line along the sheet's edge, or a watermark, is no head.
_FEWEST = 3
_LINE, _APART = 1.5, 3.0  # of a letter's height: from one line of a head to the next at most, and between two of its words
_SAME = 2.0  # points by which tops of words of one line may differ


def turned_heads(words: Iterable[Word], *, upwards: bool) -> list[Word]:
    """words: of print that runs up the page (or down), along its own lines, in points: the first coordinate grows as it is read, the second
    from line to line. Those of heads that stand side by side, upright; points of the page."""
    blocks: list[list[Word]] = []
    for word in words:
        home = next((block for block in blocks if any(_belongs(word, other) for other in block)), None)
        if home is None:
            blocks.append([word])
        else:
            home.append(word)
    around = [_on_page(Box.around([word.box for word in block]), upwards=upwards) for block in blocks]
    placed = sorted(zip(around, blocks, strict=True), key=lambda pair: pair[0].left)
    return [word for place, block in placed if _is_head(place, around) for word in stacked(block, place)]


def _belongs(word: Word, other: Word) -> bool:
    """Whether a word goes on from another of its line, or stands in the next line of the same head."""
    down, size = word.box.top - other.box.top, other.box.height
    if abs(down) <= _SAME:
        return -size < word.box.left - other.box.right < _APART * size
    return 0 < down < _LINE * size and word.box.shares_width(other.box)


def _on_page(box: Box, *, upwards: bool) -> Box:
    return Box(box.top, -box.right, box.bottom, -box.left) if upwards else Box(-box.bottom, box.left, -box.top, box.right)


def _is_head(place: Box, places: Sequence[Box]) -> bool:
    """Whether enough of them stand beside each other."""
    beside = [other for other in places if not other.shares_width(place) and min(other.bottom, place.bottom) > max(other.top, place.top)]
    return len(beside) + 1 >= _FEWEST
