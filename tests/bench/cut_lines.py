"""Lines as the product gets them from a form: written on a strip of a page with its printed line, frame or boxes, scanned, and cut out.

The lines of tests/bench/written_lines.py are the worst cases; these are the usual ones.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import cv2
import numpy as np

from metering.pages import Box, Page, PageSource
from ocr.hand_crops import HandCrop, cut_written

Array = np.ndarray
_INCH = 25.4


def cut_from_form(ink: Array, arriving: Callable[[Array, Random], Array], chance: Random, crossing: bool = False) -> HandCrop | None:
    """The written line (ink 0..1) as it is cut out of a form: grey on white paper; None where nothing was found.

    arriving: brings a page's ink (0..1) as a scanner does, without changing its size; crossing: the writing crosses the edges of
    its frame, the teeth of a comb and the rules above and below more than usual: for training.
    """
    rows, columns = np.nonzero(ink > 0.3)
    if len(rows) == 0:
        return None
    ink = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    per_inch = chance.choice((150, 200, 200, 250, 300))
    millimetre = per_inch / _INCH
    tall = chance.uniform(3.6, 6.4) * millimetre
    scale = tall / max(12, min(ink.shape[0], 80))
    ink = cv2.resize(ink, (max(4, round(ink.shape[1] * scale)), max(4, round(ink.shape[0] * scale))), interpolation=cv2.INTER_AREA)
    above, below = round(chance.uniform(1.5, 5) * millimetre), round(chance.uniform(2.5, 5) * millimetre)
    before, behind = (round(chance.uniform(1, 14) * millimetre) for _ in range(2))
    strip = cv2.copyMakeBorder(ink, above, below, before, behind, cv2.BORDER_CONSTANT, value=0)
    high, wide = strip.shape
    dark, thick = chance.uniform(0.5, 1.0), max(1, round(chance.uniform(0.15, 0.5) * millimetre))
    kind = chance.random()
    base = above + ink.shape[0]
    print_ = np.zeros_like(strip)
    if kind < 0.55:  # a line to write on, dotted at times
        y = round(base + chance.uniform(-0.22, 0.15) * tall)
        cv2.line(print_, (0, y), (wide, y + chance.randint(-1, 1)), dark, thick, cv2.LINE_AA)
        if chance.random() < 0.4:
            period = chance.uniform(0.6, 1.4) * millimetre
            print_[:, (np.arange(wide) % period) > 0.5 * period] = 0
        top, bottom = y - 1.45 * tall, y + 0.2 * tall
    elif crossing and chance.random() < 0.5:
        top, bottom = _crossed_frame(print_, (above, base), (before, before + ink.shape[1]), (dark, thick), chance)
    else:  # a frame
        top, bottom = above - chance.uniform(0.05, 0.45) * tall, base + chance.uniform(0.02, 0.35) * tall
        cv2.rectangle(print_, (1, round(top)), (wide - 2, round(bottom)), dark, thick)
        if kind > 0.8:
            for x in _between(strip, 0.2 * tall):
                cv2.line(print_, (x, round(top)), (x, round(bottom)), dark, thick)
    page = arriving(np.maximum(strip, print_), chance)
    points = 72 / per_inch
    place = Box(2 * points, top * points, (wide - 2) * points, bottom * points)
    return cut_written(page, Page(1, wide * points, high * points, (), PageSource.OCR), place, kind >= 0.55)


def _crossed_frame(
    print_: Array, rows: tuple[int, int], columns: tuple[int, int], pen: tuple[float, int], chance: Random
) -> tuple[float, float]:
    """Draws a frame that the writing reaches over: up, down or at its right side, at times a comb of even pitch with whole or short
    teeth; its top and bottom. rows, columns: of the ink; pen: darkness and thickness of the rules."""
    tall, (dark, thick), wide = rows[1] - rows[0], pen, print_.shape[1]
    top = rows[0] + chance.uniform(-0.3, 0.18) * tall
    bottom = rows[1] + chance.uniform(-0.22, 0.3) * tall
    left, right = 1, wide - 2
    if chance.random() < 0.2:
        right = round(columns[1] - chance.uniform(0, 0.25) * tall)
    cv2.rectangle(print_, (left, round(top)), (right, round(bottom)), dark, thick)
    if chance.random() < 0.5:
        pitch = chance.uniform(0.75, 1.3) * tall
        upper = top if chance.random() < 0.6 else bottom - chance.uniform(0.2, 0.5) * (bottom - top)
        x = left + chance.uniform(0.3, 1) * pitch
        while x < right:
            cv2.line(print_, (round(x), round(upper)), (round(x), round(bottom)), dark, thick)
            x += pitch
    return top, bottom


def _between(strip: Array, least: float) -> list[int]:
    """Where the boxes of a comb part: in the middle of each gap so wide between digits, none where some digits touch."""
    inked = np.flatnonzero(strip.max(axis=0) > 0.3)
    steps = np.diff(inked)
    wide = np.flatnonzero(steps > least)
    return [int(inked[n] + steps[n] // 2) for n in wide] if len(wide) > 1 else []
