"""Where a value is written that a label names: the frame behind it, the printed line, or the paper up to the next print
(docs/handwriting.md, "Places")."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from statistics import median

from metering.handwriting import fill_lines
from metering.pages import Box
from metering.units import MeterKind, Unit
from parsers.handwritten.cells import cell_around
from parsers.handwritten.print_behind import SURE, is_number_sign, is_print, print_behind
from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form

_PITCH = 12.0  # points between two lines to write on at least
SHARED = 0.4  # of the lower one's height that two places have in common that are one
_ABOVE, _BELOW = 24.0, 6.0  # points above a printed line that a hand takes, and below it
_MARGIN = 22.0  # points at the side of the page where nobody writes: a scan is dark there
_TIGHT = 28.0  # points between two lines so near that what is written on the lower one reaches over the upper one
_RING = 15.0  # points across a ring of ink at most, a written 0 or that of №, which is no frame where no other stands beside it
_REACH = 260.0  # points from a label to the frame for its value
_LETTERS = 22.0  # of the label's height: where nothing is printed for it a value takes at most so much
_MOSTLY = 0.45  # of a frame that is for the value where its unit is printed in it
_SHORT = 3  # letters of a word that is surely printed
_COMB = 1.6  # a frame at most so many times as wide as high is a box for one digit
_TORN = 3.0  # of the label's height: so far ink that crosses a printed line tears it
_LEAST_LINE, _TORN_OFF = 4.0, 8.0  # of the label's height: a shorter line is the beginning of one, and so far the rest may be hidden
_ALIGNED = 4.0  # points by which the beginnings of lines of one column differ
_FAR = 13.0  # of the label's height: no line for its value begins further behind it
_HIDDEN = 12.0  # of the label's height: so much of a line's beginning a digit may hide
_FOOT, _LOW = 0.9, 1.7  # of the label's height below it: there its line is, and the lower edge of its cell in a sheet that was ruled so
_CELLS = 0.22  # of its height: nearer stand the cells of a table
_LOOP = 16.0  # points of width and height of a frame at most that may be a digit's loop
_WITH_INK = 2.2  # of the usual height of words: no label is so high
PARTED = 1.35  # of a row of boxes' height: so far the next one of the same value begins, a comma, a point or the century printed between


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is written; boxed: it has a printed frame; others: where the page's other reading has the same label's, read where this
    one gives nothing clear."""

    box: Box
    boxed: bool
    others: tuple[Box, ...] = field(default=(), compare=False)


def without_loops(frames: Sequence[Box]) -> list[Box]:
    """The frames without those for a single digit that stand alone: the loop of a large one looks so («0»)."""
    small = [f for f in frames if max(f.width, f.height) < _LOOP]
    beside = (f for f in small if any(o is not f and is_beside(f, o) for o in frames))
    kept = {id(f) for f in beside}
    return [f for f in frames if f not in small or id(f) in kept]


def is_beside(one: Box, two: Box) -> bool:
    """Whether two boxes of one height stand on one line, no further apart than half a box."""
    level = abs(one.middle[1] - two.middle[1]) < 0.3 * one.height and abs(one.height - two.height) < 0.3 * one.height
    return level and max(one.left, two.left) - min(one.right, two.right) < 1.5 * one.height


def is_drawn(page: MarkedPage, place: Place) -> bool:
    """Whether a place is framed or stands over a printed line, and is not paper alone."""
    box = place.box
    return place.boxed or any(
        r.width > 4 * r.height and box.bottom - _BELOW - 2 < r.middle[1] < box.bottom + 2 and r.left < box.middle[0] < r.right
        for r in page.page.rules
    )


def is_in_boxes(place: Place, frames: Sequence[Box]) -> bool:
    """Whether a place is several frames beside each other, as boxes for single digits are, also where some of their sides were lost."""
    inside = sorted((f for f in frames if place.box.holds(f)), key=lambda f: f.right)
    return bool(inside) and any(f.left >= inside[0].right - 1 for f in inside)


