"""Books a recalculation after a joint reading, and owes the customer word of it in the same transaction (docs/calendar.md)."""

from __future__ import annotations

from dataclasses import dataclass

from mailer import compose
from metering.contracts import Contract
from metering.periods import TASHKENT
from service.assembly import Service
from service.envelopes import message_ids
from storage import addresses, outbox, register
from storage.database import Transaction
from storage.outbox import Letter
from storage.recalculations import JointReading, Recalculation, add_recalculation
from storage.states import Priority
from templates.recalculation_letters import KIND, RecalculationFacts, render_recalculation_letter


@dataclass(frozen=True, slots=True)
class Booked:
    """told: whether a letter is owed; not where the register has no address at which somebody is."""

    recalculation: Recalculation
    told: bool


def book(service: Service, act: JointReading, actor: str) -> Booked:
    """Raises PermanentError as storage.recalculations.add_recalculation; then nothing is booked and nobody is written to."""
    now = service.clock()
    with service.database.transaction() as tx:
        made = add_recalculation(tx, act, actor, now)
        letter = _letter(tx, service, made, as_told=act.charged_gcal is None)
        return Booked(made, letter is not None and outbox.owe(tx, letter, now) is not None)


def _letter(tx: Transaction, service: Service, made: Recalculation, *, as_told: bool) -> Letter | None:
    """To the contract's first address where somebody is, as a notice; one a recalculation, by its key."""
    contract = register.contract(tx, made.contract_number)
    reached = [each for each in contract.emails if compose.can_be_written_to(each) and not addresses.is_dead(tx, each)] if contract else []
    if contract is None or not reached:
        return None
    mail, key = service.settings.mail, f"recalculation/{made.id}"
    message_id = message_ids(tx, service).make(key)
    rendered = render_recalculation_letter(_facts(service, contract, made, as_told))
    envelope = compose.Envelope(mail.display_name, mail.address, reached[0], message_id, service.clock().astimezone(TASHKENT))
    mime = compose.compose(rendered, envelope, None)
    return Letter(key, KIND, reached[0], "+".join(rendered.languages), message_id, mime, priority=Priority.CAMPAIGN)


def _facts(service: Service, contract: Contract, made: Recalculation, as_told: bool) -> RecalculationFacts:
    mail, cabinet = service.settings.mail, service.settings.web.public_url
    return RecalculationFacts(
        contract_number=made.contract_number,
        organization=contract.organization,
        period=made.period,
        booked_in=made.booked_in,
        act_number=made.act_number,
        act_date=made.act_date,
        charged=made.charged_gcal,
        actual=made.actual_gcal,
        indexes=tuple(made.indexes.items()),
        corrects=made.corrects is not None,
        as_told=as_told,
        languages=(contract.language,),
        utility=mail.display_name,
        address=mail.address,
        cabinet=f"{cabinet}/login" if cabinet else None,
    )
