"""What a contract is charged by its load if nothing is reported: looks up the terms and computes (docs/calendar.md, "The estimate")."""

from __future__ import annotations

import datetime as dt

from metering import estimates
from metering.contracts import Contract
from metering.errors import PermanentError
from metering.estimates import ALL_LOADS, Conditions, Estimate, Load, LoadTerms, UsualSeason
from metering.periods import Period
from service.config import EstimateSettings
from storage import reference, register
from storage.database import Transaction


def estimate(tx: Transaction, number: str, period: Period, settings: EstimateSettings, loads: frozenset[Load] = ALL_LOADS) -> Estimate:
    """The estimate of one contract and month, in Gcal, with all that it was computed from.

    Raises PermanentError for a contract that the register does not have, or an annex whose temperatures cannot be.
    """
    contract = register.contract(tx, number)
    if contract is None:
        raise PermanentError(f"the register has no contract {number}: see hisobot register import")
    annex = reference.annex(tx, number, period.last_day) or reference.Annex(period.first_day)
    terms = _terms(contract, annex, settings)
    year = period.year if period.month >= 7 else period.year - 1
    known = reference.seasons(tx, annex.object_class or reference.GENERAL, dt.date(year, 7, 1), dt.date(year + 1, 6, 30))
    usual = UsualSeason(_month_and_day(settings.usual_season_starts), _month_and_day(settings.usual_season_ends))
    days, assumed = estimates.heating_days(period, known, usual)
    conditions = Conditions(days, assumed, reference.temperatures(tx, period), reference.plan(tx, number, period))
    return estimates.estimate(number, period, terms, conditions, loads, settings.decimals)


def _terms(contract: Contract, annex: reference.Annex, settings: EstimateSettings) -> LoadTerms:
    """The annex comes before the settings, the register's method before theirs."""

    def given(name: str) -> object:
        own = getattr(annex, name)
        return getattr(settings, name) if own is None else own

    try:
        return LoadTerms(
            method=contract.estimate_method or settings.method,
            heating=contract.heat_load,
            ventilation=contract.ventilation_load,
            hot_water=contract.hot_water_load,
            indoor=given("indoor_temperature"),
            design=given("design_temperature"),
            ventilation_design=given("ventilation_design_temperature"),
            ventilation_hours=given("ventilation_hours"),
            summer_factor=settings.hot_water_summer_factor,
        )
    except ValueError as error:
        raise PermanentError(f"contract {contract.number}: {error}; look at its annex and at [estimates]") from None


def _month_and_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)