def place_of(page: MarkedPage, label: Item, frames: Sequence[Box], *, drawn: bool = False, passed: Collection[Box] = ()) -> Place | None:
    """The frame behind a label, else the printed line there or at the beginning of the next text line, else the label's own line up
    to the next print. drawn: only a frame or a printed line on the label's own line; passed: frames whose print does not end a place."""
    end, words = print_behind(page, label)
    end = _as_high_as_print(page, end)
    words = [w for w in words if not any(f.holds(w) for f in passed)]
    own = cell_around(label.box, frames)
    if own is not None:  # a table's cell: what is written stands in the next one
        words = [w for w in words if not own.holds(w)]
    if (place := _drawn_behind(page, end, words, frames)) is not None:
        return place
    said = {id(t.box) for i in page.items if i.sort in ("unit", "kind") for t in i.tokens}
    if (box := _frame_behind(end, frames, [w for w in words if id(w) not in said])) is not None:  # «Олдинги кўрсатгич, Гкал», read badly
        return Place(_before_unit(page, box), boxed=True)
    if drawn:
        return None
    if (rest := _rest_below(page, label, end)) is not None and (
        place := _drawn_behind(page, *print_behind(page, rest), frames)
    ) is not None:
        return place
    if (box := _line_below(page, label, end)) is not None:
        return Place(box, boxed=False)
    lines = [r.left for r in lines_behind(page, end)]
    words = [w for w in words if not _may_be_written(page, w)]
    right = min([w.left for w in words] + lines + [end.right + _LETTERS * end.height, page.page.width - _MARGIN]) - 0.3 * end.height
    left = end.right + 0.3 * end.height
    if right - left < 2 * end.height:
        return None
    return Place(Box(left, end.top - 0.9 * end.height, right, end.bottom + 0.6 * end.height), boxed=False)


def _as_high_as_print(page: MarkedPage, end: Box) -> Box:
    """A label's end without the ink from other lines that was read with it: its middle stays, its height is the usual one."""
    usual = _usual_height(page)
    if end.height < _WITH_INK * usual:
        return end
    return Box(end.left, end.middle[1] - usual / 2, end.right, end.middle[1] + usual / 2)


def _usual_height(page: MarkedPage) -> float:
    return median(t.box.height for t in page.tokens if t.form is Form.WORD)


def _may_be_written(page: MarkedPage, word: Box) -> bool:
    """Whether a word is so short that digits may be read so («FF», «Dt»), and is no unit."""
    token = next(t for t in page.tokens if t.box is word)
    said = any(token in item.tokens for item in page.items if item.sort in ("unit", "kind"))
    return not said and not is_number_sign(token) and sum(c.isalpha() for c in token.text) < _SHORT


def _drawn_behind(page: MarkedPage, end: Box, words: list[Box], frames: Sequence[Box]) -> Place | None:
    """The frame or the printed line behind where a label ends."""
    if (box := _frame_behind(end, frames, words)) is not None:
        return Place(_before_unit(page, box), boxed=True)
    box = _line_behind(page, end, words)
    return None if box is None else Place(box, boxed=False)


def _rest_below(page: MarkedPage, label: Item, end: Box) -> Item | None:
    """The rest of a label that is broken at its line's end (joriy / ko'rsatkich)."""
    if label.key not in ("previous", "current") or page.lines[label.line].tokens[-1].box.right > end.right + end.height:
        return None
    printed = (line for line in page.lines[label.line + 1 : label.line + 4] if any(is_print(t) for t in line.tokens))
    below = next(printed, None)
    if below is None or below.box.top - label.box.bottom > 4 * end.height:
        return None
    first = next((i for i in page.on_line(below.number) if i.tokens[0] is below.tokens[0]), None)
    return first if first is not None and first.key == "reading" else None


