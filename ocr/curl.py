"""A sheet that does not lie flat: its lines of text bow, each a little otherwise than the next.

Short stretches of the lines tell their slope; a smooth field of slopes is fitted to them, and how far each place of the page lies above or
below its line follows from it (docs/reading.md, "Photos").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

STRETCH = 90  # pixels of a line over which it counts as straight, on the small page
LEAST = 40  # pixels of a stretch whose slope says anything
FEW = 25  # stretches below which nothing is said
STEEPEST = 0.2  # of a stretch's slope: more is no line of text
ROUNDS, DOUBT = 4, 0.006  # of the fit, and the error of a slope that is usual
LEAST_BEND = 6.0  # pixels of the small page: less is within the error of slopes, and hinders no reading


@dataclass(frozen=True, slots=True)
class Bend:
    """The slope of lines at a place of a page: a polynomial in x and y, both -1..1 over the page."""

    factors: np.ndarray  # of 1, x, x2, y, xy, x2y
    width: int
    height: int

    def lowered(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """By how many pixels the line through a place, level in the middle of the page, has fallen there. x, y: pixels."""
        across, down = 2 * x / self.width - 1, 2 * y / self.height - 1
        a, b, c, d, e, f = self.factors
        return (across * (a + d * down) + across**2 / 2 * (b + e * down) + across**3 / 3 * (c + f * down)) * self.width / 2


def find_slope(letters: np.ndarray, lines: Sequence[tuple[int, int, int, int]]) -> float | None:
    """The usual slope of the lines of text, in degrees; None where there are too few."""
    stretches = _stretches(letters, lines)
    return float(np.degrees(np.arctan(np.median(stretches[:, 2])))) if len(stretches) >= FEW else None


def find_bend(letters: np.ndarray, lines: Sequence[tuple[int, int, int, int]]) -> Bend | None:
    """How the lines of a small upright page bow; None where they hardly do, or there are too few. lines: left, top, width, height."""
    stretches = _stretches(letters, lines)
    if len(stretches) < FEW:
        return None
    height, width = letters.shape
    x, y, slope, length = stretches.T
    across, down = 2 * x / width - 1, 2 * y / height - 1
    terms = np.stack([np.ones_like(x), across, across**2, down, across * down, across**2 * down], axis=1)
    weights, factors = length / length.max(), np.zeros(6)
    calm, none = 0.3 * np.eye(6), np.zeros(6)  # where there is no text nothing pulls the field away from level
    for _ in range(ROUNDS):
        root = np.sqrt(weights)
        factors = np.linalg.lstsq(np.vstack([terms * root[:, None], calm]), np.concatenate([slope * root, none]), rcond=None)[0]
        weights = length / length.max() / (1 + ((slope - terms @ factors) / DOUBT) ** 2)
    bend = Bend(factors, width, height)
    return bend if float(np.abs(bend.lowered(x, y)).max()) >= LEAST_BEND else None


def _stretches(letters: np.ndarray, lines: Sequence[tuple[int, int, int, int]]) -> np.ndarray:
    """x, y, slope and length of short stretches of the lines of text, one a row."""
    found = []
    for left, top, width, height in lines:
        rows, columns = np.nonzero(letters[top : top + height, left : left + width])
        parts = max(1, round(width / STRETCH))
        part = np.minimum(columns * parts // width, parts - 1)
        for one in range(parts):
            x, y = columns[part == one].astype(np.float64), rows[part == one].astype(np.float64)
            length = width / parts
            if length < LEAST or len(x) < 60:
                continue
            middle = x.mean()
            slope = float((x - middle) @ (y - y.mean()) / max(1e-6, ((x - middle) ** 2).sum()))
            if abs(slope) < STEEPEST:
                found.append((left + middle, top + y.mean(), slope, length))
    return np.array(found).reshape(-1, 4)


def unbent_places(matrix: np.ndarray, bend: Bend, size: tuple[int, int], scale: float) -> tuple[np.ndarray, np.ndarray]:
    """Where in a picture each pixel of the flat page comes from, for cv2.remap. matrix: picture to bowed page, `scale` times the small
    one; size: of the page, pixels."""
    step = 16
    columns, rows = np.arange(0, size[0] + step, step, dtype=np.float64), np.arange(0, size[1] + step, step, dtype=np.float64)
    x, y = np.meshgrid(columns, rows)
    y = y + scale * bend.lowered(x / scale, y / scale)
    back = np.linalg.inv(matrix) @ np.stack([x.ravel(), y.ravel(), np.ones(x.size)])
    places = (back[:2] / back[2]).reshape(2, *x.shape).astype(np.float32)
    whole = (np.arange(size[0], dtype=np.float32) / step, np.arange(size[1], dtype=np.float32) / step)
    grid = np.meshgrid(*whole)
    return tuple(cv2.remap(one, *grid, cv2.INTER_LINEAR) for one in places)  # type: ignore[return-value]
