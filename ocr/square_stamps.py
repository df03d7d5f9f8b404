"""Looks for what is left of a rectangular stamp («ПОЛУЧЕНО», «КОПИЯ ВЕРНА»): letters in a straight row that nothing read, and a frame.

A signature is one piece or a few, of all heights; letters of one stamp are many, alike in height, on one line, and its frame is drawn
all round.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from metering.pages import Box
from ocr.ink import MILLIMETRE, WORKING, in_points

LOW, HIGH, WIDE = 1.2 * MILLIMETRE, 7 * MILLIMETRE, 1.8  # pixels high; times as wide as high at most
MOST = 400  # letters that nothing read: more are a page of which nothing was read at all
FEWEST = 5  # letters of a row
NEAREST = 4  # letters right of one that a row may go on with
LEVEL, MOST_SLOPE = 0.06, 0.6  # down by across: of print at most; of a stamp
WITHIN = 0.35  # letters' heights that a short row of print may go down over all of it
OFF, GAP, ALIKE = 0.3, 2.5, 1.6  # letters' heights from the row, and from one letter to the next; times as high
BESIDE = 60  # points: as far from the ink in question letters are looked for
AROUND, CLOSE = 2.0, 0.5  # letters' heights about a row: its frame, a second row in smaller letters; what is only the row
SIDE = 6 * MILLIMETRE  # pixels: of a frame at least
DRAWN = 0.6  # share of a side with ink: a round stamp takes a part of it away
RUN = int(4 * MILLIMETRE)  # pixels that are straight in each piece of a side
TURNS = np.arange(-20, 21)  # degrees
ENOUGH = 500  # pixels of a stroke, by which its turn is told


@dataclass(frozen=True, slots=True)
class Row:
    """A row of letters that nothing read. box, letter: in points, the letter's height; is_level: as unread print is."""

    box: Box
    letter: float
    is_level: bool

    def may_be(self, stroke: Box) -> bool:
        """Whether a stroke may be of the stamp: one at a row aslant, or on a level row no more than the row itself."""
        away = self.letter * (CLOSE if self.is_level else AROUND)
        around = Box(self.box.left - away, self.box.top - away, self.box.right + away, self.box.bottom + away)
        return around.union(stroke) == around if self.is_level else around.meets(stroke)


def unread_rows(pen: np.ndarray, rules: np.ndarray, near: Box) -> list[Row]:
    """The rows of letters near a place in points. pen: ink that is neither print nor rules nor a round stamp, 0/255; what a rule cuts into
    pieces as high as each other is a pen's on the line to sign on."""
    x, y = (max(0, int((edge - BESIDE) * WORKING / 72)) for edge in (near.left, near.top))
    right, bottom = (int((edge + BESIDE) * WORKING / 72) for edge in (near.right, near.bottom))
    place = (slice(y, bottom), slice(x, right))
    _, labels, stats, middles = cv2.connectedComponentsWithStats(pen[place], connectivity=8)
    left, top, width, height = stats[:, :4].T.astype(float)
    is_letter = (height >= LOW) & (height <= HIGH) & (width <= WIDE * height)
    is_letter[labels[cv2.dilate(rules[place], np.ones((5, 5), np.uint8)) > 0]] = False
    is_letter[0] = False
    if not FEWEST <= np.count_nonzero(is_letter) <= MOST:
        return []
    places = np.stack([x + left, y + top, x + left + width, y + top + height], axis=1)[is_letter]
    return list(_rows(middles[is_letter], height[is_letter], places))


