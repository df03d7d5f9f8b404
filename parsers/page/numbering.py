"""Numbers that only count the lines of a form: down its left edge (1, 2, … 5, 5.1, 5.2), or as codes behind its words (010, 020, 030)."""

from __future__ import annotations

import itertools
import re

from parsers.page.lines import Line, box_of
from parsers.page.tokens import Form, Token

_CODE = re.compile(r"\d{1,3}")
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


def without_codes(lines: list[Line]) -> None:
    """Takes the column of codes off a form's lines («Показания на начало | 040 | Гкал | 1204,50»): whole numbers between the words and the
    values, one under the other, that go up by one step."""
    coded = [(line, place) for line in lines if (place := _code(line)) is not None]
    run: list[tuple[Line, int]] = []
    for line, place in [*coded, (None, 0)]:
        if line is not None and (not run or _goes_up(run, line, place)):
            run.append((line, place))
            continue
        if len(run) >= _LEAST:
            for found, at in run:
                del found.tokens[at : at + 1 + (found.tokens[at + 1].form is Form.BAR)]
        run = [(line, place)] if line is not None else []


def _code(line: Line) -> int | None:
    """Where the code of a line stands: a short whole number in a cell of its own between words and something else."""
    for place in range(1, len(line.tokens) - 1):
        before, token, behind = line.tokens[place - 1 : place + 2]
        if token.form is not Form.NUMBER:
            continue
        apart = before.form is Form.BAR or token.box.left - before.box.right > line.letter
        alone = behind.form is Form.BAR or behind.box.left - token.box.right > line.letter
        words = any(t.form is Form.WORD for t in line.tokens[:place])
        return place if apart and alone and words and _CODE.fullmatch(token.text) else None
    return None


def _goes_up(run: list[tuple[Line, int]], line: Line, place: int) -> bool:
    """Whether a line's code goes on with those above it, by the step that they have."""
    (above, at), token = run[-1], line.tokens[place]
    step = int(token.text) - int(above.tokens[at].text)
    steps = {int(b.tokens[n].text) - int(a.tokens[m].text) for (a, m), (b, n) in itertools.pairwise(run)}
    return step > 0 and steps <= {step} and abs(above.tokens[at].box.middle[0] - token.box.middle[0]) < line.letter


def _is_counted(line: Line) -> bool:
    """Whether a line begins with a short number that stands apart from the words behind it; quotation marks, the sign of a number and dirt
    may open these."""
    if len(line.tokens) < 3 or not _COUNT.fullmatch(line.tokens[0].text) or line.tokens[0].right:
        return False
    apart = line.tokens[1].form is Form.BAR or line.tokens[1].box.left - line.tokens[0].box.right > line.letter
    first = next((t for t in line.tokens[1:] if t.form not in (Form.BAR, Form.SIGN)), None)
    return apart and first is not None and first.form is Form.WORD


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
