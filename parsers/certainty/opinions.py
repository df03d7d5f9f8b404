"""What the other readers of a page say of one place: the digit reader, asked by box, and a third pass over the page."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from metering.pages import Box, Page, PageSource, Word
from metering.reports import SecondReading
from parsers.page.found import Found
from parsers.page.lines import box_of
from parsers.page.tokens import Form, Token
from parsers.wording.dates import find_dates
from parsers.wording.numbers import digits_of, parse_number

_AROUND = 40.0  # points above and below a number that are read with it: alone, a line is split otherwise
_MOST_BANDS = 4
_TIME = re.compile(r"([01]?\d|2[0-4])[:.-][0-5]\d\b")
_OF_A_LETTER, _OF_A_WORD = 2, 2  # digits that are made of one letter; letters at a word's beginning
_LEGIBLE, _SPACE = 0.6, 0.35  # the engine's confidence in a word; of a digit's width
_BESIDE = 2.0  # heights of a date: what stands nearer may be in the wide look at it

#: Asks the independent digit reader about a place of a page (its number from 1); None where there is no picture.
SecondReader = Callable[[int, Box], SecondReading | None]
#: The words of a page (its number from 1), between so many and so many points below its top, as another pass of the first reader sees them.
ThirdReader = Callable[[int, float, float], tuple[Word, ...]]
#: The words of a page, those of its tables read cell by cell; none where it has no ruled table.
CellReader = Callable[[int], tuple[Word, ...]]
#: The words of a page, those of its rows of cells for a digit each put together; none where it has no such rows.
CombReader = Callable[[int], tuple[Word, ...]]
#: The words of a page read as one block of text.
BlockReader = Callable[[int], tuple[Word, ...]]
#: The band of a page that a stamp or a signature crosses, and its words with that ink faded in one of several ways (from 0);
#: None where nothing can be faded, or there is no further way.
InkFader = Callable[[int, int], tuple[Box, tuple[Word, ...]] | None]
#: The words of one row of a page (its number from 1), read by itself with the ink over it faded.
RowReader = Callable[[int, Box], tuple[Word, ...]]
#: The words of a page's rows of days that were left out: in the columns at these distances from the left; in all where none are given.
DayReader = Callable[[int, Sequence[float]], tuple[Word, ...]]
#: The words of a row from where its signature ends, in one way after another; none where nothing is signed on it.
NameReader = Callable[[int, Box], Iterator[tuple[Word, ...]]]


@dataclass(frozen=True, slots=True)
class Opinion:
    """The second reader's view of a place. number: None where its text is no number; more: a wider look shows further digits, or a
    pen struck them out."""

    text: str
    digits: str
    number: str | None
    more: bool
    confidence: float = 0.0
    wide: str = ""  # the digits of the wider look
    struck: bool = False
    inked: bool = False

    @property
    def date(self) -> str | None:
        """The one date in it, ISO."""
        dates = find_dates(self.text)
        return dates[0].date.isoformat() if len(dates) == 1 else None

    @property
    def is_marked(self) -> bool:
        """Whether that date has all its marks."""
        return not any(date.repaired for date in find_dates(self.text))


@dataclass(slots=True)
class Readers:
    """The readers of one file's pages, each asked once about a place."""

    pages: dict[int, Page]
    second: SecondReader | None = None
    third: ThirdReader | None = None
    block: BlockReader | None = None
    fade: InkFader | None = None
    cells: CellReader | None = None
    row: RowReader | None = None
    name: NameReader | None = None
    combs: CombReader | None = None
    days: DayReader | None = None
    by_hand: set[int] = field(default_factory=set)  # pages filled in by hand: the readers were made for print
    as_read: dict[int, tuple[Word, ...]] = field(default_factory=dict)  # by page, words whose zeros are the digit reader's by now
    _asked: dict[tuple[int, Box], Opinion | None] = field(default_factory=dict)
    _third_words: dict[int, tuple[Word, ...]] = field(default_factory=dict)
    _bands: defaultdict[int, list[tuple[tuple[Word, ...], float, float]]] = field(default_factory=lambda: defaultdict(list))
    _faded: dict[tuple[int, int], tuple[Box, tuple[Word, ...]] | None] = field(default_factory=dict)

    def is_picture(self, page: int) -> bool:
        return self.pages[page].source is PageSource.OCR

    def ask(self, found: Found) -> Opinion | None:
        """About all symbols of a number."""
        numbers = [t for t in found.tokens if t.form is Form.NUMBER]
        return self._ask(found.page, numbers or found.tokens)

    def ask_date(self, found: Found) -> Opinion | None:
        """About a date: in one piece where it is all digits, else about its day and its year one by one."""
        numbers = [t for t in found.tokens if t.form is Form.NUMBER]
        if not any(t.form is Form.WORD for t in found.tokens):
            opinion = self._ask(found.page, numbers)
            seen = opinion is not None and opinion.more and self._is_time_behind(found.page, numbers, opinion)
            return replace(opinion, more=False) if opinion is not None and seen else opinion
        parts = [self._ask(found.page, [t]) for t in numbers]
        if not parts or any(p is None for p in parts):
            return None
        known = [p for p in parts if p is not None]
        return Opinion(
            " ".join(p.text for p in known),
            "".join(p.digits for p in known),
            None,
            any(p.more for p in known),
            min(p.confidence for p in known),
        )

    def _ask(self, page: int, tokens: list[Token]) -> Opinion | None:
        if self.second is None or not tokens:
            return None
        opinion = self.ask_box(page, box_of(tokens))
        if opinion is None or not opinion.more:
            return opinion
        if _is_explained(opinion, tokens[0].left, tokens[-1].right) or self._runs_into_a_word(page, tokens, opinion):
            return replace(opinion, more=False)
        return opinion

    def _runs_into_a_word(self, page: int, tokens: list[Token], opinion: Opinion) -> bool:
        """Whether the further digits of the wide look are what the digit reader makes of the unit behind a number («348,05 МВт·ч»), a space
        away that has no room for a digit. Without a space the unit's first letter may be a digit itself."""
        behind = opinion.wide.removeprefix(opinion.digits)
        if opinion.struck or not opinion.digits or not 0 < len(opinion.wide) - len(opinion.digits) == len(behind) <= _OF_A_LETTER:
            return False
        number, digit = box_of(tokens), box_of(tokens).width / sum(len(t.text) for t in tokens)
        words = [w for w in self.pages[page].words if number.top < w.box.middle[1] < number.bottom and w.box.left >= number.right]
        nearest = min(words, key=lambda w: w.box.left, default=None)
        if nearest is None or nearest.confidence < _LEGIBLE or not nearest.text[:_OF_A_WORD].isalpha() or len(nearest.text) < _OF_A_WORD:
            return False
        return _SPACE * digit < nearest.box.left - number.right < digit

    def _is_time_behind(self, page: int, tokens: list[Token], opinion: Opinion) -> bool:
        """Whether the further digits of the wide look begin the time of day that stands behind a date: `25.12.25 24:00`."""
        # The digit reader has no slash and makes a digit of it, or nothing.
        seen = re.fullmatch("[1-9]?".join(digits_of(t.text) for t in tokens) + r"(\d+)", opinion.wide)
        date = box_of(tokens)
        behind = [w for w in self.pages[page].words if date.top < w.box.middle[1] < date.bottom and _TIME.match(w.text)]
        near = [w for w in behind if -1 < w.box.left - date.right < _BESIDE * date.height]
        return not opinion.struck and seen is not None and any(digits_of(w.text).startswith(seen[1]) for w in near)

    def ask_box(self, page: int, box: Box) -> Opinion | None:
        """About any place of a page."""
        if self.second is None or not self.is_picture(page):
            return None
        if (page, box) not in self._asked:
            reading = self.second(page, box)
            self._asked[page, box] = None if reading is None else _opinion(reading)
        return self._asked[page, box]

    def words_again(self, page: int) -> tuple[Word, ...]:
        """The third reading of a page; empty where there is none."""
        if page not in self._third_words:
            self._third_words[page] = self.words_between(page, 0.0, self.pages[page].height)
        return self._third_words[page]

    def words_between(self, page: int, top: float, bottom: float) -> tuple[Word, ...]:
        """The third reading of a band of a page, in points: it costs as much as the words that stand in it."""
        return self.third(page, top, bottom) if self.third is not None and self.is_picture(page) else ()

    def words_around(self, page: int, place: Box) -> tuple[tuple[Word, ...], float, float]:
        """The third reading of the lines around a place, or of the page where it is known or was asked for often; and between which
        heights, in points, its words may be taken for the page's."""
        height, bands = self.pages[page].height, self._bands[page]
        known = next((band for band in bands if band[1] <= place.top and place.bottom <= band[2]), None)
        if page not in self._third_words and known is None and len(bands) < _MOST_BANDS:
            top, bottom = max(0.0, place.top - _AROUND), min(height, place.bottom + _AROUND)
            known = self.words_between(page, top, bottom), top + _AROUND / 2, bottom - _AROUND / 2
            bands.append(known)
        return known or (self.words_again(page), 0.0, height)

    def words_beneath_ink(self, page: int) -> Iterator[tuple[Word, ...]]:
        """All words of a page, with those that stamp and signature cross as they are read with that ink faded, one way after
        another; none where no ink can be faded."""
        if self.fade is None or not self.is_picture(page):
            return
        for way in itertools.count():
            if (page, way) not in self._faded:
                self._faded[page, way] = self.fade(page, way)
            faded = self._faded[page, way]
            if faded is None:
                return
            band, words = faded
            yield (*(w for w in self.pages[page].words if not band.top <= w.box.middle[1] <= band.bottom), *words)

    def words_by_cells(self, page: int) -> tuple[Word, ...]:
        """A page with its tables read cell by cell; empty where there is no such reading."""
        return self.cells(page) if self.cells is not None and self.is_picture(page) else ()

    def words_by_combs(self, page: int) -> tuple[Word, ...]:
        """A page with the numbers put together whose digits stand each in a cell; empty where there are none such."""
        return self.combs(page) if self.combs is not None and self.is_picture(page) else ()

    def words_of_days(self, page: int, columns: Sequence[float]) -> tuple[Word, ...]:
        """The words of a page's rows of days in these columns; empty where there is no such reading."""
        return self.days(page, columns) if self.days is not None and self.is_picture(page) else ()

    def words_of_row(self, page: int, row: Box) -> tuple[Word, ...]:
        """The words of a row, read by itself; empty where there is no such reading."""
        return self.row(page, row) if self.row is not None and self.is_picture(page) else ()

    def words_beside_signature(self, page: int, row: Box) -> Iterator[tuple[Word, ...]]:
        """The words of a row from where its signature ends, in one way after another; none where there is no such reading."""
        return self.name(page, row) if self.name is not None and self.is_picture(page) else iter(())

    def words_as_block(self, page: int) -> tuple[Word, ...]:
        """A page read as one block of text; empty where there is no such reading."""
        return self.block(page) if self.block is not None and self.is_picture(page) else ()

    def third_value(self, found: Found) -> str | None:
        """The number that the third reading has at a value's place."""
        box = found.box
        if box is None:
            return None
        there = [w for w in self.words_around(found.page, box)[0] if _mostly_inside(w.box, box)]
        if not there:
            return None
        text = " ".join(w.text.strip("|[]()_") for w in sorted(there, key=lambda w: w.box.left))
        return parse_number(text) or parse_number(text.replace(" ", ""))


def _is_explained(opinion: Opinion, left: str, right: str) -> bool:
    """Whether the further digits of the wide look are only what the digit reader makes of a bracket or a word printed right at
    the number: `(25.10.2026)`, `23-yanvar`. A single letter there explains nothing, it may be a digit misread."""
    if opinion.struck or not opinion.digits or opinion.digits not in opinion.wide:
        return False  # struck out, or the tight look saw no digit at all
    before, _, behind = opinion.wide.partition(opinion.digits)
    known = tuple('()[]«»"-–/№:;,.')
    return (not before or left in known) and (not behind or right in known or len(right) > 2)


def _opinion(reading: SecondReading) -> Opinion:
    text = reading.text.strip("-., ")
    digits = digits_of(text)
    wide = digits_of(reading.wide_text)
    more = reading.struck or len(wide) > len(digits)
    return Opinion(text, digits, parse_number(text), more, reading.confidence, wide, reading.struck, reading.inked)


def _mostly_inside(inner: Box, outer: Box) -> bool:
    wide = min(inner.right, outer.right) - max(inner.left, outer.left)
    high = min(inner.bottom, outer.bottom) - max(inner.top, outer.top)
    return wide > 0.6 * inner.width and high > 0.5 * min(inner.height, outer.height)
