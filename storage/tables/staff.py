"""Staff: their accounts, what waits for them, and what they corrected."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Table

from metering.decisions import Source
from metering.reviews import ReviewKind, Verdict
from storage.columns import CleanText, Instant, Json, Key, Month, OneOf
from storage.states import ReviewState, Role
from storage.tables.base import metadata

staff = Table(
    "staff",
    metadata,
    Column("name", CleanText, primary_key=True),  # what is typed at login, lower-cased
    Column("full_name", CleanText, nullable=False),
    Column("role", OneOf(Role), nullable=False),
    Column("password_hash", sa.Text, nullable=False),  # argon2id
    Column("password_temporary", sa.Boolean, nullable=False),  # must be changed before anything else
    Column("totp_secret", sa.Text),
    Column("totp_used_step", sa.BigInteger),  # a code counts once
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
)

reviews = Table(
    "reviews",
    metadata,
    Column("submission", ForeignKey("submissions.id"), primary_key=True),
    Column("kind", OneOf(ReviewKind), nullable=False),
    Column("contract_number", CleanText),  # these four as in the submission: the queue is filtered by them
    Column("period", Month),
    Column("sender", CleanText),
    Column("source", OneOf(Source), nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("due_on", sa.Date, nullable=False),
    Column("certainty", sa.Integer, nullable=False),  # percent, of the least certain value
    Column("state", OneOf(ReviewState), nullable=False),
    Column("version", sa.Integer, nullable=False),  # grows with every change: who saved another one is told
    Column("postponed_until", Instant),
    Column("held_by", CleanText),  # who has it before him now
    Column("held_until", Instant),
    Column("verdict", OneOf(Verdict)),
    Column("closed_by", CleanText),
    Column("closed_at", Instant),
    Column("decision", ForeignKey("submissions.id")),  # the submission of staff that it became
    Column("letter", ForeignKey("letters.id")),  # that tells of it
    Column("undo_until", Instant),
    Column("corrected", sa.Integer),  # how many values were changed
    Index("ix_reviews_queue", "state", "due_on", "certainty", "submission"),
    Index("ix_reviews_contract", "contract_number", "period"),
    Index("ix_reviews_closed", "kind", "closed_at"),
)

review_reasons = Table(
    "review_reasons",
    metadata,
    Column("submission", ForeignKey("reviews.submission"), primary_key=True),
    Column("rule", sa.Text, primary_key=True),
    Index("ix_review_reasons_rule", "rule", "submission"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", Key, primary_key=True),
    Column("submission", ForeignKey("submissions.id"), nullable=False, index=True),  # that was corrected
    Column("decision", ForeignKey("submissions.id"), nullable=False),  # the submission of staff that holds the new value
    Column("line", sa.Integer),  # which meter of the report, from 1; none: a field of the report
    Column("field", sa.Text, nullable=False),
    Column("old", CleanText),
    Column("new", CleanText),
    Column("page", sa.Integer),
    Column("box", Json),  # where it stands, in points
    Column("corrected_by", CleanText, nullable=False),
    Column("corrected_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

page_pictures = Table(
    "page_pictures",
    metadata,
    Column("file_sha256", sa.Text, primary_key=True),
    Column("page", sa.Integer, primary_key=True),
    Column("picture_sha256", sa.Text, nullable=False, index=True),  # in the blob store
)
