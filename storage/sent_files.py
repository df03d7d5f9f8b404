"""Files that came with a contract's submissions, and how much of each its customer may have.

A file that came in a mail may hold reports of several contracts (one bookkeeper, twelve contracts in one scan). Then a customer gets the
pages on which his own report stands and nobody else's, never the file (docs/security.md, "Files").
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from metering.decisions import Outcome, Source
from metering.report_json import report_from_json
from storage.database import Transaction
from storage.tables import messages, submission_files, submissions


@dataclass(frozen=True, slots=True)
class SentFile:
    """pages: None where all of the file is the contract's, else the pages that are, from 1; message: that brought it, None where it came
    by the cabinet."""

    submission: int
    position: int
    name: str
    sha256: str
    message: int | None = None
    pages: tuple[int, ...] | None = None


def files_of(tx: Transaction, contract_number: str, of_submissions: Collection[int]) -> dict[int, tuple[SentFile, ...]]:
    """Of this contract's own submissions; anybody else's have none."""
    if not of_submissions:
        return {}
    ours = submission_files.c.submission.in_(of_submissions) & (submissions.c.contract_number == contract_number)
    chosen = _files().where(ours).order_by(submission_files.c.submission, submission_files.c.position)
    rows = tx.execute(chosen).all()
    strangers = _others_in(tx, contract_number, {row.message for row in rows if row.message is not None}, {row.origin for row in rows})
    shared = {row.submission for row in rows if row.message in strangers}
    reports = _reports(tx, shared)
    found: dict[int, tuple[SentFile, ...]] = {}
    for row in rows:
        pages = None
        if row.submission in shared:
            pages = tuple(sorted(_pages(reports[row.submission], row.name) - _pages(strangers[row.message], row.name)))
        file = SentFile(row.submission, row.position, row.name, row.sha256, row.message, pages)
        found[row.submission] = (*found.get(row.submission, ()), file)
    return found


def file_of_contract(tx: Transaction, contract_number: str, submission: int, position: int) -> SentFile | None:
    """A file of this contract's own submissions; None where there is none, and for anybody else's."""
    own = files_of(tx, contract_number, [submission]).get(submission, ())
    return next((file for file in own if file.position == position), None)


def raw_of_message(tx: Transaction, message: int) -> str:
    """SHA-256 of the mail's bytes."""
    return tx.execute(sa.select(messages.c.raw_sha256).where(messages.c.id == message)).scalar_one()


@functools.cache  # what is never changed costs more to build than to ask
def taken_by_another() -> sa.ColumnElement[bool]:
    """Of a row of `submissions`: staff found that it is another contract's, and did not undo that."""
    moved, undone = submissions.alias("moved"), submissions.alias("undone")
    is_undone = sa.exists().where(undone.c.supersedes == moved.c.id, undone.c.source == Source.STAFF, undone.c.outcome == Outcome.REVIEW)
    elsewhere = moved.c.contract_number.is_distinct_from(submissions.c.contract_number)
    by_staff = (moved.c.supersedes == submissions.c.id) & (moved.c.source == Source.STAFF)
    return sa.exists().where(by_staff, elsewhere, ~is_undone.correlate(moved)).correlate(submissions)


@functools.cache
def _files() -> sa.Select[Any]:
    """Files that a customer may know of: with the message that brought each and the submission that was read from it."""
    decided = submissions.alias("decided")  # a submission of staff names the files of the one that it decides
    return (
        sa.select(
            submission_files,
            sa.case((submissions.c.source != Source.CABINET, sa.func.coalesce(submissions.c.message, decided.c.message))).label("message"),
            sa.func.coalesce(decided.c.id, submissions.c.id).label("origin"),
        )
        .join(submissions, submissions.c.id == submission_files.c.submission)
        .join(decided, (decided.c.id == submissions.c.supersedes) & (submissions.c.source == Source.STAFF), isouter=True)
        .where(submissions.c.trusted, ~taken_by_another())
    )


def _others_in(
    tx: Transaction, contract_number: str, of_messages: Collection[int], origins: Collection[int]
) -> dict[int, list[dict[str, Any] | None]]:
    """By message the reports in it that are, or may be, another contract's."""
    if not of_messages:
        return {}
    theirs = submissions.c.contract_number.is_distinct_from(contract_number) | taken_by_another()
    chosen = sa.select(submissions.c.id, submissions.c.message, submissions.c.report).where(submissions.c.message.in_(of_messages), theirs)
    found: dict[int, list[dict[str, Any] | None]] = {}
    for row in tx.execute(chosen):
        if row.id not in origins:
            found.setdefault(row.message, []).append(row.report)
    return found


def _reports(tx: Transaction, of_submissions: Collection[int]) -> dict[int, list[dict[str, Any] | None]]:
    if not of_submissions:
        return {}
    chosen = sa.select(submissions.c.id, submissions.c.report).where(submissions.c.id.in_(of_submissions))
    return {row.id: [row.report] for row in tx.execute(chosen)}


def _pages(reports: Iterable[dict[str, Any] | None], name: str) -> set[int]:
    return {page for kept in reports if kept is not None for page in report_from_json(kept).pages_in(name)}
