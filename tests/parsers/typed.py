"""Pages typed in code: monospaced lines become words with boxes, as a text layer or as OCR would give them."""

from __future__ import annotations

import re
from dataclasses import replace

from metering.pages import Box, Page, PageSource, Word

LETTER, LINE, MARGIN = 6.0, 14.0, 40.0
_BOX_RULES = str.maketrans(dict.fromkeys("┌┐└┘├┤┬┴┼─", " "))
_ARMS = {"up": "│└┘├┤┴┼", "down": "│┌┐├┤┬┼", "left": "─┐┘┤┬┴┼", "right": "─┌└├┬┴┼"}

#: A report of one meter, between its title and who signs.
REPORT = """Организация: ООО «Сув Йўли»
Договор № 03117      ИНН 301234567
Дата снятия показаний: 23.11.2026

Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41 Гкал

Дата: 24.11.2026
"""


def ruled(text: str) -> Page:
    """A page of a text layer whose box characters are drawn lines."""
    lines = text.strip("\n").split("\n")
    rules = [
        rule
        for row, line in enumerate(lines)
        for column, sign in enumerate(line)
        for rule in _pieces(sign, MARGIN + (column + 0.5) * LETTER, MARGIN + row * LINE + 5)
    ]
    return replace(typed(text.translate(str.maketrans("│", " "))), rules=tuple(rules))


def _pieces(sign: str, x: float, y: float) -> list[Box]:
    ends = {"up": (x, y - LINE / 2), "down": (x, y + LINE / 2), "left": (x - LETTER / 2, y), "right": (x + LETTER / 2, y)}
    return [
        Box(min(x, a) - 0.25, min(y, b) - 0.25, max(x, a) + 0.25, max(y, b) + 0.25) for arm, (a, b) in ends.items() if sign in _ARMS[arm]
    ]


def typed(text: str, number: int = 1, source: PageSource = PageSource.TEXT_LAYER, confidence: float = 1.0) -> Page:
    """A page of the lines of a text, every character six points wide; lines drawn with box characters are left out."""
    lines = text.strip("\n").split("\n")
    words = []
    for row, line in enumerate(lines):
        for match in re.finditer(r"\S+", line.translate(_BOX_RULES)):
            left, top = MARGIN + match.start() * LETTER, MARGIN + row * LINE
            symbols = tuple(Box(left + i * LETTER + 0.5, top, left + (i + 1) * LETTER - 0.5, top + 10) for i in range(len(match[0])))
            words.append(Word(match[0], confidence, Box.around(list(symbols)), symbols))
    width = 2 * MARGIN + LETTER * max(len(line) for line in lines)
    return Page(number, max(595.0, width), max(842.0, 2 * MARGIN + LINE * len(lines)), tuple(words), source)
