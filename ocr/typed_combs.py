"""Print with a digit in each cell of a row: the engine takes the cells' sides for ones. The digits are set side by side and read so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from metering.pages import Box
from ocr.rules import WORKING

_LEAST_CELLS, _FEWEST_DIGITS = 3, 2
_FEWEST_PIXELS = 8  # of the sides of a frame
_SIDE = 0.7  # of a frame's height that a side of its cells is long, at least
_ALIKE = 0.9  # of the longest one's length
_WIDE = (0.4, 1.7)  # of a frame's height, the width of its cells
_UNEVEN, _GAP = 0.2, 0.75  # of a cell's width, by which others differ, and up to which it is what stands between two cells
_MOST_MARKS = 2  # of a number or a date
_DARK, _MOSTLY_PAPER = 0.65, 75  # of the paper's brightness, and the percentile that is paper
_EDGE, _LINE = 2, 0.75  # pixels from a cell's edge, and the share of its side, of what is left of its lines
_SPECK = 3  # pixels
_LOW_MARK, _WIDEST = 0.55, 1.0  # of a digit's height, of a mark's height, and of the width of one sign
_BETWEEN, _PAPER = 0.3, 0.8  # of it, between two signs and around them


@dataclass(frozen=True, slots=True)
class TypedComb:
    """The cells of one number. frame: those with a sign, in points; line: its digits side by side as a grey picture; pattern: what stands
    in the cells from left to right, `0` for a digit and `.` for a mark."""

    frame: Box
    line: np.ndarray
    pattern: str

    def spelled(self, digits: str) -> str | None:
        """The number with those digits, its marks among them; None where they are more or fewer than its cells."""
        if len(digits) != self.pattern.count("0"):
            return None
        left = iter(digits)
        return "".join(next(left) if sign == "0" else sign for sign in self.pattern)


def find_typed_combs(grey: np.ndarray, black: np.ndarray, frames: Sequence[Box], scale: float) -> list[TypedComb]:
    """The combs among frames. grey: the page, scale pixels a point; black: its ink as 0/255, WORKING pixels per inch."""
    found = []
    for frame in frames:
        for places in _combs(_sides(black, frame)):
            if (comb := _set_together(grey, frame, places, scale)) is not None:
                found.append(comb)
    return found


def _sides(black: np.ndarray, frame: Box) -> tuple[list[float], float]:
    """x of the upright sides of cells within a frame, and its height, in points; of none where it has no such."""
    scale = WORKING / 72
    left, right = max(0, round(frame.left * scale) - 4), round(frame.right * scale) + 5
    top, bottom = max(0, round(frame.top * scale) - 1), round(frame.bottom * scale) + 2
    inside = black[top:bottom, left:right]
    if min(inside.shape, default=0) < _FEWEST_PIXELS:
        return [], frame.height
    runs = _longest_runs(cv2.dilate(inside, np.ones((3, 3), np.uint8)) > 0)
    dark = np.flatnonzero(runs >= max(_SIDE * (bottom - top), _ALIKE * runs.max()))
    groups = np.split(dark, np.flatnonzero(np.diff(dark) > 2) + 1)
    return [(left + float(group.mean())) / scale for group in groups if group.size], frame.height


def _combs(sides: tuple[list[float], float]) -> list[list[tuple[float, float, bool]]]:
    """Rows of cells between upright sides: of each cell, and of what is narrower between two, its edges and whether it is a cell. Two
    narrow ones on end part two rows, of a table."""
    edges, height = sides
    steps = np.diff(edges)
    wide = steps[steps > _WIDE[0] * height]
    usual = float(np.median(wide)) if wide.size else 0.0
    if wide.size < _LEAST_CELLS or usual > _WIDE[1] * height:
        return []
    rows: list[list[tuple[float, float, bool]]] = [[]]
    for place, step in enumerate(steps):
        is_cell = abs(step - usual) <= _UNEVEN * usual
        if not is_cell and (step >= _GAP * usual or not rows[-1] or not rows[-1][-1][2]):
            rows.append([])
        else:
            rows[-1].append((edges[place], edges[place + 1], is_cell))
    return [row for row in rows if sum(is_cell for *_, is_cell in row) >= _LEAST_CELLS]


def _longest_runs(ink: np.ndarray) -> np.ndarray:
    """The longest unbroken upright run of ink in each column."""
    run, longest = np.zeros(ink.shape[1], int), np.zeros(ink.shape[1], int)
    for row in ink:
        run = np.where(row, run + 1, 0)
        longest = np.maximum(longest, run)
    return longest


def _set_together(grey: np.ndarray, frame: Box, places: Sequence[tuple[float, float, bool]], scale: float) -> TypedComb | None:
    """The signs in the cells of a row; None where they are no number: a cell between two is empty, or holds more than one sign."""
    top, bottom = round(frame.top * scale), round(frame.bottom * scale)
    signs = [_sign(grey[top:bottom, round(a * scale) : round(b * scale) + 1]) for a, b, _ in places]
    tall = max((_height(sign) for sign in signs if sign is not None), default=0)
    paper = sum(not is_cell for *_, is_cell in places) > _MOST_MARKS  # between all cells there is some
    pattern, drawn = "", list[np.ndarray]()
    cells = [n for n, (_, _, is_cell) in enumerate(places) if is_cell and signs[n] is not None]
    for n in range(cells[0], cells[-1] + 1) if cells else ():
        sign = signs[n]
        if places[n][2] and (sign is None or sign.shape[1] > _WIDEST * tall):
            return None
        if sign is not None and places[n][2] and _height(sign) > _LOW_MARK * tall:
            pattern += "0"
            drawn.append(sign)
        elif sign is not None or not paper:
            pattern += "."
    if len(drawn) < _FEWEST_DIGITS or ".." in pattern or _goes_on(grey[top:bottom], frame, places, scale, tall):
        return None
    between = np.full((bottom - top, max(2, round(_BETWEEN * tall))), 255, np.uint8)
    line = np.hstack([between, *(part for sign in drawn for part in (sign, between))])
    margin = round(_PAPER * tall)
    line = cv2.copyMakeBorder(line, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=255)
    return TypedComb(Box(places[cells[0]][0], frame.top, places[cells[-1]][1], frame.bottom), line, pattern.strip("."))


def _goes_on(row: np.ndarray, frame: Box, places: Sequence[tuple[float, float, bool]], scale: float, tall: int) -> bool:
    """Whether a digit stands in a frame beside its cells: the side of a further one is broken, and a number without it would look whole."""
    (left, right, _), (*_, end, _) = places[0], places[-1]
    beside = (max(frame.left, left - (right - left)), left), (end, min(frame.right, end + right - left))
    parts = [row[:, round(a * scale) : round(b * scale)] for a, b in beside if b - a > 0]
    signs = [sign for part in parts if part.shape[1] and (sign := _sign(part)) is not None]
    return any(_LOW_MARK * tall < _height(sign) < _ALIKE * len(row) for sign in signs)  # what is higher is a rule of the table


def _sign(cell: np.ndarray) -> np.ndarray | None:
    """A cell's ink without what is left of its lines, cut to its width; None of an empty one."""
    cell = cell.copy()
    height, width = cell.shape
    dark = _ink(cell)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    for label in range(1, count):
        x, y, w, h, area = stats[label]
        beside, level = x <= _EDGE or x + w >= width - _EDGE, y <= _EDGE or y + h >= height - _EDGE
        line = (beside and (h > _LINE * height or w <= _EDGE + 1)) or (level and (w > _LINE * width or h <= _EDGE + 1))
        if line or area < _SPECK:
            cell[cv2.dilate((labels == label).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = 255
            dark[labels == label] = 0
    columns = np.flatnonzero(dark.any(axis=0))
    return cell[:, max(0, columns[0] - 1) : columns[-1] + 2] if columns.size else None


def _ink(part: np.ndarray) -> np.ndarray:
    paper = float(np.percentile(part, _MOSTLY_PAPER)) if part.size else 255.0
    return (part < _DARK * paper).astype(np.uint8)


def _height(sign: np.ndarray) -> int:
    """Pixels from the top to the foot of the ink of a sign."""
    rows = np.flatnonzero(_ink(sign).any(axis=1))
    return int(rows[-1] - rows[0] + 1) if rows.size else 0
