"""For each rule a report that it finds something in, and the nearest neighbour in which it does not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from metering.contracts import AcceptedIndex, ContractStatus
from metering.decisions import BoundBy, Case, Outcome, Policy, Source
from metering.pages import Mark
from metering.periods import TASHKENT, Period
from metering.reports import PenOver, Report, Total
from metering.senders import Sender, Tier
from metering.units import MeterKind, Unit
from tests.validation.made import (
    HEAT,
    LAST_DATE,
    WATER,
    booked_heat,
    booked_water,
    contract,
    earlier,
    good_case,
    good_report,
    heat_line,
    heat_record,
    read,
    water_line,
    water_record,
)

Pair = tuple[Report, Case]


def received(day: int, month: int = 10, year: int = 2026, hour: int = 12) -> dt.datetime:
    return dt.datetime(year, month, day, hour, 0, tzinfo=TASHKENT)


def from_tier(tier: Tier) -> Case:
    return good_case(sender=Sender("hisob@chinor.example", tier, "spf=pass"))


def with_heat(**changes: object) -> Report:
    return good_report(meters=(heat_line(**changes), water_line()))


def only_heat(**changes: object) -> Report:
    return good_report(meters=(heat_line(**changes),))


def with_record(**changes: object) -> Case:
    return good_case(meters={HEAT: heat_record(**changes), WATER: water_record()})


def with_water_history(*values: str) -> Case:
    history = tuple((Period(2026, 9 - place), Decimal(value)) for place, value in enumerate(values))
    return good_case(meters={HEAT: heat_record(), WATER: water_record(consumptions=tuple(reversed(history)))})


def at_load(load: str, **changes: object) -> Case:
    return good_case(contract=contract(heat_load=Decimal(load)), **changes)


def mark(value: bool, confidence: float) -> Mark:
    return Mark(value=value, confidence=confidence)


def printout(total: str, rows: tuple[str, ...]) -> Report:
    return with_heat(daily=tuple(Decimal(row) for row in rows), daily_total=Decimal(total))


def beside(**changes: object) -> Case:
    """A photo beside typed values, on which the heat meter is seen so."""
    return good_case(files_attached=1, attached=(Report(files=("1.jpg",), pages=1, meters=(heat_line(**changes),)),))


GOOD, GOOD_CASE = good_report(), good_case()
EMPTY = Report(files=("photo.jpg",), pages=1)
LAST = AcceptedIndex(Decimal("1284.37"), LAST_DATE, "register")

#: rule id -> (found in, not found in)
EXAMPLES: dict[str, tuple[Pair, Pair]] = {
    "sender_tier": ((GOOD, from_tier(Tier.B)), (GOOD, from_tier(Tier.UNCHECKED))),
    "sender_unlinked": ((GOOD, good_case(sender_linked=False)), (GOOD, good_case(sender_linked=False, source=Source.CABINET))),
    "automatic_with_report": ((GOOD, good_case(automatic=True)), (GOOD, GOOD_CASE)),
    "sender_unchecked": ((GOOD, from_tier(Tier.UNCHECKED)), (GOOD, GOOD_CASE)),
    "same_file": ((GOOD, good_case(same_file=earlier())), (GOOD, GOOD_CASE)),
    "same_values": (
        (GOOD, good_case(booked={HEAT: booked_heat(), WATER: booked_water()})),
        (GOOD, good_case(booked={HEAT: booked_heat(), WATER: booked_water(outcome=Outcome.INCOMPLETE)})),
    ),
    "conflict": (
        (GOOD, good_case(booked={HEAT: booked_heat(index=Decimal("1331.82"))})),
        (GOOD, good_case(booked={HEAT: booked_heat(index=Decimal("1331.82"), outcome=Outcome.REVIEW, trusted=False)})),
    ),
    "other_version_beside": (
        (GOOD, good_case(beside=(good_report(meters=(heat_line(current=read("1331.93"), consumption=read("47.56")),)),))),
        (GOOD, good_case(beside=(good_report(), good_report(meters=(heat_line(current=read("1.00")),), period=read("2026-09"))))),
    ),
    "nothing_read": ((EMPTY, GOOD_CASE), (replace(EMPTY, inn=read("399000417")), GOOD_CASE)),
    "contract_missing": (
        (GOOD, good_case(contract_number=None, contract=None, bound_by=None)),
        (GOOD, good_case(contract=None)),
    ),
    "contract_unknown": ((GOOD, good_case(contract=None)), (GOOD, GOOD_CASE)),
    "contract_terminated": ((GOOD, good_case(contract=contract(status=ContractStatus.TERMINATED))), (GOOD, GOOD_CASE)),
    "contract_numbers_differ": (
        (good_report(contract_number=read("00418")), good_case(bound_by=BoundBy.MAIL)),
        (good_report(contract_number=None), good_case(bound_by=BoundBy.MAIL)),
    ),
    "bound_by_serials": (
        (good_report(contract_number=None), good_case(bound_by=BoundBy.SERIALS)),
        (good_report(contract_number=None), good_case(bound_by=BoundBy.MAIL)),
    ),
    "form_code_invalid": (
        (good_report(), good_case(form_code_invalid=True)),
        (good_report(), GOOD_CASE),
    ),
    "inn_differs": (
        (good_report(inn=read("399000418")), GOOD_CASE),
        (good_report(inn=read("399000418", certain=False)), GOOD_CASE),
    ),
    "organization_differs": (
        (good_report(organization=read("ООО «Баракат Фуд»")), GOOD_CASE),
        (good_report(organization=read("CHINOR SAVDO SERVIS MChJ")), GOOD_CASE),
    ),
    "address_differs": (
        (good_report(address=read("г. Ташкент, Сергелийский район, ул. Лабзак, 4")), GOOD_CASE),
        (good_report(address=read("г. Ташкент, Сергелийский район, ул. Лабзак, 99")), GOOD_CASE),
    ),
    "serial_missing": ((with_heat(serial=None), GOOD_CASE), (GOOD, GOOD_CASE)),
    "serial_unknown": (
        (with_heat(serial=read("1306458")), GOOD_CASE),
        (with_heat(serial=read("1306458")), good_case(strangers={"1306458": "00555"})),
    ),
    "serial_of_other_contract": (
        (with_heat(serial=read("1306458")), good_case(strangers={"1306458": "00555"})),
        (GOOD, good_case(strangers={HEAT: "00555"})),
    ),
    "serial_repeated": (
        (good_report(meters=(heat_line(), heat_line(), water_line())), GOOD_CASE),
        (good_report(meters=(heat_line(serial=None), heat_line(serial=None))), GOOD_CASE),
    ),
    "number_only_in_mail": (
        (good_report(contract_number=None), good_case(bound_by=BoundBy.MAIL)),
        (GOOD, GOOD_CASE),
    ),
    "mail_names_other_contract": (
        (GOOD, good_case(mail_contract_numbers=("00555",))),
        (GOOD, good_case(mail_contract_numbers=("00555", "00417"))),
    ),
    "inn_unclear": (
        (good_report(inn=read("399000477", certain=False)), GOOD_CASE),
        (good_report(inn=read("399000477", certain=False, alternatives=("399000417",))), GOOD_CASE),
    ),
    "organization_unclear": (
        (good_report(organization=read("ООО «Баракат Фуд»", certain=False, confidence=0.6)), GOOD_CASE),
        (good_report(organization=read("000 Чинор Савно Серзис", certain=False, confidence=0.6)), GOOD_CASE),
    ),
    "address_unclear": (
        (good_report(address=read("г. Ташкент, Юнусабадский р-н, ул. Амира Темура, 98")), GOOD_CASE),
        (good_report(address=read("Toshkent sh., Yunusobod tumani, Amir Temur ko‘chasi, 99-uy")), GOOD_CASE),
    ),
    "period_missing": ((good_report(period=None, reading_date=None), good_case(period=None)), (GOOD, GOOD_CASE)),
    "period_not_open": (
        (GOOD, good_case(received_at=received(11, month=11))),
        (GOOD, good_case(received_at=received(10, month=11, hour=23))),
    ),
    "reading_date_missing": (
        (good_report(reading_date=None, meters=(heat_line(reading_date=read("2026-10-21")), water_line())), GOOD_CASE),
        (
            good_report(
                reading_date=None, meters=(heat_line(reading_date=read("2026-10-21")), water_line(reading_date=read("2026-10-21")))
            ),
            GOOD_CASE,
        ),
    ),
    "reading_date_in_future": (
        (GOOD, good_case(received_at=received(20, hour=23))),
        (GOOD, good_case(received_at=received(21, hour=0))),
    ),
    "reading_date_outside_period": (
        (good_report(reading_date=read("2026-09-30")), good_case()),
        (good_report(reading_date=read("2026-11-02")), good_case(received_at=received(3, month=11))),
    ),
    "reading_date_before_last": (
        (GOOD, with_record(last_accepted=replace(LAST, date=dt.date(2026, 10, 21)))),
        (GOOD, with_record(last_accepted=replace(LAST, date=dt.date(2026, 10, 20)))),
    ),
    "late": ((GOOD, good_case(received_at=received(26))), (GOOD, good_case(received_at=received(25, hour=23)))),
    "consumption_only": (
        (with_heat(previous=None, current=None), GOOD_CASE),
        (with_heat(previous=None), GOOD_CASE),
    ),
    "value_missing": ((with_heat(previous=None), GOOD_CASE), (with_heat(previous=None, current=None), GOOD_CASE)),
    "last_accepted_conflict": (
        (GOOD, with_record(conflicting_last=AcceptedIndex(Decimal("1285.37"), LAST_DATE, "register"))),
        (GOOD, GOOD_CASE),
    ),
    "previous_differs": ((GOOD, with_record(last="1284.39")), (GOOD, with_record(last="1284.38"))),
    "current_below_previous": (
        (with_heat(current=read("1284.36"), consumption=read("-0.01")), GOOD_CASE),
        (with_heat(current=read("1284.37"), consumption=read("0.00")), GOOD_CASE),
    ),
    "arithmetic": ((with_heat(consumption=read("47.56")), GOOD_CASE), (with_heat(consumption=read("47.550")), GOOD_CASE)),
    "total_differs": (
        (good_report(totals=(Total(read("199.05"), Unit.GCAL),)), GOOD_CASE),
        (good_report(totals=(Total(read("47.55"), Unit.GCAL), Total(read("151.5"), None))), GOOD_CASE),
    ),
    "daily_rows_differ": (
        (printout("47.55", ("15.850", "15.850", "15.870")), GOOD_CASE),
        (printout("47.55", ("15.850", "15.850", "15.855")), GOOD_CASE),
    ),
    "no_last_accepted": ((GOOD, with_record(last=None)), (GOOD, GOOD_CASE)),
    "quantity_missing": (
        (good_report(meters=(heat_line(previous=None, current=None, consumption=None),)), GOOD_CASE),
        (good_report(meters=(heat_line(previous=None, current=None),)), GOOD_CASE),
    ),
    "number_format": (
        (with_heat(previous=read("1000000.00")), GOOD_CASE),
        (with_heat(previous=read("999999.99")), GOOD_CASE),
    ),
    "unit_missing": ((with_heat(unit=None), GOOD_CASE), (GOOD, GOOD_CASE)),
    "unit_differs": ((with_heat(unit=Unit.MWH), GOOD_CASE), (with_heat(unit=Unit.MWH), with_record(meter={"unit": Unit.MWH}))),
    "kind_differs": ((with_heat(kind=MeterKind.HOT_WATER), GOOD_CASE), (with_heat(kind=None), GOOD_CASE)),
    # 29 days of 24 hours at 1.2 times the load: 0.0569 allows 47.52 Gcal, 0.0570 allows 47.61.
    "load_exceeded": ((GOOD, at_load("0.0569")), (GOOD, at_load("0.0570"))),
    "consumption_unusual": (
        (GOOD, with_water_history("50", "50.49", "40")),
        (GOOD, with_water_history("50", "50.5", "40")),
    ),
    "meter_not_in_service": (
        (GOOD, with_record(meter={"valid_until": dt.date(2026, 10, 20)})),
        (GOOD, with_record(meter={"valid_until": dt.date(2026, 10, 21)})),
    ),
    "kind_missing": ((with_heat(kind=None), GOOD_CASE), (GOOD, GOOD_CASE)),
    "verification_expired": (
        (GOOD, with_record(meter={"verified_until": dt.date(2026, 10, 20)})),
        (GOOD, with_record(meter={"verified_until": dt.date(2026, 10, 21)})),
    ),
    "meter_overlooked": (
        (replace(only_heat(), unread_numbers=True), GOOD_CASE),
        (only_heat(), GOOD_CASE),
    ),
    "page_says": ((replace(GOOD, caution="ОБРАЗЕЦ"), GOOD_CASE), (GOOD, GOOD_CASE)),
    "crossed_out": ((replace(GOOD, pen_over=PenOver.CROSSED_OUT), GOOD_CASE), (replace(GOOD, pen_over=PenOver.WRITTEN_OVER), GOOD_CASE)),
    "written_over": ((replace(GOOD, pen_over=PenOver.WRITTEN_OVER), GOOD_CASE), (GOOD, GOOD_CASE)),
    "struck_out": ((replace(GOOD, struck=frozenset({"period"})), GOOD_CASE), (GOOD, GOOD_CASE)),
    "coverage": ((only_heat(), GOOD_CASE), (only_heat(), good_case(booked={WATER: booked_water(outcome=Outcome.REVIEW)}))),
    "value_uncertain": (
        (with_heat(current=read("1331.92", certain=False)), GOOD_CASE),
        (good_report(period=read("2026-10", certain=False)), GOOD_CASE),
    ),
    "signature_missing": (
        (good_report(signature_present=mark(False, 0.9)), GOOD_CASE),
        (good_report(signature_present=mark(False, 0.89)), GOOD_CASE),
    ),
    "stamp_missing": (
        (good_report(stamp_present=mark(False, 0.9)), GOOD_CASE),
        (good_report(stamp_present=mark(False, 0.89)), GOOD_CASE),
    ),
    "signature_unsure": (
        (good_report(signature_present=mark(True, 0.79)), GOOD_CASE),
        (good_report(signature_present=mark(True, 0.8)), GOOD_CASE),
    ),
    "stamp_unsure": (
        (good_report(stamp_present=mark(True, 0.79)), GOOD_CASE),
        (good_report(stamp_present=mark(True, 0.79), signature_present=mark(False, 0.95)), GOOD_CASE),
    ),
    "attachment_differs": ((GOOD, beside(current=read("1331.93"))), (GOOD, beside(current=read("1331.93", alternatives=("1331.92",))))),
    "attachment_of_other_contract": (
        (GOOD, good_case(files_attached=1, attached=(good_report(contract_number=read("00418")),))),
        (GOOD, good_case(files_attached=1, attached=(good_report(contract_number=read("00418", certain=False)),))),
    ),
    "display_differs": (
        (good_report(displays=(heat_line(current=read("1331.93", certain=False)),)), GOOD_CASE),
        (good_report(displays=(heat_line(current=read("1331.9", certain=False)),)), GOOD_CASE),
    ),
    "display_agrees": (
        (good_report(displays=(heat_line(current=read("133192", certain=False)),)), GOOD_CASE),
        (good_report(displays=(heat_line(current=read("133193", certain=False)),)), GOOD_CASE),
    ),
    "display_alone": ((good_report(of_display=True), GOOD_CASE), (GOOD, GOOD_CASE)),
    "attachment_unread": ((GOOD, beside(current=None)), (GOOD, beside())),
}

for _name in ("organization", "address", "report_date", "position", "signatory"):
    _without = good_report(**{_name: None})
    EXAMPLES[f"{_name}_missing"] = ((replace(_without, blank=frozenset({_name})), GOOD_CASE), (_without, GOOD_CASE))
    EXAMPLES[f"{_name}_unsure"] = ((_without, GOOD_CASE), (_without, good_case(source=Source.CABINET)))

#: A deadline and a closing day that are not the defaults.
OTHER_POLICY = Policy(deadline_day=20, period_closes_day=5)
