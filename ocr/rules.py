"""The lines drawn on a page, and the cells of the tables that they make."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from metering.pages import Box
from ocr.geometry import ink
from ocr.pieces import piece_boxes

WORKING = 150  # pixels per inch while looking for rules
LEAST_LENGTH = 0.3  # inches of the shortest rule; higher than letters of a heading
GREATEST_THICKNESS = 0.06  # inches
LEAST_CELL = (0.12, 0.1)  # inches, width and height inside


@dataclass(frozen=True, slots=True)
class LinePicture:
    """A flat upright page in which lines are looked for, WORKING pixels per inch: grey, and black ink as 0/255. Made once a page."""

    grey: np.ndarray
    black: np.ndarray

    @classmethod
    def of(cls, grey: np.ndarray, pixels_per_inch: float) -> LinePicture:
        scale = WORKING / pixels_per_inch
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        return cls(small, ink(small))


def find_rules(picture: LinePicture) -> tuple[Box, ...]:
    """Horizontal and vertical lines of a page as thin boxes, in points, from the top."""
    boxes = []
    black = picture.black
    for mask, upright in zip(_line_masks(black), (black, black.T), strict=True):
        turned = mask if upright is black else mask.T
        for x, y, w, h in piece_boxes(np.ascontiguousarray(turned)):
            if h <= GREATEST_THICKNESS * WORKING and _is_thin(upright, x, y, w, h):
                boxes.append(_in_points(x, y, w, h) if upright is black else _in_points(y, x, h, w))
    return tuple(sorted(boxes, key=lambda box: (box.top, box.left)))


def _is_thin(black: np.ndarray, x: int, y: int, width: int, height: int) -> bool:
    """Whether a horizontal strip is one thin stroke along most of its length: the middle of a blurred word is not."""
    around = black[max(0, y - 5) : y + height + 5, x : x + width] > 0
    deep = around.sum(axis=0)
    return bool(np.mean((deep > 0) & (deep <= height + 1)) >= 0.6)


def find_cells(picture: LinePicture, least: float = LEAST_LENGTH) -> tuple[Box, ...]:
    """Insides of the cells of ruled tables, in points, by rows from the top and from the left in each. least: of their sides, inches."""
    across, down = _line_masks(picture.black, least)
    lines = cv2.dilate(cv2.bitwise_or(across, down), np.ones((5, 5), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.bitwise_not(lines), connectivity=4)
    outside = set(np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])).tolist())
    cells = []
    for label, (x, y, w, h, area) in enumerate(stats):
        if label == 0 or label in outside or area < 0.85 * w * h:
            continue
        if w >= LEAST_CELL[0] * WORKING and h >= LEAST_CELL[1] * WORKING:
            cells.append(_in_points(x, y, w, h))
    return tuple(_by_rows(cells))


def _line_masks(black: np.ndarray, least: float = LEAST_LENGTH) -> tuple[np.ndarray, np.ndarray]:
    """Pixels of horizontal and of vertical rules, as 0/255.

    Ink is thickened across the line first, so that a line that leans by a degree stays one line.
    """
    length, gap = round(least * WORKING), 5
    thick = cv2.dilate(black, np.ones((3, 1), np.uint8))
    across = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    thick = cv2.dilate(black, np.ones((1, 3), np.uint8))
    down = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    return (
        cv2.morphologyEx(across, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8)),
        cv2.morphologyEx(down, cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8)),
    )


def _by_rows(cells: list[Box]) -> list[Box]:
    rows: list[list[Box]] = []
    for cell in sorted(cells, key=lambda box: box.top):
        row = next((row for row in rows if abs(row[0].top - cell.top) < 4), None)
        if row is None:
            rows.append([cell])
        else:
            row.append(cell)
    return [cell for row in rows for cell in sorted(row, key=lambda box: box.left)]


def _in_points(x: int, y: int, width: int, height: int) -> Box:
    scale = 72 / WORKING
    return Box(float(x) * scale, float(y) * scale, float(x + width) * scale, float(y + height) * scale)
