"""The outcome of a message from those of its reports and the faults of its files."""

from __future__ import annotations

import pytest

from metering.decisions import Decision, Finding, Outcome, Severity
from metering.messages import Fault
from validation.outcomes import outcome_of_message

ACCEPTED, INCOMPLETE, REVIEW, DUPLICATE = (
    Decision(outcome) for outcome in (Outcome.ACCEPTED, Outcome.INCOMPLETE, Outcome.REVIEW, Outcome.DUPLICATE)
)
UNLINKED = Decision(Outcome.REVIEW, (Finding("sender_unlinked", Severity.REVIEW, {"sender": "a@b.example"}),))
TIER_C = Decision(Outcome.REVIEW, (Finding("sender_tier", Severity.REVIEW, {"tier": "C"}),))
TIER_B = Decision(Outcome.REVIEW, (Finding("sender_tier", Severity.REVIEW, {"tier": "B"}),))


@pytest.mark.parametrize(
    ("decisions", "outcome"),
    [
        ([ACCEPTED], Outcome.ACCEPTED),
        ([ACCEPTED, INCOMPLETE], Outcome.INCOMPLETE),
        ([INCOMPLETE, REVIEW, ACCEPTED], Outcome.REVIEW),
        ([REVIEW, DUPLICATE], Outcome.DUPLICATE),
        ([TIER_B, DUPLICATE], Outcome.DUPLICATE),
        ([DUPLICATE, UNLINKED], Outcome.REVIEW),
        ([DUPLICATE, TIER_C], Outcome.REVIEW),
    ],
)
def test_the_first_outcome_of_the_table_is_the_messages(decisions: list[Decision], outcome: Outcome):
    assert outcome_of_message(decisions) is outcome
    assert outcome_of_message(decisions[::-1]) is outcome


@pytest.mark.parametrize(
    ("faults", "outcome"),
    [
        ([], Outcome.NO_REPORT),
        ([Fault.NOT_A_REPORT], Outcome.NO_REPORT),
        ([Fault.TOO_LARGE], Outcome.TOO_LARGE),
        ([Fault.DAMAGED], Outcome.UNREADABLE),
        ([Fault.ENCRYPTED], Outcome.UNREADABLE),
        ([Fault.LIMIT], Outcome.UNREADABLE),
        ([Fault.UNSUPPORTED], Outcome.UNREADABLE),
        ([Fault.DAMAGED, Fault.TOO_LARGE], Outcome.TOO_LARGE),
    ],
)
def test_a_message_without_a_report_is_told_by_the_faults_of_its_files(faults: list[Fault], outcome: Outcome):
    assert outcome_of_message([], faults) is outcome


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault.TOO_LARGE, Outcome.ACCEPTED),
        (Fault.UNSUPPORTED, Outcome.ACCEPTED),
        (Fault.NOT_A_REPORT, Outcome.ACCEPTED),
        (Fault.DAMAGED, Outcome.UNREADABLE),
    ],
)
def test_a_file_that_is_too_large_or_of_a_format_not_opened_yields_to_a_report_and_a_damaged_one_does_not(fault: Fault, outcome: Outcome):
    assert outcome_of_message([ACCEPTED], [fault]) is outcome


@pytest.mark.parametrize(
    ("decisions", "faults", "outcome"),
    [
        ([], [], Outcome.IGNORED),
        ([], [Fault.NOT_A_REPORT], Outcome.IGNORED),
        ([], [Fault.DAMAGED], Outcome.UNREADABLE),
        ([], [Fault.UNSUPPORTED], Outcome.UNREADABLE),
        ([], [Fault.TOO_LARGE], Outcome.TOO_LARGE),
        ([REVIEW], [], Outcome.REVIEW),
    ],
)
def test_an_automatic_message_is_ignored_only_where_it_can_hold_nothing_new(
    decisions: list[Decision], faults: list[Fault], outcome: Outcome
):
    assert outcome_of_message(decisions, faults, automatic=True) is outcome
