"""Draws lines of digits as people write and print them, with their text: what the line reader is trained and measured on.

Hands: pictures of real digits set beside each other, drawn strokes, handwriting faces; print for contrast. Each line is one writer:
size, slant, pen and spacing vary little along it. Lines of forms, boxes of combs, strikes, dirt, coarse scans and photos come over it;
some are cut out of a form instead, as the product does it.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.bench.cut_lines import cut_from_form
from tests.bench.train_digits import held_out
from tests.support.filled_forms import drawn

Array = np.ndarray
TALL = 56  # pixels of a digit while a line is drawn
CUT = 0.4  # of the lines are cut out of a form
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
    """What lines are written with. digits: pictures of real ones by digit, ink bright; faces: files of handwriting fonts; bent: each
    writer bends the pictures in a way of his own, so that few pictures make many hands."""

    digits: dict[str, list[Array]]
    faces: Sequence[Path] = ()
    bent: bool = False
    prints: Sequence[Path] = field(default_factory=lambda: [PRINT_FOLDER / f for f in PRINT if (PRINT_FOLDER / f).exists()])


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
    if kind < 0.62:
        ink, hand = beside(text, pictured(hands, chance), chance), True
    elif kind < 0.72:
        ink, hand = beside(text, drawn(chance), chance), True
    elif kind < 0.80 and hands.faces:
        ink, hand = _in_face(text, chance.choice(list(hands.faces)), chance), True
    else:
        ink, hand = _in_face(text, chance.choice(list(hands.prints)), chance), False
    if chance.random() < 0.03:
        words = [*hands.faces] if hand and hands.faces else [*hands.prints]
        text, ink, hand = "", _in_face(_word(chance), chance.choice(words), chance), hand and bool(hands.faces)
    if text and chance.random() < cut:
        crop = cut_from_form(ink, scanned, chance)
        if crop is not None and not crop.struck:
            return Line(crop.picture, text.replace(".", ","), hand)
    ink, text = _struck(ink, text, hand, chance)
    return Line(arriving(_on_form(ink, chance), chance), text.replace(".", ","), hand)


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


def invent_text(chance: Random) -> str:
    """What is written on forms of reports: numbers, dates, digits."""
    kind = chance.random()
    if kind < 0.42:
        whole = str(chance.randint(0, 10 ** chance.choice((1, 2, 3, 4, 5, 6, 6)) - 1))
        if chance.random() < 0.2:
            whole = whole.zfill(chance.choice((5, 6, 7)))
        places = chance.choice((2, 2, 2, 2, 3, 1, 0))
        mark = chance.choices((",", ".", "-"), (10, 3, 2))[0]
        return whole + (mark + "".join(chance.choices("0123456789", k=places)) if places else "")
    if kind < 0.68:
        return "".join(chance.choices("0123456789", k=chance.choice((1, 2, 4, 5, 5, 6, 7, 7, 8, 8, 9, 9, 10))))
    return invent_date(chance)


def invent_date(chance: Random) -> str:
    day, month, year = chance.randint(1, 31), chance.randint(1, 12), chance.randint(2018, 2031)
    mark = chance.choices((".", ",", "/", "-", ""), (10, 2, 4, 3, 1))[0]
    shown = f"{month:02d}"
    if mark and chance.random() < 0.25:
        shown = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[month - 1]
    return mark.join(
        (f"{day:02d}" if chance.random() < 0.85 or not mark else str(day), shown, str(year) if chance.random() < 0.7 else str(year)[2:])
    )


def _word(chance: Random) -> str:
    return "".join(chance.choices("abcdefghkmnoprstuvwyzABCDEGHKMNPRST", k=chance.randint(3, 10)))


def pictured(hands: Hands, chance: Random):  # type: ignore[no-untyped-def]
    """A writer made of real digits: of each digit one or two pictures, so that a line looks like one hand."""
    own: dict[str, list[Array]] = {}
    bend = _bend(chance) if hands.bent else None
    crossed = chance.random() < 0.3
    flagged = chance.random() < 0.3

    def write(random: Random, sign: str) -> Array:
        if sign == "1" and flagged:
            return _flagged_one(random)
        if sign not in own:
            own[sign] = [random.choice(hands.digits[sign]) for _ in range(2)]
        ink = cv2.resize(random.choice(own[sign]), None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC).astype(np.float32) / 255
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


def _bend(chance: Random):  # type: ignore[no-untyped-def]
    """A writer's way of bending digits: leaning, wide or narrow, thick or thin, and unsteady."""
    lean, wide, turn, unsteady = chance.gauss(0, 0.12), chance.uniform(0.82, 1.2), chance.gauss(0, 4), chance.uniform(0, 2.4)
    pen = chance.choice((-1, 0, 0, 0, 1, 2))

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
        if pen > 0:
            out = cv2.dilate(out, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * pen + 1, 2 * pen + 1)))
        elif pen < 0:
            out = cv2.erode(out, np.ones((2, 2), np.uint8))
        return out if out.max() > 0.5 else ink

    return bend


