"""Looks for a stamp of which a scan in black and white has left nothing but dots: they lie on two circles about one middle.

The dots are smaller than the pixels of `Ink`, so they are taken from the page as fine as it was scanned (docs/reading.md, "Marks").
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from metering.pages import Box
from ocr.ink import MILLIMETRE, WORKING, Ink, square_around

DARK = 128  # of 255
LARGEST = 1.3  # millimetres of a dot
FEWEST, MOST = 20, 4000  # dots of a page: more are a halftone or grain
LEAST_RADIUS, GREATEST_RADIUS = 16 * MILLIMETRE, 24 * MILLIMETRE  # seals are 38 to 45 mm across
CELL = 2  # pixels of a bin of the vote
SECTORS = 60
INNER = (0.4, 0.72)  # of the radius: where a seal's inner circle runs
NEAR = 4  # pixels within which the middle of a seal is looked for once more
SEAL, INNER_OF_SEAL = 0.5, 0.1  # share of the sectors of each circle with a dot of it, less twice that of circles beside it
TRACE = 0.25  # the same of the outer circle: on pages without a stamp at most 0.18


@dataclass(frozen=True, slots=True)
class DottedRing:
    """Two circles of dots in pixels of the ink. outer, inner: the share of each that has dots, beyond what is strewn beside it; in_head:
    whether it ends above the readings, in the head of the page."""

    x: float
    y: float
    radius: float
    outer: float
    inner: float
    in_head: bool = False

    @property
    def is_seal(self) -> bool:
        return self.outer >= SEAL and self.inner >= INNER_OF_SEAL

    @property
    def is_trace(self) -> bool:
        return self.outer >= TRACE

    @property
    def box(self) -> Box:
        """The square around it, in points."""
        return square_around(self.x, self.y, self.radius)


def find_dotted_ring(grey: np.ndarray, pixels_per_inch: float, ink: Ink, head: float = 0.0) -> DottedRing | None:
    """The circle that most dots of a page lie on, however little it is one; None where there are too few of them or too many.

    grey: the flattened page, 0..255; ink: the same page; head: where its head ends, in points.
    """
    dots = _dots(grey, pixels_per_inch / WORKING, ink)
    if not FEWEST <= len(dots) <= MOST:
        return None
    x, y, radius = _centred(dots, *_voted(dots, ink.darkness.shape))
    away = np.hypot(dots[:, 0] - x, dots[:, 1] - y)
    sector = ((np.arctan2(dots[:, 1] - y, dots[:, 0] - x) / (2 * np.pi) + 0.5) * SECTORS).astype(int) % SECTORS
    size = int(1.15 * radius)
    hit = np.zeros((SECTORS, size + 2), bool)
    near = away < size + 1
    hit[sector[near], away[near].astype(int)] = True
    share = np.array([hit[:, max(0, at - 1) : at + 2].any(axis=1).mean() for at in range(size)])
    at = int(radius)
    beside = np.median(np.concatenate([share[int(0.82 * radius) : at - 3], share[at + 4 :]]))
    within = share[int(INNER[0] * radius) : int(INNER[1] * radius)]
    outer, inner = share[at - 2 : at + 3].max() - 2 * beside, within.max() - 2 * np.median(within)
    ring = DottedRing(x, y, radius, float(outer), float(inner))
    return replace(ring, in_head=ring.box.bottom < head)


def _dots(grey: np.ndarray, scale: float, ink: Ink) -> np.ndarray:
    """The middles of the small pieces of ink that are not at print or at a rule, n x 2 (x, y) in pixels of the ink."""
    _, _, stats, middles = cv2.connectedComponentsWithStats((grey < DARK).astype(np.uint8), connectivity=8)
    largest = np.maximum(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT])
    dots: np.ndarray = middles[1:][largest <= LARGEST * MILLIMETRE * scale] / scale
    known = cv2.dilate(ink.print | ink.rules, np.ones((3, 3), np.uint8))
    height, width = known.shape
    return dots[known[np.clip(dots[:, 1].astype(int), 0, height - 1), np.clip(dots[:, 0].astype(int), 0, width - 1)] == 0]


def _voted(dots: np.ndarray, shape: tuple[int, ...]) -> tuple[float, float, float]:
    """Middle and radius of the circle on which most dots lie: each votes for all middles that it may have."""
    border = int(GREATEST_RADIUS) // CELL + 2
    height, width = shape[0] // CELL + 1 + 2 * border, shape[1] // CELL + 1 + 2 * border
    x, y = dots[:, :1] / CELL + border, dots[:, 1:] / CELL + border
    angle = np.arange(0, 2 * np.pi, CELL / LEAST_RADIUS)
    best = (-1.0, 0.0, 0.0, 0.0)
    for radius in np.arange(LEAST_RADIUS, GREATEST_RADIUS, CELL):
        across = (x + radius / CELL * np.cos(angle)).astype(np.int32)
        down = (y + radius / CELL * np.sin(angle)).astype(np.int32)
        votes = np.bincount((down * width + across).ravel(), minlength=height * width).astype(np.float32).reshape(height, width)
        _, most, _, (column, row) = cv2.minMaxLoc(cv2.GaussianBlur(votes, (0, 0), 1.0))
        best = max(best, (most, (column - border + 0.5) * CELL, (row - border + 0.5) * CELL, float(radius)))
    return best[1:]


def _centred(dots: np.ndarray, x: float, y: float, radius: float) -> tuple[float, float, float]:
    """The circle with its middle to a pixel: the vote knows it to two."""
    best = (-1.0, x, y, radius)
    for across in range(-NEAR, NEAR + 1):
        for down in range(-NEAR, NEAR + 1):
            away = np.hypot(dots[:, 0] - x - across, dots[:, 1] - y - down) - radius
            counts = np.bincount((away[np.abs(away) < NEAR + CELL] + NEAR + CELL).astype(int), minlength=2 * (NEAR + CELL) + 1)
            together = np.convolve(counts, np.ones(3), "same")
            at = int(together.argmax())
            best = max(best, (float(together[at]), x + across, y + down, radius - NEAR - CELL + at + 0.5))
    return best[1:]
