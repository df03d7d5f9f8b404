"""Blanks that stand before the word that says what they are for («______-сонли шартномага», «______ кунги ҳолатига»): Uzbek puts number
and day first (docs/handwriting.md, "Places")."""

from __future__ import annotations

from collections.abc import Sequence

from metering.handwriting import fill_lines
from parsers.handwritten.lines import SHARED, Place, over_line
from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Token
from parsers.requisites.phrases import known_words

_NEAR = 1.2  # of a word's height: so near the blank ends before it, and the word before the label
_NEXT_LINE = 4.0  # of a label's height: so far below the line before it begins the next one
_PREVIOUS = ("previous", "previous_date")
_FOOT = 1.5  # of a word's height, from its foot to the line to write on at most


def numbering_word(page: MarkedPage, label: Item) -> Token | None:
    """The word before a label that makes what stands before both its number («-сонли»); None where there is none."""
    last = _right_before(page, label)
    return last if last is not None and last.fold.lstrip("-") in known_words("numbered") else None


def place_of_day(page: MarkedPage, labels: Sequence[Item]) -> Place | None:
    """The one blank before labels that name the day there («____ ҳолатига», «____ кунги ҳолатига»); None where several have one, or where
    one stands behind the word for the previous index, whose day is nobody's."""
    found: list[Place] = []
    for label in labels:
        last = _right_before(page, label)
        word = last if last is not None and last.fold in known_words("of_that_day") else label.tokens[0]
        place = place_before(page, word)
        if place is not None and not any(place.box.overlaps(other.box, SHARED) for other in found):
            found.append(place)
    if len(found) != 1:
        return None
    of_previous = any(i.key in _PREVIOUS and found[0].box.top < i.box.middle[1] < found[0].box.bottom for i in page.items)
    return None if of_previous else found[0]


def place_before_verb(page: MarkedPage, label: Item) -> Place | None:
    """The blank that ends right before a label («… в том, что ____ сняты показания:»), unless it is another label's («ИНН ____ сняты»)."""
    place = place_before(page, label.tokens[0])
    if place is None:
        return None
    near = _NEAR * label.box.height
    asked = (i.box.right for i in page.on_line(label.line) if i.sort == "label" and i is not label and i.box.left < place.box.left)
    return None if any(place.box.left - right < near for right in asked) else place


def _right_before(page: MarkedPage, label: Item) -> Token | None:
    """The word that stands right before a label; of one that begins its line («____ -сонли» | «шартнома») the last of the line before."""
    first = label.tokens[0].box
    before = [t for t in page.lines[label.line].tokens if t.box.right <= first.left + 1]
    last = max(before, key=lambda t: t.box.right, default=None)
    if last is None and label.line > 0:
        last = page.lines[label.line - 1].tokens[-1]
        return last if 0 < first.middle[1] - last.box.middle[1] < _NEXT_LINE * first.height else None
    return None if last is None or first.left - last.box.right > _NEAR * first.height else last


def place_before(page: MarkedPage, word: Token) -> Place | None:
    """Over the printed line that ends before such a word; None where none does."""
    box = word.box
    foot = (box.bottom - 0.5 * box.height, box.bottom + _FOOT * box.height)
    near = [r for r in fill_lines(page.page) if foot[0] < r.middle[1] < foot[1] and abs(box.left - r.right) < _NEAR * box.height]
    line = max(near, key=lambda r: r.right, default=None)
    return None if line is None else Place(over_line(page, line), boxed=False)
