"""Our own plain pictures, in which what was opened goes on to its reader: binary PPM, or PGM where there is no colour."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

_NO_COLOUR = 6  # of 255, between the channels of a pixel: JPEG's noise in a grey scan
_BLANK = 8  # of 255, between the darkest and the brightest of a channel
_ROWS = 128  # of a picture that are written at a time
_STEP = 8  # pixels: the few that show at once that a picture is coloured, or not blank


def write_plain(pixels: np.ndarray, stem: Path) -> str:
    """Writes a picture (height x width, or with three channels RGB; uint8), grey where there is no colour; returns the file's name."""
    if pixels.ndim == 3 and _is_grey(pixels):
        pixels = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    ending, magic = (".pgm", "P5") if pixels.ndim == 2 else (".ppm", "P6")
    path = stem.with_name(stem.name + ending)
    with path.open("wb") as file:
        file.write(f"{magic}\n{pixels.shape[1]} {pixels.shape[0]}\n255\n".encode())
        for start in range(0, pixels.shape[0], _ROWS):  # PDFium's rows end in a few bytes of nothing: no second picture is made for that
            file.write(memoryview(np.ascontiguousarray(pixels[start : start + _ROWS])).cast("B"))
    return path.name


def is_blank(pixels: np.ndarray) -> bool:
    """Whether an RGB picture shows nothing: each channel is nearly the same all over."""
    return all(_spread(part) <= _BLANK for few in (pixels[::_STEP, ::_STEP], pixels) for part in cv2.split(few))


def _is_grey(pixels: np.ndarray) -> bool:
    for few in (pixels[::_STEP, ::_STEP], pixels):
        red, green, blue = cv2.split(few)
        if any(cv2.minMaxLoc(cv2.absdiff(one, other))[1] > _NO_COLOUR for one, other in ((red, green), (green, blue))):
            return False
    return True


def _spread(channel: np.ndarray) -> float:
    least, greatest, _, _ = cv2.minMaxLoc(channel)
    return greatest - least
