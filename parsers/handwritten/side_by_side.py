"""Meters side by side on a form without a table: labels at the left with a line or boxes for each meter behind them, or the same labels
once more at the right (docs/handwriting.md, "Places")."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from metering.pages import Box
from parsers.handwritten.lines import PARTED, Place, boxes_from, lines_behind, over_line
from parsers.handwritten.print_behind import is_print, print_behind
from parsers.page.found import NUMBERS
from parsers.page.items import Item
from parsers.page.marked import MarkedPage

_LEAST = 3  # labels of a meter that have so many columns behind them, and ends of lines that show where one column ends
_ALIKE = 5.0  # points by which lines or boxes of one column begin or end apart
_GAP = 5.0, 60.0  # points between the lines of two columns
_NARROWER = 0.6  # of a number's width are the boxes for its decimals at most
_LEVEL = 0.6  # of the lower one's height that two places of one line have in common


def columns_behind(page: MarkedPage, labels: Sequence[Item], frames: Sequence[Box]) -> list[tuple[str, Place]]:
    """The places of meters that have a column each behind the labels at the left, column by column; nothing where there is but one.

    labels: of a meter's values, each key once.
    """
    found = _columns_of_boxes(page, labels, frames) or _columns_of_lines(page, labels)
    keys = [key for key, _ in found[0]] if found else []
    return [pair for column in found for pair in column] if len(set(keys)) == len(keys) else []


def by_meter(loose: list[tuple[str, Place]]) -> list[tuple[str, Place]]:
    """Places in reading order, meter by meter where the same labels stand beside each other: those at the left first."""
    level = [
        (one.box, two.box)
        for key, one in loose
        for other, two in loose
        if key == other and one.box.right < two.box.left and _is_level(one, two)
    ]
    numbers = {key for key, one in loose if key in NUMBERS and any(one.box in pair for pair in level)}
    if len(numbers) < len(NUMBERS) - 1:
        return loose
    cuts: list[float] = []
    for left, right in sorted(level, key=lambda pair: pair[1].left):
        if not cuts or left.right > cuts[-1]:
            cuts.append((left.right + right.left) / 2)
    if any(place.box.left < cut < place.box.right for _, place in loose for cut in cuts):
        return loose
    return sorted(loose, key=lambda pair: sum(cut < pair[1].box.middle[0] for cut in cuts))


def _is_level(one: Place, two: Place) -> bool:
    shared = min(one.box.bottom, two.box.bottom) - max(one.box.top, two.box.top)
    return shared > _LEVEL * min(one.box.height, two.box.height)


def _columns_of_boxes(page: MarkedPage, labels: Sequence[Item], frames: Sequence[Box]) -> list[list[tuple[str, Place]]]:
    """Of frames or rows of boxes behind each label, as many behind all."""
    rows: list[tuple[str, list[Box]]] = []
    for label in labels:
        end, words = print_behind(page, label)
        behind = sorted((f for f in frames if f.left > end.right - end.height and f.top <= end.middle[1] <= f.bottom), key=lambda f: f.left)
        stop = min((w.left for w in words if not any(f.holds(w) for f in behind)), default=page.page.width)
        joined: list[Box] = []
        for frame in (f for f in behind if f.left < stop):
            if not joined or frame.left > joined[-1].right - 1:
                boxes = boxes_from(frame, [f for f in behind if f.left > frame.left])
                if joined and _are_decimals(boxes, joined[-1]):
                    boxes = joined.pop().union(boxes)
                joined.append(boxes)
        rows.append((label.key, joined))
    count = max((len(boxes) for _, boxes in rows), default=0)
    full = [(key, boxes) for key, boxes in rows if len(boxes) == count]
    lefts = [median(boxes[n].left for _, boxes in full) for n in range(count)]
    if count < 2 or len(full) < _LEAST or any(abs(box.left - x) > _ALIKE for _, boxes in full for box, x in zip(boxes, lefts, strict=True)):
        return []
    return [[(key, Place(boxes[n], boxed=True)) for key, boxes in full] for n in range(count)]


def _are_decimals(boxes: Box, before: Box) -> bool:
    """Whether a row of boxes goes on with the number of the one before, behind a comma: nearer and narrower than another meter's."""
    return boxes.left - before.right < PARTED * before.height and boxes.width < _NARROWER * before.width


def _columns_of_lines(page: MarkedPage, labels: Sequence[Item]) -> list[list[tuple[str, Place]]]:
    """Of printed lines behind the labels, torn by ink: one column ends where lines of several labels end and none goes on."""
    rows = [(label, print_behind(page, label)[0]) for label in labels]
    behind = [(label, end, lines_behind(page, end)) for label, end in rows]
    behind = [(label, end, lines) for label, end, lines in behind if lines]
    every = [line for _, _, lines in behind for line in lines]
    cut = next((x for x in sorted({line.right for line in every}) if _ends_a_column(x, [lines for _, _, lines in behind])), None)
    if cut is None or len(behind) < _LEAST:
        return []
    right = [[line for line in lines if line.left > cut] for _, _, lines in behind]
    start, far = min(line.left for lines in right for line in lines), max(line.right for lines in right for line in lines)
    printed = (t.box.middle[0] for label, _, _ in behind for t in page.lines[label.line].tokens if is_print(t))
    if any(start < x < far for x in printed):
        return []
    left = [[line for line in lines if line.left <= cut] for _, _, lines in behind]
    begin = min(line.left for lines in left for line in lines) if any(left) else max(end.right for _, end, _ in behind)
    columns: list[list[tuple[str, Place]]] = [[], []]
    for label, end, lines in behind:
        y = median(line.middle[1] for line in lines)
        for column, (x, to) in zip(columns, ((max(begin, end.right + 0.3 * end.height), cut), (start, far)), strict=True):
            column.append((label.key, Place(over_line(page, Box(x, y - 0.3, to, y + 0.3)), boxed=False)))
    return columns


def _ends_a_column(x: float, rows: Sequence[Sequence[Box]]) -> bool:
    """Whether lines of the rows end at x, or begin behind it, and all rows go on with another one."""
    if any(line.left < x - _ALIKE and line.right > x + _ALIKE for lines in rows for line in lines):
        return False
    beyond = [[line.left for line in lines if line.left > x + _GAP[0] - _ALIKE] for lines in rows]
    if not all(beyond):
        return False
    start = min(left for lefts in beyond for left in lefts)
    ends = sum(any(abs(line.right - x) < _ALIKE for line in lines) for lines in rows)
    begins = sum(any(abs(left - start) < _ALIKE for left in lefts) for lefts in beyond)
    return _GAP[0] < start - x < _GAP[1] and ends + begins >= _LEAST and ends > 1
