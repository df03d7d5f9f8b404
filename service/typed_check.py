"""What a person who is typing should know at once: is it a number, what was used, and is that likely.

The doubts are the rulebook's own, asked of what was typed so far, so that nothing is said here that the decision would not say.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median
from typing import Any

from metering.decisions import Case, Finding, MeterRecord, Severity, Source
from metering.periods import Period
from metering.units import to_gcal
from service.assembly import Service
from service.binding import Arrival, look_up
from service.typed import typed_report
from storage.database import Transaction
from validation.plausibility import INTEGER_DIGITS
from validation.rulebook import judge
from validation.values import last_digit, serial_of

DECIMALS = 2  # announcement 3.4 a: XXXXXX,XX
_MONTH_DAYS = Decimal(31)
#: Findings that say nothing to somebody who has not sent his readings yet, or that the page says in a better place.
_NOT_YET = frozenset({"coverage", "late", "attachment_unread", "same_values"})


class Slip(StrEnum):
    """Why what was typed is no index; each has a sentence on the page."""

    EMPTY = "empty"
    NO_NUMBER = "no_number"
    DIGITS = "digits"  # more before the comma than the meter has
    DECIMALS = "decimals"


@dataclass(frozen=True, slots=True)
class MeterCheck:
    """What can be told of one typed index. used: since the last one, in the meter's unit; gcal: the same, where it is energy;
    usual: a usual month's; times: how much more than that a month, rounded, None where it is near it; findings: the rulebook's."""

    used: Decimal | None
    gcal: Decimal | None
    usual: Decimal | None
    times: Decimal | None
    findings: tuple[Finding, ...]

    @property
    def is_doubtful(self) -> bool:
        return any(finding.severity is Severity.REVIEW for finding in self.findings)


def typed_index(text: str, record: MeterRecord) -> str | Slip:
    """The index with a decimal point, as typed otherwise: 1 234,5 is 1234.5. Spaces of all kinds and an apostrophe may part thousands."""
    plain = re.sub(r"[\s'’\u00a0\u202f]", "", text).replace(",", ".")
    if not plain:
        return Slip.EMPTY
    found = re.fullmatch(r"(\d+)(?:\.(\d*))?", plain, re.ASCII)
    if found is None:
        return Slip.NO_NUMBER
    whole, part = found[1].lstrip("0") or "0", found[2] or ""
    if len(whole) > digits_of(record):
        return Slip.DIGITS
    if len(part) > decimals_of(record):
        return Slip.DECIMALS
    return f"{whole}.{part}" if part else whole


def digits_of(record: MeterRecord) -> int:
    return record.meter.digits or INTEGER_DIGITS


def decimals_of(record: MeterRecord) -> int:
    """The announcement's two, or as many as the last index has: without them it could not be reached again."""
    last = record.last_accepted
    return max(DECIMALS, -int(last_digit(last.index).adjusted())) if last is not None else DECIMALS


def typed_meter(record: MeterRecord, current: str, previous: str | None = None) -> dict[str, Any]:
    """One meter of an entry (docs/formats.md). previous: what the page showed as the last index, or what was typed for it."""
    meter = record.meter
    used = format(Decimal(current) - Decimal(previous), "f") if previous is not None else None
    return {
        "serial": meter.serial,
        "kind": meter.kind.value,
        "unit": meter.unit.value,
        "previous": previous,
        "current": current,
        "consumption": used,
    }


def check(
    tx: Transaction, service: Service, contract_number: str, period: Period, reading_date: dt.date, meters: Sequence[dict[str, Any]]
) -> dict[str, MeterCheck]:
    """By serial, what can be told of an entry as it is now; findings that name no meter stand with the first of them."""
    given = {"contract_number": contract_number, "period": str(period), "reading_date": reading_date.isoformat(), "meters": list(meters)}
    report, case = look_up(tx, typed_report(given), Arrival(Source.CABINET, service.clock()), service.settings.rules.policy())
    findings = [finding for finding in judge(report, case).findings if finding.rule not in _NOT_YET]
    named = {serial for line in report.meters if (serial := serial_of(line))}
    checks: dict[str, MeterCheck] = {}
    for place, meter in enumerate(meters):
        serial = meter["serial"]
        own = [f for f in findings if f.values.get("serial") == serial or (place == 0 and f.values.get("serial") not in named)]
        checks[serial] = _checked(meter, case, reading_date, tuple(own))
    return checks


def usual_month(record: MeterRecord) -> Decimal | None:
    """The middle one of the last twelve consumptions, None where there is no history to speak of."""
    known = [value for _, value in record.consumptions[-12:]]
    return median(known) if len(known) >= 3 and median(known) > 0 else None


def _checked(meter: dict[str, Any], case: Case, day: dt.date, findings: tuple[Finding, ...]) -> MeterCheck:
    record = case.meters.get(meter["serial"])
    used = Decimal(meter["consumption"]) if meter["consumption"] is not None else None
    if record is None or used is None or used < 0:
        return MeterCheck(None, None, None, None, findings)
    gcal = to_gcal(used, record.meter.unit)
    usual = usual_month(record)
    last = record.last_accepted
    months = max(Decimal((day - last.date).days) / _MONTH_DAYS, Decimal(1)) if last is not None else Decimal(1)
    times = (used / (usual * months)).quantize(Decimal("0.1")) if usual else None
    near = times is None or Decimal("0.5") <= times < 2
    return MeterCheck(used, gcal, usual, None if near else times, findings)
