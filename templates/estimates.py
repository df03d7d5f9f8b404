"""How an estimate was computed, in words and figures: lines for letters and pages, each a formula that a reader can follow."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from metering.contracts import Language
from metering.estimates import Estimate, EstimateMethod, EstimatePart, Load
from templates.terms import number

_SPACE = "\N{NO-BREAK SPACE}"  # between a number and its unit


def estimate_quantity(estimate: Estimate, language: Language) -> str:
    """«47,95 Гкал», with a no-break space."""
    return _gcal(estimate.gcal, estimate_texts(language))


def estimate_lines(estimate: Estimate, language: Language) -> tuple[str, ...]:
    """The method in a sentence, then a line for each part: «Отопление: 0,125 Гкал/ч × 24 ч × 31 сут. = 93,00 Гкал»."""
    texts = estimate_texts(language)
    off = estimate.set_off
    less = () if off is None else (f"{texts['other']['set_off']}: −{_SPACE}{_gcal(off, texts)}",)
    return (texts["method"][estimate.method], *(_part(part, texts) for part in estimate.parts), *less)


def estimate_notes(estimate: Estimate, language: Language) -> tuple[str, ...]:
    """What else a reader should know: a season or temperatures that are not known yet, another method than the contract's."""
    texts = estimate_texts(language)
    blanks = {"known": estimate.known_days, "days": estimate.heating_days}
    said = [texts["note"][note].format(**blanks) for note in estimate.notes]
    if estimate.heating_days == 0 and estimate.method is not EstimateMethod.MONTHLY_PLAN:
        said.append(texts["note"]["no_heating"])
    return tuple(said)


@cache
def estimate_texts(language: Language) -> Mapping[str, Any]:
    return tomllib.loads(files("templates").joinpath("estimates", f"{language.value}.toml").read_text(encoding="utf-8"))


def _part(part: EstimatePart, texts: Mapping[str, Any]) -> str:
    name = texts["load"][part.load]
    if part.rate is None:
        planned = texts["load"]["heat"] if part.load is Load.HEATING else name
        return f"{planned}: {_gcal(part.gcal, texts)}"
    factors = [f"{number(part.rate)}{_SPACE}{texts['units']['rate']}"]
    if part.indoor is not None and part.outdoor is not None and part.design is not None:
        indoor = number(part.indoor)
        factors.append(f"({indoor} − {_degrees(part.outdoor)}) / ({indoor} − {_degrees(part.design)})")
    factors += [f"{number(part.hours or Decimal(0))}{_SPACE}{texts['units']['hours']}", f"{part.days}{_SPACE}{texts['units']['days']}"]
    if part.factor is not None:
        factors.append(number(part.factor))
    return f"{name}: {' × '.join(factors)} = {_gcal(part.gcal, texts)}"


def _gcal(quantity: Decimal, texts: Mapping[str, Any]) -> str:
    return f"{number(format(quantity, 'f'))}{_SPACE}{texts['units']['gcal']}"


def _degrees(temperature: Decimal) -> str:
    """A temperature that is subtracted: one below zero in brackets."""
    return f"(−{number(-temperature)})" if temperature < 0 else number(temperature)
