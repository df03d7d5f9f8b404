"""Lines drawn on a page: pieces of one horizontal rule put together, and which printed lines stand in one row between them."""

from __future__ import annotations

from collections.abc import Sequence

from metering.pages import Box

_SAME = 2.0  # points that pieces of one rule may be off
_JOINT = 4.0  # points between two pieces of one rule


def horizontals(rules: Sequence[Box]) -> tuple[Box, ...]:
    """The horizontal rules, top to bottom; the borders of neighbouring cells are drawn piece by piece and become one."""
    pieces = sorted((r for r in rules if r.width > 3 * max(r.height, 0.1)), key=lambda r: r.middle[1])
    whole: list[Box] = []
    row: list[Box] = []
    for piece in pieces:
        if row and piece.middle[1] - row[-1].middle[1] > _SAME:
            whole += _joined(row)
            row = []
        row.append(piece)
    return (*whole, *_joined(row))


def verticals(rules: Sequence[Box]) -> tuple[Box, ...]:
    """The vertical rules, left to right, put together in the same way."""
    turned = horizontals([_turned(r) for r in rules])
    return tuple(_turned(r) for r in turned)


def _turned(box: Box) -> Box:
    return Box(box.top, box.left, box.bottom, box.right)


def _joined(row: list[Box]) -> list[Box]:
    out: list[Box] = []
    for piece in sorted(row, key=lambda r: r.left):
        if out and piece.left - out[-1].right < _JOINT:
            out[-1] = out[-1].union(piece)
        else:
            out.append(piece)
    return out


def parted(across: Sequence[Box], one: Box, two: Box) -> bool:
    """Whether a rule is drawn between two printed lines, over the narrower of them."""
    left, right = max(one.left, two.left) + 8, min(one.right, two.right) - 8
    low, high = sorted((one.middle[1], two.middle[1]))
    return any(low < r.middle[1] < high and r.left < max(left, right) and r.right > min(left, right) for r in across)


def in_one_row(across: Sequence[Box], one: Box, two: Box) -> bool:
    """Whether two printed lines stand between the same two rules, drawn over both of them."""
    left, right = min(one.left, two.left) + 8, max(one.right, two.right) - 8
    low, high = sorted((one.middle[1], two.middle[1]))
    over = [r.middle[1] for r in across if r.left < left and r.right > right]
    return any(y < low for y in over) and any(y > high for y in over) and not any(low < y < high for y in over)
