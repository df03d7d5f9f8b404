"""Lifts a stamp and coloured pen off the print beneath: by their colour, or by how dark they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from ocr.ink import WORKING, extremes
from ocr.stamps import Ring, circles

FADED = (60, 170)  # brightness that becomes black, and white
LEAST_STEP = 40  # of 255 between print and a grey stamp that can be told apart
TINT = 28  # difference of the channels, 0..255, of coloured ink however pale
BESIDE_A_CIRCLE = 0.6  # pixels of the ring: how far its ink reaches beyond a circle
CROSSED = 25  # of 255: what is so much darker than the stamp crosses its circle
CIRCLE_INK, CIRCLES_REACH = 185, 1.15  # of 255; of the stamp's radius
FINER = 2  # times the pixels of the ring, in which its circles are found
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
    ring-like circle; pixels_per_inch: of `grey`. Parts are given in pixels of it."""

    grey: np.ndarray
    colour: np.ndarray
    ring: Ring | None
    pixels_per_inch: float

    def sharply(self, left: int, top: int, right: int, bottom: int) -> np.ndarray:
        """A part with the ink faded as far as it is lighter than print or has a colour; the letters stay sharp."""
        grey = self.grey[top:bottom, left:right]
        if self.ring is not None and self.ring.is_stamp and self.ring.coloured < 0.5:
            grey = beneath_grey(grey, 255 - self.ring.darkness)
        return beneath_colour(grey, self._coloured(left, top, right, bottom))

    def softly(self, left: int, top: int, right: int, bottom: int) -> np.ndarray:
        """A part as its brightest channel shows it: soft letters, and no edges of ink."""
        return brightest_channel(self._coloured(left, top, right, bottom), (right - left, bottom - top))

    def without_circles(self, left: int, top: int, right: int, bottom: int) -> np.ndarray:
        """A part with the stamp's circles painted white where nothing darker crosses them: their arcs tear a word that is as dark. Where
        the stamp is as dark as print (in one bit all is black) nothing tells what crosses them, and a letter loses a piece of a stroke."""
        part = self.grey[top:bottom, left:right]
        if self.ring is None or not self.ring.is_stamp:
            return part
        radius, _ = self._about_the_ring(left, top, right, bottom)
        on_circle = np.zeros(part.shape, bool)
        for least, greatest in self._circles():
            on_circle |= (radius >= least - BESIDE_A_CIRCLE) & (radius <= greatest + BESIDE_A_CIRCLE)
        level = 255 - self.ring.darkness
        if level - float(np.percentile(part, 0.5)) >= LEAST_STEP:
            on_circle &= part >= level - CROSSED
        return np.where(on_circle, np.uint8(255), part)

    def _circles(self) -> list[tuple[float, float]]:
        """The least and the greatest radius of each circle of the stamp, in pixels of the ring."""
        assert self.ring is not None
        reach, scale = CIRCLES_REACH * self.ring.radius, self.pixels_per_inch / WORKING
        edges = [int(scale * edge) for edge in (self.ring.x - reach, self.ring.y - reach, self.ring.x + reach, self.ring.y + reach)]
        left, top = max(0, edges[0]), max(0, edges[1])
        inked = self.grey[top : edges[3], left : edges[2]] < CIRCLE_INK
        radius, angle = self._about_the_ring(left, top, left + inked.shape[1], top + inked.shape[0])
        found = circles(inked, FINER * radius, angle, replace(self.ring, radius=FINER * self.ring.radius))
        return [(least / FINER, greatest / FINER) for least, greatest in found]

    def _about_the_ring(self, left: int, top: int, right: int, bottom: int) -> tuple[np.ndarray, np.ndarray]:
        """How far from the stamp's middle each pixel of a part is, in pixels of the ring, and in which direction."""
        assert self.ring is not None
        y, x = np.mgrid[top:bottom, left:right].astype(np.float32) * (WORKING / self.pixels_per_inch)
        return np.hypot(x - self.ring.x, y - self.ring.y), np.arctan2(y - self.ring.y, x - self.ring.x)

    def _coloured(self, left: int, top: int, right: int, bottom: int) -> np.ndarray:
        scale = self.colour.shape[0] / self.grey.shape[0]
        part: np.ndarray = self.colour[int(top * scale) : round(bottom * scale), int(left * scale) : round(right * scale)]
        return part
