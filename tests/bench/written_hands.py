"""The hands that lines are written with: writers made of pictures of real digits, each bent in a way of his own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import cv2
import numpy as np

from tests.bench.train_digits import held_out
from tests.bench.written_habits import habitual

Array = np.ndarray
PRINT = (
    "dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf", "dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSansMono.ttf",
    "liberation/LiberationSans-Regular.ttf", "liberation/LiberationSans-Bold.ttf", "liberation/LiberationSans-Italic.ttf",
    "liberation/LiberationSerif-Regular.ttf", "liberation/LiberationSerif-Bold.ttf", "liberation/LiberationSerif-Italic.ttf",
    "liberation/LiberationMono-Regular.ttf", "liberation/LiberationMono-Bold.ttf", "liberation/LiberationSansNarrow-Regular.ttf",
    "crosextra/Carlito-Regular.ttf", "crosextra/Carlito-Italic.ttf", "crosextra/Caladea-Regular.ttf",
    "open-sans/OpenSans-Regular.ttf", "roboto/unhinted/RobotoTTF/Roboto-Regular.ttf",
    "paratype/PTM55F.ttf", "paratype/PTS55F.ttf", "paratype/PTF55F.ttf",
)  # fmt: skip
PRINT_FOLDER = Path("/usr/share/fonts/truetype")


@dataclass(slots=True)
class Hands:
    """What lines are written with. digits: pictures of real ones by digit, ink bright; faces: files of handwriting fonts; bent: most
    writers bend the pictures in a way of their own, so that few pictures make many hands, and have habits that those lack: for training."""

    digits: dict[str, list[Array]]
    faces: Sequence[Path] = ()
    bent: bool = False
    prints: Sequence[Path] = field(default_factory=lambda: [PRINT_FOLDER / f for f in PRINT if (PRINT_FOLDER / f).exists()])


def read_hands(digits: Path, faces: Path | None, aside: Sequence[str]) -> tuple[Hands, Hands]:
    """What lines are written with: for training, and kept aside (every fifth picture, the faces so named)."""
    with np.load(digits) as data:
        images, labels = data["images"], data["labels"].astype(int)
    kept = held_out(len(images))
    every = sorted(faces.glob("*.ttf")) if faces else []
    chosen = [f for f in every if any(name in f.name for name in aside)]

    def of(mask: np.ndarray, files: list[Path]) -> Hands:
        return Hands({str(n): list(images[mask & (labels == n)]) for n in range(10)}, files)

    train = of(~kept, [f for f in every if f not in chosen])
    train.bent = True
    return train, of(kept, chosen or every)


def pictured(hands: Hands, chance: Random):  # type: ignore[no-untyped-def]
    """A writer made of real digits: of each digit one or two pictures, so that a line looks like one hand."""
    own: dict[str, list[Array]] = {}
    bend = _bend(chance) if hands.bent and chance.random() < 0.75 else None
    crossed = chance.random() < 0.3
    flagged = chance.random() < 0.3
    thick = chance.randint(7, 17)
    upright, local = hands.bent and chance.random() < 0.6, _habits(chance) if hands.bent else {}

    def write(random: Random, sign: str) -> Array:
        if sign in local:
            return local[sign](random, sign)
        if sign == "1" and flagged:
            return _flagged_one(random, thick)
        if sign not in own:
            own[sign] = [random.choice(hands.digits[sign]) for _ in range(2)]
        ink = cv2.resize(random.choice(own[sign]), None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC).astype(np.float32) / 255
        if upright:
            ink = _upright(ink)
        if bend is not None:
            ink = bend(ink, random)
        if sign == "7" and crossed:
            y = round(ink.shape[0] * random.uniform(0.42, 0.6))
            cv2.line(
                ink,
                (round(ink.shape[1] * random.uniform(0.05, 0.35)), y),
                (round(ink.shape[1] * random.uniform(0.7, 1.0)), y - random.randint(-5, 5)),
                0.95,
                random.randint(4, 8),
            )
        return ink.clip(0, 1)

    return write


def _habits(chance: Random):  # type: ignore[no-untyped-def]
    """What a writer writes otherwise than the collected hands do, by digit."""
    write = habitual(chance)
    shares = {"1": 0.2, "4": 0.12, "5": 0.06, "7": 0.2, "9": 0.12}
    return {digit: write for digit, share in shares.items() if chance.random() < share}


def _upright(ink: Array) -> Array:
    """Without its own lean: the digits of one writer lean alike."""
    moments = cv2.moments(ink.clip(0, 1))
    if moments["mu02"] < 1:
        return ink
    lean = float(np.clip(moments["mu11"] / moments["mu02"], -0.7, 0.7))
    matrix = np.array([[1, lean, -lean * ink.shape[0] / 2], [0, 1, 0]], np.float32)
    return cv2.warpAffine(ink, matrix, (ink.shape[1], ink.shape[0]), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)


def _bend(chance: Random):  # type: ignore[no-untyped-def]
    """A writer's way of bending digits: leaning, wide or narrow, thick or thin, and unsteady."""
    lean, wide, turn, unsteady = chance.gauss(0, 0.12), chance.uniform(0.82, 1.2), chance.gauss(0, 4), chance.uniform(0, 2.4)
    pen = chance.choice((-1, 0, 0, 0, 1, 2))
    ballpoint = chance.choice((2, 3, 3, 4, 5, 7)) if chance.random() < 0.4 else 0

    def bend(ink: Array, random: Random) -> Array:
        high, across = ink.shape
        around = cv2.getRotationMatrix2D((across / 2, high / 2), turn + random.gauss(0, 4), 1.0)
        shear = np.array([[wide, lean], [0, 1]])
        matrix = np.hstack([shear @ around[:, :2], np.zeros((2, 1))])
        middle = np.array([across / 2, high / 2])
        matrix[:, 2] = middle - matrix[:, :2] @ middle
        noise = np.random.default_rng(random.getrandbits(32))
        pushes = cv2.resize(noise.normal(0, unsteady, (4, 4, 2)).astype(np.float32), (across, high), interpolation=cv2.INTER_CUBIC)
        y, x = np.mgrid[0:high, 0:across].astype(np.float32)
        inverse = cv2.invertAffineTransform(matrix)
        from_x = inverse[0, 0] * x + inverse[0, 1] * y + inverse[0, 2] + pushes[..., 0]
        from_y = inverse[1, 0] * x + inverse[1, 1] * y + inverse[1, 2] + pushes[..., 1]
        out = cv2.remap(ink, from_x.astype(np.float32), from_y.astype(np.float32), cv2.INTER_LINEAR, borderValue=0)
        if ballpoint:
            out = _with_pen(out, ballpoint)
        elif pen > 0:
            out = cv2.dilate(out, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * pen + 1, 2 * pen + 1)))
        elif pen < 0:
            out = cv2.erode(out, np.ones((2, 2), np.uint8))
        return out if out.max() > 0.5 else ink

    return bend


def _with_pen(ink: Array, width: int) -> Array:
    """The same strokes with a pen of one width (pixels): thin ones, too, which the collected hands lack."""
    inside = cv2.distanceTransform((ink > 0.4).astype(np.uint8), cv2.DIST_L2, 3)
    middle = (inside > 0) & (inside >= 0.66 * cv2.dilate(inside, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))))
    strokes = cv2.dilate(middle.astype(np.float32), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width)))
    return cv2.GaussianBlur(strokes, (0, 0), 0.8)


def _flagged_one(random: Random, thick: int) -> Array:
    """A 1 with its upstroke, as it is written here: the collected hands write it as a bare stroke."""
    ink = np.zeros((160, 140), np.float32)
    top, foot = (80 + random.randint(-6, 6), 22), (74 + random.randint(-12, 10), 134)
    flag = (top[0] - random.randint(12, 40), top[1] + random.randint(14, 55))
    bend = ((flag[0] + top[0]) // 2 + random.randint(-2, 6), (flag[1] + top[1]) // 2 + random.randint(0, 8))
    cv2.polylines(ink, [np.array([flag, bend, top, foot], np.int32)], False, 1.0, thick, cv2.LINE_AA)
    return ink
