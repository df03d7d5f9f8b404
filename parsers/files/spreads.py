"""Several sheets on one picture: parted before anything is read, so that each becomes a page (docs/opening.md, "Pictures").

Two kinds: sheets side by side on a desk, told by the desk between them, and two facing pages under one scanner's lid, told by the empty
strip down the middle. In doubt a picture is one page.
"""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

WORKING_SIDE = 800  # pixels of the longer side while searching
_LEAST_SHARE, _MOST_SHEETS = 0.1, 4  # of the picture; sheets in it
_RATIO = (1.2, 1.75)  # of a sheet's sides, A4 in perspective
_FILLED = 0.85  # of the rectangle around a sheet
_ALIKE = 0.45  # the smaller sheet's area in that of the largest
_MARGIN = 0.02  # of the picture, around a sheet that is cut out
_FILLS = 0.9  # of the picture: paper under a scanner's lid
_SPREAD = (1.25, 1.65)  # width by height of two facing pages
_STRIP = 0.025  # of the width: the empty strip between them
_INKED = 0.004  # of a half's pixels: a page with something on it


def parted(picture: Image.Image) -> list[Image.Image]:
    """The pages in a picture in reading order; the picture itself where it shows one."""
    scale = min(1.0, WORKING_SIDE / max(picture.size))
    small = picture.convert("RGB").resize(
        (max(1, round(picture.width * scale)), max(1, round(picture.height * scale))), Image.Resampling.BOX
    )
    pixels = np.asarray(small)
    sheets = _sheets(pixels)
    if len(sheets) >= 2:
        return [_cut_out(picture, sheets, n, scale) for n in range(len(sheets))]
    fills = all(cv2.contourArea(sheet) > _FILLS * pixels.shape[0] * pixels.shape[1] for sheet in sheets)
    middle = _strip(pixels) if fills else None
    if middle is None:
        return [picture]
    at = round(middle / scale)
    return [picture.crop((0, 0, at, picture.height)), picture.crop((at, 0, picture.width, picture.height))]


def _sheets(pixels: np.ndarray) -> list[np.ndarray]:
    """Outlines of the sheets (4 x 2 float32, in reading order) where there are several alike, else of the only one, or none."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    pale = 255 - cv2.medianBlur(cv2.cvtColor(pixels, cv2.COLOR_RGB2HSV)[..., 1], 5)
    best: list[np.ndarray] = []
    blurred = cv2.medianBlur(grey, 5)
    for mask in (
        cv2.threshold(blurred, 0, 255, cv2.THRESH_OTSU)[1],
        *(((blurred > share * np.percentile(blurred, 95)) * 255).astype(np.uint8) for share in (0.5, 0.65, 0.8)),
        cv2.threshold(pale, 0, 255, cv2.THRESH_OTSU)[1],
    ):
        found = _pieces(mask)
        if len(found) > len(best):
            best = found
    return sorted(best, key=lambda box: (round(box[:, 1].mean() / pixels.shape[0] * 2), box[:, 0].mean()))


def _pieces(mask: np.ndarray) -> list[np.ndarray]:
    """Rectangles around pieces of a mask that are sheets; none where one touches three sides of the picture: that is the picture."""
    whole = cv2.morphologyEx(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8)), cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    outlines, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found: list[tuple[float, np.ndarray]] = []
    for outline in outlines:
        hull = cv2.convexHull(outline)
        area = cv2.contourArea(hull)
        if area < _LEAST_SHARE * mask.size:
            continue
        (_, _), (one, two), _ = rectangle = cv2.minAreaRect(hull)
        filled = cv2.contourArea(outline) / max(1.0, one * two)
        if filled < _FILLED or not _RATIO[0] <= max(one, two) / max(1.0, min(one, two)) <= _RATIO[1]:
            return []  # what is large and no sheet makes the rest doubtful
        found.append((area, cv2.boxPoints(rectangle).astype(np.float32)))
    largest = max((area for area, _ in found), default=0.0)
    if len(found) > _MOST_SHEETS or any(area < _ALIKE * largest for area, _ in found):
        return []
    return [box for _, box in found]


def _cut_out(picture: Image.Image, sheets: list[np.ndarray], wanted: int, scale: float) -> Image.Image:
    """One sheet with a margin of desk around it; what of its neighbours would show is painted over with the desk's colour."""
    box = sheets[wanted] / scale
    margin = _MARGIN * max(picture.size)
    left, top = (int(max(0, v - margin)) for v in box.min(axis=0))
    right, bottom = (int(min(most, v + margin)) for v, most in zip(box.max(axis=0), picture.size, strict=True))
    cut = np.array(picture.crop((left, top, right, bottom)))
    others = np.zeros(cut.shape[:2], np.uint8)
    for n, other in enumerate(sheets):
        if n != wanted:
            cv2.fillConvexPoly(others, _grown(other / scale, margin / 3).astype(np.int32) - (left, top), 255)
    own = np.zeros_like(others)
    cv2.fillConvexPoly(own, box.astype(np.int32) - (left, top), 255)
    desk = cut[(own == 0) & (others == 0)]
    cut[(others > 0) & (own == 0)] = np.median(desk, axis=0).astype(np.uint8) if len(desk) else 0
    return Image.fromarray(cut)


def _grown(box: np.ndarray, by: float) -> np.ndarray:
    centre = box.mean(axis=0)
    away = box - centre
    return centre + away * (1 + by / np.maximum(1.0, np.linalg.norm(away, axis=1, keepdims=True)))


def _strip(pixels: np.ndarray) -> float | None:
    """Where the empty strip between two facing pages is, in pixels from the left; None where there is none."""
    height, width = pixels.shape[:2]
    if not _SPREAD[0] <= width / height <= _SPREAD[1]:
        return None
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    paper = cv2.morphologyEx(cv2.medianBlur(grey, 3), cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    ink = ((cv2.subtract(paper, grey) > 40) * 255).astype(np.uint8)
    if not _runs_along(ink):
        return None
    inked = ink[round(0.02 * height) : round(0.98 * height)].sum(axis=0) > 255  # one speck is none
    middle = range(round(0.44 * width), round(0.56 * width))
    runs: list[tuple[int, int]] = []
    for x in middle:
        if inked[x]:
            continue
        if runs and runs[-1][1] == x:
            runs[-1] = runs[-1][0], x + 1
        else:
            runs.append((x, x + 1))
    start, end = max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
    halves = ink[:, : width // 2], ink[:, width // 2 :]
    if end - start < _STRIP * width or any(np.count_nonzero(half) < _INKED * half.size for half in halves):
        return None
    return (start + end) / 2


def _runs_along(ink: np.ndarray) -> bool:
    """Whether the lines of text run across the picture: on a page that lies on its side the strip is a gap between paragraphs."""

    def blobs(kernel: tuple[int, int], swap: bool) -> int:
        joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(kernel, np.uint8))
        _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
        long, thick = (
            stats[1:, cv2.CC_STAT_HEIGHT if swap else cv2.CC_STAT_WIDTH],
            stats[1:, cv2.CC_STAT_WIDTH if swap else cv2.CC_STAT_HEIGHT],
        )
        real = (thick >= 3) & (thick <= 20) & (long >= 3 * thick)
        return int(long[real].sum())

    return blobs((1, 7), swap=False) > 2 * blobs((7, 1), swap=True)
