"""Lifts a stamp and coloured pen off the print beneath: by their colour, or by how dark they are."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ocr.ink import extremes
from ocr.stamps import Ring

FADED = (60, 170)  # brightness that becomes black, and white
LEAST_STEP = 40  # of 255 between print and a grey stamp that can be told apart
TINT = 28  # difference of the channels, 0..255, of coloured ink however pale
PALE = 120  # brightness of what is left of the ink beside print: it becomes white


def beneath_colour(grey: np.ndarray, colour: np.ndarray) -> np.ndarray:
    """A part of a flattened page in grey with coloured ink faded to white; colour: the same part (BGR) at fewer pixels.

    In the brightest channel blue or violet ink is light while print stays dark. What is tinted and light there becomes white in
    the fine grey picture, which keeps the letters sharp.
    """
    least, greatest = extremes(cv2.GaussianBlur(colour, (3, 3), 0))
    light = brightest_channel(colour, grey.shape[::-1])
    tinted = cv2.dilate(cv2.threshold(cv2.subtract(greatest, least), TINT, 255, cv2.THRESH_BINARY)[1], np.ones((3, 3), np.uint8))
    lifted = cv2.convertScaleAbs(cv2.min(cv2.max(grey, light), PALE), alpha=255 / PALE)
    return np.where(cv2.resize(tinted, grey.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0, lifted, grey)


def brightest_channel(colour: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """A part of a flattened colour page (BGR) in grey of that size (width, height), coloured ink faded: soft letters, no edges of ink."""
    low, high = FADED
    brightest = np.clip(extremes(colour)[1].astype(np.float32) - low, 0, high - low)
    return cv2.resize(cv2.convertScaleAbs(brightest, alpha=255 / (high - low)), size, interpolation=cv2.INTER_CUBIC)


def beneath_grey(grey: np.ndarray, level: float) -> np.ndarray:
    """A part of a flattened grey page with a grey stamp faded to white; level: the brightness of the stamp's ink, 0..255.

    Print is darker than the rubbing of a stamp. Where it is not, the part is given as it is.
    """
    dark = float(np.percentile(grey, 0.5))
    if level - dark < LEAST_STEP:
        return grey
    white, black = level - 0.25 * (level - dark), dark + 0.2 * (level - dark)
    return cv2.convertScaleAbs(np.clip(grey.astype(np.float32) - black, 0, white - black), alpha=255 / (white - black))


@dataclass(frozen=True, slots=True)
class FadedInk:
    """A page on which the ink of its stamp and of pens fades. grey and colour (BGR, at fewer pixels): the flattened page; ring: its most
    ring-like circle. Parts are given in pixels of `grey`."""

    grey: np.ndarray
    colour: np.ndarray
    ring: Ring | None

    def sharply(self, left: int, top: int, right: int, bottom: int) -> np.ndarray:
        """A part with the ink faded as far as it is lighter than print or has a colour; the letters stay sharp."""
        grey = self.grey[top:bottom, left:right]
        if self.ring is not None and self.ring.is_stamp and self.ring.coloured < 0.5:
            grey = beneath_grey(grey, 255 - self.ring.darkness)
        return beneath_colour(grey, self._coloured(left, top, right, bottom))

    def softly(self, left: int, top: int, right: int, bottom: int) -> np.ndarray:
        """A part as its brightest channel shows it: soft letters, and no edges of ink."""
        return brightest_channel(self._coloured(left, top, right, bottom), (right - left, bottom - top))

    def _coloured(self, left: int, top: int, right: int, bottom: int) -> np.ndarray:
        scale = self.colour.shape[0] / self.grey.shape[0]
        part: np.ndarray = self.colour[int(top * scale) : round(bottom * scale), int(left * scale) : round(right * scale)]
        return part
