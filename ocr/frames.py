"""Where a form wants to be written on: frames, rows of boxes for single digits, faint lines. Ink that touches them does not hide them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from metering.pages import Box, Word
from ocr.pieces import piece_boxes
from ocr.rules import WORKING, LinePicture, find_cells

_SHORTEST = 0.16  # inches of the shortest side of a box for one digit
_HIGHEST = 0.55  # inches of the highest frame of one line
_ENDS = 6.0  # points by which the ends of a frame's upper and lower line may differ
_SOLID = 0.8  # of a frame's height that its sides are dark
_STRETCH, _BESIDE = 0.3, 4  # inches along which darkness is taken together, and pixels to the rows that are compared
_SHARED = 0.3  # of the lower one's height that two frames have in common that are one
_FAINT, _CONTRAST = 14.0, 0.35  # least mean darkness of a faint line, and its neighbours' greatest share of it
_LETTERS, _SURE = 3, 0.8  # letters of a printed word at least, and the engine's confidence in it
_FULL = 0.75  # of a faint line's width under words of any kind whose base line it is
_LEAST_FAINT = 0.65  # inches of the shortest
_CAPTION = 8.0  # points below a line in which nobody writes, and a caption stands
_SIDE = 9.0  # points from a side of the page that print keeps free
_PAPER, _LEAST_PART = 0.16, 0.4  # inches of paper between two lines beside each other, and of the shorter one


def find_frames(picture: LinePicture, tables: Sequence[Box]) -> tuple[Box, ...]:
    """Insides of everything framed on a page, points, by rows: the cells of its ruled tables (as `find_cells` gives them), frames, and each
    row of boxes for single digits as one."""
    cells = list(tables)
    # Boxes for digits are smaller than a table's cells; among these a tall digit is taken for a line.
    cells += [c for c in find_cells(picture, _SHORTEST) if not any(o.holds(c) or c.holds(o) for o in cells)]
    whole = [f for f in _between_lines(picture.black) if not any(_is_like(f, c) for c in cells)]
    kept = [c for c in cells if not any(f.holds(c) for f in whole)]
    return tuple(sorted([*kept, *whole], key=lambda b: (round(b.top / 4), b.left)))


def find_faint_lines(picture: LinePicture) -> tuple[Box, ...]:
    """Lines to write on that are dotted, dashed or pale, as thin boxes in points: rows much darker along a stretch than those beside."""
    darkness = 255 - picture.grey.astype(np.float32)
    along = cv2.blur(darkness, (round(_STRETCH * WORKING), 1))
    beside = np.maximum(np.roll(along, _BESIDE, axis=0), np.roll(along, -_BESIDE, axis=0))
    rows = ((along > _FAINT) & (beside < _CONTRAST * along)).astype(np.uint8)
    rows = cv2.morphologyEx(rows, cv2.MORPH_CLOSE, np.ones((3, round(0.1 * WORKING)), np.uint8))
    rows = cv2.morphologyEx(rows, cv2.MORPH_OPEN, np.ones((1, round(_LEAST_FAINT * WORKING)), np.uint8))
    found = ((x, y, w, h) for x, y, w, h in piece_boxes(rows) if h <= 2 * _BESIDE)
    return tuple(
        _in_points(left, y + h // 2, right - left, 1) for x, y, w, h in found for left, right in _parted(darkness[y : y + h, x : x + w], x)
    )


def _parted(strip: np.ndarray, left: int) -> list[tuple[int, int]]:
    """The ends of the lines in a strip that is dark along its whole: two lines beside each other have paper between them."""
    dark = np.flatnonzero(strip.max(axis=0) > 1.5 * _FAINT)
    if len(dark) == 0:
        return []
    ends = np.flatnonzero(np.diff(dark) > _PAPER * WORKING)
    starts, stops = [dark[0], *dark[ends + 1]], [*dark[ends], dark[-1]]
    return [(left + int(a), left + int(b) + 1) for a, b in zip(starts, stops, strict=True) if b - a >= _LEAST_PART * WORKING]


def underlines(line: Box, words: Sequence[Word]) -> bool:
    """Whether a faint line is the base line of printed words. What is written on a line the engine reads too, but seldom as sure words, nor
    is a line mostly written full."""
    under = [w for w in words if w.confidence > 0.5 and len(w.text) > 1 and w.box.top < line.middle[1] < w.box.bottom + 1.5]
    printed = [w for w in under if w.confidence > _SURE and sum(c.isalpha() for c in w.text) >= _LETTERS]
    return _share_under(line, printed) > 0.3 or _share_under(line, under) > _FULL


def _share_under(line: Box, words: Sequence[Word]) -> float:
    return sum(max(0.0, min(w.box.right, line.right) - max(w.box.left, line.left)) for w in words) / line.width


def with_faint_lines(rules: Sequence[Box], faint: Sequence[Box]) -> list[Box]:
    """All lines once. Of one that was found both ways the rule, unless that is less than half: of a dotted line a few dots that met. A
    faint line may go on through print to the next one. One right below a longer rule is the small print of its caption: nobody writes
    between them."""
    out = list(rules)
    for line in faint:
        if any(_is_captioned(r, line) for r in rules):
            continue
        same = [r for r in out if _is_same_line(line, r)]
        if sum(min(r.right, line.right) - max(r.left, line.left) for r in same) < 0.5 * line.width:
            out = [*(r for r in out if r not in same), Box.around([line, *same])]
    return out


def _is_captioned(rule: Box, faint: Box) -> bool:
    """Whether what was taken for a faint line stands where a rule's caption does."""
    return 0 < faint.middle[1] - rule.middle[1] < _CAPTION and rule.left <= faint.left and faint.right <= rule.right and rule.height < 6


