"""Print that runs up or down the page, as the heads of narrow columns do, set upright in its own place."""

from __future__ import annotations

from collections.abc import Sequence

from metering.pages import Box, Word

#: Points from one line to the next: what stands last in each of several places beside each other then stands in one line.
_STEP = 9.0


def stacked(words: Sequence[Word], place: Box) -> tuple[Word, ...]:
    """Words in their order, one under the other down to the foot of a place, as wide as it is: as a head is whose every word wraps."""
    step = min(_STEP, place.height / max(1, len(words)))
    top = place.bottom - step * len(words)
    return tuple(_upright(word, Box(place.left, top + n * step, place.right, top + (n + 0.9) * step)) for n, word in enumerate(words))


def _upright(word: Word, box: Box) -> Word:
    wide = box.width / max(1, len(word.text))
    symbols = (Box(box.left + n * wide, box.top, box.left + (n + 1) * wide, box.bottom) for n in range(len(word.text)))
    return Word(word.text, word.confidence, box, tuple(symbols))
