"""Cuts what is written by hand out of its place on a form: without printed lines, what was struck out, and the neighbours' ink."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from functools import partial

import cv2
import numpy as np

from metering.pages import Box, Page
from ocr.hand_rules import upright_lines, without_dotted_lines, without_level_lines, without_upright_lines

PAPER = 255
_PALE = 0.62  # of the way from the darkest ink to the paper: so pale is ink at most
_FADING = 0.78  # the same of ink that hangs together with darker ink: where a pen hardly pressed
_TORN = 0.02  # inches of paper across which two scraps are one stroke, upwards
_SPECK = 0.009  # inches: smaller in both ways is dust
_BEYOND = 8.0  # points around a place into which ink that belongs to it may reach
_ASIDE = 6.0  # points beside a place into which a digit may reach that belongs to it
_WITHIN, _LEVEL = (
    0.3,
    0.45,
)  # of a digit's height that is in its place at least, and by which digits of a line stand higher or lower at most
_SIDES = 3  # upright lines of a frame that is no row of boxes, at most
_FULL = 0.93  # of a frame's height: so high are the lines between its boxes
_TO_EDGE = 0.03  # inches: so near its upper and its lower edge they come, a written 1 leaves paper above or below
_SMALL = 0.25  # of the digits' height: so small in both ways are the dots of a dotted line, and points
_THIN, _APART, _LEAST_LEFT = 0.3, 1.2, 3  # of the digits' height: a stray stroke's width and distance; pieces of ink that must remain
_FROM_SIDE = 0.3  # of the digits' height: from the side of a box to a stroke that is written in it
_BETWEEN = 0.45  # of the digits' height: two digits of one number are mostly nearer
_BEHIND_TRY = 0.35  # and from a first try that begins the number to the next one
_LOWER, _MOST_GROUPS = 0.72, 3  # of the written digits' height: so high is print at most; groups, more are a number that was spaced out
_LEAST_COMMA, _AT_FOOT = 0.15, 0.12  # of the digits' height: so high is a comma at least, and so far below their foot it begins
_MARKS = 2  # commas of one value at most: more are a caption's letters
_NEXT = 0.7  # of the digits' height: so near ink outside of a place may be its next digit
_DOTS = 6  # so many like dots in one row are a dotted line


@dataclass(slots=True)
class HandCrop:
    """picture: the written line on white paper, grey; wide: its width in digits' heights; struck: what was struck out was left out;
    beyond: the writing may go on outside of its place; rest: the line without its beginning, which may be a first try struck out."""

    picture: np.ndarray
    wide: float
    struck: bool
    beyond: bool = False
    rest: HandCrop | None = None


@dataclass(slots=True)
class _Blob:
    """Ink that hangs together: its bounds in the cut, and its number there."""

    left: int
    top: int
    right: int
    bottom: int
    label: int
    area: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def cut_written(grey: np.ndarray, page: Page, place: Box, boxed: bool) -> HandCrop | None:
    """The writing in a place of a page (grey: flattened, uint8; place in points); None where there is none.

    boxed: the place has a printed frame, so upright lines as high as it are its boxes'.
    """
    scale = grey.shape[1] / page.width
    inch = scale * 72
    left, top = max(0, round((place.left - _ASIDE) * scale)), max(0, round((place.top - _BEYOND) * scale))
    right, bottom = min(grey.shape[1], round((place.right + _ASIDE) * scale)), min(grey.shape[0], round((place.bottom + _BEYOND) * scale))
    crop = grey[top:bottom, left:right].copy()
    if min(crop.shape) < 8:
        return None
    dark = ink_of(crop)
    if not boxed:
        dark = without_dotted_lines(dark, inch)
    # A frame's edges and the line to write on strike nothing out, even where digits cross them.
    edges = ((_BEYOND + 3) * scale, dark.shape[0] - (_BEYOND + (3 if boxed else 9)) * scale)
    inner = (place.top * scale - top, place.bottom * scale - top)
    upright = upright_lines(dark, _FULL * (place.height * scale if boxed else dark.shape[0]), inch, not boxed)
    if boxed:
        upright = [line for line in upright if _spans(line, inner, _TO_EDGE * inch)]
    combed = boxed and len(upright) > _SIDES
    strikes = without_level_lines(dark, inch, edges, combed, boxed and not combed, upright)
    dark = without_upright_lines(dark, upright, combed)
    labels, blobs = _blobs(dark, inch, inner)
    outside = [b for b in blobs if not (place.left - 1) * scale <= left + b.middle[0] <= (place.right + 1) * scale]
    blobs = [b for b in blobs if b not in outside]
    if not blobs:
        return None
    tall = _digit_height(blobs)
    blobs = _near(_of_one_line(_without_dots(blobs, tall), tall), tall)
    first_tries = [strike for strike in strikes if _is_tried_again(strike, blobs, tall)]
    ends = [place.left * scale - left, place.right * scale - left]
    sides = [*ends, *(float(np.flatnonzero(line.any(axis=0)).mean()) for line in upright)] if combed else None
    kept = _without_strays([b for b in blobs if not any(_is_struck(b, strike) for strike in first_tries)], tall, sides)
    if not kept:
        return None
    struck = any(_is_struck(b, strike) for b in blobs for strike in strikes)
    beyond = _goes_on(kept, outside, tall)
    begun = [strike for strike in strikes if strike not in first_tries and _begins(strike, kept)]
    rest = [b for b in kept if not any(_is_struck(b, strike) for strike in begun)] if begun else []
    cut = partial(_cut, crop, labels, tall=tall, struck=struck, beyond=beyond)
    return replace(cut(kept), rest=cut(rest) if rest else None)


def _cut(crop: np.ndarray, labels: np.ndarray, kept: list[_Blob], *, tall: float, struck: bool, beyond: bool) -> HandCrop:
    wide = (max(b.right for b in kept) - min(b.left for b in kept)) / tall
    return HandCrop(_picture(crop, labels, kept), wide, struck, beyond)


def _begins(strike: tuple[int, int], kept: list[_Blob]) -> bool:
    """Whether what a line strikes out is the beginning of the writing, and something stands behind it."""
    struck, rest = [b for b in kept if _is_struck(b, strike)], [b for b in kept if not _is_struck(b, strike)]
    return bool(struck) and bool(rest) and max(b.middle[0] for b in struck) < min(b.middle[0] for b in rest)


def _spans(line: np.ndarray, inner: tuple[float, float], near: float) -> bool:
    """Whether an upright line (true where it is) goes from the upper edge of a place to the lower one."""
    rows = np.flatnonzero(line.any(axis=1))
    return bool(rows[0] <= inner[0] + near and rows[-1] >= inner[1] - near)


def ink_of(crop: np.ndarray) -> np.ndarray:
    """Ink as 0/255: points and thin strokes are paler than the darkest."""
    darkest, paper = float(np.percentile(crop, 0.5)), float(np.percentile(crop, 70))
    bounds = [float(np.clip(darkest + share * (paper - darkest), 100, most)) for share, most in ((_PALE, 205), (_FADING, 220))]
    _, labels = cv2.connectedComponents(np.where(crop < bounds[1], 255, 0).astype(np.uint8), connectivity=8)
    with_dark = np.zeros(int(labels.max()) + 1, np.uint8)
    with_dark[labels[crop < bounds[0]]] = 255
    with_dark[0] = 0
    return with_dark[labels]


def _is_struck(blob: _Blob, strike: tuple[int, int]) -> bool:
    return strike[0] - 2 <= blob.middle[0] <= strike[1] + 2


def _goes_on(kept: list[_Blob], outside: list[_Blob], tall: float) -> bool:
    """Whether ink as high as a digit stands right beside the first or the last one outside of the place: its label may be read badly."""
    first, last = min(b.left for b in kept), max(b.right for b in kept)
    high = [b for b in outside if b.height > _LOWER * tall]
    return any(first - b.right < _NEXT * tall and b.left - last < _NEXT * tall for b in high)


def _is_tried_again(strike: tuple[int, int], blobs: list[_Blob], tall: float) -> bool:
    """Whether what a line strikes out is a first try: the value stands behind it. The bars of sevens that touch, and strokes that join
    digits, stand among the digits of one number."""
    struck, rest = [b for b in blobs if _is_struck(b, strike)], [b for b in blobs if not _is_struck(b, strike)]
    before = [b.right for b in rest if b.middle[0] < strike[0]]
    behind = [b.left for b in rest if b.middle[0] > strike[1]]
    if not struck or not behind:
        return False
    first, last = min(b.left for b in struck), max(b.right for b in struck)
    if before:
        return first - max(before) > _BETWEEN * tall or min(behind) - last > _BETWEEN * tall
    return min(behind) - last > _BEHIND_TRY * tall


def _blobs(dark: np.ndarray, inch: float, inner: tuple[float, float]) -> tuple[np.ndarray, list[_Blob]]:
    """What hangs together and stands in the place itself, dust left out; with the picture of its numbers. What reaches over its edge by
    more than half counts if the rest stands as high: the writer went over the frame, it is no other line's. So does a comma between
    digits, most of which hangs below the line to write on."""
    torn = max(3, 1 + 2 * round(_TORN * inch / 2))
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((torn, max(1, torn // 2)), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    speck = max(2, round(_SPECK * inch))
    out: list[_Blob] = []
    beyond: list[_Blob] = []
    for label in range(1, count):
        x, y, w, h, area = (int(n) for n in stats[label])
        if max(w, h) > speck and area >= speck * speck:
            blob = _Blob(x, y, x + w, y + h, label, area)
            (out if min(y + h, inner[1]) - max(y, inner[0]) >= _WITHIN * h else beyond).append(blob)
    sure = [b for b in out if inner[0] <= b.middle[1] <= inner[1]]
    if not sure:
        return labels, []
    tall = _digit_height(sure)
    middle = float(np.median([b.middle[1] for b in sure if b.height > 0.55 * tall]))
    found = [b for b in out if b in sure or (b.height > 0.55 * tall and abs(b.middle[1] - middle) < _LEVEL * tall)]
    digits = [b for b in found if b.height > 0.55 * tall]
    commas = [b for b in (*out, *beyond) if b not in found and b.bottom < dark.shape[0] and _is_comma(b, digits, tall)]
    return labels, [*found, *(commas if len(commas) <= _MARKS else [])]


def _is_comma(blob: _Blob, digits: list[_Blob], tall: float) -> bool:
    """Whether a small piece of ink begins at the foot of digits, between two of them, and hangs below it; the letters of a caption begin
    lower."""
    foot = float(np.median([b.bottom for b in digits]))
    hangs = _LEAST_COMMA * tall < blob.height < 0.55 * tall and -0.55 * tall < blob.top - foot < _AT_FOOT * tall
    return hangs and min(b.left for b in digits) < blob.middle[0] < max(b.right for b in digits)


def _digit_height(blobs: list[_Blob]) -> float:
    """The usual height of the tall ones."""
    heights = [b.height for b in blobs]
    return float(np.median([h for h in heights if h > 0.55 * max(heights)]))


def _without_dots(blobs: list[_Blob], tall: float) -> list[_Blob]:
    """Without the dots of a dotted line: many alike, in one row."""
    small = [b for b in blobs if max(b.width, b.height) < _SMALL * tall]
    for blob in small:
        row = [b for b in small if abs(b.bottom - blob.bottom) <= max(2.0, 0.06 * tall) and 0.5 * blob.area <= b.area <= 2 * blob.area]
        if len(row) >= _DOTS:
            taken = {b.label for b in row}
            return [b for b in blobs if b.label not in taken]
    return blobs


def _of_one_line(blobs: list[_Blob], tall: float) -> list[_Blob]:
    """Without what hangs in from the lines above and below."""
    digits = [b for b in blobs if b.height >= 0.55 * tall]
    if not digits:
        return []
    top, bottom = float(np.median([b.top for b in digits])), float(np.median([b.bottom for b in digits]))
    return [b for b in blobs if top - 0.25 * tall <= b.middle[1] <= bottom + 0.45 * tall]


def _near(blobs: list[_Blob], tall: float) -> list[_Blob]:
    """Without scraps that stand apart from all digits: what is left of lines, and dust."""
    digits = [b for b in blobs if _stack_height(b, blobs) >= 0.55 * tall and not (b.width < 0.12 * tall and b.height > 1.35 * tall)]
    if not digits:
        return []
    left, right = min(d.left for d in digits) - 0.5 * tall, max(d.right for d in digits) + 0.6 * tall
    return [b for b in blobs if b in digits or (b.height < 0.55 * tall and left < b.middle[0] < right)]


def _without_strays(blobs: list[_Blob], tall: float, sides: list[float] | None) -> list[_Blob]:
    """Without a lone upright stroke far from the rest at either end, the side of a frame or a bracket that was printed behind the place,
    and without a printed word there, whose letters are lower. sides: where those of a row of boxes were; away from them a stroke is a 1,
    however far the next box stands (thousands have a row of their own)."""
    kept = _without_words(sorted(blobs, key=lambda b: b.left), tall)
    for end in (0, -1):
        if len(kept) < _LEAST_LEFT + 1:
            break
        gaps = [max(0, b.left - a.right) for a, b in itertools.pairwise(kept)]
        usual = float(np.median(gaps))
        free = sides is not None and all(abs(kept[end].middle[0] - x) > _FROM_SIDE * tall for x in sides)
        if kept[end].width < _THIN * tall and gaps[end] > max(_APART * tall, 2.2 * usual) and not free:
            del kept[end]
    return kept


def _without_words(blobs: list[_Blob], tall: float) -> list[_Blob]:
    """Of groups that stand far apart the one with the most ink, and those as high as it. blobs: from the left."""
    groups: list[list[_Blob]] = []
    for blob in blobs:
        if groups and blob.left - max(b.right for b in groups[-1]) < _APART * tall:
            groups[-1].append(blob)
        else:
            groups.append([blob])
    if not 1 < len(groups) <= _MOST_GROUPS:
        return blobs
    heights = [float(np.median([b.height for b in group if b.height > 0.35 * max(g.height for g in group)])) for group in groups]
    main = max(range(len(groups)), key=lambda n: sum(b.area for b in groups[n]))
    return [b for group, height in zip(groups, heights, strict=True) if height > _LOWER * heights[main] for b in group]


def _stack_height(blob: _Blob, blobs: list[_Blob]) -> int:
    """The height of a piece of ink with those above and below it: a digit whose pen was lifted."""
    stack = [b for b in blobs if min(b.right, blob.right) - max(b.left, blob.left) > 0.5 * min(b.width, blob.width)]
    return max(b.bottom for b in stack) - min(b.top for b in stack)


def _picture(crop: np.ndarray, labels: np.ndarray, kept: list[_Blob]) -> np.ndarray:
    """The kept ink alone, with a little paper around it."""
    mask = np.isin(labels, [b.label for b in kept]).astype(np.uint8)
    picture = np.where(cv2.dilate(mask, np.ones((5, 5), np.uint8)) > 0, crop, PAPER).astype(np.uint8)
    top, bottom = min(b.top for b in kept), max(b.bottom for b in kept)
    left, right = min(b.left for b in kept), max(b.right for b in kept)
    margin = max(3, round(0.18 * _digit_height(kept)))
    cut = picture[top:bottom, left:right]
    return cv2.copyMakeBorder(cut, margin, margin, 2 * margin, 2 * margin, cv2.BORDER_CONSTANT, value=PAPER)
