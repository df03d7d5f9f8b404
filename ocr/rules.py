"""The lines drawn on a page, and the cells of the tables that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from metering.pages import Box
from ocr.faint_grid import crossing, with_faint_grid
from ocr.geometry import ink
from ocr.pieces import hole_boxes, piece_boxes

WORKING = 150  # pixels per inch while looking for rules
LEAST_LENGTH = 0.3  # inches of the shortest rule; higher than letters of a heading
GREATEST_THICKNESS = 0.06  # inches
LEAST_CELL = (0.12, 0.1)  # inches, width and height inside
PALE = 215  # of 255: rules that are darker along a part of them
LEAST_PALE = 0.7  # inches of a pale rule
LEAST_MET = 3  # rules that a pale one crosses
LEAST_SURE = 0.05  # of a pale rule's length that is whole and as dark as ink
LEAST_INKED = 0.15  # of a rule's length that is ink, for its thickness to tell anything
BREAK = 9  # pixels: a thin rule is in pieces in a scan of one bit
SOLID = 0.85  # of a cell's box that it fills


@dataclass(frozen=True, slots=True)
class LinePicture:
    """A flat upright page in which lines are looked for, WORKING pixels per inch. Made once a page.

    grey; black: its ink as 0/255; across, down: the pixels of level and of upright rules, likewise.
    """

    grey: np.ndarray
    black: np.ndarray
    across: np.ndarray
    down: np.ndarray

    def rules(self, margin: int) -> np.ndarray:
        """The pixels of all rules and so many around each, as 0/255."""
        return cv2.dilate(cv2.bitwise_or(self.across, self.down), np.ones((2 * margin + 1,) * 2, np.uint8))

    @classmethod
    def of(cls, grey: np.ndarray, pixels_per_inch: float, *, was_printed: bool = True) -> LinePicture:
        """was_printed: the page was on paper, where lines grow pale and break; a page with a text layer tells its own."""
        scale = WORKING / pixels_per_inch
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        black = ink(small)
        across, down = _line_masks(black, LEAST_LENGTH)
        if was_printed:
            across, down = _with_pale_lines(small, across, down)
        return cls(small, black, across, down)


def _with_pale_lines(small: np.ndarray, across: np.ndarray, down: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pixels of level and upright rules of a page with what is pale or broken of them, or with those of its faint grid."""
    pale = cv2.threshold(small, PALE, 255, cv2.THRESH_BINARY_INV)[1]
    pale_across, pale_down = _line_masks(pale, LEAST_LENGTH, BREAK)
    level, upright = _thin(pale_across), _thin(pale_down.T)
    across, level_left = _with_pale(across, pale_across, level, upright)
    down, upright_left = _with_pale(down.T, pale_down.T, upright, level)
    down = np.ascontiguousarray(down.T)
    if level_left + upright_left >= LEAST_MET or len(crossing(_thin(down.T), _thin(across))) < LEAST_MET:
        return with_faint_grid(small, across, down)
    return across, down


def _thin(mask: np.ndarray) -> list[tuple[int, int, int, int]]:
    """Boxes of the level pieces of a mask that are as thin as rules."""
    return [box for box in piece_boxes(np.ascontiguousarray(mask)) if box[3] <= GREATEST_THICKNESS * WORKING]


def _with_pale(
    sure: np.ndarray, pale: np.ndarray, pieces: list[tuple[int, int, int, int]], turned: list[tuple[int, int, int, int]]
) -> tuple[np.ndarray, int]:
    """Level lines, their gaps closed where they are pale or broken, as a thin rule of a table is once it was photographed or scanned in one
    bit: it meets other rules; what is level of a stamp's ring or of letters does not. And how many meet others and are nowhere dark, as
    lines of a faint grid are.

    pieces: boxes of pale; turned: of the upright lines, turned.
    """
    out, left = sure.copy(), 0
    for x, y, width, height in pieces:
        met = sum(x < start + wide and start < x + width and y < top + high and top < y + height for top, start, high, wide in turned)
        if width < LEAST_PALE * WORKING or met < LEAST_MET:
            continue
        place = slice(y, y + height), slice(x, x + width)
        gaps = sure[place].max(axis=0) == 0
        if 0 < gaps.mean() < 1 - LEAST_SURE:
            out[place] |= np.where(gaps, pale[place], 0).astype(np.uint8)
        left += bool(gaps.mean() >= 1 - LEAST_SURE)
    return out, left


