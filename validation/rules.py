"""What a rule is: an id, a severity, one sentence, and a check that looks at a report and its case and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from metering.decisions import Case, Finding, Severity
from metering.reports import Report

#: What a check yields for each thing it found: the values that fill the blanks of the rule's texts.
Values = Mapping[str, str]
Check = Callable[[Report, Case], Iterable[Values]]


@dataclass(frozen=True, slots=True)
class Rule:
    """id: snake_case, the key of its texts in templates/findings/ and of its row in docs/rules.md. sentence: what it finds, in English."""

    id: str
    severity: Severity
    sentence: str
    check: Check

    def findings(self, report: Report, case: Case) -> tuple[Finding, ...]:
        return tuple(Finding(self.id, self.severity, dict(values)) for values in self.check(report, case))
