"""Reads what is written by hand on a line or in a cell: each sign by the digit reader, the whole by the line reader (docs/handwriting.md).

Two readers that share neither training nor cutting: the one sees single signs, the other the line as it stands.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import cv2
import numpy as np

from metering.handwriting import HandReading, Sign
from metering.pages import Box, Page
from ocr.digits import DigitReader
from ocr.second_reader import SecondReader

PAPER, MARGIN = 255, 6
_RULE = 0.28  # inches of the shortest printed line: longer than a stroke of a digit
_SPECK = 0.010  # inches: smaller in both ways is dust
_LOW = 0.62  # of the digits' height from above: a mark stands lower
_SHORT = 0.5  # of the digits' height: what is shorter is a mark, or part of a digit
_WIDE = 1.2  # of the digits' height: what is wider is several digits that touch
_DARK = 165  # of a flattened page: darker is ink


class HandReader:
    """One a worker process. Not safe for threads."""

    def __init__(self, second: SecondReader) -> None:
        self._second = second
        self._digits = DigitReader()

    def read(self, grey: np.ndarray, page: Page, place: Box) -> HandReading:
        """What is written in a place of a page (grey: flattened, uint8; place in points), without the lines printed there."""
        scale = grey.shape[1] / page.width
        cut = _Cut.of(grey, page, place, scale)
        pieces, struck = _pieces(cut, scale * 72)
        if not pieces:
            return HandReading((), "", 0.0, struck=struck)
        crops = [p.picture for p in pieces if not p.mark]
        chances = iter(self._digits.read(crops))
        signs = []
        for piece in pieces:
            box = Box(*((n / scale + o) for n, o in zip(piece.box, (cut.left, cut.top, cut.left, cut.top), strict=True)))
            signs.append(Sign(box, piece.mark, () if piece.mark else tuple(float(c) for c in next(chances))))
        line, confidence = self._second.read(_whole(cut, pieces))
        return HandReading(tuple(signs), line, confidence, struck=struck)


@dataclass(slots=True)
class _Piece:
    """One sign: its box in the cut (left, top, right, bottom in pixels), its ink alone, "," or "-" where it is a mark."""

    box: tuple[int, int, int, int]
    picture: np.ndarray
    mark: str = ""

    @property
    def width(self) -> int:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> int:
        return self.box[3] - self.box[1]


@dataclass(slots=True)
class _Cut:
    """A place cut out of the page. dark: its ink, 0/255; left, top: its corner in points."""

    grey: np.ndarray
    dark: np.ndarray
    left: float
    top: float

    @classmethod
    def of(cls, grey: np.ndarray, page: Page, place: Box, scale: float) -> _Cut:
        height, width = grey.shape
        left, top = max(0, round(place.left * scale)), max(0, round(place.top * scale))
        right, bottom = min(width, round(place.right * scale)), min(height, round(place.bottom * scale))
        crop = grey[top:bottom, left:right].copy()
        return cls(crop, np.where(crop < _DARK, 255, 0).astype(np.uint8), left / scale, top / scale)


def _pieces(cut: _Cut, pixels_per_inch: float) -> tuple[list[_Piece], bool]:
    """The signs of a cut from left to right, and whether some were struck out (they are left out)."""
    if min(cut.dark.shape) < 8:
        return [], False
    strikes = _without_rules(cut, pixels_per_inch)
    blobs = _blobs(cut.dark, pixels_per_inch)
    if not blobs:
        return [], False
    digit = _digit_height(blobs)
    blobs = _of_the_line(_joined(blobs, digit), digit)
    if not blobs:
        return [], False
    kept = [b for b in blobs if not any(s[0] - 2 <= (b.left + b.right) / 2 <= s[1] + 2 and b.top < s[2] < b.bottom for s in strikes)]
    base = float(np.median([b.bottom for b in kept if b.height >= _SHORT * digit] or [0]))
    pieces: list[_Piece] = []
    for blob in sorted(kept, key=lambda b: b.left):
        pieces += _signs(cut, blob, digit, base)
    return pieces, len(kept) < len(blobs)


def _without_rules(cut: _Cut, pixels_per_inch: float) -> list[tuple[int, int, int]]:
    """Takes printed lines out of the ink, strokes that cross them stay; gives the lines that strike digits out: left, right, y."""
    length = round(_RULE * pixels_per_inch)
    thick = cv2.dilate(cut.dark, np.ones((3, 1), np.uint8))
    across = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    across = cv2.bitwise_and(cv2.dilate(across, np.ones((3, 7), np.uint8)), cut.dark)
    up = cv2.dilate(cut.dark, np.ones((1, 3), np.uint8))
    down = cv2.morphologyEx(up, cv2.MORPH_OPEN, np.ones((max(9, round(0.9 * cut.dark.shape[0])), 1), np.uint8))
    strikes = []
    count, labels, stats, _ = cv2.connectedComponentsWithStats(across, connectivity=8)
    rest = cut.dark.copy()
    rest[across > 0] = 0
    rows = np.flatnonzero(rest.any(axis=1))
    for label in range(1, count):
        x, y, w, h, _ = stats[label]
        if w < 0.7 * length:
            continue
        line = labels == label
        above = np.zeros_like(cut.dark)
        above[:-1] = rest[1:]
        below_ink, above_ink = _shifted(rest, -(h + 1)), _shifted(rest, h + 1)
        crossing = line & (below_ink > 0) & (above_ink > 0)
        middle = y + h / 2
        inside = len(rows) > 0 and rows[0] + 0.3 * np.ptp(rows) < middle < rows[0] + 0.7 * np.ptp(rows)
        if inside and np.count_nonzero(crossing.any(axis=0)) > 0.12 * w and w < 0.85 * cut.dark.shape[1]:
            strikes.append((int(x), int(x + w), round(middle)))
        cut.dark[line & ~crossing] = 0
        cut.grey[line & ~crossing] = PAPER
    cut.dark[down > 0] = 0
    return strikes


def _shifted(ink: np.ndarray, rows: int) -> np.ndarray:
    """Ink moved down by so many rows (up where negative), smeared over the way."""
    kernel = np.ones((abs(rows) + 2, 1), np.uint8)
    anchor = (0, 0) if rows < 0 else (0, abs(rows) + 1)
    return cv2.dilate(ink, kernel, anchor=anchor)


@dataclass(slots=True)
class _Blob:
    """Ink that hangs together, or was put together: its bounds and its pixels' labels."""

    left: int
    top: int
    right: int
    bottom: int
    mask: np.ndarray

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left


