"""Ink of a pen at a printed number: a digit written over it or before it, a tick through it."""

from __future__ import annotations

import numpy as np

from metering.pages import Box
from ocr.geometry import UprightPicture
from ocr.ink import COLOURFUL

BESIDE, ABOVE, BELOW = 1.2, 0.3, 0.1  # how far around a number the pen is looked for, in its heights
PRINT = 150  # of 255: the lightest channel of black print is darker
LEAST_PEN = 0.06  # of a square as high as the number: a digit by pen covers two to four times as much


def is_written_at(picture: UprightPicture, box: Box) -> bool:
    """Whether a pen of another colour wrote at a number that is printed in black. A black pen tells nothing here, nor does any on a grey
    scan; what is coloured all through was written or printed so."""
    scale = picture.colour_pixels_per_inch / 72
    rows = slice(max(0, round((box.top - ABOVE * box.height) * scale)), round((box.bottom + BELOW * box.height) * scale) + 1)
    columns = slice(max(0, round((box.left - BESIDE * box.height) * scale)), round((box.right + BESIDE * box.height) * scale) + 1)
    place = picture.colour[rows, columns]
    low, high = place.min(axis=2), place.max(axis=2)
    coloured = high - low > COLOURFUL
    square = (box.height * scale) ** 2
    pen, print_ink = np.count_nonzero(coloured), np.count_nonzero(~coloured & (high < PRINT))
    return bool(square) and LEAST_PEN * square <= pen < print_ink
