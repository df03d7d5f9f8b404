"""Takes dotted lines out from under the print: a reader of print takes their dots for letters, and with them the whole line for rubbish.

Blanks guide the eye by rows of dots from the label to the value, spreadsheets frame cells with them, tables typed with `|` have rows of
hyphens. Solid rules do no harm: the engine knows those itself (docs/reading.md, "Dotted lines").
"""

from __future__ import annotations

import itertools

import cv2
import numpy as np

from ocr.pieces import piece_boxes

_DARK = 200  # of 255 in a flattened picture: dots are small, and so never quite black
_HIGH, _WIDE = 0.025, 0.09  # inches of the largest dot, of a dash of a typed line
_FEWEST = 24  # dots on one row: fewer are the ends of sentences
_MOST = 40_000  # small pieces of a page: more are a halftone or grain
_GRID = 100  # pixels per inch on which dots are joined to lines
_APART = 0.12  # inches between dots of one line; where it is pale some are missing
_SHORTEST = 0.7  # inches of a line
_STEP = 0.5  # inches of a line that lie level, however the sheet bends
_DENSE = 8  # dots or dashes an inch


def without_dotted_lines(grey: np.ndarray, pixels_per_inch: float) -> np.ndarray:
    """A flat upright page without its dotted lines; the same picture where there are none. What crosses a line stays."""
    dots = _dots(grey, pixels_per_inch)
    if dots is None:
        return grey
    cleaned = grey.copy()
    for left, right, inside in _stretches(dots, grey.shape, pixels_per_inch):
        top, bottom = (round(float(np.median(side))) for side in (inside[:, 1], inside[:, 3]))
        _clear(cleaned, left, right, top - 1, bottom + 1)
    return cleaned


def _dots(grey: np.ndarray, pixels_per_inch: float) -> np.ndarray | None:
    """Pieces as small as a dot as left, top, right, bottom in pixels; None where no row has enough of them for a line."""
    boxes = np.array(piece_boxes(cv2.threshold(grey, _DARK, 255, cv2.THRESH_BINARY_INV)[1])).reshape(-1, 4)
    small = boxes[(boxes[:, 3] <= max(2, _HIGH * pixels_per_inch)) & (boxes[:, 2] <= max(3, _WIDE * pixels_per_inch))]
    if not _FEWEST <= len(small) <= _MOST:
        return None
    rows = np.bincount(small[:, 1] + small[:, 3] // 2)
    if np.convolve(rows, np.ones(3, int)).max() < _FEWEST:
        return None
    return np.column_stack([small[:, :2], small[:, :2] + small[:, 2:]])


def _stretches(dots: np.ndarray, shape: tuple[int, ...], pixels_per_inch: float) -> list[tuple[int, int, np.ndarray]]:
    """Level stretches of dotted lines: where they begin and end, pixels, and the dots of each."""
    scale = _GRID / pixels_per_inch
    across, down = (dots[:, 0] + dots[:, 2]) / 2, (dots[:, 1] + dots[:, 3]) / 2
    grid = np.zeros((int(shape[0] * scale) + 2, int(shape[1] * scale) + 2), np.uint8)
    grid[(down * scale).astype(int), (across * scale).astype(int)] = 255
    joined = cv2.morphologyEx(
        cv2.dilate(grid, np.ones((3, 1), np.uint8)), cv2.MORPH_CLOSE, np.ones((1, round(_APART * _GRID) + 1), np.uint8)
    )
    joined = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, round(_SHORTEST * _GRID)), np.uint8))
    found = []
    for x, y, width, height in piece_boxes(joined):
        on_it = (down * scale >= y) & (down * scale < y + height) & (across * scale >= x - 1) & (across * scale <= x + width + 1)
        ends = np.linspace(x - 1, x + width + 1, max(1, round(width / (_STEP * _GRID))) + 1) / scale
        for start, end in itertools.pairwise(ends):
            inside = dots[on_it & (across >= start) & (across <= end)]
            if len(inside) >= _DENSE * (end - start) / pixels_per_inch:
                found.append((max(0, int(start)), int(end) + 1, inside))
    return found


def _clear(grey: np.ndarray, left: int, right: int, top: int, bottom: int) -> None:
    """Paints a strip white, but not where print crosses it or stands on it."""
    top, bottom = max(1, top), min(grey.shape[0] - 1, bottom)
    strip = grey[top:bottom, left:right]
    free = (grey[max(0, top - 2) : top, left:right].min(axis=0) > _DARK) & (grey[bottom : bottom + 2, left:right].min(axis=0) > _DARK)
    strip[:, free] = 255
