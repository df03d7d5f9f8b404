"""What is written in a place that a stamp covers in part, as far as it stands clear of its ring: the stamp's own ink could be taken for
writing (docs/handwriting.md, "Who signed, and what cannot be read")."""

from __future__ import annotations

import cv2
import numpy as np

from metering.pages import Box, Page
from ocr.hand_crops import ink_of
from ocr.hand_rules import without_dotted_lines, without_level_lines
from ocr.pieces import inked_place

PAPER = 255
_ASIDE = 6.0  # points beside a place: ink that comes from there is a signature's
_CLEAR = 3.5  # points around a ring that its ink may reach to
_SPECK = 0.03  # inches: what is smaller both ways is dust
_LETTER = 0.05  # inches: so high is a letter, or what the ring leaves of it
_WORD = 14.0  # points across which letters stand clear at least


def writing_beside(grey: np.ndarray, page: Page, place: Box, stamp: Box) -> np.ndarray | None:
    """The line of writing in a place of a page (grey: flattened, uint8; place in points) that stands clear of a stamp, on white paper;
    None where less than a few letters do. What comes into the place from beside or above it is no part."""
    scale = grey.shape[1] / page.width
    inch = scale * 72
    left, top = max(0, round((place.left - _ASIDE) * scale)), max(0, round(place.top * scale))
    crop = grey[top : round(place.bottom * scale), left : round((place.right + _ASIDE) * scale)]
    if min(crop.shape) < 8:
        return None
    dark = without_dotted_lines(ink_of(crop), inch)
    without_level_lines(dark, inch, (0.0, float(dark.shape[0])), combed=False, framed=False)
    middle = round(stamp.middle[0] * scale - left), round(stamp.middle[1] * scale - top)
    cv2.circle(dark, middle, round((max(stamp.width, stamp.height) / 2 + _CLEAR) * scale), 0, cv2.FILLED)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    height, width = dark.shape
    kept = [
        n
        for n, (x, y, w, h, _) in enumerate(stats)
        if n and max(w, h) > _SPECK * inch and x > 0 and y > 0 and x + w < width and y + h < height
    ]
    letters = [stats[n] for n in kept if stats[n][3] >= _LETTER * inch]
    across = np.zeros(width, bool)
    for x, _, w, _, _ in letters:
        across[x : x + w] = True
    if np.count_nonzero(across) < _WORD * scale:
        return None
    line = np.where(np.isin(labels, kept), crop, PAPER).astype(np.uint8)
    cut = line[inked_place(cv2.bitwise_not(line))]
    margin = max(3, cut.shape[0] // 6)
    return cv2.copyMakeBorder(cut, margin, margin, 2 * margin, 2 * margin, cv2.BORDER_CONSTANT, value=PAPER)