def is_framed(stroke: np.ndarray) -> bool:
    """Whether two parallel straight lines and one across them make up most of a stroke's outline, however it is turned. No pen does."""
    if min(stroke.shape) < SIDE:
        return False
    level = _levelled(stroke)
    straight = cv2.morphologyEx(level, cv2.MORPH_OPEN, np.ones((1, RUN), np.uint8))
    across = np.flatnonzero(straight.sum(axis=1) >= DRAWN * np.count_nonzero(level.any(axis=0)))
    if not len(across) or across[-1] - across[0] < SIDE:
        return False
    between = cv2.morphologyEx(level[across[0] : across[-1]], cv2.MORPH_OPEN, np.ones((RUN, 1), np.uint8))
    return bool((between.sum(axis=0) >= DRAWN * len(between)).any())


def _levelled(stroke: np.ndarray) -> np.ndarray:
    """A stroke turned so that most of its ink lies on level lines, as 0/1 and a little thicker than it is."""
    rows, columns = (places[:: 1 + len(places) // ENOUGH] for places in np.nonzero(stroke))
    angles = np.radians(TURNS)[:, None]
    down = np.round(rows * np.cos(angles) - columns * np.sin(angles)).astype(int)
    on_lines = [float((np.bincount(places - places.min()).astype(float) ** 2).sum()) for places in down]
    angle = float(TURNS[int(np.argmax(on_lines))])
    height, width = stroke.shape
    reach = int(np.hypot(height, width)) + 4
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turn[:, 2] += (reach - width) / 2, (reach - height) / 2
    level = cv2.warpAffine(stroke.astype(np.uint8), turn, (reach, reach), flags=cv2.INTER_NEAREST)
    return cv2.dilate(level, np.ones((3, 3), np.uint8))


def _rows(middles: np.ndarray, heights: np.ndarray, places: np.ndarray) -> Iterator[Row]:
    found = np.zeros(len(middles), bool)
    for first in np.argsort(middles[:, 0]):
        if found[first]:
            continue
        row = max((_row(first, second, middles, heights) for second in _next(first, middles, heights)), key=len, default=np.empty(0, int))
        if len(row) >= FEWEST:
            found[row] = True
            across, down = _direction(middles[row])
            left, top, right, bottom = *places[row, :2].min(axis=0), *places[row, 2:].max(axis=0)
            highest = float(heights[row].max())
            # Of few letters, some with tails, the middles lie on no level line.
            is_level = abs(down) < LEVEL * across or abs(down) * (right - left) < WITHIN * highest * across
            yield Row(in_points(left, top, right - left, bottom - top), highest * 72 / WORKING, bool(is_level))


def _next(first: int, middles: np.ndarray, heights: np.ndarray) -> np.ndarray:
    """The nearest letters right of one that a row may go on with."""
    across, down = (middles - middles[first]).T
    near = (across > 0) & (np.hypot(across, down) < GAP * heights[first]) & (np.abs(down) < MOST_SLOPE * across)
    places = np.flatnonzero(near)
    return places[np.argsort(across[places])][:NEAREST]


def _row(first: int, second: int, middles: np.ndarray, heights: np.ndarray) -> np.ndarray:
    """The letters from the first on that stand on one straight line, which the second begins; empty where they are too few."""
    row = np.array([first, second])
    for off in (2 * OFF, OFF):  # two letters tell its slope roughly, more of them better
        along = _direction(middles[row])
        away = middles - middles[row].mean(axis=0)
        at, beside = away @ along, away @ np.array([-along[1], along[0]])
        height = float(np.median(heights[row]))
        alike = (np.abs(beside) < off * height) & (np.maximum(heights / height, height / heights) < ALIKE)
        places = np.flatnonzero(alike & (at >= at[first] - 1e-6))
        places = places[np.argsort(at[places])]
        breaks = np.flatnonzero(np.diff(at[places]) > GAP * height)
        row = places[: breaks[0] + 1] if len(breaks) else places
        if len(row) < FEWEST:
            return np.empty(0, int)
    return row


def _direction(middles: np.ndarray) -> np.ndarray:
    """The main direction of points, to the right."""
    _, vectors = np.linalg.eigh(np.cov(middles.T))
    direction: np.ndarray = vectors[:, 1]
    return direction if direction[0] > 0 else -direction
