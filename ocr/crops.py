"""Cuts one number out of a page for the second reader, with nothing beside it that could be taken for a digit."""

from __future__ import annotations

import numpy as np

from metering.pages import Box, Page

TIGHT, WIDE = 0.25, 0.7  # padding at the left and right, in heights of the box
ABOVE = 0.25  # padding above and below
FURTHER = 0.6  # how far an edge may move out where it cuts through ink
DARK = 150
PALE = 215  # of 255: nothing darker beside a number means that nothing at all is written there


def tight_crop(grey: np.ndarray, page: Page, box: Box) -> np.ndarray:
    """The number itself. Where an edge would cut through ink it moves out to the next gap: symbol boxes are not exact."""
    crop, start, end = _tight(grey, page, box)
    return crop[:, start:end]


def nothing_beside(grey: np.ndarray, page: Page, box: Box) -> bool:
    """Whether the wide crop holds no ink that the tight one does not: then the second look at it can be spared."""
    crop, start, end = _tight(grey, page, box)
    edge = round((TIGHT + FURTHER - WIDE) * box.height * grey.shape[1] / page.width)
    left, right = crop[:, max(0, edge) : start], crop[:, end : crop.shape[1] - max(0, edge)]
    return all(side.size == 0 or side.min() >= PALE for side in (left, right))


def _tight(grey: np.ndarray, page: Page, box: Box) -> tuple[np.ndarray, int, int]:
    """The place with more room than any look at it needs, and from which to which column the number itself stands."""
    crop, (left, top, right, bottom) = _padded(grey, page, box, TIGHT + FURTHER)
    _whiten(crop, grey.shape[1] / page.width, _no_digits(page), box, TIGHT + FURTHER)
    padding = round(TIGHT * (bottom - top))
    start, end = max(0, left - padding), min(crop.shape[1], right + padding)
    inked = np.count_nonzero(crop[top:bottom] < DARK, axis=0) >= max(1, round(0.06 * (bottom - top)))
    while start > 0 and inked[start]:
        start -= 1
    while end < crop.shape[1] and inked[end - 1]:
        end += 1
    return crop, start, end


def wide_crop(grey: np.ndarray, page: Page, box: Box) -> np.ndarray:
    """The number and what is beside it: a digit that the tight crop lost shows here."""
    crop, _ = _padded(grey, page, box, WIDE)
    _whiten(crop, grey.shape[1] / page.width, _no_digits(page), box, WIDE)
    return crop


def _no_digits(page: Page) -> tuple[Box, ...]:
    """Rules, and words without a digit: a table's line reads as 1, a dash as a minus, a letter as the digit most like it."""
    return (*page.rules, *(word.box for word in page.words if not any(c.isdigit() for c in word.text)))


def _padded(grey: np.ndarray, page: Page, box: Box, padding: float) -> tuple[np.ndarray, tuple[int, int, int, int]]:
    """A copy of the place with its padding, and where the box itself lies in it: left, top, right, bottom in pixels."""
    scale = grey.shape[1] / page.width
    left, top = _corner(box, padding, scale)
    right = min(grey.shape[1], round((box.right + padding * box.height) * scale))
    bottom = min(grey.shape[0], round((box.bottom + ABOVE * box.height) * scale))
    inner = (int(box.left * scale) - left, int(box.top * scale) - top, int(box.right * scale) - left, int(box.bottom * scale) - top)
    return grey[top:bottom, left:right].copy(), inner


def _corner(box: Box, padding: float, scale: float) -> tuple[int, int]:
    return max(0, int((box.left - padding * box.height) * scale)), max(0, int((box.top - ABOVE * box.height) * scale))


def _whiten(crop: np.ndarray, scale: float, places: tuple[Box, ...], box: Box, padding: float) -> None:
    """Paints places white, but never inside the box itself."""
    left, top = _corner(box, padding, scale)
    inner = (
        slice(max(0, int(box.top * scale) - top), int(box.bottom * scale) - top),
        slice(int(box.left * scale) - left, int(box.right * scale) - left),
    )
    kept = crop[inner].copy()
    for place in places:
        x, right = int((place.left - 0.5) * scale) - left, int((place.right + 0.5) * scale) - left + 1
        y, bottom = int((place.top - 0.5) * scale) - top, int((place.bottom + 0.5) * scale) - top + 1
        if right > 0 and bottom > 0:
            crop[max(0, y) : bottom, max(0, x) : right] = 255
    crop[inner] = kept
