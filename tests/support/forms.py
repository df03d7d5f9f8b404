"""Forms for tests: of an invented contract, drawn as the product draws them, filled in by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random

import numpy as np

from documents.form import FormFacts, draw_form
from metering import form_layout as layout
from metering.contracts import AcceptedIndex, Contract, ContractStatus, Language, Meter
from metering.decisions import MeterRecord
from metering.forms import FormMeter
from metering.periods import Period
from metering.units import MeterKind, Unit
from tests.corpus import paper
from tests.support.filled_forms import Hand, fill, sign, split, stamp, write_text

KEY = b"a key for tests"
NOVEMBER = Period(2026, 11)
LAST = dt.date(2026, 10, 22)


def facts(meters: int = 2, language: Language = Language.RUSSIAN, organization: str = "ООО «Лола»", key: bytes = KEY) -> FormFacts:
    contract = Contract(
        "00421", organization, "г. Ташкент, ул. Навои, 5", "300000421", (), Decimal("0.35"), language, ContractStatus.ACTIVE
    )
    records = tuple(
        MeterRecord(
            Meter("00421", f"{1306457 + n}", "ТЭМ-104", MeterKind.HEAT, Unit.GCAL), AcceptedIndex(Decimal("1284.37") + n, LAST, "register")
        )
        for n in range(meters)
    )
    return FormFacts(contract, NOVEMBER, records, "metrology@teploenergo.uz", key)


def pictured(pdf: bytes, dots_per_inch: int = 200) -> np.ndarray:
    """The first page, height x width x 3, RGB."""
    return np.asarray(paper.pictures(pdf, dots_per_inch)[0]).copy()


def blank_form(meters: int = 2) -> np.ndarray:
    return pictured(draw_form(facts(meters)))


def fill_in(page: np.ndarray, numbers: list[tuple[str, str]], hand: Hand, random: Random, day: dt.date = dt.date(2026, 11, 23)) -> None:
    """Current index and consumption of each meter, the dates, position, name, signature and stamp."""
    for number, (current, consumption) in enumerate(numbers):
        places = layout.meter_places(number, FormMeter("", MeterKind.HEAT, Unit.GCAL))
        fill(page, places.current, split(current), hand, random)
        fill(page, places.consumption, split(consumption), hand, random)
    for comb in (layout.READING_DATE, layout.REPORT_DATE):
        fill(page, comb, (f"{day:%d}", f"{day:%m}", f"{day:%y}"), hand, random)
    write_text(page, layout.POSITION, "Главный энергетик", random)
    write_text(page, layout.SIGNATORY, "Каримов А.Б.", random)
    sign(page, layout.SIGNATURE, random)
    stamp(page, layout.STAMP, random)