def _frame_behind(end: Box, frames: Sequence[Box], words: Sequence[Box]) -> Box | None:
    """The next frame at the right of a label: of boxes for single digits the whole row of them, with what is printed between."""
    # The side of a frame is read as a bracket that ends the label.
    behind = (f for f in frames if f.left > end.right - 1.2 * end.height and f.right > end.right + end.height)
    level = sorted((f for f in behind if f.top <= end.middle[1] <= f.bottom), key=lambda f: f.left)
    level = [f for f in level if not any(_is_within(o, f) for o in level)]
    level = [f for f in level if f.width > _RING or any(abs(o.left - f.right) < f.width or abs(f.left - o.right) < f.width for o in level)]
    stop = min([w.left for w in words], default=float("inf"))
    if not level or level[0].left - end.right > _REACH or stop < level[0].left:
        return None
    return _with_next_boxes(boxes_from(level[0], level[1:]), [f for f in level if f.left < stop])


def _before_unit(page: MarkedPage, frame: Box) -> Box:
    """A frame without what is printed at its right end for the value, its unit or heating system."""
    said = [i for i in page.items if isinstance(i.value, (Unit, MeterKind)) and frame.holds(i.box)]
    printed = [i.box.left for i in said if min(t.confidence for t in i.tokens) >= SURE]
    right = min([x - 2 for x in printed if x > frame.left + _MOSTLY * frame.width], default=frame.right)
    return Box(frame.left, frame.top, right, frame.bottom)


def _is_within(one: Box, two: Box) -> bool:
    """Whether a frame is most of what another holds: a row of boxes in a table's cell."""
    inside = two.left <= one.left and one.right <= two.right and two.top <= one.top and one.bottom <= two.bottom
    return inside and one is not two and one.height > 0.5 * two.height


def _with_next_boxes(first: Box, level: Sequence[Box]) -> Box:
    """A row of boxes with the rows that go on with its value. level: from the left; frames of a table stand nearer, those of another
    value have its label between."""
    whole = first
    for frame in level:
        gap = frame.left - whole.right
        apart = max(3.0, _CELLS * whole.height) < gap < PARTED * whole.height
        if apart and abs(frame.height - whole.height) < 0.25 * whole.height:
            whole = whole.union(boxes_from(frame, [f for f in level if f.left > frame.left]))
    return whole


def boxes_from(first: Box, others: Sequence[Box]) -> Box:
    """A frame, and where it is a box for a single digit those that follow beside it (others: from the left)."""
    whole = first
    if whole.width > _COMB * whole.height:
        return whole
    for frame in others:
        alike = abs(frame.height - whole.height) < 0.25 * whole.height
        if not alike or frame.left - whole.right > 1.2 * whole.height or frame.width > 2 * _COMB * frame.height:
            break
        whole = whole.union(frame)
    return whole


def _line_behind(page: MarkedPage, end: Box, words: Sequence[Box]) -> Box | None:
    """Over the printed line that begins behind a label."""
    height = end.height
    on_line = lines_behind(page, end) or _edges_behind(page, end)
    if not on_line or any(w.right < on_line[0].left + height and w.left > end.right + 2 * height for w in words):
        return None
    if on_line[0].left - end.right > _FAR * height and not _is_in_column(page, on_line[0]):  # another label's, which could not be read
        return None
    first, left = on_line[0], _paper_from(page, end, on_line[0])
    stop = min([w.left for w in words if w.left > first.left + 2 * height], default=page.page.width - _MARGIN)
    right = first.right
    for rule in on_line[1:]:
        if rule.left - right < (_TORN if _something_between(page, right, rule) else 2 * _TORN) * height and rule.left < stop:
            right = max(right, rule.right)
    apart = [rule.left for rule in on_line if rule.left > right]
    torn = _TORN if right - first.left > _LEAST_LINE * height else _TORN_OFF
    right = min([stop - 0.2 * height, right + torn * height, *apart]) if right < stop else right
    if right - first.left <= 2 * height:
        return None
    return over_line(page, Box(left, first.top, right, first.bottom))


