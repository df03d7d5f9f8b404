"""On which side of its label a form wants a value: behind it, above it (a caption below the line), below it, or in the label's own frame.

A form keeps to one of them, so that the side is found for the page as a whole (docs/handwriting.md, "Places").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from metering.handwriting import fill_lines
from metering.pages import Box
from parsers.handwritten.cells import cell_around
from parsers.handwritten.lines import Place, boxes_from, over_line, place_of
from parsers.handwritten.print_behind import GOES_ON
from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form

_NEAR, _OVER = 1.5, 2.2  # of a label's height: so near a caption stands below its line, and a label above its frame
_BESIDE = 2.5  # of a label's height by which the left edges of a label and its frame differ at most
_UPPER = 0.55  # of a frame's height: the label of what is written into the same frame stands above that
_ROOM = 1.1  # of a label's height that must remain below it
_ALIGNED, _HIDDEN = 4.0, 60.0  # points by which lines of one column begin apart, and of a line's beginning that a digit may hide
_TORN = 14.0  # points of a line that a digit hides in its middle
_LEVEL, _GAP = 0.7, 2.2  # of a label's height: by which words of one line stand higher or lower, and between two captions at least
_LEAST = 3  # labels that must agree on another side than behind
_CAPTION = 0.8  # of a label's height: so near the line above a caption is, where a line begins below it, too
_MOSTLY = 0.6  # of the line below a label: so wide a frame is at least that is for its value
_FLUSH, _FAR = 0.6, 5.0  # of it: by which a label and the line below it begin apart, and so far down that is at most

Finder = Callable[[MarkedPage, Item, Sequence[Box]], Place | None]


def value_side(page: MarkedPage, labels: Sequence[Item], frames: Sequence[Box]) -> Finder | None:
    """How the value of a label is found where the page's form does not write it behind its label; None where it does."""
    behind = sum(_is_behind(page, label, labels, frames) for label in labels)
    sides: dict[Finder, int] = {find: sum(find(page, label, frames) is not None for label in labels) for find in (above, inside)}
    flush = [label for label in labels if _line_below(page, label, flush=True) is not None]
    sides[below] = len(flush) + sum(label not in flush and _frame_below(page, label, frames) is not None for label in labels)
    sides[above] -= sum(_is_no_caption(page, label) for label in flush)
    best = max(sides, key=lambda find: sides[find])
    return best if sides[best] >= _LEAST and sides[best] > behind else None


def _is_behind(page: MarkedPage, label: Item, labels: Sequence[Item], frames: Sequence[Box]) -> bool:
    """Whether something to write in is drawn behind a label, and is not another label's."""
    place = place_of(page, label, frames, drawn=True)
    return place is not None and not any(place.box.holds(other.box) for other in labels if other is not label)


def above(page: MarkedPage, label: Item, frames: Sequence[Box]) -> Place | None:
    """Over the line under which the label stands as a caption."""
    high = max(t.box.height for t in label.tokens)
    lines = [
        line
        for line in fill_lines(page.page)
        if line.left - high < label.box.left
        and label.box.right < line.right + high
        and -0.4 * high < label.box.top - line.middle[1] < _NEAR * high
    ]
    line = max(lines, key=lambda r: r.top, default=None)
    return None if line is None else Place(over_line(page, _over_caption(page, label, _from_column(page, line))), boxed=False)


def _over_caption(page: MarkedPage, label: Item, line: Box) -> Box:
    """The part of a line that is a caption's own, where several stand below one line: up to the middle between it and the next."""
    high = max(t.box.height for t in label.tokens)
    middle = label.tokens[0].box.middle[1]
    level = (t.box for t in page.tokens if abs(t.box.middle[1] - middle) < _LEVEL * high and line.left < t.box.middle[0] < line.right)
    captions: list[Box] = []
    for box in sorted((b for b in level if b.top > line.top - _LEVEL * high), key=lambda b: b.left):
        if captions and box.left - captions[-1].right < _GAP * high:
            captions[-1] = captions[-1].union(box)
        else:
            captions.append(box)
    own = next((c for c in captions if c.holds(label.tokens[0].box)), label.box)
    left = max([(c.right + own.left) / 2 for c in captions if c.right < own.left] + [line.left])
    right = min([(own.right + c.left) / 2 for c in captions if c.left > own.right] + [line.right])
    return Box(left, line.top, right, line.bottom)


