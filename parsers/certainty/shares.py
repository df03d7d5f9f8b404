"""Shares of right values by what is known of them (measured: docs/extraction.md, "Confidence"), and fields made with them."""

from __future__ import annotations

from metering.repairs import RepairReason
from metering.reports import Field
from parsers.certainty.repairing import with_repair
from parsers.page.found import Found

TEXT_LAYER = 0.99
AGREED_CLOSED, AGREED, CLOSED, ALONE = 0.995, 0.98, 0.97, 0.85
NOT_CLOSED, UNTIED = 0.65, 0.65  # both readers see it, but three numbers do not add up, or there are not three
OPEN, TORN = 0.15, 0.2  # the same where the readers differ
OUTVOTED, DIFFER = 0.6, 0.1  # digits of a contract or a serial on which the readers differ: with a third voice, without
DIFFER_DATE = 0.5


def field_of(found: Found, confidence: float) -> Field:
    """What was found as a field that nothing has made certain yet."""
    field = Field(found.value, round(confidence, 4), found.page, found.box, False, found.note, found.alternatives)
    return with_repair(field, found, RepairReason.LOOKALIKE)
