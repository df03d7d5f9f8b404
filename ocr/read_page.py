"""A page that was read: everything that extraction may ask about it afterwards, of its words, numbers and handwriting."""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Iterable, Sequence

import cv2
import numpy as np

from metering.form_layout import Comb
from metering.forms import BoxReading
from metering.handwriting import HandReading
from metering.pages import Box, Word
from metering.reports import SecondReading
from ocr.alike_rows import AlikeRows, find_alike_rows
from ocr.beside_stamp import writing_beside
from ocr.blank_form import before_frames, doubtful_places, is_printed, paint_over, places_over_lines, printed_frames, with_sure_words
from ocr.combs import is_inked
from ocr.crops import NumberCrops
from ocr.engine import Layout
from ocr.hand_groups import written_groups
from ocr.inked import inked_part, on_white_paper
from ocr.page_parts import BORDER, PageParts, moved
from ocr.pen_ink import is_struck_in_colour, is_written_at
from ocr.rule_marks import without_rule_marks
from ocr.rules import without_rules
from ocr.shelf import of_picture
from ocr.typed_bars import with_typed_bars
from ocr.typed_combs import TypedComb, find_typed_combs

FIRST_PIXELS_PER_INCH = 225  # at most: finer, a line costs a third more and its letters are shrunk by the engine itself
SPARSE_PIXELS_PER_INCH = 300
HAND = 0.5  # from so sure on ink counts as handwriting
SURELY_PRINT = 0.15  # below it what stands in a frame of such a page is print: digits in boxes look more like it than they are
PAPER = 255
DARK = 150  # of 255: a cell without anything darker is empty
MOST_CELLS = 100  # of a table that are read one by one: a printout of days has more, and needs it least
MAYBE_PRINT, MOST_DOUBTFUL = 0.7, 12  # up to there it may be a printed word, a unit or a heating system; so many such frames are read
LETTERS = 3  # with which a word begins that is no number's
ONE_LINE = 1.6  # of the highest word: a place that is higher has several lines
MOST_BARE = 6  # rows of frames before which nothing was read that are looked at once more
MOST_FRAMES = 40  # frames with print that are read one by one