def _flagged_one(random: Random) -> Array:
    """A 1 with its upstroke, as it is written here: the collected hands write it as a bare stroke."""
    ink = np.zeros((160, 140), np.float32)
    top, foot = (80 + random.randint(-6, 6), 22), (74 + random.randint(-12, 10), 134)
    flag = (top[0] - random.randint(12, 40), top[1] + random.randint(14, 55))
    bend = ((flag[0] + top[0]) // 2 + random.randint(-2, 6), (flag[1] + top[1]) // 2 + random.randint(0, 8))
    cv2.polylines(ink, [np.array([flag, bend, top, foot], np.int32)], False, 1.0, random.randint(7, 17), cv2.LINE_AA)
    return ink


def beside(text: str, write, chance: Random) -> Array:  # type: ignore[no-untyped-def]
    """Digits set beside each other by one writer, with marks drawn between them. Ink 0..1."""
    gap = chance.choices((chance.uniform(-0.12, 0.02), chance.uniform(0.02, 0.25), chance.uniform(0.3, 0.9)), (2, 5, 2))[0]
    slant, wide, slope = chance.gauss(0, 0.12), chance.uniform(0.8, 1.15), chance.gauss(0, 0.025)
    pen = chance.uniform(3.0, 8.5)
    parts, size = [], TALL * chance.uniform(0.9, 1.1)
    for sign in text:
        ink = write(chance, sign) if sign.isdigit() else _mark(sign, pen, chance)
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
        top = 120 - ink.shape[0] + (0 if sign.isdigit() else 18 if sign in ",." else 0) + slope * x + chance.gauss(0, 1.8)
        if sign == "-":
            top = 120 - 0.5 * TALL + chance.uniform(-8, 6) + slope * x
        top = int(np.clip(top, 0, 190 - ink.shape[0]))
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
    return out


def _mark(sign: str, pen: float, chance: Random) -> Array:
    """A comma, point, dash, slash or Roman letter in pen strokes."""
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


@functools.lru_cache(maxsize=200)
def _font(face: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(face), size)


def _in_face(text: str, face: Path, chance: Random) -> Array:
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


def _on_form(ink: Array, chance: Random) -> Array:
    """Cut as a place of a form is cut, with what is left of its lines. Ink 0..1."""
    rows, columns = np.nonzero(ink > 0.3)
    if len(rows) == 0:
        return ink
    top, bottom, left, right = int(rows.min()), int(rows.max()), int(columns.min()), int(columns.max())
    tall = max(24, min(bottom, 122) - top)
    up, down = top - round(tall * chance.uniform(0.02, 0.45)), max(bottom, 120) + round(tall * chance.uniform(0.02, 0.45))
    sides = [round(tall * chance.choice((0.1, 0.2, 0.4, chance.uniform(0, 1.5)))) for _ in range(2)]
    out = cv2.copyMakeBorder(ink, 60, 60, 120, 120, cv2.BORDER_CONSTANT, value=0)
    kind, dark, thick = chance.random(), chance.uniform(0.4, 1.0), chance.randint(1, 4)
    if kind < 0.32:  # the line to write on, whole, dotted or what removing it left
        y = 60 + 120 + chance.randint(-6, 14)
        whole = np.zeros_like(out)
        cv2.line(whole, (0, y), (out.shape[1], y + chance.randint(-2, 2)), dark, thick, cv2.LINE_AA)
        if chance.random() < 0.5:
            period = chance.randint(4, 40)
            whole[:, (np.arange(out.shape[1]) % period) > period * chance.uniform(0.2, 0.8)] = 0
        out = np.maximum(out, whole)
    elif kind < 0.42:  # boxes
        step = chance.uniform(0.9, 1.6) * tall
        for n in range(int(out.shape[1] / step) + 1):
            cv2.line(out, (round(n * step), 0), (round(n * step + chance.randint(-1, 1)), out.shape[0]), dark, thick, cv2.LINE_AA)
    elif kind < 0.52:  # the frame of a cell
        edge = chance.choice((0, 1, 2))
        if edge == 0:
            cv2.line(out, (0, 60 + up + 3), (out.shape[1], 60 + up + 3), dark, thick)
        elif edge == 1:
            cv2.line(out, (0, 60 + down - 4), (out.shape[1], 60 + down - 4), dark, thick)
        else:
            x = 120 + (left - sides[0] + 3 if chance.random() < 0.5 else right + sides[1] - 4)
            cv2.line(out, (x, 0), (x, out.shape[0]), dark, thick)
    elif kind < 0.62:  # what taking a line out that crossed the digits left of them
        y, high = 60 + chance.randint(top, bottom), chance.randint(2, 6)
        period = chance.randint(10, 60)
        out[y : y + high, (np.arange(out.shape[1]) % period) < period * chance.uniform(0.4, 1.0)] = 0
    return out[max(0, 60 + up) : 60 + down, max(0, 120 + left - sides[0]) : 120 + right + sides[1]]


def scanned(ink: Array, chance: Random) -> Array:
    """As a usual scanner or phone brings a page, in the same size: a little soft, pale and noisy. Grey, dark on light."""
    noise = np.random.default_rng(chance.getrandbits(32))
    if chance.random() < 0.6:
        ink = cv2.GaussianBlur(ink, (0, 0), chance.uniform(0.4, 1.1))
    page = chance.uniform(225, 253) - chance.uniform(110, 215) * ink + noise.normal(0, chance.choice((1, 3, 6)), ink.shape)
    out = page.clip(0, 255).astype(np.uint8)
    if chance.random() < 0.5:
        _, data = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, chance.randint(55, 90)])
        out = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    return out


