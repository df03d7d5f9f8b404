"""The quantity by contract load for a month without a report: three methods, each with what it was computed from.

The announcement (3.4) names the load and no formula; docs/calendar.md, "The estimate", has the formulas and where they come from.
Every figure of an Estimate is the figure that was computed with, so that a reader gets the same result from the letter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from metering.periods import Period

HOURS = Decimal(24)
_DEGREES = Decimal("0.1")


class EstimateMethod(StrEnum):
    """How a contract's consumption is computed where no report came; the register names it for each contract."""

    MONTHLY_PLAN = "monthly_plan"
    FLAT = "flat"
    WEATHER = "weather"


class Load(StrEnum):
    """The loads that a contract sets apart."""

    HEATING = "heating"
    VENTILATION = "ventilation"
    HOT_WATER = "hot_water"


class EstimateNote(StrEnum):
    """What a reader must know of an estimate besides its formula."""

    PLAN_MISSING = "plan_missing"  # the plan has no value for the month: computed flat
    TEMPERATURES_MISSING = "temperatures_missing"  # none is known: computed flat
    TEMPERATURES_PARTIAL = "temperatures_partial"  # of some heating days only
    SEASON_ASSUMED = "season_assumed"  # the season's dates are not all known: the usual ones were taken


@dataclass(frozen=True, slots=True)
class LoadTerms:
    """What contract, annex and settings say of one contract. Loads in Gcal/h, temperatures in °C.

    indoor, design: of the heated rooms, and of the coldest five days; ventilation_design, ventilation_hours: the same for
    ventilation, and its working hours a day; summer_factor: of the hot water load outside the season.
    """

    method: EstimateMethod
    heating: Decimal
    ventilation: Decimal | None = None
    hot_water: Decimal | None = None
    indoor: Decimal = Decimal(18)
    design: Decimal = Decimal(-14)
    ventilation_design: Decimal = Decimal(-14)
    ventilation_hours: Decimal = Decimal(16)
    summer_factor: Decimal = Decimal("0.8")

    def __post_init__(self) -> None:
        if self.indoor <= max(self.design, self.ventilation_design):
            raise ValueError("the design temperature lies below the indoor temperature")


@dataclass(frozen=True, slots=True)
class HeatingSeason:
    """One season as it was decreed, for a class of objects; ends: its last day, None while it is not set."""

    object_class: str
    starts: dt.date
    ends: dt.date | None = None


@dataclass(frozen=True, slots=True)
class UsualSeason:
    """When heating usually begins and ends, as (month, day): taken where no season is known."""

    starts: tuple[int, int] = (11, 1)
    ends: tuple[int, int] = (3, 20)


