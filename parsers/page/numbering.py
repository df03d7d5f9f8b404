"""Numbers that only count the lines of a form, down its left edge: 1, 2, … 5, 5.1, 5.2."""

from __future__ import annotations

import re

from parsers.page.lines import Form, Line, Token, box_of

_COUNT = re.compile(r"\d{1,2}(?:\.\d{1,2})?")
_LEAST = 4  # lines that make it a count


def without_numbering(lines: list[Line]) -> None:
    """Takes such numbers off the lines that they count: they are no values, and the label behind them opens its line."""
    counted = [line for line in lines if _is_counted(line)]
    for run in _runs(counted):
        if len(run) >= _LEAST:
            for line in run:
                del line.tokens[: 2 if line.tokens[1].form is Form.BAR else 1]
                line.box = box_of([t for t in line.tokens if t.form is not Form.BAR])


def _is_counted(line: Line) -> bool:
    """Whether a line begins with a short number that stands apart from the words behind it."""
    if len(line.tokens) < 3 or not _COUNT.fullmatch(line.tokens[0].text) or line.tokens[0].right:
        return False
    words = line.tokens[2 if line.tokens[1].form is Form.BAR else 1 :]
    apart = line.tokens[1].form is Form.BAR or line.tokens[1].box.left - line.tokens[0].box.right > line.letter
    return apart and words[0].form is Form.WORD


def _runs(lines: list[Line]) -> list[list[Line]]:
    """Lines whose numbers stand one under the other and go up, from 1 on."""
    runs: list[list[Line]] = []
    for line in lines:
        before = runs[-1][-1] if runs else None
        follows = before is not None and _place(before.tokens[0]) < _place(line.tokens[0]) and _is_next(before.tokens[0], line.tokens[0])
        if before is not None and follows and abs(before.tokens[0].box.middle[0] - line.tokens[0].box.middle[0]) < 3 * line.letter:
            runs[-1].append(line)
        elif _place(line.tokens[0])[0] == 1:
            runs.append([line])
    return runs


def _place(token: Token) -> tuple[int, int]:
    whole, _, part = token.text.partition(".")
    return int(whole), int(part or 0)


def _is_next(one: Token, two: Token) -> bool:
    """Whether no more than a line's number is missing between two."""
    (a, b), (c, d) = _place(one), _place(two)
    return c - a <= 2 if a != c else d - b <= 2
