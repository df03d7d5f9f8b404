"""Brings the picture of a page upright, flat and evenly lit: what is read is always such a page.

All decisions are made on a small copy; the full picture is then turned, straightened and scaled in one single warp, because
every further one blurs the decimal commas away (docs/reading.md, "Geometry").
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ocr.curl import find_bend, find_slope
from ocr.dark_bars import with_bars_light
from ocr.direction import DirectionReader
from ocr.halftone import without_dots
from ocr.page_edges import find_sheet
from ocr.pieces import piece_boxes, without_pieces
from ocr.ruled_paper import cleared_alike, without_ruling
from ocr.warping import averaged, inked_strips, warp

SMALL = 125  # pixels per inch of the copy on which decisions are made and marks are looked for
PHOTO = 250  # pixels per inch that a photographed sheet is brought to
LEAST, GREATEST = 200, 250  # of scans; finer is read no better and costs a half more
A4 = (8.27, 11.69)  # inches
A4_RATIO = A4[1] / A4[0]
EDGE = 0.025  # inches that a photographed sheet loses on each side: its edge is not a rule
GREATEST_SKEW = 6.0  # degrees each way
COARSELY, FINELY = 8_000, 60_000  # pixels of ink that tell the skew to half a degree, and to a fiftieth
MISLED = 1.0  # degrees between the skew by projection and the usual slope: lines that bow make a false profile sharp
LETTER_GAP, WORD_GAP = 3, 5  # pixels: most letters of a word stand closer, and nearly all
BAR, LONG_BAR = 4, 12  # pixels: a typed bar's thickness at most, double ones included, and its length at least
LONE = 5  # times as long as thick is a word whose letters all touch
LETTERS = 3  # pieces that a shorter word is joined from
GRAIN = 0.025  # of the page's width: what a scanner of one bit makes of the sheet's edge
WHITE = 30  # pixels of a page drawn with 100 an inch: such a square is 8 mm
FEW = 12  # of the lengths of words, in their thickness: four words or less tell nothing


@dataclass(frozen=True, slots=True)
class UprightPicture:
    """An upright, flattened page. `grey` at `pixels_per_inch`; `colour` (BGR) the same page at SMALL pixels per inch, or with as few as
    `grey` where those are fewer."""

    grey: np.ndarray
    colour: np.ndarray
    pixels_per_inch: float

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        height, width = self.grey.shape
        return width * 72 / self.pixels_per_inch, height * 72 / self.pixels_per_inch

    @property
    def colour_pixels_per_inch(self) -> float:
        return self.pixels_per_inch * self.colour.shape[1] / self.grey.shape[1]

    @classmethod
    def already(cls, picture: np.ndarray, pixels_per_inch: float) -> UprightPicture:
        """A picture (BGR) that needs no turning: a page rendered from its text layer."""
        scale = SMALL / pixels_per_inch
        colour = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        if not _is_drawn_on_white(grey):
            grey, colour = flatten(grey), flatten_colour(colour)
        return cls(with_bars_light(grey, pixels_per_inch), colour, pixels_per_inch)


def straighten(picture: np.ndarray, pixels_per_inch: float | None, direction: DirectionReader) -> UprightPicture:
    """Upright page of a colour (BGR) picture; pixels_per_inch None for a photo."""
    picture = without_dots(picture)
    corners = find_sheet(picture) if pixels_per_inch is None or _framed(picture) else None
    to_small, size, wanted = _onto_paper(picture, pixels_per_inch, corners)
    small = warp(picture, to_small, size)
    is_photo = pixels_per_inch is None or corners is not None
    is_grey = _is_grey(small)
    if is_grey:  # one channel costs a third of three alike
        small = cv2.extractChannel(small, 0)
    flat = flatten(small if is_grey else cv2.cvtColor(small, cv2.COLOR_BGR2GRAY))
    turn, flat, letters = _upright_turn(flat, direction, is_photo)
    size = (flat.shape[1], flat.shape[0])
    bend = find_bend(letters, _lines(letters)) if is_photo else None
    strips = inked_strips(flat if bend is None else warp(flat, np.eye(3), size, bend))
    colour = warp(small, turn, size, bend, strips=strips)
    enlarge = wanted / SMALL
    full = np.diag([enlarge, enlarge, 1.0]) @ turn @ to_small
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    if bend is not None or not np.allclose(full, np.eye(3), atol=2e-3):
        grey = warp(grey, full, (round(size[0] * enlarge), round(size[1] * enlarge)), bend, enlarge, strips)
    colour = cv2.cvtColor(flatten(colour), cv2.COLOR_GRAY2BGR) if is_grey else flatten_colour(colour)
    grey = with_bars_light(flatten(grey), wanted)
    cleaned = without_ruling(grey, wanted)
    return UprightPicture(cleaned, colour if cleaned is grey else cleared_alike(colour, grey, cleaned), wanted)


def _is_drawn_on_white(grey: np.ndarray) -> bool:
    """Whether quite white paper shows everywhere, between the rows of the densest table too, as no lamp or tint leaves it."""
    height, width = (side // WHITE * WHITE for side in grey.shape)
    rows = grey[:height, :width].reshape(-1, WHITE, width).max(axis=1)
    return bool(rows.reshape(len(rows), width // WHITE, WHITE).max(axis=2).min(initial=255) == 255)


def _is_grey(picture: np.ndarray) -> bool:
    """Whether all channels of a picture (BGR) are the same."""
    blue, green, red = cv2.split(picture)
    return np.array_equal(blue, green) and np.array_equal(green, red)


def flatten(grey: np.ndarray) -> np.ndarray:
    """The picture divided by its blurred background: shadows and uneven light go, paper becomes white."""
    step = max(4, round(min(grey.shape[:2]) / 200))
    paper = cv2.dilate(averaged(grey, step), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7)))
    if paper.min() == 255:  # drawn on white, as a page with a text layer: dividing would change nothing
        return grey
    paper = cv2.max(cv2.GaussianBlur(cv2.medianBlur(paper, 15), (0, 0), 4), 1)
    height, width = grey.shape[:2]
    background = cv2.resize(paper, None, fx=step, fy=step, interpolation=cv2.INTER_LINEAR)[:height, :width]
    below, beside = height - background.shape[0], width - background.shape[1]
    return cv2.divide(grey, cv2.copyMakeBorder(background, 0, below, 0, beside, cv2.BORDER_REPLICATE), scale=255)


def flatten_colour(picture: np.ndarray) -> np.ndarray:
    """Each channel flattened by itself, so that paper is white under any lamp and what is left of colour is ink's."""
    return flatten(picture)


