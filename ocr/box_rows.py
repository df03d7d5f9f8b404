"""Rows of boxes for single digits that stand apart or are printed pale: found by contrast, and what ink hides by its row."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import cv2
import numpy as np

from metering.pages import Box, Word
from ocr.open_combs import with_upper_sides
from ocr.rules import WORKING

_SIDES = (0.11, 0.42)  # inches of the sides of a box, inside
_LOWEST = 0.18  # inches of its height at least: the paper inside of a zero is lower
_ASPECT = (0.55, 1.6)  # height by width
_STRETCH, _LEAST, _GAP = 0.09, 0.115, 0.09  # inches: of darkness taken together, of a side at least, of ink that hides it at most
_BESIDE = 3  # pixels to the rows that are compared
_FAINT, _CONTRAST = 7.0, 0.6  # least mean darkness of a side, and its neighbours' greatest share of it
_FILLED = 0.75  # of a box's inside that hangs together
_NEXT = 1.1  # of a box's width: so far apart are two boxes of one row at most, a printed point or comma between
_ALIKE = 0.2  # of a box's sides by which those of one row differ at most
_SEEN = 2.3  # of four sides that must be seen of a box that ink hides
_SIDES_SEEN = 0.5  # of the upper and of the lower side between two boxes of a row, where others are hidden
_UPRIGHT = 0.2  # of its left and of its right side that must be seen: a frame around a word has none
_SURE, _LETTERS = 0.8, 4  # confidence of a printed word, and its different letters (zeros are read as OOO)
_NEAR = 5.0  # points from a row to its sides
_INTO = 0.4  # of a frame's height by which it reaches into a row of boxes that is none
_LEAST_BOXES, _CLOSED = 3, 0.2  # boxes of a row, and the share of them that is closed on all sides

Cell = tuple[int, int, int, int]  # left, top, width, height in pixels


def find_box_rows(grey: np.ndarray, words: Sequence[Word] = ()) -> list[Box]:
    """The insides of all such rows, in points, each as one box. grey: a flat page, WORKING pixels per inch; words: what was read on it, for
    a word is printed between two rows."""
    darkness = cv2.bitwise_not(grey)
    level = _sides(darkness)
    upright = np.ascontiguousarray(_sides(np.ascontiguousarray(darkness.T)).T)
    thin = np.ascontiguousarray(_long(np.ascontiguousarray(upright.T), _GAP / 3).T)
    level = with_upper_sides(level, thin, round(_STRETCH * WORKING / 2))
    lines = cv2.dilate(
        cv2.bitwise_or(_long(level), np.ascontiguousarray(_long(np.ascontiguousarray(upright.T)).T)), np.ones((3, 3), np.uint8)
    )
    _, _, stats, _ = cv2.connectedComponentsWithStats(1 - lines, connectivity=4)
    least, most = (side * WORKING for side in _SIDES)
    closed = [
        (int(x), int(y), int(w), int(h))
        for x, y, w, h, area in stats[1:]
        if least <= w <= most and _LOWEST * WORKING <= h <= most and _ASPECT[0] <= h / w <= _ASPECT[1] and area >= _FILLED * w * h
    ]
    kept: list[list[Cell]] = []
    whole = [(some, row) for some in _in_rows(closed) for row in _parted(_completed(some, level, upright), level)]
    for some, row in sorted(whole, key=lambda pair: -len(pair[1])):
        found = sum(row[0][0] - 3 < cell[0] < row[-1][0] + 3 for cell in some)
        if len(row) >= _LEAST_BOXES and found >= _CLOSED * len(row) and not any(_overlap(row, other) for other in kept):
            kept.append(row)
    printed = [w.box for w in words if w.confidence >= _SURE and len({c for c in w.text if c.isalpha()}) >= _LETTERS]
    return [Box.around(part) for row in kept for part in _between_words([_in_points(*cell) for cell in row], printed)]


def _between_words(row: list[Box], printed: Sequence[Box]) -> list[list[Box]]:
    parts: list[list[Box]] = [[]]
    for box in row:
        since = box.union(parts[-1][-1]) if parts[-1] else box
        if any(word.meets(since) and word.top < box.middle[1] < word.bottom for word in printed):
            parts.append([])
        if not any(word.meets(box) and word.top < box.middle[1] < word.bottom for word in printed):
            parts[-1].append(box)
    return [part for part in parts if len(part) >= _LEAST_BOXES]


def _in_points(x: int, y: int, width: int, height: int) -> Box:
    scale = 72 / WORKING
    return Box(x * scale, y * scale, (x + width) * scale, (y + height) * scale)


def with_box_rows(frames: Sequence[Box], rows: Sequence[Box]) -> tuple[Box, ...]:
    """All frames by rows of the page; a row of boxes instead of the single boxes in it, unless a longer frame was found there."""
    whole = [frame for frame in frames if frame.width > 2 * frame.height]
    new = [row for row in rows if not any(_is_found(row, frame) for frame in whole)]
    kept = [frame for frame in frames if not any(row.holds(frame) for row in new)]
    return tuple(sorted([*kept, *new], key=lambda b: (round(b.top / 4), b.left)))


def _is_found(row: Box, frame: Box) -> bool:
    """Whether a long frame is what a row was taken for, or part of it, or reaches into it."""
    across = min(row.right, frame.right) - max(row.left, frame.left)
    return frame.meets(row) and (row.holds(frame) or frame.holds(row) or across > _INTO * frame.height)


def without_sides(lines: Sequence[Box], rows: Sequence[Box]) -> tuple[Box, ...]:
    """The lines without the upper and lower sides of rows of boxes, which are no lines to write on."""
    return tuple(line for line in lines if not any(_is_side(line, row) for row in rows))


def _is_side(line: Box, row: Box) -> bool:
    shared = min(line.right, row.right) - max(line.left, row.left)
    return shared > 0.6 * line.width and row.top - _NEAR < line.middle[1] < row.bottom + _NEAR


def _overlap(one: list[Cell], two: list[Cell]) -> bool:
    across = min(one[-1][0] + one[-1][2], two[-1][0] + two[-1][2]) - max(one[0][0], two[0][0])
    down = min(one[0][1] + one[0][3], two[0][1] + two[0][3]) - max(one[0][1], two[0][1])
    return across > 0 and down > 0


def _sides(darkness: np.ndarray) -> np.ndarray:
    """Where something level is darker than what lies above and below it, as 0/1."""
    along = cv2.blur(darkness, (round(_STRETCH * WORKING), 1))
    beside = np.zeros_like(along)
    np.maximum(along[: -2 * _BESIDE], along[2 * _BESIDE :], out=beside[_BESIDE:-_BESIDE])
    dark = cv2.compare(cv2.multiply(along, _CONTRAST), beside, cv2.CMP_GT)
    return cv2.bitwise_and(cv2.bitwise_and(dark, cv2.compare(along, _FAINT, cv2.CMP_GT)), 1)


def _long(mask: np.ndarray, torn: float = _GAP) -> np.ndarray:
    """Level sides alone, those that ink tears put together."""
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, round(torn * WORKING)), np.uint8))
    return cv2.morphologyEx(cv2.dilate(joined, np.ones((3, 1), np.uint8)), cv2.MORPH_OPEN, np.ones((1, round(_LEAST * WORKING)), np.uint8))


def _in_rows(cells: list[Cell]) -> list[list[Cell]]:
    """Boxes alike on one level, from the left; those between which others are hidden, too."""
    rows: list[list[Cell]] = []
    for cell in sorted(cells):
        home = next((row for row in rows if _is_beside(row[-1], cell)), None)
        if home is None:
            rows.append([cell])
        else:
            home.append(cell)
    return rows


def _is_beside(one: Cell, two: Cell) -> bool:
    """Whether two boxes are of one row, up to four boxes between them hidden."""
    (x, y, w, h), (left, top, wide, high) = one, two
    alike = abs(y + h / 2 - top - high / 2) < _ALIKE * h and abs(high - h) < _ALIKE * h and abs(wide - w) < 1.5 * _ALIKE * w
    return alike and x + 0.8 * w < left < x + 7 * w


def _parted(row: list[Cell], level: np.ndarray) -> list[list[Cell]]:
    """The rows of boxes on one level, of values beside each other: between two is paper, without the sides of boxes that ink hides."""
    parts = [row[:1]]
    for before, cell in itertools.pairwise(row):
        (x, y, w, h), gap = before, slice(before[0] + before[2] + 3, cell[0] - 3)
        if cell[0] - x > (1 + _NEXT) * w:
            sides = [level[max(0, edge - 4) : edge + 4, gap].any(axis=0).mean() for edge in (y, y + h)]
            if min(sides) < _SIDES_SEEN:
                parts.append([])
        parts[-1].append(cell)
    return parts


def _completed(row: list[Cell], level: np.ndarray, upright: np.ndarray) -> list[Cell]:
    """The row with the boxes between and beside the found ones whose sides are seen well enough."""
    y, w, h = (int(np.median([cell[n] for cell in row])) for n in (1, 2, 3))
    thick = (
        cv2.dilate(level[max(0, y - 6) : y + h + 6], np.ones((3, 1), np.uint8)),
        cv2.dilate(upright[max(0, y - 6) : y + h + 6], np.ones((1, 3), np.uint8)),
    )
    top = y - max(0, y - 6)

    def seen(x: int) -> float:
        """How many of the four sides of a box that begins there are seen."""
        if x < 3 or x + w + 3 >= level.shape[1]:
            return 0.0
        upper, lower = (thick[0][row - 3 : row + 3, x : x + w].any(axis=0).mean() for row in (top - 1, top + h + 1))
        left, right = (thick[1][top : top + h, column - 2 : column + 2].any(axis=1).mean() for column in (x - 2, x + w + 2))
        return float(upper + lower + left + right) if min(left, right) >= _UPRIGHT else 0.0

    def beside(x: int, way: int) -> int | None:
        """Where the next box begins, to the right (1) or to the left (-1)."""
        reach = range(w, round((1 + _NEXT) * w))
        best = max(reach, key=lambda step: seen(x + way * step) - 0.004 * step)
        return x + way * best if seen(x + way * best) >= _SEEN else None

    found = [row[0][0]]
    while (before := beside(found[0], -1)) is not None:
        found.insert(0, before)
    for known in (*(cell[0] for cell in row[1:]), None):
        while (after := beside(found[-1], 1)) is not None and (known is None or after < known - 0.8 * w):
            found.append(after)
        if known is None:
            break
        found.append(known)
    return [(x, y, w, h) for x, following in itertools.zip_longest(found, found[1:]) if following is None or following - x > 0.5 * w]
