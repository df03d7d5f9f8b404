"""Connected pieces of a 0/255 mask by their outlines: ten times cheaper than labelling each pixel, where only their boxes count."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

_PARENT = 3  # place in a row of OpenCV's hierarchy; an outline without one is a piece's outer one, the others bound its holes


def piece_boxes(mask: np.ndarray) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height in pixels of each piece of touching pixels (8 neighbours); pieces within the hole of another too."""
    outlines, hierarchy = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if hierarchy is None:
        return []
    outer = np.flatnonzero(hierarchy[0][:, _PARENT] < 0)
    return [cv2.boundingRect(outlines[n]) for n in outer]


def without_pieces(mask: np.ndarray, is_kept: Callable[[int, int], bool]) -> np.ndarray:
    """The mask without the pieces of which is_kept(width, height), in pixels, does not hold; what lies in their holes stays."""
    outlines, hierarchy = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if hierarchy is None:
        return mask
    parents = hierarchy[0][:, _PARENT]
    gone = np.zeros(len(outlines), bool)
    for n in np.flatnonzero(parents < 0):
        _, _, width, height = cv2.boundingRect(outlines[n])
        gone[n] = not is_kept(width, height)
    gone |= (parents >= 0) & gone[parents]
    # Filled by the even-odd rule: the holes of what goes, drawn with it, stay as they are.
    return cv2.drawContours(mask.copy(), [outlines[n] for n in np.flatnonzero(gone)], -1, 0, cv2.FILLED)
