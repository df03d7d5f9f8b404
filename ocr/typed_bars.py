"""Bars of tables that are typed with `|`: the engine makes a 1, a bracket or a letter of one, and joins it to the number beside it.

Signs as narrow as a bar that stand under other bars are bars. Each becomes a word of its own, so that it is in no number and can be
painted over beside one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from metering.pages import Box, Word

_LOOKALIKES = frozenset("|1lI!()[]{}/\\")
_READ_AS = frozenset("|!]}")  # what a bar is read as and a number has none of; of brackets those that close none
_OPENING = frozenset("[{")
_FEWEST = 12  # bars of a typed table: three rows of three columns
_WIDEST = 1.6  # of a bar's usual width; a printed 1 is twice as wide
_ASIDE = 0.5  # of a bar's usual width, between the middles of bars in one column
_ROWS = 6.0  # of a bar's usual height, up and down: as far a column is looked for
#: Signs that draw lines, and rows of those that do when they stand together.
_TYPED = frozenset("|│║┃¦─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╟╢╤╧╪╫")
_DASHES = re.compile(r"[-=+]{3,}")
_ROUNDED = 1.0  # points by which a rule of a picture may lie beside the sign it is
_OTHERS, _UNSURE_OTHERS = 2, 4  # in its column there, one of them surely read as a bar; none


def with_typed_bars(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a picture, with the bars of its typed tables as words of their own."""
    signs = [(c, box) for word in words if len(word.symbols) == len(word.text) for c, box in zip(word.text, word.symbols, strict=True)]
    bars = [box for c, box in signs if c in _READ_AS]
    paired = sum(c in _OPENING for c, _ in signs)
    if len(bars) - paired < max(_FEWEST, paired):
        return tuple(words)
    width, height = _usual_size(bars)
    narrow = [(c in _READ_AS, box.middle) for c, box in signs if c in _LOOKALIKES and box.width <= _WIDEST * width]

    def is_bar(box: Box) -> bool:
        x, y = box.middle
        column = [sure for sure, other in narrow if abs(other[0] - x) <= _ASIDE * width and 0 < abs(other[1] - y) <= _ROWS * height]
        return box.width <= _WIDEST * width and len(column) >= (_OTHERS if any(column) else _UNSURE_OTHERS)

    return tuple(part for word in words for part in _parted(word, is_bar))


def bars_in_columns(words: Sequence[Word]) -> list[Box]:
    """The bars of a page's typed tables, each under or over others: they are print, as no stroke of a pen read as one is."""
    bars = [word.box for word in words if word.text == "|"]
    if len(bars) < _FEWEST:
        return []
    width, height = _usual_size(bars)
    middles = np.array([bar.middle for bar in bars])

    def is_in_column(bar: Box) -> bool:
        aside, away = np.abs(middles - bar.middle).T
        return bool(np.count_nonzero((aside <= max(_ASIDE * width, _ROUNDED)) & (away > 0) & (away <= _ROWS * height)) >= _OTHERS)

    return [bar for bar in bars if bar.width <= max(_WIDEST * width, _ROUNDED) and is_in_column(bar)]


def _usual_size(bars: Sequence[Box]) -> tuple[float, float]:
    """The usual width and height of bars."""
    width, height = (sorted(sizes)[len(bars) // 2] for sizes in ([b.width for b in bars], [b.height for b in bars]))
    return width, height


def without_typed(rules: Sequence[Box], words: Sequence[Word]) -> tuple[Box, ...]:
    """The rules found in the picture of a text layer without those that its own bars and box characters are: which of them touch from one
    line to the next depends on the font, and the text says where they all stand."""
    typed = [word.box for word in words if not _TYPED.isdisjoint(word.text) or _DASHES.fullmatch(word.text)]
    return tuple(rule for rule in rules if not any(_lies_on(rule, box) for box in typed))


def _lies_on(rule: Box, typed: Box) -> bool:
    """Whether a rule runs down through a typed sign or along a row of them."""
    x, y = rule.middle
    if rule.height > rule.width:
        return typed.left - _ROUNDED <= x <= typed.right + _ROUNDED and rule.top < typed.bottom and rule.bottom > typed.top
    return typed.top <= y <= typed.bottom and rule.shares_width(typed)


def _parted(word: Word, is_bar: Callable[[Box], bool]) -> list[Word]:
    if len(word.symbols) != len(word.text) or not _LOOKALIKES.intersection(word.text):
        return [word]
    bars = [n for n, c in enumerate(word.text) if c in _LOOKALIKES and is_bar(word.symbols[n])]
    if not bars:
        return [word]
    parts, start = [], 0
    for end in (*bars, len(word.text)):
        if end > start:
            symbols = word.symbols[start:end]
            parts.append(Word(word.text[start:end], word.confidence, Box.around(list(symbols)), symbols))
        if end < len(word.text):
            parts.append(Word("|", word.confidence, word.symbols[end], word.symbols[end : end + 1]))
        start = end + 1
    return parts
