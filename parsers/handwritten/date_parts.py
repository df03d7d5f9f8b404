"""Dates whose day, month and year have blanks of their own: «__» ________ 20__ г., 20__ yil «__» ________, or three frames beside each
other (docs/handwriting.md, "Dates in parts")."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from metering.pages import Box
from parsers.handwritten.lines import Place, lines_behind, over_line
from parsers.handwritten.print_behind import print_behind
from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token
from parsers.wording.dates import find_lone_months
from parsers.wording.folding import fold

_QUOTES = frozenset("«»\"“”„‘’'<>")
_CENTURY, _YEAR = re.compile(r"20[_.,-]*"), re.compile(r"20[1-4]\d")
_YEAR_WITH_WORD = re.compile(r"(20[1-4]\d)[1гr]?")  # «2025г» is read as «20251»
_TORN = re.compile(r"20\d")  # a century that was read together with what is written behind it
_TWO_DIGITS = 1.5  # of a word's height: the width of a century
#: Words behind a year, folded; «й.» is none: it folds to the Russian «и».
_YEARS = tuple(fold(word) for word in ("г", "год", "года", "yil", "йил", "y"))
_SURE = 0.5  # confidence of a printed mark
_LETTERS = 4  # of a word that is printed; shorter ones may be what was written
_PITCH = 4.5  # of a label's height from its line to the next one at most
_HIGH = 20.0  # points from a blank's line up to the middle of a mark on it at most
_BESIDE = 1.3  # of a label's height: so near a mark stands to its blank
_AT = 8.0  # points between a day's blank and its quotation mark at most
_JOINED = 3.0  # points between parts of one printed line
_SHORTEST, _LONGEST = 9.0, 190.0  # points of a blank
_LOST = (8.0, 60.0)  # points between quotation marks whose line was not found
_APART, _ALIKE = 0.9, 0.3  # of a frame's height: between the frames of one date at most, and by which their heights differ
_WIDE, _WIDER, _LIKE = 3.6, 1.25, 1.5  # a day's frame by its height at most; a year's by a day's at least; a month's by a day's at most


@dataclass(frozen=True, slots=True)
class DateParts:
    """The places of a date's parts; a number where it is printed, None where nothing is known of it."""

    day: Place
    month: Place | int | None
    year: Place | int | None
    labelled: bool = True

    def places(self) -> list[Place]:
        return [part for part in (self.day, self.month, self.year) if isinstance(part, Place)]

    @property
    def box(self) -> Box:
        return Box.around([place.box for place in self.places()])


def date_parts(page: MarkedPage, label: Item, frames: Sequence[Box]) -> DateParts | None:
    """The parts of the date behind a label, None where it is written in one."""
    end, _ = print_behind(page, label)
    return _in_frames(end, frames, page) or _on_lines(page, label, end)


def is_before_year(page: MarkedPage, label: Item) -> bool:
    """Whether a year is printed behind a label's one blank: what is written there is no whole date."""
    end, _ = print_behind(page, label)
    lines, row = _row_behind(page, end)
    return len(lines) == 1 and any(_YEAR.fullmatch(t.text) and t.confidence >= _SURE and t.box.left > lines[0].right - 3 for t in row)


def is_quoted(page: MarkedPage, parts: DateParts) -> bool:
    """Whether a quotation mark is printed at a date's day."""
    day = parts.day.box
    marks = (t.box for t in page.tokens if t.text in _QUOTES and day.top < t.box.middle[1] < day.bottom)
    return any(min(abs(day.left - mark.right), abs(mark.left - day.right)) < _AT for mark in marks)


def unlabelled_dates(page: MarkedPage, known: Sequence[Box]) -> list[DateParts]:
    """The dates on blanks whose label says nothing that a form is asked («составлен о том, что на «__» ______ 20__ г. показания»), from
    the top. known: the places of those that have one."""
    found: list[DateParts] = []
    for line in page.lines:
        first = next((t for t in line.tokens if t.text in _QUOTES or _is_century(t)), None)
        if first is None:
            continue
        base = max(t.box.bottom for t in line.tokens)
        high = median(t.box.height for t in line.tokens if t.form is Form.WORD) if any(t.form is Form.WORD for t in line.tokens) else 8.0
        end = Box(first.box.left - 2, base - high, first.box.left - 1, base)
        parts = _of_blanks(page, *_row_behind(page, end), end)
        if parts is not None and not any(parts.box.meets(box) for box in (*known, *(f.box for f in found))):
            found.append(replace(parts, labelled=False))
    return found


def _on_lines(page: MarkedPage, label: Item, end: Box) -> DateParts | None:
    """On blanks behind the label and, where these do not make a date, those at the beginning of the next text line, too."""
    first = _row_behind(page, end)
    parts = _of_blanks(page, *first, end)
    if parts is not None or (start := _next_line(page, label, end)) is None:
        return parts
    second = _row_behind(page, start)
    return _of_blanks(page, [*first[0], *second[0][:3]], [*first[1], *second[1]], end)