def _blobs(dark: np.ndarray, pixels_per_inch: float) -> list[_Blob]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    speck = max(2, round(_SPECK * pixels_per_inch))
    out = []
    for label in range(1, count):
        x, y, w, h, area = stats[label]
        if max(w, h) <= speck or area < speck * speck:
            continue
        out.append(_Blob(int(x), int(y), int(x + w), int(y + h), labels == label))
    return out


def _digit_height(blobs: list[_Blob]) -> float:
    """The usual height of the tall ones."""
    heights = sorted(b.height for b in blobs)
    tall = [h for h in heights if h > 0.55 * heights[-1]]
    return float(np.median(tall))


def _joined(blobs: list[_Blob], digit: float) -> list[_Blob]:
    """Parts of one digit put together: the bar of a 5, the two strokes of a 4."""
    rest = sorted(blobs, key=lambda b: -b.height)
    out: list[_Blob] = []
    for blob in rest:
        home = None
        if blob.height < 0.75 * digit:
            for other in out:
                shared = min(blob.right, other.right) - max(blob.left, other.left)
                apart = max(blob.top - other.bottom, other.top - blob.bottom)
                low = blob.top > other.top + _LOW * other.height and blob.height < _SHORT * digit
                if (
                    shared > (0.8 if low else 0.35) * blob.width
                    and apart < 0.25 * digit
                    and max(blob.right, other.right) - min(blob.left, other.left) < _WIDE * digit
                ):
                    home = other
                    break
        if home is None:
            out.append(blob)
        else:
            home.left, home.top = min(home.left, blob.left), min(home.top, blob.top)
            home.right, home.bottom = max(home.right, blob.right), max(home.bottom, blob.bottom)
            home.mask = home.mask | blob.mask
    return out


