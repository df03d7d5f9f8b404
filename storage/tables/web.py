"""What both web faces keep: sessions, and how often something was tried."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from storage.columns import CleanText, Instant, Json, OneOf
from storage.states import Face
from storage.tables.base import metadata

web_sessions = Table(
    "web_sessions",
    metadata,
    Column("token_sha256", sa.Text, primary_key=True),  # of the cookie; the token itself is kept nowhere
    Column("face", OneOf(Face), nullable=False),
    Column("account", CleanText, nullable=False),  # a staff member's name, or a contract's number
    Column("opened_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False, index=True),
    Column("remembered", Json, nullable=False),  # filters of lists: what must not stand in an address
    Index("ix_web_sessions_account", "face", "account"),
)

throttles = Table(
    "throttles",
    metadata,
    Column("key", CleanText, primary_key=True),  # what is counted: `login staff olga`, `address 203.0.113.7`
    Column("count", sa.Integer, nullable=False),
    Column("ends_at", Instant, nullable=False, index=True),  # then the counting begins anew
)
