"""What lies beneath a stamp, with the stamp's ink lifted off it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.ink import WORKING
from ocr.lifting import FadedInk
from ocr.stamps import Ring

THIN = 0.87  # of its darkness that a thin circle has at fewer pixels
PAPER, STROKE = 255, slice(198, 202)  # rows of a straight stroke of print, from outside the circle to its inside


def stamped(ring_ink: int, print_ink: int) -> FadedInk:
    """A page of 200 pixels per inch with a stroke of print across the left side of a stamp's circle; brightness of both inks, 0..255."""
    grey = np.full((400, 400), PAPER, np.uint8)
    cv2.circle(grey, (200, 200), 150, ring_ink, 5)
    grey[STROKE, 20:90] = print_ink
    ring = Ring(100.0, 100.0, 75.0, 1.0, 0.0, THIN * (255 - ring_ink))
    return FadedInk(grey, np.dstack([grey] * 3)[::2, ::2], ring, 2.0 * WORKING)


@pytest.mark.parametrize(("ring_ink", "print_ink", "crosses"), [(130, 30, True), (0, 0, False), (60, 50, False)])
def test_a_stamps_circle_is_taken_out_and_a_darker_stroke_across_it_stays(ring_ink: int, print_ink: int, crosses: bool) -> None:
    """In one bit, and under a stamp as black as print, nothing tells the stroke from the circle: both go, and the letters around stay."""
    page = stamped(ring_ink, print_ink)
    lifted = page.without_circles(0, 100, 200, 300)
    assert (lifted[20:60, 50:90] == PAPER).all()  # the circle above the stroke
    inside = lifted[98:102, 48:53]
    assert bool((inside == print_ink).any()) is crosses
    assert (lifted[98:102, 20:40] == print_ink).all()
