"""Reads a written line sign by sign: ink that hangs together is a digit, several that touch, or a mark; the digit reader says which.

Where digits stand apart it is surer than the line reader, and where they touch the line reader is: both are ours, and weighed together
they are one of the two independent readers (docs/handwriting.md).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import cv2
import numpy as np

from ocr.digits import DigitReader

PAPER, MARGIN = 255, 6
_LOW = 0.62  # of the digits' height from above: a mark stands lower
_SHORT = 0.5  # of the digits' height: what is shorter is a mark, or part of a digit
_WIDE = 0.95  # of the digits' height: what is wider may be several digits that touch
_NARROWEST = 0.42  # of the digits' height: the usual least of a digit that touches others
_SPLIT = 0.25  # nats that each further digit in one piece of ink must pay
_MARK = 0.85  # that a small piece of ink is the mark that its place suggests
_LEAST = 1e-4


@dataclass(slots=True)
class _Ink:
    """Ink that hangs together, or was put together: its bounds, and the numbers of its parts."""

    left: int
    top: int
    right: int
    bottom: int
    labels: list[int]

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left


class SignReader:
    """One a worker process. Not safe for threads."""

    def __init__(self) -> None:
        self._digits = DigitReader()

    def read(self, picture: np.ndarray, alphabet: str) -> np.ndarray:
        """Log probabilities, steps x (1 + signs), two steps a sign (itself, a blank), of a written line on white paper."""
        dark = np.where(picture < (int(picture.min()) + PAPER) // 2, 255, 0).astype(np.uint8)
        _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
        inks = [_Ink(int(x), int(y), int(x + w), int(y + h), [n]) for n, (x, y, w, h, _) in enumerate(stats) if n and max(w, h) > 2]
        if not inks:
            return _as_logs([], alphabet)
        tall = _digit_height(inks)
        inks = sorted(_joined(inks, tall), key=lambda ink: ink.left)
        base = float(np.median([ink.bottom for ink in inks if ink.height >= _SHORT * tall]))
        rows: list[dict[str, float]] = []
        for ink in inks:
            if ink.height < _SHORT * tall:
                rows += _mark(ink, tall, base)
            else:
                rows += self._digits_of(picture, labels, ink, tall)
        return _as_logs(rows, alphabet)

    def _digits_of(self, picture: np.ndarray, labels: np.ndarray, ink: _Ink, tall: float) -> list[dict[str, float]]:
        """The digit of a piece of ink, or those that touch in it: as many as read the surest."""
        most = 1 if ink.width <= _WIDE * tall else max(1, min(round(ink.width / (_NARROWEST * tall)), ink.width // 4, 8))
        mask = np.isin(labels, ink.labels)
        ways = [list(itertools.pairwise(_edges(mask, ink, count))) for count in range(1, most + 1)]
        chances = iter(self._digits.read([_alone(picture, mask, ink, a, b) for way in ways for a, b in way]))
        read = [np.array([next(chances) for _ in way]) for way in ways]
        best = max(read, key=lambda r: float(np.log(r.max(axis=1)).mean()) * min(len(r), 3) - _SPLIT * len(r))
        return [{str(digit): float(chance) for digit, chance in enumerate(row)} for row in best]


def _digit_height(inks: list[_Ink]) -> float:
    """The usual height of the tall ones."""
    heights = [ink.height for ink in inks]
    return float(np.median([h for h in heights if h > 0.55 * max(heights)]))


def _joined(inks: list[_Ink], tall: float) -> list[_Ink]:
    """Parts of one digit put together: the bar of a 5, the two strokes of a 4."""
    out: list[_Ink] = []
    for ink in sorted(inks, key=lambda i: -i.height):
        home = next((other for other in out if ink.height < 0.75 * tall and _belongs(ink, other, tall)), None)
        if home is None:
            out.append(ink)
            continue
        home.left, home.top = min(home.left, ink.left), min(home.top, ink.top)
        home.right, home.bottom = max(home.right, ink.right), max(home.bottom, ink.bottom)
        home.labels += ink.labels
    return out


def _belongs(ink: _Ink, other: _Ink, tall: float) -> bool:
    shared = min(ink.right, other.right) - max(ink.left, other.left)
    apart = max(ink.top - other.bottom, other.top - ink.bottom)
    low = ink.top > other.top + _LOW * other.height and ink.height < _SHORT * tall
    together = max(ink.right, other.right) - min(ink.left, other.left)
    return shared > (0.8 if low else 0.35) * ink.width and apart < 0.25 * tall and together < 1.2 * tall


def _mark(ink: _Ink, tall: float, base: float) -> list[dict[str, float]]:
    """What a small piece of ink is by its place: low a comma or point, higher and long a dash, else dust."""
    if (ink.top + ink.bottom) / 2 > base - (1 - _LOW) * tall:
        return [{",": _MARK, "-": 0.02}]
    if ink.width > 1.3 * ink.height and ink.width > 0.25 * tall:
        return [{"-": _MARK, ",": 0.02}]
    return []


def _edges(mask: np.ndarray, ink: _Ink, count: int) -> list[int]:
    """Where touching digits part: the thinnest column near each equal share."""
    columns = np.count_nonzero(mask[ink.top : ink.bottom, ink.left : ink.right], axis=0)
    share = ink.width / count
    edges = [ink.left]
    for n in range(1, count):
        start, end = int((n - 0.3) * share), int((n + 0.3) * share) + 1
        thinnest = ink.left + start + int(np.argmin(columns[start:end]))
        edges.append(min(max(thinnest, edges[-1] + 1), ink.right - count + n))
    return [*edges, ink.right]


def _alone(picture: np.ndarray, mask: np.ndarray, ink: _Ink, left: int, right: int) -> np.ndarray:
    """The ink between two columns, alone on paper."""
    part = cv2.dilate(mask[ink.top : ink.bottom, left:right].astype(np.uint8), np.ones((3, 3), np.uint8))
    inside = np.where(part > 0, picture[ink.top : ink.bottom, left:right], PAPER).astype(np.uint8)
    return cv2.copyMakeBorder(inside, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=PAPER)


def _as_logs(rows: list[dict[str, float]], alphabet: str) -> np.ndarray:
    """A step for each sign, where a mark may be dust, and a blank behind it."""
    logs = np.full((max(1, 2 * len(rows)), len(alphabet) + 1), np.log(_LEAST))
    logs[1::2, 0] = 0.0
    for n, row in enumerate(rows):
        for sign, chance in row.items():
            logs[2 * n, alphabet.index(sign) + 1] = np.log(max(chance, _LEAST))
        if not any(sign.isdigit() for sign in row):
            logs[2 * n, 0] = np.log(1 - _MARK)
    if not rows:
        logs[0, 0] = 0.0
    return logs
