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


def photographed(row: int = 80) -> np.ndarray:
    """A spreadsheet's head and one row of figures, so many pixels high, in the grain of a photo; one line of three is as dark as ink."""
    sheet = np.full((2339, 1654), 250, np.uint8)
    level = [400 + n * row for n in range(3)]
    for n, y in enumerate(level):
        cv2.line(sheet, (UPRIGHT[0], y), (UPRIGHT[-1], y + 2), 60 if n == 2 else 175, 2)
    for x in UPRIGHT:
        cv2.line(sheet, (x, level[0]), (x, level[-1]), 175, 2)
    for y in level[:-1]:
        for column, x in enumerate(UPRIGHT[:-1]):
            cv2.putText(sheet, f"{y}{column * 104729}", (x + 20, y + row - 12), cv2.FONT_HERSHEY_SIMPLEX, 1, 30, 3)
    grain = np.random.default_rng(2).normal(0, 9, sheet.shape)
    return (cv2.GaussianBlur(sheet, (0, 0), 1.0) + grain).clip(0, 255).astype(np.uint8)


def test_in_the_grain_of_a_photo_a_head_and_one_row_are_cells() -> None:
    picture = LinePicture.of(photographed(), DPI)
    assert len(find_cells(picture)) == 2 * (len(UPRIGHT) - 1)
    assert sum(rule.width > rule.height for rule in find_rules(picture)) == 3
