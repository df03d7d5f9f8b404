"""Takes the ruling out of squared and lined paper: a reader of print takes its lines for strokes of letters, and for cells where none are.

Such paper is ruled pale from one side to the other, all the way down, or in squares with a margin around them (docs/reading.md, "Ruled
paper"); what is printed as a table has margins, and no squares, and black lines. A pen's strokes are kept where they cross a line, or are
darker than it.
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
_LEAST_LINES, _LEAST_STRIPS = 12, 4  # each way of squares that have a margin, and strips beside each other in which they are seen
_SQUARE = 0.15  # by which their pitches differ at most
_PROBED = (4, 9)  # strips in one of which a part of a page that is ruled is seen
_LEANING = 0.8  # millimetres by which a line leans from a strip to the next at most
_NEXT = 2  # strips without lines of their own that have those of the next one
_PALE, _ABOVE_INK = 150, 60  # least brightness of the lines, and by how much they are paler than ink
_DARKER = 0.3  # of that: what is darker than a line by so much is a stroke on it
_TOUCHED = 25  # of 255 of a pixel that is a line's
_BESIDE = 2  # pixels from a line to the paper beside it, and across along which a stroke that crosses it leans

Lines = list[tuple[int, int]]  # first and last row


def without_ruling(grey: np.ndarray, pixels_per_inch: float) -> np.ndarray:
    """A flat upright page without the ruling of its paper; the same picture where there is none."""
    dark = cv2.threshold(grey, _PAPER, 1, cv2.THRESH_BINARY_INV)[1]
    level, upright = _ruling(dark, pixels_per_inch)
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
    return np.ascontiguousarray(_cleared(cleaned.T, upright, stroke).T) if upright else cleaned


def cleared_alike(colour: np.ndarray, grey: np.ndarray, cleaned: np.ndarray) -> np.ndarray:
    """A flat colour picture without the ruling that was taken out of its grey one: squares are drawn along half of any circle, and a pen's
    words among them are the rest of a stamp.

    colour: BGR, of any size; grey, cleaned: the page before and after.
    """
    ruling = cv2.threshold(cv2.subtract(cleaned, grey), 255 - _PAPER, 255, cv2.THRESH_BINARY)[1]
    ruling = cv2.resize(ruling, colour.shape[1::-1], interpolation=cv2.INTER_AREA)
    # A pixel of the smaller picture that a line only touches has its colour, too.
    return np.where(cv2.threshold(ruling, _TOUCHED, 255, cv2.THRESH_BINARY)[1][..., None] > 0, np.uint8(255), colour)


def _ruling(dark: np.ndarray, pixels_per_inch: float) -> tuple[dict[int, Lines], dict[int, Lines]]:
    """The level and the upright lines of ruled paper by strip."""
    if level := _ruled(dark, pixels_per_inch):
        return level, _ruled(np.ascontiguousarray(dark.T), pixels_per_inch)
    if (level := _with_margin(dark, pixels_per_inch)) and (upright := _with_margin(np.ascontiguousarray(dark.T), pixels_per_inch)):
        one, two = (np.median([np.median(np.diff(lines, axis=0)[:, 0]) for lines in ways.values()]) for ways in (level, upright))
        if abs(one - two) < _SQUARE * one:
            return level, upright
    return {}, {}


def _with_margin(dark: np.ndarray, pixels_per_inch: float) -> dict[int, Lines]:
    """The level lines, by strip, of a page of which a part is ruled; where print hides them in a strip, those that go on from the next."""
    width = dark.shape[1] // _STRIPS
    strips = [dark[:, n * width : (n + 1) * width] for n in range(_STRIPS)]
    if not any(_lines(strips[n], pixels_per_inch, whole=False) for n in _PROBED):
        return {}
    found = {n: lines for n, strip in enumerate(strips) if (lines := _lines(strip, pixels_per_inch, whole=False))}
    if len(found) < _LEAST_STRIPS:
        return {}
    for n in (*range(max(found) - 1, -1, -1), *range(min(found) + 1, _STRIPS)):
        beside = found.get(n + 1) or found.get(n - 1)
        if n not in found and beside and (lines := _going_on(strips[n], beside, pixels_per_inch)):
            found[n] = lines
    return found


def _going_on(strip: np.ndarray, beside: Lines, pixels_per_inch: float) -> Lines:
    """The lines of a strip that go on from the one beside it, if most do."""
    lines = [(int(run[0]), int(run[-1])) for run in _runs(strip, pixels_per_inch)]
    near = _LEANING * pixels_per_inch / 25.4
    found = [line for line in lines if any(abs(line[0] - first) < near for first, _ in beside)]
    return found if len(found) >= _LIKE * len(beside) else []


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


def _lines(strip: np.ndarray, pixels_per_inch: float, *, whole: bool = True) -> Lines:
    """A strip's lines, if they are as far apart as those of ruled paper; whole: all the way down."""
    runs = _runs(strip, pixels_per_inch)
    millimetre = pixels_per_inch / 25.4
    if len(runs) < (_FILLED * len(strip) / (_PITCH[1] * millimetre) if whole else _LEAST_LINES):
        return []
    middles = np.array([run.mean() for run in runs])
    gaps = np.diff(middles)
    usual = float(np.median(gaps))
    if not _PITCH[0] * millimetre <= usual <= _PITCH[1] * millimetre:
        return []
    times = gaps / usual
    like = np.abs(times - np.round(times)) < _EVEN
    span = middles[-1] - middles[0]
    enough = len(middles) >= _FILLED * (len(strip) if whole else span) / usual and (span >= _SPAN * len(strip) or not whole)
    return [(int(run[0]), int(run[-1])) for run in runs] if enough and like.mean() >= _LIKE else []


def _runs(strip: np.ndarray, pixels_per_inch: float) -> list[np.ndarray]:
    """The rows of a strip that are dark along, those of one line together."""
    along = cv2.reduce(cv2.dilate(strip, np.ones((3, 1), np.uint8)), 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F).ravel()
    rows = np.flatnonzero(along >= _ALONG)
    runs = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    return [run for run in runs if 0 < len(run) <= _THICK * pixels_per_inch / 25.4]


def _cleared(grey: np.ndarray, level: dict[int, Lines], stroke: float) -> np.ndarray:
    """The picture with its level lines as bright as the brighter side beside them, but for what is darker than stroke. A strip whose lines
    were not found has those of the next one."""
    out = grey.copy()
    width = grey.shape[1] // _STRIPS
    beside = cv2.erode(grey, np.ones((1, 2 * _BESIDE + 1), np.uint8))
    for n in range(_STRIPS):
        nearest = min(level, key=lambda known: abs(known - n))
        if abs(nearest - n) > _NEXT:
            continue
        columns = slice(n * width, (n + 1) * width if n < _STRIPS - 1 else grey.shape[1])
        for first, last in level[nearest]:
            above, below = max(0, first - _BESIDE), min(grey.shape[0] - 1, last + _BESIDE)
            part = out[above + 1 : below, columns]
            around = cv2.max(beside[above, columns], beside[below, columns]).reshape(1, -1)
            np.copyto(part, np.maximum(part, around), where=part > stroke)
    return out