@dataclass(frozen=True, slots=True)
class MonthlyPlan:
    """The quantities of one month in the contract's annex, Gcal. heat: heating and ventilation together."""

    heat: Decimal
    hot_water: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is known of one period. temperatures: mean outdoor temperature by day, of as many days as are known."""

    heating_days: tuple[dt.date, ...]
    season_assumed: bool = False
    temperatures: Mapping[dt.date, Decimal] | None = None
    plan: MonthlyPlan | None = None


@dataclass(frozen=True, slots=True)
class EstimatePart:
    """One line of the sum. gcal = rate × hours × days, × factor, × (indoor − outdoor) / (indoor − design) where these are given;
    of a plan only gcal is given, and `load` is heating for heating and ventilation together."""

    load: Load
    gcal: Decimal
    rate: Decimal | None = None
    hours: Decimal | None = None
    days: int | None = None
    factor: Decimal | None = None
    indoor: Decimal | None = None
    outdoor: Decimal | None = None
    design: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """The quantity for one contract and period, Gcal: the sum of its parts, less what was reported.

    set_off: what reports state for other heat meters, as far as it takes from the parts of heating and ventilation, since the
    contract sets its load for all heat meters together. method: that it was computed by; a note says where it is not the contract's.
    known_days: heating days whose temperature is known, of all heating_days.
    """

    contract_number: str
    period: Period
    method: EstimateMethod
    gcal: Decimal
    parts: tuple[EstimatePart, ...]
    notes: tuple[EstimateNote, ...] = ()
    heating_days: int = 0
    known_days: int = 0
    set_off: Decimal | None = None

    def less(self, reported: Decimal) -> Estimate:
        """The same estimate with the heat that was reported set off against it."""
        heat = sum((part.gcal for part in self.parts if part.load is not Load.HOT_WATER), Decimal(0))
        kept = min(reported, heat).quantize(self.gcal, ROUND_HALF_UP)
        return replace(self, gcal=self.gcal - kept, set_off=kept)


ALL_LOADS = frozenset(Load)


def heating_days(period: Period, seasons: Iterable[HeatingSeason], usual: UsualSeason) -> tuple[tuple[dt.date, ...], bool]:
    """The days of the period on which heating is on, and whether the usual dates were taken for want of decreed ones.

    seasons: those of the contract's class of objects. A season belongs to the heating year, from July to June, that it begins in.
    """
    year = period.year if period.month >= 7 else period.year - 1
    usual_start, usual_end = dt.date(year, *usual.starts), dt.date(year + 1, *usual.ends)
    first_of_year, last_of_year = dt.date(year, 7, 1), dt.date(year + 1, 6, 30)
    known = [season for season in seasons if first_of_year <= season.starts <= last_of_year]
    spans = [(season.starts, season.ends or max(usual_end, season.starts)) for season in known] or [(usual_start, usual_end)]
    days = _days(period)
    heated = tuple(day for day in days if any(starts <= day <= ends for starts, ends in spans))
    # Only where an unknown first or last day could lie in this month does it matter that it is unknown.
    starts, ends = Period.of(usual_start), Period.of(usual_end)
    open_end = any(season.ends is None for season in known) and period >= ends
    return heated, open_end or (not known and period in (starts.previous(), starts, ends, ends.next()))


def estimate(
    number: str, period: Period, terms: LoadTerms, conditions: Conditions, loads: frozenset[Load] = ALL_LOADS, decimals: int = 2
) -> Estimate:
    """What the contract is charged for these loads in the period if nothing is reported. Each part is rounded half up."""
    notes: list[EstimateNote] = []
    method = terms.method
    outdoor, known = _outdoor(conditions)
    if method is EstimateMethod.MONTHLY_PLAN and conditions.plan is None:
        method = EstimateMethod.FLAT
        notes.append(EstimateNote.PLAN_MISSING)
    if method is EstimateMethod.WEATHER and conditions.heating_days and outdoor is None:
        method = EstimateMethod.FLAT
        notes.append(EstimateNote.TEMPERATURES_MISSING)
    if method is EstimateMethod.WEATHER and outdoor is not None and known < len(conditions.heating_days):
        notes.append(EstimateNote.TEMPERATURES_PARTIAL)
    if method is EstimateMethod.MONTHLY_PLAN and conditions.plan is not None:
        parts = _planned(conditions.plan)
    else:
        weather = outdoor if method is EstimateMethod.WEATHER else None
        parts = [*_heat(terms, len(conditions.heating_days), weather), *_hot_water(terms, period, len(conditions.heating_days))]
        if conditions.season_assumed:
            notes.append(EstimateNote.SEASON_ASSUMED)
    chosen = tuple(_rounded(part, decimals) for part in parts if part.load in loads)
    total = sum((part.gcal for part in chosen), Decimal(0)).quantize(Decimal(1).scaleb(-decimals))
    return Estimate(number, period, method, total, chosen, tuple(notes), len(conditions.heating_days), known)


def _days(period: Period) -> list[dt.date]:
    count = (period.next().first_day - period.first_day).days
    return [period.first_day + dt.timedelta(days=n) for n in range(count)]


def _outdoor(conditions: Conditions) -> tuple[Decimal | None, int]:
    """The mean temperature of the heating days, to a tenth of a degree, and of how many days it is known."""
    given = conditions.temperatures or {}
    known = [given[day] for day in conditions.heating_days if day in given]
    if not known:
        return None, 0
    return (sum(known, Decimal(0)) / len(known)).quantize(_DEGREES, ROUND_HALF_UP), len(known)


def _planned(plan: MonthlyPlan) -> list[EstimatePart]:
    hot_water = [] if plan.hot_water is None else [EstimatePart(Load.HOT_WATER, plan.hot_water)]
    return [EstimatePart(Load.HEATING, plan.heat), *hot_water]


def _heat(terms: LoadTerms, days: int, outdoor: Decimal | None) -> list[EstimatePart]:
    parts = [_heat_part(Load.HEATING, terms.heating, (HOURS, days), (terms.indoor, outdoor, terms.design))]
    if terms.ventilation:
        climate = (terms.indoor, outdoor, terms.ventilation_design)
        parts.append(_heat_part(Load.VENTILATION, terms.ventilation, (terms.ventilation_hours, days), climate))
    return parts


def _heat_part(load: Load, rate: Decimal, span: tuple[Decimal, int], climate: tuple[Decimal, Decimal | None, Decimal]) -> EstimatePart:
    hours, days = span
    indoor, outdoor, design = climate
    gcal = rate * hours * days
    if outdoor is None:
        return EstimatePart(load, gcal, rate, hours, days)
    gcal = gcal * max(indoor - outdoor, Decimal(0)) / (indoor - design)
    return EstimatePart(load, gcal, rate, hours, days, indoor=indoor, outdoor=outdoor, design=design)


def _hot_water(terms: LoadTerms, period: Period, heated: int) -> list[EstimatePart]:
    """Inside the season and outside it, a part each where the month has days of both."""
    if not terms.hot_water:
        return []
    summer = len(_days(period)) - heated
    parts = [EstimatePart(Load.HOT_WATER, terms.hot_water * HOURS * heated, terms.hot_water, HOURS, heated)] if heated else []
    if summer:
        gcal = terms.hot_water * HOURS * summer * terms.summer_factor
        parts.append(EstimatePart(Load.HOT_WATER, gcal, terms.hot_water, HOURS, summer, factor=terms.summer_factor))
    return parts


def _rounded(part: EstimatePart, decimals: int) -> EstimatePart:
    gcal = part.gcal.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return replace(part, gcal=gcal)
