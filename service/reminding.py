"""The duty that owes the letters of the month: looks who is owed one, draws the forms, and puts the letters into the outbox.

It may be started twice, late, or after a week: what is owed is asked anew each time, a letter's key lets it be written once, and
a form is drawn outside of any transaction (docs/calendar.md, "Once, or not at all").
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from documents.form import draw_form
from metering.errors import PermanentError, TemporaryError
from service import notify
from service.assembly import Service
from service.campaign_letters import WITH_FORM, write
from service.campaigns import Owed, owed_now, survey
from service.forms import form_facts
from storage import ledger
from storage.campaigns import owe_campaign_letter

log = logging.getLogger(__name__)

LOOK_SECONDS = 30.0
LONGEST_PAUSE_SECONDS = 300.0

#: Draws a form from its facts.
Draw = Callable[..., bytes]


@dataclass(frozen=True, slots=True)
class Reminded:
    """What one pass did: letters put into the outbox, and contracts that are owed one and cannot be written to."""

    written: int
    unreachable: int


def remind_once(service: Service, draw: Draw = draw_form, stop: Callable[[], bool] = lambda: False) -> Reminded:
    """Owes every letter that is due now and not owed yet. Raises TemporaryError of the infrastructure; what was owed by then stays."""
    with service.database.reading() as tx:
        owed = list(survey(tx, service.settings, service.clock()))
    written = unreachable = 0
    for each in owed:
        if stop():
            break
        notify.alive()
        if each.recipient is None:
            unreachable += 1
        elif _owe(service, each, draw):
            written += 1
    if written or unreachable:
        log.info("letters of our own accord: %d owed, %d contracts cannot be written to", written, unreachable)
    return Reminded(written, unreachable)


def remind_forever(service: Service, stop: threading.Event) -> None:
    """Looks twice a minute until `stop` is set. Pauses while the infrastructure fails, 1 s doubling to 5 min."""
    pause = 1.0
    while not stop.is_set():
        notify.alive()
        try:
            remind_once(service, stop=stop.is_set)
            pause = 1.0
        except TemporaryError as error:
            log.error("paused: %s", error)
            stop.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            continue
        stop.wait(LOOK_SECONDS)


def _owe(service: Service, each: Owed, draw: Draw) -> bool:
    """Writes one letter, if it is still owed when its form is drawn."""
    form = _form(service, each, draw) if each.step.campaign in WITH_FORM else None
    number = each.standing.contract_number
    with service.database.transaction() as tx:
        ledger.lock_contract(tx, number)  # a report that is being settled comes before or after us, not in between
        now = service.clock()
        owed = owed_now(tx, service.settings, each.cause, now)
        if owed is None or owed.recipient is None:
            return False
        made = write(tx, service, owed, form)
        letter = owe_campaign_letter(tx, owed.cause, made.letter, made.estimate, now)
    if letter is not None:
        log.info("letter=%d kind=%s owed", letter, each.step.campaign)
    return letter is not None


def _form(service: Service, each: Owed, draw: Draw) -> bytes | None:
    """The prefilled form. A letter without one is better than none."""
    number = each.standing.contract_number
    try:
        with service.database.transaction() as tx:  # the key of the codes is made at first use
            facts = form_facts(tx, number, each.step.period, service.settings.mail.address)
        return draw(facts)
    except PermanentError as error:
        log.warning("contract=%s has a letter without its form: %s", number, error)
        return None
