"""Cuts one number out of a page for the second reader, with nothing beside it that could be taken for a digit."""

from __future__ import annotations

import cv2
import numpy as np

from metering.pages import Box, Page

TIGHT, WIDE = 0.25, 0.7  # padding at the left and right, in heights of the box
ABOVE = 0.25  # padding above and below
FURTHER = 0.6  # how far an edge may move out where it cuts through ink
DARK = 150
STRUCK_BAND = 0.25, 0.72  # of a number's height: the strokes of a zero's top and bottom lie outside, so print has gaps there
STRUCK_INK = 170  # of 255: a blue pen is lighter than print
LEAST_STRUCK = 1.8  # heights of it across: of one digit or two one may fill the band
STRUCK_WIDTH = 0.9  # of the number's: digits that have run together seldom reach so far
BEYOND = 0.2  # of its height that a stroke is longer than a word: both ends of it together
TWO_LINES = 1.8  # of a number's height: a word so high is what the engine made of two lines
PALE = 215  # of 255: nothing darker beside a number means that nothing at all is written there


class NumberCrops:
    """The numbers of one page, whose grey picture this is. What is no digit on it is looked up once, not for each number."""

    def __init__(self, grey: np.ndarray, page: Page) -> None:
        self._grey = grey
        self._scale = grey.shape[1] / page.width
        # Rules, and words without a digit: a table's line reads as 1, a dash as a minus, a letter as the digit most like it.
        words = [word.box for word in page.words if not any(c.isdigit() for c in word.text)]
        edges = np.array([(p.left - 0.5, p.top - 0.5, p.right + 0.5, p.bottom + 0.5) for p in (*page.rules, *words)]).reshape(-1, 4)
        self._no_digits = (edges * self._scale).astype(int)  # pixels: left, top, right, bottom
        self._high = np.array([0.0] * len(page.rules) + [box.height * self._scale for box in words])  # pixels, of words alone

    def tight_and_wide(self, box: Box) -> tuple[np.ndarray, np.ndarray | None]:
        """The number itself, and with what is beside it: a digit that the tight crop lost shows there. The wide crop is None where
        it holds no ink that the tight one does not: then the second look can be spared.

        Where an edge of the tight one would cut through ink it moves out to the next gap: symbol boxes are not exact.
        """
        crop, (left, top, right, bottom) = self._padded(box, TIGHT + FURTHER)
        padding = round(TIGHT * (bottom - top))
        start, end = max(0, left - padding), min(crop.shape[1], right + padding)
        inked = np.count_nonzero(crop[top:bottom] < DARK, axis=0) >= max(1, round(0.06 * (bottom - top)))
        while start > 0 and inked[start]:
            start -= 1
        while end < crop.shape[1] and inked[end - 1]:
            end += 1
        edge = max(0, round((TIGHT + FURTHER - WIDE) * box.height * self._scale))
        beside = crop[:, edge:start], crop[:, end : crop.shape[1] - edge]
        nothing = all(side.size == 0 or side.min() >= PALE for side in beside)
        return crop[:, start:end], None if nothing else self._padded(box, WIDE)[0]

    def is_struck(self, box: Box, *, beyond: bool = False) -> bool:
        """Whether one stroke runs across the number from end to end at the height of its middle: it was struck out by pen.

        beyond: and on beside it, as a word's letters, which may have run together, do not.
        """
        scale, (low, high) = self._scale, STRUCK_BAND
        rows = slice(max(0, round((box.top + low * box.height) * scale)), round((box.top + high * box.height) * scale) + 1)
        columns = slice(max(0, round((box.left - TIGHT * box.height) * scale)), round((box.right + TIGHT * box.height) * scale) + 1)
        band = (self._grey[rows, columns] < STRUCK_INK).astype(np.uint8)
        if not band.size or box.width < LEAST_STRUCK * box.height:
            return False
        least = box.width + BEYOND * box.height if beyond else STRUCK_WIDTH * box.width
        _, _, stats, _ = cv2.connectedComponentsWithStats(band, connectivity=8)
        return bool((stats[1:, cv2.CC_STAT_WIDTH] >= least * scale).any())

    def _padded(self, box: Box, padding: float) -> tuple[np.ndarray, tuple[int, int, int, int]]:
        """A copy of the place with its padding and without what is no digit, and where the box itself lies in it: left, top, right,
        bottom in pixels."""
        scale = self._scale
        left, top = max(0, int((box.left - padding * box.height) * scale)), max(0, int((box.top - ABOVE * box.height) * scale))
        right = min(self._grey.shape[1], round((box.right + padding * box.height) * scale))
        bottom = min(self._grey.shape[0], round((box.bottom + ABOVE * box.height) * scale))
        inner = (int(box.left * scale) - left, int(box.top * scale) - top, int(box.right * scale) - left, int(box.bottom * scale) - top)
        crop = self._grey[top:bottom, left:right].copy()
        self._whiten(crop, left, top, inner)
        return crop, inner

    def _whiten(self, crop: np.ndarray, left: int, top: int, inner: tuple[int, int, int, int]) -> None:
        """Paints what is no digit white, but never inside the box itself, nor a word over two lines: half of it are digits lost."""
        itself = slice(max(0, inner[1]), inner[3]), slice(inner[0], inner[2])
        kept = crop[itself].copy()
        places = self._no_digits
        height, width = crop.shape
        near = (places[:, 0] < left + width) & (places[:, 2] >= left) & (places[:, 1] < top + height) & (places[:, 3] >= top)
        near &= self._high < TWO_LINES * (inner[3] - inner[1])
        for x, y, right, bottom in (places[near] - (left, top, left, top)).tolist():
            crop[max(0, y) : bottom + 1, max(0, x) : right + 1] = 255
        crop[itself] = kept
