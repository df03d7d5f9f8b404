"""A page read once more: what the first pass missed or left torn is taken from the third reading of the same page."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from metering.pages import Box
from parsers.certainty.lacking import WHO_SIGNED, is_told, is_whole, names_contract
from parsers.page.found import NUMBERS, Draft, Found
from parsers.page.trust import LABELLED, TOLD_TWICE
from parsers.pagefacts import PageFacts
from parsers.requisites.other_side import stands_at_supplier
from parsers.requisites.torn_names import COVERED

_PARTS = ("serial", "model", "kind", "unit", *NUMBERS)
_SURE_NAME = 0.85
_SURE_WHERE_TOLD_TWICE = 0.75
_SHORT = 5  # digits of a serial; what has fewer is rather a model's
_ROW = 12.0  # points
_AGAIN = 0.9  # trust in what only the third reading gave


def take_signatory(first: PageFacts, beneath: PageFacts) -> None:
    """Who signed, from a reading in which the stamp and the signature over the lines are faded, where that one was surer."""
    for key in WHO_SIGNED:
        if _is_of_supplier(first, key, beneath.single[key]):
            continue
        if beneath.single[key] is not None and _surety(beneath.single[key]) > _surety(first.single[key]):
            first.single[key] = beneath.single[key]


def complete_signatory(first: PageFacts, again: PageFacts) -> None:
    """Who signed, where the first reading lacks it."""
    for key in WHO_SIGNED:
        found = again.single[key]
        known = first.single[key]
        if _is_of_supplier(first, key, found):
            continue
        if found is not None and not is_told(known) and (known is None or found.trust > known.trust):
            first.single[key] = _weaker(found)


def _is_of_supplier(first: PageFacts, key: str, found: Found | None) -> bool:
    """Whether a further reading, which may be one of a row alone, gave the name of the supplier's man."""
    return key == "signatory" and found is not None and stands_at_supplier(first.marked, found)


def is_signatory_sure(facts: PageFacts) -> bool:
    """Whether position and name were read so well that no further look at them pays."""
    return all(_is_sure(facts.single[key]) for key in WHO_SIGNED)


def _is_sure(found: Found | None) -> bool:
    told_twice = found is not None and found.trust >= TOLD_TWICE
    return _surety(found) >= (_SURE_WHERE_TOLD_TWICE if told_twice else _SURE_NAME)


def _surety(found: Found | None) -> float:
    return 0.0 if found is None else found.trust * sum(t.confidence for t in found.tokens) / max(1, len(found.tokens))


def reconcile(first: PageFacts, again: PageFacts) -> PageFacts:
    """The first reading's facts, completed from the third where they lack something. The same page, so meters match by place."""
    if not names_contract(first) and again.contract is not None and names_contract(again):
        first.contract = _weaker(again.contract)
    for key, found in again.single.items():
        known = first.single[key]
        if found is not None and (
            known is None or known.trust < 0.6 < found.trust or (known.note == COVERED and found.trust > known.trust)
        ):
            first.single[key] = _weaker(found)
    ours, theirs = [d for d in first.drafts if d.has_value() or d.daily], [d for d in again.drafts if d.has_value() or d.daily]
    if _worth(theirs) > _worth(ours) + 2 and len(theirs) != len(ours) and not _outdo(ours, theirs):
        for draft in theirs:
            _weaken(draft)
        first.drafts, first.totals = again.drafts, again.totals
        return first
    met: list[Draft] = []
    for draft in ours:
        if _is_denied(draft, theirs):
            first.drafts.remove(draft)
            continue
        other = _same(draft, theirs, ours)
        if other is not None:
            _complete(draft, other)
            met.append(other)
    # A meter of which the first reading saw nothing at all: its row lay under the stamp.
    known = {draft.serial.value for draft in ours if draft.serial is not None}
    new = [
        d for d in theirs if not any(d is other for other in met) and is_whole(d) and d.serial is not None and d.serial.value not in known
    ]
    for draft in new if ours and not any(d.daily for d in ours) else ():
        if draft.adds_up():
            _weaken(draft)
            first.drafts.append(draft)
    if not first.totals:
        first.totals = again.totals
    return first


