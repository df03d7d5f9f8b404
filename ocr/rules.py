"""The lines drawn on a page, and the cells of the tables that they make."""

from __future__ import annotations

import cv2
import numpy as np

from metering.pages import Box
from ocr.geometry import ink

WORKING = 150  # pixels per inch while looking for rules
LEAST_LENGTH = 0.3  # inches of the shortest rule; higher than letters of a heading
GREATEST_THICKNESS = 0.06  # inches
LEAST_CELL = (0.12, 0.1)  # inches, width and height inside


def find_rules(grey: np.ndarray, pixels_per_inch: float) -> tuple[Box, ...]:
    """Horizontal and vertical lines of a flat upright page as thin boxes, in points, from the top."""
    boxes = []
    for mask in _line_masks(grey, pixels_per_inch):
        _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        boxes += [_in_points(x, y, w, h) for x, y, w, h, _ in stats[1:] if min(w, h) <= GREATEST_THICKNESS * WORKING]
    return tuple(sorted(boxes, key=lambda box: (box.top, box.left)))


def find_cells(grey: np.ndarray, pixels_per_inch: float) -> tuple[Box, ...]:
    """Insides of the cells of ruled tables, in points, by rows from the top and from the left in each."""
    across, down = _line_masks(grey, pixels_per_inch)
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


def _line_masks(grey: np.ndarray, pixels_per_inch: float) -> tuple[np.ndarray, np.ndarray]:
    """Pixels of horizontal and of vertical rules at WORKING pixels per inch, as 0/255."""
    scale = WORKING / pixels_per_inch
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    black = ink(small)
    length, gap = round(LEAST_LENGTH * WORKING), 5
    masks = []
    for kernel_size, bridge, lean in (((length, 1), (gap, 1), (1, 3)), ((1, length), (1, gap), (3, 1))):
        # Thickened across first, so that a line that leans by a degree stays one line.
        thick = cv2.dilate(black, np.ones(lean[::-1], np.uint8)) if lean[0] > 1 else cv2.dilate(black, np.ones((lean[1], 1), np.uint8))
        opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones(kernel_size[::-1], np.uint8))
        masks.append(cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones(bridge[::-1], np.uint8)))
    return masks[0], masks[1]


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
