"""Fills the boxes of a drawn form: in type, by a drawn hand, or with pictures of real digits."""

from __future__ import annotations

import functools
from collections.abc import Callable
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from metering.form_layout import Comb
from metering.pages import Box
from tests.corpus.ink import _STROKES as STROKES

#: A digit's darkness, float 0..1, of any size: cut close around its ink.
Hand = Callable[[Random, str], np.ndarray]

FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf",
)
INKS = ((20, 20, 24), (28, 63, 168), (39, 52, 139), (11, 42, 111))


def typed(font: str) -> Hand:
    """Digits of a font, as somebody types them into the boxes."""
    face = _face(font)

    def draw(random: Random, digit: str) -> np.ndarray:
        picture = Image.new("L", (80, 100), 0)
        ImageDraw.Draw(picture).text((10, 10), digit, fill=255, font=face)
        return _cut(np.asarray(picture, np.float32) / 255)

    return draw


@functools.cache
def _face(font: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font, 60)


def drawn(random: Random) -> Hand:
    """A hand of its own: pen width, slant and unsteadiness stay the same over a form."""
    width, slant, shake = random.uniform(10, 20), random.uniform(-0.25, 0.1), random.uniform(1.2, 2.6)
    variant = {digit: random.randrange(len(strokes)) for digit, strokes in STROKES.items()}

    def draw(random: Random, digit: str) -> np.ndarray:
        picture = np.zeros((260, 240), np.uint8)
        for stroke in STROKES[digit][variant[digit]]:
            points = [(x + random.gauss(0, shake), y + random.gauss(0, shake)) for x, y in stroke]
            curve = np.array([(x - slant * (y - 50), y) for x, y in _smooth(points)]) * 2 + (60, 25)
            cv2.polylines(picture, [np.round(curve * 8).astype(np.int32)], False, 255, round(width), cv2.LINE_AA, 3)
        return _cut(picture.astype(np.float32) / 255)

    return draw


def pictured(images: np.ndarray, labels: np.ndarray) -> Hand:
    """Pictures of real digits (count x height x width, uint8, ink bright), chosen at random."""
    by_digit = {str(n): images[labels == n] for n in range(10)}

    def draw(random: Random, digit: str) -> np.ndarray:
        image = random.choice(by_digit[digit]).astype(np.float32) / 255
        return _cut(cv2.resize(image, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC).clip(0, 1))

    return draw


def fill(page: np.ndarray, comb: Comb, groups: tuple[str, ...], hand: Hand, random: Random) -> None:
    """Writes digits into the boxes of a comb on a page (height x width x 3, RGB): the first group to the right, the others to the left."""
    ink, size = random.choice(INKS), random.uniform(0.6, 0.82)
    for number, (boxes, digits) in enumerate(zip(comb.groups, groups, strict=True)):
        chosen = boxes[len(boxes) - len(digits) :] if number == 0 else boxes[: len(digits)]
        for box, digit in zip(chosen, digits, strict=True):
            _write(page, box, hand(random, digit), size * random.uniform(0.93, 1.07), ink, random)


def _write(page: np.ndarray, box: Box, digit: np.ndarray, size: float, ink: tuple[int, int, int], random: Random) -> None:
    scale = page.shape[1] / 595.28
    height = box.height * scale * size
    shrink = min(height / digit.shape[0], 0.82 * box.width * scale / digit.shape[1])
    digit = cv2.resize(digit, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    x, y = box.middle
    left = round(x * scale - digit.shape[1] / 2 + random.uniform(-0.05, 0.05) * box.width * scale)
    top = round(y * scale - digit.shape[0] / 2 + random.uniform(-0.06, 0.06) * box.height * scale)
    place = page[top : top + digit.shape[0], left : left + digit.shape[1]]
    place[:] = (place * (1 - digit[..., None]) + np.array(ink) * digit[..., None]).astype(np.uint8)


def _cut(picture: np.ndarray) -> np.ndarray:
    rows, columns = np.nonzero(picture > 0.3)
    return picture[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def _smooth(points: list[tuple[float, float]]) -> np.ndarray:
    """A curve through the points (Catmull-Rom)."""
    path = np.array([points[0], *points, points[-1]], float)
    steps = np.linspace(0, 1, 12, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(path, path[1:], path[2:], path[3:], strict=False):
        parts.append(0.5 * (2 * b + (c - a) * steps + (2 * a - 5 * b + 4 * c - d) * steps**2 + (3 * b - a - 3 * c + d) * steps**3))
    return np.vstack([*parts, path[-1:]])


def split(value: str) -> tuple[str, str]:
    """Digits before and after the point, two after it."""
    whole, _, part = value.partition(".")
    return whole, part


def write_text(page: np.ndarray, place: Box, text: str, random: Random) -> None:
    """Types a few words onto the line of a place, as large as fits."""
    scale = page.shape[1] / 595.28
    size = round(11 * scale)
    while size > 6 and ImageFont.truetype(FONTS[0], size).getlength(text) > place.width * scale:
        size -= 1
    picture = Image.fromarray(page)
    at = place.left * scale + 4, place.bottom * scale - 1.45 * size
    ImageDraw.Draw(picture).text(at, text, fill=(25, 25, 30), font=ImageFont.truetype(FONTS[0], size))
    page[:] = np.asarray(picture)


def sign(page: np.ndarray, place: Box, random: Random) -> None:
    """A signature in blue ink: a line of loops."""
    scale = page.shape[1] / 595.28
    x, points = place.left + 20, []
    for step in range(random.randint(7, 10)):
        x += random.uniform(6, 14)
        points.append((x, place.top + (0.25 if step % 2 else 0.75) * place.height + random.uniform(-6, 6)))
        points.append((x - random.uniform(3, 8), place.top + 0.5 * place.height))
    curve = np.round(_smooth(points) * scale * 8).astype(np.int32)
    cv2.polylines(page, [curve], False, random.choice(INKS[1:]), max(2, round(1.1 * scale)), cv2.LINE_AA, 3)


def stamp(page: np.ndarray, place: Box, random: Random) -> None:
    """A round seal in blue ink with letters along its rim."""
    scale = page.shape[1] / 595.28
    x, y = (round(v * scale) for v in place.middle)
    radius, ink = 19 * 72 / 25.4 * scale, (60, 70, 175)
    for share, width in ((1.0, 1.6), (0.93, 0.6), (0.55, 0.9)):
        cv2.circle(page, (x, y), round(radius * share), ink, max(1, round(width * scale)), cv2.LINE_AA)
    turn = random.uniform(0, 6)
    for step in range(32):
        angle = turn + step / 32 * 2 * np.pi
        at = round(x + 0.74 * radius * np.cos(angle) - 3 * scale), round(y + 0.74 * radius * np.sin(angle) + 3 * scale)
        cv2.putText(
            page, random.choice("ABCEHKMOPT"), at, cv2.FONT_HERSHEY_SIMPLEX, 0.28 * scale, ink, max(1, round(0.6 * scale)), cv2.LINE_AA
        )
