"""What happens to a page on its way: scanners, one-bit copies, phones, shadows, messengers."""

from __future__ import annotations

import io
from random import Random

import cv2
import numpy as np
from PIL import Image
from pillow_heif import from_pillow

Picture = np.ndarray  # height x width x 3, uint8, RGB; or height x width

SCANS = {"scan300": 300, "scan200": 200, "scan200gray": 200, "scan150": 150, "bw200": 200, "rot": 200}


def scan(image: Image.Image, mode: str, random: Random) -> Image.Image:
    """A flatbed or feeder scan: skew, specks, paper tone, sometimes a fold or a dark edge; `rot` lies on its side or head."""
    noise = np.random.default_rng(random.getrandbits(32))
    page = np.asarray(image)
    page = _turn(page, random.gauss(0, 0.9) if random.random() < 0.7 else random.uniform(-3, 3))
    if mode != "bw200" and random.random() < 0.3:
        page = _fold(page, random)
    page = cv2.GaussianBlur(page, (0, 0), random.uniform(0.3, 0.9))
    tone, ink = random.uniform(222, 254), random.uniform(0, 60)
    page = (page.astype(np.float32) / 255 * (tone - ink) + ink) + noise.normal(0, random.uniform(1, 6), page.shape[:2])[..., None]
    if random.random() < 0.3:
        page -= _edge(page.shape, random)[..., None]
    page = np.clip(page, 0, 255).astype(np.uint8)
    _specks(page, random, noise)
    if mode == "rot":
        page = np.rot90(page, random.choice((1, 2, 3)))
    if mode == "bw200":
        grey = cv2.cvtColor(np.ascontiguousarray(page), cv2.COLOR_RGB2GRAY)
        grey = cv2.add(grey, noise.normal(0, 14, grey.shape).astype(np.float32), dtype=cv2.CV_8U)
        return Image.fromarray(grey > random.uniform(130, 190))
    out = Image.fromarray(np.ascontiguousarray(page))
    return out.convert("L") if mode == "scan200gray" or random.random() < 0.15 else out


def photograph(image: Image.Image, random: Random, *, hard: bool) -> Image.Image:
    """A phone's picture, 9 megapixels, as the sheet lies: in perspective on a table, light from a side, a shadow, blur and noise."""
    noise = np.random.default_rng(random.getrandbits(32))
    width, height = (2448, 3264) if image.height >= image.width else (3264, 2448)
    page = np.asarray(image)
    if random.random() < 0.5:
        page = _fold(page, random)
    page = np.clip(page.astype(np.float32) * random.uniform(0.88, 0.98) + random.uniform(2, 14), 0, 255).astype(np.uint8)
    table = _table(width, height, random, noise)
    margin, sway = (0.06, 0.075) if hard else (0.035, 0.03)
    corners = [(margin, margin), (1 - margin, margin), (1 - margin, 1 - margin), (margin, 1 - margin)]
    target = np.array(
        [((x + random.uniform(-sway, sway) * 0.9) * width, (y + random.uniform(-sway, sway) * 0.7) * height) for x, y in corners],
        np.float32,
    )
    source = np.array([(0, 0), (page.shape[1], 0), (page.shape[1], page.shape[0]), (0, page.shape[0])], np.float32)
    turn = cv2.getPerspectiveTransform(source, target)
    if random.random() < 0.6:
        _cast(table, target, random)
    warped = cv2.warpPerspective(page, turn, (width, height), flags=cv2.INTER_AREA if page.shape[0] > height else cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.full(page.shape[:2], 255, np.uint8), turn, (width, height))
    mask = cv2.GaussianBlur(mask, (0, 0), 0.8).astype(np.float32)[..., None] / 255
    shot = warped * mask + table * (1 - mask)
    shot *= _light(width, height, random, hard)[..., None]
    shot *= np.array([random.uniform(0.9, 1.04), random.uniform(0.93, 1.0), random.uniform(0.84, 1.06)], np.float32)
    if hard and random.random() < 0.7:
        shot *= _shadow(width, height, random)[..., None]
    shot = cv2.GaussianBlur(shot, (0, 0), random.uniform(0.7, 1.5) if hard else random.uniform(0.4, 0.9))
    if hard and random.random() < 0.3:
        shot = _shake(shot, random)
    shot += noise.normal(0, random.uniform(3, 9) if hard else random.uniform(1, 4), shot.shape[:2])[..., None]
    return Image.fromarray(np.clip(shot, 0, 255).astype(np.uint8))


def photograph_of_several(images: list[Image.Image], random: Random) -> Image.Image:
    """A phone's picture of two sheets side by side, or of more in two rows, on a table: each a little askew, light from a side."""
    noise = np.random.default_rng(random.getrandbits(32))
    columns, rows = (2, 1) if len(images) == 2 else (2, 2)
    width, height = (3264, 2448) if rows == 1 else (2448, 3264)
    shot = _table(width, height, random, noise)
    across, down = width / columns, height / rows
    for place, image in enumerate(images):
        page = np.asarray(image).astype(np.float32) * random.uniform(0.88, 0.98) + 6
        size = min(across * 0.88 / page.shape[1], down * 0.88 / page.shape[0])
        centre = (place % columns + 0.5) * across, (place // columns + 0.5) * down
        turn = cv2.getRotationMatrix2D((page.shape[1] / 2, page.shape[0] / 2), random.uniform(-2.5, 2.5), size)
        turn[:, 2] += np.array(centre) - (page.shape[1] / 2, page.shape[0] / 2)
        warped = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_AREA)
        mask = cv2.warpAffine(np.ones(page.shape[:2], np.float32), turn, (width, height))[..., None]
        shot = shot * (1 - mask) + warped * mask
    shot *= _light(width, height, random, hard=False)[..., None]
    shot = cv2.GaussianBlur(shot, (0, 0), random.uniform(0.4, 0.8)) + noise.normal(0, random.uniform(1, 4), shot.shape[:2])[..., None]
    return Image.fromarray(np.clip(shot, 0, 255).astype(np.uint8))


