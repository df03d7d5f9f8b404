"""The marks of ink on a page, stamp and signature, and the page with that ink faded."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence

import numpy as np

from metering.form_layout import CODE, READING_DATE, REPORT_DATE, SIGNATURE, all_meter_places
from metering.forms import parse_code
from metering.handwriting import fill_lines
from metering.pages import Box, Mark, PageSource, Word
from metering.reports import PenOver
from ocr.approvals import approval_place, around, page_of_approval
from ocr.captioned_places import along_lines, captioned_places
from ocr.copies import first_copy
from ocr.dotted_stamps import DottedRing, find_dotted_ring
from ocr.form import only_place, without_place
from ocr.ink import Ink
from ocr.lifting import FadedInk, beneath_grey
from ocr.page_picture import PagePicture
from ocr.pen_over_print import pen_over_print
from ocr.shelf import of_picture
from ocr.signatures import AT_MOST_UNSURE, signature_mark
from ocr.signing_places import end_of_head
from ocr.stamps import Ring, find_ring, stamp_mark

INK_IN_PLACE = 0.85  # that ink in the place for the signature is one, where its strokes were too pale to tell
BEYOND = 1.1  # times a stamp's width and height: what reaches no further lies within it
AROUND = 0.5  # of a place's height: what is cut out with it reaches so far at most


class PageMarks(PagePicture):
    """A page, its picture and its marks; each is looked for when it is first asked for."""

    def stamp(self) -> Mark:
        """Whether a round stamp is on the page. A sure absence has a high confidence, a doubtful one a low."""
        return self._stamp

    @functools.cached_property
    def _stamp(self) -> Mark:
        # Where there is none, what one may have left is searched for as well.
        return stamp_mark(self._ring, self._ink, self.page.number, self._dotted_ring)

    def _dotted_ring(self) -> DottedRing | None:
        if self.is_form or self.page.source is not PageSource.OCR:
            return None
        return find_dotted_ring(self._picture.grey, self._picture.pixels_per_inch, self._ink, end_of_head(self.page))

    def signature(self, written: Sequence[Box] = (), printed: Sequence[Word] = ()) -> Mark:
        """Whether somebody signed the page by hand; a form in its place for that, since digits by hand are pen strokes too.

        written: places in which something else is written by hand, a date, a name: strokes of theirs alone make no sure signature, and
        no sure absence, since one may stand on them. printed: the words of such a page that are print; what a pen wrote is read as words,
        too.
        """
        mark = self._signature
        if not written or self.is_form:
            return mark
        # Without the digits all over the page, which alone would be too scattered for a signature.
        page = dataclasses.replace(self.page, words=tuple(printed)) if printed else self.page
        places = along_lines(written, self.form_lines, captioned_places(page, 0.0))
        lines = fill_lines(dataclasses.replace(page, rules=self.form_lines))
        others = signature_mark(self._ink.without(places), page, self._ring, lines)
        if others.value:
            return others
        return _unsure(mark) if mark.value else mark

    @functools.cached_property
    def _signature(self) -> Mark:
        if self.is_form:
            ink = Ink.of(only_place(self._picture, SIGNATURE), self.page)
            mark = signature_mark(ink, dataclasses.replace(self.page, rules=()), find_ring(ink))
            stamp = self.stamp().box if self.stamp().value else None
            if mark.value or not self.is_inked(SIGNATURE) or (stamp is not None and stamp.left < SIGNATURE.right):
                return mark
            return Mark(value=True, confidence=INK_IN_PLACE, page=self.page.number, box=SIGNATURE)
        mark = self._beside_dots(self._of_approval(signature_mark(self._ink, self.page, self._ring)))
        if (mark.value and mark.confidence > AT_MOST_UNSURE) or (copy := first_copy(self.page)) is None:
            return mark
        # The first of two copies on a sheet is signed above the readings of the second.
        page, end = copy
        return _either(signature_mark(self._ink.without([Box(0.0, end, page.width, page.height)]), page, self._ring), mark)

    def _beside_dots(self, mark: Mark) -> Mark:
        """A signature that lies within a stamp of which a scan in one bit left dots is no sure one: their rows are strokes as well."""
        stamp = self.stamp()
        if not mark.value or mark.box is None or stamp.box is None or (self._ring is not None and self._ring.is_stamp):
            return mark
        both = stamp.box.union(mark.box)
        inside = both.width < BEYOND * stamp.box.width and both.height < BEYOND * stamp.box.height
        return _unsure(mark) if inside else mark

    def _of_approval(self, mark: Mark) -> Mark:
        """The signature of who approves the report in its head, where none stands below the readings for sure."""
        place = self._approval
        if place is None or (mark.value and mark.confidence > AT_MOST_UNSURE):
            return mark
        return _either(signature_mark(self._ink.without(around(place, self.page)), page_of_approval(self.page, place), self._ring), mark)

    @functools.cached_property
    def _approval(self) -> Box | None:
        """Where the page is approved in its head."""
        return approval_place(self.page)

    def pen_over(self) -> PenOver | None:
        """What a pen did to the page as a whole."""
        return pen_over_print(self._ink, self.page, self._ring, self._places_for_digits)

    def _places_for_digits(self) -> Sequence[Box]:
        """Where numbers may be written by hand: the combs of a form of ours, the frames of another page."""
        code = parse_code(self.codes[0]) if self.is_form else None
        if code is None:
            return self.form_frames
        combs = [comb for meter in all_meter_places(code) for comb in (meter.current, meter.consumption)]
        return [comb.around for comb in (*combs, READING_DATE, REPORT_DATE)]

    @of_picture
    def _ink(self) -> Ink:
        """Of a form without its code, whose squares would be taken for a stamp."""
        return Ink.of(without_place(self._picture, CODE) if self.is_form else self._picture, self.page)

    @functools.cached_property
    def _ring(self) -> Ring | None:
        return find_ring(self._ink) if self.is_form else find_ring(self._ink, end_of_head(self.page), self._approval)

    def _stamp_reaches(self, box: Box) -> bool:
        """Whether a stamp that was found stands on a box or right beside it."""
        stamp = self.stamp().box
        return stamp is not None and box.meets(stamp)

    @of_picture
    def _lifted(self) -> np.ndarray:
        """The grey page with the ink of its stamp faded, as far as it is lighter than print or has a colour."""
        stamp = self.stamp()
        if not stamp.value or stamp.box is None:
            return self.print
        left, top, right, bottom = self._bounds(stamp.box, 0.05)
        lifted = self.print.copy()
        lifted[top:bottom, left:right] = self._ink_faded.sharply(left, top, right, bottom)
        return lifted

    def _beneath_stamp(self, place: Box) -> np.ndarray:
        """The grey page with the stamp on a place faded where it is paler than a pen: by their colour the two are often one ink."""
        lifted = self._picture.grey.copy()
        if self._ring is not None:
            left, top, right, bottom = self._bounds(place, AROUND)
            lifted[top:bottom, left:right] = beneath_grey(lifted[top:bottom, left:right], 255 - self._ring.darkness)
        return lifted

    @property
    def _ink_faded(self) -> FadedInk:
        return FadedInk(self.print, self._picture.colour, self._ring, self._picture.pixels_per_inch)


def _unsure(mark: Mark) -> Mark:
    """A mark that is no surer than a person should look at."""
    return dataclasses.replace(mark, confidence=min(mark.confidence, AT_MOST_UNSURE))


def _either(first: Mark, second: Mark) -> Mark:
    """Of two places for one signature the one that is signed, the first before the second; where neither is, the less sure absence."""
    if first.value or second.value:
        return first if first.value else second
    return min(first, second, key=lambda mark: mark.confidence)
