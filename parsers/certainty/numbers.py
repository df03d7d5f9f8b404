"""Previous index, current index and consumption of one meter: read twice, chosen and tied together by their sum."""

from __future__ import annotations

from dataclasses import replace

from metering.pages import Box
from metering.repairs import RepairReason
from metering.reports import Field
from parsers.certainty.candidates import SURE, Candidate, add_candidate, adds_up, begins_at_nothing, closing, is_telling, likeliest
from parsers.certainty.opinions import Opinion, Readers
from parsers.certainty.repairing import with_repair
from parsers.certainty.shares import AGREED_CLOSED, ALONE, CLOSED, NOT_CLOSED, OPEN, TEXT_LAYER, TORN, UNTIED, field_of
from parsers.page.found import NUMBERS, Found, closes
from parsers.wording.numbers import decimals, digits_of

INKED = "a pen wrote over it or beside it"


def numbers_as_printed(values: dict[str, Found | None]) -> dict[str, Field | None]:
    """Numbers of a text layer. Certain where the three add up: what was misunderstood shows there."""
    complete = all(values.values())
    fits = complete and closes(*(values[n] for n in NUMBERS))
    proven = fits and (previous := values["previous"]) is not None and not begins_at_nothing(previous.value)
    proven = proven and any(len(found.value) > 1 for found in values.values() if found)  # of single digits, each in a cell, by chance
    out: dict[str, Field | None] = {}
    for name, found in values.items():
        if found is None:
            out[name] = None
            continue
        confidence = min(TEXT_LAYER, found.trust) if fits or not complete else 0.9 * found.trust
        named = found.trust > 0.8 and found.note is None
        out[name] = replace(field_of(found, confidence), certain=proven and named, digits_sure=proven)
    return out


def numbers_read_twice(readers: Readers, values: dict[str, Found | None], cells: dict[str, Box]) -> dict[str, Field | None]:
    """Numbers of a picture, in the reading of each that adds up. cells: where in the meter's row each should stand."""
    opinions = {name: readers.ask(found) if found is not None else None for name, found in values.items()}
    present = {name: found for name, found in values.items() if found is not None}
    if all(opinions[n] is None for n in present):
        closed = closes(*(values[n] for n in NUMBERS))
        return {n: field_of(f, (CLOSED if closed else ALONE * f.confidence) * f.trust) if f else None for n, f in values.items()}
    marked = sum("." in f.value for f in present.values())
    agreed = {
        n: (o := opinions[n]) is not None and o.number == f.value and ("." in f.value or marked < len(present) - 1 or marked == 0)
        for n, f in present.items()
    }  # both readers can lose a comma: a number without decimals beside numbers with them is not settled
    chosen = {n: f.value for n, f in present.items()}
    options = {n: _candidates(n, values, opinions[n]) for n in present}
    for name, found in present.items():
        for other in () if agreed[name] else found.alternatives:
            add_candidate(options[name], other, 1.5)  # what a further reading of the page has in its place
    closed = len(present) == 3 and adds_up(chosen)
    if not closed and not all(agreed.values()):
        better = closing(options) if len(present) == 3 else None
        if better is None:
            for name, box in cells.items():
                if name in present and (cell := readers.ask_box(present[name].page, box)) is not None and cell.number is not None:
                    add_candidate(options[name], cell.number, 1.2)
            better = closing(options) if len(present) == 3 else None
        if better is None:
            options = {n: options[n] if agreed[n] else _with_third(readers, present[n], options[n]) for n in present}
            better = closing(options) if len(present) == 3 else None
        if better is not None:
            chosen, closed = better, True
        else:
            chosen = {n: f.value if agreed[n] else likeliest(options[n], opinions[n]) for n, f in present.items()}
    elif closed and (other := _as_surely_seen(chosen, agreed, opinions)) is not None:
        chosen, closed = other, False
    if closed and (marks := _marks_seen(chosen, opinions)) != chosen:
        closed = adds_up(marks)
        chosen = marks if closed else chosen
    closed = closed and is_telling(chosen, {n: o for n, o in options.items() if not agreed[n]}, present.values())
    return {
        n: _number(f, chosen[n], opinions[n], options[n], closed, sum(agreed.values()), len(present)) if f else None
        for n, f in ((n, values[n]) for n in NUMBERS)
    }


