"""Draws printed forms filled in by hand, with their labels: for tuning the reading of handwriting and for counting false accepts.

Six kinds of form (lines, dotted lines, table, combs, boxed fields, gaps in a letter), three languages, writers made of real digits or drawn
strokes; pages of 250 dpi that tests/corpus/degrade.py then scans or photographs. Layouts of tests/corpus are other ones.
"""
# ruff: noqa: E501 - tables

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.bench.written_hands import Hands, pictured
from tests.bench.written_signs import TALL, beside
from tests.corpus.facts import Facts
from tests.corpus.labels import LABELS, MONTHS, UNITS
from tests.support.filled_forms import INKS, drawn, typed

PIXELS_PER_INCH = 250
MILLIMETRE = PIXELS_PER_INCH / 25.4
_PRINT = (
    "liberation/LiberationSerif-Regular.ttf",
    "liberation/LiberationSans-Regular.ttf",
    "dejavu/DejaVuSerif.ttf",
    "dejavu/DejaVuSans.ttf",
    "paratype/PTS55F.ttf",
    "paratype/PTF55F.ttf",
    "crosextra/Carlito-Regular.ttf",
)
KINDS = ("lines", "dotted", "table", "comb", "boxed", "letter", "keys")


@functools.lru_cache(maxsize=300)
def _font(file: str, size: int) -> ImageFont.FreeTypeFont:
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

    def print(self, x: float, text: str, size: float = 1.0) -> float:
        """Prints on the current line's base; the right end."""
        font = _font(self.print_file, round(self.size * size))
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
        while size > 12 and _font(file, size).getlength(text) > most:
            size -= 2
        font = _font(file, size)
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


def draw_form(kind: str, facts: Facts, hands: Hands, words: Sequence[Path], chance: Random, font: str | None = None) -> Image.Image:
    """A page of A4 at PIXELS_PER_INCH, filled in by hand; with a font as somebody types into it."""
    page = np.full((round(297 * MILLIMETRE), round(210 * MILLIMETRE), 3), 255, np.uint8)
    write = pictured(hands, chance) if hands.digits and chance.random() < 0.8 else drawn(chance)
    write = typed(font) if font else write
    faces = [f for f in _PRINT if facts.language != "uz_cyrl" or not f.startswith("liberation")]  # it has no қ, ғ, ҳ
    file = f"/usr/share/fonts/truetype/{chance.choice(faces)}"
    form = Form(
        chance,
        facts,
        hands,
        words,
        page,
        file,
        round(chance.uniform(3.6, 4.6) * MILLIMETRE),
        chance.choice(INKS),
        write,
        chance.uniform(4.2, 6.2) * MILLIMETRE,
    )
    _DRAWERS[kind](form)
    return Image.fromarray(form.page)


def number(form: Form, value: str | None) -> str:
    return (value or "").replace(".", form.chance.choice((",", ",", ",", ".", "-")) if "." in (value or "") else "")


def _date(form: Form, day) -> str:  # type: ignore[no-untyped-def]
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


def _head(form: Form) -> None:
    title = form.word("title")
    form.y = 26 * MILLIMETRE
    form.print((form.page.shape[1] - _font(form.print_file, round(form.size * 1.1)).getlength(title)) / 2, title, 1.1)


def _next(form: Form, share: float = 1.0) -> None:
    form.y += (form.tall * 1.5 + 3 * MILLIMETRE) * share


def _requisites(form: Form, kind: str) -> None:
    f, left = form.facts, 22 * MILLIMETRE
    for key, text in (("organization", f.organization), ("address", f.address)):
        _next(form)
        form.gap(form.print(left, form.word(key) + form.chance.choice(("", ":")) + " "), 130 * MILLIMETRE, text, kind, digits=False)
    _next(form)
    x = form.gap(form.print(left, form.word("contract") + " "), 36 * MILLIMETRE, f.contract_number, kind)
    form.gap(form.print(x, form.word("inn") + " "), 52 * MILLIMETRE, f.inn, kind)
    _next(form)
    month = MONTHS[f.language][f.period.month - 1]
    before, after = {"ru": ("за ", "{} г."), "uz": ("", "{}-yil"), "uz_cyrl": ("", "{} йил")}[f.language]
    x = form.gap(form.print(left, before), 38 * MILLIMETRE, month, kind, digits=False)
    x = form.print(x, after.format(f.period.year)) + form.size
    form.gap(form.print(x, form.word("reading_date") + " "), 50 * MILLIMETRE, _date(form, f.reading_date), kind)


def _foot(form: Form, kind: str) -> None:
    left = 22 * MILLIMETRE
    _next(form)
    form.gap(form.print(left, form.word("report_date") + " "), 50 * MILLIMETRE, _date(form, form.facts.report_date), kind)
    _next(form, 1.3)
    x = form.gap(left, 40 * MILLIMETRE, form.facts.position, kind, digits=False)
    form.rule(x, form.y + 4, x + 40 * MILLIMETRE, form.y + 4)
    form.gap(x + 45 * MILLIMETRE, 50 * MILLIMETRE, form.facts.signatory, kind, digits=False)
    _next(form)
    form.print(left, form.word("stamp"))


