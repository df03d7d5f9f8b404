"""What waits for a person, and what the person may say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class ReviewKind(StrEnum):
    """Why a report is looked at by a person."""

    REVIEW = "review"  # a rule, or what was read, asks for it
    INCOMPLETE = "incomplete"  # a requisite is missing
    AUDIT = "audit"  # booked by itself, and drawn to be checked


class Verdict(StrEnum):
    """What the person decided."""

    ACCEPT = "accept"
    RETURN = "return"  # to the sender, with reasons
    DUPLICATE = "duplicate"
    NOT_A_REPORT = "not_a_report"
    AGREE = "agree"  # of an audit: what was booked is right


class ReturnReason(StrEnum):
    """Why a report goes back, each with a sentence of its own in the letter (templates/letters/decision/)."""

    UNREADABLE = "unreadable"
    VALUES_DOUBTFUL = "values_doubtful"
    SUMS_DIFFER = "sums_differ"
    BELOW_PREVIOUS = "below_previous"
    CONSUMPTION_UNUSUAL = "consumption_unusual"
    SIGNATURE_MISSING = "signature_missing"
    STAMP_MISSING = "stamp_missing"
    REQUISITES_MISSING = "requisites_missing"
    CONTRACT_WRONG = "contract_wrong"
    METER_WRONG = "meter_wrong"
    PERIOD_WRONG = "period_wrong"
    CONFLICT = "conflict"
    NOT_CONNECTED = "not_connected"  # the sender may not speak for the contract


@dataclass(frozen=True, slots=True)
class ReviewOrder:
    """That a report is to be looked at. due_on: the working day by which its sender was promised an answer;
    certainty: of the least certain value that decides, in percent; 0 where one was not read at all."""

    kind: ReviewKind
    due_on: dt.date
    certainty: int
