"""Several photos, pages or attachments of one report put together: one submission a contract and period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from metering.pages import Mark
from metering.reports import Field, MeterLine, Report

_SINGLE = ("contract_number", "organization", "address", "inn", "report_date", "period", "position", "signatory")
_NUMBERS = ("previous", "current", "consumption")


def merge(reports: Sequence[Report]) -> list[Report]:
    """The reports of one message, those of one contract and period as one, in their order.

    A part without a contract number joins the others where they are of one contract only. Parts that contradict each other
    (another period, another value of the same meter) stay apart: a person sees both.
    """
    merged: list[Report] = []
    for report in [r for r in reports if r.contract_number is not None]:
        _place(merged, report, [m for m in merged if _number(m) == _number(report)])
    for report in [r for r in reports if r.contract_number is None]:
        _place(merged, report, merged if len({_number(m) for m in merged}) == 1 else [])
    return merged


def _place(merged: list[Report], report: Report, homes: list[Report]) -> None:
    home = next((h for h in homes if _fits(h, report)), None)
    if home is None:
        merged.append(report)
    else:
        merged[merged.index(home)] = _joined(home, report)


def _number(report: Report) -> str | None:
    return report.contract_number.value if report.contract_number is not None else None


def _fits(one: Report, two: Report) -> bool:
    for key in ("period", "inn"):
        a, b = getattr(one, key), getattr(two, key)
        if a is not None and b is not None and a.value != b.value:
            return False
    return not any(_contradict(a, b) for a in one.meters for b in two.meters)


def _same_meter(one: MeterLine, two: MeterLine) -> bool:
    return one.serial is not None and two.serial is not None and (one.serial.value, one.unit) == (two.serial.value, two.unit)


def _contradict(one: MeterLine, two: MeterLine) -> bool:
    if not _same_meter(one, two):
        return False
    pairs = [(getattr(one, n), getattr(two, n)) for n in _NUMBERS]
    return any(a is not None and b is not None and a.number != b.number for a, b in pairs)


def _joined(one: Report, two: Report) -> Report:
    first, second = one, two
    dates = {r.reading_date.value for r in (one, two) if r.reading_date is not None}
    if len(dates) > 1:  # each part's meters keep the date of their part
        first, second = (
            replace(r, meters=tuple(m if m.reading_date else replace(m, reading_date=r.reading_date) for m in r.meters)) for r in (one, two)
        )
    meters = list(first.meters)
    for meter in second.meters:
        place = next((n for n, m in enumerate(meters) if _same_meter(m, meter)), None)
        if place is None:
            meters.append(meter)
        else:
            meters[place] = _joined_meter(meters[place], meter)
    totals = (*first.totals, *(t for t in second.totals if t.value.value not in {u.value.value for u in first.totals}))
    return replace(
        first,
        files=(*first.files, *(f for f in second.files if f not in first.files)),
        pages=first.pages + second.pages,
        meters=tuple(meters),
        totals=totals,
        reading_date=max((d for d in (first.reading_date, second.reading_date) if d), key=lambda d: d.value, default=None),
        signature_present=_present(first.signature_present, second.signature_present),
        stamp_present=_present(first.stamp_present, second.stamp_present),
        handwritten=first.handwritten or second.handwritten,
        codes=tuple(dict.fromkeys((*first.codes, *second.codes))),
        **{key: _better(getattr(first, key), getattr(second, key)) for key in _SINGLE},
    )


def _joined_meter(one: MeterLine, two: MeterLine) -> MeterLine:
    fields = ("serial", "model", *_NUMBERS, "reading_date")
    better = {name: _better(getattr(one, name), getattr(two, name)) for name in fields}
    return replace(one, kind=one.kind or two.kind, daily=one.daily or two.daily, daily_total=one.daily_total or two.daily_total, **better)


def _better(one: Field | None, two: Field | None) -> Field | None:
    """The surer of two readings of a field; where they differ both stay open, the other as an alternative."""
    if one is None or two is None:
        return one or two
    chosen, other = (one, two) if (one.certain, one.confidence) >= (two.certain, two.confidence) else (two, one)
    if chosen.value == other.value:
        return chosen
    return replace(chosen, alternatives=tuple(dict.fromkeys((*chosen.alternatives, other.value))))


def _present(one: Mark, two: Mark) -> Mark:
    """Ink that is on one of the parts is on the report."""
    return max(one, two, key=lambda mark: (mark.value, mark.confidence))
