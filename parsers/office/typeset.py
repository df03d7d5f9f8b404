"""Blocks set as a page: words with their places, the lines of tables, and a picture of it that people and the search for ink can look at.

The page is ours, not the office program's: it keeps the reading order, what stands side by side and what stands below what. It is as wide
as its widest table and as long as it need be, so that no table is torn.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from metering.messages import Sheet
from metering.pages import Box, Word
from parsers.files.pictures import KEPT_PIXELS
from parsers.files.plain import write_plain
from parsers.office.blocks import Block, Cell, Line, Picture, Placed, Table
from parsers.office.grid import LETTERS_LIMIT, PADDING, Grid

DPI = 100.0
SIZE = 10.0  # points; of all letters
_LEADING, _MARGIN, _GAP = 13.0, 40.0, 6.0
_WIDTH, _LONGEST, _WIDEST = 595.0, 3_000.0, 4_000.0  # points; A4's width at least
_TAB, _TEXT_WIDTH = 36.0, 515.0
_FONT, _MONOSPACE = "DejaVuSans.ttf", "DejaVuSansMono.ttf"  # Debian: fonts-dejavu-core
_TYPED_COLUMNS = re.compile(r"[^ ] {3,}[^ ]|[|\u2500-\u257f]")  # aligned by hand, under a typewriter's letters
_RULES_LIMIT = 5_000
_GRID = (205, 205, 205)  # paler than any ink: lines are no strokes of a pen
_TYPED_LINES = 3  # from which a document is one of a typewriter


@dataclass(slots=True)
class _Page:
    words: list[Word] = field(default_factory=list)
    rules: set[tuple[float, float, float, float]] = field(default_factory=set)
    pictures: list[tuple[Image.Image, float, float, float, float]] = field(default_factory=list)
    down: float = _MARGIN
    width: float = _WIDTH

    def is_empty(self) -> bool:
        return not self.words and not self.pictures


def typeset(blocks: Sequence[Block | Placed], folder: Path, stem: str, first: int, most: int) -> list[Sheet]:
    """The blocks on as few pages as they need, numbered from `first`, at most so many; pages that would show nothing are left out."""
    setter = _Setter(
        most, typewriter=sum(isinstance(b, Line) and _TYPED_COLUMNS.search(b.text) is not None for b in blocks) >= _TYPED_LINES
    )
    for block in blocks:
        setter.set(block)
        if len(setter.pages) > most:
            break
    pages = [page for page in setter.pages if not page.is_empty()][:most]
    return [_sheet(page, folder / f"{stem}-{number}", number) for number, page in enumerate(pages, first)]


@functools.cache
def _font(name: str, points: float, dpi: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.truetype(name, points * dpi / 72)
    except OSError:  # then the picture may lack letters; the words are the document's own all the same
        return ImageFont.load_default(points * dpi / 72)


@functools.lru_cache(50_000)
def _length(text: str, font: str = _FONT) -> float:
    """Width of a text in points."""
    return _font(font, SIZE, 720.0).getlength(text[:LETTERS_LIMIT]) / 10


@dataclass(frozen=True, slots=True)
class _SetTable:
    """A table as it was set. tops: for each of its rows the page, and how far down it the row begins."""

    grid: Grid
    tops: list[tuple[_Page, float]] = field(default_factory=list)

    def corner(self, row: int, column: int) -> tuple[_Page, float, float]:
        """The page, and the left upper corner of a cell on it; all rows behind the last are one below it."""
        page, top = self.tops[min(row, len(self.tops) - 1)]
        return page, _MARGIN + self.grid.left(column), top + (_LEADING + _GAP if row >= len(self.tops) else 0.0)


class _Setter:
    """most: pages, after which it may stop; typewriter: all letters have one width, because some lines are columns aligned with spaces."""

    def __init__(self, most: int, *, typewriter: bool) -> None:
        self.pages = [_Page()]
        self._most = most
        self._typewriter = typewriter
        self._table: _SetTable | None = None  # the last one

    @property
    def page(self) -> _Page:
        return self.pages[-1]

    def set(self, block: Block | Placed) -> None:
        if self.page.down > _LONGEST:
            self.pages.append(_Page())
        if isinstance(block, Line):
            self._set_line(block)
        elif isinstance(block, Table):
            self._set_table(block)
        elif isinstance(block, tuple):
            self._set_picture(*block)

    def _set_line(self, line: Line) -> None:
        font, most = (_MONOSPACE, _WIDEST - 2 * _MARGIN) if self._typewriter else (_FONT, _TEXT_WIDTH)
        for pieces in _broken(line.text[:LETTERS_LIMIT], most, font):
            right = max((x + _length(text, font) for x, text in pieces), default=0.0)
            shift = max(0.0, (_TEXT_WIDTH - right) / (2 if line.centred else 1)) if line.centred or line.right else 0.0
            for x, text in pieces:
                self._word(text, _MARGIN + shift + x, self.page.down, font)
            self.page.down += _LEADING

    def _word(self, text: str, left: float, top: float, font: str = _FONT) -> None:
        box = Box(round(left, 2), round(top, 2), round(left + _length(text, font), 2), round(top + SIZE, 2))
        self.page.words.append(Word(text[:LETTERS_LIMIT], 1.0, box))
        self.page.width = max(self.page.width, box.right + _MARGIN)

    def _set_picture(self, picture: Picture, pixels: Image.Image) -> None:
        width = min(_TEXT_WIDTH, picture.width or 140.0)
        height = min(1_000.0, picture.height or width * pixels.height / pixels.width)
        page, left, top = self.page, _MARGIN, self.page.down
        if picture.cell is not None and self._table is not None:
            page, left, top = self._table.corner(*picture.cell)
        page.pictures.append((pixels, left, top, width, height))
        page.down = max(page.down, top + height + _LEADING)
        page.width = max(page.width, left + width + _MARGIN)

    def _set_table(self, table: Table) -> None:
        grid = Grid(table, _WIDEST - 2 * _MARGIN, _length)
        self._table = _SetTable(grid)
        after_empty = True
        for row in range(grid.last):
            cells = grid.rows.get(row, [])
            run = grid.run(row)
            if not cells and run is None and after_empty:
                self._table.tops.append((self.page, self.page.down))
                continue  # of several empty rows one is enough
            after_empty = not cells
            if self.page.down > (_LONGEST if run is None else 2 * _LONGEST):
                self.pages.append(_Page())
                if len(self.pages) > self._most:
                    return
            if grid.is_edge(row):
                self.page.down += _LEADING  # what stands around a table keeps away from it
            self._table.tops.append((self.page, self.page.down))
            height = max((len(grid.lines[place]) for place, cell in cells if cell.down == 1), default=1) * _LEADING + _GAP
            for place, cell in cells:
                self._set_cell(place, cell, grid)
            if run is not None:
                self._rule_row(grid, row, run, height)
            self.page.down += height
        self.page.down += _LEADING / 2

    def _set_cell(self, place: tuple[int, int], cell: Cell, grid: Grid) -> None:
        left, right = grid.edges(place[1], cell.across)
        for number, line in enumerate(grid.lines[place]):
            shift = max(0.0, (right - left - _length(line)) / 2) if cell.across > 1 else PADDING
            x = _MARGIN + left + shift
            for word in line.split(" "):
                self._word(word, x, self.page.down + _GAP / 2 + number * _LEADING)
                x += _length(f"{word} ")

    def _rule_row(self, grid: Grid, row: int, run: tuple[int, int], height: float) -> None:
        page, top, bottom = self.page, round(self.page.down, 2), round(self.page.down + height, 2)
        if len(page.rules) > _RULES_LIMIT:
            return
        for left, right in grid.lines_above(row):
            page.rules.add((round(_MARGIN + left, 2), top, round(_MARGIN + right, 2), top))
            if row + 1 == run[1]:
                page.rules.add((round(_MARGIN + left, 2), bottom, round(_MARGIN + right, 2), bottom))
        for x in grid.lines_beside(row):
            page.rules.add((round(_MARGIN + x, 2), top, round(_MARGIN + x, 2), bottom))


def _broken(text: str, width: float, font: str) -> Iterator[list[tuple[float, str]]]:
    """A paragraph as lines of words with their places: a tab goes on to the next stop, what is too long goes on below."""
    pieces: list[tuple[float, str]] = []
    x = 0.0
    for match in re.finditer(r"\t|[^\S\t]+|[^\s]+", text):
        token = match[0]
        if token == "\t":
            x = (x // _TAB + 1) * _TAB
        elif token.isspace():
            x += _length(token, font)
        else:
            if pieces and x + _length(token, font) > width:
                yield pieces
                pieces, x = [], 0.0
            pieces.append((x, token))
            x += _length(token, font)
    if pieces:
        yield pieces


def _sheet(page: _Page, stem: Path, number: int) -> Sheet:
    width, height = round(page.width, 2), round(max(842.0, page.down + _MARGIN), 2)
    dpi = min(DPI, 72 * (KEPT_PIXELS / (width * height)) ** 0.5)
    scale = dpi / 72
    picture = Image.new("RGB", (max(1, round(width * scale)), max(1, round(height * scale))), "white")
    draw = ImageDraw.Draw(picture)
    for left, top, right, bottom in page.rules:
        draw.line([left * scale, top * scale, right * scale, bottom * scale], fill=_GRID, width=1)
    for pixels, left, top, wide, high in page.pictures:
        small = pixels.convert("RGB").resize((max(1, round(wide * scale)), max(1, round(high * scale))), Image.Resampling.LANCZOS)
        picture.paste(small, (round(left * scale), round(top * scale)))
    for word in page.words:
        font = _font(_FONT, SIZE, dpi)
        draw.text((word.box.left * scale, word.box.top * scale), word.text, fill="black", font=font)
    rules = tuple(Box(*rule) for rule in sorted(page.rules))
    return Sheet(number, width, height, tuple(page.words), write_plain(np.asarray(picture), stem), round(dpi, 2), rules)
