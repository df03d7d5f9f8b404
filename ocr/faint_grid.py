"""The pale grey lines between the cells of a printed spreadsheet: no part of them is as dark as ink, and only that they cross tells them.

They are looked for at half the pixels of the other rules (3 ms a page), where the grain of paper has gone and a line of one pixel is
still darker than what is beside it.
"""

from __future__ import annotations

import cv2
import numpy as np

from ocr.pieces import piece_boxes

_SCALE = 0.5
#: Of 255, than the paper beside it; of a photo's grain, and of letters above, the least one makes pieces that are none.
_DARKER = (7, 15, 30)
_GRAIN = 2.0  # times the darkness of what nine tenths of a page do not reach: what is no darker may be grain
_BESIDE = 5  # pixels: what is thicker is no line
_LEAST = 50  # pixels of a level line, two thirds of an inch
_LEAST_UPRIGHT = 24  # pixels: a head and one row
_WIDEST = 145  # pixels, nearly two inches, of the grid's longest level line: what a pen's strokes and a stamp make is smaller
_THICKEST = 6  # pixels; a line that leans by half a degree, its own thickness added
_CROSSED = 3  # lines of the grid that a line crosses

Boxes = list[tuple[int, int, int, int]]


def with_faint_grid(small: np.ndarray, across: np.ndarray, down: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pixels of level and upright rules of a page with those of its faint grid, if it has one. small: the flat page in grey."""
    grey = cv2.resize(small, None, fx=_SCALE, fy=_SCALE, interpolation=cv2.INTER_AREA)
    lines = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((_BESIDE, _BESIDE), np.uint8))
    least = _GRAIN * float(np.percentile(lines, 90))
    grids = [_grid(lines, darker) for darker in _DARKER if darker >= least]
    level, upright = max(grids, key=lambda grid: sum(length for lines in grid for _, _, length, _ in lines), default=([], []))
    if max((width for _, _, width, _ in level), default=0) < _WIDEST:
        return across, down
    return _drawn(across, level), np.ascontiguousarray(_drawn(np.ascontiguousarray(down.T), upright).T)


def _grid(lines: np.ndarray, darker: int) -> tuple[Boxes, Boxes]:
    """The level lines and the upright ones, turned, that are so much darker than what is beside them and cross each other."""
    dark = cv2.threshold(lines, darker, 255, cv2.THRESH_BINARY)[1]
    level, upright = _long_pieces(dark, _LEAST), _long_pieces(np.ascontiguousarray(dark.T), _LEAST_UPRIGHT)
    found = 0
    while found != (found := len(level) + len(upright)):  # what crosses only lines that are not of the grid is none of it
        level = crossing(level, upright)
        upright = crossing(upright, level)
    return level, upright


def _long_pieces(dark: np.ndarray, least: int) -> Boxes:
    """Boxes of what is level, long and thin."""
    thick = cv2.morphologyEx(cv2.dilate(dark, np.ones((3, 1), np.uint8)), cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8))
    long = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
    return [box for box in piece_boxes(long) if box[3] <= _THICKEST]


def crossing(lines: Boxes, others: Boxes) -> Boxes:
    """Those of the lines that cross or meet enough of the others, which are given turned."""
    return [line for line in lines if sum(_meet(line, other) for other in others) >= _CROSSED]


def _meet(line: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    x, y, width, height = line
    top, left, high, wide = other
    return x - 1 <= left + wide and left <= x + width + 1 and y - 1 <= top + high and top <= y + height + 1


def _drawn(mask: np.ndarray, lines: Boxes) -> np.ndarray:
    """The mask with those lines, as thick as others, the length of each."""
    out = mask.copy()
    for x, y, width, height in lines:
        middle = round((y + height / 2) / _SCALE)
        out[max(0, middle - 1) : middle + 2, round(x / _SCALE) : round((x + width) / _SCALE)] = 255
    return out
