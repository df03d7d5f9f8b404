"""The outcome of a message, from the outcomes of its reports and the faults of its files (docs/rules.md, "A message").

The order is that of the table in docs/formats.md; the first line that holds is the message's, and each report keeps its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from metering.decisions import Decision, Outcome
from metering.messages import Fault
from metering.senders import Tier

_UNREADABLE = frozenset({Fault.DAMAGED, Fault.ENCRYPTED, Fault.LIMIT})


def outcome_of_message(decisions: Sequence[Decision], faults: Sequence[Fault] = (), *, automatic: bool = False) -> Outcome:
    """decisions: of the reports that were read in it; faults: of its files that are no decoration; automatic: must not be answered.

    Mail that is ignored before it is opened (a message kept before, our own address) does not come here.
    """
    outcomes = {decision.outcome for decision in decisions}
    unreadable = any(fault in _UNREADABLE for fault in faults) or (Fault.UNSUPPORTED in faults and not decisions)
    if automatic and not decisions and not unreadable and Fault.TOO_LARGE not in faults:
        return Outcome.IGNORED
    if Fault.TOO_LARGE in faults and not decisions:
        return Outcome.TOO_LARGE
    if unreadable:
        return Outcome.UNREADABLE
    if not decisions:
        return Outcome.NO_REPORT
    if any(_of_stranger(decision) for decision in decisions):
        return Outcome.REVIEW
    for outcome in (Outcome.DUPLICATE, Outcome.REVIEW, Outcome.INCOMPLETE, Outcome.ACCEPTED):
        if outcome in outcomes:
            return outcome
    return Outcome.REVIEW


def _of_stranger(decision: Decision) -> bool:
    """A review because the sender may not speak for the contract, which stands before duplicate in the table."""
    if decision.outcome is not Outcome.REVIEW:
        return False
    return any(f.rule == "sender_unlinked" or (f.rule == "sender_tier" and f.values.get("tier") == Tier.C) for f in decision.findings)
