"""Light print in a dark bar, as programs head their tables, is made dark on light: the engine leaves many such lines out."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.pieces import piece_boxes

_GRID = 75  # pixels per inch, about, of which bars are looked for
_DARK = 140  # of 255 in a flattened picture
_STROKE = 0.07  # inches: the letters of a bar are closed, they are light
_LEAST, _HIGHEST = (1.0, 0.14), 0.6  # inches of a bar, width and height; its greatest height: more is a picture
_FULL = 0.9  # of its box that a bar fills once its letters are closed
_GAP = 3  # pixels of a bar before or after its print, at least
_LIGHT = (0.02, 0.5)  # share of a bar that its print is
_RIM = 6  # pixels at its sides that may be paper: fewer than the least bar has
_CONTRAST = 60  # of 255 between a bar and its print


def with_bars_light(grey: np.ndarray, pixels_per_inch: float) -> np.ndarray:
    """A flat page (grey, uint8) with its dark bars white and their print dark; the same picture where there is none. 2 to 4 ms a page."""
    step = max(1, round(pixels_per_inch / _GRID))
    grid = pixels_per_inch / step
    dark = cv2.threshold(np.ascontiguousarray(grey[::step, ::step]), _DARK, 255, cv2.THRESH_BINARY_INV)[1]
    wide, high = (round(side * grid) for side in _LEAST)
    # Nothing as dark and long as the edge of a bar above its print, or as high as a bar before its print and broader than a line.
    if not all(cv2.erode(dark, np.ones(shape, np.uint8)).any() for shape in ((2, wide // 2), (high, _GAP))):
        return grey
    stroke = round(_STROKE * grid)
    solid = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((stroke, stroke), np.uint8))
    solid = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((high, wide), np.uint8))
    out = grey
    for x, y, width, height in piece_boxes(solid):
        if height > _HIGHEST * grid or np.mean(solid[y : y + height, x : x + width] > 0) < _FULL:
            continue
        left, top, right, bottom = (v * step for v in (x, y, x + width, y + height))
        bar = _print_dark(grey[top:bottom, left:right])
        if bar is not None:
            out = grey.copy() if out is grey else out
            out[top:bottom, left:right] = bar
    return out


def _print_dark(bar: np.ndarray) -> np.ndarray | None:
    """A bar turned from light on dark to dark on light, the bar itself quite white; None for one without print."""
    inside = bar[_RIM:-_RIM, _RIM:-_RIM]
    ground = float(np.median(inside))
    light = float(np.percentile(inside, 99.5))
    share = float(np.mean(inside > (ground + light) / 2))
    if light - ground < _CONTRAST or not _LIGHT[0] <= share <= _LIGHT[1]:
        return None
    return np.clip(255 * (light - bar.astype(np.float32)) / (light - ground), 0, 255).astype(np.uint8)
