"""The same quantity told twice in two units (MWh and Gcal): one meter, in the unit of its indexes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from metering.units import Unit, is_energy, to_gcal
from parsers.meters.columns import Column
from parsers.page.found import NUMBERS, Draft, Found

_NEAR = Decimal("0.002")  # of a quantity: factors are rounded as people like (0.86, 0.8598)


def without_converted(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts without those that say again in another unit of energy what a draft before them says, with its serial or without one."""
    out: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.serial is None):
        if not any(_is_again(home, draft) for home in out):
            out.append(draft)
    return [draft for draft in drafts if any(draft is kept for kept in out)]


def _is_again(home: Draft, draft: Draft) -> bool:
    if home.unit is None or draft.unit is None or home.unit == draft.unit or not (is_energy(home.unit) and is_energy(draft.unit)):
        return False
    if draft.serial is not None and (home.serial is None or home.serial.value != draft.serial.value):
        return False
    told = [(getattr(home, name), getattr(draft, name)) for name in NUMBERS if getattr(draft, name) is not None]
    return bool(told) and all(one is not None and _converts(one, home.unit, two, draft.unit) for one, two in told)


def _converts(one: Found, unit: Unit, two: Found, other: Unit) -> bool:
    a, b = to_gcal(Decimal(one.value), unit), to_gcal(Decimal(two.value), other)
    return a is not None and b is not None and abs(a - b) <= max(_NEAR * abs(a), Decimal("0.01"))


def drop_restated(columns: Sequence[Column]) -> None:
    """Of two columns of one meaning and different units the one in the unit of most of the others stays: «Расход, МВт·ч | Расход, Гкал»."""
    units = [column.unit for column in columns if column.role in NUMBERS and column.unit is not None]
    if len(set(units)) < 2:
        return
    usual = max(dict.fromkeys(units), key=units.count)
    for role in NUMBERS:
        same = [column for column in columns if column.role == role]
        if len(same) > 1 and sum(column.unit == usual for column in same) == 1:
            for column in same:
                column.role = role if column.unit == usual else "other"
