"""Numbers cut out of drawn pages as the second reader gets them, worn as scans and phones wear them, with what is printed there."""

from __future__ import annotations

import itertools
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pypdfium2 as pdfium

from metering.pages import Box, Page, PageSource
from ocr.crops import NumberCrops
from parsers.opening import OpeningLimits, open_bytes
from tests.corpus.generate import draw, plan
from tests.corpus.layouts import Part

PIXELS_PER_INCH = 200
OF_A_PAGE = 12
OFF = 0.6  # points by which a box may be off
WEAR = ("clean", "coarse", "blurred", "noisy", "one bit", "JPEG", "pale", "struck through", "under a ring")
_NUMBER = re.compile(r"(?=.*\d)[\d.,-]{2,}")


@dataclass(frozen=True, slots=True)
class NumberCrop:
    """A grey crop, uint8, the text printed in it, and one of WEAR."""

    picture: np.ndarray
    printed: str
    wear: str


def number_crops(seed: int) -> Iterator[NumberCrop]:
    """Without an end; of typed layouts that are tuned on."""
    chance, noise = Random(f"numbers {seed}"), np.random.default_rng(seed)
    for index in itertools.count():
        layout, _, facts, random = plan(seed, index, Part.TUNED)
        if layout.handwritten:
            continue
        content = draw("numbers", layout.name, "text", facts, random).content
        with tempfile.TemporaryDirectory(prefix="hisobot-bench-") as folder:
            (file,) = open_bytes(content, "numbers.pdf", Path(folder), OpeningLimits()).files
        sheet = file.sheets[0]
        if sheet.words is None:
            continue
        drawn = pdfium.PdfDocument(content)[0].render(scale=PIXELS_PER_INCH / 72).to_numpy()
        wear = chance.choice(WEAR)
        grey = _worn(cv2.cvtColor(drawn[..., :3], cv2.COLOR_BGR2GRAY), wear, chance, noise)
        crops = NumberCrops(grey, Page(1, sheet.width, sheet.height, sheet.words, PageSource.OCR, sheet.rules))
        numbers = [word for word in sheet.words if _NUMBER.fullmatch(word.text)]
        for word in chance.sample(numbers, min(OF_A_PAGE, len(numbers))):
            left, top, right, bottom = (getattr(word.box, side) + chance.uniform(-OFF, OFF) for side in ("left", "top", "right", "bottom"))
            picture = _inked(crops.tight_and_wide(Box(left, top, right, bottom))[0], wear, chance)
            yield NumberCrop(picture, word.text.strip(",.-"), wear)


def _worn(page: np.ndarray, wear: str, chance: Random, noise: np.random.Generator) -> np.ndarray:
    height, width = page.shape
    if wear == "coarse":
        share = chance.uniform(0.3, 0.6)
        coarse = cv2.resize(page, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        page = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    if wear in ("blurred", "noisy", "JPEG", "pale"):
        page = cv2.GaussianBlur(page, (0, 0), chance.uniform(0.4, 2.0))
    if wear == "pale":
        page = cv2.convertScaleAbs(page, alpha=0.45, beta=140)
    if wear in ("coarse", "noisy", "pale"):
        page = np.clip(page + noise.normal(0, chance.uniform(4, 30), page.shape), 0, 255).astype(np.uint8)
    if wear == "one bit":
        soft = cv2.GaussianBlur(page, (0, 0), chance.uniform(0.5, 1.3)) + noise.normal(0, 20, page.shape)
        page = (soft > chance.uniform(110, 190)).astype(np.uint8) * np.uint8(255)
    if wear == "JPEG":
        _, packed = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, chance.randint(8, 30)])
        page = cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)
    return page


def _inked(crop: np.ndarray, wear: str, chance: Random) -> np.ndarray:
    """With ink over it, where the wear is that: what clips a digit makes readers wrong together."""
    crop, (height, width) = crop.copy(), crop.shape
    if wear == "struck through":
        for _ in range(chance.randint(1, 3)):
            ends = [(chance.randrange(width), chance.randrange(height)) for _ in range(2)]
            cv2.line(crop, *ends, chance.randint(0, 140), chance.randint(1, 4), cv2.LINE_AA)
    if wear == "under a ring":
        middle = chance.randrange(width), chance.randint(-height, 2 * height)
        axes = chance.randint(height // 2, 3 * height), chance.randint(height // 2, 3 * height)
        cv2.ellipse(crop, middle, axes, 0, 0, 360, chance.randint(60, 160), chance.randint(2, 6), cv2.LINE_AA)
    return crop
