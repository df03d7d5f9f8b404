"""The letters that we write of our own accord: a reminder, the notice behind the deadline, the reminder of the paper original."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from metering.contracts import Language
from metering.decisions import Finding
from metering.estimates import Estimate
from metering.periods import Period
from metering.schedule import Campaign
from metering.units import MeterKind, Unit
from templates.findings import Audience, finding_text
from templates.letters import RenderedLetter, render


@dataclass(frozen=True, slots=True)
class MeterStanding:
    """A meter of the contract: its last index that counts, and whether its reading of the month is missing."""

    serial: str
    kind: MeterKind
    unit: Unit
    model: str
    index: Decimal | None
    date: dt.date | None
    missing: bool

    @property
    def index_text(self) -> str:
        return "" if self.index is None else format(self.index, "f")


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """All that such a letter says.

    until: the day that it is about, of a notice the last day for a late report; deadline: of the month's report; before: the last
    working day before `until` where that is a day off, else None; today: it goes on that very day. lacks: what an incomplete report
    lacked. estimate: of a notice. cabinet: address of the login page, unsubscribe: where one click ends such letters; None without a
    cabinet. form: the prefilled form goes with it.
    """

    campaign: Campaign
    contract_number: str
    organization: str
    period: Period
    languages: tuple[Language, ...]
    utility: str
    address: str
    until: dt.date
    deadline: dt.date
    before: dt.date | None = None
    today: bool = False
    meters: tuple[MeterStanding, ...] = ()
    lacks: tuple[Finding, ...] = ()
    estimate: Estimate | None = None
    cabinet: str | None = None
    unsubscribe: str | None = None
    form: bool = False

    @property
    def missing(self) -> tuple[MeterStanding, ...]:
        return tuple(meter for meter in self.meters if meter.missing)

    @property
    def partly(self) -> bool:
        """Whether some of the meters are reported."""
        return 0 < len(self.missing) < len(self.meters)


def render_campaign_letter(facts: CampaignFacts) -> RenderedLetter:
    return render(facts.campaign, facts, partial(finding_text, audience=Audience.CUSTOMER))
