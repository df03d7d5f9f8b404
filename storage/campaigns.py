"""Letters of our own accord: each at most once for a campaign, contract, period and step (docs/calendar.md, "Once, or not at all")."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from metering.contracts import ContractStatus
from metering.estimates import Estimate
from metering.periods import Period
from metering.schedule import Campaign, Step
from storage.database import Transaction
from storage.outbox import Letter, owe
from storage.tables import campaign_letters, contract_emails, contracts, estimates


@dataclass(frozen=True, slots=True)
class Cause:
    """What a letter of our own accord was written for."""

    campaign: Campaign
    contract_number: str
    period: Period
    step: str

    @property
    def key(self) -> str:
        """The outbox key."""
        return f"{self.campaign}/{self.contract_number}/{self.period}/{self.step}"


def cause_of(step: Step, number: str) -> Cause:
    return Cause(step.campaign, number, step.period, step.name)


def owe_campaign_letter(tx: Transaction, cause: Cause, letter: Letter, estimate: Estimate | None, now: dt.datetime) -> int | None:
    """Puts the letter and what it was written for into the outbox, with the estimate that it tells; None if it is there already."""
    number = owe(tx, letter, now)
    if number is None:
        return None
    row = {"campaign": cause.campaign, "contract_number": cause.contract_number, "period": cause.period, "step": cause.step}
    tx.execute(campaign_letters.insert().values({"letter": number, **row}))
    if estimate is not None:
        told = {"letter": number, "contract_number": cause.contract_number, "period": cause.period, "made_at": now}
        tx.execute(estimates.insert().values({**told, "method": estimate.method, "gcal": estimate.gcal, "details": _details(estimate)}))
    return number


def owed_already(tx: Transaction, step: Step) -> set[str]:
    """Contracts that have this letter, sent or not."""
    chosen = sa.select(campaign_letters.c.contract_number).where(campaign_letters.c.campaign == step.campaign)
    return set(tx.scalars(chosen.where(campaign_letters.c.period == step.period, campaign_letters.c.step == step.name)))


def cause_of_letter(tx: Transaction, letter: int) -> Cause | None:
    """What a letter was written for; None for an answer."""
    row = tx.execute(sa.select(campaign_letters).where(campaign_letters.c.letter == letter)).first()
    return None if row is None else Cause(row.campaign, row.contract_number, row.period, row.step)


def latest_estimate(tx: Transaction, number: str, period: Period) -> sa.Row | None:
    """The row of the estimate that the contract was last told for the period: `id`, `gcal`, `method`, `made_at`."""
    chosen = sa.select(estimates).where(estimates.c.contract_number == number, estimates.c.period == period)
    return tx.execute(chosen.order_by(estimates.c.id.desc()).limit(1)).first()


def active_contracts(tx: Transaction, number: str | None = None) -> dict[str, tuple[str, ...]]:
    """Active contracts by number, or one of them, with their addresses in the register's order."""
    active = sa.select(contracts.c.number).where(contracts.c.status == ContractStatus.ACTIVE).order_by(contracts.c.number)
    chosen = sa.select(contract_emails.c.contract_number, contract_emails.c.address)
    chosen = chosen.order_by(contract_emails.c.contract_number, contract_emails.c.position)
    if number is not None:
        active, chosen = active.where(contracts.c.number == number), chosen.where(contract_emails.c.contract_number == number)
    found: dict[str, tuple[str, ...]] = dict.fromkeys(tx.scalars(active), ())
    for each, address in tx.execute(chosen):
        if each in found:
            found[each] = (*found[each], address)
    return found


def _details(estimate: Estimate) -> dict[str, object]:
    def said(value: object) -> object:
        return value if value is None or isinstance(value, int) else str(value)

    parts = [{name: said(getattr(part, name)) for name in part.__slots__} for part in estimate.parts]
    return {"parts": parts, "notes": [note.value for note in estimate.notes], "set_off": said(estimate.set_off)}
