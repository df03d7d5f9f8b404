"""Drafts of meters that are none of the report's: sums, what a calculator counts beside heat, the heating medium, days within a month."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from metering.units import MeterKind, Unit, is_energy
from parsers.page.found import NUMBERS, Draft, FoundTotal, closes
from parsers.page.marked import MarkedPage

#: A zero as a reader of pictures may leave those with a dot or a stroke («9.000», «0.0060»).
_TORN_ZERO = re.compile(r"[0689][.,][0689]{2,}")
_MANY = 8  # zeros of a column
_HOURS, _SHORTEST, _LONGEST = 24, 20, 62  # of a day; days between two readings


def only_meters(drafts: list[Draft], totals: list[FoundTotal], pages: list[MarkedPage]) -> list[Draft]:
    """The drafts that are meters of a report."""
    drafts = _without_other_sums(_without_hours(drafts))
    if all(page.ocr for page in pages):
        drafts = _without_beside(drafts)
    return _without_medium(_without_days(_without_unnamed(_without_sums(drafts, totals), pages)), pages)


def _without_sums(drafts: list[Draft], totals: list[FoundTotal]) -> list[Draft]:
    """A consumption without meter that restates a sum or another meter's consumption is no meter; nor is a row without a serial that adds
    up those of several meters, its indexes with them, or one without indexes that was given the serial of the row above."""
    lent = _with_serials_of_others(drafts)
    sums = _sums_of_several([d for d in drafts if id(d) not in lent])
    lent |= {id(d) for d in drafts if d.serial is None}
    drafts = [d for d in drafts if id(d) not in lent or d.consumption is None or Decimal(d.consumption.value) not in sums]
    full = [d for d in drafts if d.serial is not None or (d.previous is not None and d.current is not None)]
    if not full:
        return drafts
    told = Counter(Decimal(d.consumption.value) for d in full if d.consumption is not None)
    told.update(Decimal(t.value.value) for t in totals)
    told[sum((Decimal(d.consumption.value) for d in full if d.consumption is not None), Decimal(0))] += 1
    out = []
    for draft in drafts:
        lone = not any(draft is f for f in full)
        values = draft.numbers()
        bare = draft.unit is None and draft.serial is None and all("." not in v.value for v in values)
        if lone and (bare or all(Decimal(v.value) in told for v in values) or all(v.trust < 0.5 for v in values)):
            continue
        out.append(draft)
    return out


def _with_serials_of_others(drafts: list[Draft]) -> set[int]:
    """The ids of drafts that tell a consumption alone, under a serial of which another draft has the indexes."""
    whole = {d.serial.value for d in drafts if d.serial is not None and d.previous is not None and d.current is not None}
    bare = [d for d in drafts if d.serial is not None and d.previous is None and d.current is None]
    return {id(d) for d in bare if d.serial is not None and d.serial.value in whole}


def _without_other_sums(drafts: list[Draft]) -> list[Draft]:
    """Beside the heat whose integrators make the total of its days, integrators that were given the same days and make another sum are of
    a mass, whose name was misread."""
    used = [d.daily_total.value for d in drafts if d.daily_total and closes(d.previous, d.current, d.daily_total)]

    def is_of_mass(draft: Draft) -> bool:
        total, told = draft.daily_total, draft.consumption
        return total is not None and told is not None and total.value in used and Decimal(told.value) != Decimal(total.value)

    return [d for d in drafts if not is_of_mass(d)]


def _sums_of_several(drafts: list[Draft]) -> set[Decimal]:
    """The sums of the consumptions of meters with serials, where there are several: of all, and of those of one unit."""
    meters = [(d.unit, Decimal(d.consumption.value)) for d in drafts if d.serial is not None and d.consumption is not None]
    groups = [[used for unit, used in meters if only in (None, unit)] for only in (None, *{unit for unit, _ in meters if unit})]
    return {sum(group, Decimal(0)) for group in groups if len(group) > 1}


def _without_beside(drafts: list[Draft]) -> list[Draft]:
    """A serial that is printed once is one meter's: beside heat with its unit that adds up, numbers without a unit that were given the same
    one are what its calculator counts besides, hours or a mass."""
    shared = [d.serial.tokens for d in _whole_heat(drafts) if d.serial is not None]
    return [d for d in drafts if d.unit or d.daily or d.serial is None or not any(d.serial.tokens is tokens for tokens in shared)]


def _whole_heat(drafts: list[Draft]) -> list[Draft]:
    """Those of heat that have a serial and three numbers which add up."""
    return [d for d in drafts if d.serial and d.unit and is_energy(d.unit) and d.adds_up()]


def _without_hours(drafts: list[Draft]) -> list[Draft]:
    """A calculator counts its hours: beside heat that adds up, what rises by 24 for each day of about a month and has no unit and no serial
    of its own is time."""
    heat = _whole_heat(drafts)

    def is_beside(draft: Draft) -> bool:
        shared = draft.serial is None or any(h.serial is not None and h.serial.tokens is draft.serial.tokens for h in heat)
        return shared and draft.unit is None and not draft.daily and all(draft is not h for h in heat)

    return [d for d in drafts if not (heat and is_beside(d) and is_of_hours(d))]


def is_of_hours(draft: Draft) -> bool:
    """Whether what a meter used is 24 for each day of about a month."""
    used = draft.consumption.value if draft.consumption is not None else None
    if used is None and draft.previous is not None and draft.current is not None:
        used = str(Decimal(draft.current.value) - Decimal(draft.previous.value))
    days = Decimal(used or 0) / _HOURS
    return days == days.to_integral_value() and _SHORTEST <= days <= _LONGEST


def _without_unnamed(drafts: list[Draft], pages: list[MarkedPage]) -> list[Draft]:
    """Beside the heat of a printout whose days are there and whose integrators add up, indexes without a unit, a serial and a kind are a
    mass or hours, whose name was misread: on a picture with what was used, else without."""
    pictures = all(page.ocr for page in pages)
    if not _has_heat_of_days(drafts):
        return without_unused(drafts, picture=pictures)
    named = [d for d in drafts if d.daily or d.serial or d.unit or d.kind or (d.consumption is not None and not pictures)]
    return without_unused(named, picture=pictures)


def without_unused(drafts: list[Draft], *, picture: bool) -> list[Draft]:
    """Beside heat whose integrators add up a system of which every number is zero, without a serial of its own, is not in use: where the
    days of that heat are there, else where both ends and the difference are told and the calculator's one serial is all that it has."""
    shared = [d.serial.tokens for d in drafts if d.serial is not None and d.adds_up() and not _is_unused(d, False)]
    drafts = [d for d in drafts if not (_is_zero(d) and d.serial is not None and any(d.serial.tokens is tokens for tokens in shared))]
    if not _has_heat_of_days(drafts) or not any(d.serial for d in drafts):
        return drafts
    return [d for d in drafts if d.serial is not None or not _is_unused(d, picture)]