def arriving(ink: Array, chance: Random) -> Array:
    """As a scanner or a phone brings it: coarser, softer, paler, noisy, one-bit, compressed. Grey, dark on light."""
    noise = np.random.default_rng(chance.getrandbits(32))
    tall = chance.randint(24, 64)
    scale = tall / ink.shape[0]
    ink = cv2.resize(ink, (max(8, round(ink.shape[1] * scale)), tall), interpolation=cv2.INTER_AREA)
    if chance.random() < 0.5:
        ink = cv2.GaussianBlur(ink, (0, 0), chance.uniform(0.3, 1.3))
    strong = chance.uniform(110, 235) if chance.random() < 0.7 else chance.uniform(70, 120)
    page = 250.0 - strong * ink + noise.normal(0, chance.choice((1, 3, 6, 11)), ink.shape)
    if chance.random() < 0.15:
        page = np.ascontiguousarray(np.where(page > 250 - strong * chance.uniform(0.3, 0.6), 255.0, 0.0))
    if chance.random() < 0.1:
        for _ in range(chance.randint(1, 5)):
            cv2.circle(
                page,
                (chance.randrange(page.shape[1]), chance.randrange(page.shape[0])),
                chance.choice((0, 1, 1, 2)),
                chance.randint(20, 140),
                -1,
            )
    out = page.clip(0, 255).astype(np.uint8)
    if chance.random() < 0.6:  # as the product cuts it out: white around the ink
        out[cv2.dilate((ink > 0.3).astype(np.uint8), np.ones((5, 5), np.uint8)) == 0] = 255
    if chance.random() < 0.3:
        _, data = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, chance.randint(35, 85)])
        out = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    return out
