"""The rows on which those who sign are named: each is read by itself where ink over it hid the position or the name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from metering.pages import Box
from parsers.page.found import Found
from parsers.page.lines import Line
from parsers.page.marked import MarkedPage
from parsers.requisites.torn_names import OF_OTHERS

TELLING = frozenset({"position", "position_label", "signature", "full_name"})  # labels on such a row
_LEAST, _MOST = 4, 3  # points of a row's height, and rows that are read
_ABOVE, _STEP = 3.2, 0.4  # heights of a name: its position stands so far above it at most; the next place that is looked at
_LEGIBLE = 0.6  # the engine's confidence in a word that ends the row above
_LINE_TO_SIGN_ON = (40.0, 230.0)  # points of width
_OVER, _UNDER = 13.0, 4.0  # points: print that stands on such a line


def rows_of_signers(page: MarkedPage, single: Mapping[str, Found | None], start: int) -> list[Box]:
    """The lower first: what is before a name whose position was not read and the rows that may be above it, else the rows of positions
    and signatures behind the line numbered `start`, else those of lines to sign on."""
    name = single["signatory"]
    if name is not None and name.box is not None:
        return [Box(0.0, name.box.top, name.box.left, name.box.bottom), *_rows_above(page, name.box)]
    rows = [row for line in reversed(page.lines[start + 1 :]) if (row := _labelled_row(page, line)) is not None]
    if rows:
        return rows[:_MOST]
    narrowest, widest = _LINE_TO_SIGN_ON
    below = page.lines[start].box.bottom if start >= 0 else 0.0
    lines = [rule for rule in page.page.rules if narrowest < rule.width < widest and rule.height < _LEAST and rule.top > below]
    return [_band(page, line.top - _OVER, line.top + _UNDER) for line in sorted(lines, key=lambda rule: -rule.top)][:_MOST]


def _labelled_row(page: MarkedPage, line: Line) -> Box | None:
    """As high as its labels are: what ink made of the rest of the line is higher."""
    labels = [i for i in page.on_line(line.number) if i.sort == "label"]
    if any(i.key in OF_OTHERS for i in labels):
        return None
    tokens = [t for i in labels if i.key in TELLING for t in i.tokens if t.line == line.number]
    if not tokens:
        return None
    row = _band(page, min(t.box.top for t in tokens), max(t.box.bottom for t in tokens))
    return replace(row, left=_left_of(page, line, row))


def _left_of(page: MarkedPage, line: Line, row: Box) -> float:
    """Where the row of a line begins: at the page's edge, or behind what stands beside it in a line of its own, a row of a table."""
    beside = (other.box.right for other in page.lines if other is not line and row.top <= other.box.middle[1] <= row.bottom)
    return max((right for right in beside if right < line.box.left), default=0.0)


def _rows_above(page: MarkedPage, name: Box) -> Iterator[Box]:
    """Between a name's line and the last one above it that can be read."""
    near = [w.box for w in page.page.words if w.confidence >= _LEGIBLE and w.box.bottom <= name.top + 1 and w.box.left < name.right]
    return rows_above(name, name.left, max((box.bottom for box in near), default=0.0))


def rows_above(line: Box, right: float, end: float = 0.0) -> Iterator[Box]:
    """Places as high as a line, from the farthest above it but none above `end`, as wide as from the page's edge to `right`, in points: it
    is not known how far apart lines are there."""
    top = max(line.top - _ABOVE * line.height, end) - 1
    while top + _STEP * line.height < line.top:
        yield Box(0.0, top, right, top + line.height)
        top += _STEP * line.height


def _band(page: MarkedPage, top: float, bottom: float) -> Box:
    return Box(0.0, max(0.0, top), page.page.width, min(page.page.height, bottom))
