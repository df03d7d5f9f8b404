"""Dirt that the engine took for a letter or a digit: far lower than the print of its page. It parts a number from the others of its row."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from metering.pages import Word

#: Of the usual height of a page's words: what is lower is dirt, or is dirt where it was not read surely. A caption is half as high.
_DIRT, _DOUBTFUL_DIRT = 0.25, 0.35
_SURE = 0.6  # the engine's confidence
_FEWEST = 5  # words of a page that tell the usual height


def without_specks(words: Sequence[Word]) -> list[Word]:
    """The words of a picture without those that are specks; dashes and points stay, which are as low."""
    heights = [word.box.height for word in words if sum(c.isalnum() for c in word.text) > 1]
    if len(heights) < _FEWEST:
        return list(words)
    usual = median(heights)
    return [word for word in words if not _is_speck(word, usual)]


def _is_speck(word: Word, usual: float) -> bool:
    least = _DIRT if word.confidence >= _SURE else _DOUBTFUL_DIRT
    return word.box.height < least * usual and any(c.isalnum() for c in word.text)
