"""What happens to pages that are kept aside on their way: other scanners and cameras than those of degrade.py.

A feeder with a dirty glass, a one-bit halftone, a camera that is tilted in space over a sheet that curls on a desk full of things, and a
photo of a screen.
"""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
from PIL import Image

Picture = np.ndarray  # height x width x 3, float32 0..255, RGB

#: Dots per inch of the scans made here.
SCANS = {"feed300": 300, "feed200": 200, "feed150": 150, "bw300": 300, "halftone200": 200}


def scan(image: Image.Image, mode: str, random: Random) -> Image.Image:
    """A sheet through a feeder: it slips a little, the lamp is uneven, dirt on the glass draws lines; grey, colour, one bit or halftone."""
    noise = np.random.default_rng(random.getrandbits(32))
    page = np.asarray(image).astype(np.float32)
    height, width = page.shape[:2]
    lean, shear = np.radians(random.gauss(0, 0.8)), random.uniform(-0.004, 0.004)
    matrix = np.float32([[1, np.tan(lean) + shear, -np.tan(lean) * height / 2], [-np.tan(lean), 1, np.tan(lean) * width / 2]])
    page = cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(250, 250, 250))
    page = cv2.GaussianBlur(page, (0, 0), random.uniform(0.4, 1.0) * SCANS[mode] / 200)
    paper, ink = random.uniform(225, 250), random.uniform(15, 70)
    lamp = 1 + 0.04 * np.sin(np.linspace(0, random.uniform(2, 9), width, dtype=np.float32) + random.uniform(0, 6))
    page = (ink + page / 255 * (paper - ink)) * lamp[None, :, None]
    for _ in range(random.choice((0, 0, 1, 2))):  # dirt on the glass
        x, strength = random.randrange(width), random.uniform(15, 60)
        page[:, x : x + random.choice((1, 1, 2))] -= strength
    if random.random() < 0.3:  # what is printed on the other side shines through
        page -= 14 * (1 - page[:, ::-1] / 255) * random.uniform(0.3, 1)
    page = np.clip(page + noise.normal(0, random.uniform(2, 7), page.shape[:2])[..., None], 0, 255).astype(np.uint8)
    out = Image.fromarray(page)
    if mode == "bw300":
        bound = random.randint(120, 185)
        return out.convert("L").point(lambda v: 255 * (v > bound)).convert("1", dither=Image.Dither.NONE)
    if mode == "halftone200":
        return out.convert("L").point(lambda v: min(255, round(v * 1.12))).convert("1")
    return out.convert("L") if random.random() < 0.4 else out


def photograph(image: Image.Image, mode: str, random: Random) -> Image.Image:
    """photo_tilted, photo_curl (the sheet does not lie flat) or photo_screen (a monitor): 8 megapixels, sharpened as phones do."""
    noise = np.random.default_rng(random.getrandbits(32))
    page = np.asarray(image).astype(np.float32)
    if mode == "photo_screen":
        page = _on_screen(page)
    elif mode == "photo_curl":
        page = _curled(page, random)
    width, height = 2448, 3264
    if random.random() < 0.12:
        width, height = height, width
    corners = _corners(page.shape, width, height, random, 6 if mode == "photo_curl" else 13)
    source = np.float32([(0, 0), (page.shape[1], 0), (page.shape[1], page.shape[0]), (0, page.shape[0])])
    turn = cv2.getPerspectiveTransform(source, corners)
    desk = _desk(width, height, random, noise, dark=mode == "photo_screen")
    mask = cv2.warpPerspective(np.full(page.shape[:2], 1.0, np.float32), turn, (width, height), flags=cv2.INTER_LINEAR)[..., None]
    shot = cv2.warpPerspective(page * random.uniform(0.9, 0.99), turn, (width, height), flags=cv2.INTER_AREA) * mask + desk * (1 - mask)
    shot *= _lamps(width, height, random)[..., None]
    warmth = random.uniform(-0.08, 0.08)
    shot *= np.float32([1 + warmth, 1.0, 1 - warmth])
    shot = cv2.GaussianBlur(shot, (0, 0), random.uniform(0.6, 1.3))
    shot += noise.normal(0, 1, shot.shape) * (2 + random.uniform(0.2, 0.6) * np.sqrt(shot.clip(0)))
    shot += random.uniform(0.4, 1.0) * (shot - cv2.GaussianBlur(shot, (0, 0), 2.0))  # phones sharpen
    return Image.fromarray(shot.clip(0, 255).astype(np.uint8))


