"""Whether a page on which a stamp stands was surely not signed: where people sign is known, the stamp is not there, and it is bare paper.

A pen in the stamp's own ink is not told from it, nor a paraph within it, so that no pen stroke was found proves nothing wherever the
stamp may lie on one (docs/reading.md, "Marks").
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from metering.pages import Box, Page
from ocr.ink import MILLIMETRE, WORKING, Ink, is_print, square_around
from ocr.pieces import large_pieces
from ocr.signing_places import DATE, LETTERS, YEAR, end_of_readings, places_before_names, signing_lines
from ocr.stamps import Ring

FAINT = 25  # of 255: the palest ink
BLACK = 220  # of 255: a stamp that is darker came in black and white, where a pale pen leaves nothing
AROUND = 1.15  # of the stamp's radius: what may be its own
NEAR = 110  # points between the stamp and the place: a seal far from it may belong to a signature elsewhere
ABOVE, LEVEL = 28, 14  # points over a line that a signature takes; of a row of print to each side of its middle
RUN = 8 * MILLIMETRE  # what is level for so long is a rule
LEAST = (2.5 * MILLIMETRE, MILLIMETRE)  # pixels across and down of a pen stroke on a line to sign on; less is a speck
TALL = 1.6  # times the usual word's height
LARGE = (6 * MILLIMETRE, 2 * MILLIMETRE)  # the same elsewhere: letters that were not read are smaller


def is_bare(ink: Ink, page: Page, stamp: Ring, top: float) -> bool:
    """Whether nobody signed: no place to sign is near the stamp's ink, none has ink of its own, and below the readings is nothing but
    print, rules and the stamp. top: where people sign below, in points."""
    places = [Box(line.left, line.top - ABOVE, line.right, line.bottom + 2) for line in signing_lines(page, top)]
    places += [Box(room.left + 2, room.top - 10, room.right - 2, room.bottom + 8) for room in places_before_names(page, top)]
    if stamp.in_head or not 0 < stamp.darkness < BLACK or not any(_is_near(place, stamp.box) for place in places):
        return False
    reach = square_around(stamp.x, stamp.y, AROUND * stamp.radius)
    if any(place.meets(reach) for place in places) or _is_on_another_row(stamp.box, places, page):
        return False
    left = _faint_ink(ink, stamp)
    if any(_has_pieces(left[_pixels(place)], LEAST) for place in places):
        return False
    left[: int(max(top, end_of_readings(page)) * WORKING / 72)] = 0
    # Who signs over his name in print does it higher than that is.
    over_print = _has_pieces(left, (LARGE[1], TALL * ink.word_height))
    return not over_print and not _has_pieces(cv2.bitwise_and(left, cv2.bitwise_not(ink.print)), LARGE)


def _is_near(place: Box, stamp: Box) -> bool:
    return max(place.top - stamp.bottom, stamp.top - place.bottom) < NEAR


def _is_on_another_row(stamp: Box, places: Sequence[Box], page: Page) -> bool:
    """Whether words stand beside or under the stamp that are on the row of no place to sign: somebody may sign there, too, but not on a
    row that gives a date behind its label."""
    words = [word for word in page.words if is_print(word)]
    dates = [word.box for word in words if DATE.fullmatch(word.text) or YEAR.fullmatch(word.text)]
    labels = [word.box for word in words if word.text.endswith(":")]
    dated = [date for date in dates if any(label.right < date.left and date.top < label.middle[1] < date.bottom for label in labels)]
    rows = [word.box for word in words if sum(map(str.isalpha, word.text)) >= LETTERS]
    rows = [row for row in rows if not any(date.top < row.middle[1] < date.bottom for date in dated)]
    beside = [row.middle[1] for row in rows if stamp.top < row.middle[1] < stamp.bottom]
    return any(all(not place.bottom - ABOVE < y < place.bottom + LEVEL for place in places) for y in beside)


def _faint_ink(ink: Ink, stamp: Ring) -> np.ndarray:
    """All ink but rules and what may be the stamp's, 0/255."""
    faint = cv2.threshold(ink.darkness, FAINT, 255, cv2.THRESH_BINARY)[1]
    cv2.circle(faint, (int(stamp.x), int(stamp.y)), int(AROUND * stamp.radius + 4), 0, cv2.FILLED)
    level = cv2.morphologyEx(faint, cv2.MORPH_OPEN, np.ones((1, int(RUN)), np.uint8))
    rules = cv2.dilate(ink.rules | level, np.ones((3, 3), np.uint8))
    return cv2.bitwise_and(faint, cv2.bitwise_not(rules))


def _has_pieces(mask: np.ndarray, least: tuple[float, float]) -> bool:
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    return any(True for _ in large_pieces(joined, *least))


def _pixels(place: Box) -> tuple[slice, slice]:
    scale = WORKING / 72
    left, top, right, bottom = (max(0, int(edge * scale)) for edge in (place.left, place.top, place.right, place.bottom))
    return slice(top, bottom), slice(left, right)
