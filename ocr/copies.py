"""Two copies of a report on one sheet, one for the supplier and one to keep: the first of them (docs/reading.md, "Marks")."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict

from metering.pages import Box, Page, Word

LEAST_LETTERS, A_NUMBER = 4, 3  # of a word that is looked for once more; digits of one that makes it a number
BESIDE = 8.0  # points by which the second print of a word may stand farther left or right
APART = 90.0  # points from one copy to the other at least
STEP = 8  # points by which distances between the two may differ
NUMBERS = 4  # that both copies have: contract, serial and readings
SIGNED = (40.0, 230.0)  # points of width of a line to sign on
ALIKE = 0.7  # share of the second's numbers that the first has at the same place; blocks of two meters have other numbers


def first_copy(page: Page) -> tuple[Page, float] | None:
    """The sheet with what belongs to its first copy, and where the second begins, in points; None where it holds one report."""
    by_text: dict[str, list[Word]] = defaultdict(list)
    for word in page.words:
        if len(word.text) >= LEAST_LETTERS or _is_number(word):
            by_text[word.text.casefold()].append(word)
    twins = [(one, two) for same in by_text.values() for one in same for two in same if _may_repeat(one, two)]
    if sum(_is_number(two) for _, two in twins) < NUMBERS:
        return None
    step, _ = Counter(round((two.box.top - one.box.top) / STEP) for one, two in twins if _is_number(two)).most_common(1)[0]
    repeated = [two for one, two in twins if abs(two.box.top - one.box.top - step * STEP) <= STEP]
    start = min(word.box.top for word in repeated)
    numbers = [word for same in by_text.values() for word in same if _is_number(word) and word.box.top >= start]
    if sum(any(word is other for other in repeated) for word in numbers) < max(NUMBERS, ALIKE * len(numbers)):
        return None
    words = tuple(word for word in page.words if word.box.bottom < start)
    rules = tuple(rule for rule in page.rules if rule.bottom < start and not _parts(rule, page, step * STEP))
    return dataclasses.replace(page, words=words, rules=rules), start


def _may_repeat(one: Word, two: Word) -> bool:
    return two.box.top - one.box.top > APART and abs(two.box.left - one.box.left) <= BESIDE


def _parts(rule: Box, page: Page, apart: float) -> bool:
    """Whether a rule, or a dash, may be of the line to cut along: none like it is in the second copy, and nobody signs on it."""
    if SIGNED[0] < rule.width < SIGNED[1]:
        return False
    again = [other for other in page.rules if abs(other.left - rule.left) + abs(other.right - rule.right) <= 2 * BESIDE]
    return not any(abs(other.top - rule.top - apart) <= STEP for other in again)


def _is_number(word: Word) -> bool:
    return sum(c.isdigit() for c in word.text) >= A_NUMBER
