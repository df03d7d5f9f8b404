"""Texts of a line and their costs: the beam and the forward pass agree with summing over every path."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from ocr.hand_rules import without_level_lines
from ocr.line_texts import likely_texts, recombined_dates, text_costs

ALPHABET = "01,"


def chances(seed: int, steps: int = 5) -> np.ndarray:
    raw = np.random.default_rng(seed).normal(0, 2, (steps, len(ALPHABET) + 1))
    return raw - np.log(np.exp(raw).sum(axis=1, keepdims=True))


def by_all_paths(logs: np.ndarray) -> dict[str, float]:
    out: dict[str, float] = {}
    for path in itertools.product(range(logs.shape[1]), repeat=logs.shape[0]):
        text = "".join(ALPHABET[c - 1] for n, c in enumerate(path) if c and (n == 0 or path[n - 1] != c))
        out[text] = out.get(text, 0.0) + float(np.exp(sum(logs[n, c] for n, c in enumerate(path))))
    return out


@pytest.mark.parametrize("seed", range(4))
def test_costs_are_minus_the_logarithm_of_the_sum_over_all_paths(seed: int) -> None:
    logs = chances(seed)
    exact = by_all_paths(logs)
    texts = list(exact)
    assert text_costs(logs, ALPHABET, texts) == pytest.approx([-np.log(exact[t]) for t in texts], abs=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_the_likeliest_texts_come_first(seed: int) -> None:
    logs = chances(seed)
    exact = by_all_paths(logs)
    found = likely_texts(logs, ALPHABET, 40)
    assert found[:5] == sorted(exact, key=lambda t: -exact[t])[:5]


def test_a_line_of_blanks_says_nothing() -> None:
    logs = np.full((4, 4), -30.0)
    logs[:, 0] = 0.0
    assert likely_texts(logs, ALPHABET, 3)[0] == ""
    assert text_costs(logs, ALPHABET, []) == []


def test_days_months_and_years_of_likely_texts_make_dates_with_each_other() -> None:
    texts = ["25,1,2026", "29,11,202", "29,11,26", "noise"]
    assert {"25,11,2026", "29,11,2026", "25,11,20"} <= {*recombined_dates(texts)}
    assert recombined_dates(["2511"]) == []


def test_the_bars_of_digits_that_touch_are_no_printed_line() -> None:
    dark = np.zeros((60, 300), np.uint8)
    dark[10:13, 100:170] = dark[10:50, 150:154] = dark[10:50, 110:114] = 255  # two sevens
    dark[52:54] = 255
    assert without_level_lines(dark, 200, (0, 60), combed=False, framed=False) == []
    assert dark[11, 130]
    assert not dark[53, 20]


@pytest.mark.parametrize("top", [15, 30])
def test_a_line_that_the_sides_of_a_frame_alone_cross_strikes_nothing_out(top: int) -> None:
    dark = np.zeros((60, 300), np.uint8)
    dark[30:32, 100:180] = 255
    sides = np.zeros_like(dark, bool)
    for left in range(110, 180, 15):
        sides[top : top + 30, left : left + 3] = True
    dark[sides] = 255
    assert without_level_lines(dark, 200, (8.0, 52.0), combed=False, framed=True, upright=[sides]) == []
