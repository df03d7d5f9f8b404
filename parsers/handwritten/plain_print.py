"""Whether a page is print by what the engine, made for print, read of its numbers: then nobody need look at their ink.

The look at the ink takes fat, pale, torn and blurred print for handwriting at times (docs/handwriting.md, "Hand or print").
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from metering.pages import Word
from parsers.page.found import Draft, Found, closes
from parsers.pagefacts import PageFacts

_SURE = 0.9  # confidence of the engine in a number that is print
_LONG = 4  # digits of a number that is not read surely by chance
_FEW, _MOSTLY = 6, 0.75  # so many long numbers, so large a share of them sure
_DAYS = 8  # of a printout
_MANY = 30  # sure ones: nobody writes so many by hand that the engine reads
_LOST, _SCRAP = 0.6, 2  # confidence in a number, and digits of it, up to which it may be ink that was read as print
_LEGIBLE = 0.88  # median confidence in long numbers whose digits stand as print does
_OFF_LINE = 0.075  # of their height, by which the feet of a number's digits differ: in print by a pixel, by hand by a seventh of it
_UNEVEN = 0.1  # the same of the digits' heights
_TALL = 1.03  # times the words' height: people write digits larger than the print beside


def is_plainly_print(facts: PageFacts) -> bool:
    """Whether the engine read most meters surely and their numbers add up, or nearly all long numbers, or the serial and the one number
    of each of several meters. What else a calculator prints, masses and hours, adds up to nothing. So is a printout by its days, whose
    total is what its integrators differ by."""
    if any(_has_days(draft) for draft in facts.drafts):
        return True
    drafts = [d for d in facts.drafts if d.has_value()]
    sums = [d.numbers() for d in drafts if d.adds_up()]
    surely = [three for three in sums if _mean_confidence(three) >= _SURE and not _is_of_boxes(three)]
    if (bool(surely) and 2 * len(surely) >= len(drafts)) or _reads_as_print(facts.marked.page.words):
        return True
    return len(drafts) > 1 and all(_is_sure_alone(draft) for draft in drafts)


def _has_days(draft: Draft) -> bool:
    total = draft.daily_total
    return len(draft.daily) >= _DAYS and total is not None and closes(draft.previous, draft.current, total)


def are_numbers_lost(facts: PageFacts) -> bool:
    """Whether the engine could read no number of a meter, or scraps of some, on a page whose other numbers it reads surely: in a typed
    letter these alone may have been left to the pen."""
    numbers = [found for draft in facts.drafts for found in draft.numbers()]
    if not facts.drafts or any(map(_has_days, facts.drafts)):
        return False
    return all(_mean_confidence([n]) < _LOST or sum(c.isdigit() for c in n.value) <= _SCRAP for n in numbers)


def _is_sure_alone(draft: Draft) -> bool:
    """Whether a meter has one number, of which a sum tells nothing, and that and its serial were read surely; digits in boxes are none."""
    told = draft.numbers()
    if len(told) != 1 or draft.serial is None or len(draft.serial.value) < _LONG:
        return False
    return min(draft.serial.confidence, told[0].confidence) >= _SURE


def _is_of_boxes(numbers: Sequence[Found]) -> bool:
    """Whether a sum of single digits may be one by chance: each stands in a box of its own."""
    return all(len(found.value) == 1 for found in numbers)


def _mean_confidence(numbers: Sequence[Found]) -> float:
    sure = [t.confidence for found in numbers for t in found.tokens]
    return sum(sure) / max(1, len(sure))


def _long_numbers(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if sum(c.isdigit() for c in word.text) >= _LONG]


def _reads_as_print(words: Sequence[Word]) -> bool:
    long = _long_numbers(words)
    return len(long) >= _FEW and sum(word.confidence >= _SURE for word in long) >= min(_MANY, _MOSTLY * len(long))


def may_be_print(words: Sequence[Word]) -> bool:
    """Whether a page that looks written may be print all the same: the engine read most of its long numbers fairly, and their digits stand
    on one line and are no taller than the words. A hand as even as print cannot be told from it so."""
    long = _long_numbers(words)
    return len(long) >= _FEW and median(word.confidence for word in long) >= _LEGIBLE and _stands_as_print(long, words)


def _stands_as_print(numbers: Sequence[Word], words: Sequence[Word]) -> bool:
    digits = [[box for sign, box in zip(n.text, n.symbols, strict=True) if sign.isdigit()] for n in numbers if n.symbols]
    letters = [word.box.height for word in words if sum(c.isalpha() for c in word.text) >= _LONG]
    if not digits or not letters:
        return False
    heights = [box.height for number in digits for box in number]
    off = median(_differ([box.bottom for box in n]) / median(box.height for box in n) for n in digits)
    uneven = median(_differ([box.height for box in n]) / median(box.height for box in n) for n in digits)
    return off <= _OFF_LINE and uneven <= _UNEVEN and median(heights) <= _TALL * median(letters)


def _differ(values: Sequence[float]) -> float:
    return max(values) - min(values)