def _candidates(name: str, values: dict[str, Found | None], opinion: Opinion | None) -> list[Candidate]:
    """What the readers read, and the same digits with the decimal mark where the other numbers have it."""
    found = values[name]
    assert found is not None
    read = [Candidate(found.value, 0.0, 1)]
    if opinion is not None and opinion.number is not None:
        add_candidate(read, opinion.number, 1.0)
    places = [decimals(f.value) for n, f in values.items() if f is not None and n != name and "." in f.value]
    for candidate in list(read):
        if places and "." not in candidate.value and len(candidate.value) > places[0]:
            marked = f"{candidate.value[: -places[0]]}.{candidate.value[-places[0] :]}"
            if not any(c.value == marked for c in read):
                read.append(Candidate(marked, candidate.cost + 0.5, 0))
    return read


def _as_surely_seen(chosen: dict[str, str], agreed: dict[str, bool], opinions: dict[str, Opinion | None]) -> dict[str, str] | None:
    """The numbers as the digit reader surely sees those in whose digits the readers differ, where they add up so as well: «42.56 + 24.95 =
    67.51» and «42.36 + 24.95 = 67.31», the engine took 3 for 5 in both. The sum says nothing then, and the digit reader is mostly right."""
    seen = dict(chosen)
    for name in chosen:
        opinion = opinions[name]
        if agreed[name] or opinion is None or opinion.digits == digits_of(chosen[name]):
            continue
        if opinion.number is None or opinion.confidence < SURE or opinion.more:
            return None
        seen[name] = opinion.number
    return seen if seen != chosen and adds_up(seen) else None


def _marks_seen(chosen: dict[str, str], opinions: dict[str, Opinion | None]) -> dict[str, str]:
    """The numbers with the decimal marks that only the digit reader saw in them: the sum does not notice that all three lost theirs."""
    seen = dict(chosen)
    for name, value in chosen.items():
        opinion = opinions[name]
        if "." not in value and opinion is not None and opinion.number is not None and "." in opinion.number and opinion.digits == value:
            seen[name] = opinion.number
    return seen


def _with_third(readers: Readers, found: Found, options: list[Candidate]) -> list[Candidate]:
    third = readers.third_value(found)
    if third is not None:
        add_candidate(options, third, 1.5)
    return options


def _number(found: Found, value: str, opinion: Opinion | None, options: list[Candidate], closed: bool, agreed: int, count: int) -> Field:
    """One number with its certainty: read alike twice, the arithmetic closed, and no further digit in sight."""
    same = opinion is not None and opinion.number == value
    alike = opinion is not None and opinion.digits == digits_of(value)
    readers = next((c.readers for c in options if c.value == value), 0)
    repaired = value != found.value
    more = opinion is None or opinion.more or opinion.inked
    others = tuple(c.value for c in options if c.value != value and c.readers)
    note = INKED if opinion is not None and opinion.inked else found.note
    if repaired:
        note = f"read as {found.value}; " + (
            "previous + consumption = current chose among the readings" if closed else "the readers differ"
        )
    # Nothing ties a number to its meaning where one of the three was not read.
    sure = count == 3 and closed and readers > 0 and not more and (alike or agreed >= 2)
    if closed:
        confidence = AGREED_CLOSED if same or alike else CLOSED
    elif count == 3:
        confidence = NOT_CLOSED if same and not repaired else OPEN
    else:
        confidence = UNTIED if same and not repaired else TORN
    certain = sure and found.trust > 0.8
    field = Field(value, round(confidence * found.trust, 4), found.page, found.box, certain, note, others, digits_sure=sure)
    return with_repair(field, found, RepairReason.ARITHMETIC if closed else RepairReason.READERS)
