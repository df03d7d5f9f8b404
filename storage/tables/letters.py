"""Letters out: the outbox and each attempt to send."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Table

from storage.columns import CleanText, Instant, Key, OneOf
from storage.states import LetterState, Phase, Priority
from storage.tables.base import metadata

letters = Table(
    "letters",
    metadata,
    Column("id", Key, primary_key=True),
    Column("key", CleanText, nullable=False, unique=True),
    Column("kind", CleanText, nullable=False),
    Column("recipient", CleanText, nullable=False),  # lower-cased
    Column("language", CleanText, nullable=False),
    Column("message_id", CleanText, nullable=False, unique=True),
    Column("mime", sa.LargeBinary, nullable=False),  # fixed here: what is sent again is the same bytes
    Column("answers", ForeignKey("messages.id"), index=True),
    Column("owed_at", Instant, nullable=False),
    Column("priority", OneOf(Priority), nullable=False, server_default=Priority.ANSWER.value),
    Column("expires_at", Instant),  # not sent at that time or later: what it says is no longer true
    Column("due_at", Instant, nullable=False),  # not sent before; later than owed_at when over budget
    Column("state", OneOf(LetterState), nullable=False),
    Column("phase", OneOf(Phase)),
    Column("attempts", sa.Integer, nullable=False),
    Column("ambiguous", sa.Integer, nullable=False),  # how often its fate was unknown
    Column("next_attempt_at", Instant, nullable=False),
    Column("owner", sa.Text),
    Column("lease_until", Instant),
    Column("last_error", CleanText),
    Column("ended_at", Instant),
    Index("ix_letters_turn", "state", "priority", "next_attempt_at", "id"),
    Index("ix_letters_budget", "recipient", "due_at"),
    Index("ix_letters_due", "due_at"),
    sqlite_autoincrement=True,
)

letter_attempts = Table(
    "letter_attempts",
    metadata,
    Column("id", Key, primary_key=True),
    Column("letter", ForeignKey("letters.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("attempt", sa.Integer, nullable=False),
    Column("result", CleanText, nullable=False),
    Column("text", CleanText),
    sqlite_autoincrement=True,
)
