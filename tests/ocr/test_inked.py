"""What of a page the engine is given: its inked part, on white paper."""

from __future__ import annotations

import numpy as np

from ocr.geometry import flatten
from ocr.inked import inked_part, on_white_paper


def page() -> np.ndarray:
    """Paper with a grain, print in its middle, and specks at two corners."""
    grey = np.random.default_rng(5).integers(235, 256, (800, 600), dtype=np.uint8)
    grey[300:420:12, 200:400] = 0
    grey[300:420:12, 200:400:3] = 255
    grey[5, 5] = grey[790, 590] = 0
    return grey


def test_the_inked_part_leaves_out_empty_paper_and_specks() -> None:
    rows, columns = inked_part(page())
    assert 270 <= rows.start <= 300
    assert 409 <= rows.stop <= 440
    assert 170 <= columns.start <= 200
    assert 400 <= columns.stop <= 430


def test_all_of_an_empty_page_is_its_inked_part() -> None:
    assert inked_part(np.full((50, 40), 255, np.uint8)) == (slice(0, 50), slice(0, 40))


def test_the_inked_part_ends_with_the_page() -> None:
    rows, columns = inked_part(np.zeros((402, 303), np.uint8))
    assert page()[rows, columns].shape[0] >= 400
    assert (rows.start, columns.start) == (0, 0)


def test_paper_gets_white_and_ink_stays() -> None:
    white = on_white_paper(page())
    assert white[:250].min(where=white[:250] > 0, initial=255) == 255
    assert np.array_equal(white < 225, page() < 225)


def test_a_page_drawn_on_white_is_flat_already() -> None:
    grey = np.full((800, 600), 255, np.uint8)
    grey[300:320, 200:400] = 90
    assert np.array_equal(flatten(grey), grey)
    assert flatten(grey // 2 + 60)[0, 0] == 255  # not of grey paper
