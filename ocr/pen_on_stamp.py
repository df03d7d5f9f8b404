"""Pen strokes across a stamp, told from the stamp's own ink: by their colour or darkness, or by where they run.

A signature often lies under or over the stamp. What a stamp draws keeps to its circles: letters between two rings, an emblem in
the middle. A pen knows no circles, so strokes of the stamp's very own colour are known by crossing them (docs/reading.md, "Marks").
"""

from __future__ import annotations

import cv2
import numpy as np

from ocr.ink import COLOURFUL, MILLIMETRE, Ink
from ocr.stamps import SECTORS, Ring, circles

REACH = 1.3  # of the ring's radius: strokes go on outside it
FAINT = 25  # of 255: the stamp's own ink, however pale
OTHER_HUE = 0.3  # of a pixel's density: what no amount of the stamp's ink gives
NEAR_HUE, EVEN = 0.18, 0.12  # the same of coloured ink, which is no print, if the stamp's own ring leaves less than the second
DENSE = 0.4  # density of a pixel whose hue tells
DARKER = 1.25  # times the stamp's ink where it is darkest
LEAST_LONG = 5.0  # millimetres; letters of a stamp are shorter
EMBLEM = 0.6  # of the radius: what lies wholly within may be the stamp's emblem
PEAK = 0.9  # of a sector's pixels are not darker than it is
OWN_SECTORS = 70  # per cent of a ring's sectors at least that nothing crosses
ACROSS = 0.2  # of the radius: letters that have run together along a circle spread less
ON_RING, FEW = 4.0, 30  # pixels from the ring's middle; so many of its pixels tell its ink
MOST = 0.5  # of a stroke's pixels: its edges are pale
_DENSITY = -np.log((np.arange(256, dtype=np.float32) + 2) / 257)  # of a channel, by its value


def pen_on_stamp(ink: Ink, dark: np.ndarray, stamp: Ring) -> tuple[np.ndarray, np.ndarray]:
    """The pen strokes on a stamp and around it, and which of them are known by their ink, not by their course alone; both as 0/255, as
    large as `dark`, which is all ink but print and rules as 0/255."""
    place, radius, angle = _around(stamp, dark)
    inked = dark[place] > 0
    bands = circles(inked, radius, angle, stamp)
    on_band = np.zeros_like(inked)
    for low, high in bands:
        on_band |= (radius >= low - 1) & (radius <= high + 2)
    free = (inked & ~on_band) * np.uint8(255)
    # A stroke that a ring cuts is one stroke.
    gap = max((high - low for low, high in bands), default=0) + 7
    joined = cv2.morphologyEx(free, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (gap, gap)))
    free |= joined & ((inked & on_band) * np.uint8(255))
    low, high = bands[-1] if bands else (stamp.radius - 3, stamp.radius + 3)
    on_ring = (radius > low - 1) & (radius < high + 2) & (ink.darkness[place] > FAINT)
    hue, darker = _other_ink(ink.colour[place], inked, on_ring, angle)
    known = np.zeros_like(dark)
    known[place][_long_pieces(darker, radius > EMBLEM * stamp.radius)] = 255
    out = known.copy()
    count, labels, stats, _ = cv2.connectedComponentsWithStats(free, connectivity=8)
    for label in range(1, count):
        if max(stats[label, cv2.CC_STAT_WIDTH], stats[label, cv2.CC_STAT_HEIGHT]) < LEAST_LONG * MILLIMETRE:
            continue
        piece = labels == label
        away = radius[piece]
        low, high = np.percentile(away, (3, 97))
        crosses = any(np.count_nonzero(away < a - 1) > 5 and np.count_nonzero(away > b + 2) > 5 for a, b in bands)
        beyond_emblem = high > EMBLEM * stamp.radius
        if hue[piece].mean() > 0.4:
            known[place][piece] = 255
            out[place][piece] = 255
        elif beyond_emblem and crosses and high - low > ACROSS * stamp.radius:
            out[place][piece] = 255
    return out, known


