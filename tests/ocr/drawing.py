"""Draws pages for the tests of reading: typed reports with stamps and signatures, and what scanners and telephones make of them."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

DPI = 200
MILLIMETRE = DPI / 25.4
FONTS = "/usr/share/fonts/truetype"
SANS = f"{FONTS}/liberation/LiberationSans-Regular.ttf"
SERIF = f"{FONTS}/liberation/LiberationSerif-Regular.ttf"
MONO = f"{FONTS}/dejavu/DejaVuSansMono.ttf"
BLUE, VIOLET, BLACK, GREY = (40, 60, 160), (95, 60, 150), (25, 25, 30), (110, 110, 115)

Line = tuple[tuple[float, float], ...]
#: Strokes of letters in a square of one.
LETTERS: dict[str, tuple[Line, ...]] = {
    "Н": (((0.1, 0), (0.1, 1)), ((0.8, 0), (0.8, 1)), ((0.1, 0.5), (0.8, 0.5))),
    "Е": (((0.8, 0), (0.1, 0), (0.1, 1), (0.8, 1)), ((0.1, 0.5), (0.7, 0.5))),
    "Т": (((0, 0), (0.9, 0)), ((0.45, 0), (0.45, 1))),
    "О": (((0.4, 0), (0.1, 0.5), (0.4, 1), (0.8, 0.5), (0.4, 0)),),
}


@dataclass(frozen=True)
class Report:
    """What is printed on a drawn page."""

    contract: str = "04929"
    serial: str = "52816679"
    previous: str = "36066,11"
    current: str = "36352,12"
    consumption: str = "286,01"
    font: str = SANS
    heading: str = "ОТЧЕТ о потреблении тепловой энергии за январь 2026 г."
    further: tuple[str, ...] = field(default=())

    @property
    def numbers(self) -> tuple[str, ...]:
        return self.contract, self.serial, self.previous, self.current, self.consumption


def draw_report(report: Report = Report(), points: float = 11) -> Image.Image:
    """An A4 page at 200 dpi with a heading, fields, a ruled table and a place to sign; neither signed nor stamped."""
    page = Image.new("RGB", (round(8.27 * DPI), round(11.69 * DPI)), "white")
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(report.font, round(points * DPI / 72))
    small = ImageFont.truetype(report.font, round(7 * DPI / 72))

    def write(x: float, y: float, text: str, with_font: ImageFont.FreeTypeFont = font) -> None:
        pen.text((x * MILLIMETRE, y * MILLIMETRE), text, fill=BLACK, font=with_font)

    write(35, 22, report.heading)
    rows = [
        ("Наименование организации:", "ООО «Чинор Савдо»"),
        ("Адрес:", "г. Ташкент, Мирабадский район, ул. Нукус, 57"),
        ("ИНН:", "291648402"),
        ("Номер договора:", report.contract),
        ("Дата снятия показаний:", "21.01.2026"),
    ]
    for index, (label, value) in enumerate(rows):
        write(18, 36 + 7 * index, label)
        write(85, 36 + 7 * index, value)
    columns = (18, 30, 62, 96, 130, 164, 190)
    lines = (78, 88, 97)
    for x in columns:
        pen.line([(x * MILLIMETRE, lines[0] * MILLIMETRE), (x * MILLIMETRE, lines[-1] * MILLIMETRE)], fill=BLACK, width=2)
    for y in lines:
        pen.line([(columns[0] * MILLIMETRE, y * MILLIMETRE), (columns[-1] * MILLIMETRE, y * MILLIMETRE)], fill=BLACK, width=2)
    heads = ("№", "Заводской №", "Предыдущее", "Текущее", "Расход", "Ед.")
    cells = ("1", report.serial, report.previous, report.current, report.consumption, "Гкал")
    for x, head, cell in zip(columns, heads, cells, strict=False):
        write(x + 2, lines[0] + 2, head)
        write(x + 2, lines[1] + 2, cell)
    for index, text in enumerate(report.further):
        write(18, 104 + 7 * index, text)
    foot = 112 + 7 * len(report.further)
    write(18, foot, "Дата составления отчета: 22.01.2026")
    write(18, foot + 20, "Главный инженер")
    pen.line([(58 * MILLIMETRE, (foot + 25) * MILLIMETRE), (112 * MILLIMETRE, (foot + 25) * MILLIMETRE)], fill=BLACK, width=2)
    write(115, foot + 20, "Турсунов А.Б.")
    write(18, foot + 32, "М.П.", small)
    return page


@dataclass(frozen=True)
class Stamp:
    """A round stamp; millimetres from the page's top left. cut: share of the disc that did not print."""

    x: float = 112
    y: float = 142
    diameter: float = 38
    rings: int = 2
    colour: tuple[int, int, int] = BLUE
    opacity: float = 0.85
    cut: float = 0.0
    patchy: float = 0.0
    oval: float = 1.0
    turned: float = 15.0
    seed: int = 0


