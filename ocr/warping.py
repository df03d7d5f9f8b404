"""A picture through a homography and the bend of its sheet, as carefully as what is there needs: ink is sampled from four pixels each
way, bare paper, half of a page, from the nearest one, at a quarter of the cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ocr.curl import Bend, unbent_places

TILE = 16  # pixels of the small page, 3 mm
PAPER = 232  # of 255 in a flattened picture: pale stamps are darker, grain seldom
LEAST_INK = 0.03  # share of a tile


@dataclass(frozen=True, slots=True)
class Strip:
    """Rows of the small page, in its pixels, and between which columns their ink stands; both ends are 0 where there is none."""

    top: int
    bottom: int
    left: int
    right: int


def inked_strips(flat: np.ndarray) -> tuple[Strip, ...]:
    """The strips of a small flattened page (grey, uint8), from its top to its bottom; a tile beside one with ink counts as inked."""
    height, width = flat.shape
    dark = cv2.threshold(flat, PAPER, 1, cv2.THRESH_BINARY_INV)[1].astype(np.float32)
    across, down = -(-width // TILE), -(-height // TILE)
    dark = cv2.copyMakeBorder(dark, 0, down * TILE - height, 0, across * TILE - width, cv2.BORDER_REPLICATE)
    inked = cv2.resize(dark, (across, down), interpolation=cv2.INTER_AREA) > LEAST_INK
    inked = cv2.dilate(inked.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    strips: list[Strip] = []
    for row, tiles in enumerate(inked):
        columns = np.flatnonzero(tiles)
        left, right = (int(columns[0]) * TILE, min(width, int(columns[-1] + 1) * TILE)) if len(columns) else (0, 0)
        bottom = min(height, (row + 1) * TILE)
        if strips and (strips[-1].left, strips[-1].right) == (left, right):
            strips[-1] = Strip(strips[-1].top, bottom, left, right)
        else:
            strips.append(Strip(row * TILE, bottom, left, right))
    return tuple(strips)


def warp(
    picture: np.ndarray,
    matrix: np.ndarray,
    size: tuple[int, int],
    bend: Bend | None = None,
    enlarge: float = 1.0,
    strips: Sequence[Strip] = (),
) -> np.ndarray:
    """The picture through a homography; averaged first where it shrinks much, so that thin strokes survive. bend: of the sheet on the
    small page, `enlarge` times smaller than the one wanted, to be taken out; strips: of that small page, where they are known."""
    shrink = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    if shrink <= 0.5:
        times = int(1 / shrink)
        picture, matrix, shrink = averaged(picture, times), matrix @ np.diag([times, times, 1.0]), shrink * times
    if shrink < 0.67:
        # In colour only marks are looked for: there two pixels each way are enough, at a sixth of the cost.
        less = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA if picture.ndim == 2 else cv2.INTER_LINEAR)
        exact = np.diag([picture.shape[1] / less.shape[1], picture.shape[0] / less.shape[0], 1.0])
        picture, matrix = less, matrix @ exact
    elif picture.ndim == 3 and shrink < 1 and np.allclose(matrix, np.diag([shrink, shrink, 1.0]), atol=1e-6):
        return cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR)  # a small copy of a scan, averaged above
    if bend is None and np.allclose(matrix, np.eye(3), atol=2e-3) and picture.shape[1::-1] == size:
        return picture
    places = None if bend is None else unbent_places(matrix, bend, size, enlarge)
    if not strips:
        return _part(picture, matrix, places, (0, 0, *size), cv2.INTER_CUBIC)
    out = np.empty((size[1], size[0], *picture.shape[2:]), np.uint8)
    for (left, top, right, bottom), sampling in _parts(strips, size, enlarge):
        out[top:bottom, left:right] = _part(picture, matrix, places, (left, top, right, bottom), sampling)
    return out


def averaged(picture: np.ndarray, times: int) -> np.ndarray:
    """The picture so many times smaller, each pixel the mean of a square; a whole number is several times cheaper than any other.
    What is left over at the right and below is cut off."""
    height, width = max(1, picture.shape[0] // times), max(1, picture.shape[1] // times)
    return cv2.resize(picture[: height * times, : width * times], (width, height), interpolation=cv2.INTER_AREA)


def _parts(strips: Sequence[Strip], size: tuple[int, int], enlarge: float) -> Iterator[tuple[tuple[int, int, int, int], int]]:
    """Left, top, right and bottom of the parts of a page of that size, and how each is sampled."""
    for n, strip in enumerate(strips):
        top, left, right = (round(side * enlarge) for side in (strip.top, strip.left, strip.right))
        bottom = size[1] if n == len(strips) - 1 else round(strip.bottom * enlarge)
        parts = (((0, left), cv2.INTER_NEAREST), ((left, right), cv2.INTER_CUBIC), ((right, size[0]), cv2.INTER_NEAREST))
        for (start, end), sampling in parts:
            end = min(end, size[0])
            if start < end and top < bottom:
                yield (start, top, end, bottom), sampling


def _part(
    picture: np.ndarray,
    matrix: np.ndarray,
    places: tuple[np.ndarray, np.ndarray] | None,
    part: tuple[int, int, int, int],
    sampling: int,
) -> np.ndarray:
    """A part of the page: by where each of its pixels comes from, or else through the homography."""
    left, top, right, bottom = part
    if places is not None:
        across, down = (one[top:bottom, left:right] for one in places)
        return cv2.remap(picture, across, down, sampling, borderMode=cv2.BORDER_REPLICATE)
    moved = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1.0]]) @ matrix
    return cv2.warpPerspective(picture, moved, (right - left, bottom - top), flags=sampling, borderMode=cv2.BORDER_REPLICATE)
