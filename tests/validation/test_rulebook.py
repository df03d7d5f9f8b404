"""Every rule both ways, and the outcome that follows from what the rules found."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from metering.contracts import AcceptedIndex
from metering.decisions import BoundBy, Case, Outcome, Severity, Source
from metering.reports import Report, Total
from metering.senders import Sender, Tier
from metering.units import Unit
from tests.validation.examples import EMPTY, EXAMPLES, GOOD, GOOD_CASE, OTHER_POLICY, from_tier, mark, only_heat, received, with_heat
from tests.validation.made import (
    HEAT,
    LAST_DATE,
    OCTOBER,
    WATER,
    booked_heat,
    booked_water,
    earlier,
    good_case,
    good_report,
    heat_line,
    heat_record,
    read,
    water_line,
    water_record,
)
from validation.rulebook import RULES, judge
from validation.values import period_of

SEVERITY = {rule.id: rule.severity for rule in RULES}
BOTH_BOOKED = {HEAT: booked_heat(), WATER: booked_water()}


def test_a_good_report_is_accepted_without_findings():
    decision = judge(GOOD, GOOD_CASE)
    assert (decision.outcome, decision.findings) == (Outcome.ACCEPTED, ())


def test_every_rule_has_an_id_of_its_own_and_an_example_each_way():
    assert len(SEVERITY) == len(RULES)
    assert set(EXAMPLES) == set(SEVERITY)


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_rule_finds_what_it_is_for(rule: str):
    (report, case), _ = EXAMPLES[rule]
    assert rule in judge(report, case).reasons


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_rule_lets_the_nearest_neighbour_pass(rule: str):
    _, (report, case) = EXAMPLES[rule]
    assert rule not in judge(report, case).reasons


@pytest.mark.parametrize("rule", EXAMPLES)
def test_only_notes_leave_a_report_accepted(rule: str):
    (report, case), _ = EXAMPLES[rule]
    decision = judge(report, case)
    severities = {finding.severity for finding in decision.findings}
    assert (decision.outcome is Outcome.ACCEPTED) == (
        severities == {Severity.NOTE} and not {"same_file", "same_values"} & set(decision.reasons)
    )
    assert all(finding.severity is SEVERITY[finding.rule] for finding in decision.findings)


@pytest.mark.parametrize(
    "rule", ["late", "coverage", "number_only_in_mail", "sender_unchecked", "no_last_accepted", "organization_unclear"]
)
def test_a_note_alone_does_not_hold_up_a_report(rule: str):
    (report, case), _ = EXAMPLES[rule]
    decision = judge(report, case)
    assert (decision.outcome, decision.reasons) == (Outcome.ACCEPTED, (rule,))


def test_a_meter_that_another_report_of_the_message_tells_is_covered():
    other = good_report(meters=(water_line(),))
    assert judge(only_heat(), good_case(beside=(other,))).reasons == ()
    assert judge(only_heat(), good_case(beside=(replace(other, period=read("2026-09")),))).reasons == ("coverage",)


def test_the_settings_move_the_deadline_and_the_closing_day():
    assert judge(GOOD, good_case(policy=OTHER_POLICY)).reasons == ("late",)
    assert "period_not_open" in judge(GOOD, good_case(policy=OTHER_POLICY, received_at=received(6, month=11))).reasons


def test_the_day_of_receipt_is_the_day_in_tashkent():
    evening_before_in_utc = received(26, hour=3).astimezone(dt.UTC)
    assert evening_before_in_utc.day == 25
    assert judge(GOOD, good_case(received_at=evening_before_in_utc)).reasons == ("late",)


def test_all_findings_are_told_not_only_the_first():
    report = replace(with_heat(consumption=read("47.65")), inn=read("399000999"), stamp_present=mark(False, 0.95))
    assert judge(report, from_tier(Tier.B)).reasons == ("sender_tier", "inn_differs", "arithmetic", "stamp_missing")


# Precedence (docs/rules.md, "Outcome")


@pytest.mark.parametrize(
    "stranger",
    [from_tier(Tier.C), good_case(sender_linked=False), good_case(sender=None)],
    ids=["tier C", "no link", "no sender"],
)
def test_a_stranger_is_reviewed_even_where_all_is_booked_already(stranger: Case):
    assert judge(GOOD, replace(stranger, booked=BOTH_BOOKED, same_file=earlier())).outcome is Outcome.REVIEW


@pytest.mark.parametrize("tier", [Tier.B, Tier.NO_RESULT, Tier.C])
def test_a_sender_nobody_vouches_for_is_never_accepted(tier: Tier):
    assert judge(GOOD, from_tier(tier)).outcome is Outcome.REVIEW


def test_tier_b_may_be_told_that_its_report_is_a_duplicate():
    assert judge(GOOD, replace(from_tier(Tier.B), same_file=earlier())).outcome is Outcome.DUPLICATE


def test_duplicate_stands_before_review_and_incomplete():
    report = replace(with_heat(unit=None), stamp_present=mark(False, 0.95))
    assert judge(report, good_case(booked=BOTH_BOOKED)).outcome is Outcome.DUPLICATE


def test_review_stands_before_incomplete_and_names_what_is_missing_too():
    decision = judge(replace(with_heat(consumption=read("47.65")), stamp_present=mark(False, 0.95)), GOOD_CASE)
    assert decision.outcome is Outcome.REVIEW
    assert "stamp_missing" in decision.reasons


def test_a_missing_stamp_makes_a_good_report_incomplete():
    decision = judge(good_report(stamp_present=mark(False, 0.95)), GOOD_CASE)
    assert (decision.outcome, decision.reasons) == (Outcome.INCOMPLETE, ("stamp_missing",))


# Told before


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.INCOMPLETE, Outcome.REVIEW])
def test_the_very_same_file_is_a_duplicate_while_its_outcome_stands(outcome: Outcome):
    assert judge(GOOD, good_case(same_file=earlier(outcome))).outcome is Outcome.DUPLICATE


def test_a_whole_report_after_an_incomplete_one_is_judged_afresh():
    booked = {HEAT: booked_heat(outcome=Outcome.INCOMPLETE), WATER: booked_water(outcome=Outcome.INCOMPLETE)}
    assert judge(GOOD, good_case(booked=booked)).outcome is Outcome.ACCEPTED


def test_a_report_that_supplies_only_one_of_two_missing_requisites_is_told_of_the_other():
    booked = {HEAT: booked_heat(outcome=Outcome.INCOMPLETE), WATER: booked_water(outcome=Outcome.INCOMPLETE)}
    assert judge(good_report(stamp_present=mark(False, 0.95)), good_case(booked=booked)).outcome is Outcome.INCOMPLETE


def test_what_a_stranger_sent_makes_nothing_a_duplicate():
    booked = {HEAT: booked_heat(trusted=False), WATER: booked_water(trusted=False)}
    assert judge(GOOD, good_case(booked=booked)).outcome is Outcome.ACCEPTED


def test_a_strangers_reading_that_staff_accepted_does_not_yield_to_another_value():
    booked = {HEAT: booked_heat(trusted=False, index=Decimal("1330.00"), consumption=None)}
    assert judge(GOOD, good_case(booked=booked)).reasons == ("conflict",)


def test_one_new_meter_beside_a_booked_one_is_no_duplicate():
    case = good_case(booked={HEAT: booked_heat()}, meters={HEAT: heat_record(last="1331.92"), WATER: water_record()})
    assert judge(GOOD, case).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    "other", [{"index": Decimal("1331.93")}, {"consumption": Decimal("47.56")}, {"unit": Unit.MWH}, {"reading_date": received(20).date()}]
)
def test_any_other_value_or_day_for_a_booked_meter_is_a_conflict(other: dict[str, object]):
    decision = judge(only_heat(), good_case(booked={HEAT: booked_heat(**other), WATER: booked_water()}))
    assert (decision.outcome, "conflict" in decision.reasons) == (Outcome.REVIEW, True)


def test_indexes_after_a_booked_consumption_are_judged_afresh():
    assert judge(only_heat(), good_case(booked={HEAT: booked_heat(index=None), WATER: booked_water()})).outcome is Outcome.ACCEPTED


# Identity


@pytest.mark.parametrize(
    ("name", "other"), [("organization", "ООО «Баракат Фуд»"), ("address", "г. Ташкент, Сергелийский район, ул. Лабзак, 4")]
)
def test_a_text_that_ocr_read_is_overruled_by_the_inn_and_one_read_with_certainty_is_not(name: str, other: str):
    read_by_ocr = good_report(**{name: read(other, certain=False, confidence=0.9)})
    assert judge(read_by_ocr, GOOD_CASE).reasons == (f"{name}_unclear",)
    nothing_else_agrees = replace(read_by_ocr, inn=None, organization=read_by_ocr.organization if name == "organization" else None)
    assert f"{name}_differs" in judge(nothing_else_agrees, GOOD_CASE).reasons
    assert judge(good_report(**{name: read(other)}), GOOD_CASE).reasons == (f"{name}_differs",)


def test_an_inn_far_from_the_contracts_is_no_slip_of_ocr():
    assert judge(good_report(inn=read("210755013", certain=False)), GOOD_CASE).outcome is Outcome.REVIEW
    assert judge(good_report(inn=read("210755013", certain=False, confidence=0.5)), GOOD_CASE).reasons == ("inn_unclear",)


# Contract load


def test_the_heat_meters_of_a_contract_are_weighed_together_over_several_mails():
    second = "1306999"
    meters = {HEAT: heat_record(), second: heat_record(meter={"serial": second})}
    case = good_case(meters=meters, booked={second: booked_heat(serial=second, consumption=Decimal("60.00"))})
    assert "load_exceeded" in judge(only_heat(), case).reasons  # 107.55 Gcal of 104.40
    assert "load_exceeded" not in judge(only_heat(), replace(case, booked={})).reasons


def test_a_heat_meter_in_megawatt_hours_is_weighed_in_gcal():
    line = {"unit": Unit.MWH, "current": read("1404.37"), "consumption": read("120.00")}  # 103.18 Gcal of 104.40
    record = heat_record(meter={"unit": Unit.MWH})
    assert judge(with_heat(**line), good_case(meters={HEAT: record, WATER: water_record()})).outcome is Outcome.ACCEPTED
    in_gcal = judge(with_heat(**{**line, "unit": Unit.GCAL}), GOOD_CASE)
    assert in_gcal.reasons == ("load_exceeded",)


def test_a_meter_whose_last_accepted_index_has_seven_digits_may_report_seven():
    seven = with_heat(previous=read("1284370.00"), current=read("1284417.61"))
    known = good_case(meters={HEAT: heat_record(last="1284370.00"), WATER: water_record()})
    assert "number_format" in {finding.rule for finding in judge(seven, GOOD_CASE).findings}
    assert "number_format" not in {finding.rule for finding in judge(seven, known).findings}
    passing = with_heat(previous=read("999990.00"), current=read("1000037.61"), unit=Unit.KWH)
    gcal, kwh = (good_case(meters={HEAT: heat_record(last="999990.00", meter={"unit": unit})}) for unit in (Unit.GCAL, Unit.KWH))
    assert "number_format" in {finding.rule for finding in judge(passing, gcal).findings}
    assert "number_format" not in {finding.rule for finding in judge(passing, kwh).findings}


@pytest.mark.parametrize(
    ("stated", "found"), [(("31.61", "16.00"), 0), (("31.61", "16.01"), 2), (("47.61", "31.61", "16.00"), 0), (("16.00",), 1)]
)
def test_totals_of_parts_are_right_where_they_add_up_to_the_whole(stated: tuple[str, ...], found: int):
    two = (heat_line(consumption=read("31.61")), heat_line(serial=read("4411224"), consumption=read("16.00")))
    report = good_report(meters=two, totals=tuple(Total(read(number), Unit.GCAL) for number in stated))
    assert [finding.rule for finding in judge(report, GOOD_CASE).findings].count("total_differs") == found


@pytest.mark.parametrize(("other", "found"), [("47.61", False), ("47.63", True)])
def test_a_total_that_one_reader_sees_as_the_sum_speaks_against_nothing(other: str, found: bool):
    total = replace(read("47.67"), alternatives=(other,))
    report = good_report(meters=(heat_line(consumption=read("47.61")),), totals=(Total(total, Unit.GCAL),))
    assert ("total_differs" in {finding.rule for finding in judge(report, GOOD_CASE).findings}) == found


def test_a_volume_meter_is_no_part_of_the_contract_load():
    water = {HEAT: heat_record(), WATER: water_record()}
    report = replace(GOOD, meters=(GOOD.meters[0], replace(GOOD.meters[1], current=read("9214.70"), consumption=read("4000.00"))))
    assert judge(report, good_case(meters=water)).outcome is Outcome.ACCEPTED


def test_a_first_report_is_weighed_over_one_month():
    case = good_case(meters={HEAT: heat_record(last=None), WATER: water_record()})
    assert judge(with_heat(current=read("1396.37"), consumption=read("112.00")), case).reasons == ("no_last_accepted", "load_exceeded")


# What acceptance has to earn


@pytest.mark.parametrize("name", ["serial", "previous", "current", "consumption"])
def test_an_uncertain_value_of_a_meter_is_reviewed_and_named(name: str):
    line = GOOD.meters[0]
    report = with_heat(**{name: replace(getattr(line, name), certain=False)})
    decision = judge(report, GOOD_CASE)
    assert decision.outcome is Outcome.REVIEW
    assert [(f.rule, f.values["field"]) for f in decision.findings] == [("value_uncertain", name)]


@pytest.mark.parametrize("name", ["contract_number", "reading_date"])
def test_an_uncertain_value_of_the_report_is_reviewed_and_named(name: str):
    report = good_report(**{name: replace(getattr(GOOD, name), certain=False)})
    decision = judge(report, GOOD_CASE)
    assert decision.outcome is Outcome.REVIEW
    assert ("value_uncertain", name) in [(f.rule, f.values["field"]) for f in decision.findings]


def test_an_uncertain_month_is_confirmed_only_by_a_certain_date_in_it():
    uncertain = replace(GOOD, period=read("2026-10", certain=False))
    assert judge(uncertain, GOOD_CASE).outcome is Outcome.ACCEPTED
    assert judge(replace(uncertain, reading_date=read("2026-10-21", certain=False)), GOOD_CASE).outcome is Outcome.REVIEW
    in_november = replace(uncertain, reading_date=read("2026-11-02"))
    assert "value_uncertain" in judge(in_november, good_case(received_at=received(3, month=11))).reasons


def test_a_month_that_follows_from_the_reading_date_is_enough():
    assert judge(good_report(period=None), GOOD_CASE).outcome is Outcome.ACCEPTED


def test_the_month_of_a_report_is_the_printed_one_else_that_of_its_reading_date():
    assert period_of(GOOD) == OCTOBER
    assert period_of(good_report(period=None)) == OCTOBER
    assert period_of(good_report(period=None, reading_date=None, meters=(heat_line(reading_date=read("2026-10-20")),))) == OCTOBER
    assert period_of(good_report(period=read("2026-13"))) is None
    assert period_of(EMPTY) is None


def test_handwriting_needs_every_value_certain_and_nothing_else():
    assert judge(good_report(handwritten=True), GOOD_CASE).outcome is Outcome.ACCEPTED


def test_a_cabinet_submission_owes_no_signature_no_stamp_and_no_sender():
    report = Report(
        files=(), pages=0, contract_number=read("00417"), reading_date=GOOD.reading_date, period=GOOD.period, meters=GOOD.meters
    )
    assert judge(report, good_case(source=Source.CABINET, sender=None)).findings == ()
    assert judge(report, GOOD_CASE).outcome is Outcome.REVIEW


def test_nothing_read_is_for_a_person():
    case = good_case(contract_number=None, contract=None, bound_by=None, period=None, meters={}, sender_linked=False)
    decision = judge(EMPTY, case)
    assert decision.outcome is Outcome.REVIEW
    assert {"nothing_read", "contract_missing", "period_missing", "quantity_missing"} <= set(decision.reasons)


def test_a_contract_number_that_stands_only_in_the_mail_is_enough_with_a_note():
    decision = judge(good_report(contract_number=None), good_case(bound_by=BoundBy.MAIL, mail_contract_numbers=("00417",)))
    assert (decision.outcome, decision.reasons) == (Outcome.ACCEPTED, ("number_only_in_mail",))


def test_a_sender_of_another_domain_is_named_in_the_finding():
    case = good_case(sender=Sender("kto@example.org", Tier.B, "spf=pass"))
    assert judge(GOOD, case).findings[0].values == {"tier": "B", "sender": "kto@example.org"}


@pytest.mark.parametrize(
    ("last", "source", "numbers", "is_said"),
    [
        ("4726.10", "ledger", ("4726.1", "4968.5", "242.4"), True),  # the edge of the scan took the last column
        ("4726.10", "ledger", ("4726.1", "4968.57", "242.47"), False),  # a workbook leaves zeros out
        ("4726.10", "register", ("4726.1", "4968.5", "242.4"), False),
        ("4726.1", "ledger", ("4726.1", "4968.5", "242.4"), False),
    ],
)
def test_numbers_that_all_have_fewer_decimals_than_what_was_booked_last_have_lost_them(
    last: str, source: str, numbers: tuple[str, str, str], is_said: bool
) -> None:
    previous, current, consumption = map(read, numbers)
    report = good_report(meters=(heat_line(previous=previous, current=current, consumption=consumption),))
    case = good_case(meters={HEAT: heat_record(last_accepted=AcceptedIndex(Decimal(last), LAST_DATE, source))})
    assert any(finding.rule == "number_format" for finding in judge(report, case).findings) == is_said
