"""Customers: their accounts, the tokens of programs that speak for them, and what they handed in at the cabinet."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint

from metering.contracts import Language
from storage.columns import CleanText, Instant, Json, Key, Month, OneOf
from storage.states import EntryState
from storage.tables.base import metadata

consumer_accounts = Table(
    "consumer_accounts",
    metadata,
    Column("contract_number", ForeignKey("contracts.number"), primary_key=True),
    Column("password_hash", sa.Text),  # argon2id; none: the INN is the password, and must be changed
    Column("inn_until", Instant),  # how long the INN is taken as the password; none: it is not
    Column("issued_at", Instant, nullable=False),  # since when the INN was, or is, the password
    Column("first_login_at", Instant),  # of the password that counts now
    Column("changed_at", Instant),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("name", CleanText, primary_key=True),  # of the client: `billing`
    Column("token_sha256", sa.Text, nullable=False, unique=True),
    Column("contracts", Json),  # numbers of the contracts it may speak for; none: all
    Column("made_by", CleanText, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

cabinet_entries = Table(
    "cabinet_entries",
    metadata,
    Column("id", Key, primary_key=True),
    Column("client", CleanText, nullable=False),  # `cabinet`, or `api NAME`
    Column("client_id", CleanText, nullable=False),  # the same again is the same entry
    Column("contract_number", ForeignKey("contracts.number"), nullable=False),
    Column("period", Month, nullable=False),
    Column("reading_date", sa.Date, nullable=False),
    Column("meters", Json, nullable=False),  # as typed; docs/formats.md, "Cabinet submissions"
    Column("language", OneOf(Language), nullable=False),  # of the person who typed it
    Column("received_at", Instant, nullable=False),
    Column("state", OneOf(EntryState), nullable=False),
    Column("attempts", sa.Integer, nullable=False),
    Column("owner", sa.Text),
    Column("lease_until", Instant),
    Column("not_before", Instant),
    Column("last_error", CleanText),
    Column("submission", ForeignKey("submissions.id"), unique=True),  # what it became
    UniqueConstraint("client", "client_id"),
    Index("ix_cabinet_entries_business", "contract_number", "period"),
    Index("ix_cabinet_entries_queue", "state", "received_at", "id"),
    sqlite_autoincrement=True,
)

cabinet_files = Table(
    "cabinet_files",
    metadata,
    Column("entry", ForeignKey("cabinet_entries.id"), primary_key=True),
    Column("position", sa.Integer, primary_key=True),
    Column("name", CleanText, nullable=False),
    Column("sha256", sa.Text, nullable=False, index=True),
    Column("size", sa.BigInteger, nullable=False),
)