def _outdo(ours: list[Draft], theirs: list[Draft]) -> bool:
    """Whether all meters of the first reading add up, and fewer of the other's: however much that tells, its rows were taken apart."""
    added, others = ([d for d in drafts if d.adds_up()] for drafts in (ours, theirs))
    return bool(ours) and len(added) == len(ours) > len(others)


def _worth(drafts: list[Draft]) -> int:
    """How much a set of meters says: a point a value, three where the arithmetic closes, less four for values without a serial of
    their own (noise: the days of a printout, or a totals row whose word was misread)."""
    serials = Counter(d.serial.value for d in drafts if d.serial is not None)

    def is_noise(draft: Draft) -> bool:
        if draft.serial is None:
            return True
        others = serials[draft.serial.value]
        return others > 2 or (others > 1 and draft.unit is None and not draft.adds_up())

    return sum(sum(getattr(d, p) is not None for p in _PARTS) + 3 * d.adds_up() - 4 * (is_noise(d) and not d.daily) for d in drafts)


def _is_denied(draft: Draft, others: list[Draft]) -> bool:
    """Whether numbers of which the first reading could not tell what they count are no meter's in the other, which has a whole one:
    masses and hours, whose names were misread."""
    whole = [other for other in others if is_whole(other)]
    if draft.unit is not None or draft.kind is not None or draft.daily or not whole:
        return False
    if draft.serial is not None:
        named = [other for other in whole if other.serial is not None and other.serial.value == draft.serial.value]
        # On the same row it is the same meter, all of its numbers misread.
        if not named or any(abs(other.top - draft.top) < _ROW for other in named):
            return False
    return not any(_same_number(getattr(draft, name), getattr(other, name)) for other in others for name in NUMBERS)


def _same_number(one: Found | None, other: Found | None) -> bool:
    return one is not None and other is not None and one.value == other.value


def _same(draft: Draft, others: list[Draft], ours: list[Draft]) -> Draft | None:
    """The draft of the same meter: by a number both have, by serial where one alone has that, else by its place. By these only one that has
    no number of another meter of ours: of two rows that it read as one it has what it could."""
    for name in NUMBERS:
        for other in others:
            if _same_number(getattr(draft, name), getattr(other, name)):
                return other
    others = [other for other in others if not any(_shares_number(known, other) for known in ours)]
    called = [o for o in others if o.serial is not None and draft.serial is not None and o.serial.value == draft.serial.value]
    if len(called) == 1:
        return called[0]
    near = [o for o in others if abs(o.top - draft.top) < 8]
    if len(near) == 1:
        return near[0]
    return others[0] if len(others) == 1 and not _is_of_another_row(draft, others[0]) else None


def _shares_number(one: Draft, other: Draft) -> bool:
    return any(_same_number(getattr(one, name), getattr(other, name)) for name in NUMBERS)


def _is_of_another_row(draft: Draft, other: Draft) -> bool:
    """Whether two drafts that stand apart have another number or serial each: rows of two meters, one of which a reading missed."""
    pairs = [(getattr(draft, part), getattr(other, part)) for part in ("serial", *NUMBERS)]
    return abs(draft.top - other.top) > _ROW and any(a is not None and b is not None and a.value != b.value for a, b in pairs)


