"""Messages in: one row each, kept before anything looks at them, and a queue."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table, UniqueConstraint

from metering.decisions import Outcome
from storage.columns import CleanText, Instant, Json, Key, OneOf
from storage.states import MessageState
from storage.tables.base import metadata

messages = Table(
    "messages",
    metadata,
    Column("id", Key, primary_key=True),
    Column("mailbox", CleanText, nullable=False),
    Column("uidvalidity", sa.BigInteger, nullable=False),
    Column("uid", CleanText, nullable=False),
    Column("uid_number", sa.BigInteger),  # the UID where it is a number (IMAP), for the cursor
    Column("version", sa.Text, nullable=False),  # size and internal date: tells a reused UID from the same mail
    Column("size", sa.BigInteger, nullable=False),
    Column("internal_date", Instant),
    Column("raw_sha256", sa.Text, nullable=False, index=True),
    Column("file_name", CleanText, nullable=False),
    Column("headers_only", sa.Boolean, nullable=False),
    Column("kept_at", Instant, nullable=False),
    Column("queued_at", Instant, nullable=False),  # order of work: time of receipt as far as it is known when kept
    Column("received_at", Instant),
    Column("state", OneOf(MessageState), nullable=False),
    Column("attempts", sa.Integer, nullable=False),
    Column("owner", sa.Text),
    Column("lease_until", Instant),
    Column("not_before", Instant),
    Column("last_error", CleanText),
    Column("decided_at", Instant),
    Column("outcome", OneOf(Outcome)),
    Column("reply", CleanText),
    Column("reasons", Json),
    Column("content_sha256", sa.Text, index=True),
    Column("sender", CleanText),
    Column("message_id", CleanText, index=True),  # the header; not unique, never decides alone
    UniqueConstraint("mailbox", "uidvalidity", "uid", "version"),
    Index("ix_messages_queue", "state", "queued_at", "id"),
    Index("ix_messages_cursor", "mailbox", "uidvalidity", "uid_number"),
    sqlite_autoincrement=True,
)
