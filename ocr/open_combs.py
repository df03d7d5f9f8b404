"""Combs that are open above, teeth on a line for a digit each between two: closed, they are rows of boxes (docs/handwriting.md)."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.rules import WORKING

_HIGH = (0.18, 0.42)  # inches of a tooth
_APART = (0.11, 0.42)  # inches from one to the next
_WIDE = 0.05  # inches of its width at most
_ALIKE, _REGULAR = 0.12, 0.2  # of a tooth's height and of the distance, by which those of one comb differ at most
_LEAST, _MOSTLY, _ON_LINE = 4, 0.6, 0.7  # teeth of a comb; the share at one distance; of its length that is on a line

_PAST = 14  # pixels: so near its outer teeth a comb's line ends, a line to write on goes on beside ones and slashes

Tooth = tuple[int, int, int]  # left, top, height in pixels


def with_upper_sides(level: np.ndarray, upright: np.ndarray, smeared: int) -> np.ndarray:
    """Level sides (0/1) with those that such combs lack. upright: thin upright sides (0/1), WORKING pixels per inch as these, at both
    ends by so many pixels longer than they are (smeared)."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(upright, connectivity=8)
    low, high = (side * WORKING + 2 * smeared for side in _HIGH)
    thin = (s for s in stats[1:] if s[cv2.CC_STAT_WIDTH] <= _WIDE * WORKING and low <= s[cv2.CC_STAT_HEIGHT] <= high)
    left = sorted((int(x), int(y) + smeared, int(h) - 2 * smeared) for x, y, _, h, _ in thin)
    out = level.copy()
    while left:
        comb, left = _comb_from(left)
        first, last = comb[0][0], comb[-1][0]
        if len(comb) < _LEAST or not _is_regular([tooth[0] for tooth in comb]):
            continue
        top, tall = (round(float(np.median([tooth[n] for tooth in comb]))) for n in (1, 2))
        line = level[max(0, top + tall - 4) : top + tall + 5].any(axis=0)
        ends = [line[max(0, first - smeared - _PAST) : max(0, first - smeared - 2)], line[last + smeared + 3 : last + smeared + _PAST]]
        if line[first:last].mean() > _ON_LINE and not any(end.mean() > 0.5 for end in ends if end.size):
            out[top : top + 2, first : last + 3] = 1
    return out


def _comb_from(teeth: list[Tooth]) -> tuple[list[Tooth], list[Tooth]]:
    """The first of teeth (from the left) with those alike that follow it, and the rest."""
    comb, rest = [teeth[0]], []
    _, top, high = teeth[0]
    for tooth in teeth[1:]:
        alike = abs(tooth[1] - top) < _ALIKE * high and abs(tooth[2] - high) < _ALIKE * high
        near = tooth[0] - comb[-1][0] < 2 * _APART[1] * WORKING
        (comb if alike and near else rest).append(tooth)
    return comb, rest


def _is_regular(places: list[int]) -> bool:
    """Whether most of the distances between teeth are one."""
    steps = np.diff(places)
    usual = float(np.median(steps))
    among = _APART[0] * WORKING <= usual <= _APART[1] * WORKING
    return among and bool((np.abs(steps - usual) < _REGULAR * usual).mean() > _MOSTLY)
