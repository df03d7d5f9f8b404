"""What is written in a place as words are: groups of ink that stand apart, line by line. A meter's type and its number share a blank
(docs/handwriting.md, "Cutting out")."""

from __future__ import annotations

import itertools

import cv2
import numpy as np

from metering.pages import Box, Page
from ocr.hand_crops import ink_of
from ocr.hand_rules import without_dotted_lines, without_level_lines

_EDGE = 1.5  # points within a frame that are its own
_SPECK = 0.012  # inches: what is smaller both ways is dust
_TALL = 0.55  # of the highest ink: so high is a letter or a digit at least
_NEXT_LINE = 0.7  # of their height: so far below the last one the next line's stand
_APART = 0.2  # of their height: so far apart stand two words at least
_MOST = 5  # gaps at which the ink of a place is parted

_Ink = tuple[int, int, int, int]  # left, top, right, bottom


def written_groups(grey: np.ndarray, page: Page, place: Box, boxed: bool) -> tuple[tuple[Box, ...], ...]:
    """The groups of ink in a place of a page (grey: flattened, uint8; place in points) in reading order, in several ways: its lines, and
    these parted at the widest gap, at the next one, too, and so on."""
    scale = grey.shape[1] / page.width
    inch, edge = scale * 72, _EDGE if boxed else 0.0
    left, top = max(0, round((place.left + edge) * scale)), max(0, round((place.top + edge) * scale))
    crop = grey[top : round((place.bottom - edge) * scale), left : round((place.right - edge) * scale)]
    if min(crop.shape) < 8:
        return ()
    dark = ink_of(crop)
    if not boxed:
        dark = without_dotted_lines(dark, inch)
    without_level_lines(dark, inch, (0.0, float(dark.shape[0])), combed=False, framed=False)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    speck = _SPECK * inch
    inks: list[_Ink] = [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:] if max(w, h) > speck]
    if not inks:
        return ()
    highest = max(bottom - y for _, y, _, bottom in inks)
    tall = float(np.median([bottom - y for _, y, _, bottom in inks if bottom - y > _TALL * highest]))
    lines = [sorted(line) for line in _lines(inks, tall)]
    widest = sorted((gap for line in lines for gap in _gaps(line) if gap > _APART * tall), reverse=True)[:_MOST]
    ways = [[group for line in lines for group in _parted(line, gap, tall)] for gap in (float("inf"), *widest)]
    edges = (left, top, left, top)
    return tuple(tuple(Box(*((n + off) / scale for n, off in zip(group, edges, strict=True))) for group in way) for way in ways)


def _lines(inks: list[_Ink], tall: float) -> list[list[_Ink]]:
    """The ink of each line of the place, from the top."""
    lines: list[list[_Ink]] = []
    last = 0.0
    for ink in sorted(inks, key=lambda i: i[1] + i[3]):
        middle = (ink[1] + ink[3]) / 2
        if not lines or middle - last > _NEXT_LINE * tall:
            lines.append([])
        lines[-1].append(ink)
        last = middle if ink[3] - ink[1] > _TALL * tall or len(lines[-1]) == 1 else last
    return lines


def _gaps(line: list[_Ink]) -> list[int]:
    """The paper between the ink of a line. line: from the left."""
    ends = itertools.accumulate((ink[2] for ink in line), max)
    return [ink[0] - end for end, ink in zip(ends, line[1:], strict=False)]


def _parted(line: list[_Ink], gap: float, tall: float) -> list[_Ink]:
    """The groups of a line that stand so far apart; what is lower than a letter is none by itself."""
    groups = [line[0]]
    for ink in line[1:]:
        a, b, c, d = groups[-1]
        if ink[0] - c < gap:
            groups[-1] = (a, min(b, ink[1]), max(c, ink[2]), max(d, ink[3]))
        else:
            groups.append(ink)
    return [group for group in groups if group[3] - group[1] > _TALL * tall]
