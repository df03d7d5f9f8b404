"""Handwriting: digits as jittered pen strokes (or pictures of real ones), words in a cursive face that leans."""
# ruff: noqa: E501 - tables

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from html import escape
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.corpus.marks import INKS, picture

if TYPE_CHECKING:
    import numpy

#: Strokes of each digit in a box 60 wide and 100 high: lists of points that a pen passes smoothly; two hands for some.
_STROKES: dict[str, list[list[list[tuple[float, float]]]]] = {
    "0": [[[(34, 8), (12, 30), (10, 66), (28, 94), (50, 72), (52, 32), (36, 8)]]],
    "1": [[[(18, 34), (38, 8), (36, 50), (34, 94)]], [[(32, 8), (30, 50), (28, 94)]]],
    "2": [[[(12, 28), (26, 8), (48, 20), (40, 50), (12, 90), (30, 84), (54, 90)]]],
    "3": [[[(12, 16), (36, 8), (46, 28), (26, 46), (48, 64), (38, 90), (10, 84)]]],
    "4": [[[(34, 8), (10, 58), (54, 58)], [(42, 36), (38, 96)]], [[(14, 10), (12, 50), (46, 52)], [(48, 8), (44, 96)]]],
    "5": [[[(18, 10), (14, 44), (36, 42), (48, 66), (34, 92), (8, 86)], [(18, 10), (50, 8)]]],
    "6": [[[(44, 8), (18, 40), (10, 74), (28, 94), (48, 76), (36, 54), (12, 68)]]],
    "7": [[[(10, 14), (52, 12), (34, 50), (22, 94)], [(16, 52), (46, 48)]], [[(10, 12), (52, 10), (32, 52), (24, 94)]]],
    "8": [[[(46, 20), (28, 8), (14, 26), (44, 66), (32, 94), (12, 76), (40, 40), (48, 18)]]],
    "9": [[[(46, 26), (28, 8), (12, 30), (28, 50), (46, 30), (42, 62), (28, 96)]], [[(46, 24), (26, 10), (14, 32), (32, 48), (46, 24), (44, 94)]]],
    ",": [[[(12, 84), (15, 90), (6, 108)]], [[(12, 86), (3, 110)]]],
    ".": [[[(8, 90), (11, 92), (8, 94)]]],
}  # fmt: skip
_pictures: dict[str, list[bytes]] = {}
#: A digit's darkness, float 0..1, of any size: cut close around its ink.
Hand = Callable[[Random, str], "numpy.ndarray"]
_real: list[Hand] = []


def use_pictures(file: Path) -> None:
    """Digits from an .npz of `images` (count x height x width, uint8, ink bright) and `labels` instead of strokes.

    Only those that the training of the digit readers keeps aside (tests/bench/train_digits.py): what was learnt would be no measure.
    """
    import numpy
    from PIL import Image

    from tests.bench.train_digits import held_out
    from tests.support.filled_forms import pictured

    with numpy.load(file) as data:
        aside = held_out(len(data["images"]))
        images, labels = data["images"][aside], data["labels"][aside]
    _pictures.clear()
    _real[:] = [pictured(images, labels)]
    for image, label in zip(images, labels, strict=True):
        rgba = numpy.zeros((*image.shape, 4), numpy.uint8)
        rgba[..., 2], rgba[..., 3] = 110, image
        out = io.BytesIO()
        Image.fromarray(rgba).resize((image.shape[1] * 3, image.shape[0] * 3), Image.Resampling.BICUBIC).save(out, "PNG")
        _pictures.setdefault(str(int(label)), []).append(out.getvalue())


def hand(random: Random) -> Hand:
    """Who writes: the real digits that were given, else a hand that draws strokes."""
    from tests.support.filled_forms import drawn

    return _real[0] if _real else drawn(random)


def written(random: Random, text: str) -> str:
    """The text in ink, as HTML: words in a face, digits as images on the same line."""
    ink = random.choice((*INKS, "#151515"))
    out, word = "", ""
    for letter in text:
        if letter not in _STROKES:
            word += letter
            continue
        out += _word(random, word, ink) + _digit(random, letter, ink)
        word = ""
    return f'<span class="ink-text">{out}{_word(random, word, ink)}</span>'


def _word(random: Random, text: str, ink: str) -> str:
    if not text:
        return ""
    size = random.uniform(1.25, 1.5)
    return f'<span style="font: italic {size:.2f}em Z003, C059; color: {ink}">{escape(text)}</span>'


def _digit(random: Random, digit: str, ink: str) -> str:
    if digit in _pictures:
        data = base64.b64encode(random.choice(_pictures[digit])).decode()
        return f'<img class="hand" style="width:5mm" src="data:image/png;base64,{data}">'
    paths = ""
    for stroke in random.choice(_STROKES[digit]):
        points = [(x + random.gauss(0, 2.4), y + random.gauss(0, 2.4)) for x, y in stroke]
        paths += f'<path d="{_smooth(points)}"/>'
    lean, thick, wide = random.uniform(-14, 2), random.uniform(5.5, 8.5), random.uniform(0.85, 1.1)
    if not digit.isdigit():
        lean, thick = 0, thick * 1.25
    room = 72 if digit.isdigit() else 34
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-6 -4 {room * wide:.0f} 118"><g transform="skewX({lean:.0f}) translate(8 0) scale({wide:.2f} 1)" '
        f'fill="none" stroke="{ink}" stroke-width="{thick:.1f}" stroke-linecap="round" stroke-linejoin="round">{paths}</g></svg>'
    )
    return f'<img class="hand" style="margin-bottom:{random.uniform(-0.5, 0.5):.1f}mm" src="{picture(svg)}">'


def _smooth(points: list[tuple[float, float]]) -> str:
    """A Catmull-Rom curve through the points, as Bezier segments."""
    out = f"M {points[0][0]:.1f} {points[0][1]:.1f}"
    for i in range(len(points) - 1):
        before, here, there, after = points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, len(points) - 1)]
        c1 = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        c2 = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        out += f" C {c1[0]:.1f} {c1[1]:.1f} {c2[0]:.1f} {c2[1]:.1f} {there[0]:.1f} {there[1]:.1f}"
    return out
