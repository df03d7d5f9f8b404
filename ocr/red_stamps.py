"""Stamps in red that lean across a page, «АННУЛИРОВАНО»: no line of print, so each is turned level and read by itself.

Seals and pens are blue, violet, black or grey; a page without red ink is done with after looking at its colours.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from ocr.engine import PAGE_LANGUAGES, Engine, Layout
from ocr.geometry import UprightPicture

RED = 60  # of 255, above green and blue both: violet has blue, brown and orange have green
WIDE, LOW, HIGH = 30.0, 6.0, 40.0  # millimetres: such a stamp is wider, and so high
JOINED = 5.0  # millimetres between pieces of one stamp: its frame and its letters
MOST = 3  # that are read
FRAME = (0.03, 0.2)  # share of the stamp's width and height that its frame takes at each side
LINE_HEIGHT, BORDER, SOFT = 40, 8, 0.7  # pixels
PIXELS_PER_INCH = 200.0  # that such a line has to the engine


def red_words(picture: UprightPicture, engine: Engine) -> tuple[str, ...]:
    """What stands in the red stamps of a page, the uppermost first."""
    blue, green, red = cv2.split(picture.colour)
    inked = cv2.threshold(cv2.subtract(red, cv2.max(green, blue)), RED, 255, cv2.THRESH_BINARY)[1]
    millimetre = picture.colour_pixels_per_inch / 25.4
    if cv2.countNonZero(inked) < WIDE * millimetre * LOW:
        return ()
    texts = (_text(line, engine) for line, _ in zip(_stamps(inked, millimetre), range(MOST), strict=False))
    return tuple(text for text in texts if text)


def _stamps(inked: np.ndarray, millimetre: float) -> Iterator[np.ndarray]:
    """The inside of each stamp's frame, level, black on white."""
    reach = int(JOINED * millimetre)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)))
    for n in range(1, len(stats)):
        if stats[n, cv2.CC_STAT_WIDTH] < WIDE * millimetre:
            continue
        own = np.where(labels == n, inked, 0).astype(np.uint8)
        (x, y), (width, height), angle = cv2.minAreaRect(cv2.findNonZero(own))
        if width < height:
            width, height, angle = height, width, angle - 90
        if width < WIDE * millimetre or not LOW * millimetre < height < HIGH * millimetre:
            continue
        turn = cv2.getRotationMatrix2D((x, y), (angle + 90) % 180 - 90, 1.0)  # never on its head
        turn[:, 2] += width / 2 - x, height / 2 - y
        level = cv2.warpAffine(cv2.bitwise_not(inked), turn, (int(width), int(height)), borderValue=255)
        across, down = (int(share * size) for share, size in zip(FRAME, (width, height), strict=True))
        yield level[down : level.shape[0] - down, across : level.shape[1] - across]


def _text(line: np.ndarray, engine: Engine) -> str:
    scale = LINE_HEIGHT / line.shape[0]
    small = cv2.resize(cv2.GaussianBlur(line, (0, 0), SOFT), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    framed = cv2.copyMakeBorder(small, BORDER, BORDER, BORDER, BORDER, cv2.BORDER_CONSTANT, value=255)
    return " ".join(word.text for word in engine.read(framed, PIXELS_PER_INCH, Layout.LINE, PAGE_LANGUAGES))
