"""A printed form without what was written into it: its lines and frames painted white, so that its labels read cleanly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from metering.handwriting import fill_lines
from metering.pages import Box, Page

_PITCH = 12.0  # points between two lines to write on at least
_ABOVE, _BELOW = 21.0, 5.0  # points above a printed line and below it that a hand takes
_NEAR = 4.0  # points between a rule and the frame that it bounds
_SURE = 0.6  # confidence of a printed word


def places_over_lines(page: Page, frames: Sequence[Box]) -> tuple[Box, ...]:
    """What a hand takes over each printed line of a page; the rules of its tables are none to write on, seen upright ones or not."""
    lines = [line for line in fill_lines(page) if sum(_bounds(line, frame) for frame in frames) < 2]
    places = []
    for line in lines:
        over = [o.bottom for o in lines if o.bottom < line.top - _PITCH and o.left < line.right and o.right > line.left]
        top = max([line.middle[1] - _ABOVE, *(y + 2 for y in over)])
        places.append(Box(line.left, top, line.right, line.bottom + _BELOW))
    return tuple(places)


def paint_over(grey: np.ndarray, page: Page, places: Sequence[Box]) -> np.ndarray:
    """A copy of the page (flattened, uint8) with places painted white."""
    out = grey.copy()
    scale = grey.shape[1] / page.width
    for place in places:
        _paint(out, place, scale)
    return out


def printed_frames(page: Page, frames: Sequence[Box]) -> tuple[Box, ...]:
    """The frames that surely hold print: those in which words were read, and the heads of tables."""
    return tuple(f for f in frames if any(_is_printed(w.text, w.confidence) and f.holds(w.box) for w in page.words) or _is_head(f, frames))


def _is_head(frame: Box, frames: Sequence[Box]) -> bool:
    """Whether a frame is a cell of a table's first row: cells beside it and below, none above."""
    beside = sum(abs(o.top - frame.top) < 4 and abs(o.bottom - frame.bottom) < 4 for o in frames)
    return beside >= 3 and any(_is_right_above(frame, o) for o in frames) and not any(_is_right_above(o, frame) for o in frames)


def _is_right_above(upper: Box, lower: Box) -> bool:
    shared = min(upper.right, lower.right) - max(upper.left, lower.left)
    return -2 < lower.top - upper.bottom < 8 and shared > 0.5 * min(upper.width, lower.width)


def _bounds(line: Box, frame: Box) -> bool:
    """Whether a level rule bounds a frame above or below, alone or with others beside it."""
    near = min(abs(line.middle[1] - frame.top), abs(line.middle[1] - frame.bottom)) < _NEAR
    return near and line.left - _NEAR < frame.left and frame.right < line.right + _NEAR


def _is_printed(text: str, confidence: float) -> bool:
    return confidence >= _SURE and sum(c.isalpha() for c in text) >= 3


def _paint(out: np.ndarray, box: Box, scale: float) -> None:
    out[max(0, round(box.top * scale)) : round(box.bottom * scale), max(0, round(box.left * scale)) : round(box.right * scale)] = 255
