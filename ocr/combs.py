"""The boxes of a form's comb: cut out of the flat page, and each read by two readers that know nothing of each other (docs/form.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from metering.form_layout import Comb
from metering.forms import BoxReading
from metering.pages import Box
from ocr.digits import DigitReader
from ocr.form import PIXELS_PER_INCH
from ocr.second_reader import SecondReader


@dataclass(frozen=True, slots=True)
class BoxCrop:
    """The inside of one box, grey, without its lines: `digit` is the ink with a little paper around it, None where it is empty."""

    inside: np.ndarray
    digit: np.ndarray | None


_SHIFT = 1.6  # millimetres by which a comb may be beside its place: paper bends
_INSET = 0.45  # millimetres within a box's edge where its line may be
_INK = 180  # darker than this is ink, of 255: a thin pen on a coarse scan is pale
_LEAST_INK, _LEAST_HEIGHT = 0.45, 1.4  # square millimetres and millimetres: less is a speck


def cut_boxes(grey: np.ndarray, comb: Comb) -> tuple[BoxCrop, ...]:
    """The boxes of a comb on a flat page at PIXELS_PER_INCH, the comb first brought over its printed lines."""
    right, down = _offset(grey, comb)
    return tuple(_cut(grey, box, right, down) for box in comb.boxes)


def _cut(grey: np.ndarray, box: Box, right: float, down: float) -> BoxCrop:
    scale, inset = PIXELS_PER_INCH / 72, _INSET * PIXELS_PER_INCH / 25.4
    left, top = round(box.left * scale + right + inset), round(box.top * scale + down + inset)
    inside = grey[top : round(box.bottom * scale + down - inset), left : round(box.right * scale + right - inset)].copy()
    dark = (inside < _INK).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    millimetre = PIXELS_PER_INCH / 25.4
    height, width = inside.shape
    for label in range(1, count):
        x, y, w, h, area = stats[label]
        along_edge = (w <= 0.35 * millimetre and (x == 0 or x + w == width)) or (h <= 0.35 * millimetre and (y == 0 or y + h == height))
        if along_edge or area < 0.04 * millimetre**2:  # what is left of a line, or dust
            inside[cv2.dilate((labels == label).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = 255
            dark[labels == label] = 0
    rows, columns = np.nonzero(dark)
    if len(rows) < _LEAST_INK * millimetre**2 or np.ptp(rows) < _LEAST_HEIGHT * millimetre:
        return BoxCrop(inside, None)
    return BoxCrop(inside, _around(inside, rows, columns))


def _around(inside: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The ink with paper of a quarter of its height on every side."""
    cut = inside[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    margin = max(4, cut.shape[0] // 4)
    return cv2.copyMakeBorder(cut, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=255)


def _offset(grey: np.ndarray, comb: Comb) -> tuple[float, float]:
    """Pixels right and down by which the printed comb lies beside its place; (0, 0) where its lines are too pale to tell."""
    scale, reach = PIXELS_PER_INCH / 72, round(_SHIFT * PIXELS_PER_INCH / 25.4)
    around = comb.around
    left, top = round(around.left * scale), round(around.top * scale)
    drawn = np.zeros((round(around.height * scale) + 1, round(around.width * scale) + 1), np.float32)
    for box in comb.boxes:
        start = round(box.left * scale) - left, round(box.top * scale) - top
        cv2.rectangle(drawn, start, (round(box.right * scale) - left - 1, round(box.bottom * scale) - top - 1), 1.0, 2)
    y, x = top - reach, left - reach
    height, width = drawn.shape
    window = grey[max(0, y) : top + height + reach, max(0, x) : left + width + reach]
    if window.shape != (height + 2 * reach, width + 2 * reach):
        return 0.0, 0.0
    # Lines are thin and of one darkness; digits are darker: what counts is that there is something.
    lines = np.minimum(255 - cv2.GaussianBlur(window, (3, 3), 0), 110).astype(np.float32)
    match = cv2.matchTemplate(lines, cv2.GaussianBlur(drawn, (3, 3), 0), cv2.TM_CCOEFF_NORMED)
    _, best, _, at = cv2.minMaxLoc(match)
    return (float(at[0] - reach), float(at[1] - reach)) if best > 0.25 else (0.0, 0.0)


class CombReader:
    """One a worker process. Not safe for threads."""

    def __init__(self, second: SecondReader) -> None:
        self._second = second
        self._digits = DigitReader()

    def read(self, grey: np.ndarray, comb: Comb) -> tuple[BoxReading, ...]:
        """What stands in each box of a comb on a flat page (uint8, PIXELS_PER_INCH), in order."""
        crops = cut_boxes(grey, comb)
        inked = [crop for crop in crops if crop.digit is not None]
        chances = iter(self._digits.read([crop.digit for crop in inked if crop.digit is not None]))
        together = self._together(inked)
        out = []
        for crop in crops:
            if crop.digit is None:
                out.append(BoxReading(inked=False))
                continue
            alone, _ = self._second.read(crop.digit)
            out.append(BoxReading(True, next(together), alone if len(alone) == 1 else "", tuple(float(c) for c in next(chances))))
        return tuple(out)

    def _together(self, inked: list[BoxCrop]) -> Iterator[str]:
        """The digits of a whole comb as the second reader sees them side by side; "" for each where it sees more or fewer."""
        if not inked:
            return iter(())
        height = max(crop.inside.shape[0] for crop in inked)
        insides = [cv2.copyMakeBorder(c.inside, 0, height - c.inside.shape[0], 0, 0, cv2.BORDER_CONSTANT, value=255) for c in inked]
        line = cv2.copyMakeBorder(np.hstack(insides), 4, 4, 12, 12, cv2.BORDER_CONSTANT, value=255)
        text, _ = self._second.read(line)
        return iter(text) if len(text) == len(inked) else iter([""] * len(inked))


def is_inked(grey: np.ndarray, place: Box) -> bool:
    """Whether something is written in a place that has a printed line below: ink of a few letters that is not that line."""
    scale, millimetre = PIXELS_PER_INCH / 72, PIXELS_PER_INCH / 25.4
    inside = grey[
        round(place.top * scale) : round(place.bottom * scale + millimetre), round(place.left * scale) : round(place.right * scale)
    ]
    _, _, stats, _ = cv2.connectedComponentsWithStats((inside < _INK).astype(np.uint8), connectivity=8)
    height, area = stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_AREA]
    written = (height > 1.0 * millimetre) & (area > 0.15 * millimetre**2)
    return int(area[written].sum()) > 1.0 * millimetre**2
