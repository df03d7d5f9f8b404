"""The skew of a page's lines is told to a twentieth of a degree, whichever way they lean."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.geometry import find_skew

WIDTH, HEIGHT = 1034, 1462


@pytest.mark.parametrize("degrees", [-2.2, -0.3, -0.1, 0.0, 0.1, 0.3, 2.2])
def test_lines_that_lean(degrees: float) -> None:
    letters, chance = np.zeros((HEIGHT, WIDTH), np.uint8), np.random.default_rng(7)
    for row in range(200, 1200, 34):
        for column in range(120, 900, 12):
            letters[row : row + 9, column : column + chance.integers(0, 9)] = 255  # a letter
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), -degrees, 1.0)
    leaning = cv2.warpAffine(letters, turn, (WIDTH, HEIGHT), flags=cv2.INTER_NEAREST)
    assert find_skew(leaning) == pytest.approx(degrees, abs=0.05)


def test_a_page_with_next_to_no_letters_does_not_lean() -> None:
    assert find_skew(np.zeros((HEIGHT, WIDTH), np.uint8)) == 0.0
