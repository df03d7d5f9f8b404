"""Finds the digits of a meter's display on a photo, seven-segment or on drums, and has them read (docs/reading.md, "Displays").

Not for pages: what it looks for is one row of large signs of one height.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from ocr.second_reader import SecondReader

WORKING_SIDE = 1000  # pixels of the longer side while searching
_FEWEST, _MOST = 3, 10  # digits in a row
_HEIGHTS = (0.05, 0.35)  # of the picture's longer side
_SURE = 0.5  # mean probability of the characters from which a row was read

Box = tuple[int, int, int, int]  # left, top, right, bottom, pixels


@dataclass(frozen=True, slots=True)
class DisplayReading:
    """digits: as read, with a decimal point where one was seen; confidence: the reader's; box: in parts of the picture's size."""

    digits: str
    confidence: float
    box: tuple[float, float, float, float]


def read_display(picture: np.ndarray, reader: SecondReader) -> DisplayReading | None:
    """The likeliest display in a picture (height x width x 3, BGR); None where there is none."""
    scale = min(1.0, WORKING_SIDE / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    best: DisplayReading | None = None
    best_worth = 0.0
    for row in _whole(list(_rows(grey))):
        text, confidence = _read(grey, row, reader)
        digits = sum(c.isdigit() for c in text)
        if not (_FEWEST <= digits <= _MOST and confidence >= _SURE):
            continue
        worth = confidence * (row[0][3] - row[0][1]) * digits
        if worth > best_worth:
            box = _around(row)
            height, width = grey.shape
            place = box[0] / width, box[1] / height, box[2] / width, box[3] / height
            best, best_worth = DisplayReading(_with_mark(text, small, grey, row), confidence, place), worth
    return best


def _rows(grey: np.ndarray) -> Iterator[list[Box]]:
    """Rows of signs of one height, from left to right: dark on light and light on dark, with the gaps between segments closed."""
    side = max(grey.shape)
    blurred = cv2.GaussianBlur(grey, (5, 5), 0)
    for inverted, gap in itertools.product((False, True), (0.006, 0.012, 0.02)):
        lines = cv2.bitwise_not(blurred) if inverted else blurred
        window = round(0.25 * side) | 1
        ink = cv2.adaptiveThreshold(lines, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, 18)
        size = max(3, round(gap * side))
        joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((size, max(3, size // 2)), np.uint8))
        _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
        signs = [
            (int(x), int(y), int(x + w), int(y + h))
            for x, y, w, h, area in stats[1:]
            if _HEIGHTS[0] * side < h < _HEIGHTS[1] * side and 0.08 * h < w < 1.0 * h and area > 0.12 * w * h
        ]
        yield from _in_rows(sorted(signs))


def _in_rows(signs: list[Box]) -> Iterator[list[Box]]:
    """Signs of nearly one height, each beside the one before it, none further away than two of its height."""
    left = list(signs)
    while left:
        row = [left.pop(0)]
        for sign in list(left):
            last = row[-1]
            high, other = last[3] - last[1], sign[3] - sign[1]
            beside = abs((sign[1] + sign[3]) - (last[1] + last[3])) < 0.5 * high and sign[0] > last[0] + 0.1 * high
            if beside and 0.7 < other / high < 1.4 and sign[0] - last[2] < 1.2 * high:
                row.append(sign)
                left.remove(sign)
        if _FEWEST <= len(row) <= _MOST:
            yield row


def _whole(rows: list[list[Box]]) -> Iterator[list[Box]]:
    """The rows, and of those on one line the signs of all together: one look misses a digit in the glare that another one has."""
    yield from rows
    groups: list[list[list[Box]]] = []
    for row in rows:
        _, top, _, bottom = _around(row)
        for group in groups:
            _, upper, _, lower = _around(group[0])
            if min(bottom, lower) - max(top, upper) > 0.7 * max(bottom - top, lower - upper):
                group.append(row)
                break
        else:
            groups.append([row])
    for group in groups:
        signs: list[Box] = []
        for sign in sorted((sign for row in group for sign in row), key=lambda b: (b[0], -b[2])):
            if not signs or sign[0] > signs[-1][2] - 0.3 * (sign[2] - sign[0]):
                signs.append(sign)
        if len(group) > 1 and _FEWEST <= len(signs) <= _MOST:
            yield signs


def _around(row: list[Box]) -> Box:
    return min(b[0] for b in row), min(b[1] for b in row), max(b[2] for b in row), max(b[3] for b in row)


def _read(grey: np.ndarray, row: list[Box], reader: SecondReader) -> tuple[str, float]:
    """The row as the reader sees it at two sharpnesses, level, dark on light; the surer of the two."""
    first, last = row[0], row[-1]
    tilt = np.degrees(np.arctan2((last[1] + last[3] - first[1] - first[3]) / 2, max(1, (last[0] + last[2] - first[0] - first[2]) / 2)))
    left, top, right, bottom = _around(row)
    centre = (left + right) / 2, (top + bottom) / 2
    level = cv2.warpAffine(grey, cv2.getRotationMatrix2D(centre, tilt, 1), grey.shape[::-1], borderMode=cv2.BORDER_REPLICATE)
    high = max(b[3] - b[1] for b in row)
    edge = round(0.25 * high)
    upper, lower = max(0, round(centre[1] - high / 2) - edge), round(centre[1] + high / 2) + edge
    crop = level[upper:lower, max(0, left - 2 * edge) : right + 2 * edge]
    if crop.size == 0:
        return "", 0.0
    soft = cv2.GaussianBlur(crop, (0, 0), max(0.8, 0.04 * high))
    return max((reader.read(crop), reader.read(soft)), key=lambda found: found[1])


def _with_mark(text: str, small: np.ndarray, grey: np.ndarray, row: list[Box]) -> str:
    """The digits with their decimal point: as read, else where a dot stands at the foot of two, else where the drums change colour."""
    plain = text.replace(",", ".").replace("-", "")
    digits = plain.replace(".", "")
    if plain.count(".") == 1 and not plain.endswith("."):
        return plain
    if len(row) != len(digits):
        return digits
    behind = _dot(grey, row) or _colour(small, row)
    return f"{digits[:behind]}.{digits[behind:]}" if behind and behind < len(digits) else digits


def _dot(grey: np.ndarray, row: list[Box]) -> int | None:
    """After how many digits a dot stands; None where none or several do. It is a piece of ink of its own, small, at the digits' foot."""
    left, top, right, bottom = _around(row)
    high = float(np.median([b[3] - b[1] for b in row]))
    lower = min(grey.shape[0], round(bottom + 0.1 * high))
    strip = cv2.GaussianBlur(grey[top:lower, left:right], (3, 3), 0)
    ink = cv2.adaptiveThreshold(strip, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, round(1.2 * high) | 1, 18)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    found = []
    for x, y, wide, tall, area in stats[1:]:
        is_dot = 0.05 * high < wide < 0.15 * high and 0.05 * high < tall < 0.15 * high and area > 0.55 * wide * tall
        middle = left + x + wide / 2
        foot = min(row, key=lambda b: abs((b[0] + b[2]) / 2 - middle))[3]
        if is_dot and abs(top + y + tall - foot) < 0.1 * high:
            found.append(sum((b[0] + b[2]) / 2 < middle for b in row))
    return found[0] if len(found) == 1 else None


def _colour(small: np.ndarray, row: list[Box]) -> int | None:
    """After how many digits the drums turn red; None where they do not."""
    hsv = cv2.cvtColor(small, cv2.COLOR_BGR2HSV)
    red = []
    for left, top, right, bottom in row:
        cell = hsv[top:bottom, left:right].reshape(-1, 3)
        red.append(float(np.mean(((cell[:, 0] < 12) | (cell[:, 0] > 168)) & (cell[:, 1] > 110) & (cell[:, 2] > 60))) > 0.25)
    first = red.index(True) if True in red else None
    return first if first and all(red[first:]) else None
