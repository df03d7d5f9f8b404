"""Staff: their accounts."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, Table

from storage.columns import CleanText, Instant, OneOf
from storage.states import Role
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