def _corners(shape: tuple[int, ...], width: int, height: int, random: Random, tilt: float) -> Picture:
    """Where the sheet's corners come to lie in the picture of a camera that is turned in space; the whole sheet is in the frame."""
    high, wide = shape[0] / max(shape[:2]), shape[1] / max(shape[:2])
    flat = np.float64([(-wide / 2, -high / 2, 0), (wide / 2, -high / 2, 0), (wide / 2, high / 2, 0), (-wide / 2, high / 2, 0)])
    a, b, c = (np.radians(random.uniform(-tilt, tilt)) for _ in range(3))
    c *= 0.35
    around_x = np.array([(1, 0, 0), (0, np.cos(a), -np.sin(a)), (0, np.sin(a), np.cos(a))])
    around_y = np.array([(np.cos(b), 0, np.sin(b)), (0, 1, 0), (-np.sin(b), 0, np.cos(b))])
    around_z = np.array([(np.cos(c), -np.sin(c), 0), (np.sin(c), np.cos(c), 0), (0, 0, 1)])
    seen = flat @ (around_z @ around_y @ around_x).T
    seen = seen[:, :2] / (1.6 + seen[:, 2:])
    low, span = seen.min(axis=0), np.ptp(seen, axis=0)
    room = random.uniform(0.84, 0.95)
    scale = room * min(width / span[0], height / span[1])
    slack = (width - scale * span[0], height - scale * span[1])
    shift = np.array([s * random.uniform(0.25, 0.75) for s in slack])
    return ((seen - low) * scale + shift).astype(np.float32)


def _curled(page: Picture, random: Random) -> Picture:
    """Lines bow and letters narrow towards a side that rises from the desk; the rising side is lit otherwise."""
    height, width = page.shape[:2]
    x, y = np.meshgrid(np.linspace(0, 1, width, dtype=np.float32), np.linspace(0, 1, height, dtype=np.float32))
    bow, narrow = random.uniform(0.006, 0.022) * random.choice((-1, 1)), random.uniform(0.0, 0.05)
    wave = np.sin(np.pi * x * random.uniform(0.7, 1.3))
    bent = cv2.remap(
        page,
        (x + narrow * x * (x - 1)) * (width - 1),
        (y + bow * wave * (0.4 + 0.6 * y)) * (height - 1),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return bent * (1 - random.uniform(0.05, 0.2) * wave)[..., None]


def _on_screen(page: Picture) -> Picture:
    """The page on a monitor: 1400 lines of dots in red, green and blue with dark gaps, which beat against the camera's own."""
    lines = 1400
    small = cv2.resize(page, (round(page.shape[1] * lines / page.shape[0]), lines), interpolation=cv2.INTER_AREA)
    dots = cv2.resize(small, None, fx=3, fy=3, interpolation=cv2.INTER_NEAREST)
    stripes = np.full(dots.shape, 0.72, np.float32)
    for channel in range(3):
        stripes[:, channel::3, channel] = 1.25
    stripes[2::3] *= 0.8
    return (dots * stripes).clip(0, 255)


def _desk(width: int, height: int, random: Random, noise: np.random.Generator, *, dark: bool) -> Picture:
    """A desk with other things on it: sheets with lines of text, a pen, a cup's edge."""
    base = (18, 18, 20) if dark else random.choice(((150, 120, 85), (82, 64, 52), (178, 172, 165), (52, 58, 70), (108, 118, 108)))
    desk = np.empty((height, width, 3), np.float32)
    desk[:] = base
    grain = noise.normal(0, 1, (height // 24 + 1, width // 3 + 1)).astype(np.float32)
    desk += cv2.resize(grain, (width, height), interpolation=cv2.INTER_LINEAR)[..., None] * random.uniform(2, 8)
    for _ in range(0 if dark else random.randint(0, 3)):
        centre = (random.choice((random.uniform(-0.1, 0.1), random.uniform(0.9, 1.1))) * width, random.uniform(0, 1) * height)
        box = cv2.boxPoints((centre, (random.uniform(300, 900), random.uniform(400, 1200)), random.uniform(-40, 40))).astype(np.int32)
        shade = random.uniform(150, 235)
        cv2.fillConvexPoly(desk, box, (shade, shade, shade * random.uniform(0.85, 1)), cv2.LINE_AA)
    if not dark and random.random() < 0.4:
        start = (random.randrange(width), random.randrange(height))
        cv2.line(desk, start, (start[0] + random.randint(-700, 700), start[1] + random.randint(-200, 200)), (30, 40, 120), 26, cv2.LINE_AA)
    return desk


def _lamps(width: int, height: int, random: Random) -> Picture:
    """Light of a window and of a lamp, and the edge of a shadow across the sheet in half of the pictures."""
    y, x = np.mgrid[0:1:64j, 0:1:64j].astype(np.float32)
    slope = random.uniform(0.1, 0.45)
    angle = random.uniform(0, 2 * np.pi)
    light = 1 + slope * ((x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle))
    light *= 1 - random.uniform(0.1, 0.3) * ((x - 0.5) ** 2 + (y - 0.5) ** 2)
    light = cv2.resize(light, (width, height), interpolation=cv2.INTER_CUBIC)
    if random.random() < 0.5:
        edge = random.uniform(0.25, 0.8) + random.uniform(-0.4, 0.4) * x
        shadow = cv2.resize(((y - edge) * random.uniform(8, 40)).clip(0, 1), (width, height), interpolation=cv2.INTER_LINEAR)
        light *= 1 - random.uniform(0.15, 0.45) * shadow
    return light
