"""The rulebook: every rule in order, and the decision that follows from what they found.

All rules are asked, whatever the first ones found. The outcome is the first line of `judge` that holds
(docs/rules.md, "Outcome"); the last line is review, so acceptance has to be earned.
"""

from __future__ import annotations

from metering.decisions import Case, Decision, Finding, Outcome, Severity
from metering.reports import Report
from validation import attachments, certainty, continuity, deadlines, displays, duplicates, identity, plausibility, requisites, senders
from validation.rules import Rule

RULES: tuple[Rule, ...] = (
    *senders.RULES,
    *duplicates.RULES,
    *identity.RULES,
    *deadlines.RULES,
    *continuity.RULES,
    *plausibility.RULES,
    *certainty.RULES,
    *requisites.RULES,
    *attachments.RULES,
    *displays.RULES,
)


def judge(report: Report, case: Case) -> Decision:
    """The outcome of one report (duplicate, review, incomplete or accepted) and all findings, in the rulebook's order."""
    findings = tuple(finding for rule in RULES for finding in rule.findings(report, case))
    return Decision(_outcome(report, case, findings), findings)


def _outcome(report: Report, case: Case, findings: tuple[Finding, ...]) -> Outcome:
    severities = {finding.severity for finding in findings}
    if senders.is_stranger(case):
        return Outcome.REVIEW
    if duplicates.is_duplicate(report, case):
        return Outcome.DUPLICATE
    if Severity.REVIEW in severities:
        return Outcome.REVIEW
    if Severity.INCOMPLETE in severities:
        return Outcome.INCOMPLETE
    if certainty.everything_certain(report, case):
        return Outcome.ACCEPTED
    return Outcome.REVIEW
