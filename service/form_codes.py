"""The codes of our report forms: the key of their seals, and what a sealed code proves about a report (docs/form.md, "The code")."""

from __future__ import annotations

from dataclasses import replace

from metering.forms import FormCode, is_sealed, parse_code
from metering.reports import Field, Report
from storage import facts
from storage.database import Transaction
from validation.evidence import confirm

KEY = "form_key"


def form_key(tx: Transaction) -> bytes:
    """This instance's key; made at first use. Forms that were printed under another key are not ours."""
    return facts.secret_of_instance(tx, KEY).encode()


def weigh_codes(tx: Transaction, report: Report) -> tuple[Report, bool]:
    """The report with what sealed codes prove made certain, and whether any code on it is to be doubted: then none proves anything.

    Doubtful is a code whose seal is not ours, and one beside which the page surely prints something else: a code of another form.
    """
    if not report.codes:
        return report, False
    key = form_key(tx)
    codes = [parse_code(text) for text in report.codes if is_sealed(text, key)]
    named = (report.contract_number, *(line.serial for line in report.meters))
    if len(codes) < len(report.codes) or any(field is not None and field.alternatives for field in named):
        return report, True
    return _proved(report, [code for code in codes if code is not None]), False


def _proved(report: Report, codes: list[FormCode]) -> Report:
    serials = {meter.serial for code in codes for meter in code.meters}
    return replace(
        report,
        contract_number=_certain(report.contract_number, {code.contract_number for code in codes}),
        period=_certain(report.period, {str(code.period) for code in codes}),
        meters=tuple(replace(line, serial=_certain(line.serial, serials)) for line in report.meters),
    )


def _certain(field: Field | None, sealed: set[str]) -> Field | None:
    """A value that a sealed code says is certain, unless something else was read for it on the page."""
    if field is None or field.value not in sealed or field.alternatives or field.certain:
        return field
    return replace(confirm(field, "the form's sealed code says so") or field, confidence=0.999)
