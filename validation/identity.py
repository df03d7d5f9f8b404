"""Is the report about the contract that it is bound to: number, INN, name, address, and the serials of its meters.

docs/rules.md, "Identity". A name that OCR garbled must not cost a person's time, and a page of somebody else must
never pass: what was read with certainty and differs is for review, what differs a little is a note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from metering.contracts import ContractStatus
from metering.decisions import BoundBy, Case, Severity
from metering.reports import Field, Report
from validation.likeness import address_likeness, organization_likeness
from validation.rules import Rule, Values
from validation.values import serial_of

#: Likeness from which two spellings count as one, and below which they count as clearly different (docs/rules.md, "Alike").
ALIKE = 0.75
CLEARLY_DIFFERENT = 0.6
#: From this confidence on, a text read by OCR may speak against the report.
TRUSTED_TEXT = 0.68
#: So many wrong digits of an INN that was not read with certainty may be OCR's.
_DIGITS_OCR_MAY_MISREAD = 2


def _nothing_read(report: Report, case: Case) -> Iterator[Values]:
    texts = (report.contract_number, report.organization, report.address, report.inn, report.reading_date, report.period)
    if not report.meters and all(field is None for field in texts):
        yield {}


def _contract_missing(report: Report, case: Case) -> Iterator[Values]:
    if case.contract_number is None:
        yield {}


def _contract_unknown(report: Report, case: Case) -> Iterator[Values]:
    if case.contract_number is not None and case.contract is None:
        yield {"contract": case.contract_number}


def _contract_terminated(report: Report, case: Case) -> Iterator[Values]:
    if case.contract is not None and case.contract.status is ContractStatus.TERMINATED:
        yield {"contract": case.contract.number}


def _contract_numbers_differ(report: Report, case: Case) -> Iterator[Values]:
    page = report.contract_number
    if page is not None and case.contract_number is not None and page.value != case.contract_number:
        yield {"contract": case.contract_number, "read": page.value}


def _mail_names_other_contract(report: Report, case: Case) -> Iterator[Values]:
    if case.contract_number is not None and case.mail_contract_numbers and case.contract_number not in case.mail_contract_numbers:
        yield {"contract": case.contract_number, "others": ", ".join(case.mail_contract_numbers)}


def _bound_by_serials(report: Report, case: Case) -> Iterator[Values]:
    if case.bound_by is BoundBy.SERIALS:
        yield {"contract": case.contract_number or ""}


def _number_only_in_mail(report: Report, case: Case) -> Iterator[Values]:
    if case.bound_by is BoundBy.MAIL and report.contract_number is None:
        yield {"contract": case.contract_number or ""}


def _form_code_invalid(report: Report, case: Case) -> Iterator[Values]:
    if case.form_code_invalid:
        yield {}


def _inn(report: Report, case: Case) -> tuple[Values, bool] | None:
    """The difference between the INN on the page and the contract's, and whether OCR cannot explain it; None without one."""
    if report.inn is None or case.contract is None or not case.contract.inn:
        return None
    read, ours = report.inn.value, case.contract.inn
    if read == ours or ours in report.inn.alternatives:
        return None
    wrong = sum(a != b for a, b in zip(read, ours, strict=False)) if len(read) == len(ours) else len(ours)
    clear = report.inn.certain or (report.inn.confidence >= TRUSTED_TEXT and wrong > _DIGITS_OCR_MAY_MISREAD)
    return {"read": read, "expected": ours}, clear


def _inn_differs(report: Report, case: Case) -> Iterator[Values]:
    if (found := _inn(report, case)) is not None and found[1]:
        yield found[0]


def _inn_unclear(report: Report, case: Case) -> Iterator[Values]:
    if (found := _inn(report, case)) is not None and not found[1]:
        yield found[0]


def _inn_agrees(report: Report, case: Case) -> bool:
    """Whether the page carries the contract's INN, which no two organisations share."""
    return case.contract is not None and report.inn is not None and report.inn.value == case.contract.inn


def _may_speak(field: Field, others_agree: bool) -> bool:
    """Whether a text that differs may hold up the report: read with certainty, or well and nothing else speaks for the contract."""
    return field.certain or (field.confidence >= TRUSTED_TEXT and not others_agree)


def _organization(report: Report, case: Case) -> tuple[Values, bool] | None:
    """The difference between the names, and whether it is clear; None where they are one name."""
    if report.organization is None or case.contract is None:
        return None
    likeness = organization_likeness(report.organization.value, case.contract.organization)
    if likeness >= ALIKE:
        return None
    clear = likeness < CLEARLY_DIFFERENT and _may_speak(report.organization, _inn_agrees(report, case))
    return {"read": report.organization.value, "expected": case.contract.organization}, clear


