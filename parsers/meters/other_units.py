"""Two units of energy given to the same numbers: indexes in Gcal whose difference is called so many GJ."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from metering.units import Unit, is_energy
from parsers.page.found import Draft, FoundTotal


def contradicting_units(drafts: Sequence[Draft], totals: Sequence[FoundTotal]) -> str:
    """The units of a meter whose numbers add up as they are, or of the meters and of the total that is the sum of their numbers; "" where
    none contradict. What is told in another unit as well has other numbers."""
    for draft in drafts:
        told = {unit for unit in (*draft.units, draft.unit) if unit is not None and is_energy(unit)}
        if len(told) > 1 and draft.adds_up():
            return _listed(told)
    heat = [draft for draft in drafts if draft.unit is not None and is_energy(draft.unit) and draft.consumption is not None]
    used = sum((Decimal(draft.consumption.value) for draft in heat if draft.consumption is not None), Decimal(0))
    units = {draft.unit for draft in heat if draft.unit is not None}
    for total in totals:
        if heat and total.unit is not None and is_energy(total.unit) and total.unit not in units and Decimal(total.value.value) == used:
            return _listed({*units, total.unit})
    return ""


def _listed(units: set[Unit]) -> str:
    return ", ".join(sorted(units))
