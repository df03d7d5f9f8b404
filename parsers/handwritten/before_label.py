"""Blanks that stand before the word that says what they are for («______-сонли шартномага»): Uzbek puts the number first
(docs/handwriting.md, "Places")."""

from __future__ import annotations

from metering.handwriting import fill_lines
from parsers.handwritten.lines import Place, over_line
from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Token
from parsers.requisites.phrases import known_words

_NEAR = 1.2  # of a word's height: so near the blank ends before it, and the word before the label
_FOOT = 1.5  # of a word's height, from its foot to the line to write on at most


def numbering_word(page: MarkedPage, label: Item) -> Token | None:
    """The word before a label that makes what stands before both its number («-сонли»); None where there is none."""
    first = label.tokens[0].box
    before = [t for t in page.lines[label.line].tokens if t.box.right <= first.left + 1]
    last = max(before, key=lambda t: t.box.right, default=None)
    if last is None or first.left - last.box.right > _NEAR * first.height:
        return None
    return last if last.fold.lstrip("-") in known_words("numbered") else None


def place_before(page: MarkedPage, word: Token) -> Place | None:
    """Over the printed line that ends before such a word; None where none does."""
    box = word.box
    foot = (box.bottom - 0.5 * box.height, box.bottom + _FOOT * box.height)
    near = [r for r in fill_lines(page.page) if foot[0] < r.middle[1] < foot[1] and abs(box.left - r.right) < _NEAR * box.height]
    line = max(near, key=lambda r: r.right, default=None)
    return None if line is None else Place(over_line(page, line), boxed=False)
