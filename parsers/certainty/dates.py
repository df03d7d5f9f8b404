"""Dates and months, as the readers see them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from metering.repairs import RepairReason
from metering.reports import Field
from parsers.certainty.candidates import SURE
from parsers.certainty.opinions import Opinion, Readers
from parsers.certainty.repairing import with_repair
from parsers.certainty.shares import AGREED, DIFFER_DATE, TEXT_LAYER, field_of
from parsers.certainty.stroke_zeros import as_first_read
from parsers.page.found import Found
from parsers.page.lines import text_of
from parsers.page.tokens import Form
from parsers.page.trust import LABELLED
from parsers.wording.dates import LAST_DAY, LOST_MARK, ROMAN_STROKES
from parsers.wording.numbers import digits_of

DIFFERS, STRUCK, BESIDE = "the second reader differs", "struck out by a pen", "the second reader saw more beside it"
_DAY_DIGITS = 2  # of a day with one, the other may be lost
_SAME_PLACE = 3.0  # points between the middles of what two readings have of one word


def date_field(readers: Readers, found: Found | None) -> Field | None:
    """A date, sure where both readers see it and its label says which it is."""
    if found is None:
        return None
    if readers.is_picture(found.page):
        return as_first_read(_of_picture(readers, found), readers)
    certain = found.trust > 0.7 and bool(found.tokens) and found.note != LOST_MARK
    return replace(field_of(found, min(TEXT_LAYER, found.trust)), certain=certain)


def _of_picture(readers: Readers, found: Found) -> Field:
    opinion = readers.ask_date(found) if found.note != ROMAN_STROKES else None  # the digit reader sees ones as well
    if opinion is None:
        return field_of(found, 0.9 * found.trust * found.confidence)
    if _same_date(found, opinion):
        marked = found.note in (None, LAST_DAY) or (found.note == LOST_MARK and opinion.date == found.value and opinion.is_marked)
        certain = (not opinion.more or _is_complete(found)) and not opinion.struck and marked and found.trust > 0.7
        return replace(field_of(found, AGREED * min(1.0, found.trust + 0.02)), certain=certain)
    if opinion.date == found.value:
        return replace(field_of(found, 0.9 * found.trust), note=found.note or (STRUCK if opinion.struck else BESIDE))
    if opinion.date is not None and opinion.confidence >= SURE:
        note = f"the readers differ: {opinion.date}, {found.value}"
        field = Field(opinion.date, round(0.8 * found.trust, 4), found.page, found.box, False, note, (found.value,))
        return with_repair(field, found, RepairReason.READERS)
    others = (opinion.date,) if opinion.date is not None else ()
    note = found.note or (STRUCK if opinion.struck else DIFFERS)
    return Field(found.value, DIFFER_DATE * found.trust, found.page, found.box, False, note, others)


def period_field(readers: Readers, found: Found | None, reading_dates: Sequence[Field | None]) -> Field | None:
    """A month is sure when it is printed in full and, read from a picture, when a sure date falls into it or its digits agree."""
    if found is None:
        return None
    if not readers.is_picture(found.page):
        return replace(field_of(found, min(TEXT_LAYER, found.trust)), certain=found.trust > 0.8)
    dates = [date for date in reading_dates if date is not None]
    dated = bool(dates) and all(date.value.startswith(found.value) for date in dates)
    if dated and any(date.certain for date in dates):
        return replace(field_of(found, AGREED), certain=True)
    opinion = readers.ask_date(found)
    agreed = opinion is not None and opinion.digits == digits_of(text_of([t for t in found.tokens if t.text[:1].isdigit()]))
    certain = agreed and opinion is not None and not opinion.more and found.trust > 0.9 and found.confidence > 0.8
    return replace(field_of(found, (AGREED if agreed else 0.9 if dated else 0.8) * found.trust), certain=certain)


def confirmed_by_month(readers: Readers, field: Field | None, found: Found | None, month: Found | None) -> Field | None:
    """A date of which only a mark, or the month in Roman numbers, was misread is certain where both readers see its digits and the month
    that the report names in other words is the same."""
    if field is None or found is None or month is None or field.certain or found.note != LOST_MARK:
        return field
    if not month.tokens or any(t in found.tokens for t in month.tokens) or min(month.trust, month.confidence) <= LABELLED:
        return field
    opinion = readers.ask_date(found)
    alike = opinion is not None and _same_date(found, opinion) and not opinion.more and not opinion.struck
    whole = found.trust > 0.7 and len(digits_of(found.tokens[0].text)) >= _DAY_DIGITS
    return replace(field, certain=True) if alike and whole and field.value.startswith(month.value) else field


def confirmed_elsewhere(field: Field | None, known: Collection[str]) -> Field | None:
    """A date in which the second reader saw no date at all, or the same one beside a rule, and which stands on the page once more, surely
    read as a day of readings."""
    if field is None or field.certain or field.note not in (DIFFERS, BESIDE) or field.alternatives or field.value not in known:
        return field
    return replace(field, certain=True, note=f"{field.note}; the same day stands elsewhere")


def _same_date(found: Found, opinion: Opinion) -> bool:
    """Whether the digit reader saw the same date. It has no slash: it makes a digit of one, mostly 1, or nothing."""
    parts = [t.text for t in found.tokens if t.form is Form.NUMBER]
    if opinion.digits == digits_of("".join(parts)):
        return True
    return len(parts) == 3 and re.fullmatch("[1-9]?".join(parts), opinion.digits) is not None and any(t.text == "/" for t in found.tokens)


def is_one_date(one: Found | None, two: Found | None) -> bool:
    """Whether one date was taken for two things, for one of them without a label: on a picture the other date may not have been read."""
    if one is None or two is None or min(one.trust, two.trust) >= LABELLED:
        return False
    if one.page != two.page or one.box is None or two.box is None:
        return False
    return all(abs(a - b) < _SAME_PLACE for a, b in zip(one.box.middle, two.box.middle, strict=True))


def _is_complete(found: Found) -> bool:
    """Whether a date has all its digits (two of the day, four of the year): no further one can stand beside it."""
    digits = digits_of("".join(t.text for t in found.tokens if t.form is Form.NUMBER))
    return len(digits) == (6 if any(t.form is Form.WORD for t in found.tokens) else 8)
