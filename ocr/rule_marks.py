"""Takes off a number what the engine made of the table's line beside it: a 1 or a bar without ink of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from metering.pages import Box, Word

_MARKS = frozenset("1|lI!/\\[]")  # what a line is read as
_NARROW = 0.12  # of a word's height; a printed 1 has a stroke at least, and a box of its own
_NEAR = 0.7  # of a word's height from the line
_ONE_SIGN = 1.3  # of the usual width: a neighbour as wide as one sign did not swallow a true digit
_FEWEST = 3  # digits of what is left


def without_rule_marks(words: Sequence[Word], rules: Sequence[Box]) -> tuple[Word, ...]:
    """The words, numbers at a table's upright lines without the mark that the line left at their start or end.

    Such a mark has next to no width and lies within its neighbour's box.
    """
    upright = [rule for rule in rules if rule.height > rule.width]
    return tuple(_without(word, upright) for word in words) if upright else tuple(words)


def _without(word: Word, upright: Sequence[Box]) -> Word:
    for place, rest in ((0, slice(1, None)), (-1, slice(None, -1))):
        if _is_mark(word, place, upright):
            symbols = word.symbols[rest]
            word = replace(word, text=word.text[rest], symbols=symbols, box=Box.around(list(symbols)))
    return word


def _is_mark(word: Word, place: int, upright: Sequence[Box]) -> bool:
    if sum(c.isdigit() for c in word.text) <= _FEWEST or len(word.symbols) != len(word.text) or word.text[place] not in _MARKS:
        return False
    own, beside = word.symbols[place], word.symbols[1 if place == 0 else -2]
    high = word.box.height
    if own.width > _NARROW * high or beside.width > _ONE_SIGN * float(np.median([symbol.width for symbol in word.symbols])):
        return False
    if min(own.right, beside.right) <= max(own.left, beside.left):
        return False
    return any(line.top < own.middle[1] < line.bottom and abs(line.middle[0] - own.middle[0]) < _NEAR * high for line in upright)