def without_rules(grey: np.ndarray, picture: LinePicture) -> np.ndarray:
    """A page, grey as its print is read, with its rules painted over: in a part of it that is narrower than a rule is long the engine takes
    them for signs."""
    return cv2.bitwise_or(grey, cv2.resize(picture.rules(1), grey.shape[::-1], interpolation=cv2.INTER_NEAREST))


def find_rules(picture: LinePicture) -> tuple[Box, ...]:
    """Horizontal and vertical lines of a page as thin boxes, in points, from the top."""
    boxes = []
    black = picture.black
    for mask, upright in ((picture.across, black), (picture.down, black.T)):
        turned = mask if upright is black else mask.T
        for x, y, w, h in piece_boxes(np.ascontiguousarray(turned)):
            if h <= GREATEST_THICKNESS * WORKING and _is_thin(upright, x, y, w, h):
                boxes.append(_in_points(x, y, w, h) if upright is black else _in_points(y, x, h, w))
    return tuple(sorted(boxes, key=lambda box: (box.top, box.left)))


def _is_thin(black: np.ndarray, x: int, y: int, width: int, height: int) -> bool:
    """Whether a horizontal strip is one thin stroke along most of its length: the middle of a blurred word is not."""
    around = black[max(0, y - 5) : y + height + 5, x : x + width] > 0
    deep = around.sum(axis=0)
    inked = deep[deep > 0]
    # Where a rule is pale there is nothing but what crosses it, and the letters beside it.
    pale = cv2.countNonZero(black[y : y + height, x : x + width].max(axis=0)) < LEAST_INKED * width
    return pale or bool(np.mean(inked <= height + 1) >= 0.6)


def find_cells(picture: LinePicture, least: float = LEAST_LENGTH) -> tuple[Box, ...]:
    """Insides of the cells of ruled tables, in points, by rows from the top and from the left in each. least: of their sides, inches."""
    across, down = (picture.across, picture.down) if least == LEAST_LENGTH else _line_masks(picture.black, least)
    lines = cv2.dilate(cv2.bitwise_or(across, down), np.ones((5, 5), np.uint8))
    holes = hole_boxes(lines, *(side * WORKING for side in LEAST_CELL))
    return tuple(cell for row in in_rows([_in_points(*box) for box, share in holes if share >= SOLID]) for cell in row)


def _line_masks(black: np.ndarray, least: float, broken: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Pixels of horizontal and of vertical rules, as 0/255; broken: pixels of the longest break in one that is closed.

    Ink is thickened across the line first, so that a line that leans by a degree stays one line.
    """
    length, gap = round(least * WORKING), 5
    across, down = cv2.dilate(black, np.ones((3, 1), np.uint8)), cv2.dilate(black, np.ones((1, 3), np.uint8))
    if broken:
        across = cv2.morphologyEx(across, cv2.MORPH_CLOSE, np.ones((1, broken), np.uint8))
        down = cv2.morphologyEx(down, cv2.MORPH_CLOSE, np.ones((broken, 1), np.uint8))
    across = cv2.morphologyEx(across, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    down = cv2.morphologyEx(down, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    return (
        cv2.morphologyEx(across, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8)),
        cv2.morphologyEx(down, cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8)),
    )


def in_rows(cells: Sequence[Box]) -> list[list[Box]]:
    """Cells that begin at one height, rows from the top and each from the left."""
    rows: list[list[Box]] = []
    for cell in sorted(cells, key=lambda box: box.top):
        row = next((row for row in rows if abs(row[0].top - cell.top) < 4), None)
        if row is None:
            rows.append([cell])
        else:
            row.append(cell)
    return [sorted(row, key=lambda box: box.left) for row in rows]


def _in_points(x: int, y: int, width: int, height: int) -> Box:
    scale = 72 / WORKING
    return Box(float(x) * scale, float(y) * scale, float(x + width) * scale, float(y + height) * scale)