def _from_column(page: MarkedPage, line: Box) -> Box:
    """A line that a digit tears in two, or whose beginning it hides, from where others of its column begin."""
    torn = [r for r in page.page.rules if r.width > 4 * r.height and abs(r.middle[1] - line.middle[1]) < _ALIGNED]
    for part in sorted(torn, key=lambda r: -r.right):
        line = line.union(part) if 0 < line.left - part.right < _TORN else line
    begins = [r.left for r in fill_lines(page.page) if _ALIGNED < line.left - r.left < _HIDDEN]
    left = next((x for x in begins if sum(abs(x - other) < _ALIGNED for other in begins) >= _LEAST), line.left)
    words = (t.box for t in page.tokens if t.box.top < line.middle[1] < t.box.bottom + t.box.height and t.form is Form.WORD)
    return line if any(left < word.middle[0] < line.left for word in words) else Box(left, line.top, line.right, line.bottom)


def below(page: MarkedPage, label: Item, frames: Sequence[Box]) -> Place | None:
    """The frame, or the row of boxes, that begins below the label, or the line: what is smaller than that lies in the writing."""
    framed, line = _frame_below(page, label, frames), _line_below(page, label)
    if framed is None or (line is not None and framed.box.width < _MOSTLY * line.box.width):
        return line
    return framed


def _line_below(page: MarkedPage, label: Item, *, flush: bool = False) -> Place | None:
    """Over the line below the label, as far as the next label on either side. flush: only one that begins with the label; else a digit may
    hide its beginning, the label's first word may be lost, or several labels may share it."""
    high, base = _print_of(label)
    others = [i.box for i in page.items if i.sort == "label" and i.key not in GOES_ON and i is not label]
    beside = [box for box in others if box.top < base < box.bottom + high]
    start = max((box.right for box in beside if box.right < label.box.left), default=0.0)
    stop = min((box.left for box in beside if box.left > label.box.right), default=page.page.width)
    under = [
        line
        for line in fill_lines(page.page)
        if (abs(line.left - label.box.left) < _FLUSH * high or (not flush and line.left < label.box.left + _HIDDEN))
        and line.left < stop
        and line.right > label.box.left + 2 * high
        and _ROOM * high < line.middle[1] - base < _FAR * high
    ]
    if not under:
        return None
    first = min(under, key=lambda line: line.middle[1])
    row = [line for line in under if line.middle[1] < first.middle[1] + _ALIGNED]
    left = min(line.left for line in row)
    left = label.box.left if left < start else min(left, label.box.left)
    place = over_line(page, Box(left, first.top, min(stop, max(line.right for line in row)), first.bottom))
    return Place(Box(place.left, max(place.top, base), place.right, place.bottom), boxed=False)


def _is_no_caption(page: MarkedPage, label: Item) -> bool:
    """Whether the line above a label, below which a line begins, is that of the row above it and not its own."""
    high, base = _print_of(label)
    over = (line.middle[1] for line in fill_lines(page.page) if line.shares_width(label.box))
    return base - high - max((y for y in over if y < base - high / 2), default=0.0) > _CAPTION * high


def _print_of(label: Item) -> tuple[float, float]:
    """The usual height of a label's words and its base, of which ink may have made some higher and lower."""
    return median(t.box.height for t in label.tokens), min(t.box.bottom for t in label.tokens)


def _frame_below(page: MarkedPage, label: Item, frames: Sequence[Box]) -> Place | None:
    """The frame, or the row of boxes, that begins below the label."""
    high = max(t.box.height for t in label.tokens)
    under = sorted(
        (f for f in frames if -0.3 * high < f.top - label.box.bottom < _OVER * high and f.right > label.box.left),
        key=lambda f: f.left,
    )
    first = next((f for f in under if abs(f.left - label.box.left) < _BESIDE * high), None)
    if first is None or any(first.holds(i.box) for i in page.items if i.sort == "label"):
        return None
    return Place(boxes_from(first, [f for f in under if f.left > first.left]), boxed=True)


def inside(page: MarkedPage, label: Item, frames: Sequence[Box]) -> Place | None:
    """The rest of the label's own frame, in whose upper part it stands."""
    own = cell_around(label.box, frames)
    if own is None or label.box.middle[1] > own.top + _UPPER * own.height:
        return None
    high = max(t.box.height for t in label.tokens)
    if label.box.left - own.left > _BESIDE * high or own.bottom - label.box.bottom < _ROOM * high:
        return None
    return Place(Box(own.left, label.box.bottom, own.right, own.bottom), boxed=True)
