"""What is told of a pen's stroke by the place in which it stands: whose it is, a day, print within it, the edge of the sheet."""

from __future__ import annotations

from collections.abc import Sequence

from metering.pages import Box, Page, Word
from metering.sides import RECEIVED, SUPPLIER
from ocr.ink import is_print
from ocr.signing_places import GAP, INITIALS, LETTERS, SIGNED, YEAR

ANOTHERS = (*RECEIVED, *SUPPLIER)  # the supplier's people sign for receipt
PUNCTUATION = " :;.,_-–—()«»|"
COLUMN = 230  # points: the heading of one of two columns stands so far to the left of what is signed in it at most
NEAR_ROW = 45  # points from a signature's middle to that of the row it stands on, and from there up to a heading
DAY_WORDS = ("дата", "sana", "сана", "исх")
BEFORE_YEAR, BEHIND_DAY_WORD = 130, 3  # points from a day by hand to its year; words from the one for a day to it
DAY_HEIGHT, OVER_ROW, BELOW_ROW = 24, 14, 8  # points, of digits by hand and how far they stand over and below the print of their row
TOUCHING, MARGIN = 3, 45  # points: from the picture's edge; of a sheet's margins, in which nobody signs
UPPER = 1 / 3  # of a stroke's height: a row of print that it reaches from below


def is_others(stroke: Box, page: Page) -> bool:
    """Whether a stroke stands where others sign, or a day is written."""
    return is_anothers(stroke, page) or is_day(stroke, page)


def is_anothers(stroke: Box, page: Page) -> bool:
    """Whether a stroke stands where the supplier's people sign for receipt: their word is before it on its row, or heads its column."""
    named = [w for w in page.words if not w.text.startswith("(") and sum(c.isalpha() for c in w.text) >= LETTERS]
    before = [w for w in named if w.box.left < stroke.middle[0]]
    theirs = [w for w in before if w.text.strip(PUNCTUATION).lower().startswith(ANOTHERS)]
    # A signature stands on its line, or hangs over it.
    rows = [min((w.box.middle[1] for w in named), key=lambda y: abs(y - down), default=0.0) for down in (stroke.middle[1], stroke.bottom)]
    near = [row for row in rows if abs(row - stroke.middle[1]) <= NEAR_ROW]
    return any(_is_of_row(word, row) or _heads(word, stroke, before, row) for word in theirs for row in near)


def _is_of_row(word: Word, row: float) -> bool:
    return word.box.top < row < word.box.bottom


def _heads(word: Word, stroke: Box, before: Sequence[Word], row: float) -> bool:
    """Whether a word above a row is the heading of the column in which the stroke stands: the last on its own row before it."""
    across, height = stroke.middle[0], row - word.box.middle[1]
    if not 0 < height < NEAR_ROW or across - word.box.left > COLUMN:
        return False
    beside = [w for w in before if _is_of_row(w, word.box.middle[1]) and w.box.left > word.box.right]
    return all(w.box.left - word.box.right < GAP for w in beside)


def is_day(stroke: Box, page: Page) -> bool:
    """Whether a stroke stands where a day is written: before its year («24» 11 2026 г.), or behind the word that asks for one."""
    row = [
        w
        for w in page.words
        if w.box.top - OVER_ROW <= stroke.top and stroke.bottom <= w.box.bottom + BELOW_ROW and stroke.height <= DAY_HEIGHT
    ]
    if any(YEAR.fullmatch(w.text) and 0 <= w.box.left - stroke.right + 4 <= BEFORE_YEAR for w in row):
        return True
    before = sorted((w for w in row if w.box.right < stroke.left + 4), key=lambda w: w.box.right)[-BEHIND_DAY_WORD:]
    other = any(SIGNED.search(w.text) or INITIALS.fullmatch(w.text) for w in before)
    return not other and any(w.text.lower().startswith(DAY_WORDS) for w in before)


def is_at_edge(stroke: Box, page: Page) -> bool:
    """Whether ink touches the picture's edge and goes no farther in than a margin: a scanner makes level strokes of a sheet's edge, all the
    way down."""
    left = stroke.left < TOUCHING and stroke.right < MARGIN
    return left or (stroke.right > page.width - TOUCHING and stroke.left > page.width - MARGIN)


def enclosed_words(stroke: Box, page: Page, *, in_place: bool) -> int:
    """The words of print within a stroke's box. On a line to sign on those of a row at its upper end alone count as none: a pen goes up
    into the row above, and a frame goes round."""
    inside = [w.box.middle for w in page.words if is_print(w)]
    downs = [y for x, y in inside if stroke.left < x < stroke.right and stroke.top < y < stroke.bottom]
    return 0 if in_place and all(y < stroke.top + UPPER * stroke.height for y in downs) else len(downs)
