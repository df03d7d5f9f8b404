"""The letter that tells of a recalculation after a joint reading (docs/letters.md, "Kinds")."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from metering.contracts import Language
from metering.periods import Period
from templates.letters import RenderedLetter, render

KIND = "recalculation"  # the folder of templates/letters/, and the letter's kind in the outbox


@dataclass(frozen=True, slots=True)
class RecalculationFacts:
    """period: that was charged; booked_in: whose settlement takes the difference in; charged, actual: Gcal before and by the act;
    indexes: (serial, index) as the act has them; corrects: an earlier recalculation of the month is put right; as_told: the charge is
    what an earlier letter told, the notice's estimate or that recalculation; cabinet: address of the login page, None without one."""

    contract_number: str
    organization: str
    period: Period
    booked_in: Period
    act_number: str
    act_date: dt.date
    charged: Decimal
    actual: Decimal
    indexes: tuple[tuple[str, str], ...]
    corrects: bool
    as_told: bool
    languages: tuple[Language, ...]
    utility: str
    address: str
    cabinet: str | None = None

    @property
    def difference(self) -> Decimal:
        return self.actual - self.charged

    @property
    def amounts(self) -> tuple[str, str, str]:
        """Before, by the act, and by how much they differ, without its sign."""
        before, by_act, differ = (format(value, "f") for value in (self.charged, self.actual, abs(self.difference)))
        return before, by_act, differ


def render_recalculation_letter(facts: RecalculationFacts) -> RenderedLetter:
    return render(KIND, facts)
