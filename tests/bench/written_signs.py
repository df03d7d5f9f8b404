"""Sets signs beside each other as one writer does, marks drawn between the digits, or as a font does. Ink 0..1."""

from __future__ import annotations

import functools
from pathlib import Path
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.bench.written_habits import corrected, scribbled, with_gaps

Array = np.ndarray
TALL = 56  # pixels of a digit while a line is drawn
_SLIP = "~"  # where a digit was struck out


def beside(text: str, write, chance: Random, free: bool = False) -> Array:  # type: ignore[no-untyped-def]
    """Digits set beside each other by one writer, with marks drawn between them. Ink 0..1.

    free: for training also with what is rarer: corrections, marks that are small or low, a pen that runs dry.
    """
    gap = chance.choices((chance.uniform(-0.12, 0.02), chance.uniform(0.02, 0.25), chance.uniform(0.3, 0.9)), (2, 5, 2))[0]
    slant = chance.gauss(0, 0.12) if chance.random() < 0.8 else chance.uniform(-0.25, 0.6)
    wide, slope = chance.uniform(0.8, 1.15), chance.gauss(0, 0.025)
    pen, unsteady = chance.uniform(3.0, 8.5), chance.choice((1.8, 1.8, 4.0))
    by_outline = gap <= 0.25 and chance.random() < 0.4
    parts, size = [], TALL * chance.uniform(0.9, 1.1)
    low = chance.randint(0, 14) if free else 0
    for sign in _with_slips(text, chance) if free else text:
        if sign == " ":
            parts.append((sign, np.zeros((2, chance.randint(12, 34)), np.float32)))
            continue
        if sign == _SLIP:
            ink = scribbled(write(chance, chance.choice("0123456789")), chance)
            sign = "0"
        else:
            ink = write(chance, sign) if sign.isdigit() else _mark(sign, pen, chance)
        if free and sign.isdigit() and chance.random() < 0.004:
            ink = corrected(ink, write(chance, chance.choice("0123456789")), chance)
        if free and sign in ",." and chance.random() < 0.35:
            ink = cv2.resize(ink, None, fx=chance.uniform(0.45, 1.0), fy=chance.uniform(0.45, 1.0), interpolation=cv2.INTER_AREA)
        if sign.isdigit():
            rows, columns = np.nonzero(ink > 0.35)
            ink = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
            tall = size * chance.uniform(0.86, 1.14)
            scale = tall / ink.shape[0]
            if ink.shape[1] * scale > 1.25 * tall:
                scale = 1.25 * tall / ink.shape[1]
            ink = cv2.resize(
                ink,
                (max(2, round(ink.shape[1] * scale * wide)), max(2, round(ink.shape[0] * scale))),
                interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR,
            )
        parts.append((sign, ink))
    room = sum(p.shape[1] for _, p in parts) + len(parts) * (abs(gap) * TALL + 16) + 120
    out = np.zeros((190, int(room)), np.float32)
    x = 50.0
    for number, (sign, ink) in enumerate(parts):
        top = 120 - ink.shape[0] + (0 if sign.isdigit() else 18 + low if sign in ",." else 0) + slope * x + chance.gauss(0, unsteady)
        if sign == "-":
            top = 120 - 0.5 * TALL + chance.uniform(-8, 6) + slope * x
        top = int(np.clip(top, 0, 190 - ink.shape[0]))
        if by_outline and sign.isdigit() and number and parts[number - 1][0].isdigit():
            x = max(x - 0.45 * TALL, _beside_ink(out, ink, top) + gap * TALL + chance.gauss(0, 2.0))
        left = int(max(2, x))
        place = out[top : top + ink.shape[0], left : left + ink.shape[1]]
        np.maximum(place, ink[:, : place.shape[1]], out=place)
        step = gap if sign.isdigit() or gap > 0.3 else max(gap, 0.0)
        x = left + ink.shape[1] + step * TALL + chance.gauss(0, 2.0)
        if number + 1 < len(parts) and parts[number + 1][0] in ",.-" and sign.isdigit():
            x += chance.uniform(-4, 8)
    matrix = np.array([[1, -slant, slant * 120], [0, 1, 0]], np.float32)
    out = cv2.warpAffine(out, matrix, (out.shape[1], out.shape[0]))
    change = chance.random()
    if change < 0.2:
        out = cv2.dilate(out, np.ones((3, 3), np.uint8))
    elif change < 0.3:
        out = cv2.erode(out, np.ones((2, 2), np.uint8))
    return with_gaps(out, chance) if free and chance.random() < 0.15 else out


