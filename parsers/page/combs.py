"""Digits that are typed each in a cell of its own («4 | 4 | , | 9 | 9»): read from left to right they are one number."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median

from metering.pages import Box, Word

_MARKS = frozenset(",.-/")
_NEAREST, _FURTHEST = 0.5, 2.4  # of a sign's height, from one digit to the next: closer it is print, further columns of a table
_UNEVEN = 0.15  # of that distance, by which those of one comb differ
_ACROSS_MARK = 2.2  # distances between two digits with a mark between
_LATEST = 24  # signs whose distances tell the next one's; a row of thousands would be measured anew for each of them
_LEAST = 3  # digits and marks; two digits alone are one where another comb of the page has their distance


def with_joined_combs(rows: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """The words of each line, single digits that stand at one distance joined to the number that they are."""
    found = [_combs(row) for row in rows]
    steps = [_step(comb) for combs in found for comb in combs if len(comb) >= _LEAST and not _counts_columns(comb)]
    return [_joined(row, [comb for comb in combs if _is_one(comb, steps)]) for row, combs in zip(rows, found, strict=True)]


def _is_one(comb: Sequence[Word], steps: Sequence[float]) -> bool:
    if _counts_columns(comb):
        return False
    return len(comb) >= _LEAST or any(abs(_step(comb) - step) <= _UNEVEN * step for step in steps)


def _combs(row: Sequence[Word]) -> list[list[Word]]:
    """Runs of single digits and marks of a line that stand as in cells, each with two digits at least."""
    runs: list[list[Word]] = []
    for word in row:
        if len(word.text) != 1 or not (word.text.isdigit() or word.text in _MARKS):
            runs.append([])
        elif runs and runs[-1] and _goes_on(runs[-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    trimmed = [_without_outer_marks(run) for run in runs]
    return [run for run in trimmed if sum(word.text.isdigit() for word in run) > 1]


def _without_outer_marks(run: list[Word]) -> list[Word]:
    digits = [n for n, word in enumerate(run) if word.text.isdigit()]
    return run[digits[0] : digits[-1] + 1] if digits else []


def _goes_on(run: Sequence[Word], word: Word) -> bool:
    last = next((w for w in reversed(run) if w.text.isdigit()), None)
    if last is None or not word.text.isdigit():
        return last is not None and run[-1].text.isdigit() and word.box.left - last.box.right < _FURTHEST * last.box.height
    step, marked = word.box.middle[0] - last.box.middle[0], run[-1] is not last
    plain = _steps(run[-_LATEST:])
    if not plain:
        return _NEAREST * word.box.height <= step <= (_ACROSS_MARK if marked else 1.0) * _FURTHEST * word.box.height
    usual = median(plain)
    return step <= _ACROSS_MARK * usual if marked else abs(step - usual) <= _UNEVEN * usual


def _steps(run: Sequence[Word]) -> list[float]:
    """The distances between digits that have no mark between them."""
    return [b.box.middle[0] - a.box.middle[0] for a, b in itertools.pairwise(run) if a.text.isdigit() and b.text.isdigit()]


def _step(comb: Sequence[Word]) -> float:
    return median(_steps(comb) or [comb[-1].box.middle[0] - comb[0].box.middle[0]])


def _counts_columns(comb: Sequence[Word]) -> bool:
    """Whether a row «1 2 3 4 5» numbers the columns of a table."""
    return "".join(word.text for word in comb) in "123456789" and len(comb) > 1


def _joined(row: Sequence[Word], combs: Sequence[Sequence[Word]]) -> list[Word]:
    out = list(row)
    for comb in combs:
        place = next(n for n, word in enumerate(out) if word is comb[0])
        text, sure = "".join(word.text for word in comb), min(word.confidence for word in comb)
        out[place : place + len(comb)] = [Word(text, sure, Box.around([word.box for word in comb]))]
    return out
