"""What a report says: an invented customer, its meters and one month of consumption, with sums that close."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from metering.periods import Period
from metering.units import MeterKind, Unit, to_gcal
from tests.corpus.names import ADDRESSES, LEGAL_FORMS, MODELS, NAMES, POSITIONS, SURNAMES


@dataclass(frozen=True, slots=True)
class MeterFacts:
    """One meter and its month. Numbers are text with a decimal point, exactly the digits that the page prints."""

    serial: str
    model: str
    kind: MeterKind
    unit: Unit
    previous: str | None
    current: str | None
    consumption: str

    def truth(self) -> dict[str, str | None]:
        return {
            "serial": self.serial,
            "kind": self.kind.value,
            "unit": self.unit.value,
            "previous": self.previous,
            "current": self.current,
            "consumption": self.consumption,
        }


@dataclass(frozen=True, slots=True)
class Facts:
    """One report. `language` is ru, uz or uz_cyrl; `previous_date` is the day of the last month's reading."""

    contract_number: str
    organization: str
    address: str
    inn: str
    language: str
    email: str
    period: Period
    previous_date: dt.date
    reading_date: dt.date
    report_date: dt.date
    position: str
    signatory: str
    meters: tuple[MeterFacts, ...]
    signature_present: bool = True
    stamp_present: bool = True

    def truth(self) -> dict[str, object]:
        """The labels of the report, keyed as the truth files of `./run bench` are."""
        return {
            "contract_number": self.contract_number,
            "organization": self.organization,
            "address": self.address,
            "inn": self.inn,
            "report_date": self.report_date.isoformat(),
            "reading_date": self.reading_date.isoformat(),
            "period": str(self.period),
            "signatory": self.signatory,
            "position": self.position,
            "meters": [meter.truth() for meter in self.meters],
            "signature_present": self.signature_present,
            "stamp_present": self.stamp_present,
        }

    def load(self, random: Random) -> Decimal:
        """A contract load in Gcal/h that this month stays well under."""
        days = max(20, (self.reading_date - self.previous_date).days)
        gcal = sum((to_gcal(Decimal(m.consumption), m.unit) or Decimal(0) for m in self.meters if m.kind is MeterKind.HEAT), Decimal(0))
        return (gcal / (24 * days) * Decimal(random.randint(105, 190)) / 100 + Decimal("0.005")).quantize(Decimal("0.0001"))


_OFFICES = ("teplo", "buh", "office", "energetik", "zavhoz")
_DOMAINS = ("korxona", "pochta", "xat")
#: A usual month's consumption in that unit, from and to.
_SCALES = {
    Unit.GCAL: (Decimal("4"), Decimal("320")),
    Unit.GJ: (Decimal("15"), Decimal("1200")),
    Unit.MWH: (Decimal("5"), Decimal("400")),
    Unit.KWH: (Decimal("4000"), Decimal("90000")),
    Unit.M3: (Decimal("20"), Decimal("900")),
}


@dataclass(frozen=True, slots=True)
class Demand:
    """What a layout can hold."""

    most_meters: int = 3
    models: tuple[str, ...] = ()
    units: tuple[Unit, ...] = (Unit.GCAL, Unit.GCAL, Unit.GCAL, Unit.GCAL, Unit.GCAL, Unit.GJ, Unit.MWH, Unit.KWH)
    one_unit: bool = False
    hot_water: bool = True
    indexes: bool = True
    serial_end: str = ""  # what follows the digits of every serial


