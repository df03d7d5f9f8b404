"""Rows of a table that are all alike, such as the days of a printout, told by their ink before anything is read.

Most words of a printout stand in its rows of days, and only their days and their heat are asked about (docs/reading.md, "Rows of days").
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from metering.pages import UNREAD, Box, Word
from ocr.rules import WORKING, LinePicture

LEAST_ROWS = 16  # fewer cost less than the doubt is worth
KEPT = 4  # rows that are read at either end of them; the head and the total may be among them
LEAST_COLUMNS = 5
INKED = 0.2  # of the ink of a full line: what has more is a line of print
LEAST_HEIGHT = 0.5  # of the usual height of a line
EVEN = 0.12  # of the distance between two rows, by which they may differ
RULE_MARGIN = 2  # pixels around a rule
COLUMN_GAP = 0.5  # of a row's height: what stands nearer is one word
PADDING = 1.5  # points beside a column
LEAST_INK = 4  # pixels of ink in a cell
DAY = re.compile(r"\D?(\d{1,2})[.,/-](\d{1,2})(?:[.,/-](?:20)?(\d\d))?\b")
COUNTED = 5  # days of a column, of which a rise on end is no chance
MOST_OF_AN_ORDINAL = 99
DIGITS = "0123456789"
FIRST_WORDS = 3  # of a row, among which its day is


@dataclass(frozen=True, slots=True)
class AlikeRows:
    """Rows of one table with the same columns at the same distance. rows: the heights between which each stands; columns: between which
    distances from the left; cells: where ink stands in those of the rows that need not be read, row by row. All in points."""

    rows: tuple[tuple[float, float], ...]
    columns: tuple[tuple[float, float], ...]
    cells: tuple[Box, ...]

    @property
    def band(self) -> Box:
        """The rows that need not be read, across the table."""
        top, bottom = (self.rows[KEPT - 1][1] + self.rows[KEPT][0]) / 2, (self.rows[-KEPT - 1][1] + self.rows[-KEPT][0]) / 2
        return Box(self.columns[0][0], top, self.columns[-1][1], bottom)

    @property
    def places(self) -> list[Box]:
        """The columns of these rows, each in one place."""
        band = self.band
        return [Box(left - PADDING, band.top, right + PADDING, band.bottom) for left, right in self.columns]

    def unread(self, read: Sequence[Box] = ()) -> tuple[Word, ...]:
        """Stand-ins for the print of these rows, but for what stands in places that were read."""
        return tuple(Word(UNREAD, 1.0, cell) for cell in self.cells if not any(place.holds(cell) for place in read))

    def are_days(self, words: Sequence[Word]) -> bool:
        """Whether the rows read at both ends begin with days that lie as far apart as the rows do, upwards or downwards."""
        days = self._days(words)
        return any(
            abs((two - one).days) == below - above
            for above, (one, _) in days.items()
            for below, (two, _) in days.items()
            if above < KEPT and below >= len(self.rows) - KEPT
        )

    def count_up(self, words: Sequence[Word]) -> bool:
        """Whether some column of the rows read at both ends never falls from row to row, as the index of a meter: such rows are read whole.
        Numbers of two digits are rows' own."""
        first = self.day_column(words)
        days = self._days(words)
        for left, right in self.columns:
            if left <= first <= right:
                continue
            shown = [number for row in days if (number := self._number(row, left, right, words)) > MOST_OF_AN_ORDINAL]
            if len(shown) >= COUNTED and all(one <= two for one, two in itertools.pairwise(shown)) and shown[0] < shown[-1]:
                return True
        return False

    def _number(self, row: int, left: float, right: float, words: Sequence[Word]) -> int:
        """The digits of a row in a column as one number, 0 where there are none."""
        top, bottom = self.rows[row]
        there = (word.text for word in words if top < word.box.middle[1] < bottom and left <= word.box.middle[0] <= right)
        return int("0" + "".join(sign for text in there for sign in text if sign in DIGITS))

    def _days(self, words: Sequence[Word]) -> dict[int, tuple[dt.date, Word]]:
        """The days with which the rows read at both ends begin, by the row's number, each with its word."""
        kept = (*range(KEPT), *range(len(self.rows) - KEPT, len(self.rows)))
        return {row: day for row in kept if (day := self._day(row, words)) is not None}

    def _day(self, row: int, words: Sequence[Word]) -> tuple[dt.date, Word] | None:
        top, bottom = self.rows[row]
        inside = sorted((word for word in words if top < word.box.middle[1] < bottom), key=lambda word: word.box.left)
        for word in inside[:FIRST_WORDS]:
            if (found := DAY.match(word.text)) is not None:
                day, month, year = int(found[1]), int(found[2]), int(found[3] or 0)
                try:
                    return dt.date(2000 + year, month, day), word
                except ValueError:
                    return None
        return None

    def day_column(self, words: Sequence[Word]) -> float:
        """The middle of the column that the days stand in."""
        return next((word.box.middle[0] for _, word in self._days(words).values()), self.columns[0][0])


