"""Numbers written by a pen, digit by digit: pictures of real digits where a file of them was given, else drawn strokes.

A number is one picture, as a hand writes it: digits of uneven height on a wavering line, close together and at times touching, some
sevens crossed, now and then a wrong number struck out before the right one.
"""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

import base64
import io
from html import escape
from random import Random

import cv2
import numpy as np
from PIL import Image

from tests.corpus import ink

HEIGHT = 90  # pixels of a digit
CROSSED, STRUCK_OUT = 0.3, 0.06
_INKS = ((22, 24, 30), (28, 63, 168), (39, 52, 139), (11, 42, 111), (74, 45, 143))


class Pen:
    """One page's writer: his hand and his ink. Heights are in mm."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._hand = ink.hand(random)
        self._ink = random.choice(_INKS)

    def number(self, text: str, height: float, *, may_strike: bool = False) -> str:
        """The text (digits, comma, point, dash) as an <img>."""
        random = self._random
        parts = [_text(random, text, self._hand)]
        if may_strike and sum(c.isdigit() for c in text) > 3 and random.random() < STRUCK_OUT:
            wrong = _text(random, text[: len(text) // 2], self._hand)
            middle = wrong.shape[0] // 2
            start, end = (2, middle + random.randint(-8, 8)), (wrong.shape[1] - 3, middle + random.randint(-8, 8))
            cv2.line(wrong, start, end, 1.0, 5, cv2.LINE_AA)
            parts.insert(0, wrong)
        return _image(parts, self._ink, height, random)

    def words(self, text: str) -> str:
        """Words in a chancery face: there is no collection of real ones."""
        colour = "#{:02x}{:02x}{:02x}".format(*self._ink)
        size = self._random.uniform(1.2, 1.45)
        return f'<span style="font: italic {size:.2f}em Z003, C059; color: {colour}; white-space: nowrap">{escape(text)}</span>'


def _text(random: Random, text: str, hand: ink.Hand) -> np.ndarray:
    """Darkness 0..1 of the characters in a row."""
    tall = round(HEIGHT * 1.5)
    canvas = np.zeros((tall, 120 * (len(text) + 1)), np.float32)
    x, base, slope = 6.0, tall * 0.8, random.uniform(-0.02, 0.02)
    for character in text:
        if character.isdigit():
            picture = _sized(hand(random, character), HEIGHT * random.uniform(0.88, 1.1))
            if character == "7" and random.random() < CROSSED:
                y = round(picture.shape[0] * random.uniform(0.45, 0.58))
                cv2.line(picture, (round(picture.shape[1] * 0.18), y), (round(picture.shape[1] * 0.95), y - 4), 1.0, 6, cv2.LINE_AA)
            top = round(base + slope * x - picture.shape[0] + random.uniform(-4, 4))
            x += _put(canvas, picture, round(x), max(0, top)) + HEIGHT * random.uniform(-0.01, 0.16)
        elif character in ",.":
            end = (round(x + 2), round(base + (16 if character == "," else 4)))
            cv2.line(canvas, (round(x + 8), round(base - 6)), end, 1.0, 8, cv2.LINE_AA)
            x += HEIGHT * random.uniform(0.22, 0.34)
        elif character == "-":
            cv2.line(canvas, (round(x + 4), round(base - HEIGHT * 0.42)), (round(x + 34), round(base - HEIGHT * 0.45)), 1.0, 7, cv2.LINE_AA)
            x += HEIGHT * 0.5
        else:
            x += HEIGHT * 0.4
    return canvas[:, : round(x) + 8]


def _sized(picture: np.ndarray, height: float) -> np.ndarray:
    scale = height / picture.shape[0]
    width = min(picture.shape[1] * scale, height * 0.95)
    return cv2.resize(picture, (max(8, round(width)), round(height)), interpolation=cv2.INTER_CUBIC).clip(0, 1)


def _put(canvas: np.ndarray, picture: np.ndarray, left: int, top: int) -> int:
    """The darker of what is there and what is written; returns the width."""
    place = canvas[top : top + picture.shape[0], left : left + picture.shape[1]]
    np.maximum(place, picture[: place.shape[0], : place.shape[1]], out=place)
    return picture.shape[1]


def _image(parts: list[np.ndarray], colour: tuple[int, int, int], height: float, random: Random) -> str:
    gap = np.zeros((parts[0].shape[0], 30), np.float32)
    row = np.concatenate([piece for part in parts for piece in (part, gap)][:-1], axis=1)
    rgba = np.empty((*row.shape, 4), np.uint8)
    rgba[..., :3], rgba[..., 3] = colour, (row * random.uniform(215, 255)).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(rgba).save(out, "PNG", compress_level=1)
    data = base64.b64encode(out.getvalue()).decode()
    high = height * row.shape[0] / HEIGHT
    return f'<img style="height:{high:.2f}mm; vertical-align:{-high * 0.2 + random.uniform(-0.3, 0.4):.2f}mm" src="data:image/png;base64,{data}">'