def _row_behind(page: MarkedPage, end: Box) -> tuple[list[Box], list[Token]]:
    """The blanks and the printed marks on one line, from the left, up to the next label or unit."""
    stop = min((i.box.left for i in page.items if i.sort in ("label", "unit", "kind") and _is_behind(i.box, end)), default=page.page.width)
    row = sorted((t for t in page.tokens if _is_behind(t.box, end) and t.box.right <= stop), key=lambda t: t.box.left)
    lines = _with_lost_lines(_joined([r for r in lines_behind(page, end) if r.left < stop]), row, end)
    return [line for line in lines if _SHORTEST <= line.width <= _LONGEST], row


def _next_line(page: MarkedPage, label: Item, end: Box) -> Box | None:
    """Where the next text line begins."""
    below = [line.box for line in page.lines[label.line + 1 :] if end.bottom + 0.5 * end.height < line.box.middle[1]]
    following = [box for box in below[:3] if box.middle[1] - end.middle[1] < _PITCH * end.height]
    if not following:
        return None
    start = min(line.box.left for line in page.lines)
    base = max(following, key=lambda box: box.width)
    return Box(start - 2, base.bottom - end.height, start - 1, base.bottom)


def with_year_of(inked: MarkedPage, parts: DateParts) -> DateParts:
    """A date whose printed year was lost together with the ink, with the one that stands beside it on the page as it was read with it."""
    if parts.year is not None:
        return parts
    box = parts.box
    return replace(parts, year=_year_in([t for t in inked.tokens if box.top < t.box.middle[1] < box.bottom and t.box.left > box.right - 3]))


def _year_in(row: Sequence[Token]) -> int | None:
    years = (_YEAR_WITH_WORD.fullmatch(t.text) for t in row if t.confidence >= _SURE)
    return next((int(found[1]) for found in years if found is not None), None)


def _of_blanks(page: MarkedPage, lines: list[Box], row: list[Token], end: Box) -> DateParts | None:
    near = _BESIDE * end.height
    century = [t for t in row if _is_century(t) and not any(_is_in(t.box, line) for line in lines)]
    year = next(
        (
            line
            for line in lines
            if any(_is_level(t.box, line) and _is_right_behind(line, t.box, near) for t in century)
            or any(_is_level(t.box, line) and _ends_century(t, line) for t in row)
        ),
        None,
    )
    quoted = [line for line in lines if line is not year and _is_quoted(line, row, near)]
    printed_year = _year_in(row)
    month = _printed_month(row)
    if year is None and printed_year is None and len(lines) == 3 and (quoted or _is_said(row)):
        first = next((t for t in row if t.fold.startswith(_YEARS) and t.box.left > lines[0].left), None)
        year = lines[0] if first is not None and first.box.right < lines[1].left else lines[2]
    rest = [line for line in lines if line is not year]
    alone = len(rest) == 2 and _is_before_word(rest, row)
    if year is None and printed_year is None and not (alone or (len(rest) == 2 and _is_between_quotes(rest[0], row, near))):
        return None
    if not rest or len(rest) > 2 or not (quoted or century or printed_year or alone):
        return None
    if len(rest) == 1 and (month is None or not quoted) and not (quoted and century):
        return None
    day = quoted[0] if quoted else rest[0]
    others = [line for line in rest if line is not day]

    def place(line: Box) -> Place:
        return Place(_between_print(over_line(page, line), line, row), boxed=False)

    written = place(others[0]) if others else None
    return DateParts(place(day), month if written is None else written, printed_year if year is None else place(year))


def _is_in(mark: Box, line: Box) -> bool:
    return _is_level(mark, line) and line.left - 2 < mark.middle[0] < line.right + 2


def _is_behind(box: Box, end: Box) -> bool:
    return box.left > end.right - 1 and box.bottom > end.top - 0.3 * end.height and box.top < end.bottom + 0.3 * end.height


def _is_quoted(line: Box, row: Sequence[Token], near: float) -> bool:
    marks = [t.box for t in row if t.text in _QUOTES and _is_level(t.box, line)]
    return any(_is_right_behind(line, mark, near) or _is_right_behind(mark, line, near) for mark in marks)


def _is_between_quotes(line: Box, row: Sequence[Token], near: float) -> bool:
    """Whether a blank is surely a day's: then the page says the year elsewhere, where its own is lost with the ink beside it."""
    marks = [t.box for t in row if t.text in _QUOTES and _is_level(t.box, line)]
    return any(_is_right_behind(line, mark, near) for mark in marks) and any(_is_right_behind(mark, line, near) for mark in marks)


def _is_before_word(lines: Sequence[Box], row: Sequence[Token]) -> bool:
    """Whether two blanks are a day's and a month's, by their widths, and room for a year and its word stand behind: of «__» ________
    20__ г. the marks and the year's short line may be lost with the ink."""
    day, month = lines
    behind = any(t.fold in _YEARS and t.box.left > month.right + day.width for t in row)
    return behind and day.right < month.left and 2 * day.width < month.width


