"""A pen over the print: strokes that cross a page out, and a word written in large across it («НЕВЕРНО»).

Print is small and rules run along and down. What is left once these are taken away, larger than letters and above the last reading, is a
pen's: people sign below it (docs/reading.md, "Marks").
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from metering.pages import Box, Page
from metering.reports import PenOver
from ocr.ink import MILLIMETRE, WORKING, Ink, in_points, is_print, painted
from ocr.pieces import inked_place, large_pieces
from ocr.signatures import DARK, is_ruled
from ocr.signing_places import end_of_head, end_of_readings
from ocr.stamps import Ring

WIDE, TALL = 1.0, 5.0  # millimetres: of a stroke that is looked at at least; letters of print are lower
RULE = 11  # pixels over which a stroke goes on behind a rule that it crosses
LARGE, SLANTING = 25.0, 6.0  # millimetres: across a piece of a long stroke; it rises or falls by so much
CELL = 4  # pixels of a picture's square in the one in which long strokes are looked for, 1 millimetre
THIN, AROUND = 22, 7  # of the cells in a square so wide: a stroke leaves 14, two that cross 26, lines of print more
VOTES, LEAST_LONG, GAP = 18, 30, 10  # of a straight piece of a stroke, in cells
LONG = 170  # points: longer than any stroke of a signature
STEEPEST = 84.0  # degrees: what runs along or down nearly may be a rule
INKED, ASTRAY = 0.95, 5  # share of the piece's length with ink; pixels that a hand strays from a straight line
BESIDE, BOTH_SIDES = 28, 2  # points beyond a piece's ends; words on each side of it: the edge of a sheet has them on one
HEAD = 0.1  # of the page's height: emblems are there, and numbers of what comes in
EDGE = 2.0  # points that a letter reaches over the box of its word
LINE_OF_BOXES, OVER_FRAME = 36.0, 1.3  # points, height of a row of boxes for digits at most; of that height a digit at most
SIDE, FRAMED = 2, 0.85  # pixels of a frame's sides, and the share of each that is inked
FULL, THICK = 0.5, 2.2  # share of a letter's box that is ink; millimetres of a stroke: bars and spots are fuller and thicker
HIGHEST = 30.0  # millimetres of a letter
LETTERS = 4  # side by side: a signature falls into three pieces at most
ON_STAMP = 1.1  # of its radius
APART, LEVEL, ALIKE = 1.8, 0.6, 0.5  # of the height of the higher of two letters: between them, between their middles, of the lower
OVERLAP = 0.5  # of the narrower letter
IN_ONE = (20.0, 7.0, 0.4)  # millimetres, width and height of a word written without lifting the pen; share of that which is ink
BELOW = 10.0  # millimetres: of letters below the last reading at least; names are written there, and signatures fall into pieces


@dataclass(frozen=True, slots=True)
class _Piece:
    """Connected ink: where it begins, in pixels, and its own pixels within its box, as bool."""

    left: int
    top: int
    own: np.ndarray

    @property
    def width(self) -> float:
        return self.own.shape[1] / MILLIMETRE

    @property
    def height(self) -> float:
        return self.own.shape[0] / MILLIMETRE

    @property
    def fill(self) -> float:
        return np.count_nonzero(self.own) / self.own.size

    @property
    def box(self) -> Box:
        return in_points(self.left, self.top, self.own.shape[1], self.own.shape[0])

    @property
    def is_framed(self) -> bool:
        """Whether it is a box for a digit, empty or with one: three of its sides at least are straight rules."""
        own = self.own
        sides = (own[:SIDE].any(axis=0), own[-SIDE:].any(axis=0), own[:, :SIDE].any(axis=1), own[:, -SIDE:].any(axis=1))
        return sum(float(side.mean()) >= FRAMED for side in sides) >= 3

    @property
    def thickness(self) -> float:
        """Of its thickest stroke, in millimetres."""
        return float(cv2.distanceTransform(np.pad(self.own.astype(np.uint8), 1), cv2.DIST_L2, 3).max()) * 2 / MILLIMETRE


def pen_over_print(ink: Ink, page: Page, ring: Ring | None, frames: Callable[[], Sequence[Box]]) -> PenOver | None:
    """What a pen did to a page as a whole; None of a page that it left as it was printed, but for its signature, ticks and the like.

    frames: the insides of what is framed, asked for where a word seems to be written: digits in a row of boxes are none.
    """
    stamp = ring if ring is not None and ring.is_stamp else None
    end = end_of_readings(page)
    pieces = list(_pieces(ink, page))
    if any(_crosses(segment, page, end or page.height) for segment in _long_strokes(pieces, ink.darkness.shape)):
        return PenOver.CROSSED_OUT
    if not end:
        return None  # where nothing was read as a reading, a word over them and the signature below cannot be told apart
    words = [word.box for word in page.words if is_print(word)]
    free = [p for p in pieces if p.box.middle[1] > HEAD * page.height and not _is_of(stamp, p) and not _is_printed(p.box, words)]
    if not _is_written(free, page):
        return None
    boxes = [frame for frame in frames() if frame.height <= LINE_OF_BOXES]
    free = [p for p in free if not p.is_framed and not any(_stands_in(p.box, box) for box in boxes)]
    return PenOver.WRITTEN_OVER if _is_written(free, page) else None


def _pieces(ink: Ink, page: Page) -> Iterator[_Piece]:
    """What is larger than letters, without the rules; of a text layer the short ones of its cells as well."""
    dark = cv2.threshold(ink.darkness, DARK, 255, cv2.THRESH_BINARY)[1]
    rows, columns = inked_place(dark, RULE)
    dark, rules = dark[rows, columns], painted(dark.shape, page.rules, 2)[rows, columns]
    left = cv2.subtract(dark, rules)
    for shape in ((RULE, 1), (1, RULE)):
        left |= cv2.morphologyEx(left, cv2.MORPH_CLOSE, np.ones(shape, np.uint8)) & rules & dark
    for (x, y, _, _), own in large_pieces(left, WIDE * MILLIMETRE, TALL * MILLIMETRE):
        yield _Piece(columns.start + x, rows.start + y, own)


def _is_printed(piece: Box, words: Sequence[Box]) -> bool:
    """Whether a piece is a letter of a word that was surely read, a large one of a title."""
    return any(
        w.left - EDGE <= piece.left and piece.right <= w.right + EDGE and w.top - EDGE <= piece.top and piece.bottom <= w.bottom + EDGE
        for w in words
    )


def _stands_in(piece: Box, frame: Box) -> bool:
    """Whether a piece is a digit in a row of boxes; a hand reaches over them."""
    across, down = piece.middle
    inside = frame.left < across < frame.right and frame.top < down < frame.bottom
    return inside and piece.height <= OVER_FRAME * frame.height


def _is_of(stamp: Ring | None, piece: _Piece) -> bool:
    if stamp is None:
        return False
    across, down = piece.left + piece.own.shape[1] / 2 - stamp.x, piece.top + piece.own.shape[0] / 2 - stamp.y
    return math.hypot(across, down) < ON_STAMP * stamp.radius


def _long_strokes(pieces: Sequence[_Piece], shape: tuple[int, ...]) -> Iterator[tuple[int, int, int, int]]:
    """Straight pieces of thin strokes aslant, as x, y, x, y in pixels."""
    own = np.zeros(shape, np.uint8)
    for piece in pieces:
        if min(piece.width, piece.height) >= SLANTING and math.hypot(piece.width, piece.height) >= LARGE:
            height, width = piece.own.shape
            own[piece.top : piece.top + height, piece.left : piece.left + width][piece.own] = 255
    cells = cv2.dilate(own, np.ones((CELL, CELL), np.uint8))[::CELL, ::CELL]
    crowded = cv2.boxFilter(cells, cv2.CV_16U, (AROUND, AROUND), normalize=False)
    thin = np.where(crowded <= THIN * 255, cells, 0).astype(np.uint8)
    if not thin.any():
        return
    found = cv2.HoughLinesP(thin, 1, np.pi / 90, VOTES, minLineLength=LEAST_LONG, maxLineGap=GAP)
    for segment in () if found is None else found.reshape(-1, 4) * CELL + CELL // 2:
        x, y, right, bottom = (int(place) for place in segment)
        slope = math.degrees(math.atan2(abs(bottom - y), abs(right - x)))
        if 90 - STEEPEST < slope < STEEPEST and _inked(own, (x, y, right, bottom), slope) >= INKED:
            yield x, y, right, bottom


def _inked(own: np.ndarray, segment: tuple[int, int, int, int], slope: float) -> float:
    """The share of a straight piece's length at which there is ink, as near as a hand draws straight."""
    x, y, right, bottom = segment
    steps = int(math.hypot(right - x, bottom - y) / 2)
    across, down = np.linspace(x, right, steps).astype(int), np.linspace(y, bottom, steps).astype(int)
    seen = np.zeros(steps, bool)
    height, width = own.shape
    for away in range(-ASTRAY, ASTRAY + 1):
        columns, rows = (across + away, down) if slope > 45 else (across, down + away)
        seen |= own[rows.clip(0, height - 1), columns.clip(0, width - 1)] > 0
    return float(seen.mean())