def _organization_differs(report: Report, case: Case) -> Iterator[Values]:
    if (found := _organization(report, case)) is not None and found[1]:
        yield found[0]


def _organization_unclear(report: Report, case: Case) -> Iterator[Values]:
    if (found := _organization(report, case)) is not None and not found[1]:
        yield found[0]


def _address(report: Report, case: Case) -> tuple[Values, bool] | None:
    """The difference between the addresses, and whether street and house both clearly differ; None where they are one."""
    if report.address is None or case.contract is None:
        return None
    streets, same_house = address_likeness(report.address.value, case.contract.address)
    if streets >= ALIKE and same_house:
        return None
    others_agree = _inn_agrees(report, case) or (report.organization is not None and _organization(report, case) is None)
    clear = streets < CLEARLY_DIFFERENT and not same_house and _may_speak(report.address, others_agree)
    return {"read": report.address.value, "expected": case.contract.address}, clear


def _address_differs(report: Report, case: Case) -> Iterator[Values]:
    if (found := _address(report, case)) is not None and found[1]:
        yield found[0]


def _address_unclear(report: Report, case: Case) -> Iterator[Values]:
    if (found := _address(report, case)) is not None and not found[1]:
        yield found[0]


def _serial_missing(report: Report, case: Case) -> Iterator[Values]:
    for place, line in enumerate(report.meters, start=1):
        if serial_of(line) is None:
            yield {"place": str(place)}


def _serial_unknown(report: Report, case: Case) -> Iterator[Values]:
    if case.contract is None:
        return
    for line in report.meters:
        serial = serial_of(line)
        if serial is not None and serial not in case.meters and serial not in case.strangers:
            yield {"serial": serial}


def _serial_of_other_contract(report: Report, case: Case) -> Iterator[Values]:
    for line in report.meters:
        serial = serial_of(line)
        if serial is not None and serial not in case.meters and serial in case.strangers:
            yield {"serial": serial, "other_contract": case.strangers[serial]}


def _serial_repeated(report: Report, case: Case) -> Iterator[Values]:
    for serial, times in Counter(serial_of(line) for line in report.meters).items():
        if serial is not None and times > 1:
            yield {"serial": serial}


RULES = (
    Rule("nothing_read", Severity.REVIEW, "Nothing of a report was read.", _nothing_read),
    Rule("contract_missing", Severity.REVIEW, "Neither page, mail nor meters name a contract.", _contract_missing),
    Rule("contract_unknown", Severity.REVIEW, "The register has no contract of this number.", _contract_unknown),
    Rule("contract_terminated", Severity.REVIEW, "The contract is terminated.", _contract_terminated),
    Rule(
        "contract_numbers_differ", Severity.REVIEW, "The page names another contract than the report is bound to.", _contract_numbers_differ
    ),
    Rule("bound_by_serials", Severity.REVIEW, "Only the serials of the meters tie the report to its contract.", _bound_by_serials),
    Rule(
        "form_code_invalid",
        Severity.REVIEW,
        "A form's code on the page is not ours, or the print beside it says otherwise.",
        _form_code_invalid,
    ),
    Rule("inn_differs", Severity.REVIEW, "The INN on the page is not the contract's.", _inn_differs),
    Rule("organization_differs", Severity.REVIEW, "The name on the page is clearly another organisation's.", _organization_differs),
    Rule("address_differs", Severity.REVIEW, "Street and house on the page are clearly not the contract's.", _address_differs),
    Rule("serial_missing", Severity.REVIEW, "A meter has no serial.", _serial_missing),
    Rule("serial_unknown", Severity.REVIEW, "A serial is not one of the contract's meters.", _serial_unknown),
    Rule("serial_of_other_contract", Severity.REVIEW, "A serial belongs to another contract.", _serial_of_other_contract),
    Rule("serial_repeated", Severity.REVIEW, "A serial stands on the report more than once.", _serial_repeated),
    Rule("number_only_in_mail", Severity.NOTE, "The contract number stands in the mail but not on the page.", _number_only_in_mail),
    Rule("mail_names_other_contract", Severity.NOTE, "The mail names another contract than the page.", _mail_names_other_contract),
    Rule("inn_unclear", Severity.NOTE, "The INN was read a little differently from the contract's.", _inn_unclear),
    Rule(
        "organization_unclear",
        Severity.NOTE,
        "The name was read differently from the contract's, not clearly another's.",
        _organization_unclear,
    ),
    Rule("address_unclear", Severity.NOTE, "The address was read differently from the contract's in part.", _address_unclear),
)