def _of_the_line(blobs: list[_Blob], digit: float) -> list[_Blob]:
    """Without what hangs in from the lines above and below."""
    tall = [b for b in blobs if b.height >= 0.55 * digit]
    top, bottom = float(np.median([b.top for b in tall])), float(np.median([b.bottom for b in tall]))
    out = []
    for blob in blobs:
        middle = (blob.top + blob.bottom) / 2
        if top - 0.1 * digit <= middle <= bottom + 0.45 * digit and (blob.height > 0.12 * digit or middle > bottom - 0.35 * digit):
            out.append(blob)
    return out


def _signs(cut: _Cut, blob: _Blob, digit: float, base: float) -> list[_Piece]:
    """The sign or the touching signs of a blob."""
    if blob.height < _SHORT * digit:
        middle = (blob.top + blob.bottom) / 2
        if middle > base - (1 - _LOW) * digit:
            return [_piece(cut, blob, blob.left, blob.right, ",")]
        if blob.width > 1.3 * blob.height and blob.width > 0.25 * digit:
            return [_piece(cut, blob, blob.left, blob.right, "-")]
        return []
    count = 1
    while blob.width / count > _WIDE * digit:
        count += 1
    if count == 1:
        return [_piece(cut, blob, blob.left, blob.right)]
    edges = _edges(blob, count)
    return [_piece(cut, blob, a, b) for a, b in itertools.pairwise(edges)]


def _edges(blob: _Blob, count: int) -> list[int]:
    """Where touching digits part: the thinnest column near each equal share."""
    ink = np.count_nonzero(blob.mask[blob.top : blob.bottom, blob.left : blob.right], axis=0)
    share = blob.width / count
    edges = [blob.left]
    for n in range(1, count):
        start, end = int((n - 0.3) * share), int((n + 0.3) * share) + 1
        edges.append(blob.left + start + int(np.argmin(ink[start:end])))
    return [*edges, blob.right]


def _piece(cut: _Cut, blob: _Blob, left: int, right: int, mark: str = "") -> _Piece:
    """The ink of a blob between two columns, alone on paper."""
    mask = cv2.dilate(blob.mask[blob.top : blob.bottom, left:right].astype(np.uint8), np.ones((3, 3), np.uint8))
    inside = cut.grey[blob.top : blob.bottom, left:right]
    picture = np.where(mask > 0, inside, PAPER).astype(np.uint8)
    return _Piece((left, blob.top, right, blob.bottom), cv2.copyMakeBorder(picture, *[MARGIN] * 4, cv2.BORDER_CONSTANT, value=PAPER), mark)


def _whole(cut: _Cut, pieces: list[_Piece]) -> np.ndarray:
    """The written line as it stands, for the line reader: what the cutting into signs left out is still there."""
    tall = [p for p in pieces if not p.mark] or pieces
    height = max(p.height for p in tall)
    top, bottom = min(p.box[1] for p in tall), max(p.box[3] for p in tall)
    top, bottom = max(0, top - height // 4), min(cut.grey.shape[0], bottom + height // 3)
    inked = np.flatnonzero((cut.dark[top:bottom] > 0).any(axis=0))
    left, right = max(0, int(inked[0]) - height // 3), min(cut.grey.shape[1], int(inked[-1]) + height // 3)
    return cut.grey[top:bottom, left:right]
