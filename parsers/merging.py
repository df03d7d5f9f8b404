"""Several photos, pages or attachments of one report put together: one submission a contract and period (docs/extraction.md, "Merging")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from metering.pages import Mark
from metering.reports import Field, MeterLine, Report
from parsers.requisites.inked import doubted
from parsers.wording.folding import fold

_SINGLE = ("contract_number", "organization", "address", "inn", "report_date", "period", "position", "signatory")
_NUMBERS = ("previous", "current", "consumption")
_METER_FIELDS = ("serial", "model", *_NUMBERS, "reading_date")
_NUMBER = re.compile(r"\d+(\.\d+)?")


def merge(reports: Sequence[Report]) -> list[Report]:
    """The reports of one message, those of one contract and period as one, in their order.

    A part without a contract number joins the report that it shares a meter, the INN or the name with, else the only one there is, else
    (a page without meters) the one that came before it. Parts that contradict each other (another period, another certain value of
    the same meter) stay apart: a person sees both. So do two that are each a report of other meters by itself: each is signed for
    itself. A photo of a display beside a report is evidence for it, never a second report.
    """
    merged: list[Report] = []
    displays = [report for report in reports if report.of_display]
    reports = [report for report in reports if not report.of_display]
    came_before: dict[int, int] = {}  # by the part's place: the report among `merged` that the last part with a number went to
    last: int | None = None
    for place, report in enumerate(reports):
        if report.contract_number is not None:
            homes = [n for n, m in enumerate(merged) if _number(m) == _number(report) or _is_misread(m, report)]
            last = _place(merged, report, [n for n in homes if not _are_two(merged[n], report, reports)])
        elif last is not None:
            came_before[place] = last
    for place, report in enumerate(reports):
        if report.contract_number is None:
            _place_unnumbered(merged, report, came_before.get(place))
    alone: list[Report] = []
    for display in displays:
        home = _home_of_display(merged, display)
        if home is not None:
            merged[home] = _beside(merged[home], display)
        elif alone:
            alone[0] = _joined(alone[0], display)
        else:
            alone.append(display)
    return merged + alone


def _home_of_display(merged: Sequence[Report], display: Report) -> int | None:
    """The report that the photo of a display stands beside: of its meter by serial, else by value, else the only one there is."""
    (shown,) = display.meters
    for is_its in (_of_one_serial, _of_one_value):
        homes = [n for n, report in enumerate(merged) if any(is_its(line, shown) for line in report.meters)]
        if len(homes) == 1:
            return homes[0]
    return 0 if len(merged) == 1 and merged[0].meters else None


def _of_one_serial(line: MeterLine, shown: MeterLine) -> bool:
    return line.serial is not None and shown.serial is not None and line.serial.value == shown.serial.value


def _of_one_value(line: MeterLine, shown: MeterLine) -> bool:
    return line.current is not None and shown.current is not None and line.current.number == shown.current.number


def _beside(report: Report, display: Report) -> Report:
    """The report with what a photo beside it shows: evidence, and never a reading."""
    files = (*report.files, *(f for f in display.files if f not in report.files))
    shown = _in_files(display, files)
    return replace(report, files=files, pages=report.pages + display.pages, displays=(*report.displays, *shown.meters))


def _place(merged: list[Report], report: Report, homes: Sequence[int]) -> int:
    """Where the report went: into the first of the homes that it fits, else behind all."""
    home = next((n for n in homes if _fits(merged[n], report)), None)
    if home is None:
        merged.append(report)
        return len(merged) - 1
    merged[home] = _joined(merged[home], report)
    return home


def _place_unnumbered(merged: list[Report], report: Report, before: int | None) -> None:
    numbers = {_number(m) for m in merged}
    if len(numbers) == 1:
        _place(merged, report, range(len(merged)))
        return
    kin = [n for n, m in enumerate(merged) if _is_kin(m, report)]
    if kin:
        _place(merged, report, kin if len({_number(merged[n]) for n in kin}) == 1 else ())
    elif before is not None and not report.meters and _has_anything(report):
        _place(merged, _tied_by_place(report), (before,))
    else:
        merged.append(report)


def _are_two(one: Report, two: Report, parts: Sequence[Report]) -> bool:
    """Whether two parts of one contract are a report each, of other meters: each says by itself all that a report does. Not where a third
    part holds them together, as a letter does its printouts: it lists meters of both, or is signed and has no meters of its own."""
    if not (_is_whole(one) and _is_whole(two)) or _share_a_meter(one, two):
        return False
    signed_for_all = any(part.signature_present.value for part in parts if not part.meters)
    return not signed_for_all and not any(_share_a_meter(part, one) and _share_a_meter(part, two) for part in parts)


def _is_whole(report: Report) -> bool:
    """Whether a part says whose meters it tells, of which month, and who signs for that. Whether he did is another question."""
    told = any(line.serial is not None and (line.current or line.consumption) is not None for line in report.meters)
    whose, when = report.organization or report.inn, report.period or report.reading_date
    return told and report.contract_number is not None and None not in (whose, when, report.position or report.signatory)


def _share_a_meter(one: Report, two: Report) -> bool:
    return any(_same_meter(a, b) for a in one.meters for b in two.meters)


def _number(report: Report) -> str | None:
    return report.contract_number.value if report.contract_number is not None else None


def _is_misread(one: Report, two: Report) -> bool:
    """Whether two contract numbers are one that was misread in a part: the parts state the same meter, and another reader saw it alike."""
    a, b = one.contract_number, two.contract_number
    if a is None or b is None or (a.certain and b.certain):
        return False
    alike = a.value in b.alternatives or b.value in a.alternatives or sum(x != y for x, y in zip(a.value, b.value, strict=False)) == 1
    return alike and any(_same_meter(x, y) and _agrees(x, y) for x in one.meters for y in two.meters)


def _is_kin(one: Report, two: Report) -> bool:
    """Whether a part without a number is of this report by what else it says."""
    if any(_same_meter(a, b) and not _contradict(a, b) for a in one.meters for b in two.meters):
        return True
    if one.inn is not None and two.inn is not None:
        return one.inn.value == two.inn.value
    names = [report.organization.value for report in (one, two) if report.organization is not None]
    return len(names) == 2 and _plain(names[0]) == _plain(names[1])


def _plain(name: str) -> str:
    return "".join(c for c in fold(name) if c.isalnum())


def _has_anything(report: Report) -> bool:
    """Whether a page without meters and number has to do with reports at all."""
    marks = report.signature_present.value or report.stamp_present.value
    return marks or any(getattr(report, name) is not None for name in _SINGLE)


def _tied_by_place(report: Report) -> Report:
    return replace(report, signature_present=doubted(report.signature_present), stamp_present=doubted(report.stamp_present))


def _fits(one: Report, two: Report) -> bool:
    if one.period is not None and two.period is not None and one.period.value != two.period.value:
        return False
    if one.inn is not None and two.inn is not None and one.inn.value != two.inn.value and one.inn.certain and two.inn.certain:
        return False
    return not any(_contradict(a, b) for a in one.meters for b in two.meters)


def _same_meter(one: MeterLine, two: MeterLine) -> bool:
    """One serial and no two units; or, where a serial was not read or not surely, the same three numbers."""
    if one.unit is not None and two.unit is not None and one.unit != two.unit:
        return False
    if one.serial is not None and two.serial is not None:
        if one.serial.value == two.serial.value:
            return True
        if one.serial.certain and two.serial.certain:
            return False
    return _agrees(one, two)


def _agrees(one: MeterLine, two: MeterLine) -> bool:
    pairs = [(getattr(one, n), getattr(two, n)) for n in _NUMBERS]
    return all(a is not None and b is not None and a.number == b.number for a, b in pairs)


def _contradict(one: MeterLine, two: MeterLine) -> bool:
    """Two certain values of one meter. A value that is not certain may be the other one misread: it joins, and stays open."""
    if not _same_meter(one, two):
        return False
    pairs = [(getattr(one, n), getattr(two, n)) for n in _NUMBERS]
    return any(a is not None and b is not None and a.number != b.number and a.certain and b.certain for a, b in pairs)


def _joined(one: Report, two: Report) -> Report:
    files = (*one.files, *(f for f in two.files if f not in one.files))
    first, second = one, _in_files(two, files)
    again = _share_a_meter(first, second)
    dates = {r.reading_date.value for r in (first, second) if r.reading_date is not None}
    if len(dates) > 1 and not again:  # each part's meters keep the date of their part
        first, second = (_with_own_dates(r) for r in (first, second))
        date = max((first.reading_date, second.reading_date), key=lambda d: d.value if d else "")
    else:
        date = _better(first.reading_date, second.reading_date)
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
        files=files,
        pages=first.pages + second.pages,
        meters=tuple(meters),
        totals=totals,
        reading_date=date,
        signature_present=_present(first.signature_present, second.signature_present),
        stamp_present=_present(first.stamp_present, second.stamp_present),
        handwritten=first.handwritten or second.handwritten,
        blank=first.blank | second.blank,
        displays=(*first.displays, *second.displays),
        unread_numbers=first.unread_numbers or second.unread_numbers,
        caution=first.caution or second.caution,
        pen_over=first.pen_over or second.pen_over,
        struck=first.struck | second.struck,
        codes=tuple(dict.fromkeys((*first.codes, *second.codes))),
        **{key: _better(getattr(first, key), getattr(second, key)) for key in _SINGLE},
    )


def _with_own_dates(report: Report) -> Report:
    return replace(report, meters=tuple(m if m.reading_date else replace(m, reading_date=report.reading_date) for m in report.meters))


def _in_files(report: Report, files: tuple[str, ...]) -> Report:
    """The report with the places of its files as they are among those of the whole."""

    def moved(field: Field | None) -> Field | None:
        return None if field is None else replace(field, file=files.index(report.files[field.file - 1]) + 1)

    def marked(mark: Mark) -> Mark:
        return replace(mark, file=files.index(report.files[mark.file - 1]) + 1)

    meters = tuple(replace(m, **{name: moved(getattr(m, name)) for name in _METER_FIELDS}) for m in report.meters)
    totals = tuple(replace(t, value=replace(t.value, file=files.index(report.files[t.value.file - 1]) + 1)) for t in report.totals)
    displays = tuple(replace(m, **{name: moved(getattr(m, name)) for name in _METER_FIELDS}) for m in report.displays)
    single = {name: moved(getattr(report, name)) for name in (*_SINGLE, "reading_date")}
    marks = {name: marked(getattr(report, name)) for name in ("signature_present", "stamp_present")}
    return replace(report, meters=meters, totals=totals, displays=displays, **single, **marks)


def _joined_meter(one: MeterLine, two: MeterLine) -> MeterLine:
    better = {name: _better(getattr(one, name), getattr(two, name)) for name in _METER_FIELDS}
    return replace(
        one,
        kind=one.kind or two.kind,
        unit=one.unit or two.unit,
        daily=one.daily or two.daily,
        daily_total=one.daily_total if one.daily_total is not None else two.daily_total,
        **better,
    )


def _better(one: Field | None, two: Field | None) -> Field | None:
    """The surer of two readings of a field. Where they differ and no reader of the other saw it so, it stays open, the other beside it."""
    if one is None or two is None:
        return one or two
    chosen, other = (one, two) if (one.certain, one.confidence) >= (two.certain, two.confidence) else (two, one)
    if chosen.value == other.value or _one_number(chosen, other):
        return chosen
    others = tuple(a for a in dict.fromkeys((*chosen.alternatives, other.value, *other.alternatives)) if a != chosen.value)
    seen = chosen.value in other.alternatives
    return replace(chosen, alternatives=others, certain=chosen.certain and seen, digits_sure=chosen.digits_sure and seen)


def _one_number(one: Field, two: Field) -> bool:
    """Whether two values are one number, told with more decimals here than there."""
    return "." in one.value + two.value and all(_NUMBER.fullmatch(f.value) for f in (one, two)) and one.number == two.number


def _present(one: Mark, two: Mark) -> Mark:
    """Ink that is on one of the parts is on the report; an absence is as sure as the least sure part."""
    if one.value or two.value:
        return max(one, two, key=lambda mark: (mark.value, mark.confidence))
    return min(one, two, key=lambda mark: mark.confidence)
