"""The text layer of a PDF page, upright, as PDFium tells it: letters with their places, put together to words."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from metering.pages import Box, Word
from parsers.pdf.fonts import letters_by_glyph
from parsers.pdf.turned_heads import turned_heads

_GAP = 0.25  # of a letter's size; a wider one begins another word
_SPACE = 0.1  # the same, where PDFium sees a space: it drops real ones at the end of a text object and adds one instead
_DESCENT, _OFF = 0.21, 0.1  # of a letter's size: how far a font reaches below its baseline, and how far others may be from that
_LINE = 2.0  # points by which tops of letters of one line may differ from one to the next
_TWICE = 1.0  # points between two prints of one letter, which make it bold
_UNSEEN = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)
_NOTHING = "\ufffd"
_TILT = 0.03  # as a slope: what runs steeper does not stand upright
_ONE_WAY = 1.0  # degrees by which letters of one straight line may differ
_UPWARDS = 90.0  # degrees
_SOFT_HYPHENS = (0x02, 0xFFFE)  # what PDFium makes of a hyphen at the end of a line


@dataclass(frozen=True, slots=True)
class _Style:
    """What the letters of one text object have in common. font: an identity, nothing else."""

    size: float
    turn: float  # degrees
    visible: bool
    font: int

    @property
    def upright(self) -> bool:
        return abs(self.turn) < math.degrees(_TILT)


@dataclass(frozen=True, slots=True)
class _Letter:
    """Points of the visible page, from its top left. spaced: PDFium added a space in front of it; high: the room it takes, upwards from
    its foot."""

    text: str
    left: float
    top: float
    right: float
    style: _Style
    spaced: bool
    high: float

    @property
    def box(self) -> Box:
        return Box(round(self.left, 2), round(self.top, 2), round(self.right, 2), round(self.top + self.style.size, 2))


@dataclass(frozen=True, slots=True)
class TextLayer:
    """words: by lines from the top; turned: what runs straight across them at an angle; is_meant: whether it is known of each letter
    what it means."""

    words: tuple[Word, ...]
    turned: tuple[str, ...]
    is_meant: bool


def read_text(page: pdfium.PdfPage) -> TextLayer:
    """The text of a page that is not turned."""
    layer = page.get_textpage()
    try:
        letters, is_meant = _letters(layer, page.get_bbox())
    finally:
        layer.close()
    tilted = [letter for letter in letters if not letter.style.upright]
    upright = _printed_once(letter for letter in letters if letter.style.upright)
    width, height = page.get_size()
    runs = list(_runs(tilted))
    curved = [run[0] for run in runs if len(run) == 1]
    straight = [run for run in runs if len(run) > 1]
    words = (*_words(upright, curved, width, height), *_heads(straight))
    return TextLayer(words, tuple(map(_text_of, straight)), is_meant)


def _heads(runs: list[list[_Letter]]) -> Iterator[Word]:
    """What runs straight up or down the page as heads of columns do, upright."""
    for turn in (_UPWARDS, -_UPWARDS):
        letters = [_along(letter) for run in runs if abs(run[0].style.turn - turn) <= _ONE_WAY for letter in run]
        yield from turned_heads(_composed(letters, []), upwards=turn > 0)


def _along(letter: _Letter) -> _Letter:
    """A letter that runs up or down the page, as its own line has it: from where that begins, and from line to line."""
    foot = letter.top + letter.style.size
    if letter.style.turn > 0:
        return replace(letter, left=-foot, right=letter.high - foot, top=letter.left)
    return replace(letter, left=foot - letter.high, right=foot, top=-letter.right)


def _letters(layer: pdfium.PdfTextPage, visible: tuple[float, float, float, float]) -> tuple[list[_Letter], bool]:
    """What is painted, in its order, and whether all of it has a meaning."""
    left, _, _, top = visible
    styles: dict[int, _Style] = {}
    unknown: dict[int, Any] = {}  # fonts by address
    box = pdfium_c.FS_RECTF()
    letters: list[_Letter] = []
    spaced = False
    for i in range(layer.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(layer, i)
        if code in (0x20, 0x0A, 0x0D) and pdfium_c.FPDFText_IsGenerated(layer, i):
            spaced = True
            continue
        thing = pdfium_c.FPDFText_GetTextObject(layer, i)
        if not thing:
            continue
        place = _address(thing)
        style = styles.get(place)
        if style is None:
            style = styles[place] = _style(layer, i, thing)
        if not style.visible:
            continue
        if pdfium_c.FPDFText_HasUnicodeMapError(layer, i):
            unknown[style.font] = pdfium_c.FPDFTextObj_GetFont(thing)
        text = "-" if code in _SOFT_HYPHENS else chr(code)
        pdfium_c.FPDFText_GetLooseCharBox(layer, i, box)
        bottom = _foot(layer, i, box.bottom, style)
        high = box.top - box.bottom
        letters.append(_Letter(text, box.left - left, top - bottom - style.size, box.right - left, style, spaced, high))
        spaced = False
    # Of a font that the file does not explain the codes stand for letters; PDFium forgets to say so of some of them.
    meanings = {address: letters_by_glyph(font) for address, font in unknown.items()}
    letters = [replace(x, text=meanings[x.style.font].get(ord(x.text), _NOTHING)) if x.style.font in meanings else x for x in letters]
    return letters, not any(x.text == _NOTHING or x.text == "\0" or 0xD800 <= ord(x.text) < 0xE000 for x in letters)


def _foot(layer: pdfium.PdfTextPage, i: int, bottom: float, style: _Style) -> float:
    """y under a letter: PDFium's, or from its baseline where PDFium gives the print's own foot, of р and у another one than of their
    neighbours: so it does with some subset fonts."""
    if not style.upright:
        return bottom
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(layer, i, x, y)
    usual = y.value - _DESCENT * style.size
    return usual if abs(bottom - usual) > _OFF * style.size else bottom


def _style(layer: pdfium.PdfTextPage, i: int, thing: Any) -> _Style:
    matrix, size = pdfium_c.FS_MATRIX(), ctypes.c_float()
    pdfium_c.FPDFText_GetMatrix(layer, i, matrix)
    pdfium_c.FPDFTextObj_GetFontSize(thing, size)
    # Text along a curve, a stamp for instance, and text across the page stay out of the lines.
    turn = math.degrees(math.atan2(matrix.b, matrix.a))
    visible = pdfium_c.FPDFTextObj_GetTextRenderMode(thing) not in _UNSEEN
    return _Style(abs(size.value) * math.hypot(matrix.c, matrix.d), turn, visible, _address(pdfium_c.FPDFTextObj_GetFont(thing)))


def _address(handle: Any) -> int:
    return ctypes.addressof(handle.contents) if handle else 0


def _printed_once(letters: Iterable[_Letter]) -> list[_Letter]:
    """Without the second print of what is printed twice to make it bold."""
    kept: list[_Letter] = []
    near: dict[tuple[str, int, int], list[_Letter]] = defaultdict(list)
    for letter in letters:
        across, down = int(letter.left // _TWICE), int(letter.top // _TWICE)
        twins = (twin for x in (-1, 0, 1) for y in (-1, 0, 1) for twin in near.get((letter.text, across + x, down + y), ()))
        if any(_is_twin(letter, twin) for twin in twins):
            continue
        near[letter.text, across, down].append(letter)
        kept.append(letter)
    return kept


def _is_twin(one: _Letter, two: _Letter) -> bool:
    same_size = abs(one.style.size - two.style.size) < 0.01
    return same_size and abs(one.left - two.left) <= _TWICE and abs(one.top - two.top) <= _TWICE


def _words(letters: list[_Letter], curved: list[_Letter], width: float, height: float) -> Iterator[Word]:
    """The words that stand on the page."""
    for word in _composed(letters, curved):
        x, y = word.box.middle
        if 0 <= x <= width and 0 <= y <= height:
            yield word


def _composed(letters: list[_Letter], curved: list[_Letter]) -> Iterator[Word]:
    for line in _lines(letters):
        for group in _groups(line):
            if len(group) <= 2 and _is_of_a_curve(group[0], curved):
                continue
            texts: list[str] = []
            boxes: list[Box] = []
            for letter in group:
                _add_letters(unicodedata.normalize("NFC", letter.text), letter.box, texts, boxes)
            text = "".join(texts).replace("\x00", "")
            if text and len(text) == len(boxes):
                yield Word(text, 1.0, Box.around(boxes), tuple(boxes))


def _runs(tilted: list[_Letter]) -> Iterator[list[_Letter]]:
    """Letters of one angle and size, in the order in which they are painted: a rotated head is one run; along a curve each has its own."""
    start = 0
    for end in range(1, len(tilted) + 1):
        if end == len(tilted) or not _is_one_way(tilted[end].style, tilted[start].style):
            yield tilted[start:end]
            start = end


def _text_of(run: list[_Letter]) -> str:
    return "".join(" " * letter.spaced + letter.text for letter in run).strip()


def _is_one_way(one: _Style, two: _Style) -> bool:
    return abs(one.turn - two.turn) <= _ONE_WAY and abs(one.size - two.size) < 0.01


def _lines(letters: list[_Letter]) -> Iterator[list[_Letter]]:
    """Letters by lines from the top, each from the left."""
    line: list[_Letter] = []
    for letter in sorted(letters, key=attrgetter("top")):
        if line and letter.top > line[-1].top + _LINE:
            yield sorted(line, key=attrgetter("left"))
            line = []
        line.append(letter)
    if line:
        yield sorted(line, key=attrgetter("left"))


def _groups(line: list[_Letter]) -> Iterator[list[_Letter]]:
    """The letters of each word of a line."""
    group: list[_Letter] = []
    for letter in line:
        if letter.text.isspace():
            if group:
                yield group
            group = []
            continue
        if group and _begins_word(letter, group[-1]):
            yield group
            group = []
        group.append(letter)
    if group:
        yield group


def _begins_word(letter: _Letter, last: _Letter) -> bool:
    gap = (_SPACE if letter.spaced else _GAP) * last.style.size
    return letter.left > last.right + gap or letter.top > last.top + _LINE


def _is_of_a_curve(letter: _Letter, curved: list[_Letter]) -> bool:
    """Whether a letter that stands upright by chance, at the top of a stamp, has a neighbour of its own font and size along it. Those of a
    rotated head are none: a thousand under one («5 091,02») would be lost."""
    size = letter.style.size
    return any(
        other.style.font == letter.style.font
        and abs(other.style.size - size) < 0.5 * size
        and abs(other.left - letter.left) < 2 * size
        and abs(other.top - letter.top) < 2 * size
        for other in curved
    )


def _add_letters(text: str, box: Box, letters: list[str], boxes: list[Box]) -> None:
    """One box for each letter: a ligature is divided evenly, a combining mark joins the letter before it."""
    if letters and len(text) == 1 and unicodedata.combining(text):
        joined = unicodedata.normalize("NFC", letters[-1] + text)
        if len(joined) == 1:
            letters[-1] = joined
            return
    step = box.width / max(1, len(text))
    for i, letter in enumerate(text):
        letters.append(letter)
        boxes.append(replace(box, left=round(box.left + i * step, 2), right=round(box.left + (i + 1) * step, 2)))
