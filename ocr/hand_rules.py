"""Printed lines are taken out of the ink in a place, level and upright ones; strokes of a pen that cross them stay."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

_RULE = 0.28  # inches of the shortest printed line: longer than a stroke of a digit
_BARS = 2.4  # of the digits' height: so long at most are bars of digits that touch
_EDGE = 0.15  # inches of the upper and lower edge of a box for one digit
_TOUCH = 0.05  # inches from the side of a place within which a line reaches it
_OVER = 0.07  # inches by which digits reach over where lines may strike them out
_THICK = 0.05  # inches of an upright line
_MOSTLY, _CLEAR = 0.7, 0.04  # of a place's width: so long is the line to write on; inches above it that are its own
_PART = 0.6  # of a framed place's width: shorter is a pen's line through digits, though it begin at the frame
_FRINGE = 0.015  # inches beside a line
_DOTTED = 0.45  # inches of the shortest dotted line
_GAP, _LEAST_GAPS = 0.03, 8  # inches between two of its dots, to both sides of a stroke, and gaps that it has at least
_WHOLE = 0.8  # of its longest row: so long are the rows of a dotted line, those of digits that stand close on it are shorter
_PALE = 0.04  # inches of an upright line's length that are too pale here and there


def without_level_lines(
    dark: np.ndarray, inch: float, within: tuple[float, float], combed: bool, framed: bool, upright: Sequence[np.ndarray] = ()
) -> list[tuple[int, int]]:
    """Takes printed lines out of the ink, strokes that cross them stay; gives where lines strike digits out: left, right.

    within: between which rows a line may strike something out; combed: above and below them are the edges of single boxes; framed: the
    place has a printed frame, to one side of which a short line through its digits may reach; upright: its sides, true where they are,
    which are none of the digits' height.
    """
    length = round(_RULE * inch)
    thick = cv2.dilate(dark, np.ones((3, 1), np.uint8))
    across = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    if combed:  # the edges of single boxes are as short as a digit's stroke
        edges = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, round(_EDGE * inch)), np.uint8))
        edges[round(within[0]) : round(within[1])] = 0
        across = cv2.bitwise_or(across, edges)
    across = cv2.bitwise_and(cv2.dilate(across, np.ones((3, 7), np.uint8)), dark)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(across, connectivity=8)
    rest = dark.copy()
    rest[across > 0] = 0
    if not combed:
        within = within[0], _down_to_line(within[1], stats, dark.shape[1], inch)
    written = rest.copy()
    for side in upright:
        written[side] = 0
    rows = np.flatnonzero(written.any(axis=1))
    own = rows[(rows >= within[0] - _OVER * inch) & (rows <= within[1] + _OVER * inch)]  # not what hangs in from the lines beside it
    own = own[~_beside_long(own, stats, dark.shape[1], inch)]
    rows = own if len(own) else rows
    strikes = []
    for label in range(1, count):
        x, y, w, h, _ = (int(n) for n in stats[label])
        if w < 0.7 * (_EDGE * inch if combed and not within[0] < y + h / 2 < within[1] else length):
            continue
        line = labels == label
        crossing = line & (_smeared(rest, -(h + 1)) > 0) & (_smeared(rest, h + 1) > 0)
        middle = y + h / 2
        high = float(np.ptp(rows)) if len(rows) else 0.0
        inside = len(rows) > 0 and rows[0] + 0.3 * high < middle < rows[0] + 0.7 * high and within[0] < middle < within[1]
        touching = x <= _TOUCH * inch or x + w >= dark.shape[1] - _TOUCH * inch  # a printed line goes on, a pen's ends at the digits
        if framed and w < _PART * dark.shape[1]:
            touching = False
        crossed = np.count_nonzero(crossing.any(axis=0)) / w  # all along where digits touch, here and there where a pen went through
        struck = len(rows) > 0 and not touching and w >= length and 0.05 < crossed < 0.6 and within[0] < middle < within[1]
        if struck and not (inside and w >= 1.1 * high) and (ends := _ends_of_crossed(rest, line, h)) is not None:
            # What hangs in from the line above had made the digits' height more than it is.
            high = ends[1] - ends[0]
            inside = ends[0] + 0.3 * high < middle < ends[0] + 0.7 * high
        if struck and inside and w >= 1.1 * high:
            strikes.append((x, x + w))
        elif not combed and not touching and w < _BARS * high and middle < rows[0] + 0.3 * high:
            continue  # the bars of sevens and fives that touch
        dark[line & ~crossing] = 0
    return strikes


def _ends_of_crossed(rest: np.ndarray, line: np.ndarray, thick: int) -> tuple[int, int] | None:
    """The upper and the lower end of the ink that touches a line so thick (true where it is); None where none does. rest: without lines."""
    near = cv2.dilate(line.astype(np.uint8), np.ones((2 * max(2, thick // 2) + 1, 1), np.uint8)) > 0
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    touched = stats[[n for n in np.unique(labels[near]) if n > 0]]
    return (int(touched[:, 1].min()), int((touched[:, 1] + touched[:, 3]).max())) if len(touched) else None


def _beside_long(rows: np.ndarray, stats: np.ndarray, width: int, inch: float) -> np.ndarray:
    """Which rows are those of lines along most of a place or right beside them, where a soft picture leaves their fringe. stats: of level
    lines."""
    near = max(2, round(_FRINGE * inch))
    found = np.zeros(len(rows), bool)
    for _, y, w, h, _ in stats[1:]:
        if w > _MOSTLY * width:
            found |= (rows >= y - near) & (rows < y + h + near)
    return found


def _down_to_line(lowest: float, stats: np.ndarray, width: int, inch: float) -> float:
    """The lowest row where something may be struck out: down to the line to write on, where a place ends on it. stats: of level lines."""
    below = [int(y) for _, y, w, _, _ in stats[1:] if w > _MOSTLY * width and y > lowest]
    return max(lowest, min(below) - _CLEAR * inch) if below else lowest


def without_dotted_lines(dark: np.ndarray, inch: float) -> np.ndarray:
    """The ink (0/255) without dotted lines, whose dots may have run together here and there; strokes that cross them stay."""
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, 2 * round(_GAP * inch) + 1), np.uint8))
    along = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, round(_DOTTED * inch)), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(along, connectivity=8)
    out = dark.copy()
    for label in range(1, count):
        x, y, w, h, _ = (int(n) for n in stats[label])
        own = labels[y : y + h, x : x + w] == label
        long = np.flatnonzero(own.sum(axis=1) >= _WHOLE * own.sum(axis=1).max()) + y
        top, bottom = max(0, int(long[0]) - 1), int(long[-1]) + 2
        dots = dark[top:bottom, x : x + w].any(axis=0)
        if bottom - top > _THICK * inch + 2 or np.count_nonzero(dots[1:] & ~dots[:-1]) < _LEAST_GAPS:
            continue
        line = np.zeros(dark.shape, bool)
        line[top:bottom, x : x + w] = dark[top:bottom, x : x + w] > 0
        rest = out.copy()
        rest[line] = 0
        across = bottom - top + 1
        out[line & ~((_smeared(rest, -across) > 0) & (_smeared(rest, across) > 0))] = 0
    return out


def _smeared(ink: np.ndarray, rows: int) -> np.ndarray:
    """Ink smeared up by so many rows (down where negative)."""
    kernel = np.ones((abs(rows) + 2, 1), np.uint8)
    return cv2.dilate(ink, kernel, anchor=(0, 0) if rows < 0 else (0, abs(rows) + 1))


def upright_lines(ink: np.ndarray, height: float, inch: float, pale: bool) -> list[np.ndarray]:
    """Each straight, thin upright line of such a height (pixels) at least, as true where it is: the sides of boxes, and the streaks that
    dirt on a scanner's glass draws down a page, which are pale here and there."""
    wide = cv2.dilate(ink, np.ones((1, 3), np.uint8))
    if pale:
        wide = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, np.ones((max(3, round(_PALE * inch)), 1), np.uint8))
    down = cv2.morphologyEx(wide, cv2.MORPH_OPEN, np.ones((max(9, round(height)), 1), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(down, connectivity=8)
    return [labels == n for n in range(1, len(stats)) if stats[n, cv2.CC_STAT_WIDTH] <= _THICK * inch]


def without_upright_lines(ink: np.ndarray, lines: Sequence[np.ndarray], combed: bool) -> np.ndarray:
    """The ink (0/255) without upright lines; strokes that cross them stay, but not those that touch the sides of boxes for single digits
    (combed)."""
    rest = ink.copy()
    for line in lines:
        rest[line] = 0
    for line in () if combed else lines:
        across = int(np.ptp(np.flatnonzero(line.any(axis=0)))) + 2
        crossing = line & (_smeared(rest.T, -across).T > 0) & (_smeared(rest.T, across).T > 0)
        rest[crossing] = ink[crossing]
    return rest