def _crosses(segment: tuple[int, int, int, int], page: Page, end: float) -> bool:
    """Whether a straight stroke begins above the last reading, a long one right below it, and runs through print: words stand on both
    sides."""
    x, y, right, bottom = (place * 72 / WORKING for place in segment)
    long = math.hypot(right - x, bottom - y)
    if min(y, bottom) > end + (BESIDE if long > LONG else 0):
        return False
    along, across = ((right - x) / long, (bottom - y) / long), (-(bottom - y) / long, (right - x) / long)
    sides = [0, 0]
    for word in page.words:
        over, down = word.box.middle[0] - x, word.box.middle[1] - y
        if is_print(word) and -BESIDE < over * along[0] + down * along[1] < long + BESIDE:
            sides[over * across[0] + down * across[1] > 0] += 1
    return min(sides) >= BOTH_SIDES


def _is_written(pieces: Sequence[_Piece], page: Page) -> bool:
    """Whether a word stands there in large letters by hand, or one in a single stroke over readings: who approves a report signs above
    them, who signs beside a narrow table has none below."""
    head, end = end_of_head(page), end_of_readings(page)
    letters = [p for p in pieces if p.height <= HIGHEST and p.fill < FULL and p.thickness < THICK]
    letters = [p for p in letters if p.box.middle[1] < end or p.height > BELOW]
    if any(_letters_from(letter, letters) >= LETTERS for letter in letters):
        return True
    wide, high, full = IN_ONE
    joined = [p for p in pieces if p.width >= wide and high <= p.height <= HIGHEST * 2 and p.fill < full]
    joined = [p for p in joined if p.box.bottom > head and p.box.middle[1] < _end_along(p.box, page)]
    return any(not is_ruled(p.own) for p in joined)


def _end_along(box: Box, page: Page) -> float:
    """The lower edge of the last reading that shares some width with a box."""
    return end_of_readings(replace(page, words=tuple(word for word in page.words if word.box.shares_width(box))))


def _letters_from(first: _Piece, letters: Sequence[_Piece]) -> int:
    """How many letters stand side by side from the first on."""
    count, last = 1, first
    for letter in sorted(letters, key=lambda p: p.left):
        high = max(last.box.height, letter.box.height)
        gap = letter.box.left - last.box.right
        beside = -OVERLAP * min(last.box.width, letter.box.width) <= gap <= APART * high and letter.left > last.left
        level = abs(letter.box.middle[1] - last.box.middle[1]) <= LEVEL * high
        if beside and level and min(last.box.height, letter.box.height) >= ALIKE * high:
            count, last = count + 1, letter
    return count
