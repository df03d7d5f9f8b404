"""The report form of a contract and month, prefilled from the register: what `hisobot form` prints and letters carry (docs/form.md)."""

from __future__ import annotations

from documents.form import FormFacts, draw_form
from metering.errors import PermanentError
from metering.periods import Period
from service.form_codes import form_key
from storage import register
from storage.database import Transaction


def make_form(tx: Transaction, number: str, period: Period, address: str) -> bytes:
    """The form as PDF; address: where it is to be mailed. Raises PermanentError for a contract that the register does not have,
    or that has no meter in that month."""
    return draw_form(form_facts(tx, number, period, address))


def form_facts(tx: Transaction, number: str, period: Period, address: str) -> FormFacts:
    """What the form is drawn from, which takes a good part of a second and no transaction. Raises PermanentError as above."""
    contract = register.contract(tx, number)
    if contract is None:
        raise PermanentError(f"the register has no contract {number}: see hisobot register import")
    meters = tuple(record for record in register.meters_of(tx, number).values() if record.meter.bills_in(period))
    return FormFacts(contract, period, meters, address, form_key(tx))
