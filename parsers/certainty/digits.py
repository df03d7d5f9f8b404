"""A contract number, an INN or a serial: digits without a meaning that a sum could check, as the readers see them."""

from __future__ import annotations

from dataclasses import replace

from metering.repairs import RepairReason
from metering.reports import Field
from parsers.certainty.candidates import SURE
from parsers.certainty.opinions import Opinion, Readers
from parsers.certainty.repairing import with_repair
from parsers.certainty.shares import AGREED, DIFFER, OUTVOTED, TEXT_LAYER, field_of
from parsers.page.found import Found
from parsers.wording.numbers import digits_of

_SHORTEST_SERIAL = 5  # digits
_NUMBER_SIGNS = frozenset({"№", "Nº", "N°", "#"})


def digits_field(readers: Readers, found: Found | None, length: int | None = None) -> Field | None:
    """A contract number, an INN or a serial: sure when both readers see the same digits and no more of them."""
    if found is None:
        return None
    exact = length is None or (len(found.value) == length and found.note is None)
    if not readers.is_picture(found.page):
        return replace(field_of(found, min(TEXT_LAYER, found.trust)), certain=found.trust > 0.8 and exact)
    opinion = readers.ask(found)
    if opinion is None:
        return field_of(found, 0.9 * found.trust * found.confidence)
    same = opinion.digits == digits_of(found.value) if found.note is None else opinion.digits.lstrip("0") == found.value.lstrip("0")
    if same:
        certain = exact and not opinion.more and found.trust > 0.8
        return replace(field_of(found, (AGREED if certain else 0.9) * min(1.0, found.trust + 0.02)), certain=certain)
    return _differing(readers, found, opinion, length)


def serial_field(readers: Readers, found: Found | None) -> Field | None:
    """A serial. Of a picture one of few digits may be the half of one that ink covers, in which both readers see the same."""
    field = digits_field(readers, found)
    if field is None or found is None or not readers.is_picture(found.page) or len(digits_of(found.value)) >= _SHORTEST_SERIAL:
        return field
    return replace(field, certain=False)


def _differing(readers: Readers, found: Found, opinion: Opinion, length: int | None) -> Field:
    """Two readers, two values: the third decides, else the digit reader where it is sure and the format is kept. Never certain."""
    if found.tokens and found.tokens[0].left in _NUMBER_SIGNS and opinion.digits == f"0{digits_of(found.value)}":
        # The ring of «№» right before a number is a zero to the digit reader, who has no such sign.
        note = f"the readers differ: {found.value}, {opinion.digits}"
        return Field(found.value, round(OUTVOTED * found.trust, 4), found.page, found.box, False, note, (opinion.digits,))
    if _frames(digits_of(found.value), opinion) and length in (None, len(opinion.wide)):
        others = found.value, opinion.digits
        note = f"the readers differ: {', '.join((opinion.wide, *others))}"
        whole = Field(opinion.wide, round(OUTVOTED * found.trust, 4), found.page, found.box, False, note, others)
        return with_repair(whole, found, RepairReason.READERS)
    third = readers.third_value(found)
    votes = digits_of(third) if third is not None else None
    fits = len(opinion.digits) == length if length is not None else len(opinion.digits) >= len(found.value.split("-")[0])
    value, trust = found.value, DIFFER
    if votes == digits_of(found.value) and opinion.confidence < SURE:
        trust = OUTVOTED
    elif fits and (votes == opinion.digits or opinion.confidence >= SURE):
        value, trust = opinion.digits, OUTVOTED
    others = tuple(dict.fromkeys(v for v in (found.value, opinion.digits, votes) if v and v != value))
    note = f"the readers differ: {', '.join((value, *others))}"
    field = Field(value, round(trust * found.trust, 4), found.page, found.box, False, note, others)
    return with_repair(field, found, RepairReason.READERS)


def _frames(digits: str, opinion: Opinion) -> bool:
    """Whether the wide look at a number shows what both readers lost a part of: the engine digits within it («1773833» of 16773833), which
    puts its box on the rest of them, the digit reader what stands outside that box («6773833»)."""
    wide = opinion.wide
    outside = (
        not opinion.struck
        and opinion.digits
        and len(wide) > len(opinion.digits)
        and (wide.startswith(opinion.digits) or wide.endswith(opinion.digits))
    )
    rest = iter(wide)
    within = len(digits) < len(wide) and all(digit in rest for digit in digits)
    return bool(outside and digits) and within and digits[0] == wide[0] and digits[-1] == wide[-1]