def _unit(form: Form) -> str:
    return Random(form.facts.contract_number).choice(UNITS[form.facts.language][form.facts.meters[0].unit])


def _lines(form: Form, kind: str = "lines") -> None:
    _head(form)
    _requisites(form, kind)
    left, m = 22 * MILLIMETRE, form.facts.meters[0]
    _next(form)
    x = form.gap(form.print(left, form.word("meter") + " "), 40 * MILLIMETRE, m.model, kind, digits=False)
    x = form.gap(form.print(x, form.word("serial") + " "), 48 * MILLIMETRE, m.serial, kind)
    form.print(x, f"({form.word(m.kind.value)})")
    for key in ("previous", "current", "consumption"):
        _next(form)
        form.print(
            form.gap(
                form.print(left, form.word(key) + form.chance.choice(("", ":")) + " "), 60 * MILLIMETRE, number(form, getattr(m, key)), kind
            ),
            _unit(form),
        )
    _foot(form, kind)


def _comb(form: Form) -> None:
    _head(form)
    form.tall = min(form.tall, 5.2 * MILLIMETRE)
    f, left = form.facts, 22 * MILLIMETRE
    for key, text in (("organization", f.organization), ("address", f.address)):
        _next(form)
        form.gap(form.print(left, form.word(key) + " "), 130 * MILLIMETRE, text, "lines", digits=False)
    _next(form)
    x = form.boxes(form.print(left, form.word("contract") + " "), f.contract_number)
    if x < 100 * MILLIMETRE:
        form.boxes(form.print(x, form.word("inn") + " "), f.inn)
    else:
        _next(form)
        form.boxes(form.print(left, form.word("inn") + " "), f.inn)
    _next(form)
    form.boxes(form.print(left, form.word("reading_date") + " "), f"{f.reading_date:%d.%m.%Y}")
    m = f.meters[0]
    _next(form)
    form.print(form.boxes(form.print(left, form.word("serial") + " "), m.serial), f"({form.word(m.kind.value)})")
    for key in ("previous", "current", "consumption"):
        _next(form)
        form.print(form.boxes(form.print(left, form.word(key) + " "), (getattr(m, key) or "").replace(".", ",")), _unit(form))
    _foot(form, "lines")


def _grid(form: Form, columns: Sequence[float], rows: Sequence[Sequence[tuple[str, str]]], heights: Sequence[float]) -> None:
    """A ruled table: cells are (print, "") or (text, "digits" / "words")."""
    top, thick = form.y + 4 * MILLIMETRE, form.chance.choice((2, 3))
    edges = [20 * MILLIMETRE]
    for width in columns:
        edges.append(edges[-1] + width)
    y = top
    for row, height in zip(rows, heights, strict=True):
        for (text, hand), left, right in zip(row, edges, edges[1:], strict=False):
            cv2.rectangle(form.page, (round(left), round(y)), (round(right), round(y + height)), (40, 40, 40), thick)
            if hand:
                form.y = y + height - 0.42 * (height - form.tall)
                form.fill(left + 4, right - 4, text, hand == "digits")
            else:
                parts = _wrapped(text, right - left - 10, _font(form.print_file, round(form.size * 0.85)))
                for n, part in enumerate(parts):
                    form.y = y + height / 2 + (n - (len(parts) - 1) / 2) * form.size + 0.35 * form.size
                    form.print(left + 6, part, 0.85)
        y += height
    form.y = y


def _wrapped(text: str, width: float, font: ImageFont.FreeTypeFont) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _table(form: Form) -> None:
    _head(form)
    _requisites(form, form.chance.choice(("lines", "dotted")))
    unit, wide = _unit(form), 172 * MILLIMETRE
    with_kind = form.chance.random() < 0.6
    numbered = form.chance.random() < 0.4
    head = ([("№", "")] if numbered else []) + [(form.word("serial"), "")] + ([(form.word("system"), "")] if with_kind else [])
    head += [(f"{form.word(k)}, {unit}", "") for k in ("previous", "current", "consumption")]
    rows = [head]
    for n, m in enumerate(form.facts.meters):
        row = ([(str(n + 1), "")] if numbered else []) + [(m.serial, "digits")] + ([(form.word(m.kind.value), "")] if with_kind else [])
        rows.append([*row, *((number(form, getattr(m, k)), "digits") for k in ("previous", "current", "consumption"))])
    if form.chance.random() < 0.3:
        rows.append([("", "") for _ in head])
    columns = ([9 * MILLIMETRE] if numbered else []) + [36 * MILLIMETRE] + ([26 * MILLIMETRE] if with_kind else [])
    rest = wide - sum(columns)
    columns += [0.36 * rest, 0.36 * rest, 0.28 * rest]
    _grid(form, columns, rows, [3.4 * form.size, *[form.tall * form.chance.uniform(1.4, 1.9)] * (len(rows) - 1)])
    _next(form, 0.5)
    _foot(form, "lines")