def _with_slips(text: str, chance: Random) -> str:
    """Now and then a digit that was struck out stands among the others."""
    if len(text) < 3 or chance.random() > 0.03:
        return text
    at = chance.randrange(1, len(text))
    return f"{text[:at]}{_SLIP}{text[at:]}"


def _beside_ink(out: Array, ink: Array, top: int) -> float:
    """Where ink must begin to touch what stands before it, by their outlines: a digit may reach under the arm of a 7."""
    before = cv2.dilate((out[top : top + ink.shape[0]] > 0.35).astype(np.uint8), np.ones((7, 1), np.uint8))
    own = ink > 0.35
    rows = before.any(axis=1) & own.any(axis=1)
    if not rows.any():
        return 0.0
    ends = before.shape[1] - before[rows, ::-1].argmax(axis=1)
    return float((ends - own[rows].argmax(axis=1)).max())


def _mark(sign: str, pen: float, chance: Random) -> Array:
    """A comma, point, dash, slash or Roman letter in pen strokes."""
    if sign == "," and chance.random() < 0.3:
        return _long_comma(pen, chance)
    wide = {",": 16, ".": 14, "-": chance.randint(20, 36), "/": chance.randint(16, 30), "X": 44, "V": 44, "I": 22}[sign]
    tall = {",": 32, ".": 20, "-": 16, "/": TALL + chance.randint(0, 16)}.get(sign, TALL)
    ink = np.zeros((tall, wide), np.float32)
    width = max(2, round(pen * (1.2 if sign in ",." else 1)))
    m, t = width // 2 + 1, chance.randint(-3, 3)
    strokes: dict[str, list[list[tuple[int, int]]]] = {
        ",": [[(wide - m - 2, m + chance.randint(0, 5)), (max(m, wide - m - chance.randint(3, 11)), tall - m - chance.randint(0, 12))]],
        ".": [[(wide // 2, m + 1), (wide // 2 + chance.randint(0, 2), m + chance.randint(1, 4))]],
        "-": [[(m, tall // 2 + t // 2), (wide - m, tall // 2 - t // 2)]],
        "/": [[(wide - m, m), (m, tall - m)]],
        "X": [[(m, m + abs(t)), (wide - m, tall - m)], [(wide - m, m), (m, tall - m - abs(t))]],
        "V": [[(m, m + abs(t)), (wide // 2 + t, tall - m)], [(wide - m, m), (wide // 2 + t, tall - m)]],
        "I": [[(wide // 2 + t, m), (wide // 2 - t, tall - m)]],
    }
    lines = strokes[sign]
    if sign in "XVI" and chance.random() < 0.4:
        lines = [*lines, [(0, m), (wide, m)], [(0, tall - m), (wide, tall - m)]]
    for stroke in lines:
        cv2.line(ink, *stroke, 1.0, width, cv2.LINE_AA)
    return ink


def _long_comma(pen: float, chance: Random) -> Array:
    """A comma as a quick hand draws it: a long stroke, bent or straight."""
    tall, wide = chance.randint(28, 46), chance.randint(12, 26)
    ink = np.zeros((tall, wide), np.float32)
    m = round(pen / 2) + 1
    bend = (wide - m + chance.randint(-4, 1), tall // 2)
    points = np.array([(wide - m - chance.randint(0, 6), m), bend, (m, tall - m)], np.int32)
    cv2.polylines(ink, [points], False, 1.0, max(2, round(pen)), cv2.LINE_AA)
    return ink


@functools.lru_cache(maxsize=200)
def _font(face: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(face), size)


def in_face(text: str, face: Path, chance: Random) -> Array:
    """The text in a font. Ink 0..1."""
    font = _font(face, chance.choice((60, 68, 76)))
    spread = chance.choice((0.0, 0.0, chance.uniform(0, 8), chance.uniform(10, 40)))
    picture = Image.new("L", (int(font.getlength(text) + spread * len(text)) + 140, 190), 0)
    pencil = ImageDraw.Draw(picture)
    if spread:
        x = 60.0
        for sign in text:
            pencil.text((x, 120), sign, fill=255, font=font, anchor="ls")
            x += font.getlength(sign) + spread
    else:
        pencil.text((60, 120), text, fill=255, font=font, anchor="ls")
    return np.asarray(picture, np.float32) / 255