def _something_between(page: MarkedPage, left: float, rule: Box) -> bool:
    """Whether the engine saw anything on a line between one part and the next."""
    return any(left < t.box.middle[0] < rule.left and t.box.top < rule.middle[1] < t.box.bottom + 2 * t.box.height for t in page.tokens)


def lines_behind(page: MarkedPage, end: Box, top: float = -0.7, bottom: float = _FOOT) -> list[Box]:
    """The printed lines on the line of a label that begin behind it, from the left. top, bottom: of its height, below its foot."""
    height = end.height
    lines = (
        r
        for r in page.page.rules
        if r.width > 4 * max(r.height, 0.1)
        and r.left >= end.right - 0.5 * height
        and end.bottom + top * height <= r.middle[1] <= end.bottom + bottom * height
    )
    return sorted(lines, key=lambda r: r.left)


def _is_in_column(page: MarkedPage, line: Box) -> bool:
    """Whether other lines begin right above and below one: the values of a form stand in a column, however short a label is."""
    alike = [r for r in fill_lines(page.page) if abs(r.left - line.left) < _ALIGNED]
    return any(r.middle[1] < line.top for r in alike) and any(r.middle[1] > line.bottom for r in alike)


def _edges_behind(page: MarkedPage, end: Box) -> list[Box]:
    """The lower edges of cells behind a label that stands higher in its own cell, as sheets are ruled; none where the next text line
    reaches up to them."""
    # «STIR» is lower than «raqami».
    edges = lines_behind(page, end, _FOOT, _LOW * max(1.0, _usual_height(page) / end.height))
    text = [line.box.middle[1] for line in page.lines if line.box.left < end.right and line.box.middle[1] > end.bottom]
    return [edge for edge in edges if all(edge.middle[1] < y for y in text)]


def _paper_from(page: MarkedPage, end: Box, line: Box) -> float:
    """Where the paper for a value begins: behind the label's last word, as a digit may hide the beginning of the line."""
    height = end.height
    words = [
        t.box.right
        for t in page.tokens
        if abs(t.box.middle[1] - end.middle[1]) < 0.8 * height
        and end.right <= t.box.middle[0] < line.left
        and sum(c.isalpha() for c in t.text) >= 3
        and t.confidence >= SURE
    ]
    begins = max([end.right, *words]) + 0.3 * height
    return min(begins, line.left) if line.left - begins < _HIDDEN * height else line.left - 0.2 * height


def _line_below(page: MarkedPage, label: Item, end: Box) -> Box | None:
    """Over a printed line that begins the next text line, where a label ends its own."""
    last = page.lines[label.line].tokens[-1]
    if label.line + 1 >= len(page.lines) or last.box.right > end.right + end.height:
        return None
    start = min(line.box.left for line in page.lines)
    below = page.lines[label.line + 1].box
    pitch = max(below.height, label.box.height, end.height)
    found = [
        r
        for r in fill_lines(page.page)
        if r.left < start + 4 * pitch and label.box.bottom + pitch < r.middle[1] < label.box.bottom + 4.5 * pitch
    ]
    if not found:
        return None
    line = min(found, key=lambda r: (r.top, r.left))
    return over_line(page, line)


def over_line(page: MarkedPage, line: Box) -> Box:
    """What a hand takes over a printed line: not beyond the printed line above it, nor far below it where the next one is near."""
    beside = [o for o in fill_lines(page.page) if o.shares_width(line)]
    over = [o.middle[1] for o in beside if o.bottom < line.top - _PITCH]
    under = [o.middle[1] - line.middle[1] for o in beside if o.top > line.bottom + _PITCH]
    tight = min(under, default=_TIGHT) < _TIGHT
    top = max([line.middle[1] - _ABOVE, *(y + (0 if tight else 3) for y in over)])
    return Box(line.left, top, line.right, line.middle[1] + (0 if tight else _BELOW))
