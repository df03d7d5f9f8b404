"""Kinds of meters, units of their indexes, and the exact way from a unit of energy to Gcal."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum


class MeterKind(StrEnum):
    """What a billing meter measures."""

    HEAT = "heat"
    HOT_WATER = "hot_water"


class Unit(StrEnum):
    """Unit of a meter's index, spelled as in the register file."""

    GCAL = "Gcal"
    GJ = "GJ"
    MWH = "MWh"
    KWH = "kWh"
    M3 = "m3"


#: Gcal in one unit, as exact fractions: 1 Gcal = 4.1868 GJ = 1.163 MWh (International Table calorie).
_UNITS_IN_ONE_GCAL = {
    Unit.GCAL: Decimal(1),
    Unit.GJ: Decimal("4.1868"),
    Unit.MWH: Decimal("1.163"),
    Unit.KWH: Decimal("1163"),
}


def is_energy(unit: Unit) -> bool:
    return unit in _UNITS_IN_ONE_GCAL


def to_gcal(quantity: Decimal, unit: Unit) -> Decimal | None:
    """The quantity in Gcal, rounded half-even to 6 decimals (a Gcal index itself is returned as it is); None for a volume."""
    if unit is Unit.GCAL:
        return quantity
    if unit not in _UNITS_IN_ONE_GCAL:
        return None
    return (quantity / _UNITS_IN_ONE_GCAL[unit]).quantize(Decimal("0.000001"))
