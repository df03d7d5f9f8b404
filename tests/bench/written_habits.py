"""Digits as they are written in Uzbekistan and its neighbours, in pen strokes: what the collected hands lack or have few of.

A 1 with a long upstroke, a crossed 7 with a hook, an open 4, a 9 like a g, a 5 whose bar stands off, an 8 of two rings.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import cv2
import numpy as np

Array = np.ndarray
Points = list[tuple[float, float]]

#: Strokes in a box 60 wide and 100 high (tails may leave it): points that a pen passes smoothly; several shapes of a digit.
SHAPES: dict[str, list[list[Points]]] = {
    "0": [
        [[(34, 8), (12, 30), (10, 66), (28, 94), (50, 72), (52, 32), (36, 8)]],
        [[(42, 12), (22, 8), (8, 48), (26, 94), (50, 60), (42, 16), (30, 12)]],
        [[(28, 8), (14, 40), (18, 90), (38, 90), (44, 44), (36, 10), (26, 18)]],
    ],
    "1": [
        [[(4, 62), (22, 34), (38, 8)], [(38, 8), (36, 50), (34, 94)]],
        [[(2, 88), (22, 46), (40, 8)], [(40, 8), (37, 50), (33, 94)]],
        [[(12, 40), (36, 8)], [(36, 8), (34, 92)], [(16, 94), (54, 92)]],
        [[(20, 26), (34, 8)], [(34, 8), (30, 94)]],
        [[(32, 8), (30, 50), (28, 94)]],
    ],
    "2": [
        [[(12, 28), (26, 8), (48, 20), (40, 50), (12, 90), (30, 84), (54, 90)]],
        [[(12, 26), (28, 8), (46, 24), (30, 62), (10, 92)], [(10, 92), (54, 92)]],
        [[(10, 20), (28, 8), (46, 24), (34, 60), (12, 86), (10, 74), (24, 78), (40, 92), (58, 84)]],
        [[(12, 12), (44, 12)], [(44, 12), (12, 92)], [(12, 92), (52, 90)]],
    ],
    "3": [
        [[(12, 16), (36, 8), (46, 28), (26, 46), (48, 64), (38, 90), (10, 84)]],
        [[(10, 10), (46, 10)], [(46, 10), (24, 44)], [(24, 44), (48, 62), (38, 92), (8, 86)]],
        [[(10, 18), (30, 8), (44, 24), (22, 48), (18, 44), (46, 62), (34, 98), (4, 92)]],
    ],
    "4": [
        [[(14, 10), (12, 50), (46, 52)], [(48, 8), (44, 96)]],
        [[(20, 8), (8, 56), (54, 54)], [(40, 34), (36, 98)]],
        [[(34, 8), (10, 58), (54, 58)], [(42, 36), (38, 96)]],
        [[(16, 10), (12, 44), (28, 54), (46, 40)], [(48, 8), (44, 96)]],
        [[(38, 94), (42, 8)], [(42, 8), (8, 64)], [(8, 64), (56, 64)]],
    ],
    "5": [
        [[(18, 10), (14, 44), (36, 42), (48, 66), (34, 92), (8, 86)], [(18, 10), (50, 8)]],
        [[(16, 22), (14, 46), (36, 44), (46, 66), (32, 94), (6, 88)], [(24, 10), (58, 6)]],
        [[(48, 8), (20, 10)], [(20, 10), (14, 44)], [(14, 44), (40, 44), (46, 72), (26, 94), (6, 84)]],
    ],
    "6": [
        [[(44, 8), (18, 40), (10, 74), (28, 94), (48, 76), (36, 54), (12, 68)]],
        [[(36, 2), (14, 40), (12, 80), (32, 94), (46, 72), (30, 56), (14, 72)]],
        [[(28, 4), (12, 60), (22, 94), (44, 84), (40, 62), (22, 64), (14, 82)]],
    ],
    "7": [
        [[(10, 14), (52, 12), (34, 50), (22, 94)], [(14, 54), (48, 48)]],
        [[(10, 24), (12, 12)], [(12, 12), (52, 12)], [(52, 12), (36, 46), (26, 96)], [(18, 52), (50, 50)]],
        [[(8, 16), (20, 8), (36, 16), (54, 8)], [(54, 8), (36, 48), (24, 96)], [(16, 52), (54, 46)]],
        [[(10, 12), (52, 10), (32, 52), (24, 94)]],
        [[(8, 26), (10, 10), (52, 10)], [(52, 10), (40, 40), (34, 94)]],
    ],
    "8": [
        [[(46, 20), (28, 8), (14, 26), (44, 66), (32, 94), (12, 76), (40, 40), (48, 18)]],
        [[(30, 8), (16, 26), (30, 46), (44, 26), (30, 8)], [(30, 46), (10, 72), (30, 94), (50, 70), (30, 46)]],
        [[(44, 10), (20, 14), (22, 40), (44, 66), (30, 96), (10, 78), (34, 46), (52, 6)]],
    ],
    "9": [
        [[(46, 26), (28, 8), (12, 30), (28, 50), (46, 30), (42, 62), (28, 96)]],
        [[(46, 18), (24, 10), (12, 34), (30, 48), (46, 20)], [(46, 14), (46, 84), (32, 108), (8, 100)]],
        [[(44, 16), (22, 10), (12, 32), (28, 48), (46, 24), (44, 70), (26, 98), (6, 90)]],
        [[(46, 24), (26, 10), (14, 32), (32, 48), (46, 24), (44, 94)]],
    ],
}  # fmt: skip


def habitual(chance: Random, width: float | None = None) -> Callable[[Random, str], Array]:
    """A hand of one habit: shapes, the bend of their strokes and the pen (width in hundredths of a digit's height) stay along a line."""
    pen = width or chance.uniform(4, 12)
    shape = {digit: chance.randrange(len(shapes)) for digit, shapes in SHAPES.items()}
    habit, shake = chance.uniform(1.5, 5.0), chance.uniform(0.6, 2.4)
    bend = {digit: [[(chance.gauss(0, habit), chance.gauss(0, habit)) for _ in range(9)] for _ in range(4)] for digit in SHAPES}
    wide = chance.uniform(0.75, 1.2)

    def write(random: Random, sign: str) -> Array:
        shapes = SHAPES[sign]
        chosen = shapes[shape[sign] if random.random() < 0.9 else random.randrange(len(shapes))]
        picture = np.zeros((300, 260), np.uint8)
        for stroke, moves in zip(chosen, bend[sign], strict=False):
            points = [
                (x + a + random.gauss(0, shake), y + b + random.gauss(0, shake)) for (x, y), (a, b) in zip(stroke, moves, strict=False)
            ]
            curve = smooth(points) * (2 * wide, 2) + (60, 40)
            cv2.polylines(picture, [np.round(curve * 8).astype(np.int32)], False, 255, max(2, round(2 * pen)), cv2.LINE_AA, 3)
        return picture.astype(np.float32) / 255

    return write


def smooth(points: Points) -> Array:
    """A curve through the points (Catmull-Rom)."""
    path = np.array([points[0], *points, points[-1]], float)
    steps = np.linspace(0, 1, 10, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(path, path[1:], path[2:], path[3:], strict=False):
        parts.append(0.5 * (2 * b + (c - a) * steps + (2 * a - 5 * b + 4 * c - d) * steps**2 + (3 * b - a - 3 * c + d) * steps**3))
    return np.vstack([*parts, path[-1:]])


def corrected(ink: Array, wrong: Array, chance: Random) -> Array:
    """A digit written over a wrong one, which shows through. Ink 0..1."""
    thin = cv2.erode(cv2.resize(wrong, (ink.shape[1], ink.shape[0]), interpolation=cv2.INTER_AREA), np.ones((3, 3), np.uint8))
    thick = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    return np.maximum(chance.uniform(0.4, 0.9) * thin, thick)


def scribbled(ink: Array, chance: Random) -> Array:
    """A wrong digit that was struck out by a stroke or two, or scribbled over. Ink 0..1."""
    out, (high, wide) = ink.copy(), ink.shape
    width = max(2, round(high * chance.uniform(0.05, 0.11)))
    if chance.random() < 0.5:
        for _ in range(chance.choice((1, 2, 2))):
            ends = ((chance.randint(-4, 4), chance.randint(0, high)), (wide + chance.randint(-4, 4), chance.randint(0, high)))
            cv2.line(out, *ends, 1.0, width, cv2.LINE_AA)
        return out
    turns = chance.randint(4, 9)
    points = [(wide * n / turns + chance.gauss(0, 3), high * (0.1 if n % 2 else 0.9) + chance.gauss(0, 5)) for n in range(turns + 1)]
    cv2.polylines(out, [np.round(smooth(points)).astype(np.int32)], False, 1.0, width, cv2.LINE_AA)
    return out


def with_gaps(ink: Array, chance: Random) -> Array:
    """As a ball pen writes that runs dry: pale streaks, and strokes that are lighter in their middle."""
    noise = np.random.default_rng(chance.getrandbits(32))
    high, wide = ink.shape
    coarse = noise.random((max(2, high // chance.choice((4, 7, 12))), max(2, wide // chance.choice((4, 7, 12)))), np.float32)
    texture = cv2.resize(coarse, (wide, high), interpolation=cv2.INTER_CUBIC)
    out = ink * np.clip(1 - chance.uniform(0.5, 1.0) * (texture > chance.uniform(0.7, 0.92)), 0, 1).astype(np.float32)
    if chance.random() < 0.4:
        core = cv2.erode(ink, np.ones((5, 5), np.uint8))
        out = out * (1 - chance.uniform(0.2, 0.7) * core)
    return out
