"""The report form of a contract as a PDF: prefilled, with a code and corner marks by which it is read back (docs/form.md)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import segno

from metering.contracts import Contract, Meter
from metering.decisions import MeterRecord
from metering.errors import PermanentError
from metering.forms import INTEGER_DIGITS, METERS_A_PAGE, MOST_DIGITS, FormCode, FormMeter
from metering.periods import Period
from templates.form import FormLine, FormPage, render_form

CORRECTION = "m"  # 15 % of a code may be lost; more would make its modules smaller on the same place

for _name in ("weasyprint", "fontTools"):
    logging.getLogger(_name).setLevel(logging.ERROR)  # they tell of fonts in every document


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What a form is made from. address: where it is to be mailed; key: of the codes' seals."""

    contract: Contract
    period: Period
    meters: tuple[MeterRecord, ...]
    address: str
    key: bytes


def draw_form(facts: FormFacts) -> bytes:
    """The form as PDF, METERS_A_PAGE meters a page. Raises PermanentError for a contract without meters."""
    if not facts.meters:
        raise PermanentError(f"contract {facts.contract.number} has no meters in the register: there is nothing to report")
    import weasyprint  # it takes longer to load than all the rest of the command line

    html = render_form(facts.contract, facts.period, _pages(facts), facts.address)
    return weasyprint.HTML(string=html, url_fetcher=_nothing).write_pdf()


def _pages(facts: FormFacts) -> tuple[FormPage, ...]:
    groups = [facts.meters[start : start + METERS_A_PAGE] for start in range(0, len(facts.meters), METERS_A_PAGE)]
    made = []
    for number, group in enumerate(groups, 1):
        meters = tuple(form_meter(record.meter) for record in group)
        code = FormCode(facts.contract.number, facts.period, meters, number, len(groups))
        made.append(FormPage(code, _lines(group), _drawing(code.sealed(facts.key))))
    return tuple(made)


def form_meter(meter: Meter) -> FormMeter:
    """What a form says of a meter: more boxes than the announcement asks for where its index has more digits."""
    return FormMeter(meter.serial, meter.kind, meter.unit, min(MOST_DIGITS, max(INTEGER_DIGITS, meter.digits or 0)))


def _lines(records: Sequence[MeterRecord]) -> tuple[FormLine, ...]:
    return tuple(
        FormLine(
            record.meter.serial,
            record.meter.model,
            record.meter.kind,
            record.meter.unit,
            record.last_accepted.index if record.last_accepted else None,
            record.last_accepted.date if record.last_accepted else None,
        )
        for record in records
    )


def _drawing(text: str) -> str:
    code = segno.make(text, error=CORRECTION, micro=False)
    return code.svg_inline(border=0, unit=None, omitsize=True, svgclass=None, lineclass=None)


def _nothing(address: str) -> dict[str, object]:
    """A form needs nothing from outside: names of the register must not fetch anything."""
    raise ValueError("a form loads nothing")
