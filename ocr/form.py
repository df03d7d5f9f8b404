"""A page of our own form: found by its code and laid flat by its corner marks (docs/form.md, "Registration").

Nothing is searched for by words here: the code says which form it is, and metering/form_layout.py where everything stands.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from metering import form_layout
from metering.form_layout import HEIGHT, MARK, MARKS, MILLIMETRE, WIDTH
from metering.forms import claims_to_be_ours
from metering.pages import Box
from ocr.codes import Code, find_codes
from ocr.geometry import SMALL, UprightPicture, flatten, flatten_colour

PIXELS_PER_INCH = 250
_COARSE = 4.0  # pixels a millimetre of the copy on which the marks are looked for
_REACH = 0.25  # how far from where the code tells it a mark may be, in its distance from the code
_OFF = 4.0  # millimetres by which the code may be beside its place when the marks are the right ones
_IN_ORDER = (1, 0, 2, 3)  # marks by their distance from the code


@dataclass(frozen=True, slots=True)
class FormPicture:
    """A page of a form: the code's text, and the page flat and upright, None where its marks were not found."""

    text: str
    upright: UprightPicture | None


def find_forms(picture: np.ndarray) -> tuple[FormPicture, ...]:
    """The forms in a colour picture (BGR), by their codes; usually none or one. Two codes on one sheet are for a person to explain."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    codes = [code for code in find_codes(grey) if claims_to_be_ours(code.text)]
    return tuple(FormPicture(code.text, _laid_flat(picture, grey, code)) for code in codes)


def _laid_flat(picture: np.ndarray, grey: np.ndarray, code: Code) -> UprightPicture | None:
    onto_picture = _registration(grey, code.corners)
    if onto_picture is None:
        return None
    full = _warp(picture, onto_picture, PIXELS_PER_INCH)
    small = cv2.resize(full, None, fx=SMALL / PIXELS_PER_INCH, fy=SMALL / PIXELS_PER_INCH, interpolation=cv2.INTER_AREA)
    return UprightPicture(flatten(cv2.cvtColor(full, cv2.COLOR_BGR2GRAY)), flatten_colour(small), PIXELS_PER_INCH)


def _warp(picture: np.ndarray, onto_picture: np.ndarray, pixels_per_inch: float) -> np.ndarray:
    millimetre = pixels_per_inch / 25.4
    from_page = onto_picture @ np.diag([1 / millimetre, 1 / millimetre, 1.0])
    size = (round(WIDTH * millimetre), round(HEIGHT * millimetre))
    return cv2.warpPerspective(
        picture, from_page, size, flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_CONSTANT, borderValue=(255, 255, 255)
    )


def _registration(grey: np.ndarray, corners: np.ndarray) -> np.ndarray | None:
    """Homography from millimetres of the page to pixels of the picture, by code and marks; None where they do not fit each other."""
    place = form_layout.CODE
    code = (
        np.array([(place.left, place.top), (place.right, place.top), (place.right, place.bottom), (place.left, place.bottom)]) / MILLIMETRE
    )
    side = float(np.mean(np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)))
    scale = min(1.0, _COARSE / (side / (place.width / MILLIMETRE)))
    candidates = _squares(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)) / scale
    if not len(candidates):
        return None
    known, seen = list(code), list(corners)
    found: dict[int, np.ndarray] = {}
    for mark in _IN_ORDER:
        fit = _fit(np.array(known), np.array(seen), len(found))
        expected = _through(fit, np.array([MARKS[mark]]))[0]
        away = np.linalg.norm(candidates - expected, axis=1)
        reach = _REACH * float(np.linalg.norm(expected - corners.mean(axis=0)))
        nearest = int(np.argmin(away))
        if away[nearest] <= reach:
            found[mark] = candidates[nearest]
            known.append(np.array(MARKS[mark]))
            seen.append(candidates[nearest])
    if len(found) < 3:
        return None
    if len(found) == 4:
        marks = sorted(found)
        fit = cv2.getPerspectiveTransform(np.array([MARKS[m] for m in marks], np.float32), np.array([found[m] for m in marks], np.float32))
    else:
        fit = _fit(np.array(known), np.array(seen), len(found))
    back = _through(np.linalg.inv(fit), corners)
    return fit if float(np.abs(back - code).max()) <= _OFF else None


def _fit(page: np.ndarray, picture: np.ndarray, marks: int) -> np.ndarray:
    """The code alone tells no perspective over the length of a page: affine until two marks are known."""
    if marks >= 2:
        return cv2.findHomography(page, picture, 0)[0]
    design = np.column_stack([page, np.ones(len(page))])
    solution, *_ = np.linalg.lstsq(design, picture, rcond=None)
    return np.vstack([solution.T, [0, 0, 1]])


def _through(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    return cv2.perspectiveTransform(points.reshape(-1, 1, 2).astype(np.float64), matrix).reshape(-1, 2)


def _squares(coarse: np.ndarray) -> np.ndarray:
    """Centres (n x 2) of what may be a mark in a picture of about _COARSE pixels a millimetre."""
    dark = cv2.threshold(flatten(coarse), 120, 255, cv2.THRESH_BINARY_INV)[1]
    outlines, _ = cv2.findContours(dark, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    centres = []
    for outline in outlines:
        _, (width, height), _ = cv2.minAreaRect(outline)
        width, height = width + 1, height + 1  # an outline runs through the middles of its pixels
        side = MARK * _COARSE
        if not (0.55 * side < min(width, height) and max(width, height) < 1.6 * side):
            continue
        left, top, across, down = cv2.boundingRect(outline)
        inside = np.zeros((down, across), np.uint8)
        cv2.drawContours(inside, [outline - (left, top)], -1, 255, cv2.FILLED)
        inked = (inside > 0) & (dark[top : top + down, left : left + across] > 0)
        if np.count_nonzero(inked) < 0.78 * width * height:
            continue
        rows, columns = np.nonzero(inked)
        centres.append((left + columns.mean() + 0.5, top + rows.mean() + 0.5))
    return np.array(centres).reshape(-1, 2)


def only_place(picture: UprightPicture, place: Box) -> UprightPicture:
    """The page with everything white but one place and a little around it."""

    def kept(pixels: np.ndarray, pixels_per_inch: float) -> np.ndarray:
        out = np.full_like(pixels, 255)
        rows, columns = _slices(place, 0.35 * place.height, pixels_per_inch)
        out[rows, columns] = pixels[rows, columns]
        return out

    return UprightPicture(kept(picture.grey, picture.pixels_per_inch), kept(picture.colour, SMALL), picture.pixels_per_inch)


def without_place(picture: UprightPicture, place: Box) -> UprightPicture:
    """The page with one place and a little around it white."""

    def kept(pixels: np.ndarray, pixels_per_inch: float) -> np.ndarray:
        out = pixels.copy()
        out[_slices(place, 0.05 * place.height, pixels_per_inch)] = 255
        return out

    return UprightPicture(kept(picture.grey, picture.pixels_per_inch), kept(picture.colour, SMALL), picture.pixels_per_inch)


def _slices(place: Box, margin: float, pixels_per_inch: float) -> tuple[slice, slice]:
    """Rows and columns of a place with a margin in points."""
    scale = pixels_per_inch / 72
    rows = slice(round((place.top - margin) * scale), round((place.bottom + margin) * scale))
    return rows, slice(round((place.left - margin) * scale), round((place.right + margin) * scale))
