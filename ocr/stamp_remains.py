"""Whether a stroke may be what is left of a round stamp where its circles were taken out: pieces of its rim, of its inner circle."""

from __future__ import annotations

import numpy as np

from metering.pages import Box
from ocr.ink import MILLIMETRE
from ocr.pieces import large_pieces
from ocr.stamps import Ring

SPAN, RIM, OF_RIM = 0.8, 0.12, 0.25  # of a stamp's width and height; of its radius to both sides of the rim; share of a stroke's ink
ROUND, MOST = 2.0, 0.6  # millimetres across: a circle, a little oval; share of a stroke's ink


def is_arc(x: np.ndarray, y: np.ndarray, stamp: Ring) -> bool:
    """Whether a stroke runs along the stamp's rim: an oval stamp leaves a piece of it outside the circle."""
    away = np.hypot(x - stamp.x, y - stamp.y) / stamp.radius
    low, middle, high = np.percentile(away, (10, 50, 90))
    return bool(0.85 < middle < 1.3 and high - low < 0.16)


def without_arcs(mask: np.ndarray, stamp: Ring) -> np.ndarray:
    """Ink on a stamp, 0/255, without the pieces of its rim that are darker than the rest of it: joined to print that stands beside the
    stamp they would look like a pen's stroke."""
    left = mask.copy()
    for (x, y, width, height), own in large_pieces(mask, 1, 1):
        rows, columns = np.nonzero(own)
        if is_arc(columns + x, rows + y, stamp):
            left[y : y + height, x : x + width][own] = 0
    return left


def is_beside_the_rim(x: np.ndarray, y: np.ndarray, stamp: Ring) -> bool:
    """Whether a stroke may be a piece of an oval stamp's rim, with letters at it: a signature goes farther from the rim, or over it."""
    away = np.hypot(x - stamp.x, y - stamp.y) / stamp.radius
    low, middle, high = np.percentile(away, (10, 50, 90))
    return bool(0.85 < middle < 1.5 and high - low < 0.4)


def runs_round(x: np.ndarray, y: np.ndarray, stamp: Ring) -> bool:
    """Whether a stroke runs round the stamp's middle, for the most part as far from it: what was left of a circle, with letters at it."""
    away = np.sort(np.hypot(x - stamp.x, y - stamp.y))
    reach = np.searchsorted(away, away + ROUND * MILLIMETRE, side="right") - np.arange(len(away))
    return bool(reach.max() >= MOST * len(away))


def spans(box: Box, stamp: Box) -> bool:
    """Whether a stroke reaches over nearly all of a stamp, both ways."""
    across = min(box.right, stamp.right) - max(box.left, stamp.left)
    down = min(box.bottom, stamp.bottom) - max(box.top, stamp.top)
    return across > SPAN * stamp.width and down > SPAN * stamp.height


def has_rim(x: np.ndarray, y: np.ndarray, stamp: Ring) -> bool:
    """Whether much of a stroke lies on the stamp's rim: what was left of it, with the letters of a name beside it."""
    return bool(np.mean(np.abs(np.hypot(x - stamp.x, y - stamp.y) / stamp.radius - 1) < RIM) > OF_RIM)
