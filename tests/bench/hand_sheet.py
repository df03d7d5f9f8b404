"""A sheet of a form while it is drawn: print, rules, and a hand that writes on it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.bench.written_hands import Hands
from tests.bench.written_signs import TALL, beside
from tests.corpus.facts import Facts
from tests.corpus.labels import LABELS, UNITS

PIXELS_PER_INCH = 250
MILLIMETRE = PIXELS_PER_INCH / 25.4


@functools.lru_cache(maxsize=300)
def font_of(file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size)


@dataclass(slots=True)
class Form:
    """A page being drawn: print, and a hand that writes on it."""

    chance: Random
    facts: Facts
    hands: Hands
    words: Sequence[Path]
    page: np.ndarray
    print_file: str
    size: int
    ink: tuple[int, int, int]
    write: Callable[[Random, str], np.ndarray]
    tall: float  # pixels of a written digit
    y: float = 0.0

    def word(self, key: str) -> str:
        return Random(f"{key} {self.facts.contract_number}").choice(LABELS[self.facts.language][key])

    def font(self, size: float) -> ImageFont.FreeTypeFont:
        return font_of(self.print_file, round(self.size * size))

    def print(self, x: float, text: str, size: float = 1.0) -> float:
        """Prints on the current line's base; the right end."""
        font = self.font(size)
        end = x + font.getlength(text)
        top, left = max(0, round(self.y) - 2 * font.size), max(0, round(x) - font.size)
        part = self.page[top : round(self.y) + font.size, left : round(end) + font.size]
        image = Image.fromarray(part)
        ImageDraw.Draw(image).text((x - left, self.y - top), text, fill=(18, 18, 18), font=font, anchor="ls")
        part[:] = np.asarray(image)
        return end

    def rule(self, left: float, top: float, right: float, bottom: float, thick: int = 2, period: int = 0) -> None:
        one, two = (round(left), round(top)), (round(right), round(bottom))
        if not period:
            cv2.line(self.page, one, two, (40, 40, 40), thick, cv2.LINE_AA)
            return
        for x in range(one[0], two[0], period):
            cv2.circle(self.page, (x, one[1]), max(1, thick // 2), (40, 40, 40), -1, cv2.LINE_AA)

    def digits(self, text: str, most: float) -> np.ndarray:
        """A number or date as this hand writes it, at most so wide. Ink 0..1, its base at the lowest digit."""
        ink = beside(text, self.write, self.chance)
        rows, columns = np.nonzero(ink > 0.3)
        ink = ink[max(0, rows.min() - 1) : rows.max() + 2, columns.min() : columns.max() + 1]
        scale = min(self.tall / TALL, most / ink.shape[1])
        return cv2.resize(ink, (max(3, round(ink.shape[1] * scale)), max(3, round(ink.shape[0] * scale))), interpolation=cv2.INTER_AREA)

    def lettering(self, text: str, most: float) -> np.ndarray:
        file = str(self.chance.choice(list(self.words))) if self.words else self.print_file
        size = round(self.tall * 1.3)
        while size > 12 and font_of(file, size).getlength(text) > most:
            size -= 2
        font = font_of(file, size)
        picture = Image.new("L", (int(font.getlength(text)) + 30, 2 * size), 0)
        ImageDraw.Draw(picture).text((12, round(1.3 * size)), text, fill=255, font=font, anchor="ls")
        ink = np.asarray(picture, np.float32) / 255
        rows = np.flatnonzero(ink.max(axis=1) > 0.3)
        return ink[rows[0] : rows[-1] + 1]

    def put(self, ink: np.ndarray, left: float, base: float) -> None:
        """Writes ink with its lower edge on a base."""
        x, y = max(0, round(left)), max(0, round(base) - ink.shape[0])
        place = self.page[y : y + ink.shape[0], x : x + ink.shape[1]]
        dark = ink[: place.shape[0], : place.shape[1], None] * self.chance.uniform(0.8, 1.0)
        place[:] = (place * (1 - dark) + np.array(self.ink) * dark).astype(np.uint8)

    def fill(self, left: float, right: float, text: str, digits: bool = True) -> None:
        """Writes into a gap of the current line, now and then on its line or over it; a first try is struck out at times."""
        most = right - left - 6
        ink = self.digits(text, most) if digits else self.lettering(text, most)
        if digits and self.chance.random() < 0.02 and ink.shape[1] < 0.42 * most:
            wrong = ink.copy()
            y = round(ink.shape[0] * self.chance.uniform(0.4, 0.6))
            cv2.line(wrong, (0, y), (wrong.shape[1], y + self.chance.randint(-4, 4)), 1.0, 4, cv2.LINE_AA)
            ink = np.hstack([wrong, np.zeros((ink.shape[0], 20), np.float32), ink])
        room = max(0.0, most - ink.shape[1])
        self.put(ink, left + self.chance.uniform(0.05, 0.5) * room, self.y + self.chance.uniform(-0.18, 0.06) * self.tall)

    def gap(self, x: float, width: float, text: str, kind: str, digits: bool = True) -> float:
        """A gap with its line, filled in; the right end."""
        right = min(x + width, self.page.shape[1] - 14 * MILLIMETRE)
        y = self.y + 0.1 * self.tall
        if kind == "dotted":
            self.rule(x, y, right, y, 3, self.chance.choice((7, 9, 12)))
        else:
            self.rule(x, y, right, y, self.chance.choice((1, 2, 3)))
        self.fill(x, right, text, digits)
        return right + 0.6 * self.size

    def boxes(self, x: float, text: str) -> float:
        """A comb: a box for each digit, other signs printed between; some free boxes in front of a number."""
        wide, high = self.tall * 1.1, self.tall * 1.45
        top = self.y - high + 0.25 * self.tall
        for sign in text:
            if not sign.isdigit():
                x = self.print(x + 4, sign, 1.2) + 4
                continue
            cv2.rectangle(self.page, (round(x), round(top)), (round(x + wide), round(top + high)), (50, 50, 50), 2)
            ink = _trimmed(self.write(self.chance, sign))
            scale = min(self.tall * self.chance.uniform(0.9, 1.1) / ink.shape[0], 0.95 * wide / ink.shape[1])
            ink = cv2.resize(ink, (max(3, round(ink.shape[1] * scale)), max(3, round(ink.shape[0] * scale))), interpolation=cv2.INTER_AREA)
            self.put(
                ink,
                x + (wide - ink.shape[1]) * self.chance.uniform(0.25, 0.75),
                top + high - (high - ink.shape[0]) * self.chance.uniform(0.2, 0.8),
            )
            x += wide
        return x + 0.6 * self.size


def _trimmed(ink: np.ndarray) -> np.ndarray:
    rows, columns = np.nonzero(ink > 0.35)
    return ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def number_text(form: Form, value: str | None) -> str:
    return (value or "").replace(".", form.chance.choice((",", ",", ",", ".", "-")) if "." in (value or "") else "")


def date_text(form: Form, day) -> str:  # type: ignore[no-untyped-def]
    roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[day.month - 1]
    return form.chance.choice(
        (
            f"{day:%d.%m.%Y}",
            f"{day:%d.%m.%Y}",
            f"{day:%d.%m.%y}",
            f"{day:%d/%m/%Y}",
            f"{day:%d}.{roman}.{day:%Y}",
            f"{day:%d}-{roman}-{day:%y}",
        )
    )


def unit_of(form: Form) -> str:
    return Random(form.facts.contract_number).choice(UNITS[form.facts.language][form.facts.meters[0].unit])
