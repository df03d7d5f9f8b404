"""Ink of a pen at print: a digit written over a number or before it, a tick through it; a stroke through a word from end to end."""

from __future__ import annotations

import numpy as np

from metering.pages import Box
from ocr.geometry import UprightPicture
from ocr.ink import COLOURFUL

BESIDE, ABOVE, BELOW = 1.2, 0.3, 0.1  # how far around a number the pen is looked for, in its heights
PRINT = 150  # of 255: the lightest channel of black print is darker
INNER = 0.15  # of a word's height: a line under it, or over it, does not reach further into it
THROUGH, PRINTED = 0.85, 0.25  # share of a word's columns with ink of a pen in them, and with black print, where it is struck out
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


def is_struck_in_colour(picture: UprightPicture, box: Box) -> bool:
    """Whether a pen of another colour runs through a word that is printed in black, straight or to and fro."""
    scale = picture.colour_pixels_per_inch / 72
    rows = slice(max(0, round((box.top + INNER * box.height) * scale)), round((box.bottom - INNER * box.height) * scale) + 1)
    place = picture.colour[rows, max(0, round(box.left * scale)) : round(box.right * scale) + 1]
    if not place.size:
        return False
    low, high = place.min(axis=2), place.max(axis=2)
    coloured = high - low > COLOURFUL
    pen, print_ink = coloured.any(axis=0).mean(), (~coloured & (high < PRINT)).any(axis=0).mean()
    return bool(pen >= THROUGH and print_ink >= PRINTED)
