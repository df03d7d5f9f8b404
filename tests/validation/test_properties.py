"""What must hold for every report: judging never raises, and a good report with one wrong digit is never accepted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from metering.contracts import AcceptedIndex
from metering.decisions import BoundBy, Case, Outcome, Source
from metering.pages import Mark
from metering.periods import TASHKENT, Period
from metering.reports import Field, MeterLine, Report, Total
from metering.senders import Sender, Tier
from metering.units import MeterKind, Unit
from tests.validation.made import HEAT, LAST_DATE, WATER, booked_heat, contract, earlier, good_case, good_report, heat_record, water_record
from validation.rulebook import judge

numbers = st.decimals(min_value=-10, max_value=2_000_000, places=2).map(str)
texts = st.one_of(
    numbers,
    st.sampled_from(["", "NaN", "1E+9999", "2026-10-21", "2026-02-30", "2026-13", "2026-10", HEAT, "00417", "Infinity"]),
    st.text(max_size=8),
)
fields = st.builds(Field, texts, st.floats(0, 1), st.just(1), st.none(), st.booleans())
maybe = st.none() | fields
amounts = st.decimals(min_value=-10, max_value=2_000_000, places=3)
lines = st.builds(
    MeterLine,
    serial=maybe | st.just(Field(HEAT, 1.0, 1, None, True)),
    kind=st.none() | st.sampled_from(MeterKind),
    unit=st.none() | st.sampled_from(Unit),
    previous=maybe,
    current=maybe,
    consumption=maybe,
    reading_date=maybe,
    daily=st.lists(amounts, max_size=4).map(tuple),
    daily_total=st.none() | amounts,
)
marks = st.builds(Mark, value=st.booleans(), confidence=st.floats(0, 1))
reports = st.builds(
    Report,
    files=st.just(("a.pdf",)),
    pages=st.integers(0, 3),
    contract_number=maybe,
    organization=maybe,
    address=maybe,
    inn=maybe,
    report_date=maybe,
    reading_date=maybe,
    period=maybe,
    position=maybe,
    signatory=maybe,
    meters=st.lists(lines, max_size=3).map(tuple),
    totals=st.lists(st.builds(Total, fields, st.none() | st.sampled_from(Unit)), max_size=2).map(tuple),
    signature_present=marks,
    stamp_present=marks,
    handwritten=st.booleans(),
)
cases = st.builds(
    Case,
    source=st.sampled_from(Source),
    received_at=st.integers(0, 365 * 24).map(lambda hours: dt.datetime(2026, 1, 1, tzinfo=TASHKENT) + dt.timedelta(hours=hours)),
    sender=st.none() | st.builds(Sender, st.just("a@b.example"), st.sampled_from(Tier), st.just("")),
    sender_linked=st.booleans(),
    contract_number=st.none() | st.just("00417"),
    bound_by=st.none() | st.sampled_from(BoundBy),
    contract=st.none() | st.just(contract()),
    period=st.none() | st.just(Period(2026, 10)),
    meters=st.sampled_from([{}, {HEAT: heat_record()}, {HEAT: heat_record(last=None), WATER: water_record()}]),
    strangers=st.sampled_from([{}, {HEAT: "00555"}]),
    booked=st.sampled_from([{}, {HEAT: booked_heat()}, {HEAT: booked_heat(index=None, outcome=Outcome.REVIEW)}]),
    same_file=st.none() | st.just(earlier()),
    automatic=st.booleans(),
)


@given(reports, cases)
def test_judging_never_raises_and_always_says_why_it_is_not_accepted(report: Report, case: Case):
    decision = judge(report, case)
    assert decision.outcome in (Outcome.ACCEPTED, Outcome.REVIEW, Outcome.INCOMPLETE, Outcome.DUPLICATE)
    assert decision.findings or decision.outcome is Outcome.ACCEPTED
    for finding in decision.findings:
        assert all(isinstance(value, str) for value in finding.values.values())


@given(st.data())
def test_a_report_with_any_critical_value_gone_or_uncertain_is_never_accepted(data: st.DataObject):
    report, case = good_report(), good_case()
    place = data.draw(st.sampled_from([0, 1]))
    name = data.draw(st.sampled_from(["serial", "previous", "current", "consumption", "unit"]))
    line = report.meters[place]
    value = getattr(line, name)
    spoiled = None if name == "unit" else data.draw(st.sampled_from([None, replace(value, certain=False)]))
    meters = tuple(replace(line, **{name: spoiled}) if i == place else other for i, other in enumerate(report.meters))
    assert judge(replace(report, meters=meters), case).outcome is not Outcome.ACCEPTED


@st.composite
def triples(draw: st.DrawFn) -> tuple[Decimal, Decimal]:
    """A previous index and a consumption that a contract of ordinary load may have in a month, of one precision."""
    places = draw(st.integers(0, 3))
    previous = draw(st.decimals(min_value=0, max_value=999_000, places=places))
    return previous, draw(st.decimals(min_value=0, max_value=100, places=places))


def _with_digit(text: str, place: int, digit: str) -> str:
    return text[:place] + digit + text[place + 1 :]


@given(st.data())
def test_a_good_report_with_one_wrong_digit_is_never_accepted(data: st.DataObject):
    previous, consumption = data.draw(triples())
    last = AcceptedIndex(previous, LAST_DATE, "ledger")
    case = good_case(meters={HEAT: replace(heat_record(), last_accepted=last), WATER: water_record()})
    values = {"previous": str(previous), "current": str(previous + consumption), "consumption": str(consumption)}
    line = replace(good_report().meters[0], **{name: Field(text, 0.99, 1, None, True) for name, text in values.items()})
    report = good_report(meters=(line, good_report().meters[1]))
    assert judge(report, case).outcome is Outcome.ACCEPTED

    name = data.draw(st.sampled_from(["serial", "previous", "current", "consumption", "contract_number"]))
    field = report.contract_number if name == "contract_number" else getattr(line, name)
    assert field is not None
    places = [i for i, letter in enumerate(field.value) if letter.isdigit()]
    wrong = _with_digit(field.value, data.draw(st.sampled_from(places)), data.draw(st.sampled_from("0123456789")))
    assume(wrong != field.value)
    spoiled = replace(field, value=wrong)
    if name == "contract_number":
        report = replace(report, contract_number=spoiled)
        # The register knows the other number, or it does not: neither has this contract's meters.
        other = data.draw(st.sampled_from([None, contract(number=wrong)]))
        case = replace(case, contract_number=wrong, contract=other, meters={}, sender_linked=data.draw(st.booleans()))
    else:
        report = replace(report, meters=(replace(line, **{name: spoiled}), report.meters[1]))
    assert judge(report, case).outcome is not Outcome.ACCEPTED


@given(st.data())
def test_lost_or_moved_decimal_commas_are_never_accepted(data: st.DataObject):
    report = good_report()
    names = data.draw(st.sets(st.sampled_from(["previous", "current", "consumption"]), min_size=1))
    line = report.meters[0]
    line = replace(line, **{name: replace(getattr(line, name), value=getattr(line, name).value.replace(".", "")) for name in names})
    assert judge(replace(report, meters=(line, report.meters[1])), good_case()).outcome is not Outcome.ACCEPTED
