"""Brings the picture of a page upright and reads it; what may be asked of the page afterwards is ReadPage's."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import cv2

from metering.pages import Page, PageSource
from ocr.alphabets import in_one_alphabet
from ocr.cell_words import with_doubtful_cells
from ocr.engine import Engine
from ocr.form import find_forms
from ocr.geometry import UprightPicture, straighten
from ocr.instruments import Instruments
from ocr.meter_display import DisplayReading, read_display
from ocr.page_file import load_page
from ocr.read_page import ReadPage
from ocr.red_stamps import red_words
from ocr.rule_marks import without_rule_marks
from ocr.rules import find_rules
from ocr.shelf import KeptPicture, Shelf
from ocr.turned_cells import with_turned_heads
from ocr.typed_bars import with_typed_bars, without_typed

UPRIGHT_RULES = 3  # of a table at least
WORD_PADDING = 0.15  # of a word that is read again, in its heights: little, its neighbours stand close


class PageReader:
    """One a worker process: the models are loaded once (the second reader's on its first use). Not safe for threads."""

    def __init__(self, engine: Engine | None = None) -> None:
        cv2.setNumThreads(1)  # a worker owns one core: shared out among threads a page takes 3 % more CPU time
        self._instruments = Instruments(engine)
        self._shelf = Shelf()

    def read(self, picture: Path, pixels_per_inch: float | None, number: int) -> ReadPage:
        """Brings a picture upright and reads it. pixels_per_inch: None for a photo. Raises PermanentError for a file that is no picture."""
        upright, codes, is_form = self._straightened(picture, pixels_per_inch)
        width, height = upright.points
        kept = KeptPicture(upright, picture, self._shelf)
        read = ReadPage(self._instruments, kept, Page(number, width, height, (), PageSource.OCR), codes, is_form=is_form)
        rules = find_rules(read.line_picture)
        words = with_typed_bars(without_rule_marks(read.first(), rules))
        words = in_one_alphabet(words, lambda word, language: read.again(word.box, language, padding=WORD_PADDING))
        read.page = dataclasses.replace(read.page, words=words, rules=rules)
        if sum(rule.height > rule.width for rule in rules) >= UPRIGHT_RULES:
            words = with_doubtful_cells(words, read.cells, read.has_ink, read.inside)
            words = with_turned_heads(words, read.cells, read.has_ink, read.turned)
            read.page = dataclasses.replace(read.page, words=words)
        return self._with_stamps(read, upright)

    def _with_stamps(self, read: ReadPage, picture: UprightPicture) -> ReadPage:
        read.page = dataclasses.replace(read.page, turned=(*read.page.turned, *red_words(picture, self._instruments.engine)))
        return read

    def _straightened(self, picture: Path, pixels_per_inch: float | None) -> tuple[UprightPicture, tuple[str, ...], bool]:
        """The page upright, the texts of the forms' codes on it, and whether it was laid flat by one. What was loaded, the largest of all
        pictures of a page, is gone before anything is read."""
        colour = load_page(picture)
        forms = find_forms(colour)
        flat = forms[0].upright if len(forms) == 1 else None
        upright = flat or straighten(colour, pixels_per_inch, self._instruments.direction)
        return upright, tuple(form.text for form in forms), flat is not None

    def show(self, picture: Path, page: Page) -> ReadPage:
        """A page whose words are known from its text layer, with its picture: for marks and crops. Nothing is turned or read."""
        colour = load_page(picture)
        if find_forms(colour):  # its boxes may be filled by anything: what is seen counts
            return self.read(picture, colour.shape[1] * 72 / page.width, page.number)
        pixels_per_inch = colour.shape[1] * 72 / page.width
        upright = UprightPicture.already(colour, pixels_per_inch)
        read = ReadPage(self._instruments, KeptPicture(upright, picture, self._shelf), page)
        if not page.rules:
            read.page = dataclasses.replace(page, rules=without_typed(find_rules(read.line_picture), page.words))
        return self._with_stamps(read, upright)

    def upright(self, picture: Path, pixels_per_inch: float | None, *, has_text: bool) -> UprightPicture:
        """The picture as `read` and `show` see it, unread: what a person is shown, so that boxes lie where they were found.

        has_text: it was rendered from a page with a sound text layer, at pixels_per_inch.
        """
        if has_text and pixels_per_inch is not None:
            colour = load_page(picture)
            if not find_forms(colour):
                return UprightPicture.already(colour, pixels_per_inch)
        return self._straightened(picture, pixels_per_inch)[0]

    def display(self, picture: Path) -> DisplayReading | None:
        """What a meter's display shows in a picture of one; None where it shows none."""
        return read_display(load_page(picture), self._instruments.second)

    def close(self) -> None:
        self._instruments.engine.close()