def _complete(draft: Draft, other: Draft) -> None:
    for part in (*_PARTS, "reading_date", "daily_total"):
        mine, theirs = getattr(draft, part), getattr(other, part)
        if mine is None and theirs is not None:
            setattr(draft, part, _weaker(theirs) if isinstance(theirs, Found) else theirs)
        elif part == "serial" and isinstance(theirs, Found) and _is_part_of(mine, theirs):
            draft.serial = _weaker(theirs)
        elif part == "serial" and isinstance(theirs, Found) and _AGAIN * theirs.trust > mine.trust:
            theirs.alternatives = tuple({*theirs.alternatives, *mine.alternatives, mine.value} - {theirs.value})
            draft.serial = _weaker(theirs)  # in its own place now
        elif part in NUMBERS and _same_number(mine, theirs) and theirs.trust > mine.trust:
            mine.trust, mine.note = theirs.trust, theirs.note  # the same number, and now with its name
        elif part in NUMBERS and theirs is not None and mine.value != theirs.value and _in_one_place(mine, theirs):
            mine.alternatives = tuple(dict.fromkeys((*mine.alternatives, theirs.value)))  # the sum may choose it
    torn = not draft.adds_up() and not _loses_a_mark(draft, other)
    torn = torn and not (draft.unit is not None and _is_on_other_lines(draft, other))
    if (torn or _lost_thousands(draft, other)) and other.adds_up():
        if _means_otherwise(draft, other):
            for found in filter(None, (other.previous, other.consumption)):
                found.trust = min(found.trust, LABELLED)
        draft.reading_date = other.reading_date or draft.reading_date  # of torn numbers the date of the wrong column was taken
        if draft.serial is not None and other.serial is not None and draft.serial.trust < other.serial.trust:
            other.serial.alternatives = tuple({*other.serial.alternatives, draft.serial.value} - {other.serial.value})
            draft.serial = other.serial  # what an earlier further reading had of a torn row was torn as well
        for name in NUMBERS:
            mine, theirs = getattr(draft, name), getattr(other, name)
            if Decimal(mine.value) != Decimal(theirs.value):
                theirs.note = f"the first reading was {mine.value}"
                theirs.alternatives = (mine.value,)
                theirs.first = mine.value
                setattr(draft, name, theirs)
    draft.daily = draft.daily or other.daily
    if not draft.dated and draft.previous is None and draft.current is None:
        draft.dated, draft.dated_items = other.dated, other.dated_items


def _is_on_other_lines(draft: Draft, other: Draft) -> bool:
    """Whether no number that both readings have stands on one line: rows of one calculator's table, of heat and of a mass."""
    found = [(getattr(draft, name), getattr(other, name)) for name in NUMBERS]
    boxes = [(mine.box, theirs.box) for mine, theirs in found if mine is not None and theirs is not None and mine.box and theirs.box]
    return bool(boxes) and all(abs(a.middle[1] - b.middle[1]) > max(a.height, b.height) for a, b in boxes)


def _means_otherwise(draft: Draft, other: Draft) -> bool:
    """Whether one reading's consumption is the other's previous index: their sum is the current one either way, and does not tell which of
    the two was understood."""
    return _same_number(draft.consumption, other.previous) or _same_number(draft.previous, other.consumption)


def _in_one_place(one: Found, other: Found) -> bool:
    """Whether two readings are of the same print."""
    return one.box is not None and other.box is not None and one.box.holds(Box(*other.box.middle, *other.box.middle))


def _is_part_of(serial: Found, other: Found) -> bool:
    """Whether only a part of the other's serial was read: of «Multical 603 № 3441480» in one cell the upper line, of a torn one digits."""
    if len(serial.value) < _SHORT <= len(other.value):
        return True
    return serial.trust < other.trust and len(serial.value) < len(other.value) and serial.value in other.value


def _lost_thousands(draft: Draft, other: Draft) -> bool:
    """Whether the other reading has both indexes with digits before ours: where each lost its first thousands they add up too."""
    pairs = [(getattr(draft, name), getattr(other, name)) for name in ("previous", "current")]
    return _same_number(draft.consumption, other.consumption) and all(
        mine is not None and theirs is not None and theirs.value != mine.value and theirs.value.endswith(mine.value)
        for mine, theirs in pairs
    )


def _loses_a_mark(draft: Draft, other: Draft) -> bool:
    """Whether the other reading has the same digits without the decimal mark: three numbers that all lost theirs close too."""
    pairs = [(getattr(draft, name), getattr(other, name)) for name in NUMBERS]
    return any(
        mine is not None
        and theirs is not None
        and "." in mine.value
        and "." not in theirs.value
        and mine.value.replace(".", "") == theirs.value
        for mine, theirs in pairs
    )


def _weaken(draft: Draft) -> None:
    for part in _PARTS:
        found = getattr(draft, part)
        if isinstance(found, Found):
            setattr(draft, part, _weaker(found))


def _weaker(found: Found) -> Found:
    found.trust *= _AGAIN
    return found
