"""One submission as the ledger keeps it, with its files and what was decided about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from metering.decisions import BoundBy, Finding, Outcome, Severity, Source
from metering.periods import Period
from storage.database import Transaction
from storage.settling import SubmittedFile
from storage.tables import decisions, submission_files, submissions


@dataclass(frozen=True, slots=True)
class StoredSubmission:
    """meters, report: as docs/formats.md prints them; findings: of the decision that was written with it."""

    id: int
    source: Source
    message: int | None
    part: int
    cabinet_id: str | None
    contract_number: str | None
    period: Period | None
    reading_date: dt.date | None
    outcome: Outcome
    bound_by: BoundBy | None
    sender: str | None
    trusted: bool
    meters: list[dict[str, Any]]
    report: dict[str, Any] | None
    supersedes: int | None
    received_at: dt.datetime
    settled_at: dt.datetime
    files: tuple[SubmittedFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    decided_by: str = ""


def stored(tx: Transaction, number: int) -> StoredSubmission | None:
    row = tx.execute(_WITH_DECISION.where(submissions.c.id == number)).first()
    if row is None:
        return None
    files = tx.execute(sa.select(submission_files).where(submission_files.c.submission == number).order_by(submission_files.c.position))
    return StoredSubmission(
        **{column.name: row._mapping[column.name] for column in submissions.c},
        files=tuple(SubmittedFile(file.name, file.sha256) for file in files),
        findings=tuple(Finding(f["rule"], Severity(f["severity"]), f["values"]) for f in row.findings or ()),
        decided_by=row.decided_by or "",
    )


def others_of_month(tx: Transaction, number: int, contract: str, period: Period) -> list[StoredSubmission]:
    """The other submissions for the same contract and month, newest first; at most five, without their files and findings."""
    same = (submissions.c.contract_number == contract) & (submissions.c.period == period) & (submissions.c.id != number)
    newest = sa.select(submissions).where(same).order_by(submissions.c.id.desc()).limit(5)
    return [StoredSubmission(**row._mapping) for row in tx.execute(newest)]


_WITH_DECISION = (  # the first, which was written with it
    sa.select(submissions, decisions.c.findings, decisions.c.decided_by)
    .outerjoin(decisions, decisions.c.submission == submissions.c.id)
    .order_by(decisions.c.id)
    .limit(1)
)