def invent(random: Random, language: str, demand: Demand, period: Period | None = None) -> Facts:
    """A report of that language; the same random state gives the same report."""
    period = period or random.choice([Period(2025, 11), Period(2025, 12), *(Period(2026, m) for m in (1, 2, 3, 10, 11))])
    reading_date = period.day(random.randint(17, 25))
    number = f"{random.randint(1, 29999):05d}"
    form = random.choice(LEGAL_FORMS[language])
    organization = form.format(random.choice(NAMES[language]))
    if "{" in form and random.random() < 0.1:
        organization = organization.replace("«", '"').replace("»", '"')
    given = random.choice(SURNAMES[language])
    signatory = f"{given[0]} {random.choice(given[1])}.{random.choice(given[1])}."
    return Facts(
        contract_number=number,
        organization=organization,
        address=_address(random, language),
        inn=f"{random.choice((2, 2, 2, 3))}{random.randint(0, 99999999):08d}",
        language=language,
        email=f"{random.choice(_OFFICES)}{number}@{random.choice(_DOMAINS)}.example",
        period=period,
        previous_date=period.previous().day(random.randint(20, 25)),
        reading_date=reading_date,
        report_date=min(reading_date + dt.timedelta(days=random.choice((0, 0, 1, 1, 2))), period.last_day),
        position=random.choice(POSITIONS[language]),
        signatory=signatory,
        meters=_meters(random, demand),
        signature_present=random.random() > 0.12,
        stamp_present=random.random() > 0.12,
    )


def complete(facts: Facts) -> Facts:
    """The same report signed and stamped."""
    return replace(facts, signature_present=True, stamp_present=True)


def _address(random: Random, language: str) -> str:
    districts, streets, pattern = ADDRESSES[language]
    return random.choice(pattern).format(random.choice(districts), random.choice(streets), random.randint(1, 199))


def _meters(random: Random, demand: Demand) -> tuple[MeterFacts, ...]:
    count = random.choices(range(1, demand.most_meters + 1), weights=[10, 5, 3, 1, 1, 1][: demand.most_meters])[0]
    unit = random.choice(demand.units)
    length = random.choice((6, 7, 8, 8, 8))
    meters: list[MeterFacts] = []
    for position in range(count):
        water = demand.hot_water and position == count - 1 and random.random() < (0.45 if count > 1 else 0.12)
        kind = MeterKind.HOT_WATER if water else MeterKind.HEAT
        its_unit = unit if demand.one_unit or not water else random.choice((Unit.M3, Unit.M3, unit))
        decimals = random.choice((2, 2, 2, 2, 3, 1)) if its_unit is not Unit.KWH else random.choice((0, 0, 1))
        if its_unit is Unit.M3:
            decimals = random.choice((2, 2, 0, 1, 3))
        model = random.choice(MODELS[MeterKind.HOT_WATER if its_unit is Unit.M3 else MeterKind.HEAT])
        meters.append(_month(random, (demand.models and random.choice(demand.models)) or model, kind, its_unit, decimals, length))
    if demand.serial_end:
        meters = [replace(m, serial=m.serial + demand.serial_end) for m in meters]
    if not demand.indexes:
        meters = [replace(m, previous=None, current=None) for m in meters]
    return tuple(meters)


def _month(random: Random, model: str, kind: MeterKind, unit: Unit, decimals: int, length: int) -> MeterFacts:
    step = Decimal(1).scaleb(-decimals)
    low, high = _SCALES[unit]
    digits = random.choice((2, 3, 4, 4, 5, 5, 6)) + (1 if unit is Unit.KWH else 0)
    previous = Decimal(random.randint(10 ** (digits - 1), 10**digits - 1)) + step * random.randint(0, 10**decimals - 1)
    consumption = (low + (high - low) * Decimal(random.randint(0, 10000)) / 10000).quantize(step)
    if kind is MeterKind.HOT_WATER and unit is not Unit.M3:
        consumption = (consumption / 5).quantize(step)
    current = previous + consumption
    serial = f"{random.randint(0 if length == 8 else 10 ** (length - 1), 10**length - 1):0{length}d}"
    return MeterFacts(serial, model, kind, unit, f"{previous:.{decimals}f}", f"{current:.{decimals}f}", f"{consumption:.{decimals}f}")