def _is_right_behind(box: Box, before: Box, near: float) -> bool:
    return -0.4 * near < box.left - before.right < near


def _is_said(row: Sequence[Token]) -> bool:
    return any(t.fold in _YEARS for t in row)


def _printed_month(row: Sequence[Token]) -> int | None:
    months = find_lone_months(" ".join(t.text for t in row if t.confidence >= _SURE))
    return months[0][0] if len(months) == 1 else None


def _joined(lines: Sequence[Box]) -> list[Box]:
    out: list[Box] = []
    for line in lines:
        if out and line.left - out[-1].right < _JOINED:
            out[-1] = out[-1].union(line)
        else:
            out.append(line)
    return out


def _with_lost_lines(lines: list[Box], row: Sequence[Token], end: Box) -> list[Box]:
    """The lines with the day's, whose ink may hide it, between two quotation marks, the month's, and the year's, behind its century."""
    marks = [t.box for t in row if t.text in _QUOTES]
    pairs = [(a.right, b.left) for a, b in itertools.pairwise(marks) if _LOST[0] < b.left - a.right < _LOST[1]]
    said = [t.box.left for t in row if t.fold in _YEARS]
    for token in row:
        if _is_century(token) or _TORN.fullmatch(token.text):
            right = min(token.box.right, token.box.left + _TWO_DIGITS * end.height) if len(token.text) > 2 else token.box.right
            following = min((x for x in said if x > right + 0.5 * end.height), default=None)
            if following is not None and following - right < _LOST[1]:
                pairs.append((right, following))
                break
    pairs += _month_between(row)
    out = list(lines)
    for left, right in pairs:
        if not any(line.left < right - 2 and left + 2 < line.right for line in lines):
            out.append(Box(left, end.bottom + 1, right, end.bottom + 2))
    return sorted(out, key=lambda line: line.left)


def _month_between(row: Sequence[Token]) -> list[tuple[float, float]]:
    """From the quotation mark behind a day to the century of its year, where nothing is printed between: the month's blank."""
    marks = [t.box.right for t in row if t.text in _QUOTES]
    century = next((t.box.left for t in row if _is_century(t) and any(x < t.box.left for x in marks)), None)
    if century is None:
        return []
    left = max(x for x in marks if x < century)
    printed = any(left < t.box.middle[0] < century and t.confidence >= _SURE and any(c.isalpha() for c in t.text) for t in row)
    return [(left, century)] if not printed and _SHORTEST < century - left < _LONGEST else []


def _between_print(place: Box, line: Box, row: Sequence[Token]) -> Box:
    """A place without the printed marks at its sides."""
    marks = [t.box for t in row if _is_level(t.box, line) and (t.text in _QUOTES or _is_century(t))]
    left = max([m.right for m in marks if m.right < line.left + 3] + [line.left - 2])
    right = min([m.left for m in marks if m.left > line.right - 3] + [line.right + 2])
    return Box(left, place.top, right, place.bottom)


def _is_century(token: Token) -> bool:
    return bool(_CENTURY.fullmatch(token.text)) and token.confidence >= _SURE


def _ends_century(token: Token, line: Box) -> bool:
    """Whether the century that is printed before a blank was read together with what is written on it («202»)."""
    return bool(_TORN.fullmatch(token.text)) and token.box.left < line.left < token.box.right + 2


def _is_level(mark: Box, line: Box) -> bool:
    """Whether a printed mark stands on the line of a blank."""
    return line.middle[1] - _HIGH < mark.middle[1] < line.middle[1] + 4


def _in_frames(end: Box, frames: Sequence[Box], page: MarkedPage) -> DateParts | None:
    """Three frames beside each other, the year's the widest."""
    behind = (f for f in frames if f.left > end.right - 1 and f.top <= end.middle[1] <= f.bottom)
    level = sorted(behind, key=lambda f: f.left)[:4]
    if len(level) < 3 or (len(level) == 4 and level[3].left - level[2].right < _APART * level[2].height):
        return None
    three = level[:3]
    high = three[0].height
    if any(abs(f.height - high) > _ALIKE * high or f.left - before.right > _APART * high for before, f in itertools.pairwise(three)):
        return None
    words = [t.box for t in page.tokens if sum(c.isalpha() for c in t.text) >= _LETTERS and t.confidence >= _SURE]
    if any(f.holds(word) for f in three for word in words):
        return None
    year_first = three[0].width > three[2].width
    day, month, year = (three[2], three[1], three[0]) if year_first else three
    if day.width > _WIDE * high or year.width < _WIDER * day.width or not 1 / _LIKE < month.width / day.width < 2 * _LIKE:
        return None
    return DateParts(Place(day, boxed=True), Place(month, boxed=True), Place(year, boxed=True))