def ink(flat: np.ndarray) -> np.ndarray:
    """What is darker than paper in a flattened picture, as 0/255."""
    threshold, _ = cv2.threshold(flat, 0, 255, cv2.THRESH_OTSU)
    return cv2.threshold(flat, min(215, max(140, threshold)), 255, cv2.THRESH_BINARY_INV)[1]


def _framed(picture: np.ndarray) -> bool:
    """Whether a scan shows something other than paper on at least three of its four sides: a photo in a PDF, a lid left open."""
    step = max(1, min(picture.shape[:2]) // 400)
    rows = picture[::step, : picture.shape[1] // step * step]  # one in so many tells as much as all
    coarse = cv2.resize(rows, (rows.shape[1] // step, rows.shape[0]), interpolation=cv2.INTER_AREA)
    grey = cv2.resize(cv2.cvtColor(coarse, cv2.COLOR_BGR2GRAY), (200, 200), interpolation=cv2.INTER_AREA).astype(int)
    paper = np.percentile(grey, 80)
    sides = (grey[:4], grey[-4:], grey[:, :4], grey[:, -4:])
    return sum(np.median(side) < 0.8 * paper for side in sides) >= 3


def _onto_paper(
    picture: np.ndarray, pixels_per_inch: float | None, corners: np.ndarray | None
) -> tuple[np.ndarray, tuple[int, int], float]:
    """Homography from the picture to a small page, the size of that page, and the pixels per inch that the full page shall have."""
    height, width = picture.shape[:2]
    if corners is None:
        if pixels_per_inch is None:
            pixels_per_inch = max(height, width) / A4[1]  # the paper fills the frame
            wanted = float(PHOTO)
        else:
            wanted = min(GREATEST, max(LEAST, pixels_per_inch))
        scale = SMALL / pixels_per_inch
        return np.diag([scale, scale, 1.0]), (round(width * scale), round(height * scale)), wanted
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    across, down = sides[0] + sides[2], sides[1] + sides[3]
    ratio = max(across, down) / min(across, down)
    if abs(ratio / A4_RATIO - 1) < 0.15:
        ratio = A4_RATIO  # what differs is perspective
    long, short = round(A4[1] * SMALL), round(A4[1] * SMALL / ratio)
    size = (long, short) if across > down else (short, long)
    margin = EDGE * SMALL
    left, top, right, bottom = -margin, -margin, size[0] + margin, size[1] + margin
    target = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    return cv2.getPerspectiveTransform(corners, target), size, float(PHOTO)


def _upright_turn(flat: np.ndarray, direction: DirectionReader, is_photo: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The turn (homography) that brings a small flat page upright and level, and the page and its letters after it."""
    height, width = flat.shape
    turn = np.eye(3)
    letters = _letters(ink(flat))
    if _is_sideways(letters):
        turn = np.array([[0, -1, height - 1], [1, 0, 0], [0, 0, 1.0]])  # a quarter clockwise
        flat, letters = cv2.rotate(flat, cv2.ROTATE_90_CLOCKWISE), cv2.rotate(letters, cv2.ROTATE_90_CLOCKWISE)
        height, width = flat.shape
    skew = find_skew(letters)
    slope = find_slope(letters, _lines(letters)) if is_photo else None
    if slope is not None and abs(slope - skew) > MISLED:
        skew = slope
    if abs(skew) > 0.05:
        level, (width, height) = _level(skew, width, height)
        turn = level @ turn
        # Of both only directions are asked: no more than the four pixels around a place count.
        flat, letters = (cv2.warpPerspective(one, level, (width, height), borderValue=paper) for one, paper in ((flat, 255), (letters, 0)))
    if direction.upside_down(flat, _lines(letters)):
        turn = np.array([[-1, 0, width - 1], [0, -1, height - 1], [0, 0, 1.0]]) @ turn
        flat, letters = cv2.rotate(flat, cv2.ROTATE_180), cv2.rotate(letters, cv2.ROTATE_180)
    return turn, flat, letters


def _level(skew: float, width: int, height: int) -> tuple[np.ndarray, tuple[int, int]]:
    """The rotation that takes a skew (degrees) away, on a page grown so that nothing is cut off."""
    slant = abs(np.radians(skew))
    grown = (round(width * np.cos(slant) + height * np.sin(slant)), round(width * np.sin(slant) + height * np.cos(slant)))
    matrix = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0), [0, 0, 1]])
    matrix[0, 2] += (grown[0] - width) / 2
    matrix[1, 2] += (grown[1] - height) / 2
    return matrix, grown


def _letters(black: np.ndarray) -> np.ndarray:
    """Ink without specks and without all that is longer than an inch or so: rules, tables, stamps, shadows."""
    return without_pieces(black, lambda width, height: 4 <= max(width, height) <= SMALL)


def _is_sideways(letters: np.ndarray) -> bool:
    """Whether the words run down the page. In tables of small digits lines lie as close as the letters of large print: a word's letters
    that stand closest are asked first, the others only where those tell little. A strip of grain at the sheet's edge is as long as the page
    and no word."""
    edge = round(GRAIN * min(letters.shape))
    letters = without_pieces(np.ascontiguousarray(letters[edge:-edge, edge:-edge]), _is_no_bar)
    middles = np.zeros_like(letters)
    for x, y, width, height in piece_boxes(letters):
        middles[y + height // 2, x + width // 2] = 1
    counted = cv2.integral(middles)
    for gap in (LETTER_GAP, WORD_GAP):
        down, across = (_words_along(letters, counted, axis, gap) for axis in (False, True))
        if max(down, across) > FEW:
            break
    return down > across


def _is_no_bar(width: int, height: int) -> bool:
    """Whether a piece is no bar of a table typed in box characters: these stand under one another as close as the letters of a word."""
    return min(width, height) > BAR or max(width, height) < LONG_BAR


def _words_along(letters: np.ndarray, counted: np.ndarray, across: bool, gap: int) -> float:
    """How much ink has the shape of words along one axis: the lengths of long thin blobs, in their own thickness. counted: the integral of
    the middles of single pieces of ink; gap: pixels between what is joined.

    At least three times as long as thick: shorter ones are letters of neighbouring lines that met. What was not joined from several
    letters must be longer: an l, an i with its dot, a bracket or a written 1 is no word, and a form that is hardly filled in has more of
    them than words.
    """
    joined = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, gap) if across else (gap, 1), np.uint8))
    found = 0.0
    for box in piece_boxes(joined):
        long, thick = box[2:] if across else box[:1:-1]
        if 6 <= thick <= 40 and long >= 3 * thick and (long >= LONE * thick or _pieces_in(box, counted) >= LETTERS):
            found += long / thick
    return found


def _pieces_in(box: tuple[int, int, int, int], counted: np.ndarray) -> int:
    """How many pieces of ink have their middle in a box (left, top, width, height)."""
    left, top, width, height = box
    bottom, right = top + height, left + width
    return int(counted[bottom, right] - counted[top, right] - counted[bottom, left] + counted[top, left])


def _lines(letters: np.ndarray) -> list[tuple[int, int, int, int]]:
    """Text lines as (left, top, width, height)."""
    joined = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, 21), np.uint8))
    return [(x, y, w, h) for x, y, w, h in piece_boxes(joined) if 7 <= h <= 45 and w >= 2.5 * h]


def find_skew(letters: np.ndarray) -> float:
    """Degrees by which text lines lean (positive: they fall to the right), by the sharpest projection profile."""
    y, x = np.nonzero(letters)
    if len(x) < 200:
        return 0.0
    down, across = y.astype(np.float32) + (letters.shape[1] + 0.5), x.astype(np.float32)
    some, most = (np.linspace(0, len(x) - 1, min(len(x), count)).astype(int) for count in (COARSELY, FINELY))
    coarse, fine = (down[some], across[some]), (down[most], across[most])
    best = 0.0
    for span, step, pixels in ((GREATEST_SKEW, 0.5, coarse), (0.5, 0.1, fine), (0.1, 0.02, fine)):
        angles = np.clip(best + np.arange(-span, span + step / 2, step), -GREATEST_SKEW, GREATEST_SKEW)
        best = float(max(angles, key=lambda degrees: _sharpness(*pixels, degrees)))
    return best


def _sharpness(down: np.ndarray, across: np.ndarray, degrees: float) -> float:
    """How sharply rows of ink and paper between them differ, of pixels seen along lines that lean so much. down: from far above the page,
    to the middle of a pixel, so that what is cut off rounds it."""
    rows = np.bincount((down - across * np.float32(np.tan(np.radians(degrees)))).astype(np.int32)).astype(float)
    return float(np.square(np.diff(rows)).sum())
