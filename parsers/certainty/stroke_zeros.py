"""Dates in a type whose zeros have a stroke or a dot: the engine makes «19.18.2825» of 19.10.2025, the digit reader knows such zeros."""

from __future__ import annotations

import re
from dataclasses import replace

from metering.pages import Page, Word
from metering.reports import Field
from parsers.certainty.candidates import SURE
from parsers.certainty.opinions import Readers
from parsers.wording.dates import find_dates
from parsers.wording.numbers import digits_of

_DATE = re.compile(r"\d\d([./-])\d\d\1(?:\d\d){1,2}")


def with_zeros_of_dates(page: Page, readers: Readers) -> Page:
    """The page with its dates as the digit reader surely sees them, where one is none as it was read and is one with zeros for some of its
    digits: the others are of the same type. No further digit is another."""
    shaped = [word for word in page.words if _DATE.fullmatch(word.text)]
    torn = [word for word in shaped if all(date.repaired for date in find_dates(word.text))]
    if not any(_as_seen(page, word, readers) for word in torn):
        return page
    seen = {id(word): text for word in shaped if (text := _as_seen(page, word, readers)) not in (None, word.text)}
    readers.as_read[page.number] = tuple(word for word in shaped if id(word) in seen)
    return replace(page, words=tuple(replace(w, text=seen[id(w)]) if id(w) in seen else w for w in page.words))


def as_first_read(field: Field, readers: Readers) -> Field:
    """The field of a date; of one whose zeros are the digit reader's with a note of what the first reading made of it. Such a date is sure
    only where the page shows it once more: of its digits one reader alone tells."""
    box = field.box
    read = next((word.text for word in readers.as_read.get(field.page, ()) if box is not None and word.box.holds(box)), None)
    if read is None:
        return field
    shown = sum(any(str(date.date) == field.value for date in find_dates(word.text)) for word in readers.pages[field.page].words)
    return replace(field, certain=field.certain and shown > 1, note=f"read as {read}, whose zeros have a stroke")


def _as_seen(page: Page, word: Word, readers: Readers) -> str | None:
    """The date of a word with the digit reader's zeros, its own marks between; None where that is not surely one."""
    opinion = readers.ask_box(page.number, word.box)
    if opinion is None or opinion.confidence < SURE or opinion.struck:
        return None
    read, seen = digits_of(word.text), opinion.digits
    if len(read) != len(seen) or any(a != b and b != "0" for a, b in zip(read, seen, strict=True)):
        return None
    digits = iter(seen)
    text = "".join(next(digits) if sign.isdigit() else sign for sign in word.text)
    return text if any(not date.repaired for date in find_dates(text)) else None
