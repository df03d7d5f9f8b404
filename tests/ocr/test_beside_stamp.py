"""Of a place that a stamp covers in part what stands clear of its ring is looked at, and nothing of the ring itself."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from metering.pages import Box, Page, PageSource
from ocr.beside_stamp import writing_beside

SCALE = 200 / 72
PLACE = Box(100, 78, 300, 103)  # over a line to write on
STAMP = Box(150, 80, 260, 190)


def sheet(name_at: float | None, *, stroke: bool = False) -> np.ndarray:
    """A line to write on, a stamp whose ring crosses it, a name from there on, and a pen's stroke that comes from the left."""
    grey = np.full((round(200 * SCALE), round(400 * SCALE)), 255, np.uint8)

    def at(x: float, y: float) -> tuple[int, int]:
        return round(x * SCALE), round(y * SCALE)

    cv2.line(grey, at(100, 100), at(300, 100), 60, 2)
    for radius in (55, 52, 30):
        cv2.circle(grey, at(*STAMP.middle), round(radius * SCALE), 90, 3)
    if name_at is not None:
        cv2.putText(grey, "Karimov A.", at(name_at, 97), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.0, 40, 2)
    if stroke:
        cv2.polylines(grey, [np.array([at(80, 85), at(120, 95), at(140, 83), at(150, 92)])], False, 40, 3)
    return grey


def clear_of_stamp(grey: np.ndarray) -> np.ndarray | None:
    return writing_beside(grey, Page(1, 400, 200, (), PageSource.OCR), PLACE, STAMP)


@pytest.mark.parametrize("name_at", [105.0, 235.0], ids=["before the ring", "behind it"])
def test_letters_beside_a_ring_are_seen(name_at: float) -> None:
    line = clear_of_stamp(sheet(name_at))
    assert line is not None
    assert line.min() < 100


@pytest.mark.parametrize("name_at", [None, 175.0], ids=["no name", "within the ring"])
def test_a_ring_and_what_it_covers_are_no_letters(name_at: float | None) -> None:
    assert clear_of_stamp(sheet(name_at)) is None


def test_a_signature_that_reaches_into_the_place_is_no_name() -> None:
    assert clear_of_stamp(sheet(None, stroke=True)) is None
