"""A good report and its case, and small ways to spoil one thing at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from metering.contracts import AcceptedIndex, Contract, ContractStatus, Language, Meter
from metering.decisions import BookedReading, BoundBy, Case, EarlierSubmission, MeterRecord, Outcome, Source
from metering.pages import Mark
from metering.periods import TASHKENT, Period
from metering.reports import Field, MeterLine, Report
from metering.senders import Sender, Tier
from metering.units import MeterKind, Unit

OCTOBER = Period(2026, 10)
RECEIVED = dt.datetime(2026, 10, 22, 10, 15, tzinfo=TASHKENT)
LAST_DATE = dt.date(2026, 9, 22)
HEAT, WATER = "1306457", "00021544"
SENDER = Sender("hisob@chinor.example", Tier.A, "dmarc=pass")


def read(value: str, *, certain: bool = True, confidence: float = 0.99, alternatives: tuple[str, ...] = ()) -> Field:
    return Field(value, confidence, 1, None, certain, alternatives=alternatives)


def heat_line(**changes: object) -> MeterLine:
    line = MeterLine(
        serial=read(HEAT),
        kind=MeterKind.HEAT,
        unit=Unit.GCAL,
        previous=read("1284.37"),
        current=read("1331.92"),
        consumption=read("47.55"),
    )
    return replace(line, **changes)


def water_line(**changes: object) -> MeterLine:
    line = MeterLine(
        serial=read(WATER),
        kind=MeterKind.HOT_WATER,
        unit=Unit.M3,
        previous=read("5214.70"),
        current=read("5366.20"),
        consumption=read("151.50"),
    )
    return replace(line, **changes)


def good_report(**changes: object) -> Report:
    report = Report(
        files=("otchet.pdf",),
        pages=1,
        contract_number=read("00417"),
        organization=read("ООО «ЧИНОР САВДО СЕРВИС»"),
        address=read("г. Ташкент, Юнусабадский р-н, ул. Амира Темура, 99"),
        inn=read("399000417"),
        report_date=read("2026-10-21"),
        reading_date=read("2026-10-21"),
        period=read("2026-10"),
        position=read("Директор"),
        signatory=read("Каримов Ш.Р."),
        meters=(heat_line(), water_line()),
        signature_present=Mark(value=True, confidence=0.97),
        stamp_present=Mark(value=True, confidence=0.97),
    )
    return replace(report, **changes)


def contract(**changes: object) -> Contract:
    made = Contract(
        number="00417",
        organization="ООО «ЧИНОР САВДО СЕРВИС»",
        address="г. Ташкент, Юнусабадский район, ул. Амира Темура, 99",
        inn="399000417",
        emails=(SENDER.address,),
        heat_load=Decimal("0.1250"),
        language=Language.RUSSIAN,
        status=ContractStatus.ACTIVE,
    )
    return replace(made, **changes)


def heat_record(*, last: str | None = "1284.37", meter: dict[str, object] | None = None, **changes: object) -> MeterRecord:
    made = Meter("00417", HEAT, "ТСРВ-024М", MeterKind.HEAT, Unit.GCAL)
    return replace(MeterRecord(replace(made, **(meter or {})), last and AcceptedIndex(Decimal(last), LAST_DATE, "ledger")), **changes)


def water_record(*, last: str | None = "5214.70", meter: dict[str, object] | None = None, **changes: object) -> MeterRecord:
    made = Meter("00417", WATER, "ВСТ", MeterKind.HOT_WATER, Unit.M3)
    return replace(MeterRecord(replace(made, **(meter or {})), last and AcceptedIndex(Decimal(last), LAST_DATE, "ledger")), **changes)


def good_case(**changes: object) -> Case:
    case = Case(
        source=Source.EMAIL,
        received_at=RECEIVED,
        sender=SENDER,
        sender_linked=True,
        contract_number="00417",
        bound_by=BoundBy.PAGE,
        contract=contract(),
        period=OCTOBER,
        meters={HEAT: heat_record(), WATER: water_record()},
    )
    return replace(case, **changes)


def booked_heat(**changes: object) -> BookedReading:
    made = BookedReading(
        serial=HEAT,
        period=OCTOBER,
        reading_date=dt.date(2026, 10, 21),
        index=Decimal("1331.92"),
        consumption=Decimal("47.55"),
        unit=Unit.GCAL,
        outcome=Outcome.ACCEPTED,
        source=Source.EMAIL,
        submission=7,
        trusted=True,
    )
    return replace(made, **changes)


def booked_water(**changes: object) -> BookedReading:
    made = booked_heat(serial=WATER, index=Decimal("5366.20"), consumption=Decimal("151.50"), unit=Unit.M3)
    return replace(made, **changes)


def earlier(outcome: Outcome = Outcome.ACCEPTED) -> EarlierSubmission:
    return EarlierSubmission(7, outcome, dt.datetime(2026, 10, 21, 9, 0, tzinfo=TASHKENT))
