"""The ledger: submissions, readings, decisions, audit; append-only (triggers in the migrations)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint

from metering.decisions import BoundBy, Outcome, Source
from metering.units import MeterKind, Unit
from storage.columns import CleanText, Exact, Instant, Json, Key, Month, OneOf
from storage.states import ReadingStatus
from storage.tables.base import metadata

submissions = Table(
    "submissions",
    metadata,
    Column("id", Key, primary_key=True),
    Column("source", OneOf(Source), nullable=False),
    Column("message", ForeignKey("messages.id")),
    Column("part", sa.Integer, nullable=False),  # which report of the message, from 1
    Column("cabinet_id", CleanText, unique=True),
    Column("contract_number", CleanText, index=True),  # as named: it may be none of ours
    Column("period", Month),
    Column("reading_date", sa.Date),
    Column("outcome", OneOf(Outcome), nullable=False),
    Column("bound_by", OneOf(BoundBy)),
    Column("sender", CleanText),
    Column("trusted", sa.Boolean, nullable=False),
    Column("meters", Json, nullable=False),  # what it states of each meter, as text, exactly the digits read
    Column("report", Json),  # every field with confidence, page and box
    Column("supersedes", ForeignKey("submissions.id"), index=True),
    Column("received_at", Instant, nullable=False),
    Column("settled_at", Instant, nullable=False),
    UniqueConstraint("message", "part"),
    Index("ix_submissions_business", "contract_number", "period"),
    Index("ix_submissions_period", "period", "contract_number"),
    sqlite_autoincrement=True,
)

submission_files = Table(
    "submission_files",
    metadata,
    Column("submission", ForeignKey("submissions.id"), primary_key=True),
    Column("position", sa.Integer, primary_key=True),
    Column("name", CleanText, nullable=False),
    Column("sha256", sa.Text, nullable=False, index=True),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Key, primary_key=True),
    Column("submission", ForeignKey("submissions.id"), nullable=False),
    Column("contract_number", CleanText, nullable=False),
    Column("serial", CleanText, nullable=False),
    Column("period", Month, nullable=False),
    Column("status", OneOf(ReadingStatus), nullable=False),
    Column("version", sa.Integer),  # place in the chain of the business key, from 1; none while pending
    Column("corrects", ForeignKey("readings.id"), unique=True),
    Column("kind", OneOf(MeterKind)),
    Column("unit", OneOf(Unit)),
    Column("reading_date", sa.Date),
    Column("index", Exact),
    Column("previous", Exact),
    Column("consumption", Exact),
    Column("gcal", Exact),  # the consumption in Gcal; none for a volume
    Column("index_text", CleanText),
    Column("previous_text", CleanText),
    Column("consumption_text", CleanText),
    UniqueConstraint("submission", "serial", "period"),  # the effect key
    UniqueConstraint("contract_number", "serial", "period", "version"),  # the business key's chain is one line
    Index("ix_readings_business", "contract_number", "period", "serial"),
    sqlite_autoincrement=True,
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Key, primary_key=True),
    Column("message", ForeignKey("messages.id"), index=True),
    Column("submission", ForeignKey("submissions.id"), index=True),  # none: of the message as a whole
    Column("outcome", OneOf(Outcome), nullable=False),
    Column("findings", Json, nullable=False),
    Column("decided_by", CleanText, nullable=False),
    Column("decided_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("id", Key, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", CleanText, nullable=False),
    Column("action", CleanText, nullable=False),
    Column("subject", CleanText, nullable=False),
    Column("details", Json, nullable=False),
    sqlite_autoincrement=True,
)