class ReadPage(PageParts):
    """A page that was read, and its picture at hand."""

    _days: AlikeRows | None = None  # of which the first reading left out most
    _typed_combs: tuple[tuple[TypedComb, Word], ...] = ()  # once they were asked for

    def boxes(self, comb: Comb) -> tuple[BoxReading, ...]:
        """What stands in the boxes of a comb; only of a form."""
        return self._instruments.combs.read(self._picture.grey, comb)

    def is_inked(self, place: Box) -> bool:
        """Whether something is written in a place of a form, on its line or above it."""
        return is_inked(self._picture.grey, place)

    def second(self, box: Box) -> SecondReading:
        """What the second reader makes of one number, from the tight and from the wide crop, where that shows anything more. A number
        under the stamp is read with and without the stamp's ink: the surer reading counts."""
        if (comb := next((comb for comb, _ in self._typed_combs if comb.frame.holds(box)), None)) is not None:
            text, confidence = self._instruments.second.read(comb.line)
            spelled = comb.spelled(_digits(text)) or text
            return SecondReading(spelled, spelled, confidence)
        crops = [self._crops]
        if self._ring is not None and self._ring.is_stamp and self._stamp_reaches(box):
            crops.append(self._lifted_crops)
        reading = max((self._second_of(one, box) for one in crops), key=lambda reading: reading.confidence)
        inked = is_written_at(self._picture, box) and not self._stamp_reaches(box)
        return dataclasses.replace(reading, inked=True) if inked else reading

    def _second_of(self, crops: NumberCrops, box: Box) -> SecondReading:
        tight, wide = crops.tight_and_wide(box)
        text, confidence = self._instruments.second.read(tight)
        return SecondReading(text, text if wide is None else self._instruments.second.read(wide)[0], confidence, crops.is_struck(box))

    def is_struck(self, box: Box) -> bool:
        """Whether a pen struck through what is printed in a place, or through a word of it (of a number's digits some run together
        alone); under a stamp nothing tells, and of a place of several lines only its words do: a table's rule may run between them."""
        if self._stamp_reaches(box):
            return False
        held = [word for word in self.page.words if box.holds(word.box)]
        words = [word.box for word in held if word.text[:LETTERS].isalpha()]
        place = () if held and box.height > ONE_LINE * max(word.box.height for word in held) else (box,)
        if any(map(self._crops.is_struck, place)) or any(self._crops.is_struck(word, beyond=True) for word in words):
            return True
        return any(is_struck_in_colour(self._picture, part) for part in (*place, *words))

    def has_ink(self, cell: Box) -> bool:
        """Whether anything dark stands in a cell."""
        return bool(self.crop(cell).min(initial=255) < DARK)

    def first(self) -> tuple[Word, ...]:
        """The first reading: all words of the page, as one column of text. The engine is given no more than has ink on it. Of rows of days
        those between the first and the last ones are left out; for each of their words stands one that was not read."""
        rows = find_alike_rows(self.line_picture)
        if rows is not None:
            part = self.print.copy()
            left, top, right, bottom = self._bounds(rows.band, 0.0)
            part[top:bottom, max(0, left - BORDER) : right + BORDER] = PAPER
            words = self._column(part)
            if rows.are_days(words) and not rows.count_up(words):
                self._days = rows
                return (*words, *rows.unread())
        return self._column(self.print)

    def days(self, across: Sequence[float]) -> tuple[Word, ...]:
        """What stands in the rows of days that the first reading left out: their days, and what is in the columns at these distances from
        the left, in points; in all columns where none are given. Nothing on a page without such rows."""
        if self._days is None:
            return ()
        wanted = (self._days.day_column(self.page.words), *across)
        places = [place for place in self._days.places if not across or any(place.left <= x <= place.right for x in wanted)]
        part = without_rules(on_white_paper(self.print), self.line_picture)
        read = [word for place in places for word in self._words_in(part, place, Layout.BLOCK, "eng")]
        known = [word for word in self.page.words if not word.is_unread and not any(place.holds(word.box) for place in places)]
        self.page = dataclasses.replace(self.page, words=(*known, *read, *self._days.unread(places)))
        return tuple(read)

    def _column(self, grey: np.ndarray) -> tuple[Word, ...]:
        """The words of a picture of the page, read as one column of text."""
        rows, columns = inked_part(grey)
        part, pixels_per_inch = on_white_paper(grey[rows, columns]), self._picture.pixels_per_inch
        if pixels_per_inch > FIRST_PIXELS_PER_INCH * 1.02:
            scale, pixels_per_inch = FIRST_PIXELS_PER_INCH / pixels_per_inch, float(FIRST_PIXELS_PER_INCH)
            part = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        points = 72 / self._picture.pixels_per_inch
        read = self._instruments.engine.read(part, pixels_per_inch, Layout.COLUMN)
        return tuple(moved(word, columns.start * points, rows.start * points) for word in read)

    def sparse(self, top: float = 0.0, bottom: float = math.inf) -> tuple[Word, ...]:
        """The third reading: all text in no order, at 300 dpi. For a wanted field that is missing, or readers that differ.

        top, bottom: points; only what stands between is read.
        """
        scale = SPARSE_PIXELS_PER_INCH / self._picture.pixels_per_inch
        start = min(round(top * self._picture.pixels_per_inch / 72), self.print.shape[0] - 1)
        end = math.ceil(min(bottom, self.page.height) * self._picture.pixels_per_inch / 72)
        grey = self.print[start : max(start + 1, end)]
        if abs(scale - 1) >= 0.02:
            grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        read = self._instruments.engine.read(grey, SPARSE_PIXELS_PER_INCH, Layout.SPARSE)
        words = [moved(word, 0.0, start * 72 / self._picture.pixels_per_inch) for word in read] if start else read
        return self._with_combs(with_typed_bars(without_rule_marks(words, self.page.rules)))

    def block(self) -> tuple[Word, ...]:
        """The page as one block of text: better on tables drawn with | and box characters, useless on ruled ones."""
        return self._with_combs(with_typed_bars(self._instruments.engine.read(self.print, self._picture.pixels_per_inch, Layout.BLOCK)))

    def by_combs(self) -> tuple[Word, ...]:
        """The page's words, those in rows of cells for a digit each put together to the numbers that they are: the engine takes the cells'
        sides for ones. Nothing where it has no such rows. From then on every further reading has them so."""
        found = find_typed_combs(self.print, self.line_picture.black, self.frames, self._picture.pixels_per_inch / 72)
        read = ((comb, self._comb_word(comb)) for comb in found)
        self._typed_combs = tuple((comb, word) for comb, word in read if word is not None)
        return self._with_combs(self.page.words) if self._typed_combs else ()

    def _comb_word(self, comb: TypedComb) -> Word | None:
        """The number in a row of cells; None where a digit was not read, or what stands there are letters."""
        read = self._words_of(comb.line, (0.0, 0.0), 0, Layout.LINE, "eng")
        text = "".join(word.text for word in read)
        spelled = None if any(sign.isalpha() for sign in text) else comb.spelled(_digits(text))
        return None if spelled is None else Word(spelled, min(word.confidence for word in read), comb.frame)

    def _with_combs(self, words: Iterable[Word]) -> tuple[Word, ...]:
        frames = [comb.frame for comb, _ in self._typed_combs]
        others = [word for word in words if not any(frame.holds(word.box) for frame in frames)]
        return (*others, *(word for _, word in self._typed_combs))

    def by_cells(self) -> tuple[Word, ...]:
        """The page's words, those in cells of ruled tables as each cell gives them by itself, with the stamp's ink faded: a column of
        two narrow lines is read across its neighbours otherwise, and what a stamp covers not at all. Nothing where no such cells are."""
        cells = [cell for cell in self.cells if self.has_ink(cell)]
        if not cells or len(cells) > MOST_CELLS:
            return ()
        words = [word for word in self.page.words if not any(cell.holds(word.box) for cell in cells)]
        for cell in cells:
            words += self._words_in(self._lifted, cell, Layout.BLOCK, self._letters)
        return self._with_combs(words)

    @of_picture
    def _crops(self) -> NumberCrops:
        return NumberCrops(self.print, self.page)

    @of_picture
    def _lifted_crops(self) -> NumberCrops:
        return NumberCrops(self._lifted, self.page)

    def look(self, place: Box, boxed: bool) -> float | None:
        """How surely the ink in a place is handwriting, 0 print .. 1 hand; None where there is none."""
        return self._instruments.hand.look(self._picture.grey, self.page, place, boxed)

    def look_beside_stamp(self, place: Box) -> float | None:
        """The same of what stands in a place clear of the page's stamp; None where that are no letters."""
        stamp = self.stamp().box
        if stamp is None:
            return self.look(place, boxed=False)
        line = writing_beside(self._picture.grey, self.page, place, stamp)
        return None if line is None else self._instruments.hand.look_at(line)

    def hand(self, place: Box, boxed: bool, dated: bool) -> HandReading:
        """What is written by hand in a place; boxed: it has a printed frame; dated: a date is expected there. Under a stamp what is read
        with its ink faded counts where that is clearer, and makes nothing certain."""
        reading = self._instruments.hand.read(self._picture.grey, self.page, place, boxed, dated)
        if not self._stamp_reaches(place):
            return reading
        return reading.or_beneath_stamp(self._instruments.hand.read(self._beneath_stamp(place), self.page, place, boxed, dated))

    def groups(self, place: Box, boxed: bool) -> tuple[tuple[Box, ...], ...]:
        """The words by hand in a place, parted in several ways (`ocr.hand_groups`)."""
        return written_groups(self._picture.grey, self.page, place, boxed)

    @functools.cached_property
    def printed(self) -> tuple[Word, ...]:
        """The print of a form that was filled in by hand, read with its places painted over: ink tears the labels beside it."""
        sure = printed_frames(self.page, self.form_frames)
        looks = {f: look for f in self.form_frames if f not in sure and (look := self.look(f, boxed=True)) is not None}
        kept = [f for f in self.form_frames if f in sure or looks.get(f, 1.0) < SURELY_PRINT]
        over = places_over_lines(dataclasses.replace(self.page, rules=self.form_lines), self.form_frames)
        written = [p for p in over if (look := self.look(p, boxed=False)) is not None and look >= HAND]
        painted = [f for f in self.form_frames if f not in kept]
        doubtful = doubtful_places(self.page.words, [*painted, *written, *kept])[:MOST_DOUBTFUL]
        painted += [p for p in doubtful if (look := self.look(p, boxed=False)) is not None and look >= HAND]
        blank = paint_over(self._picture.grey, self.page, painted, written)
        read = self._instruments.engine.read(blank, self._picture.pixels_per_inch, Layout.COLUMN, self._letters)
        words = with_sure_words(read, self.page.words, [*painted, *written])
        for frame in kept[:MOST_FRAMES]:
            if again := self.inside(frame):
                sure = [w for w in self.page.words if frame.holds(w.box)]
                words = [*(w for w in words if not frame.holds(w.box)), *with_sure_words(again, sure, ())]
        for bare in before_frames(words, painted, self.form_frames)[:MOST_BARE]:
            if self.has_ink(bare) and (label := [w for w in self.again(bare, self._letters, padding=0.0) if is_printed(w)]):
                words = [*(w for w in words if not bare.holds(w.box)), *label]
        for frame in [f for f, look in looks.items() if SURELY_PRINT <= look < MAYBE_PRINT][:MOST_DOUBTFUL]:
            words += [w for w in self.inside(frame) if is_printed(w)]
        return tuple(words)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
