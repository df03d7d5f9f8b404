"""Who is owed a letter of our own accord, to which address and why; and whether an owed one is still true (docs/calendar.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mailer.compose import can_be_written_to
from metering.schedule import MAY_BE_UNSUBSCRIBED, Campaign, Step, open_steps, steps_of
from service.config import Settings
from service.days_off import days_off
from storage import addresses, campaigns, reported
from storage.campaigns import Cause
from storage.database import Transaction
from storage.outbox import LetterClaim
from storage.reported import Standing


@dataclass(frozen=True, slots=True)
class Owed:
    """One letter that is owed. recipient: None where nobody can be written to, and `unreachable` says why; why: what it is owed for."""

    step: Step
    standing: Standing
    recipient: str | None
    why: str
    unreachable: str = ""

    @property
    def cause(self) -> Cause:
        return campaigns.cause_of(self.step, self.standing.contract_number)


def steps_open(settings: Settings, now: dt.datetime) -> tuple[Step, ...]:
    """The letters that may go now; none of a period before `calendar.since`, and none at all until it is set."""
    since = settings.calendar.since
    if since is None:
        return ()
    return tuple(step for step in open_steps(now, settings.month_rules, days_off(settings.calendar)) if step.period >= since)


def step_of(settings: Settings, cause: Cause) -> Step | None:
    """The step that a letter was written for, by the settings of today; None where they have it no more."""
    steps = steps_of(cause.period, settings.month_rules(cause.period), days_off(settings.calendar))
    return next((step for step in steps if (step.campaign, step.name) == (cause.campaign, cause.step)), None)


def survey(tx: Transaction, settings: Settings, now: dt.datetime) -> Iterator[Owed]:
    """All letters that are owed now and not yet in the outbox, by step and contract."""
    steps = steps_open(settings, now)
    if not steps:
        return
    known = _Addresses(campaigns.active_contracts(tx), addresses.dead_addresses(tx), addresses.unsubscribed(tx))
    by_period = {period: reported.standings(tx, period) for period in {step.period for step in steps}}
    for step in steps:
        written = campaigns.owed_already(tx, step)
        for number, standing in by_period[step.period].items():
            why = reason(step.campaign, standing)
            if why is not None and number not in written:
                yield _owed(step, standing, known, why)


def owed_now(tx: Transaction, settings: Settings, cause: Cause, now: dt.datetime) -> Owed | None:
    """The same for one contract and step, to be asked in the transaction that writes the letter."""
    step = step_of(settings, cause)
    if step is None or not step.is_open(now):
        return None
    number = cause.contract_number
    standing = reported.standings(tx, cause.period, number).get(number)
    why = reason(cause.campaign, standing) if standing is not None else None
    if standing is None or why is None:
        return None
    known = _Addresses(campaigns.active_contracts(tx, number), addresses.dead_addresses(tx), addresses.unsubscribed(tx))
    return _owed(step, standing, known, why)


def objection(tx: Transaction, settings: Settings, claim: LetterClaim, now: dt.datetime) -> str | None:
    """Why a letter must not go any more, in a few words; None where it may. To be asked just before it is sent."""
    if claim.expires_at is not None and claim.expires_at <= now:
        return "out of date"
    if claim.kind not in set(Campaign):
        return None
    cause = campaigns.cause_of_letter(tx, claim.id)
    if cause is None:
        return None
    standing = reported.standings(tx, cause.period, cause.contract_number).get(cause.contract_number)
    if standing is None:
        return "the contract is not active, or has no meter in service"
    if reason(cause.campaign, standing) is None:
        return "the original was received" if cause.campaign is Campaign.ORIGINAL else "the report came"
    if addresses.is_dead(tx, claim.recipient):
        return "nobody is at this address"
    if cause.campaign in MAY_BE_UNSUBSCRIBED and addresses.is_unsubscribed(tx, claim.recipient, cause.contract_number):
        return "unsubscribed"
    return None


def reason(campaign: Campaign, standing: Standing) -> str | None:
    """Why a contract is owed a letter of this campaign, for the log and the dry run; None where it is owed none."""
    if campaign is Campaign.ORIGINAL:
        return "reported, and the paper original is not marked received" if standing.reported and not standing.original else None
    if not standing.missing:
        return None
    lacking = f"; the report lacked: {', '.join(finding.rule for finding in standing.lacks)}" if standing.lacks else ""
    return f"no report for {', '.join(meter.serial for meter in standing.missing)}{lacking}"


@dataclass(frozen=True, slots=True)
class _Addresses:
    by_contract: dict[str, tuple[str, ...]]
    dead: set[str]
    unsubscribed: set[tuple[str, str]]


def _owed(step: Step, standing: Standing, known: _Addresses, why: str) -> Owed:
    """To the first address of the register where somebody is, and who did not unsubscribe where that is possible."""
    number = standing.contract_number
    given = known.by_contract.get(number, ())
    tests: list[tuple[str, Callable[[str], bool]]] = [
        ("no address in the register", lambda address: True),
        ("no address that SMTP can name", can_be_written_to),
        ("nobody is at its addresses", lambda address: address not in known.dead),
    ]
    if step.campaign in MAY_BE_UNSUBSCRIBED:
        tests.append(("unsubscribed", lambda address: (address, number) not in known.unsubscribed))
    left = list(given)
    for fault, passes in tests:
        left = [address for address in left if passes(address)]
        if not left:
            return Owed(step, standing, None, why, fault)
    return Owed(step, standing, left[0], why)
