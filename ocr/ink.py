"""The ink of a page in layers, for finding what is not print: its darkness, its colour, and where print and rules are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from metering.pages import Box, Page, PageSource, Word
from ocr.geometry import UprightPicture
from ocr.typed_bars import bars_in_columns

WORKING = 100  # pixels per inch
MILLIMETRE = WORKING / 25.4
COLOURFUL = 45  # difference of the channels, 0..255; chroma noise of JPEG stays below
BESIDE_A_BAR = 2  # pixels: as far as the slope of a line reaches
LONG, SIDE, HAIRLINE = 36, 9, 1  # points
TALLEST_PRINT = 30  # points of a word's box: what is taller was no word


@dataclass(frozen=True, slots=True)
class Ink:
    """All of one size, uint8. colour: BGR, paper white; darkness: 0 paper .. 255 ink; colourful, print, rules: 0/255.
    word_height: the usual one, pixels."""

    colour: np.ndarray
    darkness: np.ndarray
    colourful: np.ndarray
    print: np.ndarray
    rules: np.ndarray
    word_height: float

    @classmethod
    def of(cls, picture: UprightPicture, page: Page) -> Ink:
        scale = WORKING / picture.colour_pixels_per_inch
        colour = picture.colour
        if abs(scale - 1) > 0.01:
            colour = cv2.resize(colour, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
        low, high = extremes(cv2.GaussianBlur(colour, (3, 3), 0))
        colourful = cv2.threshold(cv2.subtract(high, low), COLOURFUL, 255, cv2.THRESH_BINARY)[1]
        shape = colour.shape[:2]
        words = [word.box for word in page.words if is_print(word)]
        rules = [rule for rule in page.rules if _is_line(rule, page)]
        word_height = float(np.median([box.height for box in words])) if words else 12.0
        print_mask, rule_mask = painted(shape, words, 1), painted(shape, rules, 1)
        print_mask |= painted(shape, bars_in_columns(page.words), BESIDE_A_BAR)
        return cls(colour, cv2.bitwise_not(extremes(colour)[0]), colourful, print_mask, rule_mask, word_height * WORKING / 72)

    def without(self, places: Sequence[Box]) -> Ink:
        """The ink without that in some places, in points."""
        darkness = self.darkness.copy()
        darkness[painted(darkness.shape, places, 1) > 0] = 0
        return replace(self, darkness=darkness)


def extremes(colour: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest channel of each pixel."""
    blue, green, red = cv2.split(colour)
    return cv2.min(cv2.min(blue, green), red), cv2.max(cv2.max(blue, green), red)


def _is_line(rule: Box, page: Page) -> bool:
    """Whether a rule is surely none of a pen's strokes: a long one, or the side of a cell as a text layer tells it, quite thin."""
    long, thin = max(rule.width, rule.height), min(rule.width, rule.height)
    return long > LONG or (page.source is PageSource.TEXT_LAYER and long > SIDE and thin <= HAIRLINE)


def is_print(word: Word) -> bool:
    """Whether a word was read well enough that its ink is print, or its row spared that: signatures and stamps are read as rubbish."""
    if word.is_unread:
        return True
    return word.confidence >= 0.6 and sum(c.isalnum() for c in word.text) >= 2 and word.box.height < TALLEST_PRINT


def painted(shape: tuple[int, ...], boxes: Sequence[Box], margin: int) -> np.ndarray:
    """Boxes of the page, in points, filled in a mask of that shape, 0/255; margin: pixels around each."""
    mask, scale = np.zeros(shape, np.uint8), WORKING / 72
    for box in boxes:
        start = int(box.left * scale) - margin, int(box.top * scale) - margin
        cv2.rectangle(mask, start, (int(box.right * scale) + margin, int(box.bottom * scale) + margin), 255, cv2.FILLED)
    return mask


def in_points(x: float, y: float, width: float, height: float) -> Box:
    scale = 72 / WORKING
    return Box(float(x * scale), float(y * scale), float((x + width) * scale), float((y + height) * scale))


def square_around(x: float, y: float, radius: float) -> Box:
    """The square around a circle given in pixels of the ink, in points."""
    return in_points(x - radius, y - radius, 2 * radius, 2 * radius)
