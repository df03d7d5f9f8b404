"""Photos of a meter's display, drawn: LCDs and drum counters on a housing with serial and unit, askew, with glare and noise."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

_SEGMENTS = {
    "0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc", "5": "afgcd", "6": "afgecd", "7": "abc", "8": "abcdefg",
    "9": "abcdfg",
}  # fmt: skip
_FONTS = Path("/usr/share/fonts/truetype")


@dataclass(frozen=True, slots=True)
class Display:
    """What a display shows: the index with its decimals (`1284.37`), its unit as printed, the housing's serial; drum or LCD."""

    value: str
    unit: str
    serial: str
    drum: bool


def invent(random: Random, *, drum: bool) -> Display:
    places = random.choice((1, 2, 3))
    whole = str(random.randint(0, 10 ** random.choice((3, 4, 5, 6)))).zfill(random.choice((0, 6)) if not drum else 6)
    value = f"{whole[:6]}.{random.randint(0, 10**places - 1):0{places}d}"
    return Display(value, random.choice(("MWh", "GJ", "kWh", "Gcal", "m3")), str(random.randint(1_000_000, 99_999_999)), drum)


def photo(shown: Display, random: Random, *, hard: bool = False) -> Image.Image:
    """A phone's picture of the housing, 1600 x 1200."""
    noise = np.random.default_rng(random.getrandbits(32))
    housing = _housing(shown, random)
    width, height = 1600, 1200
    sway = 0.05 if hard else 0.025
    corners = [(0.08, 0.12), (0.92, 0.12), (0.92, 0.88), (0.08, 0.88)]
    target = np.array(
        [((x + random.uniform(-sway, sway)) * width, (y + random.uniform(-sway, sway)) * height) for x, y in corners], np.float32
    )
    source = np.array([(0, 0), (housing.width, 0), (housing.width, housing.height), (0, housing.height)], np.float32)
    turn = cv2.getPerspectiveTransform(source, target)
    wall = np.array(random.choice(((120, 112, 100), (70, 74, 80), (160, 158, 150))), np.float32)
    grain = cv2.resize(noise.normal(0, 1, (80, 100)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC) * 8
    shot = np.clip(wall + grain[..., None], 0, 255).astype(np.float32)
    mask = cv2.warpPerspective(np.ones((housing.height, housing.width), np.float32), turn, (width, height))[..., None]
    warped = cv2.warpPerspective(np.asarray(housing).astype(np.float32), turn, (width, height), flags=cv2.INTER_AREA)
    shot = shot * (1 - mask) + warped * mask
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    far = np.hypot(x - random.uniform(0, width), y - random.uniform(0, height)) / width
    shot *= (1.1 - random.uniform(0.1, 0.45) * far)[..., None]
    for _ in range(random.choice((0, 1, 2)) if hard else random.choice((0, 0, 1))):  # glare of a lamp on the glass
        glare = np.exp(-(((x - random.uniform(0.2, 0.8) * width) / 130) ** 2 + ((y - random.uniform(0.3, 0.6) * height) / 40) ** 2))
        shot += 110 * glare[..., None]
    shot = cv2.GaussianBlur(shot, (0, 0), random.uniform(1.0, 2.2) if hard else random.uniform(0.5, 1.2))
    shot += noise.normal(0, random.uniform(5, 10) if hard else random.uniform(1, 5), shot.shape[:2])[..., None]
    return Image.fromarray(np.clip(shot, 0, 255).astype(np.uint8))


def _housing(shown: Display, random: Random) -> Image.Image:
    colour = random.choice(((232, 232, 228), (208, 212, 216), (60, 66, 74), (178, 190, 200)))
    ink = (20, 20, 24) if sum(colour) > 300 else (235, 235, 235)
    picture = Image.new("RGB", (1340, 920), colour)
    draw = ImageDraw.Draw(picture)
    draw.text((90, 60), random.choice(("MULTICAL 603", "Ultraheat", "TEPLOCOM", "SHARKY 775", "CF ECHO II")), fill=ink, font=_font(54))
    draw.text((90, 760), f"{random.choice(('S/N', 'Nr.', '№', 'Зав. №'))} {shown.serial}", fill=ink, font=_font(44))
    draw.text((820, 770), random.choice(("qp 2.5 m3/h", "PN16", "2...150 C", "EN 1434 cl.2")), fill=ink, font=_font(36))
    if shown.drum:
        _drums(picture, draw, shown, ink)
    else:
        _lcd(picture, draw, shown, random)
    return picture


def _lcd(picture: Image.Image, draw: ImageDraw.ImageDraw, shown: Display, random: Random) -> None:
    glass = random.choice(((176, 190, 160), (196, 204, 190), (160, 176, 150)))
    draw.rectangle((110, 190, 1230, 560), fill=glass, outline=(40, 40, 40), width=8)
    slant = random.choice((0.0, 0.08, 0.12))
    text = shown.value
    count = sum(c != "." for c in text)
    height = min(200, int(900 / count / 0.69))
    wide = int(height * 0.52)
    step = int(height * 0.69)
    x = 1090 - step * count
    ink = random.choice(((28, 34, 28), (45, 52, 44)))
    for sign in text:
        if sign == ".":
            draw.ellipse((x - 0.135 * height, 250 + 0.92 * height, x - 0.045 * height, 250 + 1.01 * height), fill=ink)
            continue
        _digit(draw, sign, (x, 250), (wide, height), (slant, ink))
        x += step
    draw.text((1100, 490), shown.unit, fill=ink, font=_font(46))


Look = tuple[float, tuple[int, int, int]]  # slant, colour


def _digit(draw: ImageDraw.ImageDraw, sign: str, at: tuple[float, float], size: tuple[int, int], look: Look) -> None:
    (left, top), (wide, high), (slant, ink) = at, size, look
    t, gap = high * 0.12, high * 0.02

    def point(x: float, y: float) -> tuple[float, float]:
        return left + x + slant * (high - y), top + y

    middle = high / 2
    bars = {
        "a": ((gap, 0), (wide - gap, 0), (wide - t - gap, t), (t + gap, t)),
        "d": ((t + gap, high - t), (wide - t - gap, high - t), (wide - gap, high), (gap, high)),
        "g": ((t + gap, middle - t / 2), (wide - t - gap, middle - t / 2), (wide - gap - t / 2, middle), (wide - t - gap, middle + t / 2),
              (t + gap, middle + t / 2), (gap + t / 2, middle)),
        "f": ((0, gap), (t, t + gap), (t, middle - t / 2 - gap), (0, middle - gap)),
        "b": ((wide, gap), (wide - t, t + gap), (wide - t, middle - t / 2 - gap), (wide, middle - gap)),
        "e": ((0, middle + gap), (t, middle + t / 2 + gap), (t, high - t - gap), (0, high - gap)),
        "c": ((wide, middle + gap), (wide - t, middle + t / 2 + gap), (wide - t, high - t - gap), (wide, high - gap)),
    }  # fmt: skip
    for name in _SEGMENTS[sign]:
        draw.polygon([point(x, y) for x, y in bars[name]], fill=ink)


def _drums(picture: Image.Image, draw: ImageDraw.ImageDraw, shown: Display, ink: tuple[int, int, int]) -> None:
    """Rolls behind windows: white on black before the mark, white on red behind it."""
    x, size = 150, 150
    whole, _, part = shown.value.partition(".")
    font = _font(120)
    for place, sign in enumerate(whole + part):
        back = (24, 24, 26) if place < len(whole) else (170, 30, 34)
        draw.rectangle((x, 240, x + 104, 240 + size), fill=back, outline=(90, 90, 90), width=4)
        box = font.getbbox(sign)
        draw.text((x + 52 - (box[0] + box[2]) / 2, 240 + size / 2 - (box[1] + box[3]) / 2), sign, fill=(240, 240, 236), font=font)
        x += 116
    draw.text((x + 20, 320), shown.unit, fill=ink, font=_font(60))


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / "dejavu" / "DejaVuSans-Bold.ttf"), size)
