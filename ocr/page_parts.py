"""Parts of a page that are read by themselves: a place, a line, a row with the ink over it faded."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import cv2
import numpy as np

from metering.pages import Box, Page, Word
from ocr.alphabets import language_of
from ocr.cell_words import surety
from ocr.engine import PAGE_LANGUAGES, Layout
from ocr.ink import TALLEST_PRINT
from ocr.lifting import FadedInk
from ocr.page_marks import PageMarks
from ocr.signing_places import name_places, signing_lines

LINE_PADDING = 0.25  # of a line that is read again, in its heights
BORDER = 10  # pixels of paper around a part of the page that is read once more
LINE_BORDER = 12  # pixels of paper around a place that is read by itself
ROW_MARGIN = 7  # pixels above and below a row
ABOVE_ROW = 25  # points: the pen of a signature ends so far above the row it belongs to at most
LEAST_PLACE = 20  # points of a place for a name
NAME, FURTHER = 115.0, 400.0  # points that a name takes at most, and more than what is left of a page
UNDER_ROW = 6.0  # points: the line to sign on is so far below the middle of its row's foot at most
#: How a name beside a signature is read, what tells most first: from so many points behind the signature's end, so wide, ink faded so.
NAME_LOOKS = (
    (0.0, FURTHER, FadedInk.softly),
    (0.0, NAME, FadedInk.without_circles),
    (-14.0, FURTHER, FadedInk.softly),
    (0.0, NAME, FadedInk.sharply),
)
BEHIND_A_LINE = tuple((width, fade) for _, width, fade in NAME_LOOKS[:2])  # where the name behind a line to sign on is read first


class PageParts(PageMarks):
    """A page whose parts can be read once more."""

    def again(
        self, box: Box, languages: str = PAGE_LANGUAGES, layout: Layout = Layout.LINE, padding: float = LINE_PADDING
    ) -> tuple[Word, ...]:
        """One line or region read afresh, for instance a name with `uzb` or `uzb_cyrl`; padding in its heights."""
        return self._words_in(self.print, box, layout, languages, padding)

    def _words_in(self, grey: np.ndarray, box: Box, layout: Layout, languages: str, padding: float = 0.0) -> tuple[Word, ...]:
        """The words in a place of a picture of the page."""
        left, top, right, bottom = self._bounds(box, padding)
        points = 72 / self._picture.pixels_per_inch
        return self._words_of(grey[top:bottom, left:right], (left * points, top * points), BORDER, layout, languages)

    def _words_of(self, part: np.ndarray, corner: tuple[float, float], border: int, layout: Layout, languages: str) -> tuple[Word, ...]:
        """The words of a part of the page with so many pixels of paper around it; corner: its left and top, in points."""
        crop = cv2.copyMakeBorder(part, border, border, border, border, cv2.BORDER_CONSTANT, value=255)
        words = self._instruments.engine.read(crop, self._picture.pixels_per_inch, layout, languages)
        paper = border * 72 / self._picture.pixels_per_inch
        return tuple(moved(word, corner[0] - paper, corner[1] - paper) for word in words)

    def inside(self, frame: Box) -> tuple[Word, ...]:
        """The words printed in a frame, read by itself."""
        return self.again(frame, self._letters, Layout.BLOCK, padding=0.0)

    def turned(self, cell: Box, upwards: bool) -> tuple[Word, ...]:
        """The words of a cell whose print runs up the page, or down, in their order; their places are those of the turned cell."""
        quarter = np.ascontiguousarray(np.rot90(self.crop(cell), -1 if upwards else 1))
        return self._words_of(quarter, (0.0, 0.0), BORDER, Layout.BLOCK, self._letters)

    @functools.cached_property
    def _letters(self) -> str:
        """With which languages parts of the page are read once more: Latin alone where it has no Cyrillic."""
        return "eng" if language_of(self.page) == "eng" else PAGE_LANGUAGES

    def line(self, place: Box) -> tuple[Word, ...]:
        """The words of one place of a form that holds one line, with nothing of what stands around it."""
        return self._words_of(self.crop(place), (place.left, place.top), LINE_BORDER, Layout.LINE, "eng")

    def beneath_ink(self, way: int) -> tuple[Box, tuple[Word, ...]] | None:
        """The lines that a stamp or a signature crosses, read with that ink faded: their band over the page's width, and its
        words. None without a mark, and from the way on that there is not: 0 fades softly, 1 sharply and reads names alone.

        A blue stamp is lighter than print on a grey scan too; on a 1-bit scan nothing fades, but the band alone is read
        otherwise than the page.
        """
        boxes = [mark.box for mark in (self.stamp(), self.signature()) if mark.value and mark.box is not None]
        if not boxes or way > 1:
            return None
        band = _whole_lines(Box.around(boxes), self.page)
        left, top, right, bottom = self._bounds(band, 0.0)
        points, language = 72 / self._picture.pixels_per_inch, language_of(self.page)
        fade = self._ink_faded.sharply if way else self._ink_faded.softly
        faded = fade(left, top, right, bottom)
        read = self._instruments.engine.read(faded, self._picture.pixels_per_inch, Layout.BLOCK, language)
        words = [moved(word, left * points, top * points) for word in read]
        for place in name_places(self.page) if way else ():
            if band.top < place.middle[1] < band.bottom:
                words = self._with_line(words, place)
        return band, tuple(words)

    def row(self, place: Box) -> tuple[Word, ...]:
        """The words of a row of print read by itself with the ink over it faded: with a pen's strokes and a stamp above and below it the
        engine finds no line there."""
        bounds = self._bounds(place, 0.0)
        bounds = bounds[0], max(0, bounds[1] - ROW_MARGIN), bounds[2], bounds[3] + ROW_MARGIN
        return self._line_of(self._ink_faded.sharply(*bounds), bounds)

    def beside_signature(self, row: Box) -> Iterator[tuple[Word, ...]]:
        """The words of a row from where its signature ends, in one way after another: from the end of the line that it stands on, from its
        own and from a little before it, where a name may begin; as far as a name reaches and to the page's edge; with the ink faded softly
        and sharply, and with the stamp's circles alone taken out. None where nothing is signed on the row."""
        signature, points = self.signature(), 72 / self._picture.pixels_per_inch
        signed = signature.box if signature.value else None
        if signed is None or not row.top - ABOVE_ROW < signed.bottom or signed.top > row.bottom:
            return
        lines = (line.right for line in signing_lines(self.page, row.top) if line.bottom < row.bottom + UNDER_ROW)
        # What is left of the line before a name spoils the engine's reading of it.
        looks = [(end - signed.right, *look) for end in lines if end > signed.right for look in BEHIND_A_LINE]
        for behind, width, fade in (*looks, *NAME_LOOKS):
            start = signed.right + behind
            bounds = self._bounds(Box(start, row.top - 1, min(self.page.width, start + width), row.bottom + 2), 0.0)
            if (bounds[2] - bounds[0]) * points < LEAST_PLACE:
                return
            yield self._line_of(fade(self._ink_faded, *bounds), bounds)

    def _line_of(self, part: np.ndarray, bounds: tuple[int, int, int, int]) -> tuple[Word, ...]:
        """The words of a part of the page that holds one line, in the page's language; bounds: where it is, in pixels."""
        points = 72 / self._picture.pixels_per_inch
        return self._words_of(part, (bounds[0] * points, bounds[1] * points), LINE_BORDER, Layout.LINE, language_of(self.page))

    def _with_line(self, words: list[Word], place: Box) -> list[Word]:
        """The words with those of a place, which holds one line, read by itself with the ink faded, if that is surer."""
        bounds = self._bounds(place, 0.0)
        alone = list(self._line_of(self._ink_faded.sharply(*bounds), bounds))
        inside = [w for w in words if place.left < w.box.middle[0] < place.right and place.top < w.box.middle[1] < place.bottom]
        if surety(alone) <= surety(inside):
            return words
        return [w for w in words if w not in inside] + alone


def _whole_lines(box: Box, page: Page) -> Box:
    """The page-wide band around a box that cuts through none of the page's words."""
    top, bottom = box.top, box.bottom
    for word in page.words:
        if word.confidence >= 0.5 and word.box.top < bottom and word.box.bottom > top and word.box.height < TALLEST_PRINT:
            top, bottom = min(top, word.box.top), max(bottom, word.box.bottom)
    return Box(0.0, max(0.0, top - 3), page.width, min(page.height, bottom + 3))


def moved(word: Word, right: float, down: float) -> Word:
    def move(box: Box) -> Box:
        return Box(box.left + right, box.top + down, box.right + right, box.bottom + down)

    return Word(word.text, word.confidence, move(word.box), tuple(move(symbol) for symbol in word.symbols))
