"""The letter that tells what a person decided about a report (docs/letters.md, "Kinds")."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from metering.contracts import Language
from metering.periods import Period
from metering.reviews import ReturnReason, Verdict
from templates.letters import ReadingLine, RenderedLetter, render

KIND = "decision"  # the folder of templates/letters/, and the letter's kind in the outbox


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """number, received_at: of the report that was decided on, as its receipt gave them; readings: as booked, of an acceptance;
    contract_number, period and readings are absent for somebody who may not speak for the contract; comment: what the person
    wrote; correct_until: the last day for a corrected report, None if it has passed; cabinet: it was typed there, not mailed;
    corrected: what had been booked by itself was put right after a check."""

    verdict: Verdict
    number: str
    received_at: dt.datetime
    languages: tuple[Language, ...]
    utility: str
    address: str
    contract_number: str | None = None
    period: Period | None = None
    readings: tuple[ReadingLine, ...] = ()
    reasons: tuple[ReturnReason, ...] = ()
    comment: str = ""
    correct_until: dt.date | None = None
    original_until: dt.date | None = None
    cabinet: bool = False
    corrected: bool = False


def render_decision_letter(facts: DecisionFacts) -> RenderedLetter:
    return render(KIND, facts)
