"""Finds the sheet of paper in a photo: the four corners of its edge.

No single mask finds every sheet (a shadow's edge fools plain thresholding), so several propose and one score chooses:
large, shaped like A4, convex, and with sharp edges under its sides (docs/reading.md, "Photos").
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

WORKING_SIDE = 800  # pixels of the longer side while searching
A4_RATIO = 2**0.5
LEAST_SHARE = 0.2  # of the picture
LEAST_SCORE = 0.25
SURE = 0.9  # from so good a score on no other mask moved a corner of 114 photos by more than 3 thousandths of the picture
BESIDE = (7, 9, 11, 13)  # pixels from a side at which paper and what lies beside it are compared
ALIKE = 7.0  # of 255 in each channel: the same paper


def find_sheet(picture: np.ndarray) -> np.ndarray | None:
    """Corners of the sheet in a colour picture as 4 x 2 float32 pixels (top left, top right, bottom right, bottom left), or None.

    None means that the paper fills the frame, or that no edge was good enough: the whole picture is then the page.
    """
    scale = min(1.0, WORKING_SIDE / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    edges = cv2.Canny(cv2.GaussianBlur(grey, (5, 5), 0), 25, 75)
    near_edge = cv2.distanceTransform(255 - edges, cv2.DIST_L2, 3) <= 3
    bright = 0.85 * float(np.percentile(grey, 95))
    best, best_score = None, LEAST_SCORE
    for mask in _masks(small, grey, edges):
        if best_score >= SURE:
            break
        for corners in _quadrilaterals(mask):
            score = _score(corners, mask, near_edge)
            if score > best_score and not _is_drawn(corners, small, bright):
                best, best_score = corners, score
    if best is None:
        return None
    return _in_order(best) / scale


def _masks(small: np.ndarray, grey: np.ndarray, edges: np.ndarray) -> Iterator[np.ndarray]:
    """Proposals of what is paper, as 0/255 pictures, those that cost most last."""
    blurred = cv2.medianBlur(grey, 9)
    yield cv2.threshold(blurred, 0, 255, cv2.THRESH_OTSU)[1]
    # Half of the brightest: paper in a deep shadow on a darker desk.
    for share in (0.35, 0.55, 0.75):
        yield ((blurred > share * np.percentile(blurred, 95)) * 255).astype(np.uint8)
    # What its edges enclose.
    closed = cv2.morphologyEx(cv2.dilate(edges, np.ones((3, 3), np.uint8)), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    filled = np.zeros_like(grey)
    cv2.drawContours(filled, outlines, -1, 255, cv2.FILLED)
    yield filled
    # Paper has little colour: a coloured desk under uneven light.
    hsv = cv2.cvtColor(small, cv2.COLOR_BGR2HSV)
    yield cv2.threshold(255 - cv2.medianBlur(hsv[..., 1], 9), 0, 255, cv2.THRESH_OTSU)[1]
    # What differs from the desk along the frame, in lightness and colour.
    lab = cv2.medianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2LAB), 9).astype(np.float32)
    band = max(4, min(grey.shape) // 40)
    sides = (lab[:band], lab[-band:], lab[:, :band], lab[:, -band:])
    frame = np.concatenate([side.reshape(-1, 3) for side in sides])
    lightness, redness, yellowness = cv2.split(lab - np.median(frame, axis=0))
    distance = np.sqrt(lightness**2 + redness**2 + yellowness**2)
    yield cv2.threshold(np.clip(distance, 0, 255).astype(np.uint8), 0, 255, cv2.THRESH_OTSU)[1]


def _quadrilaterals(mask: np.ndarray) -> Iterator[np.ndarray]:
    """Four-cornered outlines of the largest piece of a mask."""
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    outlines, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return
    largest = max(outlines, key=cv2.contourArea)
    if cv2.contourArea(largest) < LEAST_SHARE * mask.size:
        return
    hull = cv2.convexHull(largest)
    for tolerance in (0.01, 0.02, 0.03, 0.05, 0.08):
        corners = cv2.approxPolyDP(hull, tolerance * cv2.arcLength(hull, closed=True), closed=True)
        if len(corners) == 4:
            rough = _in_order(corners.reshape(4, 2).astype(np.float32))
            yield rough
            yield _fitted(rough, largest.reshape(-1, 2).astype(np.float32))
            return
    yield cv2.boxPoints(cv2.minAreaRect(hull)).astype(np.float32)


def _fitted(corners: np.ndarray, outline: np.ndarray) -> np.ndarray:
    """The same corners, more exactly: where straight lines fitted to the outline along each side meet."""
    lines = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = (end - start) / np.linalg.norm(end - start)
        offset = outline - start
        position = offset @ along / np.linalg.norm(end - start)
        away = np.abs(offset @ np.array([-along[1], along[0]]))
        side = outline[(position > 0.08) & (position < 0.92) & (away < 8)]
        if len(side) < 20:
            return corners
        dx, dy, x, y = cv2.fitLine(side, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append(np.array([-dy, dx, dy * x - dx * y]))
    meets = [np.cross(lines[i - 1], lines[i]) for i in range(4)]
    if any(abs(point[2]) < 1e-6 for point in meets):
        return corners
    fitted = np.array([point[:2] / point[2] for point in meets], np.float32)
    return fitted if np.abs(fitted - corners).max() < 20 else corners


def _is_drawn(corners: np.ndarray, small: np.ndarray, bright: float) -> bool:
    """Whether a quadrilateral is the frame of a table: paper on both sides of at least three of its sides. bright: of paper, in grey."""
    height, width = small.shape[:2]
    alike = 0
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = (end - start) / np.linalg.norm(end - start)
        outward = np.array([along[1], -along[0]])  # the corners go clockwise
        points = start + (end - start) * np.linspace(0.05, 0.95, 60)[:, None]
        medians = []
        for side in (-1, 1):
            x, y = np.round(np.concatenate([points + side * away * outward for away in BESIDE])).astype(int).T
            within = (x >= 0) & (y >= 0) & (x < width) & (y < height)
            medians.append(np.median(small[y[within], x[within]], axis=0) if within.mean() > 0.5 else None)
        inside, outside = medians
        if inside is None or outside is None:
            continue
        alike += bool(np.abs(inside - outside).max() < ALIKE and outside.mean() > bright)
    return alike >= 3


def _score(corners: np.ndarray, mask: np.ndarray, near_edge: np.ndarray) -> float:
    """0..1: how much like a sheet of paper a quadrilateral is."""
    if not cv2.isContourConvex(corners.reshape(-1, 1, 2)):
        return 0.0
    area = cv2.contourArea(corners) / mask.size
    if not LEAST_SHARE <= area <= 0.985:
        return 0.0
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    if min(sides[0], sides[2]) / max(sides[0], sides[2]) < 0.6 or min(sides[1], sides[3]) / max(sides[1], sides[3]) < 0.6:
        return 0.0
    ratio = max(sides[0] + sides[2], sides[1] + sides[3]) / min(sides[0] + sides[2], sides[1] + sides[3])
    a4_like = float(np.exp(-((np.log(ratio / A4_RATIO) / 0.25) ** 2)))
    inside = np.zeros_like(mask)
    cv2.fillConvexPoly(inside, corners.astype(np.int32), 255)
    covered = np.count_nonzero(inside & mask) / max(1, np.count_nonzero(inside))
    spilled = np.count_nonzero(mask & ~inside) / max(1, np.count_nonzero(mask))
    return a4_like * min(1.0, area / 0.35) * covered * (1 - spilled) * _sharpness(corners, near_edge)


def _sharpness(corners: np.ndarray, near_edge: np.ndarray) -> float:
    """Share of the outline that lies on a sharp edge or on the frame of the picture; a shadow's edge is soft."""
    steps = np.linspace(0.02, 0.98, 100)[:, None]
    points = np.concatenate([a + (b - a) * steps for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True)])
    height, width = near_edge.shape
    x, y = np.round(points).astype(int).T
    at_frame = (x <= 3) | (y <= 3) | (x >= width - 4) | (y >= height - 4)
    on_edge = near_edge[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)]
    return float(np.mean(np.maximum(on_edge, at_frame * 0.6)))


def _in_order(corners: np.ndarray) -> np.ndarray:
    """Clockwise from the top left, as 4 x 2 float32."""
    centre = corners.mean(axis=0)
    around = corners[np.argsort(np.arctan2(corners[:, 1] - centre[1], corners[:, 0] - centre[0]))]
    first = int(np.argmin(around.sum(axis=1)))
    return np.roll(around, -first, axis=0).astype(np.float32)