def press(page: Image.Image, stamp: Stamp) -> Image.Image:
    """The page with the stamp on it."""
    scale, radius = 2, stamp.diameter / 2 * MILLIMETRE
    side = int(radius * 2 * scale * 1.2)
    middle = side / 2
    mask = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(mask)
    for share, thick in ((1.0, 0.7), (0.62, 0.4), (0.93, 0.25))[: stamp.rings]:
        r = radius * share * scale
        pen.ellipse([middle - r, middle - r, middle + r, middle + r], outline=255, width=max(2, round(thick * MILLIMETRE * scale)))
    font = ImageFont.truetype(SANS, round(radius * 0.2 * scale))
    text = "«ЧИНОР САВДО» * STIR 291648402 * TOSHKENT * "
    for index, letter in enumerate(text):
        angle = 360 * index / len(text)
        tile = Image.new("L", (font.size * 2, font.size * 2), 0)
        ImageDraw.Draw(tile).text((font.size, font.size), letter, fill=255, font=font, anchor="mm")
        tile = tile.rotate(-angle - 90, resample=Image.Resampling.BICUBIC)
        at = (middle + radius * 0.8 * scale * math.cos(math.radians(angle)), middle + radius * 0.8 * scale * math.sin(math.radians(angle)))
        mask.paste(255, (int(at[0] - font.size), int(at[1] - font.size)), tile)
    pen.text((middle, middle), "МУҲР", fill=255, font=font, anchor="mm")
    ink = np.asarray(mask.rotate(stamp.turned, resample=Image.Resampling.BICUBIC), np.float32) * stamp.opacity / 255
    rng = np.random.default_rng(stamp.seed)
    if stamp.patchy:
        cloud = cv2.resize(rng.random((9, 9)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC)
        ink = ink * np.clip(1.4 - 2.2 * stamp.patchy * cloud, 0.05, 1)
    if stamp.cut:
        ink[:, int(side * (1 - stamp.cut * 0.83) - side * 0.083) :] = 0
    ink = cv2.resize(ink, (side // scale, int(side // scale * stamp.oval)), interpolation=cv2.INTER_AREA)
    layer = Image.fromarray((ink * 255).astype(np.uint8))
    page = page.copy()
    page.paste(stamp.colour, (int(stamp.x * MILLIMETRE - layer.width / 2), int(stamp.y * MILLIMETRE - layer.height / 2)), layer)
    return page


@dataclass(frozen=True)
class Signature:
    """Pen strokes; millimetres of the middle of the line they stand on."""

    x: float = 82
    y: float = 135
    width: float = 28
    height: float = 11
    colour: tuple[int, int, int] = BLUE
    pen: float = 0.5
    seed: int = 1
    loops: bool = False


def sign(page: Image.Image, signature: Signature) -> Image.Image:
    """The page with a freehand signature on it."""
    rng = random.Random(signature.seed)
    turns = rng.randint(5, 9)
    points = []
    for index in range(turns + 1):
        x = signature.x + signature.width * (index / turns - 0.5) + rng.uniform(-1, 1)
        high = index % 2 == 0
        y = signature.y - signature.height * (rng.uniform(0.5, 1.0) if high else rng.uniform(-0.15, 0.3)) * (1 - 0.5 * index / turns)
        points.append((x, y))
        if signature.loops and high:
            points += [(x - 3, y + 2), (x - 1, y + 5), (x + 3, y + 3), (x, y)]
    line = np.array(points, np.float32)
    steps = np.linspace(0, len(line) - 1, 40 * len(line))
    smooth = np.stack([np.interp(steps, range(len(line)), line[:, axis]) for axis in (0, 1)], axis=1)
    kernel = np.ones(19) / 19
    smooth = np.stack([np.convolve(np.pad(smooth[:, axis], 9, mode="edge"), kernel, "valid") for axis in (0, 1)], axis=1)
    page = page.copy()
    pixels = [tuple(point * MILLIMETRE) for point in smooth]
    ImageDraw.Draw(page).line(pixels, fill=signature.colour, width=max(2, round(signature.pen * MILLIMETRE)), joint="curve")
    return page


def scan(page: Image.Image, kind: str = "colour", skew: float = 0.0, dpi: int = DPI, seed: int = 0) -> np.ndarray:
    """What a scanner makes of a page, as BGR: `colour`, `grey` or `black` (1 bit), leaning by `skew` degrees, with its noise."""
    rng = np.random.default_rng(seed)
    picture = np.asarray(page.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor="white"), np.float32)[..., ::-1]
    picture = cv2.resize(picture, None, fx=dpi / DPI, fy=dpi / DPI, interpolation=cv2.INTER_AREA)
    picture = cv2.GaussianBlur(picture, (0, 0), 0.6)  # in place from here on: copies of a page cost more than what is done to it
    picture *= 0.93
    picture += 8
    picture += 4 * rng.standard_normal((*picture.shape[:2], 1), np.float32)
    if kind == "colour":
        return np.clip(picture, 0, 255, out=picture).astype(np.uint8)
    grey = (picture[..., 0] + picture[..., 1] + picture[..., 2]) / 3
    if kind == "black":
        grey = np.where(grey > 165, 255, 0)
    return cv2.merge([np.clip(grey, 0, 255).astype(np.uint8)] * 3)


def photograph(page: Image.Image, hard: bool = False, seed: int = 0, tint: tuple[float, float, float] = (1.0, 0.97, 0.94)) -> np.ndarray:
    """What a telephone makes of a page on a desk, as BGR: in perspective, unevenly lit, in JPEG; `hard` has a deep shadow and more blur."""
    rng = np.random.default_rng(seed)
    sheet = np.asarray(page, np.float32)[..., ::-1] * np.array(tint, np.float32)
    width, height = 1900, 2600
    lean = 120 if hard else 60
    corners = np.array([[130, 110], [1770, 110], [1770, 2440], [130, 2440]], np.float32) + rng.uniform(-lean, lean, (4, 2)).astype(
        np.float32
    )
    source = np.array([[0, 0], [sheet.shape[1], 0], [sheet.shape[1], sheet.shape[0]], [0, sheet.shape[0]]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, corners)
    desk = rng.uniform(40, 110, 3).astype(np.float32)
    picture = cv2.warpPerspective(sheet, matrix, (width, height), flags=cv2.INTER_AREA)
    inside = cv2.warpPerspective(np.full(sheet.shape[:2], 1, np.float32), matrix, (width, height))[..., None]
    picture *= inside
    picture += desk * (1 - inside)
    x, y = np.linspace(0, 1, width, dtype=np.float32), np.linspace(0, 1, height, dtype=np.float32)[:, None]
    light = 0.95 - 0.25 * x * rng.uniform(0.3, 1) - 0.15 * y
    if hard:
        edge = 1 / (1 + np.exp(-(y + 0.4 * x - rng.uniform(0.6, 0.9)) * 25))
        light = light * (1 - 0.45 * edge)
    picture *= light[..., None].astype(np.float32)
    picture = cv2.GaussianBlur(picture, (0, 0), 1.0 if hard else 0.6)
    picture += (4 if hard else 2) * rng.standard_normal(picture.shape, np.float32)
    shot = np.clip(picture, 0, 255, out=picture).astype(np.uint8)
    _, packed = cv2.imencode(".jpg", shot, [cv2.IMWRITE_JPEG_QUALITY, 60 if hard else 85])
    return cv2.imdecode(packed, cv2.IMREAD_COLOR)


def word(text: str, x: float, y: float, size: float) -> tuple[Line, ...]:
    """The strokes of a word by hand, leaning and rising a little."""
    return tuple(
        tuple((x + size * (place + across * 0.8 - down * 0.15), y + size * (down - 0.1 * place - across * 0.2)) for across, down in stroke)
        for place, letter in enumerate(text)
        for stroke in LETTERS[letter]
    )
