"""May this sender speak for this contract (docs/delivery.md, "Who may speak for a contract")."""

from __future__ import annotations

from collections.abc import Iterator

from metering.decisions import Case, Severity, Source
from metering.reports import Report
from metering.senders import Tier
from validation.rules import Rule, Values


def is_stranger(case: Case) -> bool:
    """A mail whose sender is of tier C or has no link to the contract: review before anything else is asked."""
    if case.source is not Source.EMAIL:
        return False
    return case.sender is None or case.sender.tier is Tier.C or not case.sender_linked


def _tier(report: Report, case: Case) -> Iterator[Values]:
    if case.source is not Source.EMAIL:
        return
    if case.sender is None:
        yield {"tier": Tier.C.value, "sender": ""}
    elif not case.sender.tier.may_accept:
        yield {"tier": case.sender.tier.value, "sender": case.sender.address}


def _unlinked(report: Report, case: Case) -> Iterator[Values]:
    if case.source is Source.EMAIL and not case.sender_linked:
        yield {"sender": case.sender.address if case.sender else "", "contract": case.contract_number or ""}


def _automatic(report: Report, case: Case) -> Iterator[Values]:
    if case.automatic:
        yield {}


def _unchecked(report: Report, case: Case) -> Iterator[Values]:
    if case.source is Source.EMAIL and case.sender is not None and case.sender.tier is Tier.UNCHECKED:
        yield {"sender": case.sender.address}


RULES = (
    Rule("sender_tier", Severity.REVIEW, "The receiving server does not vouch for the sender's address.", _tier),
    Rule("sender_unlinked", Severity.REVIEW, "The sender's address is not one that may speak for this contract.", _unlinked),
    Rule("automatic_with_report", Severity.REVIEW, "An automatic message carries the report.", _automatic),
    Rule("sender_unchecked", Severity.NOTE, "The sender was not checked: no authserv-id is configured.", _unchecked),
)
