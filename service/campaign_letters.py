"""Letters of our own accord: from who is owed one to the bytes in the outbox (docs/letters.md, docs/calendar.md)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from mailer import compose
from mailer.compose import Enclosed
from metering.contracts import Contract
from metering.decisions import MeterRecord
from metering.estimates import Estimate, Load
from metering.periods import TASHKENT
from metering.schedule import MAY_BE_UNSUBSCRIBED, Campaign
from metering.units import MeterKind
from service.assembly import Service
from service.campaigns import Owed
from service.days_off import days_off
from service.envelopes import message_ids
from service.estimates import estimate
from storage import register
from storage.database import Transaction
from storage.outbox import Letter
from storage.states import Priority
from templates.campaign_letters import CampaignFacts, MeterStanding, render_campaign_letter

UNSUBSCRIBE = "unsubscribe"  # purpose of the marks in addresses at which one unsubscribes
WITH_FORM = frozenset({Campaign.REMINDER, Campaign.NOTICE})  # of an original the customer has the paper

_LOADS = {MeterKind.HEAT: (Load.HEATING, Load.VENTILATION), MeterKind.HOT_WATER: (Load.HOT_WATER,)}


@dataclass(frozen=True, slots=True)
class Written:
    """A letter, and the estimate that it tells."""

    letter: Letter
    estimate: Estimate | None


def write(tx: Transaction, service: Service, owed: Owed, form: bytes | None) -> Written:
    """The letter that is owed, to be put into the outbox in this transaction. form: the prefilled form as PDF, where one goes with it."""
    if owed.recipient is None:
        raise ValueError("a letter needs somebody to be written to")
    number = owed.standing.contract_number
    contract = register.contract(tx, number)
    if contract is None:
        raise ValueError(f"the register has no contract {number}")
    told = _estimate(tx, service, owed) if owed.step.campaign is Campaign.NOTICE else None
    ids = message_ids(tx, service)
    key = owed.cause.key
    message_id = ids.make(key)
    cabinet = service.settings.web.public_url
    may_be = cabinet is not None and owed.step.campaign in MAY_BE_UNSUBSCRIBED
    unsubscribe = f"{cabinet}/unsubscribe/{ids.mark(message_id, UNSUBSCRIBE)}" if may_be else None
    facts = replace(_facts(tx, service, owed, contract), estimate=told, unsubscribe=unsubscribe, form=form is not None)
    rendered = render_campaign_letter(facts)
    mail = service.settings.mail
    envelope = compose.Envelope(mail.display_name, mail.address, owed.recipient, message_id, service.clock().astimezone(TASHKENT))
    enclosed = (Enclosed(f"hisobot-{number}-{owed.step.period}.pdf", "application/pdf", form),) if form else ()
    letter = Letter(
        key=key,
        kind=owed.step.campaign,
        recipient=owed.recipient,
        language="+".join(rendered.languages),
        message_id=message_id,
        mime=compose.compose(rendered, envelope, None, enclosed, unsubscribe),
        priority=Priority.CAMPAIGN,
        expires_at=owed.step.closes,
    )
    return Written(letter, told)


def _estimate(tx: Transaction, service: Service, owed: Owed) -> Estimate:
    """Of the loads whose meters are missing; what the contract's other heat meters were reported to have used is set off, since the
    contract sets its load for all of them together."""
    standing = owed.standing
    kinds = {meter.kind for meter in standing.missing}
    loads = frozenset(load for kind in kinds for load in _LOADS[kind])
    made = estimate(tx, standing.contract_number, owed.step.period, service.settings.estimates, loads)
    heat = [meter for meter in standing.meters if meter.kind is MeterKind.HEAT]
    partly = MeterKind.HEAT in kinds and any(meter not in standing.missing for meter in heat)
    return made.less(standing.heat_gcal) if partly and standing.heat_gcal > 0 else made


def _facts(tx: Transaction, service: Service, owed: Owed, contract: Contract) -> CampaignFacts:
    step, settings = owed.step, service.settings
    missing = {meter.serial for meter in owed.standing.missing}
    records = register.meters_of(tx, contract.number)
    today = service.clock().astimezone(TASHKENT).date()
    cabinet = settings.web.public_url
    return CampaignFacts(
        campaign=step.campaign,
        contract_number=contract.number,
        organization=contract.organization,
        period=step.period,
        languages=(contract.language,),
        utility=settings.mail.display_name,
        address=settings.mail.address,
        until=step.until,
        deadline=step.period.day(settings.month_rules(step.period).deadline_day),
        before=_working_day_before(service, step.until, today),
        today=step.campaign is Campaign.REMINDER and today == step.until,
        meters=tuple(_meter(records[meter.serial], meter.serial in missing) for meter in owed.standing.meters),
        lacks=owed.standing.lacks,
        cabinet=f"{cabinet}/login" if cabinet else None,
    )


def _working_day_before(service: Service, until: dt.date, today: dt.date) -> dt.date | None:
    """Where the day itself is a day off: the last working day before it, if that is still ahead."""
    is_day_off = days_off(service.settings.calendar)
    if not is_day_off(until):
        return None
    ahead = [day for n in range(1, (until - today).days) if not is_day_off(day := until - dt.timedelta(days=n))]
    return ahead[0] if ahead else None


def _meter(record: MeterRecord, missing: bool) -> MeterStanding:
    meter, last = record.meter, record.last_accepted
    index, date = (last.index, last.date) if last else (None, None)
    return MeterStanding(meter.serial, meter.kind, meter.unit, meter.model, index, date, missing)
