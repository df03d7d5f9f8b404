"""A printed form without what was written into it: its lines and cells painted white, so that its labels read cleanly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from metering.handwriting import fill_lines
from metering.pages import Box, Page

_ABOVE, _BELOW = 21.0, 5.0  # points above a printed line and below it that a hand takes
_SURE = 0.6  # confidence of a printed word


def paint_over(grey: np.ndarray, page: Page, cells: Sequence[Box]) -> np.ndarray:
    """A copy of the page (flattened, uint8) with the places to write in painted white. cells: insides of its tables' cells."""
    out = grey.copy()
    scale = grey.shape[1] / page.width
    lines = fill_lines(page)
    for line in lines:
        over = [o.bottom for o in lines if o.bottom < line.top - 4 and o.left < line.right and o.right > line.left]
        top = max([line.middle[1] - _ABOVE, *(y + 2 for y in over)])
        _paint(out, Box(line.left, top, line.right, line.bottom + _BELOW), scale)
    kept = printed_cells(page, cells)
    for cell in cells:
        if cell not in kept:
            _paint(out, cell, scale)
    return out


def printed_cells(page: Page, cells: Sequence[Box]) -> tuple[Box, ...]:
    """The cells that hold print: the uppermost of each column, and those in which words were read."""
    return tuple(
        c
        for c in cells
        if not any(_is_right_above(o, c) for o in cells) or any(_is_printed(w.text, w.confidence) and _is_in(w.box, c) for w in page.words)
    )


def _is_right_above(upper: Box, lower: Box) -> bool:
    shared = min(upper.right, lower.right) - max(upper.left, lower.left)
    return -2 < lower.top - upper.bottom < 8 and shared > 0.5 * min(upper.width, lower.width)


def _is_printed(text: str, confidence: float) -> bool:
    return confidence >= _SURE and sum(c.isalpha() for c in text) >= 3


def _is_in(inner: Box, outer: Box) -> bool:
    x, y = inner.middle
    return outer.left <= x <= outer.right and outer.top <= y <= outer.bottom


def _paint(out: np.ndarray, box: Box, scale: float) -> None:
    out[max(0, round(box.top * scale)) : round(box.bottom * scale), max(0, round(box.left * scale)) : round(box.right * scale)] = 255
