"""What the utility's register knows: contracts, their meters, and who may speak for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from metering.estimates import EstimateMethod
from metering.periods import Period
from metering.units import MeterKind, Unit


class Language(StrEnum):
    """Language of the letters to a customer."""

    RUSSIAN = "ru"
    UZBEK = "uz"
    UZBEK_CYRILLIC = "uz_cyrl"


class ContractStatus(StrEnum):
    ACTIVE = "active"
    TERMINATED = "terminated"


@dataclass(frozen=True, slots=True)
class Contract:
    """One heat supply contract with an organisation.

    number: 5 digits, leading zeros significant (announcement 2.2); inn: 9 digits;
    heat_load: contract load, Gcal/h; emails: lower-cased addresses that may report for it. Loads of ventilation and hot water,
    Gcal/h, and the method of the estimate where the register names them.
    """

    number: str
    organization: str
    address: str
    inn: str
    emails: tuple[str, ...]
    heat_load: Decimal
    language: Language
    status: ContractStatus
    ventilation_load: Decimal | None = None
    hot_water_load: Decimal | None = None
    estimate_method: EstimateMethod | None = None


@dataclass(frozen=True, slots=True)
class AcceptedIndex:
    """The last index of a meter that counts, and its date: from the register or from the ledger, whichever is later."""

    index: Decimal
    date: dt.date
    source: str  # "register" | "ledger"


@dataclass(frozen=True, slots=True)
class Meter:
    """One billing meter. `serial` is text: leading zeros count."""

    contract_number: str
    serial: str
    model: str
    kind: MeterKind
    unit: Unit
    digits: int | None = None  # integer digits of its index, where the register says
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    verified_until: dt.date | None = None

    def bills_in(self, period: Period) -> bool:
        """Whether it is in service on any day of the month."""
        return (self.valid_from or dt.date.min) <= period.last_day and (self.valid_until or dt.date.max) >= period.first_day
