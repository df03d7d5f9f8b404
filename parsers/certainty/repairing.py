"""Notes of repair for fields: what the first reading of a place was, where something else is taken (docs/extraction.md, "Repairs")."""

from __future__ import annotations

from dataclasses import replace

from metering.repairs import Repair, RepairReason
from metering.reports import Field
from parsers.page.found import Found
from parsers.page.tokens import Form
from parsers.wording.numbers import parse_number


def with_repair(field: Field, found: Found, reason: RepairReason) -> Field:
    """The field with its repair, if it is one. `reason` is why its value was taken where that differs from what was found."""
    if found.first is not None:  # an earlier reading of the whole page gave way because its numbers did not add up
        first, why = found.first, RepairReason.ARITHMETIC
    elif (printed := _printed(found)) is not None:
        first, why = printed, RepairReason.LOOKALIKE
    else:
        first, why = found.value, reason
    if field.value != found.value:
        why = reason
    return field if field.value == first else replace(field, repair=Repair(first, field.value, why))


def _printed(found: Found) -> str | None:
    """What the first reader read, where letters or a wrong mark in it were taken for digits or the decimal mark."""
    tokens = [t for t in found.tokens if t.form in (Form.NUMBER, Form.SIGN)]
    if any(t.printed for t in tokens):
        return "".join(t.printed or t.text for t in tokens)
    text = "".join(t.text for t in tokens)
    if found.note is not None and found.note.startswith("decimal mark") and parse_number(text) is None:
        return text
    return None