def _is_zero(draft: Draft) -> bool:
    """Whether both indexes and the consumption are told, and are zero."""
    values = draft.numbers()
    return len(values) == len(NUMBERS) and not any(Decimal(found.value) for found in values)


def _has_heat_of_days(drafts: list[Draft]) -> bool:
    return any(d.daily and d.adds_up() for d in drafts)


def _without_days(drafts: list[Draft]) -> list[Draft]:
    """Two rows of a journal, the last of them the day of the report, are no meter beside the one whose month is told below them."""

    def is_within(draft: Draft, whole: Draft) -> bool:
        if draft.serial or draft.consumption or draft.unit not in (None, whole.unit) or not (draft.previous and draft.current):
            return False
        if not whole.serial or not whole.previous or not whole.current or not whole.adds_up():
            return False
        start, end = Decimal(whole.previous.value), Decimal(whole.current.value)
        return start < Decimal(draft.previous.value) < end == Decimal(draft.current.value)

    return [d for d in drafts if not any(is_within(d, whole) for whole in drafts if whole is not d)]


def _is_unused(draft: Draft, picture: bool) -> bool:
    values = [*draft.numbers(), *draft.daily]
    zeros = sum(not Decimal(found.value) or (picture and _TORN_ZERO.fullmatch(found.value) is not None) for found in values)
    return bool(values) and (zeros == len(values) or (picture and zeros >= _MANY and zeros >= 0.9 * len(values)))


def _without_medium(drafts: list[Draft], pages: list[MarkedPage]) -> list[Draft]:
    """Cubic metres beside heat are the heating medium, no meter: they have no serial of their own, and nothing says hot water."""
    heat = [d for d in drafts if d.serial is not None and d.unit is not None and is_energy(d.unit) and d.has_value()]
    water = any(i.sort == "kind" and i.value is MeterKind.HOT_WATER for p in pages for i in p.items)

    def is_medium(draft: Draft) -> bool:
        if draft.unit is not Unit.M3 or draft.kind is MeterKind.HOT_WATER or (draft.kind is None and water):
            return False
        return draft.serial is None or any(draft.serial.value == d.serial.value for d in heat if d.serial is not None)

    return [d for d in drafts if not is_medium(d)] if heat else drafts