def _keys(form: Form) -> None:
    """A table of two columns: what, and its value."""
    _head(form)
    f, m, unit = form.facts, form.facts.meters[0], _unit(form)
    rows = [
        [(form.word("organization"), ""), (f.organization, "words")],
        [(form.word("address"), ""), (f.address, "words")],
        [(form.word("contract"), ""), (f.contract_number, "digits")],
        [(form.word("inn"), ""), (f.inn, "digits")],
        [(form.word("reading_date"), ""), (_date(form, f.reading_date), "digits")],
        [(f"{form.word('serial')} ({form.word(m.kind.value)})", ""), (m.serial, "digits")],
        *([(f"{form.word(k)}, {unit}", ""), (number(form, getattr(m, k)), "digits")] for k in ("previous", "current", "consumption")),
        [(form.word("report_date"), ""), (_date(form, f.report_date), "digits")],
    ]
    _grid(form, [75 * MILLIMETRE, 95 * MILLIMETRE], rows, [form.tall * 1.7] * len(rows))
    _next(form)
    form.print(22 * MILLIMETRE, form.word("stamp"))


def _boxed(form: Form) -> None:
    """A frame for each value behind its label."""
    _head(form)
    f, m, unit, left = form.facts, form.facts.meters[0], _unit(form), 22 * MILLIMETRE
    values = [
        ("organization", f.organization, False, ""), ("address", f.address, False, ""), ("contract", f.contract_number, True, ""), ("inn", f.inn, True, ""),
        ("reading_date", _date(form, f.reading_date), True, ""), ("serial", m.serial, True, f"({form.word(m.kind.value)})"),
        *((k, number(form, getattr(m, k)), True, unit) for k in ("previous", "current", "consumption")),
        ("report_date", _date(form, f.report_date), True, ""),
    ]  # fmt: skip
    for key, text, digits, behind in values:
        _next(form, 1.05)
        form.print(left, form.word(key))
        x, wide = left + 66 * MILLIMETRE, (60 if digits else 105) * MILLIMETRE
        cv2.rectangle(
            form.page, (round(x), round(form.y - 1.35 * form.tall)), (round(x + wide), round(form.y + 0.35 * form.tall)), (40, 40, 40), 2
        )
        form.fill(x + 6, x + wide - 6, text, digits)
        form.print(x + wide + 12, behind)
    _next(form, 1.5)
    form.print(left, form.word("stamp"))


_LETTER = {
    "ru": (("Просим принять показания теплосчетчика зав. № ", "serial"), (" ({kind}) по договору № ", "contract_number"), (", ИНН ", "inn"), (". По состоянию на ", "reading_date"), (" предыдущее показание ", "previous"), (" {unit}, текущее показание ", "current"), (" {unit}, расход ", "consumption"), (" {unit}.", "")),
    "uz": (("Issiqlik hisoblagich zavod raqami ", "serial"), (" ({kind}), shartnoma № ", "contract_number"), (", STIR ", "inn"), (". Ko'rsatkich olingan sana ", "reading_date"), (", oldingi ko'rsatkich ", "previous"), (" {unit}, joriy ko'rsatkich ", "current"), (" {unit}, farqi ", "consumption"), (" {unit}.", "")),
    "uz_cyrl": (("Иссиқлик ҳисоблагич завод рақами ", "serial"), (" ({kind}), шартнома № ", "contract_number"), (", СТИР ", "inn"), (". Кўрсаткич олинган сана ", "reading_date"), (", олдинги кўрсаткич ", "previous"), (" {unit}, жорий кўрсаткич ", "current"), (" {unit}, фарқи ", "consumption"), (" {unit}.", "")),
}  # fmt: skip


def _letter(form: Form) -> None:
    """A printed letter with gaps."""
    _head(form)
    f, m, left, edge = form.facts, form.facts.meters[0], 22 * MILLIMETRE, 190 * MILLIMETRE
    for key, text in (("organization", f.organization), ("address", f.address)):
        _next(form)
        form.gap(form.print(left, form.word(key) + " "), 130 * MILLIMETRE, text, "lines", digits=False)
    _next(form)
    x = left
    font = _font(form.print_file, form.size)
    for before, key in _LETTER[f.language]:
        for word in before.format(kind=form.word(m.kind.value), unit=_unit(form)).split(" "):
            if x + font.getlength(word) > edge:
                _next(form)
                x = left
            x = form.print(x, word) + (font.getlength(" ") if word else 0)
        if not key:
            break
        value = getattr(m, key, None) or getattr(f, key, None)
        text = (
            _date(form, value)
            if key == "reading_date"
            else number(form, value)
            if key in ("previous", "current", "consumption")
            else str(value)
        )
        width = (44 if key != "contract_number" else 30) * MILLIMETRE
        if x + width > edge:
            _next(form)
            x = left
        x = form.gap(x, width, text, "lines")
    _foot(form, "lines")


_DRAWERS: dict[str, Callable[[Form], None]] = {
    "lines": _lines,
    "dotted": lambda form: _lines(form, "dotted"),
    "table": _table,
    "comb": _comb,
    "boxed": _boxed,
    "letter": _letter,
    "keys": _keys,
}
