"""What a page that is about meters lacks, so that reading it once more may pay; and where on it the doubt is."""

from __future__ import annotations

from metering.pages import Box, Page
from parsers.meters.combining import only_unit
from parsers.page.found import NUMBERS, Draft, Found
from parsers.pagefacts import PageFacts
from parsers.requisites.torn_names import COVERED

WHO_SIGNED = ("position", "signatory")
_WANTED = ("organization", "report_date", "reading_date", "period")
_LEGIBLE = 0.6  # confidence of the engine in a number or a word
_HEAD = 40.0  # points of the head of a table
_GUESSED = 0.8  # trust in numbers whose column has no name
_WORD, _FEW = 4, 3  # letters of a word, and how many such words the print of any report has at least
_TELLING = 0.6  # trust; what has less, such as a contract of fewer digits than five, was torn rather than read


def has_print(page: Page) -> bool:
    """Whether words were read on a page at all. On a picture of cloth or gravel none are, and each further reading of it takes many
    seconds and finds rubbish."""
    words = [word for word in page.words if word.confidence >= _LEGIBLE and sum(map(str.isalpha, word.text)) >= _WORD]
    return len(words) >= _FEW


def is_lacking(facts: PageFacts) -> bool:
    """Whether a page that is about meters misses something that a further reading of it may have. Who signed is looked for in places of
    its own: what these do not show the page as a whole does not either."""
    if facts.contract is None and not facts.drafts:
        return True
    if not names_contract(facts) or any(not is_told(facts.single[key]) for key in _WANTED):
        return True
    told = _tells_unit(facts)
    return any(not is_whole(d, told) or _is_guessed(d) for d in facts.drafts) or not any(d.has_value() for d in facts.drafts)


def names_contract(facts: PageFacts) -> bool:
    return facts.contract is not None and facts.contract.trust >= _TELLING


def is_told(found: Found | None) -> bool:
    """Whether a value was read, and not only seen to be there under ink."""
    return found is not None and found.note != COVERED


def _tells_unit(facts: PageFacts) -> bool:
    """Whether a page names one unit, once for all of its meters."""
    return only_unit([facts.marked]) is not None


def last_of_meters(facts: PageFacts) -> int:
    """The number of the line with the last of its meters' numbers, -1 where there are none: who signed stands behind it."""
    values = [getattr(draft, part) for draft in facts.drafts for part in ("serial", *NUMBERS)]
    return max((t.line for found in values if found is not None for t in found.tokens), default=-1)


def in_doubt(facts: PageFacts) -> Box | None:
    """Where the numbers stand that do not add up, or whose table has a head that was not read, that head included; if nothing else
    is open on the page: what is missing may be anywhere."""
    told = _tells_unit(facts)
    doubtful = [d for d in facts.drafts if not is_whole(d, told) or _is_guessed(d)]
    if not names_contract(facts) or any(facts.single[key] is None for key in (*_WANTED, *WHO_SIGNED)) or not is_complete(facts):
        return None
    boxes = [found.box for d in doubtful for found in (d.serial, d.previous, d.current, d.consumption) if found is not None and found.box]
    if not boxes:
        return None
    place = Box.around(boxes)
    return Box(place.left, place.top - _HEAD, place.right, place.bottom) if any(_is_guessed(d) for d in doubtful) else place


def is_complete(facts: PageFacts) -> bool:
    """Whether nothing of any meter is missing, though its numbers may not add up."""
    told = _tells_unit(facts)
    return bool(facts.drafts) and all(_is_complete(d, told) for d in facts.drafts)


def _is_complete(draft: Draft, unit_told: bool) -> bool:
    told = draft.unit is not None or (unit_told and not draft.may_have_other_unit())
    return told and all(getattr(draft, part) is not None for part in ("serial", *NUMBERS))


def has_whole_meter(facts: PageFacts) -> bool:
    """Whether some meter of a page was read in full."""
    told = _tells_unit(facts)
    return any(is_whole(d, told) for d in facts.drafts)


def is_whole(draft: Draft, unit_told: bool = False) -> bool:
    """Whether a meter was read in full; unit_told: the page says its unit elsewhere than at its numbers."""
    if draft.daily and draft.previous is None and draft.current is None:
        return False
    if draft.serial is None or (draft.unit is None and not unit_told) or draft.may_have_other_unit():
        return False
    numbers = draft.numbers()
    if draft.adds_up():
        return any(len(number.value) > 1 for number in numbers)  # of single digits, each in a cell, a sum may be one by chance
    # A page may give one number of a meter alone; not where its row has columns for the others, or where the number is hardly legible.
    others = any(name in draft.cells and getattr(draft, name) is None for name in NUMBERS)
    return len(numbers) == 1 and not others and numbers[0].confidence >= _LEGIBLE


def _is_guessed(draft: Draft) -> bool:
    """Whether only the sum tells which of its numbers is which: the head of their table was not read."""
    numbers = [getattr(draft, name) for name in NUMBERS]
    return all(n is not None and n.trust <= _GUESSED for n in numbers)