def _around(stamp: Ring, picture: np.ndarray) -> tuple[tuple[slice, slice], np.ndarray, np.ndarray]:
    """The place of a picture in which a stamp lies, with what is just outside; there each pixel's distance from its middle and angle."""
    reach = int(stamp.radius * REACH)
    top, left = max(0, int(stamp.y) - reach), max(0, int(stamp.x) - reach)
    place = (slice(top, int(stamp.y) + reach), slice(left, int(stamp.x) + reach))
    y, x = np.mgrid[0 : picture[place].shape[0], 0 : picture[place].shape[1]].astype(np.float32)
    return place, np.hypot(x + left - stamp.x, y + top - stamp.y), np.arctan2(y + top - stamp.y, x + left - stamp.x)


def _ink_of(own: np.ndarray, angle: np.ndarray) -> tuple[np.ndarray, float]:
    """The hue of a stamp's ink, as a density, and how much of it is anywhere on the stamp's own ring. own: densities of its pixels."""
    hue = np.median(own, axis=0)
    return hue, _by_itself(_amount(own, hue), angle)


def is_darker(ink: Ink, rows: np.ndarray, columns: np.ndarray, stamp: Ring) -> bool:
    """Whether most of a stroke's ink, whose pixels are given, is darker than the stamp's ever is."""
    place, radius, angle = _around(stamp, ink.darkness)
    on_ring = (np.abs(radius - stamp.radius) < ON_RING) & (ink.darkness[place] > FAINT)
    own = _DENSITY[ink.colour[place][on_ring]]
    if len(own) < FEW:
        return False
    hue, most = _ink_of(own, angle[on_ring])
    return bool(np.mean(_amount(_DENSITY[ink.colour[rows, columns]], hue) > DARKER * most) > MOST)


def _long_pieces(darker: np.ndarray, beyond_emblem: np.ndarray) -> np.ndarray:
    """Of pixels darker than the stamp those in pieces of a stroke's length, some of it beyond the stamp's emblem."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(darker.astype(np.uint8), connectivity=8)
    long = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= LEAST_LONG * MILLIMETRE
    beyond = np.bincount(labels[beyond_emblem], minlength=len(stats)) > 0
    keep = long & beyond
    keep[0] = False
    pieces: np.ndarray = keep[labels]
    return pieces


def _other_ink(colour: np.ndarray, inked: np.ndarray, on_ring: np.ndarray, angle: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where the ink is of another hue than the stamp's, and where it is darker than the stamp's ever is. angle: round its middle."""
    own = _DENSITY[colour[on_ring]]
    if len(own) < FEW:
        return np.zeros_like(inked), np.zeros_like(inked)
    hue, most = _ink_of(own, angle[on_ring])
    density = _DENSITY[colour[inked]]
    amount = _amount(density, hue)
    strength, unlike = np.linalg.norm(density, axis=1), _unlike(density, hue)
    dense = np.linalg.norm(own, axis=1) > DENSE
    is_even = dense.any() and _by_itself(_unlike(own[dense], hue), angle[on_ring][dense]) < EVEN
    coloured = np.ptp(colour[inked].astype(np.int16), axis=1) > COLOURFUL
    other, darker = np.zeros_like(inked), np.zeros_like(inked)
    other[inked] = (unlike > np.where(coloured & is_even, NEAR_HUE, OTHER_HUE)) & (strength > DENSE)
    darker[inked] = amount > DARKER * most
    return other, darker


def _amount(density: np.ndarray, hue: np.ndarray) -> np.ndarray:
    """How much of an ink, by its density, makes each pixel's."""
    amount: np.ndarray = density @ hue / float(hue @ hue)
    return amount


def _unlike(density: np.ndarray, hue: np.ndarray) -> np.ndarray:
    """The share of each pixel's density that no amount of an ink gives."""
    left_over = np.linalg.norm(density - np.maximum(_amount(density, hue), 0)[:, None] * hue, axis=1)
    share: np.ndarray = left_over / np.maximum(np.linalg.norm(density, axis=1), 1e-6)
    return share


def _by_itself(values: np.ndarray, angles: np.ndarray) -> float:
    """How high a value gets on a ring by itself: sector by sector, leaving out the few that a pen or a line crosses."""
    sector = ((angles / (2 * np.pi) + 0.5) * SECTORS).astype(int) % SECTORS
    values = values[np.lexsort((values, sector))]
    count = np.bincount(sector)
    first, count = (np.cumsum(count) - count)[count > 0], count[count > 0]
    peaks = values[first + np.round(PEAK * (count - 1)).astype(int)]
    return float(np.percentile(peaks, OWN_SECTORS))
