"""Scans in black dots alone: a scanner's halftone, as old fax machines and copiers make of grey.

Paper that is not quite white becomes a rain of dots, and letters are torn into them; a reader of print finds hardly a word. A blur as
wide as a dot gives the grey back (docs/reading.md, "Halftone").
"""

from __future__ import annotations

import cv2
import numpy as np

BLACK = 128
DOT = 1.3  # pixels: standard deviation of the blur
LEAST_DOTS = 0.002  # of the page: dots that stand alone
SHARE_OF_DOTS = 0.3  # of all that is black; on a page of clean print hardly any


def without_dots(picture: np.ndarray) -> np.ndarray:
    """The picture (BGR), blurred if it is a halftone."""
    dark = cv2.threshold(cv2.extractChannel(picture, 1), BLACK, 1, cv2.THRESH_BINARY_INV)[1]
    beside = cv2.dilate(dark, np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], np.uint8))
    alone = np.count_nonzero(dark > beside)
    if alone < LEAST_DOTS * dark.size or alone < SHARE_OF_DOTS * np.count_nonzero(dark):
        return picture
    return cv2.GaussianBlur(picture, (0, 0), DOT)
