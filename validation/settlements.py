"""Whether a billing file holds together, by itself and with what came before: an ordered table of checks (docs/billing.md, "Checks")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from metering.billing import Accrual, AccrualKind, BillingFile, Complaint, KnownFigures
from metering.periods import Period

CENT = Decimal("0.01")


Check = Callable[[BillingFile, KnownFigures], Iterator[Complaint]]


def complaints_about(file: BillingFile, known: KnownFigures) -> tuple[Complaint, ...]:
    """Everything that is wrong with the file; empty where it may be taken. A later check runs even where an earlier one found something."""
    return tuple(complaint for check in CHECKS for complaint in check(file, known))


def rounded(quantity: Decimal) -> Decimal:
    """To whole tiyin, half up."""
    return quantity.quantize(CENT, rounding=ROUND_HALF_UP)


def _dates(file: BillingFile, known: KnownFigures) -> Iterator[Complaint]:
    if known.as_of is not None and file.as_of <= known.as_of:
        yield Complaint("the file", f"its figures are of {file.as_of.isoformat()}, and newer ones are here, of {known.as_of.isoformat()}")
    if file.closed_through >= file.period:
        yield Complaint("the file", f"closed_through {file.closed_through} is not before its period {file.period}")
    for month in file.months:
        if month.period > file.period:
            yield Complaint(month.place, f"{month.period} lies after the file's period {file.period}")


def _totals(file: BillingFile, known: KnownFigures) -> Iterator[Complaint]:
    sums = (
        ("accounts", file.totals.accounts, len(file.months)),
        ("accrued", file.totals.accrued, _sum(month.accrued for month in file.months)),
        ("paid", file.totals.paid, _sum(month.paid for month in file.months)),
        ("closing_balance", file.totals.closing, _sum(month.closing for month in file.months)),
    )
    for name, stated, counted in sums:
        if stated != counted:
            yield Complaint("the file", f"{name}: its `file` record says {stated}, its rows make {counted}; is it cut short?")


def _contracts(file: BillingFile, known: KnownFigures) -> Iterator[Complaint]:
    for month in file.months:
        if month.contract_number not in known.contracts:
            yield Complaint(month.place, f"no contract {month.contract_number} in the register: see hisobot register import")


def _months(file: BillingFile, known: KnownFigures) -> Iterator[Complaint]:
    for month in file.months:
        accrued, paid = _sum(line.total for line in month.accruals), _sum(payment.amount for payment in month.payments)
        if month.accrued != accrued:
            yield Complaint(month.place, f"accrued is {month.accrued}, the accruals make {accrued}")
        if month.paid != paid:
            yield Complaint(month.place, f"paid is {month.paid}, the payments make {paid}")
        closing = month.opening + month.accrued - month.paid
        if month.closing != closing:
            yield Complaint(month.place, f"closing_balance is {month.closing}, opening + accrued - paid makes {closing}")


def _lines(file: BillingFile, known: KnownFigures) -> Iterator[Complaint]:
    for month in file.months:
        for line in month.accruals:
            yield from _line(line)


def _line(line: Accrual) -> Iterator[Complaint]:
    expected = (
        ("amount", line.amount, rounded(line.gcal * line.tariff), f"{line.gcal} x {line.tariff}"),
        ("vat", line.vat, rounded(line.amount * line.vat_rate / 100), f"{line.vat_rate} % of {line.amount}"),
        ("total", line.total, line.amount + line.vat, f"{line.amount} + {line.vat}"),
    )
    for name, stated, right, how in expected:
        if stated != right:
            yield Complaint(line.place, f"{name} is {stated}, {how} makes {right}")
    if (line.for_period is not None) != (line.kind is AccrualKind.RECALCULATION):
        yield Complaint(line.place, "for_period is given for a recalculation, and for nothing else")


def _rates(file: BillingFile, known: KnownFigures) -> Iterator[Complaint]:
    tariffs, rates = (*known.tariffs, *file.tariffs), (*known.vat_rates, *file.vat_rates)
    in_force: dict[tuple[str, Period], tuple[set[Decimal], set[Decimal]]] = {}
    for month in file.months:
        for line in month.accruals:
            period = line.for_period or month.period
            key = month.consumer_class, period
            if key not in in_force:
                of_class = [(t.valid_from, t.price) for t in tariffs if t.consumer_class == month.consumer_class]
                in_force[key] = _in_force(of_class, period), _in_force([(r.valid_from, r.percent) for r in rates], period)
            prices, percents = in_force[key]
            if line.tariff not in prices:
                yield Complaint(line.place, f"tariff {line.tariff}: in force for {month.consumer_class} in {period} was {_named(prices)}")
            if line.vat_rate not in percents:
                yield Complaint(line.place, f"vat_rate {line.vat_rate}: in force in {period} was {_named(percents)}")


def _in_force(dated: list[tuple[dt.date, Decimal]], period: Period) -> set[Decimal]:
    """The values that held on any day of the month. Of two of one day the later in the list counts: a newer file's."""
    by_day = dict(dated)
    before = max((day for day in by_day if day <= period.first_day), default=None)
    return {value for day, value in by_day.items() if day == before or period.first_day < day <= period.last_day}


def _consumption(file: BillingFile, known: KnownFigures) -> Iterator[Complaint]:
    for month in file.months:
        for each in month.counted:
            if each.previous is None or each.current is None or each.consumption is None or each.current < each.previous:
                continue  # an index that began anew is not checked here
            if each.current - each.previous != each.consumption:
                yield Complaint(each.place, f"consumption is {each.consumption}, current - previous makes {each.current - each.previous}")
        counted = _sum(each.gcal for each in month.counted)
        if counted != month.gcal:
            yield Complaint(month.place, f"the accruals are for {month.gcal} Gcal, the consumption counted makes {counted}")


def _continuity(file: BillingFile, known: KnownFigures) -> Iterator[Complaint]:
    stated = {(month.contract_number, month.period): month for month in file.months}
    closing = {key: balances[1] for key, balances in known.balances.items()} | {key: month.closing for key, month in stated.items()}
    for (number, period), month in stated.items():
        before = closing.get((number, period.previous()))
        if before is not None and before != month.opening:
            yield Complaint(month.place, f"opening_balance is {month.opening}, {period.previous()} closed with {before}")
    known_periods: dict[str, Period] = {}
    for number, period in known.balances:
        known_periods[number] = max(period, known_periods.get(number, period))
    for (number, period), month in stated.items():
        last = known_periods.get(number)
        if last is not None and period > last.next() and (number, period.previous()) not in stated:
            yield Complaint(month.place, f"the months between {last} and {period} are missing for contract {number}")
    for (number, period), (opening, _) in known.balances.items():
        restated = stated.get((number, period.previous()))
        if restated is not None and (number, period) not in stated and restated.closing != opening:
            said = f"closing_balance is now {restated.closing}, and {period}, which is not in the file, opened with {opening}"
            yield Complaint(restated.place, said)


def _nobody_vanished(file: BillingFile, known: KnownFigures) -> Iterator[Complaint]:
    here = {month.contract_number for month in file.months if month.period == file.period}
    for number in sorted(number for number, period in known.balances if period == file.period and number not in here):
        yield Complaint("the file", f"contract {number} was in the last file for {file.period} and is not in this one")


def _sum(values: Iterator[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def _named(values: set[Decimal]) -> str:
    return ", ".join(map(str, sorted(values))) or "none that is known; add a record for it"


CHECKS: tuple[Check, ...] = (
    _dates,
    _totals,
    _contracts,
    _months,
    _lines,
    _rates,
    _consumption,
    _continuity,
    _nobody_vanished,
)
