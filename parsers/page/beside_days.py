"""What a calculator's program prints beside its table of days («Показания интеграторов» at the right of the rows) is read after it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from parsers.page.lines import Line, cut, numbered
from parsers.page.tokens import Form, Token

_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?(?!\d)")
_LEAST_DAYS = 6
_LEAST_NUMBERS = 2  # of a day, behind its date
_LEAST_TOLD = 2  # lines of the block beside the days that are words and a number
_GUTTER = 2.5  # letters without print between the two
_AROUND = 4  # lines of the table's head, and of its total and averages


def after_days(lines: list[Line]) -> list[Line]:
    """The lines of a page, with what stands beside days cut off and put behind their table."""
    out: list[Line] = []
    done = 0
    for first, last in _runs(lines):
        days = lines[first : last + 1]
        gutter = next((x for x in _strips(days) if _parts_words(days, x)), None)
        if gutter is None or first < done:
            continue
        while first > max(done, days[0].number - _AROUND) and not _crosses(lines[first - 1], gutter):
            first -= 1
        while last + 1 < len(lines) and last - days[-1].number < _AROUND and not _crosses(lines[last + 1], gutter):
            last += 1
        out += [*lines[done:first], *cut(lines[first : last + 1], [gutter])]
        done = last + 1
    return numbered([*out, *lines[done:]]) if out else lines


def _runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The first and the last line of each table of days."""
    runs: list[list[int]] = []
    for n, line in enumerate(lines):
        if not _begins_with_day(line.tokens) or sum(t.form is Form.NUMBER for t in line.tokens) <= _LEAST_NUMBERS:
            continue
        if runs and n - runs[-1][-1] <= 2:  # a line of the block may stand between two days
            runs[-1].append(n)
        else:
            runs.append([n])
    return [(run[0], run[-1]) for run in runs if len(run) >= _LEAST_DAYS]


def _begins_with_day(tokens: Sequence[Token]) -> bool:
    printed = [t for t in tokens if t.form is not Form.BAR]
    first = [*printed[:1], *itertools.takewhile(lambda t: t.glued, printed[1:])]
    return _DAY.match("".join(t.text for t in first)) is not None


def _strips(days: Sequence[Line]) -> list[float]:
    """The middles of the strips without print that run down through all of the days, left to right."""
    letter = max(line.letter for line in days)
    strips, edge = [], None
    for box in sorted((t.box for line in days for t in line.tokens), key=lambda box: box.left):
        if edge is not None and box.left - edge > _GUTTER * letter:
            strips.append((edge + box.left) / 2)
        edge = box.right if edge is None else max(edge, box.right)
    return strips


def _parts_words(days: Sequence[Line], x: float) -> bool:
    """Whether words with numbers of their own stand at the right of a place, and rows of a table at its left: columns hold numbers, or
    signs alone."""
    printed = [[t for t in line.tokens if t.form is not Form.BAR] for line in days]
    rows = sum(sum(t.form is Form.NUMBER for t in line if t.box.right < x) > _LEAST_NUMBERS for line in printed)
    blocks = [right for line in printed if (right := [t for t in line if t.box.left > x])]
    told = [b for b in blocks if b[0].form is Form.WORD and any(t.form is Form.NUMBER for t in b)]
    columns = any(b[0].form is Form.NUMBER and not _begins_with_day(b) for b in blocks)
    return rows >= _LEAST_DAYS and len(told) >= _LEAST_TOLD and not columns


def _crosses(line: Line, x: float) -> bool:
    return any(t.box.left < x < t.box.right for t in line.tokens)