def _is_same_line(one: Box, two: Box) -> bool:
    level = abs(one.middle[1] - two.middle[1]) < 5 and max(one.height, two.height) < 6
    return level and one.shares_width(two)


def is_fold(rule: Box, width: float) -> bool:
    """Whether a level rule reaches a side of the page (so wide): a fold of the paper or its shadow, nothing to write on."""
    return rule.width > rule.height and (rule.left < _SIDE or rule.right > width - _SIDE)


def is_edge(rule: Box, frame: Box) -> bool:
    """Whether a level rule is the upper or lower edge of a frame of one line, or a part of it."""
    inside = rule.left > frame.left - 5 and rule.right < frame.right + 5 and frame.height < _HIGHEST * 72
    return inside and min(abs(rule.middle[1] - frame.top), abs(rule.middle[1] - frame.bottom)) < 4


def _between_lines(black: np.ndarray) -> list[Box]:
    """Frames of one line's height between two level lines of like ends: plain ones, and rows of boxes."""
    length = round(_SHORTEST * WORKING)
    across = cv2.morphologyEx(cv2.dilate(black, np.ones((3, 1), np.uint8)), cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    across = cv2.morphologyEx(across, cv2.MORPH_CLOSE, np.ones((1, length), np.uint8))
    lines = sorted(((x, y, x + w, y + h) for x, y, w, h in piece_boxes(across) if h <= 0.08 * WORKING), key=lambda s: s[1])
    found = []
    ends = _ENDS * WORKING / 72
    for number, upper in enumerate(lines):
        for lower in lines[number + 1 :]:
            height = lower[1] - upper[3]
            if height > _HIGHEST * WORKING:
                break
            if height < _SHORTEST * WORKING or abs(upper[0] - lower[0]) > ends or abs(upper[2] - lower[2]) > ends:
                continue
            if _is_frame(black[upper[3] : lower[1], max(0, min(upper[0], lower[0]) - 2) : max(upper[2], lower[2]) + 2], height):
                found.append(_in_points(upper[0], upper[3], upper[2] - upper[0], height))
    lowest: list[Box] = []
    for frame in sorted(found, key=lambda f: f.height):  # from one frame to the edge of the next one is none
        if not any(frame.overlaps(f, _SHARED) for f in lowest):
            lowest.append(frame)
    return lowest


def _is_frame(inside: np.ndarray, height: int) -> bool:
    """Whether what lies between two lines has sides, and between them nothing or upright lines at the distance of digits."""
    wide = cv2.dilate(inside, np.ones((1, 3), np.uint8))
    dark = np.flatnonzero((wide > 0).mean(axis=0) >= _SOLID)
    if len(dark) < 2 or dark[0] > 6 or dark[-1] < inside.shape[1] - 7:
        return False
    inner = [int(x) for n, x in enumerate(dark) if n == 0 or x - dark[n - 1] > 3]
    return len(inner) == 2 or (len(inner) > 2 and bool(np.diff(inner).max() <= 1.8 * height))


def _is_like(one: Box, two: Box) -> bool:
    return all(abs(a - b) < 6 for a, b in ((one.left, two.left), (one.right, two.right), (one.top, two.top), (one.bottom, two.bottom)))


def _in_points(x: int, y: int, width: int, height: int) -> Box:
    scale = 72 / WORKING
    return Box(float(x) * scale, float(y) * scale, float(x + width) * scale, float(y + height) * scale)
