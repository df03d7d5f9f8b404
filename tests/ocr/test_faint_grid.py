"""The pale lines of a printed spreadsheet make cells; what is pale and crosses nothing makes none."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.rules import LinePicture, find_cells, find_rules

DPI = 200
LEVEL, UPRIGHT = (200, 290, 380, 470, 560), (150, 450, 700, 950, 1250)


def page(grey: int, level: tuple[int, ...] = LEVEL, upright: tuple[int, ...] = UPRIGHT) -> np.ndarray:
    """A scanned sheet with a few words and lines of that brightness, one pixel thick."""
    sheet = np.full((2339, 1654), 255, np.uint8)
    for y in level:
        cv2.line(sheet, (UPRIGHT[0], y), (UPRIGHT[-1], y + 2), grey, 1)  # a scan leans a little
    for x in upright:
        cv2.line(sheet, (x, LEVEL[0]), (x + 1, LEVEL[-1]), grey, 1)
    for row, y in enumerate(LEVEL[:-1]):
        for column, x in enumerate(UPRIGHT[:-1]):
            cv2.putText(sheet, f"{row * 7919 + column * 104729}", (x + 20, y + 60), cv2.FONT_HERSHEY_SIMPLEX, 1, 40, 2)
    grain = np.random.default_rng(1).normal(0, 3, sheet.shape)
    return (cv2.GaussianBlur(sheet, (0, 0), 0.6) + grain).clip(0, 255).astype(np.uint8)


def cells(grey: np.ndarray) -> int:
    return len(find_cells(LinePicture.of(grey, DPI)))


def test_pale_lines_that_cross_are_cells() -> None:
    assert cells(page(200)) == cells(page(60)) == 16
    assert len(find_rules(LinePicture.of(page(200), DPI))) >= len(LEVEL) + len(UPRIGHT)


def test_pale_lines_without_others_across_are_none() -> None:
    assert find_rules(LinePicture.of(page(200, upright=()), DPI)) == ()
    assert cells(page(200, upright=UPRIGHT[:2])) == 0


def test_a_page_of_words_has_no_grid() -> None:
    assert cells(page(255)) == 0
    assert find_rules(LinePicture.of(page(255), DPI)) == ()
