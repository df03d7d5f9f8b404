"""Takes the ruling out of squared and lined paper: a reader of print takes its lines for strokes of letters, and for cells where none are.

Such paper is ruled pale from one side to the other, all the way down (docs/reading.md, "Ruled paper"); what is printed as a table has
margins, and black lines. A pen's strokes are kept where they cross a line, or are darker than it.
"""

from __future__ import annotations

import cv2
import numpy as np

_PAPER = 238  # of 255 in a flattened picture: what is darker may be a line
_STRIPS = 12  # across and down, each looked at by itself: a sheet is never quite level
_ALONG = 0.72  # of a strip's width that a line of it is dark
_PITCH = (3.4, 11.0)  # millimetres between two lines
_THICK = 1.2  # millimetres of a line that leans at most
_EVEN, _LIKE = 0.12, 0.7  # by which gaps differ from the usual one, and the share of gaps that are like it, or a few of it
_SPAN, _FILLED = 0.7, 0.5  # of the page from the first line to the last one, and share of its lines that must be seen
_STRIPS_RULED = 0.75  # share of strips that must be ruled so, with those at both sides
_PALE, _ABOVE_INK = 150, 60  # least brightness of the lines, and by how much they are paler than ink
_DARKER = 0.3  # of that: what is darker than a line by so much is a stroke on it
_BESIDE = 2  # pixels from a line to the paper beside it, and across along which a stroke that crosses it leans

Lines = list[tuple[int, int]]  # first and last row


def without_ruling(grey: np.ndarray, pixels_per_inch: float) -> np.ndarray:
    """A flat upright page without the ruling of its paper; the same picture where there is none."""
    dark = cv2.threshold(grey, _PAPER, 1, cv2.THRESH_BINARY_INV)[1]
    level = _ruled(dark, pixels_per_inch)
    if not level:
        return grey
    width = grey.shape[1] // _STRIPS
    line = float(
        np.median(np.concatenate([grey[(a + b) // 2, n * width : (n + 1) * width : 3] for n, rows in level.items() for a, b in rows]))
    )
    ink = float(np.percentile(grey[::3, ::3], 0.05))
    if line < _PALE or line - ink < _ABOVE_INK:
        return grey
    stroke = line - _DARKER * (line - ink)
    cleaned = _cleared(grey, level, stroke)
    upright = _ruled(np.ascontiguousarray(dark.T), pixels_per_inch)
    return np.ascontiguousarray(_cleared(cleaned.T, upright, stroke).T) if upright else cleaned


def _ruled(dark: np.ndarray, pixels_per_inch: float) -> dict[int, Lines]:
    """The level lines of ruled paper by strip; none where the page is not ruled from side to side."""
    width = dark.shape[1] // _STRIPS
    found: dict[int, Lines] = {}
    for n in (0, _STRIPS - 1, *range(1, _STRIPS - 1)):
        lines = _lines(dark[:, n * width : (n + 1) * width], pixels_per_inch)
        if lines:
            found[n] = lines
        elif n in (0, _STRIPS - 1):
            return {}
    return found if len(found) >= _STRIPS_RULED * _STRIPS else {}


def _lines(strip: np.ndarray, pixels_per_inch: float) -> Lines:
    """A strip's lines, if they are as far apart as those of ruled paper, all the way down."""
    along = cv2.reduce(cv2.dilate(strip, np.ones((3, 1), np.uint8)), 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F).ravel()
    rows = np.flatnonzero(along >= _ALONG)
    millimetre = pixels_per_inch / 25.4
    runs = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    runs = [run for run in runs if 0 < len(run) <= _THICK * millimetre]
    if len(runs) * _PITCH[1] * millimetre < _FILLED * len(along):
        return []
    middles = np.array([run.mean() for run in runs])
    gaps = np.diff(middles)
    usual = float(np.median(gaps))
    if not _PITCH[0] * millimetre <= usual <= _PITCH[1] * millimetre:
        return []
    times = gaps / usual
    like = np.abs(times - np.round(times)) < _EVEN
    enough = len(middles) >= _FILLED * len(along) / usual and middles[-1] - middles[0] >= _SPAN * len(along)
    return [(int(run[0]), int(run[-1])) for run in runs] if enough and like.mean() >= _LIKE else []


def _cleared(grey: np.ndarray, level: dict[int, Lines], stroke: float) -> np.ndarray:
    """The picture with its level lines as bright as the brighter side beside them, but for what is darker than stroke. A strip whose lines
    were not found has those of the next one."""
    out = grey.copy()
    width = grey.shape[1] // _STRIPS
    beside = cv2.erode(grey, np.ones((1, 2 * _BESIDE + 1), np.uint8))
    for n in range(_STRIPS):
        nearest = min(level, key=lambda known: abs(known - n))
        columns = slice(n * width, (n + 1) * width if n < _STRIPS - 1 else grey.shape[1])
        for first, last in level[nearest]:
            above, below = max(0, first - _BESIDE), min(grey.shape[0] - 1, last + _BESIDE)
            part = out[above + 1 : below, columns]
            around = cv2.max(beside[above, columns], beside[below, columns]).reshape(1, -1)
            np.copyto(part, np.maximum(part, around), where=part > stroke)
    return out