def through_messenger(image: Image.Image, random: Random) -> Image.Image:
    """As a messenger passes it on: 1280 pixels the long side, recompressed."""
    small = image.copy()
    small.thumbnail((1280, 1280), Image.Resampling.LANCZOS)
    return Image.open(io.BytesIO(jpeg(small, random.randint(62, 80)))).convert("RGB")


def jpeg(image: Image.Image, quality: int, orientation: int = 1) -> bytes:
    """JPEG bytes; orientation as EXIF has it (6: turned by 90 degrees, to be turned back by the viewer)."""
    out, exif = io.BytesIO(), Image.Exif()
    if orientation != 1:
        image = image.transpose({6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270, 3: Image.Transpose.ROTATE_180}[orientation])
        exif[0x0112] = orientation
    image.save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()


def heic(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    from_pillow(image).save(out, quality=quality, enc_params={"preset": "ultrafast"})  # the usual one takes 16 seconds a page
    return out.getvalue()


def _turn(page: Picture, degrees: float) -> Picture:
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))


def _fold(page: Picture, random: Random) -> Picture:
    """A crease across the sheet, a little darker on one side."""
    page = page.copy()
    at, depth, spread = int(page.shape[0] * random.choice((0.33, 0.5, 0.66))), random.uniform(14, 42), random.uniform(2, 14)
    rows = np.arange(page.shape[0], dtype=np.float32)
    dark = depth * np.exp(-np.abs(rows - at) / spread)
    return np.clip(page - dark[:, None, None], 0, 255).astype(np.uint8)


def _edge(shape: tuple[int, ...], random: Random) -> Picture:
    columns = np.arange(shape[1], dtype=np.float32)
    if random.random() < 0.5:
        columns = columns[::-1]
    return np.broadcast_to(random.uniform(30, 120) * np.exp(-columns / random.uniform(8, 40)), shape[:2])


def _specks(page: Picture, random: Random, noise: np.random.Generator) -> None:
    for _ in range(random.randint(0, 60)):
        y, x = int(noise.integers(0, page.shape[0])), int(noise.integers(0, page.shape[1]))
        cv2.circle(page, (x, y), random.choice((1, 1, 1, 2)), (random.randint(20, 140),) * 3, -1)


def _table(width: int, height: int, random: Random, noise: np.random.Generator) -> Picture:
    """Wood, cloth or stone: low noise stretched along one axis over a base colour."""
    base = np.array(random.choice(((92, 68, 48), (60, 62, 66), (140, 118, 92), (34, 34, 38), (120, 128, 134), (70, 84, 70))), np.float32)
    grain = noise.normal(0, 1, (height // random.choice((6, 40)) + 1, width // random.choice((6, 40)) + 1)).astype(np.float32)
    grain = cv2.resize(grain, (width, height), interpolation=cv2.INTER_CUBIC) * random.uniform(4, 14)
    return np.clip(base + grain[..., None], 0, 255).astype(np.float32)


def _cast(table: Picture, corners: Picture, random: Random) -> None:
    """The shadow that the sheet throws on the table."""
    shade = np.zeros(table.shape[:2], np.float32)
    moved = corners + np.array((random.uniform(-30, 30), random.uniform(5, 35)), np.float32)
    cv2.fillConvexPoly(shade, moved.astype(np.int32), 1.0)
    table *= 1 - 0.5 * cv2.GaussianBlur(shade, (0, 0), 18)[..., None]


def _light(width: int, height: int, random: Random, hard: bool) -> Picture:
    """Brightness that falls off from a lamp somewhere."""
    y, x = np.mgrid[0:height:8, 0:width:8].astype(np.float32)
    cx, cy = random.uniform(-0.3, 1.3) * width, random.uniform(-0.3, 1.3) * height
    far = np.hypot(x - cx, y - cy) / np.hypot(width, height)
    light = 1.05 - (random.uniform(0.35, 0.65) if hard else random.uniform(0.1, 0.3)) * far
    return cv2.resize(light.clip(0.2, 1.1), (width, height))


def _shadow(width: int, height: int, random: Random) -> Picture:
    """The hand and the phone between lamp and sheet: one soft-edged darker region."""
    shade = np.zeros((height // 8, width // 8), np.float32)
    side = random.choice((0.0, 1.0))
    points = [
        (side, random.uniform(0.2, 0.6)),
        (abs(side - random.uniform(0.3, 0.7)), random.uniform(0.4, 0.8)),
        (random.uniform(0.2, 0.8), 1.0),
        (side, 1.0),
    ]
    polygon = np.array([(px * shade.shape[1], py * shade.shape[0]) for px, py in points], np.int32)
    cv2.fillPoly(shade, [polygon], 1.0)
    return cv2.resize(1 - random.uniform(0.25, 0.45) * cv2.GaussianBlur(shade, (0, 0), random.uniform(4, 16)), (width, height))


def _shake(shot: Picture, random: Random) -> Picture:
    size = random.choice((3, 5))
    kernel = np.zeros((size, size), np.float32)
    kernel[size // 2, :] = 1 / size
    return cv2.filter2D(shot, -1, kernel if random.random() < 0.5 else kernel.T)