def find_alike_rows(picture: LinePicture) -> AlikeRows | None:
    """The longest run of rows at even distances whose words stand in columns; None on a page without one."""
    print_ = cv2.bitwise_and(picture.black, cv2.bitwise_not(picture.rules(RULE_MARGIN)))
    rows = _even(_lines(print_))
    if len(rows) < LEAST_ROWS:
        return None
    height = float(np.median([bottom - top for top, bottom in rows]))
    inked = np.any([print_[top:bottom].any(axis=0) for top, bottom in rows], axis=0)
    columns = _runs(inked, round(COLUMN_GAP * height))
    if len(columns) < LEAST_COLUMNS:
        return None
    cells = [box for row in rows[KEPT:-KEPT] for column in columns if (box := _ink_of(print_, row, column)) is not None]
    return AlikeRows(tuple(map(_in_points, rows)), tuple(map(_in_points, columns)), tuple(cells))


def _lines(print_: np.ndarray) -> list[tuple[int, int]]:
    """Top and bottom of each line of print, in pixels; what is left of a rule is lower than that."""
    ink = np.count_nonzero(print_, axis=1)
    full = np.percentile(ink, 90)
    runs = _runs(ink > INKED * full, 0) if full else []
    usual = np.percentile([bottom - top for top, bottom in runs], 75) if runs else 0
    return [(top, bottom) for top, bottom in runs if bottom - top >= LEAST_HEIGHT * usual]


def _even(lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of lines at even distances."""
    best: list[tuple[int, int]] = []
    start = 0
    for end in range(2, len(lines) + 1):
        distance = (lines[end - 1][0] - lines[start][0]) / (end - 1 - start)
        step = lines[end - 1][0] - lines[end - 2][0]
        if abs(step - distance) > max(2.0, EVEN * distance):
            start = end - 2
        if end - start > len(best):
            best = lines[start:end]
    return best


def _runs(held: np.ndarray, gap: int) -> list[tuple[int, int]]:
    """Start and end of each run of what holds; runs that stand no further apart than the gap are one."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], held.astype(np.int8), [0]))))
    runs: list[tuple[int, int]] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if runs and start - runs[-1][1] <= gap:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def _ink_of(print_: np.ndarray, row: tuple[int, int], column: tuple[int, int]) -> Box | None:
    part = print_[row[0] : row[1], column[0] : column[1]]
    if np.count_nonzero(part) < LEAST_INK:
        return None
    x, y, width, height = cv2.boundingRect(part)
    (left, right), (top, bottom) = _in_points((column[0] + x, column[0] + x + width)), _in_points((row[0] + y, row[0] + y + height))
    return Box(left, top, right, bottom)


def _in_points(ends: tuple[int, int]) -> tuple[float, float]:
    return ends[0] * 72 / WORKING, ends[1] * 72 / WORKING
