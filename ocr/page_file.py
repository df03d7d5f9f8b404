"""The file in which our own worker left a page's picture: binary PPM or PGM, read in a third of the time that OpenCV takes."""

from __future__ import annotations

import re
from pathlib import Path

import cv2
import numpy as np

from metering.errors import PermanentError

_HEAD = re.compile(rb"P([56])\s(\d{1,5})\s(\d{1,5})\s255\s")
_LONGEST = 32  # bytes of a head
_ROWS = 128  # that are turned from RGB to BGR at a time


def load_page(file: Path) -> np.ndarray:
    """The picture as height x width x 3, BGR, uint8. Raises PermanentError for a file that is none of ours."""
    try:
        with file.open("rb") as opened:
            head = _HEAD.match(opened.read(_LONGEST))
            opened.seek(head.end() if head else 0)
            pixels = np.fromfile(opened, np.uint8)
    except OSError as error:
        raise PermanentError("the page's picture cannot be opened") from error
    if head is None:
        raise PermanentError("the page's picture is not ours")
    width, height = int(head[2]), int(head[3])
    is_grey = head[1] == b"5"
    if not pixels.size or pixels.size != width * height * (1 if is_grey else 3):
        raise PermanentError("the page's picture is cut off")
    if is_grey:
        return cv2.cvtColor(pixels.reshape(height, width), cv2.COLOR_GRAY2BGR)
    picture = pixels.reshape(height, width, 3)
    for start in range(0, height, _ROWS):  # in place: a page in colour is the largest picture that a reader holds
        part = picture[start : start + _ROWS]
        part[:] = cv2.cvtColor(part, cv2.COLOR_RGB2BGR)
    return picture
