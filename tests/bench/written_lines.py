"""Draws lines of digits as people write and print them, with their text: what the line reader is trained and measured on.

Hands: pictures of real digits set beside each other, drawn strokes, handwriting faces; print for contrast. Each line is one writer:
size, slant, pen and spacing vary little along it. Lines of forms, boxes of combs, strikes, dirt, coarse scans and photos come over it;
some are cut out of a form instead, as the product does it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import cv2
import numpy as np

from tests.bench.arriving import arriving, on_form, poorly_scanned, scanned
from tests.bench.cut_lines import cut_from_form
from tests.bench.written_habits import habitual
from tests.bench.written_hands import Hands, pictured
from tests.bench.written_signs import beside, in_face
from tests.bench.written_texts import invent_text, invent_word
from tests.support.filled_forms import drawn

Array = np.ndarray
CUT = 0.5  # of the lines are cut out of a form
_UNITS = ("r.", "r", "Gkal", "G", "MW", "kWh", "yil", "y.")  # r: as a Russian g is written


@dataclass(slots=True)
class Line:
    """A line as a reader gets it: grey, dark on light; text without spaces, "," for both decimal marks; hand: not printed."""

    picture: Array
    text: str
    hand: bool


def draw_line(hands: Hands, chance: Random, real: float | None = None, cut: float = CUT) -> Line:
    """One line. real: 1 for pictures of real digits only; cut: 1 for lines cut out of forms only, 0 for none."""
    text = invent_text(chance)
    kind = chance.random() if real is None else 0.0
    if kind < 0.66:
        ink, hand = beside(text, pictured(hands, chance), chance, hands.bent), True
    elif kind < 0.74:
        ink, hand = beside(text, habitual(chance) if hands.bent and chance.random() < 0.7 else drawn(chance), chance, hands.bent), True
    elif kind < 0.82 and hands.faces:
        ink, hand = in_face(text, chance.choice(list(hands.faces)), chance), True
    else:
        ink, hand = in_face(text, chance.choice(list(hands.prints)), chance), False
    if chance.random() < 0.03:
        words = [*hands.faces] if hand and hands.faces else [*hands.prints]
        text, ink, hand = "", in_face(invent_word(chance), chance.choice(words), chance), hand and bool(hands.faces)
    elif hand and hands.faces and real is None and chance.random() < 0.04:
        ink = _with_unit(ink, hands.faces, chance)
    if text and chance.random() < cut:
        crop = cut_from_form(ink, poorly_scanned if hands.bent and chance.random() < 0.4 else scanned, chance, hands.bent)
        if crop is not None and not crop.struck:
            return Line(crop.picture, _as_read(text), hand)
    ink, text = _struck(ink, text, hand, chance)
    return Line(arriving(on_form(ink, chance), chance), _as_read(text), hand)


def _as_read(text: str) -> str:
    return text.replace(".", ",").replace(" ", "")


def _with_unit(ink: Array, faces: Sequence[Path], chance: Random) -> Array:
    """The line with a unit or the word for a year behind it, which is no part of the text."""
    columns = np.flatnonzero(ink.max(axis=0) > 0.3)
    word = in_face(chance.choice(_UNITS), chance.choice(list(faces)), chance)
    space = np.zeros((ink.shape[0], chance.randint(4, 40)), np.float32)
    return np.hstack([ink[:, : columns[-1] + 1], space, word[:, 40:]])


def _struck(ink: Array, text: str, hand: bool, chance: Random) -> tuple[Array, str]:
    """Now and then a first try that was struck out stands before the value: it is no part of the text."""
    if not hand or not text or chance.random() > 0.05:
        return ink, text
    columns = np.flatnonzero(ink.max(axis=0) > 0.3)
    start, end = int(columns[0]), int(columns[-1])
    wrong = ink[:, start : end + 1].copy()
    rows = np.flatnonzero(wrong.max(axis=1) > 0.3)
    y = int(rows[0] + (rows[-1] - rows[0]) * chance.uniform(0.35, 0.6))
    for _ in range(chance.choice((1, 1, 2))):
        cv2.line(wrong, (0, y + chance.randint(-9, 9)), (wrong.shape[1], y + chance.randint(-9, 9)), 1.0, chance.randint(4, 8), cv2.LINE_AA)
    space = np.zeros((ink.shape[0], chance.randint(10, 50)), np.float32)
    return np.hstack([ink[:, :start], wrong, space, ink[:, start:]]), text
