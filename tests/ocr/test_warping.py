"""A page through a homography: its ink as from the whole picture, its bare paper by fewer pixels, no seam between."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.curl import find_bend
from ocr.warping import inked_strips, warp

WIDTH, HEIGHT = 1034, 1462


def page() -> np.ndarray:
    """A small grey page: grain, two lines of print, a pale one at the foot."""
    chance = np.random.default_rng(3)
    sheet = chance.normal(249, 2, (HEIGHT, WIDTH))
    for text, place, ink in (("Otchet 12345", (200, 300), 30), ("Gkal 41,79", (420, 500), 40), ("podpis", (600, 1300), 205)):
        mask = np.zeros((HEIGHT, WIDTH), np.uint8)
        cv2.putText(mask, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 255, 2, cv2.LINE_AA)
        sheet -= mask / 255.0 * (sheet - ink)
    return np.clip(sheet, 0, 255).astype(np.uint8)


def leaning(degrees: float) -> np.ndarray:
    return np.vstack([cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), degrees, 1.0), [0, 0, 1]])


def test_strips_cover_the_page_and_hold_all_of_its_ink_however_pale() -> None:
    sheet = page()
    strips = inked_strips(sheet)
    assert [strip.top for strip in strips] == [0, *(strip.bottom for strip in strips[:-1])]
    assert strips[-1].bottom == HEIGHT
    outside = sheet.copy()
    for strip in strips:
        outside[strip.top : strip.bottom, strip.left : strip.right] = 255
    assert outside.min() > 235
    assert sum((s.bottom - s.top) * (s.right - s.left) for s in strips) < 0.2 * HEIGHT * WIDTH


@pytest.mark.parametrize("enlarge", [1.0, 1.6])
def test_ink_is_sampled_as_in_the_whole_page_and_paper_stays_paper(enlarge: float) -> None:
    sheet, turn = page(), leaning(1.3)
    full = np.diag([enlarge, enlarge, 1.0]) @ turn
    size = (round(WIDTH * enlarge), round(HEIGHT * enlarge))
    strips = inked_strips(warp(sheet, turn, (WIDTH, HEIGHT)))
    whole, parted = warp(sheet, full, size), warp(sheet, full, size, enlarge=enlarge, strips=strips)
    inked = cv2.erode(whole, np.ones((5, 5), np.uint8)) < 225
    assert np.count_nonzero(inked) > 1000
    assert np.abs(whole[inked].astype(int) - parted[inked]).max() <= 1  # a part is reckoned from another corner
    assert parted[~inked].min() > 225


def test_so_is_a_sheet_that_does_not_lie_flat() -> None:
    sheet = page()
    letters = cv2.threshold(sheet, 150, 255, cv2.THRESH_BINARY_INV)[1]
    for row in range(100, 1400, 40):  # lines that bow, of which the bend is told
        across = np.arange(100, 900)
        letters[(row + 20 * ((across - 500) / 400) ** 2).astype(int), across] = 255
    lines = [(100, row - 2, 800, 26) for row in range(100, 1400, 40)]
    bend = find_bend(letters, lines)
    assert bend is not None
    strips = inked_strips(warp(sheet, np.eye(3), (WIDTH, HEIGHT), bend))
    whole = warp(sheet, np.eye(3), (WIDTH, HEIGHT), bend)
    parted = warp(sheet, np.eye(3), (WIDTH, HEIGHT), bend, strips=strips)
    inked = cv2.erode(whole, np.ones((5, 5), np.uint8)) < 225
    assert np.array_equal(whole[inked], parted[inked])
    assert not np.array_equal(whole, parted)


def test_a_page_without_ink_and_one_of_ink_alone_come_through() -> None:
    for sheet in (np.full((HEIGHT, WIDTH), 255, np.uint8), np.full((HEIGHT, WIDTH), 20, np.uint8)):
        assert np.array_equal(warp(sheet, leaning(2.0), (WIDTH, HEIGHT), strips=inked_strips(sheet)), sheet)


def test_a_small_copy_of_a_coloured_scan_has_the_size_that_was_asked_for() -> None:
    scan = np.full((3508, 2479, 3), 255, np.uint8)
    scan[1000:1040, 500:2000] = (160, 60, 20)
    scale = 125 / 300
    small = warp(scan, np.diag([scale, scale, 1.0]), (1033, 1462))
    assert small.shape == (1462, 1033, 3)
    assert tuple(small[425, 500]) == (160, 60, 20)
