"""The picture of a page and what is made of it alone: its print, its drawn lines, its cells and frames."""

from __future__ import annotations

import functools

import numpy as np

from metering.pages import Box, Page, PageSource
from ocr.box_rows import find_box_rows, with_box_rows, without_sides
from ocr.dotted import without_dotted_lines
from ocr.frames import find_faint_lines, find_frames, is_edge, is_fold, underlines, with_faint_lines
from ocr.geometry import UprightPicture
from ocr.instruments import Instruments
from ocr.rules import LinePicture, find_cells
from ocr.shelf import KeptPicture, of_picture


class PagePicture:
    """A page, and its picture at hand. All boxes are in points of `page`.

    codes: texts of the codes on it that claim to be a form's; is_form: it was laid flat by one, so its places are the layout's.
    """

    def __init__(
        self, instruments: Instruments, picture: KeptPicture, page: Page, codes: tuple[str, ...] = (), *, is_form: bool = False
    ) -> None:
        self._instruments = instruments
        self.kept = picture
        self.page = page
        self.codes = codes
        self.is_form = is_form

    @property
    def _picture(self) -> UprightPicture:
        return self.kept.take()

    def crop(self, box: Box) -> np.ndarray:
        """The grey pixels of a place, uint8."""
        left, top, right, bottom = self._bounds(box, 0.0)
        return self._picture.grey[top:bottom, left:right]

    def _bounds(self, box: Box, padding: float) -> tuple[int, int, int, int]:
        scale, margin = self._picture.pixels_per_inch / 72, padding * box.height
        height, width = self._picture.grey.shape
        left, top = max(0, int((box.left - margin) * scale)), max(0, int((box.top - margin) * scale))
        right, bottom = min(width, round((box.right + margin) * scale)), min(height, round((box.bottom + margin) * scale))
        return left, top, right, bottom

    @of_picture
    def print(self) -> np.ndarray:
        """The grey page as print is read from it; a text layer has told all of its own."""
        if self.page.source is PageSource.TEXT_LAYER:
            return self._picture.grey
        return without_dotted_lines(self._picture.grey, self._picture.pixels_per_inch)

    @of_picture
    def line_picture(self) -> LinePicture:
        """The page as its drawn lines are looked for in it."""
        was_printed = self.page.source is PageSource.OCR
        return LinePicture.of(self._picture.grey, self._picture.pixels_per_inch, was_printed=was_printed)

    @functools.cached_property
    def cells(self) -> tuple[Box, ...]:
        """Insides of the cells of ruled tables, row by row."""
        return find_cells(self.line_picture)

    @functools.cached_property
    def frames(self) -> tuple[Box, ...]:
        """Insides of all that is framed, row by row; a row of boxes for single digits is one frame."""
        return find_frames(self.line_picture, self.cells)

    @functools.cached_property
    def lines(self) -> tuple[Box, ...]:
        """The page's rules with its dotted and pale lines, and without the edges of frames of one line."""
        faint = find_faint_lines(self.line_picture)
        lines = with_faint_lines(self.page.rules, [f for f in faint if not underlines(f, self.page.words)])
        inner = (r for r in lines if not is_fold(r, self.page.width))
        return tuple(r for r in inner if not any(is_edge(r, frame) for frame in self.frames))

    @functools.cached_property
    def _box_rows(self) -> tuple[Box, ...]:
        return tuple(find_box_rows(self.line_picture.grey, self.page.words))

    @functools.cached_property
    def form_frames(self) -> tuple[Box, ...]:
        """The frames with the rows of boxes that are pale or stand apart: of a page that was filled in by hand."""
        return with_box_rows(self.frames, self._box_rows)

    @functools.cached_property
    def form_lines(self) -> tuple[Box, ...]:
        """The lines without the sides of those boxes."""
        return without_sides(self.lines, self._box_rows)
