"""What of a page is worth an engine's time: the part that has ink on it, on paper that is quite white."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.warping import averaged

_COARSE = 4  # pixels each way that are looked at as one: a speck alone is no ink
_INK = 215  # of 255
_MARGIN = 16  # pixels of paper that are left around the ink
_PAPER = 225  # of 255 in a flattened picture: what is paler is paper


def inked_part(grey: np.ndarray) -> tuple[slice, slice]:
    """Rows and columns of a flat page outside of which there is no ink; all of an empty page."""
    dark = cv2.threshold(averaged(grey, _COARSE), _INK, 255, cv2.THRESH_BINARY_INV)[1]
    left, top, width, height = (_COARSE * side for side in cv2.boundingRect(dark))
    if not width:
        return slice(0, grey.shape[0]), slice(0, grey.shape[1])
    rows, columns = (slice(max(0, start - _MARGIN), start + long + _MARGIN) for start, long in ((top, height), (left, width)))
    return rows, columns


def on_white_paper(grey: np.ndarray) -> np.ndarray:
    """A flat page without the grain of its paper: it tells no letter apart, and the engine packs the picture of each line."""
    levels = np.arange(256, dtype=np.uint8)
    levels[_PAPER:] = 255
    return cv2.LUT(grey, levels)
