"""Drawn photos of displays: what is read there is mostly right, and where there is no display nothing is found."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
import pytest

from ocr.meter_display import read_display
from ocr.second_reader import SecondReader
from tests.corpus import displays


@pytest.fixture(scope="module")
def reader() -> SecondReader:
    return SecondReader()


def seen(shown: displays.Display, random: Random) -> np.ndarray:
    return cv2.cvtColor(np.asarray(displays.photo(shown, random)), cv2.COLOR_RGB2BGR)


@pytest.mark.parametrize(("drum", "least"), [(True, 4), (False, 3)])
def test_most_displays_are_read_digit_by_digit(drum: bool, least: int, reader: SecondReader) -> None:
    right = 0
    for seed in range(6):
        random = Random(f"display {drum} {seed}")
        shown = displays.invent(random, drum=drum)
        found = read_display(seen(shown, random), reader)
        right += found is not None and found.digits.replace(".", "").lstrip("0") == shown.value.replace(".", "").lstrip("0")
    assert right >= least


def test_a_wall_has_no_display(reader: SecondReader) -> None:
    wall = np.random.default_rng(1).normal(120, 9, (900, 1200, 3)).clip(0, 255).astype(np.uint8)
    assert read_display(cv2.GaussianBlur(wall, (9, 9), 0), reader) is None
